//! Where every customer stands in the life with the shop, on a day.

use crate::shop::Shop;
use analytics::{
    ChurnPolicy, ChurnState, ChurnStates, ChurnThresholds, Stage, StageRules, Summaries,
    ThresholdBasis, Window, churn_states, stages, summarise,
};
use model::ShopDay;
use protocol::{ChurnRow, ChurnTotals, LifecycleChoice, LimitBasis, SilenceView, StageRow};

/// States of silence and stages, by the shop's choices.
#[derive(Debug)]
pub struct Life {
    /// Rule and limits of silence: chosen, else those that the gaps up to the day suggest.
    pub policy: ChurnPolicy,
    /// Where the stages begin.
    pub rules: StageRules,
    /// State and deadlines, one entry a customer.
    pub states: ChurnStates,
    /// One entry a customer; prospects are in acquisition.
    pub stages: Vec<Stage>,
}

impl Life {
    /// Judges everybody on the day of `customers`, which must be of all time.
    pub fn new(choice: LifecycleChoice, customers: &Summaries) -> Life {
        Life::by(Life::policy_of(choice, customers), choice, customers)
    }

    fn policy_of(choice: LifecycleChoice, customers: &Summaries) -> ChurnPolicy {
        let suggested = ChurnPolicy::of(customers, choice.rule);
        let chosen = choice
            .limits
            .and_then(|it| ChurnThresholds::chosen(it.at_risk().into(), it.churned().into()));
        ChurnPolicy { thresholds: chosen.unwrap_or(suggested.thresholds), ..suggested }
    }

    /// Judges everybody by a rule and limits that are known.
    fn by(policy: ChurnPolicy, choice: LifecycleChoice, customers: &Summaries) -> Life {
        let rules = StageRules {
            retention_from: choice.stages.retention_from().into(),
            loyalty_from: choice.stages.loyalty_from().into(),
        };
        let states = churn_states(customers, policy);
        Life { policy, rules, stages: stages(customers, &states, rules), states }
    }

    /// Everybody's stage on another day, by what that day knew; `None`: had not bought yet.
    /// `policy`: how silence is judged, where that does not follow from the orders of `shop`.
    pub fn stages_on(shop: &Shop, day: ShopDay, policy: Option<ChurnPolicy>) -> Vec<Option<Stage>> {
        let customers = Life::customers_on(shop, day);
        let policy = policy.unwrap_or_else(|| Life::policy_of(shop.lifecycle, &customers));
        Life::by(policy, shop.lifecycle, &customers).of_buyers()
    }

    /// How silence is judged on another day, by what that day knew.
    pub fn policy_on(shop: &Shop, day: ShopDay) -> ChurnPolicy {
        Life::policy_of(shop.lifecycle, &Life::customers_on(shop, day))
    }

    fn customers_on(shop: &Shop, day: ShopDay) -> Summaries {
        let window = Window { from: None, as_of: day.number() };
        summarise(shop.frame.purchases(), window)
    }

    /// Some customers alone, rising, judged as they are among all.
    pub fn limited(&self, members: &[u32]) -> Life {
        let of = |it: &u32| *it as usize;
        let states = &self.states;
        let state: Vec<_> = members.iter().map(|it| states.state[of(it)]).collect();
        let mut counts = [0; 3];
        state.iter().flatten().for_each(|it| counts[*it as usize] += 1);
        Life {
            policy: self.policy,
            rules: self.rules,
            states: ChurnStates {
                at_risk_on: members.iter().map(|it| states.at_risk_on[of(it)]).collect(),
                churned_on: members.iter().map(|it| states.churned_on[of(it)]).collect(),
                state,
                counts,
            },
            stages: members.iter().map(|it| self.stages[of(it)]).collect(),
        }
    }

    /// Everybody's stage; `None`: has not bought yet.
    pub fn of_buyers(&self) -> Vec<Option<Stage>> {
        let columns = self.stages.iter().zip(&self.states.state);
        columns.map(|(stage, state)| state.map(|_| *stage)).collect()
    }

    /// State of a customer; `None` without an order.
    pub fn state(&self, customer: usize) -> Option<ChurnState> {
        self.states.state.get(customer).copied().flatten()
    }

    /// The days on which a customer turns at risk and counts as churned; `None` without an order.
    pub fn deadlines(&self, customer: usize) -> Option<(ShopDay, ShopDay)> {
        self.state(customer)?;
        let day = |column: &[i32]| ShopDay::from_number(column[customer]);
        Some((day(&self.states.at_risk_on), day(&self.states.churned_on)))
    }

    /// Customers and net by stage. `net` has one entry a customer.
    pub fn stage_rows(&self, net: &[i64]) -> Vec<StageRow> {
        let mut rows = Stage::ALL.map(|stage| StageRow { stage, customers: 0, net: 0 });
        for (stage, net) in self.stages.iter().zip(net) {
            let row = &mut rows[*stage as usize];
            row.customers += 1;
            row.net = row.net.saturating_add(*net);
        }
        rows.to_vec()
    }

    /// Customers and net by state, and the limits. `net` has one entry a customer.
    pub fn churn_totals(&self, net: &[i64]) -> ChurnTotals {
        let mut rows = ChurnState::ALL.map(|state| ChurnRow { state, customers: 0, net: 0 });
        for (state, net) in self.states.state.iter().zip(net) {
            if let Some(state) = state {
                let row = &mut rows[*state as usize];
                row.customers += 1;
                row.net = row.net.saturating_add(*net);
            }
        }
        ChurnTotals { states: rows.to_vec(), limits: self.limits() }
    }

    /// The limits of silence and where they come from.
    pub fn limits(&self) -> SilenceView {
        let thresholds = self.policy.thresholds;
        SilenceView {
            at_risk_days: thresholds.at_risk(),
            churned_days: thresholds.churned(),
            basis: match thresholds.basis() {
                ThresholdBasis::Gaps(gaps) => LimitBasis::Gaps(gaps as u32),
                ThresholdBasis::TooFewGaps(gaps) => LimitBasis::TooFewGaps(gaps as u32),
                ThresholdBasis::Chosen => LimitBasis::Chosen,
            },
            store_gap_days: self.policy.store_gap,
        }
    }
}
