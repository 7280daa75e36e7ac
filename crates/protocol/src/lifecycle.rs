//! The life-cycle screen. Money is in minor units of the view's currency.

use crate::{AcquireView, LifecycleChoice, SilenceView, Stage};
use model::{Currency, CustomerId, ShopDay};
use serde::{Deserialize, Serialize};

/// A stage in a few figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageRow {
    /// Which.
    pub stage: Stage,
    /// Customers in it; in acquisition those who have not bought yet too.
    pub customers: u32,
    /// Their net so far.
    pub net: i64,
}

/// The life-cycle screen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LifecycleView {
    /// Of the data.
    pub revision: u64,
    /// The day that it holds for.
    pub as_of: ShopDay,
    /// Currency of all money here.
    pub currency: Currency,
    /// By which rules.
    pub choice: LifecycleChoice,
    /// The limits of silence.
    pub limits: SilenceView,
    /// Customers of acquisition without an order yet.
    pub prospects: u32,
    /// The five stages, in their order.
    pub stages: Vec<StageDetail>,
    /// The day that the moves are counted from: the last before the lens' period.
    pub since: ShopDay,
    /// Customers by stage on that day and now, those who stayed too; pairs without anybody are left
    /// out. Each day's stages are those that this screen shows for it.
    pub moves: Vec<StageMoveRow>,
    /// The newest moves since then, newest first, by today's limits.
    pub recent: Vec<DatedMove>,
    /// Buyers with a second order by now, of all, and the median days that it took them.
    pub second_order: SecondOrder,
    /// Where new customers come from.
    pub acquire: AcquireView,
}

/// A stage with its past.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct StageDetail {
    /// Customers and money, as in the analysis.
    pub row: StageRow,
    /// Buyers who have ever been in the stage: the funnel.
    pub ever: u32,
    /// Median days that the buyers in the stage have been in it; `None` without any.
    pub median_days: Option<f64>,
}

/// Customers who went from one stage to another between two days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageMoveRow {
    /// On the earlier day; `None`: had not bought yet.
    pub from: Option<Stage>,
    /// Now; `None`: has not bought yet.
    pub to: Option<Stage>,
    /// How many.
    pub customers: u32,
    /// Their net so far.
    pub net: i64,
}

/// A customer's move to a stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DatedMove {
    /// Who.
    pub id: CustomerId,
    /// What the customer is called.
    pub label: String,
    /// When.
    pub day: ShopDay,
    /// The stage before; `None`: it was the first order.
    pub from: Option<Stage>,
    /// The stage moved to.
    pub to: Stage,
    /// Net so far.
    pub net: i64,
}

/// How many come back at all, and how soon.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SecondOrder {
    /// Customers with an order.
    pub buyers: u32,
    /// Those with orders on two days or more.
    pub repeaters: u32,
    /// Median days from the first to the second purchase day of those.
    pub median_days: Option<f64>,
}
