//! Subjects with the days that they have waited.

use crate::Purchases;

/// One entry a subject.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Durations {
    /// Position of the customer.
    pub customer: Vec<u32>,
    /// Days until the purchase, or until the as-of day.
    pub days: Vec<u32>,
    /// Whether the purchase came; if not, the subject was still waiting on the as-of day.
    pub is_event: Vec<bool>,
}

impl Durations {
    /// How many subjects.
    pub fn len(&self) -> usize {
        self.days.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.days.is_empty()
    }

    fn push(&mut self, customer: usize, from: i32, next: Option<i32>, as_of: i32) {
        self.customer.push(customer as u32);
        self.days.push(next.unwrap_or(as_of).abs_diff(from));
        self.is_event.push(next.is_some());
    }
}

/// From the `nth` purchase day of each customer to the next: 1 for the way to the second purchase.
///
/// One row a customer who has so many purchase days up to the as-of day. Several orders of a day
/// are one purchase day.
pub fn next_purchase_durations(purchases: Purchases<'_>, as_of: i32, nth: u32) -> Durations {
    let mut durations = Durations::default();
    let Some(before) = nth.checked_sub(1) else { return durations };
    for (customer, (days, _)) in purchases.customers_until(as_of).enumerate() {
        let mut purchase_days = distinct(days).skip(before as usize);
        if let Some(from) = purchase_days.next() {
            durations.push(customer, from, purchase_days.next(), as_of);
        }
    }
    durations
}

/// From every purchase day to the next, one row a purchase day.
///
/// Frequent buyers have many rows here: for what becomes of a customer, look at
/// [`next_purchase_durations`].
pub fn all_gap_durations(purchases: Purchases<'_>, as_of: i32) -> Durations {
    let mut durations = Durations::default();
    for (customer, (days, _)) in purchases.customers_until(as_of).enumerate() {
        let mut purchase_days = distinct(days).peekable();
        while let Some(from) = purchase_days.next() {
            durations.push(customer, from, purchase_days.peek().copied(), as_of);
        }
    }
    durations
}

/// The different ones of days that do not fall.
fn distinct(days: &[i32]) -> impl Iterator<Item = i32> {
    days.chunk_by(|a, b| a == b).map(|same| same[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_purchase_day_waits_for_the_next() {
        let day = [1, 1, 5, 20, 7];
        let purchases = Purchases::new(&[0, 4, 5, 5], &day, &[1; 5]).unwrap();
        let rows = |it: Durations| -> Vec<(u32, u32, bool)> {
            let flags = it.days.into_iter().zip(it.is_event);
            it.customer.into_iter().zip(flags).map(|(c, (d, e))| (c, d, e)).collect()
        };
        let second = rows(next_purchase_durations(purchases, 10, 1));
        assert_eq!(second, [(0, 4, true), (1, 3, false)]);
        assert_eq!(rows(next_purchase_durations(purchases, 10, 2)), [(0, 5, false)]);
        assert_eq!(rows(next_purchase_durations(purchases, 10, 0)), []);
        let all = rows(all_gap_durations(purchases, 30));
        assert_eq!(all, [(0, 4, true), (0, 15, true), (0, 10, false), (1, 23, false)]);
    }
}
