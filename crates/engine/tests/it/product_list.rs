//! The list of all products: each figure is that of the product's own page.

use super::lifecycle::{SHOPIFY, desk};
use super::{Desk, as_of};
use protocol::{Lens, ProductView, ProductsView, Request};
use std::fmt::Write as _;

fn products(desk: &mut Desk, lens: &Lens) -> ProductsView {
    *desk.ask(Request::Products(lens.clone())).of_segments::<ProductsView>().unwrap()
}

fn page(desk: &mut Desk, key: &str, lens: &Lens) -> ProductView {
    *desk.ask(Request::Product(key.to_owned(), lens.clone())).of_segments::<ProductView>().unwrap()
}

fn agrees_with_the_pages(desk: &mut Desk, lens: &Lens) {
    let list = products(desk, lens);
    assert!(list.count > 3 && list.products.len() == list.count as usize);
    assert!(list.products.is_sorted_by(|a, b| a.row.buyers >= b.row.buyers));
    for it in &list.products {
        let page = page(desk, &it.row.key, lens);
        assert_eq!(it.row, page.row);
        let figures = (it.sales, it.paid_orders, it.returned_orders, it.due_next_30);
        let expected = (page.sales, page.paid_orders, page.returned_orders, page.due_next_30);
        assert_eq!(figures, expected, "{}", it.row.key);
        let first = page.first.iter().find(|it| it.days == 90).unwrap();
        assert_eq!((it.began_observed, it.first_90), (first.observed, first.net), "{}", it.row.key);
    }
}

#[test]
fn the_list_agrees_with_every_page() {
    let mut shopify = desk(SHOPIFY);
    agrees_with_the_pages(&mut shopify, &Lens::default());
    let mut sample = Desk::new();
    sample.ask(Request::LoadSample { chinese: false });
    agrees_with_the_pages(&mut sample, &as_of("2026-06-30"));
}

#[test]
fn a_product_with_all_returns_shows_all_and_the_usual_is_everybodys() {
    let mut desk = Desk::new();
    desk.import(
        "order_id,customer_email,ordered_at,total,refunded,currency,status,sku,product_name,quantity,price\n\
         1,a@example.com,2026-01-05,30.00,0.00,USD,paid,TEA,Tea,1,30.00\n\
         2,a@example.com,2026-02-05,50.00,0.00,USD,paid,POT,Pot,1,50.00\n\
         3,b@example.com,2026-01-06,20.00,20.00,USD,refunded,CUP,Cup,1,20.00\n\
         4,b@example.com,2026-01-07,10.00,0.00,USD,paid,POT,Pot,1,10.00\n",
    );
    let list = products(&mut desk, &as_of("2026-12-31"));
    let of = |key: &str| list.products.iter().find(|it| it.row.key == key).unwrap();
    assert_eq!((of("CUP").return_rate(), of("CUP").row.buyers), (Some(1.0), 0));
    assert_eq!((of("TEA").first_90, of("TEA").began_observed), (Some(8_000.0), 1));
    assert_eq!((of("POT").first_90, of("POT").row.buyers), (Some(1_000.0), 2));
    assert_eq!(list.usual_first_90, Some(4_500.0));
    // Nobody has reached ninety days yet.
    let early = products(&mut desk, &as_of("2026-02-28"));
    assert_eq!(early.usual_first_90, None);
}

#[test]
fn without_lines_there_are_no_products() {
    let mut desk = Desk::new();
    assert_eq!(products(&mut desk, &Lens::default()).count, 0);
}

#[test]
fn of_very_many_products_those_with_most_buyers_are_listed_and_all_are_counted() {
    let mut file = "order_id,customer_email,ordered_at,total,currency,status,sku,product_name,quantity,price\n"
        .to_owned();
    for product in 0..2_050 {
        let buyers = if product < 2_000 { 2 } else { 1 };
        for buyer in 0..buyers {
            let _ = writeln!(
                file,
                "{product}-{buyer},c{buyer}@example.com,2026-01-05,5.00,USD,paid,S{product},No {product},1,5.00"
            );
        }
    }
    let mut desk = Desk::new();
    desk.import(&file);
    let list = products(&mut desk, &as_of("2026-10-31"));
    assert_eq!((list.count, list.products.len()), (2_050, 2_000));
    assert!(list.products.iter().all(|it| it.row.buyers == 2));
}
