//! Who are the best customers, who were, and who may become so?

use super::no_buyers::NoBuyers;
use super::overview::{recency_labels, score_labels};
use super::{analysed, title};
use crate::address::{customers_path, use_link};
use crate::components::{
    EmptyState, Head, HeatCell, HeatMap, ShareMeter, StateKind, TableCard, Tag,
};
use crate::data::Data;
use crate::edits::{Edit, Edits};
use crate::i18n::group_color;
use crate::settings::{formats, words};
use leptos::prelude::*;
use model::Currency;
use protocol::{
    Analysis, CustomerFilter, GridCell, GroupRow, Monetary, RfmChoice, RfmGroup, RfmWarning,
    RfmWindow, ScoreCuts, ShopEdit,
};
use std::sync::Arc;

mod as_of;
mod classes;
mod cuts;
mod editor;
mod migration;
mod scorings;
mod typed;

use as_of::AsOfSlider;
use classes::Classes;
use cuts::Cuts;
use migration::Migration;
use scorings::Scorings;

/// The RFM screen.
#[component]
pub fn Rfm() -> impl IntoView {
    title(words().nav_rfm());
    let analysis = expect_context::<Data>().analysis();
    let known = Signal::derive(move || analysis.get().and_then(Result::ok));
    let has_buyers = move || known.read().as_ref().is_some_and(|it| it.totals.buyers > 0);
    let has_buyers = Memo::new(move |_| has_buyers());
    view! {
        <AsOfSlider known />
        {analysed(|analysis| view! { <Drawn analysis /> })}
        // Apart from the figures: what is typed there stays when they come anew.
        <Show when=move || has_buyers.get()>
            <div class="columns columns--even">
                <Classes known />
                <Cuts known />
            </div>
            <div class="stack">
                <Scorings />
                <Migration />
            </div>
        </Show>
    }
}

#[component]
fn Drawn(analysis: Arc<Analysis>) -> impl IntoView {
    if analysis.rfm.scored == 0 {
        return view! { <Nobody analysis /> }.into_any();
    }
    view! {
        <Headline analysis=analysis.clone() />
        <Caution analysis=analysis.clone() />
        <OfSummaries />
        <div class="stack">
            <div class="columns columns--even">
                <Map analysis=analysis.clone() scale='F' />
                <Map analysis=analysis.clone() scale='M' />
            </div>
            <Groups analysis />
        </div>
    }
    .into_any()
}

/// Nobody has a score, and what helps.
#[component]
fn Nobody(analysis: Arc<Analysis>) -> impl IntoView {
    let t = words();
    let choice = analysis.rfm.choice;
    if analysis.totals.buyers == 0 {
        return view! { <NoBuyers title=t.rfm_nobody() text=t.rfm_nobody_text() /> }.into_any();
    }
    let all_time = RfmChoice { window: RfmWindow::AllTime, ..choice };
    let text = t.nobody_in_window(&t.rfm_window(choice.window));
    view! {
        <EmptyState title=t.nobody_scored() text=text kind=StateKind::TooLittle whole_screen=true>
            <Choose choice=all_time text=t.use_all_time() data_action="rfm-all-time" />
        </EmptyState>
    }
    .into_any()
}

/// Which window summaries allow.
#[component]
fn OfSummaries() -> impl IntoView {
    let data = expect_context::<Data>();
    let has =
        move || data.shop.with(|it| it.as_ref().is_some_and(|it| it.summarised_until.is_some()));
    move || {
        has().then(
            || view! { <p class="card__note" data-of-summaries>{words().summaries_scores()}</p> },
        )
    }
}

/// Why the scores say little, with the way to those that say more.
#[component]
fn Caution(analysis: Arc<Analysis>) -> impl IntoView {
    let t = words();
    let rfm = &analysis.rfm;
    let choice = rfm.choice;
    let text = rfm.warning.map(|warning| match warning {
        RfmWarning::FewBuyers => t.rfm_few_buyers(),
        RfmWarning::FewValues => t.rfm_few_values(),
    })?;
    let fixed = rfm.proposal.map(|cuts| RfmChoice { cuts: ScoreCuts::Fixed(cuts), ..choice });
    let button = fixed.map(|choice| {
        view! { <Choose choice text=t.use_fixed_cuts() data_action="rfm-fixed-cuts" /> }
    });
    Some(view! {
        <div class="banner banner--warn" role="note">
            <p>{text}</p>
            {button}
        </div>
    })
}

/// A button that makes a choice at once.
#[component]
fn Choose(choice: RfmChoice, text: &'static str, data_action: &'static str) -> impl IntoView {
    let t = words();
    let (data, edits) = (expect_context::<Data>(), Edits::here());
    let choose = move |_| {
        let Some(former) = data.shop.with_untracked(|shop| shop.as_ref().map(|it| it.rfm)) else {
            return;
        };
        let edit = Edit::shop(ShopEdit::Rfm(choice), ShopEdit::Rfm(former));
        edits.write(edit, t, t.setting_saved(), move |written| {
            if let Err(problem) = written {
                edits.tell(t, &problem);
            }
        });
    };
    view! {
        <button class="button" type="button" data-action=data_action on:click=choose>
            {text}
        </button>
    }
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
    let window = t.rfm_window(analysis.rfm.choice.window);
    let slipping = analysis.overview.slipping;
    let slip = (slipping > 0).then(|| {
        let link = use_link();
        let who = t.customers(u64::from(slipping), &f.count(slipping));
        let lead = t.slipping_lead(&who, &f.money_whole(analysis.overview.slipping_net, analysis.currency));
        let rest = if slipping == 1 { t.slipping_rest_one() } else { t.slipping_rest() };
        let filter = CustomerFilter { slipping: true, ..CustomerFilter::default() };
        view! {
            {t.sentence_gap()} <a class="link" data-action="see-slipping" href=move || link(&customers_path(&filter))>{lead}</a> {rest}
        }
    });
    view! {
        <h1 class="headline">
            <em>{who}</em>
            {if count == 1 { t.rfm_brings(&share) } else { t.rfm_bring(&share) }}
        </h1>
        <p class="headline__sub">{t.rfm_sub(&scored, &window, &f.day(analysis.as_of))} {slip}</p>
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
            full: None,
            second: with_money.then(|| f.money_compact(it.net as f64, currency)),
            tooltip: spoken.clone(),
            spoken,
            href: (it.customers > 0).then(|| untrack(|| link(&customers_path(&filter)))),
            is_total: false,
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
        let note = match analysis.rfm.choice.monetary {
            Monetary::Total => t.recency_monetary_note(),
            Monetary::AverageOrder => t.recency_average_note(),
        };
        (t.recency_monetary(), note, &analysis.rfm.recency_monetary)
    };
    let cells = heat_cells(cells, analysis.currency, scale, true);
    let file_name = if scale == 'F' { "recency-frequency.csv" } else { "recency-monetary.csv" };
    view! {
        <section class="card">
            <h2>{heading}</h2>
            <p class="card__note">{note}</p>
            <HeatMap
                label=heading
                row_labels=recency_labels()
                column_labels=score_labels(scale)
                cells=cells
                file_name=file_name
                second=t.net()
            />
        </section>
    }
}

#[component]
fn Groups(analysis: Arc<Analysis>) -> impl IntoView {
    let t = words();
    let total: i64 = analysis.rfm.groups.iter().map(|row| row.net).sum();
    let rows = analysis.rfm.groups.clone();
    let height = rows.len();
    let currency = analysis.currency;
    let window = analysis.rfm.choice.window;
    let note = match window {
        RfmWindow::AllTime => t.groups_note().to_owned(),
        _ => t.groups_of_window(&t.rfm_window(window)),
    };
    let heads = vec![
        Head::text(t.group_word()),
        Head::number(t.nav_customers()),
        Head::number(t.nav_orders()).hide_small(),
        Head::number(t.net()),
        Head::meter(t.share_of_net()),
        Head::number(t.per_customer()).hide_small(),
        Head::text(t.advice()).hide_small(),
    ];
    view! {
        <TableCard id="rfm-groups" heading=t.groups_title() file_name="rfm-groups.csv" note=note heads rows=height>
            {rows.into_iter().map(|row| view! { <GroupLine row total currency /> }).collect_view()}
        </TableCard>
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
            <td class="n" data-label=t.nav_customers()>{f.count(row.customers)}</td>
            <td class="n hide-small" data-label=t.nav_orders()>{f.count(row.orders)}</td>
            <td class="n" data-label=t.net()>{f.money_whole(row.net, currency)}</td>
            <td data-label=t.share_of_net()><ShareMeter share=Signal::stored(share) text=f.percent(share) color=group_color(row.group) /></td>
            <td class="n hide-small" data-label=t.per_customer()>{each}</td>
            <td class="hide-small table__quiet">{t.group_advice(row.group)}</td>
        </tr>
    }
}
