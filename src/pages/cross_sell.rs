//! What goes with what, who needs something again, and to whom the next size is offered?

use super::answered::{answered, of_orders};
use super::title;
use crate::address::{customers_path, product_path, use_lens, use_link};
use crate::components::{EmptyState, Head, StateKind, TableCard};
use crate::list_acts::FilterActs;
use crate::settings::{formats, words};
use leptos::prelude::*;
use protocol::{BasketsView, Behind, CustomerFilter, DueRow, ProductRow, Request, Response};
use std::sync::Arc;

mod breadth;
mod graph;
mod ladders;
mod rules;

use rules::Rules;

/// So many rows of a table are shown; the others are weaker.
const MOST_ROWS: usize = 12;

/// Of fewer orders with products it cannot be said that nothing goes together.
const FEW_BASKETS: u32 = 50;

/// The cross-sell screen.
#[component]
pub fn CrossSell() -> impl IntoView {
    title(words().nav_cross_sell());
    let lens = use_lens();
    let take = Response::of_segments::<BasketsView>;
    of_orders(move || {
        answered(move || Request::Baskets(lens.get()), take, |view| view! { <Drawn view /> })
    })
}

#[component]
fn Drawn(view: Arc<BasketsView>) -> impl IntoView {
    let (t, link) = (words(), use_link());
    if view.baskets == 0 {
        return view! {
            <EmptyState title=t.no_lines() text=t.no_lines_text() kind=StateKind::TooLittle whole_screen=true>
                <a class="button button--primary" href=move || link("/import")>{t.nav_import()}</a>
            </EmptyState>
        }
        .into_any();
    }
    view! {
        {headline(&view)}
        <div class="stack">
            <Rules view=view.clone() />
            {graph::graph(&view)}
            <div class="columns columns--even">
                {due(&view)}
                {products(&view)}
            </div>
            {ladders::ladders(&view)}
            {breadth::breadth(&view)}
        </div>
    }
    .into_any()
}

/// Products by name, each leading to its page; by their place in the view's list.
fn linked(view: &BasketsView, products: &[u32]) -> AnyView {
    let t = words();
    let known = products.iter().filter_map(|at| view.products.get(*at as usize));
    let links = known.enumerate().map(|(at, it)| {
        let link = use_link();
        let (path, comma) = (product_path(&it.key), if at > 0 { t.comma() } else { "" });
        view! { {comma} <a class="table__link" href=move || link(&path)>{it.name.clone()}</a> }
    });
    links.collect_view().into_any()
}

/// What tells products apart, by their place in the view's list.
fn keys(view: &BasketsView, products: &[u32]) -> Vec<String> {
    let key = |at: &u32| view.products.get(*at as usize).map(|it| it.key.clone());
    products.iter().filter_map(key).collect()
}

/// Products by name, by their place in the view's list.
fn names(view: &BasketsView, products: &[u32]) -> String {
    let name = |at: &u32| view.products.get(*at as usize).map(|it| it.name.as_str());
    // Names may hold commas.
    products.iter().filter_map(name).collect::<Vec<_>>().join(" + ")
}

fn headline(view: &BasketsView) -> AnyView {
    let (t, f) = (words(), formats());
    let lead = match view.rules.first() {
        Some(rule) => {
            let lead = t.rule_lead(&names(view, &rule.bought), &names(view, &rule.then));
            view! { <em>{lead}</em> {t.rule_lead_rest(&f.number(rule.lift, 1))} }.into_any()
        }
        None if view.baskets < FEW_BASKETS => view! { <em>{t.few_baskets_lead()}</em> }.into_any(),
        None => view! { <em>{t.no_rules_lead()}</em> }.into_any(),
    };
    let baskets = t.orders(u64::from(view.baskets), &f.count(view.baskets));
    view! {
        <h1 class="headline">{lead}</h1>
        <p class="headline__sub">{t.cross_sub(&baskets, &f.count(view.least_orders))}</p>
    }
    .into_any()
}

fn due(view: &BasketsView) -> Option<AnyView> {
    let (t, f) = (words(), formats());
    if view.due.is_empty() {
        return None;
    }
    let row = |it: &DueRow| {
        let link = use_link();
        let path = format!("/customer?id={}", it.id);
        view! {
            <tr data-due>
                <td><a class="table__link" href=move || link(&path)>{it.label.clone()}</a></td>
                <td>{linked(view, &[it.product])}</td>
                <td class="n hide-small">{f.day(it.last)}</td>
                <td class="n">{f.day(it.day)}</td>
            </tr>
        }
    };
    let rows = view.due.iter().take(MOST_ROWS).map(row).collect_view();
    let heads = vec![
        Head::text(t.customer_word()),
        Head::text(t.product_word()),
        Head::number(t.last_bought()).hide_small(),
        Head::number(t.due_word()),
    ];
    let link = use_link();
    let filter = CustomerFilter::behind(Behind::Due(String::new()));
    let path = customers_path(&filter);
    let tools = view! {
        <a class="link" data-action="see-due" href=move || link(&path)>{t.all()}</a>
        <FilterActs filter=filter id="due-acts" />
    };
    Some(
        view! {
            <TableCard id="due" tools=tools.into_any() heading=t.due_title() file_name="due-again.csv" note=t.due_note() heads rows=view.due.len().min(MOST_ROWS)>
                {rows}
            </TableCard>
        }
        .into_any(),
    )
}

fn products(view: &BasketsView) -> AnyView {
    let (t, f) = (words(), formats());
    let currency = view.currency;
    let row = |it: &ProductRow| {
        let again = it.repurchase_rate.map_or_else(|| "–".to_owned(), |it| f.percent_with(it, 0));
        let every = it.repeat_days.map(|days| t.days(u64::from(days), &f.count(days)));
        let (link, path) = (use_link(), product_path(&it.key));
        view! {
            <tr data-product=it.key.clone()>
                <td><a class="table__link" href=move || link(&path)>{it.name.clone()}</a></td>
                <td class="n hide-small">{f.count(it.orders)}</td>
                <td class="n">{again}</td>
                <td class="n">{every.unwrap_or_else(|| "–".to_owned())}</td>
                <td class="n hide-small">{f.money(it.price, currency)}</td>
            </tr>
        }
    };
    let shown = view.products.len().min(MOST_ROWS);
    let lines = view.products.iter().take(MOST_ROWS).map(row).collect_view();
    let heads = vec![
        Head::text(t.product_word()),
        Head::number(t.kpi_orders()).hide_small(),
        Head::number(t.repurchase_word()),
        Head::number(t.every_word()),
        Head::number(t.price_word()).hide_small(),
    ];
    view! {
        <TableCard id="products" heading=t.products_title() file_name="products.csv" heads rows=shown>
            {lines}
        </TableCard>
    }
    .into_any()
}
