//! What is bought later by who has bought something.

use crate::{Baskets, Purchases, Rule, RuleCounts};

/// Items that are looked at, the ones with most buyers: pairs of more would take a table of too
/// many cells.
const MOST_ITEMS: usize = 2_048;

/// Which rules to look for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NextBasketOptions {
    /// B must follow within so many days after the first A.
    pub within_days: u32,
    /// Least number of customers for whom it did.
    pub min_count: u32,
    /// Least share of those with A.
    pub min_confidence: f64,
    /// Least lift: by default only what attracts.
    pub min_lift: f64,
    /// At most so many rules, those of the greatest lift.
    pub max_rules: usize,
}

impl Default for NextBasketOptions {
    /// 90 days, five customers, any share, a lift of 1, ten thousand rules.
    fn default() -> Self {
        Self {
            within_days: 90,
            min_count: 5,
            min_confidence: 0.0,
            min_lift: 1.0,
            max_rules: 10_000,
        }
    }
}

/// Rules "who bought A buys B in a later order within N days", one item a side, by lift.
///
/// The unit is the customer: `counts.lhs` are those whose first A is at least N days old, so that
/// everyone counted had the time; `both` those of them with B in a later order up to N days after
/// it; `rhs` the customers who ever bought B; `all` the customers with any item. Rules from an item
/// to itself tell of buying again.
///
/// Looks at the 2,048 items with most buyers.
pub fn next_basket_rules(
    purchases: Purchases<'_>,
    baskets: Baskets<'_>,
    as_of: i32,
    options: &NextBasketOptions,
) -> Vec<Rule> {
    let bought = super::bought(purchases, baskets, as_of);
    let mut items: Vec<u32> = (0..baskets.items() as u32)
        .filter(|item| bought.buyers[*item as usize] >= options.min_count.max(1))
        .collect();
    tiny_sort::stable::sort_by_key(&mut items, |item| {
        std::cmp::Reverse(bought.buyers[*item as usize])
    });
    items.truncate(MOST_ITEMS);
    let mut followers = Followers::new(&items, baskets.items(), options.within_days);
    for customer in 0..purchases.customer_count() {
        let own = purchases.orders_of(customer);
        followers.gather(baskets, own.start..own.end.min(baskets.len()), as_of);
        followers.count(as_of);
    }
    let mut found = followers.pairs(&items, options, |item, lhs, both| RuleCounts {
        both,
        lhs,
        rhs: bought.buyers[item as usize],
        all: bought.customers,
    });
    // Pairs may be hundreds of thousands: only those that stay become rules.
    tiny_sort::unstable::sort_by(&mut found, |a, b| {
        b.1.lift().total_cmp(&a.1.lift()).then(b.1.both.cmp(&a.1.both)).then(a.0.cmp(&b.0))
    });
    found.truncate(options.max_rules);
    let rule = |([lhs, rhs], counts): ([u32; 2], RuleCounts)| Rule {
        lhs: vec![lhs],
        rhs: vec![rhs],
        counts,
    };
    found.into_iter().map(rule).collect()
}

struct Followers {
    /// Position among the items looked at; `u32::MAX` for the others.
    position: Vec<u32>,
    within_days: u32,
    /// One customer's lines: order, day, position of the item.
    lines: Vec<(u32, i32, u32)>,
    /// Customers with a first A that is old enough.
    lhs: Vec<u32>,
    /// Customers with A and then B, row by row.
    both: Vec<u32>,
    /// The turn, plus one, in which a B was counted last, and the turn now.
    counted_in: Vec<u64>,
    turn: u64,
    /// Whether the customer's first A has been seen.
    seen: Vec<bool>,
}

impl Followers {
    fn new(items: &[u32], all_items: usize, within_days: u32) -> Self {
        let mut position = vec![u32::MAX; all_items];
        (0..).zip(items).for_each(|(at, item)| position[*item as usize] = at);
        Self {
            position,
            within_days,
            lines: Vec::new(),
            lhs: vec![0; items.len()],
            both: vec![0; items.len() * items.len()],
            counted_in: vec![0; items.len()],
            turn: 0,
            seen: vec![false; items.len()],
        }
    }

    fn gather(&mut self, baskets: Baskets<'_>, orders: std::ops::Range<usize>, as_of: i32) {
        self.lines.clear();
        for order in orders.take_while(|order| baskets.day(*order) <= as_of) {
            let positions = baskets.basket(order).map(|item| self.position[item as usize]);
            let known = positions.filter(|position| *position != u32::MAX);
            self.lines.extend(known.map(|at| (order as u32, baskets.day(order), at)));
        }
    }

    /// A call a customer, for the reason told at `Summaries::push`.
    #[inline(never)]
    fn count(&mut self, as_of: i32) {
        for (at, (order, day, first)) in self.lines.iter().enumerate() {
            let is_first = !std::mem::replace(&mut self.seen[*first as usize], true);
            if !is_first || as_of.abs_diff(*day) < self.within_days {
                continue;
            }
            self.turn += 1;
            self.lhs[*first as usize] += 1;
            let row = *first as usize * self.lhs.len();
            for (later, later_day, next) in &self.lines[at + 1..] {
                if later_day.abs_diff(*day) > self.within_days {
                    break;
                }
                let counted = &mut self.counted_in[*next as usize];
                if later != order && *counted != self.turn {
                    *counted = self.turn;
                    self.both[row + *next as usize] += 1;
                }
            }
        }
        for (_, _, item) in &self.lines {
            self.seen[*item as usize] = false;
        }
    }

    /// The items of both sides, and what the rule rests on.
    fn pairs(
        &self,
        items: &[u32],
        options: &NextBasketOptions,
        counts: impl Fn(u32, u32, u32) -> RuleCounts,
    ) -> Vec<([u32; 2], RuleCounts)> {
        let mut pairs = Vec::new();
        for (row, lhs) in items.iter().enumerate() {
            for (column, rhs) in items.iter().enumerate() {
                let both = self.both[row * items.len() + column];
                if both < options.min_count.max(1) {
                    continue;
                }
                let counts = counts(*rhs, self.lhs[row], both);
                if counts.confidence() >= options.min_confidence
                    && counts.lift() >= options.min_lift
                {
                    pairs.push(([*lhs, *rhs], counts));
                }
            }
        }
        pairs
    }
}
