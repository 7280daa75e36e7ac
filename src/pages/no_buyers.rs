//! A screen of customers while nobody is known to have bought.

use crate::address::use_link;
use crate::components::{EmptyState, StateKind};
use crate::data::Data;
use crate::settings::{formats, words};
use leptos::prelude::*;

/// Nobody has bought up to the day, or the orders name nobody: says which, and what helps.
#[component]
pub(super) fn NoBuyers(
    /// Where there are no orders: what the screen cannot show.
    title: &'static str,
    /// And why.
    text: &'static str,
) -> impl IntoView {
    let (t, f, link) = (words(), formats(), use_link());
    let analysis = expect_context::<Data>().analysis();
    // Orders that count, none of which names a customer.
    let nameless = Memo::new(move |_| match &*analysis.read() {
        Some(Ok(it)) if it.totals.buyers == 0 => it.totals.valid_orders,
        _ => 0,
    });
    move || {
        match nameless.get() {
        0 => view! { <EmptyState title=title text=text kind=StateKind::TooLittle whole_screen=true /> }.into_any(),
        orders => {
            let orders = t.orders(u64::from(orders), &f.count(orders));
            let link = link.clone();
            view! {
                <EmptyState title=t.nobody_named() text=t.nobody_named_text(&orders) kind=StateKind::TooLittle whole_screen=true>
                    <a class="button button--primary" data-action="name-customers" href=move || link("/import")>{t.nav_import()}</a>
                </EmptyState>
            }
            .into_any()
        }
    }
    }
}
