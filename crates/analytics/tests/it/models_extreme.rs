//! The models where other programs overflow or divide by nothing, against fifty digits.

use analytics::models::{Ahead, BetaGeometric, BuyingModel, DropOut, History, ParetoNbd};

#[track_caller]
fn close(found: f64, expected: f64, line: &str) {
    let allowed = 1e-9 * expected.abs() + 1e-12;
    assert!((found - expected).abs() <= allowed, "{found} is not {expected}: {line}");
}

#[test]
fn every_extreme_agrees() {
    let mut cases = 0;
    for line in include_str!("../data/models_extreme.csv").lines().skip(1) {
        let field: Vec<&str> = line.split(',').collect();
        let number = |index: usize| field[index].parse::<f64>().unwrap();
        let at = [number(1), number(2), number(3), number(4)];
        let model: Box<dyn BuyingModel> = match field[0] {
            "BG/NBD" => Box::new(BetaGeometric::new(DropOut::AfterRepeats, 1, at).unwrap()),
            "MBG/NBD" => Box::new(BetaGeometric::new(DropOut::AfterEveryPurchase, 1, at).unwrap()),
            "Pareto/NBD" => Box::new(ParetoNbd::new(at).unwrap()),
            name => panic!("no model {name}"),
        };
        let history = History { repeats: number(5) as u32, last: number(6), age: number(7) };
        let horizon = number(8);
        close(model.ln_likelihood(history), number(10), line);
        close(model.p_alive(history), number(11), line);
        close(model.expected(history, horizon), number(12), line);
        close(model.p_active(history, horizon), number(13), line);
        // As one of many: by another way.
        let ahead = Ahead { horizons: &[horizon], weighted: &[(horizon, 0.5)] };
        let figures = model.figures(&[history], &[1.0], ahead);
        close(figures.p_alive[0], number(11), line);
        close(figures.expected[0][0], number(12), line);
        close(figures.weighted[0], 0.5 * number(12), line);
        close(figures.p_active[0][0], number(13), line);
        cases += 1;
    }
    assert_eq!(cases, 90);
}
