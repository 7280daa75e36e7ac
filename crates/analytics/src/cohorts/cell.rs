//! The customers behind a cell.

use crate::{CohortRows, Periods, Purchases};

/// The customers of a row who have reached an age, by position.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CohortCell {
    /// Those with an order at that age.
    pub returned: Vec<u32>,
    /// Those without: whom to bring back.
    pub missing: Vec<u32>,
}

/// Who stands behind cell `(row, age)` of the table that [`cohorts`](crate::cohorts) makes of the
/// same arguments. Empty for a blank cell.
pub fn cohort_cell(
    purchases: Purchases<'_>,
    as_of: i32,
    periods: &Periods<'_>,
    rows: CohortRows<'_>,
    (row, age): (usize, usize),
) -> CohortCell {
    let finished = periods.finished(as_of);
    let mut cell = CohortCell::default();
    for (customer, (days, _)) in purchases.customers_until(as_of).enumerate() {
        let first_period = days.first().and_then(|first| periods.index(*first));
        let Some(first_period) = first_period else { continue };
        let period = first_period.saturating_add(age);
        if rows.of(customer, first_period) != Some(row) || period >= finished {
            continue;
        }
        let has_returned = days.iter().any(|day| periods.index(*day) == Some(period));
        let side = if has_returned { &mut cell.returned } else { &mut cell.missing };
        side.push(customer as u32);
    }
    cell
}
