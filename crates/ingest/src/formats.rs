//! How dates, amounts and telephones of a file are written, as far as its beginning shows.

use crate::Context;
use crate::amounts::{DecimalMark, mark_of};
use crate::dates::{DateOrder, Evidence, read as read_date};
use crate::head::Sampled;
use crate::header::value;
use crate::role::{Mapping, Role};
use crate::splitter::Dialect;
use crate::zones::Zone;

/// How dates and amounts of the file are to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Formats {
    /// Order of day and month.
    pub date_order: DateOrder,
    /// Whether the file shows that order, or the user said it.
    pub date_settled: bool,
    /// Decimal mark of amounts.
    pub decimal_mark: DecimalMark,
    /// Whether the file shows that mark, or the user said it.
    pub mark_settled: bool,
    /// By [`Role`]: the mark that a column shows by itself, whatever the others show.
    pub(crate) column_marks: [Option<DecimalMark>; Role::ALL.len()],
}

impl Formats {
    /// The decimal mark of a role's column.
    pub(crate) fn mark(&self, role: Role) -> DecimalMark {
        self.column_marks[role as usize].unwrap_or(self.decimal_mark)
    }
}

/// Where the comma divides whole and part: what `1.234` is in a file that does not tell otherwise.
const COMMA_COUNTRIES: [&str; 24] = [
    "AR", "AT", "BE", "BR", "CL", "CO", "CZ", "DE", "DK", "ES", "FI", "FR", "GR", "HU", "ID", "IT",
    "NL", "NO", "PL", "PT", "RO", "SE", "TR", "VN",
];

/// How dates and amounts are written; and a date to ask about, where the file does not tell.
pub(crate) fn sniff_formats(
    rows: &[Sampled],
    mapping: &Mapping,
    dialect: Dialect,
    context: &Context,
) -> (Formats, Option<String>) {
    let cells = |role: Role| {
        let column = mapping.column(role);
        rows.iter().filter_map(move |row| row.cells.get(column?)).map(|cell| value(cell))
    };
    let usual = match context.country.as_str() {
        "US" | "PH" => DateOrder::MonthFirst,
        _ => DateOrder::DayFirst,
    };
    let (mut day, mut month, mut either) = (0, 0, None);
    for cell in cells(Role::OrderedAt).chain(cells(Role::PaidAt)) {
        match read_date(cell, usual).map(|reading| reading.evidence) {
            Some(Evidence::Only(DateOrder::DayFirst)) => day += 1,
            Some(Evidence::Only(DateOrder::MonthFirst)) => month += 1,
            Some(Evidence::Either) => either = either.or(Some(cell.to_owned())),
            _ => {}
        }
    }
    let date_order = match day.cmp(&month) {
        std::cmp::Ordering::Greater => DateOrder::DayFirst,
        std::cmp::Ordering::Less => DateOrder::MonthFirst,
        std::cmp::Ordering::Equal => usual,
    };
    let mut column_marks = [None; Role::ALL.len()];
    let (mut commas, mut points) = (0, 0);
    for &role in Role::ALL.iter().filter(|role| role.is_of_number()) {
        let (all, comma) = cells(role).filter_map(mark_of).fold((0, 0), |(all, comma), mark| {
            (all + 1, comma + usize::from(mark == DecimalMark::Comma))
        });
        column_marks[role as usize] = match (2 * comma).cmp(&all) {
            std::cmp::Ordering::Greater => Some(DecimalMark::Comma),
            std::cmp::Ordering::Less => Some(DecimalMark::Point),
            std::cmp::Ordering::Equal => None,
        };
        if role != Role::Quantity {
            (commas, points) = (commas + comma, points + all - comma);
        }
    }
    // Where a semicolon divides fields, the comma divides numbers.
    let has_comma = dialect.delimiter == b';' || COMMA_COUNTRIES.contains(&&*context.country);
    let usual_mark = if has_comma { DecimalMark::Comma } else { DecimalMark::Point };
    let decimal_mark = match commas.cmp(&points) {
        std::cmp::Ordering::Greater => DecimalMark::Comma,
        std::cmp::Ordering::Less => DecimalMark::Point,
        std::cmp::Ordering::Equal => usual_mark,
    };
    let date_settled = day + month > 0;
    let mark_settled = commas + points > 0;
    let formats = Formats { date_order, date_settled, decimal_mark, mark_settled, column_marks };
    (formats, either.filter(|_| !date_settled))
}

/// The zone that the header of the times names: `Created (UTC)`.
pub(crate) fn zone_of_header(columns: &[String], mapping: &Mapping) -> Option<Zone> {
    let column = mapping.column(Role::OrderedAt).or(mapping.column(Role::PaidAt))?;
    let mut words = columns[column].split(|c: char| !c.is_ascii_alphanumeric());
    words.any(|word| matches!(word, "UTC" | "GMT" | "utc")).then_some(Zone::UTC)
}

/// Whether the telephones of a North American shop are Chinese mobiles for the most part. Of these,
/// `1` and ten digits, four in five could be American numbers as well: the column decides.
pub(crate) fn has_chinese_mobiles(rows: &[Sampled], mapping: &Mapping, context: &Context) -> bool {
    if !matches!(context.country.as_str(), "US" | "CA") {
        return false;
    }
    let Some(column) = mapping.column(Role::Phone) else { return false };
    let (mut mobiles, mut impossible, mut others) = (0_u32, 0_u32, 0_u32);
    for cell in rows.iter().filter_map(|row| row.cells.get(column)) {
        match value(cell) {
            "" => {}
            phone if model::may_be_chinese_mobile(phone) => {
                mobiles += 1;
                impossible += u32::from(!model::may_be_north_american(phone));
            }
            _ => others += 1,
        }
    }
    mobiles > others && impossible * 20 >= mobiles && impossible > 0
}
