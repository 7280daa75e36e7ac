//! Whom a rule means: each condition as one column of truths, groups from column to column.

use super::book;
use super::columns::{Columns, Ground, by_customer, compared, edited};
use crate::insights::OnDemand;
use crate::shop::field;
use analytics::Codes;
use model::ShopDay;
use protocol::{
    AnyField, ChoiceField, Comparison, Found, Label, Members, Moment, Node, NumberField, RfmWindow,
    Rule, SegmentId, Side, Test, Truth, WhyPart,
};

/// Looks rules up.
pub struct Evaluation<'a> {
    /// What is looked at.
    pub on: Ground<'a>,
    /// Columns that are known.
    pub columns: &'a mut Columns,
    /// The products of orders.
    pub on_demand: &'a mut OnDemand,
    /// Segments that are being looked up: one that asks for itself means nobody.
    open: Vec<SegmentId>,
}

impl<'a> Evaluation<'a> {
    /// Looks rules up on a ground.
    pub fn new(
        on: Ground<'a>,
        columns: &'a mut Columns,
        on_demand: &'a mut OnDemand,
    ) -> Evaluation<'a> {
        columns.stand_on(&on);
        Evaluation { on, columns, on_demand, open: Vec::new() }
    }

    /// Of whom a rule holds.
    pub fn rule(&mut self, rule: &Rule) -> Vec<Truth> {
        let columns: Vec<Vec<Truth>> = rule.nodes.iter().map(|it| self.node(it)).collect();
        let mut columns = columns.into_iter();
        let Some(mut truths) = columns.next() else {
            return vec![Truth::of(!rule.negated); self.count()];
        };
        for column in columns {
            let both = truths.iter_mut().zip(column);
            if rule.all {
                both.for_each(|(truth, other)| *truth = (*truth).min(other));
            } else {
                both.for_each(|(truth, other)| *truth = (*truth).max(other));
            }
        }
        if rule.negated {
            turn(&mut truths);
        }
        truths
    }

    fn node(&mut self, node: &Node) -> Vec<Truth> {
        match node {
            Node::Group(rule) => self.rule(rule),
            Node::Test(test) => self.test(test),
        }
    }

    fn count(&self) -> usize {
        self.on.computed.summaries.len()
    }

    fn test(&mut self, test: &Test) -> Vec<Truth> {
        let on = self.on;
        match test {
            Test::Number { field, is, value, window } => {
                let value = compared(*value, *field, on.shop.profile.currency);
                let column = self.columns.number(&on, *field, *window);
                column.iter().map(|number| number_holds(*number, *is, value)).collect()
            }
            Test::Day { field, is, day } => {
                let column = self.columns.day(&on, *field);
                column.iter().map(|it| day_holds(*it, *is, *day, on.computed.as_of)).collect()
            }
            Test::Choice { field, labels, is } => self.choice(*field, labels, *is),
            Test::Text { field, how, text, is } => {
                turned(self.columns.texts(&on, *field).compare(*how, text), *is)
            }
            Test::Flag { field, is } => turned(self.columns.flag(&on, *field).to_vec(), *is),
            Test::Bought { product, window, is } => turned(self.bought(product, *window), *is),
            Test::Segment { id, is } => turned(self.segment(*id), *is),
            Test::Known { field, is } => turned(self.known(*field), *is),
        }
    }

    fn choice(&mut self, field: ChoiceField, wanted: &[Label], is: bool) -> Vec<Truth> {
        let labels = self.columns.labels(&self.on, field);
        let meant: Vec<bool> = labels.names.iter().map(|it| wanted.contains(it)).collect();
        let truth = |code: &u32| match meant.get(*code as usize) {
            Some(is_meant) => Truth::of(*is_meant == is),
            None => Truth::Unknown,
        };
        labels.codes.iter().map(truth).collect()
    }

    /// Who bought a product in the orders of a window.
    fn bought(&mut self, product: &str, window: RfmWindow) -> Vec<Truth> {
        let Ground { shop, computed, .. } = self.on;
        let everybody = 0..self.count() as u32;
        let goods = self.on_demand.columns(shop);
        let wanted = goods.named(product);
        let from = window.first_day(computed.as_of).map_or(i32::MIN, ShopDay::number);
        let (ledger, as_of) = (&shop.frame.ledger, computed.as_of.number());
        let days = ledger.all().0;
        let has = |order: usize| goods.lines(order).any(|(item, _)| wanted[item as usize]);
        let buys = |customer: u32| {
            let mut own = ledger.of_customer(customer);
            own.any(|order| (from..=as_of).contains(&days[order]) && has(order))
        };
        // What a summary's orders were of is not known.
        let truth = |it: u32| {
            let has_bought = buys(it);
            let is_unknown = !has_bought && shop.frame.summarised.is_of(it);
            if is_unknown { Truth::Unknown } else { Truth::of(has_bought) }
        };
        everybody.map(truth).collect()
    }

    /// Who is in a saved segment. Of one that is not there, is of a newer version or asks for itself
    /// nobody can tell.
    fn segment(&mut self, id: SegmentId) -> Vec<Truth> {
        let unknown = vec![Truth::Unknown; self.count()];
        let Some(segment) = book::find(&self.on.shop.overlay, id) else { return unknown };
        if self.open.contains(&id) {
            return unknown;
        }
        match segment.members() {
            Members::NotUnderstood => unknown,
            Members::Rule(rule) => {
                self.open.push(id);
                let truths = self.rule(&rule);
                self.open.pop();
                truths
            }
            Members::Fixed(_) => {
                let (shop, word) = (self.on.shop, id.to_string());
                let is_in = |it: &model::Field| it.words.contains_key(&word).then_some(());
                let members = edited(shop, field::SEGMENTS, is_in);
                by_customer(shop, &members).map(|it| Truth::of(it.is_some())).collect()
            }
        }
    }

    fn known(&mut self, field: AnyField) -> Vec<Truth> {
        let on = self.on;
        match field {
            AnyField::Number(field) => {
                let column = self.columns.number(&on, field, RfmWindow::AllTime);
                column.iter().map(|it| Truth::of(!it.is_nan())).collect()
            }
            AnyField::Day(field) => {
                let column = self.columns.day(&on, field);
                column.iter().map(|it| Truth::of(it.is_some())).collect()
            }
            AnyField::Choice(field) => {
                let labels = self.columns.labels(&on, field);
                labels.codes.iter().map(|it| Truth::of(*it != Codes::UNKNOWN)).collect()
            }
            AnyField::Text(field) => self.columns.texts(&on, field).known(),
            AnyField::Flag(field) => {
                let column = self.columns.flag(&on, field);
                column.iter().map(|it| Truth::of(*it != Truth::Unknown)).collect()
            }
        }
    }

    /// Whether a rule and each of its parts hold of a customer, a group before what is in it.
    pub fn explain(&mut self, rule: &Rule, customer: u32) -> Vec<WhyPart> {
        let truth = self.rule(rule)[customer as usize];
        let mut parts = vec![WhyPart { truth, found: Found::Nothing }];
        for node in &rule.nodes {
            match node {
                Node::Group(group) => parts.extend(self.explain(group, customer)),
                Node::Test(test) => {
                    let truth = self.test(test)[customer as usize];
                    parts.push(WhyPart { truth, found: self.found(test, customer) });
                }
            }
        }
        parts
    }

    /// What a condition looks at of a customer.
    fn found(&mut self, test: &Test, customer: u32) -> Found {
        let (on, at) = (self.on, customer as usize);
        match test {
            Test::Number { field, window, .. } => {
                let number = self.columns.number(&on, *field, *window)[at];
                if number.is_nan() { Found::Nothing } else { Found::Number(number) }
            }
            Test::Known { field: AnyField::Number(field), .. }
                if *field != NumberField::Cluster =>
            {
                let number = self.columns.number(&on, *field, RfmWindow::AllTime)[at];
                if number.is_nan() { Found::Nothing } else { Found::Number(number) }
            }
            Test::Day { field, .. } => found_day(self.columns.day(&on, *field)[at]),
            Test::Choice { field, .. } => {
                let labels = self.columns.labels(&on, *field);
                let label = labels.names.get(labels.codes[at] as usize).cloned();
                label.map_or(Found::Nothing, Found::Label)
            }
            Test::Text { field, .. } => {
                let texts = self.columns.texts(&on, *field).of_customer(customer);
                if texts.is_empty() { Found::Nothing } else { Found::Texts(texts) }
            }
            Test::Flag { .. } | Test::Bought { .. } | Test::Segment { .. } | Test::Known { .. } => {
                Found::Nothing
            }
        }
    }
}

/// The customers of whom something holds, rising.
pub fn meant(truths: &[Truth]) -> Vec<u32> {
    (0..).zip(truths).filter(|it| *it.1 == Truth::Yes).map(|it| it.0).collect()
}

fn found_day(day: Option<i32>) -> Found {
    day.map_or(Found::Nothing, |it| Found::Day(ShopDay::from_number(it)))
}

fn turned(mut truths: Vec<Truth>, is: bool) -> Vec<Truth> {
    if !is {
        turn(&mut truths);
    }
    truths
}

fn turn(truths: &mut [Truth]) {
    for truth in truths {
        *truth = truth.not();
    }
}

fn number_holds(number: f64, is: Comparison, value: f64) -> Truth {
    if number.is_nan() {
        return Truth::Unknown;
    }
    Truth::of(match is {
        Comparison::AtLeast => number >= value,
        Comparison::AtMost => number <= value,
        Comparison::Above => number > value,
        Comparison::Below => number < value,
        Comparison::Equal => (number - value).abs() < 1e-9,
    })
}

fn day_holds(day: Option<i32>, is: Side, of: Moment, as_of: ShopDay) -> Truth {
    let Some(day) = day else { return Truth::Unknown };
    let of = of.day(as_of).number();
    Truth::of(match is {
        Side::Since => day >= of,
        Side::Until => day <= of,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_follows_from_what_is_not_known() {
        for is in [
            Comparison::AtLeast,
            Comparison::AtMost,
            Comparison::Above,
            Comparison::Below,
            Comparison::Equal,
        ] {
            assert_eq!(number_holds(f64::NAN, is, 3.0), Truth::Unknown);
            assert_eq!(turned(vec![number_holds(f64::NAN, is, 3.0)], false), [Truth::Unknown]);
        }
        let day = ShopDay::from_number(100);
        assert_eq!(day_holds(None, Side::Until, Moment::Ago(5), day), Truth::Unknown);
    }

    #[test]
    fn both_sides_of_a_value() {
        use Comparison::{Above, AtLeast, AtMost, Below, Equal};
        for (number, holding) in [
            (2.0, [false, true, false, true, false]),
            (3.0, [true, true, false, false, true]),
            (4.0, [true, false, true, false, false]),
        ] {
            let found =
                [AtLeast, AtMost, Above, Below, Equal].map(|is| number_holds(number, is, 3.0));
            assert_eq!(found, holding.map(Truth::of), "{number}");
        }
        let as_of = ShopDay::from_number(100);
        for (day, since, until) in [(94, false, true), (95, true, true), (96, true, false)] {
            let holds = |side| day_holds(Some(day), side, Moment::Ago(5), as_of);
            let found = (holds(Side::Since), holds(Side::Until));
            assert_eq!(found, (Truth::of(since), Truth::of(until)), "{day}");
        }
    }
}
