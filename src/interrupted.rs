//! An import that was begun and did not come to its end, as when the browser is killed: told at the
//! next start, with the way to go on. Of such an import whole files are stored, or nothing.

mod begun;
mod handles;
mod mark;
mod said;

pub use said::{Said, answers, said};

use crate::components::Picked;
use crate::data::Data;
use crate::remembered::{remember, remembered};
use begun::{Begun, KnownFile};
use js_sys::{Array, Date, Function, Promise, Reflect};
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::BatchView;
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
    /// The files that came last to this tab, with what was said about them.
    static CURRENT: RefCell<Option<Begun>> = const { RefCell::new(None) };
}

/// These files have come, of which that was said before. They are remembered for as long as their
/// import is [under way].
///
/// [under way]: under_way
pub fn come(picked: &Picked, said: Vec<Said>) {
    if is_held_here() {
        // Others take their place.
        end();
    }
    let known = |file: &File| KnownFile {
        name: file.name(),
        size: file.size() as u64,
        mark: String::new(),
    };
    let files: Vec<KnownFile> = picked.files.iter().map(known).collect();
    // Two drops within a millisecond are one.
    let at_ms = Date::now() as u64;
    let begun = Begun { at_ms, files, said, ..Begun::default() };
    CURRENT.set((!begun.files.is_empty()).then_some(begun));
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
        handles::keep(at_ms, ways, || is_held_here() && is_current()).await;
    });
}

/// These tables were found in them and are to be stored.
pub fn found(tables: Vec<String>) {
    change(|begun| begun.tables = tables);
}

/// What was said about them so far.
pub fn answered(said: Vec<Said>) {
    change(|begun| begun.said = said);
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
            end();
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
    CURRENT.with_borrow(|it| it.clone().map(|begun| keep(&begun::with(all(), begun))));
}

/// That of this tab is at its end.
fn end() {
    CURRENT.with_borrow(|it| it.as_ref().map(|begun| erase(begun.at_ms)));
}

/// All that are remembered, the newest first; also other tabs' that are under way.
fn all() -> Vec<Begun> {
    remembered(IMPORT).map(|text| begun::parse_all(&text)).unwrap_or_default()
}

fn keep(all: &[Begun]) {
    remember(IMPORT, (!all.is_empty()).then(|| begun::text_of(all)).as_deref());
}

/// Nothing is remembered of the import of that time any more.
fn erase(at_ms: u64) {
    let mut all = all();
    all.retain(|it| it.at_ms != at_ms);
    keep(&all);
    if all.is_empty() {
        handles::forget_all();
    } else {
        spawn_local(handles::forget(at_ms));
    }
}

/// Nothing is remembered of any import any more.
pub fn forget() {
    keep(&[]);
    handles::forget_all();
}

/// The imports that did not come to their end, told one after the other.
#[derive(Clone, Copy)]
pub struct Interrupted {
    begun: RwSignal<Vec<Begun>>,
    /// By the times of imports the browser's ways back to all files; where it has none they have to
    /// be chosen again.
    ways: RwSignal<Vec<(u64, Vec<JsValue>)>, LocalStorage>,
    /// The one that is told, with the places of its files that are not stored.
    told: Memo<Option<(Begun, Vec<usize>)>>,
}

/// Files that an import goes on with.
pub struct Resumed {
    /// They.
    pub picked: Picked,
    /// What was said about them.
    pub said: Vec<Said>,
    /// What waits on of the import: files that are neither stored nor among these.
    rest: Begun,
}

/// Why an import does not go on.
pub enum Stopped {
    /// The browser does not lead back to the files.
    NoWay,
    /// This file, by its name, is none of it.
    Other(String),
}

impl Interrupted {
    /// Those of earlier tabs, once it is known whether there are any.
    pub fn find(data: Data) -> Interrupted {
        let begun = RwSignal::new(Vec::new());
        let ways = RwSignal::new_local(Vec::new());
        let known = all();
        if !known.is_empty() {
            spawn_local(async move {
                if is_held().await {
                    return;
                }
                let mut lead_back = Vec::new();
                for it in &known {
                    let kept = handles::kept(it.at_ms).await;
                    if kept.len() == it.files.len() {
                        lead_back.push((it.at_ms, kept));
                    }
                }
                ways.try_set(lead_back);
                begun.try_set(known);
            });
        }
        let told = Memo::new(move |_| {
            let (begun, shop) = (begun.read(), data.shop.get()?);
            begun.iter().find_map(|begun: &Begun| {
                let left = not_stored(begun, &shop.batches);
                (!left.is_empty()).then(|| (begun.clone(), left))
            })
        });
        // Of what is all stored by now nothing is to be told, even if it is taken back later.
        Effect::new(move || {
            let Some(shop) = data.shop.get() else { return };
            let is_done = |it: &Begun| not_stored(it, &shop.batches).is_empty();
            if begun.read().iter().any(is_done) {
                begun
                    .read_untracked()
                    .iter()
                    .filter(|it| is_done(it))
                    .for_each(|it| erase(it.at_ms));
                begun.update(|all| all.retain(|it| !is_done(it)));
            }
        });
        Interrupted { begun, ways, told }
    }

    /// Names of the files that are not stored.
    pub fn names(self) -> Vec<String> {
        let told = self.told.read();
        let Some((begun, left)) = &*told else { return Vec::new() };
        left.iter().map(|place| begun.files[*place].name.clone()).collect()
    }

    /// Whether the browser leads back to them by itself.
    pub fn has_way(self) -> bool {
        let told = self.told.read();
        let at_ms = told.as_ref().map(|(begun, _)| begun.at_ms);
        self.ways.read().iter().any(|it| Some(it.0) == at_ms)
    }

    /// Forgets it.
    pub fn forget(self) {
        if let Some((begun, _)) = self.told.get_untracked() {
            self.set_rest(begun.only(&[]));
        }
    }

    /// The files that are not stored and what was said about them, as the answer to a click.
    pub async fn reopened(self) -> Result<Resumed, Stopped> {
        let (begun, places) = self.told.get_untracked().ok_or(Stopped::NoWay)?;
        let ways = self.ways.read_untracked().iter().find(|it| it.0 == begun.at_ms).cloned();
        let ways = ways.map(|it| it.1).unwrap_or_default();
        let mut files = Vec::new();
        for &place in &places {
            let file = match ways.get(place) {
                Some(way) => handles::file_of(way).await,
                None => None,
            };
            files.extend(file.map(|it| (it, Promise::resolve(&ways[place]))));
        }
        if files.len() != places.len() {
            // They can be chosen.
            self.ways.try_update(|all| all.retain(|it| it.0 != begun.at_ms));
            return Err(Stopped::NoWay);
        }
        let (files, ways) = files.into_iter().unzip();
        self.matched(Picked { files, ways }).await
    }

    /// Files that were chosen for it, if they are those of then, with what was said about them.
    pub async fn matched(self, picked: Picked) -> Result<Resumed, Stopped> {
        let mut chosen = Vec::new();
        for file in &picked.files {
            let mark = mark::of(file).await.unwrap_or_default();
            chosen.push(KnownFile { name: file.name(), size: file.size() as u64, mark });
        }
        let (begun, mut left) = self.told.get_untracked().unwrap_or_default();
        match begun.places(&chosen) {
            Ok(places) => {
                left.retain(|place| !places.contains(place));
                let (said, rest) = (begun.said_of(&places, &chosen), begun.only(&left));
                Ok(Resumed { picked, said, rest })
            }
            Err(other) => Err(Stopped::Other(chosen.swap_remove(other).name)),
        }
    }

    /// It goes on with these: they are remembered anew, and what is left of it waits on.
    pub fn went_on(self, resumed: Resumed) {
        self.set_rest(resumed.rest);
    }

    /// No more than this is left of an import.
    fn set_rest(self, rest: Begun) {
        let at_ms = rest.at_ms;
        self.ways.update(|all| all.retain(|it| it.0 != at_ms));
        if rest.files.is_empty() {
            erase(at_ms);
            self.begun.update(|all| all.retain(|it| it.at_ms != at_ms));
        } else {
            // The ways back that were kept led to all of its files.
            spawn_local(handles::forget(at_ms));
            keep(&begun::with(all(), rest.clone()));
            self.begun.update(|all| *all = begun::with(std::mem::take(all), rest));
        }
    }
}

/// Places of the files of which something is not stored yet.
fn not_stored(begun: &Begun, batches: &[BatchView]) -> Vec<usize> {
    let since = batches.iter().filter(|it| it.imported_at_ms >= begun.at_ms);
    begun.not_stored(&since.map(|it| it.file_name.as_str()).collect::<Vec<_>>())
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
