//! What makes a chart stale besides its numbers: its width, the theme, the device pixel ratio.

use crate::components::on_resize;
use js_sys::Array;
use leptos::prelude::*;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, MediaQueryList, MutationObserver, MutationObserverInit};

/// Follows the width of an element, in CSS pixels, into `width_px`.
///
/// Call it once the element exists; it ends with the owner.
pub fn follow_width(element: &Element, width_px: RwSignal<f64>) {
    let measured = element.clone();
    let measure = move || {
        let width = f64::from(measured.client_width());
        if width_px.try_get_untracked().is_some_and(|it| it.to_bits() != width.to_bits()) {
            width_px.set(width);
        }
    };
    measure();
    on_resize(element, measure);
}

/// Calls back when an attribute changes, until it is dropped.
struct AttributeWatch {
    observer: MutationObserver,
    _on_change: Closure<dyn FnMut()>,
}

impl Drop for AttributeWatch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// A number that changes whenever the page's theme may have changed.
pub fn theme_version() -> ReadSignal<u32> {
    let (version, set_version) = signal(0_u32);
    let on_change = Closure::<dyn FnMut()>::new(move || {
        let _ = set_version.try_update(|it| *it += 1);
    });
    let root = document().document_element();
    let observer = MutationObserver::new(on_change.as_ref().unchecked_ref());
    if let (Some(root), Ok(observer)) = (root, observer) {
        let watched = MutationObserverInit::new();
        watched.set_attributes(true);
        watched.set_attribute_filter(&Array::of1(&JsValue::from_str("data-theme")));
        let _ = observer.observe_with_options(&root, &watched);
        StoredValue::new_local(AttributeWatch { observer, _on_change: on_change });
    }
    version
}

/// Listens to one media query, until it is dropped.
struct RatioWatch {
    query: MediaQueryList,
    on_change: Closure<dyn FnMut()>,
}

impl Drop for RatioWatch {
    fn drop(&mut self) {
        let listener = self.on_change.as_ref().unchecked_ref();
        let _ = self.query.remove_event_listener_with_callback("change", listener);
    }
}

/// The device pixel ratio, which zooming and moving to another screen change.
///
/// A media query knows only whether the ratio is still the one it names, so a new one is asked
/// after each change.
pub fn device_pixel_ratio() -> ReadSignal<f64> {
    let now = || window().device_pixel_ratio().max(1.0);
    let (ratio, set_ratio) = signal(now());
    let watch = StoredValue::new_local(None::<RatioWatch>);
    Effect::new(move |_| {
        let query = format!("(resolution: {}dppx)", ratio.get());
        let on_change = Closure::<dyn FnMut()>::new(move || {
            let _ = set_ratio.try_set(now());
        });
        let query = window().match_media(&query).ok().flatten();
        let armed = query.map(|query| {
            let listener = on_change.as_ref().unchecked_ref();
            let _ = query.add_event_listener_with_callback("change", listener);
            RatioWatch { query, on_change }
        });
        watch.set_value(armed);
    });
    ratio
}
