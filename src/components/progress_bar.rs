//! How far something has come.

use leptos::prelude::*;

/// A bar that fills, or runs while the end is not known.
#[component]
pub fn ProgressBar(
    /// What is going on.
    #[prop(into)]
    label: Signal<String>,
    /// Between 0 and 1; `None` while it is not known.
    #[prop(into)]
    fraction: Signal<Option<f64>>,
    /// Rows done, speed, time left.
    #[prop(into, optional)]
    detail: Signal<String>,
) -> impl IntoView {
    let percent = move || fraction.get().map(|it| it.clamp(0.0, 1.0) * 100.0);
    view! {
        <div class="progress">
            <p class="progress__text">
                <span role="status">{label}</span>
                <span class="progress__detail">{detail}</span>
            </p>
            <div
                class="progress__track"
                class:progress__track--running=move || percent().is_none()
                role="progressbar"
                aria-label=label
                aria-valuemin="0"
                aria-valuemax="100"
                aria-valuenow=move || percent().map(|it| format!("{it:.0}"))
            >
                <i
                    class="progress__fill"
                    style:width=move || percent().map(|it| format!("{it:.1}%"))
                ></i>
            </div>
        </div>
    }
}
