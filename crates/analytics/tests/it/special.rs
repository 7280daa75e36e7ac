//! The special functions against values computed with fifty digits.

use analytics::special::{
    digamma, ln_beta, ln_gamma, ln_hyp2f1, ln_rising, tricomi_diagonal, trigamma,
};

const RELATIVE: f64 = 1e-10;

#[test]
fn every_value_agrees() {
    let mut checked = 0;
    for line in include_str!("../data/special_functions.csv").lines().skip(1) {
        let fields: Vec<&str> = line.split(',').collect();
        let argument = |index: usize| fields[index].parse::<f64>().unwrap();
        let a = argument(1);
        if fields[0] == "hyp2f1" {
            check_hypergeometric(a, argument(3), argument(4), argument(5), fields[2]);
        } else {
            let found = match fields[0] {
                "lgamma" => ln_gamma(a),
                "digamma" => digamma(a),
                "trigamma" => trigamma(a),
                "lbeta" => ln_beta(a, argument(3)),
                "lgamma_ratio lgamma(r+x)-lgamma(r)" => ln_rising(a, argument(3) as u32),
                name => panic!("no function {name}"),
            };
            let expected = argument(2);
            // Near a zero of the function the rounding of the argument is all there is.
            let allowed = RELATIVE * expected.abs() + 5e-16;
            assert!((found - expected).abs() <= allowed, "{line}: {found}");
        }
        checked += 1;
    }
    assert_eq!(checked, 56);
}

/// The greatest values exceed an `f64`, so logarithms are compared.
fn check_hypergeometric(a: f64, b: f64, c: f64, z: f64, expected: &str) {
    let found = ln_hyp2f1(a, b, c, z);
    let (mantissa, exponent) = expected.split_once("e+").unwrap_or((expected, "0"));
    let mantissa: f64 = mantissa.parse().unwrap();
    let ln = mantissa.abs().ln() + exponent.parse::<f64>().unwrap() * std::f64::consts::LN_10;
    assert_eq!(found.sign, mantissa.signum());
    assert!((found.ln - ln).abs() <= RELATIVE, "F({a}, {b}; {c}; {z}): {} and {ln}", found.ln);
}

#[test]
fn tricomis_function_agrees() {
    let cases = [
        (0.606, 0.125, 1.328_394_852_220_090_5),
        (0.386, 0.3, 1.027_743_640_440_448_6),
        (0.6, 0.0001, 2.155_579_724_317_105),
        (1.0, 0.5, 0.922_910_632_483_733),
    ];
    for (a, z, expected) in cases {
        let found = tricomi_diagonal(a, z);
        assert!((found / expected - 1.0f64).abs() < RELATIVE, "U({a}, {a}, {z}) = {found}");
    }
}
