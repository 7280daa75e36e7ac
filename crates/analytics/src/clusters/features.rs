//! Recency, frequency and money on one scale.

use crate::Summaries;
use crate::clusters::Point;
use libm::{log1p, sqrt};

/// One row a buyer of the window.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RfmFeatures {
    /// Position of the customer.
    pub customer: Vec<u32>,
    /// ln(1 + days), ln(1 + orders), ln(1 + money), each less its mean, in standard deviations.
    pub rows: Vec<Point>,
    /// Means of the logarithms.
    pub mean: Point,
    /// Standard deviations of the logarithms, of the population; 1 where all are equal.
    pub deviation: Point,
}

/// Takes the measures of everyone who bought in the window.
///
/// Money is in major units, of `minor_per_major` minor units each; less than 0 counts as 0.
pub fn rfm_features(customers: &Summaries, minor_per_major: u32) -> RfmFeatures {
    let mut features = RfmFeatures::default();
    let measures = customers.window_recencies().zip(customers.window_orders());
    for (customer, ((days, orders), net)) in measures.zip(&customers.net).enumerate() {
        let (Some(days), Some(orders)) = (days, orders) else { continue };
        let money = (*net).max(0) as f64 / f64::from(minor_per_major.max(1));
        features.customer.push(customer as u32);
        features.rows.push([f64::from(days), f64::from(orders), money].map(log1p));
    }
    features.standardise();
    features
}

impl RfmFeatures {
    fn standardise(&mut self) {
        let n = self.rows.len().max(1) as f64;
        for measure in 0..3 {
            let values = || self.rows.iter().map(|row| row[measure]);
            let mean = values().sum::<f64>() / n;
            let variance = values().map(|value| (value - mean) * (value - mean)).sum::<f64>() / n;
            let deviation = if variance > 0.0 { sqrt(variance) } else { 1.0 };
            self.rows.iter_mut().for_each(|row| row[measure] = (row[measure] - mean) / deviation);
            self.mean[measure] = mean;
            self.deviation[measure] = deviation;
        }
    }
}
