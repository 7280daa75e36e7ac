//! A record as rows: what is nested in it gets dotted names.

use super::value::Value;
use crate::refusal::Refusal;
use crate::sheet::Sheet;
use std::collections::HashMap;

/// Lists whose entries are the lines of an order, the first that is there; each line is a row.
const LINES: [&str; 8] = [
    "line_items",
    "lineItems",
    "order_items",
    "orderItems",
    "items",
    "lines",
    "products",
    "orders",
];
/// What plug-ins and interfaces note for themselves.
const LEFT_OUT: [&str; 2] = ["meta_data", "_links"];
/// Amounts of the entries of a list are added up.
const AMOUNTS: [&str; 2] = ["total", "amount"];
/// Between the texts of the entries of a list.
const AND: &str = "; ";

/// The columns of a table, in the order in which they were met.
#[derive(Debug, Default)]
pub struct Columns {
    names: Vec<String>,
    numbers: HashMap<String, usize>,
    /// Name of the list that has the lines.
    lines: Option<&'static str>,
}

/// Fields: dotted name and text of each.
type Fields = Vec<(String, String)>;

impl Columns {
    /// Number of columns.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Their names.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Learns the columns that a record has.
    pub fn learn(&mut self, record: &Value) {
        let lines = lines_of(record).map(|(name, _)| name);
        self.lines = self.lines.or(lines);
        let (fields, lines) = flatten(record, self.lines);
        for (name, _) in fields.into_iter().chain(lines.into_iter().flatten()) {
            let next = self.names.len();
            self.numbers.entry(name).or_insert_with_key(|name| {
                self.names.push(name.clone());
                next
            });
        }
    }

    /// Writes a record as a row, or as one for each of its lines.
    pub fn write(&self, record: &Value, sheet: &mut Sheet) -> Result<(), Refusal> {
        let (fields, lines) = flatten(record, self.lines);
        let no_line = [Fields::new()];
        let lines = if lines.is_empty() { &no_line[..] } else { &lines };
        let mut row = vec![""; self.names.len()];
        for line in lines {
            row.fill("");
            for (name, text) in fields.iter().chain(line) {
                if let Some(cell) = self.numbers.get(name).and_then(|&at| row.get_mut(at)) {
                    *cell = text;
                }
            }
            for (column, text) in row.iter().enumerate() {
                sheet.fill(column as u32, text);
            }
            sheet.end_row()?;
        }
        Ok(())
    }
}

/// The list of an order's lines.
fn lines_of(record: &Value) -> Option<(&'static str, &[Value])> {
    let Value::Object(members) = record else { return None };
    LINES.into_iter().find_map(|known| {
        members.iter().find_map(|(name, value)| match value {
            Value::List(list) if name == known && list.iter().any(is_object) => {
                Some((known, &**list))
            }
            _ => None,
        })
    })
}

fn is_object(value: &Value) -> bool {
    matches!(value, Value::Object(_))
}

/// The fields of a record, and those of each of its lines.
fn flatten(record: &Value, lines: Option<&str>) -> (Fields, Vec<Fields>) {
    let (mut fields, mut rows) = (Fields::new(), Vec::new());
    let Value::Object(members) = record else { return (fields, rows) };
    for (name, value) in members {
        match value {
            Value::List(list) if Some(&**name) == lines => {
                let line = |value: &Value| {
                    let mut fields = Fields::new();
                    push_value(name, value, &mut fields);
                    fields
                };
                rows.extend(list.iter().filter(|it| is_object(it)).map(line));
            }
            _ if LEFT_OUT.contains(&&**name) => {}
            Value::List(list) if list.iter().any(is_object) => {
                push_entries(name, list, &mut fields);
            }
            _ => push_value(name, value, &mut fields),
        }
    }
    (fields, rows)
}

/// Appends a value under its name, and what is nested in it under dotted names. Lists of objects in
/// objects are left out.
fn push_value(name: &str, value: &Value, fields: &mut Fields) {
    match value {
        Value::Empty => fields.push((name.to_owned(), String::new())),
        Value::Text(text) => fields.push((name.to_owned(), text.clone())),
        Value::List(list) => {
            let texts: Vec<&str> = list.iter().filter_map(text_of).collect();
            if !texts.is_empty() {
                fields.push((name.to_owned(), texts.join(AND)));
            }
        }
        Value::Object(members) => {
            for (inner, value) in members.iter().filter(|(it, _)| !LEFT_OUT.contains(&&**it)) {
                push_value(&format!("{name}.{inner}"), value, fields);
            }
        }
    }
}

fn text_of(value: &Value) -> Option<&str> {
    match value {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

/// Appends the entries of a list, put together: amounts added up, other texts one after the other.
fn push_entries(name: &str, list: &[Value], fields: &mut Fields) {
    let mut together: Vec<(String, Vec<String>)> = Vec::new();
    for entry in list {
        let mut entry_fields = Fields::new();
        push_value(name, entry, &mut entry_fields);
        for (name, text) in entry_fields {
            match together.iter_mut().find(|(known, _)| *known == name) {
                Some((_, texts)) => texts.push(text),
                None => together.push((name, vec![text])),
            }
        }
    }
    for (name, texts) in together {
        let own = name.rsplit('.').next().unwrap_or(&name);
        let sum = AMOUNTS.contains(&own).then(|| sum(&texts)).flatten();
        let filled = || texts.iter().filter(|text| !text.is_empty()).map(String::as_str);
        let text = sum.unwrap_or_else(|| filled().collect::<Vec<_>>().join(AND));
        fields.push((name, text));
    }
}

/// The exact sum of decimal numbers; `None`: one of them is no number.
fn sum(texts: &[String]) -> Option<String> {
    const MOST_DECIMALS: usize = 12;
    let mut total = 0_i128;
    let mut decimals = 0;
    for text in texts.iter().map(|text| text.trim()).filter(|text| !text.is_empty()) {
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let unsigned = whole.strip_prefix('-').unwrap_or(whole);
        if unsigned.is_empty() || !digits(unsigned) || !digits(part) || part.len() > MOST_DECIMALS {
            return None;
        }
        decimals = decimals.max(part.len());
        let scaled: i128 = format!("{whole}{part:0<MOST_DECIMALS$}").parse().ok()?;
        total = total.checked_add(scaled)?;
    }
    let (sign, size) = (if total < 0 { "-" } else { "" }, total.unsigned_abs());
    let one = 10_u128.pow(MOST_DECIMALS as u32);
    let part = format!("{:0>MOST_DECIMALS$}", size % one);
    let point = if decimals > 0 { "." } else { "" };
    Some(format!("{sign}{}{point}{}", size / one, &part[..decimals]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_added_without_loss() {
        let of = |texts: &[&str]| sum(&texts.iter().map(|&it| it.to_owned()).collect::<Vec<_>>());
        assert_eq!(of(&["-10.00", "-0.5"]).as_deref(), Some("-10.50"));
        assert_eq!(of(&["0.1", "0.2"]).as_deref(), Some("0.3"));
        assert_eq!(of(&["5", ""]).as_deref(), Some("5"));
        assert_eq!(of(&["-0.25", "0.05"]).as_deref(), Some("-0.20"));
        assert_eq!(of(&["5", "five"]), None);
    }
}
