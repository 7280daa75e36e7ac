//! What the customers of a segment are like, beside all customers, who are 100.

use crate::address::{product_path, use_lens, use_link};
use crate::components::{Head, HeatCell, HeatMap, ShareMeter, TableCard};
use crate::pages::answered::answered_part;
use crate::settings::{formats, words};
use leptos::prelude::*;
use protocol::{Compared, ProfileRow, Request, Response, SegmentProfile};
use std::sync::Arc;

const HOURS: usize = 24;

#[component]
pub(super) fn Profile(rule: Memo<String>) -> impl IntoView {
    let lens = use_lens();
    let question = move || Request::SegmentProfile(lens.get(), rule.get());
    answered_part(
        question,
        Response::of_segments::<SegmentProfile>,
        |view| view! { <Drawn view /> },
    )
}

#[component]
fn Drawn(view: Arc<SegmentProfile>) -> impl IntoView {
    let t = words();
    if view.size.customers == 0 {
        return ().into_any();
    }
    let places = if view.by_country { t.profile_countries() } else { t.profile_regions() };
    let products = (!view.products.is_empty())
        .then(|| rows_card("profile-products", t.profile_products(), &view.products));
    let places =
        (!view.places.is_empty()).then(|| rows_card("profile-places", places, &view.places));
    view! {
        <div class="stack">
            {figures(&view)}
            <div class="columns columns--even">{products} {places}</div>
            {hours(&view)}
        </div>
    }
    .into_any()
}

fn figures(view: &SegmentProfile) -> AnyView {
    let (t, f, currency) = (words(), formats(), view.currency);
    let money = move |it: f64| f.money(it.round() as i64, currency);
    let line = |name: &'static str, compared: Compared, said: &dyn Fn(f64) -> String| {
        let said = |it: Option<f64>| it.map_or_else(|| "–".to_owned(), said);
        let is_known = compared.own.is_some() || compared.all.is_some();
        is_known.then(|| {
            view! {
                <tr>
                    <td>{name}</td>
                    <td class="n"><b>{said(compared.own)}</b></td>
                    <td class="n hide-small">{said(compared.all)}</td>
                    <td class="n" data-index>{index(compared)}</td>
                </tr>
            }
            .into_any()
        })
    };
    let rows = [
        line(t.profile_order_value(), view.order_value, &money),
        line(t.profile_orders_each(), view.orders_per_buyer, &|it| f.number(it, 2)),
        line(t.profile_net_each(), view.net_per_customer, &money),
        line(t.profile_gap(), view.gap_days, &|it| f.number(it, 0)),
        line(t.profile_csat(), view.csat, &|it| f.percent_with(it, 0)),
    ];
    let rows: Vec<AnyView> = rows.into_iter().flatten().collect();
    let count = rows.len();
    let heads = vec![
        Head::text(t.profile_figure()),
        Head::number(t.profile_own()),
        Head::number(t.profile_all()).hide_small(),
        Head::number(t.profile_index()),
    ];
    view! {
        <TableCard id="segment-profile" heading=t.profile_title() file_name="segment-profile.csv" note=t.profile_note() heads=heads rows=count>
            {rows}
        </TableCard>
    }
    .into_any()
}

fn index(compared: Compared) -> String {
    let f = formats();
    compared.index().map_or_else(|| "–".to_owned(), |it| f.number(it, 0))
}

fn rows_card(id: &'static str, heading: &'static str, rows: &[ProfileRow]) -> AnyView {
    let (t, f, link) = (words(), formats(), use_link());
    let heads = vec![
        Head::text(t.name()),
        Head::number(t.nav_customers()).hide_small(),
        Head::meter(t.profile_share()),
        Head::number(t.profile_index()),
    ];
    let count = rows.len();
    let lines = rows.iter().map(|row| {
        let name = if row.key.is_empty() {
            row.name.clone().into_any()
        } else {
            let href = untrack(|| link(&product_path(&row.key)));
            view! { <a class="table__link" href=href>{row.name.clone()}</a> }.into_any()
        };
        let share = row.share.own.unwrap_or_default();
        view! {
            <tr>
                <td>{name}</td>
                <td class="n hide-small">{f.count(row.customers)}</td>
                <td><ShareMeter share=share text=f.percent_with(share, 0) /></td>
                <td class="n" data-index>{index(row.share)}</td>
            </tr>
        }
    });
    let lines = lines.collect_view();
    let file_name =
        if id == "profile-products" { "segment-products.csv" } else { "segment-places.csv" };
    view! {
        <TableCard id=id heading=heading file_name=file_name heads=heads rows=count>
            {lines}
        </TableCard>
    }
    .into_any()
}

fn hours(view: &SegmentProfile) -> Option<AnyView> {
    let (t, f) = (words(), formats());
    if view.hours.is_empty() {
        return None;
    }
    let days: Vec<String> = (0..7).map(|day| t.weekday(day as u8).to_owned()).collect();
    let hours: Vec<String> = (0..HOURS).map(|hour| hour.to_string()).collect();
    let cells = view.hours.iter().enumerate().map(|(at, &orders)| {
        let (day, hour) = (&days[at / HOURS], at % HOURS);
        let said = format!("{day} {hour}:00: {}", t.orders(u64::from(orders), &f.count(orders)));
        HeatCell {
            weight: Some(f64::from(orders)),
            text: if orders > 0 { f.count(orders) } else { String::new() },
            full: None,
            second: None,
            tooltip: said.clone(),
            spoken: said,
            href: None,
            is_total: false,
        }
    });
    let cells: Vec<HeatCell> = cells.collect();
    Some(
        view! {
            <section class="card" id="segment-hours">
                <h2>{t.profile_hours()}</h2>
                <p class="card__note">{t.profile_hours_note()}</p>
                <div class="matrix matrix--hours">
                    <HeatMap label=t.profile_hours() row_labels=days column_labels=hours cells=cells dense=true file_name="segment-hours.csv" />
                </div>
            </section>
        }
        .into_any(),
    )
}
