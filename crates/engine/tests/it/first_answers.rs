//! What a visit is told at once is what its data say.

use super::{Desk, Place, day, order, table, trade};
use engine::{Engine, FirstAnswers};
use model::{Currency, Rate};
use pollster::block_on;
use protocol::{CustomerEdit, Event, Lens, Period, Problem, Request, Response, ShopEdit, encode};
use std::rc::Rc;
use store::{Area, Backend, Fault, MemoryBackend, Transaction};

/// What the first screen asks after its greeting.
fn first_screen() -> [Request; 3] {
    [Request::Shop, Request::Analyse(Lens::default()), Request::Today(Lens::default())]
}

/// Answers as the worker does it.
fn look(desk: &mut Desk, request: &Request) -> Vec<u8> {
    let noted = desk.engine.to_be_kept(request);
    let response = desk.ask(request.clone());
    if let Some(noted) = noted {
        desk.engine.note(noted, &response);
    }
    encode(&without_time(response))
}

fn without_time(response: Response) -> Response {
    match response {
        Response::Analysis(mut it) => {
            it.took_ms = None;
            Response::Analysis(it)
        }
        other => other,
    }
}

/// A visit of the first screen, until the engine is idle.
fn visit(desk: &mut Desk) -> [Vec<u8>; 3] {
    let answers = first_screen().map(|request| look(desk, &request));
    block_on(desk.engine.keep_first_answers());
    answers
}

/// A shop that was visited.
fn visited() -> Desk {
    let mut desk = Desk::new();
    desk.import(&table(&trade(60)));
    visit(&mut desk);
    desk
}

/// The next visit, of which nothing is loaded yet.
fn next_visit(desk: Desk) -> (Desk, Rc<FirstAnswers>) {
    let Desk { place, backend, .. } = desk;
    backend.restart();
    let engine = block_on(Engine::open_unread(backend.clone(), place.host(), false)).unwrap();
    let mut desk = Desk { place, backend, engine };
    let first = block_on(desk.engine.first_answers());
    desk.place.heard();
    (desk, first)
}

/// What a next visit is told at once.
fn told(desk: Desk) -> (Desk, [Option<Vec<u8>>; 3]) {
    let (desk, first) = next_visit(desk);
    let told = first_screen().map(|request| first.give(&request));
    (desk, told)
}

fn kept_record(backend: &MemoryBackend) -> Option<(String, Vec<u8>)> {
    let records = block_on(backend.all(Area::Meta)).unwrap();
    records.into_iter().find(|(key, _)| key == "kept-answers")
}

fn put_record(backend: &MemoryBackend, record: (String, Vec<u8>)) {
    let puts = vec![(Area::Meta, record.0, record.1)];
    block_on(backend.commit(Transaction { puts, ..Default::default() })).unwrap();
}

#[test]
fn what_was_kept_is_to_the_byte_what_the_data_say() {
    let (mut desk, first) = next_visit(visited());
    let greeting = first.give(&Request::Hello { build: "one".to_owned() }).unwrap();
    let told = first_screen().map(|request| first.give(&request).unwrap());
    assert_eq!(greeting, told[0]);
    assert!(first.is_over() && first.were_told());
    block_on(desk.engine.load()).unwrap();
    // The page knows this revision already.
    assert_eq!(desk.place.heard(), []);
    assert_eq!(visit(&mut desk), told);
    // A later revision of the same visit keeps what the next visit says at its first.
    let name = ShopEdit::Name("Wool".to_owned());
    desk.ask(Request::EditShop(name));
    assert_eq!(desk.place.heard(), [Event::Revision(2)]);
    visit(&mut desk);
    let (mut desk, told) = self::told(desk);
    block_on(desk.engine.load()).unwrap();
    assert_eq!(visit(&mut desk).map(Some), told);
    assert_eq!((desk.shop().revision, desk.shop().profile.name.as_str()), (1, "Wool"));
}

#[test]
fn it_is_written_once() {
    let mut desk = visited();
    let commits = desk.backend.commits();
    visit(&mut desk);
    let (mut desk, _) = told(desk);
    block_on(desk.engine.load()).unwrap();
    visit(&mut desk);
    assert_eq!(desk.backend.commits(), commits);
}

#[test]
fn whatever_it_depends_on_makes_it_stale() {
    type Change = fn(&mut Desk);
    let changes: [(&str, Change); 12] = [
        ("an import", |desk| _ = desk.import(&table(&[order("new", "zoe", "2026-10-31", 9.0)]))),
        ("an import taken back", |desk| _ = desk.ask(Request::Undo(1))),
        ("a name", |desk| {
            let id = desk.list(super::searched("c1")).rows[0].id;
            desk.ask(Request::EditCustomer(id, CustomerEdit::Name("Ann".to_owned())));
        }),
        ("a note", |desk| {
            let id = desk.list(super::searched("c1")).rows[0].id;
            desk.ask(Request::EditCustomer(id, CustomerEdit::Note("tea".to_owned())));
        }),
        ("a setting", |desk| {
            _ = desk.ask(Request::EditShop(ShopEdit::TierShares([2.0, 3.0, 15.0, 80.0])));
        }),
        ("the zone", |desk| {
            _ = desk.ask(Request::EditShop(ShopEdit::TimeZone("Asia/Shanghai".to_owned())));
        }),
        ("a rate", |desk| {
            let rate = Rate::parse("7.1");
            let (currency, shops) = (Currency::CNY, Currency::USD);
            _ = desk.ask(Request::EditShop(ShopEdit::Rate { currency, shops, from: None, rate }));
        }),
        ("another day", |desk| desk.place.set_today(day("2026-11-23"))),
        ("another build", |desk| desk.place.set_build(Some("two"))),
        ("a build in the making", |desk| desk.place.set_build(None)),
        ("another tab's edit", |desk| {
            let mut tab = Desk::open(desk.place.clone(), desk.backend.clone());
            tab.ask(Request::EditShop(ShopEdit::Name("Wool".to_owned())));
        }),
        ("everything erased", |desk| _ = desk.ask(Request::EraseAll)),
    ];
    for (what, change) in changes {
        let mut desk = visited();
        change(&mut desk);
        let (mut desk, told) = told(desk);
        assert_eq!(told, [None, None, None], "{what}");
        block_on(desk.engine.load()).unwrap();
        assert_eq!(desk.place.heard().last(), Some(&Event::Revision(1)), "{what}");
    }
    let (_, told) = told(visited());
    assert!(told.iter().all(Option::is_some));
}

#[test]
fn facts_that_nobody_has_set_are_the_devices() {
    let mut desk = Desk::new();
    desk.import("order_id,customer_email,ordered_at,total\n1,ann@example.com,2026-11-01,5\n");
    visit(&mut desk);
    let place = Place::new("Asia/Shanghai", "CN");
    let (mut desk, told) = told(Desk { place, ..desk });
    block_on(desk.engine.load()).unwrap();
    for (told, loaded) in told.into_iter().zip(visit(&mut desk)) {
        assert!(told.is_none_or(|it| it == loaded));
    }
}

#[test]
fn it_is_for_the_first_questions_of_a_visit_alone() {
    let period = Some(Period { from: day("2026-10-01"), to: day("2026-10-31") });
    for other in [
        Request::Customers(super::searched("c1")),
        Request::Models(Lens::default()),
        Request::ExportReport(Lens::default()),
        Request::EditShop(ShopEdit::Name("Wool".to_owned())),
        Request::Analyse(super::as_of("2026-10-31")),
        Request::Analyse(Lens { period, ..Lens::default() }),
        Request::Analyse(Lens { segment: Some(protocol::SegmentId(7)), ..Lens::default() }),
    ] {
        let desk = visited();
        assert!(desk.engine.to_be_kept(&other).is_none(), "{other:?}");
        let (mut desk, first) = next_visit(desk);
        assert!(first.give(&Request::Shop).is_some(), "{other:?}");
        assert_eq!(first.give(&other), None, "{other:?}");
        for request in first_screen() {
            assert_eq!(first.give(&request), None, "{other:?}");
        }
        block_on(desk.engine.load()).unwrap();
        assert_eq!((desk.place.heard(), desk.shop().revision), (Vec::new(), 1));
    }
    // Nothing twice, and nothing once the data are there.
    let (mut desk, first) = next_visit(visited());
    assert!(first.give(&Request::Shop).is_some());
    assert_eq!(first.give(&Request::Shop), None);
    assert!(first.is_over());
    block_on(desk.engine.load()).unwrap();
    let (mut desk, first) = next_visit(desk);
    block_on(desk.engine.load()).unwrap();
    assert_eq!((first.give(&Request::Shop), first.were_told()), (None, false));
    assert_eq!(desk.place.heard(), [Event::Revision(1)]);
}

#[test]
fn a_record_that_does_not_read_is_no_record() {
    let desk = visited();
    let (key, record) = kept_record(&desk.backend).unwrap();
    let mut flipped = record.clone();
    flipped[record.len() / 2] ^= 1;
    for damaged in [flipped, record[..20].to_vec(), b"{\"format\":9}".to_vec(), Vec::new()] {
        put_record(&desk.backend, (key.clone(), damaged));
        let other = Desk::open(desk.place.clone(), desk.backend.clone());
        let (mut other, told) = told(other);
        assert_eq!(told, [None, None, None]);
        block_on(other.engine.load()).unwrap();
        assert_eq!(other.shop().damaged, Vec::<String>::new());
    }
    // Whole, but of a form that this program does not know.
    let (other, _) = next_visit(Desk::open(desk.place.clone(), desk.backend.clone()));
    let mut later = record[..record.len() - 8].to_vec();
    later.insert(0, 1);
    let sum = xxhash_rust::xxh3::xxh3_64(&later).to_le_bytes();
    later.extend_from_slice(&sum);
    put_record(&other.backend, (key, later));
    assert_eq!(told(other).1, [None, None, None]);
}

#[test]
fn too_much_is_not_kept() {
    let mut desk = visited();
    // Segments are told with the shop.
    let long = "x".repeat(9_000);
    for n in 0..70 {
        let text = format!("{long}{n}");
        let segment = protocol::StoredSegment { id: protocol::SegmentId(n), text };
        desk.ask(Request::EditShop(ShopEdit::Segment(segment)));
    }
    let before = kept_record(&desk.backend);
    visit(&mut desk);
    assert_eq!(kept_record(&desk.backend), before);
    assert_eq!(told(desk).1, [None, None, None]);
}

#[test]
fn a_full_disk_or_a_kill_keeps_nothing_and_says_nothing() {
    for kill in [None, Some(Fault::BeforeCommit), Some(Fault::AfterCommit)] {
        let mut desk = Desk::new();
        desk.import(&table(&trade(60)));
        match kill {
            None => desk.backend.set_quota(Some(desk.backend.stored_bytes())),
            Some(fault) => desk.backend.kill_at_commit(0, fault),
        }
        desk.place.heard();
        let answers = visit(&mut desk);
        assert_eq!(desk.place.heard(), []);
        desk.backend.set_quota(None);
        let (mut desk, told) = told(desk);
        assert_eq!(told.iter().all(Option::is_some), kill == Some(Fault::AfterCommit));
        block_on(desk.engine.load()).unwrap();
        assert_eq!(visit(&mut desk)[2], answers[2]);
    }
}

#[test]
fn damage_that_shows_as_the_data_are_loaded_is_told() {
    let (mut desk, told) = told(visited());
    assert!(told.iter().all(Option::is_some));
    let chunks = block_on(desk.backend.keys(Area::Chunk)).unwrap();
    let puts = chunks.into_iter().map(|key| (Area::Chunk, key, b"nonsense".to_vec())).collect();
    block_on(desk.backend.commit(Transaction { puts, ..Default::default() })).unwrap();
    block_on(desk.engine.load()).unwrap();
    assert_eq!(desk.place.heard(), [Event::Revision(2)]);
    let shop = desk.shop();
    assert_eq!((shop.revision, shop.damaged.len(), shop.orders), (2, 1, 0));
    assert_eq!(desk.figures().totals.orders, 0);
    // Nor is the next visit told what the whole data said, or what is left of them.
    visit(&mut desk);
    assert_eq!(self::told(desk).1, [None, None, None]);
}

#[test]
fn what_was_told_is_worked_out_once_the_data_are_there() {
    let (mut desk, told) = told(visited());
    assert!(told.iter().all(Option::is_some));
    block_on(desk.engine.load()).unwrap();
    block_on(desk.engine.work_out_told());
    assert_eq!(desk.place.heard(), []);
    // A record that is whole, has the right key and is wrong all the same.
    let (key, record) = kept_record(&desk.backend).unwrap();
    let mut record = record[..record.len() - 8].to_vec();
    let true_answer = told[1].clone().unwrap();
    let place = record.windows(true_answer.len()).position(|it| *it == true_answer).unwrap();
    record[place + true_answer.len() / 2] ^= 1;
    let sum = xxhash_rust::xxh3::xxh3_64(&record).to_le_bytes();
    record.extend_from_slice(&sum);
    put_record(&desk.backend, (key, record));
    let (mut desk, told) = self::told(desk);
    assert_ne!(told[1], Some(true_answer.clone()));
    block_on(desk.engine.load()).unwrap();
    block_on(desk.engine.work_out_told());
    assert_eq!((desk.place.heard(), desk.shop().revision), (vec![Event::Revision(2)], 2));
    visit(&mut desk);
    assert_eq!(self::told(desk).1[1], Some(true_answer));
}

#[test]
fn rows_that_are_gone_are_known_before() {
    let desk = visited();
    let chunks = block_on(desk.backend.keys(Area::Chunk)).unwrap();
    let deletes = vec![(Area::Chunk, chunks[0].clone())];
    block_on(desk.backend.commit(Transaction { deletes, ..Default::default() })).unwrap();
    assert_eq!(told(desk).1, [None, None, None]);
}

#[test]
fn an_import_taken_back_by_another_tab_meanwhile_is_a_conflict_as_ever() {
    let desk = visited();
    let mut tab = Desk::open(desk.place.clone(), desk.backend.clone());
    let (mut desk, told) = told(desk);
    assert!(told.iter().all(Option::is_some));
    tab.ask(Request::Undo(1));
    assert_eq!(block_on(desk.engine.load()), Err(Problem::StorageConflict));
}

#[test]
fn nothing_is_kept_of_an_empty_shop_or_where_nothing_stays() {
    let mut desk = Desk::new();
    visit(&mut desk);
    assert_eq!(kept_record(&desk.backend), None);
    let Desk { place, backend, .. } = desk;
    let engine = block_on(Engine::open(backend.clone(), place.host(), true)).unwrap();
    let mut desk = Desk { place, backend, engine };
    desk.import(&table(&trade(60)));
    visit(&mut desk);
    assert_eq!(kept_record(&desk.backend), None);
}

#[test]
fn the_sample_shop_is_kept_too() {
    let mut desk = Desk::new();
    desk.ask(Request::LoadSample { chinese: false });
    visit(&mut desk);
    let (mut desk, told) = told(desk);
    assert!(told.iter().all(Option::is_some));
    block_on(desk.engine.load()).unwrap();
    assert_eq!(visit(&mut desk).map(Some), told);
    desk.ask(Request::RemoveSample);
    let (_, told) = self::told(desk);
    assert_eq!(told, [None, None, None]);
}

#[test]
fn nothing_kept_is_given_once_the_data_could_not_be_loaded() {
    let (mut desk, first) = next_visit(visited());
    assert!(first.give(&Request::Shop).is_some());
    desk.backend.kill_at_commit(0, Fault::BeforeCommit);
    // The database goes away before anything is read.
    assert!(block_on(desk.backend.commit(Transaction::default())).is_err());
    assert_eq!(block_on(desk.engine.load()), Err(Problem::StorageLost));
    assert!(first.is_over() && first.were_told());
    assert_eq!(first.give(&Request::Analyse(Lens::default())), None);
}
