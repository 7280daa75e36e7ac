//! Stages, states of silence, and the moves between two days.

use super::{Desk, as_of, day, everyone, order, period, table, trade};
use protocol::{
    Behind, ChurnRule, ChurnState, CustomerFilter, CustomerView, Lens, LifecycleChoice,
    LifecycleView, LimitBasis, Request, Response, ShopEdit, SilenceLimits, Stage, StageCounts,
};
use std::collections::{BTreeMap, BTreeSet};

pub const SHOPIFY: &str = include_str!("../../../ingest/tests/data/syn_shopify_orders.csv");
pub const CDNOW: &str = include_str!("../../../ingest/tests/data/cdnow_sample.txt");

pub fn desk(file: &str) -> Desk {
    let mut desk = Desk::new();
    desk.import(file);
    desk
}

fn view(desk: &mut Desk, lens: &Lens) -> LifecycleView {
    *desk.ask(Request::Lifecycle(lens.clone())).of_segments::<LifecycleView>().unwrap()
}

fn customer(desk: &mut Desk, id: model::CustomerId, lens: &Lens) -> CustomerView {
    match desk.ask(Request::Customer(id, lens.clone())) {
        Response::Customer(view) => *view,
        other => panic!("{other:?}"),
    }
}

/// Files, as-of day, customers and net by stage, by state, and the limits; counted by other means.
type Known = (&'static str, &'static str, [(u32, i64); 5], [(u32, i64); 3], (u32, u32, u32));

const KNOWN: [Known; 3] = [
    (
        SHOPIFY,
        "2026-10-31",
        [(21, 41_120), (9, 187_488), (10, 196_645), (46, 558_184), (57, 321_338)],
        [(30, 425_253), (12, 187_724), (91, 691_798)],
        (69, 117, 133),
    ),
    (
        SHOPIFY,
        "2026-07-31",
        [(32, 50_888), (19, 309_251), (12, 278_553), (40, 357_491), (40, 200_811)],
        [(41, 638_692), (9, 114_000), (71, 444_302)],
        (69, 115, 120),
    ),
    (
        CDNOW,
        "1998-06-30",
        [(8, 0), (92, 829_824), (289, 8_674_357), (303, 5_638_708), (1_665, 9_266_305)],
        [(381, 9_504_181), (131, 2_723_311), (1_837, 12_181_702)],
        (23, 117, 4_339),
    ),
];

#[test]
fn stages_and_states_of_known_files() {
    for (file, at, stages, states, (at_risk, churned, gaps)) in KNOWN {
        let analysis = desk(file).analyse(as_of(at));
        let found: Vec<_> = analysis.lifecycle.iter().map(|it| (it.customers, it.net)).collect();
        assert_eq!(found, stages, "{at}");
        let found: Vec<_> = analysis.churn.states.iter().map(|it| (it.customers, it.net)).collect();
        assert_eq!(found, states, "{at}");
        let limits = analysis.churn.limits;
        assert_eq!((limits.at_risk_days, limits.churned_days), (at_risk, churned), "{at}");
        assert_eq!(limits.basis, LimitBasis::Gaps(gaps), "{at}");
        let everybody: u32 = analysis.lifecycle.iter().map(|it| it.customers).sum();
        assert_eq!(everybody, analysis.totals.customers);
        let buyers: u32 = analysis.churn.states.iter().map(|it| it.customers).sum();
        assert_eq!(buyers, analysis.totals.buyers);
        assert_eq!(analysis.churn.value_at_risk(), states[1].1);
    }
}

#[test]
fn every_stage_and_state_opens_its_list() {
    let mut desk = desk(SHOPIFY);
    let lens = as_of("2026-10-31");
    let analysis = desk.analyse(lens.clone());
    for row in analysis.lifecycle {
        let filter = CustomerFilter { stage: Some(row.stage), ..CustomerFilter::default() };
        let page = desk.list(everyone(&lens, filter));
        assert_eq!((page.total, page.total_net), (row.customers, row.net), "{:?}", row.stage);
        assert!(page.rows.iter().all(|it| it.stage == row.stage));
    }
    for row in analysis.churn.states {
        let filter = CustomerFilter { churn: Some(row.state), ..CustomerFilter::default() };
        let page = desk.list(everyone(&lens, filter));
        assert_eq!((page.total, page.total_net), (row.customers, row.net), "{:?}", row.state);
        assert!(page.rows.iter().all(|it| it.churn == Some(row.state)));
    }
}

#[test]
fn a_customer_turns_on_the_very_day_and_comes_back() {
    let mut desk = Desk::new();
    desk.import(&table(&[
        order(1, "ann", "2026-01-01", 10.0),
        order(2, "ann", "2026-10-01", 20.0),
        order(3, "ben", "2026-01-05", 5.0),
        order(4, "ben", "2026-01-06", 5.0),
        order(5, "ben", "2026-01-07", 5.0),
        order(6, "ben", "2026-01-08", 5.0),
    ]));
    let choice = LifecycleChoice {
        rule: ChurnRule::Store,
        limits: Some(SilenceLimits::try_from((30, 60)).unwrap()),
        ..LifecycleChoice::default()
    };
    desk.ask(Request::EditShop(ShopEdit::Lifecycle(choice)));
    let find = |desk: &mut Desk, who: &str, at: &str| {
        let lens = as_of(at);
        let page = desk.list(everyone(&lens, CustomerFilter::default()));
        let row = page.rows.into_iter().find(|row| row.email.starts_with(who)).unwrap();
        let view = customer(desk, row.id, &lens);
        assert_eq!((view.row.stage, view.row.churn), (row.stage, row.churn));
        (row.stage, row.churn, view.at_risk_on.map(|it| it.to_string()))
    };
    let (active, at_risk, churned) =
        (Some(ChurnState::Active), Some(ChurnState::AtRisk), Some(ChurnState::Churned));
    for (who, at, stage, state, turns_on) in [
        ("ann", "2025-12-31", Stage::Acquisition, None, None),
        ("ann", "2026-01-30", Stage::Acquisition, active, Some("2026-01-31")),
        ("ann", "2026-01-31", Stage::WinBack, at_risk, Some("2026-01-31")),
        ("ann", "2026-03-01", Stage::WinBack, at_risk, Some("2026-01-31")),
        ("ann", "2026-03-02", Stage::WinBack, churned, Some("2026-01-31")),
        ("ann", "2026-05-01", Stage::WinBack, churned, Some("2026-01-31")),
        ("ann", "2026-05-02", Stage::Lost, churned, Some("2026-01-31")),
        ("ann", "2026-10-01", Stage::Retention, active, Some("2026-10-31")),
        ("ben", "2026-01-07", Stage::Retention, active, Some("2026-02-06")),
        ("ben", "2026-01-08", Stage::Loyalty, active, Some("2026-02-07")),
        ("ben", "2026-02-07", Stage::WinBack, at_risk, Some("2026-02-07")),
    ] {
        let expected = (stage, state, turns_on.map(str::to_owned));
        assert_eq!(find(&mut desk, who, at), expected, "{who} {at}");
    }
}

#[test]
fn choices_are_kept_and_undone_by_the_default() {
    let mut desk = desk(SHOPIFY);
    let lens = as_of("2026-10-31");
    let before = desk.analyse(lens.clone());
    let choice = LifecycleChoice {
        rule: ChurnRule::Personal,
        limits: Some(SilenceLimits::try_from((50, 500)).unwrap()),
        stages: StageCounts::try_from((2, 3)).unwrap(),
    };
    desk.ask(Request::EditShop(ShopEdit::Lifecycle(choice)));
    let mut desk = desk.reopened();
    assert_eq!(desk.shop().lifecycle, choice);
    let chosen = desk.analyse(lens.clone());
    assert_eq!(chosen.churn.limits.basis, LimitBasis::Chosen);
    assert_ne!(chosen.lifecycle, before.lifecycle);
    desk.ask(Request::EditShop(ShopEdit::Lifecycle(LifecycleChoice::default())));
    let after = desk.analyse(lens);
    assert_eq!((after.lifecycle, after.churn), (before.lifecycle, before.churn));
}

/// From the last of July to the last of October; counted by other means.
const MOVES: [(Option<Stage>, Option<Stage>, u32); 14] = [
    (Some(Stage::Acquisition), Some(Stage::WinBack), 10),
    (Some(Stage::Retention), Some(Stage::Retention), 8),
    (Some(Stage::Retention), Some(Stage::Loyalty), 4),
    (Some(Stage::Retention), Some(Stage::WinBack), 7),
    (Some(Stage::Loyalty), Some(Stage::Loyalty), 5),
    (Some(Stage::Loyalty), Some(Stage::WinBack), 7),
    (Some(Stage::WinBack), Some(Stage::Retention), 1),
    (Some(Stage::WinBack), Some(Stage::Loyalty), 1),
    (Some(Stage::WinBack), Some(Stage::WinBack), 21),
    (Some(Stage::WinBack), Some(Stage::Lost), 17),
    (Some(Stage::Lost), Some(Stage::Lost), 40),
    (None, Some(Stage::Acquisition), 11),
    (None, Some(Stage::WinBack), 1),
    (None, None, 10),
];

#[test]
fn moves_between_two_days_have_names_behind_them() {
    let mut desk = desk(SHOPIFY);
    let lens = Lens { period: Some(period("2026-08-01", "2026-10-31")), ..as_of("2026-10-31") };
    let view = view(&mut desk, &lens);
    assert_eq!(view.since, day("2026-07-31"));
    let found: Vec<_> = view.moves.iter().map(|it| (it.from, it.to, it.customers)).collect();
    assert_eq!(found, MOVES);
    for row in &view.moves {
        let (from, to) = (row.from, row.to);
        let behind = Some(Behind::Moved { since: view.since, from, to });
        let filter = CustomerFilter { behind, ..CustomerFilter::default() };
        let page = desk.list(everyone(&lens, filter));
        assert_eq!((page.total, page.total_net), (row.customers, row.net), "{from:?} {to:?}");
    }
    assert_eq!(view.prospects, 10);
    assert!(view.recent.is_sorted_by(|one, next| one.day >= next.day));
    assert!(view.recent.iter().all(|it| it.day > view.since && it.from != Some(it.to)));
    assert_eq!((view.second_order.buyers, view.second_order.repeaters), (133, 64));
    // The file has every move, the list everybody who made one.
    let file = super::rows(&desk.file(Request::ExportMoves(lens.clone())));
    for (row, written) in view.recent.iter().zip(&file) {
        assert_eq!(written["customer_id"], row.id.to_string());
        assert_eq!((&*written["day"], &*written["to"]), (&*row.day.to_string(), row.to.name()));
    }
    let movers: BTreeSet<&str> = file.iter().map(|it| it["customer_id"].as_str()).collect();
    let mark = Behind::MovedSince(view.since);
    let page = desk.list(everyone(&lens, CustomerFilter::behind(mark)));
    assert!(file.len() > view.recent.len() && movers.len() < file.len());
    assert_eq!(page.total as usize, movers.len());
}

#[test]
fn the_funnel_counts_who_was_ever_there() {
    let mut desk = Desk::new();
    desk.import(&table(&trade(120)));
    let view = view(&mut desk, &as_of("2026-10-31"));
    let stages: BTreeMap<Stage, _> = view.stages.iter().map(|it| (it.row.stage, it)).collect();
    // Everybody began with a first order on one day; who bought twice that day began further on.
    assert!(stages[&Stage::Acquisition].ever > stages[&Stage::Retention].ever);
    for detail in &view.stages {
        let buyers = if detail.row.stage == Stage::Acquisition { view.prospects } else { 0 };
        assert!(detail.ever >= detail.row.customers - buyers, "{detail:?}");
        assert_eq!(detail.median_days.is_none(), detail.row.customers == buyers, "{detail:?}");
    }
}

#[test]
fn an_empty_shop_has_no_stages_to_speak_of() {
    let mut desk = Desk::new();
    let view = view(&mut desk, &Lens::default());
    assert!(view.stages.iter().all(|it| it.row.customers == 0 && it.median_days.is_none()));
    assert_eq!((view.moves.len(), view.recent.len(), view.prospects), (0, 0, 0));
    assert_eq!(desk.figures().churn.limits.basis, LimitBasis::TooFewGaps(0));
}
