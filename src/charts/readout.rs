//! A chart in words and numbers: the tooltip, what a screen reader says, the table.

use super::model::{ChartModel, CurveModel, EQUAL_COLOR, LineModel, Series, ValueFormat};

/// The numbers of one position.
#[derive(Clone, Debug, PartialEq)]
pub struct Readout {
    /// The position's name.
    pub title: String,
    /// One row a line of the chart.
    pub rows: Vec<ReadoutRow>,
    /// What the position lacks; `None`: it is whole.
    pub lacks: Option<Lack>,
}

/// Why a position is less than the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    /// It is not over yet.
    NotOver,
    /// The period begins within it.
    CutShort,
}

impl Lack {
    /// The word for it, of both.
    pub const fn word<'a>(self, not_over: &'a str, cut_short: &'a str) -> &'a str {
        match self {
            Lack::NotOver => not_over,
            Lack::CutShort => cut_short,
        }
    }
}

/// One number of a position.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadoutRow {
    /// The line's name.
    pub name: String,
    /// The number, written.
    pub value: String,
    /// The line's colour token.
    pub color: &'static str,
    /// The line is dashed.
    pub dashed: bool,
}

/// A line of the chart in its legend.
#[derive(Clone, Debug, PartialEq)]
pub struct LegendEntry {
    /// The line's name.
    pub name: String,
    /// The line's colour token.
    pub color: &'static str,
    /// The line is dashed.
    pub dashed: bool,
}

/// The rows of "view as table": the header with "is a number", then the body.
#[derive(Clone, Debug, PartialEq)]
pub struct TableOfChart {
    /// Column name and whether it holds numbers.
    pub columns: Vec<(String, bool)>,
    /// The body, row by row.
    pub rows: Vec<Vec<String>>,
}

impl Readout {
    /// As a sentence for a screen reader, with the words for a position that is not over, or cut
    /// short.
    pub fn spoken(&self, not_over: &str, cut_short: &str) -> String {
        let rows: Vec<String> =
            self.rows.iter().map(|it| format!("{} {}", it.name, it.value)).collect();
        let tail = self.lacks.map(|it| format!(" ({})", it.word(not_over, cut_short)));
        let tail = tail.unwrap_or_default();
        format!("{}{tail}: {}", self.title, rows.join(", "))
    }
}

impl ChartModel {
    /// The numbers at a position; `None` past the end.
    pub fn readout(&self, index: usize) -> Option<Readout> {
        match self {
            ChartModel::Line(line) => line_readout(line, index),
            ChartModel::Curve(curve) => curve_readout(curve, index),
        }
    }

    /// The chart's lines by name.
    pub fn legend(&self) -> Vec<LegendEntry> {
        let entry =
            |name: &String, color, dashed| LegendEntry { name: name.clone(), color, dashed };
        match self {
            ChartModel::Line(line) => {
                line.series.iter().map(|it| entry(&it.name, it.color, it.dashed)).collect()
            }
            ChartModel::Curve(curve) => {
                let equal = curve.equal_line.as_ref().map(|it| entry(it, EQUAL_COLOR, true));
                std::iter::once(entry(&curve.name, curve.color, false)).chain(equal).collect()
            }
        }
    }

    /// Every number that the chart shows.
    pub fn table(&self) -> TableOfChart {
        match self {
            ChartModel::Line(line) => line_table(line),
            ChartModel::Curve(curve) => curve_table(curve),
        }
    }
}

fn line_readout(line: &LineModel, index: usize) -> Option<Readout> {
    let title = line.x_labels.get(index)?.clone();
    let rows = line
        .series
        .iter()
        .map(|it| ReadoutRow {
            name: it.name.clone(),
            value: written(it, index, &line.full),
            color: it.color,
            dashed: it.dashed,
        })
        .collect();
    let lacks = if line.last_incomplete && index + 1 == line.x_labels.len() {
        Some(Lack::NotOver)
    } else {
        (line.first_partial && index == 0).then_some(Lack::CutShort)
    };
    Some(Readout { title, rows, lacks })
}

/// The value at a position, with the edges of its band.
fn written(series: &Series, index: usize, format: &ValueFormat) -> String {
    let value = format.write_known(series.at(index));
    match series.band.get(index).copied().flatten() {
        Some((low, high)) => format!("{value} ({} – {})", format.write(low), format.write(high)),
        None => value,
    }
}

fn curve_readout(curve: &CurveModel, index: usize) -> Option<Readout> {
    let (x, y) = *curve.points.get(index)?;
    let row = ReadoutRow {
        name: curve.name.clone(),
        value: curve.percent.write(y),
        color: curve.color,
        dashed: false,
    };
    let title = format!("{} {}", curve.percent.write(x), curve.x_title);
    Some(Readout { title, rows: vec![row], lacks: None })
}

fn line_table(line: &LineModel) -> TableOfChart {
    let names = line.series.iter().map(|it| (it.name.clone(), true));
    let columns = std::iter::once((line.x_title.clone(), false)).chain(names).collect();
    let row = |(index, label): (usize, &String)| {
        let values = line.series.iter().map(|it| written(it, index, &line.full));
        std::iter::once(label.clone()).chain(values).collect()
    };
    TableOfChart { columns, rows: line.x_labels.iter().enumerate().map(row).collect() }
}

fn curve_table(curve: &CurveModel) -> TableOfChart {
    let columns = vec![(curve.x_title.clone(), true), (curve.y_title.clone(), true)];
    let rows = curve
        .points
        .iter()
        .map(|(x, y)| vec![curve.percent.write(*x), curve.percent.write(*y)])
        .collect();
    TableOfChart { columns, rows }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two_weeks() -> ChartModel {
        ChartModel::Line(LineModel {
            x_title: "Week".to_owned(),
            x_labels: vec!["5 Oct".to_owned(), "12 Oct".to_owned()],
            axis_labels: vec![],
            series: vec![
                Series::new("This period", vec![Some(12.5), Some(3.0)], "--c1"),
                Series::new("Before", vec![None, Some(4.0)], "--c8").dashed(),
            ],
            axis: ValueFormat::new(|it| format!("${it:.0}")),
            full: ValueFormat::new(|it| format!("${it:.2}")),
            first_partial: true,
            last_incomplete: true,
            zero_based: true,
        })
    }

    #[test]
    fn a_position_reads_all_lines_and_a_gap_is_a_dash() {
        let spoken =
            |index| two_weeks().readout(index).map(|it| it.spoken("not over", "cut short"));
        assert_eq!(spoken(0).as_deref(), Some("5 Oct (cut short): This period $12.50, Before –"));
        assert_eq!(
            spoken(1).as_deref(),
            Some("12 Oct (not over): This period $3.00, Before $4.00")
        );
        assert_eq!(spoken(2), None);
    }

    #[test]
    fn the_table_holds_the_same_numbers() {
        let table = two_weeks().table();
        let names: Vec<&str> = table.columns.iter().map(|it| it.0.as_str()).collect();
        assert_eq!(names, ["Week", "This period", "Before"]);
        assert_eq!(table.rows, [["5 Oct", "$12.50", "–"], ["12 Oct", "$3.00", "$4.00"]]);
    }
}
