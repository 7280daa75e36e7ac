//! The step in front of the splitter: bytes of whatever encoding in, text out.

/// How characters are written as bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// Nothing but ASCII so far: UTF-8 until a byte shows otherwise.
    Ascii,
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// Windows-1252: the western European one that spreadsheets still write.
    Windows1252,
}

impl Encoding {
    /// The name by which people know it.
    pub const fn name(self) -> &'static str {
        match self {
            Encoding::Ascii => "ASCII",
            Encoding::Utf8 => "UTF-8",
            Encoding::Windows1252 => "Windows-1252",
        }
    }
}

/// Encodings that are recognised and cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// UTF-16, as "Unicode text" of a spreadsheet.
    Utf16,
    /// GB18030 or GBK, as Chinese marketplaces write.
    Gb18030,
}

impl Unreadable {
    /// A stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Unreadable::Utf16 => "utf_16",
            Unreadable::Gb18030 => "gb18030",
        }
    }
}

/// Says how the file is encoded, from its beginning.
pub fn sniff(head: &[u8]) -> Result<Encoding, Unreadable> {
    if head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]) || is_bare_utf16(head) {
        return Err(Unreadable::Utf16);
    }
    let (mut whole, mut broken) = (0_usize, 0_usize);
    for chunk in head.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += chunk.invalid().len();
    }
    // A head may be cut within a character.
    if broken <= 3 && head.len() > 3 && std::str::from_utf8(&head[..head.len() - broken]).is_ok() {
        return Ok(if whole == 0 { Encoding::Ascii } else { Encoding::Utf8 });
    }
    if whole >= broken {
        return Ok(Encoding::Utf8);
    }
    if looks_like_gb18030(head) { Err(Unreadable::Gb18030) } else { Ok(Encoding::Windows1252) }
}

/// Mostly ASCII with a zero beside each letter.
fn is_bare_utf16(head: &[u8]) -> bool {
    let pairs = head.len().min(4096) / 2;
    let zeros = |odd: usize| head.chunks_exact(2).take(pairs).filter(|pair| pair[odd] == 0).count();
    let (first, second) = (zeros(0), zeros(1));
    pairs >= 4 && (first.max(second) * 2 > pairs) && (first.min(second) * 10 < pairs)
}

/// Chinese words are runs of high bytes; western letters stand alone or in twos among ASCII.
fn looks_like_gb18030(head: &[u8]) -> bool {
    let runs = head.split(|byte| *byte < 0x80).map(<[u8]>::len);
    let (in_words, alone) =
        runs.fold(
            (0, 0),
            |(words, alone), run| {
                if run >= 4 { (words + run, alone) } else { (words, alone + run) }
            },
        );
    in_words > alone
}

/// What Windows-1252 has in place of the control characters 0x80 to 0x9F.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

fn windows_1252(byte: u8) -> char {
    match byte {
        0x80..=0x9f => WINDOWS_1252[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

/// Turns blocks of bytes into text, whatever place they are cut at.
#[derive(Debug)]
pub struct Decoder {
    encoding: Encoding,
    /// The beginning of a character whose rest is in the next block; at most three bytes.
    cut: Vec<u8>,
    at_start: bool,
    /// Bytes that are no text in this encoding.
    pub bad_bytes: u64,
    /// Zero bytes, left out.
    pub nul_bytes: u64,
    /// Characters read by a guessed encoding.
    pub guessed: u64,
}

impl Decoder {
    /// A decoder at the start of a file.
    pub const fn new(encoding: Encoding) -> Decoder {
        Decoder {
            encoding,
            cut: Vec::new(),
            at_start: true,
            bad_bytes: 0,
            nul_bytes: 0,
            guessed: 0,
        }
    }

    /// The encoding, as far as the file has shown it.
    pub const fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// Puts the text of a block at the end of `out`. `at_end`: no more blocks will come.
    pub fn decode(&mut self, block: &[u8], at_end: bool, out: &mut String) {
        let from = out.len();
        if self.cut.is_empty() {
            self.decode_whole(block, at_end, out);
        } else {
            // Three bytes at most are carried: the copy is made for a few bytes, not for a block.
            let mut joined = std::mem::take(&mut self.cut);
            let missing = block.len().min(4);
            joined.extend_from_slice(&block[..missing]);
            self.decode_whole(&joined, at_end && missing == block.len(), out);
            if missing < block.len() {
                let mut rest = std::mem::take(&mut self.cut);
                if rest.is_empty() {
                    self.decode_whole(&block[missing..], at_end, out);
                } else {
                    rest.extend_from_slice(&block[missing..]);
                    self.decode_whole(&rest, at_end, out);
                }
            }
        }
        if self.at_start && out.len() > from {
            self.at_start = false;
            if out[from..].starts_with('\u{feff}') {
                out.drain(from..from + 3);
            }
        }
        if out.as_bytes()[from..].contains(&0) {
            let clean = out[from..].replace('\0', "");
            self.nul_bytes += (out.len() - from - clean.len()) as u64;
            out.truncate(from);
            out.push_str(&clean);
        }
    }

    fn decode_whole(&mut self, bytes: &[u8], at_end: bool, out: &mut String) {
        if self.encoding == Encoding::Windows1252 {
            return self.push_1252(bytes, out);
        }
        let mut bytes = bytes;
        loop {
            let error = match std::str::from_utf8(bytes) {
                Ok(text) => {
                    self.learn(text);
                    return out.push_str(text);
                }
                Err(error) => error,
            };
            let (good, bad) = bytes.split_at(error.valid_up_to());
            let good = std::str::from_utf8(good).unwrap_or_default();
            self.learn(good);
            out.push_str(good);
            let wrong = match error.error_len() {
                None if !at_end => {
                    self.cut = bad.to_vec();
                    return;
                }
                wrong => wrong.unwrap_or(bad.len()),
            };
            if self.encoding == Encoding::Ascii {
                // ASCII up to here: the head could not tell the encoding, this byte does.
                self.encoding = Encoding::Windows1252;
                return self.push_1252(bad, out);
            }
            self.bad_bytes += wrong as u64;
            out.push('\u{fffd}');
            bytes = &bad[wrong..];
        }
    }

    fn learn(&mut self, text: &str) {
        if self.encoding == Encoding::Ascii && !text.is_ascii() {
            self.encoding = Encoding::Utf8;
        }
    }

    fn push_1252(&mut self, bytes: &[u8], out: &mut String) {
        self.guessed += bytes.iter().filter(|&&byte| byte >= 0x80).count() as u64;
        out.extend(bytes.iter().map(|&byte| windows_1252(byte)));
    }
}
