//! Buyers on a plane of two figures, cut into four.

use crate::computed::Computed;
use crate::quadrants::Standing;
use crate::shop::Shop;
use protocol::{CrossCell, QuadrantFilter, QuadrantPoint, QuadrantQuery, QuadrantsView};
use std::collections::BTreeMap;

/// The plane of a query.
pub fn view(
    shop: &Shop,
    computed: &Computed,
    standing: &Standing,
    query: &QuadrantQuery,
) -> QuadrantsView {
    let mut quarters = [CrossCell::default(); 4];
    let mut points: BTreeMap<[u8; 2], u32> = BTreeMap::new();
    let both = standing.across.iter().zip(&standing.up).zip(&computed.summaries.net);
    for ((across, up), &net) in both {
        let (Some(across), Some(up)) = (*across, *up) else { continue };
        let is_high = [across >= query.cuts[0], up >= query.cuts[1]];
        let quarter = &mut quarters[usize::from(is_high[0]) + 2 * usize::from(is_high[1])];
        *quarter = quarter.and(CrossCell { customers: 1, net });
        let step = QuadrantPoint::STEP;
        *points.entry([across / step * step, up / step * step]).or_default() += 1;
    }
    let points = points.into_iter().map(|(at, customers)| QuadrantPoint { at, customers });
    QuadrantsView {
        revision: shop.revision,
        as_of: computed.as_of,
        currency: shop.profile.currency,
        plane: query.plane,
        cuts: query.cuts,
        quarters,
        points: points.collect(),
        signs: standing.signs.clone(),
    }
}

/// The customers of a quarter, rising.
pub fn customers(standing: &Standing, filter: QuadrantFilter) -> Vec<u32> {
    let both = standing.across.iter().zip(&standing.up).enumerate();
    let is_in = |(across, up): (&Option<u8>, &Option<u8>)| {
        let is_high = |it: &Option<u8>, at: usize| it.map(|it| it >= filter.cuts[at]);
        is_high(across, 0) == Some(filter.is_high[0]) && is_high(up, 1) == Some(filter.is_high[1])
    };
    both.filter(|(_, it)| is_in(*it)).map(|(customer, _)| customer as u32).collect()
}
