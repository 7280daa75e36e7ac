//! What a campaign of a given size can show.
//!
//! The usual approximation by normal tails for a two-sided test at 5 %. Source: Fleiss (1981),
//! "Statistical Methods for Rates and Proportions", without correction for continuity.

use crate::intervals::{Z95, normal_quantile};
use libm::{ceil, sqrt};

/// The probability with which an effect should be found, where the shop does not choose another.
pub const USUAL_POWER: f64 = 0.8;

/// Customers of both groups together that it takes to show an uplift.
///
/// `base` is the share of buyers to expect without the campaign, `uplift` what is added to it,
/// `held_out_share` the part of the customers that is held out. `None` unless all shares and the power
/// lie between 0 and 1 and there is an uplift.
pub fn needed_customers(base: f64, uplift: f64, held_out_share: f64, power: f64) -> Option<u64> {
    let is_part = |share: f64| share > 0.0 && share < 1.0;
    let raised = base + uplift;
    let is_meant = is_part(base) && is_part(raised) && is_part(held_out_share) && uplift != 0.0;
    if !is_meant {
        return None;
    }
    let half = needed_half_width(base, raised, held_out_share, power)?;
    Some(ceil((half / uplift) * (half / uplift)) as u64)
}

/// The least uplift that groups of these sizes show with this probability; `None` if even one to
/// certainty would not do, or the arguments are none of a campaign.
pub fn detectable_uplift(base: f64, addressed: u64, held_out: u64, power: f64) -> Option<f64> {
    if addressed == 0 || held_out == 0 || !(base > 0.0 && base < 1.0) {
        return None;
    }
    let customers = (addressed + held_out) as f64;
    let share = held_out as f64 / customers;
    let is_shown = |uplift: f64| {
        needed_half_width(base, base + uplift, share, power)
            .is_some_and(|half| half / uplift <= sqrt(customers))
    };
    let (mut low, mut high) = (0.0, 1.0 - base);
    if !is_shown(high) {
        return None;
    }
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if is_shown(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    Some(high)
}

/// The uplift that a single customer would have to show, ∝ 1 ÷ √customers.
fn needed_half_width(base: f64, raised: f64, held_out_share: f64, power: f64) -> Option<f64> {
    let z = normal_quantile(power)?;
    let addressed_share = 1.0 - held_out_share;
    let pooled = base * held_out_share + raised * addressed_share;
    let alike = pooled * (1.0 - pooled) * (1.0 / held_out_share + 1.0 / addressed_share);
    let apart = base * (1.0 - base) / held_out_share + raised * (1.0 - raised) / addressed_share;
    Some(Z95 * sqrt(alike.max(0.0)) + z * sqrt(apart.max(0.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_of_equal_size_as_in_the_tables() {
        // 10 % against 15 %, power 0.8: 686 in each group.
        let needed = needed_customers(0.10, 0.05, 0.5, USUAL_POWER).unwrap();
        assert!((1_370..=1_373).contains(&needed), "{needed}");
    }

    #[test]
    fn a_small_hold_out_takes_more_customers() {
        let with = |share| needed_customers(0.05, 0.05, share, USUAL_POWER).unwrap();
        assert!(with(0.1) > 2 * with(0.5));
    }

    #[test]
    fn what_is_needed_is_what_can_be_shown() {
        let needed = needed_customers(0.05, 0.02, 0.1, 0.9).unwrap();
        let held_out = needed / 10;
        let shown = detectable_uplift(0.05, needed - held_out, held_out, 0.9).unwrap();
        assert!((shown - 0.02).abs() < 2e-4, "{shown}");
    }

    #[test]
    fn nothing_can_be_said_of_what_is_no_campaign() {
        for (base, uplift, share, power) in [
            (0.0, 0.1, 0.1, 0.8),
            (0.5, 0.6, 0.1, 0.8),
            (0.5, 0.0, 0.1, 0.8),
            (0.5, 0.1, 1.0, 0.8),
            (0.5, 0.1, 0.1, 1.0),
            (f64::NAN, 0.1, 0.1, 0.8),
        ] {
            assert_eq!(needed_customers(base, uplift, share, power), None);
        }
        assert_eq!(detectable_uplift(0.1, 0, 10, 0.8), None);
        assert_eq!(detectable_uplift(0.5, 2, 1, 0.8), None);
    }
}
