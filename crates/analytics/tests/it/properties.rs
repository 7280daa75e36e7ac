//! What holds for every shop.

use analytics::{
    ClassCuts, DEFAULT_SHARES, Monetary, RankedSpend, Rfm, RfmOptions, Summaries, Tier, Window,
    assign_tiers, classify, group_totals, score_rfm,
};
use proptest::prelude::*;

use crate::definitions;
use crate::shop::{Shop, ranked};

/// Small values, so that ties are many, with the odd great one.
fn shops() -> impl Strategy<Value = Shop> {
    let net = prop_oneof![4 => 1..20i64, 1 => 1..1_000_000i64];
    let day = prop_oneof![4 => 0..40i32, 1 => 0..30_000i32];
    let orders = prop::collection::vec((day, net), 0..6);
    prop::collection::vec(orders, 0..60).prop_map(Shop)
}

fn windows() -> impl Strategy<Value = Window> {
    (prop::option::of(0..40i32), prop_oneof![0..60i32, Just(30_000)])
        .prop_map(|(from, as_of)| Window { from, as_of })
}

fn scored(customers: &Summaries) -> Rfm {
    score_rfm(customers, &ranked(customers), &RfmOptions::default())
}

proptest! {
    #[test]
    fn summaries_follow_the_definition(shop in shops(), window in windows()) {
        let customers = shop.summaries(window);
        for (c, orders) in shop.0.iter().enumerate() {
            let expected = definitions::in_window(orders, window);
            prop_assert_eq!((customers.orders[c], customers.net[c]), expected);
        }
        let gaps = definitions::gaps(&shop.0, window.as_of);
        let read: Vec<u32> = (0..gaps.len()).filter_map(|rank| customers.gaps.nth(rank)).collect();
        prop_assert_eq!(&read, &gaps);
        prop_assert_eq!(customers.gaps.len(), gaps.len());
        let own: u32 = (0..customers.len())
            .filter_map(|c| Some(customers.last(c)?.abs_diff(customers.first(c)?)))
            .sum();
        prop_assert_eq!(own, gaps.iter().sum::<u32>());
    }

    #[test]
    fn scores_follow_the_definition(shop in shops(), window in windows()) {
        let customers = shop.summaries(window);
        let rfm = scored(&customers);
        let [days, orders, nets] = definitions::measures(&customers);
        for c in 0..customers.len() {
            let expected = if customers.orders[c] == 0 {
                (0, 0, 0)
            } else {
                (
                    definitions::score_down(&days, i64::from(customers.recency(c).unwrap())),
                    definitions::score_up(&orders, i64::from(customers.orders[c])),
                    definitions::score_up(&nets, customers.net[c]),
                )
            };
            prop_assert_eq!((rfm.r[c], rfm.f[c], rfm.m[c]), expected);
        }
        prop_assert_eq!(rfm.scored as usize, days.len());
    }

    #[test]
    fn average_scores_compare_fractions(shop in shops()) {
        let customers = shop.all_time();
        let options = RfmOptions { monetary: Monetary::AverageOrder, ..RfmOptions::default() };
        let rfm = score_rfm(&customers, &ranked(&customers), &options);
        let buyers: Vec<usize> = (0..customers.len()).filter(|c| customers.orders[*c] > 0).collect();
        for own in &buyers {
            // net ÷ orders < net ÷ orders, multiplied out.
            let cross = |a: usize, b: usize| customers.net[a] * i64::from(customers.orders[b]);
            let less = buyers.iter().filter(|c| cross(**c, *own) < cross(*own, **c)).count();
            prop_assert_eq!(rfm.m[*own], 1 + (5 * less / buyers.len()) as u8);
        }
    }

    #[test]
    fn equal_values_score_equally_and_better_ones_never_lower(shop in shops()) {
        let customers = shop.all_time();
        let rfm = scored(&customers);
        let buyers: Vec<usize> = (0..customers.len()).filter(|c| customers.orders[*c] > 0).collect();
        for (a, b) in buyers.iter().flat_map(|a| buyers.iter().map(move |b| (*a, *b))) {
            prop_assert!(customers.last_day[a] < customers.last_day[b] || rfm.r[a] >= rfm.r[b]);
            prop_assert!(customers.orders[a] < customers.orders[b] || rfm.f[a] >= rfm.f[b]);
            prop_assert!(customers.net[a] < customers.net[b] || rfm.m[a] >= rfm.m[b]);
        }
    }

    #[test]
    fn cuts_are_the_values_that_have_the_score(shop in shops()) {
        let customers = shop.all_time();
        let rfm = scored(&customers);
        for score in 1..=5u8 {
            let nets: Vec<i64> = (0..customers.len())
                .filter(|c| rfm.m[*c] == score)
                .map(|c| customers.net[c])
                .collect();
            let band = rfm.cuts.m[usize::from(score) - 1];
            prop_assert_eq!(band.map(|band| band.min as i64), nets.iter().min().copied());
            prop_assert_eq!(band.map(|band| band.max as i64), nets.iter().max().copied());
        }
    }

    #[test]
    fn the_order_of_customers_does_not_matter(
        (shop, order) in shops().prop_flat_map(|shop| {
            let positions: Vec<usize> = (0..shop.0.len()).collect();
            (Just(shop), Just(positions).prop_shuffle())
        }),
    ) {
        let moved = Shop(order.iter().map(|c| shop.0[*c].clone()).collect());
        let (before, after) = (shop.all_time(), moved.all_time());
        let (rfm, rfm_moved) = (scored(&before), scored(&after));
        let tiers = |customers: &Summaries| {
            let spend = ranked(customers);
            assign_tiers(&spend, &customers.orders, &customers.net, &DEFAULT_SHARES)
        };
        let classes = |customers: &Summaries| {
            classify(customers, &ranked(customers), Monetary::AverageOrder, ClassCuts::Mean)
        };
        let (tiers, tiers_moved) = (tiers(&before), tiers(&after));
        let (classes, classes_moved) = (classes(&before), classes(&after));
        for (position, c) in order.into_iter().enumerate() {
            prop_assert_eq!(rfm.r[c], rfm_moved.r[position]);
            prop_assert_eq!(rfm.f[c], rfm_moved.f[position]);
            prop_assert_eq!(rfm.m[c], rfm_moved.m[position]);
            prop_assert_eq!(tiers.tier[c], tiers_moved.tier[position]);
            prop_assert_eq!(classes.class[c], classes_moved.class[position]);
        }
        prop_assert_eq!(rfm.cuts, rfm_moved.cuts);
        prop_assert_eq!(tiers.reports, tiers_moved.reports);
        prop_assert_eq!(classes.cuts, classes_moved.cuts);
    }

    #[test]
    fn every_buyer_has_one_group_and_one_class(shop in shops(), window in windows()) {
        let customers = shop.summaries(window);
        let rfm = scored(&customers);
        let classes =
            classify(&customers, &ranked(&customers), Monetary::Total, ClassCuts::Median);
        for c in 0..customers.len() {
            prop_assert_eq!(rfm.group(c).is_some(), customers.orders[c] > 0);
            prop_assert_eq!(classes.class[c].is_some(), customers.orders[c] > 0);
        }
        let totals = group_totals(&customers, &rfm);
        prop_assert_eq!(totals.iter().map(|t| t.customers).sum::<u32>(), rfm.scored);
        let net: i64 = customers.net.iter().sum();
        prop_assert_eq!(totals.iter().map(|t| t.net).sum::<i64>(), net);
    }

    #[test]
    fn tiers_are_a_partition_in_order_of_value(
        rows in prop::collection::vec((0..3u32, -5..30i64), 0..120),
        shares in prop::array::uniform4(0.0..0.5f64),
    ) {
        let (orders, value): (Vec<u32>, Vec<i64>) = rows.into_iter().unzip();
        let spend = RankedSpend::new(&orders, &value);
        let tiers = assign_tiers(&spend, &orders, &value, &shares);
        let mut previous: Option<i64> = None;
        for (tier, report) in Tier::ALL.into_iter().zip(tiers.reports) {
            let members: Vec<i64> = (0..value.len())
                .filter(|c| tiers.tier[*c] == Some(tier))
                .map(|c| value[c])
                .collect();
            prop_assert_eq!(members.len(), report.customers as usize);
            prop_assert_eq!(members.iter().sum::<i64>(), report.value);
            prop_assert_eq!(members.iter().min().copied(), report.border);
            if let (Some(higher), Some(best)) = (previous, members.iter().max()) {
                prop_assert!(higher > *best, "a value in two tiers");
            }
            previous = report.border.or(previous);
        }
        let buyers = orders.iter().filter(|orders| **orders > 0).count();
        prop_assert_eq!(tiers.tier.iter().flatten().count(), buyers);
    }

    #[test]
    fn concentration_follows_the_definition(values in prop::collection::vec(0..500i64, 1..80)) {
        let n = values.len();
        let total: i64 = values.iter().sum();
        prop_assume!(total > 0);
        let spend = RankedSpend::from_values(values.clone());
        let pareto = spend.concentration().unwrap();
        prop_assert!((0.0..=1.0).contains(&pareto.gini));
        prop_assert!((pareto.gini - definitions::gini(&values)).abs() < 1e-12);

        let count = (1..=n).find(|count| 5 * spend.sum_of_best(*count) >= 4 * total).unwrap();
        prop_assert!((pareto.share_for_80 - count as f64 / n as f64).abs() < 1e-12);
        prop_assert!(pareto.top20_share >= 0.2 - 1e-12);
        prop_assert!((pareto.top20_share - pareto.curve[20].net).abs() < 1e-12);
        for pair in pareto.curve.windows(2) {
            prop_assert!(pair[0].customers < pair[1].customers && pair[0].net <= pair[1].net);
        }
    }
}
