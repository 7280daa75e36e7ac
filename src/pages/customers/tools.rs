//! Search and filters of the customer list. All of it stands in the URL.

use crate::address::{group_code, use_set_query};
use crate::components::{Icon, IconName, focus_on};
use crate::i18n::Words;
use crate::settings::{formats, words};
use crate::timings;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use protocol::{CustomerFilter, CustomerQuery, RfmClass, RfmGroup, Tier};

/// What the list's parameters are called in the URL, its order apart.
const FILTERS: [&str; 10] =
    ["q", "group", "class", "tier", "r", "f", "m", "slipping", "orders", "within"];

/// Search and filters.
#[component]
pub(super) fn Tools(
    /// What is asked.
    query: Memo<CustomerQuery>,
    /// When search was typed last.
    typed_at: StoredValue<Option<f64>>,
) -> impl IntoView {
    let t = words();
    let set_query = use_set_query();
    let clear = use_set_query();
    let typed = move |event: web_sys::Event| {
        typed_at.set_value(Some(timings::now_ms()));
        set_query(&[("q", event_target_value(&event))]);
    };
    let is_open = move || query.with(|it| it.filter.is_open() && it.search.is_empty());
    let clear_all = move |_| {
        clear(&FILTERS.map(|name| (name, String::new())));
        focus_on("#customer-search");
    };
    let filters = move || {
        let chips = chips(t, &query.read().filter);
        chips.into_iter().map(|(name, text)| view! { <FilterChip name text /> }).collect_view()
    };
    let groups = RfmGroup::ALL.map(|it| (group_code(it), t.group(it)));
    let tiers = Tier::ALL.map(|it| (it.name().to_lowercase(), t.tier(it)));
    let classes = RfmClass::ALL.map(|it| ((it as u8).to_string(), t.class(it)));
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
            <Slipping query />
            {filters}
            <Show when=move || !is_open()>
                <button
                    class="link"
                    type="button"
                    data-action="clear-filters"
                    on:click=clear_all.clone()
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
    let (map, set_query) = (use_query_map(), use_set_query());
    let chosen = Memo::new(move |_| map.read().get(name).unwrap_or_default());
    let any = (String::new(), words().any_of(label));
    let choices = choices.into_iter().map(|(code, text)| (code, text.to_owned()));
    let options = std::iter::once(any).chain(choices).map(|(code, text)| {
        let value = code.clone();
        view! { <option value=value prop:selected=move || *chosen.read() == code>{text}</option> }
    });
    view! {
        <select
            class="chip chip--choice"
            class:chip--on=move || !chosen.read().is_empty()
            data-filter=name
            aria-label=label
            on:change=move |event| set_query(&[(name, event_target_value(&event))])
        >
            {options.collect_view()}
        </select>
    }
}

/// The groups At risk and Can't lose together, which the first screen tells of.
#[component]
fn Slipping(query: Memo<CustomerQuery>) -> impl IntoView {
    let t = words();
    let set_query = use_set_query();
    let on = move || query.read().filter.slipping;
    view! {
        <button
            class="chip"
            type="button"
            data-filter="slipping"
            aria-pressed=move || on().to_string()
            on:click=move |_| set_query(&[("slipping", if on() { "" } else { "1" }.to_owned())])
        >
            {t.filter_slipping()}
        </button>
    }
}

/// A filter that another screen has set, to take away.
#[component]
fn FilterChip(name: &'static str, text: String) -> impl IntoView {
    let t = words();
    let set_query = use_set_query();
    let label = t.remove_filter(&text);
    let remove = move |_| {
        set_query(&[(name, String::new())]);
        focus_on("#customer-search");
    };
    view! {
        <button class="chip chip--on" type="button" data-filter=name aria-label=label on:click=remove>
            {text} <Icon name=IconName::Close />
        </button>
    }
}

/// The filters in force that have no control of their own: name in the URL and text.
fn chips(t: Words, filter: &CustomerFilter) -> Vec<(&'static str, String)> {
    let f = formats();
    let mut chips = Vec::new();
    for (name, scale, score) in [("r", "R", filter.r), ("f", "F", filter.f), ("m", "M", filter.m)] {
        if score > 0 {
            chips.push((name, format!("{scale}{score}")));
        }
    }
    if filter.orders > 0 {
        chips.push(("orders", t.filter_orders(&f.count(filter.orders))));
    }
    if filter.within_days > 0 {
        let days = u64::from(filter.within_days);
        chips.push(("within", t.filter_within(&t.days(days, &f.count(filter.within_days)))));
    }
    chips
}
