//! The shop's choices of RFM as `analytics` takes them: amounts in minor units of its currency.

use analytics::{Cuts, RfmOptions};
use model::{Amount, Currency};
use protocol::{ClassCut, FixedCuts, Monetary, RfmChoice, Rising, ScoreCuts};

/// How to score.
pub fn options(choice: &RfmChoice, currency: Currency) -> RfmOptions {
    let cuts = match choice.cuts {
        ScoreCuts::Fifths => Cuts::Quintiles,
        ScoreCuts::Fixed(cuts) => Cuts::Fixed(analytics::FixedCuts {
            r: cuts.days.values(),
            f: cuts.orders.values(),
            m: cuts.amounts.values().map(|amount| amount.minor(currency)),
        }),
    };
    RfmOptions { monetary: choice.monetary, cuts }
}

/// What parts high from low in the eight classes.
pub fn class_cuts(choice: &RfmChoice, currency: Currency) -> analytics::ClassCuts {
    match choice.classes {
        ClassCut::Mean => analytics::ClassCuts::Mean,
        ClassCut::Median => analytics::ClassCuts::Median,
        ClassCut::Constants(cuts) => analytics::ClassCuts::Constants {
            days: cuts.days,
            orders: cuts.orders,
            amount_minor: cuts.amount.minor(currency),
        },
    }
}

/// Fixed cuts to begin with, by the shop's average order value in minor units. Averages lie around
/// that value, so that half of it is the first step there.
pub fn proposal(aov: f64, monetary: Monetary, currency: Currency) -> Option<FixedCuts> {
    let first = match monetary {
        Monetary::Total => aov,
        Monetary::AverageOrder => aov / 2.0,
    };
    let cuts = analytics::FixedCuts::proposal(first.round() as i64);
    let amounts = cuts.m.map(|minor| Amount::from_minor(minor, currency));
    Some(FixedCuts {
        days: Rising::try_from(cuts.r).ok()?,
        orders: Rising::try_from(cuts.f).ok()?,
        amounts: Rising::try_from(amounts).ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_proposal_follows_the_order_value() {
        for (aov, monetary, amounts) in [
            (2_550.0, Monetary::Total, Some(["25.5", "51", "102", "204"])),
            (2_550.0, Monetary::AverageOrder, Some(["12.75", "25.5", "51", "102"])),
            (0.4, Monetary::Total, None),
            (f64::MAX, Monetary::Total, None),
        ] {
            let cuts = proposal(aov, monetary, Currency::USD);
            let texts = cuts.map(|it| it.amounts.values().map(|amount| amount.to_string()));
            assert_eq!(texts, amounts.map(|it| it.map(str::to_owned)), "{aov} {monetary:?}");
        }
    }
}
