//! Maximum likelihood of Pareto/NBD.

use super::ParetoNbd;
use super::beta_geometric_fit::weight_by_x;
use super::optimise::{Minimum, Slope, minimise};
use super::rows::Rows;
use crate::special::{GaussFraction, Rising};

/// ln α and ln β differ by no more: beyond, s alone says that nobody leaves, and the fractions would
/// take many steps.
const WIDEST: f64 = 7.0;

/// The search, in the unit of the rows: ln r, ln α, ln s, ln β.
pub(crate) fn fit(rows: &Rows, starts: &[[f64; 4]]) -> Option<Minimum<4>> {
    let mut likelihood = Likelihood::new(rows);
    minimise(starts, |at| likelihood.slope(at))
}

/// The model at log-parameters in the unit of the rows.
pub(crate) fn model(at: [f64; 4], rows: &Rows) -> Option<ParetoNbd> {
    let [r, alpha, s, beta] = at.map(libm::exp);
    ParetoNbd::new([r, alpha * rows.unit, s, beta * rows.unit])
}

/// The two integrals of the likelihood depend on repeats and one time each, so they are made once
/// for each pair that occurs.
struct Likelihood<'a> {
    rows: &'a Rows,
    weight: Vec<f64>,
    left: Terms,
    stayed: Terms,
    fraction: GaussFraction,
}

/// One of the two integrals, for all pairs of repeats and time.
struct Terms {
    /// Index of the repeats, index of the time; sorted.
    pairs: Vec<(usize, usize)>,
    /// For each row its pair.
    of_row: Vec<usize>,
    values: Vec<Term>,
}

/// ln of an integral and its derivatives by r, α, s, β.
#[derive(Clone, Copy, Default)]
struct Term {
    ln: f64,
    by: [f64; 4],
}

impl Terms {
    fn new(of_row: impl Iterator<Item = (usize, usize)> + Clone) -> Self {
        let mut pairs: Vec<(usize, usize)> = of_row.clone().collect();
        pairs.sort_unstable();
        pairs.dedup();
        let of_row = of_row.map(|pair| pairs.partition_point(|it| *it < pair)).collect();
        Self { values: vec![Term::default(); pairs.len()], pairs, of_row }
    }
}

/// Everything about a pair that its integral needs.
struct Place {
    parameters: [f64; 4],
    /// r + x.
    bought: f64,
    time: f64,
}

impl Place {
    /// ∫ over the time since then of leaving, by the Gauss fraction with p = r + x.
    fn left(&self, fraction: &mut GaussFraction) -> Term {
        let [_, _, s, _] = self.parameters;
        let w = self.bought + s;
        self.term(fraction, libm::log(s / w), [-1.0 / w, 1.0 / s - 1.0 / w], [0.0, 0.0])
    }

    /// The chance to stay at least that long less the above, with p = r + x + 1.
    fn stayed(&self, fraction: &mut GaussFraction) -> Term {
        let [_, _, s, _] = self.parameters;
        let (w, bought) = (self.bought + s, self.bought);
        let by = [1.0 / bought - 1.0 / w, -1.0 / w];
        self.term(fraction, libm::log(bought / w), by, [1.0, 1.0])
    }

    /// factor × F × (α + t)^−(r + x + more[0]) × (β + t)^−(s − more[1]); `by` are the derivatives
    /// of the factor's logarithm by r and s.
    fn term(&self, fraction: &mut GaussFraction, ln: f64, by: [f64; 2], more: [f64; 2]) -> Term {
        let [_, alpha, s, beta] = self.parameters;
        let (bought, stays) = (self.bought + more[0], s - more[1]);
        let (from_alpha, from_beta) = (alpha + self.time, beta + self.time);
        let (ln_alpha, ln_beta) = (libm::log(from_alpha), libm::log(from_beta));
        let (inverse, inverse_beta) = (1.0 / from_alpha, 1.0 / from_beta);
        let f = fraction.evaluate((alpha - beta) * inverse);
        Term {
            ln: ln + f.ln - bought * ln_alpha - stays * ln_beta,
            by: [
                by[0] + f.by_p + f.by_c - ln_alpha,
                f.by_z * from_beta * inverse * inverse - bought * inverse,
                by[1] + f.by_c - ln_beta,
                -f.by_z * inverse - stays * inverse_beta,
            ],
        }
    }
}

impl<'a> Likelihood<'a> {
    fn new(rows: &'a Rows) -> Self {
        Self {
            rows,
            weight: weight_by_x(rows),
            left: Terms::new(rows.distinct.iter().map(|row| (row.x, row.last))),
            stayed: Terms::new(rows.distinct.iter().map(|row| (row.x, row.age))),
            fraction: GaussFraction::default(),
        }
    }

    /// Minus the mean log-likelihood, by the log-parameters.
    fn slope(&mut self, at: &[f64; 4]) -> Slope<4> {
        if (at[1] - at[3]).abs() > WIDEST {
            return (f64::INFINITY, [0.0; 4]);
        }
        let parameters = at.map(libm::exp);
        let [r, alpha, s, beta] = parameters;
        self.set_terms(parameters);
        let customers = self.rows.customers;
        let mut value = customers * (r * at[1] + s * at[3]);
        let mut by = [at[1], r / alpha, at[3], s / beta].map(|it| it * customers);
        let mut rising = Rising::new(r);
        for (x, weight) in self.rows.repeats.iter().zip(&self.weight) {
            rising.climb(*x);
            value += weight * rising.ln;
            by[0] += weight * rising.digamma;
        }
        let of_row = self.left.of_row.iter().zip(&self.stayed.of_row);
        for (row, (left, stayed)) in self.rows.distinct.iter().zip(of_row) {
            let (left, stayed) = (&self.left.values[*left], &self.stayed.values[*stayed]);
            let odds = left.ln - stayed.ln;
            let small = libm::exp(-odds.abs());
            let share = if odds > 0.0 { 1.0 / (1.0 + small) } else { small / (1.0 + small) };
            value += row.weight * (left.ln.max(stayed.ln) + libm::log1p(small));
            for (by, (left, stayed)) in by.iter_mut().zip(left.by.iter().zip(&stayed.by)) {
                *by += row.weight * (share * left + (1.0 - share) * stayed);
            }
        }
        let gradient = std::array::from_fn(|i| -by[i] * parameters[i] / customers);
        (-value / customers, gradient)
    }

    fn set_terms(&mut self, parameters: [f64; 4]) {
        let [r, _, s, _] = parameters;
        let (repeats, times) = (&self.rows.repeats, &self.rows.times);
        let fraction = &mut self.fraction;
        for (terms, more) in [(&mut self.left, 0.0), (&mut self.stayed, 1.0)] {
            let mut of = None;
            for ((x, time), term) in terms.pairs.iter().zip(&mut terms.values) {
                let bought = r + f64::from(repeats[*x]);
                if of != Some(*x) {
                    fraction.set(bought + more, bought + s + 1.0);
                    of = Some(*x);
                }
                let place = Place { parameters, bought, time: times[*time] };
                *term = if more == 0.0 { place.left(fraction) } else { place.stayed(fraction) };
            }
        }
    }
}
