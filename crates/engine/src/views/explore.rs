//! A table of orders by any of their properties.

use crate::computed::Computed;
use crate::explore::{Axis, Subject, Texts};
use crate::shop::Shop;
use crate::views::analysis;
use analytics::{Pivot, PivotCell};
use protocol::{
    Dimension, ExploreCell, ExploreFigures, ExploreQuery, ExploreView, MOST_DIMENSIONS,
};

/// A table of more cells is not made: its last dimensions are left out.
const MOST_CELLS: usize = 4_000_000;

/// The table of a query. The caller measures the time.
pub fn view(shop: &Shop, computed: &Computed, texts: &Texts, query: &ExploreQuery) -> ExploreView {
    let period = analysis::period(&query.lens, computed.as_of);
    let subject = Subject::new(shop, computed, texts, period);
    let mut axes: Vec<Axis<'_>> =
        dimensions(query).into_iter().map(|it| Axis::new(subject, it)).collect();
    let size = |axes: &[Axis<'_>]| axes.iter().map(|it| it.slices.len() + 1).product::<usize>();
    while size(&axes) > MOST_CELLS {
        axes.pop();
    }
    let labels: Vec<usize> = axes.iter().map(|it| it.slices.len()).collect();
    let mut pivot = Pivot::new(&labels);
    subject.each(&axes, &query.conditions, |at, fact| pivot.add(at, fact));
    let kept: Vec<Kept> = (0..axes.len()).map(|at| Kept::of(&axes, at, &pivot)).collect();
    let choices = query.choices_of.map(|it| Axis::new(subject, it).slices);
    ExploreView {
        revision: shop.revision,
        as_of: computed.as_of,
        period,
        currency: shop.profile.currency,
        zone: shop.profile.time_zone.clone(),
        cells: cells(&pivot, &kept),
        axes: axes
            .into_iter()
            .zip(&kept)
            .map(|(axis, kept)| protocol::Axis {
                dimension: axis.dimension,
                slices: kept.shown(axis.slices),
            })
            .collect(),
        known: Dimension::ALL.into_iter().filter(|it| subject.knows(*it)).collect(),
        choices: choices.unwrap_or_default(),
        has_lines: texts.has_lines(),
        span: shop.frame.ledger.span(),
        took_ms: 0.0,
    }
}

/// The first different ones.
fn dimensions(query: &ExploreQuery) -> Vec<Dimension> {
    let mut dimensions: Vec<Dimension> = Vec::new();
    for it in &query.dimensions {
        if dimensions.len() < MOST_DIMENSIONS && !dimensions.contains(it) {
            dimensions.push(*it);
        }
    }
    dimensions
}

/// Which places of an axis are shown: those that some order has; of time also what lies between.
struct Kept {
    /// By place: the place shown.
    place: Vec<Option<u32>>,
}

impl Kept {
    fn of(axes: &[Axis<'_>], which: usize, pivot: &Pivot) -> Kept {
        let labels = axes[which].slices.len();
        let is_time = axes[which].dimension.is_time();
        let mut at: Vec<usize> = axes.iter().map(|it| it.slices.len()).collect();
        let is_filled = |place: usize| {
            at[which] = place;
            !pivot.cell(&at).is_empty()
        };
        let filled: Vec<bool> = (0..labels).map(is_filled).collect();
        // The last is that of orders without a slice.
        let named = &filled[..labels - 1];
        let first = named.iter().position(|it| *it);
        let last = named.iter().rposition(|it| *it);
        let is_between = |place: usize| {
            is_time && first.zip(last).is_some_and(|(first, last)| (first..=last).contains(&place))
        };
        let mut next = 0;
        let mut number = |place: usize| {
            let is_kept = filled[place] || is_between(place);
            let number = is_kept.then_some(next);
            next += u32::from(is_kept);
            number
        };
        let mut place: Vec<Option<u32>> = (0..labels).map(&mut number).collect();
        // That of the sum.
        place.push(Some(next));
        Kept { place }
    }

    fn shown<T>(&self, all: Vec<T>) -> Vec<T> {
        let kept = all.into_iter().zip(&self.place);
        kept.filter(|(_, place)| place.is_some()).map(|(it, _)| it).collect()
    }
}

fn cells(pivot: &Pivot, kept: &[Kept]) -> Vec<ExploreCell> {
    let cells = pivot.filled().filter_map(|(at, cell)| {
        let places = at.iter().zip(kept).map(|(at, kept)| kept.place[*at as usize]);
        Some(ExploreCell { at: places.collect::<Option<_>>()?, figures: figures(cell) })
    });
    cells.collect()
}

fn figures(cell: &PivotCell) -> ExploreFigures {
    ExploreFigures {
        placed: cell.placed,
        orders: cell.orders,
        customers: cell.customers,
        new_customers: cell.new_customers,
        net: cell.net(),
        gross: cell.gross,
        refunds: cell.refunds(),
        refund_share: cell.refund_share(),
        order_value: cell.order_value(),
        items_milli: cell.items_milli,
        net_per_customer: cell.net_per_customer(),
    }
}
