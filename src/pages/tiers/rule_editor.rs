//! The rules of grades, to be changed, added to and put in another order.

use super::rule_drafts::{CHANNEL, ConditionDraft, Numbers, PRODUCT, RuleDraft, measure_of, read};
use crate::components::{ChipOptions, Icon, IconName, chip_select, window_options};
use crate::data::Data;
use crate::edits::{Edit, Edits};
use crate::i18n::Words;
use crate::settings::words;
use leptos::prelude::*;
use protocol::{GradeMeasure, GradeRules, MOST_GRADE_CONDITIONS, MOST_GRADE_RULES, ShopEdit};

/// The usual stretches of time.
const WINDOWS: [&str; 4] = ["", "90d", "12m", "24m"];

/// The panel, saved as a whole. It begins with the rules of `start`.
pub(super) fn rule_editor(start: &GradeRules, close: Callback<()>) -> impl IntoView + use<> {
    let t = words();
    let (data, edits) = (expect_context::<Data>(), Edits::here());
    let numbers = Numbers::new();
    let first: Vec<RuleDraft> = start.rules().iter().map(|it| numbers.rule(it)).collect();
    let rules = RwSignal::new(if first.is_empty() { vec![numbers.blank_rule()] } else { first });
    let problem = RwSignal::new(None::<String>);
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let former = data.shop.with_untracked(|shop| shop.as_ref().map(|it| it.grades.clone()));
        let Some(former) = former else { return };
        let typed = match read(&rules.get_untracked()) {
            Ok(typed) => typed,
            Err((rule, wrong)) => return problem.set(Some(wrong.say(t, rule))),
        };
        if typed == former {
            return close.run(());
        }
        problem.set(None);
        let edit = Edit::shop(ShopEdit::Grades(typed), ShopEdit::Grades(former));
        edits.write(edit, t, t.setting_saved(), move |written| match written {
            Ok(()) => close.run(()),
            Err(it) => {
                problem.try_set(Some(t.problem(&it)));
            }
        });
    };
    let is_full = move || rules.with(Vec::len) >= MOST_GRADE_RULES;
    let add = move |_| rules.update(|it| it.push(numbers.blank_rule()));
    view! {
        <form class="scoring" id="grade-editor" on:submit=submit>
            <For each=move || rules.get() key=|it| it.id let:rule>
                <Rule rule rules numbers />
            </For>
            <p class="field__error" role="alert">{move || problem.get()}</p>
            <div class="row">
                <button class="button button--primary" type="submit">{t.save()}</button>
                <button class="button" type="button" on:click=move |_| close.run(())>{t.cancel()}</button>
                <button class="button" type="button" data-action="rule-add" disabled=is_full on:click=add>
                    {t.rule_add()}
                </button>
            </div>
        </form>
    }
}

#[component]
fn Rule(rule: RuleDraft, rules: RwSignal<Vec<RuleDraft>>, numbers: Numbers) -> impl IntoView {
    let t = words();
    let place = Memo::new(move |_| {
        rules.with(|all| all.iter().position(|it| it.id == rule.id).unwrap_or_default())
    });
    let is_last = move || place.get() + 1 >= rules.with(Vec::len);
    let number = move || t.rule_numbered(1, &(place.get() + 1).to_string());
    let shift = move |to: usize| rules.update(|all| all.swap(place.get_untracked(), to));
    let remove = move |_| rules.update(|all| all.retain(|it| it.id != rule.id));
    let conditions = rule.conditions;
    let note = move || {
        let none = conditions.with(Vec::is_empty);
        if none { t.rule_always() } else { t.rule_holds() }
    };
    let is_full = move || conditions.with(Vec::len) >= MOST_GRADE_CONDITIONS;
    view! {
        <fieldset class="rule" data-rule=move || place.get() + 1>
            <div class="rule__head">
                <span class="rule__number">{number}</span>
                <input
                    class="input"
                    type="text"
                    aria-label=t.grade_word()
                    placeholder=t.grade_word()
                    autocomplete="off"
                    prop:value=move || rule.grade.get()
                    on:input=move |event| rule.grade.set(event_target_value(&event))
                />
                <span class="rule__ways">
                    <button class="button" type="button" data-action="rule-up" aria-label=t.rule_up() title=t.rule_up()
                        disabled=move || place.get() == 0 on:click=move |_| shift(place.get_untracked() - 1)>"↑"</button>
                    <button class="button" type="button" data-action="rule-down" aria-label=t.rule_down() title=t.rule_down()
                        disabled=is_last on:click=move |_| shift(place.get_untracked() + 1)>"↓"</button>
                    <button class="button" type="button" data-action="rule-remove" aria-label=t.rule_remove() title=t.rule_remove() on:click=remove>
                        <Icon name=IconName::Close />
                    </button>
                </span>
            </div>
            <span class="card__note">{note}</span>
            <For each=move || conditions.get() key=|it| it.id let:condition>
                <Condition condition conditions />
            </For>
            <div>
                <button class="link" type="button" data-action="condition-add" disabled=is_full
                    on:click=move |_| conditions.update(|it| it.push(numbers.blank_condition()))>
                    {t.condition_add()}
                </button>
            </div>
        </fieldset>
    }
}

#[component]
fn Condition(
    condition: ConditionDraft,
    conditions: RwSignal<Vec<ConditionDraft>>,
) -> impl IntoView {
    let t = words();
    let ConditionDraft { id, what, is_at_most, value, window } = condition;
    let measure = Memo::new(move |_| measure_of(&what.read()));
    let is_text = move || measure.get().is_none();
    let has_window = move || measure.get().is_some_and(GradeMeasure::has_window);
    let remove = move |_| conditions.update(|all| all.retain(|it| it.id != id));
    let sides = vec![("least".to_owned(), "≥".to_owned()), ("most".to_owned(), "≤".to_owned())];
    let side = Signal::derive(move || if is_at_most.get() { "most" } else { "least" }.to_owned());
    view! {
        <div class="rule__condition">
            {chip_select(t.condition_what(), what_options(t), what.into(), Callback::new(move |it| what.set(it)))}
            <Show when=move || !is_text()>
                {chip_select(t.condition_side(), sides.clone(), side, Callback::new(move |it: String| is_at_most.set(it == "most")))}
            </Show>
            <input
                class="input"
                class:input--wide=is_text
                type="text"
                inputmode=move || if is_text() { "text" } else { "decimal" }
                aria-label=t.condition_value()
                autocomplete="off"
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
            />
            <Show when=has_window>
                {chip_select(t.condition_window(), window_options(t, &WINDOWS, &window.get_untracked()), window.into(), Callback::new(move |it| window.set(it)))}
            </Show>
            <button class="button button--quiet" type="button" aria-label=t.condition_remove() title=t.condition_remove() on:click=remove>
                <Icon name=IconName::Close />
            </button>
        </div>
    }
}

fn what_options(t: Words) -> ChipOptions {
    let measures =
        GradeMeasure::ALL.map(|it| (it.name().to_owned(), t.grade_measure(it).to_owned()));
    let texts = [(CHANNEL, t.channel_is()), (PRODUCT, t.product_has())];
    let texts = texts.map(|(code, text)| (code.to_owned(), text.to_owned()));
    measures.into_iter().chain(texts).collect()
}
