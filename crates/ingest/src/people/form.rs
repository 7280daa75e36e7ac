//! What a file about people is, from its headers and first rows.

use super::fields::{CONTACTS, EVENTS, Field, Fields, Headers, RESPONSES, TICKETS};
use super::questions::{Asked, with_questions};
use super::scores::{CES, NPS, OVERALL};
use crate::head::Sampled;
use crate::header::{normal_form, value};
use crate::platforms::{Platform, Profile};
use crate::role::{Mapping, Role};
use model::RecordKind::{Contacts, Events, Responses, Tickets};
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
static CARDS: Profile = Profile::of_people("vcard", "vCard");

/// The particular before the general.
#[rustfmt::skip]
static SOURCES: [Source; 11] = [
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
];

impl Form {
    /// What a file with these columns is; `None`: nothing about people.
    ///
    /// `platform` is the one whose orders it could be, `columns` are the headers as they stand in
    /// the file, and `names` in normal form.
    pub fn of(
        platform: Platform,
        columns: &[String],
        names: &[String],
        rows: &[Sampled],
        file_name: &str,
    ) -> Option<Form> {
        let has = |header: &&str| names.iter().any(|name| name == header);
        if let Some(known) = SOURCES.iter().find(|it| it.signature.iter().all(has)) {
            let source = Platform::of(known.program);
            let mut form = Form::new(known.kind, source, columns, names, rows);
            form.second_header = known.kind == Responses && is_second_header(&form, rows);
            if source.id() == "mailchimp" {
                form.in_utc = true;
                form.consent = consent_of_name(file_name);
            }
            return Some(form);
        }
        if !platform.is_generic() || is_of_orders(platform, names) {
            return None;
        }
        let form = |kind| Form::new(kind, platform, columns, names, rows);
        let kinds = [Tickets, Events, Responses, Contacts];
        kinds.into_iter().map(form).find(|form| form.is_plausible(names))
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

    fn new(
        kind: RecordKind,
        source: Platform,
        columns: &[String],
        names: &[String],
        rows: &[Sampled],
    ) -> Form {
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
            Tickets => {
                let told = [Field::TicketNumber, Field::Replied, Field::Closed, Field::Agent];
                has(Role::OrderedAt)
                    && (fields.has(Field::Closed) || fields.has(Field::Replied) || has_key)
                    && fields.count(&told) >= 2
            }
            Events => {
                has(Role::OrderedAt)
                    && fields.has(Field::Event)
                    && (has_key || fields.has(Field::Subject))
            }
            Responses => {
                let scores = fields.count(&[Field::Overall, Field::Nps, Field::Ces, Field::Score]);
                let is_asked = self.asked.iter().any(|it| it.aspect != model::Aspect::Own);
                let told = [Field::Comment, Field::ResponseNumber, Field::SurveyType];
                // A score beside a day may be of anything.
                let is_told = fields.count(&told) > 0
                    || (has(Role::OrderedAt) && !names.iter().any(|name| name == "score"));
                is_asked || scores > 1 || (scores == 1 && is_told)
            }
            Contacts => {
                let told = [
                    Field::Company,
                    Field::Birthday,
                    Field::Note,
                    Field::EmailConsent,
                    Field::SmsConsent,
                    Field::ClaimedOrders,
                    Field::ClaimedSpent,
                    Field::Since,
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
        let at = column(Role::OrderedAt).or_else(|| of(Field::Since));
        let other =
            [Field::Closed, Field::Birthday, Field::EmailConsentAt].into_iter().find_map(of);
        let pairs =
            [(Role::OrderedAt, at), (Role::PaidAt, other), (Role::Total, of(Field::ClaimedSpent))];
        let pairs: Vec<_> = pairs.into_iter().filter_map(|(role, at)| Some((role, at?))).collect();
        Mapping::new(&pairs)
    }

    /// The scale of a column of scores.
    pub fn scale(field: Field) -> (u8, u8) {
        match field {
            Field::Nps => NPS,
            Field::Ces => CES,
            _ => OVERALL,
        }
    }
}

/// Whether a cell is a header that files about people use.
pub(crate) fn is_known(cell: &str) -> bool {
    let name = normal_form(cell);
    [&CONTACTS, &RESPONSES, &TICKETS, &EVENTS].iter().any(|headers| headers.knows(&name))
}

fn headers(kind: RecordKind) -> &'static Headers {
    match kind {
        Contacts | RecordKind::Orders => &CONTACTS,
        Responses => &RESPONSES,
        Tickets => &TICKETS,
        Events => &EVENTS,
    }
}

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
    cell(form.fields.column(Field::ResponseNumber)).is_empty() && cell(at).is_empty()
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
