//! What a model says of every customer.

use super::rows::Distinct;
use super::{BuyingModel, CustomerBase};

/// One entry a customer of the base, for some weeks after its end.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Scores {
    /// The chance of at least one purchase.
    pub p_active: Vec<f64>,
    /// The chance not to have left for good.
    pub p_alive: Vec<f64>,
    /// Expected purchases.
    pub expected: Vec<f64>,
}

/// Scores every customer for the `horizon` weeks after the end of observation. Equal histories are
/// scored once.
pub fn score(base: &CustomerBase, model: &dyn BuyingModel, horizon: f64) -> Scores {
    let distinct = Distinct::new(&base.history);
    let all = &distinct.histories;
    let p_active: Vec<f64> = all.iter().map(|it| model.p_active(*it, horizon)).collect();
    let p_alive: Vec<f64> = all.iter().map(|it| model.p_alive(*it)).collect();
    Scores {
        p_active: distinct.spread(&p_active),
        p_alive: distinct.spread(&p_alive),
        expected: distinct.spread(&model.expected_all(all, horizon)),
    }
}
