//! Orders in other currencies count at the rates that a person gives.

use super::{Desk, Order, as_of, day, order, searched, table};
use model::{Currency, DatedRate, OrderState, Rate, Rates};
use protocol::{
    BasketsView, CurrencyRates, CustomerView, Field, Problem, Request, Response, ShopEdit,
};

fn currency(code: &str) -> Currency {
    Currency::from_code(code).unwrap()
}

fn of(code: &'static str, number: u32, at: &str, total: f64) -> Order {
    Order { currency: code, ..order(number, "ben", at, total) }
}

fn rates(text: &str) -> Rates {
    Rates::parse(text).unwrap()
}

/// Says what a rate is from a day on, or that there is none.
fn say(desk: &mut Desk, code: &str, from: Option<&str>, rate: Option<&str>) {
    let (currency, from) = (currency(code), from.map(day));
    let rate = rate.map(|it| Rate::parse(it).unwrap());
    let shops = desk.shop().profile.currency;
    desk.ask(Request::EditShop(ShopEdit::Rate { currency, shops, from, rate }));
}

/// The rates of a currency as they stand.
fn standing(desk: &mut Desk, code: &str) -> Rates {
    let all = desk.shop().rates;
    let of = all.into_iter().find(|it| it.currency == currency(code));
    of.map(|it| it.rates).unwrap_or_default()
}

/// Says one by one what makes these all the rates of a currency.
fn give(desk: &mut Desk, code: &str, text: &str) {
    let iso = |from: Option<model::ShopDay>| from.map(|it| it.to_string());
    for old in standing(desk, code).list() {
        say(desk, code, iso(old.from).as_deref(), None);
    }
    for new in rates(text).list() {
        say(desk, code, iso(new.from).as_deref(), Some(&new.rate.to_string()));
    }
}

/// Net in cents, valid orders, and what stands apart by currency.
fn sums(desk: &mut Desk) -> (i64, u32, Vec<(&'static str, u32)>) {
    let it = desk.figures();
    let apart = it.other_currencies.iter().map(|(code, orders)| (code.code(), *orders));
    (it.totals.net, it.totals.valid_orders, apart.collect())
}

/// Three orders in dollars, two in euros, two in yen.
fn desk() -> Desk {
    let mut desk = Desk::new();
    desk.import(&table(&[
        order(1, "ann", "2026-10-01", 10.0),
        order(2, "ann", "2026-10-05", 20.0),
        order(3, "ben", "2026-10-06", 30.0),
        of("EUR", 4, "2026-10-02", 100.05),
        of("EUR", 5, "2026-10-20", 200.0),
        of("JPY", 6, "2026-10-03", 1_500.0),
        Order { refunded: 500.0, ..of("JPY", 7, "2026-10-04", 2_001.0) },
    ]));
    desk
}

#[test]
fn with_a_rate_the_orders_count_and_without_one_they_stay_out() {
    let mut desk = desk();
    let without = (6_000, 3, vec![("EUR", 2), ("JPY", 2)]);
    assert_eq!(sums(&mut desk), without);
    give(&mut desk, "EUR", "1.1");
    // 100.05 euros are 110.055 dollars: half a cent goes up. Then 220.00.
    let euros = 6_000 + 11_006 + 22_000;
    assert_eq!(sums(&mut desk), (euros, 5, vec![("JPY", 2)]));
    give(&mut desk, "JPY", "0.00671");
    // 1,500 yen are 10.065, 2,001 are 13.42671, of which 500, 3.355, went back.
    let all = euros + 1_007 + (1_343 - 336);
    for _ in 0..2 {
        assert_eq!(sums(&mut desk), (all, 7, vec![]));
        let totals = desk.figures().totals;
        assert_eq!((totals.gross - totals.refunds, totals.refunds), (all, 336));
        desk = desk.reopened();
    }
    give(&mut desk, "EUR", "1.2");
    assert_eq!(sums(&mut desk).0, all - 11_006 - 22_000 + 12_006 + 24_000);
    for code in ["EUR", "JPY"] {
        give(&mut desk, code, "");
    }
    assert_eq!(sums(&mut desk), without);
}

#[test]
fn each_order_counts_at_the_rate_of_its_day() {
    let mut desk = desk();
    give(&mut desk, "EUR", "1.5@2026-10-20");
    assert_eq!(sums(&mut desk), (6_000 + 30_000, 4, vec![("EUR", 1), ("JPY", 2)]));
    give(&mut desk, "EUR", "1 1.5@2026-10-20 9@2026-10-21");
    assert_eq!(sums(&mut desk).0, 6_000 + 10_005 + 30_000);
    // What a day knows of is exchanged, no more.
    assert_eq!(desk.analyse(as_of("2026-10-10")).totals.net, 6_000 + 10_005);
    let shop = desk.shop();
    let euro = CurrencyRates {
        currency: currency("EUR"),
        rates: rates("1 1.5@2026-10-20 9@2026-10-21"),
        exchanged: 2,
        apart: 0,
    };
    let yen = CurrencyRates { currency: currency("JPY"), rates: rates(""), exchanged: 0, apart: 2 };
    assert_eq!(shop.rates, [euro, yen]);
    let report: serde_json::Value = serde_json::from_slice(&desk.report()).unwrap();
    let told = &report["rates"][1];
    let parts = ["currency", "rate", "from"].map(|it| told[it].as_str().unwrap());
    assert_eq!(parts, ["EUR", "1.5", "2026-10-20"]);
}

#[test]
fn a_rate_leads_into_the_currency_that_it_was_given_for() {
    let mut desk = desk();
    give(&mut desk, "EUR", "1.1");
    desk.ask(Request::EditShop(ShopEdit::Currency(Some(currency("JPY")))));
    assert_eq!(sums(&mut desk), (3_001, 2, vec![("EUR", 2), ("USD", 3)]));
    give(&mut desk, "USD", "149.5");
    // 10, 20 and 30 dollars in whole yen.
    assert_eq!(sums(&mut desk).0, 3_001 + 1_495 + 2_990 + 4_485);
    desk.ask(Request::EditShop(ShopEdit::Currency(Some(Currency::USD))));
    assert_eq!(sums(&mut desk).0, 6_000 + 11_006 + 22_000);
    let (currency, shops) = (Currency::USD, Currency::USD);
    let own = ShopEdit::Rate { currency, shops, from: None, rate: Rate::parse("2") };
    assert_eq!(desk.try_ask(Request::EditShop(own)), Err(Problem::Invalid(Field::Rates)));
}

#[test]
fn a_rate_is_said_for_one_day_and_those_of_others_stay() {
    let mut desk = desk();
    // Whoever says it need not know of the others, nor does one who puts an earlier word back.
    let said = [
        (Some("2026-10-20"), Some("1.5"), "1.5@2026-10-20"),
        (None, Some("1.1"), "1.1 1.5@2026-10-20"),
        (Some("2026-10-25"), Some("1.7"), "1.1 1.5@2026-10-20 1.7@2026-10-25"),
        (Some("2026-10-20"), None, "1.1 1.7@2026-10-25"),
        (Some("2026-10-20"), None, "1.1 1.7@2026-10-25"),
        (None, Some("1.2"), "1.2 1.7@2026-10-25"),
        (None, None, "1.7@2026-10-25"),
        (Some("2026-10-25"), None, ""),
    ];
    for (from, rate, stand) in said {
        say(&mut desk, "EUR", from, rate);
        assert_eq!(standing(&mut desk, "EUR"), rates(stand), "{from:?} {rate:?}");
    }
    // Rates into another currency are others.
    give(&mut desk, "EUR", "1.1");
    desk.ask(Request::EditShop(ShopEdit::Currency(Some(currency("JPY")))));
    say(&mut desk, "EUR", Some("2026-10-20"), Some("160"));
    desk.ask(Request::EditShop(ShopEdit::Currency(Some(Currency::USD))));
    assert_eq!(standing(&mut desk.reopened(), "EUR"), rates("1.1"));
}

#[test]
fn the_customers_page_and_its_orders_agree_with_the_ledger() {
    let mut desk = desk();
    give(&mut desk, "EUR", "1.1");
    let ben = desk.list(searched("ben")).rows[0].id;
    let view = |desk: &mut Desk| -> CustomerView {
        match desk.ask(Request::Customer(ben, as_of("2026-10-31"))) {
            Response::Customer(view) => *view,
            other => panic!("{other:?}"),
        }
    };
    let shown = view(&mut desk);
    assert_eq!((shown.gross, shown.given_back, shown.row.net), (36_006, 0, 36_006));
    let told: Vec<_> = shown.orders.iter().map(|it| (it.number.as_str(), it.in_shops)).collect();
    assert_eq!(
        told,
        [
            ("5", Some((22_000, 0))),
            ("3", Some((3_000, 0))),
            ("7", None),
            ("6", None),
            ("4", Some((11_006, 0))),
        ]
    );
    // The order itself is told as it was.
    let euro = shown.orders.last().unwrap();
    assert_eq!((euro.total, euro.currency.code(), euro.state), (10_005, "EUR", OrderState::Paid));
    give(&mut desk, "JPY", "0.01");
    let shown = view(&mut desk);
    assert_eq!(shown.gross - shown.row.net, 500);
}

#[test]
fn a_refund_without_an_order_and_prices_of_lines_are_exchanged_too() {
    let mut desk = Desk::new();
    desk.import(
        "order_id,customer_email,ordered_at,product,quantity,price,total,currency\n\
         1,ann@example.com,2026-10-01,Bowl,2,5.00,10.00,USD\n\
         2,ann@example.com,2026-10-02,Bowl,1,4.00,4.00,EUR\n",
    );
    let price = |desk: &mut Desk| -> i64 {
        let view = desk.ask(Request::Baskets(as_of("2026-10-31"))).of_segments::<BasketsView>();
        view.unwrap().products.iter().find(|it| it.name == "Bowl").unwrap().price
    };
    assert_eq!((sums(&mut desk).0, price(&mut desk)), (1_000, 500));
    give(&mut desk, "EUR", "1.5");
    assert_eq!((sums(&mut desk).0, price(&mut desk)), (1_000 + 600, 600));
    desk.import(&table(&[order(4, "cleo", "2026-10-03", 5.0), of("EUR", 1, "2026-10-03", -1.0)]));
    assert_eq!(sums(&mut desk).0, 1_500 + 600 - 150);
    give(&mut desk, "EUR", "");
    assert_eq!(sums(&mut desk), (1_500, 2, vec![("EUR", 1)]));
}

#[test]
fn a_rate_of_the_same_day_takes_the_place_of_the_other() {
    let known = rates("1.1 1.2@2026-10-01");
    let new = DatedRate { from: Some(day("2026-10-01")), rate: Rate::parse("1.3").unwrap() };
    assert_eq!(known.with(new), rates("1.1 1.3@2026-10-01"));
}
