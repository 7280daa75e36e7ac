//! Why customers leave, who is on the register of those who do, and whom to win back first. Money is
//! in minor units of the churn screen's currency.

use crate::ChurnState;
use model::{CustomerId, ShopDay};
use serde::{Deserialize, Serialize};

/// What customers may have met with before they left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CauseFactor {
    /// Their latest answer was dissatisfied.
    LowScore,
    /// A complaint followed the last order.
    Complaint,
    /// Something of the last order was given back.
    Refund,
    /// Trouble with the delivery: a ticket about it, or a low score for it.
    Delivery,
    /// The last order was at a discount.
    Discount,
    /// The first product of their first order.
    Product(String),
    /// Where their first order was placed.
    Channel(String),
}

/// A factor: how many of those who left met with it, and how many of those who stayed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CauseRow {
    /// Which.
    pub factor: CauseFactor,
    /// Of the churned: who met with it, of whom it is known whether they did.
    pub churned: (u32, u32),
    /// Likewise of the active.
    pub kept: (u32, u32),
    /// Share among the churned less share among the active.
    pub difference: f64,
    /// Its interval of 95 %.
    pub interval: (f64, f64),
    /// Churn rate of who met with it ÷ that of the others.
    pub relative_risk: Option<f64>,
    /// Probability of such a difference by chance, corrected for how many factors were looked at.
    pub adjusted_p: f64,
}

impl CauseRow {
    /// Whether it goes with leaving more surely than chance would have it.
    pub fn is_sure(&self) -> bool {
        self.adjusted_p < 0.05 && self.interval.0 > 0.0
    }
}

/// Why a customer is leaving or has left: as the data suggest, or as a person says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[repr(u8)]
pub enum ChurnReason {
    /// The latest answer was dissatisfied.
    LowScore,
    /// A complaint followed the last order.
    Complaint,
    /// Something of the last order was given back.
    Refund,
    /// Trouble with the delivery.
    Delivery,
    /// Too dear.
    Price,
    /// Not good enough.
    Quality,
    /// Buys elsewhere.
    Competitor,
    /// Does not need it any more.
    NoNeed,
    /// Something else.
    Other,
    /// Nothing is known.
    Unknown,
}

impl ChurnReason {
    /// All reasons; a reason's position here is its discriminant.
    pub const ALL: [ChurnReason; 10] = [
        ChurnReason::LowScore,
        ChurnReason::Complaint,
        ChurnReason::Refund,
        ChurnReason::Delivery,
        ChurnReason::Price,
        ChurnReason::Quality,
        ChurnReason::Competitor,
        ChurnReason::NoNeed,
        ChurnReason::Other,
        ChurnReason::Unknown,
    ];

    /// A stable name: in edits, addresses and files.
    pub const fn code(self) -> &'static str {
        match self {
            ChurnReason::LowScore => "low-score",
            ChurnReason::Complaint => "complaint",
            ChurnReason::Refund => "refund",
            ChurnReason::Delivery => "delivery",
            ChurnReason::Price => "price",
            ChurnReason::Quality => "quality",
            ChurnReason::Competitor => "competitor",
            ChurnReason::NoNeed => "no-need",
            ChurnReason::Other => "other",
            ChurnReason::Unknown => "unknown",
        }
    }

    /// The reason of a name.
    pub fn of_code(code: &str) -> Option<ChurnReason> {
        ChurnReason::ALL.into_iter().find(|it| it.code() == code)
    }
}

/// A reason and how many on the register have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReasonRow {
    /// Which.
    pub reason: ChurnReason,
    /// Customers.
    pub customers: u32,
    /// Their net so far.
    pub net: i64,
}

/// A customer on the register: at risk or churned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterRow {
    /// Who.
    pub id: CustomerId,
    /// What the customer is called.
    pub label: String,
    /// At risk or churned.
    pub state: ChurnState,
    /// The day on which the customer entered the state.
    pub entered: ShopDay,
    /// Why.
    pub reason: ChurnReason,
    /// What the data suggest, whatever a person says.
    pub probable: ChurnReason,
    /// Whether a person said so.
    pub is_manual: bool,
    /// The days on which a person contacted the customer since they turned at risk, oldest first: each
    /// is an attempt to win them back.
    pub contacted: Vec<ShopDay>,
    /// Who of the shop looks after the customer; empty: nobody.
    pub owner: String,
    /// Whether winning back is still tried.
    pub verdict: Verdict,
    /// Whether a person said so; else whoever has churned for another churn period is lost.
    pub is_verdict_manual: bool,
    /// Net so far.
    pub net: i64,
}

/// The register of those who are leaving or have left.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Register {
    /// How many there are.
    pub customers: u32,
    /// By net so far, greatest first; the first of them.
    pub rows: Vec<RegisterRow>,
    /// Their reasons, most frequent first: together as many as [`Self::customers`].
    pub reasons: Vec<ReasonRow>,
    /// How many of them are lost; winning back the others is still tried.
    pub lost: u32,
    /// Who looks after customers, by the alphabet, each once.
    pub owners: Vec<String>,
    /// Who is no longer on it, as they ordered after they were contacted: the newest first; the first of
    /// them.
    pub won_back: Vec<WonBackRow>,
    /// How many were won back in the last [`WON_BACK_DAYS`].
    pub won_back_customers: u32,
}

/// Whoever ordered again so many days ago or less counts as won back of late.
pub const WON_BACK_DAYS: u16 = 90;

/// Whether winning a customer back is still tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Verdict {
    /// Yes.
    Open,
    /// No: given up.
    Lost,
}

impl Verdict {
    /// Both.
    pub const ALL: [Verdict; 2] = [Verdict::Open, Verdict::Lost];

    /// A stable name: in edits and files.
    pub const fn code(self) -> &'static str {
        match self {
            Verdict::Open => "open",
            Verdict::Lost => "lost",
        }
    }

    /// The verdict of a name.
    pub fn of_code(code: &str) -> Option<Verdict> {
        Verdict::ALL.into_iter().find(|it| it.code() == code)
    }
}

/// A customer who was silent for too long, was contacted and ordered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WonBackRow {
    /// Who.
    pub id: CustomerId,
    /// What the customer is called.
    pub label: String,
    /// Who of the shop looks after the customer; empty: nobody.
    pub owner: String,
    /// The day of the last contact before the order.
    pub contacted: ShopDay,
    /// The day of the order.
    pub ordered: ShopDay,
    /// Net from that day on.
    pub net_since: i64,
}

/// Whom to win back first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum WinBackQueue {
    /// The models that it rests on are being fitted.
    Pending,
    /// There is no model of the shop's customers.
    NoModel,
    /// It is known.
    Ready {
        /// How many are in it.
        customers: u32,
        /// The greatest priority first; the first of them.
        rows: Vec<WinBackRow>,
    },
}

/// A customer to win back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WinBackRow {
    /// Who.
    pub id: CustomerId,
    /// What the customer is called.
    pub label: String,
    /// At risk or churned.
    pub state: ChurnState,
    /// The predicted value of the next twelve months, as the value screen has it.
    pub value: i64,
    /// Probability of no order in the next twelve months, in thousandths.
    pub loss_milli: u16,
    /// The product of the two.
    pub priority: i64,
}
