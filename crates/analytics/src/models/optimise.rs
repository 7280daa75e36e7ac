//! Finds the minimum of a smooth function of few variables.

/// The search never leaves this cube of log-parameters, beyond which no data can tell them apart.
const LIMIT: f64 = 14.0;
/// No step changes a log-parameter by more.
const LONGEST_STEP: f64 = 2.0;
/// Log-parameters within this are those of a shop where the model holds.
const ORDINARY: f64 = 7.0;
const MOST_ITERATIONS: u32 = 150;
const MOST_HALVINGS: u32 = 25;
/// A search ends when two steps in a row gain less: in flat valleys that lead nowhere.
const LEAST_GAIN: f64 = 1e-12;
/// BFGS hands over to Newton when no slope is steeper.
const ROUGH: f64 = 1e-7;
/// A minimum counts as reached when no slope is steeper.
const CONVERGED: f64 = 1e-6;
/// Newton has nothing left to do.
const EXACT: f64 = 1e-12;
const MOST_POLISHES: u32 = 3;
/// Step of the differences that make second derivatives of first ones.
const DIFFERENCE: f64 = 1e-4;

/// A function's value and its gradient.
pub(crate) type Slope<const N: usize> = (f64, [f64; N]);
/// A square matrix.
pub(crate) type Square<const N: usize> = [[f64; N]; N];

/// Where the search ended.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Minimum<const N: usize> {
    pub at: [f64; N],
    pub value: f64,
    /// The steepest slope left.
    pub gradient: f64,
    /// The inverse of the second derivatives; `None` where the function is not curved upwards.
    pub inverse_hessian: Option<Square<N>>,
    pub evaluations: u32,
}

impl<const N: usize> Minimum<N> {
    pub fn is_reached(&self) -> bool {
        self.gradient <= CONVERGED
    }
}

/// The lowest minimum found from any of the starts; `None` if the function has a value at none.
///
/// Each search is BFGS with a backtracking line search (Nocedal & Wright 2006, §6.1), and its end is
/// polished by Newton steps. A start is tried only while those before it have not led to a hollow
/// at ordinary parameters. Starts are fixed, so the same data give the same answer.
pub(crate) fn minimise<const N: usize>(
    starts: &[[f64; N]],
    mut function: impl FnMut(&[f64; N]) -> Slope<N>,
) -> Option<Minimum<N>> {
    let mut evaluations = 0;
    let mut counted = |at: &[f64; N]| {
        evaluations += 1;
        if at.iter().any(|it| it.abs() > LIMIT) { (f64::INFINITY, [0.0; N]) } else { function(at) }
    };
    let mut best: Option<Minimum<N>> = None;
    for start in starts {
        let Some(place) = descend(*start, &mut counted) else { continue };
        let found = polish(place, &mut counted);
        let is_hollow = found.is_reached()
            && found.inverse_hessian.is_some()
            && found.at.iter().all(|it| it.abs() < ORDINARY);
        if best.is_none_or(|best| found.value < best.value) {
            best = Some(found);
        }
        if is_hollow {
            break;
        }
    }
    best.map(|best| Minimum { evaluations, ..best })
}

/// A place with the function's value and gradient there.
type Place<const N: usize> = ([f64; N], Slope<N>);

fn descend<const N: usize>(
    start: [f64; N],
    function: &mut impl FnMut(&[f64; N]) -> Slope<N>,
) -> Option<Place<N>> {
    let mut place = (start, function(&start));
    if !is_usable(&place.1) {
        return None;
    }
    let mut inverse = identity(1.0);
    let (mut fresh, mut crawling) = (true, false);
    for _ in 0..MOST_ITERATIONS {
        if steepest(&place.1.1) <= ROUGH {
            break;
        }
        let direction = multiply(&inverse, &place.1.1).map(|it| -it);
        let Some(next) = step_along(&place, direction, function) else {
            if fresh {
                break;
            }
            (inverse, fresh) = (identity(1.0), true);
            continue;
        };
        let crawls = place.1.0 - next.1.0 < LEAST_GAIN;
        if crawls && crawling {
            return Some(next);
        }
        crawling = crawls;
        let moved = difference(&next.0, &place.0);
        let turned = difference(&next.1.1, &place.1.1);
        let curvature = dot(&moved, &turned);
        if curvature > 1e-12 * dot(&turned, &turned).sqrt() * dot(&moved, &moved).sqrt() {
            if fresh {
                inverse = identity(curvature / dot(&turned, &turned));
            }
            update(&mut inverse, &moved, &turned, curvature);
            fresh = false;
        }
        place = next;
    }
    Some(place)
}

/// Halves the step until the function falls enough (Armijo).
fn step_along<const N: usize>(
    (at, (value, gradient)): &Place<N>,
    direction: [f64; N],
    function: &mut impl FnMut(&[f64; N]) -> Slope<N>,
) -> Option<Place<N>> {
    let slope = dot(&direction, gradient);
    if slope >= 0.0 || !slope.is_finite() {
        return None;
    }
    let mut length = (LONGEST_STEP / steepest(&direction)).min(1.0);
    for _ in 0..MOST_HALVINGS {
        let mut next = *at;
        next.iter_mut().zip(&direction).for_each(|(it, d)| *it += length * d);
        let found = function(&next);
        if is_usable(&found) && found.0 <= value + 1e-4 * length * slope {
            return Some((next, found));
        }
        length *= 0.5;
    }
    None
}

/// Newton steps with one matrix of second derivatives: so near the minimum it hardly changes.
fn polish<const N: usize>(
    mut place: Place<N>,
    function: &mut impl FnMut(&[f64; N]) -> Slope<N>,
) -> Minimum<N> {
    let mut inverse = hessian(&place.0, function).and_then(|matrix| inverted(&matrix));
    for _ in 0..MOST_POLISHES {
        let Some(matrix) = &inverse else { break };
        if steepest(&place.1.1) <= EXACT {
            break;
        }
        let step = multiply(matrix, &place.1.1);
        let at: [f64; N] = difference(&place.0, &step);
        let found = function(&at);
        if !is_usable(&found) || steepest(&found.1) >= steepest(&place.1.1) {
            break;
        }
        let far = steepest(&step) > DIFFERENCE;
        place = (at, found);
        if far {
            inverse = hessian(&place.0, function).and_then(|matrix| inverted(&matrix));
        }
    }
    let (at, (value, gradient)) = place;
    let gradient = steepest(&gradient);
    Minimum { at, value, gradient, inverse_hessian: inverse, evaluations: 0 }
}

/// Second derivatives, as central differences of the gradient.
fn hessian<const N: usize>(
    at: &[f64; N],
    function: &mut impl FnMut(&[f64; N]) -> Slope<N>,
) -> Option<Square<N>> {
    let mut matrix = [[0.0; N]; N];
    for column in 0..N {
        let (mut ahead, mut behind) = (*at, *at);
        ahead[column] += DIFFERENCE;
        behind[column] -= DIFFERENCE;
        let (ahead, behind) = (function(&ahead), function(&behind));
        if !is_usable(&ahead) || !is_usable(&behind) {
            return None;
        }
        for (row, (ahead, behind)) in ahead.1.iter().zip(behind.1).enumerate() {
            let second = (ahead - behind) / (2.0 * DIFFERENCE);
            matrix[row][column] += 0.5 * second;
            matrix[column][row] += 0.5 * second;
        }
    }
    Some(matrix)
}

/// The inverse of a symmetric positive definite matrix, by Cholesky's decomposition.
fn inverted<const N: usize>(matrix: &Square<N>) -> Option<Square<N>> {
    let mut lower = [[0.0f64; N]; N];
    for row in 0..N {
        for column in 0..=row {
            let known: f64 = (0..column).map(|k| lower[row][k] * lower[column][k]).sum();
            let rest = matrix[row][column] - known;
            if row != column {
                lower[row][column] = rest / lower[column][column];
            } else if rest > 1e-12 * matrix[row][row].abs() && rest.is_finite() {
                lower[row][row] = rest.sqrt();
            } else {
                return None;
            }
        }
    }
    let mut inverse = [[0.0; N]; N];
    for (unit, inverse) in inverse.iter_mut().enumerate() {
        let mut solution = [0.0; N];
        for row in 0..N {
            let known: f64 = (0..row).map(|k| lower[row][k] * solution[k]).sum();
            solution[row] = (f64::from(u8::from(row == unit)) - known) / lower[row][row];
        }
        for row in (0..N).rev() {
            let known: f64 = (row + 1..N).map(|k| lower[k][row] * solution[k]).sum();
            solution[row] = (solution[row] - known) / lower[row][row];
        }
        *inverse = solution;
    }
    Some(inverse)
}

/// The BFGS formula for the inverse matrix (Nocedal & Wright, equation 6.17).
fn update<const N: usize>(
    inverse: &mut Square<N>,
    moved: &[f64; N],
    turned: &[f64; N],
    curvature: f64,
) {
    let turned_by = multiply(inverse, turned);
    let scale = (1.0 + dot(turned, &turned_by) / curvature) / curvature;
    for row in 0..N {
        for column in 0..N {
            inverse[row][column] += scale * moved[row] * moved[column]
                - (turned_by[row] * moved[column] + moved[row] * turned_by[column]) / curvature;
        }
    }
}

fn is_usable<const N: usize>((value, gradient): &Slope<N>) -> bool {
    value.is_finite() && gradient.iter().all(|it| it.is_finite())
}

fn steepest<const N: usize>(vector: &[f64; N]) -> f64 {
    vector.iter().fold(0.0, |max, it| max.max(it.abs()))
}

fn dot<const N: usize>(a: &[f64; N], b: &[f64; N]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn difference<const N: usize>(a: &[f64; N], b: &[f64; N]) -> [f64; N] {
    std::array::from_fn(|index| a[index] - b[index])
}

fn multiply<const N: usize>(matrix: &Square<N>, vector: &[f64; N]) -> [f64; N] {
    std::array::from_fn(|row| dot(&matrix[row], vector))
}

fn identity<const N: usize>(scale: f64) -> Square<N> {
    std::array::from_fn(|row| std::array::from_fn(|column| if row == column { scale } else { 0.0 }))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rosenbrock's curved valley, lowest at (1, 1).
    fn valley(at: &[f64; 2]) -> Slope<2> {
        let (off, along) = (at[1] - at[0] * at[0], 1.0 - at[0]);
        let value = 100.0 * off * off + along * along;
        (value, [-400.0 * at[0] * off - 2.0 * along, 200.0 * off])
    }

    #[test]
    fn a_curved_valley_is_followed_to_its_lowest_place() {
        let found = minimise(&[[-1.2, 1.0]], valley).unwrap();
        assert!(found.is_reached());
        assert!(found.at.iter().all(|it| (it - 1.0).abs() < 1e-9), "{found:?}");
        // The second derivatives at (1, 1) are 802, −400, 200.
        let inverse = found.inverse_hessian.unwrap();
        assert!((inverse[0][0] - 0.5).abs() < 1e-4 && (inverse[0][1] - 1.0).abs() < 1e-4);
    }

    #[test]
    fn a_start_that_leads_nowhere_is_followed_by_the_next() {
        // A hollow at 2; left of it a slope that falls for ever, but slowly.
        let slope = |at: &[f64; 1]| {
            let x = at[0];
            if x < 0.0 {
                (-0.5 * x.exp(), [-0.5 * x.exp()])
            } else {
                ((x - 2.0).powi(2) - 4.5, [2.0 * (x - 2.0)])
            }
        };
        let found = minimise(&[[-13.0], [3.0]], slope).unwrap();
        assert!((found.at[0] - 2.0).abs() < 1e-9, "{found:?}");
    }

    #[test]
    fn a_function_without_a_minimum_is_not_reached_and_one_without_value_is_nothing() {
        let slide = |at: &[f64; 1]| (-at[0], [-1.0]);
        let found = minimise(&[[0.0]], slide).unwrap();
        assert!(!found.is_reached() && found.inverse_hessian.is_none());
        assert_eq!(minimise(&[[0.0]], |_| (f64::NAN, [0.0])), None);
    }
}
