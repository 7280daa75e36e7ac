//! CSAT, NPS and CES with their intervals.

use crate::intervals::{Interval, Z95, mean_of, wilson};
use libm::sqrt;

/// A figure of fewer answers is marked.
pub const FEW_ANSWERS: u64 = 30;

/// What is asked, and what is made of the answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Score {
    /// Satisfaction: the share of 4 and 5 on 1–5.
    Csat,
    /// Net promoter score: the share of 9 and 10 less the share of 0 to 6, on 0–10.
    Nps,
    /// Customer effort: the mean on 1–7, 7 being very easy.
    Ces,
}

impl Score {
    /// The least and the greatest answer.
    pub fn scale(self) -> (u8, u8) {
        match self {
            Self::Csat => (1, 5),
            Self::Nps => (0, 10),
            Self::Ces => (1, 7),
        }
    }
}

/// A score with what it rests on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figure {
    /// The score: a share for CSAT, −1 to 1 for NPS, 1 to 7 for CES.
    pub value: f64,
    /// Answers.
    pub n: u64,
    /// Its interval of 95 %; `None` where one answer of CES says nothing about spread.
    pub interval: Option<Interval>,
    /// Whether there are fewer than [`FEW_ANSWERS`].
    pub is_small: bool,
}

/// Scores the answers; `None` without any on the scale.
///
/// Intervals: Wilson for CSAT; for NPS the adjusted Wald interval of a difference of two shares of
/// one sample, which keeps its width where all answer alike (Bonett & Price 2012); Student for CES,
/// within the scale.
pub fn score(score: Score, answers: impl Iterator<Item = Option<u8>>) -> Option<Figure> {
    let mut counts = [0_u64; 11];
    let (least, most) = score.scale();
    for answer in answers.flatten().filter(|answer| (least..=most).contains(answer)) {
        counts[usize::from(answer)] += 1;
    }
    let n: u64 = counts.iter().sum();
    let sum = |answers: std::ops::RangeInclusive<usize>| counts[answers].iter().sum::<u64>();
    let (value, interval) = match score {
        _ if n == 0 => return None,
        Score::Csat => (sum(4..=5) as f64 / n as f64, wilson(sum(4..=5), n)),
        Score::Nps => nps(sum(9..=10), sum(0..=6), n),
        Score::Ces => {
            let each = (0_u8..).zip(counts);
            let values = each.flat_map(|(answer, count)| (0..count).map(move |_| answer.into()));
            let mean = mean_of(values)?;
            (mean.mean, mean.interval.map(|it| it.within(1.0, 7.0)))
        }
    };
    Some(Figure { value, n, interval, is_small: n < FEW_ANSWERS })
}

fn nps(promoters: u64, detractors: u64, n: u64) -> (f64, Option<Interval>) {
    let value = (promoters as f64 - detractors as f64) / n as f64;
    let total = n as f64 + 2.0;
    let (up, down) = ((promoters as f64 + 1.0) / total, (detractors as f64 + 1.0) / total);
    let difference = up - down;
    let half = Z95 * sqrt((up + down - difference * difference) / total);
    (value, Some(Interval::around(difference, half).within(-1.0, 1.0)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(which: Score, answers: &[u8]) -> Figure {
        score(which, answers.iter().copied().map(Some)).unwrap()
    }

    fn close(found: Option<Interval>, low: f64, high: f64) {
        let found = found.unwrap();
        assert!((found.low - low).abs() < 5e-4 && (found.high - high).abs() < 5e-4, "{found:?}");
    }

    #[test]
    fn each_score_has_its_scale() {
        let csat = of(Score::Csat, &[5, 4, 3, 1, 5, 0, 6]);
        assert_eq!((csat.value.to_bits(), csat.n), (0.6_f64.to_bits(), 5));
        close(csat.interval, 0.2307, 0.8824);
        let nps = of(Score::Nps, &[10, 9, 8, 7, 6, 0, 11]);
        assert_eq!((nps.value.to_bits(), nps.n), (0.0_f64.to_bits(), 6));
        let ces = of(Score::Ces, &[7, 5, 6, 0]);
        assert_eq!((ces.value.to_bits(), ces.n, ces.is_small), (6.0_f64.to_bits(), 3, true));
        // 6 ± 4.3027 · 1 ÷ √3 ends at the scale.
        close(ces.interval, 3.5159, 7.0);
    }

    #[test]
    fn zero_is_an_answer_and_blank_is_not() {
        let answers = [Some(0), None, Some(10), Some(10), None];
        let nps = score(Score::Nps, answers.into_iter()).unwrap();
        assert_eq!(nps.n, 3);
        assert!((nps.value - 1.0 / 3.0).abs() < 1e-15);
        assert_eq!(score(Score::Nps, [None, Some(11)].into_iter()), None);
    }

    #[test]
    fn thirty_answers_are_enough() {
        assert!(of(Score::Csat, &[5; 29]).is_small && !of(Score::Csat, &[5; 30]).is_small);
        // All promoters: not sure to be 100 for ever.
        let all = of(Score::Nps, &[10; 10]).interval.unwrap();
        assert!(all.low < 0.95 && all.high >= 1.0, "{all:?}");
        assert_eq!(of(Score::Ces, &[4]).interval, None);
    }

    proptest! {
        #[test]
        fn intervals_stay_on_the_scale(answers in prop::collection::vec(0..12_u8, 1..60)) {
            for (which, least, most) in
                [(Score::Csat, 0.0, 1.0), (Score::Nps, -1.0, 1.0), (Score::Ces, 1.0, 7.0)]
            {
                if let Some(figure) = score(which, answers.iter().copied().map(Some)) {
                    prop_assert!((least..=most).contains(&figure.value));
                    if let Some(interval) = figure.interval {
                        prop_assert!(least <= interval.low && interval.high <= most);
                        prop_assert!(interval.low <= interval.high);
                    }
                }
            }
        }
    }
}
