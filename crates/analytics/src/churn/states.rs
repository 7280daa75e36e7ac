//! Active, at risk or churned, as of a day.

use crate::{ChurnPolicy, Summaries};

/// How a customer's silence stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[repr(u8)]
pub enum ChurnState {
    /// Within the usual time.
    Active,
    /// Silent for longer than usual.
    AtRisk,
    /// Silent for so long that they count as gone.
    Churned,
}

impl ChurnState {
    /// All states; a state's position here is its discriminant.
    pub const ALL: [Self; 3] = [Self::Active, Self::AtRisk, Self::Churned];

    /// The English name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::AtRisk => "at risk",
            Self::Churned => "churned",
        }
    }
}

/// One entry a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChurnStates {
    /// The state; `None` for a prospect.
    pub state: Vec<Option<ChurnState>>,
    /// Day on which the customer turns or turned at risk; without meaning for a prospect.
    pub at_risk_on: Vec<i32>,
    /// Day on which the customer will count or counts as churned; without meaning for a prospect.
    pub churned_on: Vec<i32>,
    /// Customers in each state, in the order of [`ChurnState::ALL`].
    pub counts: [u32; 3],
}

/// The state of every customer as of the day that `customers` was made for.
///
/// The window of `customers` does not matter: silence looks at all orders up to the as-of day.
/// Rule and limits: see [`ChurnPolicy`]. A customer turns on the very day of the deadline.
pub fn churn_states(customers: &Summaries, policy: ChurnPolicy) -> ChurnStates {
    let count = customers.len();
    let mut states = ChurnStates {
        state: Vec::with_capacity(count),
        at_risk_on: Vec::with_capacity(count),
        churned_on: Vec::with_capacity(count),
        counts: [0; 3],
    };
    for customer in 0..count {
        states.push(customers, customer, policy);
    }
    states
}

impl ChurnStates {
    /// A call a customer, for the reason told at `Summaries::push`.
    #[inline(never)]
    fn push(&mut self, customers: &Summaries, customer: usize, policy: ChurnPolicy) {
        let purchase_days = customers.purchase_days[customer];
        let (first, last) = (customers.first_day[customer], customers.last_day[customer]);
        let deadlines = policy.deadlines(purchase_days, last.abs_diff(first));
        let silence = customers.window.as_of.abs_diff(last);
        let state = if silence >= deadlines.churned {
            ChurnState::Churned
        } else if silence >= deadlines.at_risk {
            ChurnState::AtRisk
        } else {
            ChurnState::Active
        };
        let state = (purchase_days > 0).then_some(state);
        if let Some(state) = state {
            self.counts[state as usize] += 1;
        }
        self.state.push(state);
        self.at_risk_on.push(last.saturating_add_unsigned(deadlines.at_risk));
        self.churned_on.push(last.saturating_add_unsigned(deadlines.churned));
    }
}

/// The limits of the rule by a model.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ModelCuts {
    /// At risk below this probability of a purchase in the horizon.
    pub at_risk_below: f64,
    /// Churned below this one.
    pub churned_below: f64,
}

/// The states by a model: `p_purchase` is each customer's probability of at least one purchase in
/// the next horizon (not P(alive), which calls every one-time buyer safe).
///
/// `None` for prospects and where the model gives no number.
pub fn states_by_probability(
    customers: &Summaries,
    p_purchase: &[f64],
    cuts: ModelCuts,
) -> Vec<Option<ChurnState>> {
    let state = |p: f64| {
        if p < cuts.churned_below {
            ChurnState::Churned
        } else if p < cuts.at_risk_below {
            ChurnState::AtRisk
        } else {
            ChurnState::Active
        }
    };
    let known = |(days, p): (&u32, &f64)| (*days > 0 && !p.is_nan()).then(|| state(*p));
    customers.purchase_days.iter().zip(p_purchase).map(known).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ChurnRule, ChurnThresholds, Purchases, Window, summarise};

    fn store() -> ChurnPolicy {
        let thresholds = ChurnThresholds::chosen(90, 180).unwrap();
        ChurnPolicy { rule: ChurnRule::Store, thresholds, store_gap: None }
    }

    fn states_on(as_of: i32, days: &[i32], policy: ChurnPolicy) -> ChurnStates {
        let offsets = [0, days.len() as u32, days.len() as u32];
        let nets = vec![100; days.len()];
        let purchases = Purchases::new(&offsets, days, &nets).unwrap();
        churn_states(&summarise(purchases, Window { from: None, as_of }), policy)
    }

    #[test]
    fn a_customer_turns_on_the_very_day_of_the_deadline() {
        let [active, at_risk, churned] = ChurnState::ALL;
        for (as_of, expected) in
            [(10, active), (99, active), (100, at_risk), (189, at_risk), (190, churned)]
        {
            let states = states_on(as_of, &[3, 10, 400], store());
            assert_eq!(states.state, [Some(expected), None], "on day {as_of}");
            assert_eq!((states.at_risk_on[0], states.churned_on[0]), (100, 190));
            assert_eq!(states.counts.iter().sum::<u32>(), 1);
        }
    }

    #[test]
    fn three_weeks_are_long_for_a_weekly_buyer_and_nothing_for_a_yearly_one() {
        let policy = ChurnPolicy { rule: ChurnRule::Automatic, store_gap: Some(60.0), ..store() };
        let weekly: Vec<i32> = (0..30).map(|week| week * 7).collect();
        let yearly = [0, 365, 730];
        // ĝ = (120 + 203) ÷ 31 = 10.4 and (120 + 730) ÷ 4 = 212.5 days.
        assert_eq!(states_on(203 + 21, &weekly, policy).state[0], Some(ChurnState::AtRisk));
        assert_eq!(states_on(730 + 21, &yearly, policy).state[0], Some(ChurnState::Active));
    }

    #[test]
    fn the_model_rule_leaves_out_whom_it_knows_nothing_of() {
        let purchases = Purchases::new(&[0, 1, 2, 3, 4, 4], &[1; 4], &[1; 4]).unwrap();
        let customers = summarise(purchases, Window { from: None, as_of: 5 });
        let cuts = ModelCuts { at_risk_below: 0.5, churned_below: 0.2 };
        let states = states_by_probability(&customers, &[0.9, 0.5, 0.2, f64::NAN, 0.1], cuts);
        let [active, at_risk, _] = ChurnState::ALL.map(Some);
        assert_eq!(states, [active, active, at_risk, None, None]);
    }
}
