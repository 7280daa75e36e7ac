//! From a value to a score of 1 to 5 by four steps, and what values each score took.

/// The least and the greatest value that has a score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Band<T> {
    /// Least value.
    pub min: T,
    /// Greatest value.
    pub max: T,
}

/// The bands of the scores 1 to 5; `None` for a score that nobody has.
pub type Bands<T> = [Option<Band<T>>; 5];

/// The steps to the scores 2, 3, 4 and 5. A score is 1 + the number of steps passed, so that
/// equal values always score equally.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Steps<T> {
    /// Passed by values not above the step (recency: fewer days are better).
    AtMost([T; 4]),
    /// Passed by values not below the step.
    AtLeast([T; 4]),
    /// Passed by values above the step.
    Above([T; 4]),
}

impl<T: PartialOrd + Copy> Steps<T> {
    #[inline]
    pub(crate) fn score(&self, value: T) -> u8 {
        let passed = |steps: &[T; 4], pass: fn(&T, &T) -> bool| {
            steps.iter().map(|step| u8::from(pass(&value, step))).sum::<u8>()
        };
        1 + match self {
            Self::AtMost(steps) => passed(steps, T::le),
            Self::AtLeast(steps) => passed(steps, T::ge),
            Self::Above(steps) => passed(steps, T::gt),
        }
    }

    /// Scores a column (0 where there is no value) and gathers the band of each score.
    pub(crate) fn score_all(&self, values: impl Iterator<Item = Option<T>>) -> (Vec<u8>, Bands<T>) {
        let mut bands = [None; 5];
        let scores = values
            .map(|value| {
                value.map_or(0, |value| {
                    let score = self.score(value);
                    widen(&mut bands[usize::from(score - 1)], value);
                    score
                })
            })
            .collect();
        (scores, bands)
    }
}

#[inline]
fn widen<T: PartialOrd + Copy>(band: &mut Option<Band<T>>, value: T) {
    match band {
        None => *band = Some(Band { min: value, max: value }),
        Some(band) => {
            if value < band.min {
                band.min = value;
            }
            if value > band.max {
                band.max = value;
            }
        }
    }
}

/// Where more is better: 1 + ⌊5 · (number with a strictly smaller value) ÷ n⌋.
///
/// At least `k` of `n` values are smaller than `v` exactly when `v` is above the `k`-th smallest,
/// so the four values of rank ⌈s·n÷5⌉ decide. `nth` gives the value of an ascending rank from 0.
pub(crate) fn quintiles_up<T: Default>(n: usize, nth: impl Fn(usize) -> Option<T>) -> Steps<T> {
    Steps::Above([1, 2, 3, 4].map(|fifth| {
        let rank = (fifth * n).div_ceil(5);
        rank.checked_sub(1).and_then(&nth).unwrap_or_default()
    }))
}

/// Where less is better: ⌈5 · (number with an equal or greater value) ÷ n⌉.
///
/// More than ⌊s·n÷5⌋ of `n` values are equal or greater than `v` exactly when `v` is not above the
/// value at that rank from the top.
pub(crate) fn quintiles_down<T: Default>(n: usize, nth: impl Fn(usize) -> Option<T>) -> Steps<T> {
    Steps::AtMost([1, 2, 3, 4].map(|fifth| {
        let rank_from_top = fifth * n / 5;
        n.checked_sub(rank_from_top + 1).and_then(&nth).unwrap_or_default()
    }))
}
