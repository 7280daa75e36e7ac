//! Maximum likelihood of BG/NBD, MBG/NBD and (M)BG/CNBD-k.

use super::beta_geometric::chances_to_leave;
use super::erlang::SilenceOf;
use super::optimise::{Minimum, Slope, minimise};
use super::rows::Rows;
use super::{BetaGeometric, DropOut};
use crate::special::Rising;

/// The search, in the unit of the rows: ln r, ln α, ln a, ln b.
///
/// `starts` are tried one after the other.
pub(crate) fn fit(
    (drop_out, k): (DropOut, u8),
    rows: &Rows,
    starts: &[[f64; 4]],
) -> Option<Minimum<4>> {
    let mut likelihood = Likelihood {
        drop_out,
        k,
        rows,
        by_x: Vec::with_capacity(rows.repeats.len()),
        by_time: Vec::with_capacity(rows.times.len()),
        weight: weight_by_x(rows),
    };
    minimise(starts, |at| likelihood.slope(at))
}

/// The model at log-parameters in the unit of the rows.
pub(crate) fn model(
    (drop_out, k): (DropOut, u8),
    at: [f64; 4],
    rows: &Rows,
) -> Option<BetaGeometric> {
    let [r, alpha, a, b] = at.map(libm::exp);
    BetaGeometric::new(drop_out, k, [r, alpha * rows.unit, a, b])
}

/// How many customers have each number of repeats.
pub(super) fn weight_by_x(rows: &Rows) -> Vec<f64> {
    let mut weight = vec![0.0; rows.repeats.len()];
    for row in &rows.distinct {
        weight[row.x] += row.weight;
    }
    weight
}

/// Beyond e to this one way is certain.
const LARGEST: f64 = 600.0;
/// A product of chances is turned into its logarithm before it overflows.
const PRODUCT: f64 = 1e100;

struct Likelihood<'a> {
    drop_out: DropOut,
    k: u8,
    rows: &'a Rows,
    by_x: Vec<ByRepeats>,
    by_time: Vec<ByTime>,
    weight: Vec<f64>,
}

/// What depends on the number of repeats alone.
struct ByRepeats {
    /// r + k x.
    w: f64,
    /// ln of the chance to leave at the last purchase, over that to stay: a ÷ (b + n − 1).
    ln_left: Option<f64>,
    /// 1 ÷ (b + n − 1).
    left_by_b: f64,
    silence: SilenceOf,
}

/// What depends on one time alone.
struct ByTime {
    /// ln (α + t).
    ln: f64,
    /// 1 ÷ (α + t).
    inverse: f64,
}

/// Sums over customers: the log-likelihood and its derivatives by r, α, a, b.
#[derive(Default)]
struct Sums {
    value: f64,
    by: [f64; 4],
}

impl Likelihood<'_> {
    /// Minus the mean log-likelihood, by the log-parameters.
    fn slope(&mut self, at: &[f64; 4]) -> Slope<4> {
        let parameters = at.map(libm::exp);
        let customers = self.rows.customers;
        let mut sums = Sums::default();
        self.set_repeats(parameters, &mut sums);
        sums.value += customers * parameters[0] * at[1];
        sums.by[0] += customers * at[1];
        sums.by[1] += customers * parameters[0] / parameters[1];
        self.set_times(parameters[1]);
        self.add_rows(parameters, &mut sums);
        let gradient = std::array::from_fn(|i| -sums.by[i] * parameters[i] / customers);
        (-sums.value / customers, gradient)
    }

    /// ln (r)ₖₓ + ln (b)ₙ − ln (a + b)ₙ of all, and the table for the rows.
    fn set_repeats(&mut self, [r, _, a, b]: [f64; 4], sums: &mut Sums) {
        let mut ticks = Rising::new(r);
        let (mut staying, mut any) = (Rising::new(b), Rising::new(a + b));
        self.by_x.clear();
        for (x, weight) in self.rows.repeats.iter().zip(&self.weight) {
            let chances = chances_to_leave(self.drop_out, *x);
            ticks.climb(u32::from(self.k) * x);
            staying.climb(chances);
            any.climb(chances);
            sums.value += weight * (ticks.ln + staying.ln - any.ln);
            sums.by[0] += weight * ticks.digamma;
            sums.by[2] -= weight * any.digamma;
            sums.by[3] += weight * (staying.digamma - any.digamma);
            let left_by_b = 1.0 / (b + f64::from(chances.max(1) - 1));
            let w = r + f64::from(u32::from(self.k) * x);
            self.by_x.push(ByRepeats {
                w,
                silence: SilenceOf::new(self.k, w),
                ln_left: (chances > 0).then(|| libm::log(a * left_by_b)),
                left_by_b,
            });
        }
    }

    fn set_times(&mut self, alpha: f64) {
        self.by_time.clear();
        self.by_time.extend(self.rows.times.iter().map(|time| {
            let from = alpha + time;
            ByTime { ln: libm::log(from), inverse: 1.0 / from }
        }));
    }

    /// ln of the chance to have stayed and been silent or to have left, of each row.
    fn add_rows(&self, [_, _, a, _]: [f64; 4], sums: &mut Sums) {
        let times = &self.rows.times;
        let (mut value, mut by_w, mut by_alpha, mut by_a, mut by_b) = (0.0, 0.0, 0.0, 0.0, 0.0);
        // Of single customers the chances are multiplied, and one logarithm is taken of many.
        let mut product = 1.0;
        for row in &self.rows.distinct {
            let x = &self.by_x[row.x];
            let (age, last) = (&self.by_time[row.age], &self.by_time[row.last]);
            let u = (times[row.age] - times[row.last]) * age.inverse;
            let silence = x.silence.at(u);
            // Both ways as shares of (α + T)^−w.
            let ln_left = x.ln_left.map_or(f64::NEG_INFINITY, |it| it - x.w * (last.ln - age.ln));
            let left = libm::exp(ln_left.min(LARGEST));
            let total = silence.sum + left;
            let scale = row.weight / total;
            if row.weight > 1.0 || ln_left > LARGEST / 2.0 {
                value += row.weight * (libm::log(total) + (ln_left - LARGEST).max(0.0));
            } else {
                product *= total;
                if product > PRODUCT {
                    value += libm::log(product);
                    product = 1.0;
                }
            }
            value -= row.weight * x.w * age.ln;
            let (left, stayed) = (scale * left, scale * silence.sum);
            by_w += scale * silence.by_w - stayed * age.ln - left * last.ln;
            by_alpha -=
                (stayed * x.w + scale * silence.by_u * u) * age.inverse + left * x.w * last.inverse;
            by_a += left;
            by_b -= left * x.left_by_b;
        }
        sums.value += value + libm::log(product);
        sums.by[0] += by_w;
        sums.by[1] += by_alpha;
        sums.by[2] += by_a / a;
        sums.by[3] += by_b;
    }
}
