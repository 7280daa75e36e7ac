//! What stands in a field while somebody types and the data change underneath.

use leptos::prelude::*;

/// A field's text: what is stored, or what is being typed over it. What is typed stays until it is
/// saved, whatever arrives meanwhile.
#[derive(Clone, Copy)]
pub struct Draft {
    stored: Signal<String>,
    typed: RwSignal<Option<String>>,
    /// What was stored when typing began.
    base: RwSignal<Option<String>>,
    /// The text that was saved: it goes with the next news of what is stored.
    saved: StoredValue<Option<String>>,
}

impl Draft {
    /// A field of what is stored. `stored` should tell each time the data come anew, changed or not.
    pub fn of(stored: Signal<String>) -> Draft {
        let (typed, base) = (RwSignal::new(None), RwSignal::new(None));
        let draft = Draft { stored, typed, base, saved: StoredValue::new(None) };
        Effect::new(move || {
            let stored = draft.stored.get();
            let saved = draft.saved.try_update_value(Option::take).flatten();
            let is_over = draft.typed.with_untracked(|typed| {
                typed.is_some() && (*typed == saved || typed.as_deref() == Some(stored.as_str()))
            });
            if is_over {
                draft.forget();
            } else if saved.is_some() {
                // More was typed while this was saved.
                draft.base.set(saved);
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
        if self.typed.with_untracked(Option::is_none) {
            self.base.set(Some(self.stored()));
        }
        self.typed.set(Some(text));
    }

    /// What somebody else has stored since typing began, in another tab: to save now would write
    /// over it unseen.
    pub fn contested(self) -> Option<String> {
        let stored = self.stored.get();
        let typing = self.typed.with(|typed| typed.as_ref().is_some_and(|it| *it != stored));
        (typing && self.base.with(|it| it.as_ref() != Some(&stored))).then_some(stored)
    }

    /// What is typed may be written over what is stored now.
    pub fn insist(self) {
        self.base.set(Some(self.stored()));
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
