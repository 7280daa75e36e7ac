//! What became of customers who began together: retention, orders and money by age.
//!
//! [`cohorts`] looks at calendar periods after the period of the first order, [`equal_ages`] at the
//! first so many days of every customer, [`cohort_cell`] at the people behind one cell.

mod cell;
mod equal_ages;
mod table;

use crate::{Codes, Periods};

pub use cell::{CohortCell, cohort_cell};
pub use equal_ages::{COHORT_DAYS, EqualAges, equal_ages};
pub use table::{CohortTable, cohorts};

/// What puts customers into one row.
#[derive(Debug, Clone, Copy)]
pub enum CohortRows<'a> {
    /// The period of their first order.
    FirstOrder,
    /// A label of each customer, mostly of the first order: product, channel, coupon.
    Label(Codes<'a>),
}

impl CohortRows<'_> {
    fn count(self, periods: &Periods<'_>) -> usize {
        match self {
            Self::FirstOrder => periods.len(),
            Self::Label(codes) => codes.labels(),
        }
    }

    #[inline]
    fn of(self, customer: usize, first_period: usize) -> Option<usize> {
        match self {
            Self::FirstOrder => Some(first_period),
            Self::Label(codes) => codes.get(customer),
        }
    }
}
