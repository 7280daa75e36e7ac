//! From a row's cells to what they say: times, amounts, states, the customer.

use crate::amounts::{self, DecimalMark};
use crate::dates::{self, Evidence, LastDay, Reading};
use crate::formats::Formats;
use crate::header::value;
use crate::left_out::RejectReason;
use crate::memo::Memo;
use crate::offsets::Offsets;
use crate::orders::LineFacts;
use crate::platforms::{Event, Profile, Quirk};
use crate::recognise::Recognised;
use crate::role::{Mapping, Role};
use crate::splitter::Record;
use crate::warnings::{WarningCode, Warnings};
use crate::zones::Zone;
use crate::{Context, words};
use model::{Currency, OrderFlags, OrderTime};

mod people;
mod states;

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
    /// The currency and the zone where a row names none; `None`: the shop's.
    usual_currency: Option<Currency>,
    usual_zone: Option<Zone>,
    /// Whether a row's amount has parts in further columns.
    has_parts: bool,
    /// Whether further columns tell of the state.
    has_outcome: bool,
    chinese_mobiles: bool,
    /// Lines that are no goods.
    pub no_goods: u64,
    events: Memo<Event>,
    outcomes: Memo<bool>,
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
        mapping: &Mapping,
        recognised: &Recognised,
        context: Context,
        by_name: Option<bool>,
    ) -> Cells {
        let profile = recognised.platform.profile();
        let has_any = |roles: &[Role]| roles.iter().any(|&role| mapping.has(role));
        let day_after_tomorrow = |today: model::ShopDay| i64::from(today.number() + 2) * 86_400;
        Cells {
            formats,
            dates: Votes::default(),
            marks: Votes::default(),
            profile,
            usual_currency: profile.currency.and_then(Currency::from_code),
            usual_zone: recognised.zone,
            has_parts: has_any(&[Role::Added, Role::TakenOff]),
            has_outcome: has_any(&[Role::RefundStatus, Role::Captured]),
            chinese_mobiles: recognised.chinese_mobiles,
            no_goods: 0,
            events: Memo::new(),
            outcomes: Memo::new(),
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

    /// From this second on a time is in the future.
    pub const fn future(&self) -> i64 {
        self.future
    }

    /// When the order was placed.
    pub fn time(&mut self, row: Row<'_>) -> Result<Reading, RejectReason> {
        if !self.profile.tells_time() {
            return Ok(Reading::NONE);
        }
        let text = row.cell(Role::OrderedAt);
        let mut reading = if text.is_empty() {
            match self.date(row.cell(Role::PaidAt)) {
                Err(RejectReason::NoDate) => self.day_of_number(row).ok_or(RejectReason::NoDate)?,
                found => found?,
            }
        } else {
            let reading = self.date(text)?;
            let is_day = !reading.has_time;
            if is_day { self.at_time_of_day(row, text).unwrap_or(reading) } else { reading }
        };
        if reading.has_time && matches!(reading.time, OrderTime::Wall(_)) {
            let named = self.zones.get(row.cell(Role::TimeZone), dates::zone);
            if let Some(zone) = named.or(self.usual_zone) {
                reading = zone.of(reading);
            }
        }
        Ok(reading)
    }

    /// The day at the start of an order's number, on platforms that put it there.
    fn day_of_number(&self, row: Row<'_>) -> Option<Reading> {
        let (day, _) = row.cell(Role::OrderNumber).split_once('-')?;
        let is_day = self.profile.has(Quirk::DayInNumber) && day.len() == 6;
        let number = dates::digits(day.as_bytes()).filter(|_| is_day)?;
        let days = dates::days_of(2000 + number / 10_000, number / 100 % 100, number % 100)?;
        Some(Reading {
            time: OrderTime::Wall(days * dates::DAY),
            has_time: false,
            evidence: Evidence::None,
            offset: None,
        })
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
        if !reading.has_time && self.profile.tells_time() {
            warn.note(WarningCode::DateWithoutTime, line);
        }
        let (at, is_wall) = match reading.time {
            OrderTime::Instant(at) => (at, false),
            OrderTime::Wall(at) => (at, true),
        };
        if is_wall && self.profile.tells_time() {
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
            let found = found.map_err(|()| RejectReason::UnknownCurrency(text.to_owned()))?;
            return Ok(found.or(self.usual_currency));
        }
        // Beside the amount may stand anything that is no number; what is known counts.
        let amounts = [Role::Total, Role::UnitPrice].map(|role| amounts::sign_of(row.cell(role)));
        let sign = amounts.into_iter().find(|sign| !sign.is_empty()).unwrap_or_default();
        let found = self.currencies.get(sign, |text| words::currency(text, shop));
        Ok(found.unwrap_or_default().or(self.usual_currency))
    }

    /// The currency of a platform whose amounts name none.
    pub const fn usual_currency(&self) -> Option<Currency> {
        self.usual_currency
    }

    /// The shop's currency.
    pub const fn shops_currency(&self) -> Currency {
        self.context.currency
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
        let found = self.number(text, role, decimals);
        found.map(Some).ok_or_else(|| RejectReason::BadAmount(text.to_owned()))
    }

    /// The amount of a row with all its parts; `None`: the cell is empty.
    pub fn total(&mut self, row: Row<'_>, decimals: u32) -> Result<Option<i64>, RejectReason> {
        let Some(total) = self.amount(row, Role::Total, decimals)? else { return Ok(None) };
        if !self.has_parts {
            return Ok(Some(total));
        }
        let added = self.sum(row, Role::Added, decimals)?;
        // Some sources write what is taken off as a negative amount.
        let taken = self.sum(row, Role::TakenOff, decimals)?.abs();
        Ok(Some(total + added - taken))
    }

    /// The sum of the amounts in all columns of a role.
    pub fn sum(&mut self, row: Row<'_>, role: Role, decimals: u32) -> Result<i64, RejectReason> {
        let mut sum = 0_i64;
        for column in row.mapping.column(role).into_iter().chain(row.mapping.others(role)) {
            let text = value(row.record.get(column));
            if !text.is_empty() {
                let found = self.number(text, role, decimals);
                let amount = found.ok_or_else(|| RejectReason::BadAmount(text.to_owned()))?;
                sum = sum.saturating_add(amount);
            }
        }
        Ok(sum)
    }

    /// A number of a role's column times ten to the power of `decimals`.
    pub fn number(&mut self, text: &str, role: Role, decimals: u32) -> Option<i64> {
        let mark = self.formats.mark(role);
        if !self.formats.mark_settled {
            match amounts::mark_of(text) {
                Some(shown) if shown == mark => self.marks.agree += 1,
                Some(_) => self.marks.contrary += 1,
                None => self.marks.either += u64::from(amounts::is_ambiguous(text)),
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
                let found = self.number(text, Role::Quantity, 3);
                found.ok_or_else(|| RejectReason::BadQuantity(text.to_owned()))?
            }
        };
        let sku = row.cell(Role::Sku);
        let mut no_goods = self.profile.no_goods.iter();
        self.no_goods += u64::from(no_goods.any(|code| code.eq_ignore_ascii_case(sku)));
        Ok(LineFacts {
            sku,
            name: row.cell(Role::ProductName),
            quantity_milli,
            price: self.amount(row, Role::UnitPrice, decimals)?.unwrap_or(0),
        })
    }
}
