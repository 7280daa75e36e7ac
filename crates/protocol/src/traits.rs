//! What kind of customer buys what, and who is like the best customers.

use crate::{Label, LabelKind, Lens};
use model::{CustomerId, ShopDay};
use serde::{Deserialize, Serialize};

/// By what customers are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum TraitKind {
    /// Age on the as-of day, in bands.
    Age,
    /// A tag; a customer can have several.
    Tag,
    /// A label, at most one a customer.
    Label(LabelKind),
}

impl TraitKind {
    /// All that is offered.
    pub const ALL: [TraitKind; 9] = [
        TraitKind::Age,
        TraitKind::Tag,
        TraitKind::Label(LabelKind::Country),
        TraitKind::Label(LabelKind::Region),
        TraitKind::Label(LabelKind::Channel),
        TraitKind::Label(LabelKind::Group),
        TraitKind::Label(LabelKind::Tier),
        TraitKind::Label(LabelKind::Stage),
        TraitKind::Label(LabelKind::Grade),
    ];
}

/// A trait that a customer has.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Trait {
    /// From this age on; [`AGE_BANDS`] says to which.
    Age(u8),
    /// This tag.
    Tag(String),
    /// This label.
    Label(LabelKind, Label),
}

/// The first year of each band of ages; the first begins with birth.
pub const AGE_BANDS: [u8; 7] = [0, 18, 25, 35, 45, 55, 65];

/// Which traits.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TraitsQuery {
    /// As-of day.
    pub lens: Lens,
    /// By what; `None`: the first that is known.
    pub kind: Option<TraitKind>,
}

/// What kind of customer buys what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TraitsView {
    /// Of the data.
    pub revision: u64,
    /// The day that it holds for.
    pub as_of: ShopDay,
    /// What is known of some customer.
    pub known: Vec<TraitKind>,
    /// What the table is by; `None`: nothing is known.
    pub kind: Option<TraitKind>,
    /// Whether the files tell what was bought.
    pub has_lines: bool,
    /// The products of the columns, those with most buyers first.
    pub products: Vec<TraitProduct>,
    /// The traits.
    pub rows: Vec<TraitRow>,
    /// Traits that go with a product that most of those who have them do not buy yet; those with most
    /// such people first.
    pub untapped: Vec<UntappedRow>,
    /// Who is like the best customers.
    pub like_best: LikeBest,
}

/// A product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TraitProduct {
    /// What tells it apart.
    pub key: String,
    /// Its name.
    pub name: String,
}

/// A trait with what those who have it buy.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TraitRow {
    /// The trait.
    pub label: Trait,
    /// Customers with it who have bought anything.
    pub customers: u32,
    /// By product.
    pub cells: Vec<TraitCell>,
}

/// Customers with a trait and a product.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TraitCell {
    /// How many.
    pub n: u32,
    /// Their share of those with the trait.
    pub share: Option<f64>,
    /// That share ÷ the share among all whose trait is known.
    pub lift: Option<f64>,
}

/// Too few customers to conclude anything.
pub const FEW_WITH_TRAIT: u32 = 5;

impl TraitCell {
    /// Whether it rests on too few customers.
    pub const fn is_small(&self) -> bool {
        self.n < FEW_WITH_TRAIT
    }
}

/// A product that a trait goes with and most do not buy yet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UntappedRow {
    /// The trait.
    pub label: Trait,
    /// The product.
    pub product: TraitProduct,
    /// Customers with both.
    pub n: u32,
    /// Customers with the trait who have not bought it.
    pub others: u32,
    /// How many times as often as all.
    pub lift: f64,
}

/// Who is like the best customers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum LikeBest {
    /// There are too few to learn from.
    TooFew {
        /// Customers of the tiers VIP and big.
        best: u32,
        /// Other buyers; 25 of each are needed.
        others: u32,
    },
    /// There is somebody to look at.
    Found {
        /// Of a hundred pairs of a best and another buyer who were not learnt from, in how many the
        /// best one scores higher, as a share: 0.5 is chance.
        area: f64,
        /// Whether they are people without an order; else buyers of one order, as there are no such.
        are_prospects: bool,
        /// How many there are in all.
        count: u32,
        /// The most alike first; the first of them.
        rows: Vec<LikeBestRow>,
    },
}

/// Somebody like the best customers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LikeBestRow {
    /// Who.
    pub id: CustomerId,
    /// What they are called.
    pub label: String,
    /// Valid orders.
    pub orders: u32,
    /// What speaks for it, the weightiest first, with how many times as often the best have it.
    pub reasons: Vec<(Trait, f64)>,
}
