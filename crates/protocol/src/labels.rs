//! What tells customers apart on a day, and tables of any two such labels. Money is in minor units
//! of the view's currency.

use crate::{ChurnState, Lens, RfmClass, RfmGroup, Stage, Tier};
use model::{Currency, ShopDay};
use serde::{Deserialize, Serialize};

/// By what customers are told apart. A customer has at most one label of a kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum LabelKind {
    /// RFM group of the eleven.
    #[default]
    Group,
    /// RFM class of the eight.
    Class,
    /// Tier by worth.
    Tier,
    /// Stage of the life-cycle.
    Stage,
    /// State of silence.
    Churn,
    /// Grade by the shop's rules.
    Grade,
    /// Country, as the files have it.
    Country,
    /// Province or state, as the files have it.
    Region,
    /// Where the first order was placed.
    Channel,
    /// First product of the first order.
    Product,
    /// Tenth by value of the next twelve months.
    Decile,
}

impl LabelKind {
    /// All kinds.
    pub const ALL: [LabelKind; 11] = [
        LabelKind::Group,
        LabelKind::Class,
        LabelKind::Tier,
        LabelKind::Stage,
        LabelKind::Churn,
        LabelKind::Grade,
        LabelKind::Country,
        LabelKind::Region,
        LabelKind::Channel,
        LabelKind::Product,
        LabelKind::Decile,
    ];

    /// Whether it comes from the customer-base models.
    pub const fn is_of_models(self) -> bool {
        matches!(self, LabelKind::Decile)
    }
}

/// A label of a customer.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Label {
    /// Of [`LabelKind::Group`].
    Group(RfmGroup),
    /// Of [`LabelKind::Class`].
    Class(RfmClass),
    /// Of [`LabelKind::Tier`].
    Tier(Tier),
    /// Of [`LabelKind::Stage`].
    Stage(Stage),
    /// Of [`LabelKind::Churn`].
    Churn(ChurnState),
    /// Of [`LabelKind::Decile`]: from 1, the most valuable, to 10.
    Decile(u8),
    /// Of all other kinds: in the words of the shop or of its files.
    Text(String),
    /// One of the many texts that few customers have.
    Others,
}

impl Label {
    /// Its name in addresses and rules; of a text the text itself.
    pub fn code(&self) -> String {
        match self {
            Label::Group(it) => slug(it.name()),
            Label::Class(it) => (*it as u8).to_string(),
            Label::Tier(it) => slug(it.name()),
            Label::Stage(it) => slug(it.name()),
            Label::Churn(it) => slug(it.name()),
            Label::Decile(it) => it.to_string(),
            Label::Text(it) => it.clone(),
            Label::Others => "others".to_owned(),
        }
    }

    /// The label of a name, of a kind whose labels are not texts.
    pub fn of_code(kind: LabelKind, code: &str) -> Option<Label> {
        fn find<T: Copy>(all: &[T], name: fn(T) -> &'static str, code: &str) -> Option<T> {
            all.iter().copied().find(|it| slug(name(*it)) == code)
        }
        match kind {
            LabelKind::Group => find(&RfmGroup::ALL, RfmGroup::name, code).map(Label::Group),
            LabelKind::Class => {
                RfmClass::ALL.get(code.parse::<usize>().ok()?).copied().map(Label::Class)
            }
            LabelKind::Tier => find(&Tier::ALL, Tier::name, code).map(Label::Tier),
            LabelKind::Stage => find(&Stage::ALL, Stage::name, code).map(Label::Stage),
            LabelKind::Churn => find(&ChurnState::ALL, ChurnState::name, code).map(Label::Churn),
            LabelKind::Decile => {
                let tenth = code.parse().ok().filter(|it| (1..=10).contains(it));
                tenth.map(Label::Decile)
            }
            LabelKind::Grade
            | LabelKind::Country
            | LabelKind::Region
            | LabelKind::Channel
            | LabelKind::Product => None,
        }
    }
}

/// A name as it stands in addresses and rules: `Can't lose` is `cant-lose`.
pub fn slug(name: &str) -> String {
    name.to_ascii_lowercase().replace(' ', "-").replace('\'', "")
}

/// Whether a customer has a label on a day.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct LabelCondition {
    /// By what.
    pub kind: LabelKind,
    /// On which day; `None`: on the as-of day.
    pub on: Option<ShopDay>,
    /// Which; `None`: none of the kind.
    pub label: Option<Label>,
}

/// A table of two labels.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CrossQuery {
    /// As-of day, and the period that an earlier day is the eve of.
    pub lens: Lens,
    /// What makes the rows.
    pub rows: LabelKind,
    /// What makes the columns.
    pub columns: LabelKind,
    /// The day of the rows' labels.
    pub rows_on: RowsOn,
}

/// The day that the rows of a table of two labels hold for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum RowsOn {
    /// The same as the columns: the as-of day.
    #[default]
    AsOf,
    /// An earlier day, at the latest the as-of day.
    Day(ShopDay),
    /// The day before the lens' period.
    BeforePeriod,
}

/// A table of two labels: every customer on record is in one cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CrossView {
    /// Of the data.
    pub revision: u64,
    /// The day that the columns hold for.
    pub as_of: ShopDay,
    /// The day that the rows hold for, where that is another question than the columns' day.
    pub since: Option<ShopDay>,
    /// Currency of the net.
    pub currency: Currency,
    /// What makes the rows.
    pub rows_by: LabelKind,
    /// What makes the columns.
    pub columns_by: LabelKind,
    /// From the top; `None`, always the last: customers without a label, where there are any.
    pub rows: Vec<Option<Label>>,
    /// From the left, likewise.
    pub columns: Vec<Option<Label>>,
    /// Row by row.
    pub cells: Vec<CrossCell>,
}

/// Customers with both labels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CrossCell {
    /// How many.
    pub customers: u32,
    /// Their net up to the as-of day.
    pub net: i64,
}

impl CrossCell {
    /// The customers of both cells.
    #[must_use]
    pub fn and(self, other: CrossCell) -> CrossCell {
        CrossCell {
            customers: self.customers + other.customers,
            net: self.net.saturating_add(other.net),
        }
    }
}

impl CrossView {
    /// The cell of a row and a column.
    pub fn cell(&self, row: usize, column: usize) -> CrossCell {
        self.cells.get(row * self.columns.len() + column).copied().unwrap_or_default()
    }

    /// All customers of a row.
    pub fn row_total(&self, row: usize) -> CrossCell {
        (0..self.columns.len())
            .map(|at| self.cell(row, at))
            .fold(CrossCell::default(), CrossCell::and)
    }

    /// All customers of a column.
    pub fn column_total(&self, column: usize) -> CrossCell {
        (0..self.rows.len())
            .map(|at| self.cell(at, column))
            .fold(CrossCell::default(), CrossCell::and)
    }

    /// Everybody.
    pub fn total(&self) -> CrossCell {
        self.cells.iter().copied().fold(CrossCell::default(), CrossCell::and)
    }

    /// What tells the customers of a row.
    pub fn row_condition(&self, row: usize) -> Option<LabelCondition> {
        let label = self.rows.get(row)?.clone();
        Some(LabelCondition { kind: self.rows_by, on: self.since, label })
    }

    /// What tells the customers of a column.
    pub fn column_condition(&self, column: usize) -> Option<LabelCondition> {
        let label = self.columns.get(column)?.clone();
        Some(LabelCondition { kind: self.columns_by, on: None, label })
    }
}
