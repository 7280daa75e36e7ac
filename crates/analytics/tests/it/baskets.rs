//! Baskets: invented ones against figures computed elsewhere, and small shops by hand.

use std::collections::BTreeMap;

use analytics::{
    Baskets, Bought, Codes, Consequents, Due, ItemsetOptions, Ladder, NextBasketOptions, Purchases,
    Reason, Recommender, Rule, RuleCounts, Shelf, Window, bought, bought_without, first_items,
    frequent_itemsets, next_basket_rules, replenishment, replenishment_due, rules, suggest_ladders,
};

const ALL: Window = Window { from: None, as_of: i32::MAX };

fn items(field: &str) -> Vec<u32> {
    field.split_whitespace().map(|item| item.parse().unwrap()).collect()
}

/// Columns of lines and baskets.
struct Lines {
    offsets: Vec<u32>,
    item: Vec<u32>,
    day: Vec<i32>,
}

impl Lines {
    fn new<'a>(baskets: impl IntoIterator<Item = (i32, &'a [u32])>) -> Self {
        let mut lines = Self { offsets: vec![0], item: Vec::new(), day: Vec::new() };
        for (day, items) in baskets {
            lines.item.extend(items);
            lines.offsets.push(lines.item.len() as u32);
            lines.day.push(day);
        }
        lines
    }

    fn baskets(&self, items: usize) -> Baskets<'_> {
        Baskets::new(&self.offsets, &self.item, &self.day, items).unwrap()
    }
}

#[test]
fn sets_and_rules_of_the_invented_baskets_agree() {
    let rows: Vec<Vec<u32>> =
        include_str!("../data/baskets.csv").lines().skip(1).map(items).collect();
    let lines = Lines::new(rows.iter().map(|row| (0, &row[..])));
    let options = ItemsetOptions { min_support: 0.01, max_len: 9, ..ItemsetOptions::default() };
    let sets = frequent_itemsets(lines.baskets(60), ALL, &options).unwrap();
    assert_eq!((sets.baskets, sets.min_count, sets.len()), (1_902, 20, 294));

    let found: BTreeMap<Vec<u32>, u32> =
        sets.iter().map(|(items, count)| (items.to_vec(), count)).collect();
    let mut expected = BTreeMap::new();
    for line in include_str!("../data/basket_itemsets.csv").lines().skip(1) {
        let (set, count) = line.split_once(',').unwrap();
        let mut set = items(set);
        set.sort_unstable();
        expected.insert(set, count.parse::<u32>().unwrap());
    }
    assert_eq!(found, expected);

    assert_eq!(rules(&sets, 0.3, Consequents::One).len(), 353);
    let any = rules(&sets, 0.3, Consequents::Any);
    assert_eq!(any.len(), 450);
    let by_sides: BTreeMap<_, _> =
        any.iter().map(|rule| ((rule.lhs.clone(), rule.rhs.clone()), rule.counts)).collect();
    for line in include_str!("../data/basket_rules.csv").lines().skip(1) {
        let fields: Vec<&str> = line.split(',').collect();
        let mut sides = (items(fields[0]), items(fields[1]));
        sides.0.sort_unstable();
        sides.1.sort_unstable();
        let it = by_sides[&sides];
        let figures = [
            it.support(),
            it.confidence(),
            it.lift(),
            it.leverage(),
            it.conviction().unwrap_or(f64::INFINITY),
        ];
        for (found, expected) in figures.iter().zip(&fields[2..]) {
            let expected: f64 = expected.parse().unwrap();
            let is_same = found.is_infinite() && expected.is_infinite();
            assert!(is_same || (found - expected).abs() < 1e-11, "{found} in {line}");
        }
    }
}

/// Pram 0, milk 1, bottle 2, toy 3. Customer 0: pram on day 0, milk on 10, 40 and 70. Customer 1:
/// pram on day 5 with milk in the same order. Customer 2: milk on day 8, pram on 20. Customer 3:
/// nothing. Customer 4: pram on day 90.
fn nursery() -> (Lines, Vec<u32>, Vec<i64>) {
    let orders: [(i32, &[u32]); 8] = [
        (0, &[0]),
        (10, &[1]),
        (40, &[1, 2]),
        (70, &[1]),
        (5, &[0, 1]),
        (8, &[1]),
        (20, &[0]),
        (90, &[0, 9]),
    ];
    (Lines::new(orders), vec![0, 4, 5, 7, 7, 8], vec![1; 8])
}

fn with_nursery<T>(look: impl Fn(Purchases<'_>, Baskets<'_>) -> T) -> T {
    let (lines, offsets, nets) = nursery();
    look(Purchases::new(&offsets, &lines.day, &nets).unwrap(), lines.baskets(4))
}

#[test]
fn what_follows_a_purchase_is_counted_by_customer() {
    let options = NextBasketOptions {
        within_days: 30,
        min_count: 1,
        min_lift: 0.0,
        ..NextBasketOptions::default()
    };
    let found =
        with_nursery(|purchases, baskets| next_basket_rules(purchases, baskets, 100, &options));
    let of = |lhs: u32, rhs: u32| {
        found.iter().find(|rule| (rule.lhs[0], rule.rhs[0]) == (lhs, rhs)).map(|rule| rule.counts)
    };
    // Three prams are 30 days old; only customer 0 bought milk after it, in a later order.
    assert_eq!(of(0, 1), Some(RuleCounts { both: 1, lhs: 3, rhs: 3, all: 4 }));
    assert_eq!(of(1, 0), Some(RuleCounts { both: 1, lhs: 3, rhs: 4, all: 4 }));
    // Milk again after 30 days, and the bottle with it.
    assert_eq!(of(1, 1).map(|it| it.both), Some(1));
    assert_eq!(of(1, 2).map(|it| it.both), Some(1));
    assert_eq!(of(0, 2), None);
    let later =
        with_nursery(|purchases, baskets| next_basket_rules(purchases, baskets, 34, &options));
    assert_eq!(later.len(), 1, "{later:?}");
    let attracting = NextBasketOptions { min_lift: 1.0, ..options };
    let few = NextBasketOptions { max_rules: 2, ..options };
    with_nursery(|purchases, baskets| {
        let found = next_basket_rules(purchases, baskets, 100, &attracting);
        assert!(found.iter().all(|rule| rule.counts.lift() >= 1.0));
        let best = next_basket_rules(purchases, baskets, 100, &few);
        assert_eq!(best, next_basket_rules(purchases, baskets, 100, &options)[..2]);
    });
    assert_eq!(later[0].counts, RuleCounts { both: 1, lhs: 1, rhs: 3, all: 3 });
}

#[test]
fn lists_exclude_who_has_the_other_item() {
    let have = with_nursery(|purchases, baskets| bought(purchases, baskets, 100));
    assert_eq!(have.buyers, [4, 3, 1, 0]);
    assert_eq!(have.customers, 4);
    let without = |lhs: &[u32], without: &[u32]| {
        with_nursery(|purchases, baskets| bought_without(purchases, baskets, 100, lhs, without))
    };
    assert_eq!(without(&[0], &[1]), [4]);
    assert_eq!(without(&[0, 1], &[2]), [1, 2]);
    assert_eq!(have.items_of(0), [0, 1, 2]);
    let firsts = with_nursery(|purchases, baskets| first_items(purchases, baskets, 80));
    assert_eq!(firsts, [0, 0, 1, Codes::UNKNOWN, Codes::UNKNOWN]);
}

#[test]
fn milk_is_due_after_its_usual_time() {
    with_nursery(|purchases, baskets| {
        let again = replenishment(purchases, baskets, 100);
        assert_eq!((again[1].buyers, again[1].repeat_buyers, again[1].gaps), (3, 1, 2));
        assert_eq!(again[1].quartile_days, Some([30, 30, 30]));
        assert_eq!(again[1].repurchase_rate(), Some(1.0 / 3.0));
        assert_eq!((again[3].repurchase_rate(), again[0].quartile_days), (None, None));
        let have = bought(purchases, baskets, 100);
        let consumable = [false, true, false, false];
        let due = |days| replenishment_due(&have, &again, &consumable, 2, days);
        let on = |customer, day| Due { customer, item: 1, day };
        assert_eq!(due((0, 40)), [on(1, 35), on(2, 38)]);
        assert_eq!(due((100, 100)), [on(0, 100)]);
        assert_eq!(replenishment_due(&have, &again, &consumable, 3, (0, 200)), []);
    });
}

fn offers(customer: usize, is_available: [bool; 4]) -> Vec<(u32, Reason)> {
    with_nursery(|purchases, baskets| {
        let have: Bought = bought(purchases, baskets, 100);
        let again = replenishment(purchases, baskets, 100);
        let counts = RuleCounts { both: 2, lhs: 3, rhs: 2, all: 4 };
        let rules = [
            Rule { lhs: vec![0], rhs: vec![2], counts },
            Rule { lhs: vec![0], rhs: vec![1], counts },
            Rule { lhs: vec![3], rhs: vec![2], counts },
        ];
        let recommender = Recommender {
            bought: &have,
            rules: &rules,
            replenishment: &again,
            shelf: Shelf {
                is_available: &is_available,
                is_consumable: &[false, true, false, false],
                category: Codes::new(&[0, 1, 1, 0], 2),
            },
            due_until: 50,
        };
        recommender.offers(customer, 3).into_iter().map(|it| (it.item, it.reason)).collect()
    })
}

#[test]
fn offers_name_their_reason_and_never_what_the_customer_has() {
    let all = [true; 4];
    // Customer 4 has the pram alone; customer 2 the pram and milk, which is due on day 38.
    assert_eq!(offers(4, all), [(1, Reason::Rule(1)), (2, Reason::Rule(0))]);
    assert_eq!(offers(2, all), [(2, Reason::Rule(0)), (1, Reason::Due(38))]);
    assert_eq!(offers(2, [true, true, false, true]), [(1, Reason::Due(38))]);
    // Milk of customer 0 is due on day 100 only, and they have all else that sells.
    assert_eq!(offers(0, all), []);
    assert_eq!(offers(3, all), []);
}

#[test]
fn the_next_rung_is_offered_to_who_has_the_lower_one_only() {
    let (columns, nets) = (
        Lines::new([(0, &[0][..]), (9, &[1]), (3, &[0]), (4, &[1]), (5, &[2]), (6, &[0])]),
        [1; 6],
    );
    let offsets = [0, 2, 3, 5, 6];
    let purchases = Purchases::new(&offsets, &columns.day, &nets).unwrap();
    let have = bought(purchases, columns.baskets(3), 100);
    let steps = Ladder { rungs: vec![0, 1, 2] }.steps(&have);
    let figures: Vec<_> = steps.iter().map(|it| (it.owners, it.climbed, it.median_days)).collect();
    assert_eq!(figures, [(3, 1, Some(9.0)), (2, 1, Some(1.0)), (1, 0, None)]);
    assert_eq!(steps[0].candidates, [1, 3]);
    assert_eq!(steps[1].candidates, [0]);
    assert_eq!(steps[2].candidates, [0; 0]);

    let ladders = suggest_ladders(Codes::new(&[0, 0, 0], 1), &[1_000, 1_240, 1_300], &have);
    assert_eq!(ladders, [Ladder { rungs: vec![0, 2] }]);
    assert_eq!(suggest_ladders(Codes::new(&[0, 1, 1], 2), &[1_000, 0, 5], &have), []);
}
