//! The input: the items of every order.

use std::fmt;

/// Items of orders as columns.
///
/// Basket `b` holds the items `item[offsets[b]..offsets[b + 1]]`, in any order and as often as the
/// order has lines with them; an item counts once a basket. Where a function takes
/// [`Purchases`](crate::Purchases) too, basket `b` is order `b` of theirs; further baskets at the
/// end, those of orders whose customer is not known, belong to nobody.
#[derive(Debug, Clone, Copy)]
pub struct Baskets<'a> {
    offsets: &'a [u32],
    item: &'a [u32],
    day: &'a [i32],
    items: usize,
}

impl<'a> Baskets<'a> {
    /// Takes the columns after checking that they fit together.
    ///
    /// `offsets` has one entry more than there are baskets, `day` one a basket; items are numbered
    /// from 0 below `items`, and a line whose number is none of theirs is a line without an item.
    pub fn new(
        offsets: &'a [u32],
        item: &'a [u32],
        day: &'a [i32],
        items: usize,
    ) -> Result<Self, MalformedBaskets> {
        if offsets.len() != day.len() + 1 {
            let (offsets, days) = (offsets.len(), day.len());
            return Err(MalformedBaskets::UnequalColumns { offsets, days });
        }
        let (first, last) = (offsets[0], offsets[offsets.len() - 1]);
        if first != 0 || last as usize != item.len() {
            return Err(MalformedBaskets::OffsetsDoNotSpan { first, last, lines: item.len() });
        }
        if let Some(basket) = offsets.windows(2).position(|pair| pair[0] > pair[1]) {
            return Err(MalformedBaskets::FallingOffset { basket });
        }
        Ok(Self { offsets, item, day, items })
    }

    /// How many baskets, empty ones included.
    pub fn len(self) -> usize {
        self.day.len()
    }

    /// Whether there are no baskets.
    pub fn is_empty(self) -> bool {
        self.day.is_empty()
    }

    /// How many items there are, bought or not.
    pub fn items(self) -> usize {
        self.items
    }

    /// Day of a basket.
    ///
    /// # Panics
    ///
    /// If there is no such basket.
    #[inline]
    pub fn day(self, basket: usize) -> i32 {
        self.day[basket]
    }

    /// The items of a basket, as often as they stand there.
    ///
    /// # Panics
    ///
    /// If there is no such basket.
    #[inline]
    pub fn basket(self, basket: usize) -> impl Iterator<Item = u32> + Clone + 'a {
        let own = self.offsets[basket] as usize..self.offsets[basket + 1] as usize;
        let items = self.items;
        self.item[own].iter().copied().filter(move |item| (*item as usize) < items)
    }
}

/// Why columns are not a set of baskets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MalformedBaskets {
    /// There must be one offset more than there are days.
    UnequalColumns {
        /// Length of the offsets.
        offsets: usize,
        /// Length of the day column.
        days: usize,
    },
    /// The offsets must begin at 0 and end at the number of lines.
    OffsetsDoNotSpan {
        /// The first offset.
        first: u32,
        /// The last offset.
        last: u32,
        /// How many lines there are.
        lines: usize,
    },
    /// The lines of this basket would end before they begin.
    FallingOffset {
        /// Position of the basket.
        basket: usize,
    },
}

impl fmt::Display for MalformedBaskets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnequalColumns { offsets, days } => {
                write!(f, "{offsets} offsets for {days} baskets")
            }
            Self::OffsetsDoNotSpan { first, last, lines } => {
                write!(f, "offsets run from {first} to {last} over {lines} lines")
            }
            Self::FallingOffset { basket } => write!(f, "the offsets fall at basket {basket}"),
        }
    }
}

impl std::error::Error for MalformedBaskets {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_that_do_not_fit_are_refused_with_the_fact() {
        use MalformedBaskets::{FallingOffset, OffsetsDoNotSpan, UnequalColumns};
        type Case = (&'static [u32], &'static [u32], &'static [i32], MalformedBaskets);
        let cases: [Case; 4] = [
            (&[], &[], &[], UnequalColumns { offsets: 0, days: 0 }),
            (&[0, 1], &[4], &[1, 2], UnequalColumns { offsets: 2, days: 2 }),
            (&[0, 2], &[4], &[1], OffsetsDoNotSpan { first: 0, last: 2, lines: 1 }),
            (&[0, 1, 0, 1], &[4], &[1; 3], FallingOffset { basket: 1 }),
        ];
        for (offsets, item, day, expected) in cases {
            assert_eq!(Baskets::new(offsets, item, day, 9).map(|_| ()), Err(expected));
        }
    }

    #[test]
    fn lines_without_an_item_are_left_out() {
        let baskets = Baskets::new(&[0, 3, 3], &[2, 9, 0], &[1, 1], 3).unwrap();
        assert_eq!(baskets.basket(0).collect::<Vec<_>>(), [2, 0]);
        assert_eq!(baskets.basket(1).count(), 0);
    }
}
