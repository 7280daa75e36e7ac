//! Who looks like the best customers.

use std::fmt;

use crate::Codes;
use crate::mix::mix;
use crate::ranks::area_under_curve;
use libm::log;

/// How many imagined customers of the overall mix weigh against a label's own.
const PRIOR_WEIGHT: f64 = 10.0;
/// Fewer best customers, or others, than this say too little.
const ENOUGH: usize = 25;
/// Parts of which each is scored by what the others teach.
const FOLDS: u64 = 5;

/// What the best customers have more often than other buyers, as weights of evidence.
#[derive(Debug, Clone, PartialEq)]
pub struct Propensity {
    /// Evidence of each label of each trait: ln of its share among the best ÷ among the others.
    weight: Vec<Vec<f64>>,
    /// How well the traits tell the best from other buyers who were not learnt from: 0.5 is not at
    /// all, 1 is always. Below about 0.6 a list is hardly better than chance.
    pub area_under_curve: f64,
}

/// Too few customers to learn from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooFewToLearn {
    /// Best customers that there are.
    pub best: usize,
    /// Other buyers that there are; 25 of each are needed.
    pub others: usize,
}

impl fmt::Display for TooFewToLearn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { best, others } = self;
        write!(f, "{best} best customers and {others} other buyers, of {ENOUGH} each needed")
    }
}

impl std::error::Error for TooFewToLearn {}

/// A customer like the best.
#[derive(Debug, Clone, PartialEq)]
pub struct LookAlike {
    /// Position of the customer.
    pub customer: u32,
    /// Sum of the evidence: above 0 more like the best, below 0 more like other buyers.
    pub score: f64,
    /// The traits that speak for it, by position, the weightiest first, with their evidence.
    pub reasons: Vec<(usize, f64)>,
}

/// Learns from the buyers what the best have in common.
///
/// `traits` are known of prospects too (channel, region, age band …), one entry a customer each;
/// `is_best` says `None` for who has not bought. An unknown label is no evidence. The evidence of
/// labels with few customers is drawn towards none.
///
/// Traits that go together count twice, so scores rank and are no probabilities. Source: the naive
/// Bayes classifier with m-estimates, Cestnik (1990).
pub fn learn_best(
    traits: &[Codes<'_>],
    is_best: &[Option<bool>],
) -> Result<Propensity, TooFewToLearn> {
    let count = |wanted| is_best.iter().filter(|it| **it == Some(wanted)).count();
    let (best, others) = (count(true), count(false));
    if best < ENOUGH || others < ENOUGH {
        return Err(TooFewToLearn { best, others });
    }
    let fold = |customer: usize| mix(customer as u64 + 1) % FOLDS;
    let (mut scores, mut flags) = (Vec::new(), Vec::new());
    for left_out in 0..FOLDS {
        let weight = weights(traits, is_best, |customer| fold(customer) != left_out);
        for (customer, flag) in is_best.iter().enumerate() {
            if let Some(flag) = flag.filter(|_| fold(customer) == left_out) {
                scores.push(evidence(&weight, traits, customer).map(|it| it.1).sum::<f64>());
                flags.push(flag);
            }
        }
    }
    Ok(Propensity {
        weight: weights(traits, is_best, |_| true),
        area_under_curve: area_under_curve(&scores, &flags).unwrap_or(0.5),
    })
}

impl Propensity {
    /// The customers of `candidates` who are more like the best than like other buyers, the most
    /// alike first, at most `count`.
    ///
    /// `traits` must be those that it was learnt from.
    pub fn look_alikes(
        &self,
        traits: &[Codes<'_>],
        candidates: impl Iterator<Item = usize>,
        count: usize,
    ) -> Vec<LookAlike> {
        let scored = candidates.map(|customer| {
            let score = evidence(&self.weight, traits, customer).map(|it| it.1).sum::<f64>();
            (customer, score)
        });
        let mut scored: Vec<(usize, f64)> = scored.filter(|it| it.1 > 0.0).collect();
        tiny_sort::stable::sort_by(&mut scored, |a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        scored.truncate(count);
        let explained = scored.into_iter().map(|(customer, score)| {
            let own = evidence(&self.weight, traits, customer);
            let mut reasons: Vec<(usize, f64)> = own.filter(|it| it.1 > 0.0).collect();
            tiny_sort::stable::sort_by(&mut reasons, |a, b| b.1.total_cmp(&a.1));
            LookAlike { customer: customer as u32, score, reasons }
        });
        explained.collect()
    }
}

/// The evidence of each trait that is known of the customer.
fn evidence<'a>(
    weight: &'a [Vec<f64>],
    traits: &'a [Codes<'_>],
    customer: usize,
) -> impl Iterator<Item = (usize, f64)> + 'a {
    let columns = weight.iter().zip(traits).enumerate();
    columns.filter_map(move |(at, (weight, codes))| Some((at, weight[codes.get(customer)?])))
}

fn weights(
    traits: &[Codes<'_>],
    is_best: &[Option<bool>],
    takes_part: impl Fn(usize) -> bool,
) -> Vec<Vec<f64>> {
    let of_trait = |codes: &Codes<'_>| {
        // Customers by label: the best and the others.
        let mut counts = vec![[0.0; 2]; codes.labels()];
        let mut totals = [0.0; 2];
        for (customer, flag) in is_best.iter().enumerate().filter(|it| takes_part(it.0)) {
            if let (Some(flag), Some(label)) = (flag, codes.get(customer)) {
                counts[label][usize::from(!*flag)] += 1.0;
                totals[usize::from(!*flag)] += 1.0;
            }
        }
        let all = totals[0] + totals[1];
        let weight = |[best, others]: [f64; 2]| {
            if best + others <= 0.0 {
                return 0.0;
            }
            let expected = PRIOR_WEIGHT * (best + others) / all;
            let share = |own: f64, total: f64| (own + expected) / (total + PRIOR_WEIGHT);
            log(share(best, totals[0]) / share(others, totals[1]))
        };
        counts.into_iter().map(weight).collect()
    };
    traits.iter().map(of_trait).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 100 best customers, 300 others, 4 prospects. The channel 0 brings the best; the region says
    /// nothing.
    fn shop() -> (Vec<u32>, Vec<u32>, Vec<Option<bool>>) {
        let best: Vec<Option<bool>> =
            [vec![Some(true); 100], vec![Some(false); 300], vec![None; 4]].concat();
        let mut channel: Vec<u32> =
            (0..400).map(|c| u32::from(if c < 100 { c % 5 == 0 } else { c % 5 != 0 })).collect();
        channel.extend([0, 1, 0, Codes::UNKNOWN]);
        let region = (0..404).map(|c| c / 2 % 2).collect();
        (channel, region, best)
    }

    #[test]
    fn only_candidates_like_the_best_are_listed_with_the_reason() {
        let (channel, region, best) = shop();
        let traits = [Codes::new(&channel, 2), Codes::new(&region, 2)];
        let learnt = learn_best(&traits, &best).unwrap();
        assert!((0.75..0.85).contains(&learnt.area_under_curve), "{}", learnt.area_under_curve);
        let prospects = (0..404).filter(|c| best[*c].is_none());
        let found = learnt.look_alikes(&traits, prospects, 10);
        let listed: Vec<u32> = found.iter().map(|it| it.customer).collect();
        assert_eq!(listed, [400, 402]);
        assert!(found.iter().all(|it| it.reasons[0].0 == 0 && it.score > 1.0));
    }

    #[test]
    fn too_few_best_customers_teach_nothing() {
        let (channel, _, mut best) = shop();
        best[24..100].fill(None);
        let refused = learn_best(&[Codes::new(&channel, 2)], &best);
        assert_eq!(refused, Err(TooFewToLearn { best: 24, others: 300 }));
    }

    #[test]
    fn without_traits_nobody_is_like_anybody() {
        let (_, _, best) = shop();
        let learnt = learn_best(&[], &best).unwrap();
        assert!((learnt.area_under_curve - 0.5).abs() < 1e-12);
        assert_eq!(learnt.look_alikes(&[], 400..404, 9), []);
    }
}
