//! How customers are scored, to be changed.

use super::typed::{
    ALL_TIME, AVERAGE, CONSTANTS, DAYS, FIFTHS, FIXED, Fields, MEAN, MEDIAN, TOTAL, Wrong,
};
use crate::components::{Draft, Field, Segmented};
use crate::data::Data;
use crate::edits::{Edit, Edits};
use crate::i18n::Words;
use crate::settings::words;
use leptos::prelude::*;
use model::Currency;
use protocol::{Analysis, ShopEdit};
use std::sync::Arc;

/// The figures, as they come.
type Known = Signal<Option<Arc<Analysis>>>;
/// A draft of each field.
type Drafts = StoredValue<Fields<Draft>>;

/// The drafts. They outlive the panel: what is typed there stays when it closes.
pub(super) fn drafts(known: Known) -> Drafts {
    let data = expect_context::<Data>();
    let stored = Signal::derive(move || {
        let choice = data.shop.read().as_ref().map(|it| it.rfm).unwrap_or_default();
        Fields::of(&choice, known.read().as_ref().and_then(|it| it.rfm.proposal))
    });
    StoredValue::new(Fields {
        cuts: draft(stored, |it| &it.cuts),
        days: std::array::from_fn(|at| draft(stored, move |it| &it.days[at])),
        orders: std::array::from_fn(|at| draft(stored, move |it| &it.orders[at])),
        amounts: std::array::from_fn(|at| draft(stored, move |it| &it.amounts[at])),
        window: draft(stored, |it| &it.window),
        window_days: draft(stored, |it| &it.window_days),
        monetary: draft(stored, |it| &it.monetary),
        classes: draft(stored, |it| &it.classes),
        class_days: draft(stored, |it| &it.class_days),
        class_orders: draft(stored, |it| &it.class_orders),
        class_amount: draft(stored, |it| &it.class_amount),
    })
}

fn draft(
    stored: Signal<Fields<String>>,
    text: impl Fn(&Fields<String>) -> &String + Send + Sync + 'static,
) -> Draft {
    Draft::of(Signal::derive(move || stored.with(|it| text(it).clone())))
}

/// The panel, saved as a whole.
#[component]
pub(super) fn Editor(drafts: Drafts, close: Callback<()>) -> impl IntoView {
    let t = words();
    let fields = drafts.get_value();
    let (data, edits) = (expect_context::<Data>(), Edits::here());
    let currency =
        move || data.shop.read().as_ref().map_or(Currency::USD, |it| it.profile.currency);
    let wrong =
        Memo::new(move |_| fields.map(Draft::shown).read(currency()).err().unwrap_or_default());
    let problem = RwSignal::new(None::<String>);
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let former = data.shop.with_untracked(|shop| shop.as_ref().map(|it| it.rfm));
        let texts = fields.map(Draft::text);
        let (Ok(choice), Some(former)) = (texts.read(untrack(currency)), former) else {
            return;
        };
        if choice == former {
            fields.all().for_each(Draft::forget);
            close.run(());
            return;
        }
        problem.set(None);
        let edit = Edit::shop(ShopEdit::Rfm(choice), ShopEdit::Rfm(former));
        edits.write(edit, t, t.setting_saved(), move |written| match written {
            Ok(()) => {
                fields.all().zip(texts.all()).for_each(|(draft, text)| draft.saved(&text));
                close.run(());
            }
            Err(it) => {
                problem.try_set(Some(t.problem(&it)));
            }
        });
    };
    let cancel = move |_| {
        fields.all().for_each(Draft::forget);
        close.run(());
    };
    view! {
        <form class="scoring" id="rfm-editor" on:submit=submit>
            <Choice name="rfm-cuts-by" label=t.scores_by() draft=fields.cuts options=cut_options(t) />
            <Show when=move || fields.cuts.shown() == FIXED>
                <CutGrid drafts wrong />
            </Show>
            <Choice name="rfm-window" label=t.scores_window() draft=fields.window options=window_options(t) />
            <Show when=move || fields.window.shown() == DAYS>
                <div class="scoring__days">
                    <Number id="rfm-window-days" label=t.window_days() draft=fields.window_days wrong sign=Wrong::WindowDays />
                </div>
            </Show>
            <Choice name="rfm-money" label=t.scores_money() draft=fields.monetary options=money_options(t) />
            <Choice name="rfm-classes-by" label=t.classes_by() draft=fields.classes options=class_options(t) />
            <Show when=move || fields.classes.shown() == CONSTANTS>
                <div class="row row--fields">
                    <Number id="rfm-class-days" label=t.recent_within() draft=fields.class_days wrong sign=Wrong::ClassDays />
                    <Number id="rfm-class-orders" label=t.frequent_from() draft=fields.class_orders wrong sign=Wrong::ClassOrders />
                    <Number id="rfm-class-amount" label=t.much_from() draft=fields.class_amount wrong sign=Wrong::ClassAmount />
                </div>
            </Show>
            <p class="field__error" role="alert">{move || problem.get()}</p>
            <div class="row">
                <button class="button button--primary" type="submit" disabled=move || !wrong.read().is_empty()>
                    {t.save()}
                </button>
                <button class="button" type="button" on:click=cancel>
                    {t.cancel()}
                </button>
            </div>
        </form>
    }
}

type Options = Vec<(String, String)>;

fn options<const N: usize>(choices: [(&str, &str); N]) -> Options {
    choices.map(|(code, text)| (code.to_owned(), text.to_owned())).into()
}

fn cut_options(t: Words) -> Options {
    options([(FIFTHS, t.by_fifths()), (FIXED, t.by_fixed())])
}

fn window_options(t: Words) -> Options {
    options([
        (ALL_TIME, t.all_time()),
        ("12m", t.months_12()),
        ("24m", t.months_24()),
        (DAYS, t.some_days()),
    ])
}

fn money_options(t: Words) -> Options {
    options([(TOTAL, t.money_total()), (AVERAGE, t.money_average())])
}

fn class_options(t: Words) -> Options {
    options([(MEAN, t.by_mean()), (MEDIAN, t.by_median()), (CONSTANTS, t.by_constants())])
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
            <Segmented name=name label=label options=options value=value on_change=choose />
        </div>
    }
}

/// A field of one number.
#[component]
fn Number(
    id: &'static str,
    label: &'static str,
    draft: Draft,
    wrong: Memo<Vec<Wrong>>,
    /// What of the wrong things is its own.
    sign: Wrong,
) -> impl IntoView {
    let t = words();
    let error =
        Signal::derive(move || wrong.read().contains(&sign).then(|| sentence(t, sign).to_owned()));
    view! {
        <Field id=id label=label error=error let:ids>
            <input
                class="input"
                id=ids.input
                type="text"
                inputmode="decimal"
                autocomplete="off"
                aria-describedby=ids.described_by
                aria-invalid=ids.invalid
                prop:value=move || draft.shown()
                on:input=move |event| draft.type_over(event_target_value(&event))
            />
        </Field>
    }
}

/// The fixed cuts as a table: the best score first, as the values stand beneath.
#[component]
fn CutGrid(drafts: Drafts, wrong: Memo<Vec<Wrong>>) -> impl IntoView {
    let t = words();
    let fields = drafts.get_value();
    let heads = [
        (t.days_since(), t.at_most()),
        (t.number_of_orders(), t.at_least()),
        (t.money_spent(), t.at_least()),
    ];
    let head =
        heads.map(|(scale, bound)| view! { <span>{scale} " " <small>{bound}</small></span> });
    let line = move |score: usize| {
        let cells = [
            (fields.days[5 - score], Wrong::CutDays),
            (fields.orders[score - 2], Wrong::CutOrders),
            (fields.amounts[score - 2], Wrong::CutAmounts),
        ];
        let cells = cells.into_iter().zip(heads).map(|((draft, sign), (scale, bound))| {
            let label = t.cut_label(score, scale, bound);
            view! { <CutInput label draft wrong sign /> }
        });
        view! {
            <b>{score}</b>
            {cells.collect_view()}
        }
    };
    let signs = [Wrong::CutDays, Wrong::CutOrders, Wrong::CutAmounts];
    let errors = signs.map(|sign| {
        let text = move || wrong.read().contains(&sign).then(|| sentence(t, sign));
        view! { <p class="field__error" id=error_id(sign)>{text}</p> }
    });
    view! {
        <div class="cut-grid" role="group" aria-label=t.by_fixed()>
            <span>{t.score()}</span>
            {head}
            {(2..=5).rev().map(line).collect_view()}
        </div>
        <div aria-live="polite">{errors}</div>
    }
}

#[component]
fn CutInput(label: String, draft: Draft, wrong: Memo<Vec<Wrong>>, sign: Wrong) -> impl IntoView {
    let is_wrong = move || wrong.read().contains(&sign);
    view! {
        <input
            class="input"
            type="text"
            inputmode="decimal"
            autocomplete="off"
            aria-label=label
            aria-describedby=move || is_wrong().then(|| error_id(sign))
            aria-invalid=move || is_wrong().then_some("true")
            prop:value=move || draft.shown()
            on:input=move |event| draft.type_over(event_target_value(&event))
        />
    }
}

const fn error_id(sign: Wrong) -> &'static str {
    match sign {
        Wrong::CutDays => "rfm-days-error",
        Wrong::CutOrders => "rfm-orders-error",
        _ => "rfm-amounts-error",
    }
}

/// What would be right.
const fn sentence(t: Words, sign: Wrong) -> &'static str {
    match sign {
        Wrong::CutDays => t.cut_days_bad(),
        Wrong::CutOrders => t.cut_orders_bad(),
        Wrong::CutAmounts => t.cut_amounts_bad(),
        Wrong::WindowDays => t.window_days_bad(),
        Wrong::ClassDays | Wrong::ClassOrders => t.whole_number_bad(),
        Wrong::ClassAmount => t.amount_bad(),
    }
}
