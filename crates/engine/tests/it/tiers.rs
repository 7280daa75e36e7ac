//! The pyramid and its shares.

use super::{Desk, order, table};
use protocol::{Field, Problem, Request, ShopEdit};

/// `count` customers who each spent another amount.
fn desk(count: usize) -> Desk {
    let orders: Vec<_> =
        (0..count).map(|n| order(n, &format!("c{n}"), "2026-10-20", 10.0 + n as f64)).collect();
    let mut desk = Desk::new();
    desk.import(&table(&orders));
    desk
}

fn sizes(desk: &mut Desk) -> Vec<u32> {
    desk.figures().tiers.tiers.iter().map(|it| it.customers).collect()
}

#[test]
fn shares_can_be_edited_and_stay_so() {
    let mut desk = desk(200);
    assert_eq!(sizes(&mut desk), [2, 8, 30, 160]);
    desk.ask(Request::EditShop(ShopEdit::TierShares([1.0, 5.0, 14.0, 80.0])));
    assert_eq!(sizes(&mut desk), [2, 10, 28, 160]);
    let mut desk = desk.reopened();
    assert_eq!(sizes(&mut desk), [2, 10, 28, 160]);
    let shares = desk.shop().tier_shares_percent.map(|it| it.to_string());
    assert_eq!(shares, ["1", "5", "14", "80"]);
    for bad in [[1.0, 4.0, 15.0, 81.0], [0.0, 5.0, 15.0, 80.0], [f64::NAN, 1.0, 1.0, 98.0]] {
        let refused = desk.try_ask(Request::EditShop(ShopEdit::TierShares(bad)));
        assert_eq!(refused, Err(Problem::Invalid(Field::TierShares)));
    }
    assert_eq!(sizes(&mut desk), [2, 10, 28, 160]);
}

#[test]
fn pareto_of_known_spending() {
    for (spending, top20, gini, for_80) in
        [(vec![80.0, 5.0, 5.0, 5.0, 5.0], 0.8, 0.6, 0.2), (vec![7.0; 10], 0.2, 0.0, 0.8)]
    {
        let orders: Vec<_> = (spending.iter().enumerate())
            .map(|(n, total)| order(n, &format!("c{n}"), "2026-10-20", *total))
            .collect();
        let mut desk = Desk::new();
        desk.import(&table(&orders));
        let tiers = desk.figures().tiers;
        assert_eq!((tiers.top20_share, tiers.share_for_80), (Some(top20), Some(for_80)));
        assert!((tiers.gini.unwrap() - gini).abs() < 1e-12);
        assert_eq!(
            (tiers.curve[0].net, tiers.curve[20].net, tiers.curve[100].net),
            (0.0, top20, 1.0)
        );
    }
    let empty = Desk::new().figures().tiers;
    assert_eq!((empty.top20_share, empty.gini, empty.curve.len()), (None, None, 0));
}
