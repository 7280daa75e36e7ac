//! The size of an element, followed.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, ResizeObserver};

/// Calls back when an element's size changes, until it is dropped.
struct SizeWatch {
    observer: ResizeObserver,
    _on_change: Closure<dyn FnMut()>,
}

impl Drop for SizeWatch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Calls `measure` whenever the size of an element changes, until the owner ends.
pub fn on_resize(element: &Element, measure: impl FnMut() + 'static) {
    let on_change = Closure::<dyn FnMut()>::new(measure);
    if let Ok(observer) = ResizeObserver::new(on_change.as_ref().unchecked_ref()) {
        observer.observe(element);
        StoredValue::new_local(SizeWatch { observer, _on_change: on_change });
    }
}
