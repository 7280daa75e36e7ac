//! The list of all products. Money is in minor units of the view's currency.

use crate::ProductRow;
use model::{Currency, ShopDay};
use serde::{Deserialize, Serialize};

/// Every product that was ever on an order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProductsView {
    /// Of the data.
    pub revision: u64,
    /// The day that it holds for.
    pub as_of: ShopDay,
    /// Currency of all money here.
    pub currency: Currency,
    /// Those that most customers bought first; the first of them.
    pub products: Vec<ProductFigures>,
    /// How many there are in all.
    pub count: u32,
    /// Of how many purchases of them all it is expected that they fall in the next 30 days.
    pub due_next_30: u32,
    /// Net in the first 90 days of everybody who has reached that age, a customer.
    pub usual_first_90: Option<f64>,
}

/// A product in the list, with the figures of its page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProductFigures {
    /// As on the cross-sell screen.
    pub row: ProductRow,
    /// Amount of its lines in valid orders, before refunds.
    pub sales: i64,
    /// Paid orders with it, of any state that was paid.
    pub paid_orders: u32,
    /// Those of them of which anything was given back.
    pub returned_orders: u32,
    /// Customers whose first order had it and who have reached the age of 90 days.
    pub began_observed: u32,
    /// Their net in those days, a customer.
    pub first_90: Option<f64>,
    /// Customers for whom it will be due in the next 30 days.
    pub due_next_30: u32,
}

impl ProductFigures {
    /// Share of paid orders with it of which anything was given back.
    pub fn return_rate(&self) -> Option<f64> {
        (self.paid_orders > 0)
            .then(|| f64::from(self.returned_orders) / f64::from(self.paid_orders))
    }
}
