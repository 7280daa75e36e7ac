//! The tables of satisfaction: drivers, touchpoints, groups, and who must be answered.

use super::points;
use crate::address::{customers_path, use_link};
use crate::components::{Head, TableCard, Tag, TagKind};
use crate::i18n::group_color;
use crate::list_acts::FilterActs;
use crate::settings::{formats, words};
use leptos::prelude::*;
use model::Currency;
use protocol::{
    Behind, CustomerFilter, Detractor, DriverRow, Quadrant, RfmGroup, SatisfactionView,
    ScoreFigure, Scores, Touchpoint,
};

pub(super) fn drivers(view: &SatisfactionView) -> Option<AnyView> {
    let (t, f) = (words(), formats());
    if view.drivers.is_empty() {
        return None;
    }
    let row = |it: &DriverRow| {
        let kind = match it.quadrant {
            Quadrant::Improve => TagKind::Bad,
            Quadrant::KeepUp => TagKind::Good,
            Quadrant::LowPriority | Quadrant::Overdone => TagKind::Neutral,
        };
        view! {
            <tr data-driver=it.dimension.clone()>
                <td>{it.dimension.clone()}</td>
                <td class="n">{f.number(it.importance, 2)}</td>
                <td class="n">{f.number(it.performance, 2)}</td>
                <td><Tag text=t.quadrant(it.quadrant) kind=kind /></td>
            </tr>
        }
    };
    let heads = vec![
        Head::text(t.dimension_word()),
        Head::number(t.importance_word()),
        Head::number(t.performance_word()),
        Head::text(t.to_do_word()),
    ];
    let rows = view.drivers.iter().map(row).collect_view();
    Some(
        view! {
            <TableCard id="drivers" heading=t.drivers_title() file_name="drivers.csv" note=t.drivers_note() heads rows=view.drivers.len()>
                {rows}
            </TableCard>
        }
        .into_any(),
    )
}

/// A share with how many it rests on.
fn share(score: Option<ScoreFigure>) -> String {
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

pub(super) fn segments(view: &SatisfactionView) -> Option<AnyView> {
    let (t, f) = (words(), formats());
    if view.segments.is_empty() {
        return None;
    }
    let dash = || "–".to_owned();
    let row = |(group, scores): &(RfmGroup, Scores)| {
        let link = use_link();
        let filter = CustomerFilter { group: Some(*group), ..CustomerFilter::default() };
        let nps = scores.nps.map_or_else(dash, |it| points(it.value, |it| f.number(it, 0)));
        let ces = scores.ces.map_or_else(dash, |it| f.number(it.value, 1));
        view! {
            <tr>
                <td>
                    <a class="table__link" href=move || link(&customers_path(&filter))>
                        <Tag text=t.group(*group) color=group_color(*group) />
                    </a>
                </td>
                <td class="n">{share(scores.csat)}</td>
                <td class="n">{nps}</td>
                <td class="n">{ces}</td>
            </tr>
        }
    };
    let heads = vec![
        Head::text(t.group_word()),
        Head::number(t.csat_word()),
        Head::number(t.nps_word()),
        Head::number(t.ces_word()),
    ];
    let rows = view.segments.iter().map(row).collect_view();
    Some(
        view! {
            <TableCard id="satisfaction-groups" heading=t.segments_title() file_name="satisfaction-by-group.csv" heads rows=view.segments.len()>
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
