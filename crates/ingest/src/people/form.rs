//! What a file about people is, from its headers and first rows.

use super::fields::{CONTACTS, EVENTS, Fields, Headers, RESPONSES, SUMMARIES, TICKETS};
use super::questions::{Asked, are_of_survey, dimension_of, with_questions};
use super::scores::{CES, NPS, OVERALL};
use crate::head::Sampled;
use crate::header::{normal_form, value};
use crate::platforms::{Platform, Profile};
use crate::role::{Mapping, Role};
use model::RecordKind::{Contacts, Events, Responses, Summaries, Tickets};
use model::{Consent, RecordKind};

/// What a file about people is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Form {
    pub kind: RecordKind,
    pub source: Platform,
    /// What its columns share with files of orders: who, which order, when.
    pub roles: Vec<(Role, usize)>,
    pub fields: Fields,
    /// Columns with further questions of a survey.
    pub asked: Vec<Asked>,
    /// Its times are UTC, though they do not say so.
    pub in_utc: bool,
    /// The row below the header belongs to it.
    pub second_header: bool,
    /// What tells whether its contacts may be written to.
    pub consent: Consents,
    /// A contact card file, not a table.
    pub is_cards: bool,
}

/// What tells whether the contacts of a list may be written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Consents {
    /// Each row, or nothing.
    InRows,
    /// The file's name: it is the part of a mailing list that may, or may not.
    OfAll(Consent),
    /// Nothing, though it is a part of a mailing list: the user knows which.
    Unsaid,
}

/// A table, when it is asked what it is.
#[derive(Clone, Copy)]
pub(crate) struct Table<'a> {
    /// The one whose orders it could hold.
    pub platform: Platform,
    /// The headers as they stand in the file.
    pub columns: &'a [String],
    /// The same in normal form.
    pub names: &'a [String],
    /// Its first rows.
    pub rows: &'a [Sampled],
    /// The file's name.
    pub file_name: &'a str,
}

/// A program whose exports are known by their columns.
struct Source {
    program: &'static Profile,
    kind: RecordKind,
    /// Headers in normal form that are all there.
    signature: &'static [&'static str],
}

static SHOPIFY: Profile = Profile::of_people("shopify", "Shopify");
static GOOGLE: Profile = Profile::of_people("google_contacts", "Google");
static MAILCHIMP: Profile = Profile::of_people("mailchimp", "Mailchimp");
static KLAVIYO: Profile = Profile::of_people("klaviyo", "Klaviyo");
static HUBSPOT: Profile = Profile::of_people("hubspot", "HubSpot");
static SQUARE: Profile = Profile::of_people("square", "Square");
static WOOCOMMERCE: Profile = Profile::of_people("woocommerce", "WooCommerce");
static SURVEYMONKEY: Profile = Profile::of_people("surveymonkey", "SurveyMonkey");
static TYPEFORM: Profile = Profile::of_people("typeform", "Typeform");
static DELIGHTED: Profile = Profile::of_people("delighted", "Delighted");
static OLIST: Profile = Profile::of_people("olist", "Olist");
static CARDS: Profile = Profile::of_people("vcard", "vCard");

/// The particular before the general.
#[rustfmt::skip]
static SOURCES: [Source; 12] = [
    Source { program: &SHOPIFY, kind: Contacts, signature: &["email", "totalspent", "totalorders", "taxexempt"] },
    Source { program: &GOOGLE, kind: Contacts, signature: &["phoneticfirstname", "labels"] },
    Source { program: &GOOGLE, kind: Contacts, signature: &["givenname", "familyname", "groupmembership"] },
    Source { program: &MAILCHIMP, kind: Contacts, signature: &["emailaddress", "memberrating", "euid"] },
    Source { program: &KLAVIYO, kind: Contacts, signature: &["email", "klaviyoid"] },
    Source { program: &HUBSPOT, kind: Contacts, signature: &["recordid", "email"] },
    Source { program: &SQUARE, kind: Contacts, signature: &["squarecustomerid"] },
    Source { program: &WOOCOMMERCE, kind: Contacts, signature: &["username", "totalspend", "aov"] },
    Source { program: &SURVEYMONKEY, kind: Responses, signature: &["respondentid", "collectorid"] },
    Source { program: &TYPEFORM, kind: Responses, signature: &["#", "submitdate"] },
    Source { program: &DELIGHTED, kind: Responses, signature: &["surveytype", "score"] },
    Source { program: &OLIST, kind: Responses, signature: &["reviewid", "orderid", "reviewscore"] },
];

impl Form {
    /// What a table is; `None`: nothing about people.
    pub fn of(table: Table<'_>) -> Option<Form> {
        let Table { platform, names, .. } = table;
        if let Some(form) = Form::of_program(table) {
            return Some(form);
        }
        if !platform.is_generic() {
            return None;
        }
        let form = |kind| Form::new(kind, platform, table);
        // Before all else: nothing else has days of first orders and gaps.
        let summaries = form(Summaries);
        if summaries.is_plausible(names) {
            return Some(summaries);
        }
        if is_of_orders(platform, names) {
            return None;
        }
        let kinds = [Tickets, Events, Responses, Contacts];
        kinds.into_iter().map(form).find(|form| form.is_plausible(names))
    }

    /// What the user says that a table is: of this kind, with what columns mean, or, where that is
    /// not said, what their headers tell.
    pub fn said(kind: RecordKind, told: Option<&[(Role, usize)]>, table: Table<'_>) -> Form {
        let known = Form::of_program(table).filter(|form| form.kind == kind);
        let mut form = known.unwrap_or_else(|| Form::new(kind, table.platform, table));
        if let Some(told) = told {
            form.take_over(told, table.columns);
        }
        form
    }

    /// An export of a program that is known by its columns.
    fn of_program(table: Table<'_>) -> Option<Form> {
        let Table { names, rows, file_name, .. } = table;
        let has = |header: &&str| names.iter().any(|name| name == header);
        let known = SOURCES.iter().find(|it| it.signature.iter().all(has))?;
        let source = Platform::of(known.program);
        let mut form = Form::new(known.kind, source, table);
        form.second_header = known.kind == Responses && is_second_header(&form, rows);
        if source.id() == "mailchimp" {
            form.in_utc = true;
            form.consent = consent_of_name(file_name);
        }
        Some(form)
    }

    /// Takes what the user says that columns mean in place of what was found; what cannot stand in a
    /// file of this kind is left out.
    fn take_over(&mut self, told: &[(Role, usize)], columns: &[String]) {
        let found = std::mem::take(&mut self.asked);
        (self.roles, self.fields) = (Vec::new(), Fields::none());
        for &(role, column) in told {
            if let Some(aspect) = Asked::aspect_of(role) {
                // A question that was found may have its name from the row below the header.
                let known = found.iter().find(|it| it.column == column && it.role() == role);
                let dimension = known.map_or_else(
                    || dimension_of(&columns[column], role),
                    |it| it.dimension.clone(),
                );
                self.asked.push(Asked { column, dimension, aspect });
            } else if headers(self.kind).fields.iter().any(|it| it.0 == role) {
                self.fields.add(role, column);
            } else if Role::of_kind(self.kind).contains(&role) {
                self.roles.push((role, column));
            }
        }
    }

    /// Every column that means something, with what.
    pub fn pairs(&self) -> Vec<(Role, usize)> {
        let asked = self.asked.iter().map(|it| (it.role(), it.column));
        self.roles.iter().chain(self.fields.pairs()).copied().chain(asked).collect()
    }

    /// What has no column, though without it no row can be used; of contacts and answers any one of
    /// several would do.
    pub fn missing(&self) -> Vec<Role> {
        let has = |role: &Role| self.fields.has(*role) || self.roles.iter().any(|it| it.0 == *role);
        let (all, one): (&[Role], &[Role]) = match self.kind {
            Contacts => (&[], &[Role::Email, Role::Phone, Role::Member]),
            Responses if self.asked.is_empty() => {
                (&[], &[Role::Overall, Role::Nps, Role::Ces, Role::Score, Role::Comment])
            }
            Responses | RecordKind::Orders => (&[], &[]),
            Tickets => (&[Role::OrderedAt], &[]),
            Events => (&[Role::OrderedAt, Role::Action], &[]),
            Summaries => (SUMMARY, &[Role::Member, Role::Email, Role::Phone]),
        };
        let of_several = if one.iter().any(has) { &[] } else { one };
        let of_all = all.iter().filter(|role| !has(role));
        of_all.chain(of_several).copied().collect()
    }

    /// A file of contact cards.
    pub fn of_cards() -> Form {
        Form { is_cards: true, ..Form::empty(Contacts, Platform::of(&CARDS)) }
    }

    const fn empty(kind: RecordKind, source: Platform) -> Form {
        Form {
            kind,
            source,
            roles: Vec::new(),
            fields: Fields::none(),
            asked: Vec::new(),
            in_utc: false,
            second_header: false,
            consent: Consents::InRows,
            is_cards: false,
        }
    }

    fn new(kind: RecordKind, source: Platform, table: Table<'_>) -> Form {
        let Table { columns, names, rows, .. } = table;
        let (roles, fields) = headers(kind).map(names);
        let mut form = Form { roles, fields, ..Form::empty(kind, source) };
        if kind == Responses {
            with_questions(&mut form, columns, names, rows);
        }
        form
    }

    /// Whether so many of its columns are understood that it must be of this kind.
    fn is_plausible(&self, names: &[String]) -> bool {
        let fields = &self.fields;
        let has = |role| self.roles.iter().any(|it| it.0 == role);
        let has_key = [Role::Email, Role::Phone, Role::Member].into_iter().any(has);
        match self.kind {
            RecordKind::Orders => false,
            Summaries => fields.has(Role::FirstDay) && fields.has(Role::OrderGaps),
            Tickets => {
                let told = [Role::TicketNumber, Role::Replied, Role::Closed, Role::Agent];
                has(Role::OrderedAt)
                    && (fields.has(Role::Closed) || fields.has(Role::Replied) || has_key)
                    && fields.count(&told) >= 2
            }
            Events => {
                has(Role::OrderedAt)
                    && fields.has(Role::Action)
                    && (has_key || fields.has(Role::Subject))
            }
            Responses => {
                let scores = fields.count(&[Role::Overall, Role::Nps, Role::Ces, Role::Score]);
                let is_asked = are_of_survey(&self.asked);
                let told = [Role::Comment, Role::ResponseNumber, Role::SurveyType];
                // A score beside a day may be of anything.
                let is_told = fields.count(&told) > 0
                    || (has(Role::OrderedAt) && !names.iter().any(|name| name == "score"));
                is_asked || scores > 1 || (scores == 1 && is_told)
            }
            Contacts => {
                let told = [
                    Role::Company,
                    Role::Birthday,
                    Role::Note,
                    Role::EmailConsent,
                    Role::SmsConsent,
                    Role::ClaimedOrders,
                    Role::ClaimedSpent,
                    Role::Since,
                ];
                let is_named =
                    [Role::Name, Role::FirstName, Role::LastName, Role::Tags].into_iter().any(has);
                // A day or an amount that nothing else is known of may be an order's, and a number is
                // one's.
                let is_of_order = (0..names.len()).any(|at| {
                    let is_of = |role| headers_of_orders(&names[at], role);
                    is_of(Role::OrderNumber)
                        || (!fields.takes(at) && (is_of(Role::OrderedAt) || is_of(Role::Total)))
                });
                has_key && !is_of_order && (is_named || fields.count(&told) > 0)
            }
        }
    }

    /// Columns with times, and with an amount: how both are written is seen in them.
    pub fn sniffed(&self) -> Mapping {
        let column = |role| self.roles.iter().find(|it| it.0 == role).map(|it| it.1);
        let of = |field| self.fields.column(field);
        let at = column(Role::OrderedAt).or_else(|| of(Role::Since)).or_else(|| of(Role::FirstDay));
        let others = [Role::Closed, Role::Birthday, Role::EmailConsentAt, Role::SummaryDay];
        let other = others.into_iter().find_map(of);
        let amount = of(Role::ClaimedSpent).or_else(|| of(Role::Net));
        let pairs = [(Role::OrderedAt, at), (Role::PaidAt, other), (Role::Total, amount)];
        let pairs: Vec<_> = pairs.into_iter().filter_map(|(role, at)| Some((role, at?))).collect();
        Mapping::new(&pairs)
    }

    /// The scale of a column of scores.
    pub fn scale(field: Role) -> (u8, u8) {
        match field {
            Role::Nps => NPS,
            Role::Ces => CES,
            _ => OVERALL,
        }
    }
}

/// Whether a cell is a header that files about people use.
pub(crate) fn is_known(cell: &str) -> bool {
    let name = normal_form(cell);
    [&CONTACTS, &RESPONSES, &TICKETS, &EVENTS, &SUMMARIES]
        .iter()
        .any(|headers| headers.knows(&name))
}

fn headers(kind: RecordKind) -> &'static Headers {
    match kind {
        Contacts | RecordKind::Orders => &CONTACTS,
        Responses => &RESPONSES,
        Tickets => &TICKETS,
        Events => &EVENTS,
        Summaries => &SUMMARIES,
    }
}

/// Without these a summary says too little.
const SUMMARY: &[Role] = &[
    Role::SummaryDay,
    Role::FirstDay,
    Role::OrderCount,
    Role::Net,
    Role::FirstDayNet,
    Role::OrderGaps,
];

fn headers_of_orders(name: &str, role: Role) -> bool {
    let columns = Platform::of_columns(&[]).profile().columns;
    columns.iter().any(|it| it.0 == role && it.1.contains(&name))
}

/// Whether the columns are those of orders: a day and an amount.
fn is_of_orders(platform: Platform, names: &[String]) -> bool {
    let mapping = Mapping::new(&platform.map(names));
    let has_day = mapping.has(Role::OrderedAt) || mapping.has(Role::PaidAt);
    has_day && (mapping.has(Role::Total) || mapping.sums_lines())
}

/// Whether the first row names the choices of the questions above, as `Response`.
fn is_second_header(form: &Form, rows: &[Sampled]) -> bool {
    let Some(row) = rows.first() else { return false };
    let cell = |at: Option<usize>| value(at.and_then(|at| row.cells.get(at)).map_or("", |it| it));
    let at = form.roles.iter().find(|it| it.0 == Role::OrderedAt).map(|it| it.1);
    cell(form.fields.column(Role::ResponseNumber)).is_empty() && cell(at).is_empty()
}

/// Mailchimp's audience comes as a file each of those who are subscribed, unsubscribed and cleaned.
fn consent_of_name(file_name: &str) -> Consents {
    let name = file_name.rsplit(['/', '\\']).next().unwrap_or_default().to_lowercase();
    match () {
        () if name.starts_with("subscribed") => Consents::OfAll(Consent::Given),
        () if name.starts_with("unsubscribed") || name.starts_with("cleaned") => {
            Consents::OfAll(Consent::Refused)
        }
        () => Consents::Unsaid,
    }
}
