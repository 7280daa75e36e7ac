//! The shop's own facts, and how the screen looks.

mod rates;
mod security;
mod shared_keys;
mod targets;

use super::title;
use crate::components::{Draft, Field, Segmented, Skeleton, SkeletonKind};
use crate::data::Data;
use crate::edits::{Edit, Edits};
use crate::i18n::Lang;
use crate::settings::{Settings, Theme, words};
use crate::timings;
use leptos::prelude::*;
use model::Currency;
use protocol::{EditedFacts, Problem, ShopEdit};
use rates::ExchangeRates;
use security::Security;
use shared_keys::SharedKeys;
use targets::TargetFields;

/// The settings screen.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let t = words();
    title(t.settings_title());
    let data = expect_context::<Data>();
    let known = Memo::new(move |_| data.shop.read().is_some());
    view! {
        <h1 class="headline">{t.settings_title()}</h1>
        <div class="stack settings">
            <Show
                when=move || known.get()
                fallback=move || view! { <Skeleton kind=SkeletonKind::Card label=t.loading() /> }
            >
                <ShopFacts />
                <TargetFields />
                <ExchangeRates />
            </Show>
            <Screen />
            <Security />
            <SharedKeys />
        </div>
    }
}

/// Name, zone, currency, country: each saved as its field is left.
#[component]
fn ShopFacts() -> impl IntoView {
    let t = words();
    timings::content_is_there();
    let name = Fact {
        id: "shop-name",
        label: t.shop_name(),
        hint: t.shop_name_hint(),
        bad: t.shop_name_hint(),
        edit: |text| Some(ShopEdit::Name(text.to_owned())),
        value: |data| data.shop.read().as_ref().map(|it| it.profile.name.clone()),
        edited: Some(|facts| facts.name),
        options: &[],
    };
    let zone = Fact {
        id: "shop-zone",
        label: t.time_zone(),
        hint: t.time_zone_hint(),
        bad: t.time_zone_bad(),
        edit: |text| Some(ShopEdit::TimeZone(text.to_owned())),
        value: |data| data.shop.read().as_ref().map(|it| it.profile.time_zone.clone()),
        edited: Some(|facts| facts.time_zone),
        options: ZONES,
    };
    let currency = Fact {
        id: "shop-currency",
        label: t.currency(),
        hint: t.currency_hint(),
        bad: t.currency_bad(),
        edit: currency_edit,
        value: |data| data.shop.read().as_ref().map(|it| it.profile.currency.code().to_owned()),
        edited: Some(|facts| facts.currency),
        options: CURRENCIES,
    };
    let country = Fact {
        id: "shop-country",
        label: t.country(),
        hint: t.country_hint(),
        bad: t.country_bad(),
        edit: country_edit,
        value: |data| data.shop.read().as_ref().map(|it| it.profile.country.clone()),
        edited: Some(|facts| facts.country),
        options: &[],
    };
    view! {
        <section class="card">
            <h2>{t.shop_section()}</h2>
            <FactField fact=name />
            <FactField fact=zone />
            <FactField fact=currency />
            <FactField fact=country />
        </section>
    }
}

/// The currency of a code; of none it is as found.
fn currency_edit(text: &str) -> Option<ShopEdit> {
    let currency = Currency::from_code(text);
    (text.is_empty() || currency.is_some()).then_some(ShopEdit::Currency(currency))
}

/// A country's two letters, or none where it is not known: the engine knows which there are.
fn country_edit(text: &str) -> Option<ShopEdit> {
    (text.len() <= 2).then(|| ShopEdit::Country(text.to_owned()))
}

/// A fact of the shop as a field.
#[derive(Clone, Copy)]
struct Fact {
    id: &'static str,
    label: &'static str,
    hint: &'static str,
    /// The sentence for a text that cannot be used.
    bad: &'static str,
    /// The edit of a text; `None`: it cannot be used.
    edit: fn(&str) -> Option<ShopEdit>,
    value: fn(Data) -> Option<String>,
    /// What a person has set, where an empty text lets the value be as found; `None`: the value.
    edited: Option<fn(EditedFacts) -> String>,
    /// What is offered while typing.
    options: &'static [&'static str],
}

#[component]
fn FactField(fact: Fact) -> impl IntoView {
    let t = words();
    let (data, edits) = (expect_context::<Data>(), Edits::here());
    let error = RwSignal::new(None::<String>);
    let draft = Draft::of(Signal::derive(move || (fact.value)(data).unwrap_or_default()));
    let changed = move |_| {
        let (text, former) = (draft.text(), draft.stored());
        error.set(None);
        if text.trim() == former {
            draft.forget();
            return;
        }
        let former = match (fact.edited, &*data.shop.read_untracked()) {
            (Some(edited), Some(shop)) => edited(shop.edited.clone()),
            _ => former,
        };
        let (Some(edit), Some(back)) = ((fact.edit)(text.trim()), (fact.edit)(&former)) else {
            error.set(Some(fact.bad.to_owned()));
            return;
        };
        edits.write(Edit::shop(edit, back), t, t.fact_saved(fact.label), move |written| {
            match written {
                Ok(()) => draft.saved(&text),
                Err(Problem::Invalid(_)) => {
                    error.try_set(Some(fact.bad.to_owned()));
                }
                Err(problem) => {
                    error.try_set(Some(t.problem(&problem)));
                }
            }
        });
    };
    let options = fact.options.iter().map(|option| view! { <option value=*option></option> });
    let options = options.collect_view();
    view! {
        <Field id=fact.id label=fact.label hint=fact.hint error=error let:ids>
            <input
                class="input"
                id=ids.input
                aria-describedby=ids.described_by
                aria-invalid=ids.invalid
                list=format!("{}-list", fact.id)
                maxlength="200"
                prop:value=move || draft.shown()
                on:input=move |event| draft.type_over(event_target_value(&event))
                on:change=changed
            />
        </Field>
        <datalist id=format!("{}-list", fact.id)>{options}</datalist>
    }
}

/// Zones that are offered; any other that the browser knows can be typed.
const ZONES: &[&str] = &[
    "Asia/Shanghai",
    "Asia/Hong_Kong",
    "Asia/Taipei",
    "Asia/Tokyo",
    "Asia/Seoul",
    "Asia/Singapore",
    "Asia/Kolkata",
    "Asia/Dubai",
    "Europe/London",
    "Europe/Berlin",
    "Europe/Paris",
    "Europe/Madrid",
    "Europe/Istanbul",
    "Africa/Johannesburg",
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "America/Toronto",
    "America/Sao_Paulo",
    "Australia/Sydney",
    "Pacific/Auckland",
    "UTC",
];

/// Currencies that are offered; any other of ISO 4217 can be typed.
const CURRENCIES: &[&str] = &[
    "CNY", "USD", "EUR", "GBP", "JPY", "HKD", "TWD", "KRW", "SGD", "INR", "AUD", "NZD", "CAD",
    "CHF", "SEK", "NOK", "DKK", "PLN", "BRL", "MXN", "ZAR", "AED", "TRY", "THB",
];

#[component]
fn Screen() -> impl IntoView {
    let t = words();
    let settings = expect_context::<Settings>();
    let themes = vec![
        (Theme::System.code().to_owned(), t.theme_system().to_owned()),
        (Theme::Light.code().to_owned(), t.theme_light().to_owned()),
        (Theme::Dark.code().to_owned(), t.theme_dark().to_owned()),
    ];
    let langs = vec![
        (Lang::En.tag().to_owned(), "English".to_owned()),
        (Lang::Zh.tag().to_owned(), "简体中文".to_owned()),
    ];
    let theme = Signal::derive(move || settings.theme.get().code().to_owned());
    let lang = Signal::derive(move || settings.lang.get().tag().to_owned());
    let choose_theme = Callback::new(move |code: String| {
        if let Some(theme) = Theme::of_code(&code) {
            settings.choose_theme(theme);
        }
    });
    let choose_lang = Callback::new(move |tag: String| {
        settings.choose_lang(Lang::of_tag(&tag), "[name=lang]:checked");
    });
    view! {
        <section class="card">
            <h2>{t.screen_section()}</h2>
            <div class="stack">
                <div class="choice">
                    <span class="choice__name" aria-hidden="true">{t.language()}</span>
                    <Segmented name="lang" label=t.language() options=langs value=lang on_change=choose_lang />
                </div>
                <div class="choice">
                    <span class="choice__name" aria-hidden="true">{t.theme()}</span>
                    <Segmented name="theme" label=t.theme() options=themes value=theme on_change=choose_theme />
                </div>
            </div>
        </section>
    }
}
