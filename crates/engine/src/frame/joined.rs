//! Imports that have not all of an order, made one with those that have the rest.
//!
//! What is stored is each table as it came. What several say together is worked out as imports come
//! into memory, so that they may come in any sequence and be taken back: joining is a part of their
//! fold, as the rule that the newest import of an order's number is in force.
//!
//! A platform's tables of orders, items, payments and accounts are one import, at the place of the
//! newest of them. An order is in it once its day and its amount are known; amounts are of the items
//! or else of the payments, never of both. An import whose orders have no lines has those that an
//! older one knows of the same orders.

use super::LoadedBatch;
use super::customers::CustomerField;
use crate::basket_columns::line_starts;
use foldhash::fast::FixedState;
use hashbrown::HashMap;
use model::{
    CustomerId, IdentityKey, LineTable, NO_CUSTOMER, OrderFlags, OrderTable, Part, ProductTable,
    TextColumn,
};
use store::Tables;

type Map<K, V> = HashMap<K, V, FixedState>;

/// Import and row.
type Place = (usize, usize);

/// Imports as figures are made of them.
#[derive(Debug, Default)]
pub struct Joined {
    /// Each with all of its orders, oldest first.
    pub whole: Vec<LoadedBatch>,
    /// Those as they were loaded that others stand for, oldest first.
    pub apart: Vec<LoadedBatch>,
}

impl Joined {
    /// Joins imports, oldest first.
    pub fn of(imports: Vec<LoadedBatch>) -> Joined {
        let mut joined = Joined::default();
        let last = |platform: &str| {
            imports.iter().rposition(|it| part_of(it).is_some_and(|known| known.0 == platform))
        };
        let lasts: Vec<Option<usize>> =
            imports.iter().map(|it| part_of(it).and_then(|(platform, _)| last(platform))).collect();
        for (at, (import, last)) in imports.into_iter().zip(lasts).enumerate() {
            if last.is_none() {
                joined.whole.push(import);
                continue;
            }
            joined.apart.push(import);
            if last == Some(at) {
                joined.whole.extend(assembled(&joined.apart));
            }
        }
        joined.lend_lines();
        joined
    }

    /// Gives imports without lines those that older ones have of their orders.
    fn lend_lines(&mut self) {
        for at in 1..self.whole.len() {
            let (older, rest) = self.whole.split_at_mut(at);
            borrow_lines(older, &mut rest[0]);
        }
    }

    /// The imports as they were loaded.
    pub fn into_imports(self) -> Vec<LoadedBatch> {
        let Joined { mut whole, apart } = self;
        whole.retain(|it| apart.iter().all(|other| other.id != it.id));
        for import in whole.iter_mut().filter(|it| it.has_lent_lines) {
            import.has_lent_lines = false;
            import.tables.products = ProductTable::default();
            import.tables.lines = LineTable::default();
        }
        whole.extend(apart);
        whole
    }
}

/// The platform and the part of an import that has not all of an order.
fn part_of(import: &LoadedBatch) -> Option<(&str, Part)> {
    Part::of_source(&import.source)
}

/// The tables of the newest import's platform as one import. The parts stand as they were imported.
fn assembled(parts: &[LoadedBatch]) -> Option<LoadedBatch> {
    let newest = parts.last()?;
    let (platform, _) = part_of(newest)?;
    let of_platform: Vec<(Part, &Tables)> = (parts.iter())
        .filter_map(|it| Some((part_of(it).filter(|known| known.0 == platform)?.1, &it.tables)))
        .collect();
    Some(LoadedBatch {
        id: newest.id,
        edition: newest.edition,
        source: platform.to_owned(),
        shop_key: newest.shop_key,
        unnamed_decimals: newest.unnamed_decimals,
        tables: joined_tables(platform, &of_platform),
        has_lent_lines: false,
    })
}

/// What the tables of a platform say together, oldest first.
pub fn joined_tables(platform: &str, parts: &[(Part, &Tables)]) -> Tables {
    let of = |part: Part| -> Vec<&Tables> {
        parts.iter().filter(|it| it.0 == part).map(|it| it.1).collect()
    };
    let (orders, items) = (of(Part::Orders), of(Part::Items));
    let (payments, accounts) = (of(Part::Payments), of(Part::Accounts));
    let newest = by_number(&orders);
    let (item_rows, payment_rows) = (by_number(&items), by_number(&payments));
    let mut tables = Tables::default();
    let mut buyers = Buyers::new(platform, &accounts);
    let mut goods = Goods::new(&items);
    for (import, table) in orders.iter().map(|it| &it.orders).enumerate() {
        for row in 0..table.len() {
            let number = table.number.bytes_of(row);
            if newest.get(number) != Some(&(import, row)) {
                continue;
            }
            let item = item_rows.get(number);
            let amounts = item
                .map(|&(at, row)| (&items[at].orders, row))
                .or_else(|| payment_rows.get(number).map(|&(at, row)| (&payments[at].orders, row)));
            let flags = table.flags[row];
            let is_unsold = flags.has(OrderFlags::CANCELLED) || flags.has(OrderFlags::UNPAID);
            let has_amounts = !(items.is_empty() && payments.is_empty());
            if amounts.is_none() && !(is_unsold && has_amounts) {
                continue;
            }
            let account = table.customer[row];
            let account =
                (account != NO_CUSTOMER).then(|| orders[import].customers.id[account as usize]);
            let customer = account.and_then(|it| buyers.meet(it, table.at[row]));
            let order = tables.orders.len() as u32;
            push_order(&mut tables.orders, (table, row), amounts, customer);
            if let Some(&place) = item {
                goods.hand_over(place, order, &mut tables);
            }
        }
    }
    buyers.finish(&mut tables);
    goods.finish(&mut tables.products);
    tables.cluster();
    tables
}

/// Where each number stands in the newest import that has it.
fn by_number<'a>(imports: &[&'a Tables]) -> Map<&'a [u8], Place> {
    let rows = imports.iter().map(|it| it.orders.len()).sum();
    let mut places = Map::with_capacity_and_hasher(rows, FixedState::default());
    for (import, tables) in imports.iter().enumerate() {
        let numbers = &tables.orders.number;
        places.extend((0..numbers.len()).map(|row| (numbers.bytes_of(row), (import, row))));
    }
    places
}

/// Adds an order whose day and state stand in one table and whose amounts in another; without amounts
/// it is one of nothing.
fn push_order(
    orders: &mut OrderTable,
    (table, row): (&OrderTable, usize),
    amounts: Option<(&OrderTable, usize)>,
    customer: Option<u32>,
) {
    orders.number.push(table.number.get(row));
    orders.customer.push(customer.unwrap_or(NO_CUSTOMER));
    orders.at.push(table.at[row]);
    orders.flags.push(table.flags[row]);
    let amount = |of: fn(&OrderTable, usize) -> i64| amounts.map_or(0, |(it, at)| of(it, at));
    orders.total.push(amount(|it, at| it.total[at]));
    orders.refunded.push(amount(|it, at| it.refunded[at]));
    let currency = match amounts {
        Some((it, at)) => it.currency_of(at),
        None => table.currency_of(row),
    };
    let known = orders.currencies.iter().position(|it| *it == currency);
    let code = known.unwrap_or_else(|| {
        orders.currencies.push(currency);
        orders.currencies.len() - 1
    });
    // A table has no more than 256 currencies, and there are fewer in the world.
    orders.currency.push(code as u8);
}

/// The people whose accounts orders are of.
struct Buyers<'a> {
    platform: &'a str,
    accounts: &'a [&'a Tables],
    by_account: Map<CustomerId, Place>,
    rows: Map<CustomerId, u32>,
    ids: Vec<CustomerId>,
    /// By person and field: since when, and of which account.
    newest: Vec<[Option<(i64, Place)>; CustomerField::ALL.len()]>,
}

impl<'a> Buyers<'a> {
    fn new(platform: &'a str, accounts: &'a [&'a Tables]) -> Buyers<'a> {
        let mut by_account = Map::default();
        for (import, tables) in accounts.iter().enumerate() {
            let ids = tables.customers.id.iter().enumerate();
            by_account.extend(ids.map(|(row, id)| (*id, (import, row))));
        }
        Buyers {
            platform,
            accounts,
            by_account,
            rows: Map::default(),
            ids: Vec::new(),
            newest: Vec::new(),
        }
    }

    /// The person of an account who ordered at a time; `None`: nobody knows whose it is.
    fn meet(&mut self, account: CustomerId, at: i64) -> Option<u32> {
        let place = *self.by_account.get(&account)?;
        let table = &self.accounts[place.0].customers;
        let name = table.name.get(place.1);
        if name.is_empty() {
            return None;
        }
        let id = IdentityKey::Member { platform: self.platform, name }.customer_id();
        let next = self.ids.len() as u32;
        let person = *self.rows.entry(id).or_insert(next);
        if person == next {
            self.ids.push(id);
            self.newest.push(Default::default());
        }
        let facts = self.newest[person as usize].iter_mut().zip(CustomerField::ALL);
        for (newest, field) in facts {
            let is_newer = newest.is_none_or(|(since, _)| at >= since);
            if is_newer && !field.of(table, place.1).is_empty() {
                *newest = Some((at, place));
            }
        }
        Some(person)
    }

    fn finish(self, tables: &mut Tables) {
        let column = |field: usize| {
            let texts = self.newest.iter().map(|facts| {
                facts[field].map_or("", |(_, (import, row))| {
                    CustomerField::ALL[field].of(&self.accounts[import].customers, row)
                })
            });
            texts.collect::<TextColumn>()
        };
        let customers = &mut tables.customers;
        let texts = CustomerField::ALL.iter().enumerate();
        for (at, field) in texts {
            *field.column_mut(customers) = column(at);
        }
        customers.id = self.ids;
    }
}

/// Lines of the items on their way to the orders that they are of.
struct Goods<'a> {
    items: &'a [&'a Tables],
    /// By import: where each order's lines begin.
    starts: Vec<Vec<u32>>,
    rows: Map<&'a [u8], u32>,
    products: ProductTable,
}

impl<'a> Goods<'a> {
    fn new(items: &'a [&'a Tables]) -> Goods<'a> {
        let starts = items.iter().map(|it| line_starts(&it.lines.order, it.orders.len()));
        Goods {
            items,
            starts: starts.collect(),
            rows: Map::default(),
            products: ProductTable::default(),
        }
    }

    /// Adds the lines that stand at a place to an order, which is the last so far.
    fn hand_over(&mut self, (import, row): Place, order: u32, tables: &mut Tables) {
        let starts = &self.starts[import];
        // Of an import without lines.
        let Some(from) = starts.get(row) else { return };
        let from_items = self.items[import];
        for line in *from as usize..starts[row + 1] as usize {
            let product = self.product(import, from_items.lines.product[line] as usize);
            let lines = &mut tables.lines;
            lines.order.push(order);
            lines.product.push(product);
            lines.quantity_milli.push(from_items.lines.quantity_milli[line]);
            lines.price.push(from_items.lines.price[line]);
        }
    }

    fn product(&mut self, import: usize, row: usize) -> u32 {
        let known = &self.items[import].products;
        let next = self.products.key.len() as u32;
        let product = *self.rows.entry(known.key.bytes_of(row)).or_insert(next);
        if product == next {
            self.products.key.push(known.key.get(row));
            self.products.name.push(known.name.get(row));
        }
        product
    }

    fn finish(self, products: &mut ProductTable) {
        *products = self.products;
    }
}

/// Gives an import that has no lines those that older ones of the same shop have of its orders.
fn borrow_lines(older: &[LoadedBatch], import: &mut LoadedBatch) {
    let orders = &import.tables.orders;
    if orders.is_empty() || !import.tables.lines.order.is_empty() {
        return;
    }
    let is_lender = |it: &&LoadedBatch| {
        let is_same_shop = it.source == import.source && it.shop_key == import.shop_key;
        is_same_shop && !it.tables.lines.order.is_empty()
    };
    let lenders: Vec<&Tables> = older.iter().filter(is_lender).map(|it| &it.tables).collect();
    let places = by_number(&lenders);
    let mut goods = Goods::new(&lenders);
    let mut lent = Tables::default();
    for row in 0..orders.len() {
        // The newest that knows the order has the word, even if it is that nothing was bought.
        if let Some(&place) = places.get(orders.number.bytes_of(row)) {
            goods.hand_over(place, row as u32, &mut lent);
        }
    }
    if !lent.lines.order.is_empty() {
        goods.finish(&mut lent.products);
        import.has_lent_lines = true;
        import.tables.products = lent.products;
        import.tables.lines = lent.lines;
    }
}
