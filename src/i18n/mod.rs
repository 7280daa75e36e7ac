//! Every word on screen, in English and 简体中文 side by side: a text that lacks one of the two
//! does not compile. Numbers, dates and money are written by the browser's `Intl`.

#[macro_use]
mod words;
mod acquire;
mod acts;
mod churn;
mod codes;
mod common;
mod cross_sell;
mod explore;
mod format;
mod importing;
mod insights;
mod keeping;
mod labels;
mod leaving;
mod lifecycle;
mod likely;
mod lock;
mod mapping;
mod offline;
mod outreach;
mod own_data;
mod people;
mod platforms;
mod product;
mod products;
mod rates;
mod records;
mod reports;
mod rules;
mod satisfaction;
mod scoring;
mod segments;
mod summaries;
mod sync;
mod sync_news;
mod sync_troubles;
mod targets;
mod terms;
mod tiers;
mod today;
mod traits;
mod value;

pub use format::Format;
pub use terms::group_color;

/// A language of the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// 简体中文.
    Zh,
}

impl Lang {
    /// Tag of BCP 47, as it stands in the URL and on `<html lang>`.
    pub const fn tag(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::Zh => "zh-CN",
        }
    }

    /// The language that a tag means; any Chinese is 简体中文, all else English.
    pub fn of_tag(tag: &str) -> Lang {
        if tag.to_ascii_lowercase().starts_with("zh") { Lang::Zh } else { Lang::En }
    }

    /// The language in whose order the engine sorts names.
    pub const fn of_names(self) -> protocol::Language {
        match self {
            Lang::En => protocol::Language::English,
            Lang::Zh => protocol::Language::Chinese,
        }
    }

    /// The other one.
    #[must_use]
    pub const fn other(self) -> Lang {
        match self {
            Lang::En => Lang::Zh,
            Lang::Zh => Lang::En,
        }
    }
}

/// The words of one language. Texts are its methods, spread over this folder by subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    /// The language.
    pub lang: Lang,
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::{Path, PathBuf};

    fn sources(folder: &Path) -> Vec<PathBuf> {
        let entries = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path());
        entries.flat_map(|it| if it.is_dir() { sources(&it) } else { vec![it] }).collect()
    }

    /// The name of the text that a line declares: `save: "…"` or `(n: &str) filter: "…"`.
    fn declared(line: &str) -> Option<&str> {
        let (before, _) = line.strip_prefix("    ")?.split_once(": \"")?;
        let name = before.rsplit(' ').next()?;
        name.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_').then_some(name)
    }

    fn name_at_start(text: &str) -> &str {
        let is_of_name = |it: char| it.is_ascii_alphanumeric() || it == '_';
        text.split(|it| !is_of_name(it)).next().unwrap_or_default()
    }

    #[test]
    fn every_text_stands_on_some_screen() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let files: Vec<String> =
            sources(&folder).iter().map(|it| fs::read_to_string(it).unwrap()).collect();
        let all = files.concat();
        let before = ["Words::", "t.", "self.", "words()."];
        let named = before.iter().flat_map(|it| all.split(it).skip(1)).map(name_at_start);
        let used: BTreeSet<&str> = named.collect();
        let declaring = files.iter().filter(|it| it.contains("\nwords! {"));
        let texts: Vec<&str> = declaring.flat_map(|it| it.lines()).filter_map(declared).collect();
        assert!(texts.len() > 200, "{} texts found", texts.len());
        let unused: Vec<&&str> = texts.iter().filter(|it| !used.contains(**it)).collect();
        assert!(unused.is_empty(), "{unused:?}");
    }
}
