//! An import that was begun and did not come to its end, as when the browser is killed: told at the
//! next start, with the way to go on. Of such an import whole files are stored, or nothing.

mod begun;
mod handles;
mod mark;

use crate::components::Picked;
use crate::data::Data;
use crate::remembered::{remember, remembered};
use begun::{Begun, KnownFile};
use js_sys::{Array, Date, Function, Promise, Reflect};
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::Answer;
use std::cell::RefCell;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

/// Name of what is remembered, and of the lock that a tab holds as long as it imports: the browser
/// releases it with the tab, however that ends.
const IMPORT: &str = "regulars.import";

thread_local! {
    /// Releases the lock; `None`: this tab imports nothing.
    static RELEASE: RefCell<Option<Function>> = const { RefCell::new(None) };
    /// The files that came last to this tab, with what was answered about them.
    static CURRENT: RefCell<Option<Begun>> = const { RefCell::new(None) };
}

/// These files have come. They are remembered for as long as their import is [under way].
///
/// [under way]: under_way
pub fn come(picked: &Picked) {
    let known = |file: &File| KnownFile {
        name: file.name(),
        size: file.size() as u64,
        mark: String::new(),
    };
    let files: Vec<KnownFile> = picked.files.iter().map(known).collect();
    // Two drops within a millisecond are one.
    let at_ms = Date::now() as u64;
    CURRENT.set((!files.is_empty()).then(|| Begun { at_ms, files, answers: Vec::new() }));
    is_held_here().then(write);
    let (files, ways) = (picked.files.clone(), picked.ways.clone());
    spawn_local(async move {
        for (place, file) in files.iter().enumerate() {
            let Some(mark) = mark::of(file).await else { continue };
            change(|begun| {
                if begun.at_ms == at_ms {
                    begun.files[place].mark = mark;
                }
            });
        }
        let is_current =
            || CURRENT.with_borrow(|it| it.as_ref().is_some_and(|it| it.at_ms == at_ms));
        handles::keep(ways, || is_held_here() && is_current()).await;
    });
}

/// What was answered about them so far.
pub fn answered(answers: Vec<Answer>) {
    change(|begun| begun.answers = answers);
}

/// Their import is under way, or has ended: they are stored, or given up. What another tab has
/// begun, or an earlier one, is left alone.
pub fn under_way(is: bool) {
    match (is, is_held_here()) {
        (true, false) if CURRENT.with_borrow(Option::is_some) => {
            let promise = Promise::new(&mut |resolve, _| RELEASE.set(Some(resolve)));
            write();
            let hold = Closure::once_into_js(move || JsValue::from(promise));
            if let Some((locks, request)) = of_locks("request") {
                // A browser that locks nothing tells of another tab's import as if it had ended.
                let _ = request.call2(&locks, &IMPORT.into(), &hold);
            }
        }
        (false, true) => {
            forget();
            if let Some(release) = RELEASE.take() {
                let _ = release.call0(&JsValue::NULL);
            }
        }
        _ => {}
    }
}

fn is_held_here() -> bool {
    RELEASE.with_borrow(Option::is_some)
}

fn change(by: impl FnOnce(&mut Begun)) {
    CURRENT.with_borrow_mut(|it| it.as_mut().map(by));
    is_held_here().then(write);
}

fn write() {
    CURRENT.with_borrow(|it| it.as_ref().map(|begun| remember(IMPORT, Some(&begun.text()))));
}

/// Nothing is remembered of an import any more.
pub fn forget() {
    remember(IMPORT, None);
    handles::forget();
}

/// An import that did not come to its end, as it is told.
#[derive(Clone, Copy)]
pub struct Interrupted {
    begun: RwSignal<Option<Begun>>,
    /// The browser's ways back to all of its files; empty: they have to be chosen again.
    ways: RwSignal<Vec<JsValue>, LocalStorage>,
    not_stored: Memo<Vec<usize>>,
}

/// Why an import does not go on.
pub enum Stopped {
    /// The browser does not lead back to the files.
    NoWay,
    /// This file, by its name, is none of it.
    Other(String),
}

impl Interrupted {
    /// That of an earlier tab, once it is known whether there is one.
    pub fn find(data: Data) -> Interrupted {
        let begun = RwSignal::new(None::<Begun>);
        let ways = RwSignal::new_local(Vec::new());
        if let Some(known) = remembered(IMPORT).and_then(|text| Begun::parse(&text)) {
            spawn_local(async move {
                if !is_held().await {
                    let kept = handles::kept().await;
                    if kept.len() == known.files.len() {
                        ways.try_set(kept);
                    }
                    begun.try_set(Some(known));
                }
            });
        }
        let not_stored = Memo::new(move |_| {
            let (begun, shop) = (begun.get(), data.shop.get());
            let Some((begun, shop)) = begun.zip(shop) else { return Vec::new() };
            let is_stored = |file: &KnownFile| {
                let mut batches = shop.batches.iter().filter(|it| it.imported_at_ms >= begun.at_ms);
                batches.any(|it| it.file_name == file.name)
            };
            let files = begun.files.iter().enumerate();
            files.filter(|(_, file)| !is_stored(file)).map(|(place, _)| place).collect()
        });
        Interrupted { begun, ways, not_stored }
    }

    /// Names of the files that are not stored.
    pub fn names(self) -> Vec<String> {
        let begun = self.begun.read();
        let files = begun.as_ref().map_or(&[][..], |it| &it.files);
        self.not_stored.read().iter().map(|place| files[*place].name.clone()).collect()
    }

    /// Whether the browser leads back to them by itself.
    pub fn has_way(self) -> bool {
        !self.ways.read().is_empty()
    }

    /// Forgets it.
    pub fn forget(self) {
        self.begun.set(None);
        forget();
    }

    /// The files that are not stored and the answers about them, as the answer to a click.
    pub async fn reopened(self) -> Result<(Picked, Vec<Answer>), Stopped> {
        let (ways, places) = (self.ways.get_untracked(), self.not_stored.get_untracked());
        let mut files = Vec::new();
        for place in places {
            let file = match ways.get(place) {
                Some(way) => handles::file_of(way).await,
                None => None,
            };
            files.extend(file.map(|it| (it, Promise::resolve(&ways[place]))));
        }
        if files.len() != self.not_stored.with_untracked(Vec::len) {
            // They can be chosen.
            self.ways.try_set(Vec::new());
            return Err(Stopped::NoWay);
        }
        let (files, ways) = files.into_iter().unzip();
        self.matched(Picked { files, ways }).await
    }

    /// Files that were chosen for it, if they are those of then, with the answers about them.
    pub async fn matched(self, picked: Picked) -> Result<(Picked, Vec<Answer>), Stopped> {
        let mut chosen = Vec::new();
        for file in &picked.files {
            let mark = mark::of(file).await.unwrap_or_default();
            chosen.push(KnownFile { name: file.name(), size: file.size() as u64, mark });
        }
        let begun = self.begun.get_untracked().unwrap_or_default();
        match begun.places(&chosen) {
            Ok(places) => Ok((picked, begun.answers_about(&places))),
            Err(other) => Err(Stopped::Other(chosen.swap_remove(other).name)),
        }
    }

    /// It goes on: what is remembered now is of that.
    pub fn went_on(self) {
        self.begun.set(None);
    }
}

/// Whether a tab is importing now.
async fn is_held() -> bool {
    let Some((locks, query)) = of_locks("query") else { return false };
    let asked: Option<Promise> = query.call0(&locks).ok().and_then(|it| it.dyn_into().ok());
    let Some(asked) = asked else { return false };
    let state = JsFuture::from(asked).await.unwrap_or_default();
    let held = Reflect::get(&state, &"held".into()).unwrap_or_default();
    let is_ours = |lock: JsValue| {
        Reflect::get(&lock, &"name".into())
            .is_ok_and(|it| it.as_string().as_deref() == Some(IMPORT))
    };
    held.dyn_into::<Array>().is_ok_and(|held| held.iter().any(is_ours))
}

/// The browser's lock manager, and one of its methods.
fn of_locks(method: &str) -> Option<(JsValue, Function)> {
    let locks = Reflect::get(&window().navigator(), &"locks".into()).ok()?;
    let method = Reflect::get(&locks, &method.into()).ok()?.dyn_into().ok()?;
    Some((locks, method))
}
