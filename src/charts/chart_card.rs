//! A chart in its card.

use super::chart::{Chart, ChartTexts};
use super::model::ChartModel;
use super::picture::picture;
use crate::components::{Icon, IconName, Toast, Toasts, csv_of};
use crate::download::{hand_over, hand_over_blob};
use crate::settings::words;
use leptos::prelude::*;
use std::path::Path;

/// A card with a heading, the switch between drawing and table, the files of both, a note and the
/// chart.
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
    /// Name of the file in which its numbers can be taken out; its picture's has another ending.
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
                <span class="row row--tight">
                    <button
                        class="link"
                        type="button"
                        data-action="as-table"
                        on:click=move |_| as_table.update(|it| *it = !*it)
                    >
                        {switch_text}
                    </button>
                    <Files heading model texts file_name />
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

/// The buttons that take numbers and picture out; nothing where there are none.
#[component]
fn Files(
    heading: Signal<String>,
    model: Signal<ChartModel>,
    texts: Signal<ChartTexts>,
    file_name: &'static str,
) -> impl IntoView {
    let (toasts, t) = (expect_context::<Toasts>(), words());
    let save_numbers = move |_| {
        let table = model.with_untracked(ChartModel::table);
        let names = table.columns.into_iter().map(|(name, _)| name).collect();
        let csv = csv_of(std::iter::once(names).chain(table.rows));
        hand_over(toasts, t, csv.as_bytes(), file_name);
    };
    let save_picture = move |_| {
        let name = Path::new(file_name).with_extension("png").to_string_lossy().into_owned();
        let save = move |blob| match blob {
            Some(blob) => hand_over_blob(toasts, t, &blob, &name),
            None => {
                toasts.show(Toast::bad(t.download_failed()));
            }
        };
        if model.with_untracked(|it| picture(it, &heading.get_untracked(), save)).is_err() {
            toasts.show(Toast::bad(t.download_failed()));
        }
    };
    let labels = move || texts.with(|it| (it.download.clone(), it.picture.clone()));
    view! {
        <Show when=move || !model.with(ChartModel::is_empty)>
            <button
                class="button button--quiet"
                type="button"
                data-action="export-csv"
                title=move || labels().0
                aria-label=move || labels().0
                on:click=save_numbers
            >
                <Icon name=IconName::Download />
            </button>
            <button
                class="button button--quiet"
                type="button"
                data-action="export-png"
                title=move || labels().1
                aria-label=move || labels().1
                on:click=save_picture
            >
                <Icon name=IconName::Picture />
            </button>
        </Show>
    }
}
