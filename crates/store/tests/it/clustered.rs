//! Orders are stored by customer; their lines go with them.

use model::{CustomerId, NO_CUSTOMER, OrderFlags};
use proptest::prelude::*;
use store::Tables;

/// Orders `#0`, `#1`… of customers at times, each with as many lines as its place in `lines` says.
fn tables(orders: &[(u32, i64)], lines: &[usize]) -> Tables {
    let mut tables = Tables::default();
    tables.orders.currencies.push(None);
    for (row, &(customer, at)) in orders.iter().enumerate() {
        tables.orders.number.push(&format!("#{row}"));
        tables.orders.customer.push(customer);
        tables.orders.at.push(at);
        tables.orders.total.push(row as i64 * 100);
        tables.orders.refunded.push(0);
        tables.orders.currency.push(0);
        tables.orders.flags.push(OrderFlags::default());
        tables.orders.channel.push(if row % 2 == 0 { "web" } else { "app" });
        for line in 0..lines.get(row).copied().unwrap_or(0) {
            tables.lines.order.push(row as u32);
            tables.lines.product.push(0);
            tables.lines.quantity_milli.push(line as i64);
            tables.lines.price.push(row as i64);
        }
    }
    for id in 0..5 {
        tables.customers.id.push(CustomerId(id));
        for texts in [
            &mut tables.customers.email,
            &mut tables.customers.phone,
            &mut tables.customers.name,
            &mut tables.customers.city,
            &mut tables.customers.region,
            &mut tables.customers.country,
        ] {
            texts.push("");
        }
    }
    tables.products.key.push("A");
    tables.products.name.push("A");
    tables
}

fn numbers(tables: &Tables) -> Vec<&str> {
    tables.orders.number.iter().collect()
}

#[test]
fn a_customers_orders_stand_together_from_the_oldest_to_the_newest() {
    for (orders, expected) in [
        (&[][..], &[][..]),
        (&[(0, 1), (0, 2), (1, 1)], &["#0", "#1", "#2"]),
        (&[(1, 1), (0, 2), (1, 3), (0, 4)], &["#1", "#3", "#0", "#2"]),
        (&[(1, 9), (1, 8), (1, 8)], &["#1", "#2", "#0"]),
        (&[(NO_CUSTOMER, 5), (2, 9), (NO_CUSTOMER, 1)], &["#1", "#2", "#0"]),
    ] {
        let mut tables = tables(orders, &[]);
        tables.cluster();
        tables.check().unwrap();
        assert_eq!(numbers(&tables), expected, "{orders:?}");
    }
}

#[test]
fn lines_go_with_their_orders() {
    let mut tables = tables(&[(1, 1), (0, 2), (1, 3), (0, 1)], &[2, 0, 1, 1]);
    tables.cluster();
    tables.check().unwrap();
    assert_eq!(numbers(&tables), ["#3", "#1", "#0", "#2"]);
    assert_eq!(tables.lines.order, [0, 2, 2, 3]);
    assert_eq!(tables.lines.price, [3, 0, 0, 2]);
    assert_eq!(tables.lines.quantity_milli, [0, 0, 1, 0]);
    assert_eq!((tables.orders.channel.get(0), tables.orders.channel.get(2)), ("app", "web"));
}

proptest! {
    #[test]
    fn nothing_is_lost_and_nothing_changes_hands(
        orders in prop::collection::vec(
            (prop_oneof![Just(NO_CUSTOMER), 0..5_u32], 0..9_i64), 0..30),
        lines in prop::collection::vec(0..3_usize, 0..30),
    ) {
        let before = tables(&orders, &lines);
        let mut after = before.clone();
        after.cluster();
        let by_customer: Vec<(u32, i64)> =
            after.orders.customer.iter().copied().zip(after.orders.at.iter().copied()).collect();
        prop_assert!(by_customer.is_sorted());
        prop_assert!(after.lines.order.is_sorted());
        let whole = |tables: &Tables| {
            let mut all: Vec<String> = (0..tables.orders.len())
                .map(|row| {
                    let own = (0..tables.lines.order.len())
                        .filter(|&line| tables.lines.order[line] as usize == row);
                    let own: Vec<(i64, i64)> = own
                        .map(|line| (tables.lines.price[line], tables.lines.quantity_milli[line]))
                        .collect();
                    format!("{:?}", (
                        tables.orders.number.get(row),
                        tables.orders.customer[row],
                        tables.orders.at[row],
                        tables.orders.total[row],
                        tables.orders.channel.get(row),
                        own,
                    ))
                })
                .collect();
            all.sort();
            all
        };
        prop_assert_eq!(whole(&before), whole(&after));
        let again = after.clone();
        after.cluster();
        prop_assert_eq!(after, again);
    }
}
