//! On how few customers does the shop live, and who are they?

use super::no_buyers::NoBuyers;
use super::overview::chart_texts;
use super::{analysed, title};
use crate::address::{customers_path, use_link};
use crate::charts::{ChartCard, ChartModel, CurveMark, CurveModel, ValueFormat};
use crate::components::TableExport;
use crate::data::Data;
use crate::settings::{formats, words};
use leptos::prelude::*;
use model::Currency;
use protocol::{Analysis, CustomerFilter, Tier, TierRow};
use std::sync::Arc;

mod cross_table;
mod grades;
mod quadrants;
mod rule_drafts;
mod rule_editor;
mod shares;

use cross_table::CrossTable;
use grades::Grades;
use quadrants::Quadrants;
use shares::Shares;

/// The tiers screen.
#[component]
pub fn Tiers() -> impl IntoView {
    title(words().nav_tiers());
    let analysis = expect_context::<Data>().analysis();
    let has_tiers = Memo::new(move |_| match &*analysis.read() {
        Some(Ok(analysis)) => analysis.tiers.top20_share.is_some(),
        _ => false,
    });
    view! {
        {analysed(|analysis| view! { <Drawn analysis /> })}
        // Apart from the figures: what is typed there stays when they come anew.
        <Show when=move || has_tiers.get()>
            <div class="stack">
                <Shares />
                <CrossTable />
                <Grades />
                <Quadrants />
            </div>
        </Show>
    }
}

#[component]
fn Drawn(analysis: Arc<Analysis>) -> impl IntoView {
    let (t, f) = (words(), formats());
    let (Some(top), Some(gini), Some(needed)) =
        (analysis.tiers.top20_share, analysis.tiers.gini, analysis.tiers.share_for_80)
    else {
        return view! { <NoBuyers title=t.rfm_nobody() text=t.rfm_nobody_text() /> }.into_any();
    };
    view! {
        <h1 class="headline"><em>{t.tiers_lead(&f.percent_with(top, 0))}</em> {t.tiers_lead_rest()}</h1>
        <p class="headline__sub">{t.tiers_sub(&f.percent(needed), &f.number(gini, 2))}</p>
        <div class="columns">
            <Pyramid analysis=analysis.clone() />
            <Curve analysis=analysis.clone() top />
        </div>
    }
    .into_any()
}

/// The colour of a tier, the same on every screen.
pub const fn tier_color(tier: Tier) -> &'static str {
    match tier {
        Tier::Vip => "--t-vip",
        Tier::Big => "--t-big",
        Tier::Normal => "--t-normal",
        Tier::Small => "--t-small",
    }
}

#[component]
fn Pyramid(analysis: Arc<Analysis>) -> impl IntoView {
    let t = words();
    let rows = weighed(&analysis.tiers.tiers);
    let height = rows.len() + 1;
    let longest =
        rows.iter().map(|it| it.of_buyers.max(it.of_net)).fold(f64::MIN_POSITIVE, f64::max);
    let currency = analysis.currency;
    view! {
        <section class="card" id="pyramid">
            <div class="card__head">
                <h2>{t.pyramid()}</h2>
                <TableExport file_name="tiers.csv" label=t.download_csv() />
            </div>
            <p class="card__note">{t.pyramid_note()}</p>
            <table class="table table--tall" aria-rowcount=height>
                <thead>
                    <tr>
                        <th scope="col">{t.tier_word()}</th>
                        <th scope="col">
                            <span class="balance__heads">
                                <span>{t.share_of_buyers()}</span>
                                <span>{t.share_of_net()}</span>
                            </span>
                        </th>
                        <th scope="col" class="n hide-small">{t.kpi_buyers()}</th>
                        <th scope="col" class="n">{t.net()}</th>
                        <th scope="col" class="n hide-small">{t.from_money()}</th>
                    </tr>
                </thead>
                <tbody>
                    {rows.into_iter().map(|line| view! { <TierLine line longest currency /> }).collect_view()}
                </tbody>
            </table>
        </section>
    }
}

/// A tier with its shares of buyers and of their net revenue.
#[derive(Clone)]
struct Weighed {
    row: TierRow,
    of_buyers: f64,
    of_net: f64,
}

fn weighed(rows: &[TierRow]) -> Vec<Weighed> {
    let buyers: f64 = rows.iter().map(|row| f64::from(row.customers)).sum();
    let net: f64 = rows.iter().map(|row| row.net as f64).sum();
    let share = |part: f64, whole: f64| if whole > 0.0 { part / whole } else { 0.0 };
    let weigh = |row: &TierRow| Weighed {
        of_buyers: share(f64::from(row.customers), buyers),
        of_net: share(row.net as f64, net),
        row: *row,
    };
    rows.iter().map(weigh).collect()
}

#[component]
fn TierLine(line: Weighed, longest: f64, currency: Currency) -> impl IntoView {
    let (t, f) = (words(), formats());
    let link = use_link();
    let Weighed { row: tier, of_buyers, of_net } = line;
    let from = tier.from_net.map_or_else(|| "–".to_owned(), |net| f.money(net, currency));
    let filter = CustomerFilter { tier: Some(tier.tier), ..CustomerFilter::default() };
    view! {
        <tr data-tier=tier.tier.name()>
            <td><a class="table__link" href=move || link(&customers_path(&filter))>{t.tier(tier.tier)}</a></td>
            <td>
                <span class="balance">
                    {side(true, of_buyers / longest, f.percent(of_buyers), "--line-strong")}
                    {side(false, of_net / longest, f.percent(of_net), tier_color(tier.tier))}
                </span>
            </td>
            <td class="n hide-small">{f.count(tier.customers)}</td>
            <td class="n"><b>{f.money_whole(tier.net, currency)}</b></td>
            <td class="n hide-small table__quiet">{from}</td>
        </tr>
    }
}

/// One half of a tier's balance: a bar from the middle outwards, `length` of the longest, and
/// its number at the bar's end.
fn side(is_left: bool, length: f64, text: String, color: &str) -> AnyView {
    let bar = view! {
        <i
            class="balance__bar"
            style:--share=format!("{:.4}", length.clamp(0.0, 1.0))
            style:background=format!("var({color})")
        ></i>
    };
    let text = view! { <span class="balance__text">{text}</span> };
    if is_left {
        view! { <span class="balance__side balance__side--left">{text}{bar}</span> }.into_any()
    } else {
        view! { <span class="balance__side">{bar}{text}</span> }.into_any()
    }
}

#[component]
fn Curve(analysis: Arc<Analysis>, top: f64) -> impl IntoView {
    let (t, f) = (words(), formats());
    let points = analysis.tiers.curve.iter().map(|it| (it.customers * 100.0, it.net * 100.0));
    let model = ChartModel::Curve(CurveModel {
        x_title: t.best_buyers().to_owned(),
        y_title: t.their_revenue().to_owned(),
        name: t.curve_title().to_owned(),
        points: points.collect(),
        color: "--c1",
        equal_line: Some(t.equal_spending().to_owned()),
        mark: Some(CurveMark {
            x: 20.0,
            y: top * 100.0,
            label: format!("{} → {}", f.percent_with(0.2, 0), f.percent_with(top, 0)),
        }),
        percent: ValueFormat::new(move |percent| f.percent_with(percent / 100.0, 0)),
    });
    view! {
        <ChartCard
            heading=t.curve_title()
            note=t.curve_note()
            model=model
            texts=chart_texts(t)
            height_px=260
            id="pareto"
            file_name="pareto.csv"
        />
    }
}
