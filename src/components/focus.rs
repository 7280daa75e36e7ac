//! Where the focus goes when what had it is gone.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{FocusOptions, HtmlElement};

/// Focuses the first element that a selector finds.
pub fn focus_on(selector: &str) {
    if let Some(element) = element(selector) {
        let _ = element.focus();
    }
}

/// Focuses the screen's heading if nothing has the focus: what was pressed went with the screen
/// before. The page stays where it is scrolled to.
pub fn focus_heading_if_lost() {
    let focused = document().active_element();
    if focused.is_some_and(|it| it.tag_name() != "BODY") {
        return;
    }
    if let Some(heading) = element("main h1") {
        heading.set_tab_index(-1);
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = heading.focus_with_options(&options);
    }
}

fn element(selector: &str) -> Option<HtmlElement> {
    document().query_selector(selector).ok().flatten()?.dyn_into().ok()
}
