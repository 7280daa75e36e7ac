//! The reminder that a backup is due: said once in a while, and put off by a click.

use crate::address::use_link;
use crate::backups::{self, Backups};
use crate::data::Data;
use crate::settings::words;
use leptos::prelude::*;

/// What is said when a backup is due; the backup of the day in the folder is made without a word.
pub fn reminder(data: Data) -> AnyView {
    let t = words();
    let (backups, link) = (Backups::here(), use_link());
    let put_off = RwSignal::new(false);
    backups.keep_daily(t, data);
    let later = move |_| {
        Backups::put_off();
        put_off.set(true);
    };
    let is_due = Memo::new(move |_| !put_off.get() && backups.is_due(data));
    let shown = move || {
        is_due.get().then(|| {
            let when = backups::told(t, backups.last.get());
            view! {
                <div class="banner banner--acts" role="note" data-backup-due>
                    <span>{t.backup_due(&when)}</span>
                    <div class="banner__acts">
                        <a class="button button--primary" href=untrack(|| link("/data")) + "#backup">{t.save_backup()}</a>
                        <button class="button" type="button" data-action="backup-later" on:click=later>{t.backup_later()}</button>
                    </div>
                </div>
            }
        })
    };
    view! { {shown} {lapsed(backups)} }.into_any()
}

/// The browser has taken back the leave to write into the folder of backups.
fn lapsed(backups: Backups) -> impl IntoView {
    let t = words();
    move || {
        let name = backups.folder.get().filter(|_| backups.lapsed.get())?;
        Some(view! {
            <div class="banner banner--warn banner--acts" role="alert" data-folder-lapsed>
                <span>{t.folder_lapsed(&name)}</span>
                <div class="banner__acts">
                    <button class="button button--primary" type="button" data-action="renew-folder" on:click=move |_| backups.renew_leave(t)>
                        {t.folder_renew()}
                    </button>
                </div>
            </div>
        })
    }
}
