//! Where the shop falls short of what was expected.

use super::signed;
use crate::charts::{ChartCard, ChartModel, LineModel, Series, Shape, ValueFormat};
use crate::components::{Head, TableCard};
use crate::pages::overview::chart_texts;
use crate::settings::{formats, words};
use leptos::prelude::*;
use protocol::{GapRow, SatisfactionView};

/// Expectation beside perception, by dimension.
pub(super) fn gaps(view: &SatisfactionView) -> Option<AnyView> {
    let (t, f) = (words(), formats());
    if view.gaps.is_empty() {
        return None;
    }
    let values = |of: fn(&GapRow) -> f64| view.gaps.iter().map(|it| Some(of(it))).collect();
    let model = ChartModel::Line(LineModel {
        x_title: t.dimension_word().to_owned(),
        x_labels: view
            .gaps
            .iter()
            .map(|it| t.dimension_n(&it.dimension, &t.n_answers(&f.count(it.n))))
            .collect(),
        axis_labels: view.gaps.iter().map(|it| it.dimension.clone()).collect(),
        series: vec![
            Series::new(t.expected_score(), values(|it| it.expected), "--c8").shaped(Shape::Bars),
            Series::new(t.met_score(), values(|it| it.perceived), "--c1").shaped(Shape::Bars),
        ],
        axis: ValueFormat::new(move |it| f.number(it, 0)),
        full: ValueFormat::new(move |it| f.number(it, 2)),
        first_partial: false,
        last_incomplete: false,
        zero_based: true,
    });
    Some(view! { <ChartCard heading=t.gaps_title() note=t.gaps_note() model=model texts=chart_texts(t) height_px=220 legend=true id="gaps" file_name="expectation-gaps.csv" /> }.into_any())
}

/// The gap of each dimension with its interval, and who is satisfied: whose perception reaches the
/// expectation.
pub(super) fn gap_table(view: &SatisfactionView) -> Option<AnyView> {
    let (t, f) = (words(), formats());
    if view.gaps.is_empty() {
        return None;
    }
    let write = |it: f64| signed(it, |it| f.number(it, 2));
    let row = |it: &GapRow| {
        let interval = it.interval.map(|(low, high)| t.between(&write(low), &write(high)));
        view! {
            <tr data-gap=it.dimension.clone()>
                <td>{it.dimension.clone()}</td>
                <td class="n hide-small">{f.number(it.expected, 2)}</td>
                <td class="n hide-small">{f.number(it.perceived, 2)}</td>
                <td class="n"><b>{write(it.gap)}</b></td>
                <td class="n table__quiet">{interval.unwrap_or_else(|| "–".to_owned())}</td>
                <td class="n">{f.percent_with(it.satisfied, 0)}</td>
                <td class="n">{f.count(it.n)}</td>
            </tr>
        }
    };
    let heads = vec![
        Head::text(t.dimension_word()),
        Head::number(t.expected_score()).hide_small(),
        Head::number(t.met_score()).hide_small(),
        Head::number(t.gap_word()),
        Head::number(t.interval_word()),
        Head::number(t.satisfied_word()),
        Head::number(t.answers_word()),
    ];
    let rows = view.gaps.iter().map(row).collect_view();
    Some(
        view! {
            <TableCard id="gap-table" heading=t.gap_table_title() file_name="gaps.csv" note=t.gap_table_note() heads rows=view.gaps.len()>
                {rows}
            </TableCard>
        }
        .into_any(),
    )
}
