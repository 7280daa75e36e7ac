//! What stands in a field while somebody types and the data change underneath.

use leptos::prelude::*;

/// A field's text: what is stored, or what is being typed over it. What is typed stays until it is
/// saved, whatever arrives meanwhile. Blanks at its end are never stored and make no difference.
#[derive(Clone, Copy)]
pub struct Draft {
    stored: Signal<String>,
    typed: RwSignal<Option<String>>,
    /// What was stored when typing began, or was saved of it since.
    base: RwSignal<Option<String>>,
    /// The text that was saved: it goes with the next news of what is stored.
    saved: StoredValue<Option<String>>,
    /// The text that was sent last to be saved, until it is given up.
    sent: StoredValue<Option<String>>,
}

impl Draft {
    /// A field of what is stored. `stored` should tell each time the data come anew, changed or not.
    pub fn of(stored: Signal<String>) -> Draft {
        let (typed, base) = (RwSignal::new(None), RwSignal::new(None));
        let (saved, sent) = (StoredValue::new(None), StoredValue::new(None));
        let draft = Draft { stored, typed, base, saved, sent };
        Effect::new(move || draft.compare(draft.stored.get()));
        draft
    }

    /// What is stored came anew.
    fn compare(self, stored: String) {
        if let Some(saved) = self.saved.try_update_value(Option::take).flatten() {
            self.base.set(Some(saved));
        }
        let Some(typed) = self.typed.get_untracked() else { return };
        let typed = typed.trim_end();
        if typed == stored {
            // It stays as it is typed: a blank under the caret is the beginning of a word.
            self.base.set(Some(stored));
        } else if self.base.with_untracked(|it| it.as_deref() == Some(typed)) {
            // All that was typed had been saved, and was changed after that.
            self.forget();
        }
    }

    /// The text to show.
    pub fn shown(self) -> String {
        self.typed.get().unwrap_or_else(|| self.stored.get())
    }

    /// The text that is shown, at this moment.
    pub fn text(self) -> String {
        untrack(|| self.shown())
    }

    /// Whether something was typed that is not given up; also once it is saved.
    pub fn is_typed(self) -> bool {
        self.typed.with(Option::is_some)
    }

    /// The text that is stored, at this moment.
    pub fn stored(self) -> String {
        self.stored.get_untracked()
    }

    /// Whether what stands in the field is stored, or on its way there.
    pub fn is_stored(self) -> bool {
        let sent = self.sent.get_value();
        self.text().trim_end() == sent.unwrap_or_else(|| self.stored())
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
        let typing =
            self.typed.with(|typed| typed.as_ref().is_some_and(|it| it.trim_end() != stored));
        (typing && self.base.with(|it| it.as_ref() != Some(&stored))).then_some(stored)
    }

    /// What is typed may be written over what is stored now.
    pub fn insist(self) {
        self.base.set(Some(self.stored()));
    }

    /// This text is on its way to be stored; `None`: it did not get there.
    pub fn sent(self, text: Option<String>) {
        let _ = self.sent.try_set_value(text);
    }

    /// This text is stored by now. Another that was typed since stays.
    pub fn saved(self, text: &str) {
        let _ = self.saved.try_set_value(Some(text.trim_end().to_owned()));
    }

    /// What is typed is given up.
    pub fn forget(self) {
        self.typed.set(None);
        self.sent(None);
    }
}
