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
    let (day, net) = frame.ledger.anonymous();
    let figures = kpis(&computed.summaries, AnonymousOrders { day, net });
    let refunds =
        frame.ledger.refunds.iter().filter(|(day, _)| *day <= as_of).map(|(_, it)| it).sum();
    let (first, last) = first_and_last(frame.ledger.all().0, as_of);
    let states = states(&frame.orders.day, &frame.orders.state, as_of);
    Totals {
        customers: frame.customers.len() as u32,
        buyers: figures.buyers as u32,
        orders: states.iter().map(|it| it.orders).sum(),
        valid_orders: figures.orders as u32,
        anonymous_orders: figures.anonymous_orders as u32,
        gross: figures.net + refunds,
        refunds,
        net: figures.net,
        first_order: first,
        last_order: last,
        states,
        kpis: kpi_set(&figures),
        median_gap_days: figures.median_gap_days,
    }
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
    }
}

fn first_and_last(days: &[i32], as_of: i32) -> (Option<ShopDay>, Option<ShopDay>) {
    let (mut first, mut last) = (i32::MAX, i32::MIN);
    // Without branches, so that several days are compared at once.
    for &day in days {
        first = first.min(day);
        last = last.max(if day <= as_of { day } else { i32::MIN });
    }
    let known = first <= last;
    let day = |number| known.then(|| ShopDay::from_number(number));
    (day(first), day(last))
}

fn states(days: &[i32], states: &[OrderState], as_of: i32) -> Vec<StateCount> {
    // Neighbours are mostly in the same state: counted by turns, none waits for the one before.
    let mut turns = [[0_u32; OrderState::ALL.len()]; 4];
    for (at, (&day, &state)) in days.iter().zip(states).enumerate() {
        turns[at % 4][state as usize] += u32::from(day <= as_of);
    }
    let all =
        OrderState::ALL.into_iter().map(|it| (it, turns.iter().map(|of| of[it as usize]).sum()));
    all.filter(|(_, orders): &(_, u32)| *orders > 0)
        .map(|(state, orders)| StateCount { state, orders })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_are_counted_up_to_the_as_of_day() {
        let counted = states(
            &[1, 2, 3, 9],
            &[OrderState::Paid, OrderState::Test, OrderState::Paid, OrderState::Paid],
            3,
        );
        let expected = [(OrderState::Test, 1), (OrderState::Paid, 2)];
        assert_eq!(counted, expected.map(|(state, orders)| StateCount { state, orders }));
        assert_eq!(OrderState::ALL.map(|state| state as usize), [0, 1, 2, 3, 4, 5, 6]);
    }
}
