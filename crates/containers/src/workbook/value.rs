//! Values of cells as text: what the sheet holds, not how it dresses it.

use super::format::Format;
use model::ShopDay;
use std::fmt::Write as _;

/// A spreadsheet holds so many digits of a number.
const DIGITS: usize = 15;
/// Below this, every whole number has its own floating point number.
const EXACT: f64 = 9_007_199_254_740_992.0;
/// The first number that a spreadsheet may have rounded.
const ROUNDED_FROM: f64 = 1e15;
/// Days from 30 December 1899, which is day 0 of a sheet, to 1 January 1970.
const EPOCH_1900: i64 = 25_569;
/// Days between the two systems of dates.
const FROM_1904: f64 = 1_462.0;
/// 1 January 10000.
pub const FIRST_NO_DATE: f64 = 2_958_466.0;
const SECONDS_PER_DAY: i64 = 86_400;

/// Appends the number that a file writes as `raw`: the shortest text that is the number, in plain
/// digits.
///
/// A whole number of more than fifteen digits is an id that a spreadsheet has rounded, unless its
/// digits say that no spreadsheet wrote it; a rounded one is written as a sheet shows it, as
/// `2.58946E+18`, so that nobody takes it for the id.
pub fn push_number(raw: &str, text: &mut String) {
    let raw = raw.trim();
    let digits = raw.strip_prefix('-').unwrap_or(raw);
    let is_whole = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let is_plain = is_whole && (digits.len() == 1 || !digits.starts_with('0'));
    if is_plain && digits != "0" && (digits.len() <= DIGITS || is_unrounded(digits)) {
        return text.push_str(raw);
    }
    match raw.parse::<f64>() {
        Ok(value) if value.is_finite() => push_float(value, text),
        _ => text.push_str(raw),
    }
}

/// Whether the digits of a long number are more than a spreadsheet or a floating point number can
/// have: a program wrote them from a whole number.
fn is_unrounded(digits: &str) -> bool {
    let significant = digits.trim_end_matches('0').len();
    significant > DIGITS + 2 || (digits.len() == DIGITS + 1 && significant == digits.len())
}

/// Appends a number.
pub fn push_float(value: f64, text: &mut String) {
    let size = value.abs();
    // What is written to a String is written.
    let _ = if value.fract().abs() == 0.0 && size < EXACT {
        let whole = value as i64;
        if size >= ROUNDED_FROM && whole % 10 == 0 {
            return push_scientific(value, text);
        }
        write!(text, "{whole}")
    } else if (1e-9..ROUNDED_FROM).contains(&size) {
        let shortest = value.to_string();
        let digits = shortest.trim_start_matches(['-', '0', '.']).bytes();
        if digits.filter(u8::is_ascii_digit).count() <= DIGITS {
            return text.push_str(&shortest);
        }
        // What calculating left behind, as in 0.30000000000000004.
        let rounded = format!("{value:.*e}", DIGITS - 1).parse().unwrap_or(value);
        write!(text, "{rounded}")
    } else {
        return push_scientific(value, text);
    };
}

/// Appends a number as a sheet shows those that are too long for it.
fn push_scientific(value: f64, text: &mut String) {
    let written = format!("{value:.5E}");
    let (mantissa, exponent) = written.split_once('E').unwrap_or((&written, "0"));
    let mantissa = mantissa.trim_end_matches('0').trim_end_matches('.');
    let sign = if exponent.starts_with('-') { "" } else { "+" };
    let _ = write!(text, "{mantissa}E{sign}{exponent}");
}

/// Appends the number of a cell that is formatted so.
pub fn push_formatted(raw: &str, format: Format, is_1904: bool, text: &mut String) {
    let value = match format {
        Format::Number => return push_number(raw, text),
        _ => raw.trim().parse::<f64>(),
    };
    match (value, format) {
        (Ok(days), Format::Duration) if days.is_finite() && days.abs() < FIRST_NO_DATE => {
            push_duration(days, text);
        }
        (Ok(serial), format) if (0.0..FIRST_NO_DATE).contains(&serial) => {
            push_date(serial, format == Format::Date, is_1904, text);
        }
        _ => push_number(raw, text),
    }
}

/// Appends a date as `2026-10-31 08:26:00`; without a time where the sheet neither holds nor shows
/// one, without a date where it holds none.
pub fn push_date(serial: f64, is_day: bool, is_1904: bool, text: &mut String) {
    let serial = if is_1904 { serial + FROM_1904 } else { serial };
    let seconds = (serial * SECONDS_PER_DAY as f64).round() as i64;
    let (days, second) = (seconds / SECONDS_PER_DAY, seconds % SECONDS_PER_DAY);
    if days > 0 || is_day {
        // The sheet's calendar has a 29 February 1900, day 60, which never was.
        let days = days - EPOCH_1900 + i64::from(days < 61);
        let _ = write!(text, "{}", ShopDay::from_number(days as i32));
        if is_day && second == 0 {
            return;
        }
        text.push(' ');
    }
    let _ = write!(text, "{:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60);
}

fn push_duration(days: f64, text: &mut String) {
    let seconds = (days.abs() * SECONDS_PER_DAY as f64).round() as i64;
    let sign = if days < 0.0 && seconds > 0 { "-" } else { "" };
    let _ = write!(text, "{sign}{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
}

/// Appends a date that a file writes as ISO 8601, as `2026-10-31T08:26:00.000`: a blank in the
/// middle, no parts of seconds.
pub fn push_iso(raw: &str, text: &mut String) {
    let raw = raw.trim();
    let Some((day, time)) = raw.split_once('T') else { return text.push_str(raw) };
    text.push_str(day);
    text.push(' ');
    let (clock, parts) = time.split_once(['.', ',']).unwrap_or((time, ""));
    text.push_str(clock);
    text.push_str(parts.trim_start_matches(|it: char| it.is_ascii_digit()));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(raw: &str) -> String {
        let mut text = String::new();
        push_number(raw, &mut text);
        text
    }

    #[test]
    fn numbers_are_written_in_plain_digits() {
        for (raw, expected) in [
            ("536365", "536365"),
            ("-12", "-12"),
            ("0", "0"),
            ("-0", "0"),
            ("2.5", "2.5"),
            ("2.50", "2.5"),
            ("2.5499999999999998", "2.55"),
            ("0.30000000000000004", "0.3"),
            ("1.2345678901234567", "1.23456789012346"),
            ("1E3", "1000"),
            ("1.5E-3", "0.0015"),
            ("1e-12", "1E-12"),
            ("007", "7"),
            ("abc", "abc"),
            ("", ""),
        ] {
            assert_eq!(number(raw), expected, "{raw}");
        }
    }

    #[test]
    fn ids_are_whole_or_plainly_damaged() {
        for (raw, expected) in [
            ("6917243880124", "6917243880124"),
            ("123456789012345", "123456789012345"),
            // Excel keeps fifteen digits.
            ("1234567890123450", "1.23457E+15"),
            ("2.58946012345678E+18", "2.58946E+18"),
            ("258946012345678000", "2.58946E+17"),
            // As does whoever holds numbers as floating point.
            ("2589460123456789000", "2.58946E+18"),
            // A program wrote these from a whole number.
            ("1234567890123456", "1234567890123456"),
            ("2589460123456789012", "2589460123456789012"),
        ] {
            assert_eq!(number(raw), expected, "{raw}");
        }
        for (value, expected) in [
            (1_234_567_890_123_456.0, "1234567890123456"),
            (1_234_567_890_123_450.0, "1.23457E+15"),
            (2.589_460_123_456_789e18, "2.58946E+18"),
            (1e18, "1E+18"),
        ] {
            let mut text = String::new();
            push_float(value, &mut text);
            assert_eq!(text, expected);
        }
    }

    #[test]
    fn dates_are_iso_in_both_systems() {
        use Format::{Date, DateTime, Duration, Number};
        for (raw, format, is_1904, expected) in [
            ("40513.3513888889", DateTime, false, "2010-12-01 08:26:00"),
            ("45413", DateTime, false, "2024-05-01 00:00:00"),
            ("45413", Date, false, "2024-05-01"),
            ("45413.5", Date, false, "2024-05-01 12:00:00"),
            ("43951.5", DateTime, true, "2024-05-01 12:00:00"),
            ("1", Date, false, "1900-01-01"),
            ("61", Date, false, "1900-03-01"),
            ("0", Date, true, "1904-01-01"),
            ("0.5", DateTime, false, "12:00:00"),
            ("45412.9999999", DateTime, false, "2024-05-01 00:00:00"),
            ("1.25", Duration, false, "30:00:00"),
            ("-3", Date, false, "-3"),
            ("2958466", Date, false, "2958466"),
            ("soon", Date, false, "soon"),
            ("45413", Number, false, "45413"),
        ] {
            let mut text = String::new();
            push_formatted(raw, format, is_1904, &mut text);
            assert_eq!(text, expected, "{raw} {format:?}");
        }
    }

    #[test]
    fn iso_dates_lose_what_no_export_has() {
        for (raw, expected) in [
            ("2024-05-01T10:00:00", "2024-05-01 10:00:00"),
            ("2024-05-01T10:00:00.123Z", "2024-05-01 10:00:00Z"),
            ("2024-05-01", "2024-05-01"),
        ] {
            let mut text = String::new();
            push_iso(raw, &mut text);
            assert_eq!(text, expected);
        }
    }
}
