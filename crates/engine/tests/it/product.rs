//! The product page, and lists by product.

use super::lifecycle::{SHOPIFY, desk};
use super::{Desk, as_of, everyone};
use model::{Currency, Rate};
use protocol::{
    BasketsView, Behind, CustomerFilter, Lens, Problem, ProductView, Request, ShopEdit,
};
use std::fmt::Write as _;

fn ask(desk: &mut Desk, key: &str, lens: &Lens) -> ProductView {
    *desk.ask(Request::Product(key.to_owned(), lens.clone())).of_segments::<ProductView>().unwrap()
}

fn baskets(desk: &mut Desk, lens: &Lens) -> BasketsView {
    *desk.ask(Request::Baskets(lens.clone())).of_segments::<BasketsView>().unwrap()
}

fn listed(desk: &mut Desk, lens: &Lens, mark: Behind) -> (u32, Vec<String>) {
    let filter = CustomerFilter::behind(mark);
    let page = desk.list(everyone(lens, filter));
    (page.total, page.products)
}

fn bought(all: &[&str], without: &str) -> Behind {
    let all = all.iter().map(|it| (*it).to_owned()).collect();
    let without = Some(without.to_owned()).filter(|it| !it.is_empty());
    Behind::Bought { all, without: without.into_iter().collect() }
}

/// Orders with lines; `refunded` of the order.
fn lines(rows: &[(&str, &str, &str, &str, f64, u32, f64)]) -> String {
    let mut text = "order_id,customer_email,ordered_at,sku,product_name,price,quantity,total,refunded,status,currency\n".to_owned();
    for (number, who, at, sku, price, quantity, refunded) in rows {
        let total = price * f64::from(*quantity);
        let _ = writeln!(
            text,
            "{number},{who}@example.com,{at} 12:00:00,{sku},The {sku},{price},{quantity},{total},{refunded},paid,USD"
        );
    }
    text
}

#[test]
fn figures_of_a_product_by_hand() {
    let mut desk = Desk::new();
    desk.import(&lines(&[
        ("1", "ann", "2026-01-10", "TEA", 10.0, 2, 0.0),
        ("2", "ann", "2026-02-09", "TEA", 10.0, 1, 0.0),
        ("3", "ben", "2026-02-20", "TEA", 12.0, 1, 2.0),
        ("4", "ben", "2026-03-01", "POT", 30.0, 1, 0.0),
        ("5", "cay", "2026-03-05", "POT", 30.0, 1, 0.0),
        ("6", "cay", "2026-03-15", "CUP", 5.0, 1, 5.0),
        ("7", "dan", "2026-03-20", "CUP", 5.0, 1, 5.0),
    ]));
    let lens = as_of("2026-03-31");
    let tea = ask(&mut desk, "TEA", &lens);
    assert_eq!((tea.row.name.as_str(), tea.row.orders, tea.row.buyers), ("The TEA", 3, 2));
    assert_eq!((tea.sales, tea.quantity_milli, tea.row.price), (4_200, 4_000, 1_200));
    assert_eq!((tea.repeat_buyers, tea.row.repurchase_rate), (1, Some(0.5)));
    assert_eq!(tea.gap_quartiles, Some([30; 3]));
    assert_eq!((tea.paid_orders, tea.returned_orders), (3, 1));
    let months: Vec<_> =
        tea.months.iter().map(|it| (it.start.to_string(), it.orders, it.sales)).collect();
    let month = |start: &str, orders, sales| (start.to_owned(), orders, sales);
    assert_eq!(
        months,
        [month("2026-01-01", 1, 2_000), month("2026-02-01", 2, 2_200), month("2026-03-01", 0, 0)]
    );
    // Ann and Ben began with it, Cay with the pot. Of Ann alone the first 60 days are over.
    assert_eq!(tea.began, 2);
    let at_30 = tea.first.iter().find(|it| it.days == 30).unwrap();
    // Ann's second order came on her 31st day; Ben's on his 10th.
    assert_eq!((at_30.observed, at_30.repeat_rate), (2, Some(0.5)));
    assert_eq!(at_30.net, Some((2_000.0 + 1_000.0 + 3_000.0) / 2.0));
    let at_60 = tea.first.iter().find(|it| it.days == 60).unwrap();
    assert_eq!((at_60.observed, at_60.net), (1, Some(3_000.0)));
    // A product of which all came back.
    let cup = ask(&mut desk, "CUP", &lens);
    assert_eq!((cup.row.orders, cup.paid_orders), (0, 2));
    assert_eq!(cup.return_rate(), Some(1.0));
    assert_eq!(listed(&mut desk, &lens, bought(&["TEA"], "")).0, 2);
    let (without, names) = listed(&mut desk, &lens, bought(&["TEA"], "POT"));
    assert_eq!((without, names), (1, vec!["The TEA".to_owned(), "The POT".to_owned()]));
    assert_eq!(listed(&mut desk, &lens, bought(&["NONE"], "")).0, 0);
    let answer = desk.try_ask(Request::Product("NONE".to_owned(), lens));
    assert_eq!(answer, Err(Problem::NotFound));
}

#[test]
fn the_page_agrees_with_the_cross_sell_screen_and_the_lists() {
    let mut desk = desk(SHOPIFY);
    let lens = as_of("2026-10-31");
    let all = baskets(&mut desk, &lens);
    let mut due = 0;
    for row in &all.products {
        let page = ask(&mut desk, &row.key, &lens);
        assert_eq!(&page.row, row);
        assert_eq!(page.months.iter().map(|it| it.orders).sum::<u32>(), row.orders);
        assert_eq!(listed(&mut desk, &lens, bought(&[&row.key], "")).0, row.buyers);
        assert_eq!(listed(&mut desk, &lens, Behind::Due(row.key.clone())).0, page.due_count);
        due += page.due_count;
    }
    assert_eq!(due, all.due_count);
    let mug = ask(&mut desk, "MAT-WHK", &lens);
    let bowl = mug.with.iter().find(|it| it.key == "MAT-030").unwrap();
    assert_eq!(bowl.both, 27);
    assert!((bowl.lift - 6.111_486).abs() < 1e-6);
}

#[test]
fn sales_are_in_the_shops_currency() {
    let mut desk = Desk::new();
    let text = "order_id,customer_email,ordered_at,sku,product_name,price,quantity,total,refunded,status,currency\n\
                1,ann@example.com,2026-01-10 12:00:00,TEA,The TEA,10,2,20,0,paid,USD\n\
                2,ben@example.com,2026-01-11 12:00:00,POT,The POT,30,1,30,0,paid,USD\n\
                3,cay@example.com,2026-01-12 12:00:00,TEA,The TEA,1000,1,1000,0,paid,JPY\n\
                4,dan@example.com,2026-01-13 12:00:00,TEA,The TEA,900,1,900,900,refunded,JPY\n";
    desk.import(text);
    let lens = as_of("2026-01-31");
    let tea = ask(&mut desk, "TEA", &lens);
    // Without a rate neither the sale nor what was given back in yen is in any figure.
    assert_eq!((tea.sales, tea.paid_orders, tea.returned_orders), (2_000, 1, 0));
    let (currency, shops) = (Currency::from_code("JPY").unwrap(), Currency::USD);
    let rate = Rate::parse("0.01");
    desk.ask(Request::EditShop(ShopEdit::Rate { currency, shops, from: None, rate }));
    let tea = ask(&mut desk, "TEA", &lens);
    assert_eq!((tea.sales, tea.paid_orders, tea.returned_orders), (3_000, 3, 1));
}
