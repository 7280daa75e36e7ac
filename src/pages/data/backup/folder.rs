//! A folder of the user's into which backups go by themselves, where the browser lends one.

use crate::backups::{self, Backups};
use crate::settings::words;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The row of the folder; nothing where the browser has none to lend.
pub fn folder() -> AnyView {
    let t = words();
    if !backups::lends_folders() {
        return ().into_any();
    }
    let backups = Backups::here();
    backups.find_folder();
    let choose = move |_| {
        spawn_local(async move {
            if backups::choose_folder().await {
                backups.find_folder();
                backups.save_in_folder(t).await;
            }
        });
    };
    let forget = move |_| {
        spawn_local(async move {
            backups::forget_folder().await;
            backups.find_folder();
        });
    };
    let told = move || match backups.folder.get() {
        Some(name) if backups.lapsed.get() => t.folder_lapsed(&name),
        Some(name) => t.folder_chosen(&name),
        None => t.folder_text().to_owned(),
    };
    let acts = move || {
        if backups.folder.read().is_some() {
            view! {
                <button class="button" type="button" data-action="forget-folder" on:click=forget>{t.folder_stop()}</button>
            }
            .into_any()
        } else {
            view! {
                <button class="button" type="button" data-action="choose-folder" on:click=choose>{t.folder_choose()}</button>
            }
            .into_any()
        }
    };
    view! {
        <div class="action-row">
            <div class="action-row__text"><b>{t.folder_title()}</b><small data-backup-folder>{told}</small></div>
            <span></span>
            {acts}
        </div>
    }
    .into_any()
}
