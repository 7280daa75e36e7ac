//! The shop itself.

use crate::BatchView;
use model::{Currency, ShopProfile};
use serde::{Deserialize, Serialize};

/// The shop: settings, counts, imports.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ShopView {
    /// Of the data.
    pub revision: u64,
    /// Name, zone, currency, country.
    pub profile: ShopProfile,
    /// Shares of customers that the tiers are cut at, in percent.
    pub tier_shares_percent: [f64; 4],
    /// Customers on record.
    pub customers: u32,
    /// Orders of any state.
    pub orders: u32,
    /// Nothing has been imported.
    pub empty: bool,
    /// The data are the sample shop.
    pub sample: bool,
    /// Every import, newest first.
    pub batches: Vec<BatchView>,
    /// Parts of the stored data that failed their checksum and were left out.
    pub damaged: Vec<String>,
    /// Data live in memory only: this browser gives no storage.
    pub memory_only: bool,
}

/// A change of the shop's facts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ShopEdit {
    /// The name.
    Name(String),
    /// Name of the time zone, as `Asia/Shanghai`.
    TimeZone(String),
    /// The currency of every figure.
    Currency(Currency),
    /// Two letters of ISO 3166.
    Country(String),
    /// Percent of customers: VIP, big, normal, small. Sum 100.
    TierShares([f64; 4]),
}
