//! Tags and texts of XML and of web pages, as they come.
//!
//! No more than one token is in memory at a time, and none larger than any cell can be. Entities that
//! a document defines itself are never expanded.

use crate::refusal::{Refusal, damaged};
use memchr::{memchr2, memchr3, memmem};
use std::io::Read;

/// A token has at most so many bytes; a cell of a spreadsheet has 32,767 characters.
const MOST_TOKEN_BYTES: usize = 16 << 20;
const FIRST_BUFFER_BYTES: usize = 64 << 10;

/// A tag or a text.
#[derive(Clone, Copy, Debug)]
pub enum Token<'t> {
    /// An element begins.
    Open(Tag<'t>),
    /// An element ends; its name without prefix.
    Close(&'t [u8]),
    /// Text between tags.
    Text(Text<'t>),
}

/// The tag that begins an element.
#[derive(Clone, Copy, Debug)]
pub struct Tag<'t> {
    /// Name without prefix.
    pub name: &'t [u8],
    attributes: &'t [u8],
}

/// Text between tags, as it is written.
#[derive(Clone, Copy, Debug)]
pub struct Text<'t> {
    bytes: &'t [u8],
    has_entities: bool,
}

/// Reads tokens. In a web page, what is wrong with the markup is passed over.
#[derive(Debug)]
pub struct Markup<R> {
    input: R,
    buffer: Vec<u8>,
    /// What of the buffer is still to be read.
    start: usize,
    end: usize,
    at_end: bool,
    /// Place of the name of an element that ends where it begins.
    closing: Option<(usize, usize)>,
}

/// Where a token lies in the buffer.
enum Found {
    Open { name: (usize, usize), attributes: (usize, usize) },
    Close(usize, usize),
    Text { from: usize, to: usize, has_entities: bool },
}

impl<R: Read> Markup<R> {
    /// Reads from the beginning.
    pub fn new(input: R) -> Markup<R> {
        let buffer = vec![0; FIRST_BUFFER_BYTES];
        Markup { input, buffer, start: 0, end: 0, at_end: false, closing: None }
    }

    /// The next token; `None` at the end.
    pub fn next(&mut self) -> Result<Option<Token<'_>>, Refusal> {
        if let Some((from, to)) = self.closing.take() {
            return Ok(Some(Token::Close(&self.buffer[from..to])));
        }
        let Some(found) = self.find()? else { return Ok(None) };
        let slice = |(from, to): (usize, usize)| &self.buffer[from..to];
        Ok(Some(match found {
            Found::Open { name, attributes } => {
                Token::Open(Tag { name: slice(name), attributes: slice(attributes) })
            }
            Found::Close(from, to) => Token::Close(slice((from, to))),
            Found::Text { from, to, has_entities } => {
                Token::Text(Text { bytes: slice((from, to)), has_entities })
            }
        }))
    }

    fn find(&mut self) -> Result<Option<Found>, Refusal> {
        loop {
            if self.start == self.end && !self.fill()? {
                return Ok(None);
            }
            if self.buffer[self.start] != b'<' {
                return self.text(0).map(Some);
            }
            // Comments and declarations are none.
            if let Some(found) = self.markup()? {
                return Ok(Some(found));
            }
        }
    }

    /// Passes over everything up to the end tag of that name, which follows next. What stands in a
    /// script is no markup.
    pub fn skip_to_close(&mut self, name: &[u8]) -> Result<(), Refusal> {
        loop {
            let Some(length) = self.through(0, b"</")? else {
                self.start = self.end;
                return Ok(());
            };
            self.start += length - 2;
            while self.end - self.start < 2 + name.len() && self.fill()? {}
            let rest = &self.buffer[self.start + 2..self.end];
            if rest.get(..name.len()).is_some_and(|it| it.eq_ignore_ascii_case(name)) {
                return Ok(());
            }
            self.start += 2;
        }
    }

    /// Reads on. `false`: there is nothing more.
    fn fill(&mut self) -> Result<bool, Refusal> {
        if self.at_end {
            return Ok(false);
        }
        if self.start > 0 {
            self.buffer.copy_within(self.start..self.end, 0);
            (self.start, self.end) = (0, self.end - self.start);
        }
        if self.end == self.buffer.len() {
            let larger = self.buffer.len() * 2;
            if larger > MOST_TOKEN_BYTES {
                let limit = MOST_TOKEN_BYTES as u64;
                return Err(Refusal::TooLarge { size: larger as u64, limit });
            }
            self.buffer.resize(larger, 0);
        }
        let read = self.input.read(&mut self.buffer[self.end..]);
        let read = read.map_err(damaged)?;
        self.end += read;
        self.at_end = read == 0;
        Ok(read > 0)
    }

    /// Length up to the end of the first `needle` that stands `skip` bytes further on or later.
    fn through(&mut self, skip: usize, needle: &[u8]) -> Result<Option<usize>, Refusal> {
        let mut looked = skip;
        loop {
            let rest = &self.buffer[self.start..self.end];
            if let Some(at) = rest.get(looked..).and_then(|rest| memmem::find(rest, needle)) {
                return Ok(Some(looked + at + needle.len()));
            }
            looked = looked.max(rest.len().saturating_sub(needle.len() - 1));
            if !self.fill()? {
                return Ok(None);
            }
        }
    }

    /// Text up to the next tag; `skip` bytes of it are text whatever they are.
    fn text(&mut self, skip: usize) -> Result<Found, Refusal> {
        let (mut looked, mut has_entities) = (skip, false);
        loop {
            let rest = &self.buffer[self.start..self.end];
            match memchr2(b'<', b'&', rest.get(looked..).unwrap_or_default()) {
                Some(at) if rest[looked + at] == b'&' => {
                    has_entities = true;
                    looked += at + 1;
                    continue;
                }
                Some(at) => {
                    looked += at;
                    break;
                }
                None => looked = looked.max(rest.len()),
            }
            if !self.fill()? {
                break;
            }
        }
        let from = self.start;
        self.start = (from + looked).min(self.end);
        Ok(Found::Text { from, to: self.start, has_entities })
    }

    fn markup(&mut self) -> Result<Option<Found>, Refusal> {
        while self.end - self.start < 9 && self.fill()? {}
        let rest = &self.buffer[self.start..self.end];
        let (skip, end): (usize, &[u8]) = match rest {
            [b'<', b'!', b'-', b'-', ..] => (4, b"-->"),
            [b'<', b'?', ..] => (2, b">"),
            _ if rest.starts_with(b"<![CDATA[") => (9, b"]]>"),
            [b'<', b'!', ..] => (2, b">"),
            [b'<', b'/' | b'a'..=b'z' | b'A'..=b'Z' | b'_', ..] => return self.tag().map(Some),
            // A sign in a text.
            _ => return self.text(1).map(Some),
        };
        let length = self.through(skip, end)?.ok_or(Refusal::Damaged)?;
        let from = self.start;
        self.start += length;
        let is_text = skip == 9;
        let (text, to) = (from + skip, self.start - end.len());
        Ok(is_text.then_some(Found::Text { from: text, to, has_entities: false }))
    }

    fn tag(&mut self) -> Result<Found, Refusal> {
        let length = self.tag_length()?;
        let (start, end) = (self.start, self.start + length - 1);
        self.start += length;
        let inner = &self.buffer[..end];
        let is_end = inner[start + 1] == b'/';
        let first = start + 1 + usize::from(is_end);
        let ends = |byte: &u8| byte.is_ascii_whitespace() || *byte == b'/';
        let name_end = first + inner[first..].iter().position(ends).unwrap_or(end - first);
        let prefix = inner[first..name_end].iter().position(|&byte| byte == b':');
        let name = (first + prefix.map_or(0, |at| at + 1), name_end);
        if is_end {
            return Ok(Found::Close(name.0, name.1));
        }
        let is_closed = inner[end - 1] == b'/' && end > name_end;
        self.closing = is_closed.then_some(name);
        Ok(Found::Open { name, attributes: (name_end, end - usize::from(is_closed)) })
    }

    /// Length of the tag that begins here; a `>` within quotes does not end it.
    fn tag_length(&mut self) -> Result<usize, Refusal> {
        let (mut looked, mut quote) = (1, None);
        loop {
            let rest = &self.buffer[self.start..self.end];
            while looked < rest.len() {
                let found = match quote {
                    Some(quote) => memchr::memchr(quote, &rest[looked..]),
                    None => memchr3(b'>', b'"', b'\'', &rest[looked..]),
                };
                let Some(at) = found.map(|at| looked + at) else {
                    looked = rest.len();
                    break;
                };
                looked = at + 1;
                match (rest[at], quote) {
                    (b'>', None) => return Ok(looked),
                    (_, Some(_)) => quote = None,
                    // Elsewhere a quote is a letter, as web pages have it.
                    (mark, None) if rest[..at].trim_ascii_end().ends_with(b"=") => {
                        quote = Some(mark);
                    }
                    _ => {}
                }
            }
            if !self.fill()? {
                return Err(Refusal::Damaged);
            }
        }
    }
}

impl<'t> Tag<'t> {
    /// Whether it is this element, in small or capital letters.
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name.as_bytes())
    }

    /// The value of the first attribute of that name, with any prefix, as it is written.
    pub fn attribute(&self, name: &[u8]) -> Option<&'t [u8]> {
        let mut rest = self.attributes.trim_ascii_start();
        while !rest.is_empty() {
            let ends = |byte: &u8| *byte == b'=' || byte.is_ascii_whitespace();
            let key_end = rest.iter().position(ends).unwrap_or(rest.len());
            let (key, behind) = rest.split_at(key_end);
            let (value, behind) = value(behind.trim_ascii_start());
            let local = key.iter().rposition(|&byte| byte == b':').map_or(key, |at| &key[at + 1..]);
            if local.eq_ignore_ascii_case(name) {
                return Some(value);
            }
            rest = behind.trim_ascii_start();
        }
        None
    }

    /// The value of an attribute as text.
    pub fn text(&self, name: &[u8]) -> Option<String> {
        self.attribute(name).map(|bytes| {
            let mut text = String::new();
            Text { bytes, has_entities: true }.push_to(&mut text);
            text
        })
    }

    /// The value of an attribute as a number.
    pub fn number(&self, name: &[u8]) -> Option<u32> {
        std::str::from_utf8(self.attribute(name)?).ok()?.trim().parse().ok()
    }
}

/// The value that begins at a `=`, and what is behind it; an empty one if there is none.
fn value(text: &[u8]) -> (&[u8], &[u8]) {
    let Some(text) = text.strip_prefix(b"=") else { return (&[], text) };
    let text = text.trim_ascii_start();
    match text {
        [quote @ (b'"' | b'\''), inner @ ..] => {
            let end = inner.iter().position(|byte| byte == quote).unwrap_or(inner.len());
            (&inner[..end], inner.get(end + 1..).unwrap_or_default())
        }
        _ => text.split_at(text.iter().position(u8::is_ascii_whitespace).unwrap_or(text.len())),
    }
}

impl Text<'_> {
    /// Appends the text, its entities resolved.
    pub fn push_to(&self, text: &mut String) {
        let written = String::from_utf8_lossy(self.bytes);
        if !self.has_entities {
            return text.push_str(&written);
        }
        let mut rest = &*written;
        while let Some(at) = rest.find('&') {
            text.push_str(&rest[..at]);
            rest = &rest[at..];
            let end = rest.bytes().take(12).position(|byte| byte == b';');
            let known = end.and_then(|end| Some((entity(&rest[1..end])?, end + 1)));
            let (letter, length) = known.unwrap_or(('&', 1));
            text.push(letter);
            rest = &rest[length..];
        }
        text.push_str(rest);
    }
}

/// The letter of an entity, as `amp` or `#x4e2d`.
fn entity(name: &str) -> Option<char> {
    let code = match name {
        "amp" => return Some('&'),
        "lt" => return Some('<'),
        "gt" => return Some('>'),
        "quot" => return Some('"'),
        "apos" => return Some('\''),
        "nbsp" => return Some(' '),
        "yen" => return Some('¥'),
        "euro" => return Some('€'),
        "pound" => return Some('£'),
        _ => name.strip_prefix('#')?,
    };
    let code = match code.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => code.parse().ok()?,
    };
    char::from_u32(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives a byte at a time.
    struct Drops<'t>(&'t [u8]);

    impl Read for Drops<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let Some((first, rest)) = self.0.split_first() else { return Ok(0) };
            buffer[0] = *first;
            self.0 = rest;
            Ok(1)
        }
    }

    fn tokens(input: impl Read) -> Result<Vec<String>, Refusal> {
        let (mut markup, mut tokens) = (Markup::new(input), Vec::new());
        while let Some(token) = markup.next()? {
            tokens.push(match token {
                Token::Open(tag) => format!(
                    "<{} r={:?}",
                    String::from_utf8_lossy(tag.name),
                    tag.text(b"r").unwrap_or_default()
                ),
                Token::Close(name) => format!("/{}", String::from_utf8_lossy(name)),
                Token::Text(text) => {
                    let mut out = String::new();
                    text.push_to(&mut out);
                    out
                }
            });
        }
        Ok(tokens)
    }

    #[test]
    fn tags_and_texts_come_whole_however_the_bytes_come() {
        let text = "<?xml version='1.0'?><!-- <a> --><x:row s='2' r=\"1>&quot;\"><c/>\
                    a &amp; b &#x4e2d;<![CDATA[<&amp;>]]> 1 < 2 & 3</x:row><td nowrap r=5 title=it's>";
        let expected = [
            "<row r=\"1>\\\"\"",
            "<c r=\"\"",
            "/c",
            "a & b 中",
            "<&amp;>",
            " 1 ",
            "< 2 & 3",
            "/row",
            "<td r=\"5\"",
        ];
        assert_eq!(tokens(text.as_bytes()).unwrap(), expected);
        assert_eq!(tokens(Drops(text.as_bytes())).unwrap(), expected);
    }

    #[test]
    fn what_breaks_off_within_a_tag_is_damaged() {
        for text in ["<row", "<row r=\"1", "<!-- a", "<![CDATA[ a", "</ro"] {
            assert_eq!(tokens(text.as_bytes()), Err(Refusal::Damaged), "{text}");
        }
    }

    #[test]
    fn scripts_are_passed_over() {
        let mut markup = Markup::new("<script>if (a</b/.test(x)) '<td>'</SCRIPT ><p>".as_bytes());
        assert!(matches!(markup.next(), Ok(Some(Token::Open(_)))));
        markup.skip_to_close(b"script").unwrap();
        assert!(matches!(markup.next(), Ok(Some(Token::Close(b"SCRIPT")))));
        assert!(matches!(markup.next(), Ok(Some(Token::Open(_)))));
    }

    #[test]
    fn a_token_without_end_does_not_fill_the_memory() {
        let endless = "<c>".as_bytes().chain(std::io::repeat(b'a'));
        assert!(matches!(tokens(endless), Err(Refusal::TooLarge { .. })));
    }
}
