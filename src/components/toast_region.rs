//! Where messages are shown.

use super::icon::{Icon, IconName};
use super::toasts::{ShownToast, ToastKind, Toasts};
use leptos::prelude::*;
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

const TICK: Duration = Duration::from_millis(250);

/// The corner of the window in which messages stack; once, at the end of the app.
#[component]
pub fn ToastRegion(
    /// What the region is, for screen readers.
    #[prop(into)]
    label: Signal<String>,
    /// The name of the button that takes a message away.
    #[prop(into)]
    dismiss_label: Signal<String>,
) -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    // What a message offers may look for what stands around it, by key as by click.
    let owner = Owner::current().unwrap_or_default();
    let keys = window_event_listener(leptos::ev::keydown, move |event| {
        owner.with(|| undo_by_key(&event, toasts));
    });
    on_cleanup(move || keys.remove());
    view! {
        <div class="toasts" role="status" aria-live="polite" aria-label=label>
            <For each=move || toasts.shown.get() key=|it| it.id let:shown>
                <ToastView shown=shown dismiss_label />
            </For>
        </div>
    }
}

/// Ctrl Z or ⌘ Z does what the newest message offers, unless it undoes typing.
fn undo_by_key(event: &KeyboardEvent, toasts: Toasts) {
    let with_control = (event.ctrl_key() || event.meta_key()) && !event.shift_key();
    let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    let typing = target.is_some_and(|it| it.matches("input, textarea, select").unwrap_or(false));
    if !with_control || typing || !event.key().eq_ignore_ascii_case("z") {
        return;
    }
    let newest = toasts.shown.with_untracked(|shown| {
        shown.iter().rev().find_map(|it| Some((it.id, it.toast.action.clone()?)))
    });
    if let Some((id, action)) = newest {
        event.prevent_default();
        toasts.dismiss(id);
        action.run.run(());
    }
}

/// One message. Its time stands still under the pointer and the focus.
#[component]
fn ToastView(
    /// The message.
    shown: ShownToast,
    /// The name of the button that takes it away.
    dismiss_label: Signal<String>,
) -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let ShownToast { id, toast } = shown;
    let held = RwSignal::new(false);
    leave_in_time(toast.seconds, held, move || toasts.dismiss(id));
    let class = match toast.kind {
        ToastKind::Info => "toast",
        ToastKind::Good => "toast toast--good",
        ToastKind::Bad => "toast toast--bad",
    };
    let action = toast.action.map(|action| {
        let on_click = move |_| {
            action.run.run(());
            toasts.dismiss(id);
        };
        view! {
            <button
                class="toast__action"
                type="button"
                data-action=action.data_action
                aria-keyshortcuts="Control+Z Meta+Z"
                on:click=on_click
            >
                {action.label}
            </button>
        }
    });
    view! {
        <div
            class=class
            on:pointerenter=move |_| held.set(true)
            on:pointerleave=move |_| held.set(false)
            on:focusin=move |_| held.set(true)
            on:focusout=move |_| held.set(false)
        >
            <span class="toast__text">{toast.text}</span>
            {action}
            <button
                class="toast__close"
                type="button"
                aria-label=dismiss_label
                on:click=move |_| toasts.dismiss(id)
            >
                <Icon name=IconName::Close />
            </button>
        </div>
    }
}

/// Calls `leave` after so many seconds in which `held` was false.
fn leave_in_time(seconds: u32, held: RwSignal<bool>, leave: impl Fn() + 'static) {
    let mut left = TICK * (seconds * 4);
    let tick = move || {
        if held.try_get_untracked() == Some(false) {
            left = left.saturating_sub(TICK);
            if left.is_zero() {
                leave();
            }
        }
    };
    if let Ok(timer) = set_interval_with_handle_mut(tick) {
        on_cleanup(move || timer.clear());
    }
}

/// The interval of [`TICK`]; the library takes only closures that change nothing of their own.
fn set_interval_with_handle_mut(
    tick: impl FnMut() + 'static,
) -> Result<IntervalHandle, wasm_bindgen::JsValue> {
    let tick = std::cell::RefCell::new(tick);
    set_interval_with_handle(move || (tick.borrow_mut())(), TICK)
}
