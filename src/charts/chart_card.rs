//! A chart in its card.

use super::chart::{Chart, ChartTexts};
use super::model::ChartModel;
use crate::components::TableExport;
use leptos::prelude::*;

/// A card with a heading, the switch between drawing and table, a note and the chart.
#[component]
pub fn ChartCard(
    /// The card's heading and the chart's name.
    #[prop(into)]
    heading: Signal<String>,
    /// What the lines mean, in a sentence.
    #[prop(into, optional)]
    note: Signal<String>,
    /// What the chart shows.
    #[prop(into)]
    model: Signal<ChartModel>,
    /// The words around it.
    #[prop(into)]
    texts: Signal<ChartTexts>,
    /// The drawing's height in CSS pixels.
    #[prop(default = 190)]
    height_px: u32,
    /// Names the lines above the drawing.
    #[prop(default = false)]
    legend: bool,
    /// The card's id, to lead to it.
    #[prop(optional)]
    id: Option<&'static str>,
    /// Name of the file in which its numbers can be taken out.
    file_name: &'static str,
) -> impl IntoView {
    let as_table = RwSignal::new(false);
    let switch_text = move || {
        texts.with(|it| if as_table.get() { it.as_chart.clone() } else { it.as_table.clone() })
    };

    view! {
        <section class="card" id=id>
            <div class="card__head">
                <h2>{heading}</h2>
                <span class="row">
                    <button
                        class="link"
                        type="button"
                        on:click=move |_| as_table.update(|it| *it = !*it)
                    >
                        {switch_text}
                    </button>
                    <Show when=move || as_table.get()>
                        <TableExport file_name label=texts.read_untracked().download.clone() />
                    </Show>
                </span>
            </div>
            {move || {
                let note = note.get();
                (!note.is_empty()).then(|| view! { <p class="card__note">{note}</p> })
            }}
            <Chart model title=heading texts as_table height_px legend />
        </section>
    }
}
