//! What is remembered of how files are read, each with the ways to change and to forget it.

use super::reading_editor::reading_editor;
use crate::data::Data;
use crate::edits::{Edit, Edits};
use crate::settings::words;
use leptos::prelude::*;
use model::RecordKind;
use protocol::SavedReading;

/// All that is remembered; nothing where there is none.
pub fn remembered_readings() -> AnyView {
    let t = words();
    let data = expect_context::<Data>();
    let readings =
        Memo::new(move |_| data.shop.get().map(|shop| shop.readings.clone()).unwrap_or_default());
    // A row stays while what it tells changes: somebody may be at it.
    let signatures = Memo::new(move |_| {
        let mut all: Vec<String> = readings.read().iter().map(|it| it.signature.clone()).collect();
        all.sort_unstable();
        all
    });
    let has_some = Memo::new(move |_| !signatures.read().is_empty());
    view! {
        <Show when=move || has_some.get()>
            <section class="card" data-readings>
                <h2>{t.readings_title()}</h2>
                <p class="card__note">{t.readings_note()}</p>
                <ul class="batches">
                    <For each=move || signatures.get() key=Clone::clone let:signature>
                        {row(readings, signature)}
                    </For>
                </ul>
            </section>
        </Show>
    }
    .into_any()
}

fn row(readings: Memo<Vec<SavedReading>>, signature: String) -> AnyView {
    let (t, edits) = (words(), Edits::here());
    let reading = Memo::new(move |_| {
        let known = readings.read().iter().find(|it| it.signature == signature).cloned();
        known.unwrap_or_else(|| SavedReading {
            signature: signature.clone(),
            ..SavedReading::default()
        })
    });
    let is_open = RwSignal::new(false);
    let forget = move |_| {
        let known = reading.get_untracked();
        let empty = SavedReading { signature: known.signature.clone(), ..SavedReading::default() };
        edits.write(Edit::reading(empty, known), t, t.forgotten(), move |written| {
            if let Err(problem) = written {
                edits.tell(t, &problem);
            }
        });
    };
    let title = move || t.reading_of(&reading.read().file_name);
    view! {
        <li class="batch batch--reading">
            <div class="batch__text"><b>{title}</b><small>{move || said(&reading.read())}</small></div>
            <div class="batch__acts">
                <button
                    class="button"
                    type="button"
                    data-action="change-reading"
                    aria-expanded=move || is_open.get().to_string()
                    aria-label=move || t.reading_change_one(&reading.read().file_name)
                    on:click=move |_| is_open.update(|it| *it = !*it)
                >
                    {move || if is_open.get() { t.close() } else { t.reading_change() }}
                </button>
                <button
                    class="button"
                    type="button"
                    data-action="forget-reading"
                    aria-label=move || t.reading_forget_one(&reading.read().file_name)
                    on:click=forget
                >
                    {t.forget()}
                </button>
            </div>
            {move || is_open.get().then(|| reading_editor(reading))}
        </li>
    }
    .into_any()
}

/// What was said, in one sentence.
fn said(reading: &SavedReading) -> String {
    let t = words();
    let code = reading.options.iter().find(|it| it.0 == "kind").map(|it| it.1.as_str());
    let kind = RecordKind::ALL.into_iter().find(|it| Some(it.code()) == code).unwrap_or_default();
    let columns = reading.columns.iter().filter(|(_, role)| !role.is_empty());
    let columns = columns.map(|(name, role)| format!("{name} = {}", t.role_in(kind, role)));
    let options = reading.options.iter().map(|(question, choice)| {
        let choice = protocol::Choice { code: choice.clone(), detail: String::new() };
        format!("{}: {}", t.reading_option(question), t.reading_choice(question, &choice))
    });
    t.list(&columns.chain(options).collect::<Vec<_>>())
}
