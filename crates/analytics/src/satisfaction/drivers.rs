//! What satisfaction hangs on: importance against performance.

use crate::ranks::rank_correlation;

/// Where a dimension stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Quadrant {
    /// Important and weak: improve this first.
    Improve,
    /// Important and strong: keep it up.
    KeepUp,
    /// Unimportant and weak: low priority.
    LowPriority,
    /// Unimportant and strong: more than is needed.
    Overdone,
}

/// One dimension of satisfaction.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Driver {
    /// Position among the dimensions given.
    pub dimension: usize,
    /// Answers with both the dimension and the overall score.
    pub n: u64,
    /// Spearman's rank correlation with the overall score.
    pub importance: f64,
    /// Mean of the dimension over these answers.
    pub performance: f64,
    /// Against the mean importance and the mean performance of all dimensions.
    pub quadrant: Quadrant,
}

/// Compares the dimensions, the most important first.
///
/// `overall` and each dimension have one entry an answer. A dimension with fewer than three complete
/// answers, or where all answered alike, has no importance and is left out.
pub fn drivers(overall: &[Option<u8>], dimensions: &[&[Option<u8>]]) -> Vec<Driver> {
    let mut drivers: Vec<Driver> = Vec::new();
    for (dimension, answers) in dimensions.iter().enumerate() {
        let both = answers.iter().zip(overall);
        let pairs: Vec<(f64, f64)> =
            both.filter_map(|(own, all)| Some(((*own)?.into(), (*all)?.into()))).collect();
        if let Some(importance) = rank_correlation(&pairs) {
            let performance = pairs.iter().map(|pair| pair.0).sum::<f64>() / pairs.len() as f64;
            let (n, quadrant) = (pairs.len() as u64, Quadrant::Improve);
            drivers.push(Driver { dimension, n, importance, performance, quadrant });
        }
    }
    let mean =
        |of: fn(&Driver) -> f64| drivers.iter().map(of).sum::<f64>() / drivers.len().max(1) as f64;
    let (importance, performance) = (mean(|it| it.importance), mean(|it| it.performance));
    for driver in &mut drivers {
        driver.quadrant = match (driver.importance >= importance, driver.performance >= performance)
        {
            (true, false) => Quadrant::Improve,
            (true, true) => Quadrant::KeepUp,
            (false, false) => Quadrant::LowPriority,
            (false, true) => Quadrant::Overdone,
        };
    }
    tiny_sort::stable::sort_by(&mut drivers, |a, b| b.importance.total_cmp(&a.importance));
    drivers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dimension_that_the_overall_score_follows_ranks_first() {
        let overall: Vec<Option<u8>> = (0..40).map(|i| Some(1 + i % 5)).collect();
        // Delivery goes with it and is weak; packing is at random and strong; price is the same.
        let delivery: Vec<Option<u8>> = (0..40).map(|i| Some(1 + i % 5 / 2)).collect();
        let packing: Vec<Option<u8>> = (0..40).map(|i| Some(4 + i / 5 % 2)).collect();
        let price = vec![Some(3); 40];
        let found = drivers(&overall, &[&packing, &price, &delivery]);
        assert_eq!(found.iter().map(|it| it.dimension).collect::<Vec<_>>(), [2, 0]);
        assert_eq!((found[0].quadrant, found[1].quadrant), (Quadrant::Improve, Quadrant::Overdone));
        assert!(found[0].importance > 0.9 && found[1].importance.abs() < 0.1);
        assert_eq!(drivers(&overall, &[&[]]), []);
    }
}
