//! The customer list and the customer page.

use crate::{
    ActKind, ChurnReason, ChurnState, Circle, CohortFilter, CustomerAhead, LabelCondition, Lens,
    Period, QuadrantFilter, RfmClass, RfmGroup, SliceCondition, Stage, Tier, Trait, Verdict,
};
use model::{Currency, CustomerId, OrderState, ShopDay};
use serde::{Deserialize, Serialize};

/// Which customers. All conditions hold together; the default lets everybody through.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CustomerFilter {
    /// In this RFM group.
    pub group: Option<RfmGroup>,
    /// In this RFM class.
    pub class: Option<RfmClass>,
    /// In this tier.
    pub tier: Option<Tier>,
    /// Recency score; 0: any.
    pub r: u8,
    /// Frequency score; 0: any.
    pub f: u8,
    /// Monetary score; 0: any.
    pub m: u8,
    /// Only the groups At risk and Can't lose.
    pub slipping: bool,
    /// Only customers with this many valid orders; 0: any.
    pub orders: u32,
    /// Only customers with a last order at most this many days ago; 0: any.
    pub within_days: u32,
    /// In this stage of the life-cycle.
    pub stage: Option<Stage>,
    /// In this state of silence.
    pub churn: Option<ChurnState>,
    /// Only those with this tag; empty: any.
    pub tag: String,
    /// Only those behind a mark of a picture.
    pub behind: Option<Behind>,
}

/// A mark of a picture, as a filter of the customer list.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Behind {
    /// A cell of a cohort table.
    Cohort(CohortFilter),
    /// Who went from one stage to another since a day; `None`: had not, has not bought yet.
    Moved {
        /// The earlier day.
        since: ShopDay,
        /// The stage on it.
        from: Option<Stage>,
        /// The stage now.
        to: Option<Stage>,
    },
    /// On the register: at risk or churned.
    Leaving,
    /// On the register with this reason.
    Reason(ChurnReason),
    /// With a dissatisfied answer, in the lens's period if it has one.
    Detractors,
    /// Bought all of some products and none of others, by what tells them apart.
    Bought {
        /// All of these.
        all: Vec<String>,
        /// None of these.
        without: Vec<String>,
    },
    /// About to need this product again; empty: any product.
    Due(String),
    /// Who meets all of these: a cell of a table of two labels, or one of its rows or columns.
    Labelled(Vec<LabelCondition>),
    /// A circle of customers that the first screen speaks of.
    Circle(Circle),
    /// A quarter of a plane of two figures.
    Quadrant(QuadrantFilter),
    /// Whom a rule means.
    Rule(String),
    /// With a valid order in a period that meets all of these: a cell of a table of orders.
    Explored {
        /// The orders' days.
        period: Period,
        /// What the orders have.
        conditions: Vec<SliceCondition>,
    },
    /// With a trait, who have bought, but not this product.
    Untapped {
        /// The trait.
        label: Trait,
        /// What tells the product apart.
        without: String,
    },
    /// Like the best customers.
    LikeBest,
    /// To be turned to for this reason, and not put off; `None`: for any.
    Act(Option<ActKind>),
    /// Won back of late.
    WonBack,
    /// To be won back, by models of what they would bring: nobody until those are known.
    ToWinBack,
    /// Moved to another stage after this day, on whatever day.
    MovedSince(ShopDay),
}

impl Behind {
    /// Whether who stands behind it is looked up among all customers, whatever segment is looked at;
    /// else among those of the segment, as the picture is theirs alone.
    pub const fn is_of_all(&self) -> bool {
        matches!(
            self,
            Behind::Rule(_) | Behind::Moved { .. } | Behind::Untapped { .. } | Behind::LikeBest
        )
    }
}

impl CustomerFilter {
    /// Those behind a mark of a picture.
    pub fn behind(mark: Behind) -> CustomerFilter {
        CustomerFilter { behind: Some(mark), ..CustomerFilter::default() }
    }

    /// Whether everybody passes.
    pub fn is_open(&self) -> bool {
        *self == CustomerFilter::default()
    }
}

/// By what the list is sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum CustomerSort {
    /// Net so far.
    #[default]
    Net,
    /// Name, else e-mail.
    Name,
    /// E-mail, else telephone.
    Contact,
    /// Group of the eleven, Champions first.
    Group,
    /// Scores, recency before frequency before money.
    Rfm,
    /// Tier, the highest first.
    Tier,
    /// Valid orders.
    Orders,
    /// Net per valid order.
    OrderValue,
    /// Day of the first valid order.
    FirstOrder,
    /// Day of the last valid order.
    LastOrder,
}

/// A language of the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// 简体中文.
    Chinese,
}

impl Language {
    /// Tag of BCP 47.
    pub const fn tag(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::Chinese => "zh-CN",
        }
    }
}

/// A stretch of the customer list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CustomerQuery {
    /// As-of day.
    pub lens: Lens,
    /// Parts of a name, e-mail, telephone or city, or a whole order number; empty: everybody.
    pub search: String,
    /// Which customers.
    pub filter: CustomerFilter,
    /// By what.
    pub sort: CustomerSort,
    /// In whose order names are sorted.
    pub language: Language,
    /// Largest first.
    pub descending: bool,
    /// Index of the first row wanted.
    pub first_row: u32,
    /// How many rows are wanted.
    pub rows: u32,
}

/// A stretch of the customer list, with the length of the whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CustomersPage {
    /// Of the data.
    pub revision: u64,
    /// Currency of all money here.
    pub currency: Currency,
    /// Rows of the whole list.
    pub total: u32,
    /// Net of the whole list.
    pub total_net: i64,
    /// Index of the first row here.
    pub first_row: u32,
    /// Names of the products of the filter's mark, in its order.
    pub products: Vec<String>,
    /// The rows.
    pub rows: Vec<CustomerRow>,
}

/// A customer in the list. Scores are 0 where the customer has none.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CustomerRow {
    /// Who.
    pub id: CustomerId,
    /// As known; empty: not known.
    pub name: String,
    /// Empty: not known.
    pub email: String,
    /// Empty: not known.
    pub phone: String,
    /// Valid orders.
    pub orders: u32,
    /// Net so far.
    pub net: i64,
    /// Day of the first valid order.
    pub first_order: Option<ShopDay>,
    /// Day of the last valid order.
    pub last_order: Option<ShopDay>,
    /// Scores.
    pub rfm: [u8; 3],
    /// Group of the eleven.
    pub group: Option<RfmGroup>,
    /// Tier.
    pub tier: Option<Tier>,
    /// Stage of the life-cycle.
    pub stage: Stage,
    /// State of silence; `None` without an order.
    pub churn: Option<ChurnState>,
}

/// What a customer is called: the first of name, e-mail and telephone that is known, else the
/// beginning of the id.
pub fn customer_label(known: [&str; 3], id: CustomerId) -> String {
    let first = known.into_iter().find(|text| !text.is_empty());
    first.map_or_else(|| id.to_string()[..8].to_owned(), str::to_owned)
}

impl CustomerRow {
    /// What the customer is called.
    pub fn label(&self) -> String {
        customer_label([&self.name, &self.email, &self.phone], self.id)
    }

    /// Net per valid order, rounded half away from zero; `None` without an order.
    pub fn order_value(&self) -> Option<i64> {
        (self.orders > 0).then(|| (self.net as f64 / f64::from(self.orders)).round() as i64)
    }
}

/// One customer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CustomerView {
    /// Of the data.
    pub revision: u64,
    /// The day that the figures hold for.
    pub as_of: ShopDay,
    /// Currency of the figures.
    pub currency: Currency,
    /// As in the list.
    pub row: CustomerRow,
    /// The name that a person gave the customer; empty: none, so that the row's is the imports'.
    pub edited_name: String,
    /// Class of the eight.
    pub class: Option<RfmClass>,
    /// Grade, and the number of the rule that hit, counted from 1; `None`: no rule did.
    pub grade: Option<(String, u32)>,
    /// City, region, country, as far as known.
    pub place: String,
    /// Written by the shop's staff.
    pub note: String,
    /// Tags that the shop's staff has put on, by letter.
    pub tags: Vec<String>,
    /// Days on which the staff contacted the customer, newest first.
    pub contacted: Vec<ShopDay>,
    /// The shop does not want to write to the customer.
    pub is_blocked: bool,
    /// Days since the last valid order.
    pub silent_days: Option<i32>,
    /// Median days between purchase days.
    pub median_gap_days: Option<f64>,
    /// The rhythm that the next order is expected by: own gaps drawn towards the shop's.
    pub rhythm_days: Option<f64>,
    /// Last order + rhythm.
    pub next_expected: Option<ShopDay>,
    /// The day on which the customer turns or turned at risk; `None` without an order.
    pub at_risk_on: Option<ShopDay>,
    /// The day on which the customer will count or counts as churned; likewise.
    pub churned_on: Option<ShopDay>,
    /// Net per valid order, minor units.
    pub aov: Option<f64>,
    /// Total of valid orders before refunds.
    pub gross: i64,
    /// What refunds gave back that name no order: the shop's net is lower by it, no order's is.
    pub given_back: i64,
    /// Share of paid orders with any refund.
    pub refund_rate: Option<f64>,
    /// The product bought in most orders.
    pub favourite: Option<String>,
    /// What the models expect; `None` until they are known, and without an order.
    pub ahead: Option<CustomerAhead>,
    /// Newest first.
    pub orders: Vec<OrderRow>,
    /// How many orders before them a summary stands for, and its day.
    pub summed: Option<(u32, ShopDay)>,
    /// What a contact list says, if one knows the customer.
    pub contact: Option<ContactView>,
    /// Answers, tickets and events up to the day, newest first.
    pub touches: Vec<Touch>,
}

/// What the newest contact list that knows a customer says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactView {
    /// Id of the program that wrote the list.
    pub source: String,
    /// Empty: not known.
    pub company: String,
    /// Year if known, month, day.
    pub birthday: Option<(Option<u16>, u8, u8)>,
    /// The merchant's words.
    pub tags: Vec<String>,
    /// As in the list.
    pub note: String,
    /// Further addresses and telephones.
    pub more: Vec<String>,
    /// Whether e-mails may be written, and since when.
    pub email_consent: Consent,
    /// Since when that is so.
    pub email_consent_day: Option<ShopDay>,
    /// Whether text messages may be sent.
    pub sms_consent: Consent,
    /// Since when the list knows the customer.
    pub since: Option<ShopDay>,
    /// Orders that the list claims, where they are more than the valid ones on record.
    pub claimed_orders: Option<u32>,
}

/// Whether somebody may be written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Consent {
    /// Nobody has said.
    Unknown,
    /// Yes.
    Given,
    /// No.
    Refused,
}

/// A contact with a customer that is no order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Touch {
    /// The shop's day; `None`: not known.
    pub day: Option<ShopDay>,
    /// What.
    pub kind: TouchKind,
    /// Number of the order that it is about, as the file has it; empty: none.
    pub order: String,
    /// In words: the comment, the message, what was looked at.
    pub text: String,
}

/// Kinds of contacts with a customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TouchKind {
    /// An answer to a survey, with the scores that were given.
    Answer {
        /// Satisfaction, 1 to 5.
        overall: Option<u8>,
        /// Likelihood to recommend, 0 to 10.
        nps: Option<u8>,
        /// Ease, 1 to 7.
        ces: Option<u8>,
    },
    /// A service ticket.
    Ticket {
        /// Where.
        channel: String,
        /// What it was about, as the file has it.
        category: String,
        /// Not ended yet.
        is_open: bool,
        /// Satisfaction with the service, 1 to 5.
        csat: Option<u8>,
    },
    /// An event, by its name.
    Event(String),
}

/// An order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OrderRow {
    /// Its number.
    pub number: String,
    /// The shop's day.
    pub day: ShopDay,
    /// Minutes of the shop's day.
    pub minute: u16,
    /// Before refunds.
    pub total: i64,
    /// Given back.
    pub refunded: i64,
    /// Currency of the order.
    pub currency: Currency,
    /// Total and refund in the shop's currency, as they are in the figures; `None`: the order is in
    /// another that has no rate on its day.
    pub in_shops: Option<(i64, i64)>,
    /// Whether it counts, and why not.
    pub state: OrderState,
    /// Where it was sold.
    pub channel: String,
    /// Name of the platform that the file came from.
    pub source: String,
    /// What was bought.
    pub lines: Vec<LineRow>,
}

/// A line of an order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LineRow {
    /// Name of the product.
    pub product: String,
    /// What tells it apart.
    pub key: String,
    /// In thousandths.
    pub quantity_milli: i64,
    /// Of one.
    pub price: i64,
}

/// A person's edit of a customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CustomerEdit {
    /// The name.
    Name(String),
    /// The note.
    Note(String),
    /// Puts a tag on.
    Tag(String),
    /// Takes a tag off.
    Untag(String),
    /// Whether the shop does not want to write to the customer.
    Blocked(bool),
    /// Why the customer is leaving or has left; `None`: as the data suggest.
    Reason(Option<ChurnReason>),
    /// Who of the shop looks after the customer; empty: nobody.
    Owner(String),
    /// Whether winning the customer back is still tried; `None`: as the silence has it.
    Verdict(Option<Verdict>),
}
