//! Customers by tenths of value, and what all of it is worth.

use crate::Codes;

/// The value of customers: the equity and its tenths.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Deciles {
    /// The tenth of each customer from 1, the most valuable, to 10; `None` without a value.
    pub decile: Vec<Option<u8>>,
    /// What each tenth adds up to, the most valuable first.
    pub tenths: Vec<Tenth>,
    /// Customer equity: the sum of all values, in the order of the customers.
    pub equity: f64,
}

/// A tenth of the customers.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Tenth {
    /// Customers: the same number in all tenths, give or take one.
    pub customers: u32,
    /// The sum of their values.
    pub value: f64,
    /// The least value.
    pub least: f64,
    /// The greatest value.
    pub greatest: f64,
}

/// Parts customers by a value such as the one of the next 12 months; `None`, and what is no number,
/// takes no part. Equal values are parted by position, since the tenths are to be of equal size.
pub fn deciles(values: &[Option<f64>]) -> Deciles {
    let known = |customer: usize| values[customer].filter(|value| value.is_finite());
    let mut order: Vec<(usize, f64)> =
        (0..values.len()).filter_map(|customer| Some((customer, known(customer)?))).collect();
    let equity = order.iter().map(|it| it.1).sum();
    tiny_sort::stable::sort_by(&mut order, |a, b| b.1.total_cmp(&a.1));
    let mut found = Deciles { decile: vec![None; values.len()], tenths: Vec::new(), equity };
    let n = order.len();
    for tenth in 0..10 {
        let members = &order[tenth * n / 10..(tenth + 1) * n / 10];
        for (customer, _) in members {
            found.decile[*customer] = Some(tenth as u8 + 1);
        }
        found.tenths.push(Tenth {
            customers: members.len() as u32,
            value: members.iter().map(|it| it.1).sum(),
            least: members.last().map_or(0.0, |it| it.1),
            greatest: members.first().map_or(0.0, |it| it.1),
        });
    }
    found
}

/// The equity of each label's customers, and at the end of those without one.
pub fn equity_by(values: &[Option<f64>], labels: Codes<'_>) -> Vec<f64> {
    let mut sums = vec![0.0; labels.labels() + 1];
    for (customer, value) in values.iter().enumerate() {
        if let Some(value) = value.filter(|value| value.is_finite()) {
            sums[labels.get(customer).unwrap_or(labels.labels())] += value;
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_best_tenth_comes_first() {
        let mut values: Vec<Option<f64>> = (1..=20).map(|value| Some(f64::from(value))).collect();
        values.extend([None, Some(f64::NAN)]);
        let found = deciles(&values);
        let best = Tenth { customers: 2, value: 39.0, least: 19.0, greatest: 20.0 };
        assert_eq!(found.tenths[0], best);
        assert_eq!(
            (found.decile[19], found.decile[0], found.decile[20]),
            (Some(1), Some(10), None)
        );
        assert_eq!(found.decile[21], None);
        assert_eq!(found.equity.to_bits(), 210.0_f64.to_bits());
        let by = equity_by(&values, Codes::new(&[0, 0, 1], 2));
        assert_eq!(format!("{by:?}"), "[3.0, 3.0, 204.0]");
        assert_eq!(deciles(&[]).tenths, [Tenth::default(); 10]);
    }

    proptest! {
        #[test]
        fn tenths_are_of_equal_size_and_sum_to_the_equity(
            values in prop::collection::vec(prop::option::of(-50..5_000_i32), 0..90),
        ) {
            let values: Vec<Option<f64>> = values.into_iter().map(|it| it.map(f64::from)).collect();
            let found = deciles(&values);
            let sizes = || found.tenths.iter().map(|it| it.customers);
            prop_assert!(sizes().max().unwrap() - sizes().min().unwrap() <= 1);
            prop_assert_eq!(sizes().sum::<u32>() as usize, values.iter().flatten().count());
            let sum: f64 = found.tenths.iter().map(|it| it.value).sum();
            prop_assert!((sum - found.equity).abs() < 1e-6);
            prop_assert!(found.tenths.iter().all(|it| it.least <= it.greatest));
        }
    }
}
