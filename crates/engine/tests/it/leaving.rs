//! Causes of leaving, the register with its reasons, and whom to win back first.

use super::lifecycle::{CDNOW, SHOPIFY, desk};
use super::{Desk, Order, as_of, day, everyone, order, rows, table};
use protocol::{
    Behind, CauseFactor, ChurnQuery, ChurnReason, ChurnState, ChurnView, Circle, CustomerEdit,
    CustomerFilter, Lens, ListAct, Request, Verdict, WaitingBy, WinBackQueue,
};
use std::fmt::Write as _;

const SURVEY: &str = include_str!("../../../ingest/tests/data/syn_csat_survey.csv");
const TICKETS: &str = include_str!("../../../ingest/tests/data/syn_service_log.csv");

fn ask(desk: &mut Desk, lens: &Lens) -> ChurnView {
    let query = ChurnQuery { lens: lens.clone(), groups: WaitingBy::Nothing };
    *desk.ask(Request::Churn(query)).of_segments::<ChurnView>().unwrap()
}

fn listed(desk: &mut Desk, lens: &Lens, mark: Behind) -> u32 {
    let filter = CustomerFilter::behind(mark);
    desk.list(everyone(lens, filter)).total
}

/// Forty who bought once long ago and forty who bought lately, with gaps enough for limits.
pub(super) fn shop() -> Vec<Order> {
    let mut orders = Vec::new();
    for n in 0..40 {
        orders.push(order(format!("g{n}"), &format!("gone{n}"), "2025-06-01", 20.0));
        orders.push(order(format!("k{n}"), &format!("kept{n}"), "2026-08-20", 20.0));
        orders.push(order(format!("l{n}"), &format!("kept{n}"), "2026-10-20", 20.0));
    }
    orders
}

fn import(desk: &mut Desk, file: &str) {
    desk.inspect(&[("file.csv", file.as_bytes())]);
    desk.confirm().unwrap();
}

#[test]
fn late_deliveries_of_those_who_left_rank_first() {
    let mut desk = Desk::new();
    let mut orders = shop();
    // Refunds on the last order come to both alike: every fourth of each.
    for of_three in orders.chunks_mut(3).step_by(4) {
        (of_three[0].refunded, of_three[2].refunded) = (5.0, 5.0);
    }
    desk.import(&table(&orders));
    let mut tickets =
        "ticket_id,channel,opened_at,phase,category,customer_email,agent\n".to_owned();
    for n in 0..40 {
        // Of those who left three quarters waited for their parcel, of the others a tenth.
        if n % 4 > 0 {
            let _ = writeln!(
                tickets,
                "T{n},chat,2025-06-05 09:00,insale,late delivery,gone{n}@example.com,Ines"
            );
        }
        if n % 10 == 0 {
            let _ = writeln!(
                tickets,
                "U{n},chat,2026-10-24 09:00,insale,late delivery,kept{n}@example.com,Ines"
            );
        }
    }
    import(&mut desk, &tickets);
    let view = ask(&mut desk, &as_of("2026-10-31"));
    let first = &view.causes[0];
    assert_eq!(first.factor, CauseFactor::Delivery);
    assert_eq!((first.churned, first.kept), ((30, 40), (4, 40)));
    assert!((first.difference - 0.65).abs() < 1e-12);
    assert!(first.interval.0 > 0.4 && first.is_sure());
    let refund = view.causes.iter().find(|it| it.factor == CauseFactor::Refund).unwrap();
    assert!(!refund.is_sure());
    // Nobody has answered: there is nothing to compare.
    assert!(view.causes.iter().all(|it| it.factor != CauseFactor::LowScore));
}

#[test]
fn reasons_sum_to_the_register_and_open_their_lists() {
    let mut desk = desk(SHOPIFY);
    import(&mut desk, SURVEY);
    import(&mut desk, TICKETS);
    let lens = as_of("2026-10-31");
    let view = ask(&mut desk, &lens);
    let of = |state| view.totals.of(state).unwrap().customers;
    assert_eq!(view.register.customers, of(ChurnState::AtRisk) + of(ChurnState::Churned));
    let counted: u32 = view.register.reasons.iter().map(|it| it.customers).sum();
    assert_eq!(counted, view.register.customers);
    assert!(view.register.reasons.len() > 2, "{:?}", view.register.reasons);
    assert!(view.register.reasons.is_sorted_by(|a, b| a.customers >= b.customers));
    assert_eq!(listed(&mut desk, &lens, Behind::Leaving), view.register.customers);
    for row in &view.register.reasons {
        assert_eq!(listed(&mut desk, &lens, Behind::Reason(row.reason)), row.customers);
    }
    let file = rows(&desk.file(Request::ExportRegister(lens)));
    assert_eq!(file.len() as u32, view.register.customers);
    for row in &view.register.reasons {
        let same = file.iter().filter(|it| it["reason"] == row.reason.code()).count();
        assert_eq!(same as u32, row.customers);
    }
}

#[test]
fn a_question_after_the_sale_is_no_complaint() {
    let mut desk = Desk::new();
    desk.import(&table(&shop()));
    let tickets = "ticket_id,channel,opened_at,phase,category,customer_email,agent,csat\n\
                   1,chat,2025-06-05 09:00,aftersale,invoice,gone1@example.com,Ines,5\n\
                   2,chat,2025-06-05 09:00,aftersale,Product related,gone2@example.com,Ines,\n\
                   3,chat,2025-06-05 09:00,insale,wrong_item,gone3@example.com,Ines,\n\
                   4,chat,2025-06-05 09:00,presale,invoice,gone4@example.com,Ines,2\n\
                   5,chat,2025-06-05 09:00,insale,late_delivery,gone5@example.com,Ines,\n";
    import(&mut desk, tickets);
    let lens = as_of("2026-10-31");
    assert_eq!(listed(&mut desk, &lens, Behind::Reason(ChurnReason::Complaint)), 2);
    // A complaint about the delivery is told as what it is about.
    assert_eq!(listed(&mut desk, &lens, Behind::Reason(ChurnReason::Delivery)), 1);
    // The first screen counts them all.
    let lens = Lens { period: Some(super::period("2025-06-01", "2026-10-31")), ..lens };
    assert_eq!(listed(&mut desk, &lens, Behind::Circle(Circle::Complaints)), 3);
}

#[test]
fn a_person_s_reason_holds_over_the_data_s_and_is_taken_back() {
    let mut desk = Desk::new();
    let mut orders = shop();
    orders[0].refunded = 20.0;
    desk.import(&table(&orders));
    let lens = as_of("2026-10-31");
    let reasons = |desk: &mut Desk| {
        let view = ask(desk, &as_of("2026-10-31"));
        view.register.reasons.iter().map(|it| (it.reason, it.customers)).collect::<Vec<_>>()
    };
    assert_eq!(reasons(&mut desk), [(ChurnReason::Unknown, 39)], "who gave all back never bought");
    let row = ask(&mut desk, &lens).register.rows[3].clone();
    assert!(!row.is_manual);
    desk.ask(Request::EditCustomer(row.id, CustomerEdit::Reason(Some(ChurnReason::Price))));
    let mut desk = desk.reopened();
    assert_eq!(reasons(&mut desk), [(ChurnReason::Unknown, 38), (ChurnReason::Price, 1)]);
    let now = ask(&mut desk, &lens).register.rows.into_iter().find(|it| it.id == row.id).unwrap();
    assert!(now.is_manual && now.probable == ChurnReason::Unknown);
    desk.ask(Request::EditCustomer(row.id, CustomerEdit::Reason(None)));
    assert_eq!(reasons(&mut desk), [(ChurnReason::Unknown, 39)]);
}

#[test]
fn a_customer_enters_the_register_on_the_very_day() {
    let mut desk = Desk::new();
    desk.import(&table(&shop()));
    let limits = ask(&mut desk, &as_of("2026-10-31")).totals.limits;
    let left = day("2025-06-01");
    for (after, state) in [
        (limits.at_risk_days - 1, None),
        (limits.at_risk_days, Some(ChurnState::AtRisk)),
        (limits.churned_days, Some(ChurnState::Churned)),
    ] {
        let on = left.plus_days(after as i32);
        let view = ask(&mut desk, &Lens { as_of: Some(on), ..Lens::default() });
        // With too few gaps before 2026 the limits may be others than later.
        if view.totals.limits == limits {
            let row = view.register.rows.first();
            assert_eq!(row.map(|it| it.state), state, "{after}");
            assert!(row.is_none_or(|it| it.entered == on));
        }
    }
}

#[test]
fn the_priority_is_the_product_of_the_two_factors_shown() {
    let mut desk = desk(CDNOW);
    let lens = as_of("1998-06-30");
    // The scores file waits for the fit.
    let scores = rows(&desk.file(Request::ExportScores(lens.clone())));
    let WinBackQueue::Ready { customers, rows } = ask(&mut desk, &lens).win_back else {
        panic!("not ready")
    };
    let leaving = ask(&mut desk, &lens).register.customers;
    assert!(customers > 0 && customers <= leaving);
    let mut compared = 0;
    for row in &rows {
        let product = row.value as f64 * f64::from(row.loss_milli) / 1_000.0;
        assert_eq!(row.priority, product.round() as i64);
        let same = scores.iter().find(|it| it["customer_id"] == row.id.to_string()).unwrap();
        let clv: f64 = same["clv_12m"].parse().unwrap();
        let p_order: f64 = same["p_order_365d"].parse().unwrap();
        // The file has the value to be expected, the queue that of whoever is still there.
        let p_alive: f64 = same["p_alive"].parse().unwrap();
        let if_alive = clv * 100.0 / p_alive;
        let is_near = (row.value as f64 - if_alive).abs() <= 0.02 * if_alive + 1.0;
        // Of small chances the file has too few digits.
        assert!(is_near || p_alive < 0.05, "{row:?} {if_alive}");
        compared += u32::from(p_alive >= 0.05);
        assert_eq!(row.loss_milli, ((1.0 - p_order) * 1_000.0).round() as u16);
        assert_ne!(same["churn_state"], "active");
    }
    assert!(compared > 0);
    assert!(rows.is_sorted_by(|a, b| a.priority >= b.priority));
    // The list behind and the file have all of them, the file in the queue's order.
    assert_eq!(listed(&mut desk, &lens, Behind::ToWinBack), customers);
    let file = self::rows(&desk.file(Request::ExportWinBack(lens.clone())));
    assert_eq!(file.len() as u32, customers);
    for (row, written) in rows.iter().zip(&file) {
        assert_eq!(written["customer_id"], row.id.to_string());
    }
}

#[test]
fn without_a_model_there_is_no_queue() {
    let mut desk = Desk::new();
    desk.import(&table(&shop()));
    let lens = as_of("2026-10-31");
    desk.file(Request::ExportScores(lens.clone()));
    assert_eq!(ask(&mut desk, &lens).win_back, WinBackQueue::NoModel);
    assert_eq!(listed(&mut desk, &lens, Behind::ToWinBack), 0);
}

#[test]
fn the_register_knows_who_looks_after_whom_and_what_came_of_it() {
    let mut desk = Desk::new();
    // The last one has a silence of their own, of which the others know nothing.
    desk.import(&table(&shop()));
    let lens = as_of("2026-11-22");
    let register = ask(&mut desk, &lens).register;
    let ids: Vec<_> = register.rows.iter().map(|it| it.id).collect();
    // Silent since June 2025 they are gone for more than another churn period.
    assert_eq!((register.customers, register.lost, register.won_back_customers), (40, 40, 0));
    assert!(register.rows.iter().all(|it| it.contacted.is_empty() && !it.is_verdict_manual));

    desk.ask(Request::EditCustomer(ids[0], CustomerEdit::Owner("  Ines   K. ".to_owned())));
    desk.ask(Request::EditCustomer(ids[1], CustomerEdit::Owner("Bo".to_owned())));
    desk.ask(Request::EditCustomer(ids[1], CustomerEdit::Verdict(Some(Verdict::Open))));
    let contacted = Request::ActOn(ids[1], ListAct::Contacted);
    desk.ask(contacted);
    let mut desk = desk.reopened();
    let register = ask(&mut desk, &lens).register;
    assert_eq!(register.owners, ["Bo", "Ines K."]);
    let row = |id| register.rows.iter().find(|it| it.id == id).unwrap();
    assert_eq!(row(ids[0]).owner, "Ines K.");
    let tried = row(ids[1]);
    assert_eq!((tried.verdict, tried.is_verdict_manual), (Verdict::Open, true));
    assert_eq!(tried.contacted, [day("2026-11-22")]);
    assert_eq!(register.lost, 39);
    let file = rows(&desk.file(Request::ExportRegister(lens.clone())));
    let of = |value: &str| file.iter().filter(|it| it["outcome"] == value).count() as u32;
    assert_eq!((of("lost"), of("open")), (register.lost, register.customers - register.lost));
    assert!(file.iter().any(|it| it["owner"] == "Bo" && it["times_contacted"] == "1"));

    // An order after the contact wins the customer back, and makes void what was said.
    let email = file.iter().find(|it| it["owner"] == "Bo").unwrap()["email"].clone();
    let who = email.strip_suffix("@example.com").unwrap();
    desk.place.set_today(day("2026-11-30"));
    desk.import(&table(&[order("again", who, "2026-11-28", 30.0)]));
    let lens = as_of("2026-11-30");
    let register = ask(&mut desk, &lens).register;
    assert_eq!((register.customers, register.lost, register.won_back_customers), (39, 39, 1));
    let won = &register.won_back[0];
    assert_eq!((won.id, won.owner.as_str()), (ids[1], "Bo"));
    assert_eq!((won.contacted, won.ordered), (day("2026-11-22"), day("2026-11-28")));
    assert_eq!(won.net_since, 3_000);
    assert_eq!(listed(&mut desk, &lens, Behind::WonBack), 1);
    let known: u32 = register.reasons.iter().map(|it| it.customers).sum();
    assert_eq!(known, register.customers);
    // Before that day, and long after it, nobody was.
    assert_eq!(listed(&mut desk, &as_of("2026-11-27"), Behind::WonBack), 0);
    assert_eq!(listed(&mut desk, &as_of("2027-03-01"), Behind::WonBack), 0);
}

#[test]
fn who_was_contacted_while_active_was_not_won_back() {
    let mut desk = Desk::new();
    desk.import(&table(&shop()));
    let everybody = everyone(&as_of("2026-11-22"), CustomerFilter::default());
    desk.ask(Request::Act(everybody, ListAct::Contacted));
    desk.place.set_today(day("2026-11-30"));
    desk.import(&table(&[
        order("a", "kept1", "2026-11-28", 30.0),
        order("b", "gone1", "2026-11-28", 30.0),
    ]));
    let register = ask(&mut desk, &as_of("2026-11-30")).register;
    assert_eq!(register.won_back_customers, 1);
    assert_eq!(register.won_back[0].label, "gone1@example.com");
    let too_long = CustomerEdit::Owner("x".repeat(121));
    let answer = desk.try_ask(Request::EditCustomer(register.won_back[0].id, too_long));
    assert_eq!(answer.unwrap_err().code(), "too_long");
}
