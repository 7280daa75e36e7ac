//! Three years of trade: everybody's orders, in the order of time.

use crate::{
    Language,
    basket::Taste,
    calendar::Calendar,
    habit::Habit,
    ledger::{Channel, Ledger, Sale},
    people::People,
    random::Random,
};
use model::{NO_CUSTOMER, ShopDay};

/// Another seed is another shop.
const SEED: u64 = 20_261_122;
/// Nameless sales at the counter, about one order in fifty.
const COUNTER_SALES: u32 = 270;
/// The app came a year after the shop opened; the merchant tried out both on their first day.
const APP_FROM: u32 = 365;
const TEST_DAYS: [u32; 3] = [0, 0, APP_FROM];

/// The customers and the books of a shop that has been open for three years.
pub(crate) fn three_years(last_day: ShopDay, language: Language) -> (People, Ledger) {
    let calendar = Calendar::ending(last_day, language);
    let mut random = Random::new(SEED);
    let mut sales = Vec::with_capacity(15_000);
    let mut headcount = 0;
    for (habit, count) in Habit::HEADCOUNT {
        for customer in headcount..headcount + count {
            orders_of(customer, habit, &calendar, &mut random.fork(), &mut sales);
        }
        headcount += count;
    }
    counter_sales(&calendar, &mut random.fork(), &mut sales);
    tests(&calendar, &mut random.fork(), &mut sales);
    // Stable: sales of the same second stay as they were made.
    sales.sort_by_key(|sale| sale.at);

    // Customers are numbered by their first order, as in a shop's own books.
    let mut rows = vec![NO_CUSTOMER; headcount as usize];
    let (mut people, mut ledger) = (People::new(language), Ledger::new(language));
    let (mut names, mut fates) = (random.fork(), random.fork());
    for mut sale in sales {
        if sale.customer != NO_CUSTOMER {
            let row = &mut rows[sale.customer as usize];
            if *row == NO_CUSTOMER {
                *row = people.len() as u32;
                people.add(&mut names);
            }
            sale.customer = *row;
        }
        ledger.enter(&sale, &mut fates);
    }
    (people, ledger)
}

/// All orders of one customer.
fn orders_of(
    customer: u32,
    habit: Habit,
    calendar: &Calendar,
    random: &mut Random,
    sales: &mut Vec<Sale>,
) {
    let bulk = matches!(habit, Habit::Bulk | Habit::Lapsed);
    let mut taste = Taste::of_somebody(bulk, random);
    let usual_channel = online_channel(random);
    for day in habit.order_days(calendar, random) {
        let wanted = if random.chance(0.85) { usual_channel } else { online_channel(random) };
        let early = wanted == Channel::App && day < APP_FROM;
        sales.push(Sale {
            at: calendar.moment(day, random),
            customer,
            channel: if early { Channel::Web } else { wanted },
            basket: taste.next_basket(calendar.is_gift_season(day), random),
            discount_percent: discount(calendar.is_sale(day), bulk, random),
            test: false,
        });
    }
}

fn online_channel(random: &mut Random) -> Channel {
    Channel::ONLINE[random.weighted(Channel::ONLINE.iter().map(|&(_, share)| share))].0
}

/// Percent off: in a sale mostly, with a code sometimes, for offices often.
fn discount(on_sale: bool, bulk: bool, random: &mut Random) -> i64 {
    if on_sale && random.chance(0.7) {
        20
    } else if bulk && random.chance(0.4) {
        10
    } else if random.chance(0.09) {
        *random.one_of(&[5, 10, 10, 15])
    } else {
        0
    }
}

/// Somebody walks in, pays and leaves.
fn counter_sales(calendar: &Calendar, random: &mut Random, sales: &mut Vec<Sale>) {
    for _ in 0..COUNTER_SALES {
        let day = calendar.arrival(random);
        sales.push(Sale {
            at: calendar.counter_moment(day, random),
            customer: NO_CUSTOMER,
            channel: Channel::Counter,
            basket: Taste::of_somebody(false, random)
                .next_basket(calendar.is_gift_season(day), random),
            discount_percent: 0,
            test: false,
        });
    }
}

fn tests(calendar: &Calendar, random: &mut Random, sales: &mut Vec<Sale>) {
    for day in TEST_DAYS {
        sales.push(Sale {
            at: calendar.counter_moment(day, random),
            customer: NO_CUSTOMER,
            channel: if day < APP_FROM { Channel::Web } else { Channel::App },
            basket: Taste::of_somebody(false, random).next_basket(false, random),
            discount_percent: 0,
            test: true,
        });
    }
}
