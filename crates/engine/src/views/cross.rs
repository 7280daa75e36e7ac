//! Tables of two labels, of one day or of two.

use crate::computed::Computed;
use crate::labels::Labels;
use crate::shop::Shop;
use analytics::Codes;
use model::ShopDay;
use protocol::{CrossCell, CrossView, Label, LabelKind};

/// Customers by their label in `rows` and in `columns`, each of the customers of a day. `since`:
/// the rows' day, where it was asked for.
pub fn view(
    shop: &Shop,
    (before, rows_by): (&Computed, LabelKind),
    (computed, columns_by): (&Computed, LabelKind),
    since: Option<ShopDay>,
) -> CrossView {
    let rows = Side::new(Labels::of(shop, before, rows_by));
    let columns = Side::new(Labels::of(shop, computed, columns_by));
    let mut cells = vec![CrossCell::default(); rows.names.len() * columns.names.len()];
    let customers = rows.codes.iter().zip(&columns.codes).zip(&computed.summaries.net);
    for ((row, column), &net) in customers {
        let cell = &mut cells[rows.place(*row) * columns.names.len() + columns.place(*column)];
        *cell = cell.and(CrossCell { customers: 1, net });
    }
    CrossView {
        revision: shop.revision,
        as_of: computed.as_of,
        since,
        currency: shop.profile.currency,
        rows_by,
        columns_by,
        rows: rows.names,
        columns: columns.names,
        cells,
    }
}

/// One side of the table: the labels, after them a place for customers without one if there are any.
struct Side {
    names: Vec<Option<Label>>,
    codes: Vec<u32>,
}

impl Side {
    fn new(labels: Labels) -> Side {
        let Labels { names, codes } = labels;
        let has_none = codes.contains(&Codes::UNKNOWN);
        let names = names.into_iter().map(Some).chain(has_none.then_some(None)).collect();
        Side { names, codes }
    }

    fn place(&self, code: u32) -> usize {
        (code as usize).min(self.names.len() - 1)
    }
}
