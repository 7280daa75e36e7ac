//! The Kaplan–Meier curve.

use crate::intervals::{Interval, Z95};
use libm::{exp, log, sqrt};

/// The part of subjects still waiting, by days waited. One entry a different number of days at
/// which somebody's purchase came or the as-of day was reached.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SurvivalCurve {
    /// Days waited, rising.
    pub days: Vec<u32>,
    /// Subjects who had waited that long without the purchase.
    pub at_risk: Vec<u32>,
    /// Those whose purchase came on that day.
    pub events: Vec<u32>,
    /// Those who were still waiting when the data ended, on that day of their wait.
    pub censored: Vec<u32>,
    /// The part still waiting after that day.
    pub survival: Vec<f64>,
    /// Its band of 95 %.
    pub band: Vec<Interval>,
}

impl SurvivalCurve {
    /// The part still waiting after so many days; 1 before the first event.
    ///
    /// `None` without subjects and beyond the longest wait that was watched.
    pub fn at(&self, days: u32) -> Option<f64> {
        if days > *self.days.last()? {
            return None;
        }
        let seen = self.days.partition_point(|it| *it <= days);
        Some(seen.checked_sub(1).map_or(1.0, |at| self.survival[at]))
    }

    /// The days after which half the subjects have bought; `None` if it has not come to that.
    pub fn median(&self) -> Option<u32> {
        let at = self.survival.iter().position(|survival| *survival <= 0.5)?;
        Some(self.days[at])
    }

    /// Mean days waited, of the first `limit` (restricted mean): the area under the curve.
    ///
    /// `None` without subjects or if nobody was watched for so long.
    pub fn restricted_mean(&self, limit: u32) -> Option<f64> {
        if limit > *self.days.last()? {
            return None;
        }
        let (mut area, mut from, mut survival) = (0.0, 0, 1.0);
        for (days, next) in self.days.iter().zip(&self.survival) {
            if *days >= limit {
                break;
            }
            area += survival * f64::from(days - from);
            (from, survival) = (*days, *next);
        }
        Some(area + survival * f64::from(limit - from))
    }
}

/// Estimates the curve from days waited and whether the purchase came; the shorter column decides
/// how many subjects there are.
///
/// S(t) = Π (1 − events ÷ at risk). The band is Greenwood's variance on log(−log S), which stays
/// within 0 and 1; it has no width where S is 0 or 1.
///
/// Source: Kaplan & Meier (1958); Kalbfleisch & Prentice (1980) for the band.
pub fn survival_curve(days: &[u32], is_event: &[bool]) -> SurvivalCurve {
    // Days and, in the last bit, whether the purchase came: plain numbers sort fastest.
    let columns = days.iter().zip(is_event);
    let mut rows: Vec<u64> =
        columns.map(|(days, is_event)| u64::from(*days) << 1 | u64::from(*is_event)).collect();
    rows.sort_unstable();
    let mut curve = SurvivalCurve::default();
    let (mut at_risk, mut survival, mut variance) = (rows.len() as u32, 1.0, 0.0);
    for same in rows.chunk_by(|a, b| a >> 1 == b >> 1) {
        let events = same.iter().filter(|row| **row & 1 == 1).count() as u32;
        let (d, n) = (f64::from(events), f64::from(at_risk));
        survival *= 1.0 - d / n;
        variance += d / (n * (n - d));
        curve.days.push((same[0] >> 1) as u32);
        curve.at_risk.push(at_risk);
        curve.events.push(events);
        curve.censored.push(same.len() as u32 - events);
        curve.survival.push(survival);
        curve.band.push(band(survival, variance));
        at_risk -= same.len() as u32;
    }
    curve
}

fn band(survival: f64, variance: f64) -> Interval {
    if survival <= 0.0 || survival >= 1.0 {
        return Interval { low: survival, high: survival };
    }
    let spread = Z95 * sqrt(variance) / log(survival);
    let bound = |sign: f64| exp(log(survival) * exp(sign * spread));
    // log S is negative: the greater exponent gives the lower end.
    Interval { low: bound(-1.0), high: bound(1.0) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn without_censoring_the_curve_is_the_part_not_yet_bought() {
        let curve = survival_curve(&[1, 2, 2, 4], &[true; 4]);
        assert_eq!(curve.survival, [0.75, 0.25, 0.0]);
        assert_eq!((curve.median(), curve.at(0), curve.at(3)), (Some(2), Some(1.0), Some(0.25)));
        assert_eq!(curve.restricted_mean(4), Some(1.0 + 0.75 + 0.25 * 2.0));
        assert_eq!((curve.at(5), curve.restricted_mean(5)), (None, None));
    }

    #[test]
    fn nobody_and_nothing_happened() {
        let nobody = survival_curve(&[], &[]);
        assert_eq!((nobody.median(), nobody.at(0), nobody.restricted_mean(0)), (None, None, None));
        let nothing = survival_curve(&[5, 9], &[false, false]);
        assert_eq!((nothing.survival, nothing.days), (vec![1.0, 1.0], vec![5, 9]));
    }

    proptest! {
        #[test]
        fn the_curve_falls_inside_its_band(
            rows in prop::collection::vec((prop_oneof![0..20_u32, Just(u32::MAX)], any::<bool>()), 1..80),
        ) {
            let (days, is_event): (Vec<u32>, Vec<bool>) = rows.into_iter().unzip();
            let curve = survival_curve(&days, &is_event);
            prop_assert!(curve.survival.windows(2).all(|pair| pair[0] >= pair[1]));
            for (survival, band) in curve.survival.iter().zip(&curve.band) {
                prop_assert!(band.contains(*survival) && band.low >= 0.0 && band.high <= 1.0);
            }
            let ended: u32 = curve.events.iter().chain(&curve.censored).sum();
            prop_assert_eq!(ended as usize, days.len());
        }
    }
}
