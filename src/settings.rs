//! What this browser remembers of the screen: language and theme. Shop data are never here.
//!
//! `?lang=` and `?theme=` in the URL go before what is remembered, for one visit.

use crate::components::focus_on;
use crate::i18n::{Format, Lang, Words};
use crate::remembered::{remember, remembered};
use crate::timings::after_paint;
use leptos::prelude::*;

const LANG_KEY: &str = "regulars.lang";
const THEME_KEY: &str = "regulars.theme";

/// Light, dark, or as the system has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// As it stands in the URL.
    pub const fn code(self) -> &'static str {
        match self {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    /// The theme of a code.
    pub fn of_code(code: &str) -> Option<Theme> {
        [Theme::System, Theme::Light, Theme::Dark].into_iter().find(|it| it.code() == code)
    }
}

/// Language and theme of the screen.
#[derive(Clone, Copy)]
pub struct Settings {
    /// The language.
    pub lang: RwSignal<Lang>,
    /// The theme.
    pub theme: RwSignal<Theme>,
}

impl Settings {
    /// From the URL, else as remembered, else as the browser has it.
    pub fn load() -> Settings {
        let query = window().location().search().unwrap_or_default();
        let query = web_sys::UrlSearchParams::new_with_str(&query).ok();
        let param = |name: &str| query.as_ref().and_then(|it| it.get(name));
        let browser = || window().navigator().language();
        let lang = param("lang").or_else(|| remembered(LANG_KEY)).or_else(browser);
        let theme = param("theme").or_else(|| remembered(THEME_KEY));
        Settings {
            lang: RwSignal::new(Lang::of_tag(&lang.unwrap_or_default())),
            theme: RwSignal::new(theme.and_then(|it| Theme::of_code(&it)).unwrap_or_default()),
        }
    }

    /// Chooses a language and remembers it. A browser that remembers nothing still shows it. The
    /// screen is made anew, and the focus goes to what stands there for the control, by its selector.
    pub fn choose_lang(self, lang: Lang, control: &'static str) {
        remember(LANG_KEY, Some(lang.tag()));
        self.lang.set(lang);
        after_paint(move || focus_on(control));
    }

    /// Chooses a theme and remembers it.
    pub fn choose_theme(self, theme: Theme) {
        remember(THEME_KEY, Some(theme.code()));
        self.theme.set(theme);
    }

    /// Keeps `<html lang>` and `<html data-theme>` as chosen, also when the system changes.
    pub fn apply(self) {
        let system = system_is_dark();
        Effect::new(move || {
            let Some(html) = document().document_element() else { return };
            let dark = match self.theme.get() {
                Theme::Dark => true,
                Theme::Light => false,
                Theme::System => system.get(),
            };
            let _ = html.set_attribute("data-theme", if dark { "dark" } else { "light" });
            let _ = html.set_attribute("lang", self.lang.get().tag());
        });
    }
}

fn system_is_dark() -> RwSignal<bool> {
    use wasm_bindgen::prelude::*;
    let query = window().match_media("(prefers-color-scheme: dark)").ok().flatten();
    let dark = RwSignal::new(query.as_ref().is_some_and(web_sys::MediaQueryList::matches));
    if let Some(query) = query {
        let changed = query.clone();
        let on_change = Closure::<dyn Fn()>::new(move || dark.set(changed.matches()));
        query.set_onchange(Some(on_change.as_ref().unchecked_ref()));
        on_change.forget();
    }
    dark
}

/// The words for when no context is left: of the language on `<html>`.
pub fn remembered_words() -> Words {
    let html = document().document_element();
    let tag = html.and_then(|it| it.get_attribute("lang")).unwrap_or_default();
    Words { lang: Lang::of_tag(&tag) }
}

/// The words of the screen's language. A screen is made anew when the language changes, so they
/// are read once.
pub fn words() -> Words {
    Words { lang: expect_context::<Settings>().lang.get_untracked() }
}

/// The formats of the screen's language.
pub fn formats() -> Format {
    Format::of(words())
}
