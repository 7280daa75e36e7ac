//! What a rule can ask: conditions over a catalogue of fields, in groups.

use super::SegmentId;
use crate::{Label, LabelKind, RfmWindow};
use model::{Amount, ShopDay};

/// A group of conditions. It holds if all of them do, or any; the opposite, where it is negated.
/// Without conditions everybody is meant.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// All have to hold, not any.
    pub all: bool,
    /// What does not meet it is meant.
    pub negated: bool,
    /// What has to hold.
    pub nodes: Vec<Node>,
}

impl Default for Rule {
    fn default() -> Rule {
        Rule { all: true, negated: false, nodes: Vec::new() }
    }
}

/// A part of a rule.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// A group within.
    Group(Rule),
    /// A condition.
    Test(Test),
}

/// A condition. Of a customer of whom its field is not known it neither holds nor does not.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// A number on a side of a value.
    Number {
        /// Which.
        field: NumberField,
        /// On which side.
        is: Comparison,
        /// The value; of counts and days the number itself, of shares percent.
        value: Amount,
        /// Which orders are looked at, where the field has a window.
        window: RfmWindow,
    },
    /// A day before or after another.
    Day {
        /// Which.
        field: DayField,
        /// On which side.
        is: Side,
        /// Of which.
        day: Moment,
    },
    /// One of some labels.
    Choice {
        /// Of which kind.
        field: ChoiceField,
        /// Any of these, of that kind.
        labels: Vec<Label>,
        /// Has one, not none.
        is: bool,
    },
    /// A text.
    Text {
        /// Which.
        field: TextField,
        /// How it is compared; the case of letters makes no difference.
        how: How,
        /// With what.
        text: String,
        /// It is so, not otherwise.
        is: bool,
    },
    /// Yes or no.
    Flag {
        /// Of what.
        field: FlagField,
        /// Yes.
        is: bool,
    },
    /// A product in a valid order.
    Bought {
        /// What tells it apart, or a part of its name.
        product: String,
        /// In which orders.
        window: RfmWindow,
        /// Bought it, not did not.
        is: bool,
    },
    /// In a saved segment.
    Segment {
        /// Which.
        id: SegmentId,
        /// In it, not outside.
        is: bool,
    },
    /// Whether something is known at all.
    Known {
        /// What.
        field: AnyField,
        /// Known, not unknown.
        is: bool,
    },
}

/// A side of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// Not below it.
    AtLeast,
    /// Not above it.
    AtMost,
    /// Above it.
    Above,
    /// Below it.
    Below,
    /// The same.
    Equal,
}

/// A side of a day, the day included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// On it or later.
    Since,
    /// On it or earlier.
    Until,
}

/// A day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// Of the calendar.
    On(ShopDay),
    /// So many days before the as-of day.
    Ago(u16),
}

impl Moment {
    /// The day, for an as-of day.
    pub fn day(self, as_of: ShopDay) -> ShopDay {
        match self {
            Moment::On(day) => day,
            Moment::Ago(days) => as_of.plus_days(-i32::from(days)),
        }
    }
}

/// How texts are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// They are the same.
    Is,
    /// One is a part.
    Has,
}

/// In what a number is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// The shop's currency.
    Money,
    /// Days.
    Days,
    /// Percent.
    Percent,
    /// Nothing else.
    Plain,
}

/// Declares the fields of a kind with their names. The names are in users' logs and bookmarks: never
/// change one.
macro_rules! fields {
    ($(#[$doc:meta])* $kind:ident { $($(#[$field_doc:meta])* $field:ident = $name:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $kind { $($(#[$field_doc])* $field),+ }

        impl $kind {
            /// All.
            pub const ALL: &'static [$kind] = &[$($kind::$field),+];

            /// Its name, for ever the same.
            pub const fn name(self) -> &'static str {
                match self { $($kind::$field => $name),+ }
            }

            /// That of a name.
            pub fn of_name(name: &str) -> Option<$kind> {
                $kind::ALL.iter().copied().find(|it| it.name() == name)
            }
        }
    };
}

fields! {
    /// Numbers.
    NumberField {
        /// Net of the valid orders.
        Net = "net",
        /// Valid orders.
        Orders = "orders",
        /// Net per valid order.
        OrderValue = "order_value",
        /// Days since the last valid order.
        Silent = "silent",
        /// Days since the first valid order.
        Known = "known",
        /// Median days between purchase days.
        Gap = "gap",
        /// Share of paid orders of which something was given back.
        Refunded = "refunded",
        /// Recency score.
        R = "r",
        /// Frequency score.
        F = "f",
        /// Monetary score.
        M = "m",
        /// The chance not to have left for good, by the model.
        Alive = "alive",
        /// Expected orders in the next 365 days, by the model.
        Expected = "expected",
        /// Net to expect in the next twelve months, by the model.
        Value = "value",
        /// Satisfaction in the newest answer, 1 to 5.
        Csat = "csat",
        /// Likelihood to recommend in the newest answer, 0 to 10.
        Nps = "nps",
        /// Answers given.
        Answers = "answers",
        /// Service tickets.
        Tickets = "tickets",
        /// The number of the cluster of alike customers.
        Cluster = "cluster",
    }
}

fields! {
    /// Days.
    DayField {
        /// Of the first valid order.
        First = "first",
        /// Of the last valid order.
        Last = "last",
        /// On which the staff last marked the customer as contacted.
        Contacted = "contacted",
    }
}

fields! {
    /// Labels.
    ChoiceField {
        /// RFM group of the eleven.
        Group = "group",
        /// RFM class of the eight.
        Class = "class",
        /// Tier by worth.
        Tier = "tier",
        /// Stage of the life-cycle.
        Stage = "stage",
        /// State of silence.
        Silence = "silence",
        /// Grade by the shop's rules.
        Grade = "grade",
        /// Tenth by value of the next twelve months.
        Decile = "decile",
    }
}

fields! {
    /// Texts.
    TextField {
        /// Name.
        Name = "name",
        /// Country, as the files have it.
        Country = "country",
        /// Province or state, as the files have it.
        Region = "region",
        /// City, as the files have it.
        City = "city",
        /// Where any order was placed.
        Channel = "channel",
        /// Where the first order was placed.
        FirstChannel = "first_channel",
        /// First product of the first order.
        FirstProduct = "first_product",
        /// Platform that any order came from.
        Source = "source",
        /// A tag, the shop's own or of a contact list.
        Tag = "tag",
        /// The note.
        Note = "note",
    }
}

fields! {
    /// What is so or not.
    FlagField {
        /// An e-mail address is known.
        Email = "email",
        /// A telephone number is known.
        Phone = "phone",
        /// E-mails may be written; not known while nobody has said.
        MayEmail = "may_email",
        /// Text messages may be sent; likewise.
        MayText = "may_text",
        /// The shop does not want to write.
        Blocked = "blocked",
        /// Bought something at a discount; not known where no file says what was taken off.
        Discount = "discount",
    }
}

impl NumberField {
    /// In what it is counted.
    pub const fn unit(self) -> Unit {
        match self {
            NumberField::Net | NumberField::OrderValue | NumberField::Value => Unit::Money,
            NumberField::Silent | NumberField::Known | NumberField::Gap => Unit::Days,
            NumberField::Refunded | NumberField::Alive => Unit::Percent,
            _ => Unit::Plain,
        }
    }

    /// Whether it looks at the orders of a window.
    pub const fn has_window(self) -> bool {
        matches!(self, NumberField::Net | NumberField::Orders | NumberField::OrderValue)
    }

    /// Whether it comes from the customer-base models.
    pub const fn is_of_models(self) -> bool {
        matches!(self, NumberField::Alive | NumberField::Expected | NumberField::Value)
    }
}

impl ChoiceField {
    /// The labels that it is one of.
    pub const fn kind(self) -> LabelKind {
        match self {
            ChoiceField::Group => LabelKind::Group,
            ChoiceField::Class => LabelKind::Class,
            ChoiceField::Tier => LabelKind::Tier,
            ChoiceField::Stage => LabelKind::Stage,
            ChoiceField::Silence => LabelKind::Churn,
            ChoiceField::Grade => LabelKind::Grade,
            ChoiceField::Decile => LabelKind::Decile,
        }
    }

    /// The field of a kind of labels; `None`: such labels are texts.
    pub fn of_kind(kind: LabelKind) -> Option<ChoiceField> {
        ChoiceField::ALL.iter().copied().find(|it| it.kind() == kind)
    }
}

impl TextField {
    /// Whether a customer can have several, and having none is known.
    pub const fn is_set(self) -> bool {
        matches!(self, TextField::Channel | TextField::Source | TextField::Tag | TextField::Note)
    }
}

/// A field of any kind that may be unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnyField {
    /// A number.
    Number(NumberField),
    /// A day.
    Day(DayField),
    /// A label.
    Choice(ChoiceField),
    /// A text.
    Text(TextField),
    /// Yes or no.
    Flag(FlagField),
}

impl AnyField {
    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            AnyField::Number(it) => it.name(),
            AnyField::Day(it) => it.name(),
            AnyField::Choice(it) => it.name(),
            AnyField::Text(it) => it.name(),
            AnyField::Flag(it) => it.name(),
        }
    }

    /// The field of a name.
    pub fn of_name(name: &str) -> Option<AnyField> {
        let number = || NumberField::of_name(name).map(AnyField::Number);
        let day = || DayField::of_name(name).map(AnyField::Day);
        let choice = || ChoiceField::of_name(name).map(AnyField::Choice);
        let text = || TextField::of_name(name).map(AnyField::Text);
        let flag = || FlagField::of_name(name).map(AnyField::Flag);
        number().or_else(day).or_else(choice).or_else(text).or_else(flag)
    }
}

impl Rule {
    /// The rule of one condition.
    pub fn of(test: Test) -> Rule {
        Rule { nodes: vec![Node::Test(test)], ..Rule::default() }
    }

    /// Its conditions, those of groups within too.
    pub fn tests(&self) -> Vec<&Test> {
        fn of_node(node: &Node) -> Vec<&Test> {
            match node {
                Node::Group(group) => group.tests(),
                Node::Test(test) => vec![test],
            }
        }
        self.nodes.iter().flat_map(of_node).collect()
    }

    /// Whether it asks for what only the customer-base models know.
    pub fn needs_models(&self) -> bool {
        self.tests().iter().any(|test| match test {
            Test::Number { field, .. } | Test::Known { field: AnyField::Number(field), .. } => {
                field.is_of_models()
            }
            Test::Choice { field, .. } | Test::Known { field: AnyField::Choice(field), .. } => {
                field.kind().is_of_models()
            }
            _ => false,
        })
    }
}
