//! Who left and who came back, by period.

use crate::{ChurnPolicy, Periods, Purchases};

/// One entry a period.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ChurnRates {
    /// Customers who had bought and not churned when the period began.
    pub active_at_start: Vec<u32>,
    /// Those of them whose churn day falls in the period.
    pub churned: Vec<u32>,
    /// Customers who had churned when the period began.
    pub churned_at_start: Vec<u32>,
    /// Those of them who ordered in the period.
    pub won_back: Vec<u32>,
    /// How many periods are over: the counts of the others are still growing.
    pub finished: usize,
}

impl ChurnRates {
    /// Period churn rate: the part of those active at the start whose churn day falls in it.
    ///
    /// `None` where nobody was active, or the period is not over.
    pub fn churn_rate(&self, period: usize) -> Option<f64> {
        self.rate(period, &self.churned, &self.active_at_start)
    }

    /// Win-back rate: the part of those churned at the start who ordered in the period.
    ///
    /// `None` where nobody had churned, or the period is not over.
    pub fn win_back_rate(&self, period: usize) -> Option<f64> {
        self.rate(period, &self.won_back, &self.churned_at_start)
    }

    fn rate(&self, period: usize, part: &[u32], whole: &[u32]) -> Option<f64> {
        let is_known = period < self.finished && whole[period] > 0;
        is_known.then(|| f64::from(part[period]) / f64::from(whole[period]))
    }
}

/// Counts churn and win-back in each period, up to the as-of day.
///
/// Every silence of the past is judged as [`ChurnPolicy`] tells, so a customer may churn several
/// times; in one period a customer counts once, by their state at its start. Who came and went
/// within one period was not active at its start and is not in its rate.
pub fn churn_rates(
    purchases: Purchases<'_>,
    as_of: i32,
    policy: ChurnPolicy,
    periods: &Periods<'_>,
) -> ChurnRates {
    let mut tallies = Tallies {
        policy,
        as_of,
        periods,
        begun: periods.starts().partition_point(|start| *start <= as_of),
        active: vec![0; periods.len() + 1],
        gone: vec![0; periods.len() + 1],
        churned: vec![0; periods.len()],
        won_back: vec![0; periods.len()],
    };
    for (days, _) in purchases.customers_until(as_of) {
        tallies.add(days);
    }
    ChurnRates {
        active_at_start: running_sums(&tallies.active),
        churned: tallies.churned,
        churned_at_start: running_sums(&tallies.gone),
        won_back: tallies.won_back,
        finished: periods.finished(as_of),
    }
}

struct Tallies<'a> {
    policy: ChurnPolicy,
    as_of: i32,
    periods: &'a Periods<'a>,
    /// Periods that have begun by the as-of day.
    begun: usize,
    /// Changes, from a period to the next, of the number of the active at the start.
    active: Vec<i32>,
    /// The same for the churned.
    gone: Vec<i32>,
    churned: Vec<u32>,
    won_back: Vec<u32>,
}

impl Tallies<'_> {
    /// A call a customer, for the reason told at `Summaries::push`.
    #[inline(never)]
    fn add(&mut self, days: &[i32]) {
        // Since when the customer has been active without a churn day in between.
        let mut active_since = days.first().copied();
        for silence in self.policy.silences(days) {
            let Some(since) = active_since else { return };
            let end = silence.until.unwrap_or(i32::MAX);
            if silence.churned_on >= end || silence.churned_on > self.as_of {
                continue;
            }
            let span = self.starts_within(since, silence.churned_on);
            mark(&mut self.active, span);
            self.count_if_before(since, silence.churned_on, true);
            let span = self.starts_within(silence.churned_on, end);
            mark(&mut self.gone, span);
            if silence.until.is_some() {
                self.count_if_before(silence.churned_on, end, false);
            }
            active_since = silence.until;
        }
        if let Some(since) = active_since {
            let span = self.starts_within(since, i32::MAX);
            mark(&mut self.active, span);
        }
    }

    /// Periods at whose start a state that began on `from` and ends on `until` held: those that
    /// begin after `from` and not after `until`.
    fn starts_within(&self, from: i32, until: i32) -> (usize, usize) {
        let begins = |day: i32| self.begins_after(day).min(self.begun);
        (begins(from), begins(until))
    }

    /// The first period that begins after the day.
    fn begins_after(&self, day: i32) -> usize {
        match self.periods.index(day) {
            Some(period) => period + 1,
            None if self.periods.starts().first().is_some_and(|first| day < *first) => 0,
            None => self.periods.len(),
        }
    }

    /// Counts the end of a state on day `until` if the state held when the period of `until` began.
    fn count_if_before(&mut self, since: i32, until: i32, is_churn: bool) {
        let Some(period) = self.periods.index(until) else { return };
        if since < self.periods.starts()[period] {
            let counts = if is_churn { &mut self.churned } else { &mut self.won_back };
            counts[period] += 1;
        }
    }
}

fn mark(changes: &mut [i32], (from, until): (usize, usize)) {
    changes[from] += 1;
    changes[until] -= 1;
}

fn running_sums(changes: &[i32]) -> Vec<u32> {
    let mut sum = 0;
    let sums = changes[..changes.len() - 1].iter().map(|change| {
        sum += change;
        sum as u32
    });
    sums.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ChurnRule, ChurnState, ChurnThresholds, Window, churn_states, summarise};
    use proptest::prelude::*;

    fn policy(at_risk: u32, churned: u32) -> ChurnPolicy {
        let thresholds = ChurnThresholds::chosen(at_risk, churned).unwrap();
        ChurnPolicy { rule: ChurnRule::Store, thresholds, store_gap: None }
    }

    #[test]
    fn those_who_left_and_came_back_are_counted_in_their_period() {
        // Periods of 10 days. A buys on 1, churns on 21, is back on 35, churns again on 55.
        // B buys on 15 and churns on 35. C buys every 10 days.
        let day = [1, 35, 15, 5, 15, 25, 35, 45, 55];
        let purchases = Purchases::new(&[0, 2, 3, 9], &day, &[1; 9]).unwrap();
        let starts = [0, 10, 20, 30, 40, 50];
        let periods = Periods::new(&starts, 60).unwrap();
        let rates = churn_rates(purchases, 59, policy(10, 20), &periods);
        assert_eq!(rates.active_at_start, [0, 2, 3, 2, 2, 2]);
        assert_eq!(rates.churned, [0, 0, 1, 1, 0, 1]);
        assert_eq!(rates.churned_at_start, [0, 0, 0, 1, 1, 1]);
        assert_eq!(rates.won_back, [0, 0, 0, 1, 0, 0]);
        assert_eq!((rates.churn_rate(0), rates.churn_rate(2)), (None, Some(1.0 / 3.0)));
        assert_eq!((rates.win_back_rate(3), rates.win_back_rate(2)), (Some(1.0), None));
    }

    #[test]
    fn a_period_that_is_not_over_has_no_rate_yet() {
        let purchases = Purchases::new(&[0, 1], &[0], &[1]).unwrap();
        let periods = Periods::new(&[0, 10, 20], 30).unwrap();
        let rates = churn_rates(purchases, 15, policy(5, 12), &periods);
        assert_eq!((rates.active_at_start, rates.churned), (vec![0, 1, 0], vec![0, 1, 0]));
        assert_eq!(rates.finished, 1);
    }

    proptest! {
        /// Against the states as they were on the eve of every period.
        #[test]
        fn counts_at_the_start_are_the_states_of_the_eve(
            customers in prop::collection::vec(prop::collection::vec(0..80_i32, 0..6), 0..8),
            as_of in -1..90_i32,
            rule in prop_oneof![Just(ChurnRule::Store), Just(ChurnRule::Automatic)],
        ) {
            let (mut offsets, mut day) = (vec![0], Vec::new());
            for mut days in customers {
                days.sort_unstable();
                day.extend(days);
                offsets.push(day.len() as u32);
            }
            let nets = vec![1; day.len()];
            let purchases = Purchases::new(&offsets, &day, &nets).unwrap();
            let starts = [5, 12, 20, 50, 70];
            let periods = Periods::new(&starts, 100).unwrap();
            let policy = ChurnPolicy { rule, store_gap: Some(6.0), ..policy(9, 15) };
            let rates = churn_rates(purchases, as_of, policy, &periods);
            for (period, start) in starts.into_iter().enumerate().filter(|it| it.1 <= as_of) {
                let eve = Window { from: None, as_of: start - 1 };
                let counts = churn_states(&summarise(purchases, eve), policy).counts;
                let churned = counts[ChurnState::Churned as usize];
                prop_assert_eq!(rates.churned_at_start[period], churned);
                prop_assert_eq!(rates.active_at_start[period], counts[0] + counts[1]);
                prop_assert!(rates.churned[period] <= rates.active_at_start[period]);
                prop_assert!(rates.won_back[period] <= churned);
            }
        }
    }
}
