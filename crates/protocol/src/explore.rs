//! Orders by any of their properties. Money is in minor units of the view's currency.

use crate::{Label, LabelKind, Lens, Period};
use model::{Currency, OrderState, ShopDay};
use serde::{Deserialize, Serialize};

/// A property of orders. An order has at most one slice of each, but for products.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Dimension {
    /// Calendar month.
    Month,
    /// Calendar quarter.
    Quarter,
    /// Calendar year.
    Year,
    /// Day of the week.
    Weekday,
    /// Hour of the day on the shop's clock.
    Hour,
    /// Country of the customer, as the files have it.
    Country,
    /// Province or state of the customer.
    Region,
    /// City of the customer.
    City,
    /// Where it was sold.
    Channel,
    /// The platform that the file came from.
    Source,
    /// What was bought: an order's money is shared among its products by the amounts of its lines.
    Product,
    /// Whether something was taken off.
    Discount,
    /// What the order is to the figures.
    State,
    /// Whether the customer had bought before.
    Visit,
    /// A label of the customer, on the as-of day.
    Customer(LabelKind),
}

impl Dimension {
    /// All that is offered. Country, region and the like of a customer are properties already.
    pub const ALL: [Dimension; 22] = [
        Dimension::Month,
        Dimension::Quarter,
        Dimension::Year,
        Dimension::Weekday,
        Dimension::Hour,
        Dimension::Channel,
        Dimension::Source,
        Dimension::Product,
        Dimension::Country,
        Dimension::Region,
        Dimension::City,
        Dimension::Discount,
        Dimension::State,
        Dimension::Visit,
        Dimension::Customer(LabelKind::Group),
        Dimension::Customer(LabelKind::Class),
        Dimension::Customer(LabelKind::Tier),
        Dimension::Customer(LabelKind::Stage),
        Dimension::Customer(LabelKind::Churn),
        Dimension::Customer(LabelKind::Grade),
        Dimension::Customer(LabelKind::Channel),
        Dimension::Customer(LabelKind::Product),
    ];

    /// Whether its slices follow each other in time.
    pub const fn is_time(self) -> bool {
        matches!(
            self,
            Dimension::Month
                | Dimension::Quarter
                | Dimension::Year
                | Dimension::Weekday
                | Dimension::Hour
        )
    }
}

/// A value of a dimension.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Slice {
    /// Of [`Dimension::Month`], [`Dimension::Quarter`] and [`Dimension::Year`]: the first day.
    Start(ShopDay),
    /// Of [`Dimension::Weekday`], from 0 for Monday, and [`Dimension::Hour`].
    Number(u8),
    /// In the words of the files.
    Text(String),
    /// One of the many texts that are not named.
    Others,
    /// Of [`Dimension::Discount`]: something was taken off; of [`Dimension::Visit`]: the first order.
    Is(bool),
    /// Of [`Dimension::State`].
    State(OrderState),
    /// Of [`Dimension::Customer`].
    Label(Label),
}

/// Whether an order has a slice.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SliceCondition {
    /// Of what.
    pub dimension: Dimension,
    /// Which; `None`: it has none.
    pub slice: Option<Slice>,
}

/// Which orders, counted by what.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ExploreQuery {
    /// As-of day and period.
    pub lens: Lens,
    /// By what: the first [`MOST_DIMENSIONS`] different ones.
    pub dimensions: Vec<Dimension>,
    /// Only orders that meet all of these.
    pub conditions: Vec<SliceCondition>,
    /// Of what all slices are wanted, to choose from.
    pub choices_of: Option<Dimension>,
}

/// So many dimensions a table has at most.
pub const MOST_DIMENSIONS: usize = 3;

/// The orders of a period, counted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ExploreView {
    /// Of the data.
    pub revision: u64,
    /// The day that it holds for.
    pub as_of: ShopDay,
    /// The orders' days.
    pub period: Period,
    /// Currency of all money here.
    pub currency: Currency,
    /// The shop's time zone.
    pub zone: String,
    /// The dimensions with their slices in their natural order, `None` last; only those that some
    /// order has.
    pub axes: Vec<Axis>,
    /// Every cell that some order is in, and all sums.
    pub cells: Vec<ExploreCell>,
    /// What the files tell: a dimension that they do not is not offered.
    pub known: Vec<Dimension>,
    /// All slices of [`ExploreQuery::choices_of`].
    pub choices: Vec<Option<Slice>>,
    /// Whether the files have lines: pieces are known.
    pub has_lines: bool,
    /// Days of the first and the last valid order of all, to say why nothing is here.
    pub span: Option<Period>,
    /// Time that the engine worked, in milliseconds.
    pub took_ms: f64,
}

/// A dimension of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Axis {
    /// What it is.
    pub dimension: Dimension,
    /// Its slices in their order.
    pub slices: Vec<Option<Slice>>,
}

/// A cell of the table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ExploreCell {
    /// Its place on each axis; the one after the last slice is the sum's.
    pub at: Vec<u32>,
    /// What its orders add up to.
    pub figures: ExploreFigures,
}

/// What orders add up to. `None`: not defined, as the order value of no orders.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ExploreFigures {
    /// Orders of any state.
    pub placed: u32,
    /// Valid orders.
    pub orders: u32,
    /// Customers with a valid order, each once.
    pub customers: u32,
    /// Customers whose first valid order is here.
    pub new_customers: u32,
    /// Net of all refunds.
    pub net: i64,
    /// Amount of the valid orders before refunds.
    pub gross: i64,
    /// All refunds.
    pub refunds: i64,
    /// Refunds ÷ amount before them.
    pub refund_share: Option<f64>,
    /// Net per valid order.
    pub order_value: Option<f64>,
    /// Pieces, in thousandths.
    pub items_milli: i64,
    /// Net of known customers per customer.
    pub net_per_customer: Option<f64>,
}

impl ExploreView {
    /// The figures at these places, nothing where no order is.
    pub fn figures(&self, at: &[u32]) -> ExploreFigures {
        let found = self.cells.binary_search_by(|cell| cell.at.as_slice().cmp(at));
        found.map(|at| self.cells[at].figures).unwrap_or_default()
    }

    /// The place of the sum on an axis.
    pub fn sum_place(&self, axis: usize) -> u32 {
        self.axes.get(axis).map_or(0, |it| it.slices.len() as u32)
    }

    /// The places of all orders' sum.
    pub fn all(&self) -> Vec<u32> {
        (0..self.axes.len()).map(|axis| self.sum_place(axis)).collect()
    }

    /// What tells the orders of a cell.
    pub fn conditions(&self, at: &[u32]) -> Vec<SliceCondition> {
        let axes = self.axes.iter().zip(at);
        axes.filter_map(|(axis, place)| {
            let slice = axis.slices.get(*place as usize)?.clone();
            Some(SliceCondition { dimension: axis.dimension, slice })
        })
        .collect()
    }
}
