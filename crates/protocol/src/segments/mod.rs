//! Segments: whom a rule means, or who was on a list on a day. Money is in minor units of the view's
//! currency.
//!
//! Between page and engine, in the URL and in storage a rule is its text ([`Rule::parse`]): so a
//! device keeps a rule that only a newer one understands.

mod rule;
mod text;

pub use rule::{
    AnyField, ChoiceField, Comparison, DayField, FlagField, How, Moment, Node, NumberField, Rule,
    Side, Test, TextField, Unit,
};
pub use text::{DEEPEST_RULE, LONGEST_RULE, MOST_TESTS};

use crate::{Label, Lens};
use model::{Currency, CustomerId, ShopDay};
use serde::{Deserialize, Serialize};

/// A segment that the shop has saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SegmentId(pub u64);

impl SegmentId {
    /// Reads what [`Display`](std::fmt::Display) has written.
    pub fn parse(text: &str) -> Option<SegmentId> {
        let is_hex = text.len() == 16 && text.bytes().all(|it| it.is_ascii_hexdigit());
        is_hex.then(|| u64::from_str_radix(text, 16).ok()).flatten().map(SegmentId)
    }

    /// The rule that means those in this segment.
    pub fn as_rule(self) -> String {
        format!("segment={self}")
    }
}

impl std::fmt::Display for SegmentId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// A saved segment as it is stored: its name on the first line, whom it means on the second.
///
/// The text is in users' logs: what it once meant it has to mean for ever.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredSegment {
    /// Its id.
    pub id: SegmentId,
    /// As stored.
    pub text: String,
}

/// Whom a segment means.
#[derive(Clone, Debug, PartialEq)]
pub enum Members {
    /// Whoever meets a rule on the day that is looked at.
    Rule(Rule),
    /// Those who were put into it on a day.
    Fixed(ShopDay),
    /// It is of a newer version: kept, and said.
    NotUnderstood,
}

const FIXED: &str = "fixed ";

impl StoredSegment {
    /// A segment by a rule.
    pub fn of_rule(id: SegmentId, name: &str, rule: &str) -> StoredSegment {
        StoredSegment { id, text: format!("{}\n{rule}", one_line(name)) }
    }

    /// A segment of those who are put into it on a day.
    pub fn of_day(id: SegmentId, name: &str, day: ShopDay) -> StoredSegment {
        StoredSegment { id, text: format!("{}\n{FIXED}{day}", one_line(name)) }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        self.text.lines().next().unwrap_or_default()
    }

    /// The text of whom it means.
    pub fn rule_text(&self) -> &str {
        self.text.lines().nth(1).unwrap_or_default()
    }

    /// Whom it means.
    pub fn members(&self) -> Members {
        let text = self.rule_text();
        if let Some(day) = text.strip_prefix(FIXED) {
            return ShopDay::parse_iso(day).map_or(Members::NotUnderstood, Members::Fixed);
        }
        Rule::parse(text).map_or(Members::NotUnderstood, Members::Rule)
    }
}

fn one_line(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether something holds of a customer. Nothing follows from what is not known: neither that it
/// holds nor that it does not.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[repr(u8)]
pub enum Truth {
    /// It does not hold.
    No,
    /// It is not known.
    #[default]
    Unknown,
    /// It holds.
    Yes,
}

impl Truth {
    /// What is known.
    pub const fn of(holds: bool) -> Truth {
        if holds { Truth::Yes } else { Truth::No }
    }

    /// The opposite; of what is not known that is not known either.
    #[must_use]
    pub const fn not(self) -> Truth {
        match self {
            Truth::No => Truth::Yes,
            Truth::Unknown => Truth::Unknown,
            Truth::Yes => Truth::No,
        }
    }
}

/// Whom a rule means on a day, and why somebody is among them or not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SegmentQuery {
    /// As-of day.
    pub lens: Lens,
    /// The rule.
    pub rule: String,
    /// Of whom the reason is told.
    pub who: Option<CustomerId>,
}

/// The answer to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SegmentView {
    /// Of the data.
    pub revision: u64,
    /// The day that it holds for.
    pub as_of: ShopDay,
    /// Of all money here.
    pub currency: Currency,
    /// Whom the rule means.
    pub size: SegmentSize,
    /// Customers of whom it cannot be told: they are not meant.
    pub unknown: u32,
    /// Why the customer who was asked for is meant or not.
    pub why: Option<Why>,
}

/// How large a segment is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SegmentSize {
    /// Its customers.
    pub customers: u32,
    /// Their net so far.
    pub net: i64,
    /// All customers.
    pub of_customers: u32,
    /// The net of them all.
    pub of_net: i64,
}

impl SegmentSize {
    /// Its share of all customers.
    pub fn share(&self) -> Option<f64> {
        (self.of_customers > 0).then(|| f64::from(self.customers) / f64::from(self.of_customers))
    }

    /// Its share of the net of all customers.
    pub fn share_of_net(&self) -> Option<f64> {
        (self.of_net > 0).then(|| self.net as f64 / self.of_net as f64)
    }
}

/// Why a customer is in a segment or not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Why {
    /// What the customer is called.
    pub name: String,
    /// Whether the whole rule holds, then each of its parts, a group before what is in it.
    pub parts: Vec<WhyPart>,
}

/// Whether a part of a rule holds of a customer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WhyPart {
    /// Whether.
    pub truth: Truth,
    /// What the condition looked at.
    pub found: Found,
}

/// What a condition finds at a customer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Found {
    /// It is a group, or it holds or does not without anything else to tell.
    Nothing,
    /// A number: money in minor units, shares in percent.
    Number(f64),
    /// A day.
    Day(ShopDay),
    /// A label.
    Label(Label),
    /// Texts as the files have them.
    Texts(Vec<String>),
}

/// All saved segments, and some to begin with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SegmentsView {
    /// Of the data.
    pub revision: u64,
    /// The day that it holds for.
    pub as_of: ShopDay,
    /// Of all money here.
    pub currency: Currency,
    /// By name.
    pub saved: Vec<SegmentRow>,
    /// Those that somebody is in.
    pub suggested: Vec<SuggestedRow>,
}

/// A saved segment and its size.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SegmentRow {
    /// As stored.
    pub segment: StoredSegment,
    /// `None`: it is of a newer version.
    pub size: Option<SegmentSize>,
}

/// A segment to begin with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SuggestedRow {
    /// Which.
    pub suggestion: Suggestion,
    /// Its size.
    pub size: SegmentSize,
}

/// Segments to begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Suggestion {
    /// Of the upper tiers, and silent for too long.
    KeySilent,
    /// Bought for the first time of late.
    NewOnce,
    /// Bought once, long ago.
    OnceLongAgo,
    /// Come often and spend much.
    Champions,
    /// Their newest answer is a bad one.
    Dissatisfied,
    /// At risk, and may be written to.
    Reachable,
    /// Often have something to give back.
    ManyRefunds,
}

impl Suggestion {
    /// All.
    pub const ALL: [Suggestion; 7] = [
        Suggestion::KeySilent,
        Suggestion::NewOnce,
        Suggestion::Reachable,
        Suggestion::Champions,
        Suggestion::OnceLongAgo,
        Suggestion::Dissatisfied,
        Suggestion::ManyRefunds,
    ];

    /// Its rule.
    pub const fn rule(self) -> &'static str {
        match self {
            Suggestion::KeySilent => "all(tier=vip|big,silence=at-risk|churned)",
            Suggestion::NewOnce => "all(orders=1,silent<=60)",
            Suggestion::OnceLongAgo => "all(orders=1,silent>180)",
            Suggestion::Champions => "all(group=champions)",
            Suggestion::Dissatisfied => "any(csat<=2,nps<=6)",
            Suggestion::Reachable => "all(silence=at-risk,email=yes,may_email!=no,blocked=no)",
            Suggestion::ManyRefunds => "all(refunded>=30,orders>=2)",
        }
    }
}

/// What a segment is like, beside all customers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SegmentProfile {
    /// Of the data.
    pub revision: u64,
    /// The day that it holds for.
    pub as_of: ShopDay,
    /// Of all money here.
    pub currency: Currency,
    /// Its size.
    pub size: SegmentSize,
    /// Net per valid order, minor units.
    pub order_value: Compared,
    /// Valid orders a buyer.
    pub orders_per_buyer: Compared,
    /// Net so far a customer, minor units.
    pub net_per_customer: Compared,
    /// Median days between purchase days.
    pub gap_days: Compared,
    /// Share of satisfied answers.
    pub csat: Compared,
    /// Products that most of them bought.
    pub products: Vec<ProfileRow>,
    /// Where most of them live: countries, or regions where there is one country.
    pub places: Vec<ProfileRow>,
    /// By country.
    pub by_country: bool,
    /// Orders by weekday, from Monday, and hour of the shop's day: seven times 24; empty where the
    /// files have days only.
    pub hours: Vec<u32>,
}

/// A figure of a segment and of all customers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Compared {
    /// Of the segment.
    pub own: Option<f64>,
    /// Of all customers.
    pub all: Option<f64>,
}

impl Compared {
    /// The segment's figure where that of all customers is 100.
    pub fn index(self) -> Option<f64> {
        let (own, all) = self.own.zip(self.all)?;
        (all > 0.0).then(|| own / all * 100.0)
    }
}

/// What some of a segment's customers have in common.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProfileRow {
    /// Its name.
    pub name: String,
    /// What tells it apart, of a product.
    pub key: String,
    /// Customers of the segment.
    pub customers: u32,
    /// Their share of the segment, and that of all customers.
    pub share: Compared,
}

/// Customers who are alike.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClustersView {
    /// Of the data.
    pub revision: u64,
    /// The day that it holds for.
    pub as_of: ShopDay,
    /// Of all money here.
    pub currency: Currency,
    /// Those who spend most first; empty: too few buyers differ.
    pub clusters: Vec<ClusterRow>,
    /// Buyers that the number of clusters was chosen by, where it was not by all.
    pub sample: Option<u32>,
    /// How clearly they are apart: -1 to 1.
    pub silhouette: f64,
}

/// One cluster.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClusterRow {
    /// Its size.
    pub size: SegmentSize,
    /// Median days since the last order.
    pub days: f64,
    /// Median orders.
    pub orders: f64,
    /// Mean net a customer, minor units.
    pub net_each: f64,
    /// Whether its days, orders and money are above those of most buyers (1), about the same (0) or
    /// below (-1).
    pub signs: [i8; 3],
}

impl ClusterRow {
    /// The rule that means the cluster at a place, counted from 0.
    pub fn rule(place: usize) -> String {
        format!("all(cluster={})", place + 1)
    }
}
