//! The part of `analysis-report.json` on RFM: which choices it was made with, and what came out.

use model::{Currency, ShopDay};
use protocol::{
    Analysis, Band, ClassCut, FixedCuts, GridCell, Monetary, RfmView, RfmWindow, ScoreCuts,
};
use serde_json::{Map, Value, json};

/// Scores, groups, classes and cells. `money` writes minor units.
pub fn report(analysis: &Analysis, money: &dyn Fn(i64) -> String) -> Value {
    let rfm = &analysis.rfm;
    let groups: Map<String, Value> =
        (rfm.groups.iter()).map(|it| (it.group.name().to_owned(), it.customers.into())).collect();
    let classes: Map<String, Value> = (rfm.classes.iter())
        .map(|it| (it.class.chinese_name().to_owned(), it.customers.into()))
        .collect();
    let cells: Vec<Value> = (rfm.recency_frequency.iter())
        .map(|&GridCell { r, other, customers, net }| {
            json!({"r": r, "f": other, "customers": customers, "net": money(net)})
        })
        .collect();
    json!({
        "scored": rfm.scored,
        "choice": choice(rfm, analysis.as_of, money),
        "cuts": cuts(rfm, analysis.currency, money),
        "groups": groups,
        "classes": classes,
        "cells": cells,
    })
}

/// How the scores were made.
fn choice(rfm: &RfmView, as_of: ShopDay, money: &dyn Fn(i64) -> String) -> Value {
    let cuts = match rfm.choice.cuts {
        ScoreCuts::Fifths => "fifths",
        ScoreCuts::Fixed(_) => "fixed",
    };
    let window = match rfm.choice.window {
        RfmWindow::AllTime => "all time".to_owned(),
        RfmWindow::Months(months) => format!("{months} months"),
        RfmWindow::Days(days) => format!("{days} days"),
    };
    let monetary = match rfm.choice.monetary {
        Monetary::Total => "total",
        Monetary::AverageOrder => "average per order",
    };
    let by = match rfm.choice.classes {
        ClassCut::Mean => "mean",
        ClassCut::Median => "median",
        ClassCut::Constants(_) => "constants",
    };
    let (days, orders, amount) = rfm.class_cuts;
    json!({
        "cuts": cuts,
        "window": window,
        "from": rfm.choice.window.first_day(as_of).map(|day| day.to_string()),
        "monetary": monetary,
        "class_cuts": {
            "by": by, "days": days, "orders": orders, "amount": money(amount.round() as i64),
        },
    })
}

/// Four values part five bands: for R the most days of the scores 5 to 2, for F and M the least of
/// the scores 2 to 5. Of fifths a score that nobody has leaves a gap.
fn cuts(rfm: &RfmView, currency: Currency, money: &dyn Fn(i64) -> String) -> Value {
    if let ScoreCuts::Fixed(FixedCuts { days, orders, amounts }) = rfm.choice.cuts {
        let amounts = amounts.values().map(|amount| money(amount.minor(currency)));
        return json!({"r": days.values(), "f": orders.values(), "m": amounts});
    }
    let upper = |bands: &[Option<Band>; 5]| -> Vec<Option<i64>> {
        bands[1..].iter().rev().map(|band| band.map(|it| it.to)).collect()
    };
    let lower = |bands: &[Option<Band>; 5]| -> Vec<Option<i64>> {
        bands[1..].iter().map(|band| band.map(|it| it.from)).collect()
    };
    let monetary: Vec<Option<String>> =
        lower(&rfm.cuts.m).into_iter().map(|minor| minor.map(money)).collect();
    json!({"r": upper(&rfm.cuts.r), "f": lower(&rfm.cuts.f), "m": monetary})
}
