//! The models on the CDNOW sample, against the papers' tables and figures computed with fifty
//! digits. Calibrated on 39 weeks (to 1997-09-30), held out the 39 after.

use analytics::Purchases;
use analytics::models::{
    BetaGeometric, BuyingModel, Clock, CustomerBase, DropOut, Fit, GammaGamma, History, Kind,
    Leaving, Model, Nbd, ParetoNbd, best, fit, fit_regular, fit_spend, score,
};

/// 1997-09-30 and 1998-06-30.
pub const CALIBRATED: i32 = 10_134;
pub const HELD_OUT: i32 = 10_407;

/// The sample's purchases as columns.
pub struct Sample {
    offsets: Vec<u32>,
    day: Vec<i32>,
    net: Vec<i64>,
}

impl Sample {
    pub fn new() -> Self {
        let mut sample = Self { offsets: vec![0], day: Vec::new(), net: Vec::new() };
        for line in include_str!("../data/cdnow_purchases.csv").lines().skip(1) {
            let row: Vec<i64> = line.split(',').map(|field| field.parse().unwrap()).collect();
            sample.offsets.resize(row[0] as usize, sample.day.len() as u32);
            sample.day.push(row[1] as i32);
            sample.net.push(row[2]);
        }
        sample.offsets.push(sample.day.len() as u32);
        sample
    }

    pub fn purchases(&self) -> Purchases<'_> {
        Purchases::new(&self.offsets, &self.day, &self.net).unwrap()
    }

    pub fn base(&self) -> CustomerBase {
        CustomerBase::of(self.purchases(), CALIBRATED, &Clock::plain())
    }
}

#[track_caller]
fn close(found: f64, expected: f64, relative: f64) {
    let allowed = relative * expected.abs() + 1e-12;
    assert!((found - expected).abs() <= allowed, "{found} is not {expected}");
}

fn parameters(fit: &Fit) -> Vec<f64> {
    fit.model.parameters().into_iter().map(|it| it.1).collect()
}

fn bg_nbd() -> BetaGeometric {
    let at = [
        0.242_594_522_429_820_96,
        4.413_602_019_012_695,
        0.792_922_017_162_027,
        2.425_906_776_595_439,
    ];
    BetaGeometric::new(DropOut::AfterRepeats, 1, at).unwrap()
}

fn mbg_nbd() -> BetaGeometric {
    let at = [
        0.524_843_159_131_678_8,
        6.183_085_279_786_241,
        0.891_359_390_659_155,
        1.614_002_239_951_842,
    ];
    BetaGeometric::new(DropOut::AfterEveryPurchase, 1, at).unwrap()
}

fn pareto_nbd() -> ParetoNbd {
    let at = [
        0.553_277_046_904_312_2,
        10.577_683_463_801_385,
        0.606_239_988_752_982_7,
        11.668_735_275_994_147,
    ];
    ParetoNbd::new(at).unwrap()
}

#[test]
fn the_base_is_that_of_the_papers() {
    let base = Sample::new().base();
    assert_eq!((base.len(), base.repeats(), base.repeat_buyers()), (2_357, 2_457, 946));
    assert_eq!(base.history.iter().map(|it| it.repeats).max(), Some(29));
    let out = base.hold_out(Sample::new().purchases(), CALIBRATED, HELD_OUT);
    assert_eq!(out.purchases.iter().sum::<u32>(), 1_882);
    assert_eq!(out.purchases.iter().filter(|it| **it > 0).count(), 684);
    close(out.net.iter().sum::<f64>(), 7_097_639.0, 1e-12);
}

#[test]
fn every_model_reaches_the_best_known_maximum() {
    let base = Sample::new().base();
    let cases: [(Kind, f64, &[f64]); 4] = [
        (Kind::NBD, -9_763.657_614_672_615, &[0.384_766_136, 12.072_022_845]),
        (Kind::BG_NBD, -9_582.429_206_673_933, &bg_nbd().parameters()),
        (Kind::MBG_NBD, -9_582.135_715_553_75, &mbg_nbd().parameters()),
        (Kind::ParetoNbd, -9_594.976_178_939_545, &pareto_nbd().parameters()),
    ];
    for (kind, ln_likelihood, expected) in cases {
        let fit = fit(&base, kind).unwrap();
        assert!(fit.convergence.is_reached, "{}: {:?}", kind.name(), fit.convergence);
        assert!((fit.ln_likelihood - ln_likelihood).abs() < 1e-7, "{}: {fit:?}", kind.name());
        for (found, expected) in parameters(&fit).into_iter().zip(expected) {
            close(found, *expected, 1e-5);
        }
        let of_all: f64 = base.history.iter().map(|it| fit.model.ln_likelihood(*it)).sum();
        close(of_all, fit.ln_likelihood, 1e-12);
    }
}

#[test]
fn the_papers_parameters_are_found() {
    let base = Sample::new().base();
    // Fader, Hardie & Lee 2005, table 2, and the packages' tests: three decimals.
    let cases: [(Kind, [f64; 4]); 3] = [
        (Kind::BG_NBD, [0.243, 4.414, 0.793, 2.426]),
        (Kind::ParetoNbd, [0.553, 10.578, 0.606, 11.669]),
        (Kind::MBG_NBD, [0.525, 6.183, 0.891, 1.614]),
    ];
    for (kind, expected) in cases {
        let found = fit(&base, kind).unwrap();
        assert_eq!(found.leaving, Leaving::Found);
        for (found, expected) in parameters(&found).into_iter().zip(expected) {
            assert!((found - expected).abs() < 5.1e-4, "{found} is not {expected}");
        }
    }
}

#[test]
fn standard_errors_agree() {
    let base = Sample::new().base();
    let cases: [(Kind, [f64; 4]); 3] = [
        (Kind::BG_NBD, [0.012_557_38, 0.378_224_06, 0.185_733_81, 0.705_414_2]),
        (Kind::MBG_NBD, [0.083_268_21, 0.695_620_68, 0.154_789_93, 0.537_494_83]),
        (Kind::ParetoNbd, [0.047_627_92, 0.842_722_51, 0.187_281_35, 6.211_113_63]),
    ];
    for (kind, expected) in cases {
        let errors = fit(&base, kind).unwrap().standard_errors.unwrap();
        for (found, expected) in errors.into_iter().zip(expected) {
            close(found, expected, 1e-4);
        }
    }
}

#[test]
fn the_cnbd_likelihoods_are_those_of_the_r_package() {
    // The k, the log-likelihood and the parameters that BTYDplus 1.2.0 finds.
    let cases = [
        (DropOut::AfterRepeats, 2, -9_855.326_974, [0.226_917, 1.462_918, 0.943_996, 2.074_316]),
        (
            DropOut::AfterEveryPurchase,
            2,
            -9_853.253_129,
            [0.579_908, 2.288_199, 1.134_331, 1.584_779],
        ),
        (DropOut::AfterRepeats, 3, -10_393.565_054, [0.219_482, 0.833_435, 1.026_063, 2.094_061]),
        (
            DropOut::AfterEveryPurchase,
            3,
            -10_394.362_651,
            [0.532_995, 1.258_232, 1.288_545, 1.844_945],
        ),
    ];
    let base = Sample::new().base();
    for (drop_out, k, ln_likelihood, expected) in cases {
        let found = fit(&base, Kind::BetaGeometric { drop_out, k }).unwrap();
        // At least as good, and no better than a better optimum of the same function can be.
        let gain = found.ln_likelihood - ln_likelihood;
        assert!((-1e-4..1e-3).contains(&gain), "k = {k}: {gain}");
        for (found, expected) in parameters(&found).into_iter().zip(expected) {
            close(found, expected, 2e-3);
        }
    }
}

#[test]
fn the_sample_is_not_regular() {
    let base = Sample::new().base();
    let fits = fit_regular(&base, DropOut::AfterEveryPurchase, 4).unwrap();
    assert_eq!(fits.len(), 2, "the likelihood falls at once");
    let best = best(fits).unwrap();
    assert_eq!(best.model.kind(), Kind::MBG_NBD);
}

#[test]
fn thirty_customers_agree_with_fifty_digits() {
    let models: [(usize, &dyn BuyingModel); 3] =
        [(7, &bg_nbd()), (11, &mbg_nbd()), (15, &pareto_nbd())];
    let mut customers = 0;
    for line in include_str!("../data/models_cdnow_customers.csv").lines().skip(1) {
        let field: Vec<f64> = line.split(',').map(|it| it.parse().unwrap_or(f64::NAN)).collect();
        let history = History { repeats: field[2] as u32, last: field[3], age: field[4] };
        let horizon = field[5];
        for (column, model) in models {
            close(model.p_alive(history), field[column], 1e-9);
            close(model.expected(history, horizon), field[column + 1], 1e-9);
            close(model.ln_likelihood(history), field[column + 2], 1e-12);
            close(model.p_active(history, horizon), field[column + 3], 1e-9);
        }
        close(pareto_nbd().discounted_for_ever(history, 0.0025), field[19], 1e-9);
        customers += 1;
    }
    assert_eq!(customers, 30);
}

#[test]
fn customer_1516_of_the_vignette() {
    // x = 26, t_x = 30.857, T = 31: the package's own, slightly different parameters.
    let history = History { repeats: 26, last: 30.857_142_857, age: 31.0 };
    let pareto = ParetoNbd::new([0.553_397_14, 10.580_199, 0.606_062_5, 11.656_224]).unwrap();
    close(pareto.expected(history, 52.0), 25.456_47, 1e-4);
    close(pareto.p_alive(history), 0.997_874, 1e-5);
    let bg = BetaGeometric::new(
        DropOut::AfterRepeats,
        1,
        [0.242_598_15, 4.413_684_2, 0.792_989_87, 2.426_166_7],
    );
    close(bg.unwrap().expected(history, 52.0), 25.756_59, 1e-4);
    close(bg.unwrap().p_alive(history), 0.968_852_3, 1e-5);
}

#[test]
fn the_first_customers_of_the_paper() {
    // Fader, Hardie & Lee 2005, figure 1 and its spreadsheet.
    let model = BetaGeometric::new(DropOut::AfterRepeats, 1, [0.243, 4.414, 0.793, 2.426]).unwrap();
    let first = History { repeats: 2, last: 30.43, age: 38.86 };
    close(model.expected(first, 39.0), 1.226, 3e-4);
    close(model.p_alive(first), 0.7266, 3e-4);
    let sixth = History { repeats: 7, last: 29.43, age: 38.86 };
    close(model.p_alive(sixth), 0.6418, 3e-4);
    close(model.expected(sixth, 39.0), 3.337, 3e-4);
    let third = History { repeats: 0, last: 0.0, age: 38.86 };
    close(model.expected(third, 39.0), 0.1951, 3e-4);
    assert_eq!(model.p_alive(third), 1.0);
}

#[test]
fn a_new_customer_in_so_many_weeks() {
    let weeks = [1.0, 13.0, 26.0, 39.0, 52.0, 78.0, 104.0];
    let cases: [(&dyn BuyingModel, [f64; 7]); 3] = [
        (
            &bg_nbd(),
            [
                0.053_184_291_503_137_14,
                0.533_637_236_181_169,
                0.901_318_941_649_952_5,
                1.195_010_040_657_329,
                1.444_012_397_349_991,
                1.857_958_390_133_891_4,
                2.199_827_953_887_253_6,
            ],
        ),
        (
            &mbg_nbd(),
            [
                0.053_060_323_433_353_73,
                0.535_084_215_113_120_3,
                0.898_146_273_431_618_3,
                1.182_279_751_140_975_3,
                1.418_884_876_787_706,
                1.803_630_417_487_731_6,
                2.113_624_192_741_243,
            ],
        ),
        (
            &pareto_nbd(),
            [
                0.051_006_375_742_875_074,
                0.531_399_189_409_549_9,
                0.908_914_096_433_984_4,
                1.213_404_018_088_956_5,
                1.473_434_288_098_023_4,
                1.909_866_139_069_314_4,
                2.274_721_561_814_455,
            ],
        ),
    ];
    for (model, expected) in cases {
        for (weeks, expected) in weeks.into_iter().zip(expected) {
            close(model.expected_new(weeks), expected, 1e-9);
        }
    }
}

#[test]
fn hold_out_totals_agree() {
    let base = Sample::new().base();
    let cases = [
        (Kind::NBD, 2_929.820_292_165_287, 998.984_408_436_260_5),
        (Kind::BG_NBD, 1_653.408_697_963_223_6, 617.034_084_910_167),
        (Kind::MBG_NBD, 1_576.728_301_922_623_8, 565.741_819_731_822_3),
        (Kind::ParetoNbd, 1_665.513_107_411_436_7, 523.173_690_171_530_1),
    ];
    for (kind, purchases, active) in cases {
        let scores = score(&base, &fit(&base, kind).unwrap().model, 39.0);
        close(scores.expected.iter().sum(), purchases, 1e-5);
        close(scores.p_active.iter().sum(), active, 1e-5);
        for at in [0, 5, 400, 2_356] {
            let model = fit(&base, kind).unwrap().model;
            close(scores.p_alive[at], model.p_alive(base.history[at]), 1e-12);
            close(scores.p_active[at], model.p_active(base.history[at], 39.0), 1e-12);
            close(scores.expected[at], model.expected(base.history[at], 39.0), 1e-12);
        }
    }
}

#[test]
fn single_likelihoods_of_another_package() {
    let model = BetaGeometric::new(DropOut::AfterRepeats, 1, [0.25, 4.0, 0.8, 2.5]).unwrap();
    let history = |repeats, last| History { repeats, last, age: 40.0 };
    close(model.ln_likelihood(history(0, 0.0)), -0.599_473_818_2, 1e-9);
    close(model.ln_likelihood(history(200, 38.0)), 100.795_693_1, 1e-9);
}

#[test]
fn spend_agrees() {
    let fit = fit_spend(&Sample::new().base()).unwrap();
    assert!(fit.convergence.is_reached);
    assert_eq!((fit.used, fit.without_spend), (946, 0));
    let [p, q, gamma] = fit.model.parameters();
    // γ is money: the sample's file is in cents.
    for (found, expected) in
        [(p, 6.249_572_271), (q, 3.744_224_667), (gamma / 100.0, 15.443_520_963)]
    {
        close(found, expected, 1e-5);
    }
    // In dollars the density of each of the 946 means is a hundred times as great.
    let in_dollars = fit.ln_likelihood + 946.0 * 100f64.ln();
    assert!((in_dollars + 4_055.917_694_801_876).abs() < 1e-6, "{in_dollars}");
    close(fit.model.shop_mean().unwrap(), 3_517.037_126_570_305, 1e-5);
    close(fit.correlation.unwrap(), 0.113_887_919_391_254_81, 1e-9);
}

#[test]
fn expected_spend_agrees() {
    // Fader & Hardie 2013, customers of the spreadsheet; its parameters are not rounded.
    let model = GammaGamma::new([6.25, 3.74, 15.44]).unwrap();
    let cases = [(2, 22.35, 24.65), (1, 11.77, 18.91), (0, 0.0, 35.17), (7, 73.74, 71.46)];
    for (repeats, mean, expected) in cases {
        assert!((model.expected(repeats, mean).unwrap() - expected).abs() < 0.06);
    }
    let exact =
        GammaGamma::new([6.249_572_271_264_515, 3.744_224_667_123_235_8, 15.443_520_962_706_781]);
    for line in include_str!("../data/models_cdnow_customers.csv").lines().skip(1) {
        let field: Vec<f64> = line.split(',').map(|it| it.parse().unwrap_or(f64::NAN)).collect();
        close(exact.unwrap().expected(field[2] as u32, field[20]).unwrap(), field[21], 1e-9);
    }
}

#[test]
fn the_closed_form_of_nbd_is_the_sum_for_k_1() {
    // The condensed NBD with hidden ticks averages to the plain one's rate of ticks ÷ k.
    let plain = Nbd::new(1, [0.4, 12.0]).unwrap();
    let history = History { repeats: 3, last: 20.0, age: 39.0 };
    close(plain.expected(history, 10.0), 3.4 * 10.0 / 51.0, 1e-14);
    let regular = Nbd::new(3, [0.4, 4.0]).unwrap();
    // Far ahead a purchase comes every third tick: (r + k x + hidden ticks) ÷ (α + T) ÷ 3 a week.
    let far = regular.expected(history, 4_000.0) - regular.expected(history, 3_000.0);
    let weights: Vec<f64> = vec![1.0, 9.4 * 19.0 / 43.0, 9.4 * 10.4 / 2.0 * (19f64 / 43.0).powi(2)];
    let hidden = (weights[1] + 2.0 * weights[2]) / weights.iter().sum::<f64>();
    close(far, 1_000.0 * (9.4 + hidden) / 43.0 / 3.0, 1e-4);
    assert_eq!(Model::Nbd(regular).kind(), Kind::Nbd { k: 3 });
}
