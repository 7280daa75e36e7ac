//! From one label to another: moves between two days, and cross-tables of any two labels.

/// Customers by two labels.
///
/// The last row and the last column are those of customers without the label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Migration {
    rows: usize,
    columns: usize,
    cells: Vec<u32>,
}

/// Counts customers by their label before (rows) and after (columns), or any two labels.
///
/// Both columns have one entry a customer, `None` where there is no label; a number that is no
/// label's counts as none.
///
/// ```
/// use analytics::{RfmGroup, migration};
///
/// let before = [Some(RfmGroup::Champions), Some(RfmGroup::Champions), None];
/// let after = [Some(RfmGroup::Champions), Some(RfmGroup::AtRisk), Some(RfmGroup::Recent)];
/// let code = |group: &Option<RfmGroup>| group.map(|group| group as usize);
/// let moves = migration(before.iter().map(code), after.iter().map(code), 11, 11);
/// let (champions, at_risk) = (RfmGroup::Champions as usize, RfmGroup::AtRisk as usize);
/// assert_eq!(moves.count(Some(champions), Some(at_risk)), 1);
/// assert_eq!(moves.row_total(None), 1);
/// ```
pub fn migration(
    before: impl Iterator<Item = Option<usize>>,
    after: impl Iterator<Item = Option<usize>>,
    rows: usize,
    columns: usize,
) -> Migration {
    let mut table = Migration { rows, columns, cells: vec![0; (rows + 1) * (columns + 1)] };
    for (row, column) in before.zip(after) {
        let cell = table.cell(row, column);
        table.cells[cell] += 1;
    }
    table
}

/// The customers of a cell of [`migration`], by position: the names behind an arrow.
pub fn migrants(
    before: impl Iterator<Item = Option<usize>>,
    after: impl Iterator<Item = Option<usize>>,
    cell: (Option<usize>, Option<usize>),
) -> Vec<u32> {
    let both = before.zip(after).enumerate();
    both.filter(|(_, labels)| *labels == cell).map(|(customer, _)| customer as u32).collect()
}

impl Migration {
    fn cell(&self, row: Option<usize>, column: Option<usize>) -> usize {
        let or_none = |label: Option<usize>, labels: usize| label.unwrap_or(labels).min(labels);
        or_none(row, self.rows) * (self.columns + 1) + or_none(column, self.columns)
    }

    /// Customers with both labels.
    pub fn count(&self, row: Option<usize>, column: Option<usize>) -> u32 {
        self.cells[self.cell(row, column)]
    }

    /// Customers of a row.
    pub fn row_total(&self, row: Option<usize>) -> u32 {
        let first = self.cell(row, Some(0).filter(|_| self.columns > 0));
        self.cells[first..=first + self.columns].iter().sum()
    }

    /// Customers of a column.
    pub fn column_total(&self, column: Option<usize>) -> u32 {
        let first = self.cell(Some(0).filter(|_| self.rows > 0), column);
        self.cells.iter().skip(first).step_by(self.columns + 1).sum()
    }

    /// All customers.
    pub fn total(&self) -> u32 {
        self.cells.iter().sum()
    }

    /// Customers of the cell ÷ customers of its row.
    pub fn row_share(&self, row: Option<usize>, column: Option<usize>) -> Option<f64> {
        let total = self.row_total(row);
        (total > 0).then(|| f64::from(self.count(row, column)) / f64::from(total))
    }

    /// Customers whose two labels are the same: meant for two days' labels of one kind.
    pub fn stayed(&self) -> u32 {
        (0..self.rows.min(self.columns)).map(|label| self.count(Some(label), Some(label))).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_customer_is_in_one_cell() {
        let before = [Some(0), Some(0), Some(1), None, Some(9)];
        let after = [Some(0), Some(2), Some(2), Some(1), None];
        let table = migration(before.into_iter(), after.into_iter(), 2, 3);
        assert_eq!(table.count(Some(0), Some(2)), 1);
        assert_eq!([Some(0), Some(1), None].map(|row| table.row_total(row)), [2, 1, 2]);
        let columns = [Some(0), Some(1), Some(2), None].map(|it| table.column_total(it));
        assert_eq!(columns, [1, 1, 2, 1]);
        assert_eq!((table.total(), table.stayed()), (5, 1));
        assert_eq!(table.row_share(Some(0), Some(2)), Some(0.5));
        let names = migrants(before.into_iter(), after.into_iter(), (Some(1), Some(2)));
        assert_eq!(names, [2]);
        let nobody = migration([].into_iter(), [].into_iter(), 0, 0);
        assert_eq!((nobody.row_total(None), nobody.row_share(None, None)), (0, None));
    }

    proptest! {
        #[test]
        fn rows_and_columns_sum_to_the_customers(
            labels in prop::collection::vec(
                (prop::option::of(0..4_usize), prop::option::of(0..3_usize)), 0..50),
        ) {
            let before = labels.iter().map(|it| it.0);
            let after = labels.iter().map(|it| it.1);
            let table = migration(before.clone(), after.clone(), 4, 3);
            let rows = (0..4).map(Some).chain([None]);
            let columns = (0..3).map(Some).chain([None]);
            let n = labels.len() as u32;
            prop_assert_eq!(rows.clone().map(|row| table.row_total(row)).sum::<u32>(), n);
            prop_assert_eq!(columns.clone().map(|it| table.column_total(it)).sum::<u32>(), n);
            for row in rows {
                for column in columns.clone() {
                    let names = migrants(before.clone(), after.clone(), (row, column));
                    prop_assert_eq!(names.len() as u32, table.count(row, column));
                }
            }
        }
    }
}
