//! What each customer has bought.

use crate::{Baskets, Codes, Purchases};

/// The different items of each customer.
///
/// Customer `c` bought the items `offsets[c]..offsets[c + 1]`, in rising order of the item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bought {
    /// One entry more than there are customers.
    pub offsets: Vec<u32>,
    /// The items.
    pub item: Vec<u32>,
    /// Days on which the customer bought the item.
    pub days: Vec<u32>,
    /// The first of them.
    pub first_day: Vec<i32>,
    /// The last of them.
    pub last_day: Vec<i32>,
    /// Customers who bought each item.
    pub buyers: Vec<u32>,
    /// Customers with any item.
    pub customers: u32,
}

/// Gathers the items of every customer up to the as-of day.
pub fn bought(purchases: Purchases<'_>, baskets: Baskets<'_>, as_of: i32) -> Bought {
    let mut bought = Bought {
        offsets: vec![0],
        item: Vec::new(),
        days: Vec::new(),
        first_day: Vec::new(),
        last_day: Vec::new(),
        buyers: vec![0; baskets.items()],
        customers: 0,
    };
    each_customer(purchases, baskets, as_of, |_, item_days| bought.push(item_days));
    bought
}

impl Bought {
    /// A call a customer, for the reason told at `Summaries::push`.
    #[inline(never)]
    fn push(&mut self, item_days: &[(u32, i32)]) {
        for same in item_days.chunk_by(|a, b| a.0 == b.0) {
            let (item, first) = same[0];
            self.item.push(item);
            self.days.push(same.len() as u32);
            self.first_day.push(first);
            self.last_day.push(same[same.len() - 1].1);
            self.buyers[item as usize] += 1;
        }
        self.customers += u32::from(!item_days.is_empty());
        self.offsets.push(self.item.len() as u32);
    }

    /// How many customers the columns hold, with or without items.
    pub fn len(&self) -> usize {
        self.offsets.len() - 1
    }

    /// Whether the columns hold nobody.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Positions in the columns of a customer's items.
    ///
    /// # Panics
    ///
    /// If there is no such customer.
    pub fn range(&self, customer: usize) -> std::ops::Range<usize> {
        self.offsets[customer] as usize..self.offsets[customer + 1] as usize
    }

    /// The items of a customer, rising.
    pub fn items_of(&self, customer: usize) -> &[u32] {
        &self.item[self.range(customer)]
    }

    /// Position in the columns of an item of a customer, if they bought it.
    pub fn position(&self, customer: usize, item: u32) -> Option<usize> {
        let own = self.range(customer);
        let at = self.item[own.clone()].binary_search(&item).ok()?;
        Some(own.start + at)
    }
}

/// Customers who bought every item of `lhs` and none of `without` up to the as-of day: "bought A,
/// not B". Rising.
pub fn bought_without(
    purchases: Purchases<'_>,
    baskets: Baskets<'_>,
    as_of: i32,
    lhs: &[u32],
    without: &[u32],
) -> Vec<u32> {
    let mut found = vec![false; lhs.len()];
    let mut passes = |customer: usize| {
        found.fill(false);
        for order in purchases.orders_of(customer).take_while(|order| *order < baskets.len()) {
            if baskets.day(order) > as_of {
                break;
            }
            for item in baskets.basket(order) {
                if without.contains(&item) {
                    return false;
                }
                if let Some(at) = lhs.iter().position(|it| *it == item) {
                    found[at] = true;
                }
            }
        }
        found.iter().all(|it| *it)
    };
    let customers = 0..purchases.customer_count();
    customers.filter(|&customer| passes(customer)).map(|customer| customer as u32).collect()
}

/// The item of each customer's first line of the first order: the label of cohorts by first product.
///
/// [`Codes::UNKNOWN`] for who has no order up to the as-of day, or none of its lines an item.
pub fn first_items(purchases: Purchases<'_>, baskets: Baskets<'_>, as_of: i32) -> Vec<u32> {
    let first = |customer: usize| {
        let basket = purchases.orders_of(customer).next()?;
        let is_past = basket < baskets.len() && baskets.day(basket) <= as_of;
        is_past.then(|| baskets.basket(basket).next())?
    };
    (0..purchases.customer_count())
        .map(|customer| first(customer).unwrap_or(Codes::UNKNOWN))
        .collect()
}

/// Calls with every customer's position and items by day: sorted, each once a day.
pub(super) fn each_customer(
    purchases: Purchases<'_>,
    baskets: Baskets<'_>,
    as_of: i32,
    mut each: impl FnMut(usize, &[(u32, i32)]),
) {
    let mut item_days = Vec::new();
    for customer in 0..purchases.customer_count() {
        item_days.clear();
        for order in purchases.orders_of(customer).take_while(|order| *order < baskets.len()) {
            let day = baskets.day(order);
            if day > as_of {
                break;
            }
            item_days.extend(baskets.basket(order).map(|item| (item, day)));
        }
        item_days.sort_unstable();
        item_days.dedup();
        each(customer, &item_days);
    }
}
