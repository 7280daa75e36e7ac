//! Headers that may mean one thing or another: taken only where a role has no better column, and
//! where the cells fit it.

use crate::amounts::{DecimalMark, read as read_amount};
use crate::dates::{DateOrder, read as read_date};
use crate::head::Sampled;
use crate::header::{normal_form, value};
use crate::platforms::Platform;
use crate::role::{Mapping, Role};
use std::collections::HashSet;

/// In normal form, the likelier first.
const ORDER_NUMBERS: &[&str] = &["id", "no", "number", "编号"];
#[rustfmt::skip]
const DAYS: &[&str] = &[
    "when", "placed", "ordered", "purchased", "sold", "bought", "created", "paid", "付款", "成交",
    "下单",
];
#[rustfmt::skip]
const AMOUNTS: &[&str] = &[
    "paid", "price", "saleprice", "sellingprice", "subtotal", "net", "cost", "charge", "charged", "spend", "spent",
    "payment", "售价", "成交价", "价格", "商品总价", "商品金额", "货款", "消费", "付款", "支付",
    "单价", "小计",
];
/// Prices of one, where a column beside them has the quantity.
const PRICES: &[&str] = &["saleprice", "sellingprice", "售价", "成交价", "价格"];

/// Gives the roles without which no orders can be read a column with an ambiguous header, if they
/// have none, and says which. A plain table only: a platform's own headers are known.
pub(crate) fn fill_gaps(
    platform: Platform,
    names: &[String],
    rows: &[Sampled],
    pairs: &mut Vec<(Role, usize)>,
) -> Vec<(Role, usize)> {
    let mut assumed = Vec::new();
    if !platform.is_generic() {
        return assumed;
    }
    let fits = |at: usize, is_one: &dyn Fn(&str) -> bool| {
        let mut cells = filled(rows, at).peekable();
        cells.peek().is_some() && cells.all(is_one)
    };
    let is_free = |pairs: &[(Role, usize)], at: usize| {
        // What was paid for one may be what was paid for all.
        pairs.iter().all(|&(role, column)| column != at || role == Role::UnitPrice)
    };
    let known = Mapping::new(pairs);
    if known.has(Role::Quantity) && !known.has(Role::UnitPrice) {
        let found = candidates(Role::UnitPrice, names).find(|&at| fits(at, &is_amount));
        assumed.extend(found.map(|at| (Role::UnitPrice, at)));
        pairs.extend(&assumed);
    }
    for missing in Mapping::new(pairs).missing() {
        let found = candidates(missing, names).find(|&at| {
            is_free(pairs, at)
                && match missing {
                    Role::Total => fits(at, &|cell| is_amount(cell) && !is_date_like(cell)),
                    Role::OrderedAt => fits(at, &is_day),
                    _ => is_distinct(rows, at),
                }
        });
        if let Some(at) = found {
            pairs.retain(|&(_, column)| column != at);
            pairs.push((missing, at));
            assumed.push((missing, at));
        }
    }
    assumed
}

/// Whether a cell may be such a header.
pub(crate) fn is_known(cell: &str) -> bool {
    let name = normal_form(cell);
    [ORDER_NUMBERS, DAYS, AMOUNTS].iter().any(|names| names.contains(&name.as_str()))
}

/// Columns whose headers may mean a role.
fn candidates(role: Role, names: &[String]) -> impl Iterator<Item = usize> + '_ {
    let headers = match role {
        Role::OrderNumber => ORDER_NUMBERS,
        Role::OrderedAt => DAYS,
        Role::Total => AMOUNTS,
        Role::UnitPrice => PRICES,
        _ => &[],
    };
    headers.iter().filter_map(|header| names.iter().position(|name| name == header))
}

/// The cells of a column that say something.
pub(crate) fn filled(rows: &[Sampled], at: usize) -> impl Iterator<Item = &str> {
    let cells = rows.iter().filter_map(move |row| row.cells.get(at));
    cells.map(|cell| value(cell)).filter(|cell| !cell.is_empty())
}

/// Whether a cell can be read as an amount.
pub(crate) fn is_amount(cell: &str) -> bool {
    let marks = [DecimalMark::Point, DecimalMark::Comma];
    marks.iter().any(|&mark| read_amount(cell, 2, mark).is_some())
}

/// Whether a cell can be read as a day.
pub(crate) fn is_day(cell: &str) -> bool {
    read_date(cell, DateOrder::DayFirst).is_some()
}

/// A number of eight digits is read as an amount too.
pub(crate) fn is_date_like(cell: &str) -> bool {
    cell.contains(['/', ':', '年']) || cell.matches('-').count() > 1
}

/// Whether a column could number orders: no cell blank, none twice.
pub(crate) fn is_distinct(rows: &[Sampled], at: usize) -> bool {
    let mut known = HashSet::new();
    filled(rows, at).all(|cell| known.insert(cell)) && known.len() == rows.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_header_is_in_normal_form() {
        for header in [ORDER_NUMBERS, DAYS, AMOUNTS, PRICES].concat() {
            assert_eq!(normal_form(header), header);
        }
    }
}
