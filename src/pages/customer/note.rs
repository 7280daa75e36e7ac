//! What the staff wrote about a customer.

use super::Shown;
use crate::components::{Draft, focus_on};
use crate::edits::{Edit, Edits};
use crate::i18n::Words;
use crate::settings::words;
use leptos::prelude::*;
use protocol::CustomerEdit;
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
        is_saved: RwSignal::new(false),
        edits: Edits::here(),
        t,
    };
    on_cleanup(move || note.leave_screen());
    // The tab may be closed before typing rests: hiding is the last that a page is told.
    let hidden = window_event_listener(leptos::ev::visibilitychange, move |_| {
        if !note.is_contested() {
            note.save_change();
        }
    });
    on_cleanup(move || hidden.remove());
    let contested = Memo::new(move |_| note.draft.contested());
    let saved = Memo::new(move |_| note.is_saved.get() && note.draft.is_typed());
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
            <p class="field__hint" id="note-state" role="status">{move || saved.get().then(|| t.saved())}</p>
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
    /// What stands in the field was written and is stored: said beside it.
    is_saved: RwSignal<bool>,
    edits: Edits,
    t: Words,
}

impl Writing {
    fn type_over(self, text: String) {
        self.before.update_value(|it| {
            it.get_or_insert_with(|| self.draft.stored());
        });
        self.draft.type_over(text);
        self.is_saved.set(false);
        let now = self.letters.get_value() + 1;
        self.letters.set_value(now);
        let rests = move || {
            if self.letters.try_get_value() == Some(now) && !self.is_contested() {
                self.save_change();
            }
        };
        set_timeout(rests, PAUSE);
    }

    /// Saves, and offers to undo all that was written since the field was entered.
    fn leave(self) {
        self.letters.update_value(|it| *it += 1);
        if self.is_contested() {
            return;
        }
        match self.before.try_update_value(Option::take).flatten() {
            Some(before) if before != self.draft.text().trim_end() => {
                self.save(before, self.t.saved());
            }
            // Nothing was written, or it is back at the beginning: a pause may have been saved.
            _ => self.save_change(),
        }
    }

    /// The field is gone. Between two notes nobody has chosen yet: the other one stands, and this
    /// one is offered once more.
    fn leave_screen(self) {
        if self.is_contested() {
            let edit = self.edit(self.draft.stored());
            self.edits.offer(edit, self.t, self.t.note_left(), self.t.note_keep_mine());
        } else {
            self.leave();
        }
    }

    fn is_contested(self) -> bool {
        untrack(|| self.draft.contested().is_some())
    }

    /// Saves quietly what is not stored yet.
    fn save_change(self) {
        if !self.draft.is_stored() {
            self.save(self.draft.stored(), "");
        }
    }

    fn save(self, former: String, said: &'static str) {
        let text = self.draft.text().trim_end().to_owned();
        self.draft.sent(Some(text.clone()));
        let then = move |written: Result<(), _>| match written {
            Ok(()) => {
                self.draft.saved(&text);
                // More may have been typed since, or the screen left.
                if self.letters.try_get_value().is_some() && self.draft.text().trim_end() == text {
                    let _ = self.is_saved.try_set(true);
                }
            }
            Err(problem) => {
                self.draft.sent(None);
                self.edits.tell(self.t, &problem);
            }
        };
        self.edits.write(self.edit(former), self.t, said, then);
    }

    /// What stands in the field, and what stood there.
    fn edit(self, former: String) -> Edit {
        let (now, back) = (CustomerEdit::Note(self.draft.text()), CustomerEdit::Note(former));
        Edit::customer(self.customer.read_untracked().row.id, now, back)
    }
}

/// Another tab has changed the note while this one wrote on it: both are there, one is chosen.
#[component]
fn Contested(note: Writing, theirs: String) -> impl IntoView {
    let t = words();
    let choose = move |mine: bool| {
        if mine {
            note.before.set_value(Some(note.draft.stored()));
            note.draft.insist();
            note.leave();
        } else {
            note.before.set_value(None);
            note.draft.forget();
        }
        focus_on("#note");
    };
    view! {
        <div class="contested" role="alert" id="note-contested">
            <p>{t.note_contested()}</p>
            <p class="contested__text">{if theirs.is_empty() { t.note_empty().to_owned() } else { theirs }}</p>
            <div class="row">
                <button class="button" type="button" data-action="note-keep-mine" on:click=move |_| choose(true)>
                    {t.note_keep_mine()}
                </button>
                <button class="button" type="button" data-action="note-take-theirs" on:click=move |_| choose(false)>
                    {t.note_take_theirs()}
                </button>
            </div>
        </div>
    }
}
