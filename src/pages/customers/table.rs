//! The rows of the customer list.

use super::Listing;
use crate::address::{SORTS, use_link, use_set_query};
use crate::components::{Column, Loaded, Sort, TableWidth, Tag, VirtualTable};
use crate::i18n::{Words, group_color};
use crate::settings::{formats, words};
use leptos::prelude::*;
use protocol::{CustomerQuery, CustomerRow};
use std::ops::Range;

/// The rows of the list.
#[component]
pub(super) fn Table(
    /// What the engine has answered.
    listing: Listing,
    /// What was asked.
    query: Memo<CustomerQuery>,
    /// These rows are wanted.
    on_range: Callback<Range<usize>>,
) -> impl IntoView {
    let t = words();
    let set_query = use_set_query();
    let link = use_link();
    let total =
        Signal::derive(move || listing.page.read().as_ref().map_or(0, |it| it.total as usize));
    let rows = Signal::derive(move || {
        let page = listing.page.read();
        page.as_ref().map_or_else(Loaded::default, |page| Loaded {
            first_row: page.first_row as usize,
            rows: page.rows.clone(),
        })
    });
    let sort = Signal::derive(move || {
        let query = query.read();
        let key = SORTS.iter().find(|(_, sort)| *sort == query.sort).map_or("", |(key, _)| key);
        Sort { key: key.to_owned(), descending: query.descending }
    });
    let on_sort = Callback::new(move |sort: Sort| {
        let direction = if sort.descending { "" } else { "asc" };
        set_query(&[("sort", sort.key), ("dir", direction.to_owned())]);
    });
    let currency = move || listing.page.read_untracked().as_ref().map(|it| it.currency);
    view! {
        <VirtualTable
            label=t.nav_customers()
            columns=columns(t)
            total=total
            rows=rows
            on_range=on_range
            sort=sort
            on_sort=on_sort
            cells=move |row: &CustomerRow| cells(t, row, currency())
            row_href=move |row: &CustomerRow| link(&format!("/customer?id={}", row.id))
        />
    }
}

/// The columns, each wide enough for the longest that it holds: an amount is never cut off.
fn columns(t: Words) -> Vec<Column> {
    vec![
        Column::new("name", t.name()).sortable().width("minmax(124px, 1fr)"),
        Column::new("contact", t.contact())
            .sortable()
            .hide_small()
            .from(TableWidth::Wide)
            .width("minmax(190px, 1.8fr)"),
        Column::new("group", t.group_word()).sortable().width("minmax(142px, 1fr)"),
        Column::new("rfm", t.rfm_scores())
            .numeric()
            .sortable()
            .hide_small()
            .from(TableWidth::Medium)
            .width("72px"),
        Column::new("tier", t.tier_word())
            .sortable()
            .hide_small()
            .from(TableWidth::Medium)
            .width("80px"),
        Column::new("orders", t.nav_orders()).numeric().sortable().hide_small().width("80px"),
        Column::new("net", t.net()).numeric().sortable().figure().width("124px"),
        Column::new("aov", t.aov_short())
            .numeric()
            .sortable()
            .hide_small()
            .from(TableWidth::Full)
            .width("124px"),
        Column::new("first", t.first_order())
            .numeric()
            .sortable()
            .hide_small()
            .from(TableWidth::Full)
            .width("122px"),
        Column::new("last", t.last_order()).numeric().sortable().width("122px"),
    ]
}

fn cells(t: Words, row: &CustomerRow, currency: Option<model::Currency>) -> Vec<AnyView> {
    let f = formats();
    let money = |minor: i64| currency.map(|it| f.money(minor, it));
    let day = |day: Option<model::ShopDay>| day.map(|it| f.day(it));
    let contact = [&row.email, &row.phone].into_iter().find(|it| !it.is_empty()).cloned();
    let [r, frequency, m] = row.rfm;
    let aov = row.order_value();
    vec![
        row.label().into_any(),
        contact.into_any(),
        row.group.map(|it| view! { <Tag text=t.group(it) color=group_color(it) /> }).into_any(),
        (r > 0).then(|| format!("{r}·{frequency}·{m}")).into_any(),
        row.tier.map(|it| t.tier(it)).into_any(),
        f.count(row.orders).into_any(),
        money(row.net).into_any(),
        aov.and_then(money).into_any(),
        day(row.first_order).into_any(),
        day(row.last_order).into_any(),
    ]
}
