//! The app: contexts, routes, and what stands in place of a screen when the engine cannot start.

use crate::address::base;
use crate::client::Engine;
use crate::components::{EmptyState, StateKind, ToastRegion, Toasts};
use crate::data::Data;
use crate::import_flow::ImportFlow;
use crate::pages;
use crate::settings::{Settings, words};
use crate::shell::Shell;
use crate::timings;
use leptos::prelude::*;
use leptos_router::components::{Route, Router, Routes};
use leptos_router::path;
use protocol::{Problem, Request};

/// Every screen's address. The build writes a file for each, so that any static host serves them.
pub const ROUTES: [&str; 26] = [
    "/", "/customers", "/customer", "/orders", "/order", "/products", "/product", "/tasks", "/rfm",
    "/tiers", "/lifecycle", "/cohorts", "/churn", "/value", "/cross-sell", "/satisfaction",
    "/explore", "/segments", "/segment", "/key-accounts", "/credit", "/duplicates", "/quality",
    "/import", "/data", "/settings",
];

/// Puts the app into the page.
pub fn mount() {
    leptos::mount::mount_to_body(App);
}

/// The app.
#[component]
pub fn App() -> impl IntoView {
    let settings = Settings::load();
    settings.apply();
    provide_context(settings);
    match Engine::start() {
        Ok(engine) => {
            provide_context(engine);
            provide_context(Data::new(engine));
            view! { <Site /> }.into_any()
        }
        Err(_) => {
            timings::content_is_there();
            let t = words();
            let text = t.internal("Web Worker");
            view! { <EmptyState title=t.problem_title() text=text kind=StateKind::Error /> }.into_any()
        }
    }
}

/// All screens in the language chosen: made anew when another is chosen.
#[component]
fn Site() -> impl IntoView {
    let settings = expect_context::<Settings>();
    let engine = expect_context::<Engine>();
    provide_context(Toasts::provide());
    greet(engine);
    Effect::new(move || timings::set_flag("data-busy", engine.waiting.get() > 0));
    let site = move || {
        let _ = settings.lang.get();
        let t = words();
        view! {
            <Localised />
            <ToastRegion label=t.nav_label() dismiss_label=t.close() />
        }
    };
    view! { <Router base=base()>{site}</Router> }
}

/// Tells the engine which build the page is of; an engine of another build ends the talk.
fn greet(engine: Engine) {
    leptos::task::spawn_local(async move {
        let hello = Request::Hello { build: crate::client::BUILD.to_owned() };
        if let Err(problem) = engine.ask(hello).await
            && engine.broken.get_untracked().is_none()
        {
            engine.broken.set(Some(problem));
        }
    });
}

#[component]
fn Localised() -> impl IntoView {
    provide_context(ImportFlow::new());
    let engine = expect_context::<Engine>();
    let broken = move || {
        engine.broken.get().map(|problem| {
            timings::content_is_there();
            view! { <Broken problem /> }
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

#[component]
fn Screens() -> impl IntoView {
    view! {
        <Routes fallback=|| view! { <pages::NoPage /> }>
            <Route path=path!("") view=pages::Today />
            <Route path=path!("customers") view=pages::Customers />
            <Route path=path!("customer") view=pages::Customer />
            <Route path=path!("rfm") view=pages::Rfm />
            <Route path=path!("tiers") view=pages::Tiers />
            <Route path=path!("import") view=pages::Import />
            <Route path=path!("data") view=pages::Data />
            <Route path=path!("settings") view=pages::SettingsPage />
            <Route path=path!("orders") view=|| view! { <pages::NotYet title=|t| t.nav_orders() /> } />
            <Route path=path!("order") view=|| view! { <pages::NotYet title=|t| t.nav_orders() /> } />
            <Route path=path!("products") view=|| view! { <pages::NotYet title=|t| t.nav_products() /> } />
            <Route path=path!("product") view=|| view! { <pages::NotYet title=|t| t.nav_products() /> } />
            <Route path=path!("tasks") view=|| view! { <pages::NotYet title=|t| t.nav_tasks() /> } />
            <Route path=path!("lifecycle") view=|| view! { <pages::NotYet title=|t| t.nav_lifecycle() /> } />
            <Route path=path!("cohorts") view=|| view! { <pages::NotYet title=|t| t.nav_cohorts() /> } />
            <Route path=path!("churn") view=|| view! { <pages::NotYet title=|t| t.nav_churn() /> } />
            <Route path=path!("value") view=|| view! { <pages::NotYet title=|t| t.nav_value() /> } />
            <Route path=path!("cross-sell") view=|| view! { <pages::NotYet title=|t| t.nav_cross_sell() /> } />
            <Route path=path!("satisfaction") view=|| view! { <pages::NotYet title=|t| t.nav_satisfaction() /> } />
            <Route path=path!("explore") view=|| view! { <pages::NotYet title=|t| t.nav_explore() /> } />
            <Route path=path!("segments") view=|| view! { <pages::NotYet title=|t| t.nav_segments() /> } />
            <Route path=path!("segment") view=|| view! { <pages::NotYet title=|t| t.nav_segments() /> } />
            <Route path=path!("key-accounts") view=|| view! { <pages::NotYet title=|t| t.nav_key_accounts() /> } />
            <Route path=path!("credit") view=|| view! { <pages::NotYet title=|t| t.nav_credit() /> } />
            <Route path=path!("duplicates") view=|| view! { <pages::NotYet title=|t| t.nav_duplicates() /> } />
            <Route path=path!("quality") view=|| view! { <pages::NotYet title=|t| t.nav_quality() /> } />
        </Routes>
    }
}

/// The engine cannot work any more: says why, and offers to begin again.
#[component]
fn Broken(problem: Problem) -> impl IntoView {
    let t = words();
    view! {
        <EmptyState title=t.problem_title() text=t.problem(&problem) kind=StateKind::Error>
            <button class="button button--primary" on:click=|_| reload()>{t.reload()}</button>
        </EmptyState>
    }
}

fn reload() {
    // A page that cannot be reloaded cannot be helped from inside.
    let _ = window().location().reload();
}
