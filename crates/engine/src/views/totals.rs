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
        // Summaries stand for orders that count, and tell of no others.
        orders: counts.iter().sum::<u32>() - counts[OrderState::Refund as usize]
            + frame.ledger.summed(),
        valid_orders: figures.orders as u32,
        anonymous_orders: figures.anonymous_orders as u32,
        gross: figures.net + refunds,
        refunds: refunds + given_back,
        net: figures.net - given_back,
        first_order: first.map(ShopDay::from_number),
        last_order: last_order(shop, computed).map(ShopDay::from_number),
        states,
        kpis: KpiSet { net: figures.net - given_back, ..kpi_set(&figures) },
        median_gap_days: figures.median_gap_days,
    }
}

/// Day of the last order that counts.
fn last_order(shop: &Shop, computed: &Computed) -> Option<i32> {
    let (days, _) = shop.frame.ledger.anonymous();
    let known = days.partition_point(|day| *day <= computed.as_of.number());
    let of_customers = computed.summaries.last_day.iter().zip(&computed.summaries.purchase_days);
    let of_customers = of_customers.filter(|it| *it.1 > 0).map(|it| *it.0);
    of_customers.chain(days[..known].last().copied()).max()
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
