//! What a file would change of what is known.

use super::Found;
use crate::frame::NumberIndex;
use crate::shop::Shop;
use model::{CustomerId, NO_CUSTOMER};
use protocol::{Answer, Choice, DryRun, Question};
use std::cmp::Reverse;
use std::collections::BTreeSet;
use store::{Backend, BatchId, Erased, Store, Tables};

/// Stable code of the question whose order numbers these are.
const OTHER_SHOP: &str = "other_shop";
/// Answer: another shop's.
const ANOTHER: &str = "another";
/// Answer: the shop's that is known, so that the file's orders replace those known.
const SAME: &str = "same";
/// Answer where several shops are known: this one's. Its number follows.
const SHOP: &str = "shop_";

/// The live imports of a store.
#[derive(Debug)]
pub struct Known {
    imports: Vec<Import>,
    /// Whether orders of the user's own are among them: they have settled the shop's facts.
    pub has_orders: bool,
    /// Who is erased: of them nothing comes back.
    pub erased: Erased,
}

#[derive(Debug)]
struct Import {
    content_hash: u128,
    /// None of its rows are gone.
    is_whole: bool,
    imported_at_ms: u64,
    source: String,
    shop_key: u32,
    file_name: String,
}

impl Known {
    /// The live imports of a store, of which some are `damaged`.
    pub fn of<B: Backend>(store: &Store<B>, damaged: &[BatchId]) -> Known {
        let manifest = store.manifest();
        let import = |it: &store::BatchEntry| Import {
            content_hash: it.content_hash,
            is_whole: !damaged.contains(&it.id),
            imported_at_ms: it.imported_at_ms,
            source: it.source.clone(),
            shop_key: it.shop_key,
            file_name: it.file_name.clone(),
        };
        Known {
            imports: manifest.live_batches().map(import).collect(),
            has_orders: super::settling::has_orders(manifest),
            erased: store.erased(),
        }
    }

    /// When the very same content was imported, in milliseconds since 1970. The file of an import that
    /// is damaged is as good as new.
    pub fn imported_ms(&self, content_hash: u128) -> Option<u64> {
        let is_same = |it: &&Import| it.is_whole && it.content_hash == content_hash;
        let same = self.imports.iter().find(is_same);
        same.map(|it| it.imported_at_ms)
    }
}

/// What people know a shop by: the name of its newest file.
fn known_by<'a>(known: &'a Known, earlier: &[&'a Found], source: &str, key: u32) -> &'a str {
    let mut dropped = earlier.iter().rev().filter(|it| it.platform == source && it.shop_key == key);
    let stored = || known.imports.iter().rfind(|it| it.source == source && it.shop_key == key);
    let name = dropped.next().map(|it| &it.file_name).or_else(|| stored().map(|it| &it.file_name));
    name.map_or("", String::as_str)
}

/// Where a file belongs.
#[derive(Debug)]
pub struct Placement {
    /// Which shop of its platform.
    pub shop_key: u32,
    /// What it would change there.
    pub dry_run: DryRun,
    /// What has to be asked, if the numbers do not tell.
    pub question: Option<Question>,
}

/// Which shop of the platform a file belongs to, and what it would change there. `earlier` are the
/// files of the same drop that are stored before it.
///
/// Order numbers are unique within a shop only. A file most of whose known numbers stand for plainly
/// other orders is taken as another shop's, and the user is asked; so too where several shops are
/// known and the numbers do not tell whose the file is.
pub fn place(
    shop: &Shop,
    known: &Known,
    earlier: &[&Found],
    file: &Found,
    answers: &[Answer],
) -> Placement {
    let new = DryRun { new: file.tables.orders.len() as u32, ..DryRun::default() };
    let keys = shops_of(shop, earlier, &file.platform);
    let Some(next) = keys.last().map(|last| last + 1) else {
        return Placement { shop_key: 0, dry_run: new, question: None };
    };
    let numbers = NumberIndex::new(&file.tables);
    let run = |key| (key, against(shop, earlier, key, file, &numbers));
    let mut runs: Vec<(u32, DryRun)> = keys.into_iter().map(run).collect();
    // The likeliest first. Where nothing tells, it is the first shop.
    tiny_sort::stable::sort_by_key(&mut runs, |(key, run)| (Reverse(likeness(run)), *key));
    let chosen = answers.iter().find(|it| it.question == OTHER_SHOP).map(|it| it.choice.as_str());
    let place = place_of(&runs, chosen);
    // The numbers tell if they fit one shop, fit it better than any other, and none clashes.
    let best = &runs[0].1;
    let told = runs.len() == 1
        || likeness(best) > runs[1..].iter().map(|it| likeness(&it.1)).max().unwrap_or(0).max(0);
    let question = (best.clashing > 0 || !told).then(|| {
        question(&runs, place.map(|(key, _)| key), |key| {
            known_by(known, earlier, &file.platform, key)
        })
    });
    let (shop_key, dry_run) = match place {
        // The file has the last word on its numbers, on those too that stood for other orders.
        Some((key, run)) => (key, DryRun { updated: run.updated + run.clashing, ..run }),
        None => (next, DryRun { clashing: best.clashing, ..new }),
    };
    Placement { shop_key, dry_run, question }
}

/// The shops of a platform, stored or dropped.
fn shops_of(shop: &Shop, earlier: &[&Found], source: &str) -> BTreeSet<u32> {
    let stored = shop.frame.batches.iter().map(|it| (it.source.as_str(), it.shop_key));
    let dropped = earlier.iter().map(|it| (it.platform.as_str(), it.shop_key));
    stored.chain(dropped).filter(|(of, _)| *of == source).map(|(_, key)| key).collect()
}

/// The known shop that the file is taken as; `None`: another. As the user says, else another if
/// most of the numbers that are known stand for plainly other orders.
fn place_of(runs: &[(u32, DryRun)], chosen: Option<&str>) -> Option<(u32, DryRun)> {
    let best = runs[0];
    match chosen {
        Some(ANOTHER) => None,
        Some(SAME) => Some(best),
        Some(choice) => {
            let key = choice.strip_prefix(SHOP).and_then(|key| key.parse().ok());
            Some(runs.iter().find(|(it, _)| Some(*it) == key).copied().unwrap_or(best))
        }
        None => (likeness(&best.1) >= 0).then_some(best),
    }
}

/// How many more of the known numbers stand for the same orders than for others.
fn likeness(run: &DryRun) -> i64 {
    i64::from(run.identical) + i64::from(run.updated) - i64::from(run.clashing)
}

/// The question whose order numbers these are. `taken` is the shop that is assumed or was chosen.
fn question<'a>(
    runs: &[(u32, DryRun)],
    taken: Option<u32>,
    known_by: impl Fn(u32) -> &'a str,
) -> Question {
    let clashing = runs[0].1.clashing;
    let choice = |&(key, _): &(u32, DryRun)| match runs.len() {
        1 => (Some(key), choice_of(SAME, "")),
        _ => (Some(key), choice_of(&format!("{SHOP}{key}"), known_by(key))),
    };
    let mut choices: Vec<_> = runs.iter().map(choice).collect();
    choices.push((None, choice_of(ANOTHER, "")));
    // The answer in force stands first.
    tiny_sort::stable::sort_by_key(&mut choices, |(key, _)| *key != taken);
    Question {
        code: OTHER_SHOP.to_owned(),
        choices: choices.into_iter().map(|(_, choice)| choice).collect(),
        detail: if clashing > 0 { clashing.to_string() } else { String::new() },
    }
}

fn choice_of(code: &str, detail: &str) -> Choice {
    Choice { code: code.to_owned(), detail: detail.to_owned() }
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
        earlier.iter().rev().filter(|it| it.platform == file.platform && it.shop_key == key)
    {
        (0..found.tables.orders.len()).for_each(|row| met.meet((&found.tables, row)));
    }
    let frame = &shop.frame;
    for order in 0..frame.orders.len() {
        let place = frame.orders.at(order);
        let batch = &frame.batches[usize::from(place.batch)];
        if batch.source == file.platform && batch.shop_key == key {
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

/// Whether two rows say the same of their order.
pub fn says_the_same(one: Row, other: Row) -> bool {
    let facts = |(tables, row): Row| {
        let orders = &tables.orders;
        let (flags, currency) = (orders.flags[row], orders.currency_of(row));
        (orders.at[row], orders.total[row], orders.refunded[row], flags, currency)
    };
    facts(one) == facts(other)
        && customer(one) == customer(other)
        && discount(one) == discount(other)
        && channel(one) == channel(other)
        && lines(one).eq(lines(other))
}

/// `None`: the source does not say.
fn discount((tables, row): Row) -> Option<i64> {
    tables.orders.discount.get(row).copied()
}

fn channel((tables, row): Row<'_>) -> &str {
    tables.orders.channel.get(row)
}

/// What was bought: product, quantity and price of each line.
fn lines((tables, row): Row<'_>) -> impl Iterator<Item = (&[u8], i64, i64)> {
    let (lines, row) = (&tables.lines, row as u32);
    let first = lines.order.partition_point(|order| *order < row);
    let of_order = lines.order[first..].iter().take_while(move |order| **order == row).count();
    (first..first + of_order).map(move |line| {
        let product = tables.products.key.bytes_of(lines.product[line] as usize);
        (product, lines.quantity_milli[line], lines.price[line])
    })
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
