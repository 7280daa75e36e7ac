//! Columns of text, the building blocks of every table.

/// Many texts in one buffer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextColumn {
    bytes: Vec<u8>,
    /// Where each text ends in `bytes`; one entry a text.
    ends: Vec<u32>,
}

impl TextColumn {
    /// A column without texts.
    pub const fn new() -> TextColumn {
        TextColumn { bytes: Vec::new(), ends: Vec::new() }
    }

    /// An empty column with room for `rows` texts of `bytes` bytes together.
    pub fn with_capacity(rows: usize, bytes: usize) -> TextColumn {
        TextColumn { bytes: Vec::with_capacity(bytes), ends: Vec::with_capacity(rows) }
    }

    /// Makes room for `rows` more texts of `bytes` bytes together.
    pub fn reserve(&mut self, rows: usize, bytes: usize) {
        self.bytes.reserve_exact(bytes);
        self.ends.reserve_exact(rows);
    }

    /// Puts a text at the end.
    #[inline]
    pub fn push(&mut self, text: &str) {
        self.bytes.extend_from_slice(text.as_bytes());
        self.ends.push(self.bytes.len() as u32);
    }

    /// Puts texts at the end that stand one after another in `bytes`, each as long as its number in
    /// `lengths` says; `false`, and nothing is put, if they are not that or not UTF-8.
    pub fn extend_from_parts(&mut self, bytes: &[u8], lengths: &[i64]) -> bool {
        let Ok(text) = std::str::from_utf8(bytes) else { return false };
        let (base, rows) = (self.bytes.len(), self.ends.len());
        let mut end = 0_usize;
        self.ends.reserve(lengths.len());
        let fits = lengths.iter().all(|&length| {
            let next = usize::try_from(length).ok().and_then(|length| end.checked_add(length));
            end = next.unwrap_or(usize::MAX);
            self.ends.push((base + end.min(bytes.len())) as u32);
            text.is_char_boundary(end)
        });
        if !fits || end != bytes.len() {
            self.ends.truncate(rows);
            return false;
        }
        self.bytes.extend_from_slice(bytes);
        true
    }

    /// Puts texts at the end that are all `prefix` and a number of so many digits, leading zeros
    /// included. Of a number that has more, the lowest.
    pub fn extend_numbered(&mut self, prefix: &str, digits: usize, numbers: &[u64]) {
        let width = prefix.len() + digits;
        let start = self.bytes.len();
        self.bytes.reserve(numbers.len() * width);
        for &number in numbers {
            self.bytes.extend_from_slice(prefix.as_bytes());
            let at = self.bytes.len();
            self.bytes.resize(at + digits, b'0');
            write_digits(number, &mut self.bytes[at..]);
        }
        self.ends.extend((1..=numbers.len()).map(|row| (start + row * width) as u32));
    }

    /// The text of a row.
    ///
    /// # Panics
    /// If there is no such row.
    pub fn get(&self, row: usize) -> &str {
        std::str::from_utf8(self.bytes_of(row)).unwrap_or_default()
    }

    /// The bytes of a row's text, for hashing and comparison without decoding.
    ///
    /// # Panics
    /// If there is no such row.
    #[inline]
    pub fn bytes_of(&self, row: usize) -> &[u8] {
        let start = if row == 0 { 0 } else { self.ends[row - 1] as usize };
        &self.bytes[start..self.ends[row] as usize]
    }

    /// How many texts there are.
    pub const fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// All texts in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|row| self.get(row))
    }

    /// The texts of `rows`, in that order.
    ///
    /// # Panics
    /// If there is no such row.
    #[must_use]
    pub fn take_rows(&self, rows: &[u32]) -> TextColumn {
        let mut taken = TextColumn::with_capacity(rows.len(), self.bytes.len());
        for &row in rows {
            taken.bytes.extend_from_slice(self.bytes_of(row as usize));
            taken.ends.push(taken.bytes.len() as u32);
        }
        taken
    }

    /// Memory that the texts take, in bytes.
    pub const fn byte_len(&self) -> usize {
        self.bytes.len()
    }

    /// Forgets all texts and keeps the memory.
    pub fn clear(&mut self) {
        self.bytes.clear();
        self.ends.clear();
    }
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

impl Default for TextColumn {
    fn default() -> Self {
        TextColumn::new()
    }
}

impl<'a> FromIterator<&'a str> for TextColumn {
    fn from_iter<I: IntoIterator<Item = &'a str>>(texts: I) -> Self {
        let mut column = TextColumn::new();
        texts.into_iter().for_each(|text| column.push(text));
        column
    }
}

/// Texts that repeat, as a code a row and each text once. The empty text is a text like others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DictColumn {
    /// One code a row: an index into `names`.
    pub codes: Vec<u16>,
    /// Each different text once, in order of first appearance.
    pub names: Vec<String>,
}

impl DictColumn {
    /// Puts a text at the end. After 65,535 different texts further new ones become the empty one.
    pub fn push(&mut self, text: &str) {
        // The previous row's text is the likeliest.
        let same = self.codes.last().copied().filter(|&code| self.names[code as usize] == text);
        let code = same.unwrap_or_else(|| self.code_of(text));
        self.codes.push(code);
    }

    fn code_of(&mut self, text: &str) -> u16 {
        if let Some(code) = self.names.iter().position(|name| name == text) {
            return code as u16;
        }
        if self.names.len() >= usize::from(u16::MAX) && !text.is_empty() {
            return self.code_of("");
        }
        self.names.push(text.to_owned());
        (self.names.len() - 1) as u16
    }

    /// The text of a row; empty where the column has fewer rows.
    pub fn get(&self, row: usize) -> &str {
        self.codes.get(row).map_or("", |&code| &self.names[code as usize])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_come_back_as_they_were() {
        let texts = ["", "SO00000001", "", "张三", "a,b"];
        let column: TextColumn = texts.into_iter().collect();
        assert_eq!(column.iter().collect::<Vec<_>>(), texts);
        assert_eq!((column.len(), column.byte_len()), (5, 19));
    }

    #[test]
    fn texts_in_one_piece_are_taken_apart_by_their_lengths() {
        let whole = "SO1张三x".as_bytes();
        let mut column: TextColumn = ["first"].into_iter().collect();
        assert!(column.extend_from_parts(whole, &[3, 6, 0, 1]));
        assert!(column.extend_from_parts(b"", &[]));
        let texts: Vec<&str> = column.iter().collect();
        assert_eq!(texts, ["first", "SO1", "张三", "", "x"]);
        let before = column.clone();
        for (bytes, lengths) in [
            (whole, &[3, 6][..]),
            (whole, &[3, 6, 1, 1]),
            (whole, &[4, 5, 1]),
            (whole, &[-1, 11]),
            (whole, &[i64::MAX, i64::MAX, 12]),
            (&[0xff, 0xfe], &[2]),
        ] {
            assert!(!column.extend_from_parts(bytes, lengths), "{lengths:?}");
            assert_eq!(column, before);
        }
    }

    #[test]
    fn numbered_texts_are_written_out() {
        let mut column: TextColumn = ["first"].into_iter().collect();
        column.extend_numbered("订单", 3, &[7, 42, 1_999]);
        column.extend_numbered("", 19, &[9_999_999_999_999_999_999]);
        column.extend_numbered("SO", 10, &[1_000_000_007, 0]);
        let texts: Vec<&str> = column.iter().collect();
        assert_eq!(
            texts,
            [
                "first",
                "订单007",
                "订单042",
                "订单999",
                "9999999999999999999",
                "SO1000000007",
                "SO0000000000",
            ]
        );
    }

    #[test]
    fn repeated_texts_share_a_code() {
        let mut column = DictColumn::default();
        for text in ["web", "web", "app", "", "web"] {
            column.push(text);
        }
        assert_eq!(column.codes, [0, 0, 1, 2, 0]);
        assert_eq!((column.get(2), column.get(3), column.get(99)), ("app", "", ""));
    }
}
