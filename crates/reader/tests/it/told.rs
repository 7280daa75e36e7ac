//! Files that are read as the user says, in place of what their beginning shows.

use crate::{Bytes, Patience, task};
use encoding_rs::GB18030;
use model::RecordKind;
use pollster::block_on;
use protocol::{Answer, FileReport, SavedReading};
use reader::{Task, read_file};
use std::fmt::Write as _;

fn told(bytes: &[u8], answers: &[(&str, &str)]) -> FileReport {
    read(bytes, &Task { answers: answers_of(answers), ..task() })
}

fn read(bytes: &[u8], task: &Task) -> FileReport {
    block_on(read_file(&Bytes(bytes), task, &Patience::default())).unwrap().report
}

fn answers_of(answers: &[(&str, &str)]) -> Vec<Answer> {
    let answer = |&(question, choice): &(&str, &str)| Answer {
        file: 0,
        question: question.to_owned(),
        choice: choice.to_owned(),
    };
    answers.iter().map(answer).collect()
}

/// The option in force.
fn in_force(report: &FileReport, option: &str) -> String {
    let layout = report.layout.as_ref().unwrap();
    layout.options.iter().find(|it| it.code == option).unwrap().detail.clone()
}

/// Whom the first order is of, and what was paid for it.
fn first(report: &FileReport) -> (&str, i64, String) {
    let order = &report.layout.as_ref().unwrap().orders[0];
    (&order.customer, order.total, order.day.to_string())
}

#[test]
fn options_change_how_texts_are_read_and_say_what_is_in_force() {
    let text = "order_id,customer_email,customer_name,ordered_at,total\n\
                1,a@example.com,张三,03/04/2026,\"1,234\"\n";
    let (gbk, _, _) = GB18030.encode(text);
    for (bytes, answers, option, expected) in [
        (text.as_bytes(), &[][..], ("encoding", "UTF-8"), ("张三", 123_400, "2026-03-04")),
        (
            &gbk[..],
            &[("encoding", "GB18030")],
            ("encoding", "GB18030"),
            ("张三", 123_400, "2026-03-04"),
        ),
        (
            &gbk[..],
            &[("encoding", "Windows-1252")],
            ("encoding", "Windows-1252"),
            ("ÕÅÈý", 123_400, "2026-03-04"),
        ),
        (
            text.as_bytes(),
            &[("date_order", "day_first")],
            ("date_order", "day_first"),
            ("张三", 123_400, "2026-04-03"),
        ),
        (
            text.as_bytes(),
            &[("decimal_mark", "comma")],
            ("decimal_mark", "comma"),
            ("张三", 123, "2026-03-04"),
        ),
    ] {
        let report = told(bytes, answers);
        assert_eq!(in_force(&report, option.0), option.1, "{answers:?}");
        let (who, total, day) = first(&report);
        assert_eq!((who, total, day.as_str()), expected, "{answers:?}");
    }
}

#[test]
fn whose_amounts_are_can_be_told() {
    let text = "order_id,customer_email,ordered_at,total,item\n\
                1,a@example.com,2026-01-05,10,tea\n1,a@example.com,2026-01-05,20,cup\n";
    let net = |answers| told(text.as_bytes(), answers).currencies[0].net;
    assert_eq!(net(&[]), 3_000);
    assert_eq!(net(&[("row_amounts", "order_total")]), 1_000);
    assert_eq!(in_force(&told(text.as_bytes(), &[]), "row_amounts"), "line_amount");
}

#[test]
fn the_head_of_a_file_is_read_to_the_end_of_its_last_whole_line() {
    let mut text = "order_id,customer_email,ordered_at,total\n".to_owned();
    for n in 0..60_000 {
        let _ = writeln!(text, "{n},c{n}@example.com,2026-03-{:02},19.90", n % 28 + 1);
    }
    let utf_16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for bytes in [text.as_bytes(), &utf_16] {
        let report = read(bytes, &Task { only_head: true, ..task() });
        assert!(report.layout.as_ref().unwrap().only_head);
        assert_eq!(report.rejected, 0, "{:?}", report.rejected_rows);
        assert!((1_000..60_000).contains(&report.orders), "{}", report.orders);
    }
    let small = read(&text.as_bytes()[..2_000], &Task { only_head: true, ..task() });
    assert!(!small.layout.unwrap().only_head, "all of it was read");
}

#[test]
fn what_was_said_of_another_file_is_said_of_this_too_until_it_is_answered() {
    let text = "Beleg,Am,Wert,Kto\n1,03/04/2026,10.00,a@example.com\n";
    let said = [("mapping", "order_number,ordered_at,total,email"), ("date_order", "day_first")];
    let saved = told(text.as_bytes(), &said).layout.unwrap().saved.unwrap();
    assert_eq!(saved.columns[0], ("beleg".to_owned(), "order_number".to_owned()));
    let known = |answers| Task { answers, remembered: vec![saved.clone()], ..task() };
    let report = read(text.as_bytes(), &known(Vec::new()));
    assert_eq!((report.questions.len(), first(&report).2.as_str()), (0, "2026-04-03"));
    let report = read(text.as_bytes(), &known(answers_of(&[("date_order", "month_first")])));
    assert_eq!(first(&report).2, "2026-03-04");
    let report = read(text.as_bytes(), &known(answers_of(&[("reading", "as_found")])));
    let layout = report.layout.unwrap();
    assert!(!layout.remembered);
    assert_eq!(report.questions[0].code, "mapping");
    // Nobody else's columns are read so.
    let other = read(b"Beleg,Am,Wert,Ort\n1,03/04/2026,10.00,Ulm\n", &known(Vec::new()));
    assert!(!other.layout.unwrap().remembered);
}

#[test]
fn a_table_without_names_is_remembered_for_nobody() {
    let text = "1,2026-04-03,10.00,a@example.com\n2,2026-04-04,12.00,b@example.com\n";
    let report = told(text.as_bytes(), &[("mapping", "order_number,ordered_at,total,email")]);
    let layout = report.layout.as_ref().unwrap();
    assert_eq!((report.orders, layout.columns[3].name.as_str()), (2, "D"));
    assert_eq!(layout.saved, None::<SavedReading>);
}

#[test]
fn a_file_about_people_is_asked_nothing_and_becomes_orders_if_the_user_says_so() {
    let text = "Email,Name,X1,X2,X3\na@example.com,Ann,K1,2026-01-05,20.00\n".as_bytes();
    let as_found = told(text, &[]);
    assert_eq!((as_found.kind, as_found.records, as_found.orders), (RecordKind::Contacts, 1, 0));
    assert!(as_found.questions.is_empty());
    assert_eq!(as_found.layout.unwrap().columns[0].role, "email");
    let as_orders = told(text, &[("mapping", "email,name,order_number,ordered_at,total")]);
    assert_eq!((as_orders.kind, as_orders.records, as_orders.orders), (RecordKind::Orders, 0, 1));
    assert_eq!(first(&as_orders), ("Ann", 2_000, "2026-01-05".to_owned()));
}

#[test]
fn what_is_so_of_one_part_of_a_mailing_list_is_not_remembered_of_the_others() {
    let text =
        b"Email Address,MEMBER_RATING,EUID,CONFIRM_TIME\na@example.com,2,e1,2026-01-05 10:00:00\n";
    let asked = told(text, &[]);
    assert_eq!(asked.questions.iter().map(|it| it.code.as_str()).collect::<Vec<_>>(), ["consent"]);
    let answered = told(text, &[("consent", "given")]);
    assert_eq!(answered.questions[0].choices[0].code, "given");
    assert_eq!(answered.layout.unwrap().saved, None);
}

#[test]
fn contact_cards_have_no_columns() {
    let cards = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ann\r\nEMAIL:a@example.com\r\nEND:VCARD\r\n";
    let report = told(cards, &[]);
    assert_eq!((report.kind, report.records, report.layout), (RecordKind::Contacts, 1, None));
    assert!(report.warnings.iter().all(|it| it.code != "no_header"));
}

#[test]
fn refunds_that_name_no_order_are_told_apart_from_the_net_of_orders() {
    let text = "order_id,customer_email,ordered_at,total,currency,status\n\
                1,a@example.com,2026-03-01,50.00,USD,paid\n\
                2,a@example.com,2026-03-02,-8.00,USD,paid\n\
                3,b@example.com,2026-03-02,-5.00,USD,cancelled\n";
    let report = told(text.as_bytes(), &[]);
    let usd = report.currencies[0];
    assert_eq!((usd.valid_orders, usd.net, usd.given_back), (1, 5_000, 800));
}
