//! What columns may be by what stands in them, where their names say nothing. Guesses are proposed to
//! the user, never taken silently.

use crate::ambiguous::{filled, is_amount, is_date_like, is_day, is_distinct};
use crate::head::Sampled;
use crate::role::{Mapping, Role};

/// So many rows tell enough.
const ROWS: usize = 200;
/// Of a hundred filled cells so many have to fit what a column is taken for.
const MOST_FIT_PERCENT: usize = 80;

/// Whether orders could be read of a table at all: a column of days, and another of amounts.
pub(crate) fn could_be_orders(rows: &[Sampled], columns: usize) -> bool {
    let days: Vec<usize> = (0..columns).filter(|&at| fits(rows, at, is_day)).collect();
    !days.is_empty() && (0..columns).any(|at| days != [at] && fits(rows, at, is_plain_amount))
}

/// Columns for the roles that no orders can be read without, and for the customer's address or
/// telephone, as far as they are missing. Columns that have a role are left alone.
pub(crate) fn guess(
    rows: &[Sampled],
    columns: usize,
    known: &[(Role, usize)],
) -> Vec<(Role, usize)> {
    let mut guesses = Vec::new();
    let take = |role, found: &dyn Fn(usize) -> bool, guesses: &mut Vec<(Role, usize)>| {
        let is_free = |at: &usize| known.iter().chain(&*guesses).all(|&(_, taken)| taken != *at);
        let at = (0..columns).find(|at| is_free(at) && found(*at));
        guesses.extend(at.map(|at| (role, at)));
        at.is_some()
    };
    let mapping = Mapping::new(known);
    if !mapping.has_key() {
        let _ = take(Role::Email, &|at| fits(rows, at, is_address), &mut guesses)
            || take(Role::Phone, &|at| fits(rows, at, is_telephone), &mut guesses);
    }
    let missing = mapping.missing();
    if missing.contains(&Role::OrderedAt) {
        take(Role::OrderedAt, &|at| fits(rows, at, is_plain_day), &mut guesses);
    }
    if missing.contains(&Role::Total) {
        // Prices have cents or a sign; whole numbers may be anything.
        let _ = take(Role::Total, &|at| fits(rows, at, is_priced), &mut guesses)
            || take(Role::Total, &|at| fits(rows, at, is_whole), &mut guesses);
    }
    if missing.contains(&Role::OrderNumber) {
        take(Role::OrderNumber, &|at| could_be_numbers(rows, at), &mut guesses);
    }
    guesses
}

fn fits(rows: &[Sampled], at: usize, is_one: impl Fn(&str) -> bool) -> bool {
    let (all, good) = filled(&rows[..rows.len().min(ROWS)], at)
        .fold((0, 0), |(all, good), cell| (all + 1, good + usize::from(is_one(cell))));
    all > 0 && good * 100 >= all * MOST_FIT_PERCENT
}

/// A whole number may be a day too: spreadsheets count them.
fn is_plain_day(cell: &str) -> bool {
    is_day(cell) && (is_date_like(cell) || !is_amount(cell))
}

fn is_plain_amount(cell: &str) -> bool {
    is_amount(cell) && !is_date_like(cell)
}

fn is_priced(cell: &str) -> bool {
    is_plain_amount(cell) && cell.contains(['.', ',', '$', '€', '£', '¥', '￥', '元'])
}

fn is_whole(cell: &str) -> bool {
    !cell.is_empty() && cell.len() < 8 && cell.bytes().all(|it| it.is_ascii_digit())
}

fn is_address(cell: &str) -> bool {
    cell.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
}

/// Written with a sign or blanks that no order's number has, or a Chinese mobile.
fn is_telephone(cell: &str) -> bool {
    let digits = cell.bytes().filter(u8::is_ascii_digit).count();
    let is_set = cell.starts_with(['+', '(']) || cell.contains(") ") || cell.contains(' ');
    let is_plain = cell.bytes().all(|it| it.is_ascii_digit() || b"+()- ".contains(&it));
    let is_mobile = cell.len() == 11 && model::may_be_chinese_mobile(cell);
    (7..=15).contains(&digits) && is_plain && !is_date_like(cell) && (is_set || is_mobile)
}

fn could_be_numbers(rows: &[Sampled], at: usize) -> bool {
    is_distinct(rows, at)
        && filled(rows, at).all(|cell| {
            cell.bytes().any(|it| it.is_ascii_digit()) && !cell.contains(['@', ' ', '.', ','])
        })
        && !fits(rows, at, is_date_like)
}

/// Names for the columns of a table that has none, as spreadsheets name them: `A` to `Z`, `AA`, …
pub(crate) fn letters(columns: usize) -> Vec<String> {
    let name = |mut at: usize| {
        let mut letters = Vec::new();
        loop {
            letters.insert(0, char::from(b'A' + (at % 26) as u8));
            if at < 26 {
                return letters.into_iter().collect();
            }
            at = at / 26 - 1;
        }
    };
    (0..columns).map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sampled(rows: &[&str]) -> Vec<Sampled> {
        let cells = |row: &&str| row.split('|').map(str::to_owned).collect();
        rows.iter().map(|row| Sampled::of(cells(row))).collect()
    }

    #[test]
    fn orders_need_a_day_and_an_amount() {
        for (rows, expected) in [
            (&["2026-01-05|20.00", "2026-01-06|5"][..], true),
            (&["03/04/2026|tea", "03/05/2026|cup"], false),
            (&["tea|20.00", "cup|5.00"], false),
            (&["38|Ann", "41|Ben"], false),
            (&["2026-01-05|x|", "2026-01-06||"], false),
        ] {
            let columns = rows[0].split('|').count();
            assert_eq!(could_be_orders(&sampled(rows), columns), expected, "{rows:?}");
        }
    }

    #[test]
    fn what_stands_in_columns_tells_what_they_may_be() {
        let rows = sampled(&[
            "7|ann@example.com|K-1|05.01.2026|20,00|tea",
            "7|ben@example.com|K-2|06.01.2026|5,50|cup",
            "9|ann@example.com|K-3|07.01.2026|8,00|tea",
        ]);
        let expected =
            [(Role::Email, 1), (Role::OrderedAt, 3), (Role::Total, 4), (Role::OrderNumber, 2)];
        assert_eq!(guess(&rows, 6, &[]), expected);
        // What is known stays, and its column is not taken twice.
        let known = [(Role::OrderNumber, 2), (Role::Total, 0)];
        assert_eq!(guess(&rows, 6, &known), [(Role::Email, 1), (Role::OrderedAt, 3)]);
    }

    #[test]
    fn telephones_tell_customers_where_no_address_does() {
        for (telephones, is_one) in [
            (["+1 212 555 0142", "+1 212 555 0143"], true),
            (["(212) 555-0142", "(212) 555-0143"], true),
            (["13800005551", "13900005552"], true),
            // An order's number, a day with its hour, an amount.
            (["2026000001", "2026000002"], false),
            (["05.01.2026 10:00", "06.01.2026 10:00"], false),
            (["1 234 567.00", "2 234 567.00"], false),
        ] {
            let rows = telephones.map(|it| format!("{it}|2026-01-05|20.00"));
            let rows = rows.each_ref().map(String::as_str);
            let found = guess(&sampled(&rows), 3, &[]);
            assert_eq!(found.contains(&(Role::Phone, 0)), is_one, "{telephones:?} {found:?}");
        }
    }

    #[test]
    fn columns_without_names_are_lettered() {
        let names = letters(29);
        assert_eq!((names[0].as_str(), names[25].as_str()), ("A", "Z"));
        assert_eq!((names[26].as_str(), names[28].as_str()), ("AA", "AC"));
    }
}
