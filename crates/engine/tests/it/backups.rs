//! A backup is the shop, on whichever device: its report is the same to the last byte.

use super::{Desk, order, table, trade};
use crate::place::Place;
use pollster::block_on;
use protocol::{BackupFault, BackupView, CustomerEdit, Problem, Request, Response, ShopEdit};
use store::{BackupError, MemoryBackend, Sink, Source};

struct Text(Vec<u8>);

impl Sink for Text {
    async fn write(&mut self, text: &[u8]) -> Result<(), String> {
        self.0.extend_from_slice(text);
        Ok(())
    }
}

struct Whole(Option<Vec<u8>>);

impl Source for Whole {
    async fn next(&mut self) -> Result<Option<Vec<u8>>, BackupError> {
        Ok(self.0.take())
    }
}

/// A shop with two imports, of which one changes orders of the other, notes and settings.
fn shop() -> Desk {
    let mut desk = Desk::new();
    desk.import(&table(&trade(60)));
    let mut again = trade(60).split_off(40);
    again[0].status = "refunded";
    again.push(order("new", "dora", "2026-10-20", 10.0));
    desk.import(&table(&again));
    let ann = desk.list(super::searched("c7@")).rows[0].id;
    desk.ask(Request::EditCustomer(ann, CustomerEdit::Note("tea".to_owned())));
    desk.ask(Request::EditShop(ShopEdit::Name("Wool".to_owned())));
    desk.ask(Request::EditShop(ShopEdit::TierShares([5.0, 15.0, 30.0, 50.0])));
    desk
}

/// A device elsewhere, with nothing stored.
fn elsewhere() -> Desk {
    Desk::open(Place::new("Asia/Shanghai", "CN"), MemoryBackend::new())
}

pub fn backup(desk: &mut Desk) -> Vec<u8> {
    let mut text = Text(Vec::new());
    block_on(desk.engine.back_up(&mut text)).unwrap();
    text.0
}

pub fn look_into(desk: &Desk, text: &[u8]) -> Result<BackupView, Problem> {
    block_on(desk.engine.look_into(&mut Whole(Some(text.to_vec()))))
}

pub fn restore(desk: &mut Desk, text: &[u8]) -> Result<BackupView, Problem> {
    block_on(desk.engine.restore(&mut Whole(Some(text.to_vec())), None))
}

#[test]
fn another_device_gives_the_same_report_to_the_last_byte() {
    let mut desk = shop();
    let text = backup(&mut desk);
    let mut other = elsewhere();
    let foretold = look_into(&other, &text).unwrap();
    assert_eq!((foretold.imports, foretold.merges), (2, false));
    assert_eq!(restore(&mut other, &text).unwrap(), foretold);
    assert_eq!(other.report(), desk.report());
    assert_eq!(other.shop().profile, desk.shop().profile);
    let mut reopened = other.reopened();
    assert_eq!(reopened.report(), desk.report());
    assert_eq!(
        reopened.list(super::searched("c7@")).rows[0].id,
        desk.list(super::searched("c7@")).rows[0].id
    );
}

#[test]
fn the_sample_shop_gives_way_and_is_no_reason_to_merge() {
    let mut desk = shop();
    let text = backup(&mut desk);
    let mut other = elsewhere();
    other.ask(Request::LoadSample { chinese: false });
    assert!(!look_into(&other, &text).unwrap().merges);
    // What cannot be read takes nothing away.
    assert!(restore(&mut other, &text[..text.len() / 2]).is_err());
    assert!(other.shop().sample);
    restore(&mut other, &text).unwrap();
    assert!(!other.shop().sample);
    assert_eq!(other.report(), desk.report());
    // Taken out again, the sample shop does not come back.
    block_on(other.engine.undo_restore()).unwrap();
    assert!(other.shop().empty);
}

#[test]
fn a_used_device_gains_what_it_has_not_and_can_lose_it_again() {
    let mut desk = shop();
    let text = backup(&mut desk);
    let mut other = elsewhere();
    other.import(&table(&trade(60)));
    let before = (other.report(), other.shop().batches.len());
    let view = restore(&mut other, &text).unwrap();
    assert_eq!((view.imports, view.known_imports, view.merges), (1, 1, true));
    assert_eq!(other.figures().totals.orders, desk.figures().totals.orders);
    assert_eq!(block_on(other.engine.undo_restore()), Ok(Response::Done));
    assert_eq!((other.report(), other.shop().batches.len()), before);
    assert_eq!(block_on(other.engine.undo_restore()), Err(Problem::NotFound));
}

#[test]
fn what_was_changed_after_a_restore_is_not_lost_by_undoing_it() {
    let mut desk = shop();
    let text = backup(&mut desk);
    let mut other = elsewhere();
    restore(&mut other, &text).unwrap();
    other.ask(Request::EditShop(ShopEdit::Name("Silk".to_owned())));
    let refused = Problem::Backup(BackupFault::ChangedSince);
    assert_eq!(block_on(other.engine.undo_restore()), Err(refused));
    assert_eq!(other.shop().profile.name, "Silk");
}

#[test]
fn a_backup_that_cannot_be_read_changes_nothing() {
    let mut desk = shop();
    let text = backup(&mut desk);
    let mut other = elsewhere();
    other.import(&table(&[order(1, "ann", "2026-10-01", 5.0)]));
    let before = other.report();
    for (text, fault) in [
        (&b"order_id,total\n"[..], BackupFault::NotABackup),
        (&text[..text.len() / 2], BackupFault::CutShort),
    ] {
        assert_eq!(look_into(&other, text), Err(Problem::Backup(fault.clone())));
        assert_eq!(restore(&mut other, text), Err(Problem::Backup(fault)));
        assert_eq!(other.report(), before);
    }
}
