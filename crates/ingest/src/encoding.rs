//! The step in front of the splitter: bytes of whatever encoding in, text out.

use crate::platforms::Platform;

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

/// Encodings that this crate recognises and does not read itself: every browser has their tables,
/// which would take more of a download than all else here. Whoever calls turns them into UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Foreign {
    /// UTF-16, as "Unicode text" of a spreadsheet.
    Utf16Le,
    /// The same, the higher byte first.
    Utf16Be,
    /// GB18030 and GBK, as Chinese marketplaces write.
    Gb18030,
    /// Big5, as in Taiwan and Hong Kong.
    Big5,
    /// `Shift_JIS`, as in Japan.
    ShiftJis,
    /// EUC-KR, as in Korea.
    EucKr,
    /// Windows-1251, the Cyrillic one.
    Windows1251,
}

impl Foreign {
    /// The label by which browsers know it (WHATWG Encoding Standard); people do too.
    pub const fn label(self) -> &'static str {
        match self {
            Foreign::Utf16Le => "UTF-16LE",
            Foreign::Utf16Be => "UTF-16BE",
            Foreign::Gb18030 => "GB18030",
            Foreign::Big5 => "Big5",
            Foreign::ShiftJis => "Shift_JIS",
            Foreign::EucKr => "EUC-KR",
            Foreign::Windows1251 => "windows-1251",
        }
    }

    /// Which it is, from the beginning of a file that is text; `None`: none of them. `read` reads the
    /// beginning as one of them.
    ///
    /// Encodings of two bytes a letter look alike as bytes, so each is tried: what makes headers that
    /// are known, and letters that are in daily use, is right.
    pub fn sniff(head: &[u8], read: impl Fn(Foreign) -> Option<String>) -> Option<Foreign> {
        let tried: &[Foreign] = match sniff(head) {
            Ok(Encoding::Ascii | Encoding::Utf8) => return None,
            Err(told @ (Foreign::Utf16Le | Foreign::Utf16Be)) => return Some(told),
            // The second byte may be an ASCII letter in these.
            Ok(Encoding::Windows1252) => &[Foreign::Gb18030, Foreign::Big5, Foreign::ShiftJis],
            Err(_) => &Foreign::IN_RUNS,
        };
        let western: String = head.iter().map(|&byte| windows_1252(byte)).collect();
        let scored = tried.iter().filter_map(|&it| Some((it, sense(&read(it)?))));
        // The first of equals wins.
        let (best, score) = scored.rev().max_by_key(|(_, sense)| *sense)?;
        (score > sense(&western) + 100).then_some(best)
    }

    /// Those whose words are runs of high bytes.
    const IN_RUNS: [Foreign; 5] =
        [Foreign::Gb18030, Foreign::Big5, Foreign::ShiftJis, Foreign::EucKr, Foreign::Windows1251];
}

/// An encoding that the user can say a file to have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Charset {
    /// Read by this crate.
    Own(Encoding),
    /// Turned into UTF-8 before.
    Foreign(Foreign),
}

impl Charset {
    /// All, the likelier first.
    pub const ALL: [Charset; 9] = [
        Charset::Own(Encoding::Utf8),
        Charset::Foreign(Foreign::Gb18030),
        Charset::Own(Encoding::Windows1252),
        Charset::Foreign(Foreign::Big5),
        Charset::Foreign(Foreign::ShiftJis),
        Charset::Foreign(Foreign::EucKr),
        Charset::Foreign(Foreign::Windows1251),
        Charset::Foreign(Foreign::Utf16Le),
        Charset::Foreign(Foreign::Utf16Be),
    ];

    /// The name by which people know it. ASCII is UTF-8 too.
    pub const fn label(self) -> &'static str {
        match self {
            Charset::Own(Encoding::Ascii) => Encoding::Utf8.name(),
            Charset::Own(own) => own.name(),
            Charset::Foreign(foreign) => foreign.label(),
        }
    }

    /// The encoding of that name.
    pub fn of_label(label: &str) -> Option<Charset> {
        Charset::ALL.into_iter().find(|charset| charset.label() == label)
    }
}

/// Turns blocks of an encoding into text, whatever place they are cut at.
pub trait Transcode {
    /// Puts the text of a block at the end of `out`, with U+FFFD for what is none. `at_end`: no more
    /// blocks will come.
    fn transcode(&mut self, block: &[u8], at_end: bool, out: &mut String);
}

/// How much sense a text makes, in thousandths of a letter: the share of its letters beyond ASCII
/// that are in daily use, less those that are none; and headers that are known.
fn sense(text: &str) -> i64 {
    let (mut beyond, mut daily, mut wrong) = (0_i64, 0_i64, 0_i64);
    for letter in text.chars().filter(|letter| !letter.is_ascii()).take(20_000) {
        beyond += 1;
        daily += i64::from(is_daily(letter));
        wrong += i64::from(letter == '\u{fffd}' || is_private(letter));
    }
    let rows = text.lines().take(20);
    let headers =
        rows.map(|row| Platform::known_headers(row.split([',', ';', '\t', '|']), |_| false));
    let headers = headers.max().unwrap_or(0) as i64;
    (daily - 5 * wrong) * 1_000 / beyond.max(1) + 500 * headers
}

/// Letters that stand in every other line of an order table: the most frequent Chinese characters in
/// both scripts with the words of orders and addresses, kana, Hangul syllables that begin the list of
/// EUC-KR as well as of the language, small Cyrillic letters, and full-width punctuation.
fn is_daily(letter: char) -> bool {
    const CHINESE: &str = "的一是不了在人有我他这这中大来上个国和到说们为子时道你地出订单编号买家\
        会员名称支付宝账总金额实际应邮费数量状态留言收货地址运送方式联系电话手机创建时间标题种类物流公司备注\
        宝贝省市区县镇街路号楼室交易成功关闭卖家已发等待退款北京上海广东浙江江苏四川湖南湖北河南河北山\
        訂單編號買會員稱帳總實際應郵費數狀態收貨運聯繫電話機創時間標題種類備註寶貝縣鎮號樓臺灣香港新高中區\
        注文日付氏名住所都府丁目円税込";
    matches!(letter, '\u{3040}'..='\u{30ff}' | '\u{430}'..='\u{451}' | '\u{ac00}'..='\u{d7a3}')
        || matches!(letter, '，' | '。' | '（' | '）' | '：' | '、' | '￥' | '¥')
        || CHINESE.contains(letter)
}

fn is_private(letter: char) -> bool {
    matches!(letter, '\u{e000}'..='\u{f8ff}' | '\u{80}'..='\u{9f}')
}

/// Says how the file is encoded, from its beginning. [`Foreign::Gb18030`] stands for all whose words
/// are runs of high bytes.
pub fn sniff(head: &[u8]) -> Result<Encoding, Foreign> {
    if let Some(foreign) = utf16(head) {
        return Err(foreign);
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
    if has_runs_of_high_bytes(head) { Err(Foreign::Gb18030) } else { Ok(Encoding::Windows1252) }
}

/// Which way round a file in UTF-16 is written, by its mark or by where its zeros stand; `None`: it
/// is none.
pub(crate) fn utf16(head: &[u8]) -> Option<Foreign> {
    match head {
        [0xff, 0xfe, ..] => Some(Foreign::Utf16Le),
        [0xfe, 0xff, ..] => Some(Foreign::Utf16Be),
        _ => bare_utf16(head),
    }
}

/// Mostly ASCII with a zero beside each letter.
fn bare_utf16(head: &[u8]) -> Option<Foreign> {
    let pairs = head.len().min(4096) / 2;
    let zeros = |odd: usize| head.chunks_exact(2).take(pairs).filter(|pair| pair[odd] == 0).count();
    let (first, second) = (zeros(0), zeros(1));
    let is_one = pairs >= 4 && first.max(second) * 2 > pairs && first.min(second) * 10 < pairs;
    is_one.then_some(if first > second { Foreign::Utf16Be } else { Foreign::Utf16Le })
}

/// Chinese words are runs of high bytes; western letters stand alone or in twos among ASCII.
fn has_runs_of_high_bytes(head: &[u8]) -> bool {
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

pub(crate) fn windows_1252(byte: u8) -> char {
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
