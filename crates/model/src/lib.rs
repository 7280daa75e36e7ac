//! What a shop's data is.
//!
//! Plain values with their rules and nothing else: no storage, no screen, no clock.
//! The units are fixed here once: money in minor units ([`Money`]), days in the shop's time zone
//! ([`ShopDay`]), instants in seconds ([`OrderTime`]).

mod amount;
pub mod base32;
mod blocks;
mod change;
mod collected;
mod contact;
mod country;
mod csv;
mod currency;
mod customer;
mod day;
mod decimal;
mod dict_column;
mod identity;
mod money;
mod nested;
mod numbered;
mod order;
mod part;
mod people;
mod phone;
mod rate;
mod record_kind;
mod response;
mod shop;
mod summary;
mod text_column;
mod ticket;
mod time_column;
mod zone;

pub use amount::{Amount, rescaled};
pub use blocks::{BLOCK_ROWS, blocks};
pub use change::{Change, DeviceId, Entity, Field, FieldName, Hlc, Operation, Origin, Value};
pub use collected::collected;
pub use contact::{Birthday, Consent, ContactTable, LIST_SEPARATOR};
pub use country::is_country;
pub use csv::push_csv_cell;
pub use currency::{Currency, UnknownCurrency};
pub use customer::CustomerTable;
pub use day::ShopDay;
pub use decimal::{plain_decimal, read_decimal};
pub use dict_column::DictColumn;
pub use identity::{CustomerId, IdentityKey, normalise_email};
pub use money::Money;
pub use nested::{is_of_file, nested_name};
pub use numbered::NumberedRows;
pub use order::{LineTable, NO_CUSTOMER, OrderFlags, OrderState, OrderTable, ProductTable};
pub use part::Part;
pub use people::PeopleTables;
pub use phone::{may_be_chinese_mobile, may_be_north_american, normalise_phone};
pub use rate::{DatedRate, Rate, Rates};
pub use record_kind::RecordKind;
pub use response::{AnswerTable, Aspect, COST_PARTS, ResponseTable, VALUE_PARTS};
pub use shop::ShopProfile;
pub use summary::{GapTable, SummaryTable};
pub use text_column::TextColumn;
pub use ticket::{EVENT_KINDS, EventTable, Phase, TicketTable};
pub use time_column::{Clock, TimeColumn};
pub use zone::{OrderTime, Zone};
