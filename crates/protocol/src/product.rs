//! The product page. Money is in minor units of the view's currency.

use crate::{DueRow, ProductRow};
use model::{Currency, ShopDay};
use serde::{Deserialize, Serialize};

/// A product: how it sells, who buys it again, what goes with it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProductView {
    /// Of the data.
    pub revision: u64,
    /// The day that it holds for.
    pub as_of: ShopDay,
    /// Currency of all money here.
    pub currency: Currency,
    /// As in the list of the cross-sell screen.
    pub row: ProductRow,
    /// Amount of its lines in valid orders, before refunds.
    pub sales: i64,
    /// Pieces in valid orders, in thousandths.
    pub quantity_milli: i64,
    /// Customers who bought it on two days or more.
    pub repeat_buyers: u32,
    /// Paid orders with it, of any state that was paid.
    pub paid_orders: u32,
    /// Those of them of which anything was given back.
    pub returned_orders: u32,
    /// Days until it was bought again that a quarter, a half and three quarters of all do not exceed;
    /// `None`: never bought again.
    pub gap_quartiles: Option<[u32; 3]>,
    /// By month, oldest first; the last one perhaps unfinished.
    pub months: Vec<ProductMonth>,
    /// What customers bring who began with it, beside all others; at the ages that cohorts are
    /// compared at.
    pub first: Vec<FirstValue>,
    /// Customers whose first order had it.
    pub began: u32,
    /// What is bought with it in one order.
    pub with: Vec<Companion>,
    /// What its buyers buy later.
    pub next: Vec<Companion>,
    /// Days within which a later order counts.
    pub next_days: u32,
    /// Who is about to need it again, the earliest first; the first of them. Their products are the
    /// one of the page.
    pub due: Vec<DueRow>,
    /// How many there are in all.
    pub due_count: u32,
    /// Customers for whom it will be due in the next 30 days.
    pub due_next_30: u32,
}

impl ProductView {
    /// Share of paid orders with it of which anything was given back.
    pub fn return_rate(&self) -> Option<f64> {
        (self.paid_orders > 0)
            .then(|| f64::from(self.returned_orders) / f64::from(self.paid_orders))
    }
}

/// A month of a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductMonth {
    /// First day.
    pub start: ShopDay,
    /// Valid orders with it.
    pub orders: u32,
    /// Amount of its lines.
    pub sales: i64,
}

/// What customers bring in their first so many days.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct FirstValue {
    /// Age in days.
    pub days: u32,
    /// Customers who began with it and have reached the age.
    pub observed: u32,
    /// Their net, a customer, in minor units; `None`: nobody has reached it.
    pub net: Option<f64>,
    /// The net of a customer who began with something else.
    pub net_others: Option<f64>,
    /// Share of them with a second order.
    pub repeat_rate: Option<f64>,
}

/// A product that goes with another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Companion {
    /// What tells it apart.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Orders, or customers, with both.
    pub both: u32,
    /// Share with it of those with the product of the page.
    pub confidence: f64,
    /// How many times as often as by chance.
    pub lift: f64,
}
