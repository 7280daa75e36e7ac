//! Every word on screen, in English and 简体中文 side by side: a text that lacks one of the two
//! does not compile. Numbers, dates and money are written by the browser's `Intl`.

#[macro_use]
mod words;
mod codes;
mod common;
mod format;
mod importing;
mod insights;
mod records;
mod terms;

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
