//! How long people wait until they buy again: one curve, or one a group.

use super::super::overview::chart_texts;
use crate::address::{use_query, use_set_query};
use crate::charts::{ChartCard, ChartModel, LineModel, Series, Shape, ValueFormat};
use crate::components::Segmented;
use crate::settings::{formats, words};
use leptos::prelude::*;
use protocol::{ChurnView, NextPurchase, Waiting, WaitingBy, WaitingCurve, WaitingPoint};
use std::sync::Arc;

/// Groups in the URL; the first is the default.
const GROUPS: [(&str, WaitingBy); 5] = [
    ("", WaitingBy::Nothing),
    ("first-spend", WaitingBy::FirstSpend),
    ("first-year", WaitingBy::FirstYear),
    ("first-channel", WaitingBy::FirstChannel),
    ("first-product", WaitingBy::FirstProduct),
];

/// What is waited for in the URL; the first is the default.
const UNTIL: [(&str, NextPurchase); 4] = [
    ("", NextPurchase::Second),
    ("third", NextPurchase::Third),
    ("fourth", NextPurchase::Fourth),
    ("any", NextPurchase::Any),
];

const COLORS: [&str; 6] = ["--c1", "--c2", "--c3", "--c4", "--c5", "--c6"];

/// Days are looked at in so many steps: enough for the eye, few enough for the arrow keys.
const STEPS: u32 = 60;

/// So many days are named below, at most.
const NAMED: u32 = 6;

/// Numbers of days that are round to a merchant. Each of the first ones is in those that follow a
/// whole number of times, so that named days are among those that are looked at.
const ROUND_DAYS: [u32; 9] = [1, 2, 5, 10, 30, 60, 90, 180, 360];

/// The groups that the URL names.
pub(super) fn groups_of(code: Option<&str>) -> WaitingBy {
    GROUPS.iter().find(|(known, _)| Some(*known) == code).map_or(WaitingBy::Nothing, |it| it.1)
}

/// The card with its two choices.
#[component]
pub(super) fn WaitingCard(view: Arc<ChurnView>) -> impl IntoView {
    let t = words();
    if view.waiting.iter().all(|it| !tells(it)) {
        return super::said("waiting", t.waiting_title(), t.waiting_none());
    }
    let map = use_query();
    let until = Memo::new(move |_| {
        let code = map.read().get("until").unwrap_or_default();
        UNTIL.iter().find(|(known, _)| *known == code).map_or(NextPurchase::Second, |it| it.1)
    });
    let code = UNTIL.map(|(code, it)| (code.to_owned(), t.next_purchase(it).to_owned()));
    let by = GROUPS.map(|(code, it)| (code.to_owned(), t.waiting_groups(it).to_owned()));
    let groups = GROUPS.iter().find(|(_, it)| *it == view.groups).map_or("", |it| it.0);
    let chosen = move || UNTIL.iter().find(|(_, it)| *it == until.get()).map_or("", |it| it.0);
    let set_query = use_set_query();
    let choose =
        move |name: &'static str| Callback::new(move |value: String| set_query(&[(name, value)]));
    let drawn = move || {
        let waiting = view.waiting.iter().find(|it| it.until == until.get())?;
        Some(curves(&view, waiting))
    };
    view! {
        <div class="stack">
            <div class="row">
                <Segmented name="until" label=t.waiting_until() options=Signal::stored(code.to_vec()) value=Signal::derive(move || chosen().to_owned()) on_change=choose("until") />
                <Segmented name="by" label=t.waiting_by() options=Signal::stored(by.to_vec()) value=Signal::stored(groups.to_owned()) on_change=choose("by") />
            </div>
            {drawn}
        </div>
    }
    .into_any()
}

/// Whether anybody is known to have bought again.
fn tells(waiting: &Waiting) -> bool {
    let mut points = waiting.curves.iter().flat_map(|it| &it.points);
    points.any(|it| it.days > 0 && it.waiting < 1.0)
}

fn curves(view: &ChurnView, waiting: &Waiting) -> AnyView {
    let (t, f) = (words(), formats());
    if !tells(waiting) {
        return super::said("waiting", t.waiting_title(), t.waiting_none());
    }
    let last = waiting.curves.iter().filter_map(|it| it.points.last()).map(|it| it.days).max();
    let last = last.unwrap_or(0);
    let step = round_days(last.div_ceil(STEPS));
    let days: Vec<u32> = (0..=last.div_ceil(step)).map(|it| it * step).collect();
    // Named are round days alone: about six of them.
    let named = round_days(last.div_ceil(NAMED)).next_multiple_of(step);
    // Everybody is what groups are compared with, where there are any.
    let has_groups = waiting.curves.len() > 1;
    let curve = |(index, curve): (usize, &WaitingCurve)| {
        let name = t.waiting_group(&curve.group, view.currency);
        let name = t.curve_name(&name, &f.count(curve.subjects));
        let color = if has_groups && index == 0 {
            "--c8"
        } else {
            COLORS[index.saturating_sub(usize::from(has_groups)) % COLORS.len()]
        };
        let at = |day: &u32| held(&curve.points, *day);
        let values = days.iter().map(|day| at(day).map(|it| 1.0 - it.waiting)).collect();
        let series = Series::new(name, values, color).shaped(Shape::Steps);
        if has_groups {
            return if index == 0 { series.dashed() } else { series };
        }
        series.within(
            days.iter().map(|day| at(day).map(|it| (1.0 - it.high, 1.0 - it.low))).collect(),
        )
    };
    let written = |day: &u32| t.days(u64::from(*day), &f.count(*day));
    let model = ChartModel::Line(LineModel {
        x_title: t.after_days().to_owned(),
        x_labels: days.iter().map(written).collect(),
        axis_labels: days
            .iter()
            .map(|day| if day % named == 0 { written(day) } else { String::new() })
            .collect(),
        series: waiting.curves.iter().enumerate().map(curve).collect(),
        axis: ValueFormat::new(move |share| f.percent_with(share, 0)),
        full: ValueFormat::new(move |share| f.percent(share)),
        first_partial: false,
        last_incomplete: false,
        zero_based: true,
    });
    let half = waiting.curves.first().map(|it| match it.median_days {
        Some(days) => t.half_after(&written(&days)),
        None => t.half_never().to_owned(),
    });
    let said =
        [half, waiting.comparison.map(|it| t.log_rank(it)), Some(t.waiting_note().to_owned())];
    let said: Vec<String> = said.into_iter().flatten().collect();
    let note = t.sentences(&said.iter().map(String::as_str).collect::<Vec<_>>());
    view! { <ChartCard heading=t.waiting_title() note=note model=model texts=chart_texts(t) height_px=240 legend=has_groups id="waiting" file_name="time-to-next-purchase.csv" /> }
        .into_any()
}

/// The smallest round number of days that is not below `least`.
fn round_days(least: u32) -> u32 {
    ROUND_DAYS.into_iter().find(|it| *it >= least).unwrap_or_else(|| least.next_multiple_of(360))
}

/// The step that holds on a day; `None` after the last that could be watched.
fn held(points: &[WaitingPoint], day: u32) -> Option<WaitingPoint> {
    if points.last().is_none_or(|last| day > last.days) {
        return None;
    }
    let after = points.partition_point(|it| it.days <= day);
    let start = WaitingPoint { days: 0, waiting: 1.0, low: 1.0, high: 1.0 };
    Some(after.checked_sub(1).and_then(|it| points.get(it)).copied().unwrap_or(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn named_days_are_round_and_few() {
        for (last, step, named) in
            [(0, 1, 1), (6, 1, 1), (30, 1, 5), (59, 1, 10), (365, 10, 90), (912, 30, 180)]
        {
            let found = round_days(u32::div_ceil(last, STEPS));
            assert_eq!(found, step, "{last}");
            let every = round_days(u32::div_ceil(last, NAMED)).next_multiple_of(found);
            assert_eq!(every, named, "{last}");
            assert!(last / every <= NAMED);
        }
    }

    #[test]
    fn a_step_holds_from_its_day_until_the_next_and_not_beyond_the_last() {
        let point = |days, waiting| WaitingPoint { days, waiting, low: waiting, high: waiting };
        let points = [point(10, 0.8), point(20, 0.5)];
        let shares = [0, 9, 10, 19, 20, 21].map(|day| held(&points, day).map(|it| it.waiting));
        assert_eq!(shares, [Some(1.0), Some(1.0), Some(0.8), Some(0.8), Some(0.5), None]);
        assert_eq!(held(&[], 0), None);
    }
}
