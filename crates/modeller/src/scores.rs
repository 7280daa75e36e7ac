//! Columns of scores, one entry a customer on record.

use serde::{Deserialize, Serialize};

/// The horizons, in days, of the columns whose names begin with `active` and `expected`.
pub const HORIZONS: [u16; 2] = [90, 365];

/// What the models say of every customer on record, in the order of the records.
///
/// Not a number: not defined for the customer. Columns that are not defined for anybody are empty.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Scores {
    /// The chance not to have left for good: a detail, not a churn figure.
    pub p_alive: Vec<f64>,
    /// The chance of at least one purchase in each of [`HORIZONS`]: what is left of 1 is the risk.
    pub p_active: [Vec<f64>; 2],
    /// Expected purchases in each of [`HORIZONS`].
    pub expected: [Vec<f64>; 2],
    /// The net to expect of a purchase, in minor units.
    pub order_value: Vec<f64>,
    /// The net of the next twelve months, discounted, in minor units.
    pub value: Vec<f64>,
    /// The tenth by value, from 1, the most valuable, to 10.
    pub decile: Vec<f64>,
}

impl Scores {
    /// How many columns there are.
    pub const COLUMNS: usize = 8;

    /// All columns in a fixed order, for the way between two programs.
    pub fn columns(&self) -> [&Vec<f64>; Scores::COLUMNS] {
        let Scores { p_alive, p_active, expected, order_value, value, decile } = self;
        let ([a, b], [c, d]) = (p_active, expected);
        [p_alive, a, b, c, d, order_value, value, decile]
    }

    /// Puts [`Scores::columns`] together again.
    pub fn from_columns(columns: [Vec<f64>; Scores::COLUMNS]) -> Scores {
        let [p_alive, a, b, c, d, order_value, value, decile] = columns;
        Scores { p_alive, p_active: [a, b], expected: [c, d], order_value, value, decile }
    }
}

/// The entry of a customer; `None` where it is not defined.
pub fn entry(column: &[f64], customer: usize) -> Option<f64> {
    column.get(customer).copied().filter(|it| it.is_finite())
}
