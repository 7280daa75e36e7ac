//! Buyers on planes of two figures.

use super::{Desk, as_of, everyone, order, table, trade};
use protocol::{
    Behind, CustomerEdit, CustomerFilter, Lens, Plane, QuadrantFilter, QuadrantQuery,
    QuadrantsView, Request, Sign,
};

const ORDERS: &[u8] = include_bytes!("../../../ingest/tests/data/syn_shopify_orders.csv");
const TICKETS: &[u8] = include_bytes!("../../../ingest/tests/data/syn_service_log.csv");

fn view(desk: &mut Desk, lens: &Lens, plane: Plane, cuts: [u8; 2]) -> QuadrantsView {
    let query = QuadrantQuery { lens: lens.clone(), plane, cuts };
    *desk.ask(Request::Quadrants(query)).of_segments::<QuadrantsView>().unwrap()
}

fn of_sign(view: &QuadrantsView, sign: Sign) -> u32 {
    view.signs.iter().find(|it| it.sign == sign).unwrap().customers
}

#[test]
fn the_quarters_are_all_buyers_and_open_their_lists() {
    let mut desk = Desk::new();
    for file in [ORDERS, TICKETS] {
        desk.inspect(&[("file.csv", file)]);
        desk.confirm().unwrap();
    }
    let lens = as_of("2026-10-31");
    let buyers = desk.analyse(lens.clone()).totals.buyers;
    for plane in [Plane::ValueNeed, Plane::EconomicStrategic] {
        let mut high_up = None;
        for cuts in [[50, 80], [30, 50], [1, 1], [100, 100]] {
            let found = view(&mut desk, &lens, plane, cuts);
            let sum: u32 = found.quarters.iter().map(|it| it.customers).sum();
            assert_eq!(sum, buyers, "{plane:?} {cuts:?}");
            assert_eq!(found.points.iter().map(|it| it.customers).sum::<u32>(), buyers);
            for is_high in [[false, false], [true, false], [false, true], [true, true]] {
                let behind = Some(Behind::Quadrant(QuadrantFilter { plane, cuts, is_high }));
                let filter = CustomerFilter { behind, ..CustomerFilter::default() };
                let page = desk.list(everyone(&lens, filter));
                let quarter = found.quarter(is_high);
                assert_eq!((page.total, page.total_net), (quarter.customers, quarter.net));
            }
            // A moved line moves customers.
            let up = found.quarter([false, true]).customers + found.quarter([true, true]).customers;
            assert_ne!(high_up.replace(up), Some(up), "{plane:?} {cuts:?}");
        }
    }
    let need = view(&mut desk, &lens, Plane::ValueNeed, [50, 80]);
    assert!(of_sign(&need, Sign::Contacts) > 0 && of_sign(&need, Sign::Breadth) > 0);
    assert_eq!(of_sign(&need, Sign::Browsing), 0);
}

#[test]
fn the_upper_fifth_by_spend_is_high() {
    let mut desk = Desk::new();
    desk.import(&table(&trade(200)));
    let found = view(&mut desk, &as_of("2026-10-31"), Plane::ValueNeed, [50, 80]);
    // No two of them spend the same; nobody asked for anything.
    assert_eq!(found.quarter([false, true]).customers, 40);
    assert_eq!(found.quarter([true, true]).customers + found.quarter([true, false]).customers, 0);
}

#[test]
fn a_customer_who_spends_little_and_brings_others_is_strategic() {
    let mut desk = Desk::new();
    let mut orders: Vec<_> =
        (0..9).map(|n| order(n, &format!("c{n}"), "2026-10-20", 100.0 + n as f64)).collect();
    orders.push(order(100, "mia", "2026-10-21", 5.0));
    desk.import(&table(&orders));
    let lens = as_of("2026-10-31");
    let before = view(&mut desk, &lens, Plane::EconomicStrategic, [10, 80]);
    assert_eq!(before.quarter([true, false]).customers, 0);
    let events = "event_time,email,event_type,subject\n\
                  2026-10-22 10:00:00,mia@example.com,referral,friend\n\
                  2026-10-23 10:00:00,mia@example.com,referral,neighbour\n\
                  2026-11-09 10:00:00,c1@example.com,referral,later\n";
    desk.inspect(&[("events.csv", events.as_bytes())]);
    desk.confirm().unwrap();
    let found = view(&mut desk, &lens, Plane::EconomicStrategic, [10, 80]);
    assert_eq!(of_sign(&found, Sign::Referrals), 1);
    assert_eq!(
        (found.quarter([true, false]).customers, found.quarter([true, false]).net),
        (1, 500)
    );
    // Two points make twenty.
    let stricter = view(&mut desk, &lens, Plane::EconomicStrategic, [21, 80]);
    assert_eq!(stricter.quarter([true, false]).customers, 0);
}

#[test]
fn signs_are_whole_words_of_tags() {
    let mut desk = Desk::new();
    let who = ["ann", "ben", "cat", "dan", "eve", "fay", "gil"];
    desk.import(&table(&who.map(|it| order(it, it, "2026-10-01", 5.0))));
    let contacts = "Email,First Name,Tags,Note\n\
                    ann@example.com,Nikolas,Nikolas,gift for her partner\n\
                    ben@example.com,Ben,\"vip, KOL\",\n\
                    cat@example.com,Cat,美妆达人,\n\
                    dan@example.com,Dan,partners-2026,\n\
                    eve@example.com,Eve,,asked a kol\n";
    let events = "event_time,email,event_type,subject\n\
                  2026-10-22 10:00:00,ann@example.com,preview,cup\n\
                  2026-10-22 11:00:00,ann@example.com,preferred,cup\n\
                  2026-10-22 10:00:00,ben@example.com,product review,cup\n\
                  2026-10-22 10:00:00,cat@example.com,referral,friend\n";
    for file in [contacts, events] {
        desk.inspect(&[("file.csv", file.as_bytes())]);
        desk.confirm().unwrap();
    }
    let lens = as_of("2026-10-31");
    let signs = |desk: &mut Desk| {
        let found = view(desk, &lens, Plane::EconomicStrategic, [10, 80]);
        [Sign::Influencer, Sign::Partner, Sign::Reviews, Sign::Referrals]
            .map(|sign| of_sign(&found, sign))
    };
    assert_eq!(signs(&mut desk), [2, 1, 1, 1]);
    // The shop's own tags count likewise, at once.
    for (who, tag) in [("fay", "Influencer"), ("gil", "经销商"), ("ben", "koc")] {
        let id = desk.list(super::searched(who)).rows[0].id;
        desk.ask(Request::EditCustomer(id, CustomerEdit::Tag(tag.to_owned())));
    }
    assert_eq!(signs(&mut desk), [3, 2, 1, 1]);
}
