//! Who is addressed, who is not, and who is kept for comparison.

use crate::mix::{GOLDEN, mix, unit};

/// The share that is kept from being addressed unless the shop chooses another.
pub const HELD_OUT_SHARE: f64 = 0.1;

/// What keeps a customer from being addressed, one entry a customer.
#[derive(Debug, Clone, Copy, Default)]
pub struct Suppression<'a> {
    /// On the blacklist.
    pub is_blacklisted: &'a [bool],
    /// Does not want to hear from the shop.
    pub has_opted_out: &'a [bool],
    /// Has been addressed as often as the shop allows.
    pub is_over_cap: &'a [bool],
}

/// Customers left out, each for the first reason that holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Excluded {
    /// For the blacklist.
    pub blacklist: u32,
    /// For having opted out.
    pub opt_out: u32,
    /// For the frequency cap.
    pub frequency_cap: u32,
}

/// Customers to address, and those to compare them with: both eligible, by position.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Audience {
    /// To be addressed.
    pub addressed: Vec<u32>,
    /// Held out.
    pub held_out: Vec<u32>,
    /// Left out: the audience is the sum of all.
    pub excluded: Excluded,
}

/// Parts the audience: left out, held out, addressed.
///
/// `customers` are positions with each customer's own number, the same for ever, by which the hold-out
/// is drawn; `campaign` is the campaign's.
pub fn eligible(
    customers: impl Iterator<Item = (u32, u64)>,
    suppression: Suppression<'_>,
    campaign: u64,
    held_out_share: f64,
) -> Audience {
    let is_in = |column: &[bool], customer: u32| column.get(customer as usize) == Some(&true);
    let mut audience = Audience::default();
    for (customer, number) in customers {
        if is_in(suppression.is_blacklisted, customer) {
            audience.excluded.blacklist += 1;
        } else if is_in(suppression.has_opted_out, customer) {
            audience.excluded.opt_out += 1;
        } else if is_in(suppression.is_over_cap, customer) {
            audience.excluded.frequency_cap += 1;
        } else if is_held_out(campaign, number, held_out_share) {
            audience.held_out.push(customer);
        } else {
            audience.addressed.push(customer);
        }
    }
    audience
}

/// Whether a customer is held out of a campaign: by a hash of both numbers, so that it is the same
/// whenever and wherever it is asked, and differs from campaign to campaign.
pub fn is_held_out(campaign: u64, customer: u64, share: f64) -> bool {
    let drawn = mix(mix(campaign.wrapping_add(GOLDEN)) ^ mix(customer.wrapping_sub(GOLDEN)));
    unit(drawn) < share
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn audience_and_excluded_sum_to_the_base() {
        let suppression = Suppression {
            is_blacklisted: &[true, false, false, false],
            has_opted_out: &[true, true, false, false],
            is_over_cap: &[false, false, true],
        };
        let base = (0..1_000).map(|customer| (customer, u64::from(customer)));
        let audience = eligible(base, suppression, 7, HELD_OUT_SHARE);
        let excluded = Excluded { blacklist: 1, opt_out: 1, frequency_cap: 1 };
        assert_eq!(audience.excluded, excluded);
        assert_eq!(audience.addressed.len() + audience.held_out.len(), 997);
    }

    #[test]
    fn the_hold_out_is_a_tenth_and_another_one_each_time() {
        let held = |campaign: u64| {
            (0..100_000_u64).filter(|it| is_held_out(campaign, *it, 0.1)).collect::<Vec<_>>()
        };
        let (first, second) = (held(1), held(2));
        assert!((9_700..10_300).contains(&first.len()), "{}", first.len());
        assert_eq!(first, held(1));
        let both = first.iter().filter(|it| second.binary_search(it).is_ok()).count();
        assert!((850..1_150).contains(&both), "{both} of a hundredth");
        assert!(!is_held_out(1, 1, 0.0) && is_held_out(1, 1, 1.0));
    }
}
