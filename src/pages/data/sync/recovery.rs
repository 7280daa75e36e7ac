//! The recovery code, as a sheet to be kept on paper.

use super::act::Act;
use crate::data::Data;
use crate::settings::{formats, words};
use crate::syncing::Syncing;
use leptos::prelude::*;
use protocol::sync::{SyncAnswer, SyncAsk};

/// A code that is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// The code.
    pub code: String,
    /// It is shown because the shop was founded, and not because somebody wanted to see it.
    pub is_first: bool,
}

/// The sheet, while it is shown.
#[component]
pub fn Recovery(sheet: RwSignal<Option<Sheet>>) -> impl IntoView {
    move || sheet.get().map(|it| view! { <Paper it sheet /> })
}

#[component]
fn Paper(it: Sheet, sheet: RwSignal<Option<Sheet>>) -> impl IntoView {
    let (t, f) = (words(), formats());
    let shop = expect_context::<Data>().shop;
    let view = Syncing::here().view();
    let title = move || {
        let name = shop.read().as_ref().map(|it| it.profile.name.clone());
        let name = name.filter(|it| !it.is_empty()).unwrap_or_else(|| t.app_name().to_owned());
        t.sync_sheet_title(&name)
    };
    let address = move || view.read().place.as_ref().map(|it| it.url.clone());
    let made = t.sync_sheet_made(&f.moment(js_sys::Date::now() as u64));
    let print = move |_| {
        // A browser that cannot print still shows it.
        let _ = window().print();
    };
    let keep = move |_| sheet.set(None);
    view! {
        <div class="sync__sheet" role="group" aria-labelledby="sync-sheet-title" data-sync-recovery>
            {it.is_first.then(|| view! { <p><b>{t.sync_recovery_once()}</b></p> })}
            <h3 id="sync-sheet-title">{title}</h3>
            <p class="sync__code" data-recovery-code>{it.code}</p>
            <p>{t.sync_recovery_text()}</p>
            <p>{t.sync_kept_where()} " " <b>{address}</b></p>
            <p>{t.sync_sheet_use()}</p>
            <p>{t.sync_sheet_apart()} " " {made}</p>
            <div class="row">
                <button class="button button--primary" type="button" data-action="sync-recovery-kept" on:click=keep>
                    {t.sync_recovery_kept()}
                </button>
                <button class="button" type="button" data-action="sync-recovery-print" on:click=print>
                    {t.sync_recovery_print()}
                </button>
            </div>
        </div>
    }
}

/// Shows the code when somebody wants to see it.
#[component]
pub fn ShowRecovery(sheet: RwSignal<Option<Sheet>>) -> impl IntoView {
    let (t, act) = (words(), Act::new());
    let show = move |_| {
        act.ask(SyncAsk::Recovery, move |answer| {
            if let SyncAnswer::Recovery(code) = answer {
                sheet.try_set(Some(Sheet { code, is_first: false }));
            }
        });
    };
    view! {
        <div class="action-row">
            <div class="action-row__text"><b>{t.sync_recovery_title()}</b><small>{t.sync_recovery_text()}</small></div>
            <span></span>
            <button class="button" type="button" data-action="sync-recovery" disabled=move || act.busy.get() on:click=show>
                {t.sync_recovery_show()}
            </button>
        </div>
        {act.told()}
    }
}
