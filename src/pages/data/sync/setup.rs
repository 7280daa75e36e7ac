//! Sync is off: a server is named and tested, then this device founds the shop there or joins it.

use super::act::Act;
use super::draft::Draft;
use super::findings::Findings;
use super::form::{Form, ServerFields, text_input};
use super::invitation;
use super::passphrase::{Twice, said};
use super::recovery::Sheet;
use super::{passphrase_input, secret};
use crate::backups::{ask_to_persist, normal};
use crate::components::{Field, Segmented, Toast, Toasts};
use crate::data::Data;
use crate::settings::words;
use crate::syncing::Syncing;
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::sync::{SyncAnswer, SyncAsk, SyncFinding, SyncPlace, SyncSecret, SyncServer};

/// A server and what a test of it has found.
#[derive(Clone, PartialEq)]
struct Tested {
    server: SyncServer,
    found: Vec<SyncFinding>,
}

impl Tested {
    /// Whether there is a shop, and whether it is sealed.
    fn shop(&self) -> Option<bool> {
        self.found.iter().find_map(|it| match it {
            SyncFinding::HasShop { sealed } => Some(*sealed),
            _ => None,
        })
    }
}

/// The way from a server's address to a device that syncs.
#[component]
pub fn Setup(
    /// Where a founder's recovery code is shown.
    sheet: RwSignal<Option<Sheet>>,
    /// What a link to join has said.
    invited: RwSignal<Option<SyncPlace>>,
) -> impl IntoView {
    let t = words();
    let (data, form, act) = (expect_context::<Data>(), Form::of(Draft::default()), Act::new());
    let is_taken = RwSignal::new(false);
    let tested = RwSignal::new(None::<Tested>);
    // Of another server than the one that is typed by now nothing is known.
    let current = Memo::new(move |_| {
        let server = form.draft().server().ok();
        tested.get().filter(|it| Some(&it.server) == server.as_ref())
    });
    let is_sample = Memo::new(move |_| data.shop.read().as_ref().is_some_and(|it| it.sample));
    Effect::new(move || {
        if let Some(place) = invited.get() {
            invited.set(None);
            form.fill(Draft::of_place(&place));
            is_taken.set(true);
        }
    });
    let test = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let Some(server) = form.server() else { return };
        tested.set(None);
        let ask = SyncAsk::Test(server.clone());
        let asking = async move {
            Syncing::here().ask_of(&server.url.clone(), ask).await.map(|it| (it, server))
        };
        let asking = async move {
            let (answer, server) = asking.await?;
            if let SyncAnswer::Found(found) = &answer {
                tested.try_set(Some(Tested { server, found: found.clone() }));
            }
            Ok(answer)
        };
        act.run(asking, drop);
    };
    let next = move || {
        let it = current.get()?;
        let is_usable = !it.found.iter().any(SyncFinding::is_fatal);
        let entry = is_usable.then(|| match it.shop() {
            None => view! { <Found server=it.server.clone() sheet /> }.into_any(),
            Some(is_sealed) => view! { <Join server=it.server.clone() is_sealed /> }.into_any(),
        });
        Some(view! { <Findings found=it.found /> {entry} })
    };
    view! {
        <p class="card__note">{t.sync_needs()}</p>
        <Show when=move || is_sample.get()>
            <div class="banner banner--warn" role="note" data-sync-sample>{t.sync_remove_sample()}</div>
        </Show>
        <Show when=move || !is_sample.get()>
            <HaveLink invited />
            <Show when=move || is_taken.get()>
                <div class="banner" role="status" data-sync-invited>{t.sync_link_taken()}</div>
            </Show>
            <form class="stack" on:submit=test data-sync-form novalidate>
                <ServerFields form />
                <div class="row">
                    <button class="button button--primary" type="submit" data-action="sync-test" disabled=move || act.busy.get()>
                        {t.sync_test()}
                    </button>
                    {move || act.busy.get().then(|| view! { <span class="muted" role="status">{t.sync_testing()}</span> })}
                </div>
                {act.told()}
            </form>
            <div class="stack">{next}</div>
        </Show>
    }
}

/// A link or a code that was sent some other way.
#[component]
fn HaveLink(invited: RwSignal<Option<SyncPlace>>) -> impl IntoView {
    let t = words();
    let (typed, error) = (RwSignal::new(String::new()), RwSignal::new(None::<String>));
    let take = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let place = typed.with_untracked(|text| invitation::place_of(text));
        error.set(place.is_none().then(|| t.sync_link_bad().to_owned()));
        if place.is_some() {
            typed.set(String::new());
            invited.set(place);
        }
    };
    view! {
        <details class="action-row action-row--whole">
            <summary data-action="sync-have-link">{t.sync_have_link()}</summary>
            <form class="row row--fields row--top" on:submit=take novalidate>
                <Field id="sync-link" label=t.sync_link_label() error=error let:ids>
                    {text_input(ids, typed, "text")}
                </Field>
                <button class="button button--field" type="submit" data-action="sync-take-link">
                    {t.sync_link_take()}
                </button>
            </form>
        </details>
    }
}

/// Begins to sync with a server. Other edits of this device wait nowhere: they are stored here already.
fn begin(
    act: Act,
    server: SyncServer,
    secret: SyncSecret,
    founder: Option<RwSignal<Option<Sheet>>>,
) {
    let (t, toasts) = (words(), expect_context::<Toasts>());
    let is_sealed = matches!(secret, SyncSecret::Passphrase(_));
    let url = server.url.clone();
    let ask = SyncAsk::Begin { server, secret };
    let asking = async move { Syncing::here().ask_of(&url, ask).await };
    act.run(asking, move |_| {
        ask_to_persist();
        toasts.show(Toast::good(t.sync_began()));
        if let Some(sheet) = founder.filter(|_| is_sealed) {
            spawn_local(async move {
                match Syncing::here().ask(SyncAsk::Recovery).await {
                    Ok(SyncAnswer::Recovery(code)) => {
                        _ = sheet.try_set(Some(Sheet { code, is_first: true }))
                    }
                    Ok(_) => {}
                    Err(trouble) => _ = toasts.show(Toast::bad(t.sync_trouble(&trouble))),
                }
            });
        }
    });
}

/// There is nothing yet: this device founds the shop.
#[component]
fn Found(server: SyncServer, sheet: RwSignal<Option<Sheet>>) -> impl IntoView {
    let (t, act) = (words(), Act::new());
    let typed = Twice::new();
    let is_open = RwSignal::new(false);
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let (first, second) = typed.normal();
        match secret::of_founder(&first, &second, is_open.get_untracked()) {
            Ok(secret) => {
                typed.error.set(None);
                begin(act, server.clone(), secret, Some(sheet));
            }
            Err(fault) => typed.error.set(Some(said(t, fault, t.sync_secret_none()))),
        }
    };
    let tick = move |event| {
        let is_ticked = event_target_checked(&event);
        if is_ticked {
            // What stood there would not seal anything.
            typed.forget();
        }
        is_open.set(is_ticked);
    };
    view! {
        <form class="sync__part stack" on:submit=submit data-sync-entry="found">
            <div><h3>{t.sync_found_title()}</h3><p class="card__note">{t.sync_found_text()}</p></div>
            <Show when=move || !is_open.get()>{typed.fields("sync-passphrase")}</Show>
            <label class="check">
                <input class="checkbox" type="checkbox" id="sync-stay-open" prop:checked=is_open on:change=tick />
                {t.sync_stay_open()}
            </label>
            <Beginning act label=t.sync_begin() />
        </form>
    }
}

/// There is a shop: this device joins it.
#[component]
fn Join(server: SyncServer, is_sealed: bool) -> impl IntoView {
    let (t, act) = (words(), Act::new());
    let (typed, error) = (RwSignal::new(String::new()), RwSignal::new(None::<String>));
    let with = RwSignal::new("passphrase".to_owned());
    let is_code = move || with.get() == "code";
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let text = typed.with_untracked(|it| normal(it));
        match secret::of_guest(&text, is_sealed, untrack(is_code)) {
            Ok(secret) => {
                error.set(None);
                begin(act, server.clone(), secret, None);
            }
            Err(fault) => error.set(Some(said(t, fault, t.sync_secret_wanted()))),
        }
    };
    let choices = vec![
        ("passphrase".to_owned(), t.passphrase().to_owned()),
        ("code".to_owned(), t.sync_recovery_code().to_owned()),
    ];
    let label = Signal::derive(move || {
        if is_code() { t.sync_recovery_code() } else { t.passphrase() }.to_owned()
    });
    let choose = Callback::new(move |code: String| with.set(code));
    let fields = if is_sealed {
        view! {
            <Segmented name="sync-with" label=t.sync_joining_with() options=choices value=with on_change=choose />
            <Field id="sync-secret" label=label error=error let:ids>
                {passphrase_input(ids, typed, "off")}
            </Field>
        }
        .into_any()
    } else {
        view! { <div class="banner banner--warn" role="note">{t.sync_join_open()}</div> }.into_any()
    };
    view! {
        <form class="sync__part stack" on:submit=submit data-sync-entry=if is_sealed { "join" } else { "join-open" }>
            <div><h3>{t.sync_join_title()}</h3><p class="card__note">{t.sync_join_text()}</p></div>
            {fields}
            <Beginning act label=t.sync_join() />
        </form>
    }
}

/// The button of either, and how it goes.
#[component]
fn Beginning(act: Act, label: &'static str) -> impl IntoView {
    let t = words();
    view! {
        {act.told()}
        <div class="row">
            <button class="button button--primary" type="submit" data-action="sync-begin" disabled=move || act.busy.get()>
                {label}
            </button>
            {move || act.busy.get().then(|| view! { <span class="muted" role="status">{t.sync_beginning()}</span> })}
        </div>
    }
}
