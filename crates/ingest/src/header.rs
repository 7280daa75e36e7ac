//! Header cells and other words in a form that can be compared.

/// Endings in brackets that say a unit and nothing else.
const UNITS: &[&str] =
    &["元", "件", "¥", "￥", "$", "€", "£", "rmb", "cny", "usd", "eur", "gbp", "utc", "gmt"];

/// Full-width forms as written in Chinese and Japanese files become the plain ones.
pub fn half_width(c: char) -> char {
    match c {
        '\u{3000}' | '\u{a0}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

/// Traditional characters of headers, each followed by the simplified one.
const SIMPLIFIED: &str = "訂订單单編编號号買买賣卖員员稱称賬账帳账總总額额實实際际應应費费數数狀状態态貨货運运聯联\
    繫系電电話话機机創创時时間间標标題题種种類类備备註注寶宝貝贝縣县鎮镇區区門门產产購购價价\
    銷销戶户郵邮鏈链結结條条碼码優优";

/// Headers are written in either script; those that are known are in the simplified one.
fn simplified(letter: char) -> char {
    if letter.is_ascii() {
        return letter;
    }
    let mut letters = SIMPLIFIED.chars();
    while let (Some(traditional), Some(simplified)) = (letters.next(), letters.next()) {
        if traditional == letter {
            return simplified;
        }
    }
    letter
}

/// A header cell without what varies between files: script, case, width, blanks, `_`, `-`, units, a mark at the end.
pub fn normal_form(cell: &str) -> String {
    let plain: String = cell
        .chars()
        .map(half_width)
        .filter(|c| *c != '\u{feff}' && !c.is_control())
        .flat_map(char::to_lowercase)
        .collect();
    let plain = plain.trim();
    let plain = match plain.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')) {
        Some((name, unit)) if UNITS.contains(&unit.trim()) && !name.trim().is_empty() => name,
        _ => plain,
    };
    // `No.`, and the marks of fields that a form requires.
    let plain = plain.trim_end_matches(['.', ':', '*', ' ']);
    let told = plain.chars().filter(|c| !matches!(c, ' ' | '_' | '-' | '\'' | '"'));
    told.map(simplified).collect()
}

/// A cell's text without what programs wrap around it: blanks, tabs, `'`, `="…"`.
pub fn unwrapped(cell: &str) -> &str {
    let bytes = cell.as_bytes();
    let (Some(first), Some(last)) = (bytes.first(), bytes.last()) else { return cell };
    if first.is_ascii_alphanumeric() && last.is_ascii_alphanumeric() {
        return cell;
    }
    let blank = |c: char| c.is_whitespace() || c == '\u{feff}';
    let cell = cell.trim_matches(blank);
    let cell = cell.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')).unwrap_or(cell);
    cell.strip_prefix('\'').unwrap_or(cell).trim_matches(blank)
}

/// Whether a cell says nothing: empty, or one of the words that programs write for it.
pub fn is_nothing(cell: &str) -> bool {
    // Asked of every cell: most are done with their first byte.
    match cell.as_bytes() {
        [] => true,
        [b'n' | b'N', ..] => {
            matches!(cell, "n/a" | "N/A")
                || ["null", "nan", "none", "nil"].iter().any(|w| cell.eq_ignore_ascii_case(w))
        }
        [b'-', ..] => matches!(cell, "-" | "--"),
        [..=0x7f, ..] => false,
        _ => cell == "无",
    }
}

/// A cell's text, unwrapped; empty if it says nothing.
pub fn value(cell: &str) -> &str {
    let cell = unwrapped(cell);
    if is_nothing(cell) { "" } else { cell }
}
