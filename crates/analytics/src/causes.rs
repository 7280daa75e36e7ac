//! What those who left have more often met with than those who stayed.

use crate::Codes;
use crate::intervals::{Proportion, TwoProportions, two_proportions};

/// Whether a customer has met with something: a late delivery, a refund, a discount, a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exposure {
    /// They have not.
    No,
    /// They have.
    Yes,
    /// Nothing is known, so the customer does not take part in this comparison.
    Unknown,
}

impl Exposure {
    /// The exposures to one label of a column, such as a channel.
    pub fn to_label(codes: Codes<'_>, label: usize) -> Vec<Self> {
        let exposure = |own: Option<usize>| match own {
            None => Self::Unknown,
            Some(own) if own == label => Self::Yes,
            Some(_) => Self::No,
        };
        codes.iter().map(exposure).collect()
    }
}

/// One factor, compared. It goes with leaving; whether it is why, the numbers cannot tell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cause {
    /// Position among the factors given.
    pub factor: usize,
    /// The exposed of those who churned.
    pub churned: Proportion,
    /// The exposed of those who stayed.
    pub kept: Proportion,
    /// Share of exposed among the churned less that among the kept.
    pub comparison: TwoProportions,
    /// Churn rate of the exposed ÷ that of the others; `None` if nobody else churned, or nobody is
    /// exposed.
    pub relative_risk: Option<f64>,
    /// `comparison.p_value`, corrected for how many factors were looked at.
    pub adjusted_p: f64,
}

/// Compares the churned with the kept on every factor: what most surely goes with leaving first.
///
/// `has_churned` and each factor have one entry a customer; customers for whom it is `None` take no
/// part. Ranked by the lower end of the difference's interval, so that neither a rare factor with a
/// great difference nor a common one with hardly any comes first. A factor that nobody is known of on
/// one side is left out.
///
/// Source of the correction: Holm (1979).
pub fn churn_causes(has_churned: &[Option<bool>], factors: &[&[Exposure]]) -> Vec<Cause> {
    let compared = factors.iter().enumerate();
    let mut causes: Vec<Cause> =
        compared.filter_map(|(factor, it)| compare(factor, has_churned, it)).collect();
    tiny_sort::stable::sort_by(&mut causes, |a, b| {
        a.comparison.p_value.total_cmp(&b.comparison.p_value)
    });
    let (count, mut least) = (causes.len(), 0.0_f64);
    for (at, cause) in causes.iter_mut().enumerate() {
        least = least.max(cause.comparison.p_value * (count - at) as f64).min(1.0);
        cause.adjusted_p = least;
    }
    tiny_sort::stable::sort_by(&mut causes, |a, b| {
        let low = |cause: &Cause| cause.comparison.interval.low;
        low(b).total_cmp(&low(a)).then(a.factor.cmp(&b.factor))
    });
    causes
}

fn compare(factor: usize, has_churned: &[Option<bool>], exposures: &[Exposure]) -> Option<Cause> {
    let (mut churned, mut kept) = (Proportion::default(), Proportion::default());
    for (has_churned, exposure) in has_churned.iter().zip(exposures) {
        let side = match has_churned {
            Some(true) => &mut churned,
            Some(false) => &mut kept,
            None => continue,
        };
        if *exposure != Exposure::Unknown {
            side.trials += 1;
            side.successes += u64::from(*exposure == Exposure::Yes);
        }
    }
    let comparison = two_proportions(churned, kept)?;
    let rate =
        |churned: u64, kept: u64| Proportion { successes: churned, trials: churned + kept }.share();
    let exposed = rate(churned.successes, kept.successes);
    let others = rate(churned.trials - churned.successes, kept.trials - kept.successes);
    let relative_risk = match (exposed, others) {
        (Some(exposed), Some(others)) if others > 0.0 => Some(exposed / others),
        _ => None,
    };
    let adjusted_p = comparison.p_value;
    Some(Cause { factor, churned, kept, comparison, relative_risk, adjusted_p })
}

#[cfg(test)]
mod tests {
    use super::*;
    use Exposure::{No, Unknown, Yes};

    fn column(parts: [(Exposure, usize); 4]) -> Vec<Exposure> {
        parts.iter().flat_map(|(exposure, n)| vec![*exposure; *n]).collect()
    }

    #[test]
    fn late_deliveries_of_those_who_left_rank_first() {
        // 40 churned, 60 kept, one prospect.
        let mut churned = [vec![Some(true); 40], vec![Some(false); 60]].concat();
        churned.push(None);
        let late = column([(Yes, 24), (No, 16), (Yes, 6), (No, 54)]);
        let coupon = column([(Yes, 20), (No, 20), (Yes, 30), (No, 30)]);
        let rare = column([(Yes, 1), (No, 39), (Yes, 0), (No, 60)]);
        let unknown = vec![Unknown; 100];
        let causes = churn_causes(&churned, &[&coupon, &late, &rare, &unknown]);
        assert_eq!(causes.iter().map(|it| it.factor).collect::<Vec<_>>(), [1, 2, 0]);
        let first = causes[0];
        assert!((first.comparison.difference - 0.5).abs() < 1e-12);
        // 24 of 30 late ones left, 16 of 70 others.
        assert!((first.relative_risk.unwrap() - 0.8 / (16.0 / 70.0)).abs() < 1e-12);
        assert!(first.adjusted_p < 0.001 && first.comparison.interval.low > 0.3);
        // One and none: no evidence, though all who met with it left.
        assert!(causes[1].comparison.interval.low < 0.0 && causes[1].adjusted_p > 0.2);
        assert!((causes[2].adjusted_p - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_channel_is_a_factor_too() {
        let exposures = Exposure::to_label(Codes::new(&[0, 1, 7], 2), 1);
        assert_eq!(exposures, [No, Yes, Unknown]);
        assert_eq!(churn_causes(&[], &[&exposures]), []);
    }
}
