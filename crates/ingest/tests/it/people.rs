//! Who is a customer, what is known of them, and who may be the same.

use crate::{read, read_with, table};
use ingest::{Answers, Likeness, Question, WarningCode as W};
use model::OrderTime;

#[test]
fn a_shop_is_told_whom_it_may_know_twice() {
    let batch = read(include_bytes!("../data/syn_shopify_orders.csv")).unwrap();
    let report = &batch.report;
    assert_eq!((report.suggestions.len(), report.warned(W::MergeSuggestions)), (3, 3));
    let people = &batch.customers;
    let mut found: Vec<(Likeness, &str, Vec<&str>)> = (report.suggestions.iter())
        .map(|it| {
            let mut emails: Vec<&str> =
                [it.first, it.second].iter().map(|&row| people.email.get(row as usize)).collect();
            emails.sort_unstable();
            (it.why, people.phone.get(it.first as usize), emails)
        })
        .collect();
    found.sort_by_key(|it| it.2.clone());
    assert_eq!(found[0].2, ["", "jonas.lorimer@example.com"]);
    assert_eq!((found[0].0, found[0].1), (Likeness::SamePhone, "+12125550142"));
    assert_eq!(found[1].2, ["", "nadia.glenholt@example.com"]);
    assert_eq!((found[1].0, found[1].1), (Likeness::SamePhone, "+14155550147"));
    assert_eq!(found[2].2, ["jo.tamsin+tea@example.com", "jo.tamsin@example.com"]);
    assert_eq!(found[2].0, Likeness::SameMailbox);
    // Suggested, not done.
    assert_eq!(people.len(), 143);
}

#[test]
fn who_has_no_order_left_is_no_customer() {
    let batch = table(
        "Order ID,Email,Date,Total,Status\n1,gone@example.com,2026-01-01,10,paid\n\
         2,b@example.com,2026-01-02,20,paid\n3,,2026-01-02,20,paid\n\
         1,c@example.com,2026-01-01,10,paid\n",
    );
    assert_eq!(
        batch.customers.email.iter().collect::<Vec<_>>(),
        ["b@example.com", "c@example.com"]
    );
    assert_eq!(batch.orders.customer, [1, 0, model::NO_CUSTOMER]);
    assert_eq!(batch.report.customers, 2);
    // 14527 has a refund and no order: on record, and no buyer.
    let batch = table(
        "InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice,CustomerID\n\
         C1,D,-1,2010-12-01 08:26,27.50,14527\n2,22961,24,2010-12-01 08:26,1.45,17809\n",
    );
    assert_eq!((batch.orders.customer, batch.report.customers), (vec![0, 1], 1));
}

#[test]
fn a_member_name_is_a_key_wherever_it_stands() {
    for header in
        ["会员", "会员名", "会员昵称", "昵称", "买家", "Buyer", "Nickname", "Member Name", "Login"]
    {
        let rows = "1,2026-01-01,10,茶客\n2,2026-01-02,20,茶客\n3,2026-01-03,5,林**\n";
        let batch = table(&format!("Order ID,Date,Total,{header}\n{rows}"));
        assert_eq!(batch.orders.customer, [0, 0, model::NO_CUSTOMER], "{header}");
        assert_eq!(batch.report.warned(W::MaskedIdentity), 1, "{header}");
        assert_eq!(batch.report.questions, [], "{header}");
    }
}

#[test]
fn what_a_column_of_customers_holds_decides_whether_it_is_a_key() {
    for (cells, customers) in [
        (["ann@example.com", "Ann@Example.com"], 1),
        (["17850", "17850"], 1),
        (["C-0041", "C-0042"], 2),
        (["Ann Lee", "Ann Lee"], 0),
        (["Ann Lee 2", "Ann Lee 2"], 0),
        (["王芳", "王芳"], 0),
    ] {
        let [one, other] = cells;
        let rows = format!("1,2026-01-01,10,{one}\n2,2026-01-02,20,{other}\n");
        let batch = table(&format!("Order ID,Date,Total,Customer\n{rows}"));
        assert_eq!(batch.customers.len(), customers, "{cells:?}");
        let names = Some(false).filter(|_| customers == 0);
        let asked: Vec<_> = names
            .into_iter()
            .map(|by_name| Question::Identity { by_name: Some(by_name) })
            .collect();
        assert_eq!(batch.report.questions, asked, "{cells:?}");
    }
}

#[test]
fn names_tell_customers_apart_if_the_user_says_so() {
    let text = "Order ID,Date,Total,Customer\n1,2026-01-01,10,Ann Lee\n\
                2,2026-01-02,20, ann  lee \n3,2026-01-03,5,王*\n4,2026-01-04,5,王芳\n\
                5,2026-01-05,5,\n6,2026-01-06,5,b@example.com\n";
    let mut answers = Answers::default();
    answers.add("identity", "names");
    let batch = read_with(text.as_bytes(), &answers, 100).unwrap();
    let nobody = model::NO_CUSTOMER;
    assert_eq!(batch.orders.customer, [0, 0, nobody, 1, nobody, 2]);
    assert_eq!(batch.customers.name.iter().collect::<Vec<_>>(), ["ann  lee", "王芳", ""]);
    assert_eq!(batch.customers.email.get(2), "b@example.com");
    assert_eq!(
        (batch.report.warned(W::WeakIdentity), batch.report.warned(W::MaskedIdentity)),
        (6, 1)
    );
    // The way back stays open.
    assert_eq!(batch.report.questions, [Question::Identity { by_name: Some(true) }]);
    // A name beside a better key is none, whatever was said.
    let with_key = text.replace("Total,", "Total,Email,").replace("0,", "0,,");
    assert_eq!(read_with(with_key.as_bytes(), &answers, 100).unwrap().customers.len(), 0);
}

#[test]
fn names_in_two_columns_are_put_together() {
    for (header, row, name) in [
        ("First Name,Last Name", "Ann,Lee", "Ann Lee"),
        ("First Name (Billing),Last Name (Billing)", ",Lee", "Lee"),
        ("Vorname,Nachname", "Jürgen,Groß", "Jürgen Groß"),
        ("姓,名", "张,三", "张三"),
        ("Customer Name,First Name", "Ann Lee,Ann", "Ann Lee"),
    ] {
        let batch = table(&format!(
            "Order ID,Email,Date,Total,{header}\n1,a@example.com,2026-01-01,10,{row}\n"
        ));
        assert_eq!(batch.customers.name.get(0), name, "{header}");
        assert_eq!(batch.report.warned(W::WeakIdentity), 0);
    }
    let nameless = table("Order ID,First Name,Last Name,Date,Total\n1,Ann,Lee,2026-01-01,10\n");
    assert_eq!(nameless.report.warned(W::WeakIdentity), 1);
}

#[test]
fn date_time_and_zone_in_columns_of_their_own_are_one_moment() {
    use OrderTime::{Instant, Wall};
    let wall = 1_793_486_871; // 2026-10-31 22:47:51
    let midnight = wall - 82_071;
    for (header, row, time, unknown) in [
        ("Date,Time", "2026-10-31,22:47:51", Wall(wall), 1),
        ("Date,Time", "31/10/2026,10:47:51 PM", Wall(wall), 1),
        ("下单日期,下单时间", "2026年10月31日,22:47:51", Wall(wall), 1),
        ("Date,Time", "2026-10-31,2026-10-31 22:47:51", Wall(wall), 1),
        ("Date,Time", "2026-10-31,", Wall(midnight), 1),
        ("Date,Time", "2026-10-31,evening", Wall(midnight), 1),
        ("Date,Time", "2026-10-31 22:47:51,03:00", Wall(wall), 1),
        ("Date,Time,Time Zone", "2026-10-31,22:47:51,+08:00", Instant(wall - 28_800), 0),
        ("Created At,timezone", "2026-10-31 22:47:51,UTC", Instant(wall), 0),
        ("Created At,timezone", "2026-10-31 22:47:51 -0400,+08:00", Instant(wall + 14_400), 0),
        (
            "Date,Time,Time Zone",
            "2026-10-31,22:47:51,Eastern Time (US & Canada)",
            Instant(wall + 14_400),
            0,
        ),
        ("Date,Time,Time Zone", "2026-10-31,22:47:51,Somewhere", Wall(wall), 1),
        // A day is the shop's, whatever the zone.
        ("Date,Time Zone", "2026-10-31,+08:00", Wall(midnight), 1),
    ] {
        let batch = table(&format!("Order ID,Email,Total,{header}\n1,a@example.com,10,{row}\n"));
        assert_eq!(batch.orders.time(0), time, "{row}");
        assert_eq!(batch.report.warned(W::NoTimeZone), unknown, "{row}");
        let is_date = time == Wall(midnight);
        assert_eq!(batch.report.warned(W::DateWithoutTime), u64::from(is_date), "{row}");
    }
    // A column of times alone is the moment.
    let batch = table("Order ID,Email,Total,Time\n1,a@example.com,10,2026-10-31 22:47:51\n");
    assert_eq!(batch.orders.time(0), Wall(wall));
}

#[test]
fn offsets_witness_the_shops_zone() {
    let shopify = read(include_bytes!("../data/syn_shopify_orders.csv")).unwrap();
    let offsets = &shopify.report.offsets;
    // New York: winter and summer, each with its first and last order.
    assert_eq!(offsets.len(), 4);
    assert!(offsets.iter().all(|&(at, _)| shopify.orders.at.contains(&at)));
    let mut seconds: Vec<i32> = offsets.iter().map(|it| it.1).collect();
    assert_eq!((offsets[0], offsets[3]), ((1_746_072_725, -14_400), (1_793_501_271, -14_400)));
    seconds.sort_unstable();
    assert_eq!(seconds, [-18_000, -18_000, -14_400, -14_400]);
    for (row, expected) in [
        ("2026-10-31 22:47:51,", vec![]),
        ("2026-10-31T22:47:51Z,", vec![]),
        ("2026-10-31 22:47:51,UTC", vec![]),
        ("2026-10-31T22:47:51+05:30,", vec![(1_793_467_071, 19_800)]),
        ("2026-10-31 22:47:51,+05:30", vec![(1_793_467_071, 19_800)]),
    ] {
        let text = format!("Order ID,Email,Total,Date,tz\n1,a@example.com,10,{row}\n");
        assert_eq!(table(&text).report.offsets, expected, "{row}");
    }
}

#[test]
fn lines_that_come_again_are_counted_once() {
    let lines = "1,a@example.com,2026-01-01,30,TEA,2,10\n1,a@example.com,2026-01-01,30,CUP,2,5\n\
                 2,b@example.com,2026-01-02,5,CUP,1,5\n3,c@example.com,2026-01-03,10,CUP,1,5\n\
                 3,c@example.com,2026-01-03,10,CUP,1,5\n";
    let header = "Order Number,Email,Date,Order Total,SKU,Quantity,Unit Price\n";
    let once = table(&format!("{header}{lines}"));
    // The same goods twice in one order are two lines.
    assert_eq!((once.lines.order.len(), once.report.skipped_count), (5, 0));
    for twice in [format!("{header}{lines}{lines}"), format!("{header}{lines}{header}{lines}")] {
        let batch = table(&twice);
        assert_eq!((&batch.lines, &batch.orders), (&once.lines, &once.orders));
        assert_eq!((batch.report.warned(W::DuplicateRows), batch.report.rows_used), (5, 5));
        assert!(batch.report.skipped.is_sorted_by_key(|row| row.line));
    }
    // Another line of an order further down is no repetition, until it comes again.
    let more = "1,a@example.com,2026-01-01,30,JAM,1,5\n";
    let between = "2,b@example.com,2026-01-02,5,CUP,1,5\n";
    let batch = table(&format!("{header}{lines}{more}{between}{more}"));
    assert_eq!((batch.lines.order.len(), batch.report.warned(W::DuplicateRows)), (6, 2));

    let sums = "InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice,CustomerID\n";
    let rows =
        "1,A,2,2010-12-01 08:26,10,7\n1,B,1,2010-12-01 08:26,5,7\n2,A,1,2010-12-01 09:00,10,8\n";
    assert_eq!(table(&format!("{sums}{rows}{rows}")).orders.total, [2_500, 1_000]);
}

#[test]
fn a_shopify_order_that_comes_again_counts_once_or_as_it_is_now() {
    let header = "Name,Email,Financial Status,Total,Created at,Lineitem name,Lineitem quantity,Lineitem price\n";
    let paid = "#1,a@example.com,paid,20.00,2026-01-01 10:00:00 -0500,Tea,1,10.00\n\
                #1,a@example.com,,,2026-01-01 10:00:00 -0500,Cup,1,10.00\n";
    let other = "#2,b@example.com,paid,5.00,2026-01-02 10:00:00 -0500,Cup,1,5.00\n";
    let once = table(&format!("{header}{paid}{other}"));
    for twice in
        [format!("{header}{paid}{other}{paid}{other}"), format!("{header}{paid}{paid}{other}")]
    {
        let batch = table(&twice);
        assert_eq!((&batch.orders, &batch.lines), (&once.orders, &once.lines));
        assert_eq!(batch.report.warned(W::OrderTwice), 0);
        assert_eq!(batch.report.rows_used, 3);
        assert_eq!(batch.report.warned(W::DuplicateRows), batch.report.skipped_count);
    }
    let refunded = paid.replace("paid", "refunded");
    let batch = table(&format!("{header}{paid}{other}{refunded}"));
    assert_eq!(batch.lines, once.lines);
    assert_eq!(batch.report.in_state(model::OrderState::FullyRefunded), 1);
    assert_eq!((batch.report.warned(W::OrderTwice), batch.report.warned(W::DuplicateRows)), (1, 0));
    // The same facts with a line less: as it is now.
    let less = paid.lines().next().unwrap().to_owned() + "\n";
    let batch = table(&format!("{header}{paid}{other}{less}"));
    assert_eq!((batch.lines.order, batch.report.warned(W::OrderTwice)), (vec![0, 1], 1));
}
