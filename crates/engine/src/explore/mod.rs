//! Orders by any of their properties: one pass over the columns.

mod axis;
mod facts;
mod texts;

pub use axis::{Axis, hour};
pub use texts::Texts;

use crate::computed::Computed;
use crate::shop::Shop;
use analytics::PivotFact;
use facts::Pass;
use model::ShopDay;
use protocol::{Dimension, Period, SliceCondition};

/// What orders are looked up in.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The shop.
    pub shop: &'a Shop,
    /// Its customers on the as-of day, for their labels.
    pub computed: &'a Computed,
    /// The texts of its orders.
    pub texts: &'a Texts,
    /// The orders' days, none after the as-of day.
    pub period: Period,
}

impl<'a> Subject<'a> {
    /// A subject whose period ends with the as-of day at the latest, and does not begin long before
    /// the first order: an address may say any day.
    pub fn new(
        shop: &'a Shop,
        computed: &'a Computed,
        texts: &'a Texts,
        period: Period,
    ) -> Subject<'a> {
        let to = period.to.min(computed.as_of);
        let first = shop.frame.orders.first_day().map_or(to, ShopDay::from_number);
        let from = period.from.max(first).min(to);
        Subject { shop, computed, texts, period: Period { from, to } }
    }

    /// Calls `take` for every order in the period that meets the conditions, with its place on each
    /// axis; once a product if products are asked for.
    pub fn each(
        self,
        axes: &[Axis<'_>],
        conditions: &[SliceCondition],
        mut take: impl FnMut(&[u32], &PivotFact),
    ) {
        let of: Vec<Axis<'_>> = conditions.iter().map(|it| Axis::new(self, it.dimension)).collect();
        let wanted = of.iter().zip(conditions).map(|(axis, it)| axis.place(it.slice.as_ref()));
        // What no order can have, no order has.
        if let Some(wanted) = wanted.collect::<Option<Vec<u32>>>() {
            let conditions: Vec<(&Axis<'_>, u32)> = of.iter().zip(wanted).collect();
            Pass::new(self, axes, &conditions).run(&mut take);
        }
    }

    /// Customers with a valid order that meets all conditions, rising.
    pub fn customers(self, conditions: &[SliceCondition]) -> Vec<u32> {
        let mut customers: Vec<u32> = Vec::new();
        self.each(&[], conditions, |_, fact| {
            if let Some(customer) = fact.customer.filter(|_| fact.counts)
                && customers.last() != Some(&customer)
            {
                customers.push(customer);
            }
        });
        customers
    }

    /// Whether the files tell a property of orders.
    pub fn knows(self, dimension: Dimension) -> bool {
        let texts = self.texts;
        match dimension {
            Dimension::Country | Dimension::Region | Dimension::City => {
                texts.of_customers(dimension).is_some_and(|it| !it.names.is_empty())
            }
            Dimension::Channel | Dimension::Customer(protocol::LabelKind::Channel) => {
                !texts.channels.names.is_empty()
            }
            Dimension::Product | Dimension::Customer(protocol::LabelKind::Product) => {
                texts.has_lines()
            }
            Dimension::Discount => {
                let batches = self.shop.frame.batches.iter();
                batches.map(|it| &it.tables.orders).any(|it| !it.discount.is_empty())
            }
            _ => true,
        }
    }
}

/// The day that a number means.
const fn day(number: i32) -> ShopDay {
    ShopDay::from_number(number)
}
