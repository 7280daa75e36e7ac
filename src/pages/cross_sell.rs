//! What goes with what, who needs something again, and to whom the next size is offered?

use super::answered::{answered, of_orders};
use super::title;
use crate::address::{customers_path, product_path, use_lens, use_link, use_query, use_set_query};
use crate::components::{EmptyState, Head, Segmented, StateKind, TableCard};
use crate::list_acts::FilterActs;
use crate::settings::{formats, words};
use leptos::prelude::*;
use protocol::{
    BasketsView, Behind, CustomerFilter, DueRow, LadderView, ProductRow, Request, Response, RuleRow,
};
use std::sync::Arc;

/// So many rows of a table are shown; the others are weaker.
const MOST_ROWS: usize = 12;

/// Of fewer orders with products it cannot be said that nothing goes together.
const FEW_BASKETS: u32 = 50;

/// The cross-sell screen.
#[component]
pub fn CrossSell() -> impl IntoView {
    title(words().nav_cross_sell());
    let lens = use_lens();
    let take = |response| match response {
        Response::Baskets(view) => Some(view),
        _ => None,
    };
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
            <div class="columns columns--even">
                {due(&view)}
                {products(&view)}
            </div>
            {ladders(&view)}
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

/// The rules of one basket, or of a later one; which, stands in the URL.
#[component]
fn Rules(view: Arc<BasketsView>) -> impl IntoView {
    let (t, f) = (words(), formats());
    if view.rules.is_empty() && view.later.is_empty() {
        return view! {
            <section class="card" id="rules" data-too-little>
                <h2>{t.rules_title()}</h2>
                <p class="card__note">{t.rules_need(&f.count(view.least_orders))}</p>
            </section>
        }
        .into_any();
    }
    let (map, set_query) = (use_query(), use_set_query());
    let is_later = Memo::new(move |_| map.read().get_str("basket") == Some("later"));
    let choose = Callback::new(move |value: String| set_query(&[("basket", value)]));
    let options = [("", t.same_basket()), ("later", t.later_basket())];
    let options = options.map(|(code, text)| (code.to_owned(), text.to_owned())).to_vec();
    let chosen = move || if is_later.get() { "later" } else { "" }.to_owned();
    let days = t.days(u64::from(view.later_days), &f.count(view.later_days));
    let note = move || {
        let later = if is_later.get() { t.later_note(&days) } else { String::new() };
        t.sentences(&[later, t.rules_note().to_owned()])
    };
    let lengths = (view.rules.len().min(MOST_ROWS), view.later.len().min(MOST_ROWS));
    let count = move || if is_later.get() { lengths.1 } else { lengths.0 };
    let rows = move || {
        let rules = if is_later.get() { &view.later } else { &view.rules };
        if rules.is_empty() {
            return view! { <tr><td colspan="7">{t.no_rules_here()}</td></tr> }.into_any();
        }
        rules.iter().take(MOST_ROWS).map(|it| rule_row(&view, it)).collect_view().into_any()
    };
    let heads = vec![
        Head::text(t.bought_word()),
        Head::text(t.also_word()),
        Head::number(t.both_word()).hide_small(),
        Head::number(t.support_word()).hide_small(),
        Head::number(t.confidence_word()),
        Head::number(t.lift_word()),
        Head::number(t.offer_to()),
    ];
    let tools = view! {
        <Segmented name="basket" label=t.when_word() options=Signal::stored(options) value=Signal::derive(chosen) on_change=choose />
    };
    view! {
        <TableCard id="rules" heading=t.rules_title() file_name="rules.csv" note=Signal::derive(note) heads rows=Signal::derive(count) tools=tools.into_any()>
            {rows}
        </TableCard>
    }
    .into_any()
}

fn rule_row(view: &BasketsView, rule: &RuleRow) -> AnyView {
    let (t, f, link) = (words(), formats(), use_link());
    let without = keys(view, &rule.then).into_iter().next().unwrap_or_default();
    let mark = Behind::Bought { all: keys(view, &rule.bought), without };
    let path = customers_path(&CustomerFilter::behind(mark));
    let label = t.who_has_not_label(&names(view, &rule.then), &names(view, &rule.bought));
    view! {
        <tr data-rule>
            <td>{linked(view, &rule.bought)}</td>
            <td data-label=t.also_word()>{linked(view, &rule.then)}</td>
            <td class="n hide-small" data-label=t.both_word()>{f.count(rule.both)}</td>
            <td class="n hide-small" data-label=t.support_word()>{f.percent(rule.support)}</td>
            <td class="n" data-label=t.confidence_word()>{f.percent_with(rule.confidence, 0)}</td>
            <td class="n" data-label=t.lift_word()><b>{f.number(rule.lift, 1)}</b></td>
            <td class="n" data-label=t.offer_to() data-value=""><a class="link" data-action="who-has-not" aria-label=label href=move || link(&path)>{t.who_has_not()}</a></td>
        </tr>
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

fn ladders(view: &BasketsView) -> Option<AnyView> {
    let (t, f) = (words(), formats());
    if view.ladders.is_empty() {
        return None;
    }
    let rungs = |ladder: &LadderView| {
        let rung = |it: &protocol::RungRow| {
            view! {
                <tr>
                    <td>{linked(view, &[it.product])}</td>
                    <td class="n">{f.count(it.owners)}</td>
                    <td class="n">{f.count(it.climbed)}</td>
                    <td class="n">{f.count(it.candidates)}</td>
                </tr>
            }
        };
        let rungs = ladder.rungs.iter().map(rung).collect_view();
        view! { <tr><th scope="rowgroup" colspan="4">{ladder.kind.clone()}</th></tr> {rungs} }
    };
    let rows: usize = view.ladders.iter().map(|it| it.rungs.len() + 1).sum();
    let lines = view.ladders.iter().map(rungs).collect_view();
    let heads = vec![
        Head::text(t.product_word()),
        Head::number(t.owners_word()),
        Head::number(t.climbed_word()),
        Head::number(t.ready_word()),
    ];
    Some(
        view! {
            <TableCard id="ladders" heading=t.ladders_title() file_name="ladders.csv" note=t.ladders_note() heads rows>
                {lines}
            </TableCard>
        }
        .into_any(),
    )
}
