//! A plot onto a canvas, sharp at every device pixel ratio.

use super::palette::Palette;
use super::plot::{AxisLabel, FONT_PX, Plot, PlotLine, PlotShape, Rect, Stroke};
use plotters::coord::Shift;
use plotters::element::DashedPathElement;
use plotters::prelude::{
    Circle, Color, DrawingArea, IntoDrawingArea, PathElement, Polygon, RGBColor, ShapeStyle,
    TextStyle,
};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{FontFamily, IntoFont};
use plotters_canvas::CanvasBackend;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

type Area = DrawingArea<CanvasBackend, Shift>;
type Drawn = Result<(), Box<dyn std::error::Error>>;

const LINE_PX: f64 = 2.0;
const THIN_PX: f64 = 1.5;

/// Draws `plot`, which is in CSS pixels, on a canvas of `width_px` × `height_px` CSS pixels.
///
/// The canvas gets `ratio` device pixels to each: the library draws in whole pixels, so everything
/// is scaled before. A canvas without a context, as in a lost tab, stays empty.
pub fn paint(
    canvas: &HtmlCanvasElement,
    plot: &Plot,
    (width_px, height_px): (f64, f64),
    ratio: f64,
) -> Drawn {
    // Setting the size clears the canvas, also if it is the same.
    canvas.set_width((width_px * ratio).round() as u32);
    canvas.set_height((height_px * ratio).round() as u32);
    round_corners(canvas);
    let (Some(palette), Some(backend)) =
        (Palette::current(), CanvasBackend::with_canvas_object(canvas.clone()))
    else {
        return Ok(());
    };
    let painter = Painter { area: backend.into_drawing_area(), palette, ratio };
    painter.grid(plot)?;
    for shape in &plot.shapes {
        painter.shape(shape)?;
    }
    for line in &plot.lines {
        painter.line(line, &plot.area)?;
    }
    if let Some(mark) = plot.mark {
        painter.mark(mark, &plot.area)?;
    }
    painter.labels(&plot.y_labels, Pos::new(HPos::Right, VPos::Center))?;
    painter.labels(&plot.x_labels, Pos::new(HPos::Left, VPos::Top))?;
    painter.area.present()?;
    Ok(())
}

/// The library's own context is the same object: what is set here stays for its lines.
fn round_corners(canvas: &HtmlCanvasElement) {
    let context = canvas.get_context("2d").ok().flatten();
    if let Some(context) = context.and_then(|it| it.dyn_into::<CanvasRenderingContext2d>().ok()) {
        context.set_line_join("round");
        context.set_line_cap("round");
    }
}

struct Painter {
    area: Area,
    palette: Palette,
    ratio: f64,
}

impl Painter {
    fn point(&self, (x, y): (f64, f64)) -> (i32, i32) {
        ((x * self.ratio).round() as i32, (y * self.ratio).round() as i32)
    }

    fn stroke(&self, color: RGBColor, width_px: f64) -> ShapeStyle {
        // Whole device pixels only, and rather too thin than too thick.
        let width = (width_px * self.ratio).max(1.0) as u32;
        color.stroke_width(width)
    }

    fn grid(&self, plot: &Plot) -> Drawn {
        let style = self.stroke(self.palette.color("--line"), 1.0);
        for y in &plot.grid {
            let ends = [self.point((plot.area.left, *y)), self.point((plot.area.right, *y))];
            self.area.draw(&PathElement::new(ends.to_vec(), style))?;
        }
        Ok(())
    }

    fn shape(&self, shape: &PlotShape) -> Drawn {
        let color = self.palette.color(shape.color);
        let outline: Vec<(i32, i32)> = shape.outline.iter().map(|it| self.point(*it)).collect();
        let style = if shape.faint { color.mix(0.22).filled() } else { color.filled() };
        self.area.draw(&Polygon::new(outline, style))?;
        Ok(())
    }

    fn line(&self, line: &PlotLine, area: &Rect) -> Drawn {
        let color = self.palette.color(line.color);
        for piece in &line.pieces {
            if line.area {
                self.fill(piece, area, color)?;
            }
            let points: Vec<(i32, i32)> = piece.iter().map(|it| self.point(*it)).collect();
            match (line.stroke, points.as_slice()) {
                // A lone value between two gaps would be invisible as a line.
                (_, [point]) => {
                    let radius = (LINE_PX * self.ratio).round() as i32;
                    self.area.draw(&Circle::new(*point, radius, color.filled()))?;
                }
                (Stroke::Solid, _) => {
                    let style = self.stroke(color, LINE_PX);
                    self.area.draw(&PathElement::new(points, style))?;
                }
                (Stroke::Dashed, _) => {
                    self.dashes(points.into_iter(), color, THIN_PX, (4.0, 4.0))?;
                }
                (Stroke::Dotted, _) => {
                    self.dashes(points.into_iter(), color, LINE_PX, (1.0, 4.0))?;
                }
            }
        }
        Ok(())
    }

    fn dashes(
        &self,
        points: impl Iterator<Item = (i32, i32)> + Clone,
        color: RGBColor,
        width_px: f64,
        (dash_px, gap_px): (f64, f64),
    ) -> Drawn {
        let scaled = |px: f64| (px * self.ratio).round().max(1.0) as i32;
        let style = self.stroke(color, width_px);
        self.area.draw(&DashedPathElement::new(points, scaled(dash_px), scaled(gap_px), style))?;
        Ok(())
    }

    fn fill(&self, piece: &[(f64, f64)], area: &Rect, color: RGBColor) -> Drawn {
        let (Some(first), Some(last)) = (piece.first(), piece.last()) else { return Ok(()) };
        let base = [(last.0, area.bottom), (first.0, area.bottom)];
        let outline: Vec<(i32, i32)> =
            piece.iter().chain(&base).map(|it| self.point(*it)).collect();
        self.area.draw(&Polygon::new(outline, color.mix(0.12).filled()))?;
        Ok(())
    }

    /// The marked point, tied to both axes.
    fn mark(&self, (x, y): (f64, f64), area: &Rect) -> Drawn {
        let tie = self.palette.color("--line-strong");
        let ties = [(area.left, y), (x, y), (x, area.bottom)].map(|it| self.point(it));
        self.dashes(ties.into_iter(), tie, 1.0, (3.0, 3.0))?;
        let radius = (4.5 * self.ratio).round() as i32;
        let color = self.palette.color("--c2");
        self.area.draw(&Circle::new(self.point((x, y)), radius, color.filled()))?;
        Ok(())
    }

    fn labels(&self, labels: &[AxisLabel], anchor: Pos) -> Drawn {
        let font = self.palette.font();
        let size = FONT_PX * self.ratio;
        let color = self.palette.color("--ink-3");
        let font = (FontFamily::Name(&font), size).into_font();
        let style = TextStyle::from(font).color(&color).pos(anchor);
        for label in labels {
            self.area.draw_text(&label.text, &style, self.point((label.x, label.y)))?;
        }
        Ok(())
    }
}
