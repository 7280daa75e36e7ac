//! A chart as geometry: every line, tick and mark in CSS pixels, before anything is drawn.

use super::line_plot::line_plot;
use super::model::{ChartModel, CurveModel, EQUAL_COLOR};
use super::ticks::{text_width_px, thin_labels};

/// The axis labels' font size.
pub const FONT_PX: f64 = 11.0;
const TOP_PX: f64 = 10.0;
const BOTTOM_PX: f64 = 24.0;
const RIGHT_PX: f64 = 8.0;
const LABEL_GAP_PX: f64 = 8.0;
const X_LABEL_GAP_PX: f64 = 12.0;
/// One grid line about every so many pixels.
const TICK_EVERY_PX: f64 = 46.0;

/// A rectangle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub left: f64,
    /// Upper edge.
    pub top: f64,
    /// Right edge.
    pub right: f64,
    /// Lower edge.
    pub bottom: f64,
}

/// How a line is stroked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stroke {
    /// The main lines.
    Solid,
    /// What they are compared with.
    Dashed,
    /// A stretch that is not over.
    Dotted,
}

/// A line, in unbroken pieces.
#[derive(Clone, Debug, PartialEq)]
pub struct PlotLine {
    /// Each piece lies between two gaps and has one point at least.
    pub pieces: Vec<Vec<(f64, f64)>>,
    /// The colour's token.
    pub color: &'static str,
    /// How it is stroked.
    pub stroke: Stroke,
    /// Filled down to the base line.
    pub area: bool,
}

/// A closed area: a bar, or the band around a line.
#[derive(Clone, Debug, PartialEq)]
pub struct PlotShape {
    /// Its corners.
    pub outline: Vec<(f64, f64)>,
    /// The colour's token.
    pub color: &'static str,
    /// Filled faintly: what is behind stays to be seen.
    pub faint: bool,
}

/// A label of an axis. Horizontal ones stand below `y`, vertical ones end left of the plot at `y`.
#[derive(Clone, Debug, PartialEq)]
pub struct AxisLabel {
    /// The text.
    pub text: String,
    /// Left edge of a horizontal axis's label; right edge of a vertical axis's.
    pub x: f64,
    /// Upper edge of a horizontal axis's label; middle of a vertical axis's.
    pub y: f64,
}

/// A position that can be selected, and the points on it.
#[derive(Clone, Debug, PartialEq)]
pub struct Stop {
    /// Where the guide line stands.
    pub x: f64,
    /// The points: height and colour token.
    pub points: Vec<(f64, &'static str)>,
}

/// A chart as geometry.
#[derive(Clone, Debug, PartialEq)]
pub struct Plot {
    /// Where the lines are.
    pub area: Rect,
    /// Heights of the grid lines.
    pub grid: Vec<f64>,
    /// The vertical axis's labels.
    pub y_labels: Vec<AxisLabel>,
    /// The horizontal axis's labels.
    pub x_labels: Vec<AxisLabel>,
    /// Bands and bars, below the lines.
    pub shapes: Vec<PlotShape>,
    /// The lines, in the order in which they are drawn: the main one last, on top.
    pub lines: Vec<PlotLine>,
    /// The selectable positions, from left to right.
    pub stops: Vec<Stop>,
    /// The point to which the eye is led, with the corner of the axes it is tied to.
    pub mark: Option<(f64, f64)>,
}

impl Plot {
    /// Lays a chart out in so many CSS pixels.
    pub fn new(model: &ChartModel, width_px: f64, height_px: f64) -> Plot {
        match model {
            ChartModel::Line(line) => line_plot(line, width_px, height_px),
            ChartModel::Curve(curve) => curve_plot(curve, width_px, height_px),
        }
    }

    /// The horizontal places of the stops.
    pub fn stop_places(&self) -> Vec<f64> {
        self.stops.iter().map(|it| it.x).collect()
    }
}

/// The vertical axis: its ticks, their labels and the plot's area beside them.
pub(super) struct Frame {
    pub area: Rect,
    ticks: Vec<f64>,
    pub labels: Vec<AxisLabel>,
}

impl Frame {
    pub fn new(ticks: Vec<f64>, texts: Vec<String>, width_px: f64, height_px: f64) -> Frame {
        let widest = texts.iter().map(|it| text_width_px(it, FONT_PX)).fold(0.0, f64::max);
        // A label wider than a third of the chart would leave no chart.
        let left = (widest + LABEL_GAP_PX).min(width_px / 3.0);
        let area = Rect {
            left,
            top: TOP_PX,
            right: (width_px - RIGHT_PX).max(left + 1.0),
            bottom: (height_px - BOTTOM_PX).max(TOP_PX + 1.0),
        };
        let mut frame = Frame { area, ticks, labels: Vec::new() };
        frame.labels = texts
            .into_iter()
            .zip(&frame.ticks)
            .map(|(text, tick)| AxisLabel { text, x: left - LABEL_GAP_PX, y: frame.y(*tick) })
            .collect();
        frame
    }

    pub fn y(&self, value: f64) -> f64 {
        let (low, high) = match self.ticks[..] {
            [low, .., high] => (low, high),
            _ => (0.0, 1.0),
        };
        let share = (value - low) / (high - low);
        self.area.bottom - share * (self.area.bottom - self.area.top)
    }

    /// The place of a share (0 to 1) of the horizontal axis.
    pub fn x(&self, share: f64) -> f64 {
        self.area.left + share * (self.area.right - self.area.left)
    }

    pub fn grid(&self) -> Vec<f64> {
        self.ticks.iter().map(|it| self.y(*it)).collect()
    }
}

/// So many grid lines fit.
pub(super) fn tick_count(height_px: f64) -> usize {
    ((height_px - TOP_PX - BOTTOM_PX) / TICK_EVERY_PX).round().clamp(2.0, 8.0) as usize
}

/// Names at their places, as many as have room.
pub(super) fn placed(
    names: &[String],
    places: &[f64],
    frame: &Frame,
    width_px: f64,
) -> Vec<AxisLabel> {
    thin_labels(names, places, width_px, FONT_PX, X_LABEL_GAP_PX)
        .into_iter()
        .map(|it| AxisLabel {
            text: names[it.index].clone(),
            x: it.left_px,
            y: frame.area.bottom + LABEL_GAP_PX,
        })
        .collect()
}

fn curve_plot(curve: &CurveModel, width_px: f64, height_px: f64) -> Plot {
    let ticks = vec![0.0, 25.0, 50.0, 75.0, 100.0];
    let texts: Vec<String> = ticks.iter().map(|it| curve.percent.write(*it)).collect();
    let frame = Frame::new(ticks, texts.clone(), width_px, height_px);
    let place = |(x, y): (f64, f64)| (frame.x(x / 100.0), frame.y(y));
    let points: Vec<(f64, f64)> = curve.points.iter().copied().map(place).collect();
    let stops =
        points.iter().map(|(x, y)| Stop { x: *x, points: vec![(*y, curve.color)] }).collect();
    let equal = curve.equal_line.as_ref().map(|_| PlotLine {
        pieces: vec![vec![place((0.0, 0.0)), place((100.0, 100.0))]],
        color: EQUAL_COLOR,
        stroke: Stroke::Dashed,
        area: false,
    });
    let line =
        PlotLine { pieces: vec![points], color: curve.color, stroke: Stroke::Solid, area: false };
    let tick_places: Vec<f64> = (0..=4).map(|it| frame.x(f64::from(it) / 4.0)).collect();
    Plot {
        grid: frame.grid(),
        x_labels: placed(&texts, &tick_places, &frame, width_px),
        shapes: vec![],
        lines: equal.into_iter().chain([line]).collect(),
        stops,
        mark: curve.mark.as_ref().map(|it| place((it.x, it.y))),
        area: frame.area,
        y_labels: frame.labels,
    }
}

#[cfg(test)]
mod tests {
    use super::super::model::{CurveMark, ValueFormat};
    use super::*;

    #[test]
    fn the_curve_runs_from_corner_to_corner_with_its_mark_on_it() {
        let curve = CurveModel {
            x_title: "of customers".to_owned(),
            y_title: "of revenue".to_owned(),
            name: "Revenue".to_owned(),
            points: vec![(0.0, 0.0), (20.0, 80.0), (100.0, 100.0)],
            color: "--c1",
            equal_line: Some("All the same".to_owned()),
            mark: Some(CurveMark { x: 20.0, y: 80.0, label: "20 % bring 80 %".to_owned() }),
            percent: ValueFormat::new(|it| format!("{it:.0} %")),
        };
        let plot = Plot::new(&ChartModel::Curve(curve), 300.0, 300.0);
        let curve_line = &plot.lines[1].pieces[0];
        assert_eq!(curve_line[0], (plot.area.left, plot.area.bottom));
        assert_eq!(curve_line[2], (plot.area.right, plot.area.top));
        assert_eq!(plot.mark, Some(curve_line[1]));
    }
}
