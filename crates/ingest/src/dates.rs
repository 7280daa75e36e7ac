//! Dates and times as exports write them.

use crate::header::half_width;
use model::OrderTime;

/// Which of the first two numbers of `1/12/2010` is the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    /// 1 December.
    DayFirst,
    /// 12 January.
    MonthFirst,
}

impl DateOrder {
    /// The other one.
    #[must_use]
    pub const fn other(self) -> DateOrder {
        match self {
            DateOrder::DayFirst => DateOrder::MonthFirst,
            DateOrder::MonthFirst => DateOrder::DayFirst,
        }
    }

    /// A stable name.
    pub const fn code(self) -> &'static str {
        match self {
            DateOrder::DayFirst => "day_first",
            DateOrder::MonthFirst => "month_first",
        }
    }
}

/// What a date says about the order of day and month in its column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// Written in a way that has no such doubt.
    None,
    /// Could be read both ways.
    Either,
    /// Can only be read this way.
    Only(DateOrder),
}

/// A date as read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The moment.
    pub time: OrderTime,
    /// Whether the hour is given.
    pub has_time: bool,
    /// What it says of the column.
    pub evidence: Evidence,
}

const DAY: i64 = 86_400;

/// Days since 1 January 1970; `None` if there is no such day or no shop of that year.
///
/// Hinnant, "chrono-compatible low-level date algorithms": years begin in March.
pub fn days_of(year: i64, month: i64, day: i64) -> Option<i64> {
    let length = match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if !(1..=length).contains(&day) || !(1900..2200).contains(&year) {
        return None;
    }
    let shifted = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (shifted.div_euclid(400), shifted.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
}

fn digits(bytes: &[u8]) -> Option<i64> {
    bytes.iter().try_fold(0_i64, |sum, &byte| {
        byte.is_ascii_digit().then(|| sum * 10 + i64::from(byte - b'0'))
    })
}

/// The day of `YYYY-MM-DD`, kept from row to row: neighbouring orders share their day.
#[derive(Debug, Default)]
pub struct LastDay {
    text: [u8; 10],
    days: i64,
}

impl LastDay {
    fn days(&mut self, text: &[u8; 10]) -> Option<i64> {
        if *text != self.text {
            let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *text else { return None };
            let (year, month) = (digits(&[y1, y2, y3, y4])?, digits(&[m1, m2])?);
            self.days = days_of(year, month, digits(&[d1, d2])?)?;
            self.text = *text;
        }
        Some(self.days)
    }

    /// Reads `2026-10-31 22:47:51`, with or without ` -0400` behind it: what most exports write.
    pub fn read(&mut self, text: &str) -> Option<Reading> {
        let (date, rest) = text.as_bytes().split_first_chunk::<10>()?;
        let (clock, zone) = rest.split_first_chunk::<9>()?;
        let [b' ' | b'T', h1, h2, b':', m1, m2, b':', s1, s2] = *clock else { return None };
        let two = |tens: u8, ones: u8| {
            let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
            (tens < 10 && ones < 10).then_some(i64::from(tens) * 10 + i64::from(ones))
        };
        let (hour, minute, second) = (two(h1, h2)?, two(m1, m2)?, two(s1, s2)?);
        if hour > 23 || minute > 59 || second > 60 {
            return None;
        }
        let wall = self.days(date)? * DAY + hour * 3600 + minute * 60 + second;
        let time = match *zone {
            [] => OrderTime::Wall(wall),
            [b' ', sign @ (b'+' | b'-'), h1, h2, m1, m2] => {
                let offset = two(h1, h2)? * 3600 + two(m1, m2)? * 60;
                OrderTime::Instant(if sign == b'-' { wall + offset } else { wall - offset })
            }
            _ => return None,
        };
        Some(Reading { time, has_time: true, evidence: Evidence::None })
    }
}

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
            let length = if c.is_ascii() { take(|c| c.is_ascii_alphabetic()) } else { c.len_utf8() };
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
    let (seconds, offset) = time_part(rest)?;
    let wall = days * DAY + seconds.unwrap_or(0);
    let time = offset.map_or(OrderTime::Wall(wall), |offset| OrderTime::Instant(wall - offset));
    Some(Reading { time, has_time: seconds.is_some(), evidence })
}

/// `20261031`, epoch seconds or milliseconds, a spreadsheet's serial day.
fn bare_number(text: &str) -> Option<Reading> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let number = if whole.is_empty() || whole.len() > 14 { None } else { digits(whole.as_bytes()) }?;
    let reading = |time, has_time| Some(Reading { time, has_time, evidence: Evidence::None });
    match whole.len() {
        8 if fraction.is_empty() => {
            let days = days_of(number / 10_000, number / 100 % 100, number % 100)?;
            reading(OrderTime::Wall(days * DAY), false)
        }
        // Day 25,569 of a spreadsheet is 1 January 1970.
        5 if (20_000..=60_000).contains(&number) => {
            let part = if fraction.is_empty() { 0.0 } else { format!("0.{fraction}").parse().ok()? };
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

type DatePart<'t, 'a> = (i64, Evidence, &'t [Token<'a>]);

fn date_part<'t, 'a>(tokens: &'t [Token<'a>], order: DateOrder) -> Option<DatePart<'t, 'a>> {
    use Token::{Mark, Number, Word};
    let without_dash = |rest: &'t [Token<'a>]| match rest {
        [Mark('-' | '/' | '.' | ','), rest @ ..] => rest,
        rest => rest,
    };
    Some(match *tokens {
        [Number(y, 4), Mark('-' | '/' | '.'), Number(m, _), Mark('-' | '/' | '.'), Number(d, _), ref rest @ ..]
        | [Number(y, 4), Word("年"), Number(m, _), Word("月"), Number(d, _), Word("日" | "号"), ref rest @ ..] => {
            (days_of(y, m, d)?, Evidence::None, rest)
        }
        [Number(a, 1 | 2), Mark(one @ ('-' | '/' | '.')), Number(b, 1 | 2), Mark(two), Number(y, length), ref rest @ ..]
            if one == two =>
        {
            let year = full_year(y, length)?;
            // Nobody writes a month before a dotted day.
            let dotted = one == '.';
            let (days, evidence) = day_and_month(year, a, b, if dotted { DateOrder::DayFirst } else { order })?;
            (days, if dotted { Evidence::None } else { evidence }, rest)
        }
        // 31 Oct 2026, 31-Oct-26
        [Number(d, 1 | 2), ref rest @ ..] => {
            let [Word(month), rest @ ..] = without_dash(rest) else { return None };
            let rest = if let [Mark('.'), rest @ ..] = rest { rest } else { rest };
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

/// Seconds of the day, and the offset from UTC in seconds, as far as they are given.
fn time_part(tokens: &[Token<'_>]) -> Option<(Option<i64>, Option<i64>)> {
    use Token::{Mark, Number, Word};
    let tokens = match tokens {
        [Word("T" | "t" | "at") | Mark(','), rest @ ..] => rest,
        rest => rest,
    };
    let (early, tokens) = half_of_day(tokens);
    let (hour, minute, second, rest) = match *tokens {
        [] => return Some((None, None)),
        [Number(h, _), Mark(':'), Number(m, 2), Mark(':'), Number(s, 2), ref rest @ ..]
        | [Number(h, _), Word("时"), Number(m, _), Word("分"), Number(s, _), Word("秒"), ref rest @ ..] => {
            (h, m, s, rest)
        }
        [Number(h, _), Mark(':'), Number(m, 2), ref rest @ ..]
        | [Number(h, _), Word("时"), Number(m, _), Word("分"), ref rest @ ..] => (h, m, 0, rest),
        _ => return None,
    };
    let rest = match rest {
        [Mark('.' | ','), Number(..), rest @ ..] => rest,
        rest => rest,
    };
    let (late, rest) = half_of_day(rest);
    let hour = match early.or(late) {
        Some(afternoon) if (1..=12).contains(&hour) => hour % 12 + if afternoon { 12 } else { 0 },
        _ => hour,
    };
    if hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    Some((Some(hour * 3600 + minute * 60 + second), offset_part(rest)?))
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

fn offset_part(tokens: &[Token<'_>]) -> Option<Option<i64>> {
    use Token::{Mark, Number, Word};
    let tokens = match tokens {
        [Word("UTC" | "GMT" | "Z" | "z"), rest @ ..] if rest.is_empty() => return Some(Some(0)),
        [Word("UTC" | "GMT"), rest @ ..] => rest,
        rest => rest,
    };
    let (sign, hours, minutes) = match *tokens {
        [] => return Some(None),
        [Mark(sign), Number(hm, 4)] => (sign, hm / 100, hm % 100),
        [Mark(sign), Number(h, 2), Mark(':'), Number(m, 2)] => (sign, h, m),
        [Mark(sign), Number(h, 1 | 2)] => (sign, h, 0),
        _ => return None,
    };
    let seconds = hours * 3600 + minutes * 60;
    match sign {
        _ if hours > 14 || minutes > 59 => None,
        '+' => Some(Some(seconds)),
        '-' | '−' => Some(Some(-seconds)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_known_way_to_write_a_date() {
        use OrderTime::{Instant, Wall};
        let first = 1_793_486_871; // 2026-10-31 22:47:51
        for (text, time) in [
            ("2026-10-31 22:47:51", Wall(first)),
            ("2026-10-31T22:47:51", Wall(first)),
            ("2026-10-31 22:47:51 -0400", Instant(first + 14_400)),
            ("2026-10-31T22:47:51.123Z", Instant(first)),
            ("2026-10-31T22:47:51+08:00", Instant(first - 28_800)),
            ("2026-10-31 22:47:51 UTC", Instant(first)),
            ("2026/10/31 22:47:51", Wall(first)),
            ("31/10/2026 22:47:51", Wall(first)),
            ("10/31/2026 10:47:51 PM", Wall(first)),
            ("10/31/26 22:47:51", Wall(first)),
            ("31.10.2026 22:47:51", Wall(first)),
            ("2026年10月31日 22时47分51秒", Wall(first)),
            ("2026年10月31日 下午10:47:51", Wall(first)),
            ("２０２６-１０-３１ ２２:４７:５１", Wall(first)),
            ("Sat, 31 Oct 2026 22:47:51 +0000", Instant(first)),
            ("Oct 31, 2026 10:47:51 PM", Wall(first)),
            ("31-Oct-26", Wall(first - 82_071)),
            ("Oct-31-26", Wall(first - 82_071)),
            ("20261031", Wall(first - 82_071)),
            ("20261031224751", Wall(first)),
            ("46326", Wall(first - 82_071)),
            ("46326.5", Wall(first - 82_071 + 43_200)),
            ("1793486871", Instant(first)),
            ("1793486871123", Instant(first)),
        ] {
            let reading = read(text, DateOrder::DayFirst).map(|reading| reading.time);
            assert_eq!(reading, Some(time), "{text}");
            if let Some(fast) = LastDay::default().read(text) {
                assert_eq!(fast.time, time, "{text}");
            }
        }
        for bad in ["", "0000-00-00 00:00", "2026-02-30", "31/31/2026", "soon", "12", "2026-10-31 25:00:00"] {
            assert_eq!(read(bad, DateOrder::DayFirst), None, "{bad}");
            assert_eq!(LastDay::default().read(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_day_above_twelve_settles_the_order() {
        use DateOrder::{DayFirst, MonthFirst};
        for (text, evidence) in [
            ("1/12/2010 8:26", Evidence::Either),
            ("13/12/2010", Evidence::Only(DayFirst)),
            ("12/13/2010", Evidence::Only(MonthFirst)),
            ("12/12/2010", Evidence::None),
            ("1.12.2010", Evidence::None),
            ("2010-12-01", Evidence::None),
        ] {
            for order in [DayFirst, MonthFirst] {
                assert_eq!(read(text, order).map(|r| r.evidence), Some(evidence), "{text}");
            }
        }
    }
}
