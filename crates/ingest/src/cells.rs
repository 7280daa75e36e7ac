//! From a row's cells to what they say: times, amounts, states, the customer.

use crate::amounts::{self, DecimalMark};
use crate::customers::{Customers, Detail, MASKS};
use crate::dates::{self, Evidence, LastDay, Reading, Zone};
use crate::header::value;
use crate::left_out::RejectReason;
use crate::memo::Memo;
use crate::offsets::Offsets;
use crate::orders::LineFacts;
use crate::person_name::push_joined;
use crate::platforms::Profile;
use crate::recognise::Formats;
use crate::role::{Mapping, Role};
use crate::splitter::Record;
use crate::warnings::{WarningCode, Warnings};
use crate::{Context, words};
use model::{Currency, OrderFlags, OrderTime};

/// A row with its place in the file and the meaning of its columns.
#[derive(Clone, Copy)]
pub(crate) struct Row<'a> {
    pub record: Record<'a>,
    pub line: u32,
    pub mapping: &'a Mapping,
}

impl<'a> Row<'a> {
    /// The text of a role's column; empty if it says nothing, or there is no such column.
    pub fn cell(&self, role: Role) -> &'a str {
        self.mapping.column(role).map_or("", |column| value(self.record.get(column)))
    }

    /// The first that `read` makes of the texts of a role's columns that say something.
    fn first<T>(&self, role: Role, mut read: impl FnMut(&'a str) -> Option<T>) -> Option<T> {
        let mut read_column = |column: usize| {
            let text = value(self.record.get(column));
            if text.is_empty() { None } else { read(text) }
        };
        let found = read_column(self.mapping.column(role)?);
        found.or_else(|| self.mapping.others(role).find_map(read_column))
    }
}

/// How often the file bears out, or belies, a format that was assumed.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Votes {
    pub agree: u64,
    pub contrary: u64,
    pub either: u64,
}

/// Reads cells, and remembers what helps with the next ones.
#[derive(Debug)]
pub(crate) struct Cells {
    pub formats: Formats,
    pub dates: Votes,
    pub marks: Votes,
    profile: &'static Profile,
    context: Context,
    /// The first second of the day after tomorrow: no zone is further ahead.
    future: i64,
    last_day: LastDay,
    states: Memo<Option<OrderFlags>>,
    shipping: Memo<bool>,
    zones: Memo<Option<Zone>>,
    pub offsets: Offsets,
    /// A date and an hour put together, and two parts of a name.
    scratch: String,
    /// Whether names are keys; `None`: the file has others, or no names.
    pub by_name: Option<bool>,
    currencies: Memo<Result<Option<Currency>, ()>>,
    trials: Memo<bool>,
}

impl Cells {
    pub fn new(
        formats: Formats,
        profile: &'static Profile,
        context: Context,
        by_name: Option<bool>,
    ) -> Cells {
        let day_after_tomorrow = |today: model::ShopDay| i64::from(today.number() + 2) * 86_400;
        Cells {
            formats,
            dates: Votes::default(),
            marks: Votes::default(),
            profile,
            future: context.today.map_or(i64::MAX, day_after_tomorrow),
            context,
            last_day: LastDay::default(),
            states: Memo::new(),
            shipping: Memo::new(),
            zones: Memo::new(),
            offsets: Offsets::default(),
            scratch: String::new(),
            by_name,
            currencies: Memo::new(),
            trials: Memo::new(),
        }
    }

    /// When the order was placed.
    pub fn time(&mut self, row: Row<'_>) -> Result<Reading, RejectReason> {
        let text = row.cell(Role::OrderedAt);
        if text.is_empty() {
            return self.date(row.cell(Role::PaidAt));
        }
        let mut reading = self.date(text)?;
        if !reading.has_time {
            reading = self.at_time_of_day(row, text).unwrap_or(reading);
        }
        if reading.has_time
            && let Some(zone) = self.zones.get(row.cell(Role::TimeZone), dates::zone)
        {
            reading = zone.of(reading);
        }
        Ok(reading)
    }

    /// The moment that a text gives.
    pub fn date(&mut self, text: &str) -> Result<Reading, RejectReason> {
        match self.last_day.read(text) {
            Some(reading) => Ok(reading),
            None if text.is_empty() => Err(RejectReason::NoDate),
            None => self.slow_date(text).ok_or_else(|| RejectReason::BadDate(text.to_owned())),
        }
    }

    /// A date with the hour that stands in a column of its own.
    fn at_time_of_day(&mut self, row: Row<'_>, date: &str) -> Option<Reading> {
        let time = row.cell(Role::TimeOfDay);
        if time.is_empty() {
            return None;
        }
        self.scratch.clear();
        self.scratch.extend([date, " ", time]);
        let joined = self.last_day.read(&self.scratch);
        let order = self.formats.date_order;
        let found = joined.or_else(|| dates::read(&self.scratch, order));
        // Some write the date in both columns.
        found.or_else(|| dates::read(time, order)).filter(|reading| reading.has_time)
    }

    /// Counts what is to be known of a time, and gives its seconds and whether they are the shop's
    /// wall clock.
    pub fn note_time(&mut self, reading: Reading, line: u32, warn: &mut Warnings) -> (i64, bool) {
        if !reading.has_time {
            warn.note(WarningCode::DateWithoutTime, line);
        }
        let (at, is_wall) = match reading.time {
            OrderTime::Instant(at) => (at, false),
            OrderTime::Wall(at) => (at, true),
        };
        if is_wall {
            warn.note(WarningCode::NoTimeZone, line);
        }
        if let Some(offset) = reading.offset {
            self.offsets.note(at, offset);
        }
        if at >= self.future {
            warn.note(WarningCode::FutureDate, line);
        }
        (at, is_wall)
    }

    fn slow_date(&mut self, text: &str) -> Option<Reading> {
        let reading = dates::read(text, self.formats.date_order)?;
        match reading.evidence {
            Evidence::None => {}
            Evidence::Either => self.dates.either += 1,
            Evidence::Only(order) if order == self.formats.date_order => self.dates.agree += 1,
            Evidence::Only(_) => self.dates.contrary += 1,
        }
        Some(reading)
    }

    /// The currency of a row's amounts; `None`: the shop's own.
    pub fn currency(&mut self, row: Row<'_>) -> Result<Option<Currency>, RejectReason> {
        let shop = self.context.currency;
        if row.mapping.has(Role::Currency) {
            let text = row.cell(Role::Currency);
            let found = self.currencies.get(text, |text| words::currency(text, shop));
            return found.map_err(|()| RejectReason::UnknownCurrency(text.to_owned()));
        }
        // Beside the amount may stand anything that is no number; what is known counts.
        let amounts = [Role::Total, Role::UnitPrice].map(|role| amounts::sign_of(row.cell(role)));
        let sign = amounts.into_iter().find(|sign| !sign.is_empty()).unwrap_or_default();
        let found = self.currencies.get(sign, |text| words::currency(text, shop));
        Ok(found.unwrap_or_default())
    }

    /// How many decimals amounts in a currency have.
    pub fn decimals(&self, currency: Option<Currency>) -> u32 {
        currency.map_or(self.context.currency.decimals(), Currency::decimals)
    }

    /// An amount in minor units; `None`: the cell is empty.
    pub fn amount(
        &mut self,
        row: Row<'_>,
        role: Role,
        decimals: u32,
    ) -> Result<Option<i64>, RejectReason> {
        let text = row.cell(role);
        if text.is_empty() {
            return Ok(None);
        }
        let found = self.number(text, decimals);
        found.map(Some).ok_or_else(|| RejectReason::BadAmount(text.to_owned()))
    }

    /// A number times ten to the power of `decimals`.
    pub fn number(&mut self, text: &str, decimals: u32) -> Option<i64> {
        let mark = self.formats.decimal_mark;
        if !self.formats.mark_settled {
            match amounts::mark_of(text) {
                Some(shown) if shown == mark => self.marks.agree += 1,
                Some(_) => self.marks.contrary += 1,
                None => {}
            }
        }
        if mark == DecimalMark::Point
            && let Some(amount) = amounts::read_plain(text, decimals)
        {
            return Some(amount);
        }
        amounts::read(text, decimals, mark)
    }

    /// The line of goods on a row.
    pub fn line<'a>(&mut self, row: Row<'a>, decimals: u32) -> Result<LineFacts<'a>, RejectReason> {
        let quantity = row.cell(Role::Quantity);
        let quantity_milli = match quantity {
            "" => 1_000,
            text => {
                self.number(text, 3).ok_or_else(|| RejectReason::BadQuantity(text.to_owned()))?
            }
        };
        Ok(LineFacts {
            sku: row.cell(Role::Sku),
            name: row.cell(Role::ProductName),
            quantity_milli,
            price: self.amount(row, Role::UnitPrice, decimals)?.unwrap_or(0),
        })
    }

    /// What the row says of the order's state.
    pub fn flags(&mut self, row: Row<'_>, warn: &mut Warnings) -> OrderFlags {
        let word = row.cell(Role::Status);
        if self.states.get(word, words::status).is_none() {
            warn.note_word(WarningCode::UnknownStatus, row.line, word);
        }
        self.state(row)
    }

    /// As [`Cells::flags`], for a row whose words are known or noted.
    pub fn state(&mut self, row: Row<'_>) -> OrderFlags {
        let mut flags = self.states.get(row.cell(Role::Status), words::status).unwrap_or_default();
        let says_cancelled =
            |word: &str| words::status(word).is_some_and(|flags| flags.has(OrderFlags::CANCELLED));
        let is_cancelled = !row.cell(Role::CancelledAt).is_empty()
            || self.shipping.get(row.cell(Role::FulfilmentStatus), says_cancelled);
        if is_cancelled {
            flags = flags.with(OrderFlags::CANCELLED);
        }
        if self.is_trial(row) {
            flags = flags.with(OrderFlags::TEST);
        }
        flags
    }

    fn is_trial(&mut self, row: Row<'_>) -> bool {
        let profile = self.profile;
        let has_tag = |tags: &str| {
            let mut tags = tags.split([',', ';', '，']).map(str::trim);
            tags.any(|tag| profile.test_tags.iter().any(|test| tag.eq_ignore_ascii_case(test)))
        };
        let method = row.cell(Role::PaymentMethod);
        let is_test_payment = |method: &str| {
            let mut words = method.split(|c: char| !c.is_alphanumeric());
            words.any(|word| profile.test_payments.iter().any(|t| word.eq_ignore_ascii_case(t)))
        };
        let tags = row.cell(Role::Tags);
        (!tags.is_empty() && has_tag(tags))
            || (!method.is_empty() && self.trials.get(method, is_test_payment))
    }

    /// Has the row's customer looked up by e-mail address, else telephone, else member name; in a
    /// file without these by what its names are worth. `false`: there is none.
    pub fn customer(
        &mut self,
        row: Row<'_>,
        at: i64,
        customers: &mut Customers,
        warn: &mut Warnings,
    ) -> bool {
        let country = self.context.country.as_str();
        let found = row
            .first(Role::Email, |text| customers.by_email(text).then_some(""))
            .or_else(|| row.first(Role::Phone, |it| customers.by_phone(it, country).then_some("")))
            .or_else(|| row.first(Role::Member, |it| customers.by_member(it).then_some(it)));
        // A member name stands in for the name, where there is none.
        let (called, is_address) = match (found, self.by_name) {
            (Some(member), _) => (member, false),
            (None, Some(names_are_keys)) => match self.by_name(row, names_are_keys, customers) {
                Some(is_address) => ("", is_address),
                None => return self.nobody(row, warn),
            },
            (None, None) => return self.nobody(row, warn),
        };
        if let Some(phone) = row.first(Role::Phone, Some) {
            customers.learn_phone(at, phone, self.context.country.as_str());
        }
        let name = match row.first(Role::Name, Some) {
            _ if is_address => "",
            Some(name) => name,
            None => self.joined_name(row),
        };
        customers.learn(Detail::Name, at, if name.is_empty() { called } else { name });
        for (role, detail) in [
            (Role::City, Detail::City),
            (Role::Region, Detail::Region),
            (Role::Country, Detail::Country),
        ] {
            if let Some(text) = row.first(role, Some) {
                customers.learn(detail, at, text);
            }
        }
        true
    }

    /// Nobody is known by this row.
    fn nobody(&self, row: Row<'_>, warn: &mut Warnings) -> bool {
        let masked = |text: &str| text.contains(MASKS).then_some(());
        let keys = [Role::Email, Role::Phone, Role::Member];
        let names = [Role::Name, Role::FirstName, Role::LastName];
        let with_names = if self.by_name.is_some() { &names[..] } else { &[] };
        if keys.iter().chain(with_names).any(|&role| row.first(role, masked).is_some()) {
            warn.note(WarningCode::MaskedIdentity, row.line);
        }
        false
    }

    /// As [`Cells::customer`], for a file whose customers have names only. Such a column may hold
    /// addresses or numbers all the same; a person's name is a key only if the user says so.
    /// `Some`: whether it was an address.
    fn by_name(
        &mut self,
        row: Row<'_>,
        names_are_keys: bool,
        customers: &mut Customers,
    ) -> Option<bool> {
        let name = match row.first(Role::Name, Some) {
            Some(name) => name,
            None => self.joined_name(row),
        };
        if customers.by_email(name) {
            return Some(true);
        }
        let is_number =
            name.contains(|c: char| c.is_ascii_digit()) && !name.contains(char::is_whitespace);
        let is_known = (is_number && customers.by_member(name))
            || (!is_number && names_are_keys && customers.by_name(name));
        is_known.then_some(false)
    }

    /// The name of a person whose file has it in two columns; empty if it has not.
    fn joined_name(&mut self, row: Row<'_>) -> &str {
        self.scratch.clear();
        let (first, last) = (row.cell(Role::FirstName), row.cell(Role::LastName));
        push_joined(first, last, &mut self.scratch);
        &self.scratch
    }
}
