//! What a customer is likely to buy next, with known answers.

use super::{Desk, as_of, searched};
use protocol::{Label, LabelKind, LikelyReason, LikelyView, Problem, Request, Trait};
use std::fmt::Write as _;

const HEADER: &str = "order_id,customer_email,ordered_at,total,currency,status,country,sku,product_name,quantity,price\n";

fn line(text: &mut String, order: &str, who: &str, day: &str, country: &str, name: &str) {
    let sku = name.to_uppercase();
    let _ = writeln!(
        text,
        "{order},{who}@example.com,{day} 10:00:00,10.00,USD,paid,{country},{sku},{name},1,10.00"
    );
}

fn likely(desk: &mut Desk, who: &str) -> LikelyView {
    let id = desk.list(searched(&format!("{who}@example.com"))).rows[0].id;
    let response = desk.ask(Request::Likely(id, as_of("2026-02-01")));
    *response.of_segments::<LikelyView>().unwrap()
}

fn country(name: &str) -> LikelyReason {
    LikelyReason::Trait(Trait::Label(LabelKind::Country, Label::Text(name.to_owned())))
}

#[test]
fn what_people_of_the_same_kind_buy_more_often_is_likely() {
    // Six of ten in FR bought milk, two of four in IT, nobody of sixteen in US: all others tea.
    let mut text = HEADER.to_owned();
    for n in 0..30 {
        let (land, has_milk) = match n {
            0..10 => ("FR", n < 6),
            10..14 => ("IT", n < 12),
            _ => ("US", false),
        };
        let name = if has_milk { "Milk" } else { "Tea" };
        line(&mut text, &n.to_string(), &format!("c{n}"), "2026-01-05", land, name);
    }
    let mut desk = Desk::new();
    desk.import(&text);
    let french = likely(&mut desk, "c7");
    let milk = &french.rows[0];
    assert_eq!((milk.name.as_str(), milk.reason.clone()), ("Milk", country("FR")));
    // 6 of 10 against 8 of 30.
    assert_eq!((milk.n, milk.share), (6, 0.6));
    assert!((milk.lift.unwrap() - 2.25).abs() < 1e-12 && !milk.is_small());
    // Who has it needs it no more; whom nothing speaks for is told nothing.
    assert!(likely(&mut desk, "c1").rows.iter().all(|it| it.name != "Milk"));
    assert_eq!(likely(&mut desk, "c20").rows, []);
    // Two are too few to tell, and said to be.
    let italian = likely(&mut desk, "c13");
    let milk = &italian.rows[0];
    assert_eq!((milk.reason.clone(), milk.n, milk.share), (country("IT"), 2, 0.5));
    assert!(milk.is_small());
}

#[test]
fn what_goes_with_a_purchase_is_likely_and_what_runs_out_is_needed_again() {
    let mut text = HEADER.to_owned();
    for n in 0..40 {
        let who = format!("c{n}");
        let order = format!("o{n}");
        // Eight of ten pots come with a cup; all others buy tea, every thirty days.
        let names: &[&str] = match n {
            0..8 => &["Pot", "Cup"],
            8..10 => &["Pot"],
            _ => &["Tea"],
        };
        for name in names {
            line(&mut text, &order, &who, "2026-01-04", "US", name);
        }
        if names == ["Tea"] {
            line(&mut text, &format!("p{n}"), &who, "2025-12-05", "US", "Tea");
        }
    }
    let mut desk = Desk::new();
    desk.import(&text);
    let cup = likely(&mut desk, "c9").rows[0].clone();
    assert_eq!((cup.name.as_str(), cup.n), ("Cup", 8));
    assert_eq!(cup.reason, LikelyReason::Bought("Pot".to_owned()));
    assert!((cup.share - 0.8).abs() < 1e-12);
    // 8 of 10 orders against 8 of 70.
    assert!((cup.lift.unwrap() - 7.0).abs() < 1e-12);
    let tea = likely(&mut desk, "c20").rows[0].clone();
    assert_eq!((tea.name.as_str(), tea.lift, tea.n), ("Tea", None, 30));
    assert_eq!(tea.reason, LikelyReason::Due(super::day("2026-02-03")));
    // An edit of the customer changes nothing of it.
    let id = desk.list(searched("c20@example.com")).rows[0].id;
    desk.ask(Request::EditCustomer(id, protocol::CustomerEdit::Note("likes tea".to_owned())));
    assert_eq!(likely(&mut desk, "c20").rows[0], tea);
}

#[test]
fn without_lines_nothing_is_likely_and_nobody_is_nobody() {
    let mut desk = Desk::new();
    desk.import(&super::table(&[super::order(1, "ann", "2026-01-05", 10.0)]));
    assert_eq!(likely(&mut desk, "ann"), LikelyView { has_lines: false, rows: Vec::new() });
    let nobody = Request::Likely(model::CustomerId(1), as_of("2026-02-01"));
    assert_eq!(desk.try_ask(nobody), Err(Problem::NotFound));
}
