//! How long a silence may last.

use crate::{Summaries, Tally, personal_gap};

/// Fewer gaps than this say too little about the store's rhythm.
const ENOUGH_GAPS: usize = 30;
/// From this many purchase days a customer has a rhythm of their own.
const OWN_RHYTHM_DAYS: u32 = 3;

/// The store's limits: days of silence on which a customer turns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChurnThresholds {
    at_risk: u32,
    churned: u32,
    basis: ThresholdBasis,
}

/// Where the limits come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ThresholdBasis {
    /// The 40th and 80th percentile of so many gaps between purchases.
    Gaps(usize),
    /// 90 and 180 days, since there are only so many gaps.
    TooFewGaps(usize),
    /// The shop chose them.
    Chosen,
}

impl ChurnThresholds {
    /// Limits that the shop chose; `None` unless 1 ≤ `at_risk` ≤ `churned`.
    pub fn chosen(at_risk: u32, churned: u32) -> Option<Self> {
        let basis = ThresholdBasis::Chosen;
        (1 <= at_risk && at_risk <= churned).then_some(Self { at_risk, churned, basis })
    }

    /// The 40th and the 80th percentile, by nearest rank, of the days between purchases; 90 and
    /// 180 days with fewer than 30 of them.
    pub fn from_gaps(gaps: &Tally) -> Self {
        let count = gaps.len();
        match (gaps.nearest_rank(40), gaps.nearest_rank(80)) {
            (Some(at_risk), Some(churned)) if count >= ENOUGH_GAPS => {
                Self { at_risk, churned, basis: ThresholdBasis::Gaps(count) }
            }
            _ => Self { at_risk: 90, churned: 180, basis: ThresholdBasis::TooFewGaps(count) },
        }
    }

    /// Days of silence on which a customer turns at risk.
    pub fn at_risk(self) -> u32 {
        self.at_risk
    }

    /// Days of silence on which a customer counts as churned: also the default horizon of the rule
    /// by a model.
    pub fn churned(self) -> u32 {
        self.churned
    }

    /// Where the limits come from.
    pub fn basis(self) -> ThresholdBasis {
        self.basis
    }
}

/// Whose rhythm a silence is measured by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum ChurnRule {
    /// The customer's own from three purchase days on, before that the store's.
    #[default]
    Automatic,
    /// The store's for everybody.
    Store,
    /// The customer's own, drawn towards the store's, for everybody.
    Personal,
}

/// The rule together with the store's figures that it needs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ChurnPolicy {
    /// Whose rhythm decides.
    pub rule: ChurnRule,
    /// The store's limits.
    pub thresholds: ChurnThresholds,
    /// The store's median days between purchases; `None` without any gap, when nobody has a
    /// rhythm of their own either and the store's limits hold.
    pub store_gap: Option<f64>,
}

/// The days of a silence on which a customer turns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadlines {
    /// At risk from this day of silence on.
    pub at_risk: u32,
    /// Churned from this day of silence on.
    pub churned: u32,
}

impl ChurnPolicy {
    /// The policy with the limits that the store's gaps up to the as-of day suggest.
    pub fn of(customers: &Summaries, rule: ChurnRule) -> Self {
        Self {
            rule,
            thresholds: ChurnThresholds::from_gaps(&customers.gaps),
            store_gap: customers.gaps.median(),
        }
    }

    /// Whether a customer with so many purchase days is judged by a rhythm of their own.
    #[inline]
    pub fn is_personal(self, purchase_days: u32) -> bool {
        self.store_gap.is_some()
            && match self.rule {
                ChurnRule::Automatic => purchase_days >= OWN_RHYTHM_DAYS,
                ChurnRule::Store => false,
                ChurnRule::Personal => true,
            }
    }

    /// The deadlines after so many purchase days, the last of them `own_days` after the first.
    ///
    /// By the personal rule a customer is at risk once silent for more than twice, churned for more
    /// than three times their [`personal_gap`].
    #[inline]
    pub fn deadlines(self, purchase_days: u32, own_days: u32) -> Deadlines {
        match self.store_gap {
            Some(store_gap) if self.is_personal(purchase_days) => {
                let gap = personal_gap(store_gap, own_days, purchase_days.saturating_sub(1));
                // The first whole day beyond; casts saturate.
                let beyond = |days: f64| (days as u32).saturating_add(1);
                Deadlines { at_risk: beyond(2.0 * gap), churned: beyond(3.0 * gap) }
            }
            _ => Deadlines { at_risk: self.thresholds.at_risk, churned: self.thresholds.churned },
        }
    }

    /// The silences after each purchase day of a customer, the last one open.
    ///
    /// `days` are those of the customer's orders up to the as-of day. Each silence is judged by
    /// what was known of the customer when it began, and by the store's limits of today: a dated
    /// move must not shift because others have bought since.
    pub(crate) fn silences(self, days: &[i32]) -> impl Iterator<Item = Silence> {
        let first = days.first().copied().unwrap_or_default();
        let (mut at, mut purchase_days) = (0, 0);
        std::iter::from_fn(move || {
            let from = *days.get(at)?;
            at += days[at..].iter().take_while(|day| **day == from).count();
            purchase_days += 1;
            let deadlines = self.deadlines(purchase_days, from.abs_diff(first));
            Some(Silence {
                from,
                orders: at as u32,
                at_risk_on: from.saturating_add_unsigned(deadlines.at_risk),
                churned_on: from.saturating_add_unsigned(deadlines.churned),
                until: days.get(at).copied(),
            })
        })
    }
}

/// From a purchase day until the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Silence {
    /// The purchase day.
    pub(crate) from: i32,
    /// Orders up to and on that day.
    pub(crate) orders: u32,
    /// The day on which the customer is at risk if nothing comes before.
    pub(crate) at_risk_on: i32,
    /// The day on which the customer counts as churned if nothing comes before.
    pub(crate) churned_on: i32,
    /// The next purchase day; a purchase on the very day of a deadline is in time.
    pub(crate) until: Option<i32>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_nearest_ranks_of_the_gaps() {
        let thirty: Tally = (1..=30).collect();
        let limits = ChurnThresholds::from_gaps(&thirty);
        assert_eq!((limits.at_risk(), limits.churned()), (12, 24));
        assert_eq!(limits.basis(), ThresholdBasis::Gaps(30));
        let few: Tally = (1..=29).collect();
        let limits = ChurnThresholds::from_gaps(&few);
        assert_eq!((limits.at_risk(), limits.churned()), (90, 180));
        assert_eq!(limits.basis(), ThresholdBasis::TooFewGaps(29));
    }

    #[test]
    fn chosen_limits_must_be_in_order() {
        for (at_risk, churned, is_valid) in
            [(30, 60, true), (7, 7, true), (0, 5, false), (9, 8, false)]
        {
            assert_eq!(ChurnThresholds::chosen(at_risk, churned).is_some(), is_valid);
        }
    }

    #[test]
    fn a_rhythm_of_ones_own_needs_three_purchase_days() {
        let store = Deadlines { at_risk: 90, churned: 180 };
        let policy = |rule, store_gap| ChurnPolicy {
            rule,
            thresholds: ChurnThresholds::from_gaps(&Tally::default()),
            store_gap,
        };
        // ĝ = (2·30 + 14) ÷ (2 + 2) = 18.5: at risk after more than 37 days, churned after 55.5.
        let own = Deadlines { at_risk: 38, churned: 56 };
        for (rule, store_gap, purchase_days, own_days, expected) in [
            (ChurnRule::Automatic, Some(30.0), 3, 14, own),
            (ChurnRule::Automatic, Some(30.0), 2, 7, store),
            (ChurnRule::Store, Some(30.0), 3, 14, store),
            (ChurnRule::Personal, Some(30.0), 1, 0, Deadlines { at_risk: 61, churned: 91 }),
            (ChurnRule::Personal, None, 1, 0, store),
        ] {
            let found = policy(rule, store_gap).deadlines(purchase_days, own_days);
            assert_eq!(found, expected, "{rule:?} {purchase_days}");
        }
    }

    #[test]
    fn silences_end_with_the_next_purchase_day() {
        let policy = ChurnPolicy {
            rule: ChurnRule::Store,
            thresholds: ChurnThresholds::from_gaps(&Tally::default()),
            store_gap: None,
        };
        let found: Vec<(i32, u32, i32, Option<i32>)> = policy
            .silences(&[5, 5, 9])
            .map(|it| (it.from, it.orders, it.churned_on, it.until))
            .collect();
        assert_eq!(found, [(5, 2, 185, Some(9)), (9, 3, 189, None)]);
    }
}
