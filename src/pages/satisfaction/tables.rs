//! The tables of satisfaction: touchpoints, and who must be answered.

use crate::address::{customers_path, use_link};
use crate::components::{Head, TableCard};
use crate::list_acts::FilterActs;
use crate::settings::{formats, words};
use leptos::prelude::*;
use model::Currency;
use protocol::{Behind, CustomerFilter, Detractor, SatisfactionView, ScoreFigure, Touchpoint};

/// A share with how many it rests on.
pub(super) fn share(score: Option<ScoreFigure>) -> String {
    let (t, f) = (words(), formats());
    score.map_or_else(
        || "–".to_owned(),
        |it| format!("{} ({})", f.percent_with(it.value, 0), t.n_answers(&f.count(it.n))),
    )
}

pub(super) fn touchpoints(view: &SatisfactionView) -> Option<AnyView> {
    let t = words();
    if view.touchpoints.is_empty() {
        return None;
    }
    let row = |it: &Touchpoint| {
        view! {
            <tr>
                <td>{t.touchpoint(&it.name)}</td>
                <td class="n">{share(Some(it.csat))}</td>
            </tr>
        }
    };
    let heads = vec![Head::text(t.touchpoint_word()), Head::number(t.csat_word())];
    let rows = view.touchpoints.iter().map(row).collect_view();
    Some(
        view! {
            <TableCard id="touchpoints" heading=t.touchpoints_title() file_name="touchpoints.csv" heads rows=view.touchpoints.len()>
                {rows}
            </TableCard>
        }
        .into_any(),
    )
}

pub(super) fn detractors(view: &SatisfactionView) -> Option<AnyView> {
    let t = words();
    if view.detractors.is_empty() {
        return None;
    }
    // Without an order nobody has a name or has spent anything.
    let is_known = view.detractors.iter().any(|it| it.id.is_some());
    let mut heads = vec![
        Head::text(t.moved_on()),
        Head::number(t.score_word()),
        Head::text(t.comment_word()).hide_small(),
    ];
    let mut note = vec![t.detractors_note()];
    if is_known {
        heads.insert(0, Head::text(t.customer_word()));
        heads[1] = Head::text(t.moved_on()).hide_small();
        heads.push(Head::number(t.so_far()));
    } else {
        note = vec![t.detractors_means(), t.detractors_unknown()];
    }
    let note = t.sentences(&note);
    let link = use_link();
    let filter = CustomerFilter::behind(Behind::Detractors);
    let path = customers_path(&filter);
    let all = format!("{} {}", t.all(), formats().count(view.detractor_customers));
    let tools = (view.detractor_customers > 0).then(|| {
        view! {
            <a class="link" data-action="see-detractors" href=move || link(&path)>{all}</a>
            <FilterActs filter=filter id="detractor-acts" />
        }
    });
    let rows =
        view.detractors.iter().map(|it| detractor(it, is_known, view.currency)).collect_view();
    Some(
        view! {
            <TableCard id="detractors" tools=tools.into_any() heading=t.detractors_title() file_name="detractors.csv" note=note heads rows=view.detractors.len()>
                {rows}
            </TableCard>
        }
        .into_any(),
    )
}

fn detractor(row: &Detractor, is_known: bool, currency: Currency) -> AnyView {
    let (t, f, link) = (words(), formats(), use_link());
    let who = match row.id {
        Some(id) => {
            let path = format!("/customer?id={id}");
            let label = row.label.clone();
            view! { <a class="table__link" href=move || link(&path)>{label}</a> }.into_any()
        }
        None => view! { <span class="table__quiet">{t.nobody_word()}</span> }.into_any(),
    };
    let nps = row.nps.map(|it| format!("{it} / 10"));
    let score = nps.or_else(|| row.overall.map(|it| format!("{it} / 5")));
    view! {
        <tr data-detractor>
            {is_known.then(|| view! { <td>{who}</td> })}
            <td class:hide-small=is_known>{row.day.map(|day| f.day(day))}</td>
            <td class="n">{score}</td>
            <td class="hide-small">{row.comment.clone()}</td>
            {is_known.then(|| view! { <td class="n">{f.money_whole(row.net, currency)}</td> })}
        </tr>
    }
    .into_any()
}
