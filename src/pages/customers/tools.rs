//! Search and filters of the customer list. All of it stands in the URL.

use crate::address::{churn_code, group_code, use_query, use_set_query};
use crate::components::{Icon, IconName, focus_on};
use crate::i18n::Words;
use crate::settings::{formats, words};
use crate::timings;
use leptos::prelude::*;
use protocol::{ChurnState, CustomerFilter, CustomerQuery, RfmClass, RfmGroup, Stage, Tier};
use std::time::Duration;

/// What the list's parameters are called in the URL, its order apart.
const FILTERS: [&str; 14] = [
    "q", "group", "class", "tier", "stage", "silence", "r", "f", "m", "slipping", "orders",
    "within", "tag", "behind",
];

/// Letters that follow each other faster are searched for together, once typing rests for so long.
const REST_MS: f64 = 150.0;

/// Search and filters.
#[component]
pub(super) fn Tools(
    /// What is asked.
    query: Memo<CustomerQuery>,
    /// When search was typed last.
    typed_at: StoredValue<Option<f64>>,
    /// Names of the products that the filter's mark names.
    products: Memo<Vec<String>>,
) -> impl IntoView {
    let t = words();
    let set_query = use_set_query();
    let search = move |text: String, at: f64| {
        typed_at.set_value(Some(at));
        set_query(&[("q", text)]);
    };
    let last_letter = StoredValue::new(0.0);
    let typed = move |event: web_sys::Event| {
        let (text, now) = (event_target_value(&event), timings::now_ms());
        let before = last_letter.get_value();
        last_letter.set_value(now);
        if now - before >= REST_MS {
            return search(text, now);
        }
        let rests = move || {
            if last_letter.try_get_value() == Some(now) {
                search(text, now);
            }
        };
        set_timeout(rests, Duration::from_millis(REST_MS as u64));
    };
    let is_open = move || query.with(|it| it.filter.is_open() && it.search.is_empty());
    let clear_all = move |_| {
        set_query(&FILTERS.map(|name| (name, String::new())));
        focus_on("#customer-search");
    };
    let filters = move || {
        let chips = chips(t, &query.read().filter, &products.read());
        chips.into_iter().map(|chip| view! { <FilterChip chip /> }).collect_view()
    };
    let groups = RfmGroup::ALL.map(|it| (group_code(it), t.group(it)));
    let tiers = Tier::ALL.map(|it| (it.name().to_ascii_lowercase(), t.tier(it)));
    let classes = RfmClass::ALL.map(|it| ((it as u8).to_string(), t.class(it)));
    let stages = Stage::ALL.map(|it| (it.name().to_owned(), t.stage(it)));
    let silence = ChurnState::ALL.map(|it| (churn_code(it), t.churn_state(it)));
    view! {
        <div class="row list-tools">
            <label class="search search--wide">
                <Icon name=IconName::Search />
                <span class="visually-hidden">{t.search_customers()}</span>
                <input
                    class="search__input"
                    id="customer-search"
                    type="search"
                    placeholder=t.search_hint()
                    prop:value=move || query.read().search.clone()
                    on:input=typed
                />
            </label>
            <Choice name="group" label=t.group_word() choices=groups.into() />
            <Choice name="tier" label=t.tier_word() choices=tiers.into() />
            <Choice name="class" label=t.class_word() choices=classes.into() />
            <Choice name="stage" label=t.stage_word() choices=stages.into() />
            <Choice name="silence" label=t.silence_word() choices=silence.into() />
            {filters}
            <Show when=move || !is_open()>
                <button
                    class="link"
                    type="button"
                    data-action="clear-filters"
                    on:click=clear_all
                >
                    {t.clear_filters()}
                </button>
            </Show>
        </div>
    }
}

/// A filter of a few choices. The machine's own list opens: it is the one that every keyboard, finger
/// and screen reader knows.
#[component]
fn Choice(
    /// In the URL.
    name: &'static str,
    label: &'static str,
    /// In the URL, and on screen.
    choices: Vec<(String, &'static str)>,
) -> impl IntoView {
    let (map, set_query) = (use_query(), use_set_query());
    let chosen = move || map.read().get(name).unwrap_or_default();
    let first = untrack(chosen);
    let any = (String::new(), words().any_of(label));
    let choices = choices.into_iter().map(|(code, text)| (code, text.to_owned()));
    // The value is set before the options are there: the first needs a mark of its own.
    let options = std::iter::once(any).chain(choices).map(|(code, text)| {
        let selected = code == first;
        view! { <option value=code selected=selected>{text}</option> }
    });
    view! {
        <select
            class="chip chip--choice"
            class:chip--on=move || !chosen().is_empty()
            prop:value=chosen
            data-filter=name
            aria-label=label
            on:change=move |event| set_query(&[(name, event_target_value(&event))])
        >
            {options.collect_view()}
        </select>
    }
}

/// A filter that is on or off.
struct Chip {
    /// In the URL.
    name: &'static str,
    text: String,
    /// Offered whether it is on or not; the others were set by another screen, to be taken away.
    pressed: Option<bool>,
}

#[component]
fn FilterChip(chip: Chip) -> impl IntoView {
    let t = words();
    let set_query = use_set_query();
    let Chip { name, text, pressed } = chip;
    let label = pressed.is_none().then(|| t.remove_filter(&text));
    let close = pressed.is_none().then(|| view! { <Icon name=IconName::Close /> });
    let press = move |_| {
        set_query(&[(name, if pressed == Some(false) { "1" } else { "" }.to_owned())]);
        if pressed.is_none() {
            focus_on("#customer-search");
        }
    };
    view! {
        <button
            class="chip"
            class:chip--on=pressed != Some(false)
            type="button"
            data-filter=name
            aria-label=label
            aria-pressed=pressed.map(|it| it.to_string())
            on:click=press
        >
            {text} {close}
        </button>
    }
}

/// The filters beside those that are chosen from a list. The groups At risk and Can't lose together,
/// of which the first screen tells, are always offered.
fn chips(t: Words, filter: &CustomerFilter, products: &[String]) -> Vec<Chip> {
    let f = formats();
    let slipping = t.filter_slipping().to_owned();
    let mut chips = vec![Chip { name: "slipping", text: slipping, pressed: Some(filter.slipping) }];
    let mut add = |name, text| chips.push(Chip { name, text, pressed: None });
    for (name, scale, score) in [("r", "R", filter.r), ("f", "F", filter.f), ("m", "M", filter.m)] {
        if score > 0 {
            add(name, format!("{scale}{score}"));
        }
    }
    if filter.orders > 0 {
        add("orders", t.filter_orders(&f.count(filter.orders)));
    }
    if filter.within_days > 0 {
        let days = u64::from(filter.within_days);
        add("within", t.filter_within(&t.days(days, &f.count(filter.within_days))));
    }
    if !filter.tag.is_empty() {
        add("tag", t.filter_tag(&filter.tag));
    }
    if let Some(mark) = &filter.behind {
        add("behind", t.behind(mark, products));
    }
    chips
}
