//! Why did revenue change, and how much of it is regulars'?

use super::answered::{answered, of_orders};
use super::title;
use crate::address::use_lens;
use crate::components::{EmptyState, StateKind};
use crate::settings::{formats, words};
use leptos::prelude::*;
use protocol::{ReportsView, Request, Response};
use std::sync::Arc;

mod bridge;
mod relation;

use bridge::{bridge, steps};
use relation::relation;

/// The reports screen.
#[component]
pub fn Reports() -> impl IntoView {
    title(words().nav_reports());
    let lens = use_lens();
    let take = Response::of_segments::<ReportsView>;
    of_orders(move || {
        answered(move || Request::Reports(lens.get()), take, |view| view! { <Drawn view /> })
    })
}

#[component]
fn Drawn(view: Arc<ReportsView>) -> impl IntoView {
    let t = words();
    let mix = view.mix;
    if mix.new.orders + mix.repeat.orders + mix.unknown.orders == 0 && view.bridge.is_none() {
        return view! {
            <EmptyState title=t.reports_no_orders() text=t.reports_no_orders_text() kind=StateKind::TooLittle whole_screen=true />
        }
        .into_any();
    }
    view! {
        {headline(&view)}
        <div class="stack">
            {bridge(&view)}
            {relation(&view)}
        </div>
    }
    .into_any()
}

fn headline(view: &ReportsView) -> AnyView {
    let (t, f) = (words(), formats());
    let money = |minor: i64| f.money_whole(minor, view.currency);
    let period = t.span(&f.day(view.period.from), &f.day(view.period.to));
    let index = view.mix.index();
    let (lead, rest) = match &view.bridge {
        Some(bridge) => {
            let change = bridge.change();
            let lead = match change {
                0 => t.bridge_same().to_owned(),
                1.. => t.bridge_up(&money(change)),
                _ => t.bridge_down(&money(-change)),
            };
            // The greatest of those that point the same way.
            let with = steps(bridge).into_iter().filter(|it| it.effect.signum() == change.signum());
            let most = with.filter(|it| it.effect != 0).max_by_key(|it| it.effect.abs());
            let most = most.map(|it| t.bridge_most(it.reason(t), &signed(view, it.effect)));
            (lead, most.unwrap_or_else(|| t.full_stop().to_owned()))
        }
        None => match index {
            Some(index) => (t.index_lead(&f.percent_with(index, 0)), t.full_stop().to_owned()),
            None => (money(view.mix.net()), String::new()),
        },
    };
    let sub = match (&view.bridge, view.compared) {
        (Some(_), Some(before)) => {
            t.reports_sub(&period, &t.span(&f.day(before.from), &f.day(before.to)))
        }
        _ => t.reports_sub_alone(&period),
    };
    view! {
        <h1 class="headline"><em>{lead}</em>{rest}</h1>
        <p class="headline__sub">{sub}</p>
    }
    .into_any()
}

/// Money with its sign.
fn signed(view: &ReportsView, minor: i64) -> String {
    let text = formats().money_whole(minor.abs(), view.currency);
    match minor {
        0 => text,
        1.. => format!("+{text}"),
        _ => format!("−{text}"),
    }
}
