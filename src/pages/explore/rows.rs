//! The rows of a table of orders: slice by slice, each with the slices of the next dimension below.

use super::measure::Measure;
use protocol::ExploreView;

/// A row: its places on each axis, and how many of the axes it names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) at: Vec<u32>,
    pub(super) depth: usize,
}

/// By what rows are sorted. `None`: by the natural order of their slices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Order {
    pub(super) by: Option<Measure>,
    pub(super) descending: bool,
}

/// All rows over the first `axes` axes, sums of the further ones.
pub(super) fn rows(view: &ExploreView, axes: usize, order: Order) -> Vec<Row> {
    let mut rows = Vec::new();
    below(view, axes, order, &view.all(), 0, &mut rows);
    rows
}

fn below(
    view: &ExploreView,
    axes: usize,
    order: Order,
    of: &[u32],
    depth: usize,
    rows: &mut Vec<Row>,
) {
    if depth >= axes {
        return;
    }
    for place in places(view, depth, order, of) {
        let mut at = of.to_vec();
        at[depth] = place;
        rows.push(Row { at: at.clone(), depth: depth + 1 });
        below(view, axes, order, &at, depth + 1, rows);
    }
}

/// The slices of an axis in order, below others. Of time all are shown of all orders, elsewhere those
/// that some order has.
pub(super) fn places(view: &ExploreView, axis: usize, order: Order, of: &[u32]) -> Vec<u32> {
    let figures = |place: u32| {
        let mut at = of.to_vec();
        at[axis] = place;
        view.figures(&at)
    };
    let is_whole = view.axes[axis].dimension.is_time() && of == view.all();
    let is_shown = |place: &u32| {
        let it = figures(*place);
        it.placed > 0 || it.refunds != 0 || is_whole
    };
    let mut places: Vec<u32> = (0..view.sum_place(axis)).filter(is_shown).collect();
    match order.by {
        Some(measure) => {
            let value = |place: u32| measure.of(&figures(place)).unwrap_or(f64::NEG_INFINITY);
            tiny_sort::stable::sort_by(&mut places, |a, b| {
                let (a, b) = (value(*a), value(*b));
                if order.descending { b.total_cmp(&a) } else { a.total_cmp(&b) }
            });
        }
        None if order.descending => places.reverse(),
        None => {}
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{Currency, ShopDay};
    use protocol::{Axis, Dimension, ExploreCell, ExploreFigures, Period, Slice};

    /// Two channels in rows, Monday and Wednesday in columns.
    fn view() -> ExploreView {
        let text = |it: &str| Some(Slice::Text(it.to_owned()));
        let cell = |at: [u32; 2], net: i64| ExploreCell {
            at: at.into(),
            figures: ExploreFigures { placed: 1, net, ..ExploreFigures::default() },
        };
        let day = ShopDay::from_number(0);
        ExploreView {
            revision: 1,
            as_of: day,
            period: Period { from: day, to: day },
            currency: Currency::USD,
            zone: String::new(),
            axes: vec![
                Axis { dimension: Dimension::Channel, slices: vec![text("web"), text("app")] },
                Axis {
                    dimension: Dimension::Weekday,
                    slices: (0..3).map(|it| Some(Slice::Number(it))).collect(),
                },
            ],
            cells: vec![
                cell([0, 0], 5),
                cell([0, 3], 5),
                cell([1, 0], 2),
                cell([1, 2], 7),
                cell([1, 3], 9),
                cell([2, 0], 7),
                cell([2, 2], 7),
                cell([2, 3], 14),
            ],
            known: vec![],
            choices: vec![],
            has_lines: false,
            span: None,
            took_ms: 0.0,
        }
    }

    fn found(order: Order) -> Vec<(Vec<u32>, usize)> {
        rows(&view(), 2, order).into_iter().map(|it| (it.at, it.depth)).collect()
    }

    #[test]
    fn slices_stand_below_those_that_they_are_of() {
        let natural = Order { by: None, descending: false };
        let expected = [([0, 3], 1), ([0, 0], 2), ([1, 3], 1), ([1, 0], 2), ([1, 2], 2)];
        assert_eq!(found(natural), expected.map(|(at, depth)| (at.to_vec(), depth)));
        let most = Order { by: Some(Measure::Net), descending: true };
        let expected = [([1, 3], 1), ([1, 2], 2), ([1, 0], 2), ([0, 3], 1), ([0, 0], 2)];
        assert_eq!(found(most), expected.map(|(at, depth)| (at.to_vec(), depth)));
        assert_eq!(rows(&view(), 1, most).len(), 2);
        // The empty Tuesday stands between.
        assert_eq!(places(&view(), 1, natural, &[2, 3]), [0, 1, 2]);
    }
}
