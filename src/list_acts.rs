//! What is offered on every list of customers: tag all, note, mark as contacted, export for a
//! mailing. One request each, whatever the list's length; its edits are undone in one click.

use crate::address::rules::rule_of;
use crate::address::use_lens;
use crate::client::Engine;
use crate::components::{Icon, IconName, Popover, Toast, Toasts};
use crate::download::hand_over;
use crate::edits::{Edit, Edits};
use crate::i18n::Words;
use crate::settings::words;
use leptos::prelude::*;
use leptos::task::spawn_local;
use model::CustomerId;
use protocol::{
    ActKind, Acted, Behind, CustomerFilter, CustomerQuery, Lens, ListAct, Mailing, Problem,
    Request, Response, SegmentId, ShopEdit, Snooze, StoredSegment,
};

/// The button for everybody who passes a filter, under the lens in the URL.
#[component]
pub fn FilterActs(
    /// Who.
    filter: CustomerFilter,
    /// The panel's id, one of its kind on the page.
    id: &'static str,
    /// The screen counts all customers, whatever segment is looked at elsewhere.
    #[prop(optional)]
    of_all: bool,
) -> impl IntoView {
    let lens = use_lens();
    let query = Signal::derive(move || CustomerQuery {
        lens: if of_all { Lens { segment: None, ..lens.get() } } else { lens.get() },
        filter: filter.clone(),
        ..CustomerQuery::default()
    });
    view! { <ListActs query=query id=id /> }
}

/// The button for everybody who slips away.
#[component]
pub fn SlippingActs() -> impl IntoView {
    let filter = CustomerFilter { slipping: true, ..CustomerFilter::default() };
    view! { <FilterActs filter=filter id="slipping-acts" /> }
}

/// The button that opens the acts on all customers of a list.
#[component]
pub fn ListActs(
    /// The list.
    #[prop(into)]
    query: Signal<CustomerQuery>,
    /// The panel's id, one of its kind on the page.
    id: &'static str,
) -> impl IntoView {
    let t = words();
    let acts = Acts::here();
    let open = RwSignal::new(false);
    let (tag, note) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (segment, is_fixed) = (RwSignal::new(String::new()), RwSignal::new(false));
    let act = Callback::new(move |it: ListAct| {
        open.set(false);
        tag.set(String::new());
        note.set(String::new());
        segment.set(String::new());
        spawn_local(acts.act(query.get_untracked(), it));
    });
    // Whether a rule says who is on the list.
    let rule = Memo::new(move |_| rule_of_list(&query.read()));
    let save = Callback::new(move |name: String| {
        let id = fresh_segment_id();
        match rule.get_untracked().filter(|_| !is_fixed.get_untracked()) {
            None => act.run(ListAct::Segment(id, name)),
            Some(rule) => {
                open.set(false);
                segment.set(String::new());
                acts.save(StoredSegment::of_rule(id, &name, &rule));
            }
        }
    });
    let mail = move |_| {
        open.set(false);
        spawn_local(acts.mail(query.get_untracked()));
    };
    view! {
        <Popover
            label=t.acts_label()
            button=move || view! { <Icon name=IconName::Check /> {t.acts_word()} }
            button_class="button"
            data_action="list-acts"
            align_end=true
            open=open
            id=id
        >
            <div class="acts">
                <TextAct label=t.act_tag() button=t.act_tag_do() data_action="act-tag" text=tag longest="120" act=Callback::new(move |text| act.run(ListAct::Tag(text))) />
                <TextAct label=t.act_note() button=t.act_note_do() data_action="act-note" text=note longest="2000" act=Callback::new(move |text| act.run(ListAct::Note(text))) />
                <TextAct label=t.act_segment_hint() button=t.act_segment() data_action="act-segment" text=segment longest="60" act=save />
                <Show when=move || rule.read().is_some()>
                    <label class="check">
                        <input class="checkbox" type="checkbox" data-action="act-segment-fixed" prop:checked=is_fixed on:change=move |event| is_fixed.set(event_target_checked(&event)) />
                        {t.act_segment_fixed()}
                    </label>
                </Show>
                {move || done_or_put_off(&query.read().filter, act)}
                <div class="acts__row">
                    <button class="button" type="button" data-action="act-contacted" on:click=move |_| act.run(ListAct::Contacted)>
                        {t.act_contacted()}
                    </button>
                    <button class="button" type="button" data-action="act-mailing" on:click=mail>
                        <Icon name=IconName::Download /> {t.act_mailing()}
                    </button>
                </div>
            </div>
        </Popover>
    }
}

/// On a list of what is to be done: to be done with everybody, or to put everybody off.
fn done_or_put_off(filter: &CustomerFilter, act: Callback<ListAct>) -> Option<AnyView> {
    let Some(Behind::Act(kind)) = filter.behind else { return None };
    let t = words();
    let kinds = move || kind.map_or(ActKind::ALL.to_vec(), |it| vec![it]);
    let snooze = |snooze: Snooze| {
        let put_off = move |_| act.run(ListAct::Snooze(kinds(), snooze));
        view! {
            <button class="button" type="button" data-action=format!("act-snooze-{}", snooze.days()) on:click=put_off>
                {t.put_off_word()} " " {t.snooze(snooze)}
            </button>
        }
    };
    let done = move |_| act.run(ListAct::Done(kinds()));
    Some(
        view! {
            <div class="acts__row">
                <button class="button" type="button" data-action="act-done" on:click=done>{t.all_done()}</button>
                {Snooze::ALL.map(snooze).into_iter().collect_view()}
            </div>
        }
        .into_any(),
    )
}

/// The rule that means whom a list shows; `None`: no rule can say it, as of a search.
fn rule_of_list(query: &CustomerQuery) -> Option<String> {
    let is_open = query.search.trim().is_empty() && query.lens.period.is_none();
    let rule = rule_of(&query.filter).filter(|_| is_open)?;
    match query.lens.segment {
        Some(id) => Some(format!("all({},{rule})", id.as_rule())),
        None => Some(rule),
    }
}

/// An id that no other segment has.
pub fn fresh_segment_id() -> SegmentId {
    let half = || (js_sys::Math::random() * f64::from(u32::MAX)) as u64;
    SegmentId(half() << 32 | half())
}

/// An act that needs a text: a field and its button.
#[component]
fn TextAct(
    label: &'static str,
    button: &'static str,
    data_action: &'static str,
    text: RwSignal<String>,
    longest: &'static str,
    act: Callback<String>,
) -> impl IntoView {
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let text = text.get_untracked();
        if !text.trim().is_empty() {
            act.run(text);
        }
    };
    view! {
        <form class="acts__form" on:submit=submit>
            <input
                class="input"
                aria-label=label
                placeholder=label
                maxlength=longest
                required
                prop:value=move || text.get()
                on:input=move |event| text.set(event_target_value(&event))
            />
            <button class="button" type="submit" data-action=data_action>{button}</button>
        </form>
    }
}

/// Does the acts and tells how they went.
#[derive(Clone, Copy)]
pub struct Acts {
    engine: Engine,
    toasts: Toasts,
    edits: Edits,
    t: Words,
}

impl Acts {
    /// Of the app around.
    pub fn here() -> Acts {
        let edits = Edits::here();
        Acts { engine: expect_context(), toasts: expect_context(), edits, t: words() }
    }

    /// Does something to one customer.
    pub async fn act_on(self, id: CustomerId, who: String, act: ListAct) {
        match self.engine.ask(Request::ActOn(id, act.clone())).await {
            Ok(Response::Acted(acted)) => self.tell(acted, &who, &self.t.acted_word(&act)),
            Ok(_) => self.fail(&Problem::OtherBuild),
            Err(problem) => self.fail(&problem),
        }
    }

    async fn act(self, query: CustomerQuery, act: ListAct) {
        let said = self.t.acted_word(&act);
        match self.engine.ask(Request::Act(query, act)).await {
            Ok(Response::Acted(acted)) => self.tell(acted, &self.t.people(acted.changed), &said),
            Ok(_) => self.fail(&Problem::OtherBuild),
            Err(problem) => self.fail(&problem),
        }
    }

    /// Saves a segment by a rule, with the way back in its message.
    fn save(self, segment: StoredSegment) {
        let said = self.t.segment_saved(segment.name());
        let nothing = StoredSegment { id: segment.id, text: String::new() };
        let edit = Edit::shop(ShopEdit::Segment(segment), ShopEdit::Segment(nothing));
        self.edits.write(edit, self.t, said, move |written| {
            if let Err(problem) = written {
                self.fail(&problem);
            }
        });
    }

    fn tell(self, acted: Acted, who: &str, said: &str) {
        let t = self.t;
        if acted.changed == 0 {
            self.toasts.show(Toast::info(t.acted_none()));
            return;
        }
        let undo = Callback::new(move |()| spawn_local(self.undo(acted.undo)));
        let text = t.acted(who, said);
        self.toasts.show(Toast::good(text).with_action(t.undo(), "edit-undo", undo));
    }

    async fn undo(self, number: u32) {
        match self.engine.ask(Request::UndoAct(number)).await {
            Ok(_) => {
                self.toasts.show(Toast::info(self.t.put_back()));
            }
            Err(problem) => self.fail(&problem),
        }
    }

    async fn mail(self, query: CustomerQuery) {
        match self.engine.ask(Request::Mailing(query)).await {
            Ok(Response::Mailing(mailing)) => self.hand_over(&mailing),
            Ok(_) => self.fail(&Problem::OtherBuild),
            Err(problem) => self.fail(&problem),
        }
    }

    fn hand_over(self, mailing: &Mailing) {
        if mailing.written > 0 {
            hand_over(self.toasts, self.t, &mailing.file, "mailing.csv");
        }
        self.toasts.show(Toast::info(self.t.mailing_said(mailing)));
    }

    fn fail(self, problem: &Problem) {
        self.toasts.show(Toast::bad(self.t.problem(problem)));
    }
}
