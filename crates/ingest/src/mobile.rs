//! A mobile number within other text, as sellers' tools write it behind an address.

use model::may_be_chinese_mobile;

/// Digits of a Chinese mobile number.
const DIGITS: usize = 11;

/// The first Chinese mobile number in a text, without its country code. One with an extension, as
/// `13212345774-1234` or `13212345774转1234`, is a relay that expires, and no one's.
pub(crate) fn mobile_in(text: &str) -> Option<&str> {
    let is_digit = |byte: &u8| byte.is_ascii_digit();
    let bytes = text.as_bytes();
    let mut from = 0;
    while let Some(start) = bytes[from..].iter().position(is_digit).map(|at| from + at) {
        let end =
            bytes[start..].iter().position(|it| !is_digit(it)).map_or(bytes.len(), |at| start + at);
        let run = &text[start..end];
        let number = if run.len() == DIGITS + 2 { run.strip_prefix("86") } else { Some(run) };
        let is_whole = number.is_some_and(|it| it.len() == DIGITS && may_be_chinese_mobile(it));
        if is_whole && !text[..start].ends_with('*') && !has_extension(&text[end..]) {
            return number;
        }
        from = end;
    }
    None
}

/// Whether what stands behind a number is its extension, or more of it that is masked.
fn has_extension(rest: &str) -> bool {
    let digits = ["-", "－", "转", "[", "［", "#"]
        .iter()
        .find_map(|mark| rest.trim_start().strip_prefix(mark));
    rest.starts_with('*') || digits.is_some_and(|it| it.starts_with(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mobile_is_found_wherever_it_stands_and_a_relay_is_none() {
        for (text, found) in [
            ("浙江省 杭州市 西湖区 示例街道8号，13800138000", Some("13800138000")),
            ("李雷 +86 13800138000 示例路 100 号", Some("13800138000")),
            ("李雷 8613800138000", Some("13800138000")),
            ("100000 北京 13800138000(家)", Some("13800138000")),
            ("示例街道8号 15012345678-1000", None),
            ("示例街道8号 15012345678转1000", None),
            ("示例街道8号 15012345678[1000] 13800138000", Some("13800138000")),
            ("138****8000", None),
            ("*13800138000", None),
            ("运单 913800138000", None),
            ("12800138000", None),
            ("示例街道***号", None),
            ("", None),
        ] {
            assert_eq!(mobile_in(text), found, "{text}");
        }
    }
}
