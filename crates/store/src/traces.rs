//! What tells a person in a text that is kept as it was written, as the beginning of a row that could
//! not be used.

use crate::batch_report::BatchReport;
use crate::tables::{Tables, TheirRows};
use model::LIST_SEPARATOR;

/// A telephone is written in many ways, with or without its country: its last digits tell it.
const TELLING_DIGITS: usize = 8;

/// Addresses, telephones, member names and names of some people.
#[derive(Debug, Default)]
pub struct Traces {
    /// In small letters.
    keys: Vec<String>,
    digits: Vec<String>,
    /// The words of each name, in small letters.
    names: Vec<Vec<String>>,
}

impl Traces {
    /// Takes down what an import knows of the customers in some of its rows.
    pub fn note(&mut self, tables: &Tables, theirs: &TheirRows) {
        let customers = &tables.customers;
        for row in theirs.customers.iter().map(|&row| row as usize) {
            self.note_key(customers.email.get(row));
            self.note_phone(customers.phone.get(row));
            self.note_name(customers.name.get(row));
        }
        let contacts = &tables.people.contacts;
        let rows = contacts.customer.iter().enumerate();
        for (row, _) in rows.filter(|(_, customer)| theirs.customers.contains(*customer)) {
            self.note_key(contacts.member.get(row));
            contacts.more_emails.get(row).split(LIST_SEPARATOR).for_each(|it| self.note_key(it));
            contacts.more_phones.get(row).split(LIST_SEPARATOR).for_each(|it| self.note_phone(it));
        }
        let summaries = &tables.people.summaries;
        let rows = summaries.customer.iter().enumerate();
        for (row, _) in rows.filter(|(_, customer)| theirs.customers.contains(*customer)) {
            self.note_key(summaries.member.get(row));
        }
    }

    fn note_key(&mut self, key: &str) {
        // Shorter ones, as a member's number, stand in every row.
        if key.chars().count() > 3 {
            self.keys.push(key.to_lowercase());
        }
    }

    fn note_phone(&mut self, phone: &str) {
        let digits = digits(phone);
        if digits.len() >= TELLING_DIGITS {
            self.digits.push(digits[digits.len() - TELLING_DIGITS..].to_owned());
        }
    }

    fn note_name(&mut self, name: &str) {
        let words: Vec<String> = words(name).map(str::to_lowercase).collect();
        if !words.is_empty() {
            self.names.push(words);
        }
    }

    /// Whether a text tells of one of them.
    fn are_in(&self, text: &str) -> bool {
        let (small, digits) = (text.to_lowercase(), digits(text));
        let has_word = |word: &String| {
            // Chinese is written without blanks: there a word is part of what stands between two.
            if word.is_ascii() { words(&small).any(|it| it == word) } else { small.contains(word) }
        };
        self.keys.iter().any(|key| small.contains(key))
            || self.digits.iter().any(|phone| digits.contains(phone))
            || self.names.iter().any(|name| name.iter().all(has_word))
    }

    /// Takes out of a report what tells of them; `false`: nothing did.
    pub fn wipe(&self, report: &mut BatchReport) -> bool {
        let before = (report.rejected.len(), report.warnings.len());
        report.rejected.retain(|row| !self.are_in(&row.text) && !self.are_in(&row.detail));
        let mut grave = 0;
        let mut place = 0;
        report.warnings.retain(|warning| {
            let stays = !self.are_in(&warning.detail);
            grave += u32::from(stays && place < report.grave);
            place += 1;
            stays
        });
        report.grave = grave;
        before != (report.rejected.len(), report.warnings.len())
    }
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch_report::{KeptRow, KeptWarning};

    fn traces() -> Traces {
        let mut traces = Traces::default();
        traces.note_key("ann.lee@example.com");
        traces.note_phone("+12125550142");
        traces.note_name("Ann Lee");
        traces.note_name("王小伟");
        traces
    }

    #[test]
    fn a_person_is_known_however_they_are_written() {
        let traces = traces();
        for (text, told) in [
            ("#1001,ANN.LEE@example.com,12.00", true),
            ("#1001,(212) 555-0142,12.00", true),
            ("#1001,Lee;Ann,12.00", true),
            ("#1001,收货人王小伟,12.00", true),
            ("#1001,Annabel Leeds,12.00", false),
            ("#1001,Ann Smith,212-555-0199", false),
            ("", false),
        ] {
            assert_eq!(traces.are_in(text), told, "{text}");
        }
        assert!(!Traces::default().are_in("Ann Lee"));
    }

    #[test]
    fn a_report_keeps_what_tells_of_others() {
        let row = |text: &str| KeptRow { text: text.to_owned(), ..KeptRow::default() };
        let warning =
            |detail: &str| KeptWarning { detail: detail.to_owned(), ..KeptWarning::default() };
        let mut report = BatchReport {
            warnings: vec![warning("ann.lee@example.com"), warning("Total"), warning("Ann Lee")],
            grave: 2,
            rejected: vec![row("Ann Lee,x"), row("Bob,x")],
        };
        assert!(traces().wipe(&mut report));
        assert_eq!(report.rejected, [row("Bob,x")]);
        assert_eq!((report.warnings.clone(), report.grave), (vec![warning("Total")], 1));
        assert!(!traces().wipe(&mut report));
    }
}
