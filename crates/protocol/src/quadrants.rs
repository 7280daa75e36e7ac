//! Planes of two figures on which customers stand, cut into four: whom to serve how.

use crate::{CrossCell, Lens};
use model::{Currency, ShopDay};
use serde::{Deserialize, Serialize};

/// What the two figures are, across and up. Each is a whole number from 0 to 100.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Plane {
    /// Across: how much a customer asks for. Up: how much the customer has spent.
    #[default]
    ValueNeed,
    /// Across: what a customer is worth beside money. Up: how much the customer has spent.
    EconomicStrategic,
}

impl Plane {
    /// Where the lines lie unless somebody moves them, across and up: the upper fifth by spend; half
    /// of the need; any sign of worth beside money.
    pub const fn default_cuts(self) -> [u8; 2] {
        match self {
            Plane::ValueNeed => [50, 80],
            Plane::EconomicStrategic => [10, 80],
        }
    }
}

/// A plane and where it is cut.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct QuadrantQuery {
    /// As-of day.
    pub lens: Lens,
    /// Which figures.
    pub plane: Plane,
    /// The least number that is high, across and up.
    pub cuts: [u8; 2],
}

/// A quarter of a plane, as a filter of the customer list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct QuadrantFilter {
    /// Which figures.
    pub plane: Plane,
    /// The least number that is high, across and up.
    pub cuts: [u8; 2],
    /// Whether the customers are high, across and up.
    pub is_high: [bool; 2],
}

/// Buyers on a plane.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuadrantsView {
    /// Of the data.
    pub revision: u64,
    /// The day that it holds for.
    pub as_of: ShopDay,
    /// Currency of the net.
    pub currency: Currency,
    /// Which figures.
    pub plane: Plane,
    /// The least number that is high, across and up.
    pub cuts: [u8; 2],
    /// By whether they are high across, then up: low and low, high and low, low and high, high and
    /// high.
    pub quarters: [CrossCell; 4],
    /// How many stand where, on a grid of [`QuadrantPoint::STEP`].
    pub points: Vec<QuadrantPoint>,
    /// What the figure across is made of, and whether there are data for it.
    pub signs: Vec<SignSource>,
}

impl QuadrantsView {
    /// The customers of a quarter.
    pub const fn quarter(&self, is_high: [bool; 2]) -> CrossCell {
        self.quarters[is_high[0] as usize + 2 * is_high[1] as usize]
    }
}

/// Customers who stand close to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuadrantPoint {
    /// From 0 to 100, across and up.
    pub at: [u8; 2],
    /// How many.
    pub customers: u32,
}

impl QuadrantPoint {
    /// Figures are told apart by so much.
    pub const STEP: u8 = 4;
}

/// A sign that a figure is made of, and whether there are data for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignSource {
    /// Which.
    pub sign: Sign,
    /// Customers who have it; 0: no data say anything of it.
    pub customers: u32,
}

/// A sign of need, or of worth beside money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sign {
    /// Need: tickets and answers.
    Contacts,
    /// Need: visits, searches, carts.
    Browsing,
    /// Need: different products bought.
    Breadth,
    /// Worth: brought others.
    Referrals,
    /// Worth: wrote reviews or comments.
    Reviews,
    /// Worth: would recommend, 9 or 10 of 10.
    Promoter,
    /// Worth: an influencer by the merchant's tags.
    Influencer,
    /// Worth: a distributor or partner by the merchant's tags.
    Partner,
    /// Worth: the first buyer of a region.
    NewRegion,
}
