//! What satisfaction hangs on: importance against performance, as a picture and as a table.

use crate::components::{Head, TableCard, Tag, TagKind};
use crate::pages::plane::plane;
use crate::settings::{formats, words};
use leptos::prelude::*;
use protocol::{DriverRow, Quadrant, SatisfactionView};

/// What is left free on each side of the picture, of 100.
const MARGIN: f64 = 8.0;

pub(super) fn drivers(view: &SatisfactionView) -> Option<AnyView> {
    let (t, f) = (words(), formats());
    if view.drivers.is_empty() {
        return None;
    }
    let row = |(at, it): (usize, &DriverRow)| {
        let kind = kind_of(it.quadrant);
        view! {
            <tr data-driver=it.dimension.clone()>
                <td data-value=it.dimension.clone()><span class="graph__number">{(at + 1).to_string()}</span> " " {it.dimension.clone()}</td>
                <td class="n">{f.number(it.importance, 2)}</td>
                <td class="n">{f.number(it.performance, 2)}</td>
                <td><Tag text=t.quadrant(it.quadrant) kind=kind /></td>
            </tr>
        }
    };
    let heads = vec![
        Head::text(t.dimension_word()),
        Head::number(t.importance_word()),
        Head::number(t.performance_word()),
        Head::text(t.to_do_word()),
    ];
    let rows = view.drivers.iter().enumerate().map(row).collect_view();
    Some(
        view! {
            <TableCard id="drivers" heading=t.drivers_title() file_name="drivers.csv" note=t.drivers_note() heads rows=view.drivers.len() foot=picture(&view.drivers)>
                {rows}
            </TableCard>
        }
        .into_any(),
    )
}

const fn kind_of(quadrant: Quadrant) -> TagKind {
    match quadrant {
        Quadrant::Improve => TagKind::Bad,
        Quadrant::KeepUp => TagKind::Good,
        Quadrant::LowPriority | Quadrant::Overdone => TagKind::Neutral,
    }
}

/// The dimensions on the plane of performance (across) and importance (up), by their numbers in the
/// table. The lines are the means, which the quadrants are told by.
fn picture(drivers: &[DriverRow]) -> AnyView {
    let t = words();
    let performance: Vec<f64> = drivers.iter().map(|it| it.performance).collect();
    let importance: Vec<f64> = drivers.iter().map(|it| it.importance).collect();
    let (across, up) = (Scale::of(&performance), Scale::of(&importance));
    let dots = drivers.iter().enumerate().map(|(at, it)| {
        let [x, y] = [across.place(it.performance), 104.0 - up.place(it.importance)];
        let color = match it.quadrant {
            Quadrant::Improve => "var(--bad)",
            Quadrant::KeepUp => "var(--c1)",
            Quadrant::LowPriority | Quadrant::Overdone => "var(--ink-3)",
        };
        view! {
            <g data-dot=it.dimension.clone()>
                <circle class="plane__dot" cx=x cy=y r="4.6" style:stroke=color />
                <text class="plane__number" x=x y=y>{(at + 1).to_string()}</text>
            </g>
        }
    });
    let names = [Quadrant::Improve, Quadrant::KeepUp, Quadrant::LowPriority, Quadrant::Overdone];
    let cuts = [across.place(across.mean), up.place(up.mean)];
    view! {
        <p class="card__note">{t.drivers_plane()}</p>
        {plane(dots.collect_view().into_any(), cuts, names.map(|it| t.quadrant(it).to_owned()))}
    }
    .into_any()
}

/// Where a figure stands on a side of the picture: from the least to the greatest of all.
struct Scale {
    least: f64,
    greatest: f64,
    mean: f64,
}

impl Scale {
    fn of(figures: &[f64]) -> Scale {
        Scale {
            least: figures.iter().copied().fold(f64::INFINITY, f64::min),
            greatest: figures.iter().copied().fold(f64::NEG_INFINITY, f64::max),
            mean: figures.iter().sum::<f64>() / figures.len().max(1) as f64,
        }
    }

    fn place(&self, figure: f64) -> f64 {
        let span = self.greatest - self.least;
        let share = if span > 0.0 { (figure - self.least) / span } else { 0.5 };
        MARGIN + share * (100.0 - 2.0 * MARGIN)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_stand_between_the_least_and_the_greatest() {
        let scale = Scale::of(&[2.0, 3.0, 4.0]);
        let places = [2.0, 3.0, 4.0, scale.mean].map(|it| scale.place(it));
        assert_eq!(places.map(f64::to_bits), [8.0, 50.0, 92.0, 50.0].map(f64::to_bits));
        assert_eq!(Scale::of(&[3.0]).place(3.0).to_bits(), 50.0_f64.to_bits());
    }
}
