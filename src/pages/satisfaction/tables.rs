//! The tables of satisfaction: drivers, touchpoints, groups, and who must be answered.

use super::points;
use crate::address::{customers_path, use_link};
use crate::components::{TableExport, Tag, TagKind};
use crate::i18n::group_color;
use crate::settings::{formats, words};
use leptos::prelude::*;
use model::Currency;
use protocol::{
    CustomerFilter, Detractor, DriverRow, Quadrant, RfmGroup, SatisfactionView, ScoreFigure,
    Scores, Touchpoint,
};

/// A card with a table that can be taken out.
fn card(
    (id, file_name): (&'static str, &'static str),
    (heading, note): (&'static str, &'static str),
    head: AnyView,
    body: AnyView,
) -> AnyView {
    let t = words();
    view! {
        <section class="card" id=id>
            <div class="card__head">
                <h2>{heading}</h2>
                <TableExport file_name label=t.download_csv() />
            </div>
            {(!note.is_empty()).then(|| view! { <p class="card__note">{note}</p> })}
            <div class="table-wide">
                <table class="table">
                    <thead><tr>{head}</tr></thead>
                    <tbody>{body}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

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
    let head = view! {
        <th scope="col">{t.dimension_word()}</th>
        <th scope="col" class="n">{t.importance_word()}</th>
        <th scope="col" class="n">{t.performance_word()}</th>
        <th scope="col">{t.to_do_word()}</th>
    };
    let body = view.drivers.iter().map(row).collect_view().into_any();
    let names = ("drivers", "drivers.csv");
    Some(card(names, (t.drivers_title(), t.drivers_note()), head.into_any(), body))
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
    let head = view! {
        <th scope="col">{t.touchpoint_word()}</th>
        <th scope="col" class="n">{t.csat_word()}</th>
    };
    let body = view.touchpoints.iter().map(row).collect_view().into_any();
    let names = ("touchpoints", "touchpoints.csv");
    Some(card(names, (t.touchpoints_title(), ""), head.into_any(), body))
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
    let head = view! {
        <th scope="col">{t.group_word()}</th>
        <th scope="col" class="n">{t.csat_word()}</th>
        <th scope="col" class="n">{t.nps_word()}</th>
        <th scope="col" class="n">{t.ces_word()}</th>
    };
    let body = view.segments.iter().map(row).collect_view().into_any();
    let names = ("satisfaction-groups", "satisfaction-by-group.csv");
    Some(card(names, (t.segments_title(), ""), head.into_any(), body))
}

pub(super) fn detractors(view: &SatisfactionView) -> Option<AnyView> {
    let t = words();
    if view.detractors.is_empty() {
        return None;
    }
    let head = view! {
        <th scope="col">{t.customer_word()}</th>
        <th scope="col" class="hide-small">{t.moved_on()}</th>
        <th scope="col" class="n">{t.score_word()}</th>
        <th scope="col" class="hide-small">{t.comment_word()}</th>
        <th scope="col" class="n">{t.so_far()}</th>
    };
    let body = view.detractors.iter().map(|it| detractor(it, view.currency)).collect_view();
    let names = ("detractors", "detractors.csv");
    let texts = (t.detractors_title(), t.detractors_note());
    Some(card(names, texts, head.into_any(), body.into_any()))
}

fn detractor(row: &Detractor, currency: Currency) -> AnyView {
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
            <td>{who}</td>
            <td class="hide-small">{row.day.map(|day| f.day(day))}</td>
            <td class="n">{score}</td>
            <td class="hide-small">{row.comment.clone()}</td>
            <td class="n">{f.money_whole(row.net, currency)}</td>
        </tr>
    }
    .into_any()
}
