//! The cohorts screen. Money is in minor units of the view's currency.

use crate::Lens;
use model::{Currency, ShopDay};
use serde::{Deserialize, Serialize};

/// Which cohorts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CohortQuery {
    /// As-of day.
    pub lens: Lens,
    /// How long an age is.
    pub period: CohortPeriod,
    /// What puts customers into one row.
    pub rows: CohortBy,
}

/// Calendar periods that cohorts are followed by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum CohortPeriod {
    /// From Monday.
    Week,
    /// Of the calendar.
    #[default]
    Month,
    /// Of the calendar.
    Quarter,
}

/// What puts customers into one row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum CohortBy {
    /// The period of the first order.
    #[default]
    FirstOrder,
    /// The first product of the first order.
    FirstProduct,
    /// Where the first order was placed.
    FirstChannel,
}

/// A row's name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum CohortKey {
    /// First day of the period of the first orders.
    Start(ShopDay),
    /// Product or channel.
    Label(String),
    /// All other products or channels together.
    Others,
}

/// Customers who began together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CohortRow {
    /// Who they are.
    pub key: CohortKey,
    /// How many.
    pub size: u32,
    /// By age: 0 is the period of the first order itself. Ends where no period is over any more.
    pub cells: Vec<CohortCell>,
}

/// A cohort at an age. Only customers count whose period of that age is over at the as-of day.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct CohortCell {
    /// Customers who have reached the age.
    pub observed: u32,
    /// Those of them with an order at the age.
    pub returned: u32,
    /// Their orders at the age.
    pub orders: u32,
    /// Their net at the age.
    pub net: i64,
    /// Their net up to the age.
    pub cumulative_net: i64,
    /// `returned ÷ observed`, 0 to 1.
    pub retention: f64,
}

/// A cohort after its first so many days, whenever they began.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct AgeCell {
    /// The first so many days, that of the first order among them.
    pub days: u32,
    /// Customers for whom they are over.
    pub observed: u32,
    /// Share of those with a second order within them; `None`: nobody has reached the age.
    pub repeat_rate: Option<f64>,
    /// Net within them, a customer, in minor units.
    pub net_per_customer: Option<f64>,
    /// Orders within them, a customer.
    pub orders_per_customer: Option<f64>,
}

/// The cohorts screen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CohortsView {
    /// Of the data.
    pub revision: u64,
    /// The day that it holds for.
    pub as_of: ShopDay,
    /// Currency of all money here.
    pub currency: Currency,
    /// How long an age is.
    pub period: CohortPeriod,
    /// What puts customers into one row.
    pub by: CohortBy,
    /// The rows with customers: by time, else the greatest first and all others last.
    pub rows: Vec<CohortRow>,
    /// Of each row what its customers did within equal ages.
    pub equal_ages: Vec<Vec<AgeCell>>,
    /// All rows together.
    pub average: Vec<CohortCell>,
    /// Buyers in no row: they began before the first, or what they began with is not known.
    pub left_out: u32,
    /// Whether orders have lines with products.
    pub has_products: bool,
    /// Whether orders say where they were placed.
    pub has_channels: bool,
}

/// A cell of a cohort table, as a filter of the customer list.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CohortFilter {
    /// How long an age is.
    pub period: CohortPeriod,
    /// The row, in the table by what its key tells.
    pub row: CohortKey,
    /// Whether a row with a label is by product or by channel.
    pub by: CohortBy,
    /// The age; 0 is the period of the first order.
    pub age: u32,
    /// Those with an order at the age, or those without: whom to bring back.
    pub returned: bool,
}
