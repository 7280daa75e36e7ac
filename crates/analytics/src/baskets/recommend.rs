//! What to offer a customer next, and why.

use super::replenish::due_day;
use crate::{Bought, Codes, Replenishment, Rule};

/// What is known of the items, one entry each.
#[derive(Debug, Clone, Copy)]
pub struct Shelf<'a> {
    /// Whether the item can be bought now.
    pub is_available: &'a [bool],
    /// Whether one needs it again: only such an item is offered to who has it.
    pub is_consumable: &'a [bool],
    /// Its category.
    pub category: Codes<'a>,
}

/// Why an item is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The customer has the left side of this rule (a position in the rules given).
    Rule(usize),
    /// The customer bought it before and needs it again on this day.
    Due(i32),
    /// It sells best among what the customer has not bought of this favourite category.
    Category(u32),
}

/// An item to offer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Recommendation {
    /// The item.
    pub item: u32,
    /// The share of comparable customers who buy it: the confidence of the rule, the part of its
    /// buyers who buy it again, or its part of what was chosen in the category. It ranks; it is no
    /// promise.
    pub score: f64,
    /// What the score comes from.
    pub reason: Reason,
}

/// Everything that offers are made of.
#[derive(Debug, Clone, Copy)]
pub struct Recommender<'a> {
    /// What everybody has bought.
    pub bought: &'a Bought,
    /// Rules with one item on the right side; those that do not attract (lift up to 1) are passed
    /// over.
    pub rules: &'a [Rule],
    /// How items are bought again.
    pub replenishment: &'a [Replenishment],
    /// The items.
    pub shelf: Shelf<'a>,
    /// Consumables due up to this day are offered again.
    pub due_until: i32,
}

impl Recommender<'_> {
    /// The best `count` offers for a customer, the best first; equal ones by item.
    ///
    /// Never an item that is not available, and of those that the customer has only a consumable
    /// that is due.
    pub fn offers(&self, customer: usize, count: usize) -> Vec<Recommendation> {
        let mut offers: Vec<Recommendation> = Vec::new();
        self.add_companions(customer, &mut offers);
        self.add_favourites(customer, &mut offers);
        offers.retain(|offer| self.bought.position(customer, offer.item).is_none());
        self.add_due(customer, &mut offers);
        offers.retain(|offer| {
            self.shelf.is_available.get(offer.item as usize) == Some(&true) && offer.score > 0.0
        });
        // The best reason of each item, then the best items.
        tiny_sort::stable::sort_by(&mut offers, |a, b| {
            a.item.cmp(&b.item).then(b.score.total_cmp(&a.score))
        });
        offers.dedup_by_key(|offer| offer.item);
        tiny_sort::stable::sort_by(&mut offers, |a, b| b.score.total_cmp(&a.score));
        offers.truncate(count);
        offers
    }

    fn add_companions(&self, customer: usize, offers: &mut Vec<Recommendation>) {
        let has = |item: &u32| self.bought.position(customer, *item).is_some();
        for (at, rule) in self.rules.iter().enumerate() {
            let [item] = rule.rhs[..] else { continue };
            if rule.counts.lift() > 1.0 && rule.lhs.iter().all(has) {
                let score = rule.counts.confidence();
                offers.push(Recommendation { item, score, reason: Reason::Rule(at) });
            }
        }
    }

    fn add_due(&self, customer: usize, offers: &mut Vec<Recommendation>) {
        for at in self.bought.range(customer) {
            let item = self.bought.item[at];
            let is_consumable = self.shelf.is_consumable.get(item as usize) == Some(&true);
            let due = due_day(self.bought, at, self.replenishment).filter(|_| is_consumable);
            if let Some(day) = due.filter(|day| *day <= self.due_until) {
                let rate = self.replenishment[item as usize].repurchase_rate();
                let (score, reason) = (rate.unwrap_or(0.0), Reason::Due(day));
                offers.push(Recommendation { item, score, reason });
            }
        }
    }

    fn add_favourites(&self, customer: usize, offers: &mut Vec<Recommendation>) {
        let Some(favourite) = self.favourite_category(customer) else { return };
        let members = || {
            let items = 0..self.bought.buyers.len();
            items.filter(|item| self.shelf.category.get(*item) == Some(favourite))
        };
        let choices: u32 = members().map(|item| self.bought.buyers[item]).sum();
        offers.extend(members().map(|item| Recommendation {
            item: item as u32,
            score: f64::from(self.bought.buyers[item]) / f64::from(choices.max(1)),
            reason: Reason::Category(favourite as u32),
        }));
    }

    /// The category that the customer bought on most days; the first of equal ones.
    fn favourite_category(&self, customer: usize) -> Option<usize> {
        let mut days = vec![0_u32; self.shelf.category.labels()];
        for at in self.bought.range(customer) {
            if let Some(category) = self.shelf.category.get(self.bought.item[at] as usize) {
                days[category] += self.bought.days[at];
            }
        }
        let (category, most) =
            days.iter().enumerate().max_by_key(|(at, days)| (**days, std::cmp::Reverse(*at)))?;
        (*most > 0).then_some(category)
    }
}
