//! "Who buys A buys B": rules from frequent sets, and the figures that judge them.

use std::collections::HashMap;

use crate::{Baskets, Itemsets, Window};

/// How often both sides of a rule occurred: everything else follows.
///
/// All four are at least 1. The unit is the basket, or the customer in rules about what is bought
/// later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RuleCounts {
    /// With both sides.
    pub both: u32,
    /// With the left side.
    pub lhs: u32,
    /// With the right side.
    pub rhs: u32,
    /// All.
    pub all: u32,
}

impl RuleCounts {
    /// P(A ∩ B).
    pub fn support(self) -> f64 {
        f64::from(self.both) / f64::from(self.all)
    }

    /// P(B | A), as a share of the orders with A also the attach rate.
    pub fn confidence(self) -> f64 {
        f64::from(self.both) / f64::from(self.lhs)
    }

    /// Confidence ÷ P(B): above 1 if A and B attract each other.
    pub fn lift(self) -> f64 {
        f64::from(self.both) * f64::from(self.all) / (f64::from(self.lhs) * f64::from(self.rhs))
    }

    /// P(A ∩ B) − P(A) · P(B).
    pub fn leverage(self) -> f64 {
        let all = f64::from(self.all);
        self.support() - f64::from(self.lhs) / all * (f64::from(self.rhs) / all)
    }

    /// (1 − P(B)) ÷ (1 − confidence); `None` for a rule without exception, where it is infinite.
    pub fn conviction(self) -> Option<f64> {
        let exceptions = 1.0 - self.confidence();
        let others = 1.0 - f64::from(self.rhs) / f64::from(self.all);
        (self.both < self.lhs).then(|| others / exceptions)
    }
}

/// A rule: baskets with all of `lhs` tend to hold all of `rhs`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Items of the left side, rising.
    pub lhs: Vec<u32>,
    /// Items of the right side, rising.
    pub rhs: Vec<u32>,
    /// What the rule rests on.
    pub counts: RuleCounts,
}

/// How many items may stand on the right side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Consequents {
    /// One, as people read rules.
    #[default]
    One,
    /// Any number.
    Any,
}

/// Makes rules of frequent sets, the greatest lift first; equal ones by count, then by items.
///
/// With [`Consequents::Any`] only sets of up to 16 items are parted.
pub fn rules(sets: &Itemsets, min_confidence: f64, consequents: Consequents) -> Vec<Rule> {
    let counts: HashMap<&[u32], u32> = sets.iter().collect();
    let mut rules = Vec::new();
    for (items, both) in sets.iter().filter(|(items, _)| items.len() > 1) {
        let mut consider = |rhs: Vec<u32>, lhs: Vec<u32>| {
            // Every part of a frequent set is frequent, unless sets that long were not asked for.
            let (Some(n_lhs), Some(n_rhs)) = (counts.get(&lhs[..]), counts.get(&rhs[..])) else {
                return;
            };
            let counts = RuleCounts { both, lhs: *n_lhs, rhs: *n_rhs, all: sets.baskets };
            if counts.confidence() >= min_confidence {
                rules.push(Rule { lhs, rhs, counts });
            }
        };
        match consequents {
            Consequents::One => {
                for item in items {
                    let (rhs, lhs) = items.iter().partition(|it| *it == item);
                    consider(rhs, lhs);
                }
            }
            Consequents::Any if items.len() <= 16 => {
                for mask in 1..(1_u32 << items.len()) - 1 {
                    consider(chosen(items, mask), chosen(items, !mask));
                }
            }
            Consequents::Any => {}
        }
    }
    sort_by_lift(&mut rules);
    rules
}

fn chosen(items: &[u32], mask: u32) -> Vec<u32> {
    (0..).zip(items).filter(|(at, _)| mask >> at & 1 == 1).map(|(_, item)| *item).collect()
}

fn sort_by_lift(rules: &mut [Rule]) {
    tiny_sort::stable::sort_by(rules, |a, b| {
        let by_lift = b.counts.lift().total_cmp(&a.counts.lift());
        by_lift
            .then(b.counts.both.cmp(&a.counts.both))
            .then_with(|| (&a.lhs, &a.rhs).cmp(&(&b.lhs, &b.rhs)))
    });
}

/// Two items that are bought together: an edge of the product graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AffinityEdge {
    /// The two items, the smaller number first.
    pub items: [u32; 2],
    /// What it rests on: `lhs` is the first item. Lift and leverage are the same both ways.
    pub counts: RuleCounts,
}

/// The frequent pairs that attract each other (lift above 1), the greatest leverage first: those
/// that explain most orders.
pub fn affinity_edges(sets: &Itemsets) -> Vec<AffinityEdge> {
    let singles: HashMap<u32, u32> = sets
        .iter()
        .filter_map(|(items, count)| match items {
            [item] => Some((*item, count)),
            _ => None,
        })
        .collect();
    let mut edges: Vec<AffinityEdge> = sets
        .iter()
        .filter_map(|(items, both)| {
            let [a, b] = *items else { return None };
            let (lhs, rhs) = (*singles.get(&a)?, *singles.get(&b)?);
            let counts = RuleCounts { both, lhs, rhs, all: sets.baskets };
            (counts.lift() > 1.0).then_some(AffinityEdge { items: [a, b], counts })
        })
        .collect();
    tiny_sort::stable::sort_by(&mut edges, |a, b| {
        b.counts.leverage().total_cmp(&a.counts.leverage()).then(a.items.cmp(&b.items))
    });
    edges
}

/// Attach rates of pairs, item and attached: baskets of the window with both ÷ baskets with the item,
/// however rare. One pass for all of them.
///
/// `None` if no basket holds the item.
pub fn attach_rates(baskets: Baskets<'_>, window: Window, pairs: &[[u32; 2]]) -> Vec<Option<f64>> {
    let mut of_item: HashMap<u32, Vec<usize>> = HashMap::new();
    for (at, [item, _]) in pairs.iter().enumerate() {
        of_item.entry(*item).or_default().push(at);
    }
    let mut counts = vec![(0_u32, 0_u32); pairs.len()];
    let mut own: Vec<u32> = Vec::new();
    for basket in (0..baskets.len()).filter(|basket| window.contains(baskets.day(*basket))) {
        own.clear();
        own.extend(baskets.basket(basket));
        own.sort_unstable();
        own.dedup();
        for at in own.iter().filter_map(|item| of_item.get(item)).flatten() {
            let (with, both) = &mut counts[*at];
            *with += 1;
            *both += u32::from(own.binary_search(&pairs[*at][1]).is_ok());
        }
    }
    let rate = |(with, both): (u32, u32)| (with > 0).then(|| f64::from(both) / f64::from(with));
    counts.into_iter().map(rate).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ItemsetOptions, frequent_itemsets};

    const ALL: Window = Window { from: None, as_of: i32::MAX };

    #[test]
    fn figures_as_in_the_definition() {
        let counts = RuleCounts { both: 3, lhs: 4, rhs: 5, all: 10 };
        assert_eq!((counts.support(), counts.confidence(), counts.lift()), (0.30, 0.75, 1.5));
        assert!((counts.leverage() - 0.10).abs() < 1e-15);
        assert_eq!(counts.conviction(), Some(2.0));
        assert_eq!(RuleCounts { both: 4, ..counts }.conviction(), None);
    }

    #[test]
    fn ten_orders_give_the_rule_of_the_definition() {
        // A is item 0, in 4 orders; B is item 1, in 5; both in 3. Item 2 fills up.
        let orders: [&[u32]; 10] =
            [&[0, 1], &[0, 1], &[1, 0], &[0], &[1], &[1], &[2], &[2], &[2], &[2]];
        let mut offsets = vec![0];
        offsets.extend(orders.iter().scan(0, |sum, order| {
            *sum += order.len() as u32;
            Some(*sum)
        }));
        let item = orders.concat();
        let baskets = Baskets::new(&offsets, &item, &[0; 10], 3).unwrap();
        let options = ItemsetOptions { min_count: 3, ..ItemsetOptions::default() };
        let sets = frequent_itemsets(baskets, ALL, &options).unwrap();
        let found = rules(&sets, 0.7, Consequents::One);
        let counts = RuleCounts { both: 3, lhs: 4, rhs: 5, all: 10 };
        assert_eq!(found, [Rule { lhs: vec![0], rhs: vec![1], counts }]);
        assert_eq!(affinity_edges(&sets), [AffinityEdge { items: [0, 1], counts }]);
        let pairs = [[0, 1], [1, 0], [9, 1], [0, 2]];
        assert_eq!(attach_rates(baskets, ALL, &pairs), [Some(0.75), Some(0.6), None, Some(0.0)]);
        // Three baskets are too few to show a rule.
        let few = frequent_itemsets(baskets, ALL, &ItemsetOptions::default()).unwrap();
        assert_eq!(rules(&few, 0.0, Consequents::One), []);
    }
}
