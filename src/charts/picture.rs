//! A chart as a picture to keep: the drawing under its title and the names of its lines.

use super::model::ChartModel;
use super::paint::paint;
use super::palette::Palette;
use super::plot::Plot;
use super::readout::LegendEntry;
use leptos::prelude::document;
use plotters::style::RGBColor;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement};

/// Size of the drawing in CSS pixels, whatever the window: a picture is for reports and chats.
const WIDTH_PX: f64 = 960.0;
const HEIGHT_PX: f64 = 400.0;
/// Device pixels to each.
const RATIO: f64 = 2.0;
const MARGIN_PX: f64 = 24.0;
const TITLE_PX: f64 = 20.0;
const NAME_PX: f64 = 14.0;
const LINE_PX: f64 = 24.0;
const SWATCH_PX: f64 = 18.0;

/// Draws a chart as a PNG and hands it to `then`; the error is the browser's.
pub fn picture(
    model: &ChartModel,
    title: &str,
    then: impl FnOnce(Option<Blob>) + 'static,
) -> Result<(), JsValue> {
    let canvas = compose(model, title)?;
    let take = Closure::once_into_js(move |blob: JsValue| then(blob.dyn_into::<Blob>().ok()));
    canvas.to_blob(take.unchecked_ref())
}

fn compose(model: &ChartModel, title: &str) -> Result<HtmlCanvasElement, JsValue> {
    let drawing = new_canvas()?;
    let plot = Plot::new(model, WIDTH_PX, HEIGHT_PX);
    paint(&drawing, &plot, (WIDTH_PX, HEIGHT_PX), RATIO)
        .map_err(|error| JsValue::from_str(&error.to_string()))?;
    let palette = Palette::current().ok_or(JsValue::NULL)?;
    let canvas = new_canvas()?;
    let scribe = Scribe { context: context_of(&canvas)?, palette };
    let names = scribe.arranged(model.legend());
    let lines = names.last().map_or(0, |it| it.line + 1);
    let head_px = MARGIN_PX + LINE_PX * (lines as f64 + 1.5);
    canvas.set_width(((WIDTH_PX + 2.0 * MARGIN_PX) * RATIO) as u32);
    canvas.set_height(((head_px + HEIGHT_PX + MARGIN_PX) * RATIO) as u32);
    scribe.ground(&canvas);
    scribe.text(title, "--ink", (TITLE_PX, 600), (MARGIN_PX, MARGIN_PX + TITLE_PX));
    for name in &names {
        scribe.name(name);
    }
    scribe.context.draw_image_with_html_canvas_element(
        &drawing,
        MARGIN_PX * RATIO,
        head_px * RATIO,
    )?;
    if let (ChartModel::Curve(curve), Some((x, y))) = (model, plot.mark)
        && let Some(mark) = &curve.mark
    {
        // Above the curve, away from the diagonal.
        let at = (MARGIN_PX + x - 8.0, head_px + y - 8.0);
        scribe.context.set_text_align("right");
        scribe.text(&mark.label, "--warn", (NAME_PX, 600), at);
    }
    Ok(canvas)
}

fn new_canvas() -> Result<HtmlCanvasElement, JsValue> {
    Ok(document().create_element("canvas")?.unchecked_into())
}

fn context_of(canvas: &HtmlCanvasElement) -> Result<CanvasRenderingContext2d, JsValue> {
    let context = canvas.get_context("2d")?.ok_or(JsValue::NULL)?;
    Ok(context.unchecked_into())
}

/// A line's name at its place below the title.
struct Placed {
    entry: LegendEntry,
    line: usize,
    x_px: f64,
}

/// Writes in CSS pixels, in the colours of the page.
struct Scribe {
    context: CanvasRenderingContext2d,
    palette: Palette,
}

impl Scribe {
    fn font(&self, (size_px, weight): (f64, u16)) {
        self.context.set_font(&format!("{weight} {}px {}", size_px * RATIO, self.palette.font()));
    }

    fn color(&self, token: &str) {
        let RGBColor(red, green, blue) = self.palette.color(token);
        self.context.set_fill_style_str(&format!("rgb({red}, {green}, {blue})"));
    }

    fn rectangle(&self, (x, y): (f64, f64), (width, height): (f64, f64)) {
        self.context.fill_rect(x * RATIO, y * RATIO, width * RATIO, height * RATIO);
    }

    fn ground(&self, canvas: &HtmlCanvasElement) {
        self.color("--surface");
        let (width, height) = (canvas.width(), canvas.height());
        self.context.fill_rect(0.0, 0.0, f64::from(width), f64::from(height));
    }

    fn text(&self, text: &str, token: &str, font: (f64, u16), (x, y): (f64, f64)) {
        self.font(font);
        self.color(token);
        // A text without a place to stand on is no reason to have no picture.
        let _ = self.context.fill_text(text, x * RATIO, y * RATIO);
    }

    /// The names from left to right, on as many lines as they need.
    fn arranged(&self, names: Vec<LegendEntry>) -> Vec<Placed> {
        self.font((NAME_PX, 400));
        let (mut line, mut x_px) = (0, MARGIN_PX);
        let place = |entry: LegendEntry| {
            let text_px = self.context.measure_text(&entry.name).map_or(0.0, |it| it.width());
            let width_px = SWATCH_PX + 6.0 + text_px / RATIO;
            if x_px > MARGIN_PX && x_px + width_px > MARGIN_PX + WIDTH_PX {
                (line, x_px) = (line + 1, MARGIN_PX);
            }
            let placed = Placed { entry, line, x_px };
            x_px += width_px + 20.0;
            placed
        };
        names.into_iter().map(place).collect()
    }

    fn name(&self, name: &Placed) {
        let base = MARGIN_PX + LINE_PX * (name.line as f64 + 2.0);
        self.color(name.entry.color);
        let middle = base - NAME_PX * 0.35;
        if name.entry.dashed {
            for dash in 0..3 {
                let x = name.x_px + 7.0 * f64::from(dash);
                self.rectangle((x, middle - 1.0), (4.0, 2.0));
            }
        } else {
            self.rectangle((name.x_px, middle - 1.0), (SWATCH_PX, 2.0));
        }
        let at = (name.x_px + SWATCH_PX + 6.0, base);
        self.text(&name.entry.name, "--ink-2", (NAME_PX, 400), at);
    }
}
