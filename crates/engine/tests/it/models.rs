//! The customer-base models as a screen and the files get them.

use super::{Desk, Order, as_of, day, order, table, trade};
use protocol::{
    Behind, CrossQuery, CustomerEdit, CustomerFilter, CustomerRow, Event, FitError, Label,
    LabelCondition, LabelKind, Lens, Models, ModelsState, Request, Response, RowsOn, SegmentId,
    SegmentsView, ShopEdit, StoredSegment, ValueBasis, ValueByView,
};
use std::collections::HashMap;

impl Desk {
    fn models(&mut self, lens: &Lens) -> ModelsState {
        self.ask(Request::Models(lens.clone())).of_segments::<protocol::ModelsView>().unwrap().state
    }

    #[track_caller]
    fn ready(&mut self, lens: &Lens) -> Models {
        match self.models(lens) {
            ModelsState::Ready(models) => *models,
            other => panic!("{other:?}"),
        }
    }

    /// What happens when there is nothing else to do, up to the end of a fit.
    fn idle(&mut self) {
        self.engine.begin_due_fit();
        self.place.let_fit_end();
        self.engine.take_fit();
    }

    fn fits_told(&self) -> usize {
        self.place.heard().iter().filter(|it| matches!(it, Event::Fitted(_))).count()
    }
}

/// Many who come back in their own ways and leave after some purchase.
fn regulars() -> Vec<Order> {
    let mut random = 7u64;
    let mut below = |limit: u64| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (random >> 33) % limit
    };
    let (first, last) = (day("2024-10-31"), day("2026-10-31"));
    let mut orders = Vec::new();
    for customer in 0..400 {
        let (mut at, pace) = (first.plus_days(below(700) as i32), 5 + below(50));
        while at <= last {
            let total = 20.0 + below(4_000) as f64 / 100.0;
            let number = orders.len();
            orders.push(order(number, &format!("c{customer}"), &at.to_string(), total));
            if below(100) < 17 {
                break;
            }
            at = at.plus_days(1 + below(2 * pace) as i32);
        }
    }
    orders
}

#[test]
fn questions_are_answered_while_models_are_fitted() {
    let mut desk = Desk::new();
    desk.import(&table(&regulars()));
    let lens = as_of("2026-10-31");
    assert_eq!(desk.models(&lens), ModelsState::Pending);
    desk.engine.begin_due_fit();
    assert_eq!(desk.models(&lens), ModelsState::Pending);
    assert!(desk.analyse(lens.clone()).totals.buyers > 300);
    desk.engine.begin_due_fit();
    assert_eq!(desk.place.fits_begun(), 1, "the same is under way");
    desk.place.let_fit_end();
    desk.engine.take_fit();
    let models = desk.ready(&lens);
    assert!(models.test.is_ok_and(|test| test.candidates.len() > 6));
    let told: Vec<Event> = desk.place.heard();
    let Some(Event::Fitted(done)) = told.last() else { panic!("{told:?}") };
    assert_eq!((done.as_of, done.customers), (day("2026-10-31"), models.customers));
    desk.engine.begin_due_fit();
    assert_eq!(desk.place.fits_begun(), 0, "it is known");
}

#[test]
fn other_orders_and_other_days_are_fitted_anew() {
    let mut desk = Desk::new();
    let mut orders = regulars();
    desk.import(&table(&orders));
    let (late, early) = (as_of("2026-10-31"), as_of("2026-06-30"));
    desk.models(&late);
    desk.idle();
    let before = desk.ready(&late);
    assert_eq!(desk.models(&early), ModelsState::Pending);
    desk.idle();
    assert_ne!(desk.ready(&early).customers, before.customers);
    assert_eq!(desk.ready(&late), before, "two days are kept");
    // A name is no order.
    let id = desk.list(super::everyone(&late, CustomerFilter::default())).rows[0].id;
    desk.ask(Request::EditCustomer(id, CustomerEdit::Name("Ann".to_owned())));
    assert_eq!(desk.ready(&late), before);
    // A fit of orders that are no more is ended.
    desk.models(&as_of("2026-05-31"));
    desk.engine.begin_due_fit();
    orders.push(order("new", "new", "2026-10-30", 10.0));
    desk.import(&table(&orders));
    desk.place.let_fit_end();
    desk.engine.take_fit();
    assert_eq!(desk.models(&late), ModelsState::Pending);
    desk.idle();
    assert_eq!(desk.ready(&late).customers, before.customers + 1);
    // So is everything in another currency.
    desk.ask(Request::EditShop(ShopEdit::Currency(Some(model::Currency::CNY))));
    desk.models(&late);
    desk.idle();
    assert_eq!(desk.ready(&late).test, Err(FitError::NoCustomers));
}

#[test]
fn a_segment_that_looks_at_models_has_its_customers_once_they_are_there() {
    let mut desk = Desk::new();
    desk.import(&table(&regulars()));
    // No day that is fitted unless somebody looks at it.
    let lens = as_of("2026-06-30");
    let id = SegmentId(7);
    let segment = StoredSegment::of_rule(id, "Alive", "all(alive>=1)");
    desk.ask(Request::EditShop(ShopEdit::Segment(segment)));
    let size = |desk: &mut Desk| {
        let view: Box<SegmentsView> =
            desk.ask(Request::Segments(lens.clone())).of_segments().unwrap();
        view.saved[0].size.unwrap().customers
    };
    let within = Lens { segment: Some(id), ..lens.clone() };
    assert_eq!(size(&mut desk), 0);
    desk.idle();
    let customers = size(&mut desk);
    assert!(customers > 100, "{customers}");
    assert_eq!(desk.analyse(within).totals.buyers, customers);
}

/// Rows of the list of a tenth by value.
fn of_tenth(desk: &mut Desk, lens: &Lens, nth: u8) -> Vec<CustomerRow> {
    let label = Some(Label::Decile(nth));
    let conditions = vec![LabelCondition { kind: LabelKind::Decile, on: None, label }];
    let filter = CustomerFilter::behind(Behind::Labelled(conditions));
    let page = desk.list(super::everyone(lens, filter));
    assert_eq!(page.total as usize, page.rows.len());
    page.rows
}

#[test]
fn tenths_by_value_are_labels_once_the_models_are_there() {
    let mut desk = Desk::new();
    let orders = table(&regulars());
    let with_products = orders.lines().enumerate().map(|(row, line)| match row {
        0 => format!("{line},product_name\n"),
        _ => format!("{line},Thing {}\n", row % 3),
    });
    desk.import(&with_products.collect::<String>());
    let lens = as_of("2026-06-30");
    assert_eq!(of_tenth(&mut desk, &lens, 1).len(), 0);
    let by = |desk: &mut Desk| -> ValueByView {
        *desk.ask(Request::ValueBy(lens.clone())).of_segments().unwrap()
    };
    assert_eq!(by(&mut desk).kinds, []);
    // The list has asked for them.
    desk.idle();
    let models = desk.ready(&lens);
    let sizes: Vec<u32> = models.deciles.iter().map(|it| it.customers).collect();
    assert_eq!(sizes.iter().sum::<u32>(), models.customers);
    assert!(sizes.iter().max().unwrap() - sizes.iter().min().unwrap() <= 1, "{sizes:?}");
    for (tenth, nth) in models.deciles.iter().zip(1..) {
        let rows = of_tenth(&mut desk, &lens, nth);
        assert_eq!(rows.len() as u32, tenth.customers);
        let mut sum = 0.0;
        for row in rows {
            let Response::Customer(view) = desk.ask(Request::Customer(row.id, lens.clone())) else {
                panic!()
            };
            let ahead = view.ahead.unwrap();
            assert_eq!(ahead.decile, nth);
            assert!((tenth.least..=tenth.greatest).contains(&ahead.value));
            assert!(ahead.orders_90d.is_some_and(|it| it >= 0.0));
            sum += ahead.value;
        }
        assert!((sum - tenth.value).abs() < 1e-6 * sum);
    }
    // A table of the tenths has everybody, and a rule means the same as the label.
    let (rows, columns) = (LabelKind::Decile, LabelKind::Tier);
    let query = CrossQuery { lens: lens.clone(), rows, columns, rows_on: RowsOn::AsOf };
    let cross = desk.ask(Request::Cross(query)).of_segments::<protocol::CrossView>().unwrap();
    let counts: Vec<u32> = (0..10).map(|at| cross.row_total(at).customers).collect();
    assert_eq!(counts, sizes);
    assert_eq!(
        cross.total().customers,
        desk.list(super::everyone(&lens, CustomerFilter::default())).total
    );
    let rule = CustomerFilter::behind(Behind::Rule("all(decile=1|2)".to_owned()));
    assert_eq!(desk.list(super::everyone(&lens, rule)).total, sizes[0] + sizes[1]);
    // Whatever customers began with, the parts add up to the equity.
    for (kind, parts) in by(&mut desk).kinds {
        let sum: f64 = parts.iter().map(|it| it.value).sum();
        assert!((sum - models.equity).abs() < 1e-6 * sum, "{kind:?}");
        assert_eq!(parts.iter().map(|it| it.customers).sum::<u32>(), models.customers);
    }
    assert_eq!(by(&mut desk).kinds.len(), 1, "the file tells no channel");
    assert_eq!(by(&mut desk).kinds[0].1.len(), 3);
}

#[test]
fn files_wait_for_the_fit() {
    let mut desk = Desk::new();
    desk.import(&table(&regulars()));
    let lens = as_of("2026-10-31");
    let request = Request::ExportReport(lens.clone());
    assert!(desk.engine.awaits_fit(&request));
    assert!(!desk.engine.awaits_fit(&Request::Shop));
    let bytes = desk.file(request.clone());
    let report: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    assert!(!desk.engine.awaits_fit(&request));
    assert_eq!((desk.place.fits_begun(), desk.fits_told()), (1, 1));
    let part = &report["models"];
    let models = desk.ready(&lens);
    let chosen = models.chosen.unwrap();
    assert_eq!(part["chosen"], chosen.predictor.name());
    let candidates = part["candidates"].as_array().unwrap();
    let named = |name: &str| candidates.iter().find(|it| it["name"] == name).unwrap();
    let bg = named("BG/NBD");
    for parameter in ["r", "alpha", "a", "b"] {
        assert!(bg["params"][parameter].as_f64().unwrap() > 0.0);
    }
    assert!(bg["log_likelihood"].as_f64().unwrap() < 0.0);
    for figure in ["days", "mae", "predicted", "actual", "auc", "brier"] {
        assert!(bg["holdout"][figure].is_number(), "{figure}");
    }
    assert!(named(&chosen.predictor.name())["beats_baselines"].as_bool().unwrap());
    for parameter in ["p", "q", "v"] {
        assert!(part["spend"][parameter].as_f64().unwrap() > 0.0);
    }
    assert_eq!(part["forecast"].as_array().unwrap().len(), 3);
    // The same bytes again, whatever was asked between.
    assert_eq!(desk.file(request.clone()), bytes);

    let scores = super::rows(&desk.file(Request::ExportScores(lens)));
    let number = |row: &HashMap<String, String>, column: &str| row[column].parse::<f64>().unwrap();
    let mut equity = 0.0;
    for row in &scores {
        for chance in ["p_alive", "p_order_90d", "p_order_365d"] {
            assert!((0.0..=1.0).contains(&number(row, chance)));
        }
        assert!(number(row, "expected_orders_90d") <= number(row, "expected_orders_365d"));
        assert_eq!(row["clv_basis"], "model");
        equity += number(row, "clv_12m");
    }
    for (at, tenth) in models.deciles.iter().enumerate() {
        let own = scores.iter().filter(|row| row["clv_decile"] == (at + 1).to_string());
        assert_eq!(own.count(), tenth.customers as usize);
    }
    // Equity is the sum of the column, but for the rounding of each cell.
    assert!((models.equity / 100.0 - equity).abs() < 0.01 * scores.len() as f64);
}

#[test]
fn a_shop_with_too_few_regulars_is_told_so_at_once() {
    let mut desk = Desk::new();
    let lens = Lens::default();
    desk.models(&lens);
    desk.engine.begin_due_fit();
    assert_eq!(desk.ready(&lens).test, Err(FitError::NoCustomers));
    desk.import(&table(&trade(40)));
    desk.models(&lens);
    desk.engine.begin_due_fit();
    let models = desk.ready(&lens);
    assert!(matches!(models.test, Err(FitError::TooFewRepeatBuyers { needed: 50, .. })));
    assert_eq!(desk.place.fits_begun(), 0, "it takes no fit to tell");
    let report: serde_json::Value = serde_json::from_slice(&desk.report()).unwrap();
    assert_eq!(report["models"]["chosen"], "");
    assert_eq!(report["models"]["reason"], "too_few_repeat_buyers");
    let row = desk.scores().remove(0);
    assert_eq!((row["p_alive"].as_str(), row["expected_orders_90d"].as_str()), ("", ""));
    assert_ne!(models.basis, ValueBasis::Model);
}

#[test]
fn where_nobody_can_fit_the_files_have_no_models() {
    let mut desk = Desk::new();
    desk.import(&table(&regulars()));
    desk.place.let_fit_fail("no memory");
    let report: serde_json::Value = serde_json::from_slice(&desk.report()).unwrap();
    assert!(report.get("models").is_none());
    assert!(!desk.scores()[0].contains_key("p_alive"));
    assert_eq!(desk.models(&Lens::default()), ModelsState::Failed("no memory".to_owned()));
    assert_eq!(desk.place.fits_begun(), 1, "it is not tried again and again");
}

#[test]
fn a_fit_that_a_file_waits_for_is_not_ended_for_another_day() {
    let mut desk = Desk::new();
    desk.import(&table(&regulars()));
    let days = ["2026-10-31", "2026-06-30"].map(as_of);
    let [late, early] = &days;
    desk.models(early);
    let files = [late, early].map(|lens| Request::ExportScores(lens.clone()));
    assert!(desk.engine.awaits_fit(&files[0]));
    // The day that was looked at last has to wait, and so does another file.
    desk.engine.begin_due_fit();
    assert!(desk.engine.awaits_fit(&files[1]));
    assert!(desk.engine.awaits_fit(&files[0]));
    assert_eq!(desk.place.fits_begun(), 1);
    desk.place.let_fit_end();
    desk.engine.take_fit();
    assert!(!desk.engine.awaits_fit(&files[0]) && desk.engine.awaits_fit(&files[1]));
    desk.place.let_fit_end();
    desk.engine.take_fit();
    assert!(!desk.engine.awaits_fit(&files[0]) && !desk.engine.awaits_fit(&files[1]));
    assert_eq!(desk.place.fits_begun(), 1);
    // What gives way to an import is begun again once its file is asked for again.
    let third = Request::ExportScores(as_of("2026-03-31"));
    assert!(desk.engine.awaits_fit(&third));
    desk.ask(Request::Models(late.clone()));
    desk.inspect(&[("orders.csv", table(&regulars()).as_bytes())]);
    assert!(desk.engine.awaits_fit(&third));
    assert_eq!(desk.place.fits_begun(), 2);
    // Whoever cannot put it aside waits for both.
    desk.file(Request::ExportScores(as_of("2026-01-31")));
    assert!(!desk.engine.awaits_fit(&Request::ExportScores(as_of("2026-01-31"))));
}
