//! Addresses and telephones that are several people's: a list of the shop, for whatever is read later.

use super::{Desk, Order, order, table};
use protocol::{Field, Problem, Request, ShopEdit};

fn share(key: &str, shared: bool) -> Request {
    Request::EditShop(ShopEdit::SharedKey { key: key.to_owned(), shared })
}

/// Two orders of an office's address, one of them with a telephone, and one of Ann's.
fn orders() -> String {
    let office = |number: u32, phone| Order {
        phone,
        email: "Office@Example.com".to_owned(),
        ..order(number, "", "2026-10-01", 5.0)
    };
    table(&[office(1, ""), office(2, "(212) 555-0142"), order(3, "ann", "2026-10-02", 5.0)])
}

/// Customers and orders of nobody, as an inspection of the orders says.
fn found(desk: &mut Desk) -> (u32, u32) {
    let inspection = desk.inspect(&[("orders.csv", orders().as_bytes())]);
    (inspection.files[0].customers, inspection.files[0].anonymous)
}

#[test]
fn a_shared_address_is_no_key_in_what_is_read_from_then_on() {
    let mut desk = Desk::new();
    assert_eq!(found(&mut desk), (2, 0));
    desk.ask(share(" office@example.com ", true));
    // The second order has a telephone to be told by.
    assert_eq!(found(&mut desk), (2, 1));
    desk.ask(share("+1 212 555 0142", true));
    assert_eq!(found(&mut desk), (1, 2));
    desk.confirm().unwrap();
    assert_eq!(desk.shop().customers, 1);
}

#[test]
fn the_list_is_there_after_reopening_and_what_was_listed_can_be_put_back() {
    let mut desk = Desk::new();
    desk.ask(share("office@example.com", true));
    desk.ask(share("茶 客", true));
    desk.ask(share("Office@Example.com", true));
    let mut desk = desk.reopened();
    assert_eq!(desk.shop().shared_keys, ["Office@Example.com", "茶 客"]);
    desk.ask(share("OFFICE@example.com", false));
    let mut desk = desk.reopened();
    assert_eq!(desk.shop().shared_keys, ["茶 客"]);
    assert_eq!(found(&mut desk), (2, 0));
}

#[test]
fn what_is_no_key_is_not_listed() {
    let mut desk = Desk::new();
    for bad in ["", "  ", "a\u{0}b", &"x".repeat(300)] {
        let refused = desk.try_ask(share(bad, true));
        assert_eq!(refused, Err(Problem::Invalid(Field::SharedKey)), "{bad}");
    }
    assert!(desk.shop().shared_keys.is_empty());
}
