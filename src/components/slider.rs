//! A number on a line, moved by hand or keys.

use leptos::prelude::*;
use std::time::Duration;

/// The least time from one answer to the next: whoever listens changes the address, which browsers
/// allow a hundred times in half a minute, and asks the engine.
const LEAST_WAIT: Duration = Duration::from_millis(320);

/// A slider. Whatever happens between two answers, the newest position wins.
#[component]
pub fn Slider(
    /// One of its kind on the page.
    id: &'static str,
    /// From and to.
    #[prop(into)]
    ends: Signal<(i32, i32)>,
    /// What an arrow key moves it by.
    #[prop(default = 1)]
    step: i32,
    /// Where it stands.
    #[prop(into)]
    value: Signal<i32>,
    /// Where it stands under the hand, until `value` has followed.
    moved: RwSignal<Option<i32>>,
    /// The position in words.
    #[prop(into)]
    text: Signal<String>,
    /// What moving it does.
    #[prop(into)]
    hint: String,
    /// It was moved there; and whether the same hand had moved it before, so that all is one step for
    /// the browser's Back.
    #[prop(into)]
    on_move: Callback<(i32, bool)>,
) -> impl IntoView {
    let (waits, let_go) = (StoredValue::new(false), StoredValue::new(false));
    let stepped = StoredValue::new(false);
    Effect::new(move || {
        if moved.get_untracked() == Some(value.get()) {
            moved.set(None);
        }
    });
    let go = move || {
        // The screen may be gone by now.
        let _ = waits.try_set_value(false);
        let Some(at) = moved.try_get_untracked().flatten() else { return };
        on_move.run((at, stepped.get_value()));
        stepped.set_value(!let_go.get_value());
        let_go.set_value(false);
    };
    let slide = move |event: web_sys::Event| {
        let Ok(at) = event_target_value(&event).parse() else { return };
        moved.set(Some(at));
        if !waits.get_value() {
            waits.set_value(true);
            set_timeout(go, LEAST_WAIT);
        }
    };
    let shown = move || {
        let (from, to) = ends.get();
        moved.get().unwrap_or_else(|| value.get()).clamp(from, to.max(from))
    };
    view! {
        <input
            class="slider"
            id=id
            type="range"
            min=move || ends.get().0
            max=move || ends.get().1
            step=step
            title=hint
            prop:value=move || shown().to_string()
            aria-valuetext=text
            on:input=slide
            on:change=move |_| let_go.set_value(true)
        />
    }
}
