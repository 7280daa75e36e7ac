//! Which orders bring what? Counted by any of their properties.

use super::answered::{answered, of_orders};
use super::title;
use crate::address::orders::{dimension_of, of_text};
use crate::address::{Query, customers_path, use_lens, use_link, use_query, use_set_query};
use crate::components::{EmptyState, StateKind};
use crate::list_acts::FilterActs;
use crate::settings::{formats, words};
use leptos::prelude::*;
use protocol::{
    Behind, CustomerFilter, Dimension, ExploreQuery, ExploreView, MOST_DIMENSIONS, Request,
    Response, SliceCondition,
};
use std::sync::Arc;

mod controls;
mod grid;
mod measure;
mod picture;
mod rows;
mod starters;
mod table;

use controls::Controls;
use grid::grid;
use measure::{Measure, measures_of};
use picture::picture;
use rows::Order;
use starters::starters;
use table::table;

/// By what orders are counted unless something is chosen: what every file tells.
const USUAL: [Dimension; 2] = [Dimension::Month, Dimension::Visit];

/// What stands in the URL of the screen, beside the lens.
#[derive(Clone, Debug, PartialEq)]
struct Choice {
    dimensions: Vec<Dimension>,
    conditions: Vec<SliceCondition>,
    /// The first is that of picture and grid.
    measures: Vec<Measure>,
    order: Order,
    as_grid: bool,
}

impl Choice {
    fn of(query: &Query) -> Choice {
        let by = query.get("by").unwrap_or_default();
        let mut dimensions: Vec<Dimension> = Vec::new();
        for it in by.split(',').filter_map(dimension_of) {
            if dimensions.len() < MOST_DIMENSIONS && !dimensions.contains(&it) {
                dimensions.push(it);
            }
        }
        if dimensions.is_empty() {
            dimensions = USUAL.to_vec();
        }
        let sort = query.get("sort").unwrap_or_default();
        let by_slice = dimensions[0].is_time().then_some(None);
        let measures = measures_of(query.get_str("show"));
        let by = match sort.as_str() {
            "" => by_slice.unwrap_or(Some(measures[0])),
            code => Measure::of_code(code),
        };
        let descending = match query.get_str("dir") {
            Some("asc") => false,
            Some("desc") => true,
            _ => by.is_some(),
        };
        Choice {
            as_grid: dimensions.len() > 1 && query.get_str("layout") != Some("list"),
            order: Order { by, descending },
            conditions: query.get_str("only").and_then(of_text).unwrap_or_default(),
            dimensions,
            measures,
        }
    }

    fn main(&self) -> Measure {
        self.measures[0]
    }
}

/// The customers with a valid order in a cell.
fn behind(view: &ExploreView, choice: &Choice, at: &[u32]) -> CustomerFilter {
    let of_cell = view.conditions(at);
    let conditions = choice.conditions.iter().cloned().chain(of_cell).collect();
    CustomerFilter::behind(Behind::Explored { period: view.period, conditions })
}

/// The explore screen.
#[component]
pub fn Explore() -> impl IntoView {
    title(words().nav_explore());
    let (lens, map) = (use_lens(), use_query());
    let choice = Memo::new(move |_| Choice::of(&map.read()));
    // Of what a filter is being chosen.
    let picking = RwSignal::new(None::<Dimension>);
    // Figures, order and layout ask nothing new.
    let query = Memo::new(move |_| {
        let choice = choice.read();
        ExploreQuery {
            lens: lens.get(),
            dimensions: choice.dimensions.clone(),
            conditions: choice.conditions.clone(),
            choices_of: picking.get(),
        }
    });
    let take = Response::of_segments::<ExploreView>;
    of_orders(move || {
        answered(
            move || Request::Explore(query.get()),
            take,
            move |view| view! { <Drawn view choice picking /> },
        )
    })
}

#[component]
fn Drawn(
    view: Arc<ExploreView>,
    choice: Memo<Choice>,
    picking: RwSignal<Option<Dimension>>,
) -> impl IntoView {
    let said = {
        let view = view.clone();
        move || headline(&view, &choice.read())
    };
    let shown = {
        let view = view.clone();
        move || {
            let choice = choice.get();
            // What is drawn before its answer comes is drawn by what was asked for.
            let is_of =
                view.axes.iter().map(|it| it.dimension).eq(choice.dimensions.iter().copied());
            is_of.then(|| results(&view, &choice))
        }
    };
    view! {
        {said}
        <div class="stack">
            {starters(&view)}
            <Controls view=view.clone() choice picking />
            {shown}
        </div>
    }
}

fn results(view: &Arc<ExploreView>, choice: &Choice) -> AnyView {
    if view.figures(&view.all()).placed == 0 {
        return nothing(view, choice);
    }
    let wide = if choice.as_grid { grid(view, choice) } else { table(view, choice) };
    view! {
        {picture(view, choice)}
        {wide}
    }
    .into_any()
}

/// No order is in the table: says why, and offers what helps.
fn nothing(view: &ExploreView, choice: &Choice) -> AnyView {
    let (t, f, set_query) = (words(), formats(), use_set_query());
    let is_filtered = !choice.conditions.is_empty();
    let outside = view.span.filter(|span| span.to < view.period.from || span.from > view.period.to);
    let text = match outside {
        Some(span) => t.explore_none_period(&t.span(&f.day(span.from), &f.day(span.to))),
        None => t.explore_none_text().to_owned(),
    };
    let all = view.span.map(|span| {
        let change = [("from", span.from.to_string()), ("to", span.to.max(view.as_of).to_string())];
        view! {
            <button class="button" type="button" data-action="all-time" on:click=move |_| set_query(&change)>
                {t.explore_all_time()}
            </button>
        }
    });
    let clear = is_filtered.then(|| {
        view! {
            <button class="button" type="button" data-action="clear-only" on:click=move |_| set_query(&[("only", String::new())])>
                {t.explore_clear()}
            </button>
        }
    });
    view! {
        <EmptyState title=t.explore_none_title() text=text kind=StateKind::TooLittle>
            {all} {clear}
        </EmptyState>
    }
    .into_any()
}

fn headline(view: &ExploreView, choice: &Choice) -> AnyView {
    let (t, f, link) = (words(), formats(), use_link());
    let sum = view.figures(&view.all());
    let orders = t.orders(u64::from(sum.orders), &f.count(sum.orders));
    let who = t.customers(u64::from(sum.customers), &f.count(sum.customers));
    let period = t.span(&f.day(view.period.from), &f.day(view.period.to));
    let everybody = behind(view, choice, &view.all());
    let path = customers_path(&everybody);
    let acts = (sum.customers > 0).then(|| {
        view! { <FilterActs filter=everybody id="explore-acts" /> }
    });
    let open = (sum.customers > 0).then(|| {
        view! { <a class="link" data-action="see-explored" href=move || link(&path)>{t.see_who()}</a> }
    });
    let said = [t.explore_sub(&orders, &who, &period), about(view)];
    view! {
        <h1 class="headline">{lead(view, choice)}</h1>
        <p class="headline__sub" data-orders=sum.orders data-customers=sum.customers data-net=sum.net data-ms=view.took_ms>{t.sentences(&said)}</p>
        <div class="row list-tools">{open} {acts}</div>
    }
    .into_any()
}

/// What has to be known of the dimensions.
fn about(view: &ExploreView) -> String {
    let (t, f) = (words(), formats());
    let mut said = Vec::new();
    let has = |it: Dimension| view.axes.iter().any(|axis| axis.dimension == it);
    if has(Dimension::Hour) || has(Dimension::Weekday) {
        said.push(t.explore_zone(&view.zone));
    }
    if let Some(axis) = view.axes.iter().position(|it| it.dimension == Dimension::Hour)
        && let Some(place) = view.axes[axis].slices.iter().position(Option::is_none)
    {
        let mut at = view.all();
        at[axis] = place as u32;
        let orders = view.figures(&at).orders;
        if orders > 0 {
            said.push(t.explore_no_time(u64::from(orders), &f.count(orders)));
        }
    }
    if has(Dimension::Product) {
        said.push(t.explore_note_products().to_owned());
    }
    if has(Dimension::Country) || has(Dimension::Region) || has(Dimension::City) {
        said.push(t.explore_note_place().to_owned());
    }
    t.sentences(&said)
}

/// Which slice of the first dimension has most of the first figure.
fn lead(view: &ExploreView, choice: &Choice) -> AnyView {
    let (t, f, currency) = (words(), formats(), view.currency);
    let measure = choice.main();
    let total = measure.of(&view.figures(&view.all()));
    let total_text = measure.written(total, f, currency);
    let most = Order { by: Some(measure), descending: true };
    let alone =
        || view! { <em>{t.explore_lead_total(measure.name(t), &total_text)}</em> }.into_any();
    let Some(axis) = view.axes.first() else { return alone() };
    let places = rows::places(view, 0, most, &view.all());
    let named = places.iter().find(|place| axis.slices[**place as usize].is_some());
    let Some(place) = named.filter(|_| places.len() > 1) else { return alone() };
    let mut at = view.all();
    at[0] = *place;
    let value = measure.of(&view.figures(&at));
    let Some(value) = value.filter(|it| *it > 0.0) else { return alone() };
    let slice = t.slice(axis.dimension, axis.slices[*place as usize].as_ref());
    let share = total.filter(|total| measure.adds_up() && *total >= value);
    let end = match share {
        Some(total) => t.explore_lead_share(&f.percent_with(value / total, 0), &total_text),
        None => t.explore_lead_all(&total_text),
    };
    let rest = t.explore_lead_rest(measure.name(t), t.dimension(axis.dimension));
    view! {
        <em>{t.explore_lead(&slice, &measure.written(Some(value), f, currency))}</em>
        {rest} {end}
    }
    .into_any()
}
