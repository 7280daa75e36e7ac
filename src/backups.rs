//! Backups as the page makes them: by a click, or by themselves into a folder; and when the last was
//! made.

mod folder;

pub use folder::{choose as choose_folder, forget as forget_folder, lends as lends_folders};

use folder::Folder;

use crate::client::Engine;
use crate::components::{Toast, Toasts};
use crate::data::Data;
use crate::download::hand_over_blob;
use crate::i18n::Words;
use crate::remembered::{remember, remembered};
use crate::settings::formats;
use crate::timings;
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::{BackedUp, Problem, Request, Response};
use std::time::Duration;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File};

/// The name of a backup.
pub const FILE_NAME: &str = "regulars-backup.json.gz";
/// The name of one that is locked.
const LOCKED_NAME: &str = "regulars-backup.enc";

/// When the last backup was made on this device, in milliseconds since 1970.
const LAST_KEY: &str = "regulars.backup";
/// Until when nobody wants to be reminded.
const LATER_KEY: &str = "regulars.backup.later";

const DAY_MS: u64 = 24 * 60 * 60 * 1_000;
/// A backup goes into the folder once nobody has asked for anything for so long.
const QUIET_MS: u64 = 20_000;
/// How often it is looked whether that is so.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// After so many days without a backup it is time for one.
const DUE_DAYS: u64 = 30;
/// Who puts it off is not reminded for so many days.
const LATER_DAYS: u64 = 14;

/// The backups of this device. A handle: copies are of the same.
#[derive(Clone, Copy)]
pub struct Backups {
    engine: Engine,
    toasts: Toasts,
    /// When the last was made, in milliseconds since 1970.
    pub last: RwSignal<Option<u64>>,
    /// One is being made.
    pub busy: RwSignal<bool>,
    /// The name of the folder into which backups go by themselves.
    pub folder: RwSignal<Option<String>>,
    /// The browser has taken back the leave to write there.
    pub lapsed: RwSignal<bool>,
    /// When a backup was last begun that goes there by itself.
    tried: StoredValue<Option<u64>>,
    /// A backup that was dropped where files are imported, on its way to where it is restored.
    pub dropped: RwSignal<Option<File>, LocalStorage>,
}

impl Backups {
    /// Puts them into the context.
    pub fn provide(engine: Engine, toasts: Toasts) {
        provide_context(Backups {
            engine,
            toasts,
            last: RwSignal::new(moment(LAST_KEY)),
            busy: RwSignal::new(false),
            folder: RwSignal::new(None),
            lapsed: RwSignal::new(false),
            tried: StoredValue::new(None),
            dropped: RwSignal::new_local(None),
        });
    }

    /// Of the app around.
    pub fn here() -> Backups {
        expect_context()
    }

    /// Makes a backup and hands it to the browser's downloads; with a passphrase it is locked.
    pub fn save(self, t: Words, passphrase: Option<String>) {
        if self.busy.get_untracked() {
            return;
        }
        let name = if passphrase.is_some() { LOCKED_NAME } else { FILE_NAME };
        spawn_local(async move {
            match self.made(passphrase).await {
                Ok((made, file)) => {
                    hand_over_blob(self.toasts, t, &file, name);
                    self.tell_missing(t, &made);
                }
                Err(problem) => _ = self.toasts.show(Toast::bad(t.problem(&problem))),
            }
        });
    }

    /// Makes a backup in the folder, if the browser lets the page write there.
    pub async fn save_in_folder(self, t: Words) {
        let Some(folder) = self.look_at_folder().await else { return };
        let before = self.last.get_untracked();
        match self.made(None).await {
            // The last whole one is not replaced by one that lacks something.
            Ok((made, _)) if !made.missing.is_empty() => {
                self.remember_last(before);
                self.tell_missing(t, &made);
            }
            Ok((_, file)) if folder::write(&folder, FILE_NAME, &file).await.is_ok() => {}
            Ok(_) => {
                self.remember_last(before);
                self.toasts.show(Toast::bad(t.folder_failed()));
            }
            Err(problem) => _ = self.toasts.show(Toast::bad(t.problem(&problem))),
        }
    }

    /// Asks the browser which folder was chosen.
    pub fn find_folder(self) {
        spawn_local(async move {
            self.look_at_folder().await;
        });
    }

    /// The folder, if the page may write there.
    async fn look_at_folder(self) -> Option<Folder> {
        let chosen = folder::chosen().await;
        let _ = self.folder.try_set(chosen.as_ref().map(|it| it.name.clone()));
        let _ = self.lapsed.try_set(chosen.as_ref().is_some_and(|it| !it.is_open));
        chosen.filter(|it| it.is_open)
    }

    /// Asks the user to let the page write into the folder again, and makes a backup there.
    pub fn renew_leave(self, t: Words) {
        spawn_local(async move {
            if folder::ask_again().await {
                self.save_in_folder(t).await;
            }
        });
    }

    /// Makes the backup of each day in the folder, if there is one, while nobody asks for anything:
    /// the engine answers nothing else meanwhile.
    pub fn keep_daily(self, t: Words, data: Data) {
        self.find_folder();
        let asked_at = StoredValue::new(now_ms());
        Effect::new(move || {
            self.engine.waiting.track();
            asked_at.set_value(now_ms());
        });
        let look = move || {
            let waits = self.engine.waiting.get_untracked() > 0;
            let is_quiet = !waits && asked_at.get_value() + QUIET_MS <= now_ms();
            if is_quiet && self.is_day_over() && has_own(data) {
                self.tried.set_value(Some(now_ms()));
                spawn_local(self.save_in_folder(t));
            }
        };
        if let Ok(timer) = set_interval_with_handle(look, LOOK_EVERY) {
            on_cleanup(move || timer.clear());
        }
    }

    /// Whether a backup is to go into the folder again. One that failed is tried a day later.
    fn is_day_over(self) -> bool {
        let has_folder = self.folder.with_untracked(Option::is_some);
        let latest = moment(LAST_KEY).max(self.tried.get_value());
        has_folder && !self.lapsed.get_untracked() && latest.is_none_or(|it| it + DAY_MS < now_ms())
    }

    /// Whether to say that a backup is due.
    pub fn is_due(self, data: Data) -> bool {
        let Some(began) = own_since(data) else { return false };
        let now = now_ms();
        let last = self.last.get().unwrap_or(began).max(began);
        last + DUE_DAYS * DAY_MS < now && moment(LATER_KEY).is_none_or(|until| until < now)
    }

    /// Does not remind for a while.
    pub fn put_off() {
        let until = now_ms() + LATER_DAYS * DAY_MS;
        remember(LATER_KEY, Some(&until.to_string()));
    }

    async fn made(self, passphrase: Option<String>) -> Result<(BackedUp, Blob), Problem> {
        self.busy.set(true);
        let started = timings::now_ms();
        let request = Request::BackUp(passphrase.map(|it| normal(&it)));
        let answer = self.engine.ask_for_file(request).await;
        let _ = self.busy.try_set(false);
        let (Response::BackedUp(made), Some(file)) = answer? else {
            return Err(Problem::OtherBuild);
        };
        let sizes = [("bytes", made.bytes as f64), ("file", file.size())];
        timings::measure("backup", started, &sizes);
        self.remember_last(Some(made.made_at_ms));
        Ok((made, file))
    }

    fn remember_last(self, ms: Option<u64>) {
        remember(LAST_KEY, ms.map(|it| it.to_string()).as_deref());
        let _ = self.last.try_set(ms);
    }

    fn tell_missing(self, t: Words, made: &BackedUp) {
        if !made.missing.is_empty() {
            self.toasts.show(Toast::bad(t.backup_missing(&t.list(&made.missing))));
        }
        if made.unread_records > 0 {
            self.toasts.show(Toast::bad(t.backup_unread()));
        }
    }
}

/// The passphrase in the one form that its letters have, whichever keyboard typed them.
pub fn normal(passphrase: &str) -> String {
    js_sys::JsString::from(passphrase).normalize("NFKC").into()
}

/// Whether the user's own data are there.
fn has_own(data: Data) -> bool {
    let shop = data.shop.read_untracked();
    shop.as_ref().is_some_and(|it| !it.sample && !it.empty)
}

/// Since when the user's own data are there; `None`: there are none.
pub fn own_since(data: Data) -> Option<u64> {
    let shop = data.shop.read();
    let shop = shop.as_ref().filter(|it| !it.sample && !it.empty)?;
    shop.batches.iter().map(|it| it.imported_at_ms).min()
}

fn moment(key: &str) -> Option<u64> {
    remembered(key)?.parse().ok()
}

fn now_ms() -> u64 {
    js_sys::Date::now() as u64
}

/// Whether a file is named as a backup is.
pub fn is_backup(name: &str) -> bool {
    let ends = [".json.gz", ".json", ".enc"];
    name.starts_with("regulars-backup") && ends.iter().any(|end| name.ends_with(end))
}

/// Whether the browser has promised to keep the data when space gets short; `None`: it does not
/// tell.
pub async fn is_persistent() -> Option<bool> {
    let asked = window().navigator().storage().persisted().ok()?;
    JsFuture::from(asked).await.ok()?.as_bool()
}

/// Asks the browser to keep the data when space gets short: once there is something to keep.
pub fn ask_to_persist() {
    if let Ok(asked) = window().navigator().storage().persist() {
        // Without its promise the backups are what is left, and the data screen says so.
        spawn_local(async move { _ = JsFuture::from(asked).await });
    }
}

/// The day of the last backup, as it is told.
pub fn told(t: Words, last: Option<u64>) -> String {
    match last {
        Some(ms) => t.last_backup(&formats().moment(ms)),
        None => t.no_backup_yet().to_owned(),
    }
}
