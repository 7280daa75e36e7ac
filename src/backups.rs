//! Backups as the page makes them: by a click, or by themselves into a folder; and when the last was
//! made.

mod folder;

pub use folder::{choose as choose_folder, forget as forget_folder, lends as lends_folders};

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
        let Some(folder) = folder::writable().await else { return };
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
            let _ = self.folder.try_set(folder::name().await);
        });
    }

    /// Makes the backup of the day in the folder, if there is one and it is a day old.
    pub async fn save_daily(self, t: Words, data: Data) {
        let is_due = moment(LAST_KEY).is_none_or(|last| last + DAY_MS < now_ms());
        if is_due && has_own(data) && folder::name().await.is_some() {
            self.save_in_folder(t).await;
        }
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
fn own_since(data: Data) -> Option<u64> {
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
