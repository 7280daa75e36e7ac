//! Columns of times that may be missing, on either clock.

use crate::OrderTime;

/// On which clock a time was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Clock {
    /// There is no time.
    #[default]
    None,
    /// UTC.
    Instant,
    /// The shop's wall clock.
    Wall,
}

/// One time a row, or none; both columns are equally long.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TimeColumn {
    /// Seconds; 0 where there is no time.
    pub at: Vec<i64>,
    /// Whose seconds.
    pub clock: Vec<Clock>,
}

impl TimeColumn {
    /// Puts a time at the end.
    pub fn push(&mut self, time: Option<OrderTime>) {
        let (at, clock) = match time {
            None => (0, Clock::None),
            Some(OrderTime::Instant(at)) => (at, Clock::Instant),
            Some(OrderTime::Wall(at)) => (at, Clock::Wall),
        };
        self.at.push(at);
        self.clock.push(clock);
    }

    /// The time of a row.
    pub fn get(&self, row: usize) -> Option<OrderTime> {
        let at = *self.at.get(row)?;
        match self.clock.get(row)? {
            Clock::None => None,
            Clock::Instant => Some(OrderTime::Instant(at)),
            Clock::Wall => Some(OrderTime::Wall(at)),
        }
    }

    /// How many rows there are.
    pub const fn len(&self) -> usize {
        self.at.len()
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.at.is_empty()
    }

    /// The earliest and the latest time, by their seconds.
    pub fn span(&self) -> Option<(OrderTime, OrderTime)> {
        let rows = || (0..self.len()).filter(|&row| self.clock[row] != Clock::None);
        let first = rows().min_by_key(|&row| self.at[row])?;
        let last = rows().max_by_key(|&row| self.at[row])?;
        Some((self.get(first)?, self.get(last)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_come_back_on_their_clock() {
        let times = [
            None,
            Some(OrderTime::Instant(0)),
            Some(OrderTime::Wall(-5)),
            Some(OrderTime::Wall(9)),
        ];
        let mut column = TimeColumn::default();
        for time in times {
            column.push(time);
        }
        assert_eq!((0..5).map(|row| column.get(row)).collect::<Vec<_>>()[..4], times);
        assert_eq!(column.get(4), None);
        assert_eq!(column.span(), Some((OrderTime::Wall(-5), OrderTime::Wall(9))));
        assert_eq!(TimeColumn::default().span(), None);
    }
}
