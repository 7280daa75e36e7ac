//! Two tabs over one database.

use super::{Desk, order, table};
use pollster::block_on;
use protocol::{CustomerEdit, Event, Problem, Request, ShopEdit};
use store::Fault;

fn two_tabs() -> (Desk, Desk) {
    let mut one = Desk::new();
    one.import(&table(&[order(1, "ann", "2026-10-01", 5.0)]));
    let other = Desk::open(one.place.clone(), one.backend.clone());
    (one, other)
}

#[test]
fn a_tab_takes_over_what_another_has_stored() {
    let (mut one, mut other) = two_tabs();
    one.import(&table(&[order(2, "ben", "2026-10-02", 7.0)]));
    let revision = other.shop().revision;
    block_on(other.engine.refresh());
    assert_eq!(other.figures().totals.net, 1_200);
    assert!(other.shop().revision > revision);
    // Nothing new, nothing to do.
    let revision = other.shop().revision;
    block_on(other.engine.refresh());
    assert_eq!(other.shop().revision, revision);
}

#[test]
fn what_cannot_be_read_from_another_tab_is_told_and_read_later() {
    let (mut one, mut other) = two_tabs();
    one.import(&table(&[order(2, "ben", "2026-10-02", 7.0)]));
    // The database goes away for a moment.
    other.backend.kill_at_commit(0, Fault::BeforeCommit);
    assert!(one.try_ask(Request::EditShop(ShopEdit::Name("Wool".to_owned()))).is_err());
    other.place.heard();
    block_on(other.engine.refresh());
    assert_eq!(other.place.heard(), [Event::Problem(Problem::StorageLost)]);
    // It is told once; what is in memory answers.
    assert_eq!(other.figures().totals.net, 500);
    assert!(other.place.heard().is_empty());
    other.backend.restart();
    assert_eq!(other.figures().totals.net, 1_200);
}

#[test]
fn an_edit_in_one_tab_brings_in_the_others_import() {
    let (mut one, mut other) = two_tabs();
    one.import(&table(&[order(2, "ben", "2026-10-02", 7.0)]));
    let ann = other.list(super::searched("ann")).rows[0].id;
    other.ask(Request::EditCustomer(ann, CustomerEdit::Note("tea".to_owned())));
    assert_eq!(other.figures().totals.net, 1_200);
    block_on(one.engine.refresh());
    assert_eq!(one.report(), other.report());
}

#[test]
fn two_imports_at_once_are_not_mixed_up() {
    let (mut one, mut other) = two_tabs();
    one.inspect(&[("a.csv", table(&[order(2, "ben", "2026-10-02", 7.0)]).as_bytes())]);
    other.inspect(&[("b.csv", table(&[order(3, "cleo", "2026-10-03", 9.0)]).as_bytes())]);
    one.confirm().unwrap();
    // It has not heard of the other's, and finds it: nothing is asked that was not asked before.
    other.confirm().unwrap();
    assert_eq!(other.figures().totals.net, 2_100);
    block_on(one.engine.refresh());
    assert_eq!((one.figures().totals.net, other.figures().totals.net), (2_100, 2_100));
}

#[test]
fn one_tab_may_undo_what_the_other_shows() {
    let (mut one, mut other) = two_tabs();
    let batch = one.shop().batches[0].id;
    one.ask(Request::Undo(batch));
    other.ask(Request::EditShop(ShopEdit::Name("Wool".to_owned())));
    assert!(other.shop().empty);
    assert_eq!(other.try_ask(Request::Undo(batch)), Err(Problem::NotFound));
    block_on(one.engine.refresh());
    assert_eq!(one.shop().profile.name, "Wool");
}
