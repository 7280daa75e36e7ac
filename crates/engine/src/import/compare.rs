//! What a file would change of what is known.

use super::Choices;
use crate::frame::NumberIndex;
use crate::shop::Shop;
use model::{CustomerId, NO_CUSTOMER};
use protocol::{DryRun, Question};
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

/// Which shop of the platform a file belongs to, and what it would change there.
///
/// Order numbers are unique within a shop only. A file most of whose known numbers stand for
/// plainly other orders is taken as another shop's, and the user is asked.
pub fn place(shop: &Shop, source: &str, tables: &Tables, choices: &Choices) -> (u32, DryRun) {
    let mut keys: Vec<u32> = shop.frame.batches.iter().filter(|it| it.source == source).map(|it| it.shop_key).collect();
    keys.sort_unstable();
    keys.dedup();
    let new = tables.orders.len() as u32;
    let next = keys.last().map_or(0, |last| last + 1);
    let numbers = (!keys.is_empty()).then(|| NumberIndex::new(tables));
    let runs = keys.iter().filter_map(|&key| Some((key, against(shop, source, key, tables, numbers.as_ref()?))));
    let best = runs.max_by_key(|(_, run)| (run.identical + run.updated).saturating_sub(run.clashing));
    let Some((key, run)) = best else {
        return (0, DryRun { new, ..DryRun::default() });
    };
    let chosen = choices.iter().find(|(code, _)| code == OTHER_SHOP).map(|(_, choice)| choice.as_str());
    let another = chosen.map_or_else(|| is_another(&run), |choice| choice == ANOTHER);
    if another {
        (next, DryRun { new, clashing: run.clashing, ..DryRun::default() })
    } else {
        (key, run)
    }
}

/// Whether most of the numbers that are known stand for plainly other orders.
const fn is_another(run: &DryRun) -> bool {
    run.clashing > run.identical + run.updated
}

/// The question whose order numbers these are, when numbers clash.
pub fn question(run: &DryRun, choices: &Choices) -> Option<Question> {
    if run.clashing == 0 {
        return None;
    }
    let chosen = choices.iter().find(|(code, _)| code == OTHER_SHOP).map(|(_, choice)| choice.as_str());
    let another = chosen.map_or(run.identical + run.updated == 0, |choice| choice == ANOTHER);
    let order = if another { [ANOTHER, SAME] } else { [SAME, ANOTHER] };
    Some(Question {
        code: OTHER_SHOP.to_owned(),
        choices: order.map(str::to_owned).to_vec(),
        detail: run.clashing.to_string(),
    })
}

/// Compares a file with the orders in force of one shop.
fn against(shop: &Shop, source: &str, key: u32, tables: &Tables, numbers: &NumberIndex) -> DryRun {
    let frame = &shop.frame;
    let mut run = DryRun::default();
    let mut known = 0;
    for order in 0..frame.orders.len() {
        let place = frame.orders.at(order);
        let batch = &frame.batches[usize::from(place.batch)];
        if batch.source != source || batch.shop_key != key {
            continue;
        }
        let old = (&batch.tables, place.row as usize);
        let Some(row) = numbers.find(old.0.orders.number.bytes_of(old.1)) else { continue };
        known += 1;
        let new = (tables, row as usize);
        if says_the_same(old, new) {
            run.identical += 1;
        } else if is_other_order(old, new) {
            run.clashing += 1;
        } else {
            run.updated += 1;
        }
    }
    run.new = tables.orders.len() as u32 - known;
    run
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

/// Status, refund and even the total of an order change; its customer and its day do not both.
fn is_other_order(one: Row, other: Row) -> bool {
    let day = |(tables, row): Row| tables.orders.at[row].div_euclid(86_400);
    customer(one) != customer(other) && day(one).abs_diff(day(other)) > 1
}

fn customer((tables, row): Row) -> Option<CustomerId> {
    let customer = tables.orders.customer[row];
    (customer != NO_CUSTOMER).then(|| tables.customers.id[customer as usize])
}
