//! Segments: which are saved, whom their rules mean, and the shop of those customers alone.

mod book;
mod clusters;
mod columns;
mod evaluation;
mod gather;
mod limited;
mod profile;
mod texts;
mod views;

pub use book::{field_of, name_of_rule, stored};
pub use limited::Limited;

use columns::Columns;
use evaluation::Evaluation;

use model::ShopDay;

/// From where segments are looked at: what was found holds for no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standpoint {
    /// Of the data.
    pub revision: u64,
    /// Orders after it do not exist.
    pub as_of: ShopDay,
    /// The last day of answers and tickets.
    pub until: ShopDay,
    /// The customer-base models are at hand.
    pub models: bool,
}

/// What is known of segments.
#[derive(Debug, Default)]
pub struct SegmentShelf {
    /// What rules look at.
    columns: Columns,
    /// Whom rules mean that were asked for of late, the newest first.
    found: Vec<(Standpoint, String, Vec<u32>)>,
    /// The shop of the segment that was looked at last.
    limited: Option<(Standpoint, String, Box<Limited>)>,
}

/// So many lists of customers are kept.
const KEPT: usize = 4;

impl SegmentShelf {
    /// Whom a rule means, rising, if that has been found out.
    pub fn members(&self, at: Standpoint, rule: &str) -> Option<&[u32]> {
        let known = self.found.iter().find(|it| it.0 == at && it.1 == rule);
        known.map(|it| it.2.as_slice())
    }

    /// The shop of a segment alone, if it has been made.
    pub fn limited(&mut self, at: Standpoint, rule: &str) -> Option<&mut Limited> {
        let (of, own, limited) = self.limited.as_mut()?;
        (*of == at && own == rule).then_some(limited)
    }

    fn keep(&mut self, at: Standpoint, rule: String, members: Vec<u32>) {
        self.found.retain(|it| it.0 == at && it.1 != rule);
        self.found.insert(0, (at, rule, members));
        self.found.truncate(KEPT);
    }

    fn keep_limited(&mut self, at: Standpoint, rule: String, limited: Limited) {
        self.limited = Some((at, rule, Box::new(limited)));
    }

    /// The data are others: nothing of this holds any longer.
    pub fn clear(&mut self) {
        *self = SegmentShelf::default();
    }
}
