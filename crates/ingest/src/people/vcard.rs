//! Contact cards: vCard 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350).
//!
//! One line is a property: `item1.TEL;TYPE=CELL:+1 …`. Long lines are folded: what begins with a
//! blank belongs to the line before. Version 2.1 writes other letters than ASCII as quoted-printable
//! bytes, whose lines end in `=` where they go on.

use super::contacts::{Contact, push_line, push_tags};
use super::keys::each_of;
use super::{People, birthday};
use crate::dates::DateOrder;
use crate::left_out::RejectReason;
use crate::person_name::push_joined;
use crate::warnings::WarningCode;
use model::LIST_SEPARATOR;

/// Of a property nothing is kept beyond: a picture in a card takes megabytes.
const LONGEST: usize = 1 << 16;

/// Reads cards line by line.
#[derive(Debug, Default)]
pub(super) struct Cards {
    /// The property at hand, whose line may go on.
    property: String,
    /// Line of the card's beginning, while inside one.
    begins: Option<u32>,
    contact: Contact,
    /// Family and given name, as `N` has them.
    named: String,
    /// Its first lines, to be shown if it is of no use.
    raw: String,
    decoded: String,
}

impl Cards {
    /// Reads the line at the start of `text`, and gives its length; `None`: more text is needed.
    pub fn next(
        &mut self,
        text: &str,
        at_end: bool,
        number: &mut u32,
        people: &mut People,
    ) -> Option<usize> {
        let end = text.find(['\n', '\r']);
        if end.is_none() && !at_end && text.len() <= LONGEST {
            return None;
        }
        let line = &text[..end.unwrap_or(text.len())];
        let rest = &text[line.len()..];
        // The second half of a line end may come with the next block.
        if rest == "\r" && !at_end {
            return None;
        }
        let ending = if rest.starts_with("\r\n") { 2 } else { usize::from(!rest.is_empty()) };
        self.line(line, *number, people);
        *number += u32::from(ending > 0);
        Some(line.len() + ending)
    }

    fn line(&mut self, line: &str, number: u32, people: &mut People) {
        if self.goes_on() {
            // Quoted-printable: the `=` says that the next line belongs to it, blanks and all.
            self.property.pop();
            return self.append(line);
        }
        if let Some(folded) = line.strip_prefix([' ', '\t']) {
            return self.append(folded);
        }
        self.end_property(people);
        if line.trim().eq_ignore_ascii_case("BEGIN:VCARD") {
            // A card in a card is an agent's, or the one before was never ended.
            if let Some(begins) = self.begins {
                self.cut_off(begins, people);
            }
            self.begins = Some(number);
            self.contact.clear();
            self.named.clear();
            self.raw.clear();
        } else if line.trim().eq_ignore_ascii_case("END:VCARD") {
            self.end_card(people);
        } else if self.begins.is_some() {
            self.append(line);
            if self.raw.len() < LONGEST / 64 {
                self.raw.push_str(line);
                self.raw.push('\n');
            }
        }
    }

    fn append(&mut self, text: &str) {
        if self.property.len() + text.len() <= LONGEST {
            self.property.push_str(text);
        }
    }

    /// Whether the property's next line is announced.
    fn goes_on(&self) -> bool {
        self.property.ends_with('=')
            && self.property.split(':').next().is_some_and(is_quoted_printable)
    }

    fn end_property(&mut self, people: &mut People) {
        let property = std::mem::take(&mut self.property);
        if let Some((head, value)) = split_head(&property) {
            self.take(head, value, people);
        }
        self.property = property;
        self.property.clear();
    }

    fn end_card(&mut self, people: &mut People) {
        let Some(begins) = self.begins.take() else { return };
        people.seen += 1;
        if self.contact.name.is_empty() {
            std::mem::swap(&mut self.contact.name, &mut self.named);
        }
        let kept = people.keep_contact(&self.contact, begins);
        people.count(kept, begins, &self.raw, |_| None);
    }

    /// No more text will come.
    pub fn end_of_file(&mut self, people: &mut People) {
        self.end_property(people);
        if let Some(begins) = self.begins.take() {
            self.cut_off(begins, people);
        }
    }

    fn cut_off(&self, begins: u32, people: &mut People) {
        people.seen += 1;
        people.reject(begins, RejectReason::CutOff, "", &self.raw);
    }

    /// Takes a property into the contact.
    fn take(&mut self, head: &str, value: &str, people: &mut People) {
        let name = head.split(';').next().unwrap_or_default();
        // `item1.` ties a label to a property.
        let name = name.rsplit('.').next().unwrap_or_default().to_ascii_uppercase();
        let mut decoded = std::mem::take(&mut self.decoded);
        let value = if is_quoted_printable(head) {
            decoded.clear();
            if !decode(value, head, &mut decoded) {
                people.warnings.add(WarningCode::BadBytes, 1);
            }
            decoded.as_str()
        } else {
            value
        };
        let contact = &mut self.contact;
        match name.as_str() {
            "FN" => contact.name = unescaped(value),
            "N" => {
                let [last, first] = parts(value);
                self.named.clear();
                push_joined(&first, &last, &mut self.named);
            }
            "EMAIL" => push_line(&mut contact.emails, &without_scheme(value, "mailto:")),
            "TEL" => {
                let number = without_scheme(value, "tel:");
                // `tel:+1-212-555-0142;ext=5`.
                push_line(&mut contact.phones, number.split(';').next().unwrap_or_default());
            }
            "ADR" => {
                let [_, _, _, city, region, _, country] = parts(value);
                for (known, new) in [
                    (&mut contact.city, city),
                    (&mut contact.region, region),
                    (&mut contact.country, country),
                ] {
                    if known.is_empty() {
                        *known = new;
                    }
                }
            }
            "ORG" => {
                let [company] = parts(value);
                contact.company = company;
            }
            "BDAY" => {
                contact.birthday = birthday::read(value.trim(), DateOrder::MonthFirst);
                if contact.birthday.is_none() && !value.trim().is_empty() {
                    people.warnings.add(WarningCode::BirthdayUnreadable, 1);
                }
            }
            "CATEGORIES" => each_of(&unescaped(value), |tag| push_tags(&mut contact.tags, tag)),
            "NOTE" => contact.note = unescaped(value),
            "UID" => contact.member = unescaped(value),
            _ => {}
        }
        self.decoded = decoded;
    }
}

/// Name with parameters, and value: the first colon outside quotes divides them.
fn split_head(property: &str) -> Option<(&str, &str)> {
    let mut quoted = false;
    let at = property.bytes().position(|byte| {
        quoted ^= byte == b'"';
        byte == b':' && !quoted
    })?;
    Some((&property[..at], &property[at + 1..]))
}

fn is_quoted_printable(head: &str) -> bool {
    let mut parameters = head.split(';').skip(1);
    parameters.any(|it| {
        let encoding = it.rsplit('=').next().unwrap_or_default();
        encoding.eq_ignore_ascii_case("QUOTED-PRINTABLE")
    })
}

/// The text of quoted-printable bytes; `false`: some are no text in the charset that is named.
fn decode(value: &str, head: &str, out: &mut String) -> bool {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let Some((&byte, behind)) = rest.split_first() {
        let hex = |digits: &[u8]| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok();
        if let Some(decoded) = behind.get(..2).filter(|_| byte == b'=').and_then(hex) {
            bytes.push(decoded);
            rest = &behind[2..];
        } else {
            bytes.push(byte);
            rest = behind;
        }
    }
    let charset = head.split(';').find_map(|it| {
        let (name, charset) = it.split_once('=')?;
        name.eq_ignore_ascii_case("CHARSET").then_some(charset)
    });
    let is_western = charset.is_some_and(|it| {
        ["ISO-8859-1", "WINDOWS-1252"].iter().any(|known| it.eq_ignore_ascii_case(known))
    });
    if is_western {
        out.extend(bytes.iter().map(|&byte| crate::encoding::windows_1252(byte)));
        return true;
    }
    let text = String::from_utf8_lossy(&bytes);
    out.push_str(&text);
    !text.contains('\u{fffd}')
}

/// A value without its escapes: `\n`, `\,`, `\;`, `\\`.
fn unescaped(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut letters = value.trim().chars();
    while let Some(letter) = letters.next() {
        if letter != '\\' {
            out.push(letter);
            continue;
        }
        match letters.next() {
            Some('n' | 'N') => out.push(LIST_SEPARATOR),
            Some(escaped) => out.push(escaped),
            None => out.push('\\'),
        }
    }
    out
}

/// The parts of a value between its semicolons; those that are missing are empty.
fn parts<const N: usize>(value: &str) -> [String; N] {
    let mut parts = [const { String::new() }; N];
    let (mut at, mut from, mut is_escaped) = (0, 0, false);
    for (place, byte) in value.bytes().enumerate() {
        if byte == b';' && !is_escaped {
            if let Some(part) = parts.get_mut(at) {
                *part = unescaped(&value[from..place]);
            }
            (at, from) = (at + 1, place + 1);
        }
        is_escaped = byte == b'\\' && !is_escaped;
    }
    if let Some(part) = parts.get_mut(at) {
        *part = unescaped(&value[from..]);
    }
    parts
}

fn without_scheme(value: &str, scheme: &str) -> String {
    let value = value.trim();
    match value.get(..scheme.len()) {
        Some(start) if start.eq_ignore_ascii_case(scheme) => value[scheme.len()..].to_owned(),
        _ => unescaped(value),
    }
}
