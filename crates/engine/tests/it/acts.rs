//! Every figure that opens a list opens one of just so many rows.

use super::{Desk, as_of, day, everyone, order, table, trade};
use protocol::{ActKind, CustomerFilter, Lens, RfmGroup};

fn desk() -> (Desk, Lens) {
    let mut desk = Desk::new();
    desk.import(&table(&trade(200)));
    (desk, as_of("2026-10-31"))
}

/// Rows and net of the list behind a filter.
fn behind(desk: &mut Desk, lens: &Lens, filter: CustomerFilter) -> (u32, i64) {
    let page = desk.list(everyone(lens, filter));
    assert_eq!(page.rows.len() as u32, page.total);
    assert_eq!(page.rows.iter().map(|row| row.net).sum::<i64>(), page.total_net);
    (page.total, page.total_net)
}

#[test]
fn acts_open_lists_of_their_length() {
    let (mut desk, lens) = desk();
    let acts = desk.today(&lens).acts;
    let kinds: Vec<ActKind> = acts.iter().map(|act| act.kind).collect();
    let with_orders = [
        ActKind::WinBackBest,
        ActKind::RescueAtRisk,
        ActKind::SecondOrder,
        ActKind::ThankChampions,
        ActKind::CallLate,
        ActKind::LiftToTier,
        ActKind::RemindExpected,
    ];
    assert!(with_orders.iter().all(|it| kinds.contains(it)), "{kinds:?}");
    assert_eq!(kinds.len(), with_orders.len(), "{kinds:?}");
    assert!(acts.is_sorted_by(|one, next| one.net >= next.net));
    for act in acts {
        let list = behind(&mut desk, &lens, act.filter());
        assert_eq!(list, (act.customers, act.net), "{:?}", act.kind);
        let page = desk.list(everyone(&lens, act.filter()));
        let mut silent: Vec<i32> = page
            .rows
            .iter()
            .map(|row| lens.as_of.unwrap().days_since(row.last_order.unwrap()))
            .collect();
        silent.sort_unstable();
        let middle = [silent[(silent.len() - 1) / 2], silent[silent.len() / 2]];
        let median = f64::from(middle[0] + middle[1]) / 2.0;
        assert_eq!(act.median_silent_days, Some(median.round() as i32));
    }
}

#[test]
fn the_slipping_customers_are_those_of_two_groups() {
    let (mut desk, lens) = desk();
    let view = desk.analyse(lens.clone()).overview;
    let slipping = CustomerFilter { slipping: true, ..CustomerFilter::default() };
    assert!(view.slipping > 0);
    assert_eq!(behind(&mut desk, &lens, slipping.clone()), (view.slipping, view.slipping_net));
    let page = desk.list(everyone(&lens, slipping));
    let of_groups = [RfmGroup::AtRisk, RfmGroup::CantLose];
    assert!(page.rows.iter().all(|row| row.group.is_some_and(|group| of_groups.contains(&group))));
    assert!(view.slipping_top.is_sorted_by(|one, next| one.net >= next.net));
    let dearest = page.rows.iter().map(|row| row.net).max();
    assert_eq!(view.slipping_top.first().map(|row| row.net), dearest);
}

#[test]
fn cells_groups_classes_and_tiers_are_partitions_that_open_their_lists() {
    let (mut desk, lens) = desk();
    let analysis = desk.analyse(lens.clone());
    let (rfm, all) = (&analysis.rfm, CustomerFilter::default());
    let mut parts = Vec::new();
    for it in &rfm.recency_frequency {
        parts.push((
            "RF",
            CustomerFilter { r: it.r, f: it.other, ..all.clone() },
            it.customers,
            it.net,
        ));
    }
    for it in &rfm.recency_monetary {
        parts.push((
            "RM",
            CustomerFilter { r: it.r, m: it.other, ..all.clone() },
            it.customers,
            it.net,
        ));
    }
    for it in &rfm.groups {
        parts.push((
            "group",
            CustomerFilter { group: Some(it.group), ..all.clone() },
            it.customers,
            it.net,
        ));
    }
    for it in &rfm.classes {
        parts.push((
            "class",
            CustomerFilter { class: Some(it.class), ..all.clone() },
            it.customers,
            it.net,
        ));
    }
    for it in &analysis.tiers.tiers {
        parts.push((
            "tier",
            CustomerFilter { tier: Some(it.tier), ..all.clone() },
            it.customers,
            it.net,
        ));
    }
    let mut sums = std::collections::BTreeMap::<&str, (u32, i64)>::new();
    for (partition, filter, customers, net) in parts {
        assert_eq!(behind(&mut desk, &lens, filter.clone()), (customers, net), "{filter:?}");
        let sum = sums.entry(partition).or_default();
        *sum = (sum.0 + customers, sum.1 + net);
    }
    assert_eq!(sums.len(), 5);
    for (partition, sum) in sums {
        assert_eq!(sum, (rfm.scored, analysis.totals.net), "{partition}");
    }
    let order: Vec<(u8, u8)> = rfm.recency_frequency.iter().map(|it| (it.r, it.other)).collect();
    assert_eq!((order.len(), order[0], order[4], order[24]), (25, (5, 1), (5, 5), (1, 5)));
}

#[test]
fn the_cuts_say_which_values_have_which_score() {
    let (mut desk, lens) = desk();
    let cuts = desk.analyse(lens.clone()).rfm.cuts;
    for row in desk.list(everyone(&lens, CustomerFilter::default())).rows {
        let [r, f, m] = row.rfm.map(|score| usize::from(score) - 1);
        let days = lens.as_of.unwrap().days_since(row.last_order.unwrap());
        for (band, value) in
            [(cuts.r[r], days.into()), (cuts.f[f], row.orders.into()), (cuts.m[m], row.net)]
        {
            let band = band.unwrap();
            assert!((band.from..=band.to).contains(&value), "{row:?}");
        }
    }
}

#[test]
fn who_comes_as_always_is_not_slipping_whoever_ranks_last() {
    let mut orders = Vec::new();
    for customer in 0..25 {
        // Each every 80 days, the last order 0 to 72 days ago.
        let last = day("2026-10-31").plus_days(-customer * 3);
        for n in 0..4 + customer % 5 {
            let at = last.plus_days(-80 * n).to_string();
            orders.push(order(format!("{customer}-{n}"), &format!("c{customer}"), &at, 50.0));
        }
    }
    let mut desk = Desk::new();
    desk.import(&table(&orders));
    let on_time = desk.analyse(as_of("2026-10-31"));
    let slips = |it: &&protocol::GroupRow| {
        matches!(it.group, RfmGroup::AtRisk | RfmGroup::CantLose) && it.customers > 0
    };
    assert!(on_time.rfm.groups.iter().any(|it| slips(&it)), "the scores alone rank");
    assert_eq!((on_time.overview.slipping, on_time.overview.slipping_net), (0, 0));
    let a_quarter_later = desk.analyse(as_of("2027-02-28"));
    assert!(a_quarter_later.overview.slipping > 0);
}
