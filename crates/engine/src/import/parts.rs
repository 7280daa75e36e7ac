//! Tables that have not all of an order: what one would change, and what is missing beside it.

use super::compare::Placement;
use super::{Found, InspectedFile};
use crate::frame::{CustomerField, joined_tables};
use crate::shop::Shop;
use foldhash::fast::FixedState;
use hashbrown::{HashMap, HashSet};
use model::Part;
use protocol::{Coded, DryRun};
use reader::WarningCode;
use store::Tables;
use xxhash_rust::xxh3::xxh3_128;

/// What is known of a platform's tables before a file, the oldest first: what is stored, then the
/// files of the same drop that are stored before it.
fn known_parts<'a>(
    shop: &'a Shop,
    earlier: &[&'a Found],
    platform: &str,
) -> Vec<(Part, &'a Tables)> {
    let stored = shop.frame.apart.iter().map(|it| (it.source.as_str(), &it.tables));
    let dropped = earlier.iter().map(|it| (it.platform.as_str(), &it.tables));
    let parts = stored.chain(dropped).filter_map(|(source, tables)| {
        let (of, part) = Part::of_source(source)?;
        (of == platform).then_some((part, tables))
    });
    parts.collect()
}

/// What storing a table would change of what is known of its platform. Orders and accounts are known
/// by any of the tables that name them: to those another one adds. Numbers are one order's for ever,
/// so that nothing has to be asked.
pub fn place(
    shop: &Shop,
    earlier: &[&Found],
    file: &Found,
    (platform, part): (&str, Part),
) -> Placement {
    let known = known_parts(shop, earlier, platform);
    let mut same: HashMap<u128, (&Tables, usize), FixedState> = HashMap::default();
    for (_, tables) in known.iter().filter(|it| it.0 == part) {
        same.extend((0..rows(tables, part)).map(|row| (key(tables, part, row), (*tables, row))));
    }
    let others = known.iter().filter(|it| it.0 != part).map(|it| it.1);
    let whole = shop.frame.batches.iter().filter(|it| it.source == platform).map(|it| &it.tables);
    let mut named: HashSet<u128, FixedState> = HashSet::default();
    for tables in others.chain(whole) {
        named.extend((0..rows(tables, part)).map(|row| key(tables, part, row)));
    }
    let mut run = DryRun::default();
    for row in 0..rows(&file.tables, part) {
        let key = key(&file.tables, part, row);
        match same.get(&key) {
            Some(&before) if says_the_same(before, (&file.tables, row), part) => run.identical += 1,
            Some(_) => run.updated += 1,
            None if named.contains(&key) => run.updated += 1,
            None => run.new += 1,
        }
    }
    Placement { shop_key: 0, dry_run: run, question: None }
}

/// How many orders, or accounts, a table names.
fn rows(tables: &Tables, part: Part) -> usize {
    if part == Part::Accounts { tables.customers.len() } else { tables.orders.len() }
}

/// What the order, or account, of a row is known by.
fn key(tables: &Tables, part: Part, row: usize) -> u128 {
    match part {
        Part::Accounts => tables.customers.id[row].0,
        Part::Orders | Part::Items | Part::Payments => xxh3_128(tables.orders.number.bytes_of(row)),
    }
}

type Row<'a> = (&'a Tables, usize);

fn says_the_same(one: Row<'_>, other: Row<'_>, part: Part) -> bool {
    match part {
        Part::Accounts => CustomerField::ALL.iter().all(|field| {
            let text = |(tables, row): Row<'_>| field.of(&tables.customers, row).to_owned();
            text(one) == text(other)
        }),
        Part::Orders | Part::Items | Part::Payments => super::compare::says_the_same(one, other),
    }
}

/// The orders that the tables of each platform come to together, in files of a drop that are not
/// stored yet: beside what is stored, for records about people that name them.
pub fn joined_of(shop: &Shop, earlier: &[&Found]) -> Vec<(String, Tables)> {
    let mut platforms: Vec<&str> =
        earlier.iter().filter_map(|it| Some(Part::of_source(&it.platform)?.0)).collect();
    platforms.sort_unstable();
    platforms.dedup();
    let joined = platforms.into_iter().map(|platform| {
        let parts = known_parts(shop, earlier, platform);
        (platform.to_owned(), joined_tables(platform, &parts))
    });
    joined.collect()
}

/// Says of each table that is to be stored what is missing beside it. Only when all files of a drop
/// are known: any of them may bring it.
pub fn note_missing(shop: &Shop, files: &mut [InspectedFile]) {
    let found: Vec<&Found> = files.iter().filter_map(InspectedFile::to_store).collect();
    let missing: Vec<Vec<WarningCode>> = (files.iter())
        .map(|file| {
            let stored = file.to_store();
            let part = stored.and_then(|it| Part::of_source(&it.platform));
            part.map_or_else(Vec::new, |(platform, part)| {
                let known = known_parts(shop, &found, platform);
                missing_beside(part, |wanted| known.iter().any(|it| it.0 == wanted))
            })
        })
        .collect();
    for (file, codes) in files.iter_mut().zip(missing) {
        let report = &mut file.report;
        report.grave += codes.len() as u32;
        let said = codes.into_iter().map(|code| Coded {
            code: code.code().to_owned(),
            detail: String::new(),
            count: 1,
            line: None,
        });
        report.warnings.splice(0..0, said);
    }
}

/// What is missing beside a table.
fn missing_beside(part: Part, has: impl Fn(Part) -> bool) -> Vec<WarningCode> {
    let mut missing = Vec::new();
    match part {
        Part::Orders => {
            if !has(Part::Items) && !has(Part::Payments) {
                missing.push(WarningCode::OrdersWithoutAmounts);
            }
            if !has(Part::Accounts) {
                missing.push(WarningCode::OrdersWithoutCustomers);
            }
        }
        Part::Items | Part::Payments if !has(Part::Orders) => {
            missing.push(WarningCode::AmountsWithoutOrders);
        }
        Part::Accounts if !has(Part::Orders) => {
            missing.push(WarningCode::CustomersWithoutOrders);
        }
        Part::Items | Part::Payments | Part::Accounts => {}
    }
    missing
}
