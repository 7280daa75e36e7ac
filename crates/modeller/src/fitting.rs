//! Fit, back-test, choose, score.

use crate::arranged::Arranged;
use crate::equal_age::EqualAge;
use crate::report;
use crate::scores::{HORIZONS, Scores};
use crate::shop_forecast::{self, Spend};
use crate::{Fitted, Task};
use analytics::models::{
    Adjusted, BackTest, Clock, CustomerBase, FEWEST_REPEAT_BUYERS, Figures, Fit, FitError,
    Forecast, GammaGamma, Leaving, Predictor, SpendError, SpendFit, ValueOptions, fit_again,
    fit_spend,
};
use analytics::{Purchases, deciles};
use protocol::{ChosenModel, Models, ValueBasis};

/// Fits every candidate, tests them on the shop's own past, puts the best one to work on everybody.
///
/// Never fails: where a requirement is not met, [`Models::test`] says which, and the values are those
/// of [`EqualAge`]. Columns that do not fit together are those of nobody.
pub fn fit_models(task: &Task) -> Fitted {
    let on_record = task.purchases().unwrap_or_default();
    let as_of = task.as_of;
    if let Some(fitted) = without_fit(on_record, as_of) {
        return fitted;
    }
    let arranged = Arranged::new(on_record, as_of);
    let purchases = arranged.purchases();
    let Fitted { models, scores } = fit_arranged(purchases, as_of);
    let all = on_record.customer_count();
    let columns = scores.columns().map(|column| spread(all, &arranged.customer, column));
    Fitted { models, scores: Scores::from_columns(columns) }
}

fn fit_arranged(purchases: Purchases<'_>, as_of: i32) -> Fitted {
    let test = match BackTest::run(purchases, as_of) {
        Ok(test) => test,
        Err(error) => return unfitted(purchases, as_of, error),
    };
    let base = CustomerBase::of(purchases, as_of, &Clock::plain());
    let whole = fits_to_all(&base, &test);
    let spend = fit_spend(&base);
    let forecast = forecast(purchases, as_of, &test, &whole);
    let outcome = match &forecast {
        Some(forecast) => Outcome::of_model(purchases, forecast, &spend),
        None => Outcome::of_equal_age(purchases, as_of),
    };
    let chosen = forecast.as_ref().map(|it| chosen_model(test.chosen, it, &outcome.scores));
    let ahead = forecast.as_ref().map(|it| {
        shop_forecast::ahead(purchases, it, &test, spend.as_ref().ok().map(|fit| &fit.model))
    });
    finish(
        base.len(),
        outcome,
        Models {
            test: Ok(report::test(&test, &whole)),
            chosen,
            spend: spend.as_ref().map(report::spend).map_err(|error| *error),
            forecast: ahead.unwrap_or_default(),
            ..nothing()
        },
    )
}

/// What can be said without fitting anything, if a requirement of every model is not met; `None`: it
/// takes a fit to tell.
pub fn without_fit(purchases: Purchases<'_>, as_of: i32) -> Option<Fitted> {
    let (mut buyers, mut repeat_buyers, mut aged) = (0, 0, false);
    for (days, _) in purchases.customers_until(as_of) {
        let (Some(first), Some(last)) = (days.first(), days.last()) else { continue };
        buyers += 1;
        repeat_buyers += usize::from(first < last);
        aged |= *first < as_of;
    }
    let (found, needed) = (repeat_buyers, FEWEST_REPEAT_BUYERS);
    let error = match (buyers, aged) {
        (0, _) => FitError::NoCustomers,
        (_, false) => FitError::NoTime,
        _ if found < needed => FitError::TooFewRepeatBuyers { found, needed },
        _ => return None,
    };
    Some(unfitted(purchases, as_of, error))
}

fn unfitted(purchases: Purchases<'_>, as_of: i32, error: FitError) -> Fitted {
    let outcome = Outcome::of_equal_age(purchases, as_of);
    let buyers = purchases.customers_until(as_of).filter(|it| !it.0.is_empty()).count();
    finish(buyers, outcome, Models { test: Err(error), ..nothing() })
}

/// Nothing is known yet.
fn nothing() -> Models {
    let (found, needed) = (0, FEWEST_REPEAT_BUYERS);
    Models {
        customers: 0,
        took_ms: 0.0,
        test: Err(FitError::NoCustomers),
        chosen: None,
        spend: Err(SpendError::TooFewRepeatBuyers { found, needed }),
        basis: ValueBasis::Nothing,
        forecast: Vec::new(),
        equity: 0.0,
        deciles: Vec::new(),
    }
}

fn finish(customers: usize, outcome: Outcome, models: Models) -> Fitted {
    let Outcome { mut scores, basis } = outcome;
    let values: Vec<Option<f64>> =
        scores.value.iter().map(|it| Some(*it).filter(|it| it.is_finite())).collect();
    let parted = deciles(&values);
    let has_values = values.iter().any(Option::is_some);
    if has_values {
        let tenth = |it: &Option<u8>| it.map_or(f64::NAN, f64::from);
        scores.decile = parted.decile.iter().map(tenth).collect();
    } else {
        scores.value = Vec::new();
    }
    let deciles = if has_values { report::deciles(&parted) } else { Vec::new() };
    let basis = if has_values { basis } else { ValueBasis::Nothing };
    let customers = customers as u32;
    // The sum of nothing is −0.
    let equity = parted.equity + 0.0;
    Fitted { models: Models { customers, basis, equity, deciles, ..models }, scores }
}

/// The models of the test, fitted to everything up to the day.
fn fits_to_all(base: &CustomerBase, test: &BackTest) -> Vec<Fit> {
    let plain = test.candidates.iter().filter(|it| is_plain(it.predictor));
    let before: Vec<&Fit> = plain.filter_map(|it| it.fit.as_ref()).collect();
    fit_again(base, &before)
        .map_or_else(|_unmet| Vec::new(), |fits| fits.into_iter().filter_map(Result::ok).collect())
}

fn is_plain(predictor: Predictor) -> bool {
    matches!(predictor, Predictor::Model { adjusted, .. } if adjusted == Adjusted::default())
}

/// The chosen model at work; `None` if a rule was chosen, or if it cannot be fitted to all.
fn forecast(
    purchases: Purchases<'_>,
    as_of: i32,
    test: &BackTest,
    whole: &[Fit],
) -> Option<Forecast> {
    let kind = test.chosen.kind()?;
    let plain = whole.iter().find(|fit| fit.model.kind() == kind).cloned();
    Forecast::from_fit(purchases, as_of, test.chosen, plain)?.ok()
}

/// What is said of every customer of the columns, and what the values rest on.
struct Outcome {
    scores: Scores,
    basis: ValueBasis,
}

impl Outcome {
    fn of_model(
        purchases: Purchases<'_>,
        forecast: &Forecast,
        fit: &Result<SpendFit, SpendError>,
    ) -> Outcome {
        let model = fit.as_ref().ok().map(|it| &it.model);
        let spend = Spend::new(model, purchases, forecast.as_of);
        let figures = forecast.figures(&HORIZONS, Some(ValueOptions::default()));
        let order_value = spend.of_everybody(&forecast.base);
        let value: Vec<f64> =
            figures.weighted.iter().zip(&order_value).map(|(orders, net)| orders * net).collect();
        let Figures { p_alive, mut p_active, mut expected, .. } = figures;
        let two = |columns: &mut Vec<Vec<f64>>| {
            let year = columns.pop().unwrap_or_default();
            [columns.pop().unwrap_or_default(), year]
        };
        // Near 100 % of everybody is no finding where nobody is seen to leave.
        let is_found = forecast.fit.leaving == Leaving::Found;
        let scores = Scores {
            p_alive: if is_found { p_alive } else { Vec::new() },
            p_active: two(&mut p_active),
            expected: two(&mut expected),
            order_value,
            value,
            decile: Vec::new(),
        };
        let basis = if model.and_then(GammaGamma::shop_mean).is_some() {
            ValueBasis::Model
        } else {
            ValueBasis::ModelAndMeanSpend
        };
        Outcome { scores, basis }
    }

    fn of_equal_age(purchases: Purchases<'_>, as_of: i32) -> Outcome {
        let curve = EqualAge::measure(purchases, as_of);
        let value = purchases.customers_until(as_of).map(|(days, _)| {
            let first = days.first()?;
            curve.value(as_of.saturating_sub(*first))
        });
        let value = value.map(|it| it.unwrap_or(f64::NAN)).collect();
        Outcome { scores: Scores { value, ..Scores::default() }, basis: ValueBasis::EqualAge }
    }
}

/// A column of the buyers as one of everybody on record; an empty one stays so.
fn spread(all: usize, customers: &[u32], column: &[f64]) -> Vec<f64> {
    if column.is_empty() {
        return Vec::new();
    }
    let mut spread = vec![f64::NAN; all];
    for (customer, value) in customers.iter().zip(column) {
        spread[*customer as usize] = *value;
    }
    spread
}

fn chosen_model(predictor: Predictor, forecast: &Forecast, scores: &Scores) -> ChosenModel {
    let sum = |column: &Vec<f64>| column.iter().filter(|it| it.is_finite()).sum::<f64>();
    ChosenModel {
        predictor,
        fitted: report::fitted(&forecast.fit),
        alive: (!scores.p_alive.is_empty()).then(|| sum(&scores.p_alive)),
        active_90d: sum(&scores.p_active[0]),
        active_365d: sum(&scores.p_active[1]),
    }
}
