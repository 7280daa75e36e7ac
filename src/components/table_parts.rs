//! What a long table is told: its columns, its order, the rows at hand.

/// A column of a long table.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Names it in [`Sort`].
    pub key: &'static str,
    /// Its header.
    pub label: String,
    /// It holds numbers: right-aligned, largest first.
    pub numeric: bool,
    /// Its header sorts.
    pub sortable: bool,
    /// Where it stands on the cards of a narrow window.
    pub card: CardPlace,
    /// How wide the table must be to show it.
    pub from: TableWidth,
    /// Its width as a grid track: `minmax(160px, 2fr)`.
    pub width: &'static str,
}

/// Where a column stands on a card; the first is always the title.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum CardPlace {
    /// In the line below the title.
    #[default]
    Detail,
    /// Beside the title.
    Figure,
    /// Nowhere.
    LeftOut,
}

/// How wide a table is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum TableWidth {
    /// Any width.
    #[default]
    Narrow,
    /// 760 px and more.
    Medium,
    /// 1010 px and more.
    Wide,
    /// 1200 px and more. The style sheet has the same numbers.
    Full,
}

impl Column {
    /// A column of text that cannot be sorted and takes its share of the width.
    pub fn new(key: &'static str, label: impl Into<String>) -> Column {
        let width = "minmax(120px, 1fr)";
        Column {
            key,
            label: label.into(),
            numeric: false,
            sortable: false,
            card: CardPlace::Detail,
            from: TableWidth::Narrow,
            width,
        }
    }

    /// The same column with numbers.
    #[must_use]
    pub fn numeric(self) -> Column {
        Column { numeric: true, width: "minmax(80px, 0.7fr)", ..self }
    }

    /// The same column with a header that sorts.
    #[must_use]
    pub fn sortable(self) -> Column {
        Column { sortable: true, ..self }
    }

    /// The same column, left out of a narrow window.
    #[must_use]
    pub fn hide_small(self) -> Column {
        Column { card: CardPlace::LeftOut, ..self }
    }

    /// The same column, beside the title on a card.
    #[must_use]
    pub fn figure(self) -> Column {
        Column { card: CardPlace::Figure, ..self }
    }

    /// The same column, left out of a table that is not so wide.
    #[must_use]
    pub fn from(self, from: TableWidth) -> Column {
        Column { from, ..self }
    }

    /// The same column, so wide.
    #[must_use]
    pub fn width(self, width: &'static str) -> Column {
        Column { width, ..self }
    }
}

/// The order of a table's rows.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Sort {
    /// The column's key; empty for the natural order.
    pub key: String,
    /// Largest first.
    pub descending: bool,
}

impl Sort {
    /// The order after the header of `column` was pressed: the same column turns round, another
    /// starts with its largest numbers or its first letters.
    #[must_use]
    pub fn pressed(&self, column: &Column) -> Sort {
        let same = self.key == column.key;
        let descending = if same { !self.descending } else { column.numeric };
        Sort { key: column.key.to_owned(), descending }
    }

    /// The value of a header's `aria-sort`.
    pub fn aria(&self, column: &Column) -> Option<&'static str> {
        if !column.sortable {
            return None;
        }
        Some(match (self.key == column.key, self.descending) {
            (false, _) => "none",
            (true, false) => "ascending",
            (true, true) => "descending",
        })
    }
}

/// The rows at hand: a window of all rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Loaded<R> {
    /// The index of the first of `rows` among all rows.
    pub first_row: usize,
    /// The rows, in order.
    pub rows: Vec<R>,
}

impl<R> Default for Loaded<R> {
    fn default() -> Loaded<R> {
        Loaded { first_row: 0, rows: Vec::new() }
    }
}

impl<R> Loaded<R> {
    /// The row at an index among all rows; `None` if it is not at hand.
    pub fn row(&self, index: usize) -> Option<&R> {
        self.rows.get(index.checked_sub(self.first_row)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pressing_a_header_turns_its_order_or_starts_another() {
        let name = Column::new("name", "Customer").sortable();
        let spent = Column::new("spent", "Spent").numeric().sortable();
        let first = Sort::default().pressed(&spent);
        assert_eq!(first, Sort { key: "spent".to_owned(), descending: true });
        assert_eq!(first.aria(&spent), Some("descending"));
        assert_eq!(first.aria(&name), Some("none"));
        assert!(!first.pressed(&spent).descending);
        assert!(!first.pressed(&name).descending);
        assert_eq!(first.aria(&Column::new("note", "Note")), None);
    }

    #[test]
    fn a_row_is_found_by_its_place_among_all_rows() {
        let loaded = Loaded { first_row: 100, rows: vec!["a", "b"] };
        let found: Vec<_> = [99, 100, 101, 102].map(|it| loaded.row(it).copied()).to_vec();
        assert_eq!(found, [None, Some("a"), Some("b"), None]);
    }
}
