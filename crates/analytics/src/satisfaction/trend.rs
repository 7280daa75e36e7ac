//! Scores over time.

use super::scores::{Figure, Score, score};
use crate::Periods;

/// The score of each period's answers; `None` for a period without any.
///
/// `day` and `answers` have one entry an answer; answers outside the periods do not count.
pub fn score_trend(
    which: Score,
    periods: &Periods<'_>,
    day: &[i32],
    answers: &[Option<u8>],
) -> Vec<Option<Figure>> {
    let mut by_period: Vec<Vec<Option<u8>>> = vec![Vec::new(); periods.len()];
    for (day, answer) in day.iter().zip(answers) {
        if let Some(period) = periods.index(*day) {
            by_period[period].push(*answer);
        }
    }
    by_period.into_iter().map(|answers| score(which, answers.into_iter())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_answer_counts_in_its_period() {
        let periods = Periods::new(&[0, 10, 20], 30).unwrap();
        let day = [1, 5, 12, 12, 99];
        let answers = [Some(5), Some(1), None, Some(4), Some(1)];
        let trend = score_trend(Score::Csat, &periods, &day, &answers);
        let figures: Vec<Option<(f64, u64)>> =
            trend.iter().map(|it| it.map(|it| (it.value, it.n))).collect();
        assert_eq!(figures, [Some((0.5, 2)), Some((1.0, 1)), None]);
    }
}
