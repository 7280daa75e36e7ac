//! A shop's export file: from bytes to orders, with every doubt reported.
//!
//! [`recognise`] looks at the beginning of a file and says what it is; a [`Reader`] takes the whole
//! of it, block by block, and gives a [`Batch`]: tables and a [`Report`]. No row is lost without
//! being counted, nothing is guessed without being said, and nothing here knows a browser, a
//! database or the time of day.
//!
//! A platform is one file in `platforms/`: which columns tell it, and what they mean.

mod ambiguous;
mod amounts;
mod answers;
mod batch;
mod cells;
mod customers;
mod dates;
mod encoding;
mod formats;
mod groups;
mod guess;
mod head;
mod header;
mod left_out;
mod memo;
mod mobile;
mod oddities;
mod offsets;
mod orders;
mod people;
mod person_name;
mod platforms;
mod reader;
mod recognise;
mod refunds;
mod refusal;
mod report;
mod role;
mod row_amounts;
mod row_checks;
mod rows;
mod sink;
pub mod splitter;
mod suggestions;
mod warnings;
mod word_hash;
mod words;
mod zones;

pub use amounts::DecimalMark;
pub use answers::{Answers, DELIMITERS, NAMES, column_keys, signature};
pub use batch::Batch;
pub use dates::DateOrder;
pub use encoding::{Charset, Encoding, Foreign, Transcode};
pub use formats::Formats;
pub use left_out::{KEPT_ROWS, KEPT_TEXT, RejectReason, Rejected, SkipKind, Skipped};
pub use platforms::Platform;
pub use reader::{Finished, Reader};
pub use recognise::{FileFacts, Recognised, SIZE_LIMIT, recognise, recognise_as};
pub use refusal::{Kind, Refusal};
pub use report::{CurrencySums, Question, Report};
pub use role::Role;
pub use row_amounts::RowAmounts;
pub use suggestions::{Likeness, Suggestion};
pub use warnings::{Warning, WarningCode};

/// What of the shop the reading of a file depends on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Context {
    /// Two letters of ISO 3166: telephone numbers without a country code are this country's.
    pub country: String,
    /// The shop's currency, for amounts that name none.
    pub currency: model::Currency,
    /// Today in the shop's zone; `None`: no date is taken as a future one.
    pub today: Option<model::ShopDay>,
    /// Addresses, telephones and member names that are no one customer's, as an office's or a
    /// marketplace's: never a key.
    pub ignored_keys: Vec<String>,
}
