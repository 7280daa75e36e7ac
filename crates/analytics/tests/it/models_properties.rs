//! What holds for every model and every customer.

use analytics::models::{
    Ahead, BetaGeometric, BuyingModel, CustomerBase, DropOut, History, Kind, Model, Nbd, ParetoNbd,
    fit,
};
use proptest::prelude::*;

fn positive() -> impl Strategy<Value = f64> {
    (-4.0..4.0f64).prop_map(f64::exp)
}

fn models() -> impl Strategy<Value = Model> {
    let four = || prop::array::uniform4(positive());
    prop_oneof![
        (1..=6u8, positive(), positive())
            .prop_map(|(k, r, alpha)| Model::Nbd(Nbd::new(k, [r, alpha]).unwrap())),
        (any::<bool>(), 1..=6u8, four()).prop_map(|(every, k, at)| {
            let drop_out = if every { DropOut::AfterEveryPurchase } else { DropOut::AfterRepeats };
            Model::BetaGeometric(BetaGeometric::new(drop_out, k, at).unwrap())
        }),
        four().prop_map(|at| Model::ParetoNbd(ParetoNbd::new(at).unwrap())),
    ]
}

fn histories() -> impl Strategy<Value = History> {
    (0..60u32, 0.001..1.0f64, prop_oneof![4 => 0.0..200.0f64, 1 => Just(0.0)]).prop_map(
        |(repeats, share, age)| {
            if repeats == 0 || age == 0.0 {
                History { repeats: 0, last: 0.0, age }
            } else {
                History { repeats, last: share * age, age }
            }
        },
    )
}

proptest! {
    #[test]
    fn what_is_said_of_many_at_once_is_what_is_said_of_each(
        model in models(),
        mut histories in prop::collection::vec(histories(), 1..8),
        horizon in 0.5..200.0f64,
        pace in 0.5..2.0f64,
    ) {
        let twice = histories[0];
        histories.push(twice);
        let ahead = Ahead { horizons: &[horizon, 2.0 * horizon], weighted: &[(horizon, 0.25)] };
        let found = model.figures(&histories, &vec![pace; histories.len()], ahead);
        for (at, history) in histories.iter().enumerate() {
            let later = [horizon, 2.0 * horizon].map(|it| it * pace);
            let mut pairs = vec![
                (found.p_alive[at], model.p_alive(*history)),
                (found.weighted[at], 0.25 * model.expected(*history, later[0])),
            ];
            for (of, horizon) in later.into_iter().enumerate() {
                pairs.push((found.p_active[of][at], model.p_active(*history, horizon)));
                pairs.push((found.expected[of][at], model.expected(*history, horizon)));
            }
            for (found, expected) in pairs {
                let close = (found - expected).abs() <= 1e-9 * expected.abs() + 1e-11;
                prop_assert!(close, "{} and {} of {:?}", found, expected, history);
            }
        }
    }

    #[test]
    fn chances_are_chances(model in models(), history in histories(), horizon in 0.0..300.0f64) {
        let (alive, active) = (model.p_alive(history), model.p_active(history, horizon));
        prop_assert!((0.0..=1.0).contains(&alive), "alive {alive}");
        prop_assert!((0.0..=1.0).contains(&active), "active {active}");
        // Whoever buys again has not left.
        prop_assert!(active <= alive + 1e-9, "{active} > {alive}");
        let expected = model.expected(history, horizon);
        prop_assert!(expected.is_finite() && expected >= active - 1e-9, "{expected} < {active}");
    }

    #[test]
    fn silence_lowers_the_chance_to_be_there(
        model in models(), history in histories(), silence in 0.0..100.0f64,
    ) {
        let later = History { age: history.age + silence, ..history };
        prop_assert!(model.p_alive(later) <= model.p_alive(history) + 1e-9);
    }

    #[test]
    fn more_time_brings_more_purchases(
        model in models(), history in histories(), horizon in 0.0..100.0f64, more in 0.0..100.0f64,
    ) {
        let (near, far) = (model.expected(history, horizon), model.expected(history, horizon + more));
        prop_assert!(near <= far * (1.0 + 1e-7) + 1e-12, "{near} > {far}");
        prop_assert!(model.expected(history, 0.0) == 0.0);
        let (near, far) = (model.expected_new(horizon), model.expected_new(horizon + more));
        prop_assert!(near <= far * (1.0 + 1e-7) + 1e-12, "{near} > {far}");
        let (near, far) = (model.p_active(history, horizon), model.p_active(history, horizon + more));
        prop_assert!(near <= far + 1e-9);
    }
}

/// A base of customers with these numbers of repeats, in the order of the list.
fn base_of(rows: &[(u32, f64, f64)], unit: f64) -> CustomerBase {
    let history = |(repeats, share, age): &(u32, f64, f64)| {
        let age = age * unit;
        let last = if *repeats == 0 { 0.0 } else { share * age };
        History { repeats: *repeats, last, age }
    };
    let histories: Vec<History> = rows.iter().map(history).collect();
    let spend = vec![0.0; histories.len()];
    CustomerBase::from_histories(histories, spend).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4))]

    #[test]
    fn neither_the_order_of_customers_nor_the_unit_of_time_matters(
        (rows, moved) in prop::collection::vec((0..9u32, 0.05..1.0f64, 20.0..60.0f64), 150..300)
            .prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle())),
    ) {
        for kind in [Kind::NBD, Kind::BG_NBD, Kind::MBG_NBD, Kind::ParetoNbd] {
            let here = fit(&base_of(&rows, 1.0), kind).unwrap();
            let shuffled = fit(&base_of(&moved, 1.0), kind).unwrap();
            prop_assert_eq!(&here, &shuffled);
            // In days all times are seven times as long, and each density a seventh.
            let days = fit(&base_of(&rows, 7.0), kind).unwrap();
            let repeats: u32 = rows.iter().map(|row| row.0).sum();
            let in_weeks = days.ln_likelihood + f64::from(repeats) * 7f64.ln();
            // Where the likelihood only rises towards a limit, the search ends on the way to it.
            let is_reached = here.convergence.is_reached && days.convergence.is_reached;
            let tolerance = if is_reached { 1e-6 } else { 0.01 };
            prop_assert!((here.ln_likelihood - in_weeks).abs() < tolerance, "{here:?} {days:?}");
        }
    }
}
