//! What the table is made of: dimensions, figures, filters. All of it stands in the URL.

use super::Choice;
use super::measure::{MOST_MEASURES, Measure, measures_text};
use crate::address::orders::{condition_of, dimension_code, dimension_of, slice_text, to_text};
use crate::address::use_set_query;
use crate::components::{Icon, IconName, Segmented, focus_on};
use crate::settings::{formats, words};
use leptos::prelude::*;
use protocol::{Dimension, ExploreView, MOST_DIMENSIONS, SliceCondition};
use std::sync::Arc;

#[component]
pub(super) fn Controls(
    view: Arc<ExploreView>,
    choice: Memo<Choice>,
    picking: RwSignal<Option<Dimension>>,
) -> impl IntoView {
    let t = words();
    view! {
        <section class="card" id="explore-build" aria-label=t.build_title()>
            <div class="stack stack--tight">
                <By known=view.known.clone() choice />
                <Measures has_lines=view.has_lines choice />
                <Only view choice picking />
            </div>
        </section>
    }
}

/// Up to three dimensions, and how they stand.
#[component]
fn By(known: Vec<Dimension>, choice: Memo<Choice>) -> impl IntoView {
    let (t, set_query) = (words(), use_set_query());
    let chosen = choice.get_untracked().dimensions;
    let set = move |dimensions: &[Dimension]| {
        let codes: Vec<&str> = dimensions.iter().map(|it| dimension_code(*it)).collect();
        set_query(&[("by", codes.join(",")), ("sort", String::new()), ("dir", String::new())]);
    };
    let places = 0..MOST_DIMENSIONS.min(chosen.len() + 1);
    let selects = places.map(|place| {
        let now = chosen.get(place).copied();
        let others: Vec<Dimension> =
            chosen.iter().copied().filter(|it| Some(*it) != now).collect();
        // What a link chose is offered even if no file tells it.
        let offered = |it: &Dimension| (known.contains(it) || now == Some(*it)) && !others.contains(it);
        let options = Dimension::ALL.into_iter().filter(offered).map(|it| {
            view! { <option value=dimension_code(it) selected=now == Some(it)>{t.dimension(it)}</option> }
        });
        let none = (place > 0).then(|| {
            view! { <option value="" selected=now.is_none()>{t.nothing_word()}</option> }
        });
        let label = if place == 0 { t.by_word() } else { t.then_word() };
        let before = chosen.clone();
        let change = move |event| {
            let mut dimensions = before.clone();
            match dimension_of(&event_target_value(&event)) {
                Some(it) if place < dimensions.len() => dimensions[place] = it,
                Some(it) => dimensions.push(it),
                None => dimensions.truncate(place),
            }
            set(&dimensions);
        };
        view! {
            <label class="row row--tight">
                <span class="field__label">{label}</span>
                <select class="chip chip--choice" class:chip--on=now.is_some() data-by=place name=format!("by-{place}") on:change=change>
                    {none}
                    {options.collect_view()}
                </select>
            </label>
        }
    });
    let selects = selects.collect_view();
    let turn = (chosen.len() > 1).then(|| {
        let mut turned = chosen.clone();
        turned.swap(0, 1);
        view! {
            <button class="button button--quiet" type="button" name="turn" data-action="turn" on:click=move |_| set(&turned)>
                {t.turn_word()}
            </button>
        }
    });
    let layout = (chosen.len() > 1).then(|| {
        let value = Signal::derive(move || if choice.read().as_grid { "" } else { "list" }.to_owned());
        let options = vec![
            (String::new(), t.as_grid().to_owned()),
            ("list".to_owned(), t.as_list().to_owned()),
        ];
        view! {
            <Segmented name="layout" label=t.layout_word() options=Signal::stored(options) value=value
                on_change=Callback::new(move |value: String| set_query(&[("layout", value)])) />
        }
    });
    view! { <div class="row">{selects} {turn} {layout}</div> }
}

/// The figures, each on or off, and which of them picture and grid show.
#[component]
fn Measures(has_lines: bool, choice: Memo<Choice>) -> impl IntoView {
    let (t, f, set_query) = (words(), formats(), use_set_query());
    let is_full = move || choice.read().measures.len() >= MOST_MEASURES;
    let offered = Measure::all().filter(|it| has_lines || *it != Measure::Items);
    let chips = offered.map(|it| {
        let is_on = move || choice.read().measures.contains(&it);
        let press = move |_| {
            let mut measures = choice.get_untracked().measures;
            match measures.iter().position(|known| *known == it) {
                // One has to stay.
                Some(_) if measures.len() == 1 => {}
                Some(at) => {
                    measures.remove(at);
                }
                None => measures.push(it),
            }
            set_query(&[("show", measures_text(&measures))]);
        };
        view! {
            <button class="chip" type="button" data-measure=it.code() name=format!("measure-{}", it.code())
                aria-pressed=move || is_on().to_string()
                disabled=move || !is_on() && is_full()
                on:click=press
            >
                {it.name(t)}
            </button>
        }
    });
    let chips = chips.collect_view();
    let full = move || {
        is_full().then(|| view! { <span class="field__hint">{t.most_measures(&f.count(MOST_MEASURES as f64))}</span> })
    };
    let options = move || {
        let choice = choice.read();
        let main = choice.main();
        choice
            .measures
            .iter()
            .map(|it| view! { <option value=it.code() selected=*it == main>{it.name(t)}</option> })
            .collect_view()
    };
    let choose = move |event| {
        let Some(main) = Measure::of_code(&event_target_value(&event)) else { return };
        let mut measures = choice.get_untracked().measures;
        measures.retain(|it| *it != main);
        measures.insert(0, main);
        set_query(&[("show", measures_text(&measures))]);
    };
    view! {
        <div class="row">
            <span class="field__label">{t.measures_word()}</span>
            <div class="chips" role="group" aria-label=t.measures_word()>{chips}</div>
            {full}
            <label class="row row--tight">
                <span class="field__label">{t.main_measure()}</span>
                <select class="chip chip--choice" data-main name="main" on:change=choose>{options}</select>
            </label>
        </div>
    }
}

/// The filters that are on, and a way to another.
#[component]
fn Only(
    view: Arc<ExploreView>,
    choice: Memo<Choice>,
    picking: RwSignal<Option<Dimension>>,
) -> impl IntoView {
    let (t, set_query) = (words(), use_set_query());
    let set = move |conditions: &[SliceCondition]| set_query(&[("only", to_text(conditions))]);
    let chips = move || {
        let conditions = choice.get().conditions;
        let chip = |(at, it): (usize, &SliceCondition)| {
            let (name, slice) =
                (t.dimension(it.dimension), t.slice(it.dimension, it.slice.as_ref()));
            let mut others = conditions.clone();
            others.remove(at);
            let remove = move |_| {
                set(&others);
                focus_on("[data-only-what]");
            };
            let label = t.remove_only(&slice);
            view! {
                <button class="chip chip--on" type="button" data-only=dimension_code(it.dimension)
                    aria-label=label on:click=remove>
                    {name} " " <b>{slice}</b> <Icon name=IconName::Close />
                </button>
            }
        };
        conditions.iter().enumerate().map(chip).collect_view()
    };
    let now = picking.get_untracked();
    let known = view.known.iter().map(|it| {
        view! { <option value=dimension_code(*it) selected=now == Some(*it)>{t.dimension(*it)}</option> }
    });
    let known = known.collect_view();
    let which = now.map(|dimension| {
        let option = |it: &Option<protocol::Slice>| {
            let code = it.as_ref().map_or_else(String::new, slice_text);
            let code = format!("{}={code}", dimension_code(dimension));
            view! { <option value=code>{t.slice(dimension, it.as_ref())}</option> }
        };
        let options = view.choices.iter().map(option).collect_view();
        let choose = move |event| {
            let Some(condition) = condition_of(&event_target_value(&event)) else { return };
            let mut conditions = choice.get_untracked().conditions;
            conditions.retain(|it| it.dimension != condition.dimension);
            conditions.push(condition);
            picking.set(None);
            set(&conditions);
        };
        view! {
            <select class="chip chip--choice" data-only-which name="only-which" aria-label=t.only_which() on:change=choose>
                <option value="-" selected=true>{t.only_which()}</option>
                {options}
            </select>
        }
    });
    view! {
        <div class="row">
            <span class="field__label">{t.only_word()}</span>
            <div class="chips">
                {chips}
                <select class="chip chip--choice" data-only-what name="only-what" aria-label=t.only_what()
                    on:change=move |event| picking.set(dimension_of(&event_target_value(&event)))>
                    <option value="" selected=now.is_none()>{t.only_what()}</option>
                    {known}
                </select>
                {which}
            </div>
        </div>
    }
}
