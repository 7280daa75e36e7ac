//! Name and size of a segment, and what is done with it as a whole.

use crate::address::{customers_path, use_link, use_query, use_set_query};
use crate::components::{Icon, IconName};
use crate::edits::{Edit, Edits};
use crate::list_acts::{FilterActs, fresh_segment_id};
use crate::settings::{formats, words};
use leptos::prelude::*;
use protocol::{
    Behind, CustomerFilter, Members, Rule, SegmentId, SegmentView, ShopEdit, StoredSegment,
};
use std::sync::Arc;

/// A segment's name has at most so many characters.
const LONGEST_NAME: usize = 60;

/// Writes a segment in place of what stood there; without a text it is deleted.
pub(in crate::pages) fn write_segment(
    edits: Edits,
    now: StoredSegment,
    former: StoredSegment,
    said: String,
    then: impl FnOnce() + 'static,
) {
    let t = words();
    let edit = Edit::shop(ShopEdit::Segment(now), ShopEdit::Segment(former));
    edits.write(edit, t, said, move |written| match written {
        Ok(()) => then(),
        Err(problem) => edits.tell(t, &problem),
    });
}

/// Nothing stands there.
fn nothing(id: SegmentId) -> StoredSegment {
    StoredSegment { id, text: String::new() }
}

/// The button that deletes a segment, with the way back in its message.
pub(in crate::pages) fn delete_button(
    segment: StoredSegment,
    then: impl Fn() + Clone + 'static,
) -> impl IntoView {
    let t = words();
    let edits = Edits::here();
    let label = format!("{}: {}", t.segment_delete(), segment.name());
    // By which the focus finds its row again.
    let name = format!("delete-{}", segment.id);
    let delete = move |_| {
        let (segment, then) = (segment.clone(), then.clone());
        let said = t.segment_deleted(segment.name());
        write_segment(edits, nothing(segment.id), segment, said, then);
    };
    view! {
        <button class="button button--quiet" type="button" data-action="segment-delete" name=name aria-label=label.clone() title=label on:click=delete>
            <Icon name=IconName::Close />
        </button>
    }
}

/// The heading, the buttons, and the name.
#[component]
pub(super) fn Head(
    /// As it is stored.
    saved: Memo<Option<StoredSegment>>,
    /// As it is written now.
    rule: Memo<String>,
    /// What the engine says of it.
    view: Memo<Option<Arc<SegmentView>>>,
) -> impl IntoView {
    view! {
        <Size saved rule view />
        <NameForm saved rule />
    }
}

/// How many are in it, and what is done with them.
#[component]
fn Size(
    saved: Memo<Option<StoredSegment>>,
    rule: Memo<String>,
    view: Memo<Option<Arc<SegmentView>>>,
) -> impl IntoView {
    let (t, f, link) = (words(), formats(), use_link());
    let heading = move || {
        let view = view.get()?;
        let who = t.people(view.size.customers);
        let money = f.money_whole(view.size.net, view.currency);
        Some(view! { <em data-count=view.size.customers>{who}</em> " · " {money} })
    };
    let shares = move || {
        let view = view.get()?;
        let share = |share: Option<f64>| share.map_or_else(|| "–".to_owned(), |it| f.percent(it));
        let unknown = (view.unknown > 0)
            .then(|| t.segment_unknown(view.unknown.into(), &f.count(view.unknown)));
        let shares = t.segment_shares(&share(view.size.share()), &share(view.size.share_of_net()));
        Some(view! { {shares} " " <span data-unknown=view.unknown>{unknown}</span> })
    };
    let filter = move || CustomerFilter::behind(Behind::Rule(rule.get()));
    let look = move || saved.read().as_ref().map(|it| link(&format!("/?segment={}", it.id)));
    view! {
        <div class="page-head">
            <div>
                <h1 class="headline" aria-live="polite">{heading}</h1>
                <p class="headline__sub">{shares}</p>
            </div>
            <span class="row">
                {move || view! { <FilterActs filter=filter() id="segment-acts" of_all=true /> }}
                {move || look().map(|href| view! { <a class="button" data-action="segment-look" href=href>{t.segment_look()}</a> })}
            </span>
        </div>
    }
}

/// What is written of a segment's name and rule, beside what is stored.
#[derive(Clone, Copy)]
struct Written {
    saved: Memo<Option<StoredSegment>>,
    rule: Memo<String>,
    name: RwSignal<String>,
    bad_name: RwSignal<bool>,
}

impl Written {
    fn is_fixed(self) -> bool {
        self.saved.read().as_ref().is_some_and(|it| matches!(it.members(), Members::Fixed(_)))
    }

    fn is_changed(self) -> bool {
        let saved = self.saved.read();
        let Some(saved) = saved.as_ref() else { return true };
        let stored = Rule::parse(saved.rule_text()).map(|it| it.to_string());
        let is_same = self.is_fixed() || stored.as_deref() == Some(self.rule.read().as_str());
        !is_same || saved.name() != self.name.read().trim()
    }

    /// The segment as it is to be stored under an id, and what stood there; `None`: its name is none.
    fn segment(self, id: SegmentId) -> Option<(StoredSegment, StoredSegment)> {
        let name = self.name.get_untracked().trim().to_owned();
        let is_bad = name.is_empty() || name.chars().count() > LONGEST_NAME;
        self.bad_name.set(is_bad);
        let former = self.saved.get_untracked().filter(|it| it.id == id);
        let now = match former.as_ref().map(StoredSegment::members) {
            Some(Members::Fixed(day)) => StoredSegment::of_day(id, &name, day),
            _ => StoredSegment::of_rule(id, &name, &self.rule.get_untracked()),
        };
        (!is_bad).then(|| (now, former.unwrap_or_else(|| nothing(id))))
    }
}

/// The name, and the buttons that save.
#[component]
fn NameForm(saved: Memo<Option<StoredSegment>>, rule: Memo<String>) -> impl IntoView {
    let t = words();
    let (map, set_query, edits) = (use_query(), use_set_query(), Edits::here());
    let (name, bad_name) = (RwSignal::new(String::new()), RwSignal::new(false));
    let written = Written { saved, rule, name, bad_name };
    // Another segment brings its name; what is typed over it stays.
    let stored_name = Memo::new(move |_| {
        let known = saved.read().as_ref().map(|it| it.name().to_owned());
        known.or_else(|| map.read().get("name")).unwrap_or_default()
    });
    Effect::new(move || name.set(stored_name.get()));
    let is_changed = Memo::new(move |_| written.is_changed());
    let write = move |id: SegmentId| {
        let Some((now, former)) = written.segment(id) else { return };
        let said = t.segment_saved(now.name());
        let changes =
            [("id", id.to_string()), ("rule", rule.get_untracked()), ("name", String::new())];
        // Those who were put into it are no rule.
        let kept = if untrack(|| written.is_fixed()) { 1 } else { changes.len() };
        write_segment(edits, now, former, said, move || set_query(&changes[..kept]));
    };
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        write(saved.get_untracked().map_or_else(fresh_segment_id, |it| it.id));
    };
    let discard = move |_| {
        name.set(stored_name.get_untracked());
        set_query(&[("rule", String::new())]);
    };
    let label =
        move || if saved.read().is_some() { t.segment_save_changes() } else { t.segment_save() };
    view! {
        <form class="row list-tools" on:submit=submit>
            <input class="input segment__name" id="segment-name" type="text" aria-label=t.segment_name() placeholder=t.segment_name()
                maxlength="60" autocomplete="off"
                aria-invalid=move || bad_name.get().then_some("true")
                aria-describedby=move || bad_name.get().then_some("segment-name-error")
                prop:value=name
                on:input=move |event| name.set(event_target_value(&event)) />
            <button class="button button--primary button--field" type="submit" data-action="segment-save" disabled=move || !is_changed.get()>{label}</button>
            <Show when=move || saved.read().is_some() && !written.is_fixed()>
                <button class="button button--field" type="button" data-action="segment-save-new" on:click=move |_| write(fresh_segment_id())>{t.segment_save_new()}</button>
            </Show>
            <Show when=move || saved.read().is_some() && is_changed.get()>
                <button class="button button--quiet button--field" type="button" data-action="segment-discard" on:click=discard>{t.segment_discard()}</button>
            </Show>
        </form>
        <Show when=move || bad_name.get()>
            <p class="field__error" role="alert" id="segment-name-error">{t.segment_bad_name()}</p>
        </Show>
    }
}

/// The way to a segment's customers.
pub(super) fn to_list(rule: &str) -> String {
    customers_path(&CustomerFilter::behind(Behind::Rule(rule.to_owned())))
}
