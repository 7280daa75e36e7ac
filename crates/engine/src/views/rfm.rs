//! The RFM screen.

use crate::computed::Computed;
use crate::scoring;
use crate::shop::Shop;
use analytics::{
    HeatMap, RankedSpend, Rfm, RfmClass, RfmGroup, Summaries, class_totals, group_totals, heat_map,
    score_rfm,
};
use protocol::{
    Band, BandCuts, ClassRow, GridCell, GroupRow, RfmChoice, RfmView, RfmWarning, ScoreCuts,
    Scoring, ScoringsView,
};

/// The RFM screen. `aov`: the average order value in minor units.
pub fn view(shop: &Shop, computed: &Computed, aov: Option<f64>) -> RfmView {
    let Computed { rfm, classes, .. } = computed;
    let scored = computed.scored();
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
        cuts: band_cuts(rfm),
        recency_frequency: cells(&heat_map(scored, &rfm.r, &rfm.f)),
        recency_monetary: cells(&heat_map(scored, &rfm.r, &rfm.m)),
        groups: group_rows(scored, rfm),
        classes: class_rows
            .map(|(class, it)| ClassRow { class, customers: it.customers, net: it.net })
            .collect(),
        class_cuts: cuts,
    }
}

/// The same customers by fifths and by fixed values: the shop's, else those to begin with. `aov`: the
/// average order value in minor units.
pub fn scorings(shop: &Shop, computed: &Computed, aov: Option<f64>) -> ScoringsView {
    let (choice, currency) = (shop.rfm, shop.profile.currency);
    let scored = computed.scored();
    let spend = RankedSpend::new(&scored.orders, &scored.net);
    let by = |cuts: ScoreCuts| {
        let options = scoring::options(&RfmChoice { cuts, ..choice }, currency);
        let rfm = score_rfm(scored, &spend, &options);
        Scoring { cuts: band_cuts(&rfm), groups: group_rows(scored, &rfm) }
    };
    let (fixed, is_chosen) = match choice.cuts {
        ScoreCuts::Fixed(cuts) => (Some(cuts), true),
        ScoreCuts::Fifths => {
            (aov.and_then(|aov| scoring::proposal(aov, choice.monetary, currency)), false)
        }
    };
    ScoringsView {
        revision: shop.revision,
        as_of: computed.as_of,
        currency,
        fifths: by(ScoreCuts::Fifths),
        fixed: fixed.map(|cuts| (cuts, by(ScoreCuts::Fixed(cuts)))),
        is_chosen,
    }
}

fn group_rows(scored: &Summaries, rfm: &Rfm) -> Vec<GroupRow> {
    let groups = RfmGroup::ALL.into_iter().zip(group_totals(scored, rfm));
    let row = |(group, it): (RfmGroup, analytics::Totals)| GroupRow {
        group,
        customers: it.customers,
        orders: it.orders,
        net: it.net,
    };
    groups.map(row).collect()
}

fn band_cuts(rfm: &Rfm) -> BandCuts {
    let cuts = &rfm.cuts;
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
