//! The page's side of the service worker (`assets/sw.js`), which keeps the site for when there is no
//! line and says where the syncer may connect: its registration, the notice of a newer version, and
//! the offer to install the page.
//!
//! Everything works without it: not every browser has one, and none does for plain http.

mod install;

pub use install::offer;

use crate::client::Engine;
use crate::settings::words;
use js_sys::{Array, Function, Object, Promise, Reflect};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AddEventListenerOptions, EventTarget, MessageChannel, MessageEvent, RegistrationOptions,
    ServiceWorker, ServiceWorkerContainer, ServiceWorkerRegistration, ServiceWorkerState,
    ServiceWorkerUpdateViaCache,
};

/// The worker's file, beside the first page's. The build writes it (`xtask/src/dist/offline.rs`).
const SCRIPT: &str = "sw.js";

/// A browser looks for a newer version as a page opens; a page that stays open does so itself.
const LOOK_EVERY: Duration = Duration::from_secs(60 * 60);

/// So long it is left in peace after it has opened.
const QUIET: Duration = Duration::from_secs(3);

/// Lets the syncer connect to a server's origin from its next start on, as `https://example.com`, or
/// to none any more. It holds until something else is said, for other visits too. A syncer that
/// runs keeps the policy that it was started with.
///
/// False: it is not allowed, for the origin is no safe one, or this browser has no service worker.
pub async fn allow_connection(origin: Option<&str>) -> bool {
    let said = async {
        let worker = active(&register().await?).await?;
        let message = Object::new();
        let origin = origin.map_or(JsValue::NULL, JsValue::from_str);
        Reflect::set(&message, &"connect".into(), &origin).ok()?;
        let channel = MessageChannel::new().ok()?;
        let answer = heard(&channel.port1(), "message");
        channel.port1().start();
        worker.post_message_with_transferable(&message, &Array::of1(&channel.port2())).ok()?;
        answer.await?.dyn_into::<MessageEvent>().ok()?.data().as_bool()
    };
    said.await.unwrap_or(false)
}

/// Says that a newer version is ready, once it is. The user says when to change to it: what is open
/// goes on with the files of its own version.
pub fn newer_version() -> AnyView {
    let t = words();
    let (is_there, put_off) = (RwSignal::new(false), RwSignal::new(false));
    begin(expect_context::<Engine>(), is_there);
    let shown = move || {
        (is_there.get() && !put_off.get()).then(|| {
            view! {
                <div class="banner banner--acts" role="status" data-newer-version>
                    <span>{t.newer_version()}</span>
                    <div class="banner__acts">
                        <button class="button button--primary" type="button" data-action="change-version" on:click=|_| spawn_local(change())>
                            {t.reload()}
                        </button>
                        <button class="button" type="button" data-action="keep-version" on:click=move |_| put_off.set(true)>
                            {t.backup_later()}
                        </button>
                    </div>
                </div>
            }
        })
    };
    view! { {shown} }.into_any()
}

/// Begins once nobody waits for an answer: to keep the site takes time that an import would lack.
fn begin(engine: Engine, is_there: RwSignal<bool>) {
    let look = move || match engine.waiting.try_get_untracked() {
        Some(0) => spawn_local(watch(is_there)),
        Some(_) => begin(engine, is_there),
        None => {}
    };
    set_timeout(look, QUIET);
}

/// Registers the worker, and sets the signal whenever a newer version is there.
async fn watch(is_there: RwSignal<bool>) {
    let (Some(all), Some(registration)) = (container(), register().await) else { return };
    let tell = move || _ = is_there.try_set(true);
    if registration.waiting().is_some() {
        tell();
    }
    // The first to take over a page is of its own version.
    let mut follows = all.controller().is_some();
    let taken_over = Closure::<dyn FnMut()>::new(move || {
        // Another tab has changed to it.
        if std::mem::replace(&mut follows, true) {
            tell();
        }
    });
    all.set_oncontrollerchange(Some(taken_over.as_ref().unchecked_ref()));
    taken_over.forget();
    let by = registration.clone();
    let follow = move || {
        let by = by.clone();
        spawn_local(async move {
            // Where none is at work it is the first and waits for nobody.
            let (Some(coming), Some(_)) = (by.installing(), by.active()) else { return };
            heard(&coming, "statechange").await;
            if coming.state() == ServiceWorkerState::Installed {
                tell();
            }
        });
    };
    // The browser may have begun to look before.
    follow();
    let comes = Closure::<dyn Fn()>::new(follow);
    registration.set_onupdatefound(Some(comes.as_ref().unchecked_ref()));
    comes.forget();
    let look = move || {
        if let Ok(looking) = registration.update() {
            // Without a line there is nothing newer.
            spawn_local(async move { _ = JsFuture::from(looking).await });
        }
    };
    // Made anew with the screen, as all of this is when the language changes.
    if let Ok(timer) = set_interval_with_handle(look, LOOK_EVERY) {
        LOOKING.replace(Some(timer)).inspect(IntervalHandle::clear);
    }
}

thread_local! {
    static LOOKING: std::cell::Cell<Option<IntervalHandle>> = const { std::cell::Cell::new(None) };
}

/// Has the newer version take over, and opens the page anew with it.
async fn change() {
    let (Some(all), Some(registration)) = (container(), register().await) else { return };
    // Another tab may have done so already.
    if let Some(waiting) = registration.waiting() {
        let taken_over = heard(&all, "controllerchange");
        let message = Object::new();
        let _ = Reflect::set(&message, &"activate".into(), &true.into());
        if waiting.post_message(&message).is_ok() {
            taken_over.await;
        }
    }
    // Refused by nobody.
    let _ = window().location().reload();
}

/// The registration of the worker, made if there is none.
async fn register() -> Option<ServiceWorkerRegistration> {
    // Only a finished site has one.
    if !cfg!(parts) {
        return None;
    }
    let options = RegistrationOptions::new();
    options.set_update_via_cache(ServiceWorkerUpdateViaCache::None);
    let url = format!("{}/{SCRIPT}", crate::address::base());
    JsFuture::from(container()?.register_with_options(&url, &options)).await.ok()?.dyn_into().ok()
}

/// Where workers are registered, if this browser has such a place here.
fn container() -> Option<ServiceWorkerContainer> {
    let navigator = window().navigator();
    Reflect::get(&navigator, &"serviceWorker".into()).ok()?.dyn_into().ok()
}

/// The worker that is at work, once one is; `None`: its files do not come.
async fn active(registration: &ServiceWorkerRegistration) -> Option<ServiceWorker> {
    loop {
        if let Some(active) = registration.active() {
            return Some(active);
        }
        let coming = registration.installing().or_else(|| registration.waiting())?;
        heard(&coming, "statechange").await;
    }
}

/// The next event of a name. It is listened for from the call on.
fn heard(target: &EventTarget, name: &str) -> impl Future<Output = Option<JsValue>> + use<> {
    let next = Promise::new(&mut |resolve: Function, _| {
        let once = AddEventListenerOptions::new();
        once.set_once(true);
        // Refused by no target that is there.
        let _ = target
            .add_event_listener_with_callback_and_add_event_listener_options(name, &resolve, &once);
    });
    async move { JsFuture::from(next).await.ok() }
}
