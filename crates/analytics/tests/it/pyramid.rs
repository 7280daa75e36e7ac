//! Tiers: sizes, borders and ties.

use analytics::{DEFAULT_SHARES, RankedSpend, Tier, Tiers, assign_tiers};

fn tiers(values: &[i64], shares: &[f64; 4]) -> Tiers {
    let orders = vec![1; values.len()];
    assign_tiers(&RankedSpend::new(&orders, values), &orders, values, shares)
}

fn sizes(values: &[i64], shares: &[f64; 4]) -> [u32; 4] {
    tiers(values, shares).reports.map(|report| report.customers)
}

#[test]
fn sizes_are_rounded_shares_and_at_least_one_while_customers_remain() {
    let cases = [
        (200, [2, 8, 30, 160]),
        (1_000, [10, 40, 150, 800]),
        (10, [1, 1, 2, 6]),
        (4, [1, 1, 1, 1]),
        (3, [1, 1, 1, 0]),
        (1, [1, 0, 0, 0]),
        (0, [0, 0, 0, 0]),
    ];
    for (n, expected) in cases {
        let values: Vec<i64> = (1..=n).collect();
        assert_eq!(sizes(&values, &DEFAULT_SHARES), expected, "{n} customers");
    }
}

#[test]
fn one_per_cent_more_of_two_hundred_moves_two_customers() {
    let values: Vec<i64> = (1..=200).collect();
    let before = tiers(&values, &DEFAULT_SHARES);
    let after = tiers(&values, &[0.01, 0.05, 0.14, 0.80]);
    let moved = before.tier.iter().zip(&after.tier).filter(|(before, after)| before != after);
    assert_eq!(moved.count(), 2);
    assert_eq!(after.reports.map(|report| report.customers), [2, 10, 28, 160]);
}

#[test]
fn a_tie_at_a_border_goes_to_the_higher_tier() {
    // Ten customers: one VIP by size, but three share the highest value.
    let values = [9, 9, 9, 5, 4, 4, 4, 1, 1, 1];
    let tiers = tiers(&values, &DEFAULT_SHARES);
    let expected =
        [[Tier::Vip; 3].as_slice(), &[Tier::Big], &[Tier::Normal; 3], &[Tier::Small; 3]].concat();
    assert_eq!(tiers.tier, expected.into_iter().map(Some).collect::<Vec<_>>());
    assert_eq!(tiers.reports.map(|report| report.border), [Some(9), Some(5), Some(4), Some(1)]);
    assert_eq!(tiers.reports.map(|report| report.value), [27, 5, 12, 3]);
    assert_eq!(sizes(&[7; 50], &DEFAULT_SHARES), [50, 0, 0, 0]);
}

#[test]
fn customers_without_an_order_have_no_tier() {
    let (orders, value) = ([1, 0, 2], [100, 900, 300]);
    let tiers = assign_tiers(&RankedSpend::new(&orders, &value), &orders, &value, &DEFAULT_SHARES);
    assert_eq!(tiers.tier, [Some(Tier::Big), None, Some(Tier::Vip)]);
}

#[test]
fn shares_beyond_reason_still_make_a_partition() {
    let values: Vec<i64> = (1..=20).collect();
    assert_eq!(sizes(&values, &[2.0, 0.1, 0.1, 0.1]), [20, 0, 0, 0]);
    assert_eq!(sizes(&values, &[f64::NAN, -1.0, 0.0, 0.5]), [1, 1, 1, 17]);
}

#[test]
fn names_follow_the_order_of_all() {
    assert_eq!(Tier::ALL.map(Tier::name), ["VIP", "Big", "Normal", "Small"]);
    assert_eq!(Tier::ALL.map(|tier| tier as usize), [0, 1, 2, 3]);
}
