//! Why is a customer in a segment, or not? The condition that decides is named.

use crate::client::Engine;
use crate::components::{Icon, IconName};
use crate::i18n::Words;
use crate::settings::words;
use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{Currency, CustomerId};
use protocol::{
    AnyField, CustomerQuery, CustomerRow, Lens, Node, Request, Response, Rule, SegmentId, Test,
    Truth, Why, WhyPart,
};

/// So many customers are offered.
const MOST_FOUND: u32 = 6;

/// The card: a customer is looked for, and every condition is judged.
#[component]
pub(super) fn WhyCard(
    /// Who is asked about.
    who: RwSignal<Option<CustomerId>>,
    /// Whether the customer is in it, condition by condition, in words.
    #[prop(into)]
    said: Signal<Option<(String, Vec<String>)>>,
    /// As-of day.
    lens: Memo<Lens>,
) -> impl IntoView {
    let t = words();
    let engine = expect_context::<Engine>();
    let found = RwSignal::new(None::<Vec<CustomerRow>>);
    let typed = RwSignal::new(String::new());
    let search = move || {
        let text = typed.get_untracked();
        if text.trim().is_empty() {
            return found.set(None);
        }
        let query = CustomerQuery {
            lens: Lens { segment: None, ..lens.get_untracked() },
            search: text.clone(),
            rows: MOST_FOUND,
            descending: true,
            ..CustomerQuery::default()
        };
        spawn_local(async move {
            let answer = engine.ask(Request::Customers(query)).await;
            let is_wanted = typed.try_with_untracked(|it| *it == text) == Some(true);
            if let Ok(Response::Customers(page)) = answer
                && is_wanted
            {
                found.set(Some(page.rows));
            }
        });
    };
    let choose = move |id: CustomerId| {
        who.set(Some(id));
        found.set(None);
        typed.set(String::new());
    };
    let offered = move || {
        let rows = found.get()?;
        if rows.is_empty() {
            return Some(
                view! { <p class="card__note" role="status">{t.why_nobody()}</p> }.into_any(),
            );
        }
        let buttons = rows.into_iter().map(|row| {
            let id = row.id;
            let contact = [row.email.clone(), row.phone.clone()].into_iter().find(|it| !it.is_empty());
            let label = row.label();
            let contact = contact.filter(|it| *it != label);
            view! {
                <button class="menu__item" type="button" data-who=id.to_string() on:click=move |_| choose(id)>
                    {label} <span class="table__quiet">{contact}</span>
                </button>
            }
        });
        Some(view! { <div class="menu segment__found">{buttons.collect_view()}</div> }.into_any())
    };
    view! {
        <section class="card" id="segment-why">
            <h2>{t.why_title()}</h2>
            <label class="search search--wide">
                <Icon name=IconName::Search />
                <span class="visually-hidden">{t.why_search()}</span>
                <input class="search__input" id="why-search" type="search" placeholder=t.why_search() autocomplete="off"
                    prop:value=typed
                    on:input=move |event| { typed.set(event_target_value(&event)); search(); } />
            </label>
            {offered}
            {move || said.get().map(|(lead, lines)| view! {
                <p class="card__lead" role="status" data-why>{lead}</p>
                <ul class="signs">{lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
            })}
        </section>
    }
}

/// An explanation in words: the answer, then every condition, those that decide first.
pub(super) fn said(
    t: Words,
    rule: &Rule,
    why: &Why,
    currency: Currency,
    segment: &dyn Fn(SegmentId) -> String,
) -> (String, Vec<String>) {
    let whole = why.parts.first().map(|it| it.truth).unwrap_or_default();
    let lead = match whole {
        Truth::Yes => t.why_in(&why.name),
        Truth::No => t.why_out(&why.name),
        Truth::Unknown => t.why_unknown(&why.name),
    };
    let mut lines = Vec::new();
    let mut parts = why.parts.iter().skip(1);
    gather(rule, &mut parts, &mut lines);
    let mut lines: Vec<(bool, String)> = lines
        .into_iter()
        .map(|(test, part)| (part.truth == whole, line(t, test, part, currency, segment)))
        .collect();
    lines.sort_by_key(|(decides, _)| !decides);
    (lead, lines.into_iter().map(|it| it.1).collect())
}

/// The conditions of a rule with what was found out about each.
fn gather<'a>(
    rule: &'a Rule,
    parts: &mut dyn Iterator<Item = &'a WhyPart>,
    lines: &mut Vec<(&'a Test, &'a WhyPart)>,
) {
    for node in &rule.nodes {
        let Some(part) = parts.next() else { return };
        match node {
            Node::Test(test) => lines.push((test, part)),
            Node::Group(group) => gather(group, parts, lines),
        }
    }
}

fn line(
    t: Words,
    test: &Test,
    part: &WhyPart,
    currency: Currency,
    segment: &dyn Fn(SegmentId) -> String,
) -> String {
    let what = t.test(test, currency, segment);
    let found = field_of(test).and_then(|it| t.found(it, &part.found, currency));
    let what = found.map_or(what.clone(), |found| t.why_found(&what, &found));
    match part.truth {
        Truth::Yes => t.why_holding(&what),
        Truth::No => t.why_failing(&what),
        Truth::Unknown => t.why_not_known(&what),
    }
}

const fn field_of(test: &Test) -> Option<AnyField> {
    Some(match test {
        Test::Number { field, .. } => AnyField::Number(*field),
        Test::Day { field, .. } => AnyField::Day(*field),
        Test::Choice { field, .. } => AnyField::Choice(*field),
        Test::Text { field, .. } => AnyField::Text(*field),
        Test::Flag { field, .. } => AnyField::Flag(*field),
        Test::Known { field, .. } => *field,
        Test::Bought { .. } | Test::Segment { .. } => return None,
    })
}
