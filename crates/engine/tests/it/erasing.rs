//! A customer who is erased is as if there had never been one, and stays so whatever comes back.

use super::backups::{backup, restore};
use super::{Desk, order, searched, table, trade};
use model::{CustomerId, IdentityKey};
use pollster::block_on;
use protocol::{BackupFault, CustomerEdit, FileReport, Lens, ListAct, Problem, Request, Response};
use serde_json::Value;
use store::{Area, Backend, Transaction};

const EMAIL: &str = "canary@example.com";

fn person() -> CustomerId {
    IdentityKey::Email(EMAIL).customer_id()
}

/// Orders of a trade, and with them the person's.
fn orders(with_them: bool) -> String {
    let mut orders = trade(40);
    for (n, at) in [("K1", "2026-05-02"), ("K2", "2026-08-09"), ("K3", "2026-10-20")] {
        let mut own = order(n, "canary", at, 33.0);
        (own.name, own.phone) = ("Cana Ry", "212-555-0142");
        // In the midst of the others.
        orders.insert(orders.len() / 2, own);
    }
    orders.retain(|it| with_them || it.email != EMAIL);
    table(&orders)
}

const CONTACTS: &str = "Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address Company,Default Address Address1,Default Address Address2,Default Address City,Default Address Province Code,Default Address Country Code,Default Address Zip,Default Address Phone,Phone,Accepts SMS Marketing,Total Spent,Total Orders,Note,Tax Exempt,Tags\n\
'7210001,Bea,Two,c2@example.com,yes,,,,,,US,,,,no,1.00,1,,no,\n\
'7210002,Cana,Ry,canary@example.com,no,,,,Canarytown,,US,,,212-555-0142,no,99.00,3,canary-listed,no,\n";

const SURVEY: &str = "order_no,email,submitted_at,overall,nps,ces,comment\n\
T1-0,c1@example.com,2026-08-10T19:40:23Z,3,7,5,Fine\n\
K2,canary@example.com,2026-08-10T19:40:23Z,1,2,5,canary-said\n\
K3,,2026-10-25T19:40:23Z,2,2,5,canary-nameless\n";

const TICKETS: &str = "ticket_id,channel,opened_at,first_reply_at,closed_at,phase,category,customer_email,customer_phone,customer_nick,order_no,agent,csat,text\n\
T-1,chat,2026-08-02 08:00,2026-08-02 08:08,2026-08-02 12:50,insale,stock,c1@example.com,,,T1-0,Ines,4,About tea\n\
T-2,chat,2026-08-02 08:00,2026-08-02 08:08,2026-08-02 12:50,insale,canary-topic,,(212) 555-0142,,,Ines,4,canary-asked\n\
T-3,chat,2026-08-03 08:00,,,insale,stock,,,7210002,,Ines,,canary-member\n";

/// The lines of a file that tell nothing of the person.
fn without(file: &str) -> String {
    let is_theirs =
        |line: &&str| ["canary", "K2", "K3", "7210002"].iter().all(|it| !line.contains(it));
    file.split_inclusive('\n').filter(is_theirs).collect()
}

fn import(desk: &mut Desk, name: &str, file: &str) -> FileReport {
    let report = desk.inspect(&[(name, file.as_bytes())]).files.remove(0);
    desk.confirm().unwrap();
    report
}

fn filled(files: &[String]) -> Desk {
    let mut desk = Desk::new();
    for (n, file) in files.iter().enumerate() {
        import(&mut desk, &format!("{n}.csv"), file);
    }
    desk
}

fn files() -> [String; 4] {
    [orders(true), CONTACTS.to_owned(), SURVEY.to_owned(), TICKETS.to_owned()]
}

/// A shop that knows the person by orders, a list, answers, tickets, a note and a tag.
fn shop() -> Desk {
    let mut desk = filled(&files());
    desk.ask(Request::EditCustomer(person(), CustomerEdit::Note("canary-note".to_owned())));
    desk.ask(Request::Act(searched("canary"), ListAct::Tag("canary-tag".to_owned())));
    desk
}

fn never_there() -> Desk {
    filled(&[orders(false), without(CONTACTS), without(SURVEY), without(TICKETS)])
}

fn erase(desk: &mut Desk) -> Vec<String> {
    match desk.ask(Request::EraseCustomer(person())) {
        Response::Erased(damaged) => damaged,
        other => panic!("{other:?}"),
    }
}

/// All that can be taken out, and what there is of records.
fn everything(desk: &mut Desk) -> (String, String, Vec<(model::RecordKind, u32)>) {
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let scores = desk.file(Request::ExportScores(Lens::default()));
    (text(desk.report()), text(scores), desk.shop().records)
}

/// Whether a word is in any record as it lies there. Chunks keep texts as they are.
fn is_stored(desk: &Desk, word: &str) -> bool {
    Area::ALL.into_iter().any(|area| {
        let records = block_on(desk.backend.all(area)).unwrap();
        records.iter().any(|(_, it)| it.windows(word.len()).any(|it| it == word.as_bytes()))
    })
}

fn is_gone(desk: &mut Desk) {
    for word in ["canary", "Cana Ry", "2125550142", "Canarytown", "canary-nameless", "7210002"] {
        assert!(!is_stored(desk, word), "{word}");
    }
    assert_eq!(desk.list(searched("canary")).total, 0);
    let asked = desk.try_ask(Request::Customer(person(), Lens::default()));
    assert_eq!(asked, Err(Problem::NotFound));
}

#[test]
fn figures_are_those_of_a_shop_that_never_had_the_person() {
    let mut desk = shop();
    assert!(is_stored(&desk, "canary-member") && is_stored(&desk, "canary-note"));
    assert_eq!(erase(&mut desk), Vec::<String>::new());
    is_gone(&mut desk);
    let expected = everything(&mut never_there());
    assert_eq!(everything(&mut desk), expected);
    let mut desk = desk.reopened();
    assert_eq!(everything(&mut desk), expected);
    is_gone(&mut desk);
    // What acts on lists keep to be taken back is forgotten with the person.
    assert_eq!(desk.try_ask(Request::UndoAct(1)), Err(Problem::NotFound));
    assert_eq!(desk.try_ask(Request::EraseCustomer(person())), Err(Problem::NotFound));
}

#[test]
fn no_file_brings_anybody_back() {
    let mut desk = shop();
    erase(&mut desk);
    let expected = everything(&mut never_there());
    // The very same files are known by their content.
    let report = desk.inspect(&[("0.csv", orders(true).as_bytes())]).files.remove(0);
    assert!(report.already_imported_ms.is_some());
    desk.ask(Request::Abandon);
    // Others that tell the same, and more.
    let orders =
        format!("{}K4,{EMAIL},2026-10-28 12:00:00,5.00,0.00,USD,paid,Cana Ry,\n", orders(true));
    let again = import(&mut desk, "again.csv", &orders);
    assert_eq!((again.erased, again.dry_run.new, again.dry_run.updated), (4, 0, 0));
    let known = never_there().inspect(&[("0.csv", orders.as_bytes())]).files.remove(0);
    assert_eq!(again.orders, known.orders - 4);
    assert_eq!(again.customers, known.customers - 1);
    assert_eq!(again.currencies[0].valid_orders, known.currencies[0].valid_orders - 4);
    assert_eq!(again.currencies[0].net, known.currencies[0].net - 10_400);
    let list = import(&mut desk, "list.csv", &CONTACTS.replace("Bea", "Beatrix"));
    assert_eq!((list.erased, list.records), (1, 1));
    // By telephone and by member number too, which nobody on record has any more.
    let tickets = import(&mut desk, "tickets.csv", &format!("{TICKETS}\n"));
    assert_eq!((tickets.erased, tickets.records), (2, 1));
    is_gone(&mut desk);
    assert_eq!(everything(&mut desk).0, expected.0);
    // A file of nobody else says so and stores nothing.
    let own = table(&[order("K9", "canary", "2026-10-01", 5.0)]);
    desk.inspect(&[("own.csv", own.as_bytes())]);
    let summary = desk.confirm().unwrap();
    assert_eq!((summary.erased, summary.orders, summary.batches), (1, 0, vec![]));
    is_gone(&mut desk);
}

#[test]
fn undoing_an_import_and_restoring_a_backup_bring_nobody_back() {
    let mut desk = shop();
    let older = backup(&mut desk);
    let newer = trade(40).into_iter().take(5).chain([order("K1", "canary", "2026-05-02", 40.0)]);
    desk.import(&table(&newer.collect::<Vec<_>>()));
    erase(&mut desk);
    let batches = desk.shop().batches;
    desk.ask(Request::Undo(batches[0].id));
    is_gone(&mut desk);
    let expected = everything(&mut never_there());
    assert_eq!(everything(&mut desk), expected);
    // Without the imports that were cleaned the backup brings its own.
    for batch in &batches[1..] {
        desk.ask(Request::Undo(batch.id));
    }
    assert_eq!(restore(&mut desk, &older).unwrap().imports, 4);
    for word in
        ["canary@", "canary-said", "canary-asked", "canary-member", "canary-note", "Cana Ry"]
    {
        assert!(!is_stored(&desk, word), "{word}");
    }
    assert_eq!(everything(&mut desk).1, expected.1);
    block_on(desk.engine.undo_restore()).unwrap();
    assert_eq!(desk.list(searched("")).total, 0);
}

#[test]
fn word_of_an_erasure_that_a_backup_brings_is_followed() {
    let (mut here, mut there) = (shop(), shop());
    erase(&mut there);
    let word = backup(&mut there);
    restore(&mut here, &word).unwrap();
    for word in
        ["canary@", "canary-said", "canary-asked", "canary-member", "canary-note", "Cana Ry"]
    {
        assert!(!is_stored(&here, word), "{word}");
    }
    assert_eq!(everything(&mut here).1, everything(&mut there).1);
    let undone = block_on(here.engine.undo_restore());
    assert_eq!(undone, Err(Problem::Backup(BackupFault::ChangedSince)));
    let mut here = here.reopened();
    assert_eq!(everything(&mut here).1, everything(&mut there).1);
}

#[test]
fn an_open_tab_hears_of_it() {
    let mut desk = shop();
    let mut other = Desk::open(desk.place.clone(), desk.backend.clone());
    erase(&mut desk);
    block_on(other.engine.refresh());
    is_gone(&mut other);
    assert_eq!(everything(&mut other), everything(&mut never_there()));
    // One that has not heard yet edits nobody.
    let mut late = shop();
    let mut other = Desk::open(late.place.clone(), late.backend.clone());
    erase(&mut late);
    let note = CustomerEdit::Note("canary-late".to_owned());
    let refused = other.try_ask(Request::EditCustomer(person(), note));
    assert_eq!(refused, Err(Problem::NotFound));
    is_gone(&mut other);
}

#[test]
fn tables_that_have_not_all_of_an_order_are_cleaned_too() {
    let tables = |with_them: bool| {
        let rows = |text: &str| {
            let is_kept =
                |line: &&str| with_them || !line.contains("canary") && !line.starts_with("k2");
            text.split_inclusive('\n').filter(is_kept).collect::<String>()
        };
        [
            rows(
                "order_id,customer_id,order_status,order_purchase_timestamp,order_approved_at\n\
                  k1,a1,delivered,2026-09-01 10:00:00,2026-09-01 10:00:00\n\
                  k2,canary-account,delivered,2026-09-02 10:00:00,2026-09-02 10:00:00\n",
            ),
            rows(
                "order_id,order_item_id,product_id,seller_id,shipping_limit_date,price,freight_value\n\
                  k1,1,tea,s,2026-09-05 10:00:00,10.00,1.00\n\
                  k2,1,canary-cup,s,2026-09-05 10:00:00,20.00,1.00\n",
            ),
            rows(
                "customer_id,customer_unique_id,customer_zip_code_prefix,customer_city,customer_state\n\
                  a1,one,1,campinas,SP\n\
                  canary-account,canary-person,1,canary-city,SP\n",
            ),
        ]
    };
    let mut desk = filled(&tables(true));
    assert_eq!(desk.figures().totals.orders, 2);
    let id = IdentityKey::Member { platform: "olist", name: "canary-person" }.customer_id();
    assert!(matches!(desk.ask(Request::EraseCustomer(id)), Response::Erased(_)));
    assert!(!is_stored(&desk, "canary"));
    let expected = everything(&mut filled(&tables(false)));
    assert_eq!(everything(&mut desk), expected);
    // Again, in files with other bytes.
    for (n, file) in tables(true).iter().enumerate() {
        let report = import(&mut desk, &format!("again-{n}.csv"), &format!("{file}\n"));
        assert_eq!(report.erased, [1, 0, 1][n]);
    }
    assert!(!is_stored(&desk, "canary-person") && !is_stored(&desk, "canary-account"));
    assert_eq!(everything(&mut desk).1, expected.1);
}

#[test]
fn a_damaged_import_is_named_and_the_rest_is_erased() {
    let mut desk = shop();
    let stray = table(&[order("Z1", "zed", "2026-10-01", 5.0)]);
    import(&mut desk, "stray.csv", &stray);
    let keys = block_on(desk.backend.keys(Area::Chunk)).unwrap();
    let puts = keys.into_iter().filter(|it| it.starts_with("00000005"));
    let puts: Vec<_> = puts.map(|key| (Area::Chunk, key, b"nonsense".to_vec())).collect();
    assert!(!puts.is_empty());
    block_on(desk.backend.commit(Transaction { puts, ..Default::default() })).unwrap();
    let mut desk = desk.reopened();
    assert_eq!(erase(&mut desk), ["stray.csv"]);
    is_gone(&mut desk);
}

#[test]
fn a_full_disk_is_said_and_nothing_is_lost() {
    let mut desk = shop();
    let before = everything(&mut desk);
    desk.backend.set_quota(Some(desk.backend.stored_bytes() + 10));
    let refused = desk.try_ask(Request::EraseCustomer(person()));
    assert!(matches!(refused, Err(Problem::StorageFull(_))), "{refused:?}");
    desk.backend.set_quota(None);
    assert_eq!(everything(&mut desk), before);
    erase(&mut desk);
    is_gone(&mut desk);
}

#[test]
fn a_person_gets_all_that_is_stored_of_them() {
    let mut desk = shop();
    let file = desk.file(Request::KnownOf(person()));
    let known: Value = serde_json::from_slice(&file).unwrap();
    let text = String::from_utf8(file).unwrap();
    for word in [
        EMAIL,
        "2125550142",
        "Canarytown",
        "canary-listed",
        "canary-said",
        "canary-nameless",
        "canary-asked",
        "canary-member",
        "canary-note",
        "canary-tag",
        "K1",
        "K2",
        "K3",
    ] {
        assert!(text.contains(word), "{word}");
    }
    assert!(!text.contains("c1@example.com") && !text.contains("T1-0"));
    assert_eq!(known["known"]["imports"].as_array().unwrap().len(), 4);
    let nobody = IdentityKey::Email("nobody@example.com").customer_id();
    assert_eq!(desk.try_ask(Request::KnownOf(nobody)), Err(Problem::NotFound));
}

#[test]
fn keys_of_somebody_else_are_not_taken_for_theirs() {
    let mut desk = Desk::new();
    let mut own = order("K1", "canary", "2026-05-02", 33.0);
    let mut others = order("Q1", "quinn", "2026-05-03", 44.0);
    (own.phone, others.phone) = ("212-555-0142", "212-555-0142");
    desk.import(&table(&[own, others]));
    erase(&mut desk);
    // The household's telephone is Quinn's as well.
    let ticket = TICKETS.lines().take(3).collect::<Vec<_>>().join("\n");
    assert_eq!(import(&mut desk, "tickets.csv", &ticket).erased, 0);
    assert_eq!(desk.figures().totals.net, 4_400);
    let again = order("Q1", "quinn", "2026-05-03", 44.0);
    assert_eq!(import(&mut desk, "again.csv", &table(&[again])).erased, 0);
}
