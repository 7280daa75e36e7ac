//! Reports on a period: why net changed, and how much of it is regulars'. Money is in minor units of
//! the view's currency.

use crate::Period;
use model::{Currency, ShopDay};
use serde::{Deserialize, Serialize};

/// The reports of a period.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReportsView {
    /// Of the data.
    pub revision: u64,
    /// The day that it holds for.
    pub as_of: ShopDay,
    /// Currency of all money here.
    pub currency: Currency,
    /// What is reported on.
    pub period: Period,
    /// With what it is compared; `None`: with nothing.
    pub compared: Option<Period>,
    /// Day of the first valid order; `None`: there is none.
    pub first_order: Option<ShopDay>,
    /// Why net changed; `None`: there is nothing to compare with, or the orders begin later.
    pub bridge: Option<BridgeView>,
    /// New and repeat orders of the period.
    pub mix: Mix,
    /// The same of the compared period, if the orders reach back so far.
    pub mix_before: Option<Mix>,
    /// By month, those up to the as-of day's, oldest first; at most two years.
    pub months: Vec<MixMonth>,
}

/// Why net changed between two periods: the effects sum exactly to the difference.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct BridgeView {
    /// The compared period.
    pub before: BridgeSide,
    /// The period.
    pub after: BridgeSide,
    /// Of more or fewer buyers.
    pub buyers: i64,
    /// Of more or fewer orders per buyer.
    pub frequency: i64,
    /// Of a greater or smaller order value.
    pub order_value: i64,
    /// Of orders whose customer is not known.
    pub anonymous: i64,
    /// Of refunds that name no order.
    pub given_back: i64,
}

/// One end of a bridge.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct BridgeSide {
    /// Net of all refunds.
    pub net: i64,
    /// Customers with a valid order.
    pub buyers: u32,
    /// Valid orders of known customers per buyer.
    pub orders_per_buyer: Option<f64>,
    /// Net of known customers' orders per order.
    pub order_value: Option<f64>,
}

impl BridgeView {
    /// The effects together: the difference of both ends.
    pub const fn change(&self) -> i64 {
        self.after.net - self.before.net
    }
}

/// Orders by whether their customer had bought before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Mix {
    /// First valid orders.
    pub new: MixPart,
    /// All later orders.
    pub repeat: MixPart,
    /// Orders whose customer is not known.
    pub unknown: MixPart,
}

/// A part of the orders.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MixPart {
    /// Valid orders.
    pub orders: u32,
    /// Customers with one.
    pub customers: u32,
    /// Net of all refunds.
    pub net: i64,
}

impl Mix {
    /// Net of all parts.
    pub const fn net(&self) -> i64 {
        self.new.net + self.repeat.net + self.unknown.net
    }

    /// The relationship index: the repeat orders' share of the net whose customers are known, 0 to 1;
    /// `None` without such net.
    pub fn index(&self) -> Option<f64> {
        let known = self.new.net + self.repeat.net;
        (known > 0).then(|| self.repeat.net as f64 / known as f64)
    }
}

/// A calendar month.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct MixMonth {
    /// Its first day.
    pub start: ShopDay,
    /// Its orders.
    pub mix: Mix,
}
