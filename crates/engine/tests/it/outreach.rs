//! Whom to turn to, one after the other: who is done or put off leaves the lists and comes back.

use super::{Desk, as_of, day, everyone, order, table, trade};
use protocol::{
    ActKind, Acted, Behind, CustomerEdit, CustomerFilter, CustomerView, Lens, ListAct,
    OutreachView, Problem, Reach, Request, Response, SegmentId, ShopEdit, Snooze, StoredSegment,
};

fn outreach(desk: &mut Desk, lens: &Lens, only: Option<ActKind>) -> OutreachView {
    let response = desk.ask(Request::Outreach(lens.clone(), only));
    *response.of_segments::<OutreachView>().unwrap()
}

/// The number of the card, which is the length of its list and of the queue of its act.
fn number(desk: &mut Desk, lens: &Lens, kind: ActKind) -> u32 {
    let acts = desk.today(lens).acts;
    let card = acts.iter().find(|it| it.kind == kind);
    let filter = CustomerFilter::behind(Behind::Act(Some(kind)));
    let page = desk.list(everyone(lens, filter));
    let (customers, net) = card.map_or((0, 0), |it| (it.customers, it.net));
    assert_eq!((page.total, page.total_net), (customers, net), "{kind:?}");
    assert_eq!(outreach(desk, lens, Some(kind)).customers, customers, "{kind:?}");
    customers
}

fn on_one(desk: &mut Desk, id: model::CustomerId, act: ListAct) -> Acted {
    match desk.ask(Request::ActOn(id, act)) {
        Response::Acted(acted) => acted,
        other => panic!("{other:?}"),
    }
}

fn customer(desk: &mut Desk, id: model::CustomerId) -> CustomerView {
    match desk.ask(Request::Customer(id, Lens::default())) {
        Response::Customer(view) => *view,
        other => panic!("{other:?}"),
    }
}

fn desk() -> (Desk, Lens) {
    let mut desk = Desk::new();
    desk.import(&table(&trade(200)));
    (desk, Lens::default())
}

#[test]
fn the_queue_is_everybody_of_the_cards_once_by_value_and_urgency() {
    let (mut desk, lens) = desk();
    let view = outreach(&mut desk, &lens, None);
    let all = desk.list(everyone(&lens, CustomerFilter::behind(Behind::Act(None))));
    assert_eq!(view.customers, all.total);
    assert_eq!(view.put_off, 0);
    let priority = |it: &protocol::OutreachRow| it.value * i64::from(it.urgency_percent);
    assert!(view.rows.is_sorted_by(|one, next| priority(one) >= priority(next)));
    for row in &view.rows {
        assert!(row.kinds.is_sorted() && !row.kinds.is_empty(), "{row:?}");
        assert!(matches!(&row.reach, Reach::At { email, .. } if email.ends_with("@example.com")));
        // 100: as long as after which the customer counts as churned, or longer.
        let known = customer(&mut desk, row.id);
        let limit = known.churned_on.unwrap().days_since(known.row.last_order.unwrap());
        let share = f64::from(row.silent_days.unwrap()) / f64::from(limit);
        assert_eq!(row.urgency_percent, (share * 100.0).round().min(100.0) as u8, "{row:?}");
    }
}

#[test]
fn done_takes_a_customer_off_the_list_and_logs_the_contact() {
    let (mut desk, lens) = desk();
    let kind = ActKind::WinBackBest;
    let before = number(&mut desk, &lens, kind);
    let first = outreach(&mut desk, &lens, Some(kind)).rows[0].clone();
    let acted = on_one(&mut desk, first.id, ListAct::Done(first.kinds.clone()));
    assert_eq!((acted.customers, acted.changed), (1, 1));
    assert_eq!(number(&mut desk, &lens, kind), before - 1);
    assert_eq!(customer(&mut desk, first.id).contacted, [day("2026-11-22")]);
    // Of all lists of the shop's own accord, so that nobody is written to twice.
    let rows = outreach(&mut desk, &lens, None);
    assert!(rows.rows.iter().all(|it| it.id != first.id));
    assert_eq!(rows.put_off, 1);
    let mut desk = desk.reopened();
    assert_eq!(number(&mut desk, &lens, kind), before - 1);
    // The past is as it was.
    let earlier = number(&mut desk, &as_of("2026-11-21"), kind);
    assert_eq!(earlier, before);
}

#[test]
fn undoing_puts_the_customer_back_and_takes_the_contact_out() {
    let (mut desk, lens) = desk();
    let kind = ActKind::CallLate;
    let before = number(&mut desk, &lens, kind);
    let first = outreach(&mut desk, &lens, Some(kind)).rows[0].clone();
    let acted = on_one(&mut desk, first.id, ListAct::Done(first.kinds));
    desk.ask(Request::UndoAct(acted.undo));
    assert_eq!(number(&mut desk, &lens, kind), before);
    assert_eq!(customer(&mut desk, first.id).contacted, []);
}

#[test]
fn who_is_put_off_comes_back_on_the_day() {
    for (snooze, last_day_away, back) in
        [(Snooze::Week, "2026-11-28", "2026-11-29"), (Snooze::Month, "2026-12-21", "2026-12-22")]
    {
        let (mut desk, _) = desk();
        let kind = ActKind::WinBackBest;
        let filter = CustomerFilter::behind(Behind::Act(Some(kind)));
        let query = everyone(&Lens::default(), filter);
        let all = desk.list(query.clone()).total;
        assert!(all > 1);
        let Response::Acted(acted) =
            desk.ask(Request::Act(query, ListAct::Snooze(vec![kind], snooze)))
        else {
            panic!("not acted")
        };
        assert_eq!((acted.customers, acted.changed), (all, all));
        assert_eq!(number(&mut desk, &Lens::default(), kind), 0);
        assert_eq!(number(&mut desk, &as_of(last_day_away), kind), 0);
        // Others may have come to need it by then: who was put off is among them.
        assert!(number(&mut desk, &as_of(back), kind) >= all);
    }
}

#[test]
fn who_is_left_alone_is_listed_and_taken_back() {
    let (mut desk, lens) = desk();
    let kind = ActKind::WinBackBest;
    let before = number(&mut desk, &lens, kind);
    let rows = outreach(&mut desk, &lens, Some(kind)).rows;
    let (one, other) = (rows[0].clone(), rows[1].clone());
    on_one(&mut desk, one.id, ListAct::Done(one.kinds.clone()));
    on_one(&mut desk, other.id, ListAct::Snooze(other.kinds.clone(), Snooze::Week));
    let view = outreach(&mut desk, &lens, None);
    let away: Vec<_> = view.away_rows.iter().map(|it| (it.id, it.back)).collect();
    assert_eq!(away, [(other.id, day("2026-11-29")), (one.id, day("2027-02-20"))]);
    assert!(view.away == 2 && view.away_rows.iter().all(|it| it.kinds.contains(&kind)));
    let acted =
        on_one(&mut desk, one.id, ListAct::Snooze(view.away_rows[1].kinds.clone(), Snooze::Over));
    assert_eq!(acted.changed, 1);
    assert_eq!(number(&mut desk, &lens, kind), before - 1);
    assert_eq!(outreach(&mut desk, &lens, None).away, 1);
    desk.ask(Request::UndoAct(acted.undo));
    assert_eq!(outreach(&mut desk, &lens, None).away, 2);
}

#[test]
fn an_order_since_is_news() {
    let mut desk = Desk::new();
    let first = order(1, "ann", "2026-11-20", 10.0);
    desk.import(&table(&[first.clone(), order(2, "ben", "2026-11-20", 20.0)]));
    let lens = Lens::default();
    let kind = ActKind::SecondOrder;
    assert_eq!(number(&mut desk, &lens, kind), 2);
    let all = CustomerFilter::behind(Behind::Act(Some(kind)));
    desk.ask(Request::Act(everyone(&lens, all), ListAct::Done(vec![kind])));
    assert_eq!(number(&mut desk, &lens, kind), 0);
    // Ann's only order was of another day, as a later file has it: the reason is a new one.
    let corrected = super::Order { at: "2026-11-23 12:00:00".to_owned(), ..first };
    desk.place.set_today(day("2026-11-24"));
    desk.import(&table(&[corrected]));
    assert_eq!(number(&mut desk, &lens, kind), 1);
}

#[test]
fn a_ticket_is_put_off_by_itself_and_a_newer_one_is_news() {
    let mut desk = Desk::new();
    desk.import(&table(&[order(1, "ann", "2026-11-01", 10.0)]));
    let ticket = |number: u32, opened: &str| {
        format!(
            "ticket_id,channel,opened_at,category,customer_email,agent\n\
             {number},chat,{opened} 09:00,size,ann@example.com,Ines\n"
        )
    };
    let read = |desk: &mut Desk, file: String| {
        desk.inspect(&[("tickets.csv", file.as_bytes())]);
        desk.confirm().unwrap();
    };
    read(&mut desk, ticket(1, "2026-11-20"));
    let lens = Lens::default();
    let id = outreach(&mut desk, &lens, None).rows[0].id;
    let (service, second) = (ActKind::AnswerTickets, ActKind::SecondOrder);
    assert_eq!(outreach(&mut desk, &lens, None).rows[0].kinds[0], service);
    assert_eq!(outreach(&mut desk, &lens, None).rows[0].urgency_percent, 100);
    on_one(&mut desk, id, ListAct::Done(vec![second]));
    assert_eq!((number(&mut desk, &lens, service), number(&mut desk, &lens, second)), (1, 0));
    on_one(&mut desk, id, ListAct::Snooze(vec![service], Snooze::Month));
    assert_eq!(number(&mut desk, &lens, service), 0);
    desk.place.set_today(day("2026-11-25"));
    read(&mut desk, ticket(2, "2026-11-24"));
    assert_eq!((number(&mut desk, &lens, service), number(&mut desk, &lens, second)), (1, 0));
}

#[test]
fn who_must_not_be_written_to_is_said_to_be() {
    let (mut desk, lens) = desk();
    let id = outreach(&mut desk, &lens, None).rows[0].id;
    desk.ask(Request::EditCustomer(id, CustomerEdit::Blocked(true)));
    assert_eq!(outreach(&mut desk, &lens, None).rows[0].reach, Reach::Blocked);
}

#[test]
fn in_a_segment_the_queue_is_of_the_segment() {
    let (mut desk, lens) = desk();
    let segment = StoredSegment::of_rule(SegmentId(7), "Some", "orders=1");
    desk.ask(Request::EditShop(ShopEdit::Segment(segment)));
    let within = Lens { segment: Some(SegmentId(7)), ..lens };
    let kind = ActKind::SecondOrder;
    let before = number(&mut desk, &within, kind);
    let first = outreach(&mut desk, &within, Some(kind)).rows[0].clone();
    on_one(&mut desk, first.id, ListAct::Done(vec![kind]));
    assert_eq!(number(&mut desk, &within, kind), before - 1);
}

#[test]
fn nobody_is_put_off_who_does_not_exist() {
    let (mut desk, _) = desk();
    let nobody = model::CustomerId(1);
    let act = ListAct::Done(vec![ActKind::CallLate]);
    assert_eq!(desk.try_ask(Request::ActOn(nobody, act)), Err(Problem::NotFound));
}
