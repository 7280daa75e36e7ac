//! What customers who are longer with the shop spent at the same age: the value of those of whom no
//! model can say anything (formulas §6).

use analytics::Purchases;

/// A month of age in days: twelve of them are a year.
const MONTH: f64 = 365.0 / 12.0;
/// A month of which fewer customers are known in full says nothing.
const FEWEST_CUSTOMERS: u32 = 10;
/// How far value is looked at.
const MONTHS: usize = 12;
/// Discount a month (formulas §6).
const MONTHLY_DISCOUNT: f64 = 0.01;

/// Mean net of a customer in each month of age, after the day of the first order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EqualAge {
    /// In minor units; as many months as enough customers are known for.
    pub by_month: Vec<f64>,
}

impl EqualAge {
    /// Measures it on everybody whose month of age was over by `as_of`.
    pub fn measure(purchases: Purchases<'_>, as_of: i32) -> EqualAge {
        let mut months: Vec<(u32, f64)> = Vec::new();
        for (days, nets) in purchases.customers_until(as_of) {
            let Some(first) = days.first() else { continue };
            let whole = (f64::from(as_of.saturating_sub(*first)) / MONTH) as usize;
            if months.len() < whole {
                months.resize(whole, (0, 0.0));
            }
            for month in &mut months[..whole] {
                month.0 += 1;
            }
            for (day, net) in days.iter().zip(nets).filter(|(day, _)| *day > first) {
                if let Some(month) = months[..whole].get_mut(month_of(day - first)) {
                    month.1 += *net as f64;
                }
            }
        }
        let known = months.iter().take_while(|month| month.0 >= FEWEST_CUSTOMERS);
        EqualAge { by_month: known.map(|(customers, net)| net / f64::from(*customers)).collect() }
    }

    /// The discounted net of the next twelve months of a customer of that age in days; `None` where
    /// a year of age is not known. Months that nobody is old enough to tell are as the mean of the
    /// last twelve that are known: the oldest customers would be worth nothing otherwise.
    pub fn value(&self, age_days: i32) -> Option<f64> {
        let (_, last_year) =
            self.by_month.split_at_checked(self.by_month.len().checked_sub(MONTHS)?)?;
        let later = last_year.iter().sum::<f64>() / MONTHS as f64;
        let begins = (f64::from(age_days) / MONTH).ceil() as usize;
        let net = |month: usize| self.by_month.get(begins + month).copied().unwrap_or(later);
        let worth = |month: usize| (1.0 + MONTHLY_DISCOUNT).powi(-(month as i32 + 1));
        Some((0..MONTHS).map(|month| worth(month) * net(month)).sum())
    }
}

/// The month of age of a day after the first.
fn month_of(days: i32) -> usize {
    (f64::from(days - 1) / MONTH) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn value_is_what_others_spent_at_the_same_age() {
        // Ten who buy for 12.00 every 73 days of five years, and one of yesterday.
        let mut offsets = vec![0];
        let (mut day, mut net) = (Vec::new(), Vec::new());
        for _ in 0..10 {
            day.extend((0..=25).map(|n| n * 73));
            net.extend([1_200; 26]);
            offsets.push(day.len() as u32);
        }
        day.push(1_824);
        net.push(1_200);
        offsets.push(day.len() as u32);
        let purchases = Purchases::new(&offsets, &day, &net).unwrap();
        let curve = EqualAge::measure(purchases, 1_825);
        assert_eq!(curve.by_month.len(), 60);
        assert!((curve.by_month.iter().sum::<f64>() - 25.0 * 1_200.0).abs() < 1e-6);
        // Days 73, 146, 219, 292, 365 lie in the months 3, 5, 8, 10 and 12 of age.
        let worth = |month: i32| 1_200.0 * 1.01f64.powi(-month);
        let expected = [3, 5, 8, 10, 12].map(worth).iter().sum::<f64>();
        assert!((curve.value(0).unwrap() - expected).abs() < 1e-9);
        // Nobody is older by a year: 6,000 a year go on month by month.
        let later = (1..=12).map(|month| worth(month) / 1_200.0 * 500.0).sum::<f64>();
        assert!((curve.value(1_830).unwrap() - later).abs() < 1e-9);
        // Half of the year is known, with orders in its months 2, 4 and 6.
        let half = [2, 4, 6].map(worth).iter().sum::<f64>();
        let half = half + (7..=12).map(|month| worth(month) / 1_200.0 * 500.0).sum::<f64>();
        assert!((curve.value(1_642).unwrap() - half).abs() < 1e-9);
        assert_eq!(EqualAge::measure(purchases, 200).value(0), None, "no year is known");
    }
}
