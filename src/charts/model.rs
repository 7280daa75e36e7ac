//! What a chart shows, before any pixel: numbers, names and the way to write them.

use std::sync::Arc;

/// How a number is written; the page brings it, since it knows the language.
#[derive(Clone)]
pub struct ValueFormat(Arc<dyn Fn(f64) -> String + Send + Sync>);

impl ValueFormat {
    /// Wraps a formatting function.
    pub fn new(write: impl Fn(f64) -> String + Send + Sync + 'static) -> ValueFormat {
        ValueFormat(Arc::new(write))
    }

    /// The number, written.
    pub fn write(&self, value: f64) -> String {
        (self.0)(value)
    }

    /// The number, written, or a dash where it is not known.
    pub fn write_known(&self, value: Option<f64>) -> String {
        value.map_or_else(|| "–".to_owned(), |it| self.write(it))
    }
}

impl std::fmt::Debug for ValueFormat {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ValueFormat")
    }
}

/// Two formats are the same if they are the same function object.
impl PartialEq for ValueFormat {
    fn eq(&self, other: &ValueFormat) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// How a series is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shape {
    /// From position to position.
    #[default]
    Line,
    /// Level until the next position, as the share of those who have not yet bought again is.
    Steps,
    /// A bar a position; several series stand side by side.
    Bars,
}

/// One line, or one set of bars, of a chart over common positions.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// Its name in tooltip, legend and table.
    pub name: String,
    /// One value a position; `None` is a gap, never a zero.
    pub values: Vec<Option<f64>>,
    /// The colour's token, as `--c1`.
    pub color: &'static str,
    /// Dashed: what the solid line is compared with.
    pub dashed: bool,
    /// Filled faintly down to the base line.
    pub area: bool,
    /// How it is drawn.
    pub shape: Shape,
    /// Lower and upper edge of the band around it, one a position; empty: it has none.
    pub band: Vec<Option<(f64, f64)>>,
    /// Where each bar begins, one a position; empty: all on zero. Bars that do not begin there are
    /// steps of a waterfall: those of all series share the place.
    pub begins: Vec<f64>,
    /// Address of what stands behind each position, one a position; empty: nothing opens.
    pub opens: Vec<Option<String>>,
}

impl Series {
    /// A solid line without filling.
    pub fn new(name: impl Into<String>, values: Vec<Option<f64>>, color: &'static str) -> Series {
        Series {
            name: name.into(),
            values,
            color,
            dashed: false,
            area: false,
            shape: Shape::Line,
            band: vec![],
            begins: vec![],
            opens: vec![],
        }
    }

    /// The same line, dashed.
    #[must_use]
    pub fn dashed(self) -> Series {
        Series { dashed: true, ..self }
    }

    /// The same line, filled.
    #[must_use]
    pub fn area(self) -> Series {
        Series { area: true, ..self }
    }

    /// The same numbers, drawn otherwise.
    #[must_use]
    pub fn shaped(self, shape: Shape) -> Series {
        Series { shape, ..self }
    }

    /// The same line in a band, as of an interval that holds the true value with 95 %.
    #[must_use]
    pub fn within(self, band: Vec<Option<(f64, f64)>>) -> Series {
        Series { band, ..self }
    }

    /// Bars that begin elsewhere than on zero.
    #[must_use]
    pub fn beginning(self, begins: Vec<f64>) -> Series {
        Series { begins, ..self }
    }

    /// The same numbers, whose positions open what stands behind them.
    #[must_use]
    pub fn opening(self, opens: Vec<Option<String>>) -> Series {
        Series { opens, ..self }
    }

    /// Where the bar at a position begins.
    pub fn begin(&self, index: usize) -> f64 {
        self.begins.get(index).copied().unwrap_or(0.0)
    }

    /// Where the value at a position ends on the axis.
    pub fn end(&self, index: usize) -> Option<f64> {
        Some(self.begin(index) + self.at(index)?)
    }

    /// The value at a position.
    pub fn at(&self, index: usize) -> Option<f64> {
        self.values.get(index).copied().flatten()
    }
}

/// Lines over common positions, mostly days, weeks or months.
#[derive(Clone, Debug, PartialEq)]
pub struct LineModel {
    /// What the positions are ("Week"): the table's first column.
    pub x_title: String,
    /// The name of each position, in full, for tooltip and table.
    pub x_labels: Vec<String>,
    /// Shorter names for the axis; an empty one is not drawn. Empty list: `x_labels`.
    pub axis_labels: Vec<String>,
    /// The lines, the main one first.
    pub series: Vec<Series>,
    /// How the axis writes a value, briefly.
    pub axis: ValueFormat,
    /// How tooltip and table write a value, in full.
    pub full: ValueFormat,
    /// The first position is cut short: the solid lines' first stretch is dotted, its bars are faint.
    pub first_partial: bool,
    /// The last position is not over: the solid lines' last stretch is dotted, its bars are faint.
    pub last_incomplete: bool,
    /// The axis starts at zero, even if no value is near it.
    pub zero_based: bool,
}

impl LineModel {
    /// Whether a position is cut short or not over.
    pub fn lacks(&self, index: usize) -> bool {
        (self.first_partial && index == 0)
            || (self.last_incomplete && index + 1 == self.x_labels.len())
    }
}

/// The point of a curve to which the eye is led.
#[derive(Clone, Debug, PartialEq)]
pub struct CurveMark {
    /// Percent, 0 to 100.
    pub x: f64,
    /// Percent, 0 to 100.
    pub y: f64,
    /// What it says: "20 % of customers bring 71 %".
    pub label: String,
}

/// The diagonal's colour token.
pub(super) const EQUAL_COLOR: &str = "--c8";

/// A curve of shares against shares: Pareto's and Lorenz's.
#[derive(Clone, Debug, PartialEq)]
pub struct CurveModel {
    /// What the horizontal share is of.
    pub x_title: String,
    /// What the vertical share is of.
    pub y_title: String,
    /// The curve's name.
    pub name: String,
    /// Percents, 0 to 100, ascending in the first.
    pub points: Vec<(f64, f64)>,
    /// The colour's token, as `--c1`.
    pub color: &'static str,
    /// The name of the diagonal, if it is to be drawn: "all the same".
    pub equal_line: Option<String>,
    /// The point to which the eye is led.
    pub mark: Option<CurveMark>,
    /// How a percent is written; given 0 to 100.
    pub percent: ValueFormat,
}

/// What a chart shows.
#[derive(Clone, Debug, PartialEq)]
pub enum ChartModel {
    /// Lines over common positions.
    Line(LineModel),
    /// Shares against shares.
    Curve(CurveModel),
}

impl ChartModel {
    /// Positions at which the chart can be read.
    pub fn len(&self) -> usize {
        match self {
            ChartModel::Line(line) => line.x_labels.len(),
            ChartModel::Curve(curve) => curve.points.len(),
        }
    }

    /// The address of what stands behind a position, if it has one.
    pub fn opens(&self, index: usize) -> Option<&str> {
        let ChartModel::Line(line) = self else { return None };
        line.series.iter().find_map(|it| it.opens.get(index)?.as_deref())
    }

    /// Whether any position opens something.
    pub fn opens_any(&self) -> bool {
        (0..self.len()).any(|it| self.opens(it).is_some())
    }

    /// Whether the first position is cut short, and whether the last is not over.
    pub fn lacks(&self) -> [bool; 2] {
        match self {
            ChartModel::Line(line) => [line.first_partial, line.last_incomplete],
            ChartModel::Curve(_) => [false; 2],
        }
    }

    /// True if there is no number to show.
    pub fn is_empty(&self) -> bool {
        match self {
            ChartModel::Line(line) => {
                line.series.iter().all(|it| it.values.iter().all(Option::is_none))
            }
            ChartModel::Curve(curve) => curve.points.is_empty(),
        }
    }
}
