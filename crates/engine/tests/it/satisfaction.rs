//! What customers say, against figures that were counted by other means.

use super::lifecycle::{SHOPIFY, desk};
use super::{Desk, as_of, everyone, period};
use protocol::{
    Behind, CustomerFilter, Lens, Request, Response, SatisfactionView, ScoreFigure, Scores,
    TouchpointName,
};

const SURVEY: &str = include_str!("../../../ingest/tests/data/syn_csat_survey.csv");
const TICKETS: &str = include_str!("../../../ingest/tests/data/syn_service_log.csv");

fn ask(desk: &mut Desk, lens: &Lens) -> SatisfactionView {
    match desk.ask(Request::Satisfaction(lens.clone())) {
        Response::Satisfaction(view) => *view,
        other => panic!("{other:?}"),
    }
}

fn with_answers() -> Desk {
    let mut desk = desk(SHOPIFY);
    for file in [SURVEY, TICKETS] {
        desk.inspect(&[("file.csv", file.as_bytes())]);
        desk.confirm().unwrap();
    }
    desk
}

fn close(figure: Option<ScoreFigure>, value: f64, n: u32) {
    let figure = figure.unwrap();
    assert_eq!(figure.n, n);
    assert!((figure.value - value).abs() < 1e-6, "{} {value}", figure.value);
    let (low, high) = figure.interval.unwrap();
    assert!(low < figure.value && figure.value < high);
    assert_eq!(figure.is_small, n < 30);
}

/// Dimension and mean gap of the 123 answers that count; by other means.
const GAPS: [(&str, f64); 4] = [
    ("quality", -14.0 / 123.0),
    ("delivery", -137.0 / 123.0),
    ("service", 20.0 / 123.0),
    ("price", -37.0 / 123.0),
];

#[test]
fn scores_of_a_known_survey() {
    let mut desk = with_answers();
    let view = ask(&mut desk, &Lens::default());
    assert_eq!((view.answers, view.replaced), (123, 1));
    close(view.scores.csat, 78.0 / 123.0, 123);
    close(view.scores.nps, -2.0 / 118.0, 118);
    close(view.scores.ces, 662.0 / 116.0, 116);
    close(view.service, 63.0 / 79.0, 79);
    let gaps: Vec<_> = view.gaps.iter().map(|it| (it.dimension.as_str(), it.n, it.gap)).collect();
    for ((dimension, n, gap), (name, expected)) in gaps.iter().zip(GAPS) {
        assert_eq!((*dimension, *n), (name, 123));
        assert!((gap - expected).abs() < 1e-6, "{dimension} {gap}");
    }
    assert_eq!(gaps.len(), GAPS.len());
    let mean = gaps.iter().map(|it| it.2).sum::<f64>() / 4.0;
    assert!((view.gap_index.unwrap() - mean).abs() < 1e-12);
    assert_eq!(view.drivers[0].dimension, "delivery");
    assert_eq!(view.drivers.len(), 4);
}

#[test]
fn parts_of_the_answers_sum_to_all() {
    let mut desk = with_answers();
    let view = ask(&mut desk, &Lens::default());
    let dimensions: Vec<&str> = view
        .touchpoints
        .iter()
        .filter_map(|it| match &it.name {
            TouchpointName::Dimension(name) => Some(name.as_str()),
            TouchpointName::Channel(_) => None,
        })
        .collect();
    assert_eq!(dimensions, ["quality", "delivery", "service", "price"]);
    let of_tickets: u32 = view
        .touchpoints
        .iter()
        .filter(|it| matches!(it.name, TouchpointName::Channel(_)))
        .map(|it| it.csat.n)
        .sum();
    assert_eq!(of_tickets, 79);
    let months: u32 = view.trend.iter().filter_map(|(_, it)| it.csat).map(|it| it.n).sum();
    assert_eq!(Some(months), view.scores.csat.map(|it| it.n));
    // Some who answered have not bought, or are nobody known.
    let grouped: u32 = view.segments.iter().filter_map(|(_, it)| it.csat).map(|it| it.n).sum();
    assert!(grouped > 100 && grouped <= months);
    assert_eq!(view.detractor_count as usize, view.detractors.len());
    assert!(view.detractors.is_sorted_by(|one, next| one.net >= next.net));
    assert!(view.detractors.iter().all(|it| it.nps.map_or(it.overall <= Some(2), |nps| nps <= 6)));
}

#[test]
fn answers_after_the_day_or_outside_the_period_do_not_exist() {
    let mut desk = with_answers();
    let all = ask(&mut desk, &Lens::default()).answers;
    let early = ask(&mut desk, &as_of("2025-12-31"));
    let lens = Lens { period: Some(period("2026-01-01", "2026-11-22")), ..Lens::default() };
    let late = ask(&mut desk, &lens);
    assert!(early.answers > 0 && late.answers > 0);
    assert!(early.answers + late.answers <= all + 1);
    // A period ends as well as it begins, and the list behind is cut by the same days.
    let lens = Lens { period: Some(period("2025-10-01", "2025-12-31")), ..Lens::default() };
    let autumn = ask(&mut desk, &lens);
    assert!(autumn.answers > 0 && autumn.answers <= early.answers);
    assert!(autumn.trend.iter().all(|(month, _)| month.year() == 2025));
    assert!(0 < autumn.detractor_customers);
    let list = desk.list(everyone(&lens, CustomerFilter::behind(Behind::Detractors)));
    assert_eq!(list.total, autumn.detractor_customers);
    assert!(early.trend.iter().all(|(month, _)| month.year() == 2025));
    assert_eq!(ask(&mut desk, &as_of("2020-01-01")).scores, Scores::default());
}

#[test]
fn zero_of_ten_is_an_answer() {
    let mut desk = desk(include_str!("../../../ingest/tests/data/syn_typeform_nps.csv"));
    let view = ask(&mut desk, &Lens::default());
    let nps = view.scores.nps.unwrap();
    assert_eq!((nps.value.to_bits(), nps.n, nps.is_small), (0.0_f64.to_bits(), 2, true));
    assert_eq!((view.scores.csat, view.service, view.answers), (None, None, 2));
    assert_eq!((view.detractor_count, view.detractors[0].comment.as_str()), (1, "物流太慢"));
    assert_eq!(view.detractors[0].id, None);
}
