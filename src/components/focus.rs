//! Where the focus goes when what had it is gone.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusOptions, HtmlElement};

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

/// What has the focus, as a way to find it again once it is drawn anew; `None`: nothing that has a
/// name. A control is known by what it is called, within the nearest part of the page with an id.
pub fn focused_by_name() -> Option<String> {
    let focused = document().active_element().filter(|it| it.tag_name() != "BODY")?;
    let own = |name: &str| {
        let value = focused.get_attribute(name)?;
        // A quote would end the selector.
        (!value.contains(['"', '\\'])).then(|| format!("[{name}=\"{value}\"]"))
    };
    let id = |it: &Element| Some(it.id()).filter(|it| !it.is_empty());
    if let Some(id) = id(&focused) {
        return Some(format!("[id=\"{id}\"]"));
    }
    let named = [own("name"), own("value"), own("data-action"), own("data-cell"), own("href")];
    let named: String = named.into_iter().flatten().collect();
    if named.is_empty() {
        return None;
    }
    let part = focused.closest("[id]").ok().flatten().and_then(|it| id(&it));
    Some(part.map_or(named.clone(), |part| format!("[id=\"{part}\"] {named}")))
}

/// Gives the focus back to what had it before something was drawn anew, unless it went elsewhere.
pub fn refocus_if_lost(selector: &str) {
    let is_lost = document().active_element().is_none_or(|it| it.tag_name() == "BODY");
    if let Some(element) = is_lost.then(|| element(selector)).flatten() {
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = element.focus_with_options(&options);
    }
}

fn element(selector: &str) -> Option<HtmlElement> {
    document().query_selector(selector).ok().flatten()?.dyn_into().ok()
}
