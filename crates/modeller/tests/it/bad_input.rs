//! Shops of which a model can say nothing: the requirement with its facts, never a panic or a NaN on
//! screen.

use crate::{task_of, various};
use modeller::{Fitted, Task, fit_models, without_fit};
use protocol::{FitError, Likely, Models, Simpler, SpendError, ValueBasis};

/// No figure for the screen is anything but a number.
#[track_caller]
fn sane(fitted: &Fitted, customers: usize) {
    let Models { chosen, forecast, equity, deciles, test, .. } = &fitted.models;
    let mut figures = vec![*equity];
    figures.extend(deciles.iter().flat_map(|it| [it.value, it.least, it.greatest]));
    if let Some(chosen) = chosen {
        figures.extend([chosen.active_90d, chosen.active_365d, chosen.alive.unwrap_or(0.0)]);
        figures.extend(&chosen.fitted.parameters);
    }
    for it in forecast {
        figures.extend([it.known_orders, it.new_orders, it.net]);
        let ranges = [it.orders_range, it.net_range];
        figures
            .extend(ranges.iter().flatten().flat_map(|it: &Likely| [it.low, it.high, it.coverage]));
    }
    for candidate in test.iter().flat_map(|it| &it.candidates) {
        let metrics = &candidate.metrics;
        figures.extend([metrics.predicted, metrics.mae, metrics.rmse, metrics.brier]);
        figures.push(candidate.loss);
    }
    assert!(figures.iter().all(|it| it.is_finite()), "{:?}", fitted.models);
    for column in fitted.scores.columns() {
        assert!(column.is_empty() || column.len() == customers);
        assert!(column.iter().all(|it| !it.is_infinite()));
    }
}

#[track_caller]
fn refused(customers: &[Vec<(i32, i64)>], error: FitError, simpler: Simpler) -> Fitted {
    let task = task_of(customers, 364);
    let fitted = fit_models(&task);
    assert_eq!(fitted.models.test, Err(error));
    assert_eq!(error.simpler(), simpler);
    // It takes no fit to tell.
    let told = without_fit(task.purchases().unwrap(), 364).unwrap();
    assert_eq!(told.models, fitted.models);
    assert_eq!(fitted.models.chosen, None);
    sane(&fitted, customers.len());
    fitted
}

#[test]
fn nobody_at_all() {
    refused(&[], FitError::NoCustomers, Simpler::Nothing);
    refused(&[vec![(400, 100)]], FitError::NoCustomers, Simpler::Nothing);
    refused(&[vec![], vec![]], FitError::NoCustomers, Simpler::Nothing);
}

#[test]
fn columns_that_do_not_fit_together_are_those_of_nobody() {
    let task = Task { as_of: 9, offsets: vec![0, 3], day: vec![1], net: vec![] };
    assert_eq!(fit_models(&task).models.test, Err(FitError::NoCustomers));
}

#[test]
fn one_customer() {
    let error = FitError::TooFewRepeatBuyers { found: 1, needed: 50 };
    let fitted = refused(&[vec![(0, 100), (9, 100)]], error, Simpler::CohortCurves);
    assert_eq!((fitted.models.customers, fitted.models.basis), (1, ValueBasis::Nothing));
}

#[test]
fn all_bought_once_a_day_several_orders() {
    let customers: Vec<_> = (0..200).map(|day| vec![(day, 100), (day, 50)]).collect();
    let error = FitError::TooFewRepeatBuyers { found: 0, needed: 50 };
    refused(&customers, error, Simpler::CohortCurves);
}

#[test]
fn everyone_bought_today() {
    let customers = vec![vec![(364, 100), (364, 50)]; 200];
    refused(&customers, FitError::NoTime, Simpler::Counts);
}

#[test]
fn with_few_repeat_buyers_value_is_that_of_the_same_age() {
    // Forty of three years who come back twice a year, and one of today.
    let mut customers = vec![(0..6).map(|n| (n * 182 - 731, 1_000)).collect::<Vec<_>>(); 40];
    customers.push(vec![(364, 1_000)]);
    let error = FitError::TooFewRepeatBuyers { found: 40, needed: 50 };
    let fitted = refused(&customers, error, Simpler::CohortCurves);
    assert_eq!(fitted.models.basis, ValueBasis::EqualAge);
    // Two orders of 10.00 in the twelve months after the first, less the discount.
    let newcomer = fitted.scores.value[40];
    assert!((1_800.0..2_000.0).contains(&newcomer), "{newcomer}");
    // Nobody is older than the others: one order a year, as in the last that is known.
    let oldest = fitted.scores.value[0];
    assert!((900.0..1_000.0).contains(&oldest), "{oldest}");
    assert!(fitted.scores.p_alive.is_empty() && fitted.scores.expected[0].is_empty());
    assert_eq!(fitted.models.deciles.iter().map(|it| it.customers).sum::<u32>(), 41);
}

#[test]
fn identical_customers() {
    let customers = vec![vec![(0, 100), (100, 100), (200, 100)]; 80];
    sane(&fit_models(&task_of(&customers, 364)), 80);
}

#[test]
fn money_of_zero_or_less() {
    let mut customers = various(600);
    for orders in &mut customers {
        for order in orders {
            order.1 = -500;
        }
    }
    let fitted = fit_models(&task_of(&customers, 364));
    sane(&fitted, 600);
    assert_eq!(fitted.models.spend, Err(SpendError::TooFewRepeatBuyers { found: 0, needed: 50 }));
}

#[test]
fn a_single_order_of_a_billion() {
    let mut customers = various(600);
    customers[6].push((300, 100_000_000_000));
    sane(&fit_models(&task_of(&customers, 364)), 600);
    customers[13].push((301, i64::MAX));
    customers[20].push((302, i64::MIN));
    sane(&fit_models(&task_of(&customers, 364)), 600);
}

#[test]
fn forty_years_and_days_at_the_ends_of_the_calendar() {
    let customers: Vec<_> = (0..300i32)
        .map(|c| (0..=c % 40).map(|i| (364 - 14_600 + c + i * 360, 1_000)).collect())
        .collect();
    sane(&fit_models(&task_of(&customers, 364)), 300);
    let mut customers = various(300);
    // Years 1 and 9999.
    customers.push(vec![(-719_162, 100), (300, 100)]);
    customers.push(vec![(2_932_896, 100)]);
    sane(&fit_models(&task_of(&customers, 364)), 302);
}

#[test]
fn nobody_is_seen_to_leave() {
    let customers: Vec<_> = (0..400i32)
        .map(|c| (0..=364 / (7 + c % 50)).map(|i| (i * (7 + c % 50), 1_000)).collect())
        .collect();
    let fitted = fit_models(&task_of(&customers, 364));
    sane(&fitted, 400);
    // Then near 100 % of everybody would be no finding.
    assert!(fitted.scores.p_alive.is_empty());
    assert!(fitted.models.chosen.is_none_or(|it| it.alive.is_none()));
}

#[test]
fn daily_buyers_for_years() {
    let mut customers = various(300);
    customers.push((-3_000..=364).map(|day| (day, 100)).collect());
    sane(&fit_models(&task_of(&customers, 364)), 301);
}
