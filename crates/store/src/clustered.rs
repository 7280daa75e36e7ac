//! Orders stored by customer, as they are looked at.
//!
//! Files come in the order of time, figures are made customer by customer. A million orders scattered
//! over memory cost more to bring together at every start than to sort once, when they come in.

use crate::tables::Tables;
use model::{BLOCK_ROWS, NO_CUSTOMER};

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
        let (customers, at) = (&self.orders.customer, &self.orders.at);
        let nobody = self.customers.len();
        let mut next = vec![0_u32; nobody + 2];
        for block in customers.chunks(BLOCK_ROWS) {
            count(block, &mut next[1..]);
        }
        for group in 1..next.len() {
            next[group] += next[group - 1];
        }
        let mut rows = vec![0_u32; customers.len()];
        for (block, from) in customers.chunks(BLOCK_ROWS).zip((0_u32..).step_by(BLOCK_ROWS)) {
            place(block, from, &mut next, &mut rows);
        }
        // Each group's beginning has moved to its end.
        let mut start = 0;
        for &end in &next[..=nobody] {
            let of_one = &mut rows[start..end as usize];
            if !of_one.is_sorted_by_key(|&row| at[row as usize]) {
                tiny_sort::stable::sort_by_key(of_one, |&row| at[row as usize]);
            }
            start = end as usize;
        }
        rows
    }
}

/// Where a customer's orders are counted: those of nobody after the last customer's.
fn group(customer: u32, groups: usize) -> usize {
    if customer == NO_CUSTOMER { groups - 1 } else { customer as usize }
}

/// Counts the orders of each group.
#[inline(never)]
fn count(customers: &[u32], counts: &mut [u32]) {
    for &customer in customers {
        counts[group(customer, counts.len())] += 1;
    }
}

/// Puts the rows of these customers' orders, of which the first is `from`, where their groups go on.
#[inline(never)]
fn place(customers: &[u32], from: u32, next: &mut [u32], rows: &mut [u32]) {
    let groups = next.len() - 1;
    for (row, &customer) in (from..).zip(customers) {
        let slot = &mut next[group(customer, groups)];
        rows[*slot as usize] = row;
        *slot += 1;
    }
}
