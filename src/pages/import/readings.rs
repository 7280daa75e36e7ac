//! What is remembered of how files are read, each with the way to forget it.

use crate::client::Engine;
use crate::components::{Toast, Toasts};
use crate::data::Data;
use crate::i18n::Words;
use crate::settings::words;
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::{Request, SavedReading};

/// All that is remembered; nothing where there is none.
pub fn remembered_readings() -> AnyView {
    let t = words();
    let data = expect_context::<Data>();
    let readings =
        Memo::new(move |_| data.shop.get().map(|shop| shop.readings.clone()).unwrap_or_default());
    let card = move || {
        let rows: Vec<AnyView> = readings.get().into_iter().map(row).collect();
        (!rows.is_empty()).then(|| {
            view! {
                <section class="card" data-readings>
                    <h2>{t.readings_title()}</h2>
                    <p class="card__note">{t.readings_note()}</p>
                    <ul class="batches">{rows}</ul>
                </section>
            }
        })
    };
    view! { {card} }.into_any()
}

fn row(reading: SavedReading) -> AnyView {
    let t = words();
    let (engine, toasts) = (expect_context::<Engine>(), expect_context::<Toasts>());
    let columns = reading.columns.iter().filter(|(_, role)| !role.is_empty());
    let columns = columns.map(|(name, role)| format!("{name} = {}", t.role(role)));
    let options = reading.options.iter().map(|(question, choice)| {
        let choice = protocol::Choice { code: choice.clone(), detail: String::new() };
        format!("{}: {}", t.reading_option(question), t.reading_choice(question, &choice))
    });
    let said = t.list(&columns.chain(options).collect::<Vec<_>>());
    let title = t.reading_of(&reading.file_name);
    let known = StoredValue::new(reading);
    let forget = move |_| {
        let known = known.get_value();
        let empty = SavedReading { signature: known.signature.clone(), ..SavedReading::default() };
        // The row goes with the reading, and would take along what is made while it stands.
        spawn_local(async move {
            let toast = match engine.ask(Request::SaveReading(empty)).await {
                Ok(_) => {
                    let back = Callback::new(move |()| put_back(engine, toasts, t, known.clone()));
                    Toast::info(t.forgotten()).with_action(t.undo(), "edit-undo", back)
                }
                Err(problem) => Toast::bad(t.problem(&problem)),
            };
            toasts.show(toast);
        });
    };
    view! {
        <li class="batch">
            <div class="batch__text"><b>{title}</b><small>{said}</small></div>
            <button class="button" type="button" data-action="forget-reading" on:click=forget>
                {t.forget()}
            </button>
        </li>
    }
    .into_any()
}

fn put_back(engine: Engine, toasts: Toasts, t: Words, reading: SavedReading) {
    spawn_local(async move {
        let toast = match engine.ask(Request::SaveReading(reading)).await {
            Ok(_) => Toast::info(t.put_back()),
            Err(problem) => Toast::bad(t.problem(&problem)),
        };
        toasts.show(toast);
    });
}
