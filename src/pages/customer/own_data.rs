//! A person's right to what is known of them: to have it, and to have it erased.

use super::Shown;
use crate::address::{use_link, whole};
use crate::client::Engine;
use crate::components::{Icon, IconName, Toast, Toasts};
use crate::download::download;
use crate::i18n::Words;
use crate::settings::{formats, words};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use protocol::{CustomerView, Request, Response};

/// The card of what the law gives a person.
#[component]
pub(super) fn OwnData(
    /// Whose.
    customer: Shown,
) -> impl IntoView {
    let t = words();
    let (engine, toasts) = (expect_context::<Engine>(), expect_context::<Toasts>());
    let dialog = NodeRef::<html::Dialog>::new();
    let export = move |_| {
        let id = customer.read_untracked().row.id;
        download(engine, toasts, Request::KnownOf(id), "person.json");
    };
    let ask = move |_| {
        if let Some(dialog) = dialog.get_untracked() {
            // Refused only where it is open already.
            let _ = dialog.show_modal();
        }
    };
    view! {
        <section class="card" id="own-data">
            <h2>{t.own_data()}</h2>
            <div class="action-row">
                <div class="action-row__text"><b>{t.known_title()}</b><small>{t.known_text()}</small></div>
                <button class="button" type="button" data-action="export-person" on:click=export>
                    <Icon name=IconName::Download /> {t.download()}
                </button>
            </div>
            <div class="action-row">
                <div class="action-row__text"><b>{t.erase_title()}</b><small>{t.erase_text()}</small></div>
                <button class="button" type="button" aria-haspopup="dialog" data-action="erase-person" on:click=ask>
                    {t.erase_open()}
                </button>
            </div>
            <Erasing customer dialog />
        </section>
    }
}

/// What goes, and the word that has to be typed.
#[component]
fn Erasing(customer: Shown, dialog: NodeRef<html::Dialog>) -> impl IntoView {
    let t = words();
    let (engine, toasts) = (expect_context::<Engine>(), expect_context::<Toasts>());
    let (link, navigate) = (use_link(), use_navigate());
    let (typed, busy) = (RwSignal::new(String::new()), RwSignal::new(false));
    let ready = move || typed.read().trim().eq_ignore_ascii_case(t.erase_word()) && !busy.get();
    let close = move || {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    let erase = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if !untrack(ready) {
            return;
        }
        busy.set(true);
        let id = customer.read_untracked().row.id;
        // The screen may be gone before the answer: it has nobody to show any more.
        let (list, navigate) = (link("/customers"), navigate.clone());
        spawn_local(async move {
            match engine.ask(Request::EraseCustomer(id)).await {
                Ok(Response::Erased(damaged)) => {
                    navigate(&list, NavigateOptions { replace: true, ..whole() });
                    tell(toasts, t, &damaged);
                }
                Ok(_) => {}
                Err(problem) => {
                    toasts.show(Toast::bad(t.problem(&problem)));
                }
            }
            busy.try_set(false);
        });
    };
    let name = move || t.erase_whom(&customer.read().row.label());
    let goes = move || {
        what_goes(&customer.read()).into_iter().map(|it| view! { <li>{it}</li> }).collect_view()
    };
    view! {
        <dialog
            class="dialog"
            aria-labelledby="erase-heading"
            node_ref=dialog
            on:close=move |_| typed.set(String::new())
        >
            <form class="stack" on:submit=erase>
                <h2 id="erase-heading">{name}</h2>
                <p>{t.erase_goes()}</p>
                <ul class="dialog__list">{goes}</ul>
                <p>{t.erase_figures()}</p>
                <p>{t.erase_elsewhere()}</p>
                <label class="field">
                    <span class="field__label">{t.delete_type(t.erase_word())}</span>
                    <input
                        class="input"
                        id="erase-word"
                        autocomplete="off"
                        prop:value=typed
                        on:input:target=move |event| typed.set(event.target().value())
                    />
                </label>
                <div class="row">
                    <button class="button button--danger" type="submit" data-action="erase-now" disabled=move || !ready()>
                        {t.erase_now()}
                    </button>
                    <button class="button" type="button" data-action="erase-cancel" on:click=move |_| close()>
                        {t.cancel()}
                    </button>
                </div>
            </form>
        </dialog>
    }
}

/// Says that it is done, and which imports nobody could look through.
fn tell(toasts: Toasts, t: Words, damaged: &[String]) {
    toasts.show(Toast::good(t.erased()));
    if !damaged.is_empty() {
        toasts.show(Toast::bad(t.erased_but(&t.list(damaged))));
    }
}

/// What is stored of a customer, in words.
fn what_goes(customer: &CustomerView) -> Vec<String> {
    let (t, f) = (words(), formats());
    let row = &customer.row;
    let contact = [&row.name, &row.email, &row.phone, &customer.place];
    let contact: Vec<&str> =
        contact.into_iter().filter(|it| !it.is_empty()).map(String::as_str).collect();
    let orders = customer.orders.len() as u32;
    let net = f.money(row.net, customer.currency);
    let records = customer.touches.len() as u32;
    let has_words = !(customer.note.is_empty() && customer.tags.is_empty())
        || customer.contact.is_some()
        || !customer.contacted.is_empty();
    let goes = [
        (!contact.is_empty()).then(|| contact.join(" · ")),
        (orders > 0).then(|| t.erase_orders(&t.orders(orders.into(), &f.count(orders)), &net)),
        (records > 0).then(|| t.erase_records(records.into(), &f.count(records))),
        has_words.then(|| t.erase_words().to_owned()),
    ];
    goes.into_iter().flatten().collect()
}
