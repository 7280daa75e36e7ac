//! What is done to all customers of a list, and its way back.

use super::{Desk, day, order, searched, table, trade};
use protocol::{
    Acted, Consent, CustomerEdit, CustomerFilter, CustomerQuery, CustomerView, Lens, ListAct,
    Mailing, Problem, Request, Response,
};

const CONTACTS: &str = "Email,First Name,Last Name,Email Marketing Status,SMS Marketing Status,Tags\n\
                        c1@example.com,Ann,Lee,unsubscribed,,\n";

fn everybody() -> CustomerQuery {
    CustomerQuery { rows: 1_000, ..CustomerQuery::default() }
}

fn tagged(tag: &str) -> CustomerQuery {
    let filter = CustomerFilter { tag: tag.to_owned(), ..CustomerFilter::default() };
    CustomerQuery { filter, ..everybody() }
}

fn act(desk: &mut Desk, query: CustomerQuery, act: ListAct) -> Acted {
    match desk.ask(Request::Act(query, act)) {
        Response::Acted(acted) => acted,
        other => panic!("{other:?}"),
    }
}

fn mailing(desk: &mut Desk, query: CustomerQuery) -> (Vec<String>, Mailing) {
    let Response::Mailing(mailing) = desk.ask(Request::Mailing(query)) else { panic!() };
    let rows = super::rows(&mailing.file);
    (rows.into_iter().map(|row| row["email"].clone()).collect(), mailing)
}

fn customer(desk: &mut Desk, email: &str) -> CustomerView {
    let id = desk.list(searched(email)).rows[0].id;
    match desk.ask(Request::Customer(id, Lens::default())) {
        Response::Customer(view) => *view,
        other => panic!("{other:?}"),
    }
}

fn read_contacts(desk: &mut Desk, file: &str) {
    desk.inspect(&[("contacts.csv", file.as_bytes())]);
    desk.confirm().unwrap();
}

fn edit(desk: &mut Desk, email: &str, edit: CustomerEdit) {
    let id = customer(desk, email).row.id;
    desk.ask(Request::EditCustomer(id, edit));
}

#[test]
fn a_tag_is_put_on_all_of_a_list_kept_and_taken_back_from_those_who_got_it() {
    let mut desk = Desk::new();
    desk.import(&table(&trade(30)));
    edit(&mut desk, "c1@example.com", CustomerEdit::Tag("vip".to_owned()));
    let acted = act(&mut desk, searched("c1"), ListAct::Tag("  vip ".to_owned()));
    // c1 and c10 to c19.
    assert_eq!((acted.customers, acted.changed), (11, 10));
    assert_eq!(desk.list(tagged("vip")).total, 11);
    assert_eq!(customer(&mut desk, "c12@example.com").tags, ["vip"]);
    desk.ask(Request::UndoAct(acted.undo));
    assert_eq!(desk.list(tagged("vip")).total, 1, "who had it before keeps it");
    assert_eq!(desk.try_ask(Request::UndoAct(acted.undo)), Err(Problem::NotFound));
    act(&mut desk, everybody(), ListAct::Tag("all".to_owned()));
    let mut desk = desk.reopened();
    assert_eq!(desk.list(tagged("all")).total, 30);
    edit(&mut desk, "c1@example.com", CustomerEdit::Untag("all".to_owned()));
    assert_eq!(desk.list(tagged("all")).total, 29);
    assert_eq!(desk.list(tagged("none such")).total, 0);
}

#[test]
fn a_line_goes_under_each_note_and_undoing_spares_what_was_written_since() {
    let mut desk = Desk::new();
    desk.import(&table(&trade(12)));
    edit(&mut desk, "c2@example.com", CustomerEdit::Note("likes tea".to_owned()));
    let acted = act(&mut desk, everybody(), ListAct::Note("asked in May".to_owned()));
    assert_eq!((acted.customers, acted.changed), (12, 12));
    assert_eq!(customer(&mut desk, "c2@example.com").note, "likes tea\nasked in May");
    edit(&mut desk, "c3@example.com", CustomerEdit::Note("moved".to_owned()));
    desk.ask(Request::UndoAct(acted.undo));
    assert_eq!(customer(&mut desk, "c2@example.com").note, "likes tea");
    assert_eq!(customer(&mut desk, "c3@example.com").note, "moved");
    assert_eq!(customer(&mut desk, "c4@example.com").note, "");
}

#[test]
fn contacted_today_is_remembered_once_a_day() {
    let mut desk = Desk::new();
    desk.import(&table(&trade(12)));
    assert_eq!(act(&mut desk, everybody(), ListAct::Contacted).changed, 12);
    assert_eq!(act(&mut desk, everybody(), ListAct::Contacted).changed, 0);
    assert_eq!(customer(&mut desk, "c5@example.com").contacted, [day("2026-11-22")]);
}

#[test]
fn an_act_needs_a_text_that_is_not_too_long() {
    let mut desk = Desk::new();
    desk.import(&table(&trade(3)));
    for (text, problem) in [
        (" \n ".to_owned(), "invalid"),
        ("x".repeat(200), "too_long"),
        ("y".repeat(121), "too_long"),
    ] {
        let answer = desk.try_ask(Request::Act(everybody(), ListAct::Tag(text)));
        assert_eq!(answer.unwrap_err().code(), problem);
    }
}

#[test]
fn a_mailing_leaves_out_who_must_not_or_cannot_be_written_to() {
    let mut desk = Desk::new();
    desk.import(&table(&trade(4)));
    desk.inspect(&[("contacts.csv", CONTACTS.as_bytes())]);
    desk.confirm().unwrap();
    edit(&mut desk, "c2@example.com", CustomerEdit::Blocked(true));
    edit(&mut desk, "c3@example.com", CustomerEdit::Tag("Blacklist".to_owned()));
    let (emails, sent) = mailing(&mut desk, everybody());
    assert_eq!(emails, ["c0@example.com"]);
    assert_eq!((sent.written, sent.no_address, sent.refused, sent.blocked), (1, 0, 1, 2));
    assert_eq!(sent.left_out(), 3);
    edit(&mut desk, "c2@example.com", CustomerEdit::Blocked(false));
    assert_eq!(mailing(&mut desk, everybody()).1.written, 2);
}

#[test]
fn who_refused_e_mails_is_reached_by_telephone() {
    let mut desk = Desk::new();
    let mut bought = order(1, "c1", "2026-05-01", 10.0);
    bought.phone = "212-555-0142";
    desk.import(&table(&[bought]));
    desk.inspect(&[("contacts.csv", CONTACTS.as_bytes())]);
    desk.confirm().unwrap();
    let (emails, sent) = mailing(&mut desk, everybody());
    assert_eq!((emails, sent.written), (vec![String::new()], 1));
    assert_eq!(super::rows(&sent.file)[0]["phone"], "'+12125550142");
}

#[test]
fn a_newer_list_that_does_not_say_forgets_no_refusal() {
    let mut desk = Desk::new();
    desk.import(&table(&trade(4)));
    let older = "c0@example.com,Old,,,vip\n\
                 c1@example.com,Old,unsubscribed,unsubscribed,vip\n\
                 c2@example.com,Old,,,\"vip, Blacklist\"\n\
                 c3@example.com,Old,,,黑名单\n";
    let header = "Email,First Name,Email Marketing Status,SMS Marketing Status,Tags\n";
    read_contacts(&mut desk, &format!("{header}{older}"));
    let newer = (0..4).map(|n| format!("c{n}@example.com,New,Tea & Co,"));
    let newer = newer.collect::<Vec<_>>().join("\n");
    read_contacts(&mut desk, &format!("Email,First Name,Company,Tags\n{newer}"));
    let mut desk = desk.reopened();
    let (emails, sent) = mailing(&mut desk, everybody());
    assert_eq!(emails, ["c0@example.com"]);
    assert_eq!((sent.written, sent.no_address, sent.refused, sent.blocked), (1, 0, 1, 2));
    let refuser = customer(&mut desk, "c1@example.com").contact.unwrap();
    assert_eq!((refuser.email_consent, refuser.sms_consent), (Consent::Refused, Consent::Refused));
    assert_eq!((refuser.company.as_str(), refuser.tags), ("Tea & Co", Vec::new()));
    // The page shows why nobody writes to them.
    assert_eq!(customer(&mut desk, "c2@example.com").contact.unwrap().tags, ["Blacklist"]);
}

#[test]
fn the_newest_word_on_consent_is_in_force() {
    // What the older list says, what the newer says, what holds.
    let cases = [
        ("unsubscribed,", "subscribed,", Consent::Given),
        ("subscribed,", "unsubscribed,", Consent::Refused),
        ("unsubscribed,2026-02-01", "subscribed,2026-03-01", Consent::Given),
        ("unsubscribed,2026-03-01", "subscribed,2026-03-01", Consent::Given),
        // An old list that is read late.
        ("unsubscribed,2026-03-01", "subscribed,2026-02-01", Consent::Refused),
        // The day of a refusal may be the one on which they once came.
        ("subscribed,2026-03-01", "unsubscribed,2026-02-01", Consent::Refused),
        ("unsubscribed,2026-03-01", "subscribed,", Consent::Given),
        ("unsubscribed,2026-03-01", ",", Consent::Refused),
        ("subscribed,", ",", Consent::Given),
        (",", "unsubscribed,", Consent::Refused),
        (",", ",", Consent::Unknown),
    ];
    let mut desk = Desk::new();
    desk.import(&table(&trade(cases.len())));
    let header = "Email,First Name,Email Marketing Status,Consent Date\n";
    for list in [cases.map(|it| it.0), cases.map(|it| it.1)] {
        let rows = list.iter().enumerate();
        let rows = rows.map(|(n, said)| format!("c{n}@example.com,Ann,{said}"));
        let rows = rows.collect::<Vec<_>>().join("\n");
        read_contacts(&mut desk, &format!("{header}{rows}"));
    }
    for (n, (older, newer, expected)) in cases.into_iter().enumerate() {
        let found = customer(&mut desk, &format!("c{n}@example.com")).contact.unwrap();
        assert_eq!(found.email_consent, expected, "{older} then {newer}");
    }
    let refused = cases.iter().filter(|it| it.2 == Consent::Refused).count() as u32;
    assert_eq!(mailing(&mut desk, everybody()).1.refused, refused);
}

/// A whole list of ten thousand is one transaction.
#[test]
fn ten_thousand_are_tagged_at_once() {
    let mut desk = Desk::new();
    let orders: Vec<_> =
        (0..10_000).map(|n| order(n, &format!("c{n}"), "2026-05-01", 10.0)).collect();
    desk.import(&table(&orders));
    let acted = act(&mut desk, everybody(), ListAct::Tag("spring".to_owned()));
    assert_eq!((acted.customers, acted.changed), (10_000, 10_000));
    assert_eq!(desk.list(tagged("spring")).total, 10_000);
    desk.ask(Request::UndoAct(acted.undo));
    assert_eq!(desk.list(tagged("spring")).total, 0);
}

#[test]
fn what_was_erased_is_not_taken_back() {
    let mut desk = Desk::new();
    desk.import(&table(&trade(5)));
    let acted = act(&mut desk, everybody(), ListAct::Tag("vip".to_owned()));
    desk.ask(Request::EraseAll);
    assert_eq!(desk.try_ask(Request::UndoAct(acted.undo)), Err(Problem::NotFound));
}
