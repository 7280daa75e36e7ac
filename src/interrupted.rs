//! An import that was begun and did not come to its end, as when the browser is killed: told at the
//! next start. Of such an import whole files are stored, or nothing.

use crate::data::Data;
use crate::remembered::{remember, remembered};
use js_sys::{Array, Date, Function, Promise, Reflect};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::RefCell;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// Name of what is remembered, and of the lock that a tab holds as long as it imports: the browser
/// releases it with the tab, however that ends.
const IMPORT: &str = "regulars.import";

thread_local! {
    /// Releases the lock; `None`: this tab imports nothing.
    static RELEASE: RefCell<Option<Function>> = const { RefCell::new(None) };
}

/// An import that was begun.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Begun {
    /// When, in milliseconds since 1970.
    at_ms: u64,
    /// Names of its files.
    files: Vec<String>,
}

impl Begun {
    fn text(&self) -> String {
        format!("{}\n{}", self.at_ms, self.files.join("\n"))
    }

    fn parse(text: &str) -> Option<Begun> {
        let mut lines = text.lines();
        let at_ms = lines.next()?.parse().ok()?;
        Some(Begun { at_ms, files: lines.map(str::to_owned).collect() })
    }
}

/// These files are being imported from now on.
pub fn begin(files: Vec<String>) {
    if files.is_empty() {
        return;
    }
    remember(IMPORT, Some(&Begun { at_ms: Date::now() as u64, files }.text()));
    let promise = Promise::new(&mut |resolve, _| RELEASE.set(Some(resolve)));
    let hold = Closure::once_into_js(move || JsValue::from(promise));
    if let Some((locks, request)) = of_locks("request") {
        // A browser that locks nothing tells of another tab's import as if it had ended.
        let _ = request.call2(&locks, &IMPORT.into(), &hold);
    }
}

/// They are stored, or given up. What another tab has begun, or an earlier one, is left alone.
pub fn end() {
    if let Some(release) = RELEASE.take() {
        dismiss();
        let _ = release.call0(&JsValue::NULL);
    }
}

/// It has been told.
fn dismiss() {
    remember(IMPORT, None);
}

/// Names of the files of an interrupted import that are not stored, once that is known, and what
/// forgets them.
pub fn interrupted(data: Data) -> (Memo<Vec<String>>, impl Fn() + Copy) {
    let begun = RwSignal::new(None::<Begun>);
    if let Some(known) = remembered(IMPORT).and_then(|text| Begun::parse(&text)) {
        spawn_local(async move {
            if !is_held().await {
                begun.try_set(Some(known));
            }
        });
    }
    let not_stored = Memo::new(move |_| {
        let (begun, shop) = (begun.get(), data.shop.get());
        let Some((begun, shop)) = begun.zip(shop) else { return Vec::new() };
        let is_stored = |name: &String| {
            let mut batches = shop.batches.iter().filter(|it| it.imported_at_ms >= begun.at_ms);
            batches.any(|it| it.file_name == *name)
        };
        begun.files.into_iter().filter(|name| !is_stored(name)).collect()
    });
    let forget = move || {
        begun.set(None);
        dismiss();
    };
    (not_stored, forget)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_begun_is_read_as_it_was_written() {
        let files = vec!["a.csv".to_owned(), "订单, 2026.csv".to_owned()];
        let begun = Begun { at_ms: 1_795_348_800_000, files };
        assert_eq!(Begun::parse(&begun.text()), Some(begun));
        assert_eq!(Begun::parse("soon\na.csv"), None);
    }
}
