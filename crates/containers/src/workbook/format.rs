//! Number formats: whether a number is a date.

/// What a number format makes of a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// A number.
    #[default]
    Number,
    /// A day.
    Date,
    /// A day with a time, or a time.
    DateTime,
    /// A duration, which may be longer than a day.
    Duration,
}

impl Format {
    /// The format that every workbook knows by this number (ECMA-376, part 1, 18.8.30).
    pub const fn built_in(id: u32) -> Format {
        match id {
            14..=17 | 27..=31 | 36 | 50..=54 | 57 | 58 => Format::Date,
            18..=22 | 32..=35 | 45 | 47 | 55 | 56 => Format::DateTime,
            46 => Format::Duration,
            _ => Format::Number,
        }
    }

    /// The format that a code describes, as `yyyy-mm-dd hh:mm`. Its first section counts.
    pub fn of_code(code: &str) -> Format {
        let (mut has_day, mut has_month, mut has_time) = (false, false, false);
        let mut letters = code.chars();
        while let Some(letter) = letters.next() {
            match letter {
                // What follows is a letter, a width or a filling.
                '\\' | '_' | '*' => {
                    letters.next();
                }
                '"' => {
                    letters.by_ref().find(|&it| it == '"');
                }
                '[' => {
                    let inner: String = letters.by_ref().take_while(|&it| it != ']').collect();
                    let inner = inner.to_ascii_lowercase();
                    let is_one =
                        |unit: char| !inner.is_empty() && inner.chars().all(|it| it == unit);
                    if ['h', 'm', 's'].into_iter().any(is_one) {
                        return Format::Duration;
                    }
                }
                ';' => break,
                'y' | 'Y' | 'd' | 'D' => has_day = true,
                'm' | 'M' => has_month = true,
                'h' | 'H' | 's' | 'S' => has_time = true,
                _ => {}
            }
        }
        match (has_day || has_month, has_time) {
            (_, true) => Format::DateTime,
            (true, false) => Format::Date,
            (false, false) => Format::Number,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_tells_whether_a_number_is_a_date() {
        for (code, expected) in [
            ("General", Format::Number),
            ("0.00", Format::Number),
            ("#,##0.00;[Red]-#,##0.00", Format::Number),
            ("0.00E+00", Format::Number),
            ("_-* #,##0.00\\ \"days\"_-", Format::Number),
            ("\"¥\"#,##0", Format::Number),
            ("yyyy-mm-dd", Format::Date),
            ("yyyy\"年\"m\"月\"d\"日\"", Format::Date),
            ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", Format::Date),
            ("mmm-yy", Format::Date),
            ("yyyy/m/d\\ h:mm;@", Format::DateTime),
            ("m/d/yy h:mm AM/PM", Format::DateTime),
            ("mm:ss.0", Format::DateTime),
            ("[h]:mm:ss", Format::Duration),
            ("[Red][hh]:mm", Format::Duration),
        ] {
            assert_eq!(Format::of_code(code), expected, "{code}");
        }
        assert_eq!(Format::built_in(14), Format::Date);
        assert_eq!(Format::built_in(22), Format::DateTime);
        assert_eq!(Format::built_in(2), Format::Number);
    }
}
