//! What the analysis found, in the words of the protocol.

use analytics::Deciles;
use analytics::models::{Adjusted, BackTest, Candidate, Fit, Predictor, Reason, SpendFit};
use model::ShopDay;
use protocol::{ChoiceReason, FittedModel, ModelCandidate, ModelTest, SpendModel, ValueDecile};

/// The back-test; `whole` are the models fitted to everything up to the day.
pub fn test(test: &BackTest, whole: &[Fit]) -> ModelTest {
    let place = |predictor: Predictor| {
        test.candidates.iter().position(|it| it.predictor == predictor).unwrap_or(0) as u32
    };
    ModelTest {
        calibrated: ShopDay::from_number(test.calibrated),
        until: ShopDay::from_number(test.until),
        customers: test.customers as u32,
        candidates: test.candidates.iter().map(|it| candidate(it, whole)).collect(),
        refused: test.refused.clone(),
        season: test.season.map(|season| season.index),
        chosen: place(test.chosen),
        reason: match test.reason {
            Reason::LeastLoss { next, .. } => ChoiceReason::LeastLoss {
                next: next.map(|(predictor, loss)| (place(predictor), loss)),
            },
            Reason::NoModelBeatsRules { .. } => ChoiceReason::NoModelBeatsRules,
        },
        path: test.path.clone(),
    }
}

fn candidate(candidate: &Candidate, whole: &[Fit]) -> ModelCandidate {
    let plain = match candidate.predictor {
        Predictor::Model { kind, adjusted } if adjusted == Adjusted::default() => Some(kind),
        Predictor::Model { .. } | Predictor::Baseline(_) => None,
    };
    let whole = plain.and_then(|kind| whole.iter().find(|fit| fit.model.kind() == kind));
    ModelCandidate {
        predictor: candidate.predictor,
        calibration: candidate.fit.as_ref().map(fitted),
        whole: whole.map(fitted),
        metrics: candidate.metrics.clone(),
        by_repeats: candidate.calibration.clone(),
        loss: candidate.loss,
        is_better_than_rules: candidate.is_better_than_rules,
    }
}

/// A model with its parameters.
pub fn fitted(fit: &Fit) -> FittedModel {
    FittedModel {
        kind: fit.model.kind(),
        parameters: fit.model.parameters().into_iter().map(|it| it.1).collect(),
        standard_errors: fit.standard_errors.clone(),
        ln_likelihood: fit.ln_likelihood,
        aic: fit.aic(),
        converged: fit.convergence.is_reached,
        leaving: fit.leaving,
    }
}

/// The spend model.
pub fn spend(fit: &SpendFit) -> SpendModel {
    let [p, q, gamma] = fit.model.parameters();
    SpendModel {
        p,
        q,
        gamma,
        standard_errors: fit.standard_errors,
        ln_likelihood: fit.ln_likelihood,
        converged: fit.convergence.is_reached,
        shop_mean: fit.model.shop_mean(),
        used: fit.used as u32,
        without_spend: fit.without_spend as u32,
        correlation: fit.correlation,
    }
}

/// Customers by tenths of value.
pub fn deciles(found: &Deciles) -> Vec<ValueDecile> {
    let tenths = found.tenths.iter();
    tenths
        .map(|it| ValueDecile {
            customers: it.customers,
            value: it.value + 0.0,
            least: it.least,
            greatest: it.greatest,
        })
        .collect()
}
