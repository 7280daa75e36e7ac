//! The as-of day on a slider over all days with orders.

use crate::address::use_change_query;
use crate::data::Data;
use crate::settings::{formats, words};
use leptos::prelude::*;
use model::ShopDay;
use protocol::Analysis;
use std::sync::Arc;
use std::time::Duration;

/// The least time from one change of the address to the next: browsers refuse more than a hundred
/// in half a minute, and every change is a question to the engine.
const LEAST_WAIT: Duration = Duration::from_millis(320);

/// The slider. Whatever happens between two changes of the address, the newest position wins.
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
    // Where the slider stands until the figures of that day are there.
    let moved = RwSignal::new(None::<ShopDay>);
    let (waits, let_go) = (StoredValue::new(false), StoredValue::new(false));
    // A hand on the slider is one step for the browser's Back.
    let stepped = StoredValue::new(false);
    Effect::new(move || {
        let day = day.get();
        if day.is_some() && day == moved.get_untracked() {
            moved.set(None);
        }
    });
    let go = move || {
        let _ = waits.try_set_value(false);
        let Some(day) = moved.try_get_untracked().flatten() else { return };
        change_query(&[("as_of", day.to_string())], stepped.get_value());
        stepped.set_value(!let_go.get_value());
        let_go.set_value(false);
    };
    let slid = move |event: web_sys::Event| {
        let Ok(number) = event_target_value(&event).parse() else { return };
        moved.set(Some(ShopDay::from_number(number)));
        if !waits.get_value() {
            waits.set_value(true);
            set_timeout(go, LEAST_WAIT);
        }
    };
    let shown = move || moved.get().or_else(|| day.get());
    let day_text = move || shown().map_or_else(String::new, |it| f.day(it));
    move || {
        let span = span.get()?;
        let at = move || shown().unwrap_or(span.to).clamp(span.from, span.to).number();
        Some(view! {
            <section class="as-of" aria-label=t.as_of()>
                <label class="as-of__name" for="as-of-slider">
                    {t.as_of()} " " <b>{day_text}</b>
                </label>
                <span class="as-of__end">{f.day(span.from)}</span>
                <input
                    class="as-of__range"
                    id="as-of-slider"
                    type="range"
                    min=span.from.number()
                    max=span.to.number()
                    step="1"
                    title=t.slider_hint()
                    prop:value=move || at().to_string()
                    aria-valuetext=day_text
                    on:input=slid
                    on:change=move |_| let_go.set_value(true)
                />
                <span class="as-of__end">{f.day(span.to)}</span>
            </section>
        })
    }
}
