//! How silence is judged and where the stages begin, to be changed.

use crate::components::{Draft, Field, Segmented};
use crate::data::Data;
use crate::edits::{Edit, Edits};
use crate::i18n::Words;
use crate::settings::words;
use leptos::prelude::*;
use model::plain_decimal;
use protocol::{ChurnRule, LifecycleChoice, ShopEdit, SilenceLimits, StageCounts};

/// Codes of the rules.
const RULES: [(&str, ChurnRule); 3] = [
    ("automatic", ChurnRule::Automatic),
    ("store", ChurnRule::Store),
    ("personal", ChurnRule::Personal),
];
/// Codes of where the shop's limits come from.
const FROM_GAPS: &str = "gaps";
const FIXED: &str = "days";

/// The choice as it stands in the fields: rule, where the limits come from, two limits in days, two
/// numbers of orders.
type Texts = [String; 6];

/// What is not right in the fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wrong {
    Days,
    Orders,
}

/// The fields of a choice. `found`: the limits in force, to begin with where none are chosen.
fn texts_of(choice: &LifecycleChoice, found: (u32, u32)) -> Texts {
    let rule = RULES.iter().find(|it| it.1 == choice.rule).map_or("", |it| it.0);
    let (by, at_risk, churned) = match choice.limits {
        Some(it) => (FIXED, it.at_risk().into(), it.churned().into()),
        None => (FROM_GAPS, found.0, found.1),
    };
    let stages = choice.stages;
    [
        rule.to_owned(),
        by.to_owned(),
        at_risk.to_string(),
        churned.to_string(),
        stages.retention_from().to_string(),
        stages.loyalty_from().to_string(),
    ]
}

/// The choice that the fields say.
fn read(texts: &Texts) -> Result<LifecycleChoice, Wrong> {
    let [rule, by, at_risk, churned, retention, loyalty] = texts;
    let number = |text: &str| plain_decimal(text.trim())?.parse::<u16>().ok();
    let pair = |one: &str, other: &str| number(one).zip(number(other));
    let limits = || SilenceLimits::try_from(pair(at_risk, churned)?).ok();
    let stages = || StageCounts::try_from(pair(retention, loyalty)?).ok();
    Ok(LifecycleChoice {
        rule: RULES.iter().find(|it| it.0 == rule).map(|it| it.1).unwrap_or_default(),
        limits: if by == FIXED { Some(limits().ok_or(Wrong::Days)?) } else { None },
        stages: stages().ok_or(Wrong::Orders)?,
    })
}

/// The card, saved as a whole.
#[component]
pub(super) fn Rules() -> impl IntoView {
    let t = words();
    let (data, edits) = (expect_context::<Data>(), Edits::here());
    let analysis = data.analysis();
    let choice = move || data.shop.read().as_ref().map(|it| it.lifecycle);
    let stored = Signal::derive(move || {
        let found = match &*analysis.read() {
            Some(Ok(it)) => (it.churn.limits.at_risk_days, it.churn.limits.churned_days),
            _ => (0, 0),
        };
        texts_of(&choice().unwrap_or_default(), found)
    });
    let drafts: [Draft; 6] = std::array::from_fn(|at| {
        Draft::of(Signal::derive(move || stored.with(|it| it[at].clone())))
    });
    let wrong = Memo::new(move |_| read(&drafts.map(Draft::shown)).err());
    let problem = RwSignal::new(None::<String>);
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let typed = drafts.map(Draft::text);
        let (Ok(chosen), Some(former)) = (read(&typed), untrack(choice)) else { return };
        problem.set(None);
        let edit = Edit::shop(ShopEdit::Lifecycle(chosen), ShopEdit::Lifecycle(former));
        edits.write(edit, t, t.setting_saved(), move |written| match written {
            Ok(()) => drafts.into_iter().zip(typed).for_each(|(draft, text)| draft.saved(&text)),
            Err(it) => {
                problem.try_set(Some(t.problem(&it)));
            }
        });
    };
    let [rule, by, at_risk, churned, retention, loyalty] = drafts;
    let error = move |sign: Wrong| {
        Signal::derive(move || (wrong.get() == Some(sign)).then(|| sentence(t, sign).to_owned()))
    };
    let error_of_days = error(Wrong::Days);
    view! {
        <form class="card" id="life-rules" on:submit=submit>
            <h2>{t.life_rules()}</h2>
            <p class="card__note">{t.life_rules_hint()}</p>
            <div class="stack">
                <Choice name="silence-by" label=t.silence_by() draft=rule options=rule_options(t) />
                <Choice name="limits-by" label=t.limits_by() draft=by options=limit_options(t) />
                <Show when=move || by.shown() == FIXED>
                    <div class="row row--fields">
                        <Number id="life-at-risk" label=t.at_risk_after() draft=at_risk error=error_of_days />
                        <Number id="life-churned" label=t.left_after() draft=churned error=error_of_days />
                    </div>
                </Show>
                <div class="row row--fields">
                    <Number id="life-retention" label=t.retention_from() draft=retention error=error(Wrong::Orders) />
                    <Number id="life-loyalty" label=t.loyalty_from() draft=loyalty error=error(Wrong::Orders) />
                </div>
                <div class="row">
                    <button class="button button--primary" type="submit" disabled=move || wrong.get().is_some()>
                        {t.save()}
                    </button>
                </div>
            </div>
            <p class="field__error" role="alert">{move || problem.get()}</p>
        </form>
    }
}

type Options = Vec<(String, String)>;

fn rule_options(t: Words) -> Options {
    let names = [t.rule_automatic(), t.rule_store(), t.rule_personal()];
    RULES.iter().zip(names).map(|((code, _), name)| ((*code).to_owned(), name.to_owned())).collect()
}

fn limit_options(t: Words) -> Options {
    [(FROM_GAPS, t.limits_from_gaps()), (FIXED, t.limits_in_days())]
        .map(|(code, name)| (code.to_owned(), name.to_owned()))
        .into()
}

/// What would be right.
const fn sentence(t: Words, wrong: Wrong) -> &'static str {
    match wrong {
        Wrong::Days => t.life_days_bad(),
        Wrong::Orders => t.life_orders_bad(),
    }
}

#[component]
fn Choice(
    name: &'static str,
    label: &'static str,
    draft: Draft,
    options: Options,
) -> impl IntoView {
    let value = Signal::derive(move || draft.shown());
    let choose = Callback::new(move |code| draft.type_over(code));
    view! {
        <div class="choice">
            <span class="choice__name" aria-hidden="true">{label}</span>
            <Segmented name=name label=label options=Signal::stored(options) value=value on_change=choose />
        </div>
    }
}

/// A field of one whole number.
#[component]
fn Number(
    id: &'static str,
    label: &'static str,
    draft: Draft,
    error: Signal<Option<String>>,
) -> impl IntoView {
    view! {
        <Field id=id label=label error=error let:ids>
            <input
                class="input"
                id=ids.input
                type="text"
                inputmode="numeric"
                autocomplete="off"
                aria-describedby=ids.described_by
                aria-invalid=ids.invalid
                prop:value=move || draft.shown()
                on:input=move |event| draft.type_over(event_target_value(&event))
            />
        </Field>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_is_read_back_from_its_fields() {
        let limits = SilenceLimits::try_from((30, 90)).unwrap();
        let stages = StageCounts::try_from((3, 6)).unwrap();
        for choice in [
            LifecycleChoice::default(),
            LifecycleChoice { rule: ChurnRule::Personal, limits: Some(limits), stages },
            LifecycleChoice { rule: ChurnRule::Store, limits: None, stages },
        ] {
            assert_eq!(read(&texts_of(&choice, (69, 117))), Ok(choice));
        }
    }

    #[test]
    fn numbers_that_cannot_be_are_said() {
        let texts = |by: &str, days: [&str; 2], orders: [&str; 2]| {
            ["store", by, days[0], days[1], orders[0], orders[1]].map(str::to_owned)
        };
        for (by, days, orders, expected) in [
            (FIXED, ["30", "29"], ["2", "4"], Some(Wrong::Days)),
            (FIXED, ["0", "29"], ["2", "4"], Some(Wrong::Days)),
            (FIXED, ["thirty", "90"], ["2", "4"], Some(Wrong::Days)),
            (FIXED, [" 30 ", "90"], ["2", "4"], None),
            // Days that are not asked for make no difference.
            (FROM_GAPS, ["", ""], ["2", "4"], None),
            (FROM_GAPS, ["30", "90"], ["4", "4"], Some(Wrong::Orders)),
            (FROM_GAPS, ["30", "90"], ["1", "4"], Some(Wrong::Orders)),
            (FROM_GAPS, ["30", "90"], ["2.5", "4"], Some(Wrong::Orders)),
        ] {
            assert_eq!(read(&texts(by, days, orders)).err(), expected, "{by} {days:?} {orders:?}");
        }
    }
}
