//! Which rule of the shop's grades hits a customer.

use crate::computed::Computed;
use crate::first_orders::{is_valid, product_name};
use crate::frame::OrderRef;
use crate::shop::Shop;
use model::Amount;
use protocol::{Bound, GradeCondition, GradeMeasure, RfmWindow};

/// The rules, made ready for the day of `computed`.
#[derive(Debug)]
pub struct Grading<'a> {
    shop: &'a Shop,
    computed: &'a Computed,
    rules: Vec<Vec<Ready<'a>>>,
}

/// A condition with what is the same for all customers.
#[derive(Debug)]
enum Ready<'a> {
    Number {
        measure: GradeMeasure,
        bound: Bound,
        value: Amount,
        from: i32,
    },
    Channel(&'a str),
    /// By import, the products with the text in their names.
    Product(Vec<Vec<bool>>),
}

impl<'a> Grading<'a> {
    /// Makes the shop's rules ready.
    pub fn new(shop: &'a Shop, computed: &'a Computed) -> Grading<'a> {
        let rules = shop.grades.rules().iter();
        let ready = |it: &'a GradeCondition| Ready::new(shop, computed, it);
        let rules = rules.map(|rule| rule.conditions.iter().map(ready).collect()).collect();
        Grading { shop, computed, rules }
    }

    /// Grade of a customer and number of the rule that hit, counted from 1.
    pub fn grade(&self, customer: usize) -> Option<(String, u32)> {
        let rule = self.rule(customer)?;
        Some((self.shop.grades.rules()[rule].grade.clone(), rule as u32 + 1))
    }

    /// The rule that hits each customer, counted from 0.
    pub fn hits(&self) -> Vec<Option<usize>> {
        (0..self.computed.summaries.len()).map(|customer| self.rule(customer)).collect()
    }

    /// The first rule that holds.
    fn rule(&self, customer: usize) -> Option<usize> {
        self.rules.iter().position(|rule| rule.iter().all(|it| self.holds(it, customer)))
    }

    fn holds(&self, condition: &Ready<'_>, customer: usize) -> bool {
        match condition {
            Ready::Number { measure, bound, value, from } => {
                self.number_holds(*measure, *bound, *value, *from, customer)
            }
            Ready::Channel(name) => self.orders(customer).any(|OrderRef { batch, row }| {
                let orders = &self.shop.frame.batches[usize::from(batch)].tables.orders;
                orders.channel.get(row as usize) == *name
            }),
            Ready::Product(wanted) => self.orders(customer).any(|OrderRef { batch, row }| {
                let batch = usize::from(batch);
                let lines = &self.shop.frame.batches[batch].tables.lines;
                let from = lines.order.partition_point(|it| *it < row);
                let own = (from..lines.order.len()).take_while(|line| lines.order[*line] == row);
                own.map(|line| lines.product[line] as usize).any(|product| wanted[batch][product])
            }),
        }
    }

    fn number_holds(
        &self,
        measure: GradeMeasure,
        bound: Bound,
        value: Amount,
        from: i32,
        customer: usize,
    ) -> bool {
        let summaries = &self.computed.summaries;
        let since = |day: Option<i32>| day.map(|day| self.computed.as_of.number().abs_diff(day));
        let minor = i128::from(value.minor(self.shop.profile.currency));
        let own = || within(self.shop, self.computed, customer, from);
        match measure {
            GradeMeasure::Net => own().1.is_some_and(|net| bound.holds(&i128::from(net), &minor)),
            GradeMeasure::Orders => bound.holds(&Amount::from_major(own().0), &value),
            GradeMeasure::OrderValue => {
                let (orders, Some(net)) = own() else { return false };
                orders > 0 && bound.holds(&i128::from(net), &(minor * i128::from(orders)))
            }
            GradeMeasure::SilentDays => since(summaries.last(customer))
                .is_some_and(|days| bound.holds(&Amount::from_major(days), &value)),
            GradeMeasure::KnownDays => since(summaries.first(customer))
                .is_some_and(|days| bound.holds(&Amount::from_major(days), &value)),
        }
    }

    /// Where the customer's valid orders up to the as-of day stand.
    fn orders(&self, customer: usize) -> impl Iterator<Item = OrderRef> {
        let orders = &self.shop.frame.orders;
        let as_of = self.computed.as_of.number();
        let own = orders.of_customer(customer as u32);
        let known = own.take_while(move |order| orders.day[*order] <= as_of);
        known.filter(|order| is_valid(self.shop, *order)).map(|order| orders.at(order))
    }
}

/// Valid orders and net of a customer from a day up to the as-of day; from the lowest number: of all
/// time. No net: a summary tells no part of it.
pub fn within(shop: &Shop, computed: &Computed, customer: usize, from: i32) -> (u32, Option<i64>) {
    let summaries = &computed.summaries;
    if from == i32::MIN || summaries.first(customer).is_some_and(|first| from <= first) {
        return (summaries.orders[customer], Some(summaries.net[customer]));
    }
    let ledger = &shop.frame.ledger;
    let summed = ledger.summed_of(customer as u32);
    let own = ledger.of_customer(customer as u32);
    let (days, nets) = (&ledger.all().0[own.clone()], &ledger.all().1[own]);
    let begin = days.partition_point(|day| *day < from);
    let end = days.partition_point(|day| *day <= computed.as_of.number()).max(begin);
    let net = (begin >= summed).then(|| nets[begin..end].iter().sum());
    ((end - begin) as u32, net)
}

/// Whether a number is on the asked side of a value.
trait Holds {
    fn holds<T: PartialOrd>(self, number: &T, value: &T) -> bool;
}

impl Holds for Bound {
    fn holds<T: PartialOrd>(self, number: &T, value: &T) -> bool {
        match self {
            Bound::AtLeast => number >= value,
            Bound::AtMost => number <= value,
        }
    }
}

impl<'a> Ready<'a> {
    fn new(shop: &Shop, computed: &Computed, condition: &'a GradeCondition) -> Ready<'a> {
        match condition {
            GradeCondition::Number { measure, bound, value, window } => {
                let window = if measure.has_window() { *window } else { RfmWindow::AllTime };
                let from =
                    window.first_day(computed.as_of).map_or(i32::MIN, model::ShopDay::number);
                Ready::Number { measure: *measure, bound: *bound, value: *value, from }
            }
            GradeCondition::Channel(name) => Ready::Channel(name),
            GradeCondition::Product(text) => Ready::Product(products_with(shop, text)),
        }
    }
}

/// By import, the products with a text in their names, whatever the case of its letters.
fn products_with(shop: &Shop, text: &str) -> Vec<Vec<bool>> {
    let text = text.to_lowercase();
    let of_batch = |tables: &store::Tables| {
        let products = 0..tables.products.key.len();
        products.map(|it| product_name(tables, it).to_lowercase().contains(&text)).collect()
    };
    shop.frame.batches.iter().map(|batch| of_batch(&batch.tables)).collect()
}
