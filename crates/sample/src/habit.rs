//! When a customer comes back, and when no more.

use crate::{
    calendar::{Calendar, HISTORY_DAYS},
    random::Random,
};

const LAST_DAY: u32 = HISTORY_DAYS - 1;

/// How a customer buys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Habit {
    /// Now and then, in season, until interest fades: the story of the Pareto/NBD model. Both the
    /// rate of orders and the rate of leaving are gamma distributed among customers.
    Occasional,
    /// At an own steady rhythm, like a subscription.
    Regular,
    /// Offices and hotels: large orders, faithful to this day.
    Bulk,
    /// Bought much and often, then went silent.
    Lapsed,
    /// Came in the last two months, once so far.
    Fresh,
}

impl Habit {
    /// How many customers have each habit: 3,000 together.
    pub(crate) const HEADCOUNT: [(Habit, u32); 5] = [
        (Habit::Occasional, 2_560),
        (Habit::Regular, 270),
        (Habit::Bulk, 25),
        (Habit::Lapsed, 50),
        (Habit::Fresh, 95),
    ];

    /// The days of one customer's orders, ascending; at least one.
    pub(crate) fn order_days(self, calendar: &Calendar, random: &mut Random) -> Vec<u32> {
        match self {
            Habit::Occasional => occasional(calendar, random),
            Habit::Regular => {
                let first = calendar.arrival(random);
                let gap = *random.one_of(&[21, 28, 30, 35, 42, 45, 60, 90]);
                Rhythm { gap, leaving: 0.035, until: LAST_DAY }.order_days(first, random)
            }
            Habit::Bulk => {
                let (first, gap) = (random.between(5, 500), random.between(24, 48));
                Rhythm { gap, leaving: 0.0, until: LAST_DAY }.order_days(first, random)
            }
            Habit::Lapsed => {
                let (first, gap) = (random.between(0, 260), random.between(18, 45));
                let until = LAST_DAY - random.between(75, 620);
                Rhythm { gap, leaving: 0.0, until }.order_days(first, random)
            }
            Habit::Fresh => vec![LAST_DAY - random.below(60)],
        }
    }
}

/// Orders a day while interested: gamma with this shape and mean.
const ORDER_RATE: (f64, f64) = (1.0, 0.0095);
/// Chance a day to lose interest: gamma with this shape and mean.
const LEAVING_RATE: (f64, f64) = (0.7, 0.0042);

fn occasional(calendar: &Calendar, random: &mut Random) -> Vec<u32> {
    let first = calendar.arrival(random);
    let rate = random.gamma(ORDER_RATE.0, ORDER_RATE.1);
    let leaving = random.gamma(LEAVING_RATE.0, LEAVING_RATE.1);
    let stays = random.exponential(1.0 / leaving);
    let until = (f64::from(first) + stays).min(f64::from(LAST_DAY));
    let mut days = vec![first];
    // Wishes come at the rate of the busiest day; the season lets its share of them through.
    let mean_gap = 1.0 / (rate * calendar.peak());
    let mut day = f64::from(first) + random.exponential(mean_gap);
    while day <= until {
        if calendar.in_season(day as u32, random) {
            days.push(day as u32);
        }
        day += random.exponential(mean_gap);
    }
    days
}

/// A steady rhythm of orders.
struct Rhythm {
    /// Days from one order to the next, on average.
    gap: u32,
    /// Chance to leave after each order.
    leaving: f64,
    /// The last day on which an order may fall.
    until: u32,
}

impl Rhythm {
    fn order_days(&self, first: u32, random: &mut Random) -> Vec<u32> {
        let mut days = vec![first];
        let mut due = f64::from(first);
        while !random.chance(self.leaving) {
            // Now and then one is left out: on holiday, or still enough in the tin.
            let steps = if random.chance(0.06) { 2.0 } else { 1.0 };
            let gap = f64::from(self.gap) * (steps + 0.12 * random.normal());
            due += gap.max(2.0);
            if due > f64::from(self.until) {
                break;
            }
            days.push(due as u32);
        }
        days
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Language;
    use model::ShopDay;

    fn lives(habit: Habit) -> Vec<Vec<u32>> {
        let last = ShopDay::from_ymd(2026, 11, 22).unwrap();
        let calendar = Calendar::ending(last, Language::English);
        let mut random = Random::new(3);
        (0..400).map(|_| habit.order_days(&calendar, &mut random)).collect()
    }

    #[test]
    fn days_ascend_within_the_history() {
        for (habit, _) in Habit::HEADCOUNT {
            for days in lives(habit) {
                assert!(!days.is_empty() && days.is_sorted(), "{habit:?} {days:?}");
                assert!(days.iter().all(|&day| day <= LAST_DAY), "{habit:?} {days:?}");
            }
        }
    }

    #[test]
    fn each_habit_is_what_it_says() {
        let silence = |days: &Vec<u32>| LAST_DAY - days[days.len() - 1];
        assert!(lives(Habit::Bulk).iter().all(|days| silence(days) < 120 && days.len() > 10));
        assert!(lives(Habit::Lapsed).iter().all(|days| silence(days) >= 75 && days.len() > 5));
        assert!(lives(Habit::Fresh).iter().all(|days| silence(days) < 60 && days.len() == 1));
        let once = lives(Habit::Occasional).iter().filter(|days| days.len() == 1).count();
        assert!((150..300).contains(&once), "{once} of 400 came once");
    }
}
