//! Kaplan–Meier curves and the log-rank test against published figures.

use analytics::{
    Codes, Durations, SurvivalCurve, all_gap_durations, log_rank, median, next_purchase_durations,
    survival_curve,
};

use crate::cdnow;

/// 1998-06-30.
const AS_OF: i32 = cdnow::AS_OF - 1;

fn curve(durations: &Durations) -> SurvivalCurve {
    survival_curve(&durations.days, &durations.is_event)
}

/// Compares with rows of days, at risk, events, censored, survival and band. A reference curve may
/// begin with a row at day 0 where nothing happened.
fn check(curve: &SurvivalCurve, csv: &str) {
    let mut compared = 0;
    for line in csv.lines().skip(1) {
        let row: Vec<f64> = line.split(',').map(|field| field.parse().unwrap()).collect();
        let counts: Vec<u32> = row[..4].iter().map(|count| *count as u32).collect();
        let Some(at) = curve.days.iter().position(|days| *days == counts[0]) else {
            assert_eq!(counts[0], 0, "{line}");
            continue;
        };
        let found = [curve.at_risk[at], curve.events[at], curve.censored[at]];
        assert_eq!(found, counts[1..], "{line}");
        let band = curve.band[at];
        for (found, expected) in [curve.survival[at], band.low, band.high].iter().zip(&row[4..]) {
            assert!((found - expected).abs() < 1e-12, "{found} in {line}");
        }
        compared += 1;
    }
    assert!(compared > 25);
}

#[test]
fn the_curves_of_the_cdnow_sample_agree() {
    let columns = cdnow::sample().columns();
    let gaps = curve(&all_gap_durations(columns.purchases(), AS_OF));
    check(&gaps, include_str!("../data/cdnow_gap_curve.csv"));
    assert_eq!(gaps.median(), Some(93));
    assert!((gaps.restricted_mean(180).unwrap() - 99.669_660_410_913_04).abs() < 1e-9);

    let second = curve(&next_purchase_durations(columns.purchases(), AS_OF, 1));
    check(&second, include_str!("../data/cdnow_second_purchase_curve.csv"));
    assert_eq!(second.median(), None);
    assert!((second.at(365).unwrap() - 0.544_336_020_364_870_4).abs() < 1e-12);
    assert!((second.restricted_mean(365).unwrap() - 239.104_369_961_815_8).abs() < 1e-9);
}

#[test]
fn a_great_first_order_brings_the_second_sooner() {
    let columns = cdnow::sample().columns();
    let purchases = columns.purchases();
    let first_nets: Vec<u32> = purchases.customers().map(|(_, nets)| nets[0] as u32).collect();
    let middle = median(&mut first_nets.clone()).unwrap();
    let codes: Vec<u32> =
        first_nets.iter().map(|net| u32::from(f64::from(*net) >= middle)).collect();
    assert_eq!((middle, codes.iter().sum::<u32>()), (2_354.0, 1_189));
    let waits = next_purchase_durations(purchases, AS_OF, 1);
    let test = log_rank(&waits.days, &waits.is_event, Codes::new(&codes, 2)).unwrap();
    assert!((test.chi_square - 34.973_613_169_080_97).abs() < 1e-9);
    assert!((test.p_value / 3.342_037_465_336_074_7e-9 - 1.0).abs() < 1e-9);
}

#[test]
fn the_waltons_agree() {
    let (mut days, mut is_event, mut codes) = (Vec::new(), Vec::new(), Vec::new());
    for line in include_str!("../data/waltons.csv").lines().skip(1) {
        let fields: Vec<&str> = line.split(',').collect();
        days.push(fields[0].parse::<f64>().unwrap() as u32);
        is_event.push(fields[1] == "1");
        codes.push(u32::from(fields[2] == "control"));
    }
    let all = survival_curve(&days, &is_event);
    check(&all, include_str!("../data/waltons_curve.csv"));
    assert_eq!((days.len(), all.median()), (163, Some(56)));
    let test = log_rank(&days, &is_event, Codes::new(&codes, 2)).unwrap();
    assert!((test.chi_square - 122.249_125_573_006_15).abs() < 1e-9);
    assert!((test.p_value / 2.035_983_222_285_542_6e-28 - 1.0).abs() < 1e-9);
}
