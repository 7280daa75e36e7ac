//! Contact cards of all three versions.

use crate::{read, read_with, rejected, table};
use ingest::{Answers, Batch, WarningCode as W};
use model::RecordKind;
use proptest::prelude::*;

/// The cards in one file, with the line ends that cards have.
fn cards(text: &str) -> Batch {
    table(&text.replace('\n', "\r\n"))
}

#[test]
fn a_card_of_2_1_is_quoted_printable() {
    let batch = cards(
        "BEGIN:VCARD\nVERSION:2.1\n\
         N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E7=8E=8B;=E4=BC=9F;;;\n\
         FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E7=8E=8B=\n=E4=BC=9F\n\
         ORG;CHARSET=ISO-8859-1;QUOTED-PRINTABLE:Caf=E9 am Markt\n\
         TEL;CELL;PREF:+86 138 0013 8000\nEMAIL;INTERNET:Wei@Example.com\nBDAY:19900520\n\
         END:VCARD\n",
    );
    assert_eq!((batch.report.kind, batch.report.records), (RecordKind::Contacts, 1));
    assert_eq!(batch.report.platform.id(), "vcard");
    let (people, contacts) = (&batch.customers, &batch.people.contacts);
    assert_eq!((people.name.get(0), people.email.get(0)), ("王伟", "wei@example.com"));
    assert_eq!((people.phone.get(0), contacts.company.get(0)), ("+8613800138000", "Café am Markt"));
    assert_eq!(contacts.birthday[0].and_then(model::Birthday::year), Some(1990));
    assert_eq!(batch.report.warned(W::BadBytes), 0);
}

#[test]
fn a_card_of_3_0_is_folded_and_grouped() {
    let batch = cards(
        "BEGIN:VCARD\nVERSION:3.0\nN:Lee;Ann;;;\nFN:Ann\n  Lee\n\
         item1.EMAIL;type=INTERNET:ann@example.com\nitem1.X-ABLabel:_$!<Home>!$_\n\
         EMAIL;type=WORK:ann.lee@example.org\nitem2.TEL:(212) 555-0142\n\
         ADR;TYPE=HOME:;;1 Road\\, north;Derby;Derbyshire;DE1;United Kingdom\n\
         ORG:Tea\\; Co;Sales\nCATEGORIES:VIP,new\\, old\nNOTE:first\\nsecond\nBDAY:1604-05-20\n\
         PHOTO;ENCODING=b;TYPE=JPEG:AAAA\n BBBB\n CCCC\nEND:VCARD\n",
    );
    let (people, contacts) = (&batch.customers, &batch.people.contacts);
    assert_eq!((people.name.get(0), people.email.get(0)), ("Ann Lee", "ann@example.com"));
    assert_eq!(
        (contacts.more_emails.get(0), people.phone.get(0)),
        ("ann.lee@example.org", "+12125550142")
    );
    let place = [people.city.get(0), people.region.get(0), people.country.get(0)];
    assert_eq!(place, ["Derby", "Derbyshire", "United Kingdom"]);
    assert_eq!((contacts.company.get(0), contacts.note.get(0)), ("Tea; Co", "first\nsecond"));
    assert_eq!(contacts.birthday[0].map(|it| (it.year(), it.day())), Some((None, 20)));
}

#[test]
fn a_card_of_4_0_has_uris() {
    let batch = cards(
        "begin:vcard\nversion:4.0\nfn:Ann Lee\nTEL;VALUE=uri;TYPE=\"voice,home:x\":tel:+1-212-555-0142;ext=5\n\
         EMAIL:mailto:ann@example.com\nBDAY:--0520\nUID:urn:uuid:4fbe8971\nend:vcard\n\
         BEGIN:VCARD\nVERSION:4.0\nFN:Only a number\nUID:urn:uuid:4fbe8972\nEND:VCARD\n\
         BEGIN:VCARD\nVERSION:4.0\nFN:Only a name\nEND:VCARD\n\
         BEGIN:VCARD\nVERSION:4.0\nFN:Cut o",
    );
    assert_eq!((batch.report.rows, batch.report.records), (4, 2));
    assert_eq!(rejected(&batch), [(14, "no_key"), (18, "cut_off")]);
    let people = &batch.customers;
    assert_eq!(people.phone.iter().collect::<Vec<_>>(), ["+12125550142", ""]);
    assert_eq!(people.email.get(0), "ann@example.com");
    assert_eq!(batch.report.warned(W::NumberOnly), 1);
    assert!(batch.report.rejected[0].text.contains("FN:Only a name"));
}

#[test]
fn a_picture_in_a_card_takes_no_memory_and_hides_nothing() {
    let picture = "A".repeat(3 << 20);
    let text = format!(
        "BEGIN:VCARD\nFN:Ann\nPHOTO:{picture}\nEMAIL:ann@example.com\nEND:VCARD\nBEGIN:VCARD\n\
         FN:Ben\nEMAIL:ben@example.com\nEND:VCARD\n"
    );
    let batch = read_with(text.as_bytes(), &Answers::default(), 100_000).unwrap();
    assert_eq!(
        batch.customers.email.iter().collect::<Vec<_>>(),
        ["ann@example.com", "ben@example.com"]
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn cards_are_the_same_wherever_they_are_cut(
        lines in prop::collection::vec(
            prop::sample::select(vec![
                "BEGIN:VCARD", "END:VCARD", "FN:Ann", " Lee", "EMAIL:a@example.com", "",
                "FN;ENCODING=QUOTED-PRINTABLE:=41=", "=42", "TEL:+1 212 555 0142", ":", "N:;",
                "item1.EMAIL:b@example.com", "NOTE:王\\", "BDAY:soon",
            ]),
            0..24,
        ),
        block in 1..9_usize,
    ) {
        let text = format!("BEGIN:VCARD\r\n{}\r\n", lines.join("\r\n"));
        let (whole, cut) = (read(text.as_bytes()), read_with(text.as_bytes(), &Answers::default(), block));
        let (whole, cut) = (whole.unwrap(), cut.unwrap());
        prop_assert_eq!(&whole, &cut);
        let report = &whole.report;
        prop_assert_eq!(report.rows, report.rows_used + report.skipped_count + report.rejected_count);
    }
}
