//! Calendar periods as the caller cuts them: which one a day lies in, and which are over.

use std::fmt;

/// Spans up to this many days (358 years) find a day's period in a table.
const TABLE_DAYS: i64 = 1 << 17;

/// Which of several rising starts a day belongs to, in one step for the usual spans.
pub(crate) struct StartIndex<'a> {
    starts: &'a [i32],
    first: i32,
    /// Position in `starts` of every day from `first`; empty for spans too long for it.
    table: Vec<u32>,
}

impl<'a> StartIndex<'a> {
    /// For the days `first..=last`; `first` must not lie before the first of the `starts`.
    pub(crate) fn new(starts: &'a [i32], first: i32, last: i32) -> Self {
        let days = i64::from(last) - i64::from(first) + 1;
        let mut table = Vec::new();
        if (1..=TABLE_DAYS).contains(&days) {
            let mut at = position(starts, first);
            table.extend((first..=last).map(|day| {
                while starts.get(at + 1).is_some_and(|start| *start <= day) {
                    at += 1;
                }
                at as u32
            }));
        }
        Self { starts, first, table }
    }

    /// The last start that is not after the day.
    #[inline]
    pub(crate) fn of(&self, day: i32) -> usize {
        match self.table.get(day.wrapping_sub(self.first) as u32 as usize) {
            Some(at) => *at as usize,
            None => position(self.starts, day),
        }
    }
}

fn position(starts: &[i32], day: i32) -> usize {
    starts.partition_point(|start| *start <= day).saturating_sub(1)
}

/// Consecutive periods of days: weeks, months, quarters, whatever the caller cuts.
///
/// The caller owns the calendar, as in [`kpis_and_series`](crate::kpis_and_series): a period begins on its day of
/// `starts` and ends before the next; the last one ends before `end`.
pub struct Periods<'a> {
    starts: &'a [i32],
    end: i32,
    index: StartIndex<'a>,
}

impl<'a> Periods<'a> {
    /// Takes the first day of every period and the first day after the last one.
    pub fn new(starts: &'a [i32], end: i32) -> Result<Self, MalformedPeriods> {
        let ends = starts.iter().skip(1).copied().chain([end]);
        if let Some(period) = starts.iter().zip(ends).position(|(start, end)| *start >= end) {
            return Err(MalformedPeriods { period });
        }
        let first = starts.first().copied().unwrap_or(end);
        Ok(Self { starts, end, index: StartIndex::new(starts, first, end.saturating_sub(1)) })
    }

    /// How many periods there are.
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    /// First day of every period, rising.
    pub fn starts(&self) -> &'a [i32] {
        self.starts
    }

    /// The period that the day lies in, `None` before the first and after the last.
    #[inline]
    pub fn index(&self, day: i32) -> Option<usize> {
        let first = *self.starts.first()?;
        (first <= day && day < self.end).then(|| self.index.of(day))
    }

    /// The first day after the last period.
    pub fn end(&self) -> i32 {
        self.end
    }

    /// As [`index`](Self::index), of a day known to lie in some period.
    #[inline]
    pub(crate) fn index_within(&self, day: i32) -> usize {
        self.index.of(day)
    }

    /// How many periods are over at the end of the day: always the first ones.
    pub fn finished(&self, as_of: i32) -> usize {
        if self.end <= as_of.saturating_add(1) {
            return self.len();
        }
        self.starts.partition_point(|start| *start <= as_of.saturating_add(1)).saturating_sub(1)
    }
}

/// A period that would end before it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MalformedPeriods {
    /// Its position.
    pub period: usize,
}

impl fmt::Display for MalformedPeriods {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "period {} does not end after it begins", self.period)
    }
}

impl std::error::Error for MalformedPeriods {}

#[cfg(test)]
mod tests {
    use super::*;

    /// January, February and March 1970.
    const MONTHS: [i32; 3] = [0, 31, 59];

    #[test]
    fn a_day_lies_in_the_period_that_began_last() {
        let months = Periods::new(&MONTHS, 90).unwrap();
        let of = |days: [i32; 6]| days.map(|day| months.index(day));
        assert_eq!(of([-1, 0, 30, 31, 89, 90]), [None, Some(0), Some(0), Some(1), Some(2), None]);
        let ages = Periods::new(&[i32::MIN, 0, 7], i32::MAX).unwrap();
        assert_eq!([i32::MIN, -1, 6, 7].map(|day| ages.index(day)), [0, 0, 1, 2].map(Some));
    }

    #[test]
    fn a_period_is_over_on_its_last_day() {
        let months = Periods::new(&MONTHS, 90).unwrap();
        let finished = [-5, 29, 30, 58, 88, 89, i32::MAX].map(|as_of| months.finished(as_of));
        assert_eq!(finished, [0, 0, 1, 2, 2, 3, 3]);
    }

    #[test]
    fn periods_must_rise() {
        let refused = |starts: &[i32], end| Periods::new(starts, end).err().map(|e| e.period);
        assert_eq!(refused(&[0, 31, 31], 60), Some(1));
        assert_eq!(refused(&[0, 31], 31), Some(1));
        assert_eq!(refused(&[], 31), None);
    }
}
