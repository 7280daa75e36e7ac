//! Loyalty: what customers do against what they say.

use crate::Summaries;

/// Behaviour by attitude (Dick & Basu 1994).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum LoyaltyType {
    /// Buys again and means it.
    Loyal,
    /// Buys again without being convinced: habit, not loyalty.
    Habit,
    /// Convinced, but seldom buys.
    Latent,
    /// Neither.
    NotLoyal,
}

/// What is known of a customer's attitude; `None` for what is not.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Attitude {
    /// The answer to "would you recommend us", 0 to 10.
    pub nps: Option<u8>,
    /// Mean of the customer's reviews, 1 to 5 stars.
    pub stars: Option<f64>,
    /// Customers whom the customer has brought.
    pub referrals: Option<u32>,
}

impl Attitude {
    /// The mean of what is known, each from 0 to 1; `None` if nothing is.
    ///
    /// Referrals count as 1 as soon as there is one, and only for who has one: not to have brought
    /// anybody is no sign of a bad opinion.
    pub fn index(self) -> Option<f64> {
        let nps = self.nps.filter(|nps| *nps <= 10).map(|nps| f64::from(nps) / 10.0);
        let stars = self.stars.filter(|stars| (1.0..=5.0).contains(stars));
        let stars = stars.map(|stars| (stars - 1.0) / 4.0);
        let referrals = self.referrals.filter(|count| *count > 0).map(|_| 1.0);
        let known = || [nps, stars, referrals].into_iter().flatten();
        let n = known().count();
        (n > 0).then(|| known().sum::<f64>() / n as f64)
    }
}

/// One entry a customer: four parts of behaviour and their mean, each from 0 to 1; 0 for a prospect.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Behaviour {
    /// Part of the buyers with fewer orders.
    pub repeat: Vec<f64>,
    /// Part of the time since the first order that is covered by the buying: 1 for who bought today,
    /// near 0 for who stopped long ago.
    pub regularity: Vec<f64>,
    /// Part of the buyers with fewer categories.
    pub breadth: Vec<f64>,
    /// Part of the buyers who came later.
    pub tenure: Vec<f64>,
    /// Mean of the four.
    pub index: Vec<f64>,
}

/// Where high begins.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LoyaltyCuts {
    /// For behaviour.
    pub behaviour: f64,
    /// For attitude.
    pub attitude: f64,
}

impl Default for LoyaltyCuts {
    /// The better half in behaviour; promoters (9 and 10 of 10) in attitude.
    fn default() -> Self {
        Self { behaviour: 0.5, attitude: 0.9 }
    }
}

/// The behaviour of every customer. `categories` is how many categories each has bought.
pub fn behaviour_index(customers: &Summaries, categories: &[u32]) -> Behaviour {
    let is_buyer = |customer: &usize| customers.purchase_days[*customer] > 0;
    let buyers: Vec<usize> = (0..customers.len()).filter(is_buyer).collect();
    let as_of = customers.window.as_of;
    let age = |customer: usize| as_of.abs_diff(customers.first_day[customer]);
    let span =
        |customer: usize| customers.last_day[customer].abs_diff(customers.first_day[customer]);
    let breadth = |customer: usize| categories.get(customer).copied().unwrap_or_default();
    let part_below = |value: &dyn Fn(usize) -> u32| {
        let mut sorted: Vec<u32> = buyers.iter().map(|customer| value(*customer)).collect();
        sorted.sort_unstable();
        let part = |own: u32| {
            sorted.partition_point(|other| *other < own) as f64 / sorted.len().max(1) as f64
        };
        spread(customers.len(), &buyers, |customer| part(value(customer)))
    };
    let mut behaviour = Behaviour {
        repeat: part_below(&|customer| customers.orders[customer]),
        regularity: spread(customers.len(), &buyers, |customer| {
            let days = f64::from(age(customer));
            if customers.purchase_days[customer] > 1 {
                f64::from(span(customer)) / days
            } else {
                0.0
            }
        }),
        breadth: part_below(&breadth),
        tenure: part_below(&age),
        index: Vec::new(),
    };
    let Behaviour { repeat, regularity, breadth, tenure, .. } = &behaviour;
    let sum = |customer: usize| {
        repeat[customer] + regularity[customer] + breadth[customer] + tenure[customer]
    };
    behaviour.index = (0..customers.len()).map(|customer| sum(customer) / 4.0).collect();
    behaviour
}

fn spread(count: usize, buyers: &[usize], value: impl Fn(usize) -> f64) -> Vec<f64> {
    let mut column = vec![0.0; count];
    for customer in buyers {
        column[*customer] = value(*customer);
    }
    column
}

/// The type of a customer by the two indices.
pub fn loyalty_type(behaviour: f64, attitude: f64, cuts: LoyaltyCuts) -> LoyaltyType {
    match (behaviour >= cuts.behaviour, attitude >= cuts.attitude) {
        (true, true) => LoyaltyType::Loyal,
        (true, false) => LoyaltyType::Habit,
        (false, true) => LoyaltyType::Latent,
        (false, false) => LoyaltyType::NotLoyal,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Purchases, Window, summarise};

    #[test]
    fn buying_often_and_not_recommending_is_habit() {
        let day = [0, 50, 100, 90, 95, 40];
        let purchases = Purchases::new(&[0, 3, 4, 5, 6, 6], &day, &[1; 6]).unwrap();
        let customers = summarise(purchases, Window { from: None, as_of: 100 });
        let behaviour = behaviour_index(&customers, &[3, 1, 1, 2, 0]);
        assert_eq!(behaviour.index[4].to_bits(), 0.0_f64.to_bits());
        // 3 of 4 have fewer orders, fewer categories, came later; all of the time is covered.
        assert!((behaviour.index[0] - (0.75 * 3.0 + 1.0) / 4.0).abs() < 1e-12);
        let of = |customer: usize, nps| {
            let attitude = Attitude { nps: Some(nps), ..Attitude::default() }.index().unwrap();
            loyalty_type(behaviour.index[customer], attitude, LoyaltyCuts::default())
        };
        assert_eq!([of(0, 3), of(0, 9)], [LoyaltyType::Habit, LoyaltyType::Loyal]);
        assert_eq!([of(1, 10), of(1, 8)], [LoyaltyType::Latent, LoyaltyType::NotLoyal]);
    }

    #[test]
    fn attitude_is_the_mean_of_what_is_known() {
        let of = |nps, stars, referrals| Attitude { nps, stars, referrals }.index();
        assert_eq!(of(None, None, None), None);
        assert_eq!(of(Some(5), Some(5.0), Some(0)), Some(0.75));
        assert_eq!(of(Some(5), None, Some(2)), Some(0.75));
        assert_eq!(of(Some(11), Some(f64::NAN), None), None);
    }
}
