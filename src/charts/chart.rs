//! The one chart component.

use super::model::ChartModel;
use super::nearest::{Move, key_move, nearest};
use super::paint::paint;
use super::plot::Plot;
use super::readout::Readout;
use super::watch::{device_pixel_ratio, follow_width, theme_version};
use crate::address::whole;
use crate::components::DataTable;
use leptos::html;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use web_sys::{KeyboardEvent, PointerEvent};

/// The words around every chart.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct ChartTexts {
    /// On the switch that shows the numbers: "As table".
    pub as_table: String,
    /// On the switch that shows the drawing: "As chart".
    pub as_chart: String,
    /// How to walk through the points with the keyboard.
    pub keys_hint: String,
    /// That a point opens who stands behind it.
    pub opens_hint: String,
    /// Instead of a chart without numbers.
    pub no_data: String,
    /// Of a position that is not over: "not over yet".
    pub not_over: String,
    /// The word for a position that the period cuts short.
    pub cut_short: String,
    /// On the button that takes the numbers out.
    pub download: String,
    /// On the button that takes the drawing out.
    pub picture: String,
}

/// A chart that can be read by eye, pointer, touch, keyboard and screen reader, or as a table.
#[component]
pub fn Chart(
    /// What it shows.
    #[prop(into)]
    model: Signal<ChartModel>,
    /// Its name, for screen readers and as the table's caption.
    #[prop(into)]
    title: Signal<String>,
    /// The words around it.
    #[prop(into)]
    texts: Signal<ChartTexts>,
    /// Whether the table stands in the drawing's place; the switch belongs to the card.
    as_table: RwSignal<bool>,
    /// The drawing's height in CSS pixels.
    #[prop(default = 190)]
    height_px: u32,
    /// Names the lines above the drawing.
    #[prop(default = false)]
    legend: bool,
) -> impl IntoView {
    // A model is compared before anything is laid out again.
    let model = Memo::new(move |_| model.get());
    let is_empty = Memo::new(move |_| model.with(ChartModel::is_empty));
    let table = move || {
        let numbers = Memo::new(move |_| model.with(ChartModel::table));
        view! {
            <div
                class="chart__table"
                role="region"
                aria-label=title
                tabindex="0"
                style:height=format!("{height_px}px")
            >
                <DataTable
                    caption=title
                    hide_caption=true
                    columns=Signal::derive(move || numbers.get().columns)
                    rows=Signal::derive(move || numbers.get().rows)
                />
            </div>
        }
    };
    let drawing = move || view! { <Drawing model title texts height_px /> };
    let nothing = move || view! { <p class="chart__nothing">{move || texts.get().no_data}</p> };

    view! {
        <div class="chart">
            {move || (!is_empty.get()).then(|| view! { <Legend model texts names=legend /> })}
            {move || match (is_empty.get(), as_table.get()) {
                (true, _) => nothing().into_any(),
                (false, true) => table().into_any(),
                (false, false) => drawing().into_any(),
            }}
        </div>
    }
}

/// The names of a chart's lines, with their strokes, and what is dotted or pale.
#[component]
fn Legend(
    /// What the chart shows.
    model: Memo<ChartModel>,
    texts: Signal<ChartTexts>,
    /// Whether the lines are named.
    names: bool,
) -> impl IntoView {
    let rows = Memo::new(move |_| if names { model.with(ChartModel::legend) } else { vec![] });
    let lacks = Memo::new(move |_| model.with(ChartModel::lacks));
    let lack = move || {
        let words = texts.with(|it| [it.cut_short.clone(), it.not_over.clone()]);
        let shown = words.into_iter().zip(lacks.get()).filter(|it| it.1);
        let item = |(word, _)| {
            view! { <li class="chart__legend-item" data-lack><i class="chart__swatch chart__swatch--lack" aria-hidden="true"></i>{word}</li> }
        };
        shown.map(item).collect_view()
    };
    view! {
        <ul class="chart__legend" hidden=move || rows.read().is_empty() && lacks.get() == [false; 2]>
            {move || {
                rows.get()
                    .into_iter()
                    .map(|row| {
                        view! {
                            <li class="chart__legend-item">
                                <Swatch color=row.color dashed=row.dashed />
                                {row.name}
                            </li>
                        }
                    })
                    .collect_view()
            }}
            {lack}
        </ul>
    }
}

/// A short piece of a line, as in the drawing.
#[component]
fn Swatch(
    /// The colour's token.
    color: &'static str,
    /// Whether the line is dashed.
    dashed: bool,
) -> impl IntoView {
    view! {
        <i
            class="chart__swatch"
            class:chart__swatch--dashed=dashed
            style:color=format!("var({color})")
            aria-hidden="true"
        ></i>
    }
}

/// The canvas with what lies over it: the guide line, the points, the tooltip.
#[component]
fn Drawing(
    /// What the chart shows.
    model: Memo<ChartModel>,
    /// The chart's name.
    title: Signal<String>,
    /// The words around it.
    texts: Signal<ChartTexts>,
    /// The height in CSS pixels.
    height_px: u32,
) -> impl IntoView {
    let stage = NodeRef::<html::Div>::new();
    let canvas = NodeRef::<html::Canvas>::new();
    let width_px = RwSignal::new(0.0);
    let plot = paint_when_stale(model, canvas, width_px, f64::from(height_px));
    Effect::new(move |_| {
        if let Some(stage) = stage.get() {
            follow_width(&stage, width_px);
        }
    });

    let (selected, select) = signal(None::<usize>);
    let selected =
        Memo::new(move |_| selected.get().filter(|it| *it < model.with(ChartModel::len)));
    let readout = Memo::new(move |_| model.with(|it| it.readout(selected.get()?)));
    let at = move |event: &PointerEvent| {
        let x = f64::from(event.offset_x());
        plot.with_untracked(|it| nearest(&it.stop_places(), x))
    };
    let on_pointer = move |event: PointerEvent| select.set(at(&event));
    // A finger reads a point before it opens it.
    let is_read = StoredValue::new(false);
    let on_down = move |event: PointerEvent| {
        let is_mouse = event.pointer_type() == "mouse";
        is_read.set_value(is_mouse || selected.get_untracked() == at(&event));
        on_pointer(event);
    };
    let navigate = use_navigate();
    let open = StoredValue::new_local(move || {
        let selected = selected.get_untracked()?;
        let address = model.with_untracked(|it| it.opens(selected).map(str::to_owned))?;
        navigate(&address, whole());
        Some(())
    });
    let on_click = move |_| {
        if is_read.get_value() {
            open.with_value(|open| open());
        }
    };
    // A finger that is lifted leaves too, but what it selected is to be read.
    let on_leave = move |event: PointerEvent| {
        if event.pointer_type() == "mouse" {
            select.set(None);
        }
    };
    let on_key = move |event: KeyboardEvent| {
        let n = model.with_untracked(ChartModel::len);
        if event.key() == "Enter" && open.with_value(|open| open()).is_some() {
            event.prevent_default();
            return;
        }
        if let Some(moved) = key_move(&event.key(), selected.get_untracked(), n) {
            event.prevent_default();
            select.set(if let Move::To(index) = moved { Some(index) } else { None });
        }
    };
    let spoken = move || {
        readout.get().map_or_else(String::new, |it| {
            let texts = texts.get();
            it.spoken(&texts.not_over, &texts.cut_short)
        })
    };
    let opens_any = Memo::new(move |_| model.with(ChartModel::opens_any));
    let label = move || {
        let texts = texts.get();
        let opens = if opens_any.get() { format!(". {}", texts.opens_hint) } else { String::new() };
        format!("{}. {}{opens}", title.get(), texts.keys_hint)
    };
    let opens = Memo::new(move |_| {
        selected.get().is_some_and(|it| model.with(|model| model.opens(it).is_some()))
    });

    view! {
        <div
            class="chart__stage"
            class:chart__stage--opens=opens
            node_ref=stage
            style:height=format!("{height_px}px")
            tabindex="0"
            role="group"
            aria-label=label
            on:pointermove=on_pointer
            on:pointerdown=on_down
            on:click=on_click
            on:pointerleave=on_leave
            on:keydown=on_key
            on:blur=move |_| select.set(None)
        >
            <canvas class="chart__canvas" node_ref=canvas aria-hidden="true"></canvas>
            <Selection plot selected />
            <Tooltip plot selected readout texts opens />
            {move || mark_label(&model.get(), &plot.get())}
            <p class="visually-hidden" aria-live="polite">{spoken}</p>
        </div>
    }
}

/// The plot at the present width; the canvas is drawn again when anything it depends on changes.
fn paint_when_stale(
    model: Memo<ChartModel>,
    canvas: NodeRef<html::Canvas>,
    width_px: RwSignal<f64>,
    height_px: f64,
) -> Memo<Plot> {
    let plot = Memo::new(move |_| model.with(|it| Plot::new(it, width_px.get(), height_px)));
    let (ratio, theme) = (device_pixel_ratio(), theme_version());
    Effect::new(move |_| {
        theme.track();
        let (width, ratio) = (width_px.get(), ratio.get());
        let Some(canvas) = canvas.get().filter(|_| width > 0.0) else { return };
        if let Err(error) = plot.with(|it| paint(&canvas, it, (width, height_px), ratio)) {
            leptos::logging::error!("cannot draw the chart: {error}");
        }
    });
    plot
}

/// The guide line and the points of the selected position.
#[component]
fn Selection(
    /// The chart's geometry.
    plot: Memo<Plot>,
    /// The selected position.
    selected: Memo<Option<usize>>,
) -> impl IntoView {
    move || {
        let stop = plot.with(|it| selected.get().and_then(|at| it.stops.get(at).cloned()))?;
        let area = plot.with(|it| it.area);
        let points = stop.points.into_iter().map(|(y, color)| {
            view! {
                <i
                    class="chart__point"
                    style:left=format!("{:.1}px", stop.x)
                    style:top=format!("{y:.1}px")
                    style:background=format!("var({color})")
                ></i>
            }
        });
        Some(view! {
            <i
                class="chart__guide"
                style:left=format!("{:.1}px", stop.x)
                style:top=format!("{:.1}px", area.top)
                style:height=format!("{:.1}px", area.bottom - area.top)
            ></i>
            {points.collect_view()}
        })
    }
}

/// The numbers of the selected position, beside it on the side with more room.
#[component]
fn Tooltip(
    /// The chart's geometry.
    plot: Memo<Plot>,
    /// The selected position.
    selected: Memo<Option<usize>>,
    /// Its numbers.
    readout: Memo<Option<Readout>>,
    /// The words around the chart.
    texts: Signal<ChartTexts>,
    /// Whether the selected position opens something.
    opens: Memo<bool>,
) -> impl IntoView {
    move || {
        let readout = readout.get()?;
        let (x, left) = plot.with(|it| {
            let x = it.stops.get(selected.get()?)?.x;
            Some((x, x > f64::midpoint(it.area.left, it.area.right)))
        })?;
        let texts = texts.get();
        let note = readout.lacks.map(|it| it.word(&texts.not_over, &texts.cut_short).to_owned());
        let row = |it: super::readout::ReadoutRow| {
            view! {
                <li class="chart__tip-row">
                    <Swatch color=it.color dashed=it.dashed />
                    <span class="chart__tip-name">{it.name}</span>
                    <b class="chart__tip-value">{it.value}</b>
                </li>
            }
        };
        Some(view! {
            <div
                class="chart__tip"
                class:chart__tip--left=left
                style:left=format!("{x:.1}px")
                aria-hidden="true"
            >
                <p class="chart__tip-title">
                    {readout.title} {note.map(|it| view! { <small>{it}</small> })}
                </p>
                <ul>{readout.rows.into_iter().map(row).collect_view()}</ul>
                {opens.get().then(|| view! { <p class="chart__tip-note">{texts.opens_hint}</p> })}
            </div>
        })
    }
}

/// The words beside a curve's marked point.
fn mark_label(model: &ChartModel, plot: &Plot) -> Option<impl IntoView + use<>> {
    let ChartModel::Curve(curve) = model else { return None };
    let (text, (x, y)) = (curve.mark.as_ref()?.label.clone(), plot.mark?);
    let is_right = x > f64::midpoint(plot.area.left, plot.area.right);
    Some(view! {
        <span
            class="chart__mark"
            class:chart__mark--left=is_right
            style:left=format!("{x:.1}px")
            style:top=format!("{y:.1}px")
        >
            {text}
        </span>
    })
}
