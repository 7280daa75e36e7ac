//! The shop itself.

use crate::{
    BatchView, DeliveredWeights, GradeRules, LifecycleChoice, Period, RfmChoice, SavedReading,
    StoredSegment, Target, TargetFigure, Targets,
};
use model::{Amount, Currency, Rate, Rates, RecordKind, ShopDay, ShopProfile};
use serde::{Deserialize, Serialize};

/// The shop: settings, counts, imports.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ShopView {
    /// Of the data.
    pub revision: u64,
    /// Name, zone, currency, country.
    pub profile: ShopProfile,
    /// What a person has set of the profile: empty where it is as found.
    pub edited: EditedFacts,
    /// Shares of customers that the tiers are cut at, in percent.
    pub tier_shares_percent: [f64; 4],
    /// How customers are scored.
    pub rfm: RfmChoice,
    /// How silence is judged and where the stages begin.
    pub lifecycle: LifecycleChoice,
    /// The shop's own grades.
    pub grades: GradeRules,
    /// What it wants to reach.
    pub targets: Targets,
    /// Saved segments.
    pub segments: Vec<StoredSegment>,
    /// Customers on record.
    pub customers: u32,
    /// Orders of any state.
    pub orders: u32,
    /// Days of the first and the last order that counts; `None` without one.
    pub span: Option<Period>,
    /// Up to this day customers have summaries in place of orders, as far as they have one.
    pub summarised_until: Option<ShopDay>,
    /// Records about people that are in force, of each kind that there is.
    pub records: Vec<(RecordKind, u32)>,
    /// How many of them name an order that is not on record.
    pub orphans: u32,
    /// Nothing has been imported.
    pub empty: bool,
    /// The data are the sample shop.
    pub sample: bool,
    /// Every import, newest first.
    pub batches: Vec<BatchView>,
    /// How files are read that the user has explained, by the names of their columns.
    pub readings: Vec<SavedReading>,
    /// Addresses, telephones and member names that are several people's, the newest first.
    pub shared_keys: Vec<String>,
    /// Other currencies than the shop's that orders are in or that have rates, by code.
    pub rates: Vec<CurrencyRates>,
    /// Parts of the stored data that failed their checksum and were left out.
    pub damaged: Vec<String>,
    /// What of a person's edits was damaged when the data were opened.
    pub recovery: Recovery,
    /// Data live in memory only: this browser gives no storage.
    pub memory_only: bool,
}

/// What is known of a currency other than the shop's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CurrencyRates {
    /// The currency.
    pub currency: Currency,
    /// What one unit of it is worth in the shop's currency.
    pub rates: Rates,
    /// Orders that count at these rates.
    pub exchanged: u32,
    /// Orders that would count if a rate held on their day.
    pub apart: u32,
}

/// What of a person's edits was damaged when the data were opened. Imports of which a part is gone
/// stand in [`ShopView::damaged`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recovery {
    /// Things (the shop, customers) whose edits were made anew from the log: nothing is lost.
    pub rebuilt_edits: u32,
    /// Things whose edits the log, damaged too, cannot fully restore.
    pub lost_edits: u32,
}

/// Whether four percentages can cut the tiers: each above 0, together 100.
pub fn are_tier_shares(shares: &[f64; 4]) -> bool {
    let all_positive = shares.iter().all(|share| share.is_finite() && *share > 0.0);
    all_positive && (shares.iter().sum::<f64>() - 100.0).abs() < 1e-6
}

/// A change of the shop's facts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ShopEdit {
    /// The name.
    Name(String),
    /// Name of the time zone, as `Asia/Shanghai`; empty: as found.
    TimeZone(String),
    /// The currency of every figure; `None`: as found.
    Currency(Option<Currency>),
    /// Two letters of ISO 3166; empty: as found.
    Country(String),
    /// Percent of customers: VIP, big, normal, small. Sum 100.
    TierShares([f64; 4]),
    /// How customers are scored.
    Rfm(RfmChoice),
    /// Whether an address, telephone or member name is several people's, as an office's: in files
    /// read from then on it is no customer's key.
    SharedKey {
        /// The address, telephone or name, however it is spaced.
        key: String,
        /// Several people's; `false`: one customer's again.
        shared: bool,
    },
    /// How silence is judged and where the stages begin.
    Lifecycle(LifecycleChoice),
    /// What one unit of another currency is worth in the shop's from a day on, in place of what was
    /// said for that day; the rates from other days stay.
    Rate {
        /// The other currency.
        currency: Currency,
        /// The shop's, that they lead into.
        shops: Currency,
        /// The day; `None`: ever since.
        from: Option<ShopDay>,
        /// The rate; `None`: there is none from that day.
        rate: Option<Rate>,
    },
    /// The shop's own grades.
    Grades(GradeRules),
    /// What winning customers by a channel has cost in a month, in place of what was said of it; `None`:
    /// nothing is known.
    Cost {
        /// A day of the month.
        month: ShopDay,
        /// The channel as files have it; empty: orders that name none.
        channel: String,
        /// The cost.
        cost: Option<Amount>,
    },
    /// What a figure is to reach; `None`: it has no target.
    Target(TargetFigure, Option<Target>),
    /// How the parts of the delivered value weigh.
    DeliveredWeights(DeliveredWeights),
    /// A segment; without a text it is deleted.
    Segment(StoredSegment),
}

/// The facts of the shop that a person has set, as they are edited; empty: as found in files, or as
/// the device suggests.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditedFacts {
    /// The shop's name.
    pub name: String,
    /// Name of its time zone.
    pub time_zone: String,
    /// Code of its currency.
    pub currency: String,
    /// Code of its country.
    pub country: String,
}
