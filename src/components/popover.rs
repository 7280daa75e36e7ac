//! A panel that a button opens.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent, Node, PointerEvent};

const FOCUSABLE: &str =
    "a[href], button:not([disabled]), input:not([disabled]), select, textarea, [tabindex='0']";

/// A button with a panel beneath it. Escape, a click outside and leaving by keyboard close it.
#[component]
pub fn Popover(
    /// What the panel is, for screen readers.
    #[prop(into)]
    label: Signal<String>,
    /// What stands in the button.
    #[prop(into)]
    button: ViewFn,
    /// The button's class.
    #[prop(default = "chip")]
    button_class: &'static str,
    /// The button's `data-action`.
    #[prop(optional)]
    data_action: Option<&'static str>,
    /// The panel ends where the button ends, for buttons at the right edge.
    #[prop(default = false)]
    align_end: bool,
    /// Whether the panel is open, if the page wants to close it itself.
    #[prop(optional)]
    open: Option<RwSignal<bool>>,
    /// The panel's id, one of its kind on the page.
    #[prop(default = "popover")]
    id: &'static str,
    /// The panel's contents, built when it opens.
    children: ChildrenFn,
) -> impl IntoView {
    let open = open.unwrap_or_else(|| RwSignal::new(false));
    let root = NodeRef::<html::Div>::new();
    let trigger = NodeRef::<html::Button>::new();
    close_on_press_outside(root, open);
    give_focus_back(trigger, open);
    let panel = move || open.get().then(|| panel(label, id, align_end, open, &children));
    view! {
        <div class="popover" node_ref=root on:keydown=move |event| close_on_escape(&event, open)>
            <button
                class=button_class
                type="button"
                node_ref=trigger
                data-action=data_action
                aria-haspopup="dialog"
                aria-expanded=move || open.get().to_string()
                aria-controls=move || open.get().then_some(id)
                on:click=move |_| open.update(|it| *it = !*it)
            >
                {move || button.run()}
            </button>
            {panel}
        </div>
    }
}

/// The panel; it takes the focus as it opens.
fn panel(
    label: Signal<String>,
    id: &'static str,
    align_end: bool,
    open: RwSignal<bool>,
    children: &ChildrenFn,
) -> impl IntoView + use<> {
    let panel = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        if let Some(panel) = panel.get().filter(|_| open.get_untracked()) {
            focus_first(&panel);
        }
    });
    view! {
        <div
            class="popover__panel"
            class:popover__panel--end=align_end
            role="dialog"
            aria-label=label
            id=id
            tabindex="-1"
            node_ref=panel
        >
            {children()}
        </div>
    }
}

fn close_on_escape(event: &KeyboardEvent, open: RwSignal<bool>) {
    if event.key() == "Escape" && open.get_untracked() {
        event.stop_propagation();
        open.set(false);
    }
}

/// A panel that closes gives the focus back to its button, unless it went elsewhere.
fn give_focus_back(trigger: NodeRef<html::Button>, open: RwSignal<bool>) {
    Effect::new(move |before: Option<bool>| {
        let now = open.get();
        let focused = document().active_element();
        let is_free = focused.is_none_or(|it| {
            it.tag_name() == "BODY" || it.closest(".popover__panel").ok().flatten().is_some()
        });
        if let Some(button) =
            trigger.get_untracked().filter(|_| before == Some(true) && !now && is_free)
        {
            let _ = button.focus();
        }
        now
    });
}

fn close_on_press_outside(root: NodeRef<html::Div>, open: RwSignal<bool>) {
    let is_outside = move |target: Option<Node>| {
        root.get_untracked().is_some_and(|it| !it.contains(target.as_ref()))
    };
    let pressed = window_event_listener(leptos::ev::pointerdown, move |event: PointerEvent| {
        let target = event.target().and_then(|it| it.dyn_into().ok());
        if open.get_untracked() && is_outside(target) {
            open.set(false);
        }
    });
    let focused = window_event_listener(leptos::ev::focusin, move |event| {
        let target = event.target().and_then(|it| it.dyn_into().ok());
        if open.get_untracked() && is_outside(target) {
            open.set(false);
        }
    });
    on_cleanup(move || {
        pressed.remove();
        focused.remove();
    });
}

/// The first thing inside that takes the focus, or the panel itself.
fn focus_first(panel: &HtmlElement) {
    let first = panel.query_selector(FOCUSABLE).ok().flatten();
    let first = first.and_then(|it| it.dyn_into::<HtmlElement>().ok());
    let _ = first.unwrap_or_else(|| panel.clone()).focus();
}
