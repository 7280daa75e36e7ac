//! The frame of every screen: navigation, lens, language, and the files dropped anywhere.

use crate::address::{base, use_link};
use crate::components::{DropZone, Icon, IconName};
use crate::data::Data;
use crate::import_flow::ImportFlow;
use crate::settings::{Settings, formats, words};
use gloo_storage::{LocalStorage, Storage};
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_navigate};

mod banner;
mod lens_bar;
mod search_box;

use banner::Banners;
use lens_bar::LensBar;
use search_box::SearchBox;

/// The frame around `children`. On the first run there is nothing to navigate, so it is bare.
#[component]
pub fn Shell(children: Children) -> impl IntoView {
    let t = words();
    let data = expect_context::<Data>();
    let flow = expect_context::<ImportFlow>();
    let (location, navigate) = (use_location(), use_navigate());
    let at_root = move || location.pathname.read().trim_end_matches('/') == base();
    let bare = Memo::new(move |_| at_root() && is_first_run(data));
    remember_visit(data);
    let on_files = Callback::new(move |files| {
        flow.inspect(files);
        if !at_root() || !bare.get_untracked() {
            navigate(&format!("{}/import", base()), leptos_router::NavigateOptions::default());
        }
    });
    view! {
        <a class="skip-link" href="#main">{t.skip_to_content()}</a>
        <DropZone on_files=on_files text=t.drop_here() hint=t.drop_hint() />
        <div class="app" class:app--bare=bare>
            <Show when=move || !bare.get()>
                <Navigation />
            </Show>
            <div class="page">
                <Show when=move || !bare.get()>
                    <TopBar />
                </Show>
                <main class="main" id="main" tabindex="-1">
                    <Banners />
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

/// Whether nothing has been imported, as far as is known.
pub fn is_first_run(data: Data) -> bool {
    data.is_empty().unwrap_or_else(|| last_visit().is_none())
}

/// Whether the sample shop is shown, as far as is known.
fn is_sample(data: Data) -> bool {
    let known = data.shop.with(|shop| shop.as_ref().map(|it| it.sample));
    known.unwrap_or_else(|| last_visit().as_deref() == Some(SAMPLE))
}

fn last_visit() -> Option<String> {
    LocalStorage::raw().get_item(LAST_VISIT_KEY).ok().flatten()
}

fn remember_visit(data: Data) {
    Effect::new(move || {
        let storage = LocalStorage::raw();
        // A browser that remembers nothing shows the first frame a moment longer.
        let _ = match data.is_empty() {
            Some(false) => {
                storage.set_item(LAST_VISIT_KEY, if is_sample(data) { SAMPLE } else { OWN })
            }
            Some(true) => storage.remove_item(LAST_VISIT_KEY),
            None => Ok(()),
        };
    });
}

/// A screen in the navigation: path, name, icon, and whether it stays in the bottom bar.
type Entry = (&'static str, &'static str, IconName, bool);

#[component]
fn Navigation() -> impl IntoView {
    let t = words();
    let open = RwSignal::new(false);
    let close_on_escape = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Escape" {
            open.set(false);
        }
    };
    let groups: [(&str, Vec<Entry>); 4] = [
        (
            "",
            vec![
                ("/", t.nav_today(), IconName::Today, true),
                ("/customers", t.nav_customers(), IconName::Customers, true),
                ("/orders", t.nav_orders(), IconName::Orders, false),
                ("/products", t.nav_products(), IconName::Products, false),
            ],
        ),
        (
            t.nav_insights(),
            vec![
                ("/rfm", t.nav_rfm(), IconName::Rfm, true),
                ("/tiers", t.nav_tiers(), IconName::Tiers, true),
                ("/lifecycle", t.nav_lifecycle(), IconName::Lifecycle, false),
                ("/cohorts", t.nav_cohorts(), IconName::Cohorts, false),
                ("/churn", t.nav_churn(), IconName::Churn, false),
                ("/value", t.nav_value(), IconName::Value, false),
                ("/cross-sell", t.nav_cross_sell(), IconName::CrossSell, false),
                ("/satisfaction", t.nav_satisfaction(), IconName::Satisfaction, false),
                ("/explore", t.nav_explore(), IconName::Explore, false),
            ],
        ),
        (
            t.nav_work(),
            vec![
                ("/segments", t.nav_segments(), IconName::Segments, false),
                ("/tasks", t.nav_tasks(), IconName::Tasks, false),
            ],
        ),
        (
            t.nav_shop(),
            vec![
                ("/import", t.nav_import(), IconName::Import, false),
                ("/data", t.nav_data(), IconName::Data, false),
                ("/settings", t.nav_settings(), IconName::Settings, false),
            ],
        ),
    ];
    let groups = groups.into_iter().map(|(title, entries)| {
        let links = entries.into_iter().map(|entry| view! { <NavLink entry /> }).collect_view();
        let heading = (!title.is_empty()).then(|| view! { <h2 class="nav__title">{title}</h2> });
        view! { <div class="nav__group">{heading}{links}</div> }
    });
    view! {
        <nav class="nav" class:nav--open=open aria-label=t.nav_label() on:click=move |_| open.set(false) on:keydown=close_on_escape>
            <Brand />
            {groups.collect_view()}
            <button
                class="nav__more"
                type="button"
                aria-expanded=move || open.get().to_string()
                on:click=move |event| {
                    event.stop_propagation();
                    open.update(|it| *it = !*it);
                }
            >
                <Icon name=IconName::More />
                <span class="nav__label">{t.nav_more()}</span>
            </button>
        </nav>
    }
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

#[component]
fn NavLink(entry: Entry) -> impl IntoView {
    let (path, name, icon, core) = entry;
    let (link, location) = (use_link(), use_location());
    let data = expect_context::<Data>();
    let here = move || {
        let current = location.pathname.get();
        let current = current.trim_end_matches('/');
        let target = format!("{}{}", base(), path.trim_end_matches('/'));
        let detail = path == "/customers" && current == format!("{}/customer", base());
        if current == target || detail { "page" } else { "false" }
    };
    let count = move || {
        let shop = data.shop.read();
        let shop = shop.as_ref()?;
        let number = match path {
            "/customers" => shop.customers,
            "/orders" => shop.orders,
            _ => return None,
        };
        Some(view! { <b class="nav__count">{formats().count(number)}</b> })
    };
    view! {
        <a class="nav__link" class:nav__link--core=core href=move || link(path) aria-current=here>
            <Icon name=icon />
            <span class="nav__label">{name}</span>
            {count}
        </a>
    }
}

#[component]
fn TopBar() -> impl IntoView {
    view! {
        <header class="topbar">
            <LensBar />
            <span class="topbar__grow"></span>
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
            on:click=move |_| settings.choose_lang(t.lang.other())
        >
            {t.switch_language()}
        </button>
    }
}
