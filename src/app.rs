//! The app: contexts, routes, and what stands in place of a screen when the engine cannot start.

use crate::address::{self, base, share_query};
use crate::backups::Backups;
use crate::client::Engine;
use crate::components::{EmptyState, StateKind, ToastRegion, Toasts, focus_heading_if_lost};
use crate::crash;
use crate::data::Data;
use crate::i18n::Words;
use crate::import_flow::ImportFlow;
use crate::pages;
use crate::parts::{self, Screen, apart};
use crate::settings::{Settings, words};
use crate::shell::{PartsThere, Shell, forget_visit};
use crate::timings;
use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::hooks::use_location;
use leptos_router::path;
use protocol::{Problem, Request, Response};

/// Puts the app into the page.
pub fn mount() {
    crash::watch();
    address::take_off_slash();
    leptos::mount::mount_to_body(App);
}

/// The app.
#[component]
pub fn App() -> impl IntoView {
    let settings = Settings::load();
    settings.apply();
    provide_context(settings);
    if let Ok(engine) = Engine::start() {
        provide_context(engine);
        provide_context(Data::new(engine));
        return view! { <Site /> }.into_any();
    }
    timings::content_is_there();
    let t = words();
    let text = t.problem(&Problem::EngineStopped("Web Worker".to_owned()));
    view! { <EmptyState title=t.problem_title() text=text kind=StateKind::Error /> }.into_any()
}

/// All screens in the language chosen: made anew when another is chosen.
#[component]
fn Site() -> impl IntoView {
    let settings = expect_context::<Settings>();
    let engine = expect_context::<Engine>();
    let toasts = Toasts::provide();
    provide_context(toasts);
    // What is being read goes on in another language.
    provide_context(ImportFlow::start());
    Backups::provide(engine, toasts);
    greet(engine);
    let parts_there = RwSignal::new(false);
    provide_context(PartsThere(parts_there));
    timings::after_open(move || parts::load_ahead(parts_there));
    Effect::new(move || timings::set_flag("data-busy", engine.waiting.get() > 0));
    let site = move || {
        let _ = settings.lang.get();
        let t = words();
        view! {
            <Localised />
            <ToastRegion label=t.messages() dismiss_label=t.close() />
        }
    };
    view! { <Router base=base()>{site}</Router> }
}

/// Tells the engine which build the page is of; an engine of another build ends the talk.
fn greet(engine: Engine) {
    leptos::task::spawn_local(async move {
        let hello = Request::Hello { build: crate::build_id::BUILD.to_owned() };
        match engine.ask(hello).await {
            // The announcement may have come before anybody listened.
            Ok(Response::Shop(shop)) => engine.revision.set(shop.revision),
            Err(problem) if engine.broken.get_untracked().is_none() => {
                engine.broken.set(Some(problem));
            }
            _ => {}
        }
    });
}

#[component]
fn Localised() -> impl IntoView {
    let location = use_location();
    let screen = Memo::new(move |_| location.pathname.read().trim_end_matches('/').to_owned());
    // Another screen is not ready before its own first content is painted.
    Effect::new(move |before: Option<()>| {
        // Read: tracking alone would not have the memo worked out, and so hear of nothing.
        drop(screen.read());
        timings::await_content();
        if before.is_some() {
            timings::after_next_content(focus_heading_if_lost);
        }
    });
    let engine = expect_context::<Engine>();
    let broken = move || {
        engine.broken.get().map(|problem| {
            if let Problem::Lock(_) = problem {
                return apart(Screen::Lock);
            }
            timings::content_is_there();
            view! { <Broken problem /> }.into_any()
        })
    };
    view! {
        <Show when=move || engine.broken.read().is_none() fallback=broken>
            <Shell>
                <Screens />
            </Shell>
        </Show>
    }
}

/// The screens. Addresses without one of their own share the fallback: a route each would cost
/// more download than the page that they show.
#[component]
fn Screens() -> impl IntoView {
    view! {
        <FlatRoutes fallback=Elsewhere>
            <Route path=path!("") view=today />
            <Route path=path!("customers") view=|| apart(Screen::Customers) />
            <Route path=path!("customer") view=|| apart(Screen::Customer) />
            <Route path=path!("outreach") view=|| apart(Screen::Outreach) />
            <Route path=path!("rfm") view=|| apart(Screen::Rfm) />
            <Route path=path!("tiers") view=|| apart(Screen::Tiers) />
            <Route path=path!("lifecycle") view=|| apart(Screen::Lifecycle) />
            <Route path=path!("cohorts") view=|| apart(Screen::Cohorts) />
            <Route path=path!("churn") view=|| apart(Screen::Churn) />
            <Route path=path!("value") view=|| apart(Screen::Value) />
            <Route path=path!("cross-sell") view=|| apart(Screen::CrossSell) />
            <Route path=path!("satisfaction") view=|| apart(Screen::Satisfaction) />
            <Route path=path!("explore") view=|| apart(Screen::Explore) />
            <Route path=path!("reports") view=|| apart(Screen::Reports) />
            <Route path=path!("traits") view=|| apart(Screen::Traits) />
            <Route path=path!("products") view=|| apart(Screen::Products) />
            <Route path=path!("product") view=|| apart(Screen::Product) />
            <Route path=path!("segments") view=|| apart(Screen::Segments) />
            <Route path=path!("segment") view=|| apart(Screen::Segment) />
            <Route path=path!("import") view=|| apart(Screen::Import) />
            <Route path=path!("data") view=|| apart(Screen::Data) />
            <Route path=path!("settings") view=|| apart(Screen::Settings) />
        </FlatRoutes>
    }
}

fn today() -> impl IntoView {
    share_query();
    pages::Today()
}

/// What a screen is called.
type Title = fn(Words) -> &'static str;

/// Screens that have their address and come later, and what they are called.
const LATER: [(&str, Title); 7] = [
    ("/orders", Words::nav_orders),
    ("/order", Words::nav_orders),
    ("/tasks", Words::nav_tasks),
    ("/key-accounts", Words::nav_key_accounts),
    ("/credit", Words::nav_credit),
    ("/duplicates", Words::nav_duplicates),
    ("/quality", Words::nav_quality),
];

/// Whether the screen of an address comes later.
#[cfg(test)]
pub(crate) fn is_later(path: &str) -> bool {
    LATER.iter().any(|(address, _)| *address == path)
}

/// A screen that comes later, or no screen at all.
#[component]
fn Elsewhere() -> impl IntoView {
    let location = use_location();
    move || {
        let path = location.pathname.get();
        let path = path.strip_prefix(&base()).unwrap_or(&path).trim_end_matches('/').to_owned();
        match LATER.iter().find(|(address, _)| *address == path) {
            Some(&(_, title)) => view! { <pages::NotYet title /> }.into_any(),
            None => view! { <pages::NoPage /> }.into_any(),
        }
    }
}

/// The engine cannot work any more: says why, and offers to begin again.
#[component]
fn Broken(problem: Problem) -> impl IntoView {
    let t = words();
    let engine = expect_context::<Engine>();
    let erase = move |_| {
        leptos::task::spawn_local(async move {
            match engine.ask(Request::EraseAll).await {
                Ok(_) => {
                    forget_visit();
                    reload();
                }
                Err(problem) => engine.broken.set(Some(problem)),
            }
        });
    };
    let erase = matches!(problem, Problem::StorageUnreadable(_)).then(|| {
        view! {
            <button class="button button--danger" data-action="delete-all" on:click=erase>
                {t.erase_and_begin()}
            </button>
        }
    });
    view! {
        <EmptyState title=t.problem_title() text=t.problem(&problem) kind=StateKind::Error>
            <button class="button button--primary" on:click=|_| reload()>{t.reload()}</button>
            {erase}
        </EmptyState>
    }
}

fn reload() {
    // A page that cannot be reloaded cannot be helped from inside.
    let _ = window().location().reload();
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::routes::ROUTES;
    use std::collections::BTreeSet;

    #[test]
    fn every_address_has_its_screen_and_every_screen_its_address() {
        let drawn = include_str!("app.rs").split("path=path!(\"").skip(1);
        let drawn = drawn.filter_map(|it| it.split_once('"')).map(|(path, _)| format!("/{path}"));
        let later = LATER.iter().map(|(path, _)| (*path).to_owned());
        let screens: Vec<String> = drawn.chain(later).collect();
        let addresses: BTreeSet<String> = screens.iter().cloned().collect();
        assert_eq!(addresses.len(), screens.len(), "none twice");
        assert_eq!(addresses, ROUTES.map(str::to_owned).into());
    }
}
