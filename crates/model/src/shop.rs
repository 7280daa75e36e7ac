//! What the merchant says of the shop itself.

use crate::Currency;
use serde::{Deserialize, Serialize};

/// The shop's own facts: every figure is worked out under them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShopProfile {
    /// The name on screen; empty until the merchant gives one.
    pub name: String,
    /// Name of the time zone, as `Asia/Shanghai`: decides where a day begins.
    pub time_zone: String,
    /// The currency of every figure.
    pub currency: Currency,
    /// Two letters of ISO 3166: telephone numbers without a country code are this country's.
    pub country: String,
}
