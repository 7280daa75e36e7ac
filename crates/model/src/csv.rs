//! Cells of CSV that a spreadsheet can open without harm.

/// Writes a text as a cell of CSV.
///
/// Quoted as RFC 4180 says. A text that a spreadsheet would take for a formula gets an apostrophe
/// before it, as spreadsheets themselves mark text.
pub fn push_csv_cell(text: &str, out: &mut String) {
    let risky = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\0', '＝', '＋', '－', '＠']);
    let quoted = text.contains([',', '"', '\n', '\r']);
    if quoted {
        out.push('"');
    }
    if risky {
        out.push('\'');
    }
    if quoted {
        out.push_str(&text.replace('"', "\"\""));
        out.push('"');
    } else {
        out.push_str(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cell(text: &str) -> String {
        let mut out = String::new();
        push_csv_cell(text, &mut out);
        out
    }

    #[test]
    fn cells_are_quoted_and_formulas_are_defused() {
        for (text, expected) in [
            ("Ann", "Ann"),
            ("Lee, Ann", "\"Lee, Ann\""),
            ("say \"hi\"", "\"say \"\"hi\"\"\""),
            ("=1+1", "'=1+1"),
            ("=A(\"x\")", "\"'=A(\"\"x\"\")\""),
            ("-Minus Name", "'-Minus Name"),
            ("+12125550142", "'+12125550142"),
            ("＝1", "'＝1"),
        ] {
            assert_eq!(cell(text), expected);
        }
    }

    proptest! {
        #[test]
        fn no_text_begins_like_a_formula(text in ".*") {
            let written = cell(&text);
            let value = written.strip_prefix('"').unwrap_or(&written);
            prop_assert!(!value.starts_with(|c| "=+-@\t\0＝＋－＠".contains(c)), "{written:?}");
        }
    }
}
