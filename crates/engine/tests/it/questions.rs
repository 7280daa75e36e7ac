//! Service, satisfaction, key customers: what the first screen says of them, and whom it means.

use super::{Desk, as_of, day, everyone, order, period, table, trade};
use protocol::{
    Act, ActKind, Behind, Circle, Compare, CustomerFilter, KeyCustomersNow, Lens, Request,
    SatisfactionNow, ServiceNow,
};

const ORDERS: &[u8] = include_bytes!("../../../ingest/tests/data/syn_shopify_orders.csv");
const SURVEY: &[u8] = include_bytes!("../../../ingest/tests/data/syn_csat_survey.csv");
const TICKETS: &[u8] = include_bytes!("../../../ingest/tests/data/syn_service_log.csv");

fn with(files: &[&[u8]]) -> Desk {
    let mut desk = Desk::new();
    for file in files {
        desk.inspect(&[("file.csv", file)]);
        desk.confirm().unwrap();
    }
    desk
}

#[derive(Debug, Default, PartialEq)]
struct Questions {
    service: Option<ServiceNow>,
    satisfaction: Option<SatisfactionNow>,
    key: KeyCustomersNow,
}

fn questions(desk: &mut Desk, lens: &Lens) -> Questions {
    let satisfaction = desk.analyse(lens.clone()).overview.satisfaction;
    let today = desk.today(lens);
    Questions { service: today.service, satisfaction, key: today.key }
}

fn of(circle: Circle) -> CustomerFilter {
    CustomerFilter { behind: Some(Behind::Circle(circle)), ..CustomerFilter::default() }
}

#[test]
fn a_shop_without_tickets_and_answers_still_has_key_customers() {
    let mut desk = Desk::new();
    desk.import(&table(&trade(200)));
    let lens = as_of("2026-10-31");
    let found = questions(&mut desk, &lens);
    assert_eq!((found.service, found.satisfaction), (None, None));
    // 1 % and 4 % of 200.
    assert_eq!(found.key.customers, 10);
    let page = desk.list(everyone(&lens, of(Circle::Key)));
    assert_eq!(page.total, 10);
    let page = desk.list(everyone(&lens, of(Circle::KeySilent)));
    assert_eq!((page.total, page.total_net), (found.key.silent, found.key.silent_net));
    assert_eq!(questions(&mut Desk::new(), &lens), Questions::default());
}

#[test]
fn the_share_of_key_customers_is_of_the_period() {
    let mut desk = Desk::new();
    desk.import(&table(&[
        order(1, "ann", "2026-07-10", 900.0),
        order(2, "ann", "2026-10-10", 60.0),
        order(3, "ben", "2026-10-11", 30.0),
        order(4, "cat", "2026-10-12", 10.0),
        order(5, "cat", "2026-09-12", 100.0),
        order(6, "", "2026-10-12", 500.0),
    ]));
    // Of three buyers one is VIP, one is big.
    let october = Lens { period: Some(period("2026-10-01", "2026-10-31")), ..as_of("2026-10-31") };
    let key = questions(&mut desk, &october).key;
    assert_eq!((key.customers, key.share), (2, Some(0.7)));
    assert_eq!(key.share_before, Some(1.0));
    let alone = Lens { compare: Compare::Off, ..october };
    assert_eq!(questions(&mut desk, &alone).key.share_before, None);
}

#[test]
fn tickets_tell_how_the_service_is() {
    let mut desk = with(&[ORDERS, TICKETS]);
    let lens = as_of("2026-10-31");
    let service = questions(&mut desk, &lens).service.unwrap();
    let open = desk.list(everyone(&lens, of(Circle::OpenTickets)));
    assert!(service.open >= service.open_customers && service.open >= service.late);
    assert_eq!(open.total, service.open_customers);
    let complaints = desk.list(everyone(&lens, of(Circle::Complaints)));
    assert_eq!(complaints.total, service.complaining);
    // Counted in the file by other means.
    assert_eq!((service.open, service.late), (13, 3));
    assert_eq!((service.tickets, service.tickets_before, service.complaints), (22, Some(14), 0));
    let year = Lens { period: Some(period("2026-01-01", "2026-10-31")), ..lens.clone() };
    let service = questions(&mut desk, &year).service.unwrap();
    assert_eq!((service.tickets, service.complaints), (70, 12));
    // The compared period begins before the first ticket.
    assert_eq!((service.tickets_before, service.complaints_before), (None, None));
    assert_eq!(desk.list(everyone(&year, of(Circle::Complaints))).total, service.complaining);
    // Before the first ticket there was none.
    assert_eq!(questions(&mut desk, &as_of("2025-04-30")).service, None);
}

#[test]
fn a_complaint_is_known_by_whole_words() {
    for (category, is_complaint) in [
        ("Product related", false),
        ("chocolate", false),
        ("template", false),
        ("Late delivery", true),
        ("late_delivery", true),
        ("Damaged goods", true),
        ("wrong-item", true),
        ("Complaints", true),
        ("物流投诉", true),
        ("LATE发货", true),
        ("invoice", false),
    ] {
        let mut desk = Desk::new();
        desk.import(&table(&[order(1, "ann", "2026-10-01", 5.0)]));
        let ticket = format!(
            "ticket_id,channel,opened_at,category,customer_email,agent\n\
             1,chat,2026-10-05 09:00,{category},ann@example.com,Ines\n"
        );
        desk.inspect(&[("tickets.csv", ticket.as_bytes())]);
        desk.confirm().unwrap();
        let service = questions(&mut desk, &as_of("2026-10-31")).service.unwrap();
        assert_eq!(service.complaints, u32::from(is_complaint), "{category}");
    }
}

#[test]
fn who_was_won_back_since_is_no_longer_dissatisfied() {
    let orders = table(&["ann", "ben", "cat"].map(|who| order(who, who, "2026-10-01", 5.0)));
    let survey = "email,survey,date,overall\n\
                  ann@example.com,May,2026-10-02,1\nann@example.com,June,2026-10-20,5\n\
                  ben@example.com,May,2026-10-02,5\nben@example.com,June,2026-10-20,1\n\
                  cat@example.com,May,2026-10-02,1\ncat@example.com,June,2026-06-20,5\n";
    let mut desk = with(&[orders.as_bytes(), survey.as_bytes()]);
    let lens = as_of("2026-10-31");
    let page = desk.list(everyone(&lens, of(Circle::Dissatisfied)));
    let mut emails: Vec<_> = page.rows.iter().map(|it| it.email.as_str()).collect();
    emails.sort_unstable();
    assert_eq!(emails, ["ben@example.com", "cat@example.com"]);
    assert_eq!(questions(&mut desk, &lens).satisfaction.unwrap().dissatisfied, 2);
}

#[test]
fn answers_tell_how_satisfied_customers_are() {
    let mut desk = with(&[ORDERS, SURVEY]);
    let lens = Lens { period: Some(period("2025-05-01", "2026-10-31")), ..as_of("2026-10-31") };
    let analysis = desk.analyse(lens.clone());
    let found = analysis.overview.satisfaction.unwrap();
    let screen = desk
        .ask(Request::Satisfaction(lens.clone()))
        .of_segments::<protocol::SatisfactionView>()
        .unwrap();
    assert_eq!((found.csat, found.nps), (screen.scores.csat, screen.scores.nps));
    assert!(found.csat.is_some() && found.csat_before.is_none());
    assert!(!analysis.overview.csat_series.is_empty());
    let page = desk.list(everyone(&lens, of(Circle::Dissatisfied)));
    assert_eq!(page.total, found.dissatisfied);
    // Whoever is told of as an act is who is listed.
    let newest = found.newest.unwrap();
    let lens = Lens { as_of: Some(newest), ..Lens::default() };
    let acts = desk.today(&lens).acts;
    let act = acts.iter().find(|it| it.kind == ActKind::HearDissatisfied).unwrap();
    let page = desk.list(everyone(&lens, act.filter()));
    assert_eq!((page.total, page.total_net), (act.customers, act.net));
    assert!(act.customers > 0);
}

#[test]
fn who_is_about_to_need_a_product_again_is_who_is_listed() {
    let mut desk = with(&[ORDERS]);
    let lens = as_of("2026-10-31");
    let act = |desk: &mut Desk, lens: &Lens| -> Option<Act> {
        desk.today(lens).acts.into_iter().find(|it| it.kind == ActKind::OfferAgain)
    };
    let found = act(&mut desk, &lens).unwrap();
    let page = desk.list(everyone(&lens, found.filter()));
    assert_eq!((page.total, page.total_net), (found.customers, found.net));
    let screen = desk.ask(Request::Baskets(lens)).of_segments::<protocol::BasketsView>().unwrap();
    let mut ids: Vec<_> = screen.due.iter().map(|it| it.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len() as u32, found.customers);
    assert_eq!(act(&mut Desk::new(), &as_of("2026-10-31")), None);
}

#[test]
fn regulars_are_reminded_when_their_order_is_due_and_lifted_when_a_tier_is_near() {
    let mut desk = Desk::new();
    let mut orders = vec![
        // Every thirty days, the next on 30 October.
        order(1, "ann", "2026-08-01", 50.0),
        order(2, "ann", "2026-08-31", 50.0),
        order(3, "ann", "2026-09-30", 50.0),
        // One more of these lifts Ben over Cat.
        order(4, "ben", "2026-10-20", 40.0),
        order(5, "cat", "2026-10-20", 160.0),
    ];
    orders.extend((0..5).map(|n| order(10 + n, &format!("d{n}"), "2026-10-01", 5.0)));
    desk.import(&table(&orders));
    for (at, expected) in
        [("2026-10-22", 0), ("2026-10-25", 1), ("2026-10-30", 1), ("2026-11-01", 0)]
    {
        let lens = as_of(at);
        let acts = desk.today(&lens).acts;
        let act = acts.iter().find(|it| it.kind == ActKind::RemindExpected);
        assert_eq!(act.map_or(0, |it| it.customers), expected, "{at}");
    }
    let lens = as_of("2026-10-25");
    let page = desk.list(everyone(&lens, of(Circle::AboutToClimb)));
    let names: Vec<String> = page.rows.iter().map(|it| it.email.clone()).collect();
    // Ann would pass Cat, Ben nobody: he lacks more than one order of his.
    assert_eq!(names, ["ann@example.com"]);
    assert_eq!(day("2026-10-25"), lens.as_of.unwrap());
}

#[test]
fn an_unidentified_order_lowers_the_identified_share() {
    let mut desk = Desk::new();
    let known: Vec<_> = (0..9).map(|n| order(n, "ann", "2026-10-20", 10.0)).collect();
    desk.import(&table(&known));
    let lens = as_of("2026-10-31");
    let now = desk.analyse(lens.clone()).overview.now;
    assert_eq!(now.identified_share(), Some(1.0));
    desk.import(&table(&[order(100, "", "2026-10-21", 10.0)]));
    let overview = desk.analyse(lens).overview;
    assert_eq!(overview.now.identified_share(), Some(0.9));
    let anonymous: u32 = overview.series.iter().map(|it| it.anonymous).sum();
    assert_eq!(anonymous, 1);
    assert_eq!(desk.figures().overview.now.anonymous_orders, 1);
}
