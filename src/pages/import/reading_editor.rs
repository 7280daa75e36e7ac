//! What is remembered of how files are read, to be changed: each change is written at once, with the
//! way back.

use super::mapping::select;
use crate::client::Engine;
use crate::edits::{Edit, Edits};
use crate::settings::words;
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::{Choice, Question, ReadingView, Request, Response, RoleView, SavedReading};

/// The editor of a reading; nothing until it is known what its columns can be.
pub fn reading_editor(reading: Memo<SavedReading>) -> AnyView {
    let (engine, edits) = (expect_context::<Engine>(), Edits::here());
    let view = RwSignal::new(None::<ReadingView>);
    // Of other rows the columns can be something else.
    Effect::new(move || {
        let signature = reading.read().signature.clone();
        spawn_local(async move {
            match engine.ask(Request::Reading(signature)).await {
                Ok(Response::Reading(now)) => _ = view.try_set(Some(*now)),
                Ok(_) => {}
                // It has just been forgotten.
                Err(_) => _ = view.try_set(None),
            }
        });
    });
    let offered = Memo::new(move |_| view.read().as_ref().map(|it| (it.kind, it.roles.clone())));
    let asked = Memo::new(move |_| {
        let view = view.read();
        let options = view.as_ref().map_or(&[][..], |it| &it.options).iter();
        options.map(|it| (it.code.clone(), it.choices.clone())).collect::<Vec<_>>()
    });
    let names = Memo::new(move |_| {
        reading.read().columns.iter().map(|it| it.0.clone()).collect::<Vec<String>>()
    });
    let columns = move || {
        let (kind, roles) = offered.get()?;
        let rows = names.get().into_iter().map(|name| column(reading, edits, name, kind, &roles));
        Some(view! { <div class="mapping__options">{rows.collect_view()}</div> })
    };
    let options = move || {
        let rows = asked.get().into_iter().map(|(code, choices)| {
            option(reading, edits, Question { code, choices, detail: String::new() })
        });
        view! { <div class="mapping__options">{rows.collect_view()}</div> }
    };
    view! { <div class="stack reading" data-reading-editor>{columns} {options}</div> }.into_any()
}

/// A column, and what it becomes.
fn column(
    reading: Memo<SavedReading>,
    edits: Edits,
    name: String,
    kind: model::RecordKind,
    roles: &[RoleView],
) -> AnyView {
    let t = words();
    let left_out = (String::new(), t.leave_out().to_owned());
    let named = roles.iter().map(|it| (it.code.clone(), t.role_in(kind, &it.code)));
    let choices = Signal::stored(std::iter::once(left_out).chain(named).collect::<Vec<_>>());
    let several: Vec<String> =
        roles.iter().filter(|it| it.several).map(|it| it.code.clone()).collect();
    let key = StoredValue::new((name.clone(), several));
    let chosen = Signal::derive(move || {
        let reading = reading.read();
        let known = key.with_value(|key| reading.columns.iter().find(|it| it.0 == key.0).cloned());
        known.map(|it| it.1).unwrap_or_default()
    });
    let choose = Callback::new(move |role: String| {
        let mut now = reading.get_untracked();
        key.with_value(|(name, several)| give(&mut now, name, &role, several.contains(&role)));
        write(edits, now, reading.get_untracked());
    });
    labelled(name, choices, chosen, choose)
}

/// Gives a column a role; another that had it, if only one can, is left out.
fn give(reading: &mut SavedReading, name: &str, role: &str, several: bool) {
    for (other, of) in &mut reading.columns {
        if other == name {
            role.clone_into(of);
        } else if !several && !role.is_empty() && of == role {
            of.clear();
        }
    }
}

/// An option, and what was said of it.
fn option(reading: Memo<SavedReading>, edits: Edits, of: Question) -> AnyView {
    let t = words();
    let as_found = (String::new(), t.as_found().to_owned());
    let named = |it: &Choice| (it.code.clone(), t.reading_choice(&of.code, it));
    let choices = std::iter::once(as_found).chain(of.choices.iter().map(named)).collect::<Vec<_>>();
    let label = t.reading_option(&of.code).to_owned();
    let code = StoredValue::new(of.code);
    let chosen = Signal::derive(move || {
        let reading = reading.read();
        let said = code.with_value(|code| reading.options.iter().find(|it| it.0 == *code).cloned());
        said.map(|it| it.1).unwrap_or_default()
    });
    let choose = Callback::new(move |choice: String| {
        let mut now = reading.get_untracked();
        let code = code.get_value();
        now.options.retain(|it| it.0 != code);
        if !choice.is_empty() {
            now.options.push((code, choice));
        }
        write(edits, now, reading.get_untracked());
    });
    labelled(label, Signal::stored(choices), chosen, choose)
}

fn labelled(
    label: String,
    choices: Signal<Vec<(String, String)>>,
    chosen: Signal<String>,
    choose: Callback<String>,
) -> AnyView {
    view! {
        <label class="mapping__option">
            <span>{label.clone()}</span>
            {select(label, choices, chosen, choose)}
        </label>
    }
    .into_any()
}

fn write(edits: Edits, now: SavedReading, former: SavedReading) {
    let t = words();
    edits.write(Edit::reading(now, former), t, t.saved(), move |written| {
        if let Err(problem) = written {
            edits.tell(t, &problem);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_of_one_column_is_taken_from_the_other() {
        let column = |(name, role): (&str, &str)| (name.to_owned(), role.to_owned());
        let mut reading = SavedReading {
            columns: [("a", "total"), ("b", "phone"), ("c", "")].map(column).to_vec(),
            ..SavedReading::default()
        };
        give(&mut reading, "c", "total", false);
        give(&mut reading, "a", "phone", true);
        let columns = [("a", "phone"), ("b", "phone"), ("c", "total")].map(column);
        assert_eq!(reading.columns, columns);
        give(&mut reading, "b", "", false);
        assert_eq!(reading.columns[1], column(("b", "")));
    }
}
