//! What a shop's data is.
//!
//! Plain values with their rules and nothing else: no storage, no screen, no clock.
//! The units are fixed here once: money in minor units ([`Money`]), days in the shop's time zone
//! ([`ShopDay`]), instants in seconds ([`OrderTime`]).

mod amount;
mod change;
mod columns;
mod csv;
mod currency;
mod customer;
mod day;
mod identity;
mod money;
mod order;
mod shop;
mod zone;

pub use amount::{Amount, rescaled};
pub use change::{Change, DeviceId, Entity, Field, FieldName, Hlc, Operation, Origin, Value};
pub use columns::{DictColumn, TextColumn};
pub use csv::push_csv_cell;
pub use currency::{Currency, UnknownCurrency};
pub use customer::CustomerTable;
pub use day::ShopDay;
pub use identity::{CustomerId, IdentityKey, normalise_email, normalise_phone};
pub use money::Money;
pub use order::{LineTable, NO_CUSTOMER, OrderFlags, OrderState, OrderTable, ProductTable};
pub use shop::ShopProfile;
pub use zone::{OrderTime, Zone};
