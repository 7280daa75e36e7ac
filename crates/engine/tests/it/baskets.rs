//! What is bought together, later, again.

use super::lifecycle::{SHOPIFY, desk};
use super::{Desk, as_of, everyone, order, table};
use protocol::{BasketsView, Behind, CustomerFilter, Lens, Request};
use std::fmt::Write as _;

fn ask(desk: &mut Desk, lens: &Lens) -> BasketsView {
    *desk.ask(Request::Baskets(lens.clone())).of_segments::<BasketsView>().unwrap()
}

/// Rules of the file with a support of 2 %, a confidence of 30 % and a lift of 2; by other means.
const RULES: [(&str, &str, u32, f64, f64, f64); 6] = [
    ("DRP-V01", "FLT-100", 12, 0.044_776, 0.705_882, 11.128_028),
    ("FLT-100", "DRP-V01", 12, 0.044_776, 0.705_882, 11.128_028),
    ("GFT-CRD", "GFT-BOX", 11, 0.041_045, 0.733_333, 10.918_519),
    ("GFT-BOX", "GFT-CRD", 11, 0.041_045, 0.611_111, 10.918_519),
    ("MAT-WHK", "MAT-030", 27, 0.100_746, 0.843_75, 6.111_486),
    ("MAT-030", "MAT-WHK", 27, 0.100_746, 0.729_73, 6.111_486),
];

#[test]
fn rules_of_a_known_file() {
    let mut desk = desk(SHOPIFY);
    let view = ask(&mut desk, &as_of("2026-10-31"));
    assert_eq!((view.baskets, view.rule_count as usize), (268, view.rules.len()));
    let key = |places: &[u32]| -> String {
        places
            .iter()
            .map(|it| view.products[*it as usize].key.as_str())
            .collect::<Vec<_>>()
            .join("+")
    };
    let strong: Vec<_> = view
        .rules
        .iter()
        .filter(|it| it.support >= 0.02 && it.confidence >= 0.3 && it.lift >= 2.0)
        .map(|it| (key(&it.bought), key(&it.then), it))
        .collect();
    assert_eq!(strong.len(), RULES.len());
    for (bought, then, both, support, confidence, lift) in RULES {
        let (.., rule) =
            strong.iter().find(|it| (it.0.as_str(), it.1.as_str()) == (bought, then)).unwrap();
        assert_eq!(rule.both, both);
        assert_eq!(rule.attach_rate, Some(rule.confidence));
        for (found, expected) in
            [(rule.support, support), (rule.confidence, confidence), (rule.lift, lift)]
        {
            assert!((found - expected).abs() < 1e-6, "{bought} {found} {expected}");
        }
    }
    assert!(view.rules.iter().all(|it| it.lift > 1.0 && it.both >= 5));
    let mug = view.products.iter().find(|it| it.key == "CER-MUG").unwrap();
    assert_eq!(mug.orders, 27);
    assert_eq!(view.products[0].orders, 37);
    // The same answer again, from memory, and another one for another day.
    assert_eq!(ask(&mut desk, &as_of("2026-10-31")), view);
    assert!(ask(&mut desk, &as_of("2026-03-31")).baskets < 268);
}

#[test]
fn without_lines_there_are_no_baskets() {
    let mut desk = Desk::new();
    desk.import(&table(&[order(1, "ann", "2026-10-01", 5.0)]));
    let view = ask(&mut desk, &Lens::default());
    assert_eq!((view.baskets, view.products.len(), view.rules.len()), (0, 0, 0));
    assert_eq!(ask(&mut Desk::new(), &Lens::default()).baskets, 0);
}

/// Customers who buy tea every 30 days, ending so long before 31 October.
fn tea(customers: usize) -> String {
    let mut text =
        "order_id,customer_email,ordered_at,total,status,product,quantity,price\n".to_owned();
    for customer in 0..customers {
        for n in 0..4 {
            let at = super::day("2026-10-31").plus_days(-(25 + n * 30));
            let _ = writeln!(
                text,
                "{customer}-{n},c{customer}@example.com,{at} 10:00:00,5,paid,\"Tea, 100 g\",1,5"
            );
        }
        if customer % 2 == 0 {
            let _ = writeln!(
                text,
                "{customer}-x,c{customer}@example.com,2026-10-20 10:00:00,9,paid,\
                 \"Tea, 250 g\",1,9"
            );
        }
    }
    text
}

#[test]
fn what_is_due_again_and_who_may_climb() {
    let mut desk = desk(&tea(10));
    let view = ask(&mut desk, &as_of("2026-10-31"));
    let small = view.products.iter().position(|it| it.name == "Tea, 100 g").unwrap();
    let product = &view.products[small];
    assert_eq!((product.orders, product.buyers, product.price), (40, 10, 500));
    assert_eq!((product.repurchase_rate, product.repeat_days), (Some(1.0), Some(30)));
    assert_eq!((view.due_count, view.due.len()), (10, 10));
    for due in &view.due {
        assert_eq!(due.product as usize, small);
        assert_eq!(
            (due.last.to_string(), due.day.to_string()),
            ("2026-10-06".to_owned(), "2026-11-05".to_owned())
        );
    }
    assert_eq!(view.ladders.len(), 1);
    assert_eq!(view.ladders[0].kind, "Tea");
    let rungs: Vec<_> =
        view.ladders[0].rungs.iter().map(|it| (it.owners, it.climbed, it.candidates)).collect();
    assert_eq!(rungs, [(10, 5, 5), (5, 0, 0)]);
    // Whoever may climb has this rung and none above.
    let mark = Behind::Bought {
        all: vec!["Tea, 100 g".to_owned()],
        without: vec!["Tea, 250 g".to_owned()],
    };
    let filter = CustomerFilter::behind(mark);
    let page = desk.list(everyone(&as_of("2026-10-31"), filter));
    assert_eq!((page.total, page.products.len()), (5, 2));
    // Both are never in one order, but often with one customer, in October with every other.
    let months: Vec<_> = view
        .breadth
        .iter()
        .map(|it| (it.start.to_string(), it.orders, it.per_order, it.per_customer))
        .collect();
    let month = |start: &str, orders, per_customer| {
        (start.to_owned(), orders, Some(1.0), Some(per_customer))
    };
    assert_eq!(
        months,
        [
            month("2026-07-01", 10, 1.0),
            month("2026-08-01", 10, 1.0),
            month("2026-09-01", 10, 1.0),
            month("2026-10-01", 15, 1.5)
        ]
    );
    let later: Vec<_> = view.later.iter().map(|it| (it.bought.clone(), it.both)).collect();
    assert!(!later.is_empty());
}

#[test]
fn what_comes_later_may_be_in_the_same_order_too() {
    let mut text = "order_id,customer_email,ordered_at,total,status,product,price\n".to_owned();
    let mut line = |order: &str, who: usize, day: &str, product: &str| {
        let _ = writeln!(text, "{order},c{who}@example.com,{day} 10:00:00,5,paid,{product},5");
    };
    for who in 0..40 {
        let first = format!("a{who}");
        line(&first, who, "2026-09-01", if who < 10 { "Pot" } else { "Tea" });
        // Eight of ten come for a cup later; of two pots there was one at once.
        if who < 2 {
            line(&first, who, "2026-09-01", "Cup");
        }
        if who < 8 {
            line(&format!("b{who}"), who, "2026-09-20", "Cup");
        }
    }
    // All have had the 90 days to come again.
    let mut desk = desk(&text);
    let view = ask(&mut desk, &as_of("2026-12-31"));
    let place = |name: &str| view.products.iter().position(|it| it.name == name).unwrap() as u32;
    let (pot, cup) = (place("Pot"), place("Cup"));
    let rule = view.later.iter().find(|it| it.bought == [pot] && it.then == [cup]).unwrap();
    assert_eq!((rule.both, rule.confidence, rule.attach_rate), (8, 0.8, Some(0.2)));
    let again = view.later.iter().filter(|it| it.bought == it.then);
    assert!(again.into_iter().all(|it| it.attach_rate.is_none()));
}

#[test]
fn products_meet_over_imports_and_edits_are_seen() {
    let mut desk = desk(&tea(6));
    let before = ask(&mut desk, &as_of("2026-10-31"));
    desk.import(&tea(10).replace("c9@", "z9@"));
    let after = ask(&mut desk, &as_of("2026-10-31"));
    assert_eq!((before.products.len(), after.products.len()), (2, 2));
    assert_eq!((before.baskets, after.baskets), (27, 45));
}
