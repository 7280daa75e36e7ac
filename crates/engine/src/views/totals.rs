//! The whole history up to the as-of day.

use crate::computed::Computed;
use crate::shop::Shop;
use analytics::{AnonymousOrders, Kpis, kpis};
use model::{OrderState, ShopDay};
use protocol::{KpiSet, StateCount, Totals};

/// The totals of the whole history.
pub fn view(shop: &Shop, computed: &Computed) -> Totals {
    let frame = &shop.frame;
    let as_of = computed.as_of.number();
    let figures = figures(shop, computed);
    let refunds: i64 =
        frame.ledger.refunds.iter().filter(|(day, _)| *day <= as_of).map(|(_, it)| it).sum();
    let given_back = frame.ledger.given_back(i32::MIN, as_of);
    let first = frame.ledger.first_day().filter(|first| *first <= as_of);
    let counts = frame.orders.states_until(as_of);
    let states = OrderState::ALL.into_iter().zip(counts).filter(|(_, orders)| *orders > 0);
    let states: Vec<StateCount> =
        states.map(|(state, orders)| StateCount { state, orders }).collect();
    Totals {
        customers: frame.customers.len() as u32,
        buyers: figures.buyers as u32,
        orders: counts.iter().sum::<u32>() - counts[OrderState::Refund as usize],
        valid_orders: figures.orders as u32,
        anonymous_orders: figures.anonymous_orders as u32,
        gross: figures.net + refunds,
        refunds: refunds + given_back,
        net: figures.net - given_back,
        first_order: first.map(ShopDay::from_number),
        last_order: frame.ledger.last_day(as_of).map(ShopDay::from_number),
        states,
        kpis: KpiSet { net: figures.net - given_back, ..kpi_set(&figures) },
        median_gap_days: figures.median_gap_days,
    }
}

/// The key figures of the whole history.
pub fn figures(shop: &Shop, computed: &Computed) -> Kpis {
    let (day, net) = shop.frame.ledger.anonymous();
    kpis(&computed.summaries, AnonymousOrders { day, net })
}

/// The figures of a window as the screens take them.
pub fn kpi_set(figures: &Kpis) -> KpiSet {
    KpiSet {
        net: figures.net,
        orders: figures.orders as u32,
        buyers: figures.buyers as u32,
        aov: figures.aov,
        repeat_rate: figures.repeat_rate,
        orders_per_buyer: figures.orders_per_buyer,
        anonymous_orders: figures.anonymous_orders as u32,
    }
}
