//! A label a customer, as a number.

/// One label for each customer: first product, channel, region, whatever the caller numbers.
///
/// Labels are numbered from 0; any number that is no label's means "not known", for instance
/// [`UNKNOWN`](Self::UNKNOWN).
#[derive(Debug, Clone, Copy)]
pub struct Codes<'a> {
    code: &'a [u32],
    labels: usize,
}

impl<'a> Codes<'a> {
    /// The code of a customer without a label.
    pub const UNKNOWN: u32 = u32::MAX;

    /// `labels` is how many labels there are, used or not.
    pub fn new(code: &'a [u32], labels: usize) -> Self {
        Self { code, labels }
    }

    /// How many labels there are.
    pub fn labels(self) -> usize {
        self.labels
    }

    /// How many customers the column holds.
    pub fn len(self) -> usize {
        self.code.len()
    }

    /// Whether the column holds nobody.
    pub fn is_empty(self) -> bool {
        self.code.is_empty()
    }

    /// The label of a customer, `None` where it is not known.
    #[inline]
    pub fn get(self, customer: usize) -> Option<usize> {
        let label = *self.code.get(customer)? as usize;
        (label < self.labels).then_some(label)
    }

    /// The labels of all customers in turn.
    pub fn iter(self) -> impl Iterator<Item = Option<usize>> + 'a {
        (0..self.code.len()).map(move |customer| self.get(customer))
    }
}
