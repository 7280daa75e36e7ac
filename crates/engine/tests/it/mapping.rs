//! Files whose columns nobody knows, and what is remembered of what the user says of them.

use super::place::TestFile;
use super::{Desk, order, table};
use pollster::block_on;
use protocol::{Answer, FileReport, Layout, Problem, Request, Response, SavedReading};

/// Orders under names that no shop system has.
const STRANGE: &str = "Beleg,Kto,Am,Wert,Ware\n\
    K-1,ann@example.com,05.01.2026,\"20,00\",Tee\n\
    K-2,ben@example.com,06.01.2026,\"5,50\",Tasse\n\
    K-3,ann@example.com,17.01.2026,\"8,00\",Tee\n";

fn answer(question: &str, choice: &str) -> Answer {
    Answer { file: 0, question: question.to_owned(), choice: choice.to_owned() }
}

fn mapping(roles: &str) -> Answer {
    answer("mapping", roles)
}

fn inspect(desk: &mut Desk, text: &str) -> FileReport {
    desk.inspect(&[("orders.csv", text.as_bytes())]).files.remove(0)
}

fn answered(desk: &mut Desk, answers: Vec<Answer>) -> FileReport {
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

/// Code and detail of the questions about a file.
fn questions(file: &FileReport) -> Vec<(&str, &str)> {
    file.questions.iter().map(|it| (it.code.as_str(), it.detail.as_str())).collect()
}

fn in_force<'a>(file: &'a FileReport, option: &str) -> &'a str {
    &layout(file).options.iter().find(|it| it.code == option).unwrap().detail
}

#[test]
fn columns_that_nobody_knows_are_asked_about_with_a_guess_in_force() {
    let mut desk = Desk::new();
    let file = inspect(&mut desk, STRANGE);
    assert_eq!((file.refusal.as_ref(), questions(&file)[0]), (None, ("mapping", "")));
    assert_eq!(roles(&file), ["order_number", "email", "ordered_at", "total", ""]);
    assert_eq!(layout(&file).columns[3].samples, ["20,00", "5,50", "8,00"]);
    assert_eq!((file.orders, file.customers), (3, 2));
    let first = &layout(&file).orders[0];
    assert_eq!((first.number.as_str(), first.day.to_string().as_str()), ("K-1", "2026-01-05"));
    assert_eq!((first.total, first.customer.as_str()), (2_000, "ann@example.com"));
    assert_eq!(in_force(&file, "decimal_mark"), "comma");
    // The user's own word is in force instead, and the question stays in sight.
    let told =
        answered(&mut desk, vec![mapping("order_number,email,ordered_at,total,product_name")]);
    assert_eq!(roles(&told)[4], "product_name");
    assert_eq!(questions(&told)[0].0, "mapping");
    assert_eq!(desk.confirm().unwrap().orders, 3);
    assert_eq!(desk.figures().totals.net, 3_350);
}

#[test]
fn a_file_waits_for_the_columns_that_it_cannot_be_read_without() {
    let mut desk = Desk::new();
    inspect(&mut desk, STRANGE);
    let file = answered(&mut desk, vec![mapping("order_number,email,,,")]);
    assert_eq!(questions(&file), [("mapping", "ordered_at,total")]);
    assert_eq!((file.orders, file.refusal.as_ref()), (0, None));
    assert_eq!(desk.confirm(), Err(Problem::NothingToImport));
}

#[test]
fn a_table_without_a_day_or_an_amount_stays_refused() {
    let mut desk = Desk::new();
    for text in ["sku,shelf\nA1,12\nA2,13\n", "Wann,Was\n2026-01-05,Tee\n2026-01-06,Tasse\n"] {
        let file = inspect(&mut desk, text);
        assert!(file.refusal.is_some(), "{text}");
        assert_eq!(file.layout, None);
    }
}

#[test]
fn a_file_that_was_certain_can_be_read_otherwise() {
    let mut desk = Desk::new();
    let text = table(&[order(1, "ann", "2026-10-01", 5.0), order(2, "ben", "2026-10-02", 7.0)]);
    let file = inspect(&mut desk, &text);
    assert_eq!((questions(&file), layout(&file).saved.as_ref()), (vec![], None));
    assert_eq!(roles(&file)[..4], ["order_number", "email", "ordered_at", "total"]);
    assert_eq!(in_force(&file, "delimiter"), "comma");
    // What does not fit takes nothing away: every option can be put back.
    let misfit = answered(&mut desk, vec![answer("delimiter", "tab")]);
    assert_eq!((misfit.orders, misfit.refusal.as_ref()), (0, None));
    assert_eq!(in_force(&misfit, "delimiter"), "tab");
    let back = answered(&mut desk, vec![answer("delimiter", "comma")]);
    assert_eq!(back.orders, 2);
    // The header is the second line: the first order is gone.
    let lower = answered(
        &mut desk,
        vec![answer("header_line", "2"), mapping("order_number,email,ordered_at,total,,,,,")],
    );
    assert_eq!((lower.orders, layout(&lower).columns[0].name.as_str()), (1, "1"));
}

#[test]
fn a_table_without_names_is_read_by_its_columns_places() {
    let mut desk = Desk::new();
    let text = "7,ann@example.com,2026-01-05,20.00\n8,ben@example.com,2026-01-06,5.50\n";
    let orders = format!("Beleg,Kto,Am,Wert\n{text}");
    inspect(&mut desk, &orders);
    let answers = vec![answer("header_line", "0"), mapping("order_number,email,ordered_at,total")];
    let mut file = answered(&mut desk, answers.clone());
    assert_eq!((file.orders, file.rejected), (2, 1), "the header is no order");
    assert_eq!(layout(&file).columns[1].name, "B");
    desk.inspect(&[("plain.csv", text.as_bytes())]);
    if let Response::Inspection(mut it) = desk.ask(Request::Answer(answers)) {
        file = it.files.remove(0);
    }
    assert_eq!((file.orders, file.rejected), (2, 0));
}

#[test]
fn what_was_said_of_a_file_is_in_force_for_the_next_with_the_same_columns() {
    let mut desk = Desk::new();
    inspect(&mut desk, STRANGE);
    answered(&mut desk, vec![mapping("order_number,email,ordered_at,total,product_name")]);
    assert!(desk.shop().readings.is_empty(), "nothing is remembered before the import");
    desk.confirm().unwrap();
    let mut desk = desk.reopened();
    // The same columns in another order.
    let next = "Ware,WERT,am,Kto,Beleg\nTee,\"9,00\",20.01.2026,cleo@example.com,K-9\n";
    let file = inspect(&mut desk, next);
    assert_eq!(questions(&file), []);
    assert!(layout(&file).remembered);
    assert_eq!(roles(&file), ["product_name", "total", "ordered_at", "email", "order_number"]);
    desk.confirm().unwrap();
    assert_eq!(desk.figures().totals.orders, 4);
    // As found, just for this file, and forgotten once it is imported.
    let readings = desk.shop().readings;
    assert_eq!((readings.len(), readings[0].file_name.as_str()), (1, "orders.csv"));
    inspect(&mut desk, &next.replace("K-9", "K-10"));
    let found = answered(&mut desk, vec![answer("reading", "as_found")]);
    assert_eq!((questions(&found)[0].0, layout(&found).remembered), ("mapping", false));
}

#[test]
fn what_is_remembered_can_be_forgotten_and_put_back() {
    let mut desk = Desk::new();
    let text = table(&[order(1, "ann", "03/04/2026", 5.0)]);
    inspect(&mut desk, &text);
    answered(&mut desk, vec![answer("date_order", "day_first")]);
    desk.confirm().unwrap();
    let known = desk.shop().readings.remove(0);
    assert_eq!(known.options, [("date_order".to_owned(), "day_first".to_owned())]);
    assert!(known.columns.is_empty(), "the columns are as found");
    let (columns, options) = (Vec::new(), Vec::new());
    desk.ask(Request::SaveReading(SavedReading { columns, options, ..known.clone() }));
    assert!(desk.shop().readings.is_empty());
    desk.ask(Request::SaveReading(known.clone()));
    assert_eq!(desk.reopened().shop().readings, [known]);
}

/// What a change of a remembered reading names, columns and options.
fn change(of: &SavedReading, columns: &[(&str, &str)], options: &[(&str, &str)]) -> Request {
    Request::ChangeReading(SavedReading {
        columns: owned(columns),
        options: owned(options),
        ..of.clone()
    })
}

fn owned(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[test]
fn a_change_of_what_is_remembered_leaves_the_changes_before_it() {
    type Pairs = &'static [(&'static str, &'static str)];
    let mut desk = Desk::new();
    let columns = [("a", "total"), ("b", "phone"), ("c", "")];
    let known = SavedReading {
        signature: "f00d".to_owned(),
        file_name: "orders.csv".to_owned(),
        columns: owned(&columns),
        options: Vec::new(),
    };
    desk.ask(Request::SaveReading(known.clone()));
    let day_first = ("date_order", "day_first");
    // Each names what is changed alone. What only one column can be is taken from the other.
    let changes: [(Pairs, Pairs, Pairs, Pairs); 5] = [
        (&[("c", "total")], &[], &[("a", ""), ("b", "phone"), ("c", "total")], &[]),
        (
            &[],
            &[("date_order", "month_first")],
            &[("a", ""), ("b", "phone"), ("c", "total")],
            &[("date_order", "month_first")],
        ),
        (
            &[],
            &[("date_order", "day_first"), ("encoding", "GB18030")],
            &[("a", ""), ("b", "phone"), ("c", "total")],
            &[("date_order", "day_first"), ("encoding", "GB18030")],
        ),
        // The first is put back.
        (
            &[("c", ""), ("a", "total")],
            &[],
            &[("a", "total"), ("b", "phone"), ("c", "")],
            &[("date_order", "day_first"), ("encoding", "GB18030")],
        ),
        (
            &[("b", "")],
            &[("encoding", "")],
            &[("a", "total"), ("b", ""), ("c", "")],
            &[("date_order", "day_first")],
        ),
    ];
    for (columns, options, all_columns, all_options) in changes {
        desk.ask(change(&known, columns, options));
        let now = desk.shop().readings.remove(0);
        assert_eq!((now.columns, now.options), (owned(all_columns), owned(all_options)));
    }
    // Its last answer is taken back: it is forgotten. That is put back: it begins anew.
    desk.ask(Request::SaveReading(SavedReading {
        columns: Vec::new(),
        options: owned(&[day_first]),
        ..known.clone()
    }));
    desk.ask(change(&known, &[], &[("date_order", "")]));
    assert!(desk.shop().readings.is_empty());
    desk.ask(change(&known, &[], &[day_first]));
    let (columns, options) = (Vec::new(), owned(&[day_first]));
    assert_eq!(desk.reopened().shop().readings, [SavedReading { columns, options, ..known }]);
}

#[test]
fn a_preview_reads_the_beginning_only_and_leaves_what_was_found() {
    let mut desk = Desk::new();
    let orders: Vec<_> =
        (0..20_000).map(|n| order(n, &format!("c{n}"), "2026-10-01", 5.0)).collect();
    inspect(&mut desk, &table(&orders));
    let preview = desk.ask(Request::Preview(0, vec![answer("header_line", "1")]));
    let Response::Preview(preview) = preview else { panic!("{preview:?}") };
    assert!(layout(&preview).only_head);
    assert!((1_000..20_000).contains(&preview.orders), "{}", preview.orders);
    assert_eq!(preview.rejected, 0, "no row is cut");
    assert_eq!(desk.confirm().unwrap().orders, 20_000);
    let none = desk.try_ask(Request::Preview(0, Vec::new()));
    assert_eq!(none, Err(Problem::NothingToImport));
}

#[test]
fn files_can_be_read_again_after_a_reading_that_was_stopped() {
    let mut desk = Desk::new();
    inspect(&mut desk, STRANGE);
    desk.place.cancel(true);
    let answers = vec![mapping("order_number,email,ordered_at,total,")];
    assert_eq!(desk.try_ask(Request::Answer(answers.clone())), Err(Problem::Cancelled));
    assert_eq!(desk.confirm(), Err(Problem::NothingToImport));
    desk.place.cancel(false);
    assert_eq!(answered(&mut desk, answers).orders, 3);
    desk.ask(Request::Abandon);
    let files = vec![TestFile::new("orders.csv", STRANGE.as_bytes())];
    assert!(block_on(desk.engine.answer(Request::Inspect, files)).is_ok());
}

#[test]
fn an_import_of_the_past_tells_what_was_not_used_until_it_is_undone() {
    let mut desk = Desk::new();
    let text = table(&[order(1, "ann", "2026-10-01", 5.0)]) + "2,ben@example.com,soon,7,,,,,\n";
    let id = desk.import(&text).batches[0];
    let mut desk = desk.reopened();
    let page = |desk: &mut Desk| match desk.ask(Request::Batch(id)) {
        Response::Batch(page) => *page,
        other => panic!("{other:?}"),
    };
    let kept = page(&mut desk);
    assert_eq!((kept.batch.new, kept.batch.updated, kept.batch.rejected), (1, 0, 1));
    assert_eq!((kept.batch.rows, kept.size), (2, text.len() as u64));
    let row = &kept.rejected_rows[0];
    assert_eq!((row.line, row.reason.as_str()), (3, "bad_date"));
    assert!(kept.warnings.iter().any(|it| it.code == "no_time_zone"), "{:?}", kept.warnings);
    desk.ask(Request::Undo(id));
    let undone = page(&mut desk);
    assert!(undone.batch.undone && undone.rejected_rows.is_empty());
    assert_eq!(desk.try_ask(Request::Batch(99)), Err(Problem::NotFound));
}
