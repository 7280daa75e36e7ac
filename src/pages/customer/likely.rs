//! What the customer is likely to buy next, and what speaks for it.

use crate::address::{product_path, use_lens, use_link};
use crate::pages::answered::answered_part;
use crate::settings::{formats, words};
use leptos::prelude::*;
use model::CustomerId;
use protocol::{LikelyReason, LikelyRow, LikelyView, Request, Response};

/// The card.
#[component]
pub(super) fn Likely(
    /// Of whom.
    id: CustomerId,
) -> impl IntoView {
    let lens = use_lens();
    let question = move || Request::Likely(id, lens.get());
    answered_part(question, Response::of_segments::<LikelyView>, |view| drawn(&view))
}

fn drawn(view: &LikelyView) -> AnyView {
    let t = words();
    let note = match (view.has_lines, view.rows.is_empty()) {
        (false, _) => t.no_lines_text(),
        (true, true) => t.likely_none(),
        (true, false) => t.likely_note(),
    };
    let rows = view.rows.iter().map(line).collect_view();
    view! {
        <section class="card" id="likely">
            <h2>{t.likely_title()}</h2>
            <p class="card__note">{note}</p>
            <ul class="likely">{rows}</ul>
        </section>
    }
    .into_any()
}

fn line(row: &LikelyRow) -> AnyView {
    let (t, f, link) = (words(), formats(), use_link());
    let path = product_path(&row.key);
    let why = match &row.reason {
        LikelyReason::Bought(product) => t.likely_bought(product),
        LikelyReason::Due(day) => t.likely_due(&f.day(*day)),
        LikelyReason::Trait(it) => t.likely_trait(&t.trait_name(it)),
    };
    let lift = row.lift.map(|it| t.likely_lift(&f.number(it, 1)));
    let few = row.is_small().then(|| t.likely_few().to_owned());
    let rests_on = t.likely_n(&f.count(row.n));
    let parts: Vec<String> = [Some(why), lift, Some(rests_on), few].into_iter().flatten().collect();
    let class = if row.is_small() { "likely__row likely__row--small" } else { "likely__row" };
    let name = if row.name.is_empty() { row.key.clone() } else { row.name.clone() };
    view! {
        <li class=class data-likely=row.key.clone() data-n=row.n data-small=row.is_small().to_string()>
            <a class="table__link" href=move || link(&path)>{name}</a>
            <b>{f.percent_with(row.share, 0)}</b>
            <small>{parts.join(" · ")}</small>
        </li>
    }
    .into_any()
}
