//! The shop's own grades: which rule hits whom.

use super::{Desk, as_of, everyone, order, table};
use protocol::{
    Behind, CustomerFilter, GradeRules, GradesView, Label, LabelCondition, LabelKind, Lens,
    Request, Response, ShopEdit,
};

const SHOPIFY: &str = include_str!("../../../ingest/tests/data/syn_shopify_orders.csv");

fn desk() -> (Desk, Lens) {
    let mut desk = Desk::new();
    desk.import(&table(&[
        order(1, "ann", "2025-01-10", 400.0),
        order(2, "ann", "2026-10-10", 150.0),
        order(3, "ben", "2026-09-10", 90.0),
        order(4, "ben", "2026-10-20", 30.0),
        order(5, "cat", "2026-10-20", 5.0),
    ]));
    (desk, as_of("2026-10-31"))
}

fn set(desk: &mut Desk, rules: &str) {
    desk.ask(Request::EditShop(ShopEdit::Grades(GradeRules::parse(rules).unwrap())));
}

fn view(desk: &mut Desk, lens: &Lens) -> GradesView {
    *desk.ask(Request::Grades(lens.clone())).of_segments::<GradesView>().unwrap()
}

/// Grade and rule of each customer, by name.
fn hits(desk: &mut Desk, lens: &Lens) -> Vec<String> {
    let page = desk.list(everyone(lens, CustomerFilter::default()));
    let mut found: Vec<String> = Vec::new();
    for row in page.rows {
        let Response::Customer(customer) = desk.ask(Request::Customer(row.id, lens.clone())) else {
            panic!("no customer");
        };
        let name = row.email.split('@').next().unwrap().to_owned();
        let grade = customer.grade.map_or("-".to_owned(), |(grade, rule)| format!("{grade}{rule}"));
        found.push(format!("{name}:{grade}"));
    }
    found.sort_unstable();
    found
}

#[test]
fn the_first_rule_that_holds_decides() {
    for (rules, expected) in [
        ("", ["ann:-", "ben:-", "cat:-"]),
        ("A:net>=100\nB:orders>=1", ["ann:A1", "ben:A1", "cat:B2"]),
        // The order changes grades.
        ("B:orders>=1\nA:net>=100", ["ann:B1", "ben:B1", "cat:B1"]),
        // A window: Ann's first order is too old.
        ("A:net>=150.01@12m\nB:net>=150@12m", ["ann:B2", "ben:-", "cat:-"]),
        ("A:orders>=2@90d", ["ann:-", "ben:A1", "cat:-"]),
        ("A:order_value<=60\nB:", ["ann:B2", "ben:A1", "cat:A1"]),
        ("A:silent<=11;known>=365\nB:silent<=11", ["ann:-", "ben:B2", "cat:B2"]),
        // Two rules of one grade.
        ("A:net>=500\nB:orders>=2\nA:orders<=1", ["ann:A1", "ben:B2", "cat:A3"]),
        ("A:channel=nowhere\nB:product=nothing", ["ann:-", "ben:-", "cat:-"]),
    ] {
        let (mut desk, lens) = desk();
        set(&mut desk, rules);
        assert_eq!(hits(&mut desk, &lens), expected, "{rules}");
        // They are there after closing the tab.
        let mut desk = desk.reopened();
        assert_eq!(hits(&mut desk, &lens), expected, "{rules}");
        assert_eq!(desk.shop().grades.to_string(), rules);
    }
}

#[test]
fn orders_after_the_day_do_not_count() {
    let (mut desk, _) = desk();
    set(&mut desk, "A:net>=120\nB:orders>=1");
    assert_eq!(hits(&mut desk, &as_of("2026-10-15")), ["ann:A1", "ben:B2", "cat:-"]);
}

#[test]
fn every_customer_is_counted_once_and_grades_open_their_lists() {
    let mut desk = Desk::new();
    desk.import(SHOPIFY);
    let lens = as_of("2026-10-31");
    set(
        &mut desk,
        "Gold:net>=100;orders>=3@12m\nTea:product=MATCHA\nWeb:channel=web\nGold:net>=80\nRest:",
    );
    let found = view(&mut desk, &lens);
    let all = found.rules.iter().fold(found.none, |sum, it| sum.and(*it));
    let everybody = desk.list(everyone(&lens, CustomerFilter::default()));
    assert_eq!((all.customers, all.net), (everybody.total, everybody.total_net));
    assert_eq!(found.none.customers, 0);
    assert!(found.rules[0].customers > 0 && found.rules[1].customers > 0, "{:?}", found.rules);
    for (grade, rules) in
        [("Gold", vec![0, 3]), ("Tea", vec![1]), ("Web", vec![2]), ("Rest", vec![4])]
    {
        let label = Some(Label::Text(grade.to_owned()));
        let condition = LabelCondition { kind: LabelKind::Grade, on: None, label };
        let behind = Some(Behind::Labelled(vec![condition]));
        let filter = CustomerFilter { behind, ..CustomerFilter::default() };
        let page = desk.list(everyone(&lens, filter));
        let sum: u32 = rules.iter().map(|rule: &usize| found.rules[*rule].customers).sum();
        assert_eq!(page.total, sum, "{grade}");
    }
}
