//! Orders stored by customer, as they are looked at.
//!
//! Files come in the order of time, figures are made customer by customer. A million orders scattered
//! over memory cost more to bring together at every start than to sort once, when they come in.

use crate::tables::Tables;
use model::NO_CUSTOMER;

impl Tables {
    /// Puts the orders of each customer together, oldest first; those without a customer come last.
    /// Numbers that can be are kept as numbers.
    /// The tables must have passed [`Tables::check`].
    pub fn cluster(&mut self) {
        self.orders.number.compact();
        let rows = self.clustered_rows();
        if rows.is_sorted() {
            return;
        }
        self.orders.reorder(&rows);
        self.lines.follow(&rows);
    }

    /// The rows of the orders by customer, then by time, then as they are.
    fn clustered_rows(&self) -> Vec<u32> {
        let (customer, at) = (&self.orders.customer, &self.orders.at);
        let nobody = self.customers.len();
        let group = |row: usize| match customer[row] {
            NO_CUSTOMER => nobody,
            known => known as usize,
        };
        let mut next = vec![0_u32; nobody + 2];
        for row in 0..customer.len() {
            next[group(row) + 1] += 1;
        }
        for group in 1..next.len() {
            next[group] += next[group - 1];
        }
        let mut rows = vec![0_u32; customer.len()];
        for row in 0..customer.len() {
            let slot = &mut next[group(row)];
            rows[*slot as usize] = row as u32;
            *slot += 1;
        }
        // Each group's beginning has moved to its end.
        let mut start = 0;
        for &end in &next[..=nobody] {
            let of_one = &mut rows[start..end as usize];
            if !of_one.is_sorted_by_key(|&row| at[row as usize]) {
                of_one.sort_by_key(|&row| at[row as usize]);
            }
            start = end as usize;
        }
        rows
    }
}
