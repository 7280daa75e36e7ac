//! The customers of a segment who bring most, and the way to all of them.

use super::save::to_list;
use crate::address::{use_lens, use_link};
use crate::components::{EmptyState, Head, StateKind, TableCard, Tag};
use crate::i18n::group_color;
use crate::pages::answered::answered_part;
use crate::settings::{formats, words};
use leptos::prelude::*;
use protocol::{Behind, CustomerFilter, CustomerQuery, CustomersPage, Lens, Request, Response};
use std::sync::Arc;

/// So many stand on the page.
const ROWS: u32 = 12;

#[component]
pub(super) fn People(rule: Memo<String>) -> impl IntoView {
    let lens = use_lens();
    let question = move || {
        Request::Customers(CustomerQuery {
            lens: Lens { segment: None, ..lens.get() },
            filter: CustomerFilter::behind(Behind::Rule(rule.get())),
            descending: true,
            rows: ROWS,
            ..CustomerQuery::default()
        })
    };
    let take = |response| match response {
        Response::Customers(page) => Some(Box::new(page)),
        _ => None,
    };
    answered_part(question, take, move |page| view! { <Drawn page rule=rule.get_untracked() /> })
}

#[component]
fn Drawn(page: Arc<CustomersPage>, rule: String) -> impl IntoView {
    let (t, f, link) = (words(), formats(), use_link());
    if page.rows.is_empty() {
        return view! {
            <section class="card" id="segment-people">
                <EmptyState title=t.segment_nobody() text=t.segment_nobody_text() kind=StateKind::Empty />
            </section>
        }
        .into_any();
    }
    let heads = vec![
        Head::text(t.name()),
        Head::text(t.group_word()).hide_small(),
        Head::number(t.nav_orders()),
        Head::number(t.net()),
        Head::number(t.last_order()).hide_small(),
    ];
    let all = untrack(|| link(&to_list(&rule)));
    let tools = view! { <a class="button" data-action="segment-list" href=all>{t.segment_people_all()}</a> };
    let currency = page.currency;
    let rows = page.rows.iter().map(|row| {
        let href = untrack(|| link(&format!("/customer?id={}", row.id)));
        let group = row.group.map(|it| view! { <Tag text=t.group(it) color=group_color(it) /> });
        view! {
            <tr>
                <td><a class="table__link" href=href>{row.label()}</a></td>
                <td class="hide-small">{group}</td>
                <td class="n">{f.count(row.orders)}</td>
                <td class="n"><b>{f.money(row.net, currency)}</b></td>
                <td class="n hide-small">{row.last_order.map(|it| f.day(it))}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let note =
        if page.total > ROWS { t.segment_people_first(&f.count(ROWS)) } else { String::new() };
    view! {
        <TableCard
            id="segment-people"
            heading=t.segment_people()
            file_name="segment.csv"
            note=note
            heads=heads
            rows=page.rows.len()
            tools=tools.into_any()
        >
            {rows}
        </TableCard>
    }
    .into_any()
}
