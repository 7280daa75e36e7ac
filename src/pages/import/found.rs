//! What was found in a file, before anything is stored.

use super::mapping::{missing, reading_line};
use super::people;
use crate::components::{DataTable, Icon, IconName, TableExport};
use crate::import_flow::ImportFlow;
use crate::settings::{formats, words};
use leptos::prelude::*;
use model::{OrderState, RecordKind};
use protocol::{Answer, Coded, FileReport, Question, RejectedRow};

/// One file: refused with a sentence, or what is in it. `place`: in the drop, counted from 0.
pub fn found_file(file: &FileReport, place: u32) -> AnyView {
    match &file.refusal {
        Some(refusal) => refused(&file.name, refusal),
        None => accepted(file, place),
    }
}

fn refused(name: &str, refusal: &Coded) -> AnyView {
    let t = words();
    view! {
        <section class="found found--refused" role="alert" data-import-error data-code=refusal.code.clone()>
            <h2><Icon name=IconName::Warning /> {name.to_owned()}</h2>
            <p>{t.refusal(refusal)}</p>
        </section>
    }
    .into_any()
}

fn accepted(file: &FileReport, place: u32) -> AnyView {
    let t = words();
    let heading = match file.platform.as_str() {
        id if file.kind != RecordKind::Orders => t.this_is_about(file.kind, id),
        "generic" => t.this_is_table().to_owned(),
        id => t.this_is(t.platform(id)),
    };
    let about = format!("{} · {}", file.name, t.bytes(file.size));
    // What the columns are is asked on a page of its own, above.
    let questions = file.questions.iter().filter(|it| it.code != "mapping");
    let questions = questions.cloned().map(|question| asked(question, place));
    let is_read = missing(file).is_none();
    view! {
        <section class="found" data-import-file=file.name.clone()>
            <h2>{heading}</h2>
            <p class="found__sub">{about}</p>
            {questions.collect_view()}
            {is_read.then(|| facts(file))}
            {reading_line(file, place)}
            {sentences(file)}
            {known(file.warnings.clone(), file.grave as usize)}
            {rejected(file.rejected, &file.rejected_rows)}
        </section>
    }
    .into_any()
}

/// The four figures of a file.
fn facts(file: &FileReport) -> AnyView {
    let (t, f) = (words(), formats());
    let valid: u32 = file.currencies.iter().map(|it| it.valid_orders).sum();
    let nets: Vec<String> = file.currencies.iter().map(|it| f.money(it.net, it.currency)).collect();
    let given_back: Vec<String> = (file.currencies.iter())
        .filter(|it| it.given_back > 0)
        .map(|it| {
            let money = |amount| f.money(amount, it.currency);
            t.less_given_back(&money(it.given_back), &money(it.net - it.given_back))
        })
        .collect();
    let days = file.days.map(|(first, last)| {
        let days = last.days_since(first) + 1;
        let months = (f64::from(days) / 30.44).round();
        let long = match days {
            ..61 => t.days(days.unsigned_abs().into(), &f.count(days)),
            _ => t.months(months as u64, &f.count(months)),
        };
        let span = match days {
            1 => f.day(first),
            _ => t.span(&f.day(first), &f.day(last)),
        };
        view! { <div class="found__fact"><b>{long}</b><span>{span}</span></div> }
    });
    if file.kind != RecordKind::Orders {
        return view! { <div class="found__facts">{people::figures(file)} {days}</div> }.into_any();
    }
    let rows = t.rows(file.rows, &f.count(file.rows as f64));
    if people::is_part(&file.platform) {
        let of_part = people::counts_of(&file.platform, file.orders, file.customers);
        let fact = |text: String| view! { <div class="found__fact"><b>{text}</b></div> };
        let of_part = of_part.into_iter().chain([rows]).map(fact).collect_view();
        return view! { <div class="found__facts">{of_part} {days}</div> }.into_any();
    }
    let in_rows = if file.orders == 1 { t.order_in_rows(&rows) } else { t.orders_in_rows(&rows) };
    let who = if file.customers == 1 { t.one_customer_word() } else { t.customers_word() };
    view! {
        <div class="found__facts">
            <div class="found__fact">
                <b>{f.count(file.orders)}</b>
                <span>{in_rows}</span>
            </div>
            <div class="found__fact"><b>{f.count(file.customers)}</b><span>{who}</span></div>
            <div class="found__fact">
                <b>{nets.join(" + ")}</b>
                <span>{t.net_of_valid(valid.into(), &f.count(valid))}</span>
                {given_back.into_iter().map(|it| view! { <span>{it}</span> }).collect_view()}
            </div>
            {days}
        </div>
    }
    .into_any()
}

/// What the file settles, what of it is known or does not count, and what storing it would change.
fn sentences(file: &FileReport) -> AnyView {
    let (t, f) = (words(), formats());
    let left_out: Vec<String> = (file.states.iter())
        // A refund is no order, but counts: a note says so.
        .filter(|(state, _)| !state.counts() && *state != OrderState::Refund)
        .map(|(state, orders)| format!("{} {}", f.count(*orders), t.order_state(*state)))
        .collect();
    let run = file.dry_run;
    let changes = || {
        let counts = [
            t.would_add(&f.count(run.new)),
            t.would_update(&f.count(run.updated)),
            t.would_keep(&f.count(run.identical)),
        ];
        counts.join(" · ")
    };
    let said = [
        ("zone", file.settles_zone.as_ref().map(|it| t.settles_zone(it))),
        ("currency", file.settles_currency.as_ref().map(|it| t.settles_currency(it))),
        ("already", file.already_imported_ms.map(|ms| t.already(&f.moment(ms)))),
        ("same", file.same_as.as_ref().map(|name| t.same_file(name))),
        ("left-out", (!left_out.is_empty()).then(|| t.left_out(&t.list(&left_out)))),
        (
            "erased",
            (file.erased > 0).then(|| t.rows_erased(file.erased.into(), &f.count(file.erased))),
        ),
        ("changes", (run.updated + run.identical > 0).then(changes)),
    ];
    let paragraphs = said.into_iter().chain(people::sentences(file)).filter_map(|(what, text)| {
        let text = text?;
        Some(view! { <p class="found__left-out" data-found=what>{text}</p> })
    });
    paragraphs.collect_view().into_any()
}

/// A question with its answers; the first is in force until another is chosen.
fn asked(question: Question, place: u32) -> AnyView {
    let t = words();
    let flow = expect_context::<ImportFlow>();
    let code = question.code.clone();
    let (heading, why) = t.question(&code, &question.detail);
    let choices = question.choices.into_iter().enumerate().map(|(index, choice)| {
        let label = t.choice(&choice);
        let answer = Answer { file: place, question: code.clone(), choice: choice.code.clone() };
        view! {
            <label class="question__choice">
                <input
                    type="radio"
                    name=format!("question-{code}-{place}")
                    value=choice.code
                    checked=index == 0
                    on:change=move |_| flow.answer(answer.clone())
                />
                {label}
            </label>
        }
    });
    let choices = choices.collect_view();
    view! {
        <fieldset class="question" data-import-question data-code=question.code>
            <legend>{heading}</legend>
            <p class="card__note">{why}</p>
            {choices}
        </fieldset>
    }
    .into_any()
}

/// What to know: the `grave` first ones in the open, the notes behind a click.
pub fn known(mut warnings: Vec<Coded>, grave: usize) -> AnyView {
    let (t, f) = (words(), formats());
    let notes = warnings.split_off(grave.min(warnings.len()));
    let open = (!warnings.is_empty()).then(|| issues(warnings));
    let count = notes.len();
    let closed = (count > 0).then(|| {
        view! {
            <details class="found__more">
                <summary>{t.warnings_title(count as u64, &f.count(count as f64))}</summary>
                {issues(notes)}
            </details>
        }
    });
    view! { {open} {closed} }.into_any()
}

fn issues(warnings: Vec<Coded>) -> AnyView {
    let (t, f) = (words(), formats());
    let items = warnings.into_iter().map(|warning| {
        let line = warning.line.map(|line| format!("{} {line}", t.line()));
        view! {
            <li class="issue" data-warning=warning.code.clone()>
                <span class="issue__where">{line}</span>
                <span class="issue__what">{t.warning(&warning)}</span>
                <span class="issue__value">{(warning.count > 1).then(|| format!("× {}", f.count(warning.count as f64)))}</span>
            </li>
        }
    });
    view! { <ul class="issues">{items.collect_view()}</ul> }.into_any()
}

/// Rows that cannot be used, with line and reason.
pub fn rejected(rejected: u64, rows: &[RejectedRow]) -> AnyView {
    let (t, f) = (words(), formats());
    if rejected == 0 {
        return ().into_any();
    }
    let shown = rows.len();
    // The report has the first rows only.
    let first = (rejected > shown as u64).then(|| f.count(shown as f64));
    let more = first.as_ref().map(|n| t.rejected_more(n)).unwrap_or_default();
    let export = first.map_or_else(|| t.download_csv().to_owned(), |n| t.download_first(&n));
    let note = t.sentences(&[t.rejected_note(), &more]);
    let columns = vec![
        (t.line().to_owned(), true),
        (t.reason_word().to_owned(), false),
        (t.content().to_owned(), false),
    ];
    let rows: Vec<Vec<String>> = (rows.iter())
        .map(|row| vec![row.line.to_string(), t.reason(&row.reason, &row.detail), row.text.clone()])
        .collect();
    let heading = t.rejected_title(rejected, &f.count(rejected as f64));
    view! {
        <details class="found__more found__more--warn" open>
            <summary>{heading.clone()}</summary>
            <div class="found__more-head">
                <p class="card__note">{note}</p>
                <TableExport file_name="rejected-rows.csv" label=export with_text=true />
            </div>
            <div class="found__rows" role="region" aria-label=heading.clone() tabindex="0">
                <DataTable caption=heading.clone() columns=columns rows=rows hide_caption=true />
            </div>
        </details>
    }
    .into_any()
}
