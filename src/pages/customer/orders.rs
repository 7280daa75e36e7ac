//! The orders of a customer.

use super::rhythm::rhythm;
use crate::components::{Tag, TagKind};
use crate::settings::{formats, words};
use leptos::prelude::*;
use model::{Currency, OrderState};
use protocol::{CustomerView, OrderRow};

/// Every order, newest first, and their rhythm.
pub(super) fn orders_card(customer: &CustomerView) -> AnyView {
    let t = words();
    let (rows, shops) = (customer.orders.clone(), customer.currency);
    let nothing = rows.is_empty().then(|| view! { <p>{t.no_orders()}</p> });
    view! {
        <section class="card" id="orders">
            <div class="card__head">
                <h2>{t.timeline()}</h2>
                <span class="card__note">{t.orders(rows.len() as u64, &formats().count(rows.len() as f64))}</span>
            </div>
            {rhythm(customer)}
            {nothing}
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
    let line = |it: &protocol::LineRow| match it.quantity_milli {
        1_000 => it.product.clone(),
        milli if milli % 1_000 == 0 => format!("{} × {}", it.product, milli / 1_000),
        milli => format!("{} × {}", it.product, f.number(milli as f64 / 1_000.0, 3)),
    };
    let lines: Vec<String> = order.lines.iter().map(line).collect();
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
    let parts = [t.list(&lines), order.channel.clone()].into_iter().chain(of_money);
    let parts: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
    let number = order.number.clone();
    let dot = if order.state.counts() { "timeline__dot--order" } else { "" };
    view! {
        <li class="timeline__item" data-order=number.clone()>
            <time datetime=order.day.to_string()>{f.day(order.day)}</time>
            <i class=format!("timeline__dot {dot}") aria-hidden="true"></i>
            <div><b>{number.clone()}</b> " " {parts.join(" · ")} " " {state}</div>
            <span class="money" class:money--void=!order.state.counts()>{f.money(amount, order.currency)}</span>
        </li>
    }
}
