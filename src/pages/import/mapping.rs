//! What the columns of a file become, and how its texts are read: one page, whose figures follow each
//! choice.

use super::people;
use crate::components::{DataTable, TableExport};
use crate::import_flow::ImportFlow;
use crate::settings::{formats, words};
use leptos::prelude::*;
use model::RecordKind;
use protocol::{Answer, ColumnView, FileReport, Layout, ReadCell};

/// The roles without which no record of a kind can be read.
const fn needed_by(kind: RecordKind) -> &'static [&'static str] {
    match kind {
        RecordKind::Orders => &["order_number", "ordered_at", "total"],
        // Any key, any score will do.
        RecordKind::Contacts | RecordKind::Responses => &[],
        RecordKind::Tickets => &["ordered_at"],
        RecordKind::Events => &["ordered_at", "action"],
        RecordKind::Summaries => {
            &["summary_day", "first_day", "order_count", "net", "first_day_net", "order_gaps"]
        }
    }
}

/// The page of the file whose reading is being changed, if any is.
pub fn mapping_editor(flow: ImportFlow) -> AnyView {
    // A memo: it stays as it is while the file is read anew.
    let place = Memo::new(move |_| flow.editing.get());
    view! { {move || place.get().map(|place| editor(flow, place))} }.into_any()
}

/// The roles that a file cannot be read without and that no column has, by their codes.
pub fn missing(file: &FileReport) -> Option<&str> {
    let asked = file.questions.iter().find(|it| it.code == "mapping")?;
    Some(asked.detail.as_str()).filter(|it| !it.is_empty())
}

/// What of a file's reading is to be said on its card, and the way to change it.
pub fn reading_line(file: &FileReport, place: u32) -> Option<AnyView> {
    let t = words();
    let flow = expect_context::<ImportFlow>();
    let layout = file.layout.as_ref()?;
    let remembered = layout.remembered.then(|| t.read_as_remembered());
    let label = if missing(file).is_some() { t.say_columns() } else { t.change_reading() };
    let open = view! {
        <p class="found__left-out found__reading" data-found="reading">
            {remembered} " "
            <button
                class="link"
                type="button"
                data-action="change-mapping"
                hidden=move || flow.editing.get() == Some(place)
                on:click=move |_| flow.edit(Some(place))
            >
                {label}
            </button>
        </p>
    };
    Some(open.into_any())
}

fn editor(flow: ImportFlow, place: u32) -> AnyView {
    let t = words();
    let name = flow.edited.with_untracked(|it| it.as_ref().map(|it| it.name.clone()));
    // What was left out because another column took its place, in words.
    let moved = RwSignal::new(String::new());
    // As the rows are of another kind, some have no say any more; the others stay as they are.
    let options = Memo::new(move |_| {
        flow.edited.track();
        in_layout(flow, |it| it.options.iter().map(|it| it.code.clone()).collect::<Vec<_>>())
    });
    let options =
        move || options.get().into_iter().map(|code| option(flow, place, code)).collect_view();
    let kind = Memo::new(move |_| kind_of(flow));
    view! {
        <section class="found-set mapping" data-import-question data-code="mapping" aria-labelledby="mapping-title">
            <h2 id="mapping-title">{t.mapping_title(&name.unwrap_or_default())}</h2>
            <p class="card__note">{t.mapping_why()}</p>
            <p class="mapping__needed" role="status">{move || needed(flow)} " " {moved}</p>
            {columns(flow, place, moved)}
            <h3>{t.how_it_is_read()}</h3>
            <div class="mapping__options">{options}</div>
            {move || first_records(flow, kind.get())}
            {foot(flow, place, moved)}
        </section>
    }
    .into_any()
}

/// The columns, one a row.
fn columns(flow: ImportFlow, place: u32, moved: RwSignal<String>) -> AnyView {
    let t = words();
    // Made anew only where there are other columns: a control that is being used stays.
    let columns = Memo::new(move |_| {
        let one = |column: &ColumnView| (column.name.clone(), column.samples.join(" · "));
        let kind = kind_of(flow);
        (kind, in_layout(flow, |it| it.columns.iter().map(one).collect::<Vec<_>>()))
    });
    let rows = move || {
        let (_, columns) = columns.get();
        let columns = columns.into_iter().enumerate();
        columns
            .map(|(at, (name, samples))| row(flow, place, moved, at, name, samples))
            .collect_view()
    };
    view! {
        <div data-table>
            <div class="row row--end">
                <TableExport file_name="columns.csv" label=t.download_csv() />
            </div>
            <div class="mapping__columns" role="region" aria-labelledby="mapping-title" tabindex="0">
            <table class="table" aria-rowcount=move || columns.with(|it| it.1.len()) + 1>
                <thead>
                    <tr>
                        <th scope="col">{t.your_column()}</th>
                        <th scope="col">{t.first_values()}</th>
                        <th scope="col">{t.becomes()}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            </div>
        </div>
    }
    .into_any()
}

/// What comes of the file, and the ways out.
fn foot(flow: ImportFlow, place: u32, moved: RwSignal<String>) -> AnyView {
    let t = words();
    let result = move || {
        let is_part = flow.edited.with(|it| is_part(it.as_ref()));
        let reads_on = (is_part && flow.rereading.get()).then(|| t.reading_all().to_owned());
        std::iter::once(read_so(flow)).chain(reads_on).collect::<Vec<_>>().join(" · ")
    };
    let as_found = move |_| {
        moved.set(String::new());
        flow.reread(place, true, vec![answer(place, "reading", "as_found".to_owned())]);
    };
    view! {
        <div class="found__foot">
            <p class="found__left-out" role="status" data-preview>{result}</p>
            <div class="found__actions">
                <button class="button" type="button" data-action="mapping-as-found" on:click=as_found>
                    {t.read_as_found()}
                </button>
                <button class="button" type="button" data-action="mapping-close" on:click=move |_| flow.edit(None)>
                    {t.close()}
                </button>
            </div>
        </div>
    }
    .into_any()
}

/// What is still needed, or what must not be missing.
fn needed(flow: ImportFlow) -> String {
    let t = words();
    let kind = kind_of(flow);
    let said = |codes: &mut dyn Iterator<Item = &str>| {
        t.list(&codes.map(|code| t.role_in(kind, code)).collect::<Vec<_>>())
    };
    flow.edited.with(|file| match (kind, file.as_ref().and_then(missing)) {
        (RecordKind::Contacts, _) => t.needed_of_contacts().to_owned(),
        (RecordKind::Responses, _) => t.needed_of_responses().to_owned(),
        (_, Some(codes)) => t.mapping_missing(&said(&mut codes.split(','))),
        (_, None) => t.mapping_needed(&said(&mut needed_by(kind).iter().copied())),
    })
}

/// What the rows of the file are, as it is read now.
fn kind_of(flow: ImportFlow) -> RecordKind {
    flow.edited.with(|file| file.as_ref().map(|it| it.kind).unwrap_or_default())
}

/// Something of the layout at this moment; nothing where there is none.
fn in_layout<T: Default>(flow: ImportFlow, read: impl FnOnce(&Layout) -> T) -> T {
    flow.edited.with_untracked(|file| {
        file.as_ref().and_then(|it| it.layout.as_deref()).map(read).unwrap_or_default()
    })
}

fn is_part(file: Option<&FileReport>) -> bool {
    file.and_then(|it| it.layout.as_ref()).is_some_and(|it| it.only_head)
}

/// A column with what it becomes.
fn row(
    flow: ImportFlow,
    place: u32,
    moved: RwSignal<String>,
    at: usize,
    name: String,
    samples: String,
) -> AnyView {
    let t = words();
    let roles: Vec<String> =
        in_layout(flow, |it| it.roles.iter().map(|it| it.code.clone()).collect());
    let kind = untrack(|| kind_of(flow));
    let named = roles.into_iter().map(|code| {
        let needed = if needed_by(kind).contains(&code.as_str()) { " *" } else { "" };
        let text = format!("{}{needed}", t.role_in(kind, &code));
        (code, text)
    });
    let left_out = (String::new(), t.leave_out().to_owned());
    let choices = Signal::stored(std::iter::once(left_out).chain(named).collect::<Vec<_>>());
    let chosen = Signal::derive(move || {
        flow.edited.track();
        in_layout(flow, |it| it.columns.get(at).map(|it| it.role.clone())).unwrap_or_default()
    });
    let choose = Callback::new(move |role: String| {
        moved.set(String::new());
        flow.edited.update(|file| {
            let Some(layout) = file.as_mut().and_then(|it| it.layout.as_mut()) else { return };
            if let Some(other) = give(layout, at, &role) {
                moved.set(t.mapping_moved(
                    &t.role_in(kind, &role),
                    &other,
                    &layout.columns[at].name,
                ));
            }
            let roles: Vec<&str> = layout.columns.iter().map(|it| it.role.as_str()).collect();
            let columns = answer(place, "mapping", roles.join(","));
            // What columns mean says that the rows are orders, unless it is said what they are.
            let of_kind =
                (kind != RecordKind::Orders).then(|| answer(place, "kind", kind.code().to_owned()));
            flow.reread(place, false, std::iter::once(columns).chain(of_kind).collect());
        });
    });
    let label = format!("{}: {name}", t.becomes());
    let becomes = move || {
        let code = chosen.get();
        if code.is_empty() { t.leave_out().to_owned() } else { t.role_in(kind, &code) }
    };
    view! {
        <tr class:mapping__known=move || !chosen.get().is_empty()>
            <th scope="row">{name}</th>
            <td class="mapping__samples">{samples}</td>
            <td data-value=becomes>{select(label, choices, chosen, choose)}</td>
        </tr>
    }
    .into_any()
}

/// Gives a column a role. Another that had it, if only one can, is left out; its name comes back.
fn give(layout: &mut Layout, at: usize, role: &str) -> Option<String> {
    let several = layout.roles.iter().any(|it| it.code == role && it.several);
    let mut taken_from = None;
    for (other, column) in layout.columns.iter_mut().enumerate() {
        if other == at {
            role.clone_into(&mut column.role);
        } else if !several && !role.is_empty() && column.role == role {
            column.role.clear();
            taken_from = Some(column.name.clone());
        }
    }
    taken_from
}

/// An option of reading.
fn option(flow: ImportFlow, place: u32, code: String) -> AnyView {
    let t = words();
    let label = t.reading_option(&code).to_owned();
    let code = StoredValue::new(code);
    let find = move |layout: &Layout| {
        code.with_value(|code| layout.options.iter().find(|it| it.code == *code).cloned())
    };
    // In another encoding the lines of the file say something else.
    let choices = Memo::new(move |_| {
        flow.edited.track();
        let found = in_layout(flow, find).map_or_else(Vec::new, |it| it.choices).into_iter();
        let named =
            found.map(|it| (it.code.clone(), code.with_value(|of| t.reading_choice(of, &it))));
        named.collect::<Vec<_>>()
    });
    let chosen = Signal::derive(move || {
        flow.edited.track();
        in_layout(flow, find).map(|it| it.detail).unwrap_or_default()
    });
    let choose = Callback::new(move |choice: String| {
        let code = code.get_value();
        let is_of_columns =
            matches!(code.as_str(), "kind" | "encoding" | "delimiter" | "header_line");
        // There may be other columns now: what they become is found anew.
        let columns = is_of_columns.then(|| answer(place, "mapping", String::new()));
        let answers = std::iter::once(answer(place, &code, choice)).chain(columns);
        flow.reread(place, false, answers.collect());
    });
    view! {
        <label class="mapping__option">
            <span>{label.clone()}</span>
            {select(label, choices.into(), chosen, choose)}
        </label>
    }
    .into_any()
}

/// The machine's own list.
pub fn select(
    label: String,
    choices: Signal<Vec<(String, String)>>,
    chosen: Signal<String>,
    choose: Callback<String>,
) -> AnyView {
    // The value is set before the options are there: the one chosen needs a mark of its own.
    let options = move || {
        let now = chosen.get_untracked();
        let option = move |(code, text): (String, String)| {
            let selected = code == now;
            view! { <option value=code selected=selected>{text}</option> }
        };
        choices.get().into_iter().map(option).collect_view()
    };
    view! {
        <select
            class="select"
            aria-label=label
            prop:value=move || chosen.get()
            on:change=move |event| choose.run(event_target_value(&event))
        >
            {options}
        </select>
    }
    .into_any()
}

fn answer(place: u32, question: &str, choice: String) -> Answer {
    Answer { file: place, question: question.to_owned(), choice }
}

/// The first records as a table.
fn first_records(flow: ImportFlow, kind: RecordKind) -> AnyView {
    let t = words();
    let (title, columns) = match kind {
        RecordKind::Orders => (t.first_orders(), order_columns()),
        _ => (t.first_records(), record_columns(flow, kind)),
    };
    let rows = Signal::derive(move || match kind {
        RecordKind::Orders => first_orders(flow),
        _ => first_of_people(flow),
    });
    view! {
        <div data-table>
            <div class="card__head">
                <h3>{title}</h3>
                <TableExport file_name="first-records.csv" label=t.download_csv() />
            </div>
            <div class="mapping__orders">
                <DataTable caption=title columns=columns rows=rows hide_caption=true />
            </div>
        </div>
    }
    .into_any()
}

fn record_columns(flow: ImportFlow, kind: RecordKind) -> Vec<(String, bool)> {
    let t = words();
    let columns: Vec<String> = in_layout(flow, |it| it.records.columns.clone());
    let is_number = |code: &str| matches!(code, "overall" | "nps" | "ces" | "csat");
    columns.iter().map(|code| (t.role_in(kind, code), is_number(code))).collect()
}

fn first_of_people(flow: ImportFlow) -> Vec<Vec<String>> {
    let (t, f) = (words(), formats());
    let cell = |cell: &ReadCell| match cell {
        ReadCell::Text(text) => text.clone(),
        ReadCell::Day(day) => f.day(*day),
        ReadCell::Score(score) => f.count(*score),
        ReadCell::Consent(consent) => t.consent(*consent).unwrap_or_default().to_owned(),
    };
    flow.edited.with(|file| {
        let layout = file.as_ref().and_then(|it| it.layout.as_ref());
        let rows = layout.map_or(&[][..], |it| &it.records.rows);
        rows.iter().map(|row| row.iter().map(cell).collect()).collect()
    })
}

fn order_columns() -> Vec<(String, bool)> {
    let t = words();
    let name = |code: &str, numeric| (t.role(code).to_owned(), numeric);
    let customer = (t.customer_word().to_owned(), false);
    vec![
        name("order_number", false),
        name("ordered_at", false),
        name("total", true),
        name("status", false),
        customer,
    ]
}

fn first_orders(flow: ImportFlow) -> Vec<Vec<String>> {
    let (t, f) = (words(), formats());
    flow.edited.with(|file| {
        let layout = file.as_ref().and_then(|it| it.layout.as_ref());
        let orders = layout.map_or(&[][..], |it| &it.orders);
        let cells = orders.iter().map(|order| {
            vec![
                order.number.clone(),
                f.day(order.day),
                f.money(order.total, order.currency),
                t.order_state(order.state).to_owned(),
                order.customer.clone(),
            ]
        });
        cells.collect()
    })
}

/// What comes of the file as it is read now.
fn read_so(flow: ImportFlow) -> String {
    let (t, f) = (words(), formats());
    flow.edited.with(|file| {
        let Some(file) = file.as_ref().filter(|it| people::count(it) > 0) else {
            let is_of_orders = file.as_ref().is_none_or(|it| it.kind == RecordKind::Orders);
            return if is_of_orders { t.nothing_read() } else { t.no_record_read() }.to_owned();
        };
        let rows = t.rows(file.rows, &f.count(file.rows as f64));
        let count = people::count(file);
        let orders = t.records_of(Some(file.kind), count.into(), &f.count(count));
        let said = if is_part(Some(file)) {
            t.read_head(&rows, &orders)
        } else {
            t.read_whole(&rows, &orders)
        };
        let bad = (file.rejected > 0)
            .then(|| t.rejected_title(file.rejected, &f.count(file.rejected as f64)));
        std::iter::once(said).chain(bad).collect::<Vec<_>>().join(" · ")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::RoleView;

    fn layout() -> Layout {
        let column = |(name, role): (&str, &str)| ColumnView {
            name: name.to_owned(),
            samples: Vec::new(),
            role: role.to_owned(),
        };
        let role = |(code, several): (&str, bool)| RoleView { code: code.to_owned(), several };
        Layout {
            columns: [("a", "total"), ("b", "phone"), ("c", "")].map(column).to_vec(),
            roles: [("total", false), ("phone", true)].map(role).to_vec(),
            ..Layout::default()
        }
    }

    fn roles(layout: &Layout) -> Vec<&str> {
        layout.columns.iter().map(|it| it.role.as_str()).collect()
    }

    #[test]
    fn a_role_of_one_column_is_taken_from_the_other_that_had_it() {
        let mut layout = layout();
        assert_eq!(give(&mut layout, 2, "total").as_deref(), Some("a"));
        assert_eq!(roles(&layout), ["", "phone", "total"]);
        // Several may be telephones, and several may be left out.
        assert_eq!(give(&mut layout, 2, "phone"), None);
        assert_eq!(give(&mut layout, 1, ""), None);
        assert_eq!(roles(&layout), ["", "", "phone"]);
    }
}
