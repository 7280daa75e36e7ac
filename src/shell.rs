//! The frame of every screen: navigation, lens, language, and the files dropped anywhere.

use crate::address::{base, whole};
use crate::backups::{Backups, is_backup};
use crate::components::{DropZone, Picked};
use crate::data::Data;
use crate::import_flow::ImportFlow;
use crate::parts::{Screen, apart};
use crate::remembered::{remember, remembered};
use crate::settings::{Settings, words};
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_navigate};

mod banner;
mod lens_bar;
mod lock_button;
mod navigation;
mod search_box;
mod sync_badge;

use banner::Banners;
use lens_bar::LensBar;
use lock_button::LockButton;
use navigation::Navigation;
use search_box::SearchBox;
use sync_badge::SyncBadge;

/// The frame around `children`. On the first run there is nothing to navigate, so it is bare.
#[component]
pub fn Shell(children: Children) -> impl IntoView {
    let t = words();
    let data = expect_context::<Data>();
    let (flow, backups) = (expect_context::<ImportFlow>(), Backups::here());
    let (location, navigate) = (use_location(), use_navigate());
    let at_root = move || location.pathname.read().trim_end_matches('/') == base();
    let bare = Memo::new(move |_| at_root() && is_first_run(data));
    let was_own = remembered(LAST_VISIT_KEY).as_deref() == Some(OWN);
    remember_visit(data);
    let on_files = Callback::new(move |picked: Picked| {
        if let Some(backup) = picked.files.iter().find(|file| is_backup(&file.name())) {
            backups.dropped.set(Some(backup.clone()));
            navigate(&format!("{}/data", base()), whole());
            return;
        }
        flow.inspect(picked);
        if !at_root() || !bare.get_untracked() {
            navigate(&format!("{}/import", base()), whole());
        }
    });
    view! {
        <a class="skip-link" href="#main">{t.skip_to_content()}</a>
        <DropZone on_files=on_files text=t.drop_here() hint=t.drop_hint() pasted_name=t.pasted_table() />
        <div class="app" class:app--bare=bare>
            <Show when=move || !bare.get()>
                <Navigation />
            </Show>
            <div class="page">
                <Show when=move || !bare.get()>
                    <TopBar />
                </Show>
                <main class="main" id="main" tabindex="-1">
                    <Banners was_own />
                    {children()}
                </main>
            </div>
        </div>
    }
}

/// Where it is remembered what the last visit showed, so that nothing jumps while data open.
const LAST_VISIT_KEY: &str = "regulars.last-visit";
/// The last visit showed the sample shop, and one's own.
const SAMPLE: &str = "sample";
const OWN: &str = "own";

/// The user has deleted what the last visit showed.
pub fn forget_visit() {
    remember(LAST_VISIT_KEY, None);
}

/// Whether nothing has been imported, as far as is known.
pub fn is_first_run(data: Data) -> bool {
    data.is_empty().unwrap_or_else(|| remembered(LAST_VISIT_KEY).is_none())
}

/// Whether the sample shop is shown, as far as is known.
fn is_sample(data: Data) -> bool {
    let known = data.shop.with(|shop| shop.as_ref().map(|it| it.sample));
    known.unwrap_or_else(|| remembered(LAST_VISIT_KEY).as_deref() == Some(SAMPLE))
}

fn remember_visit(data: Data) {
    Effect::new(move || {
        if data.shop.with(|shop| shop.as_ref().is_some_and(|it| it.memory_only)) {
            // What was there at the last visit is out of reach, not gone.
            return;
        }
        // A browser that remembers nothing shows the first frame a moment longer.
        match data.is_empty() {
            Some(false) => {
                remember(LAST_VISIT_KEY, Some(if is_sample(data) { SAMPLE } else { OWN }));
            }
            Some(true) => remember(LAST_VISIT_KEY, None),
            None => {}
        }
    });
}

/// Mark and name of the program, or of the shop once it has one.
#[component]
pub fn Brand() -> impl IntoView {
    let t = words();
    let data = expect_context::<Data>();
    let name = move || {
        let shop = data.shop.read();
        let name = shop.as_ref().map(|shop| shop.profile.name.clone()).filter(|it| !it.is_empty());
        name.unwrap_or_else(|| t.app_name().to_owned())
    };
    view! {
        <div class="nav__brand">
            <span class="nav__mark" aria-hidden="true">"R"</span>
            {name}
        </div>
    }
}

/// Whether every part of the page is there: what can wait in the frame is drawn then.
#[derive(Clone, Copy)]
pub struct PartsThere(pub RwSignal<bool>);

/// What stands in the frame once all is there.
#[component]
pub fn Badges() -> impl IntoView {
    view! {
        <SyncBadge />
        <LockButton />
    }
}

#[component]
fn TopBar() -> impl IntoView {
    let PartsThere(parts_there) = expect_context();
    view! {
        <header class="topbar">
            <LensBar />
            <span class="topbar__grow"></span>
            <Show when=move || parts_there.get()>{apart(Screen::Badges)}</Show>
            <SearchBox />
            <LanguageSwitch />
        </header>
    }
}

/// Changes the screen's language.
#[component]
pub fn LanguageSwitch() -> impl IntoView {
    let settings = expect_context::<Settings>();
    let t = words();
    view! {
        <button
            class="chip"
            type="button"
            lang=t.lang.other().tag()
            data-action="switch-language"
            on:click=move |_| settings.choose_lang(t.lang.other(), "[data-action=switch-language]")
        >
            {t.switch_language()}
        </button>
    }
}
