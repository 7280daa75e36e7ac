//! How a shop scores: fifths or fixed cuts, which window, which M, which classes.

use super::{Desk, Order, as_of, everyone, order, table, trade};
use model::{Amount, Currency};
use protocol::{
    ClassConstants, ClassCut, CustomerFilter, FixedCuts, Monetary, Request, RfmChoice, RfmWarning,
    RfmWindow, Rising, ScoreCuts, ShopEdit,
};
use std::num::NonZeroU16;

/// Days 10, 90, 180, 365; orders 2, 3, 5, 10; money 50, 100, 200, 400.
fn fixed() -> FixedCuts {
    FixedCuts {
        days: Rising::try_from([10, 90, 180, 365]).unwrap(),
        orders: Rising::try_from([2, 3, 5, 10]).unwrap(),
        amounts: Rising::try_from([50, 100, 200, 400].map(Amount::from_major)).unwrap(),
    }
}

fn by_fixed_cuts() -> RfmChoice {
    RfmChoice { cuts: ScoreCuts::Fixed(fixed()), ..RfmChoice::default() }
}

fn choose(desk: &mut Desk, choice: RfmChoice) {
    desk.ask(Request::EditShop(ShopEdit::Rfm(choice)));
}

/// Four customers, seen on 31 October 2026.
fn orders() -> Vec<Order> {
    vec![
        order(1, "ann", "2026-10-21", 100.0),
        order(2, "ann", "2026-06-01", 50.0),
        order(3, "ann", "2025-01-10", 60.0),
        order(4, "ben", "2026-08-02", 50.0),
        order(5, "cleo", "2025-10-30", 20.0),
        order(6, "cleo", "2025-10-29", 29.99),
        order(7, "dora", "2025-11-01", 400.0),
        order(8, "dora", "2025-10-31", 400.0),
    ]
}

fn desk() -> Desk {
    let mut desk = Desk::new();
    desk.import(&table(&orders()));
    desk
}

/// Scores, frequency and money of each customer as the export has them.
fn scores(desk: &mut Desk) -> Vec<String> {
    let lens = as_of("2026-10-31");
    let rows = super::rows(&desk.file(Request::ExportScores(lens)));
    let columns = ["r", "f", "m", "frequency", "monetary"];
    rows.iter().map(|row| columns.map(|column| row[column].as_str()).join(" ")).collect()
}

#[test]
fn fixed_cuts_score_by_their_values() {
    let mut desk = desk();
    choose(&mut desk, by_fixed_cuts());
    // Ann is just recent enough for 5, Ben for 4; Cleo lacks a cent for 2.
    let expected = ["5 3 4 3 210.00", "4 1 2 1 50.00", "1 2 1 2 49.99", "2 2 5 2 800.00"];
    assert_eq!(scores(&mut desk), expected);
    let cuts = desk.analyse(as_of("2026-10-31")).rfm.cuts;
    assert_eq!(cuts.m[4].map(|band| (band.from, band.to)), Some((80_000, 80_000)));
    assert_eq!(cuts.f[4], None);
}

#[test]
fn a_window_limits_frequency_and_money_but_not_recency() {
    let unscored = "    ";
    for (window, expected) in [
        (RfmWindow::YEAR, ["5 2 3 2 150.00", "4 1 2 1 50.00", unscored, "2 1 5 1 400.00"]),
        (
            RfmWindow::TWO_YEARS,
            ["5 3 4 3 210.00", "4 1 2 1 50.00", "1 2 1 2 49.99", "2 2 5 2 800.00"],
        ),
        (
            RfmWindow::Days(NonZeroU16::new(366).unwrap()),
            ["5 2 3 2 150.00", "4 1 2 1 50.00", unscored, "2 2 5 2 800.00"],
        ),
        (
            RfmWindow::Days(NonZeroU16::new(11).unwrap()),
            ["5 1 3 1 100.00", unscored, unscored, unscored],
        ),
    ] {
        let mut desk = desk();
        choose(&mut desk, RfmChoice { window, ..by_fixed_cuts() });
        assert_eq!(scores(&mut desk), expected, "{window:?}");
    }
}

#[test]
fn the_window_of_the_scores_moves_no_other_figure() {
    let mut desk = Desk::new();
    desk.import(&table(&trade(200)));
    let lens = as_of("2026-10-31");
    let before = desk.analyse(lens.clone());
    let window = RfmWindow::Days(NonZeroU16::new(90).unwrap());
    choose(&mut desk, RfmChoice { window, ..RfmChoice::default() });
    let after = desk.analyse(lens.clone());
    assert_eq!((&after.totals, &after.tiers), (&before.totals, &before.tiers));
    assert_eq!(
        (after.overview.now, &after.overview.series),
        (before.overview.now, &before.overview.series)
    );
    assert!(after.rfm.scored < before.rfm.scored);
    // What is said of the scored opens lists of just so many, and is of the window.
    let all = CustomerFilter::default();
    let groups = after.rfm.groups.iter().map(|it| {
        let filter = CustomerFilter { group: Some(it.group), ..all.clone() };
        (filter, it.customers, it.net)
    });
    let cells =
        after.rfm.recency_monetary.iter().map(|it| {
            (CustomerFilter { r: it.r, m: it.other, ..all.clone() }, it.customers, it.net)
        });
    for parts in [groups.collect::<Vec<_>>(), cells.collect()] {
        let of_window: i64 = parts.iter().map(|(_, _, net)| net).sum();
        assert!(of_window < after.totals.net);
        assert_eq!(parts.iter().map(|part| part.1).sum::<u32>(), after.rfm.scored);
        for (filter, customers, _) in parts {
            assert_eq!(desk.list(everyone(&lens, filter.clone())).total, customers, "{filter:?}");
        }
    }
    for act in desk.today(&lens).acts {
        let list = desk.list(everyone(&lens, act.filter()));
        assert_eq!((list.total, list.total_net), (act.customers, act.net), "{:?}", act.kind);
    }
}

#[test]
fn money_can_be_the_average_order() {
    let mut desk = desk();
    choose(&mut desk, RfmChoice { monetary: Monetary::AverageOrder, ..by_fixed_cuts() });
    let expected = ["5 3 2 3 70.00", "4 1 2 1 50.00", "1 2 1 2 25.00", "2 2 5 2 400.00"];
    assert_eq!(scores(&mut desk), expected);
}

#[test]
fn classes_are_cut_at_mean_median_or_constants() {
    // Days 0, 10, 20, 90; orders 5, 1, 1, 2; money 1000, 100, 200, 300.
    let mut all: Vec<Order> =
        (0..5).map(|n| order(n, "ann", &format!("2026-10-{}", 27 + n), 200.0)).collect();
    all.extend([
        order(6, "ben", "2026-10-21", 100.0),
        order(7, "cleo", "2026-10-11", 200.0),
        order(8, "dora", "2026-08-02", 100.0),
        order(9, "dora", "2026-08-01", 200.0),
    ]);
    let mut desk = Desk::new();
    desk.import(&table(&all));
    let lens = as_of("2026-10-31");
    for (classes, cuts, expected) in [
        (
            ClassCut::Mean,
            (30.0, 2.25, 40_000.0),
            ["重要价值客户", "一般发展客户", "一般发展客户", "一般挽留客户"],
        ),
        (
            ClassCut::Median,
            (15.0, 1.5, 25_000.0),
            ["重要价值客户", "一般发展客户", "一般挽留客户", "重要保持客户"],
        ),
        (
            ClassCut::Constants(ClassConstants::PROPOSAL),
            (10.0, 3.0, 20_000.0),
            ["重要价值客户", "一般发展客户", "重要挽留客户", "重要挽留客户"],
        ),
    ] {
        choose(&mut desk, RfmChoice { classes, ..RfmChoice::default() });
        let rows = super::rows(&desk.file(Request::ExportScores(lens.clone())));
        let named: Vec<&str> = rows.iter().map(|row| row["rfm_class"].as_str()).collect();
        assert_eq!(named, expected, "{classes:?}");
        assert_eq!(desk.analyse(lens.clone()).rfm.class_cuts, cuts);
    }
}

#[test]
fn a_choice_stays_and_the_former_one_can_be_written_back() {
    let mut desk = desk();
    let by_fifths = scores(&mut desk);
    let choice = RfmChoice {
        window: RfmWindow::YEAR,
        monetary: Monetary::AverageOrder,
        classes: ClassCut::Median,
        ..by_fixed_cuts()
    };
    choose(&mut desk, choice);
    let chosen = scores(&mut desk);
    assert_ne!(chosen, by_fifths);
    let mut desk = desk.reopened();
    assert_eq!((desk.shop().rfm, scores(&mut desk)), (choice, chosen));
    assert_eq!(desk.figures().rfm.choice, choice);
    choose(&mut desk, RfmChoice::default());
    let mut desk = desk.reopened();
    assert_eq!((desk.shop().rfm, scores(&mut desk)), (RfmChoice::default(), by_fifths));
}

#[test]
fn few_buyers_are_offered_fixed_cuts_by_the_order_value() {
    let mut desk = Desk::new();
    assert_eq!(desk.figures().rfm.proposal, None);
    desk.import(&table(&orders()));
    let rfm = desk.figures().rfm;
    assert_eq!(rfm.warning, Some(RfmWarning::FewBuyers));
    // 1109.99 in eight orders are 138.75 each.
    let proposal = rfm.proposal.unwrap();
    let amounts = proposal.amounts.values().map(|it| it.minor(Currency::USD));
    assert_eq!(amounts, [13_875, 27_750, 55_500, 111_000]);
    assert_eq!(proposal.days.values(), [30, 90, 180, 365]);
    assert_eq!(proposal.orders.values(), [2, 3, 5, 10]);
    let cuts = ScoreCuts::Fixed(proposal);
    choose(&mut desk, RfmChoice { cuts, ..RfmChoice::default() });
    assert_eq!(desk.figures().rfm.warning, None);
    choose(&mut desk, RfmChoice { monetary: Monetary::AverageOrder, ..RfmChoice::default() });
    let proposal = desk.figures().rfm.proposal.unwrap();
    assert_eq!(proposal.amounts.values()[1].minor(Currency::USD), 13_874);
}

#[test]
fn amounts_of_the_cuts_are_of_whatever_currency_the_shop_has() {
    let unnamed: Vec<Order> = orders().into_iter().map(|it| Order { currency: "", ..it }).collect();
    let mut desk = Desk::new();
    desk.import(&table(&unnamed));
    let classes = ClassCut::Constants(ClassConstants::PROPOSAL);
    choose(&mut desk, RfmChoice { classes, ..by_fixed_cuts() });
    for (code, ann, amount) in
        [("KWD", "5 3 4 3 210.000", 200_000.0), ("JPY", "5 3 4 3 210", 200.0)]
    {
        let currency = Currency::from_code(code).unwrap();
        desk.ask(Request::EditShop(ShopEdit::Currency(Some(currency))));
        assert_eq!(scores(&mut desk)[0], ann, "{code}");
        assert_eq!(desk.figures().rfm.class_cuts, (10.0, 3.0, amount), "{code}");
    }
}

#[test]
fn the_report_says_how_it_was_made() {
    let mut desk = desk();
    let mut rfm = || {
        let file = desk.file(Request::ExportReport(as_of("2026-10-31")));
        let report: serde_json::Value = serde_json::from_slice(&file).unwrap();
        choose(
            &mut desk,
            RfmChoice {
                window: RfmWindow::YEAR,
                monetary: Monetary::AverageOrder,
                classes: ClassCut::Constants(ClassConstants::PROPOSAL),
                ..by_fixed_cuts()
            },
        );
        report["rfm"].clone()
    };
    let by_default = rfm();
    let mean = serde_json::json!({"by": "mean", "days": 207.5, "orders": 2.0, "amount": "277.50"});
    assert_eq!(
        by_default["choice"],
        serde_json::json!({
            "cuts": "fifths",
            "window": "all time",
            "from": null,
            "monetary": "total",
            "class_cuts": mean,
        })
    );
    let chosen = rfm();
    let constants =
        serde_json::json!({"by": "constants", "days": 10.0, "orders": 3.0, "amount": "200.00"});
    assert_eq!(
        chosen["choice"],
        serde_json::json!({
            "cuts": "fixed",
            "window": "12 months",
            "from": "2025-11-01",
            "monetary": "average per order",
            "class_cuts": constants,
        })
    );
    assert_eq!(
        chosen["cuts"],
        serde_json::json!({
            "r": [10, 90, 180, 365],
            "f": [2, 3, 5, 10],
            "m": ["50.00", "100.00", "200.00", "400.00"],
        })
    );
}
