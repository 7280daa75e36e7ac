//! Sentences for the codes of an import: why a file or a row cannot be used, what to know of it.

mod refusals;
mod warnings;

use super::{Lang, Words};
use protocol::Coded;
use refusals::{REASONS, REFUSALS};
use warnings::WARNINGS;

/// Code, English, 简体中文. `{}` is the detail.
type Sentence = (&'static str, &'static str, &'static str);

/// What to know of a table that came out of a workbook or an archive.
const NOTES: &[Sentence] = &[
    ("hidden_sheets", "Hidden sheets were left out: {}", "已忽略隐藏的工作表：{}"),
    (
        "members_left_out",
        "Files in it that are no tables were left out: {}",
        "已忽略其中不是表格的文件：{}",
    ),
];

impl Words {
    /// Why a file is refused.
    pub fn refusal(self, refusal: &Coded) -> String {
        let sentence = self.sentence(REFUSALS, &refusal.code, None);
        // A line of the detail for each place of the sentence.
        let mut lines = refusal.detail.lines().enumerate();
        let mut pieces = sentence.split("{}");
        let mut said = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            let (at, line) = lines.next().unwrap_or_default();
            match (refusal.code.as_str(), at) {
                ("too_large", _) => said += &self.bytes(line.parse().unwrap_or(0)),
                ("not_a_table", _) => said += self.kind(line),
                ("unknown_kind" | "missing_columns", 0) => {
                    let roles: Vec<&str> = line.split(',').map(|role| self.role(role)).collect();
                    said += &self.list(&roles);
                }
                _ => said += line,
            }
            said += piece;
        }
        said
    }

    /// Why a row cannot be used.
    pub fn reason(self, code: &str, detail: &str) -> String {
        self.sentence(REASONS, code, Some(detail))
    }

    /// What to know of a file.
    pub fn warning(self, warning: &Coded) -> String {
        if NOTES.iter().any(|(known, _, _)| *known == warning.code) {
            return self.sentence(NOTES, &warning.code, Some(&warning.detail));
        }
        if warning.code != "column_assumed" {
            return self.sentence(WARNINGS, &warning.code, Some(&warning.detail));
        }
        let (role, column) = warning.detail.split_once('\n').unwrap_or_default();
        let sentence = self.sentence(WARNINGS, &warning.code, None);
        sentence.replace("{role}", self.role(role)).replace("{}", column)
    }

    /// What a file is that is no table.
    fn kind(self, code: &str) -> &str {
        match (self.lang, code) {
            (_, "json") => "JSON",
            (Lang::En, "picture") => "a picture",
            (Lang::En, "pdf") => "a PDF document",
            (Lang::En, "spreadsheet") => "a spreadsheet file",
            (Lang::En, "archive") => "a packed file",
            (Lang::En, "web_page") => "a web page",
            (Lang::En, "plain_text") => "plain text",
            (Lang::En, "binary") => "a program's own format",
            (Lang::Zh, "picture") => "图片",
            (Lang::Zh, "pdf") => "PDF 文档",
            (Lang::Zh, "spreadsheet") => "电子表格文件",
            (Lang::Zh, "archive") => "压缩文件",
            (Lang::Zh, "web_page") => "网页",
            (Lang::Zh, "plain_text") => "纯文本",
            (Lang::Zh, "binary") => "其他程序的格式",
            _ => code,
        }
    }

    /// A code without a sentence is shown as it is.
    fn sentence(self, sentences: &[Sentence], code: &str, detail: Option<&str>) -> String {
        let known = sentences.iter().find(|(known, _, _)| *known == code);
        let text = known.map_or(code, |(_, en, zh)| match self.lang {
            Lang::En => en,
            Lang::Zh => zh,
        });
        detail.map_or_else(|| text.to_owned(), |detail| text.replace("{}", detail))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_warning_has_a_sentence() {
        for code in ingest::WarningCode::ALL {
            assert!(WARNINGS.iter().any(|(known, _, _)| *known == code.code()), "{}", code.code());
        }
        assert_eq!(WARNINGS.len(), ingest::WarningCode::ALL.len());
    }

    #[test]
    fn everything_that_is_said_of_a_container_has_a_sentence() {
        let says =
            |sentences: &[Sentence], code| sentences.iter().any(|(known, _, _)| *known == code);
        for refusal in containers::Refusal::ALL {
            assert!(says(REFUSALS, refusal.code()), "{refusal:?}");
        }
        for note in containers::NoteCode::ALL {
            assert!(says(NOTES, note.code()) || says(WARNINGS, note.code()), "{note:?}");
        }
    }

    #[test]
    fn both_languages_use_the_detail() {
        for (code, en, zh) in REFUSALS.iter().chain(REASONS).chain(WARNINGS).chain(NOTES) {
            assert_eq!(en.matches("{}").count(), zh.matches("{}").count(), "{code}");
        }
    }

    #[test]
    fn a_column_that_was_assumed_is_named_with_what_it_was_taken_for() {
        for (lang, detail, parts) in [
            (Lang::En, "unit_price\nSale {role}", ["“Sale {role}”", "the price of one;"]),
            (Lang::Zh, "total\n售价", ["“售价”列", "当作金额："]),
        ] {
            let (code, detail) = ("column_assumed".to_owned(), detail.to_owned());
            let said = Words { lang }.warning(&Coded { code, detail, count: 1, line: None });
            assert!(parts.iter().all(|part| said.contains(part)), "{said}");
        }
    }

    #[test]
    fn a_refusal_names_what_is_missing_what_is_there_and_what_would_do() {
        let refusal = |code: &str, detail: &str| Coded {
            code: code.to_owned(),
            detail: detail.to_owned(),
            count: 0,
            line: None,
        };
        for (lang, code, detail, parts) in [
            (
                Lang::Zh,
                "missing_columns",
                "ordered_at,total\n单号, 备注\n日期",
                &["日期、金额", "单号, 备注"][..],
            ),
            (
                Lang::En,
                "missing_columns",
                "ordered_at\nWhen?, {}\nDate",
                &[": date.", "When?, {}", "again: Date."],
            ),
            (
                Lang::En,
                "unknown_kind",
                "order_number,total\nsku\nOrder ID",
                &["order number, amount", "sku"],
            ),
            (Lang::En, "not_a_table", "pdf", &["a PDF document"]),
        ] {
            let said = Words { lang }.refusal(&refusal(code, detail));
            assert!(parts.iter().all(|part| said.contains(part)), "{said}");
            assert!(!said.contains("ordered_at"), "{said}");
        }
    }
}
