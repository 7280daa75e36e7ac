//! Short messages that come and go; the place to undo.

use leptos::prelude::*;

/// How long a message with an action stays: undoing must not be a race.
const ACTION_SECONDS: u32 = 10;
const PLAIN_SECONDS: u32 = 5;

/// What a message tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum ToastKind {
    /// Something happened.
    #[default]
    Info,
    /// It worked.
    Good,
    /// It failed.
    Bad,
}

/// What the user can still do about it.
#[derive(Clone)]
pub struct ToastAction {
    /// The button's text: "Undo".
    pub label: String,
    /// The button's `data-action`.
    pub data_action: &'static str,
    /// Does it.
    pub run: Callback<()>,
}

/// A message.
#[derive(Clone)]
pub struct Toast {
    /// What happened, in a sentence.
    pub text: String,
    /// What it tells.
    pub kind: ToastKind,
    /// What the user can still do about it.
    pub action: Option<ToastAction>,
    /// How long it stays, not counting the time under the pointer or the focus.
    pub seconds: u32,
}

impl Toast {
    /// Something happened.
    pub fn info(text: impl Into<String>) -> Toast {
        Toast { text: text.into(), kind: ToastKind::Info, action: None, seconds: PLAIN_SECONDS }
    }

    /// It worked.
    pub fn good(text: impl Into<String>) -> Toast {
        Toast { kind: ToastKind::Good, ..Toast::info(text) }
    }

    /// It failed.
    pub fn bad(text: impl Into<String>) -> Toast {
        Toast { kind: ToastKind::Bad, seconds: ACTION_SECONDS, ..Toast::info(text) }
    }

    /// The same message with a button, and long enough to use it.
    #[must_use]
    pub fn with_action(
        self,
        label: impl Into<String>,
        data_action: &'static str,
        run: Callback<()>,
    ) -> Toast {
        let action = Some(ToastAction { label: label.into(), data_action, run });
        Toast { action, seconds: self.seconds.max(ACTION_SECONDS), ..self }
    }
}

/// Names a message that is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ToastId(u64);

/// A message that is shown.
#[derive(Clone)]
pub(super) struct ShownToast {
    pub id: ToastId,
    pub toast: Toast,
}

/// The messages that are shown, oldest first. Made once under the app, read from the context.
#[derive(Clone, Copy)]
pub struct Toasts {
    pub(super) shown: RwSignal<Vec<ShownToast>>,
    next_id: StoredValue<u64>,
}

impl Toasts {
    /// Makes the list and puts it into the context.
    pub fn provide() -> Toasts {
        let toasts = Toasts { shown: RwSignal::new(Vec::new()), next_id: StoredValue::new(0) };
        provide_context(toasts);
        toasts
    }

    /// Shows a message; it leaves by itself.
    pub fn show(&self, toast: Toast) -> ToastId {
        let id = ToastId(self.next_id.get_value());
        self.next_id.update_value(|it| *it += 1);
        self.shown.update(|shown| {
            // What says the same once more takes the place of what said it before.
            shown.retain(|it| it.toast.text != toast.text);
            shown.push(ShownToast { id, toast });
        });
        id
    }

    /// Takes a message away; nothing happens if it is gone.
    pub fn dismiss(&self, id: ToastId) {
        // The list may be gone with the app while a timer still runs.
        let _ = self.shown.try_update(|shown| shown.retain(|it| it.id != id));
    }
}
