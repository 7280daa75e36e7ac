//! What the staff wrote about a customer.

use super::Shown;
use crate::components::{Draft, focus_on};
use crate::edits::{Edit, Edits};
use crate::i18n::Words;
use crate::settings::words;
use leptos::prelude::*;
use protocol::{CustomerEdit, Problem};
use std::time::Duration;

/// How long nothing is typed before the note is saved.
const PAUSE: Duration = Duration::from_millis(800);

/// The note, saved whenever typing rests and as its field is left.
#[component]
pub(super) fn Note(
    /// Of whom.
    customer: Shown,
) -> impl IntoView {
    let t = words();
    let note = Writing {
        customer,
        draft: Draft::of(Signal::derive(move || customer.read().note.clone())),
        before: StoredValue::new(None),
        letters: StoredValue::new(0),
        edits: Edits::here(),
        t,
    };
    on_cleanup(move || note.leave());
    let contested = Memo::new(move |_| note.draft.contested());
    view! {
        <section class="card">
            <h2><label for="note">{t.note()}</label></h2>
            <p class="card__note" id="note-hint">{t.note_hint()}</p>
            <textarea
                class="textarea"
                id="note"
                rows="4"
                maxlength="10000"
                aria-describedby="note-hint"
                prop:value=move || note.draft.shown()
                on:input=move |event| note.type_over(event_target_value(&event))
                on:blur=move |_| note.leave()
            ></textarea>
            {move || contested.get().map(|theirs| view! { <Contested note theirs /> })}
        </section>
    }
}

/// A note that is being written.
#[derive(Clone, Copy)]
struct Writing {
    customer: Shown,
    draft: Draft,
    /// The note before it was written on: undoing brings it back whole, not the last pause's.
    before: StoredValue<Option<String>>,
    /// How often something was typed: tells whether typing rests.
    letters: StoredValue<u32>,
    edits: Edits,
    t: Words,
}

impl Writing {
    fn type_over(self, text: String) {
        self.before.update_value(|it| {
            it.get_or_insert_with(|| self.draft.stored());
        });
        self.draft.type_over(text);
        let now = self.letters.get_value() + 1;
        self.letters.set_value(now);
        let rests = move || {
            if self.letters.try_get_value() == Some(now) && self.differs() {
                let (edit, then) = (self.edit(self.draft.stored()), self.then());
                self.edits.write_quietly(edit, then);
            }
        };
        set_timeout(rests, PAUSE);
    }

    /// Saves, and offers to undo all that was written since the field was entered.
    fn leave(self) {
        self.letters.update_value(|it| *it += 1);
        if untrack(|| self.draft.contested().is_some()) {
            return;
        }
        let before = self.before.try_update_value(Option::take).flatten();
        let text = self.draft.text();
        let Some(before) = before.filter(|it| it != text.trim_end()) else {
            if !self.differs() {
                self.draft.forget();
                return;
            }
            // Back at the beginning, but a pause was saved on the way.
            return self.edits.write_quietly(self.edit(self.draft.stored()), self.then());
        };
        self.edits.write(self.edit(before), self.t, self.t.saved(), self.then());
    }

    /// Whether something is to be saved, and may be.
    fn differs(self) -> bool {
        let contested = untrack(|| self.draft.contested().is_some());
        !contested && self.draft.text().trim_end() != self.draft.stored()
    }

    fn edit(self, former: String) -> Edit {
        let id = self.customer.read_untracked().row.id;
        Edit::customer(id, CustomerEdit::Note(self.draft.text()), CustomerEdit::Note(former))
    }

    fn then(self) -> impl FnOnce(Result<(), Problem>) + 'static {
        let text = self.draft.text();
        move |written| match written {
            Ok(()) => self.draft.saved(text),
            Err(problem) => self.edits.tell(self.t, &problem),
        }
    }
}

/// Another tab has changed the note while this one wrote on it: both are there, one is chosen.
#[component]
fn Contested(note: Writing, theirs: String) -> impl IntoView {
    let t = words();
    let keep = move |_| {
        note.draft.insist();
        note.leave();
        focus_on("#note");
    };
    let take = move |_| {
        note.before.set_value(None);
        note.draft.forget();
        focus_on("#note");
    };
    view! {
        <div class="contested" role="alert" id="note-contested">
            <p>{t.note_contested()}</p>
            <blockquote>{if theirs.is_empty() { t.note_empty().to_owned() } else { theirs }}</blockquote>
            <div class="row">
                <button class="button" type="button" data-action="note-keep-mine" on:click=keep>
                    {t.note_keep_mine()}
                </button>
                <button class="button" type="button" data-action="note-take-theirs" on:click=take>
                    {t.note_take_theirs()}
                </button>
            </div>
        </div>
    }
}
