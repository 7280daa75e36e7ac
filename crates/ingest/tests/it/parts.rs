//! Tables that have not all of an order: each is read for what it has.

use crate::platforms::orders;
use crate::table;
use ingest::{Refusal, WarningCode as W};
use model::{CustomerId, IdentityKey, OrderFlags, OrderState as S, Part};

const ORDERS: &str = "\
order_id,customer_id,order_status,order_purchase_timestamp,order_approved_at,order_delivered_carrier_date,order_delivered_customer_date,order_estimated_delivery_date
o1,c1,delivered,2018-01-02 08:00:00,2018-01-02 09:00:00,,,2018-02-01 00:00:00
o2,c2,unavailable,2018-01-03 08:00:00,,,,2018-02-02 00:00:00
o2,c2,unavailable,2018-01-03 08:00:00,,,,2018-02-02 00:00:00
o3,c3,shipped,2018-01-04 08:00:00,,,,2018-02-03 00:00:00
";
const ITEMS: &str = "\
order_id,order_item_id,product_id,seller_id,shipping_limit_date,price,freight_value
o1,1,p1,s1,2018-01-09 08:00:00,10.00,2.50
o1,2,p1,s1,2018-01-09 08:00:00,10.00,2.50
o3,1,p2,s2,2018-01-11 08:00:00,5.00,1.00
";
const PAYMENTS: &str = "\
order_id,payment_sequential,payment_type,payment_installments,payment_value
o1,1,voucher,1,5.00
o1,2,credit_card,3,20.75
o3,1,boleto,1,6.00
";
const CUSTOMERS: &str = "\
customer_id,customer_unique_id,customer_zip_code_prefix,customer_city,customer_state
c1,u1,01001,sao paulo,SP
c2,u2,20000,rio de janeiro,RJ
c3,u1,13010,campinas,SP
";

fn member(name: &str) -> CustomerId {
    IdentityKey::Member { platform: "olist", name }.customer_id()
}

#[test]
fn a_table_of_orders_has_days_states_and_accounts() {
    let batch = table(ORDERS);
    assert_eq!(batch.report.platform.id(), "olist/orders");
    assert_eq!(batch.report.platform.part(), Some(Part::Orders));
    let report = &batch.report;
    assert_eq!((report.orders, report.customers, report.rows, report.rows_used), (3, 0, 4, 3));
    assert_eq!(report.warned(W::DuplicateRows), 1);
    let numbers: Vec<&str> = batch.orders.number.iter().collect();
    assert_eq!(numbers, ["o1", "o2", "o3"]);
    assert!(batch.orders.flags[1].has(OrderFlags::CANCELLED));
    assert_eq!(batch.orders.total, [0, 0, 0]);
    assert_eq!(batch.customers.id, ["c1", "c2", "c3"].map(member));
    // Nothing is said of what stands in another table.
    for code in [W::NoIdentity, W::ZeroTotalOrders, W::CurrencyMissing, W::CurrencyOfPlatform] {
        assert_eq!(report.warned(code), 0, "{code:?}");
    }
    assert!(report.questions.is_empty() && report.states.iter().all(|count| *count == 0));
    assert!(report.span.is_some());
    // The shop's currency is settled by whichever table comes first.
    assert_eq!(report.currencies[0].currency.map(model::Currency::code), Some("BRL"));
}

#[test]
fn a_table_of_items_has_amounts_and_lines() {
    let batch = table(ITEMS);
    assert_eq!(batch.report.platform.id(), "olist/items");
    assert_eq!(orders(&batch), [("o1", 2_500, 0, S::Paid), ("o3", 600, 0, S::Paid)]);
    assert_eq!(batch.lines.order, [0, 0, 1]);
    assert_eq!((batch.report.orders, batch.report.customers, batch.report.span), (0, 0, None));
    for code in [W::NoIdentity, W::StatusMissing, W::NoTimeZone, W::DateWithoutTime] {
        assert_eq!(batch.report.warned(code), 0, "{code:?}");
    }
    assert_eq!(batch.report.warned(W::CurrencyOfPlatform), 2);
}

#[test]
fn a_table_of_payments_has_amounts() {
    let batch = table(PAYMENTS);
    assert_eq!(batch.report.platform.id(), "olist/payments");
    assert_eq!(orders(&batch), [("o1", 2_575, 0, S::Paid), ("o3", 600, 0, S::Paid)]);
    assert!(batch.lines.order.is_empty());
}

#[test]
fn a_table_of_customers_says_whose_accounts_are() {
    let batch = table(CUSTOMERS);
    assert_eq!(batch.report.platform.id(), "olist/accounts");
    assert_eq!((batch.report.orders, batch.report.customers), (0, 2));
    let table = &batch.customers;
    assert_eq!(table.id, ["c1", "c2", "c3"].map(member));
    assert_eq!(table.name.iter().collect::<Vec<_>>(), ["u1", "u2", "u1"]);
    assert_eq!(table.city.iter().collect::<Vec<_>>(), ["sao paulo", "rio de janeiro", "campinas"]);
    assert_eq!(batch.report.warned(W::NumbersMadeUp), 0);
}

#[test]
fn reviews_are_answers_about_orders() {
    let batch = table(
        "review_id,order_id,review_score,review_comment_title,review_comment_message,review_creation_date,review_answer_timestamp\n\
         r1,o1,5,,\"good,\nand quick\",2018-01-18 00:00:00,2018-01-18 21:46:59\n\
         r2,o3,1,late,,2018-03-10 00:00:00,2018-03-11 03:05:13\n",
    );
    assert_eq!((batch.report.platform.id(), batch.report.kind.code()), ("olist", "responses"));
    let answers = &batch.people.responses;
    assert_eq!(answers.overall, [Some(5), Some(1)]);
    assert_eq!(answers.order.iter().collect::<Vec<_>>(), ["o1", "o3"]);
    assert_eq!(answers.comment.iter().collect::<Vec<_>>(), ["good,\nand quick", ""]);
}

#[test]
fn tables_that_no_figure_needs_and_some_joined_are_refused_by_name() {
    for (header, name) in [
        ("product_id,product_category_name,product_name_lenght,product_weight_g", "olist_products"),
        ("seller_id,seller_zip_code_prefix,seller_city,seller_state", "olist_sellers"),
        (
            "geolocation_zip_code_prefix,geolocation_lat,geolocation_lng,geolocation_city",
            "olist_geolocation",
        ),
        (
            "product_category_name,product_category_name_english",
            "product_category_name_translation",
        ),
        // With amounts, but without the customers: read as a table of orders it would lose them.
        (
            "order_id,customer_id,order_status,order_purchase_timestamp,order_item_id,product_id,price,freight_value",
            "olist_orders + olist_order_items",
        ),
        (
            "order_id,customer_id,order_status,order_purchase_timestamp,payment_sequential,payment_value",
            "olist_orders + olist_order_payments",
        ),
        (
            "customer_id,customer_unique_id,customer_zip_code_prefix,order_id,order_status,order_purchase_timestamp",
            "olist_orders + olist_customers",
        ),
    ] {
        let row = ["x1", "2017-10-02 10:56:33", "29.99", "a", "b", "c", "d", "e"];
        let width = header.split(',').count();
        let refused = crate::read(format!("{header}\n{}\n", row[..width].join(",")).as_bytes());
        assert_eq!(refused.unwrap_err(), Refusal::OneOfSeveral(name.to_owned()));
    }
}
