//! The calendar periods that figures are followed by.

use model::ShopDay;
use protocol::CohortPeriod;

/// First day of the period that a day lies in.
pub fn start_of(period: CohortPeriod, day: ShopDay) -> ShopDay {
    match period {
        CohortPeriod::Week => day.monday(),
        CohortPeriod::Month => day.first_of_month(),
        CohortPeriod::Quarter => {
            let month = day.first_of_month();
            month.minus_months((month.month() - 1) % 3)
        }
    }
}

/// First day of the period after the one that begins on `start`.
pub fn next_start(period: CohortPeriod, start: ShopDay) -> ShopDay {
    match period {
        CohortPeriod::Week => start.plus_days(7),
        CohortPeriod::Month => start.plus_days(31).first_of_month(),
        // Three months have 90 to 92 days, and their next month has 30 or more.
        CohortPeriod::Quarter => start_of(period, start.plus_days(100)),
    }
}

/// First days of the periods from that of `first` to that of `last`, of more than `most` the last
/// ones; and the first day after them. Nothing if `last` lies before `first`.
pub fn periods(
    period: CohortPeriod,
    first: ShopDay,
    last: ShopDay,
    most: usize,
) -> (Vec<i32>, i32) {
    let mut starts: Vec<i32> = Vec::new();
    let mut start = start_of(period, first);
    while start <= last {
        starts.push(start.number());
        let next = next_start(period, start);
        if next <= start {
            // Beyond the days that the calendar has.
            break;
        }
        start = next;
    }
    starts.drain(..starts.len().saturating_sub(most));
    (starts, start.number())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_follow_the_calendar() {
        let day = |text| ShopDay::parse_iso(text).unwrap();
        for (period, first, last, most, expected, end) in [
            (
                CohortPeriod::Month,
                "2026-01-31",
                "2026-03-01",
                9,
                "2026-01-01 2026-02-01 2026-03-01",
                "2026-04-01",
            ),
            (
                CohortPeriod::Month,
                "2026-01-31",
                "2026-03-01",
                2,
                "2026-02-01 2026-03-01",
                "2026-04-01",
            ),
            (
                CohortPeriod::Quarter,
                "2025-12-31",
                "2026-07-01",
                9,
                "2025-10-01 2026-01-01 2026-04-01 2026-07-01",
                "2026-10-01",
            ),
            (
                CohortPeriod::Week,
                "2026-11-22",
                "2026-11-23",
                9,
                "2026-11-16 2026-11-23",
                "2026-11-30",
            ),
            (CohortPeriod::Month, "2026-01-31", "2025-12-31", 9, "", "2026-01-01"),
        ] {
            let (starts, after) = periods(period, day(first), day(last), most);
            let starts: Vec<String> =
                starts.iter().map(|it| ShopDay::from_number(*it).to_string()).collect();
            assert_eq!((starts.join(" ").as_str(), after), (expected, day(end).number()));
        }
    }
}
