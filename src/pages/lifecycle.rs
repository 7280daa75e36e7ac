//! Where are customers in their life with the shop, and who moved?

mod acquire;

use super::answered::answered;
use super::no_buyers::NoBuyers;
use super::title;
use crate::address::{customers_path, use_lens, use_link};
use crate::components::{Head, HeatCell, HeatMap, ShareMeter, TableCard, Tag, WholeFile};
use crate::data::Data;
use crate::list_acts::FilterActs;
use crate::settings::{formats, words};
use acquire::{Acquire, Typed};
use leptos::prelude::*;
use model::Currency;
use protocol::{
    Behind, CustomerFilter, DatedMove, LifecycleView, Request, Response, Stage, StageDetail,
};
use std::sync::Arc;

mod rules;

use rules::Rules;

/// The life-cycle screen.
#[component]
pub fn Lifecycle() -> impl IntoView {
    title(words().nav_lifecycle());
    provide_context(Typed::new());
    let lens = use_lens();
    let take = Response::of_segments::<LifecycleView>;
    let analysis = expect_context::<Data>().analysis();
    let has_buyers = Memo::new(move |_| match &*analysis.read() {
        Some(Ok(analysis)) => analysis.totals.buyers > 0,
        _ => false,
    });
    view! {
        {answered(move || Request::Lifecycle(lens.get()), take, |life| view! { <Drawn life /> })}
        // Apart from the figures: what is typed there stays when they come anew.
        <Show when=move || has_buyers.get()>
            <div class="stack">
                <Rules />
            </div>
        </Show>
    }
}

/// The rule of those who are on record and have no order that counts.
const NEVER_BOUGHT: &str = "all(orders=0)";

/// The colour of a stage, the same on every screen.
pub const fn stage_color(stage: Stage) -> &'static str {
    match stage {
        Stage::Acquisition => "--g-recent",
        Stage::Retention => "--g-potential-loyalist",
        Stage::Loyalty => "--g-champions",
        Stage::WinBack => "--g-at-risk",
        Stage::Lost => "--g-lost",
    }
}

fn of_stage(stage: Stage) -> CustomerFilter {
    CustomerFilter { stage: Some(stage), ..CustomerFilter::default() }
}

#[component]
fn Drawn(life: Arc<LifecycleView>) -> impl IntoView {
    let t = words();
    if life.second_order.buyers == 0 {
        return view! { <NoBuyers title=t.rfm_nobody() text=t.cohorts_none_text() /> }.into_any();
    }
    view! {
        <Headline life=life.clone() />
        <div class="stack">
            <Stages life=life.clone() />
            <div class="columns columns--even">
                <Moves life=life.clone() />
                <Recent life=life.clone() />
            </div>
            <Acquire view=Arc::new(life.acquire.clone()) currency=life.currency />
        </div>
    }
    .into_any()
}

#[component]
fn Headline(life: Arc<LifecycleView>) -> impl IntoView {
    let (t, f, link) = (words(), formats(), use_link());
    let row = |stage: Stage| life.stages[stage as usize].row;
    let waiting = row(Stage::WinBack);
    let lead = if waiting.customers == 0 {
        view! { <em>{t.nobody_to_win_back()}</em> }.into_any()
    } else {
        let count = u64::from(waiting.customers);
        let who = t.customers(count, &f.count(waiting.customers));
        let lead = t.slipping_lead(&who, &f.money_whole(waiting.net, life.currency));
        let rest = if count == 1 { t.win_back_rest_one() } else { t.win_back_rest() };
        view! { <em>{lead}</em> {rest} }.into_any()
    };
    let people = |count: u32| t.customers(u64::from(count), &f.count(count));
    let active = [Stage::Acquisition, Stage::Retention, Stage::Loyalty].map(|it| row(it).customers);
    let active = active.iter().sum::<u32>().saturating_sub(life.prospects);
    let sub = t.life_sub(&people(active), &people(life.prospects));
    let path = customers_path(&of_stage(Stage::WinBack));
    let to_prospects = link.clone();
    let open = (waiting.customers > 0).then(|| {
        view! { <a class="button" data-action="open-win-back" href=move || link(&path)>{t.to_win_back()}</a> }
    });
    let path = customers_path(&CustomerFilter::behind(Behind::Rule(NEVER_BOUGHT.to_owned())));
    let prospects = (life.prospects > 0).then(|| {
        view! { <a class="button" data-action="open-prospects" href=move || to_prospects(&path)>{t.to_prospects()}</a> }
    });
    view! {
        <div class="page-head">
            <div>
                <h1 class="headline">{lead}</h1>
                <p class="headline__sub">{sub}</p>
            </div>
            {prospects}
            {open}
        </div>
    }
}

#[component]
fn Stages(life: Arc<LifecycleView>) -> impl IntoView {
    let (t, f) = (words(), formats());
    let total: i64 = life.stages.iter().map(|it| it.row.net).sum();
    let rows = life.stages.clone();
    let (height, currency) = (rows.len(), life.currency);
    let second = life.second_order;
    let said = second.median_days.filter(|_| second.buyers > 0).map(|days| {
        let share = f.percent(f64::from(second.repeaters) / f64::from(second.buyers));
        t.second_order_say(&share, &t.days(days.round() as u64, &f.count(days.round())))
    });
    let note = format!("{} {}", t.stages_note(), said.unwrap_or_default());
    let heads = vec![
        Head::text(t.stage_word()),
        Head::number(t.nav_customers()),
        Head::number(t.net()),
        Head::meter(t.share_of_net()),
        Head::number(t.ever_word()).hide_small(),
        Head::number(t.time_in_stage()).hide_small(),
        Head::text(t.advice()).hide_small(),
    ];
    let foot = view! { <p class="card__note">{t.limits(life.limits)}</p> };
    view! {
        <TableCard id="stages" heading=t.stages_title() file_name="lifecycle.csv" note=note heads rows=height foot=foot.into_any()>
            {rows.into_iter().map(|row| view! { <StageLine row total currency /> }).collect_view()}
        </TableCard>
    }
}

#[component]
fn StageLine(row: StageDetail, total: i64, currency: Currency) -> impl IntoView {
    let (t, f, link) = (words(), formats(), use_link());
    let stage = row.row.stage;
    let share = if total > 0 { row.row.net as f64 / total as f64 } else { 0.0 };
    let days = row.median_days.map(|days| t.days(days.round() as u64, &f.count(days.round())));
    let path = customers_path(&of_stage(stage));
    view! {
        <tr data-stage=stage.name()>
            <td>
                <a class="table__link" href=move || link(&path)>
                    <Tag text=t.stage(stage) color=stage_color(stage) />
                </a>
            </td>
            <td class="n">{f.count(row.row.customers)}</td>
            <td class="n">{f.money_whole(row.row.net, currency)}</td>
            <td><ShareMeter share=Signal::stored(share) text=f.percent(share) color=stage_color(stage) /></td>
            <td class="n hide-small">{f.count(row.ever)}</td>
            <td class="n hide-small">{days.unwrap_or_else(|| "–".to_owned())}</td>
            <td class="hide-small table__quiet">{t.stage_advice(stage)}</td>
        </tr>
    }
}

/// Stages and having none, in the order of rows and columns.
fn places() -> Vec<Option<Stage>> {
    std::iter::once(None).chain(Stage::ALL.map(Some)).collect()
}

#[component]
fn Moves(life: Arc<LifecycleView>) -> impl IntoView {
    let (t, f) = (words(), formats());
    let places = places();
    let names: Vec<String> = places.iter().map(|it| t.stage_or_none(*it).to_owned()).collect();
    let cells: Vec<HeatCell> = places
        .iter()
        .flat_map(|from| places.iter().map(|to| move_cell(&life, *from, *to)))
        .collect();
    view! {
        <section class="card" id="stage-moves">
            <h2>{t.moves_title()}</h2>
            <p class="card__note">{t.moves_note(&f.day(life.since), &f.day(life.as_of))}</p>
            <div class="matrix">
                <HeatMap label=t.moves_title() row_labels=names.clone() column_labels=names cells=cells dense=true file_name="stage-matrix.csv" />
            </div>
        </section>
    }
}

fn move_cell(life: &LifecycleView, from: Option<Stage>, to: Option<Stage>) -> HeatCell {
    let (t, f, link) = (words(), formats(), use_link());
    let found = life.moves.iter().find(|it| (it.from, it.to) == (from, to));
    let (customers, net) = found.map_or((0, 0), |it| (it.customers, it.net));
    let who = t.customers(u64::from(customers), &f.count(customers));
    let said = t.cell_spoken(&who, &f.money_whole(net, life.currency));
    let spoken = format!("{} → {}: {said}", t.stage_or_none(from), t.stage_or_none(to));
    let mark = Some(Behind::Moved { since: life.since, from, to });
    let filter = CustomerFilter { behind: mark, ..CustomerFilter::default() };
    HeatCell {
        weight: Some(f64::from(customers)),
        text: f.count(customers),
        full: None,
        second: None,
        tooltip: spoken.clone(),
        spoken,
        href: (customers > 0).then(|| untrack(|| link(&customers_path(&filter)))),
        is_total: false,
    }
}

#[component]
fn Recent(life: Arc<LifecycleView>) -> impl IntoView {
    let t = words();
    let rows: Vec<DatedMove> = life.recent.iter().take(15).cloned().collect();
    if rows.is_empty() {
        return view! {
            <section class="card">
                <h2>{t.recent_title()}</h2>
                <p class="card__note">{t.no_moves()}</p>
            </section>
        }
        .into_any();
    }
    let (height, currency) = (rows.len(), life.currency);
    let heads = vec![
        Head::text(t.customer_word()),
        Head::text(t.moved_on()),
        Head::text(t.moved_from()).hide_small(),
        Head::text(t.moved_to()),
        Head::number(t.so_far()).hide_small(),
    ];
    let (link, lens) = (use_link(), use_lens());
    let filter = CustomerFilter::behind(Behind::MovedSince(life.since));
    let path = customers_path(&filter);
    let tools = view! {
        <a class="link" data-action="see-moved" href=move || link(&path)>{t.all()}</a>
        <FilterActs filter=filter id="moved-acts" />
    };
    let whole = Signal::derive(move || Request::ExportMoves(lens.get()));
    let export = view! { <WholeFile request=whole file_name="stage-moves.csv" /> };
    view! {
        <TableCard id="recent-moves" heading=t.recent_title() file_name="stage-moves.csv" heads rows=height tools=tools.into_any() export=export.into_any()>
            {rows.into_iter().map(|row| view! { <MoveLine row currency /> }).collect_view()}
        </TableCard>
    }
    .into_any()
}

#[component]
fn MoveLine(row: DatedMove, currency: Currency) -> impl IntoView {
    let (t, f, link) = (words(), formats(), use_link());
    let path = format!("/customer?id={}", row.id);
    view! {
        <tr>
            <td><a class="table__link" href=move || link(&path)>{row.label}</a></td>
            <td>{f.day(row.day)}</td>
            <td class="hide-small table__quiet">{t.stage_or_none(row.from)}</td>
            <td><Tag text=t.stage(row.to) color=stage_color(row.to) /></td>
            <td class="n hide-small">{f.money_whole(row.net, currency)}</td>
        </tr>
    }
}
