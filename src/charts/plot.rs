//! A chart as geometry: every line, tick and mark in CSS pixels, before anything is drawn.

use super::model::{ChartModel, CurveModel, EQUAL_COLOR, LineModel, Series};
use super::ticks::{nice_ticks, text_width_px, thin_labels};

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
struct Frame {
    area: Rect,
    ticks: Vec<f64>,
    labels: Vec<AxisLabel>,
}

impl Frame {
    fn new(ticks: Vec<f64>, texts: Vec<String>, width_px: f64, height_px: f64) -> Frame {
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

    fn y(&self, value: f64) -> f64 {
        let (low, high) = match self.ticks[..] {
            [low, .., high] => (low, high),
            _ => (0.0, 1.0),
        };
        let share = (value - low) / (high - low);
        self.area.bottom - share * (self.area.bottom - self.area.top)
    }

    /// The place of a share (0 to 1) of the horizontal axis.
    fn x(&self, share: f64) -> f64 {
        self.area.left + share * (self.area.right - self.area.left)
    }

    fn grid(&self) -> Vec<f64> {
        self.ticks.iter().map(|it| self.y(*it)).collect()
    }
}

fn tick_count(height_px: f64) -> usize {
    ((height_px - TOP_PX - BOTTOM_PX) / TICK_EVERY_PX).round().clamp(2.0, 8.0) as usize
}

fn line_plot(line: &LineModel, width_px: f64, height_px: f64) -> Plot {
    let frame = line_frame(line, width_px, height_px);
    let n = line.x_labels.len();
    let places: Vec<f64> =
        (0..n).map(|it| frame.x(if n == 1 { 0.5 } else { it as f64 / (n - 1) as f64 })).collect();
    let lines =
        line.series.iter().rev().flat_map(|it| series_lines(it, &places, &frame, line)).collect();
    let stops = places
        .iter()
        .enumerate()
        .map(|(index, x)| Stop { x: *x, points: points_at(&line.series, index, &frame) })
        .collect();
    let names = if line.axis_labels.is_empty() { &line.x_labels } else { &line.axis_labels };
    Plot {
        grid: frame.grid(),
        x_labels: placed(names, &places, &frame, width_px),
        lines,
        stops,
        mark: None,
        area: frame.area,
        y_labels: frame.labels,
    }
}

fn line_frame(line: &LineModel, width_px: f64, height_px: f64) -> Frame {
    let known = || line.series.iter().flat_map(|it| it.values.iter().flatten().copied());
    let (mut low, mut high) = known()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), it| (low.min(it), high.max(it)));
    if line.zero_based {
        (low, high) = (low.min(0.0), high.max(0.0));
    }
    let ticks = nice_ticks(low, high, tick_count(height_px));
    let texts = ticks.iter().map(|it| line.axis.write(*it)).collect();
    Frame::new(ticks, texts, width_px, height_px)
}

fn points_at(series: &[Series], index: usize, frame: &Frame) -> Vec<(f64, &'static str)> {
    let value = |it: &Series| it.values.get(index).copied().flatten();
    series.iter().filter_map(|it| Some((frame.y(value(it)?), it.color))).collect()
}

fn placed(names: &[String], places: &[f64], frame: &Frame, width_px: f64) -> Vec<AxisLabel> {
    thin_labels(names, places, width_px, FONT_PX, X_LABEL_GAP_PX)
        .into_iter()
        .map(|it| AxisLabel {
            text: names[it.index].clone(),
            x: it.left_px,
            y: frame.area.bottom + LABEL_GAP_PX,
        })
        .collect()
}

/// The series as one line, or two if its last stretch is not over and must be dotted.
fn series_lines(
    series: &Series,
    places: &[f64],
    frame: &Frame,
    model: &LineModel,
) -> Vec<PlotLine> {
    let points: Vec<Option<(f64, f64)>> = places
        .iter()
        .enumerate()
        .map(|(index, x)| Some((*x, frame.y(series.values.get(index).copied().flatten()?))))
        .collect();
    let stroke = if series.dashed { Stroke::Dashed } else { Stroke::Solid };
    let line = |points: &[Option<(f64, f64)>], stroke, area| PlotLine {
        pieces: pieces(points),
        color: series.color,
        stroke,
        area,
    };
    // What is cut short at either end is dotted up to its neighbour.
    let (mut whole, mut ends) = (&points[..], Vec::new());
    if !series.dashed {
        if let [rest @ .., before, last @ Some(_)] = whole
            && model.last_incomplete
        {
            ends.push([*before, *last]);
            whole = &points[..=rest.len()];
        }
        if let [first @ Some(_), next, ..] = whole
            && model.first_partial
        {
            ends.push([*first, *next]);
            whole = &whole[1..];
        }
    }
    let dotted = ends.iter().map(|end| line(end, Stroke::Dotted, false));
    std::iter::once(line(whole, stroke, series.area)).chain(dotted).collect()
}

fn pieces(points: &[Option<(f64, f64)>]) -> Vec<Vec<(f64, f64)>> {
    points
        .split(Option::is_none)
        .filter(|it| !it.is_empty())
        .map(|it| it.iter().flatten().copied().collect())
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

    fn weeks(values: Vec<Option<f64>>, last_incomplete: bool) -> ChartModel {
        cut(values, false, last_incomplete)
    }

    fn cut(values: Vec<Option<f64>>, first_partial: bool, last_incomplete: bool) -> ChartModel {
        ChartModel::Line(LineModel {
            x_title: "Week".to_owned(),
            x_labels: (1..=values.len()).map(|it| format!("week {it}")).collect(),
            axis_labels: vec![],
            series: vec![Series::new("Net revenue", values, "--c1")],
            axis: ValueFormat::new(|it| format!("${it}")),
            full: ValueFormat::new(|it| format!("${it}")),
            first_partial,
            last_incomplete,
            zero_based: true,
        })
    }

    #[test]
    fn a_missing_value_breaks_the_line() {
        let plot =
            Plot::new(&weeks(vec![Some(1.0), None, Some(2.0), Some(3.0)], false), 400.0, 190.0);
        let lengths: Vec<usize> = plot.lines[0].pieces.iter().map(Vec::len).collect();
        assert_eq!(lengths, [1, 2]);
        assert!(plot.stops[1].points.is_empty());
    }

    #[test]
    fn the_last_stretch_is_dotted_if_it_is_not_over() {
        let plot = Plot::new(&weeks(vec![Some(1.0), Some(2.0), Some(3.0)], true), 400.0, 190.0);
        let strokes: Vec<Stroke> = plot.lines.iter().map(|it| it.stroke).collect();
        assert_eq!(strokes, [Stroke::Solid, Stroke::Dotted]);
        assert_eq!(plot.lines[0].pieces[0].last(), plot.lines[1].pieces[0].first());
    }

    #[test]
    fn the_first_stretch_is_dotted_if_it_is_cut_short() {
        for (values, last_incomplete, pieces) in [
            (4, false, &[3, 2][..]),
            (4, true, &[2, 2, 2]),
            (2, false, &[1, 2]),
            (2, true, &[1, 2]),
            (1, true, &[1]),
        ] {
            let values: Vec<_> = (0..values).map(|it| Some(f64::from(it))).collect();
            let plot = Plot::new(&cut(values, true, last_incomplete), 400.0, 190.0);
            let lengths: Vec<usize> = plot.lines.iter().map(|it| it.pieces[0].len()).collect();
            assert_eq!(lengths, pieces);
        }
    }

    #[test]
    fn everything_lies_inside_the_chart_at_every_width() {
        for width in [200.0, 296.0, 360.0, 700.0, 1_240.0] {
            let values = (0..52).map(|it| Some(f64::from(it * it) - 300.0)).collect();
            let plot = Plot::new(&weeks(values, true), width, 190.0);
            let Rect { left, top, right, bottom } = plot.area;
            for (x, y) in plot.lines.iter().flat_map(|it| it.pieces.iter().flatten()) {
                assert!(
                    (left..=right).contains(x) && (top..=bottom).contains(y),
                    "{width}: {x} {y}"
                );
            }
            for label in &plot.x_labels {
                let end = label.x + text_width_px(&label.text, FONT_PX);
                assert!(label.x >= 0.0 && end <= width + 1e-9, "{width}: {label:?}");
            }
        }
    }

    #[test]
    fn a_chart_of_one_or_no_position_has_a_plot() {
        for values in [vec![], vec![Some(3.0)], vec![None]] {
            let n = values.len();
            let plot = Plot::new(&weeks(values, true), 400.0, 190.0);
            assert_eq!(plot.stops.len(), n);
            assert!(plot.grid.iter().all(|it| it.is_finite()));
        }
    }

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
