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
        key.with_value(|(name, _)| value_of(&reading.columns, name))
    });
    let choose = Callback::new(move |role: String| {
        key.with_value(|(name, several)| {
            let (now, former) =
                given(&reading.read_untracked(), name, &role, several.contains(&role));
            write(edits, now, former);
        });
    });
    labelled(name, choices, chosen, choose)
}

/// The change that gives a column a role, and the one that gives the role back to those that had it:
/// where only one can have it, it is taken from them.
fn given(
    reading: &SavedReading,
    name: &str,
    role: &str,
    several: bool,
) -> (SavedReading, SavedReading) {
    let is_taken = |from: &str| !several && !role.is_empty() && from == role;
    let is_former = |it: &&(String, String)| it.0 == name || is_taken(&it.1);
    let former = reading.columns.iter().filter(is_former).cloned().collect();
    let of = |columns| SavedReading { columns, options: Vec::new(), ..reading.clone() };
    (of(vec![(name.to_owned(), role.to_owned())]), of(former))
}

fn value_of(pairs: &[(String, String)], name: &str) -> String {
    pairs.iter().find(|it| it.0 == name).map(|it| it.1.clone()).unwrap_or_default()
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
        code.with_value(|code| value_of(&reading.options, code))
    });
    let choose = Callback::new(move |choice: String| {
        let (code, known) = (code.get_value(), reading.read_untracked());
        let of = |choice: String| SavedReading {
            columns: Vec::new(),
            options: vec![(code.clone(), choice)],
            ..known.clone()
        };
        write(edits, of(choice), of(value_of(&known.options, &code)));
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
    edits.write(Edit::of_reading(now, former), t, t.saved(), move |written| {
        if let Err(problem) = written {
            edits.tell(t, &problem);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_takes_a_role_from_another_column_can_be_put_back() {
        let pairs = |of: &[(&str, &str)]| -> Vec<(String, String)> {
            of.iter().map(|(name, role)| ((*name).to_owned(), (*role).to_owned())).collect()
        };
        let reading = SavedReading {
            columns: pairs(&[("a", "total"), ("b", "phone"), ("c", ""), ("d", "")]),
            options: pairs(&[("date_order", "day_first")]),
            ..SavedReading::default()
        };
        for (name, role, several, former) in [
            ("c", "total", false, &[("a", "total"), ("c", "")][..]),
            ("c", "phone", true, &[("c", "")]),
            ("c", "", false, &[("c", "")]),
            ("a", "total", false, &[("a", "total")]),
        ] {
            let (now, back) = given(&reading, name, role, several);
            assert_eq!((now.columns, back.columns), (pairs(&[(name, role)]), pairs(former)));
            assert!(now.options.is_empty() && back.options.is_empty());
        }
    }
}
