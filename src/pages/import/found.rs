//! What was found in a file, before anything is stored.

use crate::components::{DataTable, Icon, IconName, TableExport};
use crate::import_flow::ImportFlow;
use crate::settings::{formats, words};
use leptos::prelude::*;
use protocol::{Answer, Coded, FileReport, Question};

/// One file: refused with a sentence, or what is in it.
#[component]
pub fn FoundFile(
    file: FileReport,
    /// In the drop, counted from 0.
    place: u32,
) -> impl IntoView {
    match file.refusal.clone() {
        Some(refusal) => view! { <Refused name=file.name refusal /> }.into_any(),
        None => view! { <Accepted file place /> }.into_any(),
    }
}

#[component]
fn Refused(name: String, refusal: Coded) -> impl IntoView {
    let t = words();
    view! {
        <section class="found found--refused" role="alert" data-import-error data-code=refusal.code.clone()>
            <h2><Icon name=IconName::Warning /> {name}</h2>
            <p>{t.refusal(&refusal)}</p>
        </section>
    }
}

#[component]
fn Accepted(file: FileReport, place: u32) -> impl IntoView {
    let (t, f) = (words(), formats());
    let heading = match file.platform.as_str() {
        "generic" => t.this_is_table().to_owned(),
        id => t.this_is(t.platform(id)),
    };
    let already = file.already_imported_ms.map(|ms| {
        view! { <p class="found__left-out" data-already-imported>{t.already(&f.moment(ms))}</p> }
    });
    let same = file.same_as.as_ref().map(|name| {
        view! { <p class="found__left-out" data-same-file>{t.same_file(name)}</p> }
    });
    let questions = file.questions.clone();
    let name = file.name.clone();
    view! {
        <section class="found" data-import-file=name.clone()>
            <h2>{heading}</h2>
            <p class="found__sub">{name.clone()} " · " {t.bytes(file.size)}</p>
            {questions.into_iter().map(|question| view! { <Asked question place /> }).collect_view()}
            <Facts file=file.clone() />
            {settles(&file)}
            {already}
            {same}
            <LeftOut file=file.clone() />
            <Changes file=file.clone() />
            {known(file.warnings.clone(), file.grave as usize)}
            <Rejected file />
        </section>
    }
}

/// The four figures of a file.
#[component]
fn Facts(file: FileReport) -> impl IntoView {
    let (t, f) = (words(), formats());
    let valid: u32 = file.currencies.iter().map(|it| it.valid_orders).sum();
    let nets: Vec<String> = file.currencies.iter().map(|it| f.money(it.net, it.currency)).collect();
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
    let rows = t.rows(file.rows, &f.count(file.rows as f64));
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
            </div>
            {days}
        </div>
    }
}

/// Orders that will not count, by reason.
#[component]
fn LeftOut(file: FileReport) -> impl IntoView {
    let (t, f) = (words(), formats());
    let parts: Vec<String> = (file.states.iter())
        .filter(|(state, _)| !state.counts())
        .map(|(state, orders)| format!("{} {}", f.count(*orders), t.order_state(*state)))
        .collect();
    let text = if parts.is_empty() { String::new() } else { t.left_out(&t.list(&parts)) };
    view! { <p class="found__left-out">{text}</p> }
}

/// What storing the file would change.
#[component]
fn Changes(file: FileReport) -> impl IntoView {
    let (t, f) = (words(), formats());
    let run = file.dry_run;
    if run.updated == 0 && run.identical == 0 {
        return ().into_any();
    }
    let text = [
        t.would_add(&f.count(run.new)),
        t.would_update(&f.count(run.updated)),
        t.would_keep(&f.count(run.identical)),
    ];
    view! { <p class="found__left-out">{text.join(" · ")}</p> }.into_any()
}

/// A question with its answers; the first is in force until another is chosen.
#[component]
fn Asked(question: Question, place: u32) -> impl IntoView {
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
}

/// Which of the shop's facts the file settles.
fn settles(file: &FileReport) -> AnyView {
    let t = words();
    let Some(settles) = &file.settles else { return ().into_any() };
    let zone = settles.time_zone.as_ref().map(|zone| t.settles_zone(zone));
    let currency = settles.currency.map(|it| t.settles_currency(it.code()));
    let sentences = [zone.unwrap_or_default(), currency.unwrap_or_default()];
    let text = t.sentences(&[&t.sentences(&sentences), t.settles_change()]);
    view! { <p class="found__left-out" data-settles>{text}</p> }.into_any()
}

/// What to know: the `grave` first ones in the open, the notes behind a click.
fn known(mut warnings: Vec<Coded>, grave: usize) -> AnyView {
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
#[component]
fn Rejected(file: FileReport) -> impl IntoView {
    let (t, f) = (words(), formats());
    if file.rejected == 0 {
        return ().into_any();
    }
    let shown = file.rejected_rows.len();
    // The report has the first rows only.
    let first = (file.rejected > shown as u64).then(|| f.count(shown as f64));
    let more = first.as_ref().map(|n| t.rejected_more(n)).unwrap_or_default();
    let export = first.map_or_else(|| t.download_csv().to_owned(), |n| t.download_first(&n));
    let note = t.sentences(&[t.rejected_note(), &more]);
    let columns = vec![
        (t.line().to_owned(), true),
        (t.reason_word().to_owned(), false),
        (t.content().to_owned(), false),
    ];
    let rows: Vec<Vec<String>> = (file.rejected_rows.iter())
        .map(|row| vec![row.line.to_string(), t.reason(&row.reason, &row.detail), row.text.clone()])
        .collect();
    let heading = t.rejected_title(file.rejected, &f.count(file.rejected as f64));
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
