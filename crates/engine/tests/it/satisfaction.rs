//! What customers say, against figures that were counted by other means.

use super::lifecycle::{SHOPIFY, desk};
use super::{Desk, as_of, everyone, period};
use protocol::{
    Answerers, Behind, CustomerFilter, DeliveredProduct, DeliveredView, DeliveredWeights, Label,
    LabelKind, Lens, Request, SatisfactionByView, SatisfactionQuery, SatisfactionView, ScoreFigure,
    Scores, ShopEdit, TouchpointName,
};

const SURVEY: &str = include_str!("../../../ingest/tests/data/syn_csat_survey.csv");
const TICKETS: &str = include_str!("../../../ingest/tests/data/syn_service_log.csv");

fn ask(desk: &mut Desk, lens: &Lens) -> SatisfactionView {
    *desk.ask(Request::Satisfaction(lens.clone())).of_segments::<SatisfactionView>().unwrap()
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
    let mut unknown = Vec::new();
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
            let of_nobody = view.parts.iter().find(|it| it.who == Answerers::Unknown);
            unknown.push((lens.period.is_some(), of_nobody.map_or(0, |it| it.answers)));
        }
        // Who answered is known or not, whatever the label.
        unknown.dedup();
    }
    assert_eq!((all.answers, unknown.len()), (123, 2));
}

const ORDERS: &str = "order_id,customer_email,ordered_at,sku,product_name,price,quantity,total,status,currency\n\
    1,ann@example.com,2026-01-05 12:00:00,MUG,Mug,30,1,30,paid,USD\n\
    2,ben@example.com,2026-01-06 12:00:00,BOWL,Bowl,20,1,20,paid,USD\n\
    3,cat@example.com,2026-01-07 12:00:00,MUG,Mug,30,1,30,paid,USD\n";
/// The example of the definition, one that costs little, one that is not complete.
const JUDGED: &str = "respondent id,email,order no,submitted at,Product value,Service value,Staff value,\
    Image value,Money cost,Time cost,Energy cost,Psychic cost\n\
    1,ann@example.com,1,2026-02-01,5,4,4,3,2,2,1,1\n\
    2,ben@example.com,2,2026-02-01,3,3,3,3,1,1,1,1\n\
    3,cat@example.com,3,2026-02-02,5,5,5,5,1,1,1,\n";

fn delivered(desk: &mut Desk, by: LabelKind) -> DeliveredView {
    let query = SatisfactionQuery { lens: as_of("2026-03-31"), by };
    *desk.ask(Request::Delivered(query)).of_segments().unwrap()
}

#[test]
fn delivered_value_by_product_and_label_follows_the_weights() {
    let mut desk = desk(ORDERS);
    assert_eq!(delivered(&mut desk, LabelKind::Product).all, None);
    desk.inspect(&[("survey.csv", JUDGED.as_bytes())]);
    desk.confirm().unwrap();
    let ranking = |view: &DeliveredView| -> Vec<(String, f64, u32)> {
        let figure = |it: &DeliveredProduct| {
            (it.name.clone(), it.figure.difference.value, it.figure.difference.n)
        };
        view.products.iter().map(figure).collect()
    };
    let view = delivered(&mut desk, LabelKind::Product);
    let (mug, bowl) = ("Mug".to_owned(), "Bowl".to_owned());
    assert_eq!(ranking(&view), [(mug.clone(), 10.0, 1), (bowl.clone(), 8.0, 1)]);
    let all = view.all.unwrap();
    assert_eq!((all.difference.value, all.difference.n, all.difference.is_small), (9.0, 2, true));
    assert_eq!(all.ratio, Some(28.0 / 10.0));
    let named = |name: &str| Answerers::Labelled(Some(Label::Text(name.to_owned())));
    let whose: Vec<_> = view.parts.iter().map(|it| (it.0.clone(), it.1.difference.n)).collect();
    assert_eq!(whose, [(named("Mug"), 1), (named("Bowl"), 1)]);
    // Costs that weigh more turn the ranking.
    let weights = DeliveredWeights::parse("1,1,1,1,3,3,3,3").unwrap();
    desk.ask(Request::EditShop(ShopEdit::DeliveredWeights(weights)));
    let view = delivered(&mut desk, LabelKind::Product);
    assert_eq!((view.weights, ranking(&view)), (weights, vec![(bowl, 0.0, 1), (mug, -2.0, 1)]));
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
