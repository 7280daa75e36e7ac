//! Export files with figures known beforehand.

use crate::{read, rejected};
use ingest::WarningCode as W;
use model::{IdentityKey, NO_CUSTOMER, OrderState, OrderTime};

struct Known {
    file: &'static [u8],
    platform: &'static str,
    rows: u64,
    orders: u64,
    customers: u64,
    nobody: usize,
    /// By [`OrderState::ALL`]: test, cancelled, unpaid, zero, fully and partly refunded, paid.
    states: [u64; 7],
    currency: Option<&'static str>,
    /// Valid orders, gross, refunds, net of valid orders in minor units.
    sums: (u64, i64, i64, i64),
    span: (OrderTime, OrderTime),
    rejected: &'static [(u32, &'static str)],
    warnings: &'static [(W, u64)],
}

const SHOPIFY: Known = Known {
    file: include_bytes!("../data/syn_shopify_orders.csv"),
    platform: "shopify",
    rows: 514,
    orders: 300,
    customers: 143,
    nobody: 2,
    states: [2, 14, 7, 1, 8, 11, 257],
    currency: Some("USD"),
    sums: (268, 1_472_021, 63_822, 1_310_513),
    span: (OrderTime::Instant(1_746_072_725), OrderTime::Instant(1_793_501_271)),
    rejected: &[],
    warnings: &[(W::TestOrdersExcluded, 2), (W::ZeroTotalOrders, 1), (W::NoIdentity, 2)],
};

const PREAMBLE: Known = Known {
    file: include_bytes!("../data/syn_preamble_totals.csv"),
    platform: "generic",
    rows: 3,
    orders: 2,
    customers: 0,
    nobody: 2,
    states: [0, 0, 0, 0, 0, 0, 2],
    currency: None,
    sums: (2, 300_050, 0, 300_050),
    span: (OrderTime::Wall(1_767_225_600), OrderTime::Wall(1_767_312_000)),
    rejected: &[],
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
    states: [0, 0, 0, 0, 0, 0, 3],
    currency: Some("USD"),
    sums: (3, 6_000, 0, 6_000),
    span: (OrderTime::Wall(1_767_225_600), OrderTime::Wall(1_767_398_400)),
    rejected: &[],
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
    states: [0, 1, 0, 0, 0, 0, 1],
    currency: Some("EUR"),
    sums: (1, 129_900, 0, 129_900),
    span: (OrderTime::Wall(1_767_139_200), OrderTime::Wall(1_769_990_400)),
    rejected: &[(3, "negative_total")],
    warnings: &[(W::RefundWithoutOrder, 1), (W::DateWithoutTime, 2), (W::EncodingGuessed, 10)],
};

#[test]
fn files_give_their_known_figures() {
    for known in [SHOPIFY, PREAMBLE, INJECTION, GERMAN] {
        let batch = read(known.file).unwrap();
        let report = &batch.report;
        assert_eq!(report.platform.id(), known.platform);
        assert_eq!((report.rows, report.orders), (known.rows, known.orders), "{}", known.platform);
        assert_eq!(report.customers, known.customers);
        let nobody = batch.orders.customer.iter().filter(|&&customer| customer == NO_CUSTOMER);
        assert_eq!(nobody.count(), known.nobody);
        assert_eq!(report.states, known.states);
        let [sums] = report.currencies.as_slice() else { panic!("one currency") };
        assert_eq!(sums.currency.map(model::Currency::code), known.currency);
        let found = (sums.valid_orders, sums.gross, sums.refunds, sums.net_valid);
        assert_eq!(found, known.sums);
        assert_eq!(report.span, Some(known.span));
        assert_eq!(rejected(&batch), known.rejected);
        for &(code, count) in known.warnings {
            assert_eq!(report.warned(code), count, "{}", code.code());
        }
    }
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
    assert_eq!(german.customers.name.iter().collect::<Vec<_>>(), ["Jürgen Groß", "Weiß; Söhne"]);
    assert_eq!(german.orders.number.iter().collect::<Vec<_>>(), ["0001", "0003"]);
    assert_eq!(german.orders.state(1), OrderState::Cancelled);
}
