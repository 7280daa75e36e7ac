//! What a file about people would change, and whose its records are.

use super::compare::Placement;
use super::{Found, parts};
use crate::frame::{
    Directory, Fingerprint, Fingerprints, Looked, Names, Wanted, customer_of, platforms,
};
use crate::shop::Shop;
use foldhash::fast::FixedState;
use hashbrown::{HashMap, HashSet};
use model::{CustomerId, IdentityKey, NO_CUSTOMER, OrderState, Part, RecordKind};
use protocol::{DryRun, Links};
use store::Tables;

/// What is known when a file is looked at, the oldest first: what is stored, then the files of the
/// same drop that are stored before it.
fn known_before<'a>(shop: &'a Shop, earlier: &[&'a Found]) -> Vec<(&'a str, &'a Tables)> {
    let stored = shop.frame.batches.iter().map(|it| (it.source.as_str(), &it.tables));
    // A table that has not all of an order names nobody.
    let whole = earlier.iter().filter(|it| Part::of_source(&it.platform).is_none());
    stored.chain(whole.map(|it| (it.platform.as_str(), &it.tables))).collect()
}

/// What storing a file about people would change. It has no shop of its own: whose its records are,
/// keys tell.
pub fn place(shop: &Shop, earlier: &[&Found], file: &Found, kind: RecordKind) -> Placement {
    let before = known_before(shop, earlier);
    let mut known: HashMap<u64, u64, FixedState> = HashMap::default();
    for (source, tables) in &before {
        let prints = Fingerprints::of(source, tables);
        known.extend((0..tables.people.count(kind)).map(|row| {
            let Fingerprint { key, content } = prints.get(kind, row);
            (key, content)
        }));
    }
    let is_customer = customers_among(&before, file, kind);
    let prints = Fingerprints::of(&file.platform, &file.tables);
    let mut run = DryRun::default();
    // Of a record that comes twice in the file the last counts.
    let rows = 0..file.tables.people.count(kind);
    let own: HashMap<u64, (u64, usize), FixedState> = rows
        .map(|row| (prints.get(kind, row), row))
        .map(|(print, row)| (print.key, (print.content, row)))
        .collect();
    for (key, (content, row)) in own {
        match known.get(&key) {
            Some(before) if *before == content => run.identical += 1,
            Some(_) => run.updated += 1,
            // Somebody who is known by orders gets further facts.
            None if is_customer.get(row).is_some_and(|known| *known) => run.updated += 1,
            None => run.new += 1,
        }
    }
    Placement { shop_key: 0, dry_run: run, question: None }
}

/// By row of a contact list, whether the person is a customer already; of other files nothing.
fn customers_among(before: &[(&str, &Tables)], file: &Found, kind: RecordKind) -> Vec<bool> {
    let of_rows = match kind {
        RecordKind::Contacts => &file.tables.people.contacts.customer,
        RecordKind::Summaries => &file.tables.people.summaries.customer,
        _ => return Vec::new(),
    };
    let ids = &file.tables.customers.id;
    let wanted: HashSet<CustomerId, FixedState> = ids.iter().copied().collect();
    let all = before.iter().flat_map(|(_, tables)| &tables.customers.id);
    let known: HashSet<CustomerId, FixedState> =
        all.copied().filter(|id| wanted.contains(id)).collect();
    of_rows.iter().map(|&it| known.contains(&ids[it as usize])).collect()
}

/// Whose the records of a file are, as far as is known before it.
pub fn links(shop: &Shop, earlier: &[&Found], file: &Found, kind: RecordKind) -> Links {
    // Summaries are of those whom they name.
    if kind == RecordKind::Summaries {
        return Links::default();
    }
    let joined = parts::joined_of(shop, earlier);
    let mut before = known_before(shop, earlier);
    before.extend(joined.iter().map(|(platform, tables)| (platform.as_str(), tables)));
    let tables: Vec<&Tables> = before.iter().map(|it| it.1).collect();
    if kind == RecordKind::Contacts {
        return of_contacts(shop, earlier, file);
    }
    let platforms = platforms(before.iter().map(|it| it.0));
    let mut wanted = Wanted::default();
    wanted.add(&file.tables.people, &platforms);
    let directory = wanted.look_up(&tables);
    let mut links = Links::default();
    for row in 0..file.tables.people.count(kind) {
        let names = Names::of(&file.tables.people, kind, row);
        let found = directory.person(names, &platforms);
        let has_contact = !names.email.is_empty() || !names.phone.is_empty();
        let group = match found {
            Looked::One(_) => &mut links.known,
            Looked::Several => &mut links.shared,
            Looked::Nobody if has_contact => &mut links.unknown,
            Looked::Nobody => &mut links.nobody,
        };
        *group += 1;
        count_order(&mut links, &directory, &tables, names, found);
    }
    links
}

/// Counts the order that a record names.
fn count_order(
    links: &mut Links,
    directory: &Directory,
    tables: &[&Tables],
    names: Names,
    found: Looked,
) {
    if names.order.is_empty() {
        return;
    }
    let places = directory.orders(names);
    if places.is_empty() {
        links.orphans += 1;
        return;
    }
    links.orders += 1;
    // Nobody on record has the address: it is another's all the same.
    let id = match found {
        Looked::One(person) => Some(person.id),
        _ if names.email.is_empty() => None,
        _ => Some(IdentityKey::Email(names.email).customer_id()),
    };
    let Some(id) = id else { return };
    let of: Vec<CustomerId> =
        places.iter().filter_map(|&place| customer_of(tables, place)).map(|it| it.id).collect();
    if !of.is_empty() && !of.contains(&id) {
        links.of_others += 1;
    }
}

/// Contacts by whether they have orders, and whether they claim more than there are.
fn of_contacts(shop: &Shop, earlier: &[&Found], file: &Found) -> Links {
    let ids = &file.tables.customers.id;
    let wanted: HashMap<CustomerId, usize, FixedState> = ids.iter().copied().zip(0..).collect();
    // By row of the file's customers: orders, and those that count.
    let mut orders = vec![(0_u32, 0_u32); ids.len()];
    let mut count = |id: CustomerId, state: OrderState| {
        if let Some(&row) = wanted.get(&id) {
            orders[row].0 += 1;
            orders[row].1 += u32::from(state.counts());
        }
    };
    let frame = &shop.frame;
    for customer in 0..frame.customers.len() as u32 {
        let id = frame.customers.id(&frame.batches, customer);
        if wanted.contains_key(&id) {
            let of_customer = frame.orders.of_customer(customer);
            of_customer.for_each(|order| count(id, frame.orders.state[order]));
        }
    }
    for tables in earlier.iter().map(|it| &it.tables) {
        for (order, &customer) in tables.orders.customer.iter().enumerate() {
            if customer != NO_CUSTOMER {
                count(tables.customers.id[customer as usize], tables.orders.state(order));
            }
        }
    }
    let mut links = Links::default();
    let contacts = &file.tables.people.contacts;
    for (at, &customer) in contacts.customer.iter().enumerate() {
        let (all, valid) = orders[customer as usize];
        *(if all > 0 { &mut links.known } else { &mut links.unknown }) += 1;
        // Of somebody without any order the file of orders may be missing.
        let claim = contacts.claimed_orders[at].filter(|_| all > 0);
        links.claims += u32::from(claim.is_some_and(|claim| claim > valid));
    }
    links
}
