//! What the staff wrote about a customer.

use super::Shown;
use crate::components::Draft;
use crate::edits::{Edit, Edits};
use crate::settings::words;
use leptos::prelude::*;
use protocol::CustomerEdit;

/// The note, saved as its field is left.
#[component]
pub(super) fn Note(
    /// Of whom.
    customer: Shown,
) -> impl IntoView {
    let t = words();
    let edits = Edits::here();
    let draft = Draft::of(Signal::derive(move || customer.read().note.clone()));
    let leave = move |_| {
        let (text, former) = (draft.text(), draft.stored());
        if text.trim_end() == former {
            draft.forget();
            return;
        }
        let id = customer.read_untracked().row.id;
        let (now, back) = (CustomerEdit::Note(text.clone()), CustomerEdit::Note(former));
        let then = move |written: Result<(), _>| match written {
            Ok(()) => draft.saved(text),
            Err(problem) => edits.tell(t, &problem),
        };
        edits.write(Edit::customer(id, now, back), t, t.saved(), then);
    };
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
                prop:value=move || draft.shown()
                on:input=move |event| draft.type_over(event_target_value(&event))
                on:blur=leave
            ></textarea>
        </section>
    }
}
