//! A column of texts that repeat.

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

    /// The texts of `rows`, in that order, and no text beside them.
    ///
    /// # Panics
    /// If there is no such row.
    #[must_use]
    pub fn take_rows(&self, rows: &[u32]) -> DictColumn {
        let mut taken = DictColumn::default();
        if self.codes.is_empty() {
            return taken;
        }
        let mut new_codes: Vec<Option<u16>> = vec![None; self.names.len()];
        for &row in rows {
            let old = usize::from(self.codes[row as usize]);
            let code = *new_codes[old].get_or_insert_with(|| {
                taken.names.push(self.names[old].clone());
                (taken.names.len() - 1) as u16
            });
            taken.codes.push(code);
        }
        taken
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
    fn repeated_texts_share_a_code() {
        let mut column = DictColumn::default();
        for text in ["web", "web", "app", "", "web"] {
            column.push(text);
        }
        assert_eq!(column.codes, [0, 0, 1, 2, 0]);
        assert_eq!((column.get(2), column.get(3), column.get(99)), ("app", "", ""));
    }

    #[test]
    fn rows_that_are_taken_bring_their_texts_alone() {
        let mut column = DictColumn::default();
        for text in ["web", "app", "", "web"] {
            column.push(text);
        }
        let taken = column.take_rows(&[2, 3, 3]);
        assert_eq!((taken.codes, taken.names), (vec![0, 1, 1], vec![String::new(), "web".into()]));
        assert_eq!(DictColumn::default().take_rows(&[0, 1]), DictColumn::default());
    }
}
