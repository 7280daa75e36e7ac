//! Which answers count.

/// Rows that count: of several answers of one customer to one survey the latest day's, of those of
/// one day the last row. Rows come back in their order.
///
/// All columns have one entry an answer. Answers whose customer is `None` are of nobody known and all
/// count.
pub fn latest_answers(survey: &[u32], customer: &[Option<u32>], day: &[i32]) -> Vec<u32> {
    let rows = survey.len().min(customer.len()).min(day.len()) as u32;
    let key = |row: u32| (survey[row as usize], customer[row as usize]);
    let mut known: Vec<u32> = (0..rows).filter(|row| key(*row).1.is_some()).collect();
    tiny_sort::stable::sort_by_key(&mut known, |row| (key(*row), day[*row as usize]));
    let of_one = known.chunk_by(|a, b| key(*a) == key(*b));
    let latest = of_one.filter_map(|same| same.last().copied());
    let nobodys = (0..rows).filter(|row| key(*row).1.is_none());
    let mut kept: Vec<u32> = latest.chain(nobodys).collect();
    kept.sort_unstable();
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_answer_a_survey_and_customer() {
        let survey = [1, 1, 1, 2, 1, 1, 1];
        let customer = [Some(7), Some(7), None, Some(7), Some(8), None, Some(8)];
        let day = [20, 10, 5, 1, 9, 5, 9];
        assert_eq!(latest_answers(&survey, &customer, &day), [0, 2, 3, 5, 6]);
        assert_eq!(latest_answers(&[], &[], &[]), [0; 0]);
    }
}
