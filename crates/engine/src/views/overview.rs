//! The first screen: how the shop does, who is slipping away, what to do this week.

use super::{analysis, label, satisfied, totals::kpi_set};
use crate::computed::Computed;
use crate::shop::Shop;
use analytics::{AnonymousOrders, Kpis, NewestQuery, Series, Tier, Window, newest, sums_by_start};
use model::ShopDay;
use protocol::{KpiSet, Lens, Overview, Period, SeriesPoint, SlippingRow, Stretch};
use std::cmp::Reverse;

/// How many of the slipping customers stand on the first screen.
const SLIPPING_ROWS: usize = 6;

/// The first screen for a lens. `until` is the last day of answers and tickets, which may lie after
/// the as-of day of orders.
pub fn view(shop: &Shop, computed: &Computed, lens: &Lens, until: ShopDay) -> Overview {
    let period = analysis::period_of_amounts(shop, lens, computed.as_of);
    let compared = lens.compare.period(period);
    let before = compared.filter(|it| shop.frame.ledger.reaches_back(*it));
    let starts = bucket_starts(period);
    let Figures { now, before, repeat_series } = figures(shop, period, before, &starts);
    let slipping: Vec<u32> = computed.slipping().collect();
    let net =
        |customers: &[u32]| customers.iter().map(|&it| computed.summaries.net[it as usize]).sum();
    let is_big =
        |&&customer: &&u32| matches!(computed.tier(customer as usize), Some(Tier::Vip | Tier::Big));
    Overview {
        period,
        compared,
        now: now.0,
        stretch: Stretch::of(period),
        // Of summaries the sum is known, not which day brought what.
        series: if shop.frame.ledger.tells(period.from) { now.1 } else { Vec::new() },
        before: before.as_ref().map(|it| it.0),
        series_before: before.map(|it| it.1).unwrap_or_default(),
        first_partial: first_bucket_is_cut(period),
        last_incomplete: last_bucket_is_open(period, &starts),
        slipping: slipping.len() as u32,
        slipping_net: net(&slipping),
        slipping_big: slipping.iter().filter(is_big).count() as u32,
        slipping_top: slipping_rows(shop, computed, &slipping),
        satisfaction: satisfied::view(shop, lens, until),
        csat_series: satisfied::csat_series(shop, lens, until),
        repeat_series,
    }
}

/// First days of the chart's stretches.
pub fn bucket_starts(period: Period) -> Vec<ShopDay> {
    let mut starts = vec![period.from];
    loop {
        let last = starts[starts.len() - 1];
        let next = match Stretch::of(period) {
            Stretch::Day => last.plus_days(1),
            Stretch::Week => last.monday().plus_days(7),
            Stretch::Month => last.first_of_month().plus_days(31).first_of_month(),
        };
        if next > period.to {
            return starts;
        }
        starts.push(next);
    }
}

/// Whether the first stretch began before the period.
fn first_bucket_is_cut(period: Period) -> bool {
    let begin = match Stretch::of(period) {
        Stretch::Day => period.from,
        Stretch::Week => period.from.monday(),
        Stretch::Month => period.from.first_of_month(),
    };
    begin < period.from
}

/// Whether the last stretch goes on after the period.
fn last_bucket_is_open(period: Period, starts: &[ShopDay]) -> bool {
    let last = starts[starts.len() - 1];
    let end = match Stretch::of(period) {
        Stretch::Day => last,
        Stretch::Week => last.monday().plus_days(6),
        Stretch::Month => last.first_of_month().plus_days(31).first_of_month().plus_days(-1),
    };
    end > period.to
}

/// Key figures of a period, and orders and net by stretch.
type OfPeriod = (KpiSet, Vec<SeriesPoint>);

struct Figures {
    now: OfPeriod,
    before: Option<OfPeriod>,
    /// The repeat rate as it was at the end of each stretch, as far as the orders reach back.
    repeat_series: Vec<f64>,
}

/// The figures of a period with its stretches, and of one before it with as many.
fn figures(shop: &Shop, now: Period, before: Option<Period>, starts: &[ShopDay]) -> Figures {
    let shifted = |by: i32| -> Vec<i32> { starts.iter().map(|day| day.number() + by).collect() };
    let (own, earlier) = (shifted(0), before.map(|it| shifted(it.from.days_since(now.from))));
    let length = now.to.days_since(now.from) + 1;
    let ends = own.iter().skip(1).map(|next| next - 1).chain([now.to.number()]);
    let first_day = shop.frame.ledger.first_day().unwrap_or(i32::MAX);
    let ends: Vec<i32> = ends.filter(|end| first_day <= end - length + 1).collect();
    let (day, net) = shop.frame.ledger.anonymous();
    let query = NewestQuery {
        now: (window(now), &own),
        before: before.zip(earlier.as_deref()).map(|(it, starts)| (window(it), starts)),
        ends: &ends,
        length,
    };
    let found = newest(shop.frame.purchases(), AnonymousOrders { day, net }, query);
    Figures {
        now: of_period(shop, now, found.now),
        before: before.zip(found.before).map(|(period, it)| of_period(shop, period, it)),
        repeat_series: found.repeat_rates.into_iter().flatten().collect(),
    }
}

fn window(period: Period) -> Window {
    Window { from: Some(period.from.number()), as_of: period.to.number() }
}

/// The figures of a period as the screens take them, less what was given back without naming an order.
fn of_period(shop: &Shop, period: Period, (kpis, series): (Kpis, Series)) -> OfPeriod {
    let ledger = &shop.frame.ledger;
    let taken_back = sums_by_start(&series.starts, window(period), &ledger.documents);
    let given_back = ledger.given_back(period.from.number(), period.to.number());
    let point = |(at, &start): (usize, &i32)| SeriesPoint {
        start: ShopDay::from_number(start),
        net: series.net[at] - taken_back[at],
        orders: series.orders[at],
        anonymous: series.anonymous[at],
        aov: series.aov(at),
    };
    let points = series.starts.iter().enumerate().map(point).collect();
    (KpiSet { net: kpis.net - given_back, ..kpi_set(&kpis) }, points)
}

/// The dearest, dearest first: there is no need to sort the others.
fn dearest(computed: &Computed, customers: &[u32]) -> Vec<u32> {
    let mut found: Vec<(Reverse<i64>, u32)> = Vec::with_capacity(SLIPPING_ROWS + 1);
    for &customer in customers {
        let own = (Reverse(computed.summaries.net[customer as usize]), customer);
        if found.len() < SLIPPING_ROWS || found.last().is_some_and(|last| own < *last) {
            found.insert(found.partition_point(|it| *it < own), own);
            found.truncate(SLIPPING_ROWS);
        }
    }
    found.into_iter().map(|(_, customer)| customer).collect()
}

fn slipping_rows(shop: &Shop, computed: &Computed, customers: &[u32]) -> Vec<SlippingRow> {
    let row = |&customer: &u32| {
        let index = customer as usize;
        Some(SlippingRow {
            id: shop.frame.customers.id(&shop.frame.batches, customer),
            label: label(shop, customer),
            group: computed.group(index)?,
            silent_days: computed.silent_days(index)? as i32,
            rhythm_days: computed.rhythm_days(index),
            net: computed.summaries.net[index],
        })
    };
    dearest(computed, customers).iter().filter_map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(from: &str, to: &str) -> Period {
        Period { from: ShopDay::parse_iso(from).unwrap(), to: ShopDay::parse_iso(to).unwrap() }
    }

    #[test]
    fn the_length_of_the_period_decides_the_stretches() {
        for (from, to, count, second, cut, open) in [
            ("2026-10-25", "2026-10-31", 7, "2026-10-26", false, false),
            ("2026-08-03", "2026-10-31", 13, "2026-08-10", false, true),
            ("2026-08-04", "2026-11-01", 13, "2026-08-10", true, false),
            ("2025-01-01", "2026-10-31", 22, "2025-02-01", false, false),
            ("2025-01-15", "2026-10-30", 22, "2025-02-01", true, true),
        ] {
            let period = period(from, to);
            let starts = bucket_starts(period);
            assert_eq!(
                (starts.len(), starts[1].to_string().as_str()),
                (count, second),
                "{from} {to}"
            );
            assert_eq!(first_bucket_is_cut(period), cut, "{from} {to}");
            assert_eq!(last_bucket_is_open(period, &starts), open, "{from} {to}");
        }
    }
}
