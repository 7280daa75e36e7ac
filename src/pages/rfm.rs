//! Who are the best customers, who were, and who may become so?

use super::overview::{recency_labels, score_labels};
use super::{analysed, title};
use crate::address::{customers_path, use_link};
use crate::components::{
    DataTable, EmptyState, HeatCell, HeatMap, ShareMeter, StateKind, TableExport, Tag,
};
use crate::i18n::group_color;
use crate::settings::{formats, words};
use leptos::prelude::*;
use model::Currency;
use protocol::{
    Analysis, Band, ClassRow, CustomerFilter, GridCell, GroupRow, RfmGroup, RfmWarning,
};
use std::sync::Arc;

/// The RFM screen.
#[component]
pub fn Rfm() -> impl IntoView {
    title(words().nav_rfm());
    analysed(|analysis| view! { <Drawn analysis /> })
}

#[component]
fn Drawn(analysis: Arc<Analysis>) -> impl IntoView {
    let t = words();
    if analysis.rfm.scored == 0 {
        return view! { <EmptyState title=t.rfm_nobody() text=t.rfm_nobody_text() kind=StateKind::TooLittle whole_screen=true /> }.into_any();
    }
    let warning = analysis.rfm.warning.map(|warning| match warning {
        RfmWarning::FewBuyers => t.rfm_few_buyers(),
        RfmWarning::FewValues => t.rfm_few_values(),
    });
    let warning =
        warning.map(|text| view! { <p class="banner banner--warn" role="note">{text}</p> });
    view! {
        <Headline analysis=analysis.clone() />
        {warning}
        <div class="stack">
            <div class="columns columns--even">
                <Map analysis=analysis.clone() scale='F' />
                <Map analysis=analysis.clone() scale='M' />
            </div>
            <Groups analysis=analysis.clone() />
            <div class="columns columns--even">
                <Classes analysis=analysis.clone() />
                <Cuts analysis />
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn Headline(analysis: Arc<Analysis>) -> impl IntoView {
    let (t, f) = (words(), formats());
    let best = [RfmGroup::Champions, RfmGroup::Loyal];
    let rows = analysis.rfm.groups.iter().filter(|row| best.contains(&row.group));
    let (customers, net) = rows.fold((0, 0), |sum, row| (sum.0 + row.customers, sum.1 + row.net));
    let all: i64 = analysis.rfm.groups.iter().map(|row| row.net).sum();
    let count = u64::from(customers);
    let who = t.rfm_lead(count, &f.count(customers));
    let share = f.percent_with(if all > 0 { net as f64 / all as f64 } else { 0.0 }, 0);
    let scored = t.buyers(u64::from(analysis.rfm.scored), &f.count(analysis.rfm.scored));
    view! {
        <h1 class="headline">
            <em>{who}</em>
            {if count == 1 { t.rfm_brings(&share) } else { t.rfm_bring(&share) }}
        </h1>
        <p class="headline__sub">{t.rfm_sub(&scored, &f.day(analysis.as_of))}</p>
    }
}

/// A heat map's cells: customers, their money, and the way to them.
pub fn heat_cells(
    cells: &[GridCell],
    currency: Currency,
    other: char,
    with_money: bool,
) -> Vec<HeatCell> {
    let (t, f) = (words(), formats());
    let link = use_link();
    let cell = |it: &GridCell| {
        let customers = t.customers(u64::from(it.customers), &f.count(it.customers));
        let said = t.cell_spoken(&customers, &f.money_whole(it.net, currency));
        let (frequency, monetary) = if other == 'F' { (it.other, 0) } else { (0, it.other) };
        let filter =
            CustomerFilter { r: it.r, f: frequency, m: monetary, ..CustomerFilter::default() };
        let spoken = format!("R{} {other}{}: {said}", it.r, it.other);
        HeatCell {
            weight: Some(f64::from(it.customers)),
            text: f.count(it.customers),
            second: with_money.then(|| f.money_compact(it.net as f64, currency)),
            tooltip: spoken.clone(),
            spoken,
            href: Some(untrack(|| link(&customers_path(&filter)))),
        }
    };
    cells.iter().map(cell).collect()
}

#[component]
fn Map(analysis: Arc<Analysis>, scale: char) -> impl IntoView {
    let t = words();
    let (heading, note, cells) = if scale == 'F' {
        (t.recency_frequency(), t.recency_frequency_note(), &analysis.rfm.recency_frequency)
    } else {
        (t.recency_monetary(), t.recency_monetary_note(), &analysis.rfm.recency_monetary)
    };
    let cells = heat_cells(cells, analysis.currency, scale, true);
    view! {
        <section class="card">
            <h2>{heading}</h2>
            <p class="card__note">{note}</p>
            <HeatMap
                label=heading
                row_labels=recency_labels()
                column_labels=score_labels(scale)
                cells=cells
            />
        </section>
    }
}

#[component]
fn Groups(analysis: Arc<Analysis>) -> impl IntoView {
    let t = words();
    let total: i64 = analysis.rfm.groups.iter().map(|row| row.net).sum();
    let rows = analysis.rfm.groups.clone();
    let height = rows.len() + 1;
    let currency = analysis.currency;
    view! {
        <section class="card" id="rfm-groups">
            <div class="card__head">
                <h2>{t.groups_title()}</h2>
                <TableExport file_name="rfm-groups.csv" label=t.download_csv() />
            </div>
            <p class="card__note">{t.groups_note()}</p>
            <table class="table" aria-rowcount=height>
                <thead>
                    <tr>
                        <th scope="col">{t.group_word()}</th>
                        <th scope="col" class="n">{t.nav_customers()}</th>
                        <th scope="col" class="n hide-small">{t.nav_orders()}</th>
                        <th scope="col" class="n">{t.net()}</th>
                        <th scope="col" class="meter">{t.share_of_net()}</th>
                        <th scope="col" class="n hide-small">{t.per_customer()}</th>
                        <th scope="col" class="hide-small">{t.advice()}</th>
                    </tr>
                </thead>
                <tbody>
                    {rows.into_iter().map(|row| view! { <GroupLine row total currency /> }).collect_view()}
                </tbody>
            </table>
        </section>
    }
}

#[component]
fn GroupLine(row: GroupRow, total: i64, currency: Currency) -> impl IntoView {
    let (t, f) = (words(), formats());
    let link = use_link();
    let share = if total > 0 { row.net as f64 / total as f64 } else { 0.0 };
    let each = row.net.checked_div(i64::from(row.customers));
    let each = each.map_or_else(|| "–".to_owned(), |net| f.money_whole(net, currency));
    let filter = CustomerFilter { group: Some(row.group), ..CustomerFilter::default() };
    view! {
        <tr data-group=row.group.name()>
            <td>
                <a class="table__link" href=move || link(&customers_path(&filter))>
                    <Tag text=t.group(row.group) color=group_color(row.group) />
                </a>
            </td>
            <td class="n">{f.count(row.customers)}</td>
            <td class="n hide-small">{f.count(row.orders)}</td>
            <td class="n">{f.money_whole(row.net, currency)}</td>
            <td><ShareMeter share=Signal::stored(share) text=f.percent(share) color=group_color(row.group) /></td>
            <td class="n hide-small">{each}</td>
            <td class="hide-small table__quiet">{t.group_advice(row.group)}</td>
        </tr>
    }
}

#[component]
fn Classes(analysis: Arc<Analysis>) -> impl IntoView {
    let (t, f) = (words(), formats());
    let (days, orders, money) = analysis.rfm.class_cuts;
    let days = t.days(days.round() as u64, &f.number(days, 1));
    let money = f.money(money.round() as i64, analysis.currency);
    let note = t.classes_note(&days, &f.number(orders, 1), &money);
    let currency = analysis.currency;
    let rows = analysis.rfm.classes.clone();
    let height = rows.len() + 1;
    view! {
        <section class="card" id="rfm-classes">
            <div class="card__head">
                <h2>{t.classes_title()}</h2>
                <TableExport file_name="rfm-classes.csv" label=t.download_csv() />
            </div>
            <p class="card__note">{note}</p>
            <table class="table" aria-rowcount=height>
                <thead>
                    <tr>
                        <th scope="col">{t.class_word()}</th>
                        <th scope="col" class="n">{t.nav_customers()}</th>
                        <th scope="col" class="n">{t.net()}</th>
                    </tr>
                </thead>
                <tbody>
                    {rows.into_iter().map(|row| view! { <ClassLine row currency /> }).collect_view()}
                </tbody>
            </table>
        </section>
    }
}

#[component]
fn ClassLine(row: ClassRow, currency: Currency) -> impl IntoView {
    let (t, f) = (words(), formats());
    let link = use_link();
    let filter = CustomerFilter { class: Some(row.class), ..CustomerFilter::default() };
    view! {
        <tr>
            <td><a class="table__link" href=move || link(&customers_path(&filter))>{t.class(row.class)}</a></td>
            <td class="n">{f.count(row.customers)}</td>
            <td class="n">{f.money_whole(row.net, currency)}</td>
        </tr>
    }
}

/// Which values have which score.
#[component]
fn Cuts(analysis: Arc<Analysis>) -> impl IntoView {
    let (t, f) = (words(), formats());
    let currency = analysis.currency;
    let cuts = analysis.rfm.cuts;
    let range = |band: Option<Band>, write: &dyn Fn(i64) -> String| match band {
        None => t.nobody_has_it().to_owned(),
        Some(Band { from, to }) if from == to => write(from),
        Some(Band { from, to }) => t.span(&write(from), &write(to)),
    };
    let count = |number: i64| f.count(number as f64);
    let money = |minor: i64| f.money(minor, currency);
    let rows: Vec<Vec<String>> = (0..5)
        .rev()
        .map(|at| {
            vec![
                (at + 1).to_string(),
                range(cuts.r[at], &count),
                range(cuts.f[at], &count),
                range(cuts.m[at], &money),
            ]
        })
        .collect();
    let columns = vec![
        (t.score().to_owned(), false),
        (t.days_since().to_owned(), true),
        (t.number_of_orders().to_owned(), true),
        (t.money_spent().to_owned(), true),
    ];
    view! {
        <section class="card card--fill" id="rfm-cuts">
            <div class="card__head">
                <h2>{t.cuts_title()}</h2>
                <TableExport file_name="rfm-cuts.csv" label=t.download_csv() />
            </div>
            <p class="card__note">{t.cuts_note()}</p>
            <DataTable caption=t.cuts_title() columns=columns rows=rows hide_caption=true />
        </section>
    }
}
