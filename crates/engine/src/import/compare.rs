//! What a file would change of what is known.

use super::{Choices, Found};
use crate::frame::NumberIndex;
use crate::shop::Shop;
use model::{CustomerId, NO_CUSTOMER};
use protocol::{DryRun, Question};
use std::collections::BTreeSet;
use store::{Manifest, Tables};

/// Stable code of the question whose order numbers these are.
const OTHER_SHOP: &str = "other_shop";
/// Answer: another shop's.
const ANOTHER: &str = "another";
/// Answer: the same shop's, so that the file's orders replace those known.
const SAME: &str = "same";

/// The imports of the past, by content.
#[derive(Debug)]
pub struct Known(Vec<(u128, u64)>);

impl Known {
    /// The live imports of a store.
    pub fn of(manifest: &Manifest) -> Known {
        Known(manifest.live_batches().map(|it| (it.content_hash, it.imported_at_ms)).collect())
    }

    /// When the very same content was imported, in milliseconds since 1970.
    pub fn imported_ms(&self, content_hash: u128) -> Option<u64> {
        self.0.iter().find(|(hash, _)| *hash == content_hash).map(|&(_, at)| at)
    }
}

/// Which shop of the platform a file belongs to, and what it would change there. `earlier` are the
/// files of the same drop that are stored before it.
///
/// Order numbers are unique within a shop only. A file most of whose known numbers stand for
/// plainly other orders is taken as another shop's, and the user is asked.
pub fn place(shop: &Shop, earlier: &[&Found], file: &Found, choices: &Choices) -> (u32, DryRun) {
    let source = file.source();
    let stored = shop.frame.batches.iter().map(|it| (it.source.as_str(), it.shop_key));
    let dropped = earlier.iter().map(|it| (it.source(), it.shop_key));
    let of_platform = stored.chain(dropped).filter(|(of, _)| *of == source);
    let keys: BTreeSet<u32> = of_platform.map(|(_, key)| key).collect();
    let new = file.tables.orders.len() as u32;
    let Some(next) = keys.last().map(|last| last + 1) else {
        return (0, DryRun { new, ..DryRun::default() });
    };
    let numbers = NumberIndex::new(&file.tables);
    let runs = keys.into_iter().map(|key| (key, against(shop, earlier, key, file, &numbers)));
    // Where nothing tells, it is the first shop's.
    let best = runs.max_by_key(|(key, run)| {
        (known_again(run).saturating_sub(run.clashing), std::cmp::Reverse(*key))
    });
    let (key, run) = best.unwrap_or_default();
    if is_another(&run, choices) {
        (next, DryRun { new, clashing: run.clashing, ..DryRun::default() })
    } else {
        // The file has the last word on its numbers, on those too that stood for other orders.
        (key, DryRun { updated: run.updated + run.clashing, ..run })
    }
}

/// Known numbers that stand for the same orders.
const fn known_again(run: &DryRun) -> u32 {
    run.identical + run.updated
}

/// Whether the file is another shop's: as the user says, else if most of the numbers that are
/// known stand for plainly other orders.
fn is_another(run: &DryRun, choices: &Choices) -> bool {
    let chosen = choices.iter().find(|(code, _)| code == OTHER_SHOP);
    chosen.map_or(run.clashing > known_again(run), |(_, choice)| choice == ANOTHER)
}

/// The question whose order numbers these are, when numbers clash. `run` is of [`place`]: it has
/// known orders only if the file was taken as the same shop's.
pub fn question(run: &DryRun) -> Option<Question> {
    if run.clashing == 0 {
        return None;
    }
    let order = if known_again(run) == 0 { [ANOTHER, SAME] } else { [SAME, ANOTHER] };
    Some(Question {
        code: OTHER_SHOP.to_owned(),
        choices: order.map(str::to_owned).to_vec(),
        detail: run.clashing.to_string(),
    })
}

/// Compares a file with the orders in force of one shop. Numbers that clash are counted apart.
fn against(
    shop: &Shop,
    earlier: &[&Found],
    key: u32,
    file: &Found,
    numbers: &NumberIndex,
) -> DryRun {
    let mut met =
        Met { file, numbers, rows: vec![false; file.tables.orders.len()], run: DryRun::default() };
    // The newest is in force: files of the drop before what is stored, later ones first.
    for found in
        earlier.iter().rev().filter(|it| it.source() == file.source() && it.shop_key == key)
    {
        (0..found.tables.orders.len()).for_each(|row| met.meet((&found.tables, row)));
    }
    let frame = &shop.frame;
    for order in 0..frame.orders.len() {
        let place = frame.orders.at(order);
        let batch = &frame.batches[usize::from(place.batch)];
        if batch.source == file.source() && batch.shop_key == key {
            met.meet((&batch.tables, place.row as usize));
        }
    }
    met.run.new = met.rows.iter().filter(|met| !**met).count() as u32;
    met.run
}

/// The rows of a file that have met an order known before.
struct Met<'a> {
    file: &'a Found,
    numbers: &'a NumberIndex<'a>,
    rows: Vec<bool>,
    run: DryRun,
}

impl Met<'_> {
    fn meet(&mut self, old: Row) {
        let Some(row) = self.numbers.find(old.0.orders.number.bytes_of(old.1)) else { return };
        let row = row as usize;
        if std::mem::replace(&mut self.rows[row], true) {
            return;
        }
        let new = (&self.file.tables, row);
        if says_the_same(old, new) {
            self.run.identical += 1;
        } else if is_other_order(old, new) {
            self.run.clashing += 1;
        } else {
            self.run.updated += 1;
        }
    }
}

type Row<'a> = (&'a Tables, usize);

fn says_the_same(one: Row, other: Row) -> bool {
    let facts = |(tables, row): Row| {
        let orders = &tables.orders;
        let (flags, currency) = (orders.flags[row], orders.currency_of(row));
        (orders.at[row], orders.total[row], orders.refunded[row], flags, currency)
    };
    facts(one) == facts(other) && customer(one) == customer(other)
}

/// Status, refund and even the total of an order change; its customer and its day do not both. A
/// customer that neither names says nothing.
fn is_other_order(one: Row, other: Row) -> bool {
    let day = |(tables, row): Row| tables.orders.at[row].div_euclid(86_400);
    let same_customer = customer(one).is_some() && customer(one) == customer(other);
    !same_customer && day(one).abs_diff(day(other)) > 1
}

fn customer((tables, row): Row) -> Option<CustomerId> {
    let customer = tables.orders.customer[row];
    (customer != NO_CUSTOMER).then(|| tables.customers.id[customer as usize])
}
