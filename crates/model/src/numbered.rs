//! Texts that are all the same prefix and a number: `SO00000001`, `#1001`, `20240001`.

use crate::order::take_rows;
use std::borrow::Cow;
use std::ops::Range;

/// Every number of so many digits fits a u64.
const MAX_DIGITS: usize = 19;

/// Texts that are all the same prefix and a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Numbered {
    prefix: String,
    /// How many digits every number has, leading zeros included; 0: as many as it needs.
    digits: u8,
    numbers: Vec<u64>,
}

/// Some rows of a column that are all the same prefix and a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberedRows<'a> {
    /// What every text begins with; no longer than 255 bytes.
    pub prefix: &'a str,
    /// How many digits every number has, leading zeros included; 0: as many as it needs.
    pub digits: u8,
    /// The numbers.
    pub numbers: Cow<'a, [u64]>,
}

impl Numbered {
    /// `None` if a number has more digits than it may.
    pub fn new(prefix: &str, digits: u8, numbers: Vec<u64>) -> Option<Numbered> {
        let highest = numbers.iter().copied().max().unwrap_or(0);
        let limit = match digits {
            0 => MAX_DIGITS,
            fixed => usize::from(fixed).min(MAX_DIGITS),
        };
        let fits = digits_of(highest) <= limit && usize::from(digits) <= MAX_DIGITS;
        fits.then(|| Numbered { prefix: prefix.to_owned(), digits, numbers })
    }

    pub fn is_of(&self, prefix: &str, digits: u8) -> bool {
        self.prefix == prefix && self.digits == digits
    }

    pub fn extend(&mut self, more: Numbered) {
        self.numbers.extend(more.numbers);
    }

    pub const fn len(&self) -> usize {
        self.numbers.len()
    }

    /// Bytes of all texts together.
    pub fn byte_len(&self) -> usize {
        let of_digits: usize = match self.digits {
            0 => self.numbers.iter().map(|&number| digits_of(number)).sum(),
            fixed => self.numbers.len() * usize::from(fixed),
        };
        self.numbers.len() * self.prefix.len() + of_digits
    }

    pub fn rows(&self, rows: Range<usize>) -> NumberedRows<'_> {
        let Numbered { prefix, digits, numbers } = self;
        NumberedRows { prefix, digits: *digits, numbers: Cow::Borrowed(&numbers[rows]) }
    }

    pub fn take_rows(&self, rows: &[u32]) -> Numbered {
        let numbers = take_rows(&self.numbers, rows);
        Numbered { prefix: self.prefix.clone(), digits: self.digits, numbers }
    }

    /// Hands out the texts, one after the other.
    pub fn write(&self, mut take: impl FnMut(&[u8])) {
        let mut text = self.prefix.clone().into_bytes();
        for &number in &self.numbers {
            let digits = match self.digits {
                0 => digits_of(number),
                fixed => usize::from(fixed),
            };
            text.resize(self.prefix.len() + digits, b'0');
            write_digits(number, &mut text[self.prefix.len()..]);
            take(&text);
        }
    }
}

impl<'a> NumberedRows<'a> {
    /// The texts as a prefix and numbers; `None` if they are not all that.
    pub(crate) fn of(texts: impl Iterator<Item = &'a [u8]>) -> Option<NumberedRows<'a>> {
        let mut texts = texts.peekable();
        let first: &'a [u8] = texts.peek()?;
        let tail = first.iter().rev().take(MAX_DIGITS).take_while(|b| b.is_ascii_digit()).count();
        let (prefix, first_tail) = first.split_at(first.len() - tail);
        let prefix_text = std::str::from_utf8(prefix).ok()?;
        if prefix.len() > usize::from(u8::MAX) {
            return None;
        }
        let (mut fixed, mut unpadded) = (true, true);
        let mut numbers = Vec::with_capacity(texts.size_hint().0);
        for text in texts {
            let tail = text.strip_prefix(prefix)?;
            fixed &= tail.len() == first_tail.len();
            unpadded &= tail.len() == 1 || tail.first() != Some(&b'0');
            if !fixed && !unpadded {
                return None;
            }
            numbers.push(parse_digits(tail)?);
        }
        let digits = if fixed { first_tail.len() as u8 } else { 0 };
        Some(NumberedRows { prefix: prefix_text, digits, numbers: Cow::Owned(numbers) })
    }

    pub(crate) fn into_owned(self) -> Option<Numbered> {
        Numbered::new(self.prefix, self.digits, self.numbers.into_owned())
    }
}

#[inline(never)]
fn parse_digits(text: &[u8]) -> Option<u64> {
    if text.is_empty() || text.len() > MAX_DIGITS {
        return None;
    }
    text.iter().try_fold(0_u64, |number, byte| {
        let digit = byte.wrapping_sub(b'0');
        (digit < 10).then(|| number * 10 + u64::from(digit))
    })
}

/// How many digits a number has.
fn digits_of(number: u64) -> usize {
    number.checked_ilog10().unwrap_or(0) as usize + 1
}

/// Fills `digits` with a number, zeros before it.
fn write_digits(number: u64, digits: &mut [u8]) {
    let mut rest = number;
    // Eight digits at a time, because wasm divides 32 bits several times as fast as 64.
    for eight in digits.rchunks_mut(8) {
        let mut low = (rest % 100_000_000) as u32;
        rest /= 100_000_000;
        for slot in eight.iter_mut().rev() {
            *slot = b'0' + (low % 10) as u8;
            low /= 10;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_with_one_prefix_are_numbers() {
        for (texts, found) in [
            (&["SO00000001", "SO00000003"][..], Some(("SO", 8, vec![1, 3]))),
            (&["#9999", "#10000"], Some(("#", 0, vec![9_999, 10_000]))),
            (&["007", "010"], Some(("", 3, vec![7, 10]))),
            (&["12345678901234567890", "15"], Some(("1", 0, vec![2_345_678_901_234_567_890, 5]))),
            (&["订单2024-0001"], Some(("订单2024-", 4, vec![1]))),
            (&["7", "07"], None),
            (&["A1", "B1"], None),
            (&["A", "A1"], None),
            (&["", "1"], None),
            (&[], None),
        ] {
            let rows = NumberedRows::of(texts.iter().map(|text| text.as_bytes()));
            let as_found = rows.clone().map(|it| (it.prefix, it.digits, it.numbers.into_owned()));
            assert_eq!(as_found, found, "{texts:?}");
            let Some(numbered) = rows.and_then(NumberedRows::into_owned) else { continue };
            let mut written: Vec<Vec<u8>> = Vec::new();
            numbered.write(|text| written.push(text.to_vec()));
            let expected: Vec<Vec<u8>> =
                texts.iter().map(|text| text.as_bytes().to_vec()).collect();
            assert_eq!(written, expected);
            assert_eq!(numbered.byte_len(), expected.iter().map(Vec::len).sum::<usize>());
        }
    }

    #[test]
    fn a_number_that_has_more_digits_is_refused() {
        for (digits, number, fits) in [
            (2, 99, true),
            (2, 100, false),
            (0, 9_999_999_999_999_999_999, true),
            (0, 10_000_000_000_000_000_000, false),
            (20, 1, false),
        ] {
            assert_eq!(Numbered::new("A", digits, vec![number]).is_some(), fits, "{number}");
        }
    }
}
