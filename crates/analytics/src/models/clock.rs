//! How days become the time that models count in.

/// Turns days into weeks: plain ones, or weeks that run faster where a shop sells more.
///
/// All models assume that a customer's rate of buying does not depend on the calendar. In a shop
/// with a season that holds in the shop's own time: a December of index 1.5 counts as one and a half
/// months. So the season stands around the models and none of them knows of it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Clock {
    /// First day of the table.
    first: i32,
    /// Weeks from the first day to the beginning of each; outside the table a day is a seventh.
    elapsed: Vec<f64>,
}

impl Clock {
    /// Weeks of seven equal days.
    pub fn plain() -> Self {
        Self::default()
    }

    /// A clock on which `pace(day)` sevenths of a week pass on each day from `first` to `last`.
    pub(crate) fn paced(first: i32, last: i32, pace: impl Fn(i32) -> f64) -> Self {
        let mut elapsed = vec![0.0];
        let mut sum = 0.0;
        // A purchase stands at the beginning of its day, so the pace of a day comes after it.
        for day in first..last {
            sum += pace(day) / 7.0;
            elapsed.push(sum);
        }
        Self { first, elapsed }
    }

    /// Weeks from one day to another: positive if `to` is later.
    pub fn weeks(&self, from: i32, to: i32) -> f64 {
        if self.elapsed.is_empty() {
            // Whole days are subtracted before they are divided: so no digit is lost.
            return (f64::from(to) - f64::from(from)) / 7.0;
        }
        self.at(to) - self.at(from)
    }

    /// Weeks from a day to `days` later, which need not be whole.
    pub(crate) fn weeks_ahead(&self, from: i32, days: f64) -> f64 {
        if self.elapsed.is_empty() {
            return days / 7.0;
        }
        let whole = libm::floor(days);
        let to = from.saturating_add(whole as i32);
        self.weeks(from, to) + (days - whole) * self.weeks(to, to.saturating_add(1))
    }

    fn at(&self, day: i32) -> f64 {
        let index = i64::from(day) - i64::from(self.first);
        let inside = index.clamp(0, self.elapsed.len() as i64 - 1);
        self.elapsed[inside as usize] + (index - inside) as f64 / 7.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paced_clock_runs_plainly_outside_its_table() {
        let clock = Clock::paced(10, 24, |day| if day < 17 { 2.0 } else { 0.5 });
        assert!((clock.weeks(10, 17) - 2.0).abs() < 1e-12);
        assert!((clock.weeks(17, 24) - 0.5).abs() < 1e-12);
        assert!((clock.weeks(3, 31) - 4.5).abs() < 1e-12);
        assert!((clock.weeks(31, 3) + 4.5).abs() < 1e-12);
        assert!((Clock::plain().weeks(3, 31) - 4.0).abs() < 1e-15);
        // Half a day more in the slow stretch.
        assert!((clock.weeks_ahead(10, 10.5) - (2.0 + 0.25)).abs() < 1e-12);
        assert!((Clock::plain().weeks_ahead(10, 10.5) - 1.5).abs() < 1e-15);
    }
}
