//! A list to choose one from, as small as a chip.

use crate::i18n::Words;
use leptos::prelude::*;
use protocol::RfmWindow;

/// Codes with what people read.
pub type ChipOptions = Vec<(String, String)>;

/// The usual stretches of time, as [`RfmWindow`] writes them, and the chosen one if it is another.
pub fn window_options(t: Words, usual: &[&str], chosen: &str) -> ChipOptions {
    let other = (!usual.contains(&chosen)).then_some(chosen);
    let said = |code: &str| t.rfm_window(RfmWindow::parse(code).unwrap_or_default());
    usual.iter().copied().chain(other).map(|code| (code.to_owned(), said(code))).collect()
}

/// The list. `choose` hears the code that was chosen.
pub fn chip_select(
    label: &'static str,
    options: ChipOptions,
    value: Signal<String>,
    choose: Callback<String>,
) -> impl IntoView {
    let first = value.get_untracked();
    // The value is set before the options are there: the one chosen needs a mark of its own.
    let options = options.into_iter().map(|(code, text)| {
        let selected = code == first;
        view! { <option value=code selected=selected>{text}</option> }
    });
    view! {
        <select class="chip chip--choice" aria-label=label prop:value=value on:change=move |event| choose.run(event_target_value(&event))>
            {options.collect_view()}
        </select>
    }
}
