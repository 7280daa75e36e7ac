//! Money of two currencies is never added; and what else the first file settles.

use super::place::{Place, TestFile};
use super::{Desk, Order, as_of, order, table};
use model::Currency;
use pollster::block_on;
use protocol::{Lens, Request, Response, ShopEdit};
use std::fmt::Write as _;
use store::MemoryBackend;

fn orders() -> Vec<Order> {
    let euro = |number, at, total| Order { currency: "EUR", ..order(number, "ben", at, total) };
    vec![
        order(1, "ann", "2026-10-01", 10.0),
        order(2, "ann", "2026-10-05", 20.0),
        order(3, "ann", "2026-10-06", 30.0),
        euro(4, "2026-10-02", 100.0),
        euro(5, "2026-10-20", 200.0),
    ]
}

#[test]
fn other_currencies_stand_apart() {
    let mut desk = Desk::new();
    desk.import(&table(&orders()));
    let euro = Currency::from_code("EUR").unwrap();
    let analysis = desk.figures();
    assert_eq!((analysis.currency, analysis.totals.net), (Currency::USD, 6_000));
    assert_eq!((analysis.totals.valid_orders, analysis.totals.buyers), (3, 1));
    assert_eq!(analysis.totals.orders, 5);
    assert_eq!(analysis.other_currencies, [(euro, 2)]);
    assert_eq!(desk.analyse(as_of("2026-10-10")).other_currencies, [(euro, 1)]);
    desk.ask(Request::EditShop(ShopEdit::Currency(Some(euro))));
    for _ in 0..2 {
        let analysis = desk.figures();
        assert_eq!((analysis.currency, analysis.totals.net), (euro, 30_000));
        assert_eq!(analysis.other_currencies, [(Currency::USD, 3)]);
        desk = desk.reopened();
    }
}

#[test]
fn the_first_file_suggests_the_currency_and_a_person_decides() {
    let chinese = || Desk::open(Place::new("Asia/Shanghai", "CN"), MemoryBackend::new());
    let mut desk = chinese();
    assert_eq!(desk.shop().profile.currency, Currency::CNY);
    desk.import(&table(&orders()[..3]));
    assert_eq!(desk.shop().profile.currency, Currency::USD);
    assert_eq!(desk.shop().profile.time_zone, "Asia/Shanghai");
    // What a person said of one fact does not keep the file from suggesting the others.
    let mut desk = chinese();
    desk.ask(Request::EditShop(ShopEdit::TimeZone("UTC".to_owned())));
    desk.import(&table(&orders()[..3]));
    let profile = desk.shop().profile;
    assert_eq!((profile.currency, profile.time_zone.as_str()), (Currency::USD, "UTC"));
    let mut desk = chinese();
    desk.ask(Request::EditShop(ShopEdit::Currency(Some(Currency::CNY))));
    desk.import(&table(&orders()[..3]));
    assert_eq!(desk.shop().profile.currency, Currency::CNY);
}

#[test]
fn what_the_first_file_settles_is_said_before() {
    let at = |number: u32, time| order(number, "ann", time, 5.0);
    // 30 September in New York.
    let file = table(&[at(1, "2026-07-01T12:00:00-04:00"), at(2, "2026-10-01T00:30:00+00:00")])
        .replace("2026-10-01T00:30:00+00:00", "2026-09-30T20:30:00-04:00");
    let chinese = || Desk::open(Place::new("Asia/Shanghai", "CN"), MemoryBackend::new());
    let settled = |desk: &mut Desk, file: &str| {
        let report = desk.inspect(&[("a.csv", file.as_bytes())]).files.remove(0);
        let days = report.days.map(|(first, last)| (first.to_string(), last.to_string()));
        (report.settles_zone, report.settles_currency, days.unwrap().1)
    };
    let some = |text: &str| Some(text.to_owned());
    let mut desk = chinese();
    let told = settled(&mut desk, &file);
    assert_eq!(told, (some("America/New_York"), some("USD"), "2026-09-30".to_owned()));
    desk.confirm().unwrap();
    let profile = desk.shop().profile;
    assert_eq!(
        (told.0.as_deref(), told.1.as_deref()),
        (Some(profile.time_zone.as_str()), Some(profile.currency.code()))
    );
    // The shop's facts are settled now.
    let later = table(&[at(3, "2026-07-01T12:00:00+09:00")]).replace("USD", "JPY");
    assert_eq!(settled(&mut desk, &later), (None, None, "2026-06-30".to_owned()));
    // A person's word is not touched, and what is as assumed is not said.
    let mut desk = chinese();
    desk.ask(Request::EditShop(ShopEdit::TimeZone("UTC".to_owned())));
    assert_eq!(settled(&mut desk, &file), (None, some("USD"), "2026-10-01".to_owned()));
    assert_eq!(settled(&mut Desk::new(), &file), (None, None, "2026-09-30".to_owned()));
    // Of two files of one drop the first that is stored settles.
    let files = [("no.csv", &b"x"[..]), ("a.csv", file.as_bytes()), ("b.csv", later.as_bytes())];
    let told = chinese().inspect(&files).files;
    assert_eq!(
        told.iter().map(|it| it.settles_currency.is_some()).collect::<Vec<_>>(),
        [false, true, false]
    );
}

#[test]
fn a_shop_that_is_empty_again_takes_the_next_files_currency() {
    let mut desk = Desk::new();
    let first = desk.import(&table(&orders()[..3])).batches[0];
    desk.ask(Request::Undo(first));
    desk.import(&table(&orders()[3..]));
    assert_eq!(desk.shop().profile.currency.code(), "EUR");
    assert_eq!(desk.figures().totals.net, 30_000);
}

/// Orders of a file that names no currency, with a line and a refund.
const UNNAMED: &str = "order_id,customer_email,ordered_at,total,refunded,item,quantity,price
1,ann@example.com,2026-10-01,1234.50,0.00,Tea,1,1234.50
2,ann@example.com,2026-10-05,100.25,50.00,Pot,1,100.25
";

fn change_currency(desk: &mut Desk, code: &str) {
    let currency = Currency::from_code(code).unwrap();
    desk.ask(Request::EditShop(ShopEdit::Currency(Some(currency))));
}

#[test]
fn amounts_without_a_currency_stay_the_same_in_any_of_the_shops() {
    let mut desk = Desk::open(Place::new("Asia/Shanghai", "CN"), MemoryBackend::new());
    desk.import(UNNAMED);
    // In yen each amount is rounded by itself, half away from zero; nothing is rounded twice.
    for (code, net, total, price) in [
        ("CNY", 128_475, 123_450, 123_450),
        ("JPY", 1_285, 1_235, 1_235),
        ("KWD", 1_284_750, 1_234_500, 1_234_500),
        ("JPY", 1_285, 1_235, 1_235),
        ("CNY", 128_475, 123_450, 123_450),
        ("JPY", 1_285, 1_235, 1_235),
    ] {
        change_currency(&mut desk, code);
        assert_eq!(desk.figures().totals.net, net, "{code}");
        let ann = desk.list(super::searched("ann")).rows[0].id;
        let Response::Customer(view) = desk.ask(Request::Customer(ann, Lens::default())) else {
            panic!()
        };
        let first = &view.orders[1];
        assert_eq!((first.total, first.lines[0].price), (total, price), "{code}");
    }
    let mut desk = desk.reopened();
    assert_eq!(desk.figures().totals.net, 1_285);
    // A newer file is read in yen and finds its orders as they are.
    let newer = UNNAMED.replace("2026-10-05,100.25,50.00", "2026-10-05,100.25,20.00");
    assert_eq!(desk.import(&newer).dry_run.updated, 1);
    assert_eq!(desk.figures().totals.net, 1_315);
    change_currency(&mut desk, "CNY");
    assert_eq!(desk.figures().totals.net, 131_500);
}

#[test]
fn a_first_file_that_names_its_currency_in_part_is_read_right() {
    let mut desk = Desk::open(Place::new("Asia/Shanghai", "CN"), MemoryBackend::new());
    let yen =
        |number, total| Order { currency: "JPY", ..order(number, "ann", "2026-10-01", total) };
    let unnamed = Order { currency: "", ..order(3, "ann", "2026-10-01", 50.0) };
    desk.import(&table(&[yen(1, 300.0), yen(2, 400.0), unnamed]));
    for _ in 0..2 {
        let analysis = desk.figures();
        assert_eq!((analysis.currency.code(), analysis.totals.net), ("JPY", 750));
        desk = desk.reopened();
    }
}

#[test]
fn what_a_file_suggested_goes_with_the_last_file() {
    let mut desk = Desk::open(Place::new("Asia/Shanghai", "CN"), MemoryBackend::new());
    let device = desk.shop().profile;
    let at = |time| table(&[order(time, "ann", time, 5.0)]);
    let first = desk.import(&at("2026-07-01T12:00:00-04:00")).batches[0];
    let second = desk.import(&at("2026-10-01 12:00:00")).batches[0];
    desk.ask(Request::Undo(first));
    // An import is left, and the facts were settled by the shop's first one.
    let profile = desk.shop().profile;
    assert_eq!((profile.currency, profile.time_zone.as_str()), (Currency::USD, "America/New_York"));
    desk.ask(Request::Undo(second));
    for _ in 0..2 {
        assert_eq!(desk.shop().profile, device);
        desk = desk.reopened();
    }
    // A person's word stays, whatever is imported or taken back.
    let third = desk.import(&at("2026-07-01T12:00:00-04:00")).batches[0];
    desk.ask(Request::EditShop(ShopEdit::TimeZone("UTC".to_owned())));
    desk.ask(Request::Undo(third));
    let profile = desk.shop().profile;
    assert_eq!((profile.currency, profile.time_zone.as_str()), (Currency::CNY, "UTC"));
}

#[test]
fn a_fact_that_a_person_takes_back_is_as_found_again() {
    let mut desk = Desk::open(Place::new("Asia/Shanghai", "CN"), MemoryBackend::new());
    let at = |at: &str| {
        table(&[order(1, "ann", at, 5.0), order(2, "ann", "2026-01-01T12:00:00-05:00", 5.0)])
    };
    let import = desk.import(&at("2026-07-01T12:00:00-04:00")).batches[0];
    let found = desk.shop().profile;
    assert_eq!((found.currency, found.time_zone.as_str()), (Currency::USD, "America/New_York"));
    let set = [
        ShopEdit::Currency(Some(Currency::CNY)),
        ShopEdit::TimeZone("UTC".to_owned()),
        ShopEdit::Country("DE".to_owned()),
    ];
    let taken_back = [
        ShopEdit::Currency(None),
        ShopEdit::TimeZone(String::new()),
        ShopEdit::Country(String::new()),
    ];
    for edit in set {
        desk.ask(Request::EditShop(edit));
    }
    let edited = desk.shop().edited;
    assert_eq!((&*edited.currency, &*edited.time_zone, &*edited.country), ("CNY", "UTC", "DE"));
    for edit in taken_back {
        desk.ask(Request::EditShop(edit));
    }
    let mut desk = desk.reopened();
    assert_eq!(
        (desk.shop().profile, desk.shop().edited),
        (found, protocol::EditedFacts::default())
    );
    // Nothing is pinned: without the file the device has the word.
    desk.ask(Request::Undo(import));
    let profile = desk.shop().profile;
    assert_eq!((profile.currency, profile.time_zone.as_str()), (Currency::CNY, "Asia/Shanghai"));
}

#[test]
fn a_country_is_two_letters() {
    let mut desk = Desk::new();
    let edit = |text: &str| Request::EditShop(ShopEdit::Country(text.to_owned()));
    desk.ask(edit(" de "));
    assert_eq!(desk.shop().profile.country, "DE");
    for bad in ["Germany", "D", "4A", "中国"] {
        let invalid = protocol::Problem::Invalid(protocol::Field::Country);
        assert_eq!(desk.try_ask(edit(bad)), Err(invalid), "{bad}");
    }
}

#[test]
fn the_first_file_tells_the_shops_zone_by_its_offsets() {
    let at =
        |times: [&str; 2]| table(&[order(1, "ann", times[0], 5.0), order(2, "ann", times[1], 5.0)]);
    for (times, zone) in [
        (["2026-07-01T12:00:00-04:00", "2026-01-01T12:00:00-05:00"], "America/New_York"),
        (["2026-07-01T12:00:00+08:00", "2026-01-01T12:00:00+08:00"], "Asia/Shanghai"),
        (["2026-07-01T12:00:00Z", "2026-01-01T12:00:00Z"], "Asia/Shanghai"),
        (["2026-07-01T12:00:00+05:45", "2026-01-01T12:00:00+05:45"], "Asia/Shanghai"),
        (["2026-07-01 12:00:00", "2026-01-01 12:00:00"], "Asia/Shanghai"),
    ] {
        let mut desk = Desk::open(Place::new("Asia/Shanghai", "CN"), MemoryBackend::new());
        desk.import(&at(times));
        assert_eq!(desk.shop().profile.time_zone, zone, "{times:?}");
        assert_eq!(desk.reopened().shop().profile.time_zone, zone, "{times:?}");
    }
}

#[test]
fn the_first_files_zone_tells_whose_telephones_it_has() {
    const SHOPIFY: &str = include_str!("../../../ingest/tests/data/syn_shopify_orders.csv");
    const TICKETS: &str = include_str!("../../../ingest/tests/data/syn_service_log.csv");
    // A merchant in China, whose shop is in America; the country as a person has it goes before.
    for (said, country, suggestions, known) in [(None, "US", 3, 118), (Some("CN"), "CN", 2, 80)] {
        let mut desk = Desk::open(Place::new("Asia/Shanghai", "CN"), MemoryBackend::new());
        if let Some(said) = said {
            desk.ask(Request::EditShop(ShopEdit::Country(said.to_owned())));
        }
        let files = [("orders.csv", SHOPIFY.as_bytes()), ("tickets.csv", TICKETS.as_bytes())];
        let inspection = desk.inspect(&files);
        let warnings = &inspection.files[0].warnings;
        let told = warnings.iter().find(|it| it.code == "merge_suggestions").unwrap();
        assert_eq!(told.count, suggestions, "{country}");
        desk.confirm().unwrap();
        assert_eq!(desk.shop().profile.country, country);
        assert!(inspection.files[1].links.known >= known, "{:?}", inspection.files[1].links);
    }
}

#[test]
fn a_large_first_file_from_abroad_is_read_whole_but_once() {
    let mut text = "order_id,customer_email,ordered_at,total,customer_phone\n".to_owned();
    for n in 0..40_000 {
        let day = n % 28 + 1;
        let _ = writeln!(
            text,
            "{n},c{n}@example.com,2026-07-{day:02}T12:00:00-04:00,5.00,2125550{:03}",
            n % 1_000
        );
    }
    let mut desk = Desk::open(Place::new("Asia/Shanghai", "CN"), MemoryBackend::new());
    let file = TestFile::new("orders.csv", text.as_bytes());
    let fetched = file.fetched();
    let Ok(Response::Inspection(found)) =
        block_on(desk.engine.answer(Request::Inspect, vec![file]))
    else {
        panic!()
    };
    assert_eq!(found.files[0].settles_zone.as_deref(), Some("America/New_York"));
    // Its beginning twice, the rest once.
    let head = 1 << 20;
    assert!(text.len() > 2 * head);
    assert!(fetched.get() <= text.len() + head, "{} of {}", fetched.get(), text.len());
    desk.confirm().unwrap();
    let everybody = desk.list(super::searched("c7@example.com"));
    assert_eq!(everybody.rows[0].phone, "+12125550007");
}
