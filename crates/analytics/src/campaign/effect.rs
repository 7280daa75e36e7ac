//! Addressed against held out.

use crate::intervals::{Interval, Proportion, TwoProportions, two_proportions, wilson};
use crate::{Purchases, Window};

/// Differences at least this probable by chance are not proven.
const SIGNIFICANT: f64 = 0.05;

/// What a group did in the campaign's window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Outcome {
    /// Customers as they were assigned, whatever became of the message.
    pub customers: u64,
    /// Those with a valid order.
    pub buyers: u64,
    /// Net of their orders after refunds, in minor units.
    pub net: i64,
}

/// Counts what the customers of a group (by position) did in the window.
pub fn outcome(purchases: Purchases<'_>, group: &[u32], window: Window) -> Outcome {
    let mut found = Outcome { customers: group.len() as u64, ..Outcome::default() };
    for customer in group {
        let orders = purchases.orders_of(*customer as usize);
        let days = &purchases.days()[orders.clone()];
        let nets = purchases.nets()[orders].iter();
        let inside = days.iter().zip(nets).filter(|(day, _)| window.contains(**day));
        let (orders, net) =
            inside.fold((0, 0_i64), |(n, sum), (_, net)| (n + 1, sum.saturating_add(*net)));
        found.buyers += u64::from(orders > 0);
        found.net = found.net.saturating_add(net);
    }
    found
}

/// What the campaign brought, compared with the held-out group.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CampaignEffect {
    /// Share of buyers of the addressed.
    pub addressed: f64,
    /// Its Wilson interval.
    pub addressed_interval: Interval,
    /// Share of buyers of the held out.
    pub held_out: f64,
    /// Its Wilson interval.
    pub held_out_interval: Interval,
    /// The difference of the shares (the uplift) with interval, z and p.
    pub uplift: TwoProportions,
    /// Uplift ÷ share of the held out; `None` if none of them bought.
    pub relative_uplift: Option<f64>,
    /// Buyers who would not have bought otherwise: uplift · addressed customers.
    pub incremental_buyers: f64,
    /// (net per addressed − net per held out) · addressed customers, in minor units.
    pub incremental_net: f64,
    /// (incremental margin − cost) ÷ cost; `None` without a cost.
    pub return_on_cost: Option<f64>,
    /// Whether the difference is beyond chance: p below 0.05.
    pub is_proven: bool,
}

/// Compares the groups as they were assigned; `None` if one is empty.
///
/// `margin_rate` is margin ÷ net, `cost` in minor units.
pub fn campaign_effect(
    addressed: Outcome,
    held_out: Outcome,
    margin_rate: f64,
    cost: i64,
) -> Option<CampaignEffect> {
    let of = |group: Outcome| Proportion { successes: group.buyers, trials: group.customers };
    let uplift = two_proportions(of(addressed), of(held_out))?;
    let (share, other) = (of(addressed).share()?, of(held_out).share()?);
    let customers = addressed.customers as f64;
    let per_customer = |group: Outcome| group.net as f64 / group.customers as f64;
    let incremental_net = (per_customer(addressed) - per_customer(held_out)) * customers;
    let gain = incremental_net * margin_rate - cost as f64;
    Some(CampaignEffect {
        addressed: share,
        addressed_interval: wilson(addressed.buyers, addressed.customers)?,
        held_out: other,
        held_out_interval: wilson(held_out.buyers, held_out.customers)?,
        uplift,
        relative_uplift: (other > 0.0).then(|| uplift.difference / other),
        incremental_buyers: uplift.difference * customers,
        incremental_net,
        return_on_cost: (cost > 0).then(|| gain / cost as f64),
        is_proven: uplift.p_value < SIGNIFICANT,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: f64, expected: f64, tolerance: f64) {
        assert!((found - expected).abs() < tolerance, "{found} instead of {expected}");
    }

    #[test]
    fn the_example_of_the_definition_is_not_proven() {
        let addressed = Outcome { customers: 900, buyers: 90, net: 450_000 };
        let held_out = Outcome { customers: 100, buyers: 5, net: 25_000 };
        let effect = campaign_effect(addressed, held_out, 0.4, 40_000).unwrap();
        close(effect.uplift.difference, 0.05, 1e-12);
        close(effect.uplift.z, 1.618, 5e-4);
        close(effect.uplift.p_value, 0.106, 5e-4);
        assert!(!effect.is_proven);
        let (own, other) = (effect.addressed_interval, effect.held_out_interval);
        for (found, expected) in
            [(own.low, 0.0821), (own.high, 0.1213), (other.low, 0.0215), (other.high, 0.1118)]
        {
            close(found, expected, 5e-5);
        }
        close(effect.relative_uplift.unwrap(), 1.0, 1e-12);
        close(effect.incremental_buyers, 45.0, 1e-9);
        // 500 less 250 a head; 225,000 · 0.4 less 40,000, by 40,000.
        close(effect.incremental_net, 225_000.0, 1e-6);
        close(effect.return_on_cost.unwrap(), 1.25, 1e-12);
    }

    #[test]
    fn without_a_group_or_a_cost_there_is_nothing_to_compare() {
        let group = Outcome { customers: 10, buyers: 0, net: 0 };
        assert_eq!(campaign_effect(group, Outcome::default(), 1.0, 5), None);
        let effect = campaign_effect(group, group, 1.0, 0).unwrap();
        assert_eq!((effect.relative_uplift, effect.return_on_cost), (None, None));
        assert!(!effect.is_proven);
    }

    #[test]
    fn only_orders_of_the_window_and_the_group_count() {
        let day = [1, 5, 6, 30, 5, 5];
        let purchases = Purchases::new(&[0, 4, 5, 5, 6], &day, &[1, 2, 4, 8, 16, 32]).unwrap();
        let window = Window { from: Some(5), as_of: 10 };
        let found = outcome(purchases, &[0, 1, 2], window);
        assert_eq!(found, Outcome { customers: 3, buyers: 2, net: 22 });
    }
}
