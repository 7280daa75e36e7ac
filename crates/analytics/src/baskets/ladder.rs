//! Upselling: from a smaller item to a greater one of the same kind.

use crate::{Bought, Codes};

/// A rung of a ladder and how customers climb from it.
#[derive(Debug, Clone, PartialEq)]
pub struct LadderStep {
    /// The item of the rung.
    pub item: u32,
    /// Customers who have it.
    pub owners: u32,
    /// Those who bought a higher rung on a later day.
    pub climbed: u32,
    /// Median days that took them.
    pub median_days: Option<f64>,
    /// Customers for whom this is the highest rung: to whom the next is offered. Empty at the top.
    pub candidates: Vec<u32>,
}

/// Items of one kind from the smallest to the greatest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ladder {
    /// The items, the lowest rung first.
    pub rungs: Vec<u32>,
}

impl Ladder {
    /// Who stands on which rung.
    pub fn steps(&self, bought: &Bought) -> Vec<LadderStep> {
        let mut steps: Vec<LadderStep> = self
            .rungs
            .iter()
            .map(|item| LadderStep {
                item: *item,
                owners: 0,
                climbed: 0,
                median_days: None,
                candidates: Vec::new(),
            })
            .collect();
        let mut days: Vec<Vec<u32>> = vec![Vec::new(); self.rungs.len()];
        for customer in 0..bought.len() {
            // From the top: the first day of any higher rung after the day of this one.
            let mut higher_days: Vec<i32> = Vec::new();
            for (rung, item) in self.rungs.iter().enumerate().rev() {
                let Some(at) = bought.position(customer, *item) else { continue };
                let since = bought.first_day[at];
                steps[rung].owners += 1;
                if higher_days.is_empty() && rung + 1 < self.rungs.len() {
                    steps[rung].candidates.push(customer as u32);
                }
                if let Some(day) = higher_days.iter().filter(|day| **day > since).min() {
                    steps[rung].climbed += 1;
                    days[rung].push(day.abs_diff(since));
                }
                higher_days.push(since);
            }
        }
        for (step, days) in steps.iter_mut().zip(&mut days) {
            step.median_days = crate::median(days);
        }
        steps
    }
}

/// Proposes a ladder for each category: its items by price, each rung at least a quarter dearer than
/// the one below; of items at about the same price the one with most buyers.
///
/// `price` in minor units, one entry an item; items without buyers or a price above 0 are passed
/// over, and categories with less than two rungs.
pub fn suggest_ladders(category: Codes<'_>, price: &[i64], bought: &Bought) -> Vec<Ladder> {
    let mut members: Vec<Vec<u32>> = vec![Vec::new(); category.labels()];
    for (item, buyers) in bought.buyers.iter().enumerate() {
        let is_sold = *buyers > 0 && price.get(item).is_some_and(|price| *price > 0);
        if let Some(category) = category.get(item).filter(|_| is_sold) {
            members[category].push(item as u32);
        }
    }
    let price_of = |item: u32| price[item as usize];
    let is_step =
        |low: u32, high: u32| 4 * i128::from(price_of(high)) >= 5 * i128::from(price_of(low));
    let ladders = members.into_iter().map(|mut items| {
        tiny_sort::stable::sort_by_key(&mut items, |item| (price_of(*item), *item));
        let mut rungs: Vec<u32> = Vec::new();
        let mut floor = None;
        for item in items {
            match (floor, rungs.last_mut()) {
                (Some(low), Some(top)) if !is_step(low, item) => {
                    if bought.buyers[item as usize] > bought.buyers[*top as usize] {
                        *top = item;
                    }
                }
                _ => {
                    floor = Some(item);
                    rungs.push(item);
                }
            }
        }
        Ladder { rungs }
    });
    ladders.filter(|ladder| ladder.rungs.len() > 1).collect()
}
