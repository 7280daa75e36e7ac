//! Shops of which a model can say nothing: an error with its facts, never a panic or a NaN.

use analytics::Purchases;
use analytics::models::{
    BuyingModel, Clock, CustomerBase, DropOut, FitError, History, Kind, Leaving, Simpler,
    SpendError, fit, fit_spend, score,
};

const ALL: [Kind; 5] = [
    Kind::NBD,
    Kind::BG_NBD,
    Kind::MBG_NBD,
    Kind::ParetoNbd,
    Kind::BetaGeometric { drop_out: DropOut::AfterEveryPurchase, k: 3 },
];

/// A base as of day 364 of customers with these orders: day and net.
fn base_of(customers: &[Vec<(i32, i64)>]) -> CustomerBase {
    let mut offsets = vec![0];
    for orders in customers {
        offsets.push(offsets[offsets.len() - 1] + orders.len() as u32);
    }
    let (day, net): (Vec<i32>, Vec<i64>) = customers.iter().flatten().copied().unzip();
    let purchases = Purchases::new(&offsets, &day, &net).unwrap();
    CustomerBase::of(purchases, 364, &Clock::plain())
}

/// So many customers who buy in their own ways: every `step` days, so many times.
fn various(count: i32) -> Vec<Vec<(i32, i64)>> {
    (0..count)
        .map(|c| (0..=c % 7).map(|i| (c % 90 + i * (3 + c % 31), 1_000 + i64::from(c))).collect())
        .collect()
}

#[track_caller]
fn refused(base: &CustomerBase, error: FitError, simpler: Simpler) {
    for kind in ALL {
        assert_eq!(fit(base, kind), Err(error));
    }
    assert_eq!(error.simpler(), simpler);
}

/// Whatever is fitted, its figures are numbers in their ranges.
#[track_caller]
fn sane(base: &CustomerBase) {
    for kind in ALL {
        let found = fit(base, kind).unwrap();
        assert!(found.ln_likelihood.is_finite(), "{kind:?}");
        for horizon in [0.0, 1.0, 52.0, 520.0] {
            let scores = score(base, &found.model, horizon);
            for at in 0..base.len() {
                let (active, alive) = (scores.p_active[at], scores.p_alive[at]);
                assert!((0.0..=1.0).contains(&active), "{kind:?} {horizon}: active {active}");
                assert!((0.0..=1.0).contains(&alive), "{kind:?} {horizon}: alive {alive}");
                let expected = scores.expected[at];
                assert!(expected >= 0.0 && expected.is_finite(), "{kind:?} {horizon}: {expected}");
            }
        }
        let new = found.model.expected_new(52.0);
        assert!(new >= 0.0 && new.is_finite(), "{kind:?}: {new}");
    }
}

#[test]
fn nobody_at_all() {
    refused(&base_of(&[]), FitError::NoCustomers, Simpler::Nothing);
    let none_yet = base_of(&[vec![(400, 100)]]);
    refused(&none_yet, FitError::NoCustomers, Simpler::Nothing);
}

#[test]
fn one_customer() {
    let error = FitError::TooFewRepeatBuyers { found: 1, needed: 50 };
    refused(&base_of(&[vec![(0, 100), (9, 100)]]), error, Simpler::CohortCurves);
    assert_eq!(error.to_string(), "too few repeat buyers: 1 of 50");
}

#[test]
fn all_bought_once() {
    let base = base_of(&(0..200).map(|day| vec![(day, 100)]).collect::<Vec<_>>());
    let error = FitError::TooFewRepeatBuyers { found: 0, needed: 50 };
    refused(&base, error, Simpler::CohortCurves);
    assert_eq!(fit_spend(&base), Err(SpendError::TooFewRepeatBuyers { found: 0, needed: 50 }));
}

#[test]
fn everyone_bought_today() {
    let base = base_of(&vec![vec![(364, 100), (364, 50)]; 200]);
    refused(&base, FitError::NoTime, Simpler::Counts);
}

#[test]
fn identical_customers_have_no_spread_to_estimate() {
    let base = base_of(&vec![vec![(0, 100), (100, 100), (200, 100)]; 80]);
    sane(&base);
    let spend = fit_spend(&base);
    assert!(spend.is_ok_and(|it| (it.model.shop_mean().unwrap() - 100.0).abs() < 1.0));
}

#[test]
fn money_of_zero_or_less_is_left_out_and_counted() {
    let mut customers = various(400);
    for (c, orders) in customers.iter_mut().enumerate() {
        for order in orders.iter_mut().filter(|_| c % 5 == 0) {
            order.1 = if c % 2 == 0 { 0 } else { -500 };
        }
    }
    let base = base_of(&customers);
    let spend = fit_spend(&base).unwrap();
    assert!(spend.without_spend > 0);
    assert_eq!(spend.used + spend.without_spend, base.repeat_buyers());
    let shop = spend.model.shop_mean();
    assert_eq!(spend.model.expected(3, -500.0), shop);
    assert_eq!(spend.model.expected(3, 0.0), shop);
}

#[test]
fn a_single_order_of_a_billion() {
    let mut customers = various(400);
    customers[6].push((300, 100_000_000_000));
    let base = base_of(&customers);
    match fit_spend(&base) {
        Ok(spend) => {
            let shop = spend.model.shop_mean().unwrap();
            assert!(shop > 0.0 && shop.is_finite());
        }
        Err(error) => assert_eq!(error, SpendError::NoMean),
    }
    sane(&base);
}

#[test]
fn customers_of_today_and_those_who_bought_today() {
    let mut customers = various(400);
    customers.push(vec![(364, 100)]);
    customers.push(vec![(0, 100), (364, 100)]);
    let base = base_of(&customers);
    assert_eq!(base.history[400], History { repeats: 0, last: 0.0, age: 0.0 });
    assert_eq!(base.history[401].last.to_bits(), base.history[401].age.to_bits());
    sane(&base);
}

#[test]
fn forty_years_of_history() {
    let customers: Vec<_> = (0..300i32)
        .map(|c| (0..=c % 40).map(|i| (364 - 14_600 + c + i * 360, 1_000)).collect())
        .collect();
    sane(&base_of(&customers));
}

#[test]
fn daily_buyers_for_years() {
    let mut customers = various(300);
    customers.push((-3_000..=364).map(|day| (day, 100)).collect());
    sane(&base_of(&customers));
}

#[test]
fn nobody_ever_leaves() {
    // Everybody keeps their own pace to the end.
    let customers: Vec<_> = (0..400i32)
        .map(|c| (0..=364 / (7 + c % 50)).map(|i| (i * (7 + c % 50), 1_000)).collect())
        .collect();
    let base = base_of(&customers);
    for kind in [Kind::MBG_NBD, Kind::BG_NBD, Kind::ParetoNbd] {
        assert_eq!(fit(&base, kind).unwrap().leaving, Leaving::NotFound, "{kind:?}");
    }
    sane(&base);
}

#[test]
fn regularity_needs_the_gaps_and_a_k_in_reach() {
    let base = base_of(&various(300));
    let kind = |k| Kind::BetaGeometric { drop_out: DropOut::AfterRepeats, k };
    for k in [0, 7, 255] {
        assert_eq!(fit(&base, kind(k)), Err(FitError::RegularityUnknown { k }));
    }
    let summaries =
        CustomerBase::from_histories(base.history.clone(), base.mean_spend.clone()).unwrap();
    assert_eq!(fit(&summaries, kind(2)), Err(FitError::RegularityUnknown { k: 2 }));
    assert_eq!(fit(&summaries, kind(1)), fit(&base, kind(1)));
}
