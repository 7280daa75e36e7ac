//! How does a product sell, who buys it again, and what goes with it?

use super::answered::{answered_or, of_orders};
use super::overview::chart_texts;
use super::{Failed, title};
use crate::address::{customers_path, use_lens, use_link, use_query};
use crate::charts::{ChartCard, ChartModel, LineModel, Series, Shape, ValueFormat};
use crate::components::{Delta, EmptyState, Figure, Figures, StateKind};
use crate::settings::{formats, words};
use leptos::prelude::*;
use protocol::{Behind, CustomerFilter, Problem, ProductMonth, ProductView, Request, Response};
use std::sync::Arc;

mod tables;

use tables::{companions, due, first_values};

/// The product page: `?id=`.
#[component]
pub fn Product() -> impl IntoView {
    title(words().nav_products());
    let (lens, map) = (use_lens(), use_query());
    let key = Memo::new(move |_| map.read().get("id").unwrap_or_default());
    let take = Response::of_segments::<ProductView>;
    let question = move || Request::Product(key.get(), lens.get());
    of_orders(move || answered_or(question, take, |view| view! { <Drawn view /> }, missing))
}

/// What stands in the place of a product that is not there.
fn missing(problem: Problem) -> AnyView {
    if problem != Problem::NotFound {
        return view! { <Failed problem /> }.into_any();
    }
    let (t, link) = (words(), use_link());
    view! {
        <EmptyState title=t.no_product_title() text=t.no_product_text() kind=StateKind::Empty whole_screen=true>
            <a class="button" href=move || link("/cross-sell")>{t.to_products()}</a>
        </EmptyState>
    }
    .into_any()
}

#[component]
fn Drawn(view: Arc<ProductView>) -> impl IntoView {
    view! {
        {headline(&view)}
        {figures(&view)}
        <div class="stack">
            {sales(&view)}
            <div class="columns columns--even">
                {companions(&view)}
            </div>
            <div class="columns columns--even">
                {first_values(&view)}
                {due(&view)}
            </div>
        </div>
    }
}

fn headline(view: &ProductView) -> AnyView {
    let (t, f) = (words(), formats());
    let row = &view.row;
    let name = if row.name.is_empty() { &row.key } else { &row.name };
    let number = (*name != row.key).then(|| t.product_key(&row.key));
    if row.orders == 0 {
        return view! {
            <h1 class="headline"><em>{name.clone()}</em></h1>
            <p class="headline__sub">{number} " " {t.product_sold_none()}</p>
        }
        .into_any();
    }
    let orders = t.orders(u64::from(row.orders), &f.count(row.orders));
    let lead = t.product_lead(name, &f.money_whole(view.sales, view.currency));
    view! {
        <h1 class="headline">
            <em>{lead}</em> {t.product_rest(&orders, &t.people(row.buyers))}
        </h1>
        <p class="headline__sub">{number}</p>
    }
    .into_any()
}

fn figures(view: &ProductView) -> AnyView {
    let (t, f, link) = (words(), formats(), use_link());
    let row = &view.row;
    let dash = || "–".to_owned();
    let share = |share: Option<f64>| share.map_or_else(dash, |it| f.percent_with(it, 0));
    let (again, given_back) = (share(row.repurchase_rate), share(view.return_rate()));
    let (buyers_text, demand) = (f.count(row.buyers), f.count(view.due_next_30));
    let days = |days: u32| t.days(u64::from(days), &f.count(days));
    let told = |text: String| Some(Delta { spoken: text.clone(), text, ..Delta::default() });
    let repeat = t.repeat_of_buyers(&f.count(view.repeat_buyers), &f.count(row.buyers));
    let returned = t.returned_of_paid(&f.count(view.returned_orders), &f.count(view.paid_orders));
    let middle = view.gap_quartiles.map(|[low, _, high]| t.middle_half(&f.count(low), &days(high)));
    let every = row.repeat_days.map_or_else(dash, days);
    let mark = Behind::Bought { all: vec![row.key.clone()], without: Vec::new() };
    let buyers = customers_path(&CustomerFilter::behind(mark));
    let pieces = f.number(view.quantity_milli as f64 / 1_000.0, 0);
    let pieces = format!("{}: {pieces}", t.pieces_word());
    view! {
        <Figures label=t.nav_products()>
            <Figure label=t.buyers_word() value=buyers_text delta=told(pieces) href=Signal::derive(move || link(&buyers)) />
            <Figure label=t.repurchase_word() value=again delta=told(repeat) definition=t.repurchase_means() />
            <Figure label=t.interval_until_again() value=every delta=told(middle.unwrap_or_default()) />
            <Figure label=t.return_rate_word() value=given_back delta=told(returned) definition=t.return_rate_means() />
            <Figure label=t.demand_word() value=demand definition=t.demand_means() />
        </Figures>
    }
    .into_any()
}

fn sales(view: &ProductView) -> Option<AnyView> {
    let (t, f, currency) = (words(), formats(), view.currency);
    if view.months.is_empty() {
        return None;
    }
    let month = |it: &ProductMonth| f.month(it.start);
    let values = view.months.iter().map(|it| Some(it.sales as f64)).collect();
    let ends = view
        .months
        .last()
        .is_some_and(|it| it.start.plus_days(31).first_of_month().plus_days(-1) > view.as_of);
    let model = ChartModel::Line(LineModel {
        x_title: t.month_word().to_owned(),
        x_labels: view.months.iter().map(month).collect(),
        axis_labels: vec![],
        series: vec![Series::new(t.sales_word(), values, "--c1").shaped(Shape::Bars)],
        axis: ValueFormat::new(move |amount| f.money_compact(amount, currency)),
        full: ValueFormat::new(move |amount| f.money(amount.round() as i64, currency)),
        first_partial: false,
        last_incomplete: ends,
        zero_based: true,
    });
    Some(view! { <ChartCard heading=t.sales_title() note=t.sales_note() model=model texts=chart_texts(t) height_px=220 id="product-sales" file_name="product-sales.csv" /> }.into_any())
}
