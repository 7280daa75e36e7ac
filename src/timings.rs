//! What took how long, as User Timing measures on the page: `open`, `import`, `analysis`, `fit`,
//! `search`, `edit`, `preview`. Other programs read them; the names and what they span are fixed.

use js_sys::{Object, Reflect};
use leptos::prelude::*;
use protocol::FitDone;
use std::cell::{Cell, RefCell};
use wasm_bindgen::prelude::*;

thread_local! {
    static OPENED: Cell<bool> = const { Cell::new(false) };
    /// What waits for the next screen's first content.
    static NEXT_CONTENT: Cell<Option<fn()>> = const { Cell::new(None) };
    /// What waits until the page has opened.
    static AFTER_OPEN: Cell<Option<Box<dyn FnOnce()>>> = const { Cell::new(None) };
    /// So much of the screen is not drawn yet.
    static DRAWING: Cell<u32> = const { Cell::new(0) };
    /// The screen is ready once it is.
    static OWES_READY: Cell<bool> = const { Cell::new(false) };
    /// What waits for the next view of data.
    static NEXT_VIEW: RefCell<Vec<Box<dyn FnOnce()>>> = RefCell::default();
}

/// Milliseconds since the navigation began.
pub fn now_ms() -> f64 {
    window().performance().map_or(0.0, |it| it.now())
}

/// Records that something went from `start_ms` to now. `detail` are numbers by name.
pub fn measure(name: &str, start_ms: f64, detail: &[(&str, f64)]) {
    record(name, start_ms, now_ms() - start_ms, numbers(detail));
}

/// Records a measure whose parts are apart, as reading and storing with the user's thinking between.
pub fn measure_worked(name: &str, worked_ms: f64, detail: &[(&str, f64)]) {
    record(name, now_ms() - worked_ms, worked_ms, numbers(detail));
}

/// Records that models were fitted.
pub fn fitted(done: &FitDone) {
    if done.took_ms <= 0.0 {
        // What is known without a fit is none.
        return;
    }
    let detail = numbers(&[("customers", f64::from(done.customers))]);
    let _ = Reflect::set(&detail, &"model".into(), &done.model.as_str().into());
    record("fit", now_ms() - done.took_ms, done.took_ms, detail);
}

fn numbers(detail: &[(&str, f64)]) -> Object {
    let numbers = Object::new();
    for (key, value) in detail {
        let _ = Reflect::set(&numbers, &(*key).into(), &(*value).into());
    }
    numbers
}

fn record(name: &str, start_ms: f64, duration_ms: f64, detail: Object) {
    let options = Object::new();
    for (key, value) in [
        ("start", JsValue::from_f64(start_ms)),
        ("duration", JsValue::from_f64(duration_ms)),
        ("detail", detail.into()),
    ] {
        let _ = Reflect::set(&options, &key.into(), &value);
    }
    let Some(performance) = window().performance() else { return };
    // `measure(name, options)` has no binding of its own.
    if let Ok(measure) = Reflect::get(&performance, &"measure".into())
        && let Some(measure) = measure.dyn_ref::<js_sys::Function>()
    {
        let _ = measure.call2(&performance, &name.into(), &options);
    }
}

/// Runs `then` once what stands in the page now has been painted.
pub fn after_paint(then: impl FnOnce() + 'static) {
    request_animation_frame(move || {
        // The frame after the next callback: the one before it is on screen.
        set_timeout(then, std::time::Duration::ZERO);
    });
}

/// The route's first real content is in the page: says so once it is painted, and the first time
/// how long opening took.
pub fn content_is_there() {
    after_paint(|| {
        if !OPENED.replace(true) {
            measure("open", 0.0, &[]);
            if let Some(then) = AFTER_OPEN.take() {
                then();
            }
        }
        if DRAWING.get() > 0 {
            OWES_READY.set(true);
        } else {
            say_ready();
        }
    });
}

fn say_ready() {
    set_flag("data-ready", true);
    if let Some(then) = NEXT_CONTENT.take() {
        then();
    }
}

/// Another screen comes: it is not ready before its own content is painted.
pub fn await_content() {
    OWES_READY.set(false);
    set_flag("data-ready", false);
}

/// What stands in the page now is not all of the screen: it is ready once [`all_is_drawn`] is told as
/// often.
pub fn drawing_goes_on() {
    DRAWING.set(DRAWING.get() + 1);
}

/// What was told of by [`drawing_goes_on`] is in the page.
pub fn all_is_drawn() {
    DRAWING.set(DRAWING.get().saturating_sub(1));
    if DRAWING.get() > 0 {
        return;
    }
    after_paint(|| {
        if OWES_READY.take() {
            say_ready();
        }
    });
}

/// Runs `then` once the first real content of the screen to come has been painted.
pub fn after_next_content(then: fn()) {
    NEXT_CONTENT.set(Some(then));
}

/// Runs `then` once the page has opened: the first content of the first screen has been painted.
pub fn after_open(then: impl FnOnce() + 'static) {
    AFTER_OPEN.set(Some(Box::new(then)));
}

/// Runs `then` once a view of data that is drawn from now on has been painted.
pub fn after_first_view(then: impl FnOnce() + 'static) {
    NEXT_VIEW.with_borrow_mut(|waiting| waiting.push(Box::new(then)));
}

/// A view of data is in the page.
pub fn data_are_there() {
    content_is_there();
    after_paint(|| {
        for then in NEXT_VIEW.take() {
            then();
        }
    });
}

/// Sets or removes a flag on `<html>`.
pub fn set_flag(name: &str, on: bool) {
    if let Some(html) = document().document_element() {
        if on {
            let _ = html.set_attribute(name, "true");
        } else {
            let _ = html.remove_attribute(name);
        }
    }
}
