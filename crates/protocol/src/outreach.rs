//! Whom to turn to today, one customer after the other. Money is in minor units of the view's
//! currency.

use crate::ActKind;
use model::{Currency, CustomerId, ShopDay};
use serde::{Deserialize, Serialize};

/// Whom to turn to, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutreachView {
    /// Of the data.
    pub revision: u64,
    /// The day that it holds for.
    pub as_of: ShopDay,
    /// Currency of all money here.
    pub currency: Currency,
    /// How many customers there are to turn to.
    pub customers: u32,
    /// How many more there would be, were they not put off.
    pub put_off: u32,
    /// Greatest priority first; the first of them.
    pub rows: Vec<OutreachRow>,
    /// How many are done with or put off as for one reason or more, some of them being named for
    /// another.
    pub away: u32,
    /// Who they are, the soonest back first; the first of them.
    pub away_rows: Vec<AwayRow>,
}

/// A customer who is left alone for a while.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AwayRow {
    /// Who.
    pub id: CustomerId,
    /// What the customer is called.
    pub label: String,
    /// For what there would be reasons; never empty.
    pub kinds: Vec<ActKind>,
    /// The day on which the customer is back, unless something new comes of them before.
    pub back: ShopDay,
}

/// A customer to turn to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutreachRow {
    /// Who.
    pub id: CustomerId,
    /// What the customer is called.
    pub label: String,
    /// How to address the customer; empty: no name is known.
    pub name: String,
    /// Why, the weightiest first; never empty.
    pub kinds: Vec<ActKind>,
    /// Net so far.
    pub value: i64,
    /// How much it hurries, 0 to 100: 100 for who waits for an answer, else the silence as a part of
    /// that after which the customer counts as churned.
    pub urgency_percent: u8,
    /// Days since the last order.
    pub silent_days: Option<u32>,
    /// The day of the last contact.
    pub contacted: Option<ShopDay>,
    /// The product that is about to be used up; empty: none.
    pub product: String,
    /// How to reach the customer.
    pub reach: Reach,
}

/// How a customer can be reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reach {
    /// There, an address that was refused left out; at least one of them is not empty.
    At {
        /// E-mail address; empty: none.
        email: String,
        /// Telephone; empty: none.
        phone: String,
    },
    /// No address is known.
    NoAddress,
    /// The customer does not want to be written to at any that is known.
    Refused,
    /// The shop does not want to write.
    Blocked,
}
