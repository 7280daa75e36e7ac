//! Where new buyers come from, what they cost and when that is paid back.

use crate::{Codes, CohortTable, Periods, Purchases, Tally};

/// New buyers by channel and period; the cell of a channel and a period stands at
/// `channel · periods + period`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acquisition {
    /// How many periods.
    pub periods: usize,
    /// Customers whose first valid order lies in the period.
    pub new_buyers: Vec<u32>,
    /// Net of these first orders, in minor units.
    pub first_net: Vec<i64>,
}

/// Counts new buyers up to the as-of day; customers without a channel are left out.
pub fn acquisition(
    purchases: Purchases<'_>,
    as_of: i32,
    periods: &Periods<'_>,
    channels: Codes<'_>,
) -> Acquisition {
    let cells = channels.labels() * periods.len();
    let mut found = Acquisition {
        periods: periods.len(),
        new_buyers: vec![0; cells],
        first_net: vec![0; cells],
    };
    for (customer, (days, nets)) in purchases.customers_until(as_of).enumerate() {
        let period = days.first().and_then(|first| periods.index(*first));
        if let (Some(period), Some(channel)) = (period, channels.get(customer)) {
            let cell = channel * periods.len() + period;
            found.new_buyers[cell] += 1;
            found.first_net[cell] = found.first_net[cell].saturating_add(nets[0]);
        }
    }
    found
}

/// Customer acquisition cost: channel cost ÷ new buyers of the channel in the period, in minor
/// units; `None` when there are none.
pub fn acquisition_cost(cost: i64, new_buyers: u32) -> Option<f64> {
    (new_buyers > 0).then(|| cost as f64 / f64::from(new_buyers))
}

/// When the cost of a new buyer has come back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Payback {
    /// At this age in periods: 0 is the period of the first order.
    At(usize),
    /// Not by the greatest age that somebody has reached.
    NotYet,
}

/// The first age at which the cumulative margin per new buyer reaches their cost.
///
/// `margin_rate` is margin ÷ net. `None` if the row has reached no age at all. Ages that only some
/// customers of the row have reached speak of those.
pub fn payback(cohorts: &CohortTable, row: usize, margin_rate: f64, cost: f64) -> Option<Payback> {
    let margins = (0..cohorts.ages)
        .map_while(|age| Some(cohorts.cumulative_net_per_customer(row, age)? * margin_rate));
    let mut margins = margins.peekable();
    margins.peek()?;
    Some(margins.position(|margin| margin >= cost).map_or(Payback::NotYet, Payback::At))
}

/// LTV:CAC: cumulative margin per new buyer at an age ÷ acquisition cost; `None` without a cost.
pub fn value_to_cost(margin_per_buyer: f64, cost: f64) -> Option<f64> {
    let is_known = cost > 0.0 && margin_per_buyer.is_finite();
    is_known.then(|| margin_per_buyer / cost)
}

/// Days from the first contact to the first valid order, by channel.
///
/// `first_contact` has one entry a customer, `None` where none is known. Customers who ordered before
/// the contact on record count as 0 days. The last tally is that of customers without a channel.
pub fn days_to_first_order(
    purchases: Purchases<'_>,
    as_of: i32,
    first_contact: &[Option<i32>],
    channels: Codes<'_>,
) -> Vec<Tally> {
    let mut tallies = vec![Tally::default(); channels.labels() + 1];
    let firsts = purchases.customers_until(as_of).zip(first_contact).enumerate();
    for (customer, ((days, _), contact)) in firsts {
        if let (Some(first), Some(contact)) = (days.first(), contact) {
            let channel = channels.get(customer).unwrap_or(channels.labels());
            tallies[channel].add((*first).max(*contact).abs_diff(*contact));
        }
    }
    tallies
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{CohortRows, cohorts};

    /// Channel 0: customers 0 and 1 in the first period, 2 in the second. Channel 1: nobody yet.
    /// Customer 3 has no channel.
    const CHANNELS: [u32; 5] = [0, 0, 0, Codes::UNKNOWN, 1];
    const OFFSETS: [u32; 6] = [0, 2, 3, 4, 5, 5];
    const DAYS: [i32; 5] = [1, 15, 9, 12, 3];
    const NETS: [i64; 5] = [100, 500, 300, 700, 900];

    #[test]
    fn new_buyers_count_in_the_period_of_their_first_order() {
        let purchases = Purchases::new(&OFFSETS, &DAYS, &NETS).unwrap();
        let (periods, channels) = (Periods::new(&[0, 10], 20).unwrap(), Codes::new(&CHANNELS, 2));
        let found = acquisition(purchases, 19, &periods, channels);
        assert_eq!(found.new_buyers, [2, 1, 0, 0]);
        assert_eq!(found.first_net, [400, 700, 0, 0]);

        let table = cohorts(purchases, 19, &periods, CohortRows::Label(channels));
        // Margin per buyer: 550 ÷ 3 … at age 0 1,100 ÷ 3, at age 1 the two of the first period.
        assert_eq!(payback(&table, 0, 0.5, 150.0), Some(Payback::At(0)));
        assert_eq!(payback(&table, 0, 0.5, 200.0), Some(Payback::At(1)));
        assert_eq!(payback(&table, 0, 0.5, 226.0), Some(Payback::NotYet));
        assert_eq!(payback(&table, 1, 0.5, 1.0), None);
    }

    #[test]
    fn costs_without_buyers_and_values_without_costs_are_unknown() {
        assert_eq!(acquisition_cost(10_000, 4), Some(2_500.0));
        assert_eq!(acquisition_cost(10_000, 0), None);
        assert_eq!(value_to_cost(7_500.0, 2_500.0), Some(3.0));
        assert_eq!((value_to_cost(7_500.0, 0.0), value_to_cost(f64::NAN, 1.0)), (None, None));
    }

    #[test]
    fn the_median_of_one_three_and_nine_days_is_three() {
        let purchases = Purchases::new(&[0, 1, 2, 3, 4, 4], &[11, 13, 19, 5], &[1; 4]).unwrap();
        let contacts = [Some(10), Some(10), Some(10), Some(7), Some(1)];
        let codes = [0, 0, 0, Codes::UNKNOWN, 0];
        let days = days_to_first_order(purchases, 30, &contacts, Codes::new(&codes, 1));
        assert_eq!([days[0].median(), days[1].median()], [Some(3.0), Some(0.0)]);
    }
}
