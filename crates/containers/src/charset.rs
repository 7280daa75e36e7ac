//! Bytes of unknown encoding as text.

use encoding_rs::{Encoding, GB18030, UTF_8, WINDOWS_1252};
use std::borrow::Cow;

/// The text of some bytes. A byte order mark has the first word, then what they say of themselves,
/// then whether they are good UTF-8, then whether they are good GB18030, as Chinese systems write it.
pub fn text<'b>(bytes: &'b [u8], label: Option<&[u8]>) -> Cow<'b, str> {
    let marked = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let said = label.and_then(Encoding::for_label);
    // A page that names UTF-16 in letters of one byte is not written in it.
    let said = said.filter(|encoding| encoding.is_ascii_compatible());
    if let Some(encoding) = marked.or(said) {
        let (text, _, has_errors) = encoding.decode(bytes);
        if marked.is_some() || !has_errors {
            return text;
        }
    }
    let good = |encoding: &'static Encoding| {
        encoding.decode_without_bom_handling_and_without_replacement(bytes)
    };
    good(UTF_8).or_else(|| good(GB18030)).unwrap_or_else(|| WINDOWS_1252.decode(bytes).0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_told_apart() {
        type Case<'c> = (&'c [u8], Option<&'c [u8]>, &'c str);
        let cases: [Case<'_>; 7] = [
            ("订单".as_bytes(), None, "订单"),
            (b"\xb6\xa9\xb5\xa5", None, "订单"),
            (b"\xb6\xa9\xb5\xa5", Some(b"gb2312"), "订单"),
            (b"\xef\xbb\xbfa", Some(b"gbk"), "a"),
            (b"\xff\xfea\0b\0", None, "ab"),
            (b"caf\xe9", Some(b"iso-8859-1"), "café"),
            (b"caf\xe9 ", Some(b"utf-8"), "café "),
        ];
        for (bytes, label, expected) in cases {
            assert_eq!(text(bytes, label), expected, "{bytes:?}");
        }
    }
}
