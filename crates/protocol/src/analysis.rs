//! The figures of the insight screens. Money is in minor units of [`Analysis::currency`].

use crate::{
    ChurnTotals, CohortRow, FixedCuts, Period, RfmChoice, RfmClass, RfmGroup, SatisfactionNow,
    StageRow, Tier,
};
use model::{Currency, CustomerId, OrderState, ShopDay};
use serde::{Deserialize, Serialize};

/// Everything that the insight screens show for one lens.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Analysis {
    /// Of the data that it was worked out from.
    pub revision: u64,
    /// The day that it holds for.
    pub as_of: ShopDay,
    /// Why this day.
    pub as_of_basis: AsOfBasis,
    /// The one currency of all money here.
    pub currency: Currency,
    /// Orders in other currencies, left out: currency and number of valid orders.
    pub other_currencies: Vec<(Currency, u32)>,
    /// The whole history up to the as-of day.
    pub totals: Totals,
    /// First screen.
    pub overview: Overview,
    /// RFM screen.
    pub rfm: RfmView,
    /// Tiers screen.
    pub tiers: TiersView,
    /// The five stages of the life-cycle, in their order.
    pub lifecycle: Vec<StageRow>,
    /// Who is silent for too long.
    pub churn: ChurnTotals,
    /// The newest cohorts by month of the first order, oldest first; those with customers.
    pub cohorts: Vec<CohortRow>,
    /// Time that the engine worked, in milliseconds; `None`: it is the answer of an earlier visit.
    pub took_ms: Option<f64>,
}

/// Why the figures hold for their as-of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AsOfBasis {
    /// The user chose it.
    Chosen,
    /// It is today.
    Today,
    /// The last order's day, since the data end long before today.
    LastOrder,
    /// It is the day of the summaries: nothing can be told of an earlier one.
    Summaries,
}

/// The whole history up to the as-of day.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Totals {
    /// Everybody on record, prospects too.
    pub customers: u32,
    /// Customers with a valid order.
    pub buyers: u32,
    /// Orders of any state.
    pub orders: u32,
    /// Orders that count.
    pub valid_orders: u32,
    /// Valid orders that nobody can be found for.
    pub anonymous_orders: u32,
    /// Total of the valid orders before refunds.
    pub gross: i64,
    /// Refunds on the valid orders.
    pub refunds: i64,
    /// `gross - refunds`.
    pub net: i64,
    /// Day of the first valid order.
    pub first_order: Option<ShopDay>,
    /// Day of the last valid order.
    pub last_order: Option<ShopDay>,
    /// Orders by state.
    pub states: Vec<StateCount>,
    /// Key figures of the whole history.
    pub kpis: KpiSet,
    /// Median days between two purchase days of a customer.
    pub median_gap_days: Option<f64>,
}

/// How many orders are in a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StateCount {
    /// The state.
    pub state: OrderState,
    /// How many.
    pub orders: u32,
}

/// Key figures of a period. `None`: not defined, as the order value of no orders.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct KpiSet {
    /// Net of refunds.
    pub net: i64,
    /// Valid orders.
    pub orders: u32,
    /// Customers with a valid order.
    pub buyers: u32,
    /// Net per valid order, in minor units.
    pub aov: Option<f64>,
    /// Share of buyers with two or more valid orders, 0 to 1.
    pub repeat_rate: Option<f64>,
    /// Valid orders with a known customer per buyer.
    pub orders_per_buyer: Option<f64>,
    /// Valid orders that nobody can be found for.
    pub anonymous_orders: u32,
}

impl KpiSet {
    /// Share of the valid orders whose customer is known, 0 to 1; `None` without orders.
    pub fn identified_share(&self) -> Option<f64> {
        identified_share(self.orders, self.anonymous_orders)
    }
}

fn identified_share(orders: u32, anonymous: u32) -> Option<f64> {
    (orders > 0).then(|| f64::from(orders - anonymous.min(orders)) / f64::from(orders))
}

/// The first screen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Overview {
    /// What the key figures cover.
    pub period: Period,
    /// What they are compared with.
    pub compared: Option<Period>,
    /// Figures of the period.
    pub now: KpiSet,
    /// Figures of the compared period; `None` too if the data do not reach back so far.
    pub before: Option<KpiSet>,
    /// How long the points of the series are.
    pub stretch: Stretch,
    /// Net and orders by stretch.
    pub series: Vec<SeriesPoint>,
    /// The same for the compared period, point by point.
    pub series_before: Vec<SeriesPoint>,
    /// The period begins within the first point's time.
    pub first_partial: bool,
    /// The last point's time is not over at the as-of day.
    pub last_incomplete: bool,
    /// Customers of the groups At risk and Can't lose.
    pub slipping: u32,
    /// Their net so far.
    pub slipping_net: i64,
    /// How many of them are in the tiers VIP and big.
    pub slipping_big: u32,
    /// The dearest of them.
    pub slipping_top: Vec<SlippingRow>,
    /// Are customers satisfied? `None`: nobody has ever been asked.
    pub satisfaction: Option<SatisfactionNow>,
    /// Share of 4 and 5 of the answers by stretch, those with answers.
    pub csat_series: Vec<f64>,
    /// The repeat rate of windows as long as the period that end with each stretch of it, oldest first.
    pub repeat_series: Vec<f64>,
}

/// How long a point of a chart is. The first and the last may be cut short by the period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stretch {
    /// A day: periods up to 31 days.
    Day,
    /// A week from Monday: up to 400 days.
    Week,
    /// A month of the calendar.
    Month,
}

impl Stretch {
    /// The stretches of a period.
    pub const fn of(period: Period) -> Stretch {
        match period.days() {
            ..=31 => Stretch::Day,
            32..=400 => Stretch::Week,
            _ => Stretch::Month,
        }
    }
}

/// A stretch of time on a chart.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct SeriesPoint {
    /// First day.
    pub start: ShopDay,
    /// Net of refunds.
    pub net: i64,
    /// Valid orders.
    pub orders: u32,
    /// Those of them that nobody can be found for.
    pub anonymous: u32,
    /// Net per valid order, minor units, as [`KpiSet::aov`] has it of the period.
    pub aov: Option<f64>,
}

impl SeriesPoint {
    /// Share of the valid orders whose customer is known, 0 to 1; `None` without orders.
    pub fn identified_share(&self) -> Option<f64> {
        identified_share(self.orders, self.anonymous)
    }
}

/// A customer who is slipping away.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SlippingRow {
    /// Who.
    pub id: CustomerId,
    /// Name, else e-mail or telephone.
    pub label: String,
    /// The group.
    pub group: RfmGroup,
    /// Days since the last order.
    pub silent_days: i32,
    /// The customer's own rhythm in days, drawn towards the shop's.
    pub rhythm_days: Option<f64>,
    /// Net so far.
    pub net: i64,
}

/// The RFM screen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RfmView {
    /// How customers are scored.
    pub choice: RfmChoice,
    /// Fixed cuts to begin with; `None` before the first order.
    pub proposal: Option<FixedCuts>,
    /// Customers with a score: those with a valid order in the window. Orders and net of all parts
    /// here are those of the window.
    pub scored: u32,
    /// Why the scores deserve caution.
    pub warning: Option<RfmWarning>,
    /// Which values have which score.
    pub cuts: BandCuts,
    /// 25 cells, R 5 to 1, in each F 1 to 5.
    pub recency_frequency: Vec<GridCell>,
    /// 25 cells, R 5 to 1, in each M 1 to 5.
    pub recency_monetary: Vec<GridCell>,
    /// The eleven groups.
    pub groups: Vec<GroupRow>,
    /// The eight classes.
    pub classes: Vec<ClassRow>,
    /// Days, orders and minor units between low and high of the classes.
    pub class_cuts: (f64, f64, f64),
}

/// Why RFM scores deserve caution.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RfmWarning {
    /// Fewer than 25 buyers.
    FewBuyers,
    /// Fewer than five distinct values on some scale.
    FewValues,
}

/// Lowest and highest value with each score 1 to 5; `None`: nobody has the score.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BandCuts {
    /// Days since the last order.
    pub r: [Option<Band>; 5],
    /// Valid orders.
    pub f: [Option<Band>; 5],
    /// Net.
    pub m: [Option<Band>; 5],
}

/// Lowest and highest value of a band.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Band {
    /// Lowest.
    pub from: i64,
    /// Highest.
    pub to: i64,
}

/// A cell of a heat map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GridCell {
    /// Recency score, 5 to 1.
    pub r: u8,
    /// The other score, 1 to 5.
    pub other: u8,
    /// How many customers.
    pub customers: u32,
    /// Their net.
    pub net: i64,
}

/// A group of the eleven.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupRow {
    /// Which.
    pub group: RfmGroup,
    /// How many customers.
    pub customers: u32,
    /// Their orders.
    pub orders: u32,
    /// Their net.
    pub net: i64,
}

/// A class of the eight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassRow {
    /// Which.
    pub class: RfmClass,
    /// How many customers.
    pub customers: u32,
    /// Their net.
    pub net: i64,
}

/// The tiers screen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TiersView {
    /// Shares of customers that the tiers are cut at, in percent: VIP, big, normal, small.
    pub shares_percent: [f64; 4],
    /// From the top.
    pub tiers: Vec<TierRow>,
    /// Share of net from the best fifth of customers.
    pub top20_share: Option<f64>,
    /// Gini coefficient of net over buyers.
    pub gini: Option<f64>,
    /// Share of buyers that bring 80 % of net.
    pub share_for_80: Option<f64>,
    /// The curve from the best customer down.
    pub curve: Vec<CurvePoint>,
}

/// A tier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TierRow {
    /// Which.
    pub tier: Tier,
    /// How many customers.
    pub customers: u32,
    /// Their net.
    pub net: i64,
    /// The least net that is in the tier.
    pub from_net: Option<i64>,
}

/// A point of the Pareto curve.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct CurvePoint {
    /// Share of customers, 0 to 1, best first.
    pub customers: f64,
    /// Their share of net, 0 to 1.
    pub net: f64,
}
