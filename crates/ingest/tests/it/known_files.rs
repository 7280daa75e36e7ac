//! Export files with figures known beforehand.

use crate::{read, read_with, rejected};
use ingest::{Answers, DateOrder, WarningCode as W};
use model::{IdentityKey, NO_CUSTOMER, OrderState, OrderTime};

struct Known {
    file: &'static [u8],
    platform: &'static str,
    rows: u64,
    orders: u64,
    customers: u64,
    nobody: usize,
    /// By [`OrderState::ALL`]: test, cancelled, unpaid, zero, fully and partly refunded, paid, and
    /// refunds that name no order.
    states: [u64; 8],
    currency: Option<&'static str>,
    /// Valid orders, gross, refunds, net of valid orders in minor units.
    sums: (u64, i64, i64, i64),
    /// Refunds that name no order, in minor units.
    documents: i64,
    span: (OrderTime, OrderTime),
    rejected: &'static [(u32, &'static str)],
    skipped: &'static [u32],
    warnings: &'static [(W, u64)],
}

const SHOPIFY: Known = Known {
    file: include_bytes!("../data/syn_shopify_orders.csv"),
    platform: "shopify",
    rows: 514,
    orders: 300,
    customers: 143,
    nobody: 2,
    states: [2, 14, 7, 1, 8, 11, 257, 0],
    currency: Some("USD"),
    sums: (268, 1_472_021, 63_822, 1_310_513),
    documents: 0,
    span: (OrderTime::Instant(1_746_072_725), OrderTime::Instant(1_793_501_271)),
    rejected: &[],
    skipped: &[],
    warnings: &[(W::TestOrdersExcluded, 2), (W::ZeroTotalOrders, 1), (W::NoIdentity, 2)],
};

const PREAMBLE: Known = Known {
    file: include_bytes!("../data/syn_preamble_totals.csv"),
    platform: "generic",
    rows: 3,
    orders: 2,
    customers: 0,
    nobody: 2,
    states: [0, 0, 0, 0, 0, 0, 2, 0],
    currency: None,
    sums: (2, 300_050, 0, 300_050),
    documents: 0,
    span: (OrderTime::Wall(1_767_225_600), OrderTime::Wall(1_767_312_000)),
    rejected: &[],
    skipped: &[7],
    warnings: &[
        (W::PreambleSkipped, 2),
        (W::TotalsRowSkipped, 1),
        (W::CurrencyMissing, 2),
        (W::WeakIdentity, 2),
        (W::DateWithoutTime, 2),
        (W::StatusMissing, 2),
    ],
};

const INJECTION: Known = Known {
    file: include_bytes!("../data/syn_csv_injection.csv"),
    platform: "generic",
    rows: 3,
    orders: 3,
    customers: 3,
    nobody: 0,
    states: [0, 0, 0, 0, 0, 0, 3, 0],
    currency: Some("USD"),
    sums: (3, 6_000, 0, 6_000),
    documents: 0,
    span: (OrderTime::Wall(1_767_225_600), OrderTime::Wall(1_767_398_400)),
    rejected: &[],
    skipped: &[],
    warnings: &[
        (W::FormulaLikeText, 5),
        (W::HtmlLikeText, 1),
        (W::DateWithoutTime, 3),
        (W::StatusMissing, 3),
    ],
};

const GERMAN: Known = Known {
    file: include_bytes!("../data/syn_german_semicolon_cp1252.csv"),
    platform: "generic",
    rows: 3,
    orders: 2,
    customers: 2,
    nobody: 0,
    states: [0, 1, 0, 0, 0, 0, 1, 1],
    currency: Some("EUR"),
    sums: (1, 129_900, 0, 129_900),
    documents: 4_990,
    span: (OrderTime::Wall(1_767_139_200), OrderTime::Wall(1_769_990_400)),
    rejected: &[],
    skipped: &[],
    warnings: &[(W::RefundWithoutOrder, 1), (W::DateWithoutTime, 3), (W::EncodingGuessed, 10)],
};

const WOO: Known = Known {
    file: include_bytes!("../data/syn_woo_advanced_order_export_small.csv"),
    platform: "woocommerce",
    rows: 91,
    orders: 40,
    customers: 20,
    nobody: 0,
    states: [0, 4, 4, 0, 4, 5, 23, 0],
    currency: None,
    sums: (28, 249_449, 17_489, 180_143),
    documents: 0,
    span: (OrderTime::Wall(1_762_047_000), OrderTime::Wall(1_783_413_900)),
    rejected: &[(22, "bad_date"), (24, "too_many_fields"), (43, "no_order_number")],
    skipped: &[],
    warnings: &[
        (W::OrderTotalRepeated, 31),
        (W::CurrencyMissing, 40),
        (W::NoTimeZone, 40),
        (W::LinesLost, 1),
    ],
};

/// In UTF-8: browsers turn other encodings into it.
const TAOBAO: Known = Known {
    file: include_bytes!("../data/syn_taobao_ExportOrderList.csv"),
    platform: "taobao",
    rows: 61,
    orders: 60,
    customers: 48,
    nobody: 12,
    states: [0, 9, 8, 0, 0, 0, 43, 0],
    currency: Some("CNY"),
    sums: (43, 1_888_879, 0, 1_330_166),
    documents: 0,
    span: (OrderTime::Instant(1_735_660_800), OrderTime::Instant(1_766_419_147)),
    rejected: &[],
    skipped: &[62],
    warnings: &[
        (W::MaskedIdentity, 12),
        (W::NoIdentity, 12),
        (W::CurrencyOfPlatform, 60),
        (W::DuplicateRows, 1),
        (W::NoTimeZone, 0),
        (W::UnknownStatus, 0),
    ],
};

const DOUYIN: Known = Known {
    file: include_bytes!("../data/syn_douyin_orders_utf8bom_tabs.csv"),
    platform: "douyin",
    rows: 40,
    orders: 25,
    customers: 0,
    nobody: 25,
    // Of three orders all parts failed, in different ways: what was given back had been paid.
    states: [0, 3, 3, 0, 6, 5, 8, 0],
    currency: Some("CNY"),
    sums: (13, 197_600, 80_640, 76_640),
    documents: 0,
    span: (OrderTime::Instant(1_767_197_400), OrderTime::Instant(1_789_755_000)),
    rejected: &[],
    skipped: &[],
    warnings: &[
        (W::MaskedIdentity, 40),
        (W::NoIdentity, 25),
        (W::CurrencyOfPlatform, 25),
        (W::FailedInSeveralWays, 3),
    ],
};

const YOUZAN: Known = Known {
    file: include_bytes!("../data/syn_youzan_orders_utf8.csv"),
    platform: "youzan",
    rows: 21,
    orders: 20,
    customers: 0,
    nobody: 20,
    states: [0, 2, 0, 0, 0, 0, 18, 0],
    currency: Some("CNY"),
    sums: (18, 196_000, 0, 176_400),
    documents: 0,
    span: (OrderTime::Instant(1_751_335_200), OrderTime::Instant(1_752_976_800)),
    rejected: &[(22, "no_date")],
    skipped: &[],
    warnings: &[(W::MaskedIdentity, 21), (W::NoIdentity, 20), (W::CurrencyOfPlatform, 20)],
};

/// In UTF-8, as above.
const UNICODE_TEXT: Known = Known {
    file: include_bytes!("../data/syn_unicode_text.txt"),
    platform: "generic",
    rows: 3,
    orders: 2,
    customers: 0,
    nobody: 2,
    states: [0, 0, 0, 0, 0, 0, 2, 1],
    currency: Some("EUR"),
    sums: (2, 124_656, 0, 124_656),
    documents: 9_990,
    span: (OrderTime::Wall(1_770_940_800), OrderTime::Wall(1_772_323_200)),
    rejected: &[],
    skipped: &[],
    warnings: &[
        (W::RefundWithoutOrder, 1),
        (W::WeakIdentity, 2),
        (W::DateWithoutTime, 3),
        (W::NoTimeZone, 3),
        (W::StatusMissing, 2),
        (W::AmbiguousDates, 0),
    ],
};

const ONLINE_RETAIL: Known = Known {
    file: include_bytes!("../data/online_retail_ddmmyyyy.csv"),
    platform: "uci_online_retail",
    rows: 149,
    orders: 17,
    customers: 10,
    nobody: 0,
    states: [0, 0, 0, 0, 0, 0, 17, 1],
    currency: Some("GBP"),
    sums: (17, 397_749, 0, 397_749),
    documents: 2_750,
    // The shop is American and nothing tells: 12 January, with a question.
    span: (OrderTime::Wall(1_263_284_760), OrderTime::Wall(1_263_289_500)),
    rejected: &[],
    skipped: &[],
    warnings: &[
        (W::AmbiguousDates, 149),
        (W::RefundWithoutOrder, 1),
        (W::CurrencyOfPlatform, 17),
        (W::StatusMissing, 17),
    ],
};

const CDNOW: Known = Known {
    file: include_bytes!("../data/cdnow_sample.txt"),
    platform: "cdnow",
    rows: 6_919,
    orders: 6_919,
    customers: 2_357,
    nobody: 0,
    states: [0, 0, 0, 8, 0, 0, 6_911, 0],
    currency: Some("USD"),
    sums: (6_911, 24_409_194, 0, 24_409_194),
    documents: 0,
    span: (OrderTime::Wall(852_076_800), OrderTime::Wall(899_164_800)),
    rejected: &[],
    skipped: &[],
    warnings: &[
        (W::NoHeader, 1),
        (W::NumbersMadeUp, 6_919),
        (W::DateWithoutTime, 6_919),
        (W::CurrencyOfPlatform, 6_919),
        (W::ZeroTotalOrders, 8),
        (W::StatusMissing, 6_919),
        (W::DuplicateRows, 0),
    ],
};

#[test]
fn files_give_their_known_figures() {
    let plain = [SHOPIFY, PREAMBLE, INJECTION, GERMAN, UNICODE_TEXT];
    let of_platforms = [WOO, TAOBAO, DOUYIN, YOUZAN, ONLINE_RETAIL, CDNOW];
    for known in plain.into_iter().chain(of_platforms) {
        let batch = read(known.file).unwrap();
        let report = &batch.report;
        assert_eq!(report.platform.id(), known.platform);
        assert_eq!((report.rows, report.orders), (known.rows, known.orders), "{}", known.platform);
        assert_eq!(report.customers, known.customers, "{}", known.platform);
        let orders = (0..batch.orders.len()).filter(|&row| !batch.orders.is_refund(row));
        let nobody = orders.filter(|&row| batch.orders.customer[row] == NO_CUSTOMER);
        assert_eq!(nobody.count(), known.nobody, "{}", known.platform);
        assert_eq!(report.states, known.states, "{}", known.platform);
        let [sums] = report.currencies.as_slice() else { panic!("one currency") };
        assert_eq!(sums.currency.map(model::Currency::code), known.currency);
        let found = (sums.valid_orders, sums.gross, sums.refunds, sums.net_valid);
        assert_eq!(found, known.sums, "{}", known.platform);
        let documents = (sums.refund_documents, sums.refunded_by_documents);
        assert_eq!(documents, (known.states[7], known.documents), "{}", known.platform);
        assert_eq!(report.span, Some(known.span), "{}", known.platform);
        assert_eq!(rejected(&batch), known.rejected, "{}", known.platform);
        let skipped: Vec<u32> = report.skipped.iter().map(|row| row.line).collect();
        assert_eq!(skipped, known.skipped, "{}", known.platform);
        for &(code, count) in known.warnings {
            assert_eq!(report.warned(code), count, "{} {}", known.platform, code.code());
        }
    }
}

#[test]
fn whoever_says_that_days_come_first_has_december() {
    let answers = Answers { date_order: Some(DateOrder::DayFirst), ..Answers::default() };
    let batch = read_with(ONLINE_RETAIL.file, &answers, 1_000).unwrap();
    let first = OrderTime::Wall(1_291_191_960);
    assert_eq!(batch.report.span, Some((first, OrderTime::Wall(1_291_196_700))));
    assert_eq!((batch.report.questions.len(), batch.report.warned(W::AmbiguousDates)), (0, 0));
}

#[test]
fn a_shopify_order_has_all_its_lines_and_its_newest_customer() {
    let batch = read(SHOPIFY.file).unwrap();
    assert_eq!(batch.lines.order.len(), 514);
    assert!(batch.lines.order.is_sorted());
    assert_eq!(batch.lines.quantity_milli.iter().sum::<i64>(), 677_000);
    let mut by_order = vec![0; batch.orders.len()];
    batch.lines.order.iter().for_each(|&order| by_order[order as usize] += 1);
    assert_eq!(by_order.iter().max(), Some(&4));
    assert_eq!(by_order.iter().filter(|&&lines| lines > 1).count(), 149);

    let id = IdentityKey::Email("zelda.nettlefold@example.com").customer_id();
    let zelda = batch.customers.id.iter().position(|&other| other == id).unwrap();
    let hers = (0..batch.orders.len()).filter(|&row| {
        batch.orders.customer[row] as usize == zelda && batch.orders.state(row).counts()
    });
    let nets: Vec<i64> = hers.map(|row| batch.orders.net(row)).collect();
    assert_eq!((nets.iter().sum::<i64>(), nets.len()), (89_700, 3));
    let phone_only =
        (0..batch.customers.len()).filter(|&row| batch.customers.email.get(row).is_empty());
    assert_eq!(phone_only.count(), 10);
}

#[test]
fn best_sellers_are_counted_by_stock_number() {
    let batch = read(SHOPIFY.file).unwrap();
    let product = |sku: &str| batch.products.key.iter().position(|key| key == sku).unwrap() as u32;
    for (sku, orders) in [("MAT-030", 37), ("CER-MUG", 27), ("BSC-SHB", 4)] {
        let product = product(sku);
        let mut with: Vec<u32> = (batch.lines.order.iter().zip(&batch.lines.product))
            .filter(|&(&order, &other)| {
                other == product && batch.orders.state(order as usize).counts()
            })
            .map(|(&order, _)| order)
            .collect();
        with.dedup();
        assert_eq!(with.len(), orders, "{sku}");
    }
}

#[test]
fn names_are_kept_letter_by_letter() {
    let names: Vec<String> =
        read(INJECTION.file).unwrap().customers.name.iter().map(str::to_owned).collect();
    let expected =
        ["=HYPERLINK(\"http://example.invalid\")", "<img src=x onerror=alert(1)>", "-Minus Name"];
    assert_eq!(names, expected);
    let german = read(GERMAN.file).unwrap();
    assert_eq!(
        german.customers.name.iter().collect::<Vec<_>>(),
        ["Jürgen Groß", "Zoë Müller", "Weiß; Söhne"]
    );
    assert_eq!(german.orders.number.iter().collect::<Vec<_>>(), ["0001", "0003", "0002 ↩"]);
    assert_eq!(german.orders.state(1), OrderState::Cancelled);
}
