//! JSON as shops' interfaces give it: a list of orders, or page after page of them.
//!
//! A record becomes a row, and what is nested in it a column with a dotted name, as
//! `billing.email`. An order's lines become rows of their own, with the order's fields repeated
//! (`line_items.quantity`). Other lists, as its refunds, are put together in one cell: amounts are
//! added up, texts are listed.
//!
//! The file is read twice, record by record: for the names of the columns, then for the rows. So no
//! more than one record is in memory beside the file.

mod flat;
mod value;

use crate::charset;
use crate::refusal::{NoTable, Refusal};
use crate::sheet::{MOST_COLUMNS, Sheet};
use crate::table::Table;
use flat::Columns;
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, SeqAccess, Visitor};
use serde_json::error::Category;
use std::fmt;
use value::Value;

/// A page has its records so deep at most, as in `{"data": {"orders": […]}}`.
const DEEPEST_LIST: usize = 4;

/// Makes a table of the records.
pub fn unpack_json(name: &str, bytes: &[u8], take: &mut dyn FnMut(Table)) -> Result<(), Refusal> {
    let text = charset::text(bytes, None);
    let text = text.trim_start_matches('\u{feff}');
    let mut columns = Columns::default();
    let mut records = 0_u64;
    for_each_record(text, &mut |record| {
        columns.learn(&record);
        records += 1;
        Ok(())
    })?;
    if records == 0 {
        return Err(Refusal::NothingInside);
    }
    if columns.len() < 2 {
        return Err(Refusal::NotATable(NoTable::Json));
    }
    let mut sheet = Sheet::default();
    if columns.len() > MOST_COLUMNS as usize {
        let (size, limit) = (columns.len() as u64, u64::from(MOST_COLUMNS));
        return Err(Refusal::TooLarge { size, limit });
    }
    for (column, name) in columns.names().iter().enumerate() {
        sheet.fill(column as u32, name);
    }
    sheet.end_row()?;
    for_each_record(text, &mut |record| columns.write(&record, &mut sheet))?;
    let sheet = sheet.finish()?.ok_or(Refusal::NotATable(NoTable::Json))?;
    take(Table::of_sheet(name.to_owned(), sheet));
    Ok(())
}

type Take<'t> = dyn FnMut(Value) -> Result<(), Refusal> + 't;

/// Takes the records of a file one by one: the objects of its list, or of the lists of its pages.
fn for_each_record(text: &str, take: &mut Take<'_>) -> Result<(), Refusal> {
    let mut refused = None;
    let mut taking = |value: Value| {
        if refused.is_none() {
            refused = records_of(value, DEEPEST_LIST, take).err();
        }
        refused.is_none()
    };
    let mut documents = serde_json::Deserializer::from_str(text);
    let mut read = Ok(());
    // Page after page stands in some files, or a record a line.
    while read.is_ok() && documents.end().is_err() {
        read = Document(&mut taking).deserialize(&mut documents);
    }
    if let Some(refusal) = refused {
        return Err(refusal);
    }
    read.map_err(|error| match error.classify() {
        Category::Eof => Refusal::Damaged,
        _ => Refusal::NotATable(NoTable::Json),
    })
}

/// The records that a value is or holds: an object with a name of its own is one, another is a page
/// whose longest list has them.
fn records_of(value: Value, deepest: usize, take: &mut Take<'_>) -> Result<(), Refusal> {
    match value {
        Value::List(values) => values.into_iter().try_for_each(|it| records_of(it, deepest, take)),
        Value::Object(members) if deepest > 0 && !has_id(&members) => {
            let lists = |value: &Value| list_length(value, deepest);
            let longest = members.iter().map(|(_, value)| lists(value)).max().flatten();
            match longest {
                Some(length) => {
                    let mut pages = members.into_iter().map(|(_, value)| value);
                    let page = pages.find(|value| lists(value) == Some(length));
                    page.map_or(Ok(()), |page| records_of(page, deepest - 1, take))
                }
                None => take(Value::Object(members)),
            }
        }
        Value::Object(members) => take(Value::Object(members)),
        Value::Text(_) | Value::Empty => Ok(()),
    }
}

/// How many records the longest list in a value has; `None`: there is no list of objects.
fn list_length(value: &Value, deepest: usize) -> Option<usize> {
    match value {
        Value::List(values) => {
            let is_object = |value: &Value| matches!(value, Value::Object(_));
            values.iter().all(is_object).then_some(values.len())
        }
        Value::Object(members) if deepest > 1 && !has_id(members) => {
            members.iter().filter_map(|(_, value)| list_length(value, deepest - 1)).max()
        }
        _ => None,
    }
}

/// Whether an object says which one it is.
fn has_id(members: &[(String, Value)]) -> bool {
    const NAMES: [&str; 8] =
        ["id", "number", "orderid", "ordernumber", "orderno", "incrementid", "entityid", "tid"];
    let is_id = |name: &str| {
        let plain = name.replace('_', "");
        NAMES.iter().any(|known| plain.eq_ignore_ascii_case(known))
    };
    members.iter().any(|(name, value)| matches!(value, Value::Text(_)) && is_id(name))
}

/// A document whose outermost list is handed over item by item.
struct Document<'t>(&'t mut dyn FnMut(Value) -> bool);

impl<'de> DeserializeSeed<'de> for Document<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Document<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list or an object")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        while let Some(item) = items.next_element::<Value>()? {
            if !(self.0)(item) {
                return Err(serde::de::Error::custom("refused"));
            }
        }
        Ok(())
    }

    fn visit_map<A: serde::de::MapAccess<'de>>(self, members: A) -> Result<(), A::Error> {
        let object = Value::deserialize(serde::de::value::MapAccessDeserializer::new(members))?;
        if (self.0)(object) { Ok(()) } else { Err(serde::de::Error::custom("refused")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn csv(json: &str) -> Result<String, Refusal> {
        let mut text = Vec::new();
        unpack_json("orders.json", json.as_bytes(), &mut |table| text = table.text())?;
        Ok(String::from_utf8(text).unwrap())
    }

    #[test]
    fn a_list_of_objects_is_a_table() {
        let json = r#"[{"id": 7, "total": "19.90", "paid": true, "note": null},
                       {"id": 8, "note": "a, b", "total": 20.5, "tags": ["new", "web"]}]"#;
        assert_eq!(
            csv(json).unwrap(),
            "id,total,paid,note,tags\n7,19.90,true,,\n8,20.5,,\"a, b\",new; web\n"
        );
    }

    #[test]
    fn a_woocommerce_order_has_a_row_a_line_and_its_refunds_added_up() {
        let json = r#"[{"id": 727, "number": "727", "status": "completed", "currency": "EUR",
            "date_created": "2024-05-01T10:00:00", "total": "29.35",
            "billing": {"first_name": "Ann", "email": "ann@example.com"},
            "line_items": [
                {"id": 315, "name": "Tea", "quantity": 2, "total": "6.00", "taxes": [], "price": 3},
                {"id": 316, "name": "Pot", "quantity": 1, "total": "12.00", "price": 12}],
            "refunds": [{"id": 1, "reason": "", "total": "-10.00"},
                        {"id": 2, "reason": "late", "total": "-0.5"}],
            "meta_data": [{"id": 1, "key": "_a", "value": "b"}],
            "_links": {"self": [{"href": "https://example.com"}]}}]"#;
        assert_eq!(
            csv(json).unwrap(),
            "id,number,status,currency,date_created,total,billing.first_name,billing.email,\
             refunds.id,refunds.reason,refunds.total,\
             line_items.id,line_items.name,line_items.quantity,line_items.total,line_items.price\n\
             727,727,completed,EUR,2024-05-01T10:00:00,29.35,Ann,ann@example.com,\
             1; 2,late,-10.50,315,Tea,2,6.00,3\n\
             727,727,completed,EUR,2024-05-01T10:00:00,29.35,Ann,ann@example.com,\
             1; 2,late,-10.50,316,Pot,1,12.00,12\n"
        );
    }

    #[test]
    fn pages_are_read_one_after_the_other() {
        let expected = "id,total\n1,5\n2,6\n3,7\n";
        for json in [
            r#"{"orders": [{"id": 1, "total": 5}, {"id": 2, "total": 6}], "next": "x"}
               {"orders": [{"id": 3, "total": 7}], "next": null}"#,
            "{\"id\": 1, \"total\": 5}\n{\"id\": 2, \"total\": 6}\n{\"id\": 3, \"total\": 7}\n",
            r#"[[{"id": 1, "total": 5}], [{"id": 2, "total": 6}, {"id": 3, "total": 7}]]"#,
            r#"{"data": {"orders": [{"id": 1, "total": 5}, {"id": 2, "total": 6}, {"id": 3, "total": 7}]},
                "errors": []}"#,
        ] {
            assert_eq!(csv(json).unwrap(), expected, "{json}");
        }
    }

    #[test]
    fn long_ids_keep_their_digits_or_show_that_they_lost_them() {
        let json =
            r#"[{"id": 2589460123456789012, "b": 1}, {"id": 25894601234567890123, "b": 1.0}]"#;
        assert_eq!(csv(json).unwrap(), "id,b\n2589460123456789012,1\n2.58946E+19,1\n");
    }

    #[test]
    fn what_is_no_list_of_records_is_refused() {
        let no_table = Refusal::NotATable(NoTable::Json);
        for (json, refusal) in [
            (r#"[{"id": 1, "total": 5}, {"id": 2, "to"#, Refusal::Damaged),
            (r#"{"orders": []}"#, Refusal::NothingInside),
            (r#"[{"id": 1}]"#, no_table.clone()),
            (r#"[{"id": 1, "total": 5} {"#, no_table.clone()),
            (r#"{"id": 1, "total": 5} x"#, no_table),
        ] {
            assert_eq!(csv(json), Err(refusal), "{json}");
        }
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        assert!(csv(&deep).is_err());
    }
}
