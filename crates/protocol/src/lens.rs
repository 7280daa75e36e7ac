//! Through what a screen looks at the orders: date, period, comparison.

use crate::SegmentId;
use model::ShopDay;
use serde::{Deserialize, Serialize};

/// The choices that stand in the URL of every insight screen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Lens {
    /// Orders after this day do not exist. `None`: today, or the last order's day when the data
    /// end long before.
    pub as_of: Option<ShopDay>,
    /// `None`: the 90 days that end on the as-of day.
    pub period: Option<Period>,
    /// With what the period is compared.
    pub compare: Compare,
    /// Whose orders are looked at; `None`: everybody's.
    pub segment: Option<SegmentId>,
}

/// A closed interval of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Period {
    /// First day.
    pub from: ShopDay,
    /// Last day, not before the first.
    pub to: ShopDay,
}

impl Period {
    /// The period of `days` days that ends on `to`.
    pub const fn ending_on(to: ShopDay, days: i32) -> Period {
        Period { from: to.plus_days(1 - days), to }
    }

    /// How many days it has.
    pub const fn days(self) -> i32 {
        self.to.days_since(self.from) + 1
    }

    /// The equally long period just before.
    #[must_use]
    pub const fn previous(self) -> Period {
        Period::ending_on(self.from.plus_days(-1), self.days())
    }

    /// The nearest earlier period of the same weekdays that does not overlap.
    #[must_use]
    pub const fn previous_weekdays(self) -> Period {
        self.shifted(-((self.days() + 6) / 7 * 7))
    }

    const fn shifted(self, days: i32) -> Period {
        Period { from: self.from.plus_days(days), to: self.to.plus_days(days) }
    }

    /// The same dates of the year before, of as many days.
    #[must_use]
    pub fn year_before_by_date(self) -> Period {
        let from = self.from.minus_months(12);
        Period { from, to: from.plus_days(self.days() - 1) }
    }

    /// The period 52 weeks before: the same weekdays of the year before.
    #[must_use]
    pub const fn year_before(self) -> Period {
        self.shifted(-364)
    }
}

/// With what a period is compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Compare {
    /// The equally long period just before.
    #[default]
    Previous,
    /// The nearest earlier period of the same weekdays.
    PreviousWeekdays,
    /// The same weekdays a year before.
    Year,
    /// The same dates a year before.
    YearDates,
    /// Nothing.
    Off,
}

impl Compare {
    /// The period to compare `period` with.
    pub fn period(self, period: Period) -> Option<Period> {
        match self {
            Compare::Previous => Some(period.previous()),
            Compare::PreviousWeekdays => Some(period.previous_weekdays()),
            Compare::Year => Some(period.year_before()),
            Compare::YearDates => Some(period.year_before_by_date()),
            Compare::Off => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_compared_with_equally_long_ones() {
        let to = ShopDay::from_ymd(2026, 10, 31).unwrap();
        let period = Period::ending_on(to, 90);
        assert_eq!((period.from.to_string().as_str(), period.days()), ("2026-08-03", 90));
        let previous = Compare::Previous.period(period).unwrap();
        assert_eq!((previous.to.to_string().as_str(), previous.days()), ("2026-08-02", 90));
        assert_eq!(Compare::Year.period(period).unwrap().to.to_string(), "2025-11-01");
        assert_eq!(Compare::Off.period(period), None);
        for (compare, from, to) in [
            (Compare::PreviousWeekdays, "2026-05-04", "2026-08-01"),
            (Compare::YearDates, "2025-08-03", "2025-10-31"),
        ] {
            let compared = compare.period(period).unwrap();
            assert_eq!(
                (compared.from.to_string(), compared.to.to_string()),
                (from.into(), to.into())
            );
            assert_eq!(compared.days(), 90);
        }
        let weekday = |day: ShopDay| day.days_since(day.monday());
        for days in 1..20 {
            let period = Period::ending_on(to, days);
            let before = period.previous_weekdays();
            assert!(before.to < period.from && period.from.days_since(before.to) <= 7, "{days}");
            assert_eq!(weekday(before.from), weekday(period.from), "{days}");
        }
    }
}
