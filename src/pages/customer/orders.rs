//! The orders of a customer.

use super::rhythm::rhythm;
use crate::address::{product_path, use_link};
use crate::components::{Tag, TagKind};
use crate::settings::{formats, words};
use leptos::prelude::*;
use model::{Currency, OrderState};
use protocol::{CustomerView, LineRow, OrderRow};

/// Every order, newest first, and their rhythm.
pub(super) fn orders_card(customer: &CustomerView) -> AnyView {
    let t = words();
    let (rows, shops) = (customer.orders.clone(), customer.currency);
    let f = formats();
    let summed = customer.summed.map(|(orders, day)| {
        let orders = t.orders(orders.into(), &f.count(orders));
        view! { <p class="card__note" data-summed>{t.summed_up_to(&orders, &f.day(day))}</p> }
    });
    let count = rows.len() as u64 + customer.summed.map_or(0, |(orders, _)| u64::from(orders));
    let is_empty = rows.is_empty() && summed.is_none();
    let nothing = is_empty.then(|| view! { <p>{t.no_orders()}</p> });
    view! {
        <section class="card" id="orders">
            <div class="card__head">
                <h2>{t.timeline()}</h2>
                <span class="card__note">{t.orders(count, &f.count(count as f64))}</span>
            </div>
            {rhythm(customer)}
            {nothing}
            {summed}
            <ul class="timeline">
                {rows.into_iter().map(|order| view! { <OrderLine order shops /> }).collect_view()}
            </ul>
        </section>
    }
    .into_any()
}

#[component]
fn OrderLine(order: OrderRow, shops: Currency) -> impl IntoView {
    let (t, f) = (words(), formats());
    let lines = order.lines.iter().enumerate().map(|(at, it)| {
        let comma = if at > 0 { t.comma() } else { "" };
        view! { {comma} <Line line=it.clone() /> }
    });
    let lines = lines.collect_view();
    let refunded = (order.refunded > 0 && order.state == OrderState::PartiallyRefunded)
        .then(|| t.refunded_part(&f.money(order.refunded, order.currency)));
    let state = (order.state != OrderState::Paid).then(|| {
        let kind = if order.state.counts() { TagKind::Warn } else { TagKind::Neutral };
        view! { <Tag text=t.order_state(order.state) kind=kind /> }
    });
    let amount = if order.state.counts() { order.total - order.refunded } else { order.total };
    // What an order of another currency is in the figures.
    let counted = (order.state.counts() && order.currency != shops).then(|| match order.in_shops {
        Some((total, refunded)) => t.counted_at_rate(&f.money(total - refunded, shops)),
        None => t.not_counted_without_rate(order.currency.code()),
    });
    let of_money = [refunded, counted].map(Option::unwrap_or_default);
    let parts = [order.channel.clone()].into_iter().chain(of_money);
    let parts = parts.filter(|part| !part.is_empty());
    let dotted: Vec<String> = if order.lines.is_empty() {
        vec![parts.collect::<Vec<_>>().join(" · ")]
    } else {
        parts.map(|part| format!(" · {part}")).collect()
    };
    let number = order.number.clone();
    let dot = if order.state.counts() { "timeline__dot--order" } else { "" };
    view! {
        <li class="timeline__item" data-order=number.clone()>
            <time datetime=order.day.to_string()>{f.day(order.day)}</time>
            <i class=format!("timeline__dot {dot}") aria-hidden="true"></i>
            <div><b>{number.clone()}</b> " " {lines} {dotted.concat()} " " {state}</div>
            <span class="money" class:money--void=!order.state.counts()>{f.money(amount, order.currency)}</span>
        </li>
    }
}

/// A line: the product leads to its page.
#[component]
fn Line(line: LineRow) -> impl IntoView {
    let (f, link) = (formats(), use_link());
    let quantity = match line.quantity_milli {
        1_000 => String::new(),
        milli if milli % 1_000 == 0 => format!(" × {}", milli / 1_000),
        milli => format!(" × {}", f.number(milli as f64 / 1_000.0, 3)),
    };
    let path = product_path(&line.key);
    view! { <a class="quiet-link" href=move || link(&path)>{line.product}</a> {quantity} }
}
