//! What customers get of the shop, less what it costs them.

use crate::{Answerers, LabelKind, ScoreFigure};
use serde::{Deserialize, Serialize};
use std::fmt;

/// How the eight parts weigh, in tenths from 0 to 100: product, service, personnel and image value,
/// then money, time, energy and psychic cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveredWeights([u8; 8]);

impl Default for DeliveredWeights {
    /// All weigh 1.
    fn default() -> DeliveredWeights {
        DeliveredWeights([10; 8])
    }
}

impl DeliveredWeights {
    /// How many parts are values; the others are costs.
    pub const VALUES: usize = 4;

    /// As [`fmt::Display`] writes them, or as a person does; `None`: not eight numbers from 0 to 10.
    pub fn parse(text: &str) -> Option<DeliveredWeights> {
        let parts: Vec<Option<u8>> = text.split(',').map(tenths).collect();
        let parts: [Option<u8>; 8] = parts.try_into().ok()?;
        let mut weights = [0; 8];
        for (weight, part) in weights.iter_mut().zip(parts) {
            *weight = part?;
        }
        Some(DeliveredWeights(weights))
    }

    /// The weights.
    pub fn numbers(self) -> [f64; 8] {
        self.0.map(|it| f64::from(it) / 10.0)
    }

    /// Each as it is written.
    pub fn texts(self) -> [String; 8] {
        self.0.map(|it| match it % 10 {
            0 => (it / 10).to_string(),
            tenth => format!("{}.{tenth}", it / 10),
        })
    }
}

fn tenths(text: &str) -> Option<u8> {
    let tenths = (model::read_decimal(text.trim())? * 10.0).round();
    (0.0..=100.0).contains(&tenths).then_some(tenths as u8)
}

impl fmt::Display for DeliveredWeights {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.texts().join(","))
    }
}

/// The delivered value by product and by a label of who answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DeliveredView {
    /// How the parts weigh.
    pub weights: DeliveredWeights,
    /// Of all complete answers; `None`: there is none.
    pub all: Option<DeliveredFigure>,
    /// By product of the order that an answer is about, the greatest first; the first of them.
    pub products: Vec<DeliveredProduct>,
    /// By what answers are told apart.
    pub by: LabelKind,
    /// By label, as in [`crate::SatisfactionByView::parts`], the greatest first.
    pub parts: Vec<(Answerers, DeliveredFigure)>,
}

/// Weighted value less weighted cost, on average.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct DeliveredFigure {
    /// The mean difference, of how many, with its interval.
    pub difference: ScoreFigure,
    /// Mean value ÷ mean cost; `None` where nothing costs anything.
    pub ratio: Option<f64>,
}

/// What the customers of a product get.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DeliveredProduct {
    /// What tells it apart.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Of the answers about orders with it.
    pub figure: DeliveredFigure,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_eight_numbers() {
        let even = DeliveredWeights::default();
        assert_eq!(even.to_string(), "1,1,1,1,1,1,1,1");
        let parse = DeliveredWeights::parse;
        assert_eq!(parse("1,1,1,1,1,1,1,1"), Some(even));
        let others = parse(" 2, 0,0.5,10,1,1,1,1 ").unwrap();
        assert_eq!(others.to_string(), "2,0,0.5,10,1,1,1,1");
        assert_eq!(parse(&others.to_string()), Some(others));
        for bad in [
            "",
            "1,1,1,1,1,1,1",
            "1,1,1,1,1,1,1,1,1",
            "1,1,1,1,1,1,1,-1",
            "1,1,1,1,1,1,1,11",
            "a,1,1,1,1,1,1,1",
        ] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }
}
