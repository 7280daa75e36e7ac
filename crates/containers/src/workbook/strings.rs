//! The texts that the cells of a workbook share.

use crate::markup::{Markup, Token};
use crate::refusal::Refusal;
use std::io::Read;

/// Shared texts by number, one behind the other.
#[derive(Debug, Default)]
pub struct SharedStrings {
    text: String,
    ends: Vec<u32>,
}

impl SharedStrings {
    /// Reads `sharedStrings.xml`. How it is to be pronounced is no part of a text.
    pub fn read(input: impl Read) -> Result<SharedStrings, Refusal> {
        let mut markup = Markup::new(input);
        let mut strings = SharedStrings::default();
        let (mut in_text, mut in_phonetic, mut one) = (false, false, String::new());
        let mut is_whole = false;
        while let Some(token) = markup.next()? {
            match token {
                Token::Open(tag) => match tag.name {
                    b"t" => in_text = true,
                    b"rPh" => in_phonetic = true,
                    _ => {}
                },
                Token::Text(text) if in_text && !in_phonetic => text.push_to(&mut one),
                Token::Text(_) => {}
                Token::Close(name) => match name {
                    b"t" => in_text = false,
                    b"rPh" => in_phonetic = false,
                    b"si" => {
                        strings.push(&one);
                        one.clear();
                    }
                    b"sst" => is_whole = true,
                    _ => {}
                },
            }
        }
        if is_whole { Ok(strings) } else { Err(Refusal::Damaged) }
    }

    fn push(&mut self, text: &str) {
        push_unescaped(text, &mut self.text);
        self.ends.push(self.text.len() as u32);
    }

    /// The text of that number.
    pub fn get(&self, at: usize) -> Option<&str> {
        let end = *self.ends.get(at)? as usize;
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        self.text.get(start..end)
    }
}

/// Appends a text in which letters that XML cannot have are written as `_x000D_`.
pub fn push_unescaped(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let code = rest.get(at + 2..at + 7).and_then(|it| it.strip_suffix('_'));
        let letter =
            code.and_then(|hex| u32::from_str_radix(hex, 16).ok()).and_then(char::from_u32);
        let (keep, length) = if letter.is_some() { (at, at + 7) } else { (at + 2, at + 2) };
        out.push_str(&rest[..keep]);
        out.extend(letter);
        rest = &rest[length..];
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_put_together_from_their_runs() {
        let xml = "<sst><si><t>Ann</t></si><si><r><t xml:space=\"preserve\">Lee </t></r><r><t>李</t></r>\
                   <rPh sb=\"0\" eb=\"1\"><t>lǐ</t></rPh></si><si/><si><t>a_x000D_\nb_xyz</t></si></sst>";
        let strings = SharedStrings::read(xml.as_bytes()).unwrap();
        let texts: Vec<_> = (0..5).map(|at| strings.get(at)).collect();
        assert_eq!(texts, [Some("Ann"), Some("Lee 李"), Some(""), Some("a\r\nb_xyz"), None]);
        assert_eq!(SharedStrings::read(&xml.as_bytes()[..60]).unwrap_err(), Refusal::Damaged);
    }
}
