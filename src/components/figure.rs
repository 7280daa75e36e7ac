//! One figure with its change, its trend and its definition.

use super::trend_line::TrendLine;
use leptos::prelude::*;
use std::sync::atomic::{AtomicU32, Ordering};
use web_sys::KeyboardEvent;

/// Every definition on a page has an id of its own.
static NEXT_TIP: AtomicU32 = AtomicU32::new(0);

/// Whether a change is welcome. Less churn is good, so the arrow does not decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Direction {
    /// Welcome.
    Good,
    /// Unwelcome.
    Bad,
    /// Neither.
    #[default]
    Neutral,
}

/// Which way a number moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Arrow {
    /// It rose.
    Up,
    /// It fell.
    Down,
    /// It stayed, or the text is no change but an interval.
    #[default]
    None,
}

/// A change against the compared period.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Delta {
    /// The change, written: "8.4 %".
    pub text: String,
    /// Which way it went.
    pub arrow: Arrow,
    /// Whether it is welcome.
    pub direction: Direction,
    /// In words: "up 8.4 % on the 90 days before".
    pub spoken: String,
}

/// One figure: label, value, change and trend. Its definition shows on hover and on focus.
#[component]
pub fn Figure(
    /// What it is.
    #[prop(into)]
    label: Signal<String>,
    /// The value, written.
    #[prop(into)]
    value: Signal<String>,
    /// Small text beside the label: "n = 418".
    #[prop(into, optional)]
    note: Signal<String>,
    /// The change, if there is a period to compare with.
    #[prop(into, optional)]
    delta: Signal<Option<Delta>>,
    /// Values of the tiny trend, in order.
    #[prop(into, optional)]
    trend: Signal<Vec<f64>>,
    /// What it is to reach, in words; empty: nothing.
    #[prop(into, optional)]
    target: String,
    /// How it is defined and computed.
    #[prop(into, optional)]
    definition: Signal<String>,
    /// Where the records behind it are; empty for nowhere.
    #[prop(into, optional)]
    href: Signal<String>,
    /// A name for tests and links within the page.
    #[prop(optional)]
    id: Option<&'static str>,
) -> impl IntoView {
    let dismissed = RwSignal::new(false);
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            dismissed.set(true);
        }
    };
    let tip_id =
        StoredValue::new(format!("definition-{}", NEXT_TIP.fetch_add(1, Ordering::Relaxed)));
    let described_by =
        Signal::derive(move || definition.with(|it| (!it.is_empty()).then(|| tip_id.get_value())));
    // Without records behind it the figure still takes the focus if it has something to explain.
    let tab_stop =
        move || (href.with(String::is_empty) && !definition.with(String::is_empty)).then_some("0");
    view! {
        <div
            class="figure"
            class:figure--dismissed=dismissed
            id=id
            tabindex=tab_stop
            role=move || tab_stop().map(|_| "group")
            aria-label=move || tab_stop().map(|_| label.get())
            aria-describedby=move || tab_stop().and_then(|_| described_by.get())
            on:keydown=on_key
            on:pointerenter=move |_| dismissed.set(false)
            on:focusin=move |_| dismissed.set(false)
        >
            <FigureBody href described_by>
                <FigureHead label note />
                <strong
                    class="figure__value"
                    style:--letters=move || value.with(|it| it.chars().count().max(1)).to_string()
                >
                    {value}
                </strong>
                <span class="figure__foot">
                    {move || delta.get().map(delta_view)} <TrendLine values=trend />
                </span>
                {(!target.is_empty()).then(|| view! { <small class="figure__target">{target.clone()}</small> })}
            </FigureBody>
            {move || described_by.get().map(|id| tip(id, definition.get()))}
        </div>
    }
}

/// What the figure shows, leading to the records behind it if there is a way.
#[component]
fn FigureBody(
    /// Where they are; empty for nowhere.
    href: Signal<String>,
    /// The definition's id.
    described_by: Signal<Option<String>>,
    /// What the figure shows.
    children: ChildrenFn,
) -> impl IntoView {
    move || match href.get() {
        href if href.is_empty() => {
            view! { <div class="figure__body">{children()}</div> }.into_any()
        }
        href => view! {
            <a class="figure__body figure__body--link" href=href aria-describedby=described_by>
                {children()}
            </a>
        }
        .into_any(),
    }
}

fn tip(id: String, definition: String) -> impl IntoView {
    view! { <p class="figure__tip" role="tooltip" id=id>{definition}</p> }
}

/// The label with its small note.
#[component]
fn FigureHead(
    /// What the figure is.
    label: Signal<String>,
    /// Small text beside it.
    note: Signal<String>,
) -> impl IntoView {
    view! {
        <span class="figure__label">
            {label}
            {move || {
                let note = note.get();
                (!note.is_empty()).then(|| view! { <small>" " {note}</small> })
            }}
        </span>
    }
}

fn delta_view(delta: Delta) -> impl IntoView {
    let class = match delta.direction {
        Direction::Good => "figure__delta figure__delta--good",
        Direction::Bad => "figure__delta figure__delta--bad",
        Direction::Neutral if delta.arrow == Arrow::None => "figure__delta figure__delta--note",
        Direction::Neutral => "figure__delta",
    };
    let arrow = match delta.arrow {
        Arrow::Up => "▲\u{a0}",
        Arrow::Down => "▼\u{a0}",
        Arrow::None => "",
    };
    view! {
        <span class=class>
            <span aria-hidden="true">{arrow}{delta.text}</span>
            <span class="visually-hidden">{delta.spoken}</span>
        </span>
    }
}
