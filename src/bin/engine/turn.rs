//! One tab at a time does what brings in or takes out a whole lot of data, and one at a time edits:
//! the others wait their turn, and then begin with what it has left. An edit does not wait for a lot,
//! since it merges with it; without turns many tabs that edit would keep each other from it.

use futures::channel::oneshot;
use futures::future::{Either, select};
use js_sys::{Function, Promise, Reflect};
use protocol::Writes;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// Name of the channel on which tabs tell each other that the data have changed.
pub const CHANNEL: &str = "regulars";

/// The browser's lock, shared by all tabs, of those that bring in or take out a lot.
const LOTS: &str = "regulars.write";
/// And of those that edit.
const EDITS: &str = "regulars.edit";

/// The turn of this tab, until it is dropped.
pub struct Turn {
    /// Ends the promise for whose time the browser holds the lock.
    _end: oneshot::Sender<()>,
}

/// Waits for the turn of this tab to write so. Without locks in the browser the store alone tells who
/// came second.
pub async fn take(writes: Writes) -> Option<Turn> {
    take_lock(match writes {
        Writes::Lot => LOTS,
        Writes::Edit => EDITS,
    })
    .await
}

/// Waits for a lock of the browser's, which all tabs share; `None`: there are none to be had.
pub async fn take_lock(lock: &str) -> Option<Turn> {
    let navigator = Reflect::get(&js_sys::global(), &"navigator".into()).ok()?;
    let locks = Reflect::get(&navigator, &"locks".into()).ok()?;
    let request: Function = Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
    let (granted, begun) = oneshot::channel();
    let (end, ended) = oneshot::channel::<()>();
    let on_granted = Closure::once_into_js(move || {
        let _ = granted.send(());
        Promise::new(&mut {
            let mut ended = Some(ended);
            move |resolve, _| {
                let Some(ended) = ended.take() else { return };
                spawn_local(async move {
                    // It is dropped when the turn is over.
                    let _ = ended.await;
                    let _ = resolve.call0(&JsValue::UNDEFINED);
                });
            }
        })
    });
    let over: Promise = request.call2(&locks, &lock.into(), &on_granted).ok()?.dyn_into().ok()?;
    // The promise ends with the turn; before that only if there are no turns to be had, as where
    // cookies are forbidden.
    match select(begun, JsFuture::from(over)).await {
        Either::Left((Ok(()), _)) => Some(Turn { _end: end }),
        _ => None,
    }
}
