//! The sample shop is always the same, adds up, and behaves as a shop does.

use model::{NO_CUSTOMER, OrderFlags, OrderState, ShopDay, TextColumn};
use sample::{Language, SampleShop, sample_shop};
use std::{
    collections::{HashMap, HashSet},
    ops::RangeInclusive,
};
use xxhash_rust::xxh3::Xxh3;

const LANGUAGES: [Language; 2] = [Language::English, Language::Chinese];

fn day(text: &str) -> ShopDay {
    ShopDay::parse_iso(text).unwrap_or_else(|| panic!("{text} is no day"))
}

/// Shops that end in different seasons.
fn shops() -> impl Iterator<Item = SampleShop> {
    LANGUAGES.into_iter().flat_map(|language| {
        ["2026-11-22", "2026-01-02", "2028-02-29"].map(|last| sample_shop(day(last), language))
    })
}

/// A hash of every value of every table.
fn fingerprint(shop: &SampleShop) -> String {
    let mut hash = Xxh3::new();
    let SampleShop { orders, customers, products, lines, .. } = shop;
    let amounts = [&orders.at, &orders.total, &orders.refunded, &orders.discount];
    for value in amounts.into_iter().chain([&lines.quantity_milli, &lines.price]).flatten() {
        hash.update(&value.to_le_bytes());
    }
    for row in [&orders.customer, &lines.order, &lines.product].into_iter().flatten() {
        hash.update(&row.to_le_bytes());
    }
    orders.flags.iter().for_each(|flags| hash.update(&[flags.bits()]));
    (0..orders.len()).for_each(|row| hash.update(orders.channel.get(row).as_bytes()));
    customers.id.iter().for_each(|id| hash.update(&id.0.to_le_bytes()));
    let people = [&customers.email, &customers.phone, &customers.name, &customers.city];
    let texts = [&orders.number, &customers.region, &customers.country, &products.key];
    let columns = people.into_iter().chain(texts).chain([&products.name]);
    for text in columns.flat_map(TextColumn::iter) {
        hash.update(text.as_bytes());
    }
    format!("{:032x}", hash.digest128())
}

#[test]
fn the_same_day_and_language_give_the_same_shop_everywhere() {
    // Whatever changes these literals changes the sample shop of everybody who looks at one.
    for (language, expected) in [
        (Language::English, "b410ddfdf05269e263abda796d971da6"),
        (Language::Chinese, "70ef6b68861c6153d810ed66e23f3e07"),
    ] {
        let shop = sample_shop(day("2026-11-22"), language);
        assert_eq!(shop, sample_shop(day("2026-11-22"), language));
        assert_eq!(fingerprint(&shop), expected, "{language:?}");
    }
}

#[test]
fn the_tables_fit_together() {
    for SampleShop { orders, customers, products, lines, .. } in shops() {
        assert_eq!(products.key.len(), products.name.len());
        assert_eq!(customers.len(), customers.email.len());
        assert!(orders.at.is_sorted() && lines.order.is_sorted());
        assert!(lines.product.iter().all(|&row| (row as usize) < products.key.len()));
        let numbers: HashSet<&str> = orders.number.iter().collect();
        assert_eq!(numbers.len(), orders.len());
        assert_eq!(orders.number.get(0), "#10001");
        let named = orders.customer.iter().filter(|&&row| row != NO_CUSTOMER);
        assert_eq!(named.clone().max(), Some(&(customers.len() as u32 - 1)));
        assert_eq!(named.collect::<HashSet<_>>().len(), customers.len(), "all have an order");
        assert!(orders.flags.iter().all(|flags| flags.has(OrderFlags::WALL_TIME)));
        assert_eq!(customers.id.iter().collect::<HashSet<_>>().len(), customers.len());
        assert!(customers.email.iter().all(|email| email.ends_with("@example.com")));
    }
}

#[test]
fn totals_are_the_lines_less_the_discount() {
    for SampleShop { orders, lines, .. } in shops() {
        let (mut sums, mut counts) = (vec![0; orders.len()], vec![0; orders.len()]);
        for (row, &order) in lines.order.iter().enumerate() {
            assert!(lines.price[row] > 0 && lines.quantity_milli[row] > 0);
            sums[order as usize] += lines.price[row] * lines.quantity_milli[row] / 1_000;
            counts[order as usize] += 1;
        }
        for (row, sum) in sums.into_iter().enumerate() {
            assert_eq!(orders.total[row], sum - orders.discount[row], "{row}");
            assert!(orders.total[row] > 0 && orders.discount[row] >= 0);
            assert!((0..=orders.total[row]).contains(&orders.refunded[row]));
            assert!((1..=4).contains(&counts[row]), "{row}: {} lines", counts[row]);
        }
    }
}

#[test]
fn history_is_three_years_up_to_the_last_day() {
    for language in LANGUAGES {
        let last = day("2026-11-22");
        let orders = sample_shop(last, language).orders;
        let day_of = |row: usize| ShopDay::of_wall_seconds(orders.at[row]);
        assert_eq!(day_of(0).to_string(), "2023-11-23");
        assert_eq!(day_of(orders.len() - 1), last);
    }
    // Days at the end of the calendar are no reason to stop.
    for number in [i32::MIN, -1, 0, 3_000_000, i32::MAX] {
        assert!(!sample_shop(ShopDay::from_number(number), Language::English).orders.is_empty());
    }
}

#[test]
fn sizes_and_states_are_those_of_a_small_shop() {
    for SampleShop { orders, customers, products, .. } in shops() {
        let share = |count: usize| count as f64 / orders.len() as f64;
        let of_state = |state| (0..orders.len()).filter(|&row| orders.state(row) == state).count();
        let anonymous = orders.customer.iter().filter(|&&row| row == NO_CUSTOMER).count();
        assert_eq!((customers.len(), products.key.len()), (3_000, 42));
        assert!((12_000..=15_000).contains(&orders.len()), "{} orders", orders.len());
        assert_eq!(of_state(OrderState::Test), 3);
        for (name, count, expected) in [
            ("refunded", of_state(OrderState::FullyRefunded), 0.015..=0.035),
            ("partly refunded", of_state(OrderState::PartiallyRefunded), 0.012..=0.028),
            ("cancelled", of_state(OrderState::Cancelled), 0.012..=0.028),
            ("unpaid", of_state(OrderState::Unpaid), 0.005..=0.015),
            ("anonymous", anonymous, 0.01..=0.03),
            ("discounted", orders.discount.iter().filter(|&&off| off > 0).count(), 0.05..=0.35),
        ] as [(&str, usize, RangeInclusive<f64>); 6]
        {
            assert!(expected.contains(&share(count)), "{name}: {:.4}", share(count));
        }
    }
}

/// What a customer is to the figures.
#[derive(Clone, Copy, Default)]
struct Buyer {
    orders: u32,
    net: i64,
    /// Of the last valid order.
    at: i64,
}

/// Customers with a valid order.
fn buyers(shop: &SampleShop) -> Vec<Buyer> {
    let mut buyers = vec![Buyer::default(); shop.customers.len()];
    let orders = &shop.orders;
    let counts = |&row: &usize| orders.state(row).counts() && orders.customer[row] != NO_CUSTOMER;
    for row in (0..orders.len()).filter(counts) {
        let buyer = &mut buyers[orders.customer[row] as usize];
        buyer.orders += 1;
        buyer.net += orders.net(row);
        buyer.at = orders.at[row];
    }
    buyers.retain(|buyer| buyer.orders > 0);
    buyers
}

#[test]
fn a_fifth_of_the_customers_brings_most_of_the_money() {
    for shop in shops() {
        let mut nets: Vec<i64> = buyers(&shop).iter().map(|buyer| buyer.net).collect();
        nets.sort_unstable_by_key(|&net| -net);
        let top: i64 = nets[..nets.len() / 5].iter().sum();
        let share = top as f64 / nets.iter().sum::<i64>() as f64;
        assert!((0.6..=0.8).contains(&share), "{share}");
    }
}

#[test]
fn good_customers_have_gone_silent_and_new_ones_have_come() {
    for shop in shops() {
        let mut buyers = buyers(&shop);
        let fifth = buyers.len() / 5;
        buyers.sort_by_key(|buyer| -buyer.net);
        let rich = buyers[2 * fifth].net;
        buyers.sort_by_key(|buyer| buyer.at);
        let good =
            |of: &[Buyer]| of.iter().filter(|buyer| buyer.net >= rich && buyer.orders >= 4).count();
        // The two fifths that have been silent for longest: cannot lose, at risk.
        let (longest, longer) = (good(&buyers[..fifth]), good(&buyers[fifth..2 * fifth]));
        assert!(longest >= 15, "{longest}");
        assert!(longer >= 15, "{longer}");
        let last_60_days = shop.orders.at[shop.orders.len() - 1] - 60 * 86_400;
        let fresh = buyers.iter().filter(|buyer| buyer.at > last_60_days && buyer.orders == 1);
        assert!(fresh.clone().count() >= 100, "{}", fresh.count());
        let repeat = buyers.iter().filter(|buyer| buyer.orders >= 2).count();
        let repeat_rate = repeat as f64 / buyers.len() as f64;
        assert!((0.3..=0.65).contains(&repeat_rate), "{repeat_rate}");
    }
}

#[test]
fn november_and_december_are_the_best_months() {
    for language in LANGUAGES {
        let orders = sample_shop(day("2026-12-31"), language).orders;
        let mut months = [0; 12];
        for &at in &orders.at {
            months[ShopDay::of_wall_seconds(at).month() as usize - 1] += 1;
        }
        let best_other = months[..10].iter().max().unwrap();
        assert!(months[10] > *best_other && months[11] > *best_other, "{months:?}");
    }
}

#[test]
fn what_belongs_together_is_bought_together() {
    for shop in shops() {
        let orders = shop.orders.len() as f64;
        let mut with: HashMap<&str, HashSet<u32>> = HashMap::new();
        for (&order, &product) in shop.lines.order.iter().zip(&shop.lines.product) {
            with.entry(shop.products.key.get(product as usize)).or_default().insert(order);
        }
        for (one, other) in [
            ("POT-STONE", "INFUSER"),
            ("POT-STONE", "CUP-2"),
            ("MAT-WHISK", "MAT-030"),
            ("KETTLE", "FILTER-3"),
            ("GIFT-CARD", "GIFT-BOX"),
        ] {
            let both = with[one].intersection(&with[other]).count() as f64;
            let lift = both * orders / (with[one].len() as f64 * with[other].len() as f64);
            assert!(lift > 3.0, "{one} and {other}: {lift}");
        }
    }
}

#[test]
fn the_shops_facts_fit_its_language() {
    for (language, currency, zone, country) in [
        (Language::English, "USD", "America/New_York", "US"),
        (Language::Chinese, "CNY", "Asia/Shanghai", "CN"),
    ] {
        let shop = sample_shop(day("2026-11-22"), language);
        let profile = &shop.profile;
        assert_eq!(profile.currency.code(), currency);
        assert_eq!((profile.time_zone.as_str(), profile.country.as_str()), (zone, country));
        // A shop that counts in another currency shows the sample in it.
        assert_eq!(shop.orders.currencies, [None]);
        let chinese = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        for texts in [&shop.products.name, &shop.customers.name, &shop.customers.city] {
            let expected = language == Language::Chinese;
            assert!(texts.iter().all(|text| chinese(text) == expected), "{language:?}");
        }
    }
}
