//! The churn screen. Money is in minor units of the view's currency.

use crate::{CauseRow, ChurnState, Lens, LifecycleChoice, Register, WinBackQueue};
use model::{Currency, CustomerId, ShopDay};
use serde::{Deserialize, Serialize};

/// What the churn screen looks at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ChurnQuery {
    /// As-of day.
    pub lens: Lens,
    /// Which groups' waiting is compared.
    pub groups: WaitingBy,
}

/// Groups whose waiting for the next purchase is compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum WaitingBy {
    /// Everybody together.
    #[default]
    Nothing,
    /// Whether the first order's net reaches the median of all first orders.
    FirstSpend,
    /// The year of the first order.
    FirstYear,
    /// Where the first order was placed.
    FirstChannel,
    /// The first product of the first order.
    FirstProduct,
}

/// States and what they are worth: part of the analysis.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ChurnTotals {
    /// The three states, in their order.
    pub states: Vec<ChurnRow>,
    /// The limits of silence.
    pub limits: SilenceView,
}

impl ChurnTotals {
    /// A state's row.
    pub fn of(&self, state: ChurnState) -> Option<&ChurnRow> {
        self.states.iter().find(|row| row.state == state)
    }

    /// Value at risk: net so far of the customers at risk.
    pub fn value_at_risk(&self) -> i64 {
        self.of(ChurnState::AtRisk).map_or(0, |row| row.net)
    }
}

/// A state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChurnRow {
    /// Which.
    pub state: ChurnState,
    /// How many customers.
    pub customers: u32,
    /// Their net so far.
    pub net: i64,
}

/// The store's limits of silence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SilenceView {
    /// Days of silence on which a customer turns at risk.
    pub at_risk_days: u32,
    /// Days of silence on which a customer counts as churned.
    pub churned_days: u32,
    /// Where the two come from.
    pub basis: LimitBasis,
    /// Median days between two purchase days; `None` without any gap.
    pub store_gap_days: Option<f64>,
}

/// Where the limits of silence come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LimitBasis {
    /// The 40th and the 80th percentile of so many gaps between purchases.
    Gaps(u32),
    /// 90 and 180 days, since there are only so many gaps.
    TooFewGaps(u32),
    /// The shop chose them.
    Chosen,
}

impl Default for LimitBasis {
    fn default() -> Self {
        LimitBasis::TooFewGaps(0)
    }
}

/// The churn screen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChurnView {
    /// Of the data.
    pub revision: u64,
    /// The day that it holds for.
    pub as_of: ShopDay,
    /// Currency of all money here.
    pub currency: Currency,
    /// By which rules.
    pub choice: LifecycleChoice,
    /// States, money and limits, as in the analysis.
    pub totals: ChurnTotals,
    /// Who is slipping away, as the first screen has it, and their net so far.
    pub slipping: (u32, i64),
    /// Customers who are judged by their own rhythm.
    pub own_rhythm: u32,
    /// Months, oldest first, the last one perhaps unfinished.
    pub months: Vec<ChurnMonth>,
    /// Customers at risk, by net so far, greatest first; the first of them.
    pub warnings: Vec<EarlyWarning>,
    /// What those who left have more often met with than those who stayed, the surest first.
    pub causes: Vec<CauseRow>,
    /// Those who are leaving or have left, and why.
    pub register: Register,
    /// Whom of them to win back first.
    pub win_back: WinBackQueue,
    /// The way to the second purchase, the third, the fourth, and of all purchases to the next.
    pub waiting: Vec<Waiting>,
    /// Which groups are compared on the way to the second purchase.
    pub groups: WaitingBy,
}

/// Who left and who came back in a month. Rates are `None` where the month is not over or nobody
/// could leave or come back.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChurnMonth {
    /// First day.
    pub start: ShopDay,
    /// Customers who had bought and not churned when it began.
    pub active_at_start: u32,
    /// Those of them whose churn day falls in it.
    pub churned: u32,
    /// `churned ÷ active_at_start`.
    pub churn_rate: Option<f64>,
    /// Customers who had churned when it began.
    pub churned_at_start: u32,
    /// Those of them who ordered in it.
    pub won_back: u32,
    /// `won_back ÷ churned_at_start`.
    pub win_back_rate: Option<f64>,
}

/// A customer who is silent for longer than usual, with the reason.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EarlyWarning {
    /// Who.
    pub id: CustomerId,
    /// What the customer is called.
    pub label: String,
    /// Days since the last order.
    pub silent_days: u32,
    /// Days of silence from which on that is late.
    pub at_risk_days: u32,
    /// The limit follows the customer's own rhythm, not the store's.
    pub own_rhythm: bool,
    /// The day since which the customer is at risk.
    pub since: ShopDay,
    /// The day on which the customer will count as churned.
    pub churns_on: ShopDay,
    /// Valid orders.
    pub orders: u32,
    /// Net so far.
    pub net: i64,
}

/// How long people wait until they buy again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Waiting {
    /// Until what.
    pub until: NextPurchase,
    /// Everybody, then the groups if any are compared.
    pub curves: Vec<WaitingCurve>,
    /// Whether the groups wait differently; `None`: nothing is compared, or it cannot be told.
    pub comparison: Option<LogRankView>,
}

/// What is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NextPurchase {
    /// The second purchase day, after the first.
    Second,
    /// The third, after the second.
    Third,
    /// The fourth, after the third.
    Fourth,
    /// From every purchase day to the next.
    Any,
}

/// The Kaplan–Meier curve of a group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WaitingCurve {
    /// Who waits.
    pub group: WaitingGroup,
    /// Subjects: customers, or purchase days where every one waits.
    pub subjects: u32,
    /// Those whose purchase came.
    pub events: u32,
    /// Days after which half have bought; `None`: it has not come to that.
    pub median_days: Option<u32>,
    /// Steps of the curve, thinned for drawing; each holds from its day on.
    pub points: Vec<WaitingPoint>,
}

/// Who waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum WaitingGroup {
    /// Everybody.
    All,
    /// First order below the median, in minor units.
    SpentLess(i64),
    /// First order at the median or above, in minor units.
    SpentMore(i64),
    /// First order in this year.
    Year(i32),
    /// First order with this product, or placed there.
    Label(String),
    /// All other products or channels.
    Others,
}

/// A step of the curve.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct WaitingPoint {
    /// Days waited.
    pub days: u32,
    /// Share still waiting after that day, 0 to 1.
    pub waiting: f64,
    /// Its band of 95 %.
    pub low: f64,
    /// Its band of 95 %.
    pub high: f64,
}

/// The log-rank test between the groups.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct LogRankView {
    /// The statistic.
    pub chi_square: f64,
    /// Groups that can be told apart, less one.
    pub degrees: u32,
    /// Probability of a statistic at least as great if all wait alike.
    pub p_value: f64,
}
