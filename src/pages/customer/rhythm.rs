//! A customer's orders on a line, and the silence since.

use crate::settings::{formats, words};
use leptos::prelude::*;
use protocol::CustomerView;

/// Width of the drawing in its own units; it scales with the card. On a phone half of it, so that
/// its words stay as large as others.
const WIDTH: f64 = 680.0;
const PHONE_WIDTH: f64 = 320.0;
const PHONE_PX: f64 = 600.0;
const HEIGHT: f64 = 56.0;
const AXIS_Y: f64 = 34.0;
/// Silence shorter than this share of the line has no room for its words.
const LABELLED_SILENCE: f64 = 0.12;

/// Orders that count as dots to scale, larger ones larger, and the silence after the last.
pub fn rhythm(customer: &CustomerView) -> AnyView {
    let (t, f) = (words(), formats());
    let (Some(first), Some(last)) = (customer.row.first_order, customer.row.last_order) else {
        return ().into_any();
    };
    let window_px = window().inner_width().ok().and_then(|it| it.as_f64()).unwrap_or(WIDTH);
    let width = if window_px < PHONE_PX { PHONE_WIDTH } else { WIDTH };
    let span = f64::from(customer.as_of.days_since(first)).max(1.0);
    let x =
        move |day: model::ShopDay| 6.0 + f64::from(day.days_since(first)) / span * (width - 12.0);
    let counting = customer.orders.iter().filter(|order| order.state.counts());
    let largest = counting.clone().map(|order| order.total).max().unwrap_or(1).max(1) as f64;
    let dots = counting.map(|order| {
        let radius = 3.0 + 3.5 * (order.total as f64 / largest).sqrt();
        view! { <circle class="rhythm__order" cx=x(order.day) cy=AXIS_Y r=radius></circle> }
    });
    let dots = dots.collect_view();
    let silent = customer.silent_days.unwrap_or(0);
    let share = f64::from(silent) / span;
    let label = (share >= LABELLED_SILENCE).then(|| {
        let days = t.silence(&t.days(silent.unsigned_abs().into(), &f.count(silent)));
        view! { <text class="rhythm__text" x=width - 6.0 y=16 text-anchor="end">{days}</text> }
    });
    view! {
        <svg class="rhythm" viewBox=format!("0 0 {width} {HEIGHT}") role="img" aria-label=t.purchases_dots()>
            <line class="rhythm__axis" x1=6 x2=x(last) y1=AXIS_Y y2=AXIS_Y></line>
            <line class="rhythm__silence" x1=x(last) x2=width - 6.0 y1=AXIS_Y y2=AXIS_Y></line>
            {dots}
            {label}
        </svg>
    }
    .into_any()
}
