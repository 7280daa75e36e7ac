//! The RFM screen.

use crate::computed::Computed;
use crate::scoring;
use crate::shop::Shop;
use analytics::{HeatMap, RfmClass, RfmGroup, class_totals, group_totals, heat_map};
use protocol::{Band, BandCuts, ClassRow, GridCell, GroupRow, RfmView, RfmWarning};

/// The RFM screen. `aov`: the average order value in minor units.
pub fn view(shop: &Shop, computed: &Computed, aov: Option<f64>) -> RfmView {
    let Computed { rfm, classes, .. } = computed;
    let scored = computed.scored();
    let groups = RfmGroup::ALL.into_iter().zip(group_totals(scored, rfm));
    let class_rows = RfmClass::ALL.into_iter().zip(class_totals(scored, classes));
    let (choice, currency) = (shop.rfm, shop.profile.currency);
    let cuts = classes.cuts.map_or((0.0, 0.0, 0.0), |it| (it.days, it.orders, it.amount));
    RfmView {
        choice,
        proposal: aov.and_then(|aov| scoring::proposal(aov, choice.monetary, currency)),
        scored: rfm.scored,
        warning: rfm.warnings.first().map(|warning| match warning {
            analytics::RfmWarning::TooFewBuyers { .. } => RfmWarning::FewBuyers,
            analytics::RfmWarning::TooFewDistinct { .. } => RfmWarning::FewValues,
        }),
        cuts: band_cuts(computed),
        recency_frequency: cells(&heat_map(scored, &rfm.r, &rfm.f)),
        recency_monetary: cells(&heat_map(scored, &rfm.r, &rfm.m)),
        groups: groups
            .map(|(group, it)| GroupRow {
                group,
                customers: it.customers,
                orders: it.orders,
                net: it.net,
            })
            .collect(),
        classes: class_rows
            .map(|(class, it)| ClassRow { class, customers: it.customers, net: it.net })
            .collect(),
        class_cuts: cuts,
    }
}

fn band_cuts(computed: &Computed) -> BandCuts {
    let cuts = &computed.rfm.cuts;
    let whole = |band: analytics::Band<u32>| Band { from: band.min.into(), to: band.max.into() };
    let money = |band: analytics::Band<f64>| Band {
        from: band.min.round() as i64,
        to: band.max.round() as i64,
    };
    BandCuts {
        r: cuts.r.map(|band| band.map(whole)),
        f: cuts.f.map(|band| band.map(whole)),
        m: cuts.m.map(|band| band.map(money)),
    }
}

/// Cells in reading order: R from 5 down, the other score from 1 up.
fn cells(map: &HeatMap) -> Vec<GridCell> {
    let rows = map.iter().enumerate().rev();
    rows.flat_map(|(r, row)| {
        row.iter().enumerate().map(move |(other, cell)| GridCell {
            r: r as u8 + 1,
            other: other as u8 + 1,
            customers: cell.customers,
            net: cell.net,
        })
    })
    .collect()
}
