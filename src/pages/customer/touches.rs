//! Answers, tickets and events of a customer.

use crate::settings::{formats, words};
use leptos::prelude::*;
use protocol::{CustomerView, Touch, TouchKind};

/// All of them, newest first; nothing where there is none.
pub(super) fn touches_card(customer: &CustomerView) -> AnyView {
    if customer.touches.is_empty() {
        return ().into_any();
    }
    let (t, f) = (words(), formats());
    let count = customer.touches.len();
    let lines = customer.touches.iter().map(line);
    view! {
        <section class="card" id="touches">
            <div class="card__head">
                <h2>{t.touches()}</h2>
                <span class="card__note">{t.records(count as u64, &f.count(count as f64))}</span>
            </div>
            <ul class="timeline">{lines.collect_view()}</ul>
        </section>
    }
    .into_any()
}

fn line(touch: &Touch) -> impl IntoView + use<> {
    let (t, f) = (words(), formats());
    let (heading, parts) = told(&touch.kind);
    let order = (!touch.order.is_empty()).then(|| t.about_order(&touch.order));
    let parts: Vec<String> = parts.into_iter().chain(order).chain([touch.text.clone()]).collect();
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let day = touch.day.map(|day| view! { <time datetime=day.to_string()>{f.day(day)}</time> });
    view! {
        <li class="timeline__item" data-touch>
            {day}
            <i class="timeline__dot" aria-hidden="true"></i>
            <div><b>{heading}</b> " " {parts.join(" · ")}</div>
        </li>
    }
}

/// What it was, and its details.
fn told(kind: &TouchKind) -> (String, Vec<String>) {
    let (t, f) = (words(), formats());
    let score = |score: &u8| f.count(*score);
    match kind {
        TouchKind::Answer { overall, nps, ces } => {
            let scores = [
                overall.as_ref().map(|it| t.scored_overall(&score(it))),
                nps.as_ref().map(|it| t.scored_nps(&score(it))),
                ces.as_ref().map(|it| t.scored_ces(&score(it))),
            ];
            (t.answer_word().to_owned(), scores.into_iter().flatten().collect())
        }
        TouchKind::Ticket { channel, category, is_open, csat } => {
            let mut parts = vec![t.ticket_term(channel).to_owned(), category.clone()];
            parts.extend(is_open.then(|| t.ticket_open().to_owned()));
            parts.extend(csat.as_ref().map(|it| t.scored_overall(&score(it))));
            (t.ticket_word().to_owned(), parts)
        }
        TouchKind::Event(name) => (t.event(name).to_owned(), Vec::new()),
    }
}
