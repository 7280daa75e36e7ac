//! Which kind of customer buys what: traits by items or categories.

use crate::intervals::{Proportion, TwoProportions, two_proportions};
use crate::{Bought, Codes};

/// A cell that rests on fewer customers is marked.
pub const FEW_CUSTOMERS: u32 = 5;

/// Customers by trait and by what they bought.
///
/// Only customers whose trait is known and who bought anything take part. The cell of a trait and an
/// item stands at `trait · items + item`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TraitAffinity {
    /// Customers with each trait.
    pub with_trait: Vec<u32>,
    /// Customers who bought each item.
    pub buyers: Vec<u32>,
    /// Customers with the trait who bought the item.
    pub both: Vec<u32>,
    /// All who take part.
    pub customers: u32,
}

/// A cell worth telling: a trait that goes with an item.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Affinity {
    /// The trait.
    pub label: usize,
    /// The item.
    pub item: usize,
    /// Customers with both.
    pub n: u32,
    /// Share of buyers among those with the trait ÷ share of buyers among all.
    pub lift: f64,
    /// Whether fewer than [`FEW_CUSTOMERS`] have both.
    pub is_small: bool,
}

/// Counts the customers of every trait who bought each item.
///
/// `bought` may be by products or by categories, whichever its baskets were made of.
pub fn trait_affinity(traits: Codes<'_>, bought: &Bought) -> TraitAffinity {
    let items = bought.buyers.len();
    let mut table = TraitAffinity {
        with_trait: vec![0; traits.labels()],
        buyers: vec![0; items],
        both: vec![0; traits.labels() * items],
        customers: 0,
    };
    for customer in 0..bought.len().min(traits.len()) {
        let own = bought.items_of(customer);
        if let Some(label) = traits.get(customer).filter(|_| !own.is_empty()) {
            table.customers += 1;
            table.with_trait[label] += 1;
            for item in own {
                table.buyers[*item as usize] += 1;
                table.both[label * items + *item as usize] += 1;
            }
        }
    }
    table
}

impl TraitAffinity {
    /// Customers with both; 0 for what there is not.
    pub fn count(&self, label: usize, item: usize) -> u32 {
        let is_cell = item < self.buyers.len();
        self.both.get(label * self.buyers.len() + item).copied().filter(|_| is_cell).unwrap_or(0)
    }

    /// The share of buyers among customers with the trait.
    pub fn share(&self, label: usize, item: usize) -> Option<f64> {
        let with_trait = *self.with_trait.get(label)?;
        (with_trait > 0).then(|| f64::from(self.count(label, item)) / f64::from(with_trait))
    }

    /// That share ÷ the share of buyers among all; `None` without customers or buyers.
    pub fn lift(&self, label: usize, item: usize) -> Option<f64> {
        let buyers = *self.buyers.get(item)?;
        let overall = f64::from(buyers) / f64::from(self.customers);
        (buyers > 0).then_some(self.share(label, item)? / overall)
    }

    /// The share with the trait against the share without it, with its interval.
    pub fn against_others(&self, label: usize, item: usize) -> Option<TwoProportions> {
        let (with_trait, buyers) = (*self.with_trait.get(label)?, *self.buyers.get(item)?);
        let both = self.count(label, item);
        let of = |successes, trials| Proportion {
            successes: u64::from(successes),
            trials: u64::from(trials),
        };
        two_proportions(of(both, with_trait), of(buyers - both, self.customers - with_trait))
    }

    /// What customers with the trait buy more than others (lift above 1), the greatest lift first,
    /// cells of few customers after all others.
    pub fn likely_items(&self, label: usize) -> Vec<Affinity> {
        let cells = (0..self.buyers.len()).filter_map(|item| {
            let (n, lift) = (self.count(label, item), self.lift(label, item)?);
            let is_small = n < FEW_CUSTOMERS;
            (lift > 1.0).then_some(Affinity { label, item, n, lift, is_small })
        });
        let mut cells: Vec<Affinity> = cells.collect();
        tiny_sort::stable::sort_by(&mut cells, |a, b| {
            a.is_small.cmp(&b.is_small).then(b.lift.total_cmp(&a.lift))
        });
        cells
    }

    /// Untapped markets: traits that go with an item (at least `min_lift`, not small), though most
    /// of those with the trait do not buy it yet (share at most `max_share`); by how many do not.
    pub fn white_space(&self, min_lift: f64, max_share: f64) -> Vec<Affinity> {
        let untapped = |it: &Affinity| self.with_trait[it.label] - it.n;
        let all = (0..self.with_trait.len()).flat_map(|label| self.likely_items(label));
        let mut cells: Vec<Affinity> = all
            .filter(|it| !it.is_small && it.lift >= min_lift)
            .filter(|it| self.share(it.label, it.item).is_some_and(|share| share <= max_share))
            .collect();
        tiny_sort::stable::sort_by_key(&mut cells, |it| std::cmp::Reverse(untapped(it)));
        cells
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bought columns from the items of each customer.
    fn have(customers: &[&[u32]], items: usize) -> Bought {
        let mut have = Bought {
            offsets: vec![0],
            item: customers.concat(),
            days: vec![],
            first_day: vec![],
            last_day: vec![],
            buyers: vec![0; items],
            customers: customers.len() as u32,
        };
        for own in customers {
            have.offsets.push(have.offsets[have.offsets.len() - 1] + own.len() as u32);
        }
        have
    }

    /// Ten of trait 0 of whom six buy item 0; twenty of trait 1 of whom none does; two unknown.
    fn table() -> TraitAffinity {
        let mut own: Vec<&[u32]> = vec![&[0]; 6];
        own.extend(vec![&[1][..]; 4 + 20]);
        own.extend([&[0][..], &[]]);
        let mut codes = [vec![0; 10], vec![1; 20]].concat();
        codes.extend([Codes::UNKNOWN, 0]);
        trait_affinity(Codes::new(&codes, 3), &have(&own, 3))
    }

    #[test]
    fn lift_is_the_share_of_the_trait_by_the_share_of_all() {
        let table = table();
        assert_eq!((table.customers, &table.with_trait[..]), (30, &[10, 20, 0][..]));
        // 6 of 10 against 6 of 30.
        assert!((table.lift(0, 0).unwrap() - 3.0).abs() < 1e-12);
        assert_eq!(table.lift(1, 0), Some(0.0));
        assert_eq!((table.lift(2, 0), table.lift(0, 2), table.lift(0, 9)), (None, None, None));
        assert!(table.against_others(0, 0).unwrap().interval.low > 0.25);
        let likely = table.likely_items(0);
        assert_eq!((likely.len(), likely[0].item, likely[0].is_small), (1, 0, false));
        assert_eq!(table.likely_items(1).iter().map(|it| it.item).collect::<Vec<_>>(), [1]);
    }

    #[test]
    fn untapped_markets_are_liked_and_not_yet_bought_by_most() {
        let table = table();
        assert_eq!(table.white_space(2.0, 0.7).len(), 1);
        assert_eq!(table.white_space(2.0, 0.5), []);
        assert_eq!(table.white_space(3.5, 1.0), []);
    }
}
