//! Records and fields of delimited text (RFC 4180 and what programs really write).
//!
//! Own code in place of the `csv` crate: that one copies every field and walks a state machine byte
//! by byte, which alone takes longer than a whole import may. Here eight bytes are looked at in one
//! step, and a field is a slice of the input unless it holds doubled quotes.
//!
//! Lenient where it costs nobody anything: a quote inside an unquoted field is a letter; text after
//! a closing quote belongs to the field.

/// No sane record is longer; the bound keeps a lost quote from swallowing a file.
pub const MAX_RECORD: usize = 1 << 20;

/// How the text is divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dialect {
    /// Between fields: `,`, `;`, tab or `|`; a blank stands for any number of them.
    pub delimiter: u8,
    /// Ends a record: `\n` (a `\r` before it is dropped), or a lone `\r` in files of old.
    pub newline: u8,
}

/// Where a field's text lies: in the record, or among the unescaped texts.
#[derive(Clone, Copy, Debug)]
struct Span {
    start: u32,
    end: u32,
    unescaped: bool,
}

/// One record, its fields as slices.
#[derive(Clone, Copy, Debug)]
pub struct Record<'a> {
    /// As it stands in the file, without the line end.
    pub raw: &'a str,
    unescaped: &'a str,
    spans: &'a [Span],
}

impl<'a> Record<'a> {
    /// How many fields there are; at least one.
    pub fn width(&self) -> usize {
        self.spans.len()
    }

    /// Whether the line holds nothing at all.
    pub fn is_blank(&self) -> bool {
        self.spans.len() == 1 && self.get(0).trim().is_empty()
    }

    /// A field's text; empty where there is no such field.
    pub fn get(&self, field: usize) -> &'a str {
        let Some(span) = self.spans.get(field) else { return "" };
        let source = if span.unescaped { self.unescaped } else { self.raw };
        source.get(span.start as usize..span.end as usize).unwrap_or_default()
    }

    /// All fields in order.
    pub fn iter(&self) -> impl Iterator<Item = &'a str> + '_ {
        (0..self.width()).map(|field| self.get(field))
    }
}

/// What stands at a place of the text.
#[derive(Debug)]
pub enum Step<'a> {
    /// A record, and where the next begins, counted from this one's start.
    Record {
        /// The record.
        record: Record<'a>,
        /// Bytes up to the next record.
        length: usize,
        /// Whether a line end closed it; the last record of a file may have none.
        terminated: bool,
        /// Line ends inside its quoted fields.
        inner_lines: u32,
    },
    /// The record goes on behind the text at hand.
    NeedMore,
    /// A quote that nothing closes, or whose closing one stands amid text on a later line.
    Unclosed {
        /// Whether it stayed open up to the end of the file.
        to_end: bool,
    },
}

/// Splits text into records. Keeps its buffers from one record to the next.
#[derive(Debug)]
pub struct Splitter {
    dialect: Dialect,
    spans: Vec<Span>,
    unescaped: String,
    has_quotes: bool,
}

const HIGH: u64 = 0x8080_8080_8080_8080;

/// The same byte eight times.
const fn splat(byte: u8) -> u64 {
    byte as u64 * 0x0101_0101_0101_0101
}

/// The high bit of every byte of `word` that equals the byte of `pattern`.
const fn equal_bytes(word: u64, pattern: u64) -> u64 {
    let difference = word ^ pattern;
    !(((difference & !HIGH) + !HIGH) | difference) & HIGH
}

fn word_at(bytes: &[u8], at: usize) -> u64 {
    if let Some(chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
        return u64::from_le_bytes(*chunk);
    }
    // Filled up by ones that are neither delimiter nor line end.
    let mut chunk = [1; 8];
    let rest = bytes.get(at..).unwrap_or_default();
    chunk[..rest.len()].copy_from_slice(rest);
    u64::from_le_bytes(chunk)
}

impl Splitter {
    /// A splitter for text divided so.
    pub const fn new(dialect: Dialect) -> Splitter {
        Splitter { dialect, spans: Vec::new(), unescaped: String::new(), has_quotes: false }
    }

    /// The record at the start of `text`. `at_end`: no more text will come.
    pub fn record<'a>(&'a mut self, text: &'a str, at_end: bool) -> Step<'a> {
        let bytes = &text.as_bytes()[..text.len().min(MAX_RECORD)];
        let at_end = at_end && bytes.len() == text.len();
        match self.split(bytes, false) {
            Ok(Some(end)) => self.step(text, end, true),
            Ok(None) if at_end => self.step(text, bytes.len(), false),
            Err(Broken::Misplaced) => Step::Unclosed { to_end: false },
            Err(Broken::Open) if at_end => Step::Unclosed { to_end: true },
            _ if bytes.len() == text.len() => Step::NeedMore,
            _ => Step::Unclosed { to_end: false },
        }
    }

    /// The record of the first line of `text` alone: a quote that does not close is a letter.
    pub fn line<'a>(&'a mut self, text: &'a str) -> Step<'a> {
        let bytes = &text.as_bytes()[..text.len().min(MAX_RECORD)];
        let end = bytes.iter().position(|&byte| byte == self.dialect.newline);
        let Some(end) = end else {
            if text.len() > MAX_RECORD {
                return Step::Unclosed { to_end: false };
            }
            let _ = self.split(bytes, true);
            return self.step(text, bytes.len(), false);
        };
        let _ = self.split(&bytes[..end], true);
        self.step(text, end, true)
    }

    fn step<'a>(&'a mut self, text: &'a str, end: usize, terminated: bool) -> Step<'a> {
        let mut raw = &text[..end];
        if let Some(shorter) = raw.strip_suffix('\r') {
            raw = shorter;
            if let Some(last) = self.spans.last_mut().filter(|last| !last.unescaped) {
                last.end = last.end.min(raw.len() as u32);
                last.start = last.start.min(last.end);
            }
        }
        if self.dialect.delimiter == b' ' {
            self.spans.retain(|span| span.start < span.end);
            if self.spans.is_empty() {
                self.push(0, 0);
            }
        }
        let newline = self.dialect.newline;
        let inner_lines = if self.has_quotes {
            raw.bytes().filter(|&byte| byte == newline).count() as u32
        } else {
            0
        };
        let record = Record { raw, unescaped: &self.unescaped, spans: &self.spans };
        Step::Record { record, length: end + usize::from(terminated), terminated, inner_lines }
    }

    /// Fills the spans up to the record's line end, and gives its place; `None`: there is none.
    fn split(&mut self, bytes: &[u8], lenient: bool) -> Result<Option<usize>, Broken> {
        self.has_quotes = false;
        self.spans.clear();
        self.unescaped.clear();
        let (delimiter, newline) = (splat(self.dialect.delimiter), splat(self.dialect.newline));
        let mut start = 0;
        'fields: loop {
            let mut at = start;
            if bytes.get(start) == Some(&b'"') {
                self.has_quotes = true;
                match self.quoted(bytes, start) {
                    Ok(end) => match bytes.get(end) {
                        None => return Ok(None),
                        Some(&byte) if byte == self.dialect.newline => return Ok(Some(end)),
                        Some(_) => {
                            start = end + 1;
                            continue 'fields;
                        }
                    },
                    Err(broken) if !lenient => return Err(broken),
                    Err(_) => {}
                }
            }
            loop {
                let word = word_at(bytes, at);
                let mut hits = equal_bytes(word, delimiter) | equal_bytes(word, newline);
                while hits != 0 {
                    let end = at + (hits.trailing_zeros() / 8) as usize;
                    hits &= hits - 1;
                    self.push(start, end);
                    if bytes[end] == self.dialect.newline {
                        return Ok(Some(end));
                    }
                    start = end + 1;
                    if bytes.get(start) == Some(&b'"') {
                        continue 'fields;
                    }
                }
                at += 8;
                if at >= bytes.len() {
                    self.push(start, bytes.len());
                    return Ok(None);
                }
            }
        }
    }

    fn push(&mut self, start: usize, end: usize) {
        self.spans.push(Span { start: start as u32, end: end as u32, unescaped: false });
    }

    /// Reads the quoted field that begins at `open`, and gives the place of what ends it.
    fn quoted(&mut self, bytes: &[u8], open: usize) -> Result<usize, Broken> {
        let quote = splat(b'"');
        let (mut at, mut piece, from) = (open + 1, open + 1, self.unescaped.len());
        loop {
            let close = loop {
                let hits = equal_bytes(word_at(bytes, at), quote);
                if hits != 0 {
                    break at + (hits.trailing_zeros() / 8) as usize;
                }
                at += 8;
                if at >= bytes.len() {
                    return Err(Broken::Open);
                }
            };
            if bytes.get(close + 1) == Some(&b'"') {
                self.keep(&bytes[piece..=close]);
                (at, piece) = (close + 2, close + 2);
                continue;
            }
            if self.is_misplaced(bytes, open, close) {
                self.unescaped.truncate(from);
                return Err(Broken::Misplaced);
            }
            return Ok(self.close(bytes, piece, close, from));
        }
    }

    /// A quote on a later line with text behind it belongs there: the opening one was a letter.
    fn is_misplaced(&self, bytes: &[u8], open: usize, close: usize) -> bool {
        let Dialect { delimiter, newline } = self.dialect;
        let ends = |&byte: &u8| byte == delimiter || byte == newline || byte == b'\r';
        bytes.get(close + 1).is_some_and(|byte| !ends(byte))
            && bytes[open..close].contains(&newline)
    }

    /// Ends a quoted field: whatever stands between the quote and the delimiter belongs to it.
    fn close(&mut self, bytes: &[u8], piece: usize, close: usize, from: usize) -> usize {
        let Dialect { delimiter, newline } = self.dialect;
        let rest = &bytes[close + 1..];
        let behind = rest.iter().position(|&byte| byte == delimiter || byte == newline);
        let end = close + 1 + behind.unwrap_or(rest.len());
        let tail = bytes[close + 1..end].strip_suffix(b"\r").unwrap_or(&bytes[close + 1..end]);
        if self.unescaped.len() == from && tail.is_empty() {
            self.push(piece, close);
            return end;
        }
        self.keep(&bytes[piece..close]);
        self.keep(tail);
        let (start, stop) = (from as u32, self.unescaped.len() as u32);
        self.spans.push(Span { start, end: stop, unescaped: true });
        end
    }

    fn keep(&mut self, bytes: &[u8]) {
        // Cut at quotes and delimiters, which are ASCII: the pieces are whole characters.
        self.unescaped.push_str(std::str::from_utf8(bytes).unwrap_or_default());
    }
}

/// What is wrong with a quoted field.
#[derive(Debug)]
enum Broken {
    /// No closing quote.
    Open,
    /// The closing quote is part of another text.
    Misplaced,
}
