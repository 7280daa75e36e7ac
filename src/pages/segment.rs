//! Who is in a segment, why, and what are they like? The rule stands in the URL while it is written.

use super::answered::asked;
use super::{Loading, NoData, title};
use crate::address::{use_change_query, use_lens, use_link, use_query};
use crate::components::{EmptyState, StateKind};
use crate::data::Data;
use crate::settings::{formats, words};
use crate::timings;
use leptos::prelude::*;
use model::CustomerId;
use protocol::{
    Members, Request, Response, Rule, SegmentId, SegmentQuery, SegmentView, StoredSegment,
};
use std::sync::Arc;
use std::time::Duration;

mod builder;
mod draft;
mod people;
mod profile;
mod save;
mod value;
mod why;

use builder::{Builder, group_view};
use draft::DraftGroup;
use people::People;
use profile::Profile;
use save::Head;
use why::WhyCard;

pub(super) use save::{delete_button, write_segment};

/// The segment page: `?id=`, and `?rule=` while it is changed.
#[component]
pub fn Segment() -> impl IntoView {
    let t = words();
    title(t.nav_segments());
    let (data, map) = (expect_context::<Data>(), use_query());
    let id = Memo::new(move |_| map.read().get_str("id").and_then(SegmentId::parse));
    let saved = Memo::new(move |_| {
        let shop = data.shop.read();
        let wanted = id.get()?;
        shop.as_ref()?.segments.iter().find(|it| it.id == wanted).cloned()
    });
    let is_known = Memo::new(move |_| data.shop.read().is_some());
    let empty = Memo::new(move |_| data.is_empty());
    // The builder writes rules only that can be read: another one came with the address.
    let is_bad =
        Memo::new(move |_| map.read().get_str("rule").is_some_and(|it| Rule::parse(it).is_none()));
    let kind = Memo::new(move |_| match (id.get(), saved.get().map(|it| it.members())) {
        _ if is_bad.get() => Kind::Unreadable,
        (None, _) | (_, Some(Members::Rule(_))) => Kind::Rule,
        (_, Some(Members::Fixed(_))) => Kind::Fixed,
        (_, Some(Members::NotUnderstood)) => Kind::NotUnderstood,
        // One that was just saved is not told of yet.
        (Some(_), None) if map.read().get_str("rule").is_some() => Kind::Rule,
        (Some(_), None) => Kind::Gone,
    });
    move || {
        if empty.get() == Some(true) {
            timings::content_is_there();
            return view! { <NoData /> }.into_any();
        }
        if !is_known.get() {
            return view! { <Loading /> }.into_any();
        }
        timings::content_is_there();
        match kind.get() {
            Kind::Rule => view! { <ByRule saved /> }.into_any(),
            Kind::Fixed => view! { <Fixed saved /> }.into_any(),
            Kind::NotUnderstood => {
                view! { <Missing title=t.segment_not_understood() text=t.segment_unreadable_text() /> }.into_any()
            }
            Kind::Unreadable => {
                view! { <Missing title=t.segment_no_rule() text=t.invalid_rule() /> }.into_any()
            }
            Kind::Gone => {
                view! { <Missing title=t.segment_gone() text=t.segment_gone_text() /> }.into_any()
            }
        }
    }
}

/// What the engine says of a rule, once it has.
type Shown = Memo<Option<Arc<SegmentView>>>;

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Rule,
    Fixed,
    /// The rule in the address cannot be read: nobody is counted by it.
    Unreadable,
    NotUnderstood,
    Gone,
}

#[component]
fn Missing(title: &'static str, text: &'static str) -> impl IntoView {
    let (t, link) = (words(), use_link());
    view! {
        <EmptyState title=title text=text kind=StateKind::Empty whole_screen=true>
            <a class="button" href=move || link("/segments")>{t.segment_to_list()}</a>
        </EmptyState>
    }
}

/// A segment by its rule, to be changed.
#[component]
fn ByRule(saved: Memo<Option<StoredSegment>>) -> impl IntoView {
    let t = words();
    let (data, map, lens) = (expect_context::<Data>(), use_query(), use_lens());
    let addressed = Memo::new(move |_| {
        let query = map.read();
        let text = query.get_str("rule").map(str::to_owned);
        let text = text.unwrap_or_else(|| {
            saved.read().as_ref().map_or_else(String::new, |it| it.rule_text().to_owned())
        });
        Rule::parse(&text).map_or_else(|| Rule::default().to_string(), |it| it.to_string())
    });
    let builder = builder_of(addressed);
    let rule = builder.rule;
    let who = RwSignal::new(None::<CustomerId>);
    let question = move || {
        Request::Segment(SegmentQuery { lens: lens.get(), rule: rule.get(), who: who.get() })
    };
    let answer = asked(question, Response::of_segments::<SegmentView>);
    let view = Memo::new(move |_| answer.get().and_then(Result::ok));
    let problem = move || answer.get().and_then(Result::err);
    let is_pending = move || {
        let needs_models = Rule::parse(&rule.read()).is_some_and(|it| it.needs_models());
        needs_models && view.get().is_some_and(|it| it.unknown == it.size.of_customers)
    };
    tell_time(builder.builder.tree, view);
    builder.why.set(Some(view));
    let settled = settled(rule);
    let said = Memo::new(move |_| {
        let view = view.get()?;
        let why = view.why.as_ref()?;
        let shop = data.shop.get();
        let name = |id: SegmentId| name_of(shop.as_deref(), id);
        let rule = Rule::parse(&rule.get())?;
        Some(why::said(t, &rule, why, view.currency, &name))
    });
    view! {
        <Head saved rule=rule view />
        <div class="stack">
            <section class="card" id="segment-rule">
                <div class="card__head"><h2>{t.segment_rule()}</h2></div>
                <p class="card__note">{t.segment_rule_note()}</p>
                {move || problem().map(|it| view! { <p class="field__error" role="alert">{t.problem(&it)}</p> })}
                <Show when=is_pending><p class="card__note" role="status">{t.segment_models_pending()}</p></Show>
                {move || {
                    // The tree is made anew only where another rule came from the address.
                    let root = builder.root.get();
                    group_view(builder.builder, root, 1)
                }}
            </section>
            <WhyCard who said lens />
            <People rule=settled />
            <Profile rule=settled />
        </div>
    }
}

/// What is called a segment; one that is gone is said to be.
fn name_of(shop: Option<&protocol::ShopView>, id: SegmentId) -> String {
    let segment = shop.and_then(|it| it.segments.iter().find(|it| it.id == id));
    segment.map_or_else(|| words().segment_lost().to_owned(), |it| it.name().to_owned())
}

/// The builder, what stands in its fields as a rule, and the number of the whole: another rule from
/// the address has another.
#[derive(Clone, Copy)]
struct Rooted {
    builder: Builder,
    rule: Memo<String>,
    root: Memo<u32>,
    /// What the engine says of the rule, once it is asked.
    why: RwSignal<Option<Shown>>,
}

/// The rule of the address as a tree of fields, and back: each keeps the other up to date.
fn builder_of(addressed: Memo<String>) -> Rooted {
    let change_query = use_change_query();
    let first = addressed.get_untracked();
    let next = StoredValue::new(0_u32);
    let draft = move |text: &str| {
        let mut number = next.get_value();
        let draft = DraftGroup::of(&Rule::parse(text).unwrap_or_default(), &mut number);
        next.set_value(number);
        draft
    };
    let tree = RwSignal::new(draft(&first));
    // The rule that both agree on.
    let agreed = StoredValue::new(first);
    let typing = StoredValue::new(false);
    Effect::new(move || {
        let text = addressed.get();
        if agreed.get_value() != text {
            tree.set(draft(&text));
            agreed.set_value(text);
        }
    });
    // What cannot be read yet leaves the last rule that could.
    let rule = Memo::new(move |before: Option<&String>| {
        let read = tree.with(DraftGroup::read).map(|it| it.to_string());
        read.unwrap_or_else(|_bad| before.cloned().unwrap_or_default())
    });
    Effect::new(move || {
        let text = rule.get();
        if agreed.get_value() != text {
            agreed.set_value(text.clone());
            change_query(&[("rule", text)], typing.get_value());
        }
    });
    let why = RwSignal::new(None::<Shown>);
    let parts = Signal::derive(move || {
        let view = why.get().and_then(|it| it.get());
        view.and_then(|it| it.why.as_ref().map(|it| it.parts.clone())).unwrap_or_default()
    });
    let wrong = Memo::new(move |_| tree.with(|it| it.read().err()));
    let builder = Builder { tree, next, typing, wrong, why: parts };
    Rooted { builder, rule, root: Memo::new(move |_| tree.with(|it| it.id)), why }
}

/// Measures how long a change of the rule takes to show in the count.
fn tell_time(tree: RwSignal<DraftGroup>, view: Shown) {
    let typed_at = StoredValue::new(None::<f64>);
    Effect::new(move || {
        tree.track();
        typed_at.set_value(Some(timings::now_ms()));
    });
    Effect::new(move || {
        let Some(view) = view.get() else { return };
        if let Some(begun) = typed_at.try_update_value(Option::take).flatten() {
            let customers = f64::from(view.size.customers);
            timings::after_paint(move || {
                timings::measure("segment", begun, &[("customers", customers)]);
            });
        }
    });
}

/// The rule once it has stood for a moment: what takes longer than its count waits until then, as the
/// next letter's count would have to wait for it. So the moment is longer than people take between two
/// letters.
fn settled(rule: Memo<String>) -> Memo<String> {
    const PAUSE: Duration = Duration::from_millis(600);
    let shown = RwSignal::new(rule.get_untracked());
    Effect::new(move || {
        let text = rule.get();
        let show = move || {
            // Something else is wanted by now, or the screen is gone.
            if rule.try_get_untracked().as_ref() == Some(&text) {
                let _ = shown.try_set(text);
            }
        };
        set_timeout(show, PAUSE);
    });
    Memo::new(move |_| shown.get())
}

/// A segment of those who were put into it on a day.
#[component]
fn Fixed(saved: Memo<Option<StoredSegment>>) -> impl IntoView {
    let (t, f, lens) = (words(), formats(), use_lens());
    let rule =
        Memo::new(move |_| saved.read().as_ref().map_or_else(String::new, |it| it.id.as_rule()));
    let question =
        move || Request::Segment(SegmentQuery { lens: lens.get(), rule: rule.get(), who: None });
    let answer = asked(question, Response::of_segments::<SegmentView>);
    let view = Memo::new(move |_| answer.get().and_then(Result::ok));
    let day = move || match saved.read().as_ref().map(StoredSegment::members) {
        Some(Members::Fixed(day)) => t.segment_fixed_on(&f.day(day)),
        _ => String::new(),
    };
    view! {
        <Head saved rule=rule view />
        <p class="card__note">{day} " · " {t.segment_fixed_note()}</p>
        <div class="stack">
            <People rule />
            <Profile rule />
        </div>
    }
}
