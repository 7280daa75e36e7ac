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

/// How far ahead is looked.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Ahead<'a> {
    /// Horizons in weeks.
    pub horizons: &'a [f64],
    /// Horizons in weeks with weights: asks for the sum of weight × expected purchases.
    pub weighted: &'a [(f64, f64)],
}

/// What a model says of histories, one entry each.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Figures {
    /// The chance not to have left for good.
    pub p_alive: Vec<f64>,
    /// For each horizon the chance of at least one purchase.
    pub p_active: Vec<Vec<f64>>,
    /// For each horizon the expected purchases.
    pub expected: Vec<Vec<f64>>,
    /// Σ weight × expected purchases; 0 if nothing was asked.
    pub weighted: Vec<f64>,
}

impl Figures {
    /// Room for so many histories.
    pub(crate) fn with_room(histories: usize, ahead: Ahead<'_>) -> Self {
        let columns = || vec![Vec::with_capacity(histories); ahead.horizons.len()];
        Self {
            p_alive: Vec::with_capacity(histories),
            p_active: columns(),
            expected: columns(),
            weighted: Vec::with_capacity(histories),
        }
    }
}

/// Scores every customer for the `horizon` weeks after the end of observation. Equal histories are
/// scored once.
pub fn score(base: &CustomerBase, model: &dyn BuyingModel, horizon: f64) -> Scores {
    let sheet = Sheet::new(base, |_| 1.0);
    let ahead = Ahead { horizons: &[horizon], ..Ahead::default() };
    let mut figures = sheet.figures(model, ahead);
    Scores {
        p_active: figures.p_active.pop().unwrap_or_default(),
        p_alive: figures.p_alive,
        expected: figures.expected.pop().unwrap_or_default(),
    }
}

/// A base made ready to be scored: equal histories once, sorted, each with the pace of its weeks.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Sheet {
    distinct: Distinct,
    /// Of each distinct history.
    pace: Vec<f64>,
    /// How many customers have it.
    weight: Vec<f64>,
}

impl Sheet {
    /// `pace` gets the position of a customer in the base. Equal ages have equal paces.
    pub fn new(base: &CustomerBase, pace: impl Fn(usize) -> f64) -> Self {
        let distinct = Distinct::new(&base.history);
        let mut paces = vec![1.0; distinct.histories.len()];
        let mut weight = vec![0.0; distinct.histories.len()];
        for (customer, at) in distinct.places().enumerate() {
            paces[at] = pace(customer);
            weight[at] += 1.0;
        }
        Self { distinct, pace: paces, weight }
    }

    /// Figures of every customer of the base.
    pub fn figures(&self, model: &dyn BuyingModel, ahead: Ahead<'_>) -> Figures {
        let of_distinct = model.figures(&self.distinct.histories, &self.pace, ahead);
        let spread = |column: &Vec<f64>| self.distinct.spread(column);
        Figures {
            p_alive: spread(&of_distinct.p_alive),
            p_active: of_distinct.p_active.iter().map(spread).collect(),
            expected: of_distinct.expected.iter().map(spread).collect(),
            weighted: spread(&of_distinct.weighted),
        }
    }

    /// Expected purchases of all customers together at a pace for all.
    pub fn total(&self, model: &dyn BuyingModel, horizon: f64) -> f64 {
        let ahead = Ahead { weighted: &[(horizon, 1.0)], ..Ahead::default() };
        let figures = model.figures(&self.distinct.histories, &self.pace, ahead);
        figures.weighted.iter().zip(&self.weight).map(|(expected, weight)| expected * weight).sum()
    }
}
