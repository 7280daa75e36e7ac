//! The shop's own grades: the rules, and how many customers each hits.

use super::rule_editor::rule_editor;
use crate::address::{customers_path, use_lens, use_link};
use crate::components::TableExport;
use crate::data::Data;
use crate::i18n::Words;
use crate::pages::answered::answered_part;
use crate::pages::matrix::who_meets;
use crate::settings::{formats, words};
use leptos::html;
use leptos::prelude::*;
use model::{Amount, Currency};
use protocol::{
    Bound, CrossCell, GradeCondition, GradeMeasure, GradeRule, GradeRules, GradesView, Label,
    LabelCondition, LabelKind, Request, Response, RfmWindow,
};
use std::sync::Arc;

/// The card. The rules are changed in a panel that opens in it.
#[component]
pub(super) fn Grades() -> impl IntoView {
    let t = words();
    let (data, lens) = (expect_context::<Data>(), use_lens());
    let rules = Memo::new(move |_| {
        data.shop.read().as_ref().map(|it| it.grades.clone()).unwrap_or_default()
    });
    // What the panel begins with; `None`: it is closed.
    let editing = RwSignal::new(None::<GradeRules>);
    let button = NodeRef::<html::Button>::new();
    let close = Callback::new(move |()| {
        let _ = editing.try_set(None);
        if let Some(button) = button.get_untracked() {
            let _ = button.focus();
        }
    });
    let toggle = move |_| {
        let next = match editing.get_untracked() {
            Some(_) => None,
            None if rules.read_untracked().rules().is_empty() => Some(example(t)),
            None => Some(rules.get_untracked()),
        };
        editing.set(next);
    };
    let is_empty = move || rules.read().rules().is_empty();
    let label = move || if is_empty() { t.grades_example() } else { t.grades_change() };
    let panel = move || editing.get().map(|start| rule_editor(&start, close));
    let take = Response::of_segments::<GradesView>;
    let drawn = answered_part(
        move || Request::Grades(lens.get()),
        take,
        move |view: Arc<GradesView>| view! { <Drawn view rules=rules.get() /> },
    );
    view! {
        <section class="card" id="grades">
            <div class="card__head">
                <h2>{t.grades_title()}</h2>
                <div class="row">
                    <button
                        class="button button--quiet"
                        type="button"
                        data-action="grades-change"
                        node_ref=button
                        aria-expanded=move || editing.read().is_some().to_string()
                        on:click=toggle
                    >
                        {label}
                    </button>
                    <Show when=move || !is_empty()>
                        <TableExport file_name="grades.csv" label=t.download_csv() />
                    </Show>
                </div>
            </div>
            <p class="card__note">{move || if is_empty() { t.grades_none() } else { t.grades_note() }}</p>
            {panel}
            {drawn}
        </section>
    }
}

/// Three grades to begin with.
fn example(t: Words) -> GradeRules {
    let at_least = |measure, value, window| GradeCondition::Number {
        measure,
        bound: Bound::AtLeast,
        value: Amount::from_major(value),
        window,
    };
    let rule = |grade: &str, conditions| GradeRule { grade: grade.to_owned(), conditions };
    let gold = vec![
        at_least(GradeMeasure::Net, 500, RfmWindow::YEAR),
        at_least(GradeMeasure::Orders, 3, RfmWindow::YEAR),
    ];
    let silver = vec![at_least(GradeMeasure::Orders, 2, RfmWindow::YEAR)];
    let bronze = vec![at_least(GradeMeasure::Orders, 1, RfmWindow::AllTime)];
    let rules = vec![
        rule(t.example_gold(), gold),
        rule(t.example_silver(), silver),
        rule(t.example_bronze(), bronze),
    ];
    GradeRules::try_from(rules).unwrap_or_default()
}

#[component]
fn Drawn(view: Arc<GradesView>, rules: GradeRules) -> impl IntoView {
    let (t, f) = (words(), formats());
    // An answer to older rules is about to be followed by another.
    if rules.rules().is_empty() || rules.rules().len() != view.rules.len() {
        return ().into_any();
    }
    let currency = view.currency;
    let lines = rules.rules().iter().zip(&view.rules).enumerate();
    let lines = lines.map(|(at, (rule, cell))| line(at + 1, rule, *cell, currency)).collect_view();
    let none = (view.none.customers > 0).then(|| {
        view! {
            <tr data-hits=view.none.customers>
                <td>"–"</td>
                <td>{to_grade(None)}</td>
                <td></td>
                <td class="n">{f.count(view.none.customers)}</td>
                <td class="n">{f.money_whole(view.none.net, currency)}</td>
            </tr>
        }
    });
    let height = view.rules.len() + 1 + usize::from(none.is_some());
    view! {
        <table class="table" aria-rowcount=height>
            <thead>
                <tr>
                    <th scope="col">{t.rule_column()}</th>
                    <th scope="col">{t.grade_word()}</th>
                    <th scope="col">{t.rule_holds()}</th>
                    <th scope="col" class="n">{t.nav_customers()}</th>
                    <th scope="col" class="n">{t.net()}</th>
                </tr>
            </thead>
            <tbody>{lines} {none}</tbody>
        </table>
    }
    .into_any()
}

fn line(
    number: usize,
    rule: &GradeRule,
    cell: CrossCell,
    currency: Currency,
) -> impl IntoView + use<> {
    let (t, f) = (words(), formats());
    let conditions: Vec<String> =
        rule.conditions.iter().map(|it| t.grade_condition(it, currency)).collect();
    let said =
        if conditions.is_empty() { t.rule_always().to_owned() } else { conditions.join(" · ") };
    view! {
        <tr data-hits=cell.customers>
            <td>{number}</td>
            <td>{to_grade(Some(rule.grade.clone()))}</td>
            <td class="table__quiet">{said}</td>
            <td class="n">{f.count(cell.customers)}</td>
            <td class="n">{f.money_whole(cell.net, currency)}</td>
        </tr>
    }
}

/// The way to the customers of a grade; `None`: of no rule.
fn to_grade(grade: Option<String>) -> impl IntoView + use<> {
    let (t, link) = (words(), use_link());
    let name = grade.clone().unwrap_or_else(|| t.no_rule().to_owned());
    let label = grade.map(Label::Text);
    let condition = LabelCondition { kind: LabelKind::Grade, on: None, label };
    let path = customers_path(&who_meets(vec![condition]));
    view! { <a class="table__link" href=move || link(&path)>{name}</a> }
}
