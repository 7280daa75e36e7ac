//! What the models say, in the files that a user can take out.

use crate::csv::CsvWriter;
use model::{Currency, Money};
use modeller::{Fitted, entry};
use protocol::{
    FittedModel, Likely, Metrics, ModelCandidate, ModelTest, Models, Predictor, ShopForecast,
};
use serde_json::{Map, Value, json};

/// The columns of `customer-scores.csv` that the contract names.
pub const COLUMNS: [&str; 4] =
    ["p_alive", "expected_orders_90d", "expected_orders_365d", "clv_12m"];
/// Further columns: the chance of at least one order, what the value rests on,
/// and the tenth by it.
pub const FURTHER: [&str; 4] = ["p_order_90d", "p_order_365d", "clv_basis", "clv_decile"];

/// The cells of [`COLUMNS`] of a customer.
pub fn cells(csv: &mut CsvWriter, fitted: &Fitted, customer: usize, currency: Currency) {
    let scores = &fitted.scores;
    csv.value(entry(&scores.p_alive, customer));
    csv.value(entry(&scores.expected[0], customer));
    csv.value(entry(&scores.expected[1], customer));
    let money = |minor: f64| Money::from_minor(minor.round() as i64, currency);
    csv.value(entry(&scores.value, customer).map(money));
}

/// The cells of [`FURTHER`].
pub fn further_cells(csv: &mut CsvWriter, fitted: &Fitted, customer: usize) {
    let scores = &fitted.scores;
    csv.value(entry(&scores.p_active[0], customer));
    csv.value(entry(&scores.p_active[1], customer));
    csv.value(entry(&scores.value, customer).map(|_| fitted.models.basis.code()));
    csv.value(entry(&scores.decile, customer));
}

/// The part `models` of `analysis-report.json`. Without a model `chosen` is empty and `reason` says
/// why.
pub fn report(models: &Models, currency: Currency) -> Value {
    let money = |minor: f64| Money::from_minor(minor.round() as i64, currency).to_string();
    let major = |minor: f64| minor / 10f64.powi(currency.decimals() as i32);
    let (reason, candidates, rules, held_out) = match &models.test {
        Ok(test) => {
            let (rules, fitted): (Vec<_>, Vec<_>) =
                test.candidates.iter().partition(|it| it.predictor.kind().is_none());
            (
                json!(test.reason.code()),
                fitted.into_iter().map(|it| candidate(it, test, models)).collect(),
                rules.into_iter().map(|it| rule(it, test)).collect(),
                json!({"after": test.calibrated.to_string(), "until": test.until.to_string()}),
            )
        }
        Err(error) => (json!(error.code()), Vec::new(), Vec::new(), Value::Null),
    };
    let chosen = models.chosen.as_ref();
    json!({
        "chosen": chosen.map_or_else(String::new, |it| it.predictor.name()),
        "reason": reason,
        "held_out": held_out,
        "candidates": Value::Array(candidates),
        "baselines": Value::Array(rules),
        "spend": models.spend.as_ref().ok().map(|it| json!({
            "p": it.p, "q": it.q, "v": major(it.gamma),
            "mean": it.shop_mean.map(money), "correlation": it.correlation,
        })),
        "alive": chosen.map(|it| it.alive),
        "forecast": models.forecast.iter().map(|it| forecast(it, &money)).collect::<Vec<_>>(),
        "equity": money(models.equity),
        "value_basis": models.basis.code(),
        "deciles": models.deciles.iter()
            .map(|it| json!({
                "customers": it.customers, "clv": money(it.value),
                "least": money(it.least), "greatest": money(it.greatest),
            }))
            .collect::<Vec<_>>(),
    })
}

/// Parameters and likelihood are those of the fit to everything up to the day where there is one,
/// else, of a model with something around it that was not chosen, those of the calibration.
fn candidate(candidate: &ModelCandidate, test: &ModelTest, models: &Models) -> Value {
    let at_work = models.chosen.as_ref().filter(|it| it.predictor == candidate.predictor);
    let whole = at_work.map(|it| &it.fitted).or(candidate.whole.as_ref());
    let fitted = whole.or(candidate.calibration.as_ref());
    let mut holdout = metrics(&candidate.metrics, test);
    if let (Value::Object(holdout), Some(seen)) = (&mut holdout, &candidate.calibration) {
        holdout.insert("params".to_owned(), parameters(seen, &seen.parameters));
    }
    let errors = fitted.and_then(|it| Some(parameters(it, it.standard_errors.as_ref()?)));
    json!({
        "name": candidate.predictor.name(),
        "k": candidate.predictor.kind().map(regularity),
        "fitted_to": if whole.is_some() { "all" } else { "calibration" },
        "params": fitted.map(|it| parameters(it, &it.parameters)),
        "standard_errors": errors,
        "log_likelihood": fitted.map(|it| it.ln_likelihood),
        "drop_out_found": fitted.map(|it| it.leaving == protocol::Leaving::Found),
        "converged": fitted.map(|it| it.converged),
        "beats_baselines": candidate.is_better_than_rules,
        "loss": candidate.loss,
        "holdout": holdout,
    })
}

fn rule(candidate: &ModelCandidate, test: &ModelTest) -> Value {
    let weeks = match candidate.predictor {
        Predictor::Baseline(protocol::Baseline::Hiatus { weeks, .. }) => Some(weeks),
        _ => None,
    };
    json!({
        "name": candidate.predictor.name(),
        "weeks": weeks,
        "loss": candidate.loss,
        "holdout": metrics(&candidate.metrics, test),
    })
}

fn regularity(kind: protocol::Kind) -> u8 {
    match kind {
        protocol::Kind::Nbd { k } | protocol::Kind::BetaGeometric { k, .. } => k,
        protocol::Kind::ParetoNbd => 1,
    }
}

fn parameters(fitted: &FittedModel, values: &[f64]) -> Value {
    let names = fitted.kind.parameter_names().iter().zip(values);
    Value::Object(names.map(|(name, it)| ((*name).to_owned(), json!(it))).collect::<Map<_, _>>())
}

fn metrics(metrics: &Metrics, test: &ModelTest) -> Value {
    json!({
        "days": test.until.days_since(test.calibrated),
        "mae": metrics.mae,
        "rmse": metrics.rmse,
        "predicted": metrics.predicted,
        "actual": metrics.actual,
        "bias": metrics.bias,
        "auc": metrics.auc,
        "brier": metrics.brier,
        "log_loss": metrics.log_loss,
        "top_decile": metrics.top_decile,
        "gini": metrics.gini,
    })
}

fn forecast(forecast: &ShopForecast, money: &dyn Fn(f64) -> String) -> Value {
    let range = |range: Option<Likely>| range.map(|it| json!([it.low, it.high]));
    let net_range = forecast.net_range.map(|it| json!([money(it.low), money(it.high)]));
    json!({
        "days": forecast.days,
        "orders": forecast.orders(),
        "known_customers_orders": forecast.known_orders,
        "new_customers_orders": forecast.new_orders,
        "orders_range": range(forecast.orders_range),
        "net": money(forecast.net),
        "net_range": net_range,
        "coverage": forecast.orders_range.map(|it| it.coverage),
        "checks": forecast.orders_range.map_or(0, |it| it.checks),
        "checked_bias": forecast.orders_range.and_then(|it| it.bias),
    })
}
