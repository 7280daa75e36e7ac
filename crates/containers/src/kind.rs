//! What a file is, from its first bytes.

/// So many first bytes tell what a file is.
pub const HEAD_BYTES: usize = 4096;

/// How web pages begin.
const PAGES: [&[u8]; 9] = [
    b"<!doctype html",
    b"<html",
    b"<head",
    b"<meta",
    b"<style",
    b"<body",
    b"<table",
    b"<div",
    b"<center",
];
/// What tells a page or a workbook behind a declaration.
const INSIDE: [&[u8]; 4] = [b"office:spreadsheet", b"<workbook", b"<html", b"<table"];

/// A kind of file that holds tables and is no text with delimiters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A zip archive: files, or a workbook (xlsx, xlsb, ods).
    Zip,
    /// An OLE file: an old workbook (xls), or a new one behind a password.
    Ole,
    /// One packed file.
    Gzip,
    /// JSON.
    Json,
    /// A web page, which many systems name `.xls`; or a workbook in XML (of Excel 2003).
    Page,
}

impl Kind {
    /// What the file is whose first bytes these are; [`HEAD_BYTES`] are plenty. `None`: no
    /// container.
    pub fn of(head: &[u8]) -> Option<Kind> {
        const MAGIC: [(&[u8], Kind); 4] = [
            (b"PK\x03\x04", Kind::Zip),
            (b"PK\x05\x06", Kind::Zip),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind::Ole),
            (b"\x1f\x8b", Kind::Gzip),
        ];
        let known = MAGIC.iter().find(|(magic, _)| head.starts_with(magic));
        known.map(|(_, kind)| *kind).or_else(|| of_text(&beginning(head)))
    }
}

/// The beginning of a text in small letters, behind blanks and byte order marks.
fn beginning(head: &[u8]) -> Vec<u8> {
    let head = &head[..head.len().min(HEAD_BYTES)];
    let narrow: Vec<u8> = match head {
        // UTF-16: what is asked for here is ASCII, every other byte.
        [0xff, 0xfe, rest @ ..] => rest.iter().step_by(2).copied().collect(),
        [0xfe, 0xff, rest @ ..] => rest.iter().skip(1).step_by(2).copied().collect(),
        [0xef, 0xbb, 0xbf, rest @ ..] => rest.to_vec(),
        _ => head.to_vec(),
    };
    narrow.trim_ascii_start().to_ascii_lowercase()
}

fn of_text(text: &[u8]) -> Option<Kind> {
    if is_json(text) {
        return Some(Kind::Json);
    }
    if PAGES.iter().any(|with| text.starts_with(with)) {
        return Some(Kind::Page);
    }
    // Behind a declaration or a comment anything may come.
    let is_open = text.starts_with(b"<?xml") || text.starts_with(b"<!--");
    let has = |what: &&[u8]| memchr::memmem::find(text, what).is_some();
    (is_open && INSIDE.iter().any(has)).then_some(Kind::Page)
}

/// Whether a text begins as an object with a member, or as a list of such.
fn is_json(text: &[u8]) -> bool {
    let list = text.strip_prefix(b"[").map_or(text, <[u8]>::trim_ascii_start);
    list.strip_prefix(b"{").is_some_and(|rest| rest.trim_ascii_start().starts_with(b"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_show_in_the_first_bytes() {
        let cases: [(&[u8], Option<Kind>); 16] = [
            (b"PK\x03\x04\x14\0\x06\0", Some(Kind::Zip)),
            (b"PK\x05\x06\0\0", Some(Kind::Zip)),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", Some(Kind::Ole)),
            (b"\x1f\x8b\x08\0", Some(Kind::Gzip)),
            (b"[ {\"id\": 1}]", Some(Kind::Json)),
            (b"\xef\xbb\xbf{\n\"orders\": []}", Some(Kind::Json)),
            (b"\n<HTML xmlns:x=\"urn\">", Some(Kind::Page)),
            (b"<table border=1><tr><td>", Some(Kind::Page)),
            (b"\xff\xfe<\0h\0t\0m\0l\0>\0", Some(Kind::Page)),
            (b"<?xml version=\"1.0\"?>\n<?mso-application progid=\"Excel.Sheet\"?><Workbook xmlns=", Some(Kind::Page)),
            (b"<?xml version=\"1.0\"?><feed>", None),
            (b"[Order],Total\n1,2\n", None),
            (b"{brace},b\n", None),
            (b"order_id,total\n", None),
            (b"PK,total\n", None),
            (b"", None),
        ];
        for (head, kind) in cases {
            assert_eq!(Kind::of(head), kind, "{}", String::from_utf8_lossy(head));
        }
    }
}
