//! Dates in any of the forms that exports are known to use, as a sequence of tokens.

use super::{DAY, DateOrder, Evidence, Reading, days_of, digits, offset_of};
use crate::header::half_width;
use crate::zones::{Zone, named};
use model::{OrderTime, read_decimal};

/// A piece of a date's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token<'a> {
    Number(i64, usize),
    Word(&'a str),
    Mark(char),
}

fn tokens(text: &str) -> Option<Vec<Token<'_>>> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let take = |part: fn(char) -> bool| rest.find(|c| !part(c)).unwrap_or(rest.len());
        let length = if c.is_ascii_digit() {
            let length = take(|c| c.is_ascii_digit());
            if length > 15 {
                return None;
            }
            tokens.push(Token::Number(digits(&rest.as_bytes()[..length])?, length));
            length
        } else if c.is_alphabetic() {
            // The Chinese marks stand alone: 上午9时.
            let length =
                if c.is_ascii() { take(|c| c.is_ascii_alphabetic()) } else { c.len_utf8() };
            tokens.push(Token::Word(&rest[..length]));
            length
        } else {
            if !c.is_whitespace() {
                tokens.push(Token::Mark(c));
            }
            c.len_utf8()
        };
        rest = &rest[length..];
        if tokens.len() > 24 {
            return None;
        }
    }
    Some(tokens)
}

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

fn month_of(word: &str) -> Option<i64> {
    let start = word.get(..3)?.to_ascii_lowercase();
    MONTHS.iter().position(|month| *month == start).map(|at| at as i64 + 1)
}

fn full_year(year: i64, length: usize) -> Option<i64> {
    match length {
        4 => Some(year),
        2 => Some(if year < 70 { 2000 + year } else { 1900 + year }),
        _ => None,
    }
}

/// Reads a date in any of the forms that exports are known to use. `order`: of day and month,
/// where both readings are possible.
pub fn read(text: &str, order: DateOrder) -> Option<Reading> {
    let plain: String;
    let text = if text.is_ascii() {
        text
    } else {
        plain = text.chars().map(half_width).collect();
        &plain
    };
    if let Some(reading) = bare_number(text) {
        return Some(reading);
    }
    let tokens = tokens(text)?;
    // RFC 2822 begins with the day of the week.
    let tokens = match tokens.as_slice() {
        [Token::Word(word), Token::Mark(','), rest @ ..] if month_of(word).is_none() => rest,
        rest => rest,
    };
    let (days, evidence, rest) = date_part(tokens, order)?;
    let (seconds, zone) = time_part(rest)?;
    let wall = days * DAY + seconds.unwrap_or(0);
    let reading = Reading {
        time: OrderTime::Wall(wall),
        has_time: seconds.is_some(),
        evidence,
        offset: None,
    };
    Some(zone.map_or(reading, |zone| zone.of(reading)))
}

/// `20261031`, epoch seconds or milliseconds, a spreadsheet's serial day.
fn bare_number(text: &str) -> Option<Reading> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let number =
        if whole.is_empty() || whole.len() > 14 { None } else { digits(whole.as_bytes()) }?;
    let reading =
        |time, has_time| Some(Reading { time, has_time, evidence: Evidence::None, offset: None });
    match whole.len() {
        8 if fraction.is_empty() => {
            let days = days_of(number / 10_000, number / 100 % 100, number % 100)?;
            reading(OrderTime::Wall(days * DAY), false)
        }
        // Day 25,569 of a spreadsheet is 1 January 1970.
        5 if (20_000..=60_000).contains(&number) => {
            // A spreadsheet writes 17 digits of a day at most; a millisecond needs eight.
            let fraction = fraction.get(..12).unwrap_or(fraction);
            let part =
                if fraction.is_empty() { 0.0 } else { read_decimal(&format!(".{fraction}"))? };
            let seconds = (part * DAY as f64).round() as i64;
            reading(OrderTime::Wall((number - 25_569) * DAY + seconds), !fraction.is_empty())
        }
        10 if fraction.is_empty() => reading(OrderTime::Instant(number), true),
        13 if fraction.is_empty() => reading(OrderTime::Instant(number / 1000), true),
        14 if fraction.is_empty() => {
            let (date, clock) = (number / 1_000_000, number % 1_000_000);
            let days = days_of(date / 10_000, date / 100 % 100, date % 100)?;
            let (hour, minute, second) = (clock / 10_000, clock / 100 % 100, clock % 100);
            let valid = hour < 24 && minute < 60 && second < 61;
            let seconds = hour * 3600 + minute * 60 + second;
            valid.then(|| reading(OrderTime::Wall(days * DAY + seconds), true))?
        }
        _ => None,
    }
}

/// The tokens behind the first, if that is such a one.
fn past<'t, 'a>(tokens: &'t [Token<'a>], is: fn(&Token<'a>) -> bool) -> &'t [Token<'a>] {
    match tokens.split_first() {
        Some((first, rest)) if is(first) => rest,
        _ => tokens,
    }
}

type DatePart<'t, 'a> = (i64, Evidence, &'t [Token<'a>]);

fn date_part<'t, 'a>(tokens: &'t [Token<'a>], order: DateOrder) -> Option<DatePart<'t, 'a>> {
    use Token::{Mark, Number, Word};
    let without_dash = |rest| past(rest, |token| matches!(token, Mark('-' | '/' | '.' | ',')));
    Some(match *tokens {
        [
            Number(y, 4),
            Mark('-' | '/' | '.'),
            Number(m, _),
            Mark('-' | '/' | '.'),
            Number(d, _),
            ref rest @ ..,
        ]
        | [
            Number(y, 4),
            Word("年"),
            Number(m, _),
            Word("月"),
            Number(d, _),
            Word("日" | "号"),
            ref rest @ ..,
        ] => (days_of(y, m, d)?, Evidence::None, rest),
        [
            Number(a, 1 | 2),
            Mark(one @ ('-' | '/' | '.')),
            Number(b, 1 | 2),
            Mark(two),
            Number(y, length),
            ref rest @ ..,
        ] if one == two => {
            let year = full_year(y, length)?;
            // Nobody writes a month before a dotted day.
            let dotted = one == '.';
            let (days, evidence) =
                day_and_month(year, a, b, if dotted { DateOrder::DayFirst } else { order })?;
            (days, if dotted { Evidence::None } else { evidence }, rest)
        }
        // 31 Oct 2026, 31-Oct-26
        [Number(d, 1 | 2), ref rest @ ..] => {
            let [Word(month), rest @ ..] = without_dash(rest) else { return None };
            let rest = past(rest, |token| matches!(token, Mark('.')));
            let [Number(y, length), rest @ ..] = without_dash(rest) else { return None };
            (days_of(full_year(*y, *length)?, month_of(month)?, d)?, Evidence::None, rest)
        }
        // Oct 31, 2026; Jul-25-26
        [Word(month), ref rest @ ..] => {
            let [Number(d, 1 | 2), rest @ ..] = without_dash(rest) else { return None };
            let [Number(y, length), rest @ ..] = without_dash(rest) else { return None };
            (days_of(full_year(*y, *length)?, month_of(month)?, *d)?, Evidence::None, rest)
        }
        _ => return None,
    })
}

fn day_and_month(year: i64, a: i64, b: i64, order: DateOrder) -> Option<(i64, Evidence)> {
    let read = |order| match order {
        DateOrder::DayFirst => days_of(year, b, a),
        DateOrder::MonthFirst => days_of(year, a, b),
    };
    Some(match (read(order), read(order.other())) {
        (Some(days), Some(_)) if a == b => (days, Evidence::None),
        (Some(days), Some(_)) => (days, Evidence::Either),
        (Some(days), None) => (days, Evidence::Only(order)),
        (None, Some(days)) => (days, Evidence::Only(order.other())),
        (None, None) => return None,
    })
}

/// Seconds of the day, and the zone, as far as they are given.
fn time_part(tokens: &[Token<'_>]) -> Option<(Option<i64>, Option<Zone>)> {
    use Token::{Mark, Number, Word};
    let tokens = past(tokens, |token| matches!(token, Word("T" | "t" | "at") | Mark(',')));
    let (early, tokens) = half_of_day(tokens);
    let (hour, minute, second, rest) = match *tokens {
        [] => return Some((None, None)),
        [Number(h, _), Mark(':'), Number(m, 2), Mark(':'), Number(s, 2), ref rest @ ..]
        | [
            Number(h, _),
            Word("时"),
            Number(m, _),
            Word("分"),
            Number(s, _),
            Word("秒"),
            ref rest @ ..,
        ] => (h, m, s, rest),
        [Number(h, _), Mark(':'), Number(m, 2), ref rest @ ..]
        | [Number(h, _), Word("时"), Number(m, _), Word("分"), ref rest @ ..] => (h, m, 0, rest),
        _ => return None,
    };
    let rest = if let [Mark('.' | ','), Number(..), rest @ ..] = rest { rest } else { rest };
    let (late, rest) = half_of_day(rest);
    let hour = match early.or(late) {
        Some(afternoon) if (1..=12).contains(&hour) => hour % 12 + if afternoon { 12 } else { 0 },
        _ => hour,
    };
    if hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let zone = if rest.is_empty() { None } else { Some(zone_part(rest)?) };
    Some((Some(hour * 3600 + minute * 60 + second), zone))
}

fn half_of_day<'t, 'a>(tokens: &'t [Token<'a>]) -> (Option<bool>, &'t [Token<'a>]) {
    use Token::Word;
    match tokens {
        [Word("上"), Word("午"), rest @ ..] => (Some(false), rest),
        [Word("下"), Word("午"), rest @ ..] => (Some(true), rest),
        [Word(word), rest @ ..] if word.eq_ignore_ascii_case("am") => (Some(false), rest),
        [Word(word), rest @ ..] if word.eq_ignore_ascii_case("pm") => (Some(true), rest),
        rest => (None, rest),
    }
}

/// The zone that a cell names, by offset or by name.
pub fn zone(text: &str) -> Option<Zone> {
    let plain: String = text.chars().map(half_width).collect();
    let offset =
        tokens(&plain).filter(|tokens| !tokens.is_empty()).and_then(|tokens| zone_part(&tokens));
    offset.or_else(|| named(&plain))
}

/// The zone that stands behind a time.
fn zone_part(tokens: &[Token<'_>]) -> Option<Zone> {
    use Token::{Mark, Number, Word};
    let (sign, hours, minutes) = match *past(tokens, |token| matches!(token, Word("UTC" | "GMT"))) {
        [] | [Word("Z" | "z")] => return Some(Zone::UTC),
        // `PDT` behind a time.
        [Word(word)] => return named(word),
        [Mark(sign), Number(hm, 4)] => (sign, hm / 100, hm % 100),
        [Mark(sign), Number(h, 1 | 2), Mark(':'), Number(m, 2)] => (sign, h, m),
        [Mark(sign), Number(h, 1 | 2)] => (sign, h, 0),
        _ => return None,
    };
    let is_west = match sign {
        '+' => false,
        '-' | '−' => true,
        _ => return None,
    };
    let seconds = offset_of(is_west, hours, minutes)?;
    Some(Zone::fixed(seconds))
}
