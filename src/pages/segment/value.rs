//! The field of a condition's value, as fits what it looks at.

use super::builder::{Builder, needs_value};
use super::draft::{BEFORE, DraftTest, SEGMENT, WITHIN, codes_of, turn_label};
use crate::address::use_lens;
use crate::client::Engine;
use crate::components::chip_select;
use crate::data::Data;
use crate::i18n::Words;
use crate::settings::words;
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::{
    AnyField, ChoiceField, ChurnState, Label, Request, Response, RfmClass, RfmGroup, Stage, Tier,
};

/// What is written or chosen.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// Nothing.
    Bare,
    Number,
    Date,
    Days,
    Text,
    Labels(ChoiceField),
    Segment,
}

impl Kind {
    fn of(test: &DraftTest) -> Kind {
        if !needs_value(test) {
            return Kind::Bare;
        }
        match AnyField::of_name(&test.what) {
            Some(AnyField::Number(_)) => Kind::Number,
            Some(AnyField::Day(_)) if matches!(test.sign.as_str(), WITHIN | BEFORE) => Kind::Days,
            Some(AnyField::Day(_)) => Kind::Date,
            Some(AnyField::Choice(field)) => Kind::Labels(field),
            Some(AnyField::Flag(_)) => Kind::Bare,
            None if test.what == SEGMENT => Kind::Segment,
            Some(AnyField::Text(_)) | None => Kind::Text,
        }
    }
}

/// The field.
pub(super) fn value_field(builder: Builder, id: u32) -> impl IntoView {
    let kind = builder.of_test(id, Kind::of);
    let value = builder.of_test(id, |it| it.value.clone());
    let value = Signal::derive(move || value.get().unwrap_or_default());
    move || match kind.get().unwrap_or(Kind::Bare) {
        Kind::Bare => ().into_any(),
        Kind::Number => input(builder, id, ("text", "decimal"), value).into_any(),
        Kind::Days => input(builder, id, ("text", "numeric"), value).into_any(),
        Kind::Date => input(builder, id, ("date", "none"), value).into_any(),
        Kind::Text => {
            view! { {input(builder, id, ("text", "text"), value)} {texts(builder, id)} }.into_any()
        }
        Kind::Labels(field) => labels(builder, id, field, value),
        Kind::Segment => segments(builder, id, value),
    }
}

/// The texts that there are, offered while one is typed.
fn texts(builder: Builder, id: u32) -> impl IntoView {
    let (engine, lens) = (expect_context::<Engine>(), use_lens());
    let known = RwSignal::new(Vec::<String>::new());
    let what = builder.of_test(id, |it| it.what.clone());
    Effect::new(move || {
        let Some(what) = what.get() else { return };
        let request = Request::RuleTexts(lens.get(), what);
        spawn_local(async move {
            // Without an answer nothing is offered.
            let answer = engine.ask(request).await.ok();
            if let Some(texts) = answer.and_then(Response::of_segments::<Vec<String>>) {
                let _ = known.try_set(*texts);
            }
        });
    });
    let options = move || {
        let option = |text: String| view! { <option value=text></option> };
        known.get().into_iter().map(option).collect_view()
    };
    view! { <datalist id=format!("texts-{id}")>{options}</datalist> }
}

/// A field to write in; a kind and how a screen's keyboard is laid out.
fn input(
    builder: Builder,
    id: u32,
    (kind, mode): (&'static str, &'static str),
    value: Signal<String>,
) -> impl IntoView {
    let t = words();
    let is_wrong = move || builder.wrong.get().is_some_and(|it| it.0 == id);
    view! {
        <input
            class="input"
            class:input--wide=mode == "text"
            type=kind
            inputmode=(mode != "none").then_some(mode)
            aria-label=t.condition_value()
            aria-invalid=move || is_wrong().then_some("true")
            aria-describedby=move || is_wrong().then(|| format!("wrong-{id}"))
            autocomplete="off"
            maxlength="200"
            list=(mode == "text").then(|| format!("texts-{id}"))
            data-value
            prop:value=value
            on:input=move |event| {
                let typed = event_target_value(&event);
                builder.change_test(id, true, |it| it.value = typed);
            }
        />
    }
}

/// Labels to be switched on and off.
fn labels(builder: Builder, id: u32, field: ChoiceField, value: Signal<String>) -> AnyView {
    let t = words();
    let data = expect_context::<Data>();
    let chips = all_labels(field, data).into_iter().map(|label| {
        let code = StoredValue::new(label.code());
        let is_on = move || value.with(|it| codes_of(it).any(|on| code.with_value(|it| it == on)));
        let turn = move |_| {
            let code = code.get_value();
            builder.change_test(id, false, |it| turn_label(&mut it.value, &code));
        };
        view! {
            <button class="chip" type="button" data-label=code.get_value() aria-pressed=move || is_on().to_string() on:click=turn>
                {t.label(field.kind(), Some(&label))}
            </button>
        }
    });
    let chips = chips.collect_view();
    view! { <span class="chips" role="group" aria-label=t.condition_value()>{chips}</span> }
        .into_any()
}

fn all_labels(field: ChoiceField, data: Data) -> Vec<Label> {
    match field {
        ChoiceField::Group => RfmGroup::ALL.map(Label::Group).into(),
        ChoiceField::Class => RfmClass::ALL.map(Label::Class).into(),
        ChoiceField::Tier => Tier::ALL.map(Label::Tier).into(),
        ChoiceField::Stage => Stage::ALL.map(Label::Stage).into(),
        ChoiceField::Silence => ChurnState::ALL.map(Label::Churn).into(),
        ChoiceField::Decile => (1..=10).map(Label::Decile).collect(),
        ChoiceField::Grade => {
            let shop = data.shop.get_untracked();
            let grades = shop.iter().flat_map(|it| it.grades.grades());
            grades.map(|it| Label::Text(it.to_owned())).collect()
        }
    }
}

/// A saved segment.
fn segments(builder: Builder, id: u32, value: Signal<String>) -> AnyView {
    let t: Words = words();
    let data = expect_context::<Data>();
    let shop = data.shop.get_untracked();
    let saved = shop.iter().flat_map(|it| &it.segments);
    let saved = saved.map(|it| (it.id.to_string(), it.name().to_owned()));
    let options = std::iter::once((String::new(), "–".to_owned())).chain(saved).collect();
    let choose = Callback::new(move |code: String| {
        builder.change_test(id, false, |it| it.value = code);
    });
    chip_select(t.segment_word(), options, value, choose).into_any()
}
