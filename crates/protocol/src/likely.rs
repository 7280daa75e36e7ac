//! What a customer is likely to buy next, and what speaks for it.

use crate::Trait;
use model::ShopDay;
use serde::{Deserialize, Serialize};

/// What a customer is likely to buy next.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LikelyView {
    /// Whether the files tell what was bought.
    pub has_lines: bool,
    /// The likeliest first, those that rest on too few customers last; at most three.
    pub rows: Vec<LikelyRow>,
}

/// A product.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LikelyRow {
    /// What tells it apart.
    pub key: String,
    /// Its name.
    pub name: String,
    /// The share of comparable customers, or of orders, that have it: it ranks and is no promise.
    pub share: f64,
    /// How many times as often as among all; `None`: it is bought again, which is no comparison.
    pub lift: Option<f64>,
    /// What the share rests on: orders with both products, or customers with both trait and product, or
    /// buyers who bought it again.
    pub n: u32,
    /// What speaks for it.
    pub reason: LikelyReason,
}

/// What speaks for a product.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum LikelyReason {
    /// The customer has this, by name; with it goes the product.
    Bought(String),
    /// The customer has it, and needs it again on this day.
    Due(ShopDay),
    /// The customer has this trait.
    Trait(Trait),
}

/// What rests on fewer is marked.
pub const FEW_LIKELY: u32 = 5;

impl LikelyRow {
    /// Whether it rests on too few customers.
    pub const fn is_small(&self) -> bool {
        self.n < FEW_LIKELY
    }
}
