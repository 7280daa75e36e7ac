//! What customers say, against figures that were counted by other means.

use super::lifecycle::{SHOPIFY, desk};
use super::{Desk, as_of, period};
use protocol::{
    Answerers, LabelKind, Lens, Request, Response, SatisfactionByView, SatisfactionQuery,
    SatisfactionView, ScoreFigure, Scores, TouchpointName,
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
    assert_eq!(view.detractor_count as usize, view.detractors.len());
    assert!(view.detractors.is_sorted_by(|one, next| one.net >= next.net));
    assert!(view.detractors.iter().all(|it| it.nps.map_or(it.overall <= Some(2), |nps| nps <= 6)));
}

/// Satisfied and all answers with satisfaction, recommendation, ease.
fn counts(scores: &Scores) -> [(i64, u32); 3] {
    let of = |it: Option<ScoreFigure>| {
        it.map_or((0, 0), |it| ((it.value * f64::from(it.n)).round() as i64, it.n))
    };
    [of(scores.csat), of(scores.nps), of(scores.ces)]
}

#[test]
fn every_answer_is_in_one_part_by_any_label() {
    let mut desk = with_answers();
    let all = ask(&mut desk, &Lens::default());
    let late = Lens { period: Some(period("2026-01-01", "2026-11-22")), ..Lens::default() };
    let mut kinds_with_unknown = 0;
    for lens in [Lens::default(), late] {
        for by in LabelKind::ALL {
            let query = SatisfactionQuery { lens: lens.clone(), by };
            let view: SatisfactionByView =
                *desk.ask(Request::SatisfactionBy(query)).of_segments().unwrap();
            let whole = ask(&mut desk, &lens);
            assert_eq!((view.answers, view.scores), (whole.answers, whole.scores), "{by:?}");
            assert_eq!(view.parts.iter().map(|it| it.answers).sum::<u32>(), view.answers);
            let mut sums = [(0, 0); 3];
            for part in &view.parts {
                for (sum, own) in sums.iter_mut().zip(counts(&part.scores)) {
                    *sum = (sum.0 + own.0, sum.1 + own.1);
                }
            }
            assert_eq!(sums, counts(&view.scores), "{by:?}");
            let last = view.parts.last().map(|it| &it.who);
            kinds_with_unknown += u32::from(last == Some(&Answerers::Unknown));
        }
    }
    assert_eq!(all.answers, 123);
    // The file has answers of people who are in no order.
    assert_eq!(kinds_with_unknown % LabelKind::ALL.len() as u32, 0);
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
