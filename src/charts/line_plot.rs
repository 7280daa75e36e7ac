//! Lines, steps and bars over common positions as geometry.

use super::model::{LineModel, Series, Shape};
use super::plot::{Frame, Plot, PlotLine, PlotShape, Rect, Stop, Stroke, placed, tick_count};
use super::ticks::nice_ticks;

/// Bars take so much of the room that a position has.
const BARS_SHARE: f64 = 0.72;
/// No bar is wider.
const WIDEST_BAR_PX: f64 = 44.0;

/// Lays lines, steps and bars out in so many CSS pixels.
pub(super) fn line_plot(line: &LineModel, width_px: f64, height_px: f64) -> Plot {
    let frame = line_frame(line, width_px, height_px);
    let places = places(line, &frame);
    let drawn = || line.series.iter().rev().filter(|it| it.shape != Shape::Bars);
    let lines = drawn().flat_map(|it| series_lines(it, &places, &frame, line)).collect();
    let bands = drawn().flat_map(|it| bands(it, &places, &frame));
    let stops = places
        .iter()
        .enumerate()
        .map(|(index, x)| Stop { x: *x, points: points_at(&line.series, index, &frame) })
        .collect();
    let names = if line.axis_labels.is_empty() { &line.x_labels } else { &line.axis_labels };
    Plot {
        grid: frame.grid(),
        shapes: bands.chain(bars(line, &places, &frame)).collect(),
        x_labels: placed(names, &places, &frame, width_px),
        lines,
        stops,
        mark: None,
        area: frame.area,
        y_labels: frame.labels,
    }
}

fn line_frame(line: &LineModel, width_px: f64, height_px: f64) -> Frame {
    let values = line.series.iter().flat_map(|it| (0..it.values.len()).filter_map(|at| it.end(at)));
    let edges = line.series.iter().flat_map(|it| it.band.iter().flatten());
    let (mut low, mut high) = (values.chain(edges.flat_map(|&(low, high)| [low, high])))
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), it| (low.min(it), high.max(it)));
    if line.zero_based || has_bars(line) {
        (low, high) = (low.min(0.0), high.max(0.0));
    }
    let ticks = nice_ticks(low, high, tick_count(height_px));
    let texts = ticks.iter().map(|it| line.axis.write(*it)).collect();
    Frame::new(ticks, texts, width_px, height_px)
}

fn points_at(series: &[Series], index: usize, frame: &Frame) -> Vec<(f64, &'static str)> {
    series.iter().filter_map(|it| Some((frame.y(it.end(index)?), it.color))).collect()
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
        .map(|(index, x)| Some((*x, frame.y(series.at(index)?))))
        .collect();
    let stroke = if series.dashed { Stroke::Dashed } else { Stroke::Solid };
    let line = |points: &[Option<(f64, f64)>], stroke, area| PlotLine {
        pieces: pieces(points).map(|it| stepped(it, series.shape)).collect(),
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

/// What lies between gaps.
fn pieces<T: Copy>(points: &[Option<T>]) -> impl Iterator<Item = Vec<T>> {
    points
        .split(Option::is_none)
        .filter(|it| !it.is_empty())
        .map(|it| it.iter().flatten().copied().collect())
}

/// Points as steps, if that is their shape: level until the next.
fn stepped(points: Vec<(f64, f64)>, shape: Shape) -> Vec<(f64, f64)> {
    if shape != Shape::Steps {
        return points;
    }
    let corners = points.windows(2).flat_map(|pair| [pair[0], (pair[1].0, pair[0].1)]);
    corners.chain(points.last().copied()).collect()
}

fn bands<'a>(
    series: &'a Series,
    places: &[f64],
    frame: &Frame,
) -> impl Iterator<Item = PlotShape> + use<'a> {
    let edges: Vec<Option<(f64, f64, f64)>> = (places.iter().zip(&series.band))
        .map(|(x, edges)| edges.map(|(low, high)| (*x, frame.y(low), frame.y(high))))
        .collect();
    let pieces: Vec<_> = pieces(&edges).collect();
    pieces.into_iter().map(|piece| {
        let edge = |pick: fn(&(f64, f64, f64)) -> (f64, f64)| {
            stepped(piece.iter().map(pick).collect(), series.shape)
        };
        let mut outline = edge(|it| (it.0, it.2));
        outline.extend(edge(|it| (it.0, it.1)).into_iter().rev());
        PlotShape { outline, color: series.color, faint: true }
    })
}

fn has_bars(line: &LineModel) -> bool {
    line.series.iter().any(|it| it.shape == Shape::Bars)
}

/// Where the positions are. Bars need room on both sides, lines go from edge to edge.
fn places(line: &LineModel, frame: &Frame) -> Vec<f64> {
    let n = line.x_labels.len();
    let share = |index: usize| match n {
        _ if has_bars(line) => (index as f64 + 0.5) / n as f64,
        1 => 0.5,
        _ => index as f64 / (n - 1) as f64,
    };
    (0..n).map(|index| frame.x(share(index))).collect()
}

/// The bars of all series that have them, side by side at each position; steps of a waterfall in one
/// place. Those of a position that is cut short or not over are faint.
fn bars(line: &LineModel, places: &[f64], frame: &Frame) -> Vec<PlotShape> {
    let series: Vec<&Series> = line.series.iter().filter(|it| it.shape == Shape::Bars).collect();
    let Rect { left, top, right, bottom } = frame.area;
    let room = (right - left) / places.len().max(1) as f64 * BARS_SHARE;
    let shares_place = series.iter().any(|it| !it.begins.is_empty());
    let count = if shares_place { 1 } else { series.len().max(1) };
    let width = (room / count as f64).min(WIDEST_BAR_PX);
    let bar = |nth: usize, series: &Series, index: usize, x: f64| {
        let base = frame.y(series.begin(index)).clamp(top, bottom);
        let height = frame.y(series.end(index)?);
        let nth = if shares_place { 0 } else { nth };
        let from = x + width * (nth as f64 - count as f64 / 2.0);
        let outline =
            vec![(from, base), (from, height), (from + width, height), (from + width, base)];
        Some(PlotShape { outline, color: series.color, faint: series.dashed || line.lacks(index) })
    };
    let at = |(nth, series): (usize, &&Series)| -> Vec<PlotShape> {
        (places.iter().enumerate()).filter_map(|(index, x)| bar(nth, series, index, *x)).collect()
    };
    series.iter().enumerate().flat_map(at).collect()
}

#[cfg(test)]
mod tests {
    use super::super::model::{ChartModel, ValueFormat};
    use super::super::plot::FONT_PX;
    use super::super::ticks::text_width_px;
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

    fn of(series: Vec<Series>) -> Plot {
        let ChartModel::Line(line) = weeks(vec![None; 4], false) else { unreachable!() };
        Plot::new(&ChartModel::Line(LineModel { series, ..line }), 400.0, 190.0)
    }

    #[test]
    fn bars_stand_side_by_side_on_zero_and_keep_apart() {
        let bars = |values| Series::new("", values, "--c1").shaped(Shape::Bars);
        let some = |values: [f64; 4]| values.map(Some).to_vec();
        let plot = of(vec![bars(some([1.0, -2.0, 3.0, 4.0])), bars(some([2.0; 4]))]);
        assert!(plot.lines.is_empty());
        assert_eq!(plot.shapes.len(), 8);
        let base = plot.shapes[0].outline[0].1;
        let feet = |it: &PlotShape| (it.outline[0].1, it.outline[3].1);
        assert!(plot.shapes.iter().all(|it| feet(it) == (base, base)));
        let (first, second) = (&plot.shapes[0].outline, &plot.shapes[4].outline);
        assert_eq!(first[3], second[0], "side by side");
        let next = &plot.shapes[1].outline;
        assert!(second[3].0 < next[0].0, "apart from the next position");
        assert!(next[1].1 > base, "what is below nothing hangs");
    }

    #[test]
    fn bars_of_positions_that_lack_something_are_faint() {
        for (first_partial, last_incomplete, faint) in [
            (false, false, [false; 3]),
            (false, true, [false, false, true]),
            (true, true, [true, false, true]),
        ] {
            let ChartModel::Line(line) = cut(vec![None; 3], first_partial, last_incomplete) else {
                unreachable!()
            };
            let series = vec![Series::new("", vec![Some(1.0); 3], "--c1").shaped(Shape::Bars)];
            let plot = Plot::new(&ChartModel::Line(LineModel { series, ..line }), 400.0, 190.0);
            assert_eq!(plot.shapes.iter().map(|it| it.faint).collect::<Vec<_>>(), faint);
        }
    }

    #[test]
    fn steps_are_level_until_the_next_position_and_so_is_their_band() {
        let values = vec![Some(1.0), Some(0.5), None, Some(0.25)];
        let band = vec![Some((0.9, 1.0)), Some((0.4, 0.6)), None, None];
        let plot = of(vec![Series::new("", values, "--c1").shaped(Shape::Steps).within(band)]);
        let piece = &plot.lines[0].pieces[0];
        assert_eq!(piece.len(), 3);
        assert_eq!((piece[1].0, piece[1].1), (piece[2].0, piece[0].1));
        assert_eq!(plot.shapes.len(), 1, "a band has the gaps of its edges");
        assert_eq!(plot.shapes[0].outline.len(), 6);
    }

    #[test]
    fn steps_of_a_waterfall_begin_where_the_one_before_ends() {
        let bars = |values: [Option<f64>; 3], begins: [f64; 3]| {
            Series::new("", values.into(), "--c1").shaped(Shape::Bars).beginning(begins.into())
        };
        // From 10 by +5 to 15.
        let whole = bars([Some(10.0), None, Some(15.0)], [0.0; 3]);
        let step = bars([None, Some(5.0), None], [0.0, 10.0, 0.0]);
        let plot = of(vec![whole, step]);
        let [first, last, step] = &plot.shapes[..] else { panic!("{:?}", plot.shapes) };
        assert_eq!((step.outline[0].1, step.outline[1].1), (first.outline[1].1, last.outline[1].1));
        let width = |it: &PlotShape| it.outline[2].0 - it.outline[0].0;
        assert!((width(step) - width(first)).abs() < 1e-9, "they share the place");
        assert!((plot.stops[1].points[0].0 - last.outline[1].1).abs() < 1e-9);
    }
}
