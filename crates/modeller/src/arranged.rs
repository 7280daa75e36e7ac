//! Customers in an order of their own, whatever that of the records is.

use analytics::Purchases;

/// The buyers up to a day, arranged by what they bought and when.
///
/// Sums of floats depend on their order in the last digits: so the same orders give the same figures
/// to the last digit, in whichever order files name the customers.
#[derive(Debug, Default)]
pub struct Arranged {
    /// Position of each on record.
    pub customer: Vec<u32>,
    offsets: Vec<u32>,
    day: Vec<i32>,
    net: Vec<i64>,
}

impl Arranged {
    /// Leaves out orders after `as_of`, and who has no other.
    pub fn new(purchases: Purchases<'_>, as_of: i32) -> Arranged {
        let mut buyers: Vec<(&[i32], &[i64], u32)> = (0..)
            .zip(purchases.customers_until(as_of))
            .filter(|(_, (days, _))| !days.is_empty())
            .map(|(customer, (days, nets))| (days, &nets[..days.len()], customer))
            .collect();
        buyers.sort_by(|a, b| a.0.cmp(b.0).then_with(|| a.1.cmp(b.1)));
        let orders = buyers.iter().map(|it| it.0.len()).sum();
        let mut arranged = Arranged {
            customer: Vec::with_capacity(buyers.len()),
            offsets: Vec::with_capacity(buyers.len() + 1),
            day: Vec::with_capacity(orders),
            net: Vec::with_capacity(orders),
        };
        arranged.offsets.push(0);
        for (days, nets, customer) in buyers {
            arranged.customer.push(customer);
            arranged.day.extend_from_slice(days);
            arranged.net.extend_from_slice(nets);
            arranged.offsets.push(arranged.day.len() as u32);
        }
        arranged
    }

    /// At most so many of them, spread evenly.
    #[must_use]
    pub fn sampled(purchases: Purchases<'_>, at_most: usize) -> Arranged {
        let step = purchases.customer_count().div_ceil(at_most.max(1)).max(1);
        let mut sampled = Arranged { offsets: vec![0], ..Arranged::default() };
        for (customer, (days, nets)) in (0..).zip(purchases.customers()).step_by(step) {
            sampled.customer.push(customer);
            sampled.day.extend_from_slice(days);
            sampled.net.extend_from_slice(nets);
            sampled.offsets.push(sampled.day.len() as u32);
        }
        sampled
    }

    /// The columns.
    pub fn purchases(&self) -> Purchases<'_> {
        // They fit together by construction.
        Purchases::new(&self.offsets, &self.day, &self.net).unwrap_or_default()
    }
}
