//! The input of the models: how often, until when and over what time each customer bought.

use std::fmt;

use super::Clock;
use crate::Purchases;

/// What a customer did, as far as the models of timing look. Times are weeks (days ÷ 7).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct History {
    /// x: purchase days after the first.
    pub repeats: u32,
    /// `t_x`: from the first purchase to the last; 0 without repeats.
    pub last: f64,
    /// T: from the first purchase to the end of observation.
    pub age: f64,
}

/// Everybody who has bought, one entry a customer.
///
/// Several orders on one day are one purchase: timing knows days only.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CustomerBase {
    /// Position of the customer in the purchases.
    pub customer: Vec<u32>,
    /// What they did.
    pub history: Vec<History>,
    /// Σ ln of the times between consecutive purchases, over all customers: what tells regular from
    /// irregular buying. `None` if only summaries are known.
    pub ln_gaps: Option<f64>,
    /// Mean net of a repeat purchase day, in minor units; 0 without repeats.
    pub mean_spend: Vec<f64>,
}

impl CustomerBase {
    /// Summarises everybody whose first purchase is not after `as_of`, the end of observation.
    pub fn of(purchases: Purchases<'_>, as_of: i32, clock: &Clock) -> Self {
        let mut base = Self { ln_gaps: Some(0.0), ..Self::default() };
        for (customer, (days, nets)) in purchases.customers().enumerate() {
            base.push(customer as u32, days, nets, as_of, clock);
        }
        base
    }

    /// A call a customer, for the reason told at `Summaries::push`.
    #[inline(never)]
    fn push(&mut self, customer: u32, days: &[i32], nets: &[i64], as_of: i32, clock: &Clock) {
        let seen = days.partition_point(|day| *day <= as_of);
        let Some(first) = days[..seen].first().copied() else { return };
        let (mut repeats, mut before, mut ln_gaps, mut spend) = (0, first, 0.0, 0.0);
        for (day, net) in days[..seen].iter().zip(nets) {
            if *day > before {
                repeats += 1;
                ln_gaps += libm::log(clock.weeks(before, *day));
                before = *day;
            }
            if *day > first {
                spend += *net as f64;
            }
        }
        let (last, age) = (clock.weeks(first, before), clock.weeks(first, as_of));
        self.customer.push(customer);
        self.history.push(History { repeats, last, age });
        self.ln_gaps = self.ln_gaps.map(|sum| sum + ln_gaps);
        self.mean_spend.push(if repeats > 0 { spend / f64::from(repeats) } else { 0.0 });
    }

    /// A base from summaries that exist already, in any unit of time.
    ///
    /// Without the times between purchases only models that do not look at regularity (k = 1) can
    /// be fitted.
    pub fn from_histories(
        history: Vec<History>,
        mean_spend: Vec<f64>,
    ) -> Result<Self, MalformedHistory> {
        if history.len() != mean_spend.len() {
            let (histories, spends) = (history.len(), mean_spend.len());
            return Err(MalformedHistory::UnequalColumns { histories, spends });
        }
        let is_possible = |it: &History| {
            let ordered = 0.0 <= it.last && it.last <= it.age && it.age.is_finite();
            ordered && (it.repeats > 0) == (it.last > 0.0)
        };
        if let Some(customer) = history.iter().position(|it| !is_possible(it)) {
            return Err(MalformedHistory::Impossible { customer, history: history[customer] });
        }
        let customer = (0..history.len() as u32).collect();
        Ok(Self { customer, history, ln_gaps: None, mean_spend })
    }

    /// At most so many customers, spread evenly over the base: enough to estimate from.
    pub(crate) fn sampled(self, at_most: usize) -> Self {
        let step = self.len().div_ceil(at_most.max(1)).max(1);
        if step == 1 {
            return self;
        }
        Self {
            customer: self.customer.into_iter().step_by(step).collect(),
            history: self.history.into_iter().step_by(step).collect(),
            // Of the sample the gaps are not known apart; no parameter depends on them.
            ln_gaps: self.ln_gaps.map(|sum| sum / step as f64),
            mean_spend: self.mean_spend.into_iter().step_by(step).collect(),
        }
    }

    /// How many customers there are.
    pub fn len(&self) -> usize {
        self.history.len()
    }

    /// Whether nobody has bought anything.
    pub fn is_empty(&self) -> bool {
        self.history.is_empty()
    }

    /// How many bought on more than one day.
    pub fn repeat_buyers(&self) -> usize {
        self.history.iter().filter(|it| it.repeats > 0).count()
    }

    /// Repeat purchases of all customers.
    pub fn repeats(&self) -> u64 {
        self.history.iter().map(|it| u64::from(it.repeats)).sum()
    }

    /// What the customers of the base did after its end, up to and including day `until`.
    pub fn hold_out(&self, purchases: Purchases<'_>, as_of: i32, until: i32) -> HoldOut {
        let mut out = HoldOut::default();
        let mut own = self.customer.iter().copied().peekable();
        for (customer, (days, nets)) in purchases.customers().enumerate() {
            if own.next_if_eq(&(customer as u32)).is_some() {
                let begin = days.partition_point(|day| *day <= as_of);
                let end = days.partition_point(|day| *day <= until);
                let later = &days[begin..end.max(begin)];
                let repeated = later.windows(2).filter(|pair| pair[0] < pair[1]).count();
                out.purchases.push(if later.is_empty() { 0 } else { repeated as u32 + 1 });
                out.net.push(nets[begin..end.max(begin)].iter().map(|net| *net as f64).sum());
            }
        }
        out
    }
}

/// What customers did in the stretch that a model has not seen; one entry a customer of the base.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct HoldOut {
    /// Purchase days.
    pub purchases: Vec<u32>,
    /// Net of the orders, in minor units.
    pub net: Vec<f64>,
}

/// Why summaries are not a customer base.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum MalformedHistory {
    /// Every customer needs a history and a mean spend.
    UnequalColumns {
        /// Length of the history column.
        histories: usize,
        /// Length of the spend column.
        spends: usize,
    },
    /// Times must be finite with 0 ≤ `last` ≤ `age`, and `last` is 0 just where there are no
    /// repeats.
    Impossible {
        /// Position of the customer.
        customer: usize,
        /// What is said of them.
        history: History,
    },
}

impl fmt::Display for MalformedHistory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnequalColumns { histories, spends } => {
                write!(f, "{histories} histories but {spends} mean spends")
            }
            Self::Impossible { customer, history: History { repeats, last, age } } => write!(
                f,
                "customer {customer} has {repeats} repeats, the last after {last} of {age} weeks"
            ),
        }
    }
}

impl std::error::Error for MalformedHistory {}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two orders on day 0, one on day 7, two on day 28; one order; nothing; a later customer.
    fn purchases() -> Purchases<'static> {
        let (day, net): (&[i32], &[i64]) =
            (&[0, 0, 7, 28, 28, 5, 40], &[100, 50, 70, 20, 10, 900, 30]);
        Purchases::new(&[0, 5, 6, 6, 7], day, net).unwrap()
    }

    #[test]
    fn orders_of_a_day_are_one_purchase() {
        let base = CustomerBase::of(purchases(), 35, &Clock::plain());
        assert_eq!(base.customer, [0, 1]);
        assert_eq!(base.history[0], History { repeats: 2, last: 4.0, age: 5.0 });
        assert_eq!(base.history[1], History { repeats: 0, last: 0.0, age: 30.0 / 7.0 });
        assert_eq!(base.mean_spend, [50.0, 0.0]);
        assert!((base.ln_gaps.unwrap() - 3.0f64.ln()).abs() < 1e-15);
        assert_eq!((base.repeat_buyers(), base.repeats()), (1, 2));
    }

    #[test]
    fn what_comes_after_the_end_is_held_out() {
        let base = CustomerBase::of(purchases(), 6, &Clock::plain());
        assert_eq!(base.history[0].repeats, 0);
        let out = base.hold_out(purchases(), 6, 28);
        assert_eq!((out.purchases, out.net), (vec![2, 0], vec![100.0, 0.0]));
    }

    #[test]
    fn impossible_summaries_are_refused_with_the_fact() {
        let history = |repeats, last, age| History { repeats, last, age };
        let bad = [
            history(1, 0.0, 3.0),
            history(0, 1.0, 3.0),
            history(1, 4.0, 3.0),
            history(0, 0.0, -1.0),
            history(0, 0.0, f64::INFINITY),
            history(1, f64::NAN, 3.0),
        ];
        for wrong in bad {
            let all = vec![history(0, 0.0, 0.0), wrong];
            let refused = CustomerBase::from_histories(all, vec![0.0; 2]);
            assert!(matches!(refused, Err(MalformedHistory::Impossible { customer: 1, .. })));
        }
        let refused = CustomerBase::from_histories(vec![], vec![0.0]);
        assert_eq!(refused, Err(MalformedHistory::UnequalColumns { histories: 0, spends: 1 }));
    }
}
