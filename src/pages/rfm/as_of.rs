//! The as-of day on a slider over all days with orders.

use crate::address::use_change_query;
use crate::components::Slider;
use crate::data::Data;
use crate::settings::{formats, words};
use leptos::prelude::*;
use model::ShopDay;
use protocol::Analysis;
use std::sync::Arc;

/// The slider. It moves the as-of day of the URL.
#[component]
pub(super) fn AsOfSlider(
    /// The figures, as they come.
    known: Signal<Option<Arc<Analysis>>>,
) -> impl IntoView {
    let (t, f) = (words(), formats());
    let data = expect_context::<Data>();
    let change_query = use_change_query();
    let span = Memo::new(move |_| {
        let span = data.shop.read().as_ref().and_then(|it| it.span);
        span.filter(|it| it.from < it.to)
    });
    let day = Memo::new(move |_| known.read().as_ref().map(|it| it.as_of));
    let moved = RwSignal::new(None::<i32>);
    let day_text = Signal::derive(move || {
        let shown = moved.get().map(ShopDay::from_number).or_else(|| day.get());
        shown.map_or_else(String::new, |it| f.day(it))
    });
    let go = move |(number, again): (i32, bool)| {
        change_query(&[("as_of", ShopDay::from_number(number).to_string())], again);
    };
    move || {
        let span = span.get()?;
        let ends = (span.from.number(), span.to.number());
        let value = Signal::derive(move || day.get().unwrap_or(span.to).number());
        Some(view! {
            <section class="as-of" aria-label=t.as_of()>
                <label class="as-of__name" for="as-of-slider">
                    {t.as_of()} " " <b>{day_text}</b>
                </label>
                <span class="as-of__end">{f.day(span.from)}</span>
                <Slider
                    id="as-of-slider"
                    ends=ends
                    value=value
                    moved=moved
                    text=day_text
                    hint=t.slider_hint()
                    on_move=Callback::new(go)
                />
                <span class="as-of__end">{f.day(span.to)}</span>
            </section>
        })
    }
}
