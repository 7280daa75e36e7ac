//! A shop of summaries has the figures that its orders have.

use super::{Desk, Order, as_of, cells, day, everyone, order, rows, searched, table, trade};
use model::{RecordKind, ShopDay};
use protocol::{
    AsOfBasis, CustomerFilter, CustomerQuery, CustomerView, FileReport, Lens, Request, Response,
    RfmChoice, RfmWindow, ShopEdit,
};
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

const HEADER: &str = "customer_id,email,currency,as_of_date,first_order_date,last_order_date,\
                      orders,purchase_days,net,first_day_net,order_gaps\n";

/// What a warehouse makes of orders up to a day, by plain means of its own.
fn summaries(orders: &[Order], until: &str) -> String {
    let mut by_customer: BTreeMap<&str, Vec<(ShopDay, f64)>> = BTreeMap::new();
    for it in orders {
        let net = it.total - it.refunded;
        let counts = it.status == "paid" && net > 0.004 && &it.at[..10] <= until;
        if counts && !it.email.is_empty() {
            by_customer.entry(&it.email).or_default().push((day(&it.at[..10]), net));
        }
    }
    let mut text = HEADER.to_owned();
    for (email, mut own) in by_customer {
        own.sort_by_key(|it| it.0);
        let (first, last) = (own[0].0, own[own.len() - 1].0);
        let gaps: Vec<i32> = own.windows(2).map(|pair| pair[1].0.days_since(pair[0].0)).collect();
        let days = gaps.iter().filter(|gap| **gap > 0).count() + 1;
        let net: f64 = own.iter().map(|it| it.1).sum();
        let of_first: f64 = own.iter().filter(|it| it.0 == first).map(|it| it.1).sum();
        let gaps: Vec<String> = gaps.iter().map(i32::to_string).collect();
        let _ = writeln!(
            text,
            "W-{},{email},USD,{until},{first},{last},{},{days},{net:.2},{of_first:.2},{}",
            &email[..3],
            own.len(),
            gaps.join(" ")
        );
    }
    text
}

/// Orders of which some are given back in part or whole, some are of one day, some are nobody's.
fn orders() -> Vec<Order> {
    let mut orders = trade(300);
    for (n, it) in orders.iter_mut().enumerate() {
        match n % 11 {
            3 => it.refunded = (it.total / 3.0 * 100.0).round() / 100.0,
            7 => it.refunded = it.total,
            _ => {}
        }
    }
    for n in 0..60 {
        let it = &orders[n * 5].clone();
        let at = it.at[..10].to_owned() + " 18:30:00";
        orders.push(Order { number: format!("D{n}"), at, total: it.total + 4.0, ..it.clone() });
    }
    orders
}

fn desk_of(name: &str, text: &str) -> Desk {
    let mut desk = Desk::new();
    desk.inspect(&[(name, text.as_bytes())]);
    desk.confirm().unwrap();
    desk
}

fn inspected(text: &str) -> FileReport {
    Desk::new().inspect(&[("summaries.csv", text.as_bytes())]).files.remove(0)
}

fn customer(desk: &mut Desk, email: &str) -> CustomerView {
    let id = desk.list(searched(email)).rows[0].id;
    match desk.ask(Request::Customer(id, Lens::default())) {
        Response::Customer(view) => *view,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_figures_are_those_of_the_orders() {
    let orders = orders();
    let mut of_orders = desk_of("orders.csv", &table(&orders));
    let mut of_summaries = desk_of("summaries.csv", &summaries(&orders, "2026-10-31"));
    let lens = as_of("2026-10-31");
    let both = [&mut of_orders, &mut of_summaries].map(|desk| desk.analyse(lens.clone()));
    assert_eq!(both[0].rfm, both[1].rfm, "scores, groups, eight classes, heat maps, cuts");
    assert_eq!(both[0].tiers, both[1].tiers);
    // Whoever had all refunded has no summary.
    let prospects = both[0].totals.customers - both[0].totals.buyers;
    let mut stages = both[0].lifecycle.clone();
    stages[0].customers -= prospects;
    assert_eq!(stages, both[1].lifecycle);
    assert_eq!(both[0].churn, both[1].churn, "limits from the gaps, states, value at risk");
    assert_eq!(both[0].overview.slipping_top, both[1].overview.slipping_top);
    assert_eq!(both[0].totals.kpis, both[1].totals.kpis);
    assert_eq!(both[0].totals.median_gap_days, both[1].totals.median_gap_days);
    assert_eq!(both[0].totals.net, both[1].totals.net);
    let query = CustomerQuery { lens: lens.clone(), ..CustomerQuery::default() };
    let bought = CustomerQuery { rows: 1_000, ..query };
    let lists = [&mut of_orders, &mut of_summaries]
        .map(|desk| rows(&desk.file(Request::ExportCustomers(bought.clone()))));
    let who_bought =
        |list: &[HashMap<String, String>]| -> BTreeMap<String, HashMap<String, String>> {
            let buyers = list.iter().filter(|row| row["orders"] != "0");
            buyers.map(|row| (row["email"].clone(), row.clone())).collect()
        };
    assert_eq!(who_bought(&lists[0]), who_bought(&lists[1]));
    assert!(lists[1].len() > 250);
}

#[test]
fn the_models_are_those_of_the_orders() {
    let orders = orders();
    let files = [("orders.csv", table(&orders)), ("s.csv", summaries(&orders, "2026-10-31"))];
    let scores = files.map(|(name, text)| {
        let file = desk_of(name, &text).file(Request::ExportScores(as_of("2026-10-31")));
        let rows = rows(&file).into_iter().filter(|row| row["orders"] != "0");
        rows.map(|row| (row["email"].clone(), row)).collect::<BTreeMap<_, _>>()
    });
    assert_eq!(scores[0].len(), scores[1].len());
    let (mut compared, mut modelled) = (0, 0);
    for ((email, orders), summary) in scores[0].iter().zip(scores[1].values()) {
        for (column, of_orders) in orders {
            let of_summary = &summary[column];
            let close = match (of_orders.parse::<f64>(), of_summary.parse::<f64>()) {
                (Ok(a), Ok(b)) => (a - b).abs() <= 1e-6 * a.abs().max(1.0),
                _ => of_orders == of_summary,
            };
            assert!(close, "{email} {column}: {of_orders}, {of_summary}");
            compared += 1;
            modelled += u32::from(column.contains("clv") && !of_orders.is_empty());
        }
    }
    assert!(compared > 5_000 && modelled > 250, "{compared} cells, {modelled} of them values");
}

#[test]
fn a_summary_stands_for_the_orders_up_to_its_day_and_later_ones_add_up() {
    let early = [order("1", "ann", "2026-09-01", 10.0), order("2", "ann", "2026-10-01", 20.0)];
    let late = [order("3", "ann", "2026-10-20", 5.0), order("4", "bea", "2026-09-15", 7.0)];
    let all = [early.clone(), late.clone()].concat();
    let mut desk = desk_of("orders.csv", &table(&all));
    assert_eq!(desk.shop().summarised_until, None);
    let before = desk.analyse(as_of("2026-11-22")).totals;
    // As the warehouse has it, with an order that was never exported.
    let mut known = early.to_vec();
    known.push(order("0", "ann", "2026-08-01", 100.0));
    desk.inspect(&[("s.csv", summaries(&known, "2026-10-15").as_bytes())]);
    let summary = desk.confirm().unwrap();
    assert_eq!(summary.records, [(RecordKind::Summaries, 1)]);
    let shop = desk.shop();
    assert_eq!(shop.summarised_until, Some(day("2026-10-15")));
    assert_eq!((shop.orders, shop.customers), (3 + 2, 2));
    assert_eq!(shop.records, [(RecordKind::Summaries, 1)]);
    let ann = customer(&mut desk, "ann@example.com");
    assert_eq!((ann.row.orders, ann.row.net, ann.gross), (4, 13_500, 13_500));
    assert_eq!(ann.summed, Some((3, day("2026-10-15"))));
    let listed: Vec<&str> = ann.orders.iter().map(|it| it.number.as_str()).collect();
    assert_eq!(listed, ["3"], "the others are in the summary");
    let bea = customer(&mut desk, "bea@example.com");
    assert_eq!((bea.row.orders, bea.summed), (1, None));
    desk.ask(Request::Undo(summary.batches[0]));
    assert_eq!(desk.analyse(as_of("2026-11-22")).totals, before);
}

#[test]
fn of_a_day_before_the_summaries_nothing_is_told() {
    let mut desk = desk_of("s.csv", &summaries(&orders(), "2026-10-31"));
    let asked = desk.analyse(as_of("2026-10-01"));
    assert_eq!((asked.as_of, asked.as_of_basis), (day("2026-10-31"), AsOfBasis::Summaries));
    assert_eq!(asked.overview.period.to, day("2026-10-31"));
    assert_eq!(asked.overview.now.net, asked.totals.net, "of the whole time");
    assert_eq!((asked.overview.series.len(), asked.overview.before), (0, None));
    assert_eq!(asked.cohorts.len(), 0);
    let later = desk.analyse(as_of("2026-11-20"));
    assert_eq!((later.as_of, later.as_of_basis), (day("2026-11-20"), AsOfBasis::Chosen));
    // A window of the scores would need amounts by day.
    let window = RfmChoice { window: RfmWindow::YEAR, ..RfmChoice::default() };
    desk.ask(Request::EditShop(ShopEdit::Rfm(window)));
    assert_eq!(desk.figures().rfm.choice.window, RfmWindow::AllTime);
    let report = String::from_utf8(desk.report()).unwrap();
    assert!(report.contains("\"cohorts\": null") && report.contains("\"summarised_until\""));
}

#[test]
fn the_later_summary_of_a_customer_is_in_force_whichever_came_first() {
    let known = [order("1", "ann", "2026-09-01", 10.0), order("2", "ann", "2026-10-20", 20.0)];
    let (old, new) = (summaries(&known, "2026-09-30"), summaries(&known, "2026-10-31"));
    for files in [[&old, &new], [&new, &old]] {
        let mut desk = Desk::new();
        for (n, file) in files.iter().enumerate() {
            desk.inspect(&[(["a.csv", "b.csv"][n], file.as_bytes())]);
            desk.confirm().unwrap();
        }
        let ann = customer(&mut desk, "ann@example.com");
        assert_eq!((ann.row.orders, ann.row.net), (2, 3_000));
        let desk = &mut desk.reopened();
        assert_eq!(customer(desk, "ann@example.com").row.net, 3_000, "read back from the store");
    }
}

#[test]
fn what_a_file_of_summaries_is_and_what_is_wrong_with_rows() {
    let row = |text: &str| format!("{HEADER}{text}\n");
    let good = "C1,,usd,2026-10-31,2026-09-01,2026-09-11,3,2,60.00,10.00,0 10";
    let report = inspected(&row(good));
    assert_eq!((report.kind, report.records, report.rejected), (RecordKind::Summaries, 1, 0));
    assert_eq!((report.currencies[0].valid_orders, report.currencies[0].net), (3, 6_000));
    assert_eq!(report.days, Some((day("2026-09-01"), day("2026-10-31"))));
    for (bad, reason) in [
        ("C2,,USD,2026-10-31,2026-09-01,2026-09-12,3,2,60.00,10.00,0 10", "days_out_of_order"),
        ("C2,,USD,2026-09-05,2026-09-01,2026-09-11,3,2,60.00,10.00,0 10", "days_out_of_order"),
        ("C2,,USD,soon,2026-09-01,2026-09-11,3,2,60.00,10.00,0 10", "bad_date"),
        ("C2,,USD,2026-10-31,,2026-09-11,3,2,60.00,10.00,0 10", "no_date"),
        ("C2,,USD,2026-10-31,2026-09-01,2026-09-11,-3,2,60.00,10.00,0 10", "bad_quantity"),
        ("C2,,USD,2026-10-31,2026-09-01,2026-09-11,4,2,60.00,10.00,0 10", "counts_disagree"),
        ("C2,,USD,2026-10-31,2026-09-01,2026-09-11,3,3,60.00,10.00,0 10", "counts_disagree"),
        ("C2,,USD,2026-10-31,2026-09-01,2026-09-11,3,2,60.00,10.00,0 -10", "counts_disagree"),
        ("C2,,USD,2026-10-31,2026-09-01,2026-09-11,3,2,60.00,60.00,0 10", "counts_disagree"),
        ("C2,,USD,2026-10-31,2026-09-01,2026-09-11,3,2,,10.00,0 10", "no_amount"),
        ("C2,,USD,2026-10-31,2026-09-01,2026-09-11,3,2,-60.00,10.00,0 10", "bad_amount"),
        ("C2,,EUR,2026-10-31,2026-09-01,2026-09-11,3,2,60.00,10.00,0 10", "other_currency"),
        ("C2,,XQX,2026-10-31,2026-09-01,2026-09-11,3,2,60.00,10.00,0 10", "unknown_currency"),
        (",,USD,2026-10-31,2026-09-01,2026-09-11,3,2,60.00,10.00,0 10", "no_key"),
        ("C1,,USD,2026-10-31,2026-09-01,2026-09-01,1,1,5.00,5.00,", "customer_repeated"),
    ] {
        let report = inspected(&row(&format!("{good}\n{bad}")));
        assert_eq!((report.records, report.rejected), (1, 1), "{bad}");
        assert_eq!(report.rejected_rows[0].reason, reason, "{bad}");
    }
    let chinese = "客户编号,币种,统计日期,首单日期,末单日期,订单数,购买天数,净额,首日净额,下单间隔\n\
                   W1,CNY,2026-10-31,2026-09-01,2026-09-11,3,2,60.00,10.00,0 10\n";
    let report = inspected(chinese);
    assert_eq!((report.kind, report.records, report.rejected), (RecordKind::Summaries, 1, 0));
    assert_eq!(report.settles_currency.as_deref(), Some("CNY"));
}

#[test]
fn what_summaries_do_not_tell_is_unknown_to_segments() {
    let mut desk = desk_of("s.csv", &summaries(&orders(), "2026-10-31"));
    let mut size = |rule: &str| {
        let behind = Some(protocol::Behind::Rule(rule.to_owned()));
        let filter = CustomerFilter { behind, ..CustomerFilter::default() };
        desk.list(everyone(&as_of("2026-10-31"), filter)).total
    };
    let buyers = size("orders>=1");
    assert!(buyers > 250);
    assert!(size("net>=100") > 0);
    assert_eq!(size("refunded=0") + size("refunded>0"), 0, "neither nor");
    assert_eq!(size("net>=1@90d"), size("all(net>=1@90d,known<90)"), "of a part only for the new");
}

/// Writes the engine's own summaries of the orders in `ORDERS` to `SUMMARIES`, as of 31 October 2026.
#[test]
#[ignore = "for `cargo xtask torture warehouse`"]
fn writes_summaries_of_a_file() {
    let path = |name| std::path::PathBuf::from(std::env::var_os(name).unwrap());
    let bytes = std::fs::read(path("ORDERS")).unwrap();
    let mut desk = Desk::new();
    desk.inspect(&[("orders.csv", &bytes)]);
    desk.confirm().unwrap();
    let numbers: HashMap<String, String> = std::str::from_utf8(&bytes)
        .unwrap()
        .lines()
        .skip(1)
        .map(cells)
        .map(|it| (it[2].clone(), it[1].clone()))
        .collect();
    let lens = as_of("2026-10-31");
    let mut text = HEADER.replace('\n', "\r\n");
    let total = desk.list(everyone(&lens, CustomerFilter::default())).total;
    for first in (0..total).step_by(1_000) {
        let page = CustomerQuery { first_row: first, ..everyone(&lens, CustomerFilter::default()) };
        for row in desk.list(page).rows.iter().filter(|row| row.orders > 0) {
            let Response::Customer(view) = desk.ask(Request::Customer(row.id, lens.clone())) else {
                panic!("no customer");
            };
            let orders = view.orders.iter().rev().filter(|it| it.state.counts());
            let orders: Vec<_> = orders.filter(|it| it.in_shops.is_some()).collect();
            let net = |it: &&protocol::OrderRow| it.total - it.refunded;
            let (first, last) = (orders[0].day, orders[orders.len() - 1].day);
            assert_eq!((row.first_order, row.last_order), (Some(first), Some(last)));
            assert_eq!(row.net, orders.iter().map(net).sum::<i64>());
            let gaps: Vec<String> =
                orders.windows(2).map(|it| it[1].day.days_since(it[0].day).to_string()).collect();
            let days = gaps.iter().filter(|it| *it != "0").count() + 1;
            let of_first = orders.iter().filter(|it| it.day == first).map(net).sum::<i64>();
            let money = |minor: i64| model::Money::from_minor(minor, model::Currency::USD);
            let _ = write!(
                text,
                "{},{},USD,2026-10-31,{first},{last},{},{days},{},{},{}\r\n",
                numbers[&row.email],
                row.email,
                row.orders,
                money(row.net),
                money(of_first),
                gaps.join(" ")
            );
        }
    }
    std::fs::write(path("SUMMARIES"), text).unwrap();
}
