//! What a column can mean.

use model::RecordKind;

macro_rules! roles {
    ($($(#[$doc:meta])* $role:ident = $code:literal,)*) => {
        /// What a column means.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Role { $($(#[$doc])* $role,)* }

        impl Role {
            /// All roles.
            pub const ALL: &[Role] = &[$(Role::$role,)*];

            /// A stable name, for storage and translation.
            pub const fn code(self) -> &'static str {
                match self { $(Role::$role => $code,)* }
            }

            /// The role of that name.
            pub fn of_code(code: &str) -> Option<Role> {
                match code { $($code => Some(Role::$role),)* _ => None }
            }
        }
    };
}

roles! {
    /// The order's number as the merchant knows it.
    OrderNumber = "order_number",
    /// The platform's own id of the order, which tells shops in one file apart.
    SourceId = "source_id",
    /// When the order was placed.
    OrderedAt = "ordered_at",
    /// When it was paid: stands in where no time of the order is given.
    PaidAt = "paid_at",
    /// The hour, where it has a column beside the date.
    TimeOfDay = "time_of_day",
    /// The zone of the times, where it has a column.
    TimeZone = "time_zone",
    /// What was to be paid for the order.
    Total = "total",
    /// What was given back of it.
    Refunded = "refunded",
    /// What was taken off before the total.
    Discount = "discount",
    /// The currency of the amounts.
    Currency = "currency",
    /// Whether it was paid, refunded, cancelled.
    Status = "status",
    /// Whether it was sent.
    FulfilmentStatus = "fulfilment_status",
    /// When it was cancelled; anything here cancels.
    CancelledAt = "cancelled_at",
    /// Where it was sold.
    Channel = "channel",
    /// How it was paid.
    PaymentMethod = "payment_method",
    /// The merchant's tags on the order.
    Tags = "tags",
    /// The customer's e-mail address.
    Email = "email",
    /// The customer's telephone.
    Phone = "phone",
    /// The customer's number or member name.
    Member = "member",
    /// The customer's name.
    Name = "name",
    /// The customer's given name, where it has a column.
    FirstName = "first_name",
    /// The customer's family name, where it has a column.
    LastName = "last_name",
    /// The customer's address in one cell, which may hold a telephone.
    Address = "address",
    /// City of the customer.
    City = "city",
    /// Province or state of the customer.
    Region = "region",
    /// Country of the customer.
    Country = "country",
    /// What was bought: its name.
    ProductName = "product_name",
    /// What was bought: its number in stock.
    Sku = "sku",
    /// How many of it.
    Quantity = "quantity",
    /// Price of one.
    UnitPrice = "unit_price",
    /// A number that stands in where the order's is blank.
    OtherNumber = "other_number",
    /// What was to be paid, where the total is what was paid: an unpaid order's amount.
    Due = "due",
    /// What comes on top of a row's amount, as tax.
    Added = "added",
    /// What comes on top of the order's amounts, once, however often it stands there.
    AddedOnce = "added_once",
    /// What a row's amount is less by.
    TakenOff = "taken_off",
    /// What became of a complaint: whether all was refunded.
    RefundStatus = "refund_status",
    /// Whether the money was taken, after it was promised.
    Captured = "captured",
    /// What kind of row it is: a sale, a refund, or neither.
    Event = "event",
    /// The number of the order that a refund is of.
    RefundOf = "refund_of",

    // Of contacts.
    /// The company that a contact works for.
    Company = "company",
    /// A contact's birthday.
    Birthday = "birthday",
    /// What was noted of a contact.
    Note = "note",
    /// Whether a contact may be written to.
    EmailConsent = "email_consent",
    /// Since when, or until when.
    EmailConsentAt = "email_consent_at",
    /// Whether a contact may be sent short messages.
    SmsConsent = "sms_consent",
    /// Since when a contact is known.
    Since = "since",
    /// How many orders the list says that a contact has.
    ClaimedOrders = "claimed_orders",
    /// What the list says that a contact has spent.
    ClaimedSpent = "claimed_spent",

    // Of answers to surveys.
    /// The number of the response.
    ResponseNumber = "response_number",
    /// Which survey it is of.
    Survey = "survey",
    /// What the survey's score measures.
    SurveyType = "survey_type",
    /// Overall satisfaction, 1 to 5.
    Overall = "overall",
    /// Likelihood to recommend, 0 to 10.
    Nps = "nps",
    /// How easy it was, 1 to 7.
    Ces = "ces",
    /// A score whose scale the survey's type tells.
    Score = "score",
    /// What was said in words.
    Comment = "comment",
    /// A question of the survey's own.
    Question = "question",
    /// What was expected of the dimension that the column is named for.
    Expected = "expected",
    /// What was found of it.
    Perceived = "perceived",
    /// What the product gave the customer.
    ProductValue = "product_value",
    /// What the service gave.
    ServiceValue = "service_value",
    /// What the staff gave.
    PersonnelValue = "personnel_value",
    /// What the shop's name gave.
    ImageValue = "image_value",
    /// What it cost in money, as the customer feels it.
    MoneyCost = "money_cost",
    /// What it cost in time.
    TimeCost = "time_cost",
    /// What it cost in effort.
    EnergyCost = "energy_cost",
    /// What it cost in worry.
    PsychicCost = "psychic_cost",

    // Of service tickets.
    /// The ticket's number.
    TicketNumber = "ticket_number",
    /// When it was first replied to.
    Replied = "replied_at",
    /// When it was closed.
    Closed = "closed_at",
    /// Before, during or after the sale.
    Phase = "phase",
    /// What it is about.
    Category = "category",
    /// Who answered.
    Agent = "agent",
    /// How satisfied the customer was with the answer.
    Csat = "csat",
    /// What was written.
    Text = "text",

    // Of events.
    /// What was done.
    Action = "action",
    /// What it was done to.
    Subject = "subject",

    // Of summaries.
    /// The last day that the summary looks at.
    SummaryDay = "summary_day",
    /// Day of the first order that counts.
    FirstDay = "first_day",
    /// Day of the last one.
    LastDay = "last_day",
    /// How many there are.
    OrderCount = "order_count",
    /// On how many different days.
    PurchaseDays = "purchase_days",
    /// Their net amount.
    Net = "net",
    /// Net amount of those of the first day.
    FirstDayNet = "first_day_net",
    /// The days between one order and the next.
    OrderGaps = "order_gaps",
}

#[rustfmt::skip]
const OF_CONTACTS: &[Role] = &[
    Role::Email, Role::Phone, Role::Member, Role::Name, Role::FirstName, Role::LastName,
    Role::Company, Role::City, Role::Region, Role::Country, Role::Birthday, Role::Tags, Role::Note,
    Role::EmailConsent, Role::EmailConsentAt, Role::SmsConsent, Role::Since, Role::ClaimedOrders,
    Role::ClaimedSpent,
];
#[rustfmt::skip]
const OF_RESPONSES: &[Role] = &[
    Role::Overall, Role::Nps, Role::Ces, Role::Score, Role::SurveyType, Role::Question,
    Role::Expected, Role::Perceived, Role::ProductValue, Role::ServiceValue, Role::PersonnelValue,
    Role::ImageValue, Role::MoneyCost, Role::TimeCost, Role::EnergyCost, Role::PsychicCost,
    Role::Comment, Role::OrderedAt, Role::Email, Role::Phone,
    Role::Member, Role::OrderNumber, Role::Survey, Role::ResponseNumber,
];
#[rustfmt::skip]
const OF_TICKETS: &[Role] = &[
    Role::TicketNumber, Role::OrderedAt, Role::Replied, Role::Closed, Role::Email, Role::Phone,
    Role::Member, Role::OrderNumber, Role::Channel, Role::Phase, Role::Category, Role::Agent,
    Role::Csat, Role::Text,
];
#[rustfmt::skip]
const OF_EVENTS: &[Role] = &[
    Role::OrderedAt, Role::Action, Role::Subject, Role::Email, Role::Phone, Role::Member,
];

#[rustfmt::skip]
const OF_SUMMARIES: &[Role] = &[
    Role::Member, Role::Email, Role::Phone, Role::Name, Role::Currency, Role::SummaryDay,
    Role::FirstDay, Role::LastDay, Role::OrderCount, Role::PurchaseDays, Role::Net,
    Role::FirstDayNet, Role::OrderGaps,
];

impl Role {
    /// What a column can mean in a file of a kind, as it is offered.
    pub fn of_kind(kind: RecordKind) -> &'static [Role] {
        match kind {
            RecordKind::Orders => &Role::ALL[..=Role::RefundOf as usize],
            RecordKind::Contacts => OF_CONTACTS,
            RecordKind::Responses => OF_RESPONSES,
            RecordKind::Tickets => OF_TICKETS,
            RecordKind::Events => OF_EVENTS,
            RecordKind::Summaries => OF_SUMMARIES,
        }
    }

    /// Facts of the person may stand in several columns, of which the first that is filled counts;
    /// parts of an amount do, too, and all count.
    pub const fn takes_several(self) -> bool {
        matches!(
            self,
            Role::Email
                | Role::Phone
                | Role::Name
                | Role::City
                | Role::Region
                | Role::Country
                | Role::Added
                | Role::AddedOnce
                | Role::TakenOff
                | Role::Question
                | Role::Expected
                | Role::Perceived
        )
    }

    /// Whether the column is a line's, not the order's.
    pub const fn is_of_line(self) -> bool {
        matches!(self, Role::ProductName | Role::Sku | Role::Quantity | Role::UnitPrice)
    }

    /// Whether the column holds numbers with a decimal mark.
    pub const fn is_of_number(self) -> bool {
        matches!(
            self,
            Role::Total
                | Role::Refunded
                | Role::Discount
                | Role::Quantity
                | Role::UnitPrice
                | Role::Due
                | Role::Added
                | Role::AddedOnce
                | Role::TakenOff
        )
    }

    /// Free text that a person typed: may hold anything, formulas and markup as well.
    pub const fn is_free_text(self) -> bool {
        self.is_of_name()
            || matches!(
                self,
                Role::Address | Role::City | Role::Region | Role::ProductName | Role::Tags
            )
    }

    /// Headers to propose for a role without which no orders can be read; else none.
    pub const fn accepted_names(self) -> &'static [&'static str] {
        match self {
            Role::OrderNumber => &["Order ID", "Order number", "订单编号", "订单号"],
            Role::OrderedAt => {
                &["Date", "Order date", "Created at", "下单时间", "付款时间", "日期"]
            }
            Role::Total => &["Total", "Amount", "Order total", "实付金额", "应付金额", "金额"],
            _ => &[],
        }
    }

    /// A name or a part of one.
    pub const fn is_of_name(self) -> bool {
        matches!(self, Role::Name | Role::FirstName | Role::LastName)
    }
}

/// Which columns have which role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapping {
    first: [Option<usize>; Role::ALL.len()],
    others: Vec<(Role, usize)>,
}

impl Mapping {
    /// From (role, column) pairs in order of preference.
    pub fn new(pairs: &[(Role, usize)]) -> Mapping {
        let mut mapping = Mapping { first: [None; Role::ALL.len()], others: Vec::new() };
        for &(role, column) in pairs {
            match &mut mapping.first[role as usize] {
                first @ None => *first = Some(column),
                Some(_) => mapping.others.push((role, column)),
            }
        }
        mapping
    }

    /// The column of a role.
    pub fn column(&self, role: Role) -> Option<usize> {
        self.first[role as usize]
    }

    /// Further columns of a role, for those that take several.
    pub fn others(&self, role: Role) -> impl Iterator<Item = usize> + '_ {
        self.others.iter().filter(move |(other, _)| *other == role).map(|&(_, column)| column)
    }

    /// Whether a role has a column.
    pub fn has(&self, role: Role) -> bool {
        self.column(role).is_some()
    }

    /// Whether a column holds what is a customer's alone.
    pub fn has_key(&self) -> bool {
        [Role::Email, Role::Phone, Role::Member].iter().any(|&role| self.has(role))
    }

    /// Whether customers have names, in one column or two.
    pub fn has_names(&self) -> bool {
        Role::ALL.iter().any(|&role| role.is_of_name() && self.has(role))
    }

    /// Whether a file mapped so has lines of goods.
    pub fn has_lines(&self) -> bool {
        self.has(Role::ProductName) || self.has(Role::Sku)
    }

    /// Whether each row of a file mapped so is a line of its order.
    pub fn has_goods(&self) -> bool {
        self.has_lines() || self.sums_lines()
    }

    /// Whether an order's total has to be worked out from its lines.
    pub fn sums_lines(&self) -> bool {
        !self.has(Role::Total) && self.has(Role::Quantity) && self.has(Role::UnitPrice)
    }

    /// Roles without which no orders can be read.
    pub fn missing(&self) -> Vec<Role> {
        let mut missing = Vec::new();
        let made_up = self.has(Role::Total) && (self.has_names() || self.has_key());
        if !self.has(Role::OrderNumber) && !made_up {
            missing.push(Role::OrderNumber);
        }
        if !self.has(Role::OrderedAt) && !self.has(Role::PaidAt) {
            missing.push(Role::OrderedAt);
        }
        if !self.has(Role::Total) && !self.sums_lines() {
            missing.push(Role::Total);
        }
        missing
    }
}
