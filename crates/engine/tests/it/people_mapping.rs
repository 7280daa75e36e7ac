//! The columns of files about people: shown, changed and remembered as those of orders are.

use super::Desk;
use model::{RecordKind, ShopDay};
use protocol::{Answer, FileReport, Layout, Problem, ReadCell, Request, Response};

fn answer(question: &str, choice: &str) -> Answer {
    Answer { file: 0, question: question.to_owned(), choice: choice.to_owned() }
}

fn inspect(desk: &mut Desk, text: &str) -> FileReport {
    desk.inspect(&[("people.csv", text.as_bytes())]).files.remove(0)
}

fn answered(desk: &mut Desk, kind: &str, mapping: &str) -> FileReport {
    let answers = vec![answer("kind", kind), answer("mapping", mapping)];
    match desk.ask(Request::Answer(answers)) {
        Response::Inspection(mut inspection) => inspection.files.remove(0),
        other => panic!("{other:?}"),
    }
}

fn layout(file: &FileReport) -> &Layout {
    file.layout.as_deref().unwrap()
}

fn roles(file: &FileReport) -> Vec<&str> {
    layout(file).columns.iter().map(|column| column.role.as_str()).collect()
}

/// The first record, as the page would write it.
fn first(file: &FileReport) -> Vec<(String, String)> {
    let records = &layout(file).records;
    let text = |cell: &ReadCell| match cell {
        ReadCell::Text(text) => text.clone(),
        ReadCell::Day(day) => day.to_string(),
        ReadCell::Score(score) => score.to_string(),
        ReadCell::Consent(consent) => format!("{consent:?}"),
    };
    let cells = records.columns.iter().cloned().zip(records.rows[0].iter().map(text));
    cells.filter(|(_, text)| !text.is_empty()).collect()
}

fn pairs(of: &[(&str, &str)]) -> Vec<(String, String)> {
    of.iter().map(|&(code, text)| (code.to_owned(), text.to_owned())).collect()
}

#[test]
fn every_kind_of_file_shows_its_own_roles_and_its_first_records() {
    for (text, kind, expected, shown) in [
        (
            "Name,Email,Company,Newsletter,Since,Shoe size\nAnn Lee,ann@example.com,Tea,yes,2025-03-01,38\n",
            RecordKind::Contacts,
            ["name", "email", "company", "email_consent", "since", ""],
            &[
                ("name", "Ann Lee"),
                ("email", "ann@example.com"),
                ("company", "Tea"),
                ("email_consent", "Given"),
                ("since", "2025-03-01"),
            ][..],
        ),
        (
            "Response ID,Email,Order,CSAT,expected_delivery,Comment\nR1,ann@example.com,7,4,5,Fine by me\n",
            RecordKind::Responses,
            ["response_number", "email", "order_number", "overall", "expected", "comment"],
            &[
                ("email", "ann@example.com"),
                ("order_number", "7"),
                ("overall", "4"),
                ("comment", "Fine by me"),
            ],
        ),
        (
            "Ticket ID,Opened at,Closed at,Category,Email,CSAT\nT1,2026-01-05,2026-01-06,Delivery,ann@example.com,2\n",
            RecordKind::Tickets,
            ["ticket_number", "ordered_at", "closed_at", "category", "email", "csat"],
            &[
                ("ticket_number", "T1"),
                ("ordered_at", "2026-01-05"),
                ("email", "ann@example.com"),
                ("category", "Delivery"),
                ("closed_at", "2026-01-06"),
                ("csat", "2"),
            ],
        ),
        (
            "Time,Email,Event,Product,Shop,Weather\n2026-01-05,ann@example.com,view,Bowl,1,rain\n",
            RecordKind::Events,
            ["ordered_at", "email", "action", "subject", "", ""],
            &[
                ("ordered_at", "2026-01-05"),
                ("action", "view"),
                ("subject", "Bowl"),
                ("email", "ann@example.com"),
            ],
        ),
    ] {
        let mut desk = Desk::new();
        let file = inspect(&mut desk, text);
        assert_eq!((file.kind, file.records, roles(&file)), (kind, 1, expected.to_vec()));
        assert_eq!(first(&file), pairs(shown));
        let offered: Vec<&str> = layout(&file).roles.iter().map(|it| it.code.as_str()).collect();
        assert!(!offered.contains(&"total") && !offered.contains(&"sku"), "{offered:?}");
        let found = layout(&file).options.iter().find(|it| it.code == "kind");
        assert_eq!(found.map(|it| it.detail.as_str()), Some(kind.code()));
        // What was found, said by the user, is the same.
        let said = answered(&mut desk, kind.code(), &expected.join(","));
        assert_eq!((said.kind, said.records, roles(&said)), (kind, 1, expected.to_vec()));
        assert_eq!(first(&said), pairs(shown));
    }
}

#[test]
fn columns_of_contacts_are_said_and_remembered() {
    let mut desk = Desk::new();
    let text = "Name,Mail-Adresse,Kontakt,Arbeitet bei,Bemerkung,Email\n\
                Ann Lee,ann@example.com,+12125550142,Tea & Co,likes oolong,\n";
    let file = inspect(&mut desk, text);
    assert_eq!((file.kind, file.rejected), (RecordKind::Contacts, 1), "no key is known");
    let said = "name,email,phone,company,note,";
    let file = answered(&mut desk, "contacts", said);
    assert_eq!((file.records, file.rejected), (1, 0));
    assert_eq!(
        first(&file),
        pairs(&[
            ("name", "Ann Lee"),
            ("email", "ann@example.com"),
            ("phone", "+12125550142"),
            ("company", "Tea & Co"),
            ("email_consent", "Unknown"),
        ])
    );
    desk.confirm().unwrap();
    let mut desk = desk.reopened();
    let next = "Bemerkung,Kontakt,Mail-Adresse,Name,Arbeitet bei,Email\n\
                ,,ben@example.com,Ben,Cups,\n";
    let file = inspect(&mut desk, next);
    assert!(layout(&file).remembered);
    assert_eq!((file.kind, file.records), (RecordKind::Contacts, 1));
    assert_eq!(roles(&file), ["note", "phone", "email", "name", "company", ""]);
    let saved = &desk.shop().readings[0];
    assert!(saved.options.contains(&("kind".to_owned(), "contacts".to_owned())));
}

#[test]
fn a_remembered_reading_is_changed_where_it_is_listed() {
    let mut desk = Desk::new();
    let text = "Name,Mail-Adresse,Bemerkung,Email\nAnn Lee,ann@example.com,likes oolong,\n";
    inspect(&mut desk, text);
    answered(&mut desk, "contacts", "name,email,company,");
    desk.confirm().unwrap();
    let saved = desk.shop().readings.remove(0);
    let Response::Reading(view) = desk.ask(Request::Reading(saved.signature.clone())) else {
        panic!()
    };
    assert_eq!(view.kind, RecordKind::Contacts);
    assert!(view.roles.iter().any(|it| it.code == "birthday"));
    assert!(view.roles.iter().all(|it| it.code != "total"));
    let options: Vec<(&str, &str)> =
        view.options.iter().map(|it| (it.code.as_str(), it.detail.as_str())).collect();
    assert_eq!(options[0], ("kind", "contacts"));
    assert!(
        options.contains(&("date_order", "")) && !options.iter().any(|it| it.0 == "row_amounts")
    );
    // The company was a note; the name is left out, and can be taken in again.
    let mut changed = saved.clone();
    for (name, role) in &mut changed.columns {
        match name.as_str() {
            "bemerkung" => *role = "note".to_owned(),
            "name" => role.clear(),
            _ => {}
        }
    }
    desk.ask(Request::SaveReading(changed.clone()));
    let mut desk = desk.reopened();
    assert_eq!(desk.shop().readings, [changed]);
    let file = inspect(&mut desk, &text.replace("ann@", "ben@"));
    assert_eq!(roles(&file), ["", "email", "note", ""]);
    let unknown = desk.try_ask(Request::Reading("ffff".to_owned()));
    assert_eq!(unknown, Err(Problem::NotFound));
}

#[test]
fn what_rows_are_can_be_said_where_the_columns_tell_it_wrongly() {
    let mut desk = Desk::new();
    // A day and an amount: taken for orders, though it is a list of people.
    let text = "Name,Email,Date,Amount\nAnn,ann@example.com,2025-03-01,250.00\n";
    let file = inspect(&mut desk, text);
    assert_eq!((file.kind, file.orders), (RecordKind::Orders, 1));
    let file = answered(&mut desk, "contacts", "");
    assert_eq!((file.kind, file.orders, file.records), (RecordKind::Contacts, 0, 1));
    let file = answered(&mut desk, "contacts", "name,email,since,claimed_spent");
    assert_eq!(roles(&file), ["name", "email", "since", "claimed_spent"]);
    let since = &layout(&file).records.rows[0][5];
    assert_eq!(*since, ReadCell::Day(ShopDay::parse_iso("2025-03-01").unwrap()));
    // And back again.
    let file = answered(&mut desk, "orders", "");
    assert_eq!((file.kind, file.orders), (RecordKind::Orders, 1));
}

#[test]
fn a_file_about_people_waits_for_what_it_cannot_be_read_without() {
    let text = "Time,Email,Event,Product\n2026-01-05,ann@example.com,view,Bowl\n";
    for (kind, mapping, missing) in [
        ("events", "ordered_at,email,,subject", "action"),
        ("events", ",email,,subject", "ordered_at,action"),
        ("contacts", ",,,note", "email,phone,member"),
        ("tickets", ",email,text,", "ordered_at"),
        ("responses", "ordered_at,email,,", "overall,nps,ces,score,comment"),
        ("responses", "ordered_at,email,question,", ""),
    ] {
        let mut desk = Desk::new();
        inspect(&mut desk, text);
        let file = answered(&mut desk, kind, mapping);
        let asked = file.questions.iter().find(|it| it.code == "mapping");
        assert_eq!(asked.map_or("", |it| &it.detail), missing, "{kind} {mapping}");
        assert_eq!((file.kind.code(), file.refusal), (kind, None));
        assert_eq!(desk.confirm().is_ok(), missing.is_empty(), "{kind} {mapping}");
    }
}
