//! The cross-sell screen. Money is in minor units of the view's currency.

use model::{Currency, CustomerId, ShopDay};
use serde::{Deserialize, Serialize};

/// The cross-sell screen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BasketsView {
    /// Of the data.
    pub revision: u64,
    /// The day that it holds for.
    pub as_of: ShopDay,
    /// Currency of all money here.
    pub currency: Currency,
    /// Valid orders with a product: what shares are shares of. 0: the files have no lines.
    pub baskets: u32,
    /// Orders that a set of products needed to be looked at.
    pub least_orders: u32,
    /// Products, those in most orders first; the first of them. Everything else here names them by
    /// their place in this list.
    pub products: Vec<ProductRow>,
    /// Rules of one basket, the greatest lift first; the first of them.
    pub rules: Vec<RuleRow>,
    /// How many rules there are in all.
    pub rule_count: u32,
    /// Rules of a later basket: who bought the one buys the other within [`Self::later_days`].
    pub later: Vec<RuleRow>,
    /// How many different products are bought, month by month.
    pub breadth: Vec<BreadthMonth>,
    /// Days within which a later basket counts.
    pub later_days: u32,
    /// Pairs that attract each other, those that explain most orders first.
    pub affinity: Vec<PairRow>,
    /// Who is about to need a product again, the earliest first; the first of them.
    pub due: Vec<DueRow>,
    /// How many there are in all.
    pub due_count: u32,
    /// From smaller to greater products of one kind.
    pub ladders: Vec<LadderView>,
}

/// A product.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProductRow {
    /// What tells products apart: the SKU, or the name where there is none.
    pub key: String,
    /// The name.
    pub name: String,
    /// Valid orders with it.
    pub orders: u32,
    /// Customers who bought it.
    pub buyers: u32,
    /// Share of those who bought it on two days or more; `None` without buyers.
    pub repurchase_rate: Option<f64>,
    /// Median days between two purchases of it by one customer; `None`: never bought again.
    pub repeat_days: Option<u32>,
    /// Median price of one, in minor units.
    pub price: i64,
}

/// "Who buys these buys that." Products by their place in [`BasketsView::products`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RuleRow {
    /// The left side.
    pub bought: Vec<u32>,
    /// The right side.
    pub then: Vec<u32>,
    /// Orders, or customers in rules of a later basket, with both sides.
    pub both: u32,
    /// Share of all with both sides.
    pub support: f64,
    /// Share with the right side of those with the left.
    pub confidence: f64,
    /// Confidence ÷ share of the right side.
    pub lift: f64,
    /// P(A ∩ B) − P(A) · P(B).
    pub leverage: f64,
    /// (1 − P(B)) ÷ (1 − confidence); `None`: a rule without exception.
    pub conviction: Option<f64>,
    /// Orders with both sides ÷ orders with the left one: of rules of one basket the confidence.
    pub attach_rate: Option<f64>,
}

/// How many different products are bought in a month.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct BreadthMonth {
    /// Its first day.
    pub start: ShopDay,
    /// Orders with products.
    pub orders: u32,
    /// Different products an order, on average; `None` without orders.
    pub per_order: Option<f64>,
    /// Different products that a customer bought in the month, on average; likewise.
    pub per_customer: Option<f64>,
}

/// Two products that attract each other.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct PairRow {
    /// The products.
    pub products: [u32; 2],
    /// Orders with both.
    pub both: u32,
    /// Above 1.
    pub lift: f64,
    /// P(A ∩ B) − P(A) · P(B).
    pub leverage: f64,
}

impl PairRow {
    /// The partner of a product; `None`: it is none of the two.
    pub fn other(&self, product: u32) -> Option<u32> {
        match self.products {
            [one, other] if one == product => Some(other),
            [other, one] if one == product => Some(other),
            _ => None,
        }
    }
}

/// A customer who is about to need a product again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DueRow {
    /// Who.
    pub id: CustomerId,
    /// What the customer is called.
    pub label: String,
    /// The product.
    pub product: u32,
    /// Day of the last purchase of it.
    pub last: ShopDay,
    /// The day on which it is due.
    pub day: ShopDay,
}

/// Products of one kind from the smallest to the greatest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LadderView {
    /// What the kind is called: the beginning that the names share.
    pub kind: String,
    /// The rungs from below.
    pub rungs: Vec<RungRow>,
}

/// A rung.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RungRow {
    /// The product.
    pub product: u32,
    /// Customers who have it.
    pub owners: u32,
    /// Those who bought a higher one on a later day.
    pub climbed: u32,
    /// Customers for whom it is the highest: to whom the next is offered.
    pub candidates: u32,
}
