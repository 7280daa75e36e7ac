//! Names of tables that came out of a file: `export.zip › orders.xlsx › May`.

/// Between a file's name and that of what is in it.
const SEPARATOR: &str = " › ";

/// The name of something in a file, with what it came through before it.
pub fn nested_name(outer: &str, inner: &str) -> String {
    format!("{outer}{SEPARATOR}{inner}")
}

/// Whether a table of that name came out of the file, or is the file itself.
pub fn is_of_file(table: &str, file: &str) -> bool {
    let within = table.strip_prefix(file);
    within.is_some_and(|rest| rest.is_empty() || rest.starts_with(SEPARATOR))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_known_to_be_of_its_file() {
        let sheet = nested_name(&nested_name("export.zip", "orders.xlsx"), "May");
        assert_eq!(sheet, "export.zip › orders.xlsx › May");
        for (table, file, is) in [
            (sheet.as_str(), "export.zip", true),
            ("a.csv", "a.csv", true),
            ("a.csv", "a", false),
            ("a.csv.gz", "a.csv", false),
            ("b.xlsx › a.csv", "a.csv", false),
            ("a › b.xlsx › 1", "a › b.xlsx", true),
        ] {
            assert_eq!(is_of_file(table, file), is, "{table} {file}");
        }
    }
}
