//! Why net changed: more buyers, more orders each, or dearer orders.

use crate::Kpis;

/// The net of two periods and the effects between them, in minor units.
///
/// The four effects sum exactly to `after - before`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bridge {
    /// Net of the earlier period.
    pub before: i64,
    /// Of more or fewer buyers, at the orders per buyer and the order value of before.
    pub buyers: i64,
    /// Of more or fewer orders per buyer, at the order value of before.
    pub frequency: i64,
    /// Of a greater or smaller order value: the rest.
    pub order_value: i64,
    /// Of orders whose customer is not known: they have no buyers to count.
    pub anonymous: i64,
    /// Net of the later period.
    pub after: i64,
}

/// Explains the change of net between two periods' key figures.
///
/// Effects come one after the other, each with what follows as it was before, the last takes the
/// rest. From or to nothing, all is the buyers'. `None` if the difference is beyond 64 bits.
pub fn bridge(before: &Kpis, after: &Kpis) -> Option<Bridge> {
    let (old, new) = (Known::of(before)?, Known::of(after)?);
    let anonymous = after.anonymous_net.checked_sub(before.anonymous_net)?;
    let change = new.net.checked_sub(old.net)?;
    let (buyers, frequency) = match (old.parts(), new.parts()) {
        (Some((old_frequency, old_value)), Some((new_frequency, _))) => {
            let more_buyers = new.buyers as f64 - old.buyers as f64;
            let more_orders = new_frequency - old_frequency;
            (
                (more_buyers * old_frequency * old_value).round() as i64,
                (new.buyers as f64 * more_orders * old_value).round() as i64,
            )
        }
        _ => (change, 0),
    };
    Some(Bridge {
        before: before.net,
        buyers,
        frequency,
        order_value: change.checked_sub(buyers)?.checked_sub(frequency)?,
        anonymous,
        after: after.net,
    })
}

/// What the known customers of a period did.
#[derive(Debug, Clone, Copy)]
struct Known {
    buyers: u64,
    orders: u64,
    net: i64,
}

impl Known {
    fn of(kpis: &Kpis) -> Option<Self> {
        Some(Self {
            buyers: kpis.buyers,
            orders: kpis.orders.checked_sub(kpis.anonymous_orders)?,
            net: kpis.net.checked_sub(kpis.anonymous_net)?,
        })
    }

    /// Orders per buyer, and net per order in minor units; `None` without orders.
    fn parts(self) -> Option<(f64, f64)> {
        let orders = self.orders as f64;
        let has_orders = self.buyers > 0 && self.orders > 0;
        has_orders.then(|| (orders / self.buyers as f64, self.net as f64 / orders))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn kpis(buyers: u64, orders: u64, net: i64, anonymous_net: i64) -> Kpis {
        let anonymous_orders = u64::from(anonymous_net != 0);
        Kpis {
            buyers,
            orders: orders + anonymous_orders,
            anonymous_orders,
            net: net + anonymous_net,
            anonymous_net,
            aov: None,
            repeat_rate: None,
            orders_per_buyer: None,
            repeat_order_share: None,
            median_gap_days: None,
        }
    }

    #[test]
    fn each_effect_in_its_turn() {
        // 100 buyers, 1.5 orders each at 20.00; then 120 buyers, 1.6 each at 21.00.
        let found = bridge(&kpis(100, 150, 300_000, 0), &kpis(120, 192, 403_200, 500)).unwrap();
        assert_eq!((found.buyers, found.frequency, found.order_value), (60_000, 24_000, 19_200));
        assert_eq!((found.before, found.anonymous, found.after), (300_000, 500, 403_700));
    }

    #[test]
    fn from_nothing_all_is_the_buyers() {
        let first = bridge(&kpis(0, 0, 0, 0), &kpis(3, 4, 900, 0)).unwrap();
        assert_eq!((first.buyers, first.frequency, first.order_value), (900, 0, 0));
        let gone = bridge(&kpis(3, 4, 900, 70), &kpis(0, 0, 0, 0)).unwrap();
        assert_eq!((gone.buyers, gone.order_value, gone.anonymous), (-900, 0, -70));
    }

    proptest! {
        #[test]
        fn effects_sum_exactly(
            rows in prop::array::uniform2((0..500_u64, 0..4_000_u64, -9_000_000..90_000_000_i64, 0..999_i64)),
        ) {
            let [before, after] = rows.map(|(buyers, orders, net, anonymous)| {
                // Without orders there is no money.
                let net = if buyers == 0 { 0 } else { net };
                kpis(buyers, if buyers == 0 { 0 } else { buyers + orders }, net, anonymous)
            });
            let found = bridge(&before, &after).unwrap();
            let effects = found.buyers + found.frequency + found.order_value + found.anonymous;
            prop_assert_eq!(found.before + effects, found.after);
        }
    }
}
