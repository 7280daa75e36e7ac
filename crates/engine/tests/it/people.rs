//! Contacts, answers to surveys, tickets and events: stored, tied to customers and orders, and taken
//! back.

use super::{Desk, order, searched, table};
use model::{CustomerId, IdentityKey, RecordKind};
use protocol::{
    Consent, CustomerEdit, CustomerView, DryRun, FileReport, Lens, Links, Request, Response,
    ShopEdit, Touch, TouchKind,
};

const ORDERS: &[u8] = include_bytes!("../../../ingest/tests/data/syn_shopify_orders.csv");
const CONTACTS: &[u8] = include_bytes!("../../../ingest/tests/data/syn_shopify_customers.csv");
const SURVEY: &[u8] = include_bytes!("../../../ingest/tests/data/syn_csat_survey.csv");
const TICKETS: &[u8] = include_bytes!("../../../ingest/tests/data/syn_service_log.csv");

/// A shop with these files in it, and what was said of the last.
fn with(files: &[&[u8]]) -> (Desk, FileReport) {
    let mut desk = Desk::new();
    let report = files.iter().map(|file| import(&mut desk, file)).last();
    (desk, report.unwrap())
}

fn import(desk: &mut Desk, file: &[u8]) -> FileReport {
    let mut inspection = desk.inspect(&[("file.csv", file)]);
    desk.confirm().unwrap();
    inspection.files.remove(0)
}

fn id(email: &str) -> CustomerId {
    IdentityKey::Email(email).customer_id()
}

fn customer(desk: &mut Desk, id: CustomerId) -> CustomerView {
    match desk.ask(Request::Customer(id, Lens::default())) {
        Response::Customer(view) => *view,
        other => panic!("{other:?}"),
    }
}

/// All that can be taken out, as bytes, and the counts.
fn everything(desk: &mut Desk) -> (Vec<u8>, Vec<u8>, Vec<(RecordKind, u32)>) {
    let scores = desk.file(Request::ExportScores(Lens::default()));
    (desk.report(), scores, desk.shop().records)
}

#[test]
fn contacts_meet_their_orders() {
    let (mut desk, report) = with(&[ORDERS, CONTACTS]);
    assert_eq!((report.kind, report.records, report.orders), (RecordKind::Contacts, 181, 0));
    // 45 have no order at all; three claim more than there are.
    let links = Links { known: 136, unknown: 45, claims: 3, ..Links::default() };
    assert_eq!(report.links, links);
    assert_eq!(report.dry_run, DryRun { new: 45, updated: 136, ..DryRun::default() });
    for _ in 0..2 {
        let totals = desk.figures().totals;
        assert_eq!((totals.customers, totals.buyers), (188, 133));
        assert_eq!((totals.orders, totals.net), (300, 1_310_513));
        let batches = desk.shop().batches;
        assert_eq!((batches[0].kind, batches[0].records), (RecordKind::Contacts, 181));
        assert_eq!((batches[1].kind, batches[1].records), (RecordKind::Orders, 0));
        assert_eq!(desk.shop().records, [(RecordKind::Contacts, 181)]);
        desk = desk.reopened();
    }
}

#[test]
fn the_sequence_of_imports_makes_no_difference() {
    let (mut one, _) = with(&[ORDERS, CONTACTS, SURVEY, TICKETS]);
    let (mut other, _) = with(&[TICKETS, SURVEY, CONTACTS, ORDERS]);
    // The orders settle zone and currency, whatever came before them.
    assert_eq!(one.shop().profile, other.shop().profile);
    let figures = |desk: &mut Desk| {
        let totals = desk.figures().totals;
        (totals.customers, totals.buyers, totals.net, desk.shop().records, desk.shop().orphans)
    };
    assert_eq!(figures(&mut one), figures(&mut other));
    // Names and telephones are the newest list's.
    let scores = |desk: &mut Desk| {
        let of = |row: &std::collections::HashMap<String, String>| {
            ["customer_id", "orders", "monetary", "r", "f", "m", "tier"].map(|it| row[it].clone())
        };
        desk.scores().iter().map(of).collect::<std::collections::BTreeSet<_>>()
    };
    assert!(scores(&mut one) == scores(&mut other));
    let touches = |desk: &mut Desk| customer(desk, id("nadia.pemberly@example.com")).touches;
    assert_eq!(touches(&mut one), touches(&mut other));
    assert!(!touches(&mut one).is_empty());
}

#[test]
fn a_list_of_contacts_alone_is_a_shop_of_prospects() {
    let (mut desk, report) = with(&[CONTACTS]);
    assert_eq!(report.links, Links { unknown: 181, ..Links::default() });
    assert_eq!(report.dry_run, DryRun { new: 181, ..DryRun::default() });
    assert_eq!((report.settles_zone, report.settles_currency), (None, None));
    let totals = desk.figures().totals;
    assert_eq!((totals.customers, totals.buyers, totals.orders, totals.net), (181, 0, 0, 0));
    assert!(!desk.shop().empty);
    assert_eq!(desk.list(searched("yusuf.farrowby")).total, 1);
    // It says nothing of the shop: the orders that come later do.
    let mut inspection = desk.inspect(&[(
        "o.csv",
        b"Order ID,Email,Date,Total,Currency\n1,a@example.com,2026-10-01,5,EUR\n",
    )]);
    assert_eq!(inspection.files.remove(0).settles_currency, Some("EUR".to_owned()));
    desk.confirm().unwrap();
    assert_eq!(desk.shop().profile.currency.code(), "EUR");
}

#[test]
fn a_customer_has_what_the_list_says() {
    let (mut desk, _) = with(&[ORDERS, CONTACTS]);
    let view = customer(&mut desk, id("rosa.thornquist@example.com"));
    let contact = view.contact.unwrap();
    assert_eq!(
        (contact.source.as_str(), contact.note.as_str()),
        ("shopify", "Likes jasmine, dislikes bergamot")
    );
    assert_eq!(contact.tags, ["newsletter"]);
    assert_eq!((contact.email_consent, contact.sms_consent), (Consent::Given, Consent::Refused));
    let claimed = customer(&mut desk, id("yusuf.farrowby@example.com")).contact.unwrap();
    assert_eq!(claimed.claimed_orders, Some(4));
    let google = b"First Name,Last Name,Phonetic First Name,Organization Name,Birthday,Labels,E-mail 1 - Value\n\
        Rosa,Thornquist,,Tea & Co,--05-20,VIP,Rosa.Thornquist@example.com\n";
    let report = import(&mut desk, google);
    assert_eq!(report.dry_run, DryRun { updated: 1, ..DryRun::default() });
    let contact = customer(&mut desk, id("rosa.thornquist@example.com")).contact.unwrap();
    assert_eq!((contact.company.as_str(), contact.birthday), ("Tea & Co", Some((None, 5, 20))));
    assert_eq!(contact.source, "google_contacts");
}

#[test]
fn answers_find_their_customers_and_orders() {
    let (mut desk, report) = with(&[ORDERS, SURVEY]);
    assert_eq!((report.kind, report.records), (RecordKind::Responses, 124));
    let links = report.links;
    assert_eq!((links.known, links.unknown, links.nobody), (122, 2, 0));
    assert_eq!((links.orders, links.orphans, links.of_others), (123, 1, 2));
    assert_eq!(report.dry_run.new, 124);
    for _ in 0..2 {
        assert_eq!(desk.shop().records, [(RecordKind::Responses, 124)]);
        assert_eq!(desk.shop().orphans, 1);
        // Nobody becomes a customer by an answer.
        assert_eq!(desk.figures().totals.customers, 143);
        let touches = customer(&mut desk, id("nadia.pemberly@example.com")).touches;
        let expected = Touch {
            day: Some(super::day("2025-05-10")),
            kind: TouchKind::Answer { overall: Some(3), nps: Some(7), ces: Some(5) },
            order: "#1001".to_owned(),
            text: "Tea is fine, delivery so-so".to_owned(),
        };
        assert!(touches.contains(&expected), "{touches:?}");
        desk = desk.reopened();
    }
}

#[test]
fn tickets_find_their_customers_by_address_or_telephone() {
    let (mut desk, report) = with(&[ORDERS, CONTACTS, TICKETS]);
    assert_eq!((report.kind, report.records), (RecordKind::Tickets, 150));
    let links = report.links;
    // 80 by e-mail and 42 by telephone, of which four may be one of two customers'.
    assert_eq!((links.known + links.shared, links.shared), (122, 4));
    assert_eq!((links.unknown, links.nobody), (7, 21));
    assert_eq!((links.orders, links.orphans), (91, 0));
    let nadia = customer(&mut desk, id("nadia.pemberly@example.com"));
    let ticket = nadia.touches.iter().find(|it| it.text == "发错货了").unwrap();
    let TouchKind::Ticket { channel, category, is_open, csat } = &ticket.kind else { panic!() };
    assert_eq!((channel.as_str(), category.as_str()), ("email", "wrong_item"));
    assert_eq!((*is_open, *csat, ticket.day), (false, Some(4), Some(super::day("2025-05-18"))));
}

#[test]
fn a_file_once_more_adds_nothing() {
    for (file, records) in [(CONTACTS, 181), (SURVEY, 124), (TICKETS, 150)] {
        let (mut desk, _) = with(&[ORDERS, file]);
        let before = everything(&mut desk);
        let again = desk.inspect(&[("again.csv", file)]).files.remove(0);
        assert!(again.already_imported_ms.is_some());
        assert_eq!(again.dry_run, DryRun { identical: records, ..DryRun::default() });
        // Another file with the same rows.
        let mut longer = file.to_vec();
        longer.extend_from_slice(b"\n");
        let report = import(&mut desk, &longer);
        assert_eq!(report.dry_run, DryRun { identical: records, ..DryRun::default() });
        assert_eq!(everything(&mut desk), before);
    }
}

#[test]
fn an_import_that_is_taken_back_leaves_no_trace() {
    let (mut alone, _) = with(&[ORDERS]);
    let expected = everything(&mut alone);
    for file in [CONTACTS, SURVEY, TICKETS] {
        for files in [[ORDERS, file], [file, ORDERS]] {
            let (mut desk, _) = with(&files);
            let batches = desk.shop().batches;
            let people = batches.iter().find(|it| it.kind != RecordKind::Orders).unwrap();
            desk.ask(Request::Undo(people.id));
            assert_eq!(everything(&mut desk), expected);
            let mut desk = desk.reopened();
            assert_eq!(everything(&mut desk), expected);
            let undone = desk.shop().batches.into_iter().find(|it| it.undone).unwrap();
            // What it was stays in the list.
            assert!(undone.kind != RecordKind::Orders && undone.records > 0);
        }
    }
}

#[test]
fn a_later_import_has_the_last_word_on_a_ticket() {
    let head = "Ticket ID,Opened At,Closed At,Agent,Customer Email\n";
    let orders = table(&[order(1, "ann", "2026-10-01", 5.0)]);
    let open = format!("{head}7,2026-10-02 10:00,,Ben,ann@example.com\n");
    let closed = format!(
        "{head}7,2026-10-02 10:00,2026-10-03 10:00,Ben,ann@example.com\n8,2026-10-04 10:00,,Ben,ann@example.com\n"
    );
    let (mut desk, report) = with(&[orders.as_bytes(), open.as_bytes(), closed.as_bytes()]);
    assert_eq!(report.dry_run, DryRun { new: 1, updated: 1, ..DryRun::default() });
    let is_open = |desk: &mut Desk| -> Vec<bool> {
        let touches = customer(desk, id("ann@example.com")).touches;
        let open = |touch: &Touch| matches!(touch.kind, TouchKind::Ticket { is_open: true, .. });
        touches.iter().map(open).collect()
    };
    assert_eq!(is_open(&mut desk), [true, false]);
    let latest = desk.shop().batches[0].id;
    desk.ask(Request::Undo(latest));
    assert_eq!(is_open(&mut desk), [true]);
}

#[test]
fn what_names_an_order_alone_is_its_customers() {
    let orders =
        table(&[order("#1", "ann", "2026-10-01", 5.0), order("#2", "", "2026-10-01", 5.0)]);
    let survey = "Order No,Rating,Comment\n1,5,good tea\n2,4,fine tea\n3,1,bad tea\n";
    let (mut desk, report) = with(&[orders.as_bytes(), survey.as_bytes()]);
    assert_eq!((report.links.nobody, report.links.orders, report.links.orphans), (3, 2, 1));
    let touches = customer(&mut desk, id("ann@example.com")).touches;
    // What has no time is of any day.
    assert_eq!(touches.iter().map(|it| it.day).collect::<Vec<_>>(), [None]);
    let dated = "Order No,Rating,Comment,Date\n1,5,good tea,2026-10-05\n";
    import(&mut desk, dated.as_bytes());
    let touches = customer(&mut desk, id("ann@example.com")).touches;
    let days: Vec<_> = touches.iter().map(|it| it.day.map(|day| day.to_string())).collect();
    assert_eq!(days, [Some("2026-10-05".to_owned()), None]);
}

#[test]
fn events_stand_on_the_page_of_their_customer() {
    let orders = table(&[order(1, "ann", "2026-10-01", 5.0)]);
    let events = "time,email,event,subject\n2026-10-02 09:00:00,ann@example.com,add to cart,MAT-030\n\
                  2026-10-02 09:01:00,zoe@example.com,view,MAT-030\n2026-11-30 09:00:00,ann@example.com,view,later\n";
    let (mut desk, report) = with(&[orders.as_bytes(), events.as_bytes()]);
    assert_eq!((report.links.known, report.links.unknown), (2, 1));
    let touches = customer(&mut desk, id("ann@example.com")).touches;
    let found: Vec<_> = touches.iter().map(|it| (it.kind.clone(), it.text.as_str())).collect();
    assert_eq!(found, [(TouchKind::Event("cart".to_owned()), "MAT-030")]);
}

#[test]
fn a_mailing_list_is_read_again_with_the_answer() {
    let list = include_bytes!("../../../ingest/tests/data/syn_mailchimp_audience.csv");
    let mut desk = Desk::new();
    let report = desk.inspect(&[("audience.csv", list)]).files.remove(0);
    let codes: Vec<&str> = report.questions[0].choices.iter().map(|it| it.code.as_str()).collect();
    assert_eq!(
        (report.questions[0].code.as_str(), codes),
        ("consent", vec!["unknown", "given", "refused"])
    );
    let answer = |choice: &str| protocol::Answer {
        file: 0,
        question: "consent".to_owned(),
        choice: choice.to_owned(),
    };
    desk.ask(Request::Answer(vec![answer("given")]));
    desk.confirm().unwrap();
    let contact = customer(&mut desk, id("ada@example.com")).contact.unwrap();
    assert_eq!(contact.email_consent, Consent::Given);
    assert_eq!(contact.email_consent_day, Some(super::day("2024-03-14")));
    assert_eq!(contact.tags, ["VIP", "Blog"]);
}

#[test]
fn a_name_taken_back_to_nothing_is_the_imports_again() {
    let mut desk = Desk::new();
    let named = |name: &'static str| super::Order { name, ..order(1, "ann", "2026-10-01", 5.0) };
    desk.import(&table(&[named("Ann")]));
    let id = desk.list(super::searched("ann")).rows[0].id;
    let view = |desk: &mut Desk| match desk.ask(Request::Customer(id, Lens::default())) {
        Response::Customer(view) => (view.row.name, view.edited_name),
        other => panic!("{other:?}"),
    };
    let texts = |name: &str, edited: &str| (name.to_owned(), edited.to_owned());
    let before = view(&mut desk);
    assert_eq!(before, texts("Ann", ""));
    desk.ask(Request::EditCustomer(id, CustomerEdit::Name("Annie".to_owned())));
    assert_eq!(view(&mut desk), texts("Annie", "Annie"));
    desk.ask(Request::EditCustomer(id, CustomerEdit::Name(before.1)));
    desk.import(&table(&[named("Anna")]));
    assert_eq!(view(&mut desk), texts("Anna", ""));
    // So it is with the name of the shop.
    let name = |desk: &mut Desk| (desk.shop().profile.name, desk.shop().edited.name);
    assert_eq!(name(&mut desk), texts("", ""));
    desk.ask(Request::EditShop(ShopEdit::Name("Wool".to_owned())));
    assert_eq!(name(&mut desk), texts("Wool", "Wool"));
}
