//! The figures that a table of orders can show.

use crate::i18n::{Format, Words};
use model::{Currency, Money};
use protocol::ExploreFigures;

/// A figure of orders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Measure {
    Net,
    Orders,
    Customers,
    OrderValue,
    NewCustomers,
    NetEach,
    Gross,
    Refunds,
    RefundShare,
    Items,
    Placed,
}

/// Names of the measures in the URL.
const NAMES: [(&str, Measure); 11] = [
    ("net", Measure::Net),
    ("orders", Measure::Orders),
    ("customers", Measure::Customers),
    ("aov", Measure::OrderValue),
    ("new", Measure::NewCustomers),
    ("each", Measure::NetEach),
    ("gross", Measure::Gross),
    ("refunds", Measure::Refunds),
    ("refunded", Measure::RefundShare),
    ("items", Measure::Items),
    ("placed", Measure::Placed),
];
/// So many stand side by side.
pub(super) const MOST_MEASURES: usize = 6;
/// What is shown unless something else is chosen.
const USUAL: [Measure; 4] =
    [Measure::Net, Measure::Orders, Measure::Customers, Measure::OrderValue];

/// How a figure is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    Money,
    Count,
    Share,
}

impl Measure {
    pub(super) fn all() -> impl Iterator<Item = Measure> {
        NAMES.iter().map(|(_, it)| *it)
    }

    pub(super) fn code(self) -> &'static str {
        NAMES.iter().find(|(_, it)| *it == self).map_or("", |(name, _)| name)
    }

    pub(super) fn of_code(code: &str) -> Option<Measure> {
        NAMES.iter().find(|(name, _)| *name == code).map(|(_, it)| *it)
    }

    pub(super) const fn name(self, t: Words) -> &'static str {
        match self {
            Measure::Net => t.m_net(),
            Measure::Orders => t.m_orders(),
            Measure::Customers => t.m_customers(),
            Measure::OrderValue => t.m_order_value(),
            Measure::NewCustomers => t.m_new(),
            Measure::NetEach => t.m_net_each(),
            Measure::Gross => t.m_gross(),
            Measure::Refunds => t.m_refunds(),
            Measure::RefundShare => t.m_refund_share(),
            Measure::Items => t.m_items(),
            Measure::Placed => t.m_placed(),
        }
    }

    const fn unit(self) -> Unit {
        match self {
            Measure::Net
            | Measure::OrderValue
            | Measure::NetEach
            | Measure::Gross
            | Measure::Refunds => Unit::Money,
            Measure::RefundShare => Unit::Share,
            _ => Unit::Count,
        }
    }

    /// Whether the figures of slices that share no order add up.
    pub(super) const fn adds_up(self) -> bool {
        !matches!(
            self,
            Measure::Customers | Measure::OrderValue | Measure::NetEach | Measure::RefundShare
        )
    }

    /// The figure: money in minor units; `None`: it is not defined here.
    pub(super) fn of(self, it: &ExploreFigures) -> Option<f64> {
        match self {
            Measure::Net => Some(it.net as f64),
            Measure::Orders => Some(f64::from(it.orders)),
            Measure::Customers => Some(f64::from(it.customers)),
            Measure::OrderValue => it.order_value,
            Measure::NewCustomers => Some(f64::from(it.new_customers)),
            Measure::NetEach => it.net_per_customer,
            Measure::Gross => Some(it.gross as f64),
            Measure::Refunds => Some(it.refunds as f64),
            Measure::RefundShare => it.refund_share,
            Measure::Items => Some(it.items_milli as f64 / 1_000.0),
            Measure::Placed => Some(f64::from(it.placed)),
        }
    }

    /// A value in full.
    pub(super) fn written(self, value: Option<f64>, f: Format, currency: Currency) -> String {
        let Some(value) = value else { return "–".to_owned() };
        match self.unit() {
            Unit::Money => f.money(value.round() as i64, currency),
            Unit::Count => f.count(value),
            Unit::Share => f.percent_with(value, 1),
        }
    }

    /// A value in brief, for axes and narrow cells.
    pub(super) fn brief(self, value: Option<f64>, f: Format, currency: Currency) -> String {
        match (self.unit(), value) {
            (Unit::Money, Some(value)) => f.money_compact(value, currency),
            (Unit::Share, Some(value)) => f.percent_with(value, 0),
            _ => self.written(value, f, currency),
        }
    }

    /// A value for a spreadsheet: a plain number, a share from 0 to 1; nothing where it is undefined.
    pub(super) fn plain(self, value: Option<f64>, currency: Currency) -> String {
        let Some(value) = value else { return String::new() };
        match self.unit() {
            Unit::Money => Money::from_minor(value.round() as i64, currency).to_string(),
            Unit::Count => value.to_string(),
            Unit::Share => format!("{value:.4}"),
        }
    }
}

/// The measures of `net,orders`: the first different ones; the usual ones where none is named.
pub(super) fn measures_of(text: Option<&str>) -> Vec<Measure> {
    let mut measures: Vec<Measure> = Vec::new();
    for measure in text.unwrap_or_default().split(',').filter_map(Measure::of_code) {
        if measures.len() < MOST_MEASURES && !measures.contains(&measure) {
            measures.push(measure);
        }
    }
    if measures.is_empty() { USUAL.to_vec() } else { measures }
}

/// Their text.
pub(super) fn measures_text(measures: &[Measure]) -> String {
    let names: Vec<&str> = measures.iter().map(|it| it.code()).collect();
    names.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_stand_in_the_address_each_once() {
        let all: Vec<Measure> = Measure::all().collect();
        assert_eq!(measures_of(Some(&measures_text(&all[..4]))), all[..4]);
        assert_eq!(measures_of(Some(&measures_text(&all))).len(), MOST_MEASURES);
        assert_eq!(measures_of(Some("net,net,mood")), [Measure::Net]);
        assert_eq!(measures_of(None), USUAL);
        assert_eq!(measures_of(Some("mood")), USUAL);
    }
}
