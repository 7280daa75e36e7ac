//! What the user said of how a file is to be read, in place of what its beginning shows.

use crate::amounts::DecimalMark;
use crate::dates::DateOrder;
use crate::encoding::Charset;
use crate::header::normal_form;
use crate::role::Role;
use crate::row_amounts::RowAmounts;
use model::{Consent, RecordKind};
use std::collections::HashMap;

/// What the user said to a file's questions. `None`: nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// Order of day and month.
    pub date_order: Option<DateOrder>,
    /// Decimal mark of amounts.
    pub decimal_mark: Option<DecimalMark>,
    /// Whose the amounts of orders on several rows are.
    pub row_amounts: Option<RowAmounts>,
    /// Each name is one customer, in a file that has no better key.
    pub by_name: bool,
    /// The role of each column, in place of what was recognised.
    pub mapping: Option<Vec<(Role, usize)>>,
    /// The same for columns by their [keys](column_keys); columns that are not among them are left
    /// out. What stands in `mapping` goes before.
    pub named: Option<Vec<(Role, String)>>,
    /// How characters are written.
    pub charset: Option<Charset>,
    /// Whether all of a list's contacts may be written to.
    pub consent: Option<Consent>,
    /// What stands between fields.
    pub delimiter: Option<u8>,
    /// Line of the column names, from 1; 0: there are none.
    pub header_line: Option<u32>,
    /// What the rows are.
    pub kind: Option<RecordKind>,
}

/// Answer to the question of identity: each name is one customer.
pub const NAMES: &str = "names";

/// What can stand between fields, each with its code.
pub const DELIMITERS: [(u8, &str); 4] =
    [(b',', "comma"), (b';', "semicolon"), (b'\t', "tab"), (b'|', "pipe")];

impl Answers {
    /// Takes over the answer to a question, both by their codes. What does not concern the reading
    /// of a file, or is no answer, changes nothing.
    pub fn add(&mut self, question: &str, choice: &str) {
        match question {
            "date_order" => {
                let orders = [DateOrder::DayFirst, DateOrder::MonthFirst];
                self.date_order = orders.into_iter().find(|order| order.code() == choice);
            }
            "decimal_mark" => {
                let marks = [DecimalMark::Point, DecimalMark::Comma];
                self.decimal_mark = marks.into_iter().find(|mark| mark.code() == choice);
            }
            "row_amounts" => {
                let models = [RowAmounts::OrderTotal, RowAmounts::LineAmount];
                self.row_amounts = models.into_iter().find(|model| model.code() == choice);
            }
            "identity" => self.by_name = choice == NAMES,
            "consent" => {
                let all = [Consent::Unknown, Consent::Given, Consent::Refused];
                self.consent = all.into_iter().find(|consent| consent.code() == choice);
            }
            "encoding" => self.charset = Charset::of_label(choice),
            "delimiter" => {
                let known = DELIMITERS.into_iter().find(|(_, code)| *code == choice);
                self.delimiter = known.map(|(byte, _)| byte);
            }
            "kind" => {
                self.kind = RecordKind::ALL.into_iter().find(|kind| kind.code() == choice);
            }
            "header_line" => self.header_line = choice.parse().ok(),
            // An empty choice: as found.
            "mapping" => self.mapping = (!choice.is_empty()).then(|| mapping_of(choice)),
            _ => {}
        }
    }

    /// Whether the answers say how the file is divided into columns, or what these or the rows are.
    pub const fn are_of_columns(&self) -> bool {
        self.mapping.is_some()
            || self.named.is_some()
            || self.charset.is_some()
            || self.delimiter.is_some()
            || self.header_line.is_some()
            || self.kind.is_some()
    }

    /// The roles that were said for a file with these columns.
    pub(crate) fn roles_of(&self, columns: &[String]) -> Option<Vec<(Role, usize)>> {
        let fits = |pairs: &&Vec<(Role, usize)>| pairs.iter().all(|&(_, at)| at < columns.len());
        if let Some(mapping) = self.mapping.as_ref().filter(fits) {
            return Some(mapping.clone());
        }
        let named = self.named.as_ref()?;
        let keys = column_keys(columns);
        let places: HashMap<&str, usize> = keys.iter().map(String::as_str).zip(0..).collect();
        let place = |(role, key): &(Role, String)| Some((*role, *places.get(key.as_str())?));
        Some(named.iter().filter_map(place).collect())
    }
}

/// Roles of the columns from left to right, by their codes with commas between; blank: left out.
fn mapping_of(codes: &str) -> Vec<(Role, usize)> {
    let roles = codes.split(',').enumerate();
    roles.filter_map(|(at, code)| Some((Role::of_code(code)?, at))).collect()
}

/// What a column is known by in other files of the same kind: its name in normal form, with a number
/// behind it from the second column of that name on.
pub fn column_keys(columns: &[String]) -> Vec<String> {
    let mut seen: HashMap<String, u32> = HashMap::new();
    let key = |column: &String| {
        let name = normal_form(column);
        let count = seen.entry(name.clone()).or_default();
        *count += 1;
        if *count == 1 { name } else { format!("{name}#{count}") }
    };
    columns.iter().map(key).collect()
}

/// What files of one kind have in common: the set of their columns' names, whatever their order.
pub fn signature(columns: &[String]) -> u64 {
    let mut keys = column_keys(columns);
    keys.sort_unstable();
    xxhash_rust::xxh3::xxh3_64(keys.join("\n").as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(of: &[&str]) -> Vec<String> {
        of.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn answers_are_taken_by_their_codes_and_others_change_nothing() {
        let mut answers = Answers::default();
        for (question, choice) in [
            ("date_order", "day_first"),
            ("decimal_mark", "comma"),
            ("row_amounts", "line_amount"),
            ("encoding", "GB18030"),
            ("delimiter", "tab"),
            ("header_line", "3"),
            ("consent", "given"),
            ("kind", "tickets"),
            ("mapping", "order_number,,total,nonsense,email"),
            ("other_shop", "same"),
        ] {
            answers.add(question, choice);
        }
        assert_eq!(answers.date_order, Some(DateOrder::DayFirst));
        assert_eq!(answers.decimal_mark, Some(DecimalMark::Comma));
        assert_eq!(answers.row_amounts, Some(RowAmounts::LineAmount));
        assert_eq!(answers.consent, Some(Consent::Given));
        assert_eq!(answers.kind, Some(RecordKind::Tickets));
        assert_eq!(answers.charset.map(Charset::label), Some("GB18030"));
        assert_eq!((answers.delimiter, answers.header_line), (Some(b'\t'), Some(3)));
        let roles = vec![(Role::OrderNumber, 0), (Role::Total, 2), (Role::Email, 4)];
        assert_eq!(answers.mapping, Some(roles));
    }

    #[test]
    fn a_column_is_found_again_by_its_name_wherever_it_stands() {
        let answers = Answers {
            named: Some(vec![
                (Role::Total, "betrag".to_owned()),
                (Role::Phone, "tel#2".to_owned()),
                (Role::Email, "gone".to_owned()),
            ]),
            ..Answers::default()
        };
        let columns = names(&["Tel", "tel.", "Betrag (€)"]);
        assert_eq!(answers.roles_of(&columns), Some(vec![(Role::Total, 2), (Role::Phone, 1)]));
    }

    #[test]
    fn a_mapping_of_more_columns_than_there_are_is_none() {
        let mut answers = Answers::default();
        answers.add("mapping", "order_number,ordered_at,total");
        assert_eq!(answers.roles_of(&names(&["a", "b"])), None);
    }

    #[test]
    fn the_signature_is_of_the_names_whatever_their_order_and_spelling() {
        let one = signature(&names(&["Order ID", "Date", "Total", "Phone", "Phone"]));
        assert_eq!(one, signature(&names(&["total", "phone", "order_id", "DATE", "phone"])));
        assert_ne!(one, signature(&names(&["Order ID", "Date", "Total", "Phone"])));
    }
}
