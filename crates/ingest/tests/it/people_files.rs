//! Files about people, against figures that were counted by other means.

use crate::{context, read, read_with, recognised, rejected, table};
use ingest::{Answers, Batch, Question, WarningCode as W};
use model::{Aspect, Consent, OrderTime, Phase, RecordKind, TextColumn};
use std::collections::BTreeMap;

const CUSTOMERS: &[u8] = include_bytes!("../data/syn_shopify_customers.csv");
const SURVEY: &[u8] = include_bytes!("../data/syn_csat_survey.csv");
const TICKETS: &[u8] = include_bytes!("../data/syn_service_log.csv");
const AUDIENCE: &[u8] = include_bytes!("../data/syn_mailchimp_audience.csv");
const GOOGLE: &[u8] = include_bytes!("../data/syn_google_contacts.csv");
const TYPEFORM: &[u8] = include_bytes!("../data/syn_typeform_nps.csv");

/// Kind, platform, rows, records.
fn about(batch: &Batch) -> (RecordKind, &'static str, u64, u64) {
    let report = &batch.report;
    (report.kind, report.platform.id(), report.rows, report.records)
}

fn skipped(batch: &Batch) -> Vec<(u32, &'static str)> {
    batch.report.skipped.iter().map(|row| (row.line, row.kind.code())).collect()
}

fn filled(texts: &TextColumn) -> usize {
    texts.iter().filter(|text| !text.is_empty()).count()
}

fn lines(text: &str) -> Vec<&str> {
    text.lines().collect()
}

/// How often each text occurs.
fn counts<'a>(texts: impl Iterator<Item = &'a str>) -> BTreeMap<&'a str, usize> {
    let mut counts = BTreeMap::new();
    texts.for_each(|text| *counts.entry(text).or_default() += 1);
    counts
}

/// Number of scores, and their mean.
fn mean(scores: impl Iterator<Item = Option<u8>>) -> (usize, f64) {
    let scores: Vec<f64> = scores.flatten().map(f64::from).collect();
    (scores.len(), scores.iter().sum::<f64>() / scores.len() as f64)
}

fn close(one: f64, other: f64) -> bool {
    (one - other).abs() < 0.000_001
}

fn instant(text: &str) -> OrderTime {
    OrderTime::Instant(seconds(text))
}

/// Seconds of `2025-05-10T19:40:23`.
fn seconds(text: &str) -> i64 {
    let number = |at: std::ops::Range<usize>| -> i64 { text[at].parse().unwrap_or(-1) };
    let day = model::ShopDay::parse_iso(&text[..10]).map_or(0, |day| day.number().into());
    day * 86_400 + number(11..13) * 3_600 + number(14..16) * 60 + number(17..19)
}

#[test]
fn shopify_customers() {
    let batch = read(CUSTOMERS).unwrap();
    assert_eq!(about(&batch), (RecordKind::Contacts, "shopify", 181, 181));
    assert_eq!((batch.orders.len(), batch.customers.len()), (0, 181));
    assert_eq!(rejected(&batch), []);
    let people = &batch.customers;
    let with_email = filled(&people.email);
    let by_phone = (0..181)
        .filter(|&row| people.email.get(row).is_empty() && !people.phone.get(row).is_empty());
    assert_eq!((with_email, by_phone.count()), (175, 4));
    let contacts = &batch.people.contacts;
    let yes = contacts.email_consent.iter().filter(|it| **it == Consent::Given).count();
    assert_eq!((yes, contacts.email_consent.len()), (99, 181));
    let tags = contacts.tags.iter().flat_map(str::lines);
    assert_eq!(counts(tags), BTreeMap::from([("VIP", 2), ("newsletter", 103)]));
    assert_eq!(contacts.claimed_orders.iter().flatten().sum::<u32>(), 267);
    assert_eq!(contacts.claimed_spent.iter().flatten().sum::<i64>(), 1_352_085);
    let none = contacts.claimed_orders.iter().filter(|it| **it == Some(0)).count();
    assert_eq!(none, 53);
    // Excel's apostrophes are no part of a number.
    assert_eq!(contacts.member.get(0), "7210448377071");
    assert_eq!((people.name.get(10), people.country.get(5)), ("佐藤花子", "GB"));
    for (code, count) in [(W::CurrencyMissing, 181), (W::NumberOnly, 2)] {
        assert_eq!(batch.report.warned(code), count, "{}", code.code());
    }
}

#[test]
fn the_former_header_of_shopify_customers_is_known_too() {
    let batch = table(
        "First Name,Last Name,Email,Accepts Email Marketing,Company,Address1,Address2,City,\
         Province,Province Code,Country,Country Code,Zip,Phone,Accepts SMS Marketing,Total Spent,\
         Total Orders,Tags,Note,Tax Exempt\n\
         Ann,Lee,ann@example.com,yes,Tea & Co,1 Road,,Derby,Derbyshire,,United Kingdom,GB,DE1,\
         '+442079460018,no,12.50,2,\"VIP, gift\",likes mint,no\n",
    );
    assert_eq!(about(&batch), (RecordKind::Contacts, "shopify", 1, 1));
    let (people, contacts) = (&batch.customers, &batch.people.contacts);
    assert_eq!((people.name.get(0), people.phone.get(0)), ("Ann Lee", "+442079460018"));
    assert_eq!((people.city.get(0), people.region.get(0)), ("Derby", "Derbyshire"));
    assert_eq!(lines(contacts.tags.get(0)), ["VIP", "gift"]);
    assert_eq!((contacts.company.get(0), contacts.note.get(0)), ("Tea & Co", "likes mint"));
    assert_eq!(contacts.sms_consent, [Consent::Refused]);
}

#[test]
fn a_satisfaction_survey() {
    let batch = read(SURVEY).unwrap();
    assert_eq!(about(&batch), (RecordKind::Responses, "generic", 129, 124));
    let expected = [
        (30, "score_out_of_range"),
        (31, "score_out_of_range"),
        (66, "bad_date"),
        (99, "no_score"),
    ];
    assert_eq!(rejected(&batch), expected);
    assert_eq!(batch.report.rejected[0].column, "overall");
    assert_eq!(skipped(&batch), [(140, "duplicate")]);
    let it = &batch.people.responses;
    let (n, average) = mean(it.overall.iter().copied());
    assert!(n == 124 && close(average, 3.733_871), "{average}");
    let of_score = |score| it.overall.iter().filter(|it| **it == Some(score)).count();
    assert_eq!([1, 2, 3, 4, 5].map(of_score), [1, 11, 34, 52, 26]);
    let nps: Vec<u8> = it.nps.iter().copied().flatten().collect();
    let share = |low, high| nps.iter().filter(|it| (low..=high).contains(*it)).count();
    assert_eq!((nps.len(), share(9, 10), share(7, 8), share(0, 6)), (119, 36, 44, 39));
    let (n, average) = mean(it.ces.iter().copied());
    assert!(n == 117 && close(average, 5.700_855), "{average}");
    let span = (instant("2025-05-10T19:40:23"), instant("2026-11-14T19:07:06"));
    assert_eq!(batch.report.span, Some(span));
    let chinese = it.comment.iter().filter(|it| it.chars().any(|c| ('一'..='鿿').contains(&c)));
    assert_eq!((filled(&it.comment), chinese.count()), (103, 49));
    assert_eq!(counts(it.email.iter()).len(), 123);
    let without_mark = it.order.iter().filter(|it| !it.is_empty() && !it.starts_with('#'));
    assert_eq!(without_mark.count(), 6);
    for (code, count) in [(W::DuplicateRows, 1), (W::RepeatedAnswer, 1), (W::NobodyNamed, 0)] {
        assert_eq!(batch.report.warned(code), count, "{}", code.code());
    }
}

#[test]
fn expectation_and_perception_are_kept_by_dimension() {
    let batch = read(SURVEY).unwrap();
    let it = &batch.people.answers;
    for (dimension, expected, perceived) in [
        ("quality", 4.338_71, 4.233_871),
        ("delivery", 4.443_548, 3.322_581),
        ("service", 3.895_161, 4.072_581),
        ("price", 3.774_194, 3.459_677),
    ] {
        for (aspect, expected) in [(Aspect::Expected, expected), (Aspect::Perceived, perceived)] {
            let rows = (0..it.len())
                .filter(|&row| it.dimension.get(row) == dimension && it.aspect[row] == aspect);
            let (_, average) = mean(rows.map(|row| it.score[row]));
            assert!(close(average, expected), "{dimension} {aspect:?} {average}");
        }
    }
    assert!(it.response.is_sorted());
}

#[test]
fn a_service_log() {
    let batch = read(TICKETS).unwrap();
    assert_eq!(about(&batch), (RecordKind::Tickets, "generic", 156, 150));
    let expected = [
        (44, "bad_date"),
        (45, "closed_before_opened"),
        (108, "score_out_of_range"),
        (109, "unknown_value"),
        (110, "no_ticket_number"),
    ];
    assert_eq!(rejected(&batch), expected);
    assert_eq!(skipped(&batch), [(164, "duplicate")]);
    let it = &batch.people.tickets;
    let names = |column: &model::DictColumn| {
        let rows = (0..it.len()).map(|row| column.get(row).to_owned());
        rows.fold(BTreeMap::new(), |mut counts, name| {
            *counts.entry(name).or_insert(0) += 1;
            counts
        })
    };
    let channels = [("chat", 66), ("email", 30), ("phone", 25), ("wechat", 29)];
    assert_eq!(names(&it.channel), channels.map(|(name, n)| (name.to_owned(), n)).into());
    let agents = [("", 3), ("Bot", 38), ("Ines", 36), ("Tomas", 41), ("小美", 32)];
    assert_eq!(names(&it.agent), agents.map(|(name, n)| (name.to_owned(), n)).into());
    let categories = names(&it.category);
    assert_eq!((categories.len(), categories["address_change"]), (12, 24));
    let of_phase = |phase| it.phase.iter().filter(|it| **it == Some(phase)).count();
    assert_eq!([Phase::Aftersale, Phase::Insale, Phase::Presale].map(of_phase), [47, 60, 43]);
    let count = |times: &model::TimeColumn| (0..it.len()).filter_map(|row| times.get(row)).count();
    assert_eq!((count(&it.opened), count(&it.replied), count(&it.closed)), (150, 147, 138));
    let (n, average) = mean(it.csat.iter().copied());
    assert!(n == 79 && close(average, 4.037_975), "{average}");
    let by = |column: &TextColumn| filled(column);
    assert_eq!((by(&it.email), by(&it.phone)), (87, 42));
    assert_eq!(filled(&it.order), 91);
    let span = batch.report.span.unwrap();
    // New York is four hours behind UTC on both days.
    let wall = |text| OrderTime::Wall(seconds(text));
    assert_eq!(span, (wall("2025-05-02T08:00:00"), wall("2026-10-31T20:00:00")));
    for (code, count) in [(W::NoTimeZone, 150), (W::NickOnly, 21), (W::DuplicateRows, 1)] {
        assert_eq!(batch.report.warned(code), count, "{}", code.code());
    }
    let emails: Vec<&str> =
        it.email.iter().filter(|it| it.chars().any(char::is_uppercase)).collect();
    assert_eq!(emails, [""; 0]);
    assert!(it.phone.iter().all(|phone| phone.is_empty() || phone.starts_with("+1")));
}

#[test]
fn a_mailing_list_asks_whom_it_is_of() {
    let batch = read(AUDIENCE).unwrap();
    assert_eq!(about(&batch), (RecordKind::Contacts, "mailchimp", 2, 2));
    let emails: Vec<&str> = batch.customers.email.iter().collect();
    assert_eq!(emails, ["ada@example.com", "grace@example.com"]);
    let it = &batch.people.contacts;
    assert_eq!(lines(it.tags.get(0)), ["VIP", "Blog"]);
    assert_eq!(it.tags.get(1), "");
    let since = [instant("2024-03-14T09:14:00"), instant("2024-04-01T08:00:00")];
    assert_eq!([0, 1].map(|row| it.since.get(row)), since.map(Some));
    assert_eq!(batch.report.warned(W::ConsentUnsaid), 2);
    assert_eq!(batch.report.questions, [Question::Consent { assumed: Consent::Unknown }]);
    assert_eq!(it.email_consent, [Consent::Unknown; 2]);
    let mut answers = Answers::default();
    answers.add("consent", "refused");
    let batch = read_with(AUDIENCE, &answers, 64).unwrap();
    assert_eq!(batch.people.contacts.email_consent, [Consent::Refused; 2]);
    assert_eq!(batch.report.warned(W::ConsentUnsaid), 0);
    // It can still be answered otherwise.
    assert_eq!(batch.report.questions, [Question::Consent { assumed: Consent::Refused }]);
}

#[test]
fn the_name_of_a_mailing_list_tells_whom_it_is_of() {
    for (name, consent) in [
        ("subscribed_members_export_1.csv", Consent::Given),
        ("audience/unsubscribed_members_export_1.csv", Consent::Refused),
        ("cleaned_members_export_1.csv", Consent::Refused),
    ] {
        let facts = ingest::FileFacts { name, size: AUDIENCE.len() as u64 };
        let recognised = ingest::recognise(AUDIENCE, facts, &context(), true).unwrap();
        let answers = Answers::default();
        let mut reader =
            ingest::Reader::new(&recognised, &answers, &context(), AUDIENCE.len() as u64).unwrap();
        reader.push(AUDIENCE);
        let ingest::Finished::Batch(batch) = reader.finish().unwrap() else { panic!("again") };
        assert_eq!(batch.people.contacts.email_consent, [consent; 2], "{name}");
        assert_eq!(batch.report.questions, []);
    }
}

#[test]
fn a_google_contact_has_several_addresses() {
    let batch = read(GOOGLE).unwrap();
    assert_eq!(about(&batch), (RecordKind::Contacts, "google_contacts", 1, 1));
    let (people, contacts) = (&batch.customers, &batch.people.contacts);
    assert_eq!(people.email.get(0), "wei@example.com");
    assert_eq!(lines(contacts.more_emails.get(0)), ["wei.home@example.com", "w2@example.com"]);
    assert_eq!(people.phone.get(0), "+8613800138000");
    assert_eq!((people.name.get(0), contacts.company.get(0)), ("王伟", "示例公司"));
    assert_eq!(lines(contacts.tags.get(0)), ["VIP", "myContacts"]);
    let birthday = contacts.birthday[0].unwrap();
    assert_eq!((birthday.year(), birthday.month(), birthday.day()), (None, 5, 20));
    assert_eq!(batch.report.questions, []);
}

#[test]
fn a_typeform_survey_of_nobody() {
    let batch = read(TYPEFORM).unwrap();
    assert_eq!(about(&batch), (RecordKind::Responses, "typeform", 2, 2));
    let it = &batch.people.responses;
    // 0 is an answer.
    assert_eq!(it.nps, [Some(10), Some(0)]);
    assert_eq!(it.comment.iter().collect::<Vec<_>>(), ["Fast, kind", "物流太慢"]);
    let span = (instant("2026-05-01T10:05:00"), instant("2026-05-01T11:04:00"));
    assert_eq!(batch.report.span, Some(span));
    assert_eq!(batch.report.warned(W::NobodyNamed), 2);
    assert_eq!(it.number.iter().collect::<Vec<_>>(), ["a1", "a2"]);
}

#[test]
fn orders_stay_orders() {
    for text in [
        "Order ID,Date,Email,Total\n1,2026-01-01,a@example.com,5\n",
        "Date,Email,Name,Amount,Tags,Notes\n2026-01-01,a@example.com,Ann,5,x,y\n",
        "Order ID,Date,Email,Total,Rating\n1,2026-01-01,a@example.com,5,4\n",
        "Order ID,Customer Name,Email\n1,Ann,a@example.com\n",
        "Ticket No,Date,Amount,Staff\n1,2026-01-01,5,Ann\n",
        "Order ID,Date,Email,Total,Company,Birthday\n1,2026-01-01,a@example.com,5,x,1990-01-01\n",
    ] {
        assert_eq!(recognised(text.as_bytes()).unwrap().kind(), RecordKind::Orders, "{text}");
    }
    let orders = include_bytes!("../data/syn_shopify_orders.csv");
    assert_eq!(recognised(orders).unwrap().kind(), RecordKind::Orders);
}
