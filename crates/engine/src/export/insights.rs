//! The parts of `analysis-report.json` on stages, cohorts, waiting, churn, baskets and answers.

use crate::shop::Shop;
use crate::views::cohorts;
use analytics::{Stage, SurvivalCurve, all_gap_durations, next_purchase_durations, survival_curve};
use model::ShopDay;
use protocol::{
    Analysis, BasketsView, ChurnState, CohortKey, RuleRow, SatisfactionView, ScoreFigure,
};
use serde_json::{Map, Value, json};

/// The report has every month of fifty years.
const MOST_MONTHS: usize = 600;
/// Days waited at which the report tells who still waits.
const WAITING_DAYS: [u32; 11] = [7, 14, 30, 60, 90, 120, 180, 270, 365, 540, 730];

/// Customers by stage, prospects among those of acquisition.
pub fn lifecycle(analysis: &Analysis) -> Value {
    let name = |stage: Stage| match stage {
        Stage::WinBack => "winback",
        other => other.name(),
    };
    let rows = analysis.lifecycle.iter();
    rows.map(|row| (name(row.stage).to_owned(), row.customers.into())).collect::<Map<_, _>>().into()
}

/// Months with new customers; a month that is not over at the as-of day has no entry in the rows.
pub fn cohorts(shop: &Shop, as_of: ShopDay, money: &dyn Fn(i64) -> String) -> Value {
    let rows = cohorts::months(shop, as_of, MOST_MONTHS).into_iter();
    let rows = rows.filter_map(|row| {
        let CohortKey::Start(month) = row.key else { return None };
        let active: Vec<u32> = row.cells.iter().map(|cell| cell.returned).collect();
        let net: Vec<String> = row.cells.iter().map(|cell| money(cell.net)).collect();
        let month = month.to_string();
        Some(json!({"month": &month[..7], "size": row.size, "active": active, "net": net}))
    });
    rows.collect()
}

/// From every purchase day to the next; beside it the way to the second.
pub fn survival(shop: &Shop, as_of: ShopDay) -> Value {
    let (purchases, as_of) = (shop.frame.purchases(), as_of.number());
    let any = all_gap_durations(purchases, as_of);
    let any = survival_curve(&any.days, &any.is_event);
    let second = next_purchase_durations(purchases, as_of, 1);
    let second = survival_curve(&second.days, &second.is_event);
    json!({
        "median_gap_days": any.median(),
        "points": points(&any),
        "second_purchase": {"median_days": second.median(), "points": points(&second)},
    })
}

fn points(curve: &SurvivalCurve) -> Vec<(u32, f64)> {
    WAITING_DAYS.iter().filter_map(|&days| Some((days, curve.at(days)?))).collect()
}

/// Customers by state.
pub fn churn(analysis: &Analysis, money: &dyn Fn(i64) -> String) -> Value {
    let customers = |state| analysis.churn.of(state).map_or(0, |row| row.customers);
    json!({
        "active": customers(ChurnState::Active),
        "at_risk": customers(ChurnState::AtRisk),
        "churned": customers(ChurnState::Churned),
        "value_at_risk": money(analysis.churn.value_at_risk()),
        "at_risk_days": analysis.churn.limits.at_risk_days,
        "churned_days": analysis.churn.limits.churned_days,
    })
}

/// Rules of one basket; products by name, else by what tells them apart.
pub fn basket(view: &BasketsView) -> Value {
    let name = |place: &u32| {
        let it = &view.products[*place as usize];
        if it.name.is_empty() { it.key.as_str() } else { it.name.as_str() }
    };
    let names = |places: &[u32]| -> Vec<&str> { places.iter().map(name).collect() };
    let rule = |it: &RuleRow| {
        json!({
            "if": names(&it.bought),
            "then": names(&it.then),
            "support": it.support,
            "confidence": it.confidence,
            "lift": it.lift,
            "orders": it.both,
        })
    };
    json!({"orders": view.baskets, "rules": view.rules.iter().map(rule).collect::<Vec<_>>()})
}

/// Scores of the surveys and the gaps by dimension.
pub fn satisfaction(view: &SatisfactionView) -> Value {
    let figure = |name: &str, it: Option<ScoreFigure>, unit: f64| {
        let n = it.map_or(0, |it| it.n);
        json!({"n": n, name: it.map(|it| it.value * unit)})
    };
    let gaps: Vec<Value> = view
        .gaps
        .iter()
        .map(|it| {
            let (expected, perceived) = (it.expected, it.perceived);
            json!({
                "dimension": it.dimension, "expected": expected, "perceived": perceived, "n": it.n,
            })
        })
        .collect();
    json!({
        "csat": figure("share", view.scores.csat, 1.0),
        // In points, as it is always told.
        "nps": figure("score", view.scores.nps, 100.0),
        "ces": figure("mean", view.scores.ces, 1.0),
        "gaps": gaps,
    })
}
