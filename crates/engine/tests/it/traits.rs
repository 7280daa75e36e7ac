//! What kind of customer buys what, with known answers; and who is like the best customers.

use super::{Desk, as_of, everyone};
use model::ShopDay;
use protocol::{
    Behind, CustomerFilter, Label, LabelKind, Lens, LikeBest, Request, Trait, TraitKind,
    TraitsQuery, TraitsView,
};
use std::fmt::Write as _;

fn traits(desk: &mut Desk, lens: &Lens, kind: Option<TraitKind>) -> TraitsView {
    *desk
        .ask(Request::Traits(TraitsQuery { lens: lens.clone(), kind }))
        .of_segments::<TraitsView>()
        .unwrap()
}

fn listed(desk: &mut Desk, lens: &Lens, mark: Behind) -> u32 {
    desk.list(everyone(lens, CustomerFilter::behind(mark))).total
}

/// Ten customers in FR of whom six bought milk; twenty in US of whom none did: all others bought tea.
fn by_country() -> String {
    let mut text = "order_id,customer_email,ordered_at,total,currency,status,country,sku,product_name,quantity,price\n".to_owned();
    for n in 0..30 {
        let country = if n < 10 { "FR" } else { "US" };
        let (sku, name) = if n < 6 { ("MILK", "Milk") } else { ("TEA", "Tea") };
        let _ = writeln!(
            text,
            "{n},c{n}@example.com,2026-01-05 10:00:00,10.00,USD,paid,{country},{sku},{name},1,10.00"
        );
    }
    text
}

const COUNTRY: TraitKind = TraitKind::Label(LabelKind::Country);

#[test]
fn a_kind_that_buys_three_times_as_often_has_a_lift_of_three() {
    let mut desk = Desk::new();
    desk.import(&by_country());
    let lens = as_of("2026-02-01");
    let view = traits(&mut desk, &lens, Some(COUNTRY));
    assert_eq!(view.kind, Some(COUNTRY));
    assert_eq!(
        view.products.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(),
        ["Tea", "Milk"]
    );
    let country = |name: &str| Trait::Label(LabelKind::Country, Label::Text(name.to_owned()));
    let row = |name: &str| view.rows.iter().find(|it| it.label == country(name)).unwrap();
    let milk = row("FR").cells[1];
    // 6 of 10 against 6 of 30.
    assert_eq!((row("FR").customers, milk.n, milk.share), (10, 6, Some(0.6)));
    assert!((milk.lift.unwrap() - 3.0).abs() < 1e-12 && !milk.is_small());
    assert_eq!((row("US").cells[1].n, row("US").cells[1].lift), (0, Some(0.0)));
    // Four of the French bought tea: too few to tell anything.
    assert!(row("FR").cells[0].is_small());
    for it in &view.untapped {
        let mark = Behind::Untapped { label: it.label.clone(), without: it.product.key.clone() };
        assert_eq!(listed(&mut desk, &lens, mark), it.others);
    }
    let others = Behind::Untapped { label: country("US"), without: "MILK".to_owned() };
    assert_eq!(listed(&mut desk, &lens, others), 20);
}

#[test]
fn ages_and_tags_of_contact_lists() {
    let mut desk = Desk::new();
    desk.import(&by_country());
    let mut contacts = "email,first_name,birthday,tags\n".to_owned();
    for n in 0..10 {
        let (year, tag) = if n < 6 { (1992, "mother") } else { (1960, "") };
        let _ = writeln!(contacts, "c{n}@example.com,Ann,{year}-02-01,{tag}");
    }
    desk.inspect(&[("contacts.csv", contacts.as_bytes())]);
    desk.confirm().unwrap();
    // The first of them turn 34 on that day.
    let lens = as_of("2026-02-01");
    let view = traits(&mut desk, &lens, Some(TraitKind::Age));
    let rows: Vec<(Trait, u32)> =
        view.rows.iter().map(|it| (it.label.clone(), it.customers)).collect();
    assert_eq!(rows, [(Trait::Age(25), 6), (Trait::Age(65), 4)]);
    let eve = as_of(&ShopDay::from_ymd(2026, 1, 31).unwrap().to_string());
    let view = traits(&mut desk, &eve, Some(TraitKind::Age));
    assert_eq!(view.rows[1].label, Trait::Age(65));
    let view = traits(&mut desk, &lens, Some(TraitKind::Tag));
    assert_eq!(view.rows.len(), 1);
    assert_eq!(
        (view.rows[0].label.clone(), view.rows[0].customers),
        (Trait::Tag("mother".to_owned()), 6)
    );
    assert!(view.known.starts_with(&[TraitKind::Age, TraitKind::Tag, COUNTRY]));
}

/// 600 buyers, the first thirty of the tiers VIP and big: nearly all of them from FR; and prospects.
fn best_from_france() -> Desk {
    let mut orders =
        "order_id,customer_email,ordered_at,total,currency,status,country\n".to_owned();
    for n in 0..600 {
        let (country, total) = match n {
            0..28 => ("FR", 900 - n),
            28..60 => ("US", 880 - n),
            _ => ("US", 20),
        };
        let _ = writeln!(
            orders,
            "{n},c{n}@example.com,2026-01-05 10:00:00,{total}.00,USD,paid,{country}"
        );
    }
    let mut desk = Desk::new();
    desk.import(&orders);
    desk
}

#[test]
fn look_alikes_are_prospects_and_share_what_the_best_have() {
    let mut desk = best_from_france();
    let lens = as_of("2026-02-01");
    // Without prospects those who have bought once.
    let LikeBest::Found { are_prospects, area, count, rows } =
        traits(&mut desk, &lens, None).like_best
    else {
        panic!("there are enough")
    };
    assert!(!are_prospects && area > 0.8, "{area}");
    assert!(rows.iter().all(|it| it.orders == 1));
    assert_eq!(listed(&mut desk, &lens, Behind::LikeBest), count);
    let contacts = "email,first_name,country,tags\n\
        p1@example.com,Ann,FR,\n\
        p2@example.com,Ben,US,\n\
        p3@example.com,Cay,FR,\n";
    desk.inspect(&[("contacts.csv", contacts.as_bytes())]);
    desk.confirm().unwrap();
    let LikeBest::Found { are_prospects, count, rows, .. } =
        traits(&mut desk, &lens, None).like_best
    else {
        panic!("there are enough")
    };
    assert!(are_prospects);
    assert_eq!((count, rows.len()), (2, 2));
    assert!(rows.iter().all(|it| it.orders == 0 && !it.reasons.is_empty()));
    let (label, times) = &rows[0].reasons[0];
    assert_eq!(*label, Trait::Label(LabelKind::Country, Label::Text("FR".to_owned())));
    assert!(*times > 2.0);
    assert_eq!(listed(&mut desk, &lens, Behind::LikeBest), 2);
}

#[test]
fn too_little_is_told() {
    let mut desk = Desk::new();
    let view = traits(&mut desk, &Lens::default(), None);
    assert_eq!((view.kind, view.known.len(), view.has_lines), (None, 0, false));
    desk.import(&by_country());
    let view = traits(&mut desk, &as_of("2026-02-01"), Some(TraitKind::Age));
    assert!(view.kind != Some(TraitKind::Age), "nobody's age is known");
    // All have spent the same, and equals stand in the higher tier: nobody is left to tell them from.
    assert_eq!(view.like_best, LikeBest::TooFew { best: 30, others: 0 });
}
