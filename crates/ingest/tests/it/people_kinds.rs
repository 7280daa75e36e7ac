//! Which files are about people, and what the rows of other programs say.

use crate::{read_with, recognised, rejected, table};
use ingest::{Answers, WarningCode as W};
use model::{Aspect, Consent, OrderTime, RecordKind};
use proptest::prelude::*;
use std::fmt::Write as _;

#[test]
fn files_are_told_by_their_headers() {
    use RecordKind::{Contacts, Events, Responses, Tickets};
    for (header, kind, platform) in [
        ("Name,Email,Phone", Contacts, "generic"),
        ("姓名,手机号,生日,备注", Contacts, "generic"),
        ("Email,First Name,Created", Contacts, "generic"),
        (
            "Name,Given Name,Family Name,Group Membership,E-mail 1 - Type,E-mail 1 - Value",
            Contacts,
            "google_contacts",
        ),
        ("Record ID,First Name,Last Name,Email,Lead Status,Create Date", Contacts, "hubspot"),
        ("Email,Klaviyo ID,First Name,Email Marketing Consent", Contacts, "klaviyo"),
        (
            "Reference ID,First Name,Last Name,Email Address,Phone Number,Birthday,First Visit,\
             Transaction Count,Lifetime Spend,Memo,Square Customer ID",
            Contacts,
            "square",
        ),
        (
            "Name,Username,Last Active,Sign Up,Email,Orders,Total Spend,AOV,City",
            Contacts,
            "woocommerce",
        ),
        ("Name,Email,Score,Created", Contacts, "generic"),
        ("Email,Score,Comment,Date", Responses, "generic"),
        ("会员名,满意度,评价内容,评价时间", Responses, "generic"),
        ("Survey Type,Score,Comment,Email,Created At", Responses, "delighted"),
        ("Ticket ID,Opened At,Closed At,Agent", Tickets, "generic"),
        ("工单号,创建时间,结束时间,客服,满意度", Tickets, "generic"),
        ("time,email,event,subject", Events, "generic"),
        ("时间,会员号,行为,商品", Events, "generic"),
    ] {
        let blanks = "x,".repeat(header.split(',').count() - 1);
        let found = recognised(format!("{header}\n{blanks}x\n").as_bytes());
        let found = found.map(|it| (it.kind(), it.platform.id()));
        assert_eq!(found, Ok((kind, platform)), "{header}");
    }
}

#[test]
fn contacts_of_other_programs() {
    let batch = table(
        "Record ID,First Name,Last Name,Email,Phone Number,Lead Status,Create Date,\
         Associated Company,Country/Region,Contact owner,Birthday\n\
         101,Ann,Lee,ann@example.com;ann@example.org,212-555-0142,New,2024-03-12 09:14,Tea & Co,\
         US,me,20 May\n\
         102,,,,,New,3/15/2024 2:30 PM,,,,soon\n",
    );
    let it = &batch.people.contacts;
    assert_eq!((it.more_emails.get(0), it.company.get(0)), ("ann@example.org", "Tea & Co"));
    assert_eq!(it.since.get(0), Some(OrderTime::Wall(1_710_234_840)));
    assert_eq!(it.since.get(1), Some(OrderTime::Wall(1_710_513_000)));
    assert_eq!((batch.report.warned(W::NumberOnly), it.member.get(1)), (1, "102"));
    assert_eq!(batch.report.warned(W::BirthdayUnreadable), 2);
    let batch = table(
        "Email,Klaviyo ID,First Name,Email Marketing Consent,SMS Marketing Consent\n\
         a@example.com,k1,A,SUBSCRIBED,NEVER_SUBSCRIBED\nb@example.com,k2,B,UNSUBSCRIBED,\n\
         c@example.com,k3,C,2024-03-12 09:14:00,\n",
    );
    let it = &batch.people.contacts;
    assert_eq!(it.email_consent, [Consent::Given, Consent::Refused, Consent::Given]);
    assert_eq!(it.sms_consent, [Consent::Refused, Consent::Unknown, Consent::Unknown]);
    assert!(it.email_consent_at.get(2).is_some());
}

#[test]
fn a_contact_without_a_key_is_listed_with_its_line() {
    let batch = table(
        "Name,Email,Phone,Notes\nAnn,ann@example.com,,\nBen,,,likes tea\nCleo,c***@example.com,138****0000,\n",
    );
    assert_eq!(rejected(&batch), [(3, "no_key"), (4, "no_key")]);
    assert_eq!((batch.report.records, batch.customers.len()), (1, 1));
}

#[test]
fn a_contact_that_comes_twice_is_one_customer() {
    let batch = table(
        "Name,Email,Notes\nAnn,ann@example.com,old\nAnn Lee,ANN@example.com,new\nAnn,ann@example.com,old\n",
    );
    assert_eq!((batch.report.records, batch.customers.len()), (2, 1));
    assert_eq!(batch.people.contacts.customer, [0, 0]);
    assert_eq!(batch.customers.name.get(0), "Ann Lee");
    assert_eq!(batch.report.warned(W::DuplicateRows), 1);
}

#[test]
fn a_surveymonkey_file_has_two_headers() {
    let batch = table(
        "Respondent ID,Collector ID,Start Date,End Date,IP Address,Email Address,First Name,\
         Last Name,Custom Data 1,How satisfied are you with your order?,Which teas do you drink?,,\
         What could we do better?\n\
         ,,,,,,,,,Response,Green,Black,Open-Ended Response\n\
         118,77,03/15/2026 02:30:00 PM,03/15/2026 02:34:00 PM,192.0.2.1,ann@example.com,Ann,Lee,,\
         Very satisfied,Green,,Larger tins please\n\
         119,77,03/16/2026 09:00:00 AM,03/16/2026 09:01:00 AM,192.0.2.2,ben@example.com,Ben,Fox,,\
         Neither satisfied nor dissatisfied,,Black,\n",
    );
    let report = &batch.report;
    assert_eq!((report.platform.id(), report.rows, report.records), ("surveymonkey", 3, 2));
    assert_eq!(report.skipped.iter().map(|row| row.line).collect::<Vec<_>>(), [2]);
    let it = &batch.people.responses;
    assert_eq!(it.overall, [Some(5), Some(3)]);
    assert_eq!(it.comment.iter().collect::<Vec<_>>(), ["Larger tins please", ""]);
    assert_eq!(it.number.get(1), "119");
    assert_eq!(it.at.get(0), Some(OrderTime::Wall(1_773_585_240)));
    let answers = &batch.people.answers;
    let rows: Vec<_> = (0..answers.len())
        .map(|row| (answers.response[row], answers.dimension.get(row), answers.text.get(row)))
        .collect();
    let green = (0, "Which teas do you drink?: Green", "Green");
    assert_eq!(rows, [green, (1, "Which teas do you drink?: Black", "Black")]);
    assert!(answers.aspect.iter().all(|it| *it == Aspect::Own));
}

#[test]
fn the_type_of_a_survey_tells_what_its_scores_measure() {
    let batch = table(
        "Survey Type,Score,Comment,Email,Created At\nnps,0,bad,a@example.com,1773585240\n\
         csat,5,,b@example.com,1773585241\nces,7,,c@example.com,1773585242\n\
         csat,7,,d@example.com,1773585243\nnps,,,e@example.com,1773585244\n",
    );
    let it = &batch.people.responses;
    assert_eq!(it.nps, [Some(0), None, None]);
    assert_eq!(it.overall, [None, Some(5), None]);
    assert_eq!(it.ces, [None, None, Some(7)]);
    assert_eq!(rejected(&batch), [(5, "score_out_of_range"), (6, "no_score")]);
    assert_eq!(it.at.get(0), Some(OrderTime::Instant(1_773_585_240)));
    // Without a type the scores themselves tell.
    for (scores, is_nps) in [("9\n0", true), ("5\n4", false), ("10\n3", true)] {
        let rows = scores.replace('\n', ",x y\n");
        let batch = table(&format!("Score,Comment\n{rows},x y z\n"));
        let it = &batch.people.responses;
        assert_eq!(it.nps.iter().all(Option::is_some), is_nps, "{scores}");
        assert_eq!(it.overall.iter().all(Option::is_some), !is_nps, "{scores}");
    }
}

#[test]
fn events_get_the_names_of_the_figures() {
    let batch = table(
        "timestamp,customer,event,subject\n\
         2026-03-01 10:00:00,ann@example.com,Page View,/tea\n\
         2026-03-01 10:01:00,ann@example.com,Add to cart,MAT-030\n\
         2026-03-01 10:02:00,+12125550142,checkout_started,MAT-030\n\
         2026-03-01 10:03:00,member 7,订阅,\n2026-03-01 10:04:00,,Wishlist add,x\n\
         2026-03-01 10:05:00,ann@example.com,,x\nsoon,ann@example.com,view,x\n",
    );
    let it = &batch.people.events;
    assert_eq!((batch.report.kind, it.len()), (RecordKind::Events, 5));
    let kinds: Vec<&str> = (0..5).map(|row| it.kind.get(row)).collect();
    assert_eq!(kinds, ["view", "cart", "checkout", "subscribe", "Wishlist add"]);
    let keys = [it.email.get(0), it.phone.get(2), it.member.get(3)];
    assert_eq!(keys, ["ann@example.com", "+12125550142", "member 7"]);
    assert_eq!(rejected(&batch), [(7, "no_event"), (8, "bad_date")]);
    assert_eq!(batch.report.warned(W::NobodyNamed), 1);
}

#[test]
fn a_ticket_that_comes_twice_is_said() {
    let batch = table(
        "Ticket ID,Opened At,Closed At,Agent,Phase\n1,2026-03-01 10:00,,Ann,售前\n\
         1,2026-03-01 10:00,2026-03-01 11:00,Ann,Pre-sale\n",
    );
    assert_eq!((batch.report.records, batch.report.warned(W::TicketTwice)), (2, 1));
    assert_eq!(batch.people.tickets.phase, [Some(model::Phase::Presale); 2]);
}

#[test]
fn days_and_months_are_voted_by_all_rows() {
    let rows = "a@example.com,4,x y,03/04/2026\nb@example.com,5,x y,13/04/2026\n";
    let batch = table(&format!("Email,Rating,Comment,Date\n{rows}"));
    let it = &batch.people.responses;
    assert_eq!(it.at.get(0), Some(OrderTime::Wall(1_775_174_400)), "3 April");
    assert_eq!(batch.report.questions, []);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn no_row_is_lost_and_blocks_may_be_cut_anywhere(
        header in prop::sample::select(vec![
            "Name,Email,Phone,Notes", "Email,Rating,Comment,Date",
            "Ticket ID,Opened At,Closed At,Agent", "time,email,event,subject",
        ]),
        rows in prop::collection::vec(
            prop::collection::vec(
                prop::sample::select(vec![
                    "", "a@example.com", "5", "11", "2026-03-01", "\"x\ny\"", "\"", "王", "=1+1",
                    "a,b", "view", "T-1",
                ]),
                0..6,
            ),
            1..12,
        ),
        block in 1..64_usize,
    ) {
        let rows: Vec<String> = rows.iter().map(|cells| cells.join(",")).collect();
        let text = format!("{header}\n{}\n", rows.join("\n"));
        let answers = Answers::default();
        let Ok(whole) = read_with(text.as_bytes(), &answers, 1 << 20) else { return Ok(()) };
        let cut = read_with(text.as_bytes(), &answers, block).unwrap();
        prop_assert_eq!(&whole, &cut);
        let report = &whole.report;
        prop_assert_eq!(report.rows, report.rows_used + report.skipped_count + report.rejected_count);
        prop_assert_eq!(report.records, report.rows_used);
    }
}

#[test]
fn telephones_are_those_of_the_same_people_in_a_file_of_orders() {
    // 19912345678 is no number of North America: the column is one of Chinese mobiles.
    let phones = ["13800138000", "15912345678", "11912345678", "19912345678"];
    let mut people = "Name,Phone\n".to_owned();
    let mut orders = "Order ID,Date,Total,Phone\n".to_owned();
    for (at, phone) in phones.iter().enumerate() {
        let _ = writeln!(people, "王伟,{phone}");
        let _ = writeln!(orders, "{at},2026-01-05,5.00,{phone}");
    }
    let (people, orders) = (table(&people), table(&orders));
    assert_eq!(people.report.kind, RecordKind::Contacts);
    assert_eq!(people.customers.id, orders.customers.id);
    assert_eq!(people.customers.phone.get(0), "+8613800138000");
}

#[test]
fn an_amount_that_no_list_of_contacts_has_may_be_an_orders() {
    let text = "Email,Name,Amount,When\na@example.com,Ann,5.00,2026-01-05\n";
    assert_eq!(recognised(text.as_bytes()).unwrap().kind(), RecordKind::Orders);
}
