//! RFM scores in five bands that never part equal values.

use crate::bands::{Bands, Steps, quintiles_down, quintiles_up};
use crate::monetary::RankedMonetary;
use crate::{Monetary, RankedSpend, RfmGroup, Summaries, Tally};

/// Below this many buyers a fifth of them is too few to say anything.
const ENOUGH_BUYERS: usize = 25;
/// Five bands need five values.
const ENOUGH_VALUES: usize = 5;

/// How to score.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct RfmOptions {
    /// What M measures.
    pub monetary: Monetary,
    /// Where the bands begin.
    pub cuts: Cuts,
}

/// Where the bands begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Cuts {
    /// Fifths of the buyers, each measure by itself.
    #[default]
    Quintiles,
    /// Given values.
    Fixed(FixedCuts),
}

/// Given cuts, each for the scores from one end to the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FixedCuts {
    /// The most days since the last order for the scores 5, 4, 3, 2.
    pub r: [u32; 4],
    /// The fewest orders for the scores 2, 3, 4, 5.
    pub f: [u32; 4],
    /// The least money in minor units for the scores 2, 3, 4, 5.
    pub m: [i64; 4],
}

impl FixedCuts {
    /// Cuts to begin with where quintiles do not work: a month, a quarter, half a year and a year;
    /// 2, 3, 5 and 10 orders; and 1, 2, 4 and 8 times the given amount in minor units (such as the
    /// average order value).
    pub fn proposal(amount: i64) -> Self {
        Self {
            r: [30, 90, 180, 365],
            f: [2, 3, 5, 10],
            m: [1, 2, 4, 8].map(|times| amount.saturating_mul(times)),
        }
    }
}

/// One of the three measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// R: days since the last order.
    Recency,
    /// F: orders in the window.
    Frequency,
    /// M: money in the window.
    Monetary,
}

/// Why quintiles say little here and fixed cuts are better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RfmWarning {
    /// Fewer than 25 customers bought in the window.
    TooFewBuyers {
        /// How many did.
        buyers: u32,
    },
    /// A measure has fewer than five different values, so some scores cannot occur.
    TooFewDistinct {
        /// The measure.
        measure: Measure,
        /// How many different values it has.
        distinct: u32,
    },
}

/// The value range of each score as it came out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RfmCuts {
    /// Days since the last order, for the scores 1 to 5.
    pub r: Bands<u32>,
    /// Orders in the window, for the scores 1 to 5.
    pub f: Bands<u32>,
    /// Money in minor units, for the scores 1 to 5.
    pub m: Bands<f64>,
}

/// Scores of 1 to 5 a customer; 0 for customers without an order in the window.
#[derive(Debug, Clone, PartialEq)]
pub struct Rfm {
    /// Recency scores.
    pub r: Vec<u8>,
    /// Frequency scores.
    pub f: Vec<u8>,
    /// Monetary scores.
    pub m: Vec<u8>,
    /// Groups; `None` if not scored.
    pub group: Vec<Option<RfmGroup>>,
    /// How many customers were scored.
    pub scored: u32,
    /// The value range of each score.
    pub cuts: RfmCuts,
    /// What speaks against quintiles; empty with fixed cuts.
    pub warnings: Vec<RfmWarning>,
}

impl Rfm {
    /// The group of a customer, `None` if not scored.
    pub fn group(&self, customer: usize) -> Option<RfmGroup> {
        self.group.get(customer).copied().flatten()
    }
}

/// Scores every customer with at least one order in the window.
///
/// `spend` must rank the very `orders` and `net` of `customers`.
///
/// F and M score 1 + ⌊5 · (customers with less) ÷ n⌋, R scores ⌈5 · (customers as long or longer
/// ago) ÷ n⌉. One-time buyers therefore have F = 1, and if all bought on one day all have R = 5.
pub fn score_rfm(customers: &Summaries, spend: &RankedSpend, options: &RfmOptions) -> Rfm {
    let ranks = Ranks {
        r: customers.window_recencies().flatten().collect(),
        f: customers.window_orders().flatten().collect(),
        m: RankedMonetary::new(options.monetary, customers, spend),
        n: customers.window_orders().flatten().count(),
    };
    let (steps, warnings) = match options.cuts {
        Cuts::Quintiles => (ranks.quintiles(), ranks.warnings()),
        Cuts::Fixed(cuts) => (RfmSteps::fixed(&cuts), Vec::new()),
    };
    let (r, r_bands) = steps.r.score_all(customers.window_recencies());
    let (f, f_bands) = steps.f.score_all(customers.window_orders());
    let (m, m_bands) = steps.m.score_all(options.monetary.values(customers));
    let cuts = RfmCuts { r: r_bands, f: f_bands, m: m_bands };
    let scores = r.iter().zip(&f).zip(&m);
    let group = scores.map(|((r, f), m)| RfmGroup::of(*r, *f, *m)).collect();
    Rfm { r, f, m, group, scored: ranks.n as u32, cuts, warnings }
}

struct RfmSteps {
    r: Steps<u32>,
    f: Steps<u32>,
    m: Steps<f64>,
}

impl RfmSteps {
    fn fixed(cuts: &FixedCuts) -> Self {
        Self {
            r: Steps::AtMost(cuts.r),
            f: Steps::AtLeast(cuts.f),
            m: Steps::AtLeast(cuts.m.map(|cut| cut as f64)),
        }
    }
}

/// The three measures of the scored customers, by rank.
struct Ranks<'a> {
    r: Tally,
    f: Tally,
    m: RankedMonetary<'a>,
    n: usize,
}

impl Ranks<'_> {
    fn quintiles(&self) -> RfmSteps {
        RfmSteps {
            r: quintiles_down(self.n, |rank| self.r.nth(rank)),
            f: quintiles_up(self.n, |rank| self.f.nth(rank)),
            m: quintiles_up(self.m.len(), |rank| self.m.nth(rank)),
        }
    }

    fn warnings(&self) -> Vec<RfmWarning> {
        let mut warnings = Vec::new();
        if self.n < ENOUGH_BUYERS {
            warnings.push(RfmWarning::TooFewBuyers { buyers: self.n as u32 });
        }
        let below = |distinct| (distinct < ENOUGH_VALUES).then_some(distinct);
        let distinct = [
            (Measure::Recency, below(self.r.distinct())),
            (Measure::Frequency, below(self.f.distinct())),
            (Measure::Monetary, self.m.distinct_below(ENOUGH_VALUES)),
        ];
        warnings.extend(distinct.into_iter().filter_map(|(measure, distinct)| {
            let distinct = distinct? as u32;
            Some(RfmWarning::TooFewDistinct { measure, distinct })
        }));
        warnings
    }
}
