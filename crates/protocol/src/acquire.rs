//! Where new customers come from and what they cost. Money is in minor units of the view's currency.

use model::ShopDay;
use serde::{Deserialize, Serialize};

/// New customers of the last months by the channel of their first order.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct AcquireView {
    /// Months by their first day, oldest first; the last is that of the as-of day and perhaps not over.
    pub months: Vec<ShopDay>,
    /// The channels with the most new customers first, then those that only cost.
    pub channels: Vec<ChannelRow>,
    /// All channels together.
    pub all: ChannelRow,
    /// Whether it is of some customers alone, on whom nobody has said what was spent.
    pub is_part: bool,
}

/// A channel.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ChannelRow {
    /// Its name as files have it; empty: the first orders name none.
    pub channel: String,
    /// One for each month.
    pub months: Vec<AcquireCell>,
    /// These months together.
    pub total: AcquireCell,
    /// Median days from the first word of a person on a contact list to the first order, of all who
    /// have come so far; `None`: no list says since when.
    pub days_to_first: Option<f64>,
    /// Median days from the first purchase day to the second, of all who have come back so far.
    pub days_to_second: Option<f64>,
}

/// New customers of a channel and a time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct AcquireCell {
    /// Customers whose first order that counts lies in it.
    pub new_customers: u32,
    /// Net of these first orders.
    pub first_net: i64,
    /// What was spent; `None`: nobody has said.
    pub cost: Option<i64>,
    /// What a new customer has cost, of the months whose cost was said; `None`: unknown, or nobody came.
    pub cost_each: Option<f64>,
}
