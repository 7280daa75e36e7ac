//! The sample through the whole of it.

use crate::{CALIBRATED, HELD_OUT, cdnow};
use modeller::{Scores, Task, entry, fit_models};
use protocol::{Adjusted, ChoiceReason, Kind, ModelCandidate, Models, Predictor, ValueBasis};

#[track_caller]
fn close(found: f64, expected: f64, relative: f64) {
    assert!((found - expected).abs() <= relative * expected.abs(), "{found} is not {expected}");
}

fn candidate(models: &Models, kind: Kind) -> &ModelCandidate {
    let adjusted = Adjusted::default();
    let wanted = Predictor::Model { kind, adjusted };
    models.test.as_ref().unwrap().candidates.iter().find(|it| it.predictor == wanted).unwrap()
}

#[test]
fn fits_to_everything_are_those_of_the_papers() {
    let models = fit_models(&cdnow(CALIBRATED)).models;
    assert_eq!(models.customers, 2_357);
    let cases: [(Kind, [f64; 4], f64); 3] = [
        (Kind::BG_NBD, [0.242_594_5, 4.413_602, 0.792_922, 2.425_906_8], -9_582.429_21),
        (Kind::MBG_NBD, [0.524_843_2, 6.183_085_3, 0.891_359_4, 1.614_002_2], -9_582.135_72),
        (Kind::ParetoNbd, [0.553_277, 10.577_683_5, 0.606_24, 11.668_735_3], -9_594.976_18),
    ];
    for (kind, parameters, ln_likelihood) in cases {
        let whole = candidate(&models, kind).whole.as_ref().unwrap();
        assert!(whole.converged);
        for (found, expected) in whole.parameters.iter().zip(parameters) {
            close(*found, expected, 1e-5);
        }
        assert!((whole.ln_likelihood - ln_likelihood).abs() < 1e-4);
    }
    let spend = models.spend.unwrap();
    close(spend.p, 6.249_572_3, 1e-4);
    close(spend.q, 3.744_224_7, 1e-4);
    close(spend.gamma, 1_544.352_1, 1e-3);
}

#[test]
fn the_chosen_one_beats_every_rule_on_the_shops_own_past() {
    let models = fit_models(&cdnow(HELD_OUT)).models;
    let test = models.test.as_ref().unwrap();
    assert_eq!(test.until.days_since(test.calibrated), 181);
    let chosen = &test.candidates[test.chosen as usize];
    assert!(chosen.is_better_than_rules);
    assert_eq!(models.chosen.as_ref().unwrap().predictor, chosen.predictor);
    assert!(matches!(test.reason, ChoiceReason::LeastLoss { next: Some(_) }));
    for rule in test.candidates.iter().filter(|it| it.predictor.kind().is_none()) {
        assert!(rule.metrics.rmse > chosen.metrics.rmse);
        assert!(rule.metrics.brier > chosen.metrics.brier);
        assert_eq!((&rule.calibration, &rule.whole), (&None, &None));
    }
    let path = test.path.as_ref().unwrap();
    assert_eq!((path.actual.len(), path.expected.len()), (78, 78));
    assert_eq!(chosen.by_repeats.iter().map(|it| it.customers).sum::<u32>(), 2_357);
}

#[test]
fn scores_are_defined_for_everybody_who_has_bought() {
    let fitted = fit_models(&cdnow(HELD_OUT));
    let Scores { p_alive, p_active, expected, order_value, value, .. } = &fitted.scores;
    for customer in 0..2_357 {
        let of = |column: &[f64]| entry(column, customer).unwrap();
        assert!((0.0..=1.0).contains(&of(p_alive)));
        let (quarter, year) = (of(&p_active[0]), of(&p_active[1]));
        assert!((0.0..=1.0).contains(&quarter) && quarter <= year && year <= 1.0);
        // Who buys at least once buys at least one.
        assert!(of(&expected[0]) >= quarter * 0.999_999 && of(&expected[1]) >= of(&expected[0]));
        // Twelve discounted months are worth less than all of their orders.
        assert!(of(order_value) > 0.0 && of(value) >= 0.0);
        assert!(of(value) <= of(&expected[1]) * of(order_value));
        assert!(of(value) >= of(&expected[1]) * of(order_value) * 0.88);
    }
    let chosen = fitted.models.chosen.unwrap();
    close(chosen.alive.unwrap(), p_alive.iter().sum(), 1e-12);
    close(chosen.active_90d, p_active[0].iter().sum(), 1e-12);
    assert_eq!(fitted.models.basis, ValueBasis::Model);
    close(fitted.models.equity, value.iter().sum(), 1e-12);
    let sizes: Vec<u32> = fitted.models.deciles.iter().map(|it| it.customers).collect();
    assert_eq!(sizes.iter().sum::<u32>(), 2_357);
    assert!(sizes.iter().all(|it| (235..=236).contains(it)));
    assert!(fitted.models.deciles.is_sorted_by(|a, b| a.least >= b.greatest));
}

#[test]
fn orders_after_the_day_do_not_exist_and_prospects_have_no_score() {
    let early = fit_models(&cdnow(CALIBRATED));
    let all = cdnow(CALIBRATED);
    let mut cut = Task { as_of: CALIBRATED, offsets: vec![0, 0], ..Task::default() };
    for (days, nets) in all.purchases().unwrap().customers_until(CALIBRATED) {
        cut.day.extend(days);
        cut.net.extend(&nets[..days.len()]);
        cut.offsets.push(cut.day.len() as u32);
    }
    // The first customer of this one has never bought.
    let fitted = fit_models(&cut);
    assert_eq!(fitted.models, early.models);
    for (column, same) in fitted.scores.columns().into_iter().zip(early.scores.columns()) {
        assert_eq!(entry(column, 0), None);
        assert_eq!(column[1..], same[..]);
    }
}

#[test]
fn the_order_of_the_customers_does_not_matter() {
    let task = cdnow(HELD_OUT);
    let mut turned = Task { as_of: HELD_OUT, offsets: vec![0], ..Task::default() };
    let customers: Vec<(&[i32], &[i64])> = task.purchases().unwrap().customers().collect();
    for (days, nets) in customers.into_iter().rev() {
        turned.day.extend(days);
        turned.net.extend(nets);
        turned.offsets.push(turned.day.len() as u32);
    }
    let (first, second) = (fit_models(&task), fit_models(&turned));
    // To the last digit.
    assert_eq!(first.models, second.models);
    for (column, other) in first.scores.columns().into_iter().zip(second.scores.columns()) {
        assert!(column.iter().eq(other.iter().rev()));
    }
}
