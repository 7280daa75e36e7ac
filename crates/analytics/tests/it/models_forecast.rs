//! Value, paths, back-test and choice: on the CDNOW sample against published figures, and on a shop
//! with a season that is known because it was put in.

use analytics::Purchases;
use analytics::models::{
    Adjusted, BackTest, Baseline, Candidate, Clock, CustomerBase, FitError, Forecast, Kind,
    Predictor, Reason, Season, Simpler, ValueOptions, fit, fit_spend, lifetime_value, path, score,
};

use crate::models_cdnow::{CALIBRATED, HELD_OUT, Sample};

#[track_caller]
fn close(found: f64, expected: f64, relative: f64) {
    let allowed = relative * expected.abs() + 1e-12;
    assert!((found - expected).abs() <= allowed, "{found} is not {expected}");
}

#[test]
fn the_value_of_twelve_months_agrees() {
    let base = Sample::new().base();
    let model = fit(&base, Kind::BG_NBD).unwrap().model;
    let spend = fit_spend(&base).unwrap().model;
    let value = lifetime_value(&base, &model, &spend, ValueOptions::default()).unwrap();
    // In cents; customers 1, 2 and 3.
    close(value[0], 3_627.397_810_674_291_6, 1e-5);
    close(value[1], 464.093_657_443_984_1, 1e-4);
    close(value[2], 834.448_050_750_784_7, 1e-5);
    close(value.iter().sum::<f64>(), 7_150_795.0, 1e-5);
}

#[test]
fn the_path_of_the_vignette() {
    let sample = Sample::new();
    let base = sample.base();
    let days = (CALIBRATED, HELD_OUT);
    let cases = [
        (Kind::BG_NBD, [1_312.459, 1_387.347, 1_460.393, 1_531.715, 1_601.419, 1_669.602]),
        (Kind::ParetoNbd, [1_308.912, 1_385.334, 1_459.985, 1_532.970, 1_604.386, 1_674.321]),
        (Kind::MBG_NBD, [1_315.052, 1_389.601, 1_462.203, 1_532.979, 1_602.040, 1_669.484]),
    ];
    for (kind, expected) in cases {
        let model = fit(&base, kind).unwrap().model;
        let path = path(sample.purchases(), &model, days, &Clock::plain());
        assert_eq!((path.actual.len(), path.expected.len()), (78, 78));
        // Weeks 20 to 25.
        for (found, expected) in path.expected[19..25].iter().zip(expected) {
            close(*found, expected, 1e-5);
        }
        assert_eq!(path.actual[19..25], [1_359, 1_414, 1_484, 1_517, 1_573, 1_672]);
        assert_eq!((path.actual[0], path.actual[1], path.actual[77]), (0, 19, 4_339));
    }
}

fn plain(kind: Kind) -> Predictor {
    Predictor::Model { kind, adjusted: Adjusted::default() }
}

fn candidate(test: &BackTest, predictor: Predictor) -> &Candidate {
    test.candidates.iter().find(|it| it.predictor == predictor).unwrap()
}

#[test]
fn the_hold_out_metrics_agree() {
    let sample = Sample::new();
    let test = BackTest::split(sample.purchases(), CALIBRATED, HELD_OUT).unwrap();
    // Bias, MAE, RMSE, AUC, Brier, log-loss, top decile.
    let cases = [
        (Kind::NBD, [0.556_759, 1.041_020_3, 1.859_522_6, 0.773_868_5, 0.182_055_5, 0.574_630_5]),
        (
            Kind::BG_NBD,
            [-0.121_461_9, 0.785_454_2, 1.607_982_0, 0.756_919_8, 0.161_223_8, 0.505_551_5],
        ),
        (
            Kind::MBG_NBD,
            [-0.162_206_0, 0.764_778_9, 1.607_182_7, 0.760_103_3, 0.161_406_3, 0.505_304_3],
        ),
        (
            Kind::ParetoNbd,
            [-0.115_030_2, 0.754_523_4, 1.602_848_0, 0.771_154_3, 0.161_868_2, 0.508_430_9],
        ),
    ];
    for (kind, expected) in cases {
        let metrics = &candidate(&test, plain(kind)).metrics;
        let found = [
            metrics.bias.unwrap(),
            metrics.mae,
            metrics.rmse,
            metrics.auc.unwrap(),
            metrics.brier,
            metrics.log_loss,
        ];
        for (found, expected) in found.into_iter().zip(expected) {
            close(found, expected, 1e-4);
        }
        assert_eq!(metrics.actual, 1_882);
    }
}

#[test]
fn ranking_metrics_agree() {
    let sample = Sample::new();
    let test = BackTest::split(sample.purchases(), CALIBRATED, HELD_OUT).unwrap();
    // Equal predictions are ranked as one here, in the reference in the order of customers.
    let cases = [
        (Kind::BG_NBD, 0.470_244, 0.662_420_7),
        (Kind::MBG_NBD, 0.477_152, 0.663_585_6),
        (Kind::ParetoNbd, 0.473_963_9, 0.672_628_8),
    ];
    for (kind, top, gini) in cases {
        let metrics = &candidate(&test, plain(kind)).metrics;
        close(metrics.top_decile.unwrap(), top, 2e-3);
        close(metrics.gini.unwrap(), gini, 2e-3);
        let capture = metrics.capture.unwrap();
        assert!(capture.is_sorted() && (capture[9] - 1.0).abs() < 1e-12);
    }
}

#[test]
fn means_by_frequency_are_those_of_the_vignette() {
    let sample = Sample::new();
    let test = BackTest::split(sample.purchases(), CALIBRATED, HELD_OUT).unwrap();
    let cases = [
        (Kind::ParetoNbd, [0.138, 0.600, 1.196, 1.714, 2.399, 2.907, 3.819, 6.403]),
        (Kind::BG_NBD, [0.225, 0.523, 1.044, 1.520, 2.164, 2.654, 3.504, 6.157]),
    ];
    let actual = [0.237, 0.697, 1.393, 1.560, 2.532, 2.947, 3.862, 6.359];
    let sizes = [1_411, 439, 214, 100, 62, 38, 29, 64];
    for (kind, expected) in cases {
        let bins = &candidate(&test, plain(kind)).calibration;
        assert_eq!(bins.len(), 8);
        for (at, bin) in bins.iter().enumerate() {
            assert_eq!((bin.repeats, bin.customers), (at as u32, sizes[at]));
            assert!((bin.predicted - expected[at]).abs() < 1e-3, "{bin:?}");
            assert!((bin.actual - actual[at]).abs() < 6e-4, "{bin:?}");
        }
    }
}

#[test]
fn the_choice_beats_every_rule_of_thumb_and_says_why() {
    let sample = Sample::new();
    let test = BackTest::split(sample.purchases(), CALIBRATED, HELD_OUT).unwrap();
    let chosen = test.chosen().unwrap();
    assert!(chosen.is_better_than_rules && chosen.fit.is_some());
    let Reason::LeastLoss { loss, next: Some((_, next)) } = test.reason else {
        panic!("{:?}", test.reason)
    };
    assert!(loss <= next);
    for rule in &test.candidates {
        if let Predictor::Baseline(_) = rule.predictor {
            assert!(chosen.metrics.rmse < rule.metrics.rmse);
            assert!(chosen.metrics.brier < rule.metrics.brier);
        }
    }
    let path = test.path.as_ref().unwrap();
    assert_eq!(path.actual.len(), path.expected.len());
    assert!(matches!(test.candidates[0].predictor, Predictor::Baseline(Baseline::Zero)));
    assert_eq!(test.chosen, plain(Kind::ParetoNbd));
}

#[test]
fn the_drift_of_late_takes_bias_out_where_there_is_much() {
    let sample = Sample::new();
    let test = BackTest::split(sample.purchases(), CALIBRATED, HELD_OUT).unwrap();
    let bias = |kind, drift| {
        let adjusted = Adjusted { season: false, drift };
        candidate(&test, Predictor::Model { kind, adjusted }).metrics.bias.unwrap().abs()
    };
    // NBD takes those who left for customers: 56 % too many.
    assert!(bias(Kind::NBD, false) > 0.5 && bias(Kind::NBD, true) < 0.05);
    assert!(bias(Kind::MBG_NBD, true) < bias(Kind::MBG_NBD, false));
}

#[test]
fn the_forecast_of_the_choice_covers_everybody() {
    let sample = Sample::new();
    let test = BackTest::run(sample.purchases(), HELD_OUT).unwrap();
    let forecast = Forecast::of(sample.purchases(), HELD_OUT, test.chosen).unwrap().unwrap();
    let (month, year) = (forecast.predict(30), forecast.predict(365));
    assert_eq!((month.expected.len(), year.p_active.len()), (2_357, 2_357));
    for at in 0..2_357 {
        assert!(month.expected[at] <= year.expected[at]);
        // Near certainty the last digits may cross.
        assert!(month.p_active[at] <= year.p_active[at] + 1e-9 && year.p_active[at] <= 1.0);
    }
    let rule = Predictor::Baseline(Baseline::Zero);
    assert_eq!(Forecast::of(sample.purchases(), HELD_OUT, rule), None);
}

#[test]
fn too_few_customers_fall_back_to_cohort_curves() {
    let none = Purchases::default();
    assert_eq!(BackTest::run(none, 100), Err(FitError::NoCustomers));
    let (day, net): (Vec<i32>, Vec<i64>) = (0..40).map(|day| (day, 100)).unzip();
    let offsets: Vec<u32> = (0..=20).map(|customer| 2 * customer).collect();
    let few = Purchases::new(&offsets, &day, &net).unwrap();
    let error = BackTest::run(few, 60).unwrap_err();
    assert_eq!(error, FitError::TooFewRepeatBuyers { found: 20, needed: 50 });
    assert_eq!(error.simpler(), Simpler::CohortCurves);
}

/// A shop whose December sells three times as much as its other months: customers buy at their own
/// pace in the shop's own time and leave after some purchase.
struct ChristmasShop {
    offsets: Vec<u32>,
    day: Vec<i32>,
    net: Vec<i64>,
}

/// 2021-01-01 and 2024-12-31.
const OPENED: i32 = 18_628;
const LAST: i32 = 20_088;

impl ChristmasShop {
    fn new(december: f64) -> Self {
        let mut shop = Self { offsets: vec![0], day: Vec::new(), net: Vec::new() };
        let mut random = Lcg(5);
        for _ in 0..4_000 {
            let first = OPENED + (random.share() * 1_100.0) as i32;
            let rate = -0.01 * random.share().ln();
            let leaves = 0.25 * random.share();
            shop.day.push(first);
            for day in first + 1..=LAST {
                let pace = if is_december(day) { december } else { 1.0 };
                if random.share() < rate * pace {
                    shop.day.push(day);
                    if random.share() < leaves {
                        break;
                    }
                }
            }
            shop.offsets.push(shop.day.len() as u32);
        }
        shop.net = vec![1_000; shop.day.len()];
        shop
    }

    fn purchases(&self) -> Purchases<'_> {
        Purchases::new(&self.offsets, &self.day, &self.net).unwrap()
    }
}

/// Of the years 2021 to 2024.
fn is_december(day: i32) -> bool {
    let of_year = (day - OPENED) % 365 - i32::from(day >= 19_782);
    (334..365).contains(&of_year)
}

struct Lcg(u64);

impl Lcg {
    /// Above 0, up to 1.
    fn share(&mut self) -> f64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) + 1) as f64 / (1u64 << 31) as f64
    }
}

#[test]
fn a_season_that_was_put_in_is_found() {
    let shop = ChristmasShop::new(3.0);
    let base = CustomerBase::of(shop.purchases(), LAST, &Clock::plain());
    let model = fit(&base, Kind::BG_NBD).unwrap().model;
    let season = Season::estimate(shop.purchases(), LAST, &model).unwrap();
    let others: f64 = season.index[..11].iter().sum::<f64>() / 11.0;
    let december = season.index[11] / others;
    assert!((2.6..3.4).contains(&december), "{season:?}");
    assert!(season.agreement > 0.9);
    assert!(Season::estimate(shop.purchases(), OPENED + 500, &model).is_err());
}

#[test]
fn a_shop_without_a_season_has_none() {
    let shop = ChristmasShop::new(1.0);
    let base = CustomerBase::of(shop.purchases(), LAST, &Clock::plain());
    let model = fit(&base, Kind::BG_NBD).unwrap().model;
    if let Ok(season) = Season::estimate(shop.purchases(), LAST, &model) {
        assert!(season.index.iter().all(|it| (it - 1.0).abs() < 0.1), "{season:?}");
    }
}

#[test]
fn the_season_takes_the_bias_out_of_december() {
    let shop = ChristmasShop::new(3.0);
    // Held out: December 2024.
    let calibrated = LAST - 31;
    let plain = CustomerBase::of(shop.purchases(), calibrated, &Clock::plain());
    let actual: u32 = plain.hold_out(shop.purchases(), calibrated, LAST).purchases.iter().sum();
    let bias = |expected: Vec<f64>| expected.iter().sum::<f64>() / f64::from(actual) - 1.0;

    let model = fit(&plain, Kind::BG_NBD).unwrap().model;
    let without = bias(score(&plain, &model, 31.0 / 7.0).expected);
    let season = Season::estimate(shop.purchases(), calibrated, &model).unwrap();
    let clock = season.clock(OPENED, LAST + 1);
    let seasonal = CustomerBase::of(shop.purchases(), calibrated, &clock);
    let model = fit(&seasonal, Kind::BG_NBD).unwrap().model;
    let with = bias(score(&seasonal, &model, clock.weeks(calibrated, LAST)).expected);
    assert!(without < -0.4, "{without}");
    assert!(with.abs() < 0.1, "{with}");
}
