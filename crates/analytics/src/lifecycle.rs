//! The stages of a customer's life with the shop, and the days on which they moved.

use crate::{ChurnPolicy, ChurnState, ChurnStates, Purchases, Summaries};

/// A stage of the life-cycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[repr(u8)]
pub enum Stage {
    /// Has not bought yet, or once and is active.
    Acquisition,
    /// Has bought a few times and is active.
    Retention,
    /// Has bought often and is active.
    Loyalty,
    /// Has bought and is at risk or churned.
    WinBack,
    /// Churned for more than a further churn period.
    Lost,
}

use Stage::{Acquisition, Lost, Loyalty, Retention, WinBack};

impl Stage {
    /// All stages; a stage's position here is its discriminant.
    pub const ALL: [Self; 5] = [Acquisition, Retention, Loyalty, WinBack, Lost];

    /// The English name.
    pub const fn name(self) -> &'static str {
        match self {
            Acquisition => "acquisition",
            Retention => "retention",
            Loyalty => "loyalty",
            WinBack => "win-back",
            Lost => "lost",
        }
    }
}

/// From how many orders on an active customer is in a stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StageRules {
    /// Retention.
    pub retention_from: u32,
    /// Loyalty.
    pub loyalty_from: u32,
}

impl Default for StageRules {
    /// Two and four orders.
    fn default() -> Self {
        Self { retention_from: 2, loyalty_from: 4 }
    }
}

impl StageRules {
    /// The stage of an active customer with so many valid orders.
    pub fn active(self, orders: u32) -> Stage {
        if orders >= self.loyalty_from {
            Loyalty
        } else if orders >= self.retention_from {
            Retention
        } else {
            Acquisition
        }
    }
}

/// The first day on which someone who churned on `churned_on`, after a silence that began on
/// `last`, has been so for more than a further churn period.
fn lost_on(last: i32, churned_on: i32) -> i32 {
    churned_on.saturating_add_unsigned(churned_on.abs_diff(last)).saturating_add(1)
}

/// The stage of every customer, prospects included.
///
/// `customers` must be of all time (`window.from` is `None`), `states` of the same customers: the
/// stages count all orders up to the as-of day.
pub fn stages(customers: &Summaries, states: &ChurnStates, rules: StageRules) -> Vec<Stage> {
    debug_assert!(customers.window.from.is_none(), "stages count the orders of all time");
    let as_of = customers.window.as_of;
    let days = customers.last_day.iter().zip(&states.churned_on);
    let columns = customers.orders.iter().zip(&states.state).zip(days);
    columns
        .map(|((orders, state), (last, churned_on))| match state {
            None => Acquisition,
            Some(ChurnState::Active) => rules.active(*orders),
            Some(ChurnState::Churned) if as_of >= lost_on(*last, *churned_on) => Lost,
            Some(ChurnState::AtRisk | ChurnState::Churned) => WinBack,
        })
        .collect()
}

/// Every move of every customer, by customer and day.
///
/// Customer `c` made the moves `offsets[c]..offsets[c + 1]`. The first is the first order; before
/// it a customer was a prospect, in acquisition too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageMoves {
    /// One entry more than there are customers.
    pub offsets: Vec<u32>,
    /// Day of each move.
    pub day: Vec<i32>,
    /// The stage moved to.
    pub to: Vec<Stage>,
}

/// Replays the moves up to the as-of day.
///
/// A purchase in win-back or after being lost returns a customer to the stage of their number of
/// orders. Every silence is judged as [`ChurnPolicy`] tells.
pub fn stage_moves(
    purchases: Purchases<'_>,
    as_of: i32,
    policy: ChurnPolicy,
    rules: StageRules,
) -> StageMoves {
    let mut moves = StageMoves {
        offsets: Vec::with_capacity(purchases.customer_count() + 1),
        day: Vec::new(),
        to: Vec::new(),
    };
    moves.offsets.push(0);
    for (days, _) in purchases.customers_until(as_of) {
        moves.push(days, as_of, policy, rules);
    }
    moves
}

impl StageMoves {
    /// The moves of one customer: day and stage.
    pub fn of(&self, customer: usize) -> impl Iterator<Item = (i32, Stage)> {
        let own = self.offsets[customer] as usize..self.offsets[customer + 1] as usize;
        own.map(|at| (self.day[at], self.to[at]))
    }

    /// How many customers are in each stage and have ever been, and their time there.
    pub fn summary(&self, as_of: i32) -> StageSummary {
        let mut summary = StageSummary::default();
        let mut days: [Vec<u32>; 5] = Default::default();
        for customer in 0..self.offsets.len() - 1 {
            let mut ever = [false; 5];
            let mut last = None;
            for (day, stage) in self.of(customer) {
                ever[stage as usize] = true;
                last = Some((day, stage));
            }
            let Some((since, stage)) = last else {
                summary.prospects += 1;
                continue;
            };
            summary.now[stage as usize] += 1;
            days[stage as usize].push(as_of.abs_diff(since));
            for (count, was) in summary.ever.iter_mut().zip(ever) {
                *count += u32::from(was);
            }
        }
        summary.median_days = days.map(|mut days| crate::median(&mut days));
        summary
    }

    /// A call a customer, for the reason told at `Summaries::push`.
    #[inline(never)]
    fn push(&mut self, days: &[i32], as_of: i32, policy: ChurnPolicy, rules: StageRules) {
        let mut now = None;
        for silence in policy.silences(days) {
            let steps = [
                (silence.from, rules.active(silence.orders)),
                (silence.at_risk_on, WinBack),
                (lost_on(silence.from, silence.churned_on), Lost),
            ];
            for (day, stage) in steps {
                // A purchase on the very day of a deadline is in time.
                let is_past = day <= as_of && silence.until.is_none_or(|until| day < until);
                if is_past && now != Some(stage) {
                    self.day.push(day);
                    self.to.push(stage);
                    now = Some(stage);
                }
            }
        }
        self.offsets.push(self.day.len() as u32);
    }
}

/// The life-cycle in a few figures, in the order of [`Stage::ALL`].
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct StageSummary {
    /// Customers without an order: in acquisition, but not in the other counts.
    pub prospects: u32,
    /// Buyers in the stage now.
    pub now: [u32; 5],
    /// Buyers who have ever been in the stage: the funnel.
    pub ever: [u32; 5],
    /// Median days that the buyers in the stage have been in it.
    pub median_days: [Option<f64>; 5],
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ChurnRule, ChurnThresholds, Window, churn_states, summarise};
    use proptest::prelude::*;

    fn policy() -> ChurnPolicy {
        let thresholds = ChurnThresholds::chosen(30, 60).unwrap();
        ChurnPolicy { rule: ChurnRule::Store, thresholds, store_gap: Some(12.0) }
    }

    fn on_day(days: &[i32], as_of: i32) -> Stage {
        let (offsets, nets) = ([0, days.len() as u32], vec![100; days.len()]);
        let purchases = Purchases::new(&offsets, days, &nets).unwrap();
        let customers = summarise(purchases, Window { from: None, as_of });
        stages(&customers, &churn_states(&customers, policy()), StageRules::default())[0]
    }

    #[test]
    fn stages_follow_orders_and_silence() {
        let four = [0, 10, 20, 30];
        for (days, as_of, expected) in [
            (&[][..], 5, Acquisition),
            (&[0], 5, Acquisition),
            (&[0, 1], 5, Retention),
            (&[0, 1, 1], 5, Retention),
            (&four, 30, Loyalty),
            (&four, 59, Loyalty),
            (&four, 60, WinBack),
            (&four, 90, WinBack),
            (&four, 150, WinBack),
            (&four, 151, Lost),
        ] {
            assert_eq!(on_day(days, as_of), expected, "{days:?} on day {as_of}");
        }
    }

    #[test]
    fn every_move_is_dated_and_a_purchase_leads_back() {
        let day = [0, 5, 50, 51, 300, 330];
        let purchases = Purchases::new(&[0, 6, 6], &day, &[1; 6]).unwrap();
        let moves = stage_moves(purchases, 365, policy(), StageRules::default());
        let found: Vec<(i32, Stage)> = moves.of(0).collect();
        let expected = [
            (0, Acquisition),
            (5, Retention),
            (35, WinBack),
            (50, Retention),
            (51, Loyalty),
            (81, WinBack),
            (172, Lost),
            (300, Loyalty),
            (360, WinBack),
        ];
        assert_eq!(found, expected);
        let summary = moves.summary(365);
        assert_eq!((summary.prospects, summary.now, summary.ever), (1, [0, 0, 0, 1, 0], [1; 5]));
        assert_eq!(summary.median_days, [None, None, None, Some(5.0), None]);
    }

    proptest! {
        #[test]
        fn the_last_move_leads_to_the_stage_of_the_day(
            mut days in prop::collection::vec(0..200_i32, 0..9),
            as_of in 0..400_i32,
            rule in prop_oneof![Just(ChurnRule::Store), Just(ChurnRule::Personal)],
        ) {
            days.sort_unstable();
            let (offsets, nets) = ([0, days.len() as u32], vec![100; days.len()]);
            let purchases = Purchases::new(&offsets, &days, &nets).unwrap();
            let policy = ChurnPolicy { rule, ..policy() };
            let customers = summarise(purchases, Window { from: None, as_of });
            let states = churn_states(&customers, policy);
            let now = stages(&customers, &states, StageRules::default())[0];
            let moves = stage_moves(purchases, as_of, policy, StageRules::default());
            let last = moves.of(0).last().map_or(Acquisition, |(_, stage)| stage);
            prop_assert_eq!(last, now);
            prop_assert!(moves.day.is_sorted());
        }
    }
}
