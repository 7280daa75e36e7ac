//! What stands in a field while somebody types and the data change underneath.

use leptos::prelude::*;

/// A field's text: what is stored, or what is being typed over it. What is typed stays until it is
/// saved, whatever arrives meanwhile.
#[derive(Clone, Copy)]
pub struct Draft {
    stored: Signal<String>,
    typed: RwSignal<Option<String>>,
    /// The text that was saved: it goes with the next news of what is stored.
    saved: StoredValue<Option<String>>,
}

impl Draft {
    /// A field of what is stored. `stored` should tell each time the data come anew, changed or not.
    pub fn of(stored: Signal<String>) -> Draft {
        let draft = Draft { stored, typed: RwSignal::new(None), saved: StoredValue::new(None) };
        Effect::new(move || {
            let stored = draft.stored.get();
            let saved = draft.saved.try_update_value(Option::take).flatten();
            let is_over = draft.typed.with_untracked(|typed| {
                typed.is_some() && (*typed == saved || typed.as_deref() == Some(stored.as_str()))
            });
            if is_over {
                draft.typed.set(None);
            }
        });
        draft
    }

    /// The text to show.
    pub fn shown(self) -> String {
        self.typed.get().unwrap_or_else(|| self.stored.get())
    }

    /// The text that is shown, at this moment.
    pub fn text(self) -> String {
        untrack(|| self.shown())
    }

    /// The text that is stored, at this moment.
    pub fn stored(self) -> String {
        self.stored.get_untracked()
    }

    /// The user typed: this stands in the field now.
    pub fn type_over(self, text: String) {
        self.typed.set(Some(text));
    }

    /// This text is stored by now. Another that was typed since stays.
    pub fn saved(self, text: String) {
        let _ = self.saved.try_set_value(Some(text));
    }

    /// What is typed is given up.
    pub fn forget(self) {
        self.typed.set(None);
    }
}
