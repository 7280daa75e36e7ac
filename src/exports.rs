//! What was taken out of this browser as files, last: names of files and counts, nothing of the data.

use crate::remembered::{remember, remembered};
use js_sys::Date;

/// Where it is remembered, one file a line, newest last.
const KEY: &str = "regulars.exports";

/// So many are remembered.
const MOST: usize = 50;

/// A file that was taken out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    /// When, in milliseconds since 1 January 1970.
    pub at_ms: u64,
    /// Its rows without the header; `None`: it is no table.
    pub rows: Option<u32>,
    /// Its name.
    pub name: String,
}

/// A file was taken out just now.
pub fn note(name: &str, rows: Option<u32>) {
    let (at_ms, name) = (Date::now() as u64, name.to_owned());
    let mut exports = all();
    exports.push(Export { at_ms, rows, name });
    remember(KEY, Some(&text(&exports)));
}

/// The last ones, newest last.
pub fn all() -> Vec<Export> {
    remembered(KEY).map(|it| read(&it)).unwrap_or_default()
}

/// Forgets them, with all else that is deleted.
pub fn forget() {
    remember(KEY, None);
}

/// How many rows a table has. A line break within quotes is none.
pub fn rows_of(csv: &[u8]) -> u32 {
    let (mut rows, mut quoted) = (0_u32, false);
    for byte in csv {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => rows += 1,
            _ => {}
        }
    }
    let ends_within = csv.last().is_some_and(|it| *it != b'\n');
    (rows + u32::from(ends_within)).saturating_sub(1)
}

fn text(exports: &[Export]) -> String {
    let last = &exports[exports.len().saturating_sub(MOST)..];
    let line = |it: &Export| {
        let rows = it.rows.map_or_else(String::new, |rows| rows.to_string());
        format!("{} {rows} {}", it.at_ms, it.name)
    };
    last.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Lines that cannot be read are passed over.
fn read(text: &str) -> Vec<Export> {
    let line = |line: &str| {
        let mut parts = line.splitn(3, ' ');
        let at_ms = parts.next()?.parse().ok()?;
        let rows = parts.next()?.parse().ok();
        Some(Export { at_ms, rows, name: parts.next()?.to_owned() })
    };
    text.lines().filter_map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_counted_without_the_header_and_across_line_breaks_in_cells() {
        for (csv, rows) in [
            ("", 0),
            ("a,b", 0),
            ("a,b\r\n", 0),
            ("a,b\r\n1,2\r\n", 1),
            ("a\n1\n2", 2),
            ("a\n\"one\n\"\"two\"\"\"\n3\n", 2),
        ] {
            assert_eq!(rows_of(csv.as_bytes()), rows, "{csv:?}");
        }
    }

    #[test]
    fn the_last_ones_come_back_and_no_more() {
        let export = |n: usize| Export {
            at_ms: n as u64,
            rows: n.is_multiple_of(2).then_some(n as u32),
            name: format!("a table {n}.csv"),
        };
        let few: Vec<_> = (0..3).map(export).collect();
        assert_eq!(read(&text(&few)), few);
        let many: Vec<_> = (0..MOST + 7).map(export).collect();
        assert_eq!(read(&text(&many)), many[7..]);
        assert_eq!(
            read("nonsense\n7\n8 9 b.csv"),
            [Export { at_ms: 8, rows: Some(9), name: "b.csv".to_owned() }]
        );
    }
}
