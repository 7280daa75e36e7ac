//! The tiers screen: the pyramid and the Pareto curve.

use crate::computed::Computed;
use analytics::Tier;
use protocol::{CurvePoint, TierRow, TiersView};

/// The tiers screen. `shares_percent` are those that the tiers were cut at.
pub fn view(computed: &Computed, shares_percent: &[f64; 4]) -> TiersView {
    let concentration = computed.spend.concentration();
    let tiers = Tier::ALL.into_iter().zip(computed.tiers.reports);
    TiersView {
        shares_percent: *shares_percent,
        tiers: tiers
            .map(|(tier, report)| TierRow {
                tier,
                customers: report.customers,
                net: report.value,
                from_net: report.border,
            })
            .collect(),
        top20_share: concentration.as_ref().map(|it| it.top20_share),
        gini: concentration.as_ref().map(|it| it.gini),
        share_for_80: concentration.as_ref().map(|it| it.share_for_80),
        curve: concentration.map_or_else(Vec::new, |it| {
            it.curve.iter().map(|p| CurvePoint { customers: p.customers, net: p.net }).collect()
        }),
    }
}
