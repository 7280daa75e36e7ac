//! Tricomi's confluent hypergeometric function on its diagonal.

/// Beyond this the exponential is 0 in an `f64`.
const UNDERFLOW: f64 = 745.0;
/// Steps on either side of the middle of the rule, and their width.
const STEPS: i32 = 160;
const WIDTH: f64 = 1.0 / 48.0;

/// U(a, a, z) for a, z > 0: what discounting for ever leaves of an expectation.
///
/// U(a, a, z) = z^(1−a) ∫₀^∞ e^(−zv) (1 + v)^(−a) dv (DLMF 13.4.4), taken over u = ln(1 + v) by the
/// double-exponential rule (Takahasi & Mori 1974). The integrand is positive, so nothing cancels,
/// and whole numbers a need no case of their own.
pub fn tricomi_diagonal(a: f64, z: f64) -> f64 {
    let end = libm::log1p(UNDERFLOW / z);
    let integrand = |u: f64| libm::exp((1.0 - a) * u - z * libm::expm1(u));
    let sum: f64 = (-STEPS..=STEPS)
        .map(|step| {
            let t = f64::from(step) * WIDTH;
            let outer = std::f64::consts::FRAC_PI_2 * libm::sinh(t);
            let cosh = libm::cosh(outer);
            // The place as a share of the whole, exact near its beginning.
            let share = libm::exp(outer) / (2.0 * cosh);
            let weight = std::f64::consts::FRAC_PI_4 * libm::cosh(t) / (cosh * cosh);
            weight * integrand(end * share)
        })
        .sum();
    libm::exp((1.0 - a) * libm::log(z)) * end * WIDTH * sum
}
