//! Tables of two labels: of two days, and of one.

use super::{Desk, as_of, day, everyone, order, period, table, trade};
use protocol::{
    Behind, CrossQuery, CrossView, CustomerFilter, Label, LabelCondition, LabelKind, Lens, Request,
    RfmGroup, RowsOn, ScoreCuts, ScoringsView, Tier,
};

fn cross(desk: &mut Desk, query: CrossQuery) -> CrossView {
    *desk.ask(Request::Cross(query)).of_segments::<CrossView>().unwrap()
}

fn desk() -> (Desk, Lens) {
    let mut desk = Desk::new();
    desk.import(&table(&trade(200)));
    (desk, as_of("2026-10-31"))
}

/// Rows and net of the list of those who meet all conditions.
fn listed(desk: &mut Desk, lens: &Lens, conditions: Vec<LabelCondition>) -> (u32, i64) {
    let behind = Some(Behind::Labelled(conditions));
    let page = desk.list(everyone(lens, CustomerFilter { behind, ..CustomerFilter::default() }));
    (page.total, page.total_net)
}

#[test]
fn every_customer_is_in_one_cell_that_opens_its_list() {
    let (mut desk, lens) = desk();
    let since = RowsOn::Day(day("2026-06-30"));
    let tables = [
        (LabelKind::Group, LabelKind::Group, since),
        (LabelKind::Class, LabelKind::Class, since),
        (LabelKind::Tier, LabelKind::Tier, RowsOn::BeforePeriod),
        (LabelKind::Tier, LabelKind::Stage, RowsOn::AsOf),
        (LabelKind::Churn, LabelKind::Group, RowsOn::AsOf),
        (LabelKind::Channel, LabelKind::Country, RowsOn::AsOf),
    ];
    for (rows, columns, rows_on) in tables {
        let view = cross(&mut desk, CrossQuery { lens: lens.clone(), rows, columns, rows_on });
        assert_eq!(view.total().customers, 200, "{rows:?} {columns:?}");
        for row in 0..view.rows.len() {
            let condition = view.row_condition(row).unwrap();
            let total = view.row_total(row);
            let list = listed(&mut desk, &lens, vec![condition.clone()]);
            assert_eq!(list, (total.customers, total.net), "{condition:?}");
            for column in 0..view.columns.len() {
                let both = vec![condition.clone(), view.column_condition(column).unwrap()];
                let cell = view.cell(row, column);
                let list = listed(&mut desk, &lens, both.clone());
                assert_eq!(list, (cell.customers, cell.net), "{both:?}");
            }
        }
        let columns: u32 = (0..view.columns.len()).map(|at| view.column_total(at).customers).sum();
        assert_eq!(columns, 200);
    }
}

#[test]
fn rows_are_as_the_screens_of_their_day_have_them() {
    let (mut desk, lens) = desk();
    let before = desk.analyse(as_of("2026-06-30"));
    let now = desk.analyse(lens.clone());
    let kind = LabelKind::Group;
    let rows_on = RowsOn::Day(day("2026-06-30"));
    let view = cross(&mut desk, CrossQuery { lens, rows: kind, columns: kind, rows_on });
    assert_eq!(view.since, Some(day("2026-06-30")));
    for (at, group) in RfmGroup::ALL.into_iter().enumerate() {
        assert_eq!(view.rows[at], Some(Label::Group(group)));
        assert_eq!(view.row_total(at).customers, before.rfm.groups[at].customers);
        assert_eq!(view.column_total(at).customers, now.rfm.groups[at].customers);
        assert_eq!(view.column_total(at).net, now.rfm.groups[at].net);
    }
}

#[test]
fn an_order_moves_its_customer() {
    let mut desk = Desk::new();
    let orders = [
        order(1, "ann", "2026-01-10", 100.0),
        order(2, "ben", "2026-01-10", 90.0),
        order(3, "ben", "2026-10-10", 30.0),
        order(4, "cat", "2026-10-20", 5.0),
    ];
    desk.import(&table(&orders));
    let lens = as_of("2026-10-31");
    let kind = LabelKind::Tier;
    let rows_on = RowsOn::Day(day("2026-09-30"));
    let query = CrossQuery { lens, rows: kind, columns: kind, rows_on };
    let view = cross(&mut desk, query.clone());
    let at = |view: &CrossView, from: Option<Tier>, to: Tier| {
        let place = |labels: &[Option<Label>], it: Option<Tier>| {
            labels.iter().position(|label| *label == it.map(Label::Tier)).unwrap()
        };
        view.cell(place(&view.rows, from), place(&view.columns, Some(to))).customers
    };
    // Ben has overtaken Ann, and Cat is new.
    assert_eq!(at(&view, Some(Tier::Vip), Tier::Big), 1);
    assert_eq!(at(&view, Some(Tier::Big), Tier::Vip), 1);
    assert_eq!(at(&view, None, Tier::Normal), 1);
    desk.import(&table(&[order(5, "ann", "2026-10-30", 25.0)]));
    let view = cross(&mut desk, query);
    assert_eq!(at(&view, Some(Tier::Vip), Tier::Vip), 1);
    assert_eq!(at(&view, Some(Tier::Big), Tier::Big), 1);
}

#[test]
fn the_earlier_day_is_the_eve_of_the_period_and_never_after_the_as_of_day() {
    let (mut desk, lens) = desk();
    for (lens, rows_on, since) in [
        (lens.clone(), RowsOn::BeforePeriod, "2026-08-02"),
        (
            Lens { period: Some(period("2026-10-01", "2026-10-31")), ..lens.clone() },
            RowsOn::BeforePeriod,
            "2026-09-30",
        ),
        (lens.clone(), RowsOn::Day(day("2027-01-01")), "2026-10-31"),
        (lens, RowsOn::Day(day("2020-01-01")), "2020-01-01"),
    ] {
        let view = cross(&mut desk, CrossQuery { lens, rows_on, ..CrossQuery::default() });
        assert_eq!(view.since, Some(day(since)));
        assert_eq!(view.total().customers, 200);
    }
}

#[test]
fn a_label_that_nobody_can_have_opens_an_empty_list() {
    let (mut desk, lens) = desk();
    let label = Some(Label::Text("Atlantis".to_owned()));
    let condition = LabelCondition { kind: LabelKind::Country, on: None, label };
    assert_eq!(listed(&mut desk, &lens, vec![condition]), (0, 0));
}

#[test]
fn fifths_and_fixed_values_stand_side_by_side() {
    let (mut desk, lens) = desk();
    let view = |desk: &mut Desk| -> ScoringsView {
        *desk.ask(Request::Scorings(lens.clone())).of_segments::<ScoringsView>().unwrap()
    };
    let first = view(&mut desk);
    let analysis = desk.analyse(lens.clone());
    assert_eq!(first.fifths.groups, analysis.rfm.groups);
    assert_eq!(first.fifths.cuts, analysis.rfm.cuts);
    let (cuts, fixed) = first.fixed.unwrap();
    assert_eq!((Some(cuts), first.is_chosen), (analysis.rfm.proposal, false));
    assert_eq!(fixed.groups.iter().map(|it| it.customers).sum::<u32>(), 200);
    let choice = protocol::RfmChoice { cuts: ScoreCuts::Fixed(cuts), ..Default::default() };
    desk.ask(Request::EditShop(protocol::ShopEdit::Rfm(choice)));
    let second = view(&mut desk);
    assert_eq!(second.fifths.groups, first.fifths.groups);
    assert_eq!((second.fixed, second.is_chosen), (Some((cuts, fixed.clone())), true));
    assert_eq!(desk.analyse(lens.clone()).rfm.groups, fixed.groups);
}

#[test]
fn nobodys_orders_count_in_the_average_order_that_cuts_are_proposed_by() {
    let mut orders = trade(200);
    orders.extend((0..300).map(|n| super::order(format!("N{n}"), "", "2026-10-01", 900.0)));
    let mut desk = Desk::new();
    desk.import(&super::table(&orders));
    let lens = as_of("2026-10-31");
    let view = desk.ask(Request::Scorings(lens.clone())).of_segments::<ScoringsView>().unwrap();
    let proposal = desk.analyse(lens).rfm.proposal;
    assert!(proposal.is_some());
    assert_eq!(view.fixed.map(|it| it.0), proposal);
}
