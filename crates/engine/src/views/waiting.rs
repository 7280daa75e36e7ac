//! How long people wait until they buy again, together and by group.

use crate::first_orders::FirstLabels;
use crate::shop::Shop;
use analytics::{
    Codes, Durations, SurvivalCurve, all_gap_durations, log_rank, next_purchase_durations,
    survival_curve,
};
use model::ShopDay;
use protocol::{
    LogRankView, NextPurchase, Waiting, WaitingBy, WaitingCurve, WaitingGroup, WaitingPoint,
};

/// So many steps of a curve are drawn at most.
const MOST_POINTS: usize = 240;
/// So many years are compared at most, the newest.
const MOST_YEARS: usize = 12;

/// The way to the second purchase, the third, the fourth, and of all purchases to the next. Groups
/// are compared on the way to the second, which everybody begins.
pub fn view(shop: &Shop, as_of: i32, by: WaitingBy) -> Vec<Waiting> {
    let purchases = shop.frame.purchases();
    let step = |until, nth| {
        let waits = next_purchase_durations(purchases, as_of, nth);
        Waiting { until, curves: vec![curve(WaitingGroup::All, &waits)], comparison: None }
    };
    let second = next_purchase_durations(purchases, as_of, 1);
    let groups = Groups::of(shop, as_of, by);
    let mut curves = vec![curve(WaitingGroup::All, &second)];
    curves.extend(groups.curves(&second));
    let any = all_gap_durations(purchases, as_of);
    vec![
        Waiting { until: NextPurchase::Second, curves, comparison: groups.compare(&second) },
        step(NextPurchase::Third, 2),
        step(NextPurchase::Fourth, 3),
        Waiting {
            until: NextPurchase::Any,
            curves: vec![curve(WaitingGroup::All, &any)],
            comparison: None,
        },
    ]
}

/// The groups of customers, and everybody's place among them.
#[derive(Default)]
struct Groups {
    names: Vec<WaitingGroup>,
    /// One entry a customer.
    codes: Vec<u32>,
}

impl Groups {
    fn of(shop: &Shop, as_of: i32, by: WaitingBy) -> Groups {
        match by {
            WaitingBy::Nothing => Groups::default(),
            WaitingBy::FirstSpend => Groups::by_first_spend(shop, as_of),
            WaitingBy::FirstYear => Groups::by_first_year(shop, as_of),
            WaitingBy::FirstChannel => Groups::by_label(FirstLabels::channels(shop, as_of)),
            WaitingBy::FirstProduct => Groups::by_label(FirstLabels::products(shop, as_of)),
        }
    }

    fn by_label(labels: FirstLabels) -> Groups {
        let mut names: Vec<WaitingGroup> =
            labels.names.into_iter().map(WaitingGroup::Label).collect();
        names.extend(labels.has_others.then_some(WaitingGroup::Others));
        Groups { names, codes: labels.codes }
    }

    fn by_first_spend(shop: &Shop, as_of: i32) -> Groups {
        let purchases = shop.frame.purchases();
        let first: Vec<Option<i64>> =
            purchases.customers_until(as_of).map(|(_, nets)| nets.first().copied()).collect();
        let mut sorted: Vec<i64> = first.iter().flatten().copied().collect();
        sorted.sort_unstable();
        let Some(&upper) = sorted.get(sorted.len() / 2) else { return Groups::default() };
        let lower = sorted[(sorted.len() - 1) / 2];
        let median = f64::midpoint(lower as f64, upper as f64);
        let code =
            |net: &Option<i64>| net.map_or(Codes::UNKNOWN, |net| u32::from(net as f64 >= median));
        let border = median.round() as i64;
        Groups {
            names: vec![WaitingGroup::SpentLess(border), WaitingGroup::SpentMore(border)],
            codes: first.iter().map(code).collect(),
        }
    }

    fn by_first_year(shop: &Shop, as_of: i32) -> Groups {
        let purchases = shop.frame.purchases();
        let year = |days: &[i32]| days.first().map(|day| ShopDay::from_number(*day).year());
        let years: Vec<Option<i32>> =
            purchases.customers_until(as_of).map(|(days, _)| year(days)).collect();
        let mut known: Vec<i32> = years.iter().flatten().copied().collect();
        known.sort_unstable();
        known.dedup();
        known.drain(..known.len().saturating_sub(MOST_YEARS));
        let code = |year: &Option<i32>| {
            let place = year.and_then(|year| known.binary_search(&year).ok());
            place.map_or(Codes::UNKNOWN, |place| place as u32)
        };
        let codes = years.iter().map(code).collect();
        Groups { names: known.into_iter().map(WaitingGroup::Year).collect(), codes }
    }

    fn code(&self, waits: &Durations, subject: usize) -> u32 {
        let customer = waits.customer[subject] as usize;
        self.codes.get(customer).copied().unwrap_or(Codes::UNKNOWN)
    }

    fn curves(&self, waits: &Durations) -> Vec<WaitingCurve> {
        let mut columns = vec![Durations::default(); self.names.len()];
        for subject in 0..waits.len() {
            if let Some(own) = columns.get_mut(self.code(waits, subject) as usize) {
                own.days.push(waits.days[subject]);
                own.is_event.push(waits.is_event[subject]);
            }
        }
        let groups = self.names.iter().cloned().zip(&columns);
        groups.map(|(group, own)| curve(group, own)).collect()
    }

    fn compare(&self, waits: &Durations) -> Option<LogRankView> {
        if self.names.len() < 2 {
            return None;
        }
        let codes: Vec<u32> = (0..waits.len()).map(|it| self.code(waits, it)).collect();
        let codes = Codes::new(&codes, self.names.len());
        let found = log_rank(&waits.days, &waits.is_event, codes)?;
        Some(LogRankView {
            chi_square: found.chi_square,
            degrees: found.degrees as u32,
            p_value: found.p_value,
        })
    }
}

fn curve(group: WaitingGroup, waits: &Durations) -> WaitingCurve {
    let curve = survival_curve(&waits.days, &waits.is_event);
    WaitingCurve {
        group,
        subjects: waits.len() as u32,
        events: curve.events.iter().sum(),
        median_days: curve.median(),
        points: thinned(&curve),
    }
}

/// Steps at equal distances, the last one among them.
fn thinned(curve: &SurvivalCurve) -> Vec<WaitingPoint> {
    let count = curve.days.len();
    let step = count.div_ceil(MOST_POINTS).max(1);
    let places = (0..count).filter(|at| at % step == 0 || at + 1 == count);
    let point = |at: usize| WaitingPoint {
        days: curve.days[at],
        waiting: curve.survival[at],
        low: curve.band[at].low,
        high: curve.band[at].high,
    };
    places.map(point).collect()
}
