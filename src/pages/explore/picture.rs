//! The first dimension as a picture.

use super::rows::{Order, places};
use super::{Choice, behind};
use crate::address::{customers_path, use_link};
use crate::charts::{ChartCard, ChartModel, LineModel, Series, Shape, ValueFormat};
use crate::pages::overview::chart_texts;
use crate::settings::{formats, words};
use leptos::prelude::*;
use model::ShopDay;
use protocol::{Dimension, ExploreView, Slice};

/// So many bars are drawn of what has no order in time.
const MOST_BARS: usize = 20;

/// Whether the first month, quarter or year begins before the period, and whether the last goes on
/// after it.
fn lacks(view: &ExploreView) -> (bool, bool) {
    let Some(axis) = view.axes.first() else { return (false, false) };
    // So many days after the first of it, the next one has begun and is in its first month.
    let days = match axis.dimension {
        Dimension::Month => 31,
        Dimension::Quarter => 92,
        Dimension::Year => 366,
        _ => return (false, false),
    };
    let mut starts = axis.slices.iter().filter_map(|it| match it {
        Some(Slice::Start(start)) => Some(*start),
        _ => None,
    });
    let (first, last) = (starts.clone().next(), starts.next_back());
    let ends = |start: ShopDay| start.plus_days(days).first_of_month().plus_days(-1);
    (
        first.is_some_and(|it| it < view.period.from),
        last.is_some_and(|it| ends(it) > view.period.to),
    )
}

pub(super) fn picture(view: &ExploreView, choice: &Choice) -> Option<AnyView> {
    let (t, f, link, currency) = (words(), formats(), use_link(), view.currency);
    let axis = view.axes.first()?;
    let measure = choice.main();
    let is_time = axis.dimension.is_time();
    let order = if is_time {
        Order { by: None, descending: false }
    } else {
        Order { by: Some(measure), descending: true }
    };
    let mut shown = places(view, 0, order, &view.all());
    let count = shown.len();
    if count < 2 {
        return None;
    }
    if !is_time {
        shown.truncate(MOST_BARS);
    }
    let place_of = |place: &u32| {
        let mut at = view.all();
        at[0] = *place;
        at
    };
    let value = |place: &u32| measure.of(&view.figures(&place_of(place)));
    let open = |place: &u32| {
        let at = place_of(place);
        let path = customers_path(&behind(view, choice, &at));
        (view.figures(&at).customers > 0).then(|| untrack(|| link(&path)))
    };
    let opens = shown.iter().map(open).collect();
    let values = shown.iter().map(value).collect();
    let name = |place: &u32| t.slice(axis.dimension, axis.slices[*place as usize].as_ref());
    let dimension = t.dimension(axis.dimension);
    let (first_partial, last_incomplete) = lacks(view);
    let model = ChartModel::Line(LineModel {
        x_title: dimension.to_owned(),
        x_labels: shown.iter().map(name).collect(),
        axis_labels: vec![],
        series: vec![
            Series::new(measure.name(t), values, "--c1").shaped(Shape::Bars).opening(opens),
        ],
        axis: ValueFormat::new(move |value| measure.brief(Some(value), f, currency)),
        full: ValueFormat::new(move |value| measure.written(Some(value), f, currency)),
        first_partial,
        last_incomplete,
        zero_based: true,
    });
    let cut = (shown.len() < count)
        .then(|| t.explore_picture_cut(&f.count(shown.len() as f64), &f.count(count as f64)));
    let heading = t.explore_picture(measure.name(t), dimension);
    Some(
        view! {
            <ChartCard heading=heading note=cut.unwrap_or_default() model=model texts=chart_texts(t) height_px=220 id="explore-picture" file_name="explore-picture.csv" />
        }
        .into_any(),
    )
}
