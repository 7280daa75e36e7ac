//! Days of birth, with or without the year.

use crate::dates::{self, DateOrder};
use model::{Birthday, OrderTime, ShopDay};

/// The year that some programs write where a person has told none.
const NO_YEAR: u16 = 1604;

/// The day that a text gives. `order`: of day and month, where both readings are possible.
pub(super) fn read(text: &str, order: DateOrder) -> Option<Birthday> {
    let (numbers, count) = numbers(text)?;
    let [a, b, c] = numbers;
    let is_marked = text.starts_with("--");
    match (count, text.len()) {
        _ if text.contains(char::is_alphabetic) && !text.contains(['年', '月', 'T']) => {
            of_date(dates::read(text, order)?.time)
        }
        (1, 8) => of(a / 10_000, a / 100 % 100, a % 100),
        (1, 4 | 6) if is_marked || text.len() == 4 => of(0, a / 100, a % 100),
        (2, _) if is_marked || text.contains(['月', '-']) => of(0, a, b),
        (2, _) => in_order(0, a, b, if text.contains('.') { DateOrder::DayFirst } else { order }),
        (3, _) if a > 31 => of(a, b, c),
        (3, _) => in_order(
            full_year(c),
            a,
            b,
            if text.contains('.') { DateOrder::DayFirst } else { order },
        ),
        _ => None,
    }
}

/// The first three numbers of a text, and how many it has; `None`: too many to be a day.
fn numbers(text: &str) -> Option<([u32; 3], usize)> {
    let date = text.split('T').next().unwrap_or(text);
    let date = if date.contains(':') { date.split(' ').next().unwrap_or(date) } else { date };
    let (mut numbers, mut count) = ([0; 3], 0);
    for part in date.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()) {
        *numbers.get_mut(count)? = part.parse().ok()?;
        count += 1;
    }
    Some((numbers, count))
}

fn in_order(year: u32, one: u32, other: u32, order: DateOrder) -> Option<Birthday> {
    let day_first = one > 12 || (order == DateOrder::DayFirst && other <= 12);
    if day_first { of(year, other, one) } else { of(year, one, other) }
}

/// Nobody alive was born before 1926 but a few, nobody after today.
fn full_year(year: u32) -> u32 {
    match year {
        0..=25 => 2000 + year,
        26..=99 => 1900 + year,
        year => year,
    }
}

fn of(year: u32, month: u32, day: u32) -> Option<Birthday> {
    let year = u16::try_from(year).ok()?;
    let known = Some(year).filter(|year| *year != 0 && *year != NO_YEAR);
    Birthday::new(known, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
}

fn of_date(time: OrderTime) -> Option<Birthday> {
    let (OrderTime::Instant(seconds) | OrderTime::Wall(seconds)) = time;
    let day = ShopDay::of_wall_seconds(seconds);
    let of_month = day.days_since(day.first_of_month()) + 1;
    of(u32::try_from(day.year()).ok()?, day.month(), u32::try_from(of_month).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use DateOrder::{DayFirst, MonthFirst};

    #[test]
    fn every_way_to_write_a_birthday() {
        for (text, order, expected) in [
            ("--05-20", DayFirst, Some((0, 5, 20))),
            ("--0520", DayFirst, Some((0, 5, 20))),
            ("05-20", DayFirst, Some((0, 5, 20))),
            ("0520", DayFirst, Some((0, 5, 20))),
            ("05/20", MonthFirst, Some((0, 5, 20))),
            ("20/05", MonthFirst, Some((0, 5, 20))),
            ("03/04", MonthFirst, Some((0, 3, 4))),
            ("03/04", DayFirst, Some((0, 4, 3))),
            ("5月20日", DayFirst, Some((0, 5, 20))),
            ("1990-05-20", DayFirst, Some((1990, 5, 20))),
            ("1990-05-20T00:00:00Z", DayFirst, Some((1990, 5, 20))),
            ("1990-05-20 00:00:00", DayFirst, Some((1990, 5, 20))),
            ("1990年5月20日", DayFirst, Some((1990, 5, 20))),
            ("19900520", DayFirst, Some((1990, 5, 20))),
            ("5/20/1990", MonthFirst, Some((1990, 5, 20))),
            ("20.5.90", MonthFirst, Some((1990, 5, 20))),
            ("20 May 1990", DayFirst, Some((1990, 5, 20))),
            ("1604-02-29", DayFirst, Some((0, 2, 29))),
            ("1990-02-30", DayFirst, None),
            ("", DayFirst, None),
            ("unknown", DayFirst, None),
        ] {
            let found = read(text, order).map(|it| (it.year().unwrap_or(0), it.month(), it.day()));
            assert_eq!(found, expected, "{text}");
        }
    }
}
