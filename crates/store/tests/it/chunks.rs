//! Tables become chunks and tables again; anything else becomes an error.

use crate::sample;
use model::{
    Currency, CustomerId, CustomerTable, LineTable, NO_CUSTOMER, OrderFlags, OrderTable,
    ProductTable, TextColumn,
};
use proptest::collection::vec;
use proptest::prelude::*;
use store::codec::CodecError;
use store::{CHUNK_ROWS, ChunkKind, Tables};
use xxhash_rust::xxh3::xxh3_64;

fn encode(tables: &Tables) -> Vec<Vec<u8>> {
    tables.check().unwrap();
    tables.pieces().iter().map(|piece| tables.encode(piece).unwrap()).collect()
}

fn join(chunks: &[Vec<u8>]) -> Tables {
    let mut tables = Tables::default();
    for chunk in chunks {
        tables.append(chunk).unwrap();
    }
    tables
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[A-Z]{0,2}[0-9]{0,20}", "\\PC{0,6}", Just("SO00000017".to_owned())]
}

fn texts(rows: usize) -> impl Strategy<Value = TextColumn> {
    vec(text(), rows).prop_map(|texts| texts.iter().map(String::as_str).collect())
}

fn number() -> impl Strategy<Value = i64> {
    prop_oneof![0..300_i64, any::<i32>().prop_map(i64::from), any::<i64>()]
}

fn orders(customers: u32) -> impl Strategy<Value = OrderTable> {
    let currencies = vec![None, Some(Currency::CNY), Some(Currency::USD)];
    (1..40_usize, any::<bool>(), any::<bool>()).prop_flat_map(move |(rows, discount, channel)| {
        let customer = prop_oneof![Just(NO_CUSTOMER), 0..customers];
        let channels = prop::sample::select(vec!["", "web", "微店", "app"]);
        let numbers = (vec(number(), rows), vec(number(), rows), vec(number(), rows));
        let discounts = vec(number(), if discount { rows } else { 0 });
        let codes = (vec(0..3_u8, rows), vec(any::<u8>(), rows));
        let channels = vec(channels, if channel { rows } else { 0 });
        let currencies = currencies.clone();
        (texts(rows), vec(customer, rows), numbers, discounts, codes, channels).prop_map(
            move |(number, customer, (at, total, refunded), discount, (currency, flags), names)| {
                let mut table = OrderTable {
                    number,
                    customer,
                    at,
                    total,
                    refunded,
                    discount,
                    currency,
                    currencies: currencies.clone(),
                    flags: flags.into_iter().map(OrderFlags::from_bits).collect(),
                    ..OrderTable::default()
                };
                for name in names {
                    table.channel.push(name);
                }
                table
            },
        )
    })
}

fn customers(rows: usize) -> impl Strategy<Value = CustomerTable> {
    let columns = (texts(rows), texts(rows), texts(rows), texts(rows), texts(rows), texts(rows));
    (vec(any::<u128>(), rows), columns).prop_map(
        |(ids, (email, phone, name, city, region, country))| CustomerTable {
            id: ids.into_iter().map(CustomerId).collect(),
            email,
            phone,
            name,
            city,
            region,
            country,
        },
    )
}

fn tables() -> impl Strategy<Value = Tables> {
    (customers(9), orders(9), texts(5), texts(5), 0..30_usize).prop_flat_map(
        |(customers, orders, key, name, rows)| {
            let products = ProductTable { key, name };
            let order = vec(0..orders.len() as u32, rows);
            (order, vec(0..5_u32, rows), vec(number(), rows), vec(number(), rows)).prop_map(
                move |(order, product, quantity_milli, price)| Tables {
                    orders: orders.clone(),
                    customers: customers.clone(),
                    products: products.clone(),
                    lines: LineTable { order, product, quantity_milli, price },
                    ..Tables::default()
                },
            )
        },
    )
}

proptest! {
    #[test]
    fn tables_come_back_as_they_were(tables in tables()) {
        prop_assert_eq!(join(&encode(&tables)), tables);
    }

    #[test]
    fn any_damage_is_detected(
        tables in tables(), at in any::<prop::sample::Index>(), flip in 1..=u8::MAX,
    ) {
        for mut chunk in encode(&tables) {
            let at = at.index(chunk.len());
            chunk[at] ^= flip;
            prop_assert!(Tables::default().append(&chunk).is_err());
            prop_assert!(Tables::default().append(&chunk[..at]).is_err());
        }
    }

    #[test]
    fn random_bytes_are_no_chunk(bytes in vec(any::<u8>(), 0..200)) {
        prop_assert!(Tables::default().append(&bytes).is_err());
        let headed = [b"RGCK\x01\0\x01\0".as_slice(), &bytes].concat();
        prop_assert!(Tables::default().append(&headed).is_err());
    }

    /// Wrong bytes under a right checksum: whatever is read, nothing panics and nothing but the
    /// rows that the header allows comes of it.
    #[test]
    fn a_forged_chunk_does_no_harm(
        tables in tables(), at in any::<prop::sample::Index>(), byte in any::<u8>(),
    ) {
        for mut chunk in encode(&tables) {
            let body = chunk.len() - 8;
            chunk[at.index(body)] = byte;
            let seal = xxh3_64(&chunk[..body]).to_le_bytes();
            chunk[body..].copy_from_slice(&seal);
            if let Ok((_, rows)) = Tables::default().append(&chunk) {
                prop_assert!(rows <= CHUNK_ROWS);
            }
        }
    }
}

#[test]
fn tables_split_at_65536_rows_and_join_again() {
    let tables = sample::tables(150_000);
    let pieces = tables.pieces();
    let rows = |kind| -> Vec<usize> {
        pieces.iter().filter(|p| p.kind == kind).map(|p| p.rows.len()).collect()
    };
    assert_eq!(rows(ChunkKind::Orders), [65_536, 65_536, 18_928]);
    assert_eq!(rows(ChunkKind::Lines), [65_536, 9_464]);
    assert!(join(&encode(&tables)) == tables);
}

#[test]
fn currencies_and_names_that_differ_from_chunk_to_chunk_are_joined() {
    let one_order = |currency, channel: &str| {
        let mut tables = sample::tables(1);
        tables.orders.currencies = vec![currency];
        tables.orders.channel = model::DictColumn::default();
        tables.orders.channel.push(channel);
        encode(&tables).into_iter().find(|chunk| chunk[6] == 1).unwrap()
    };
    let joined = join(&[
        one_order(Some(Currency::CNY), "web"),
        one_order(None, "app"),
        one_order(Some(Currency::CNY), "app"),
    ]);
    let orders = &joined.orders;
    let of_row = |row| (orders.currency_of(row), orders.channel.get(row));
    assert_eq!(of_row(0), (Some(Currency::CNY), "web"));
    assert_eq!(of_row(1), (None, "app"));
    assert_eq!(of_row(2), (Some(Currency::CNY), "app"));
    assert_eq!((orders.currencies.len(), orders.channel.names.len()), (2, 2));
}

#[test]
fn tables_that_do_not_hold_together_are_refused() {
    let broken = |edit: fn(&mut Tables)| {
        let mut tables = sample::tables(10);
        edit(&mut tables);
        tables.check()
    };
    assert_eq!(broken(|_| ()), Ok(()));
    assert_eq!(broken(|t| t.orders.discount.push(1)), Err(CodecError::Ragged("discount")));
    assert_eq!(broken(|t| t.customers.name.push("")), Err(CodecError::Ragged("name")));
    assert_eq!(broken(|t| t.orders.customer[0] = 5), Err(CodecError::Dangling("customer")));
    assert_eq!(broken(|t| t.orders.currency[9] = 1), Err(CodecError::Dangling("currency")));
    assert_eq!(broken(|t| t.lines.product[0] = 99), Err(CodecError::Dangling("product")));
}

#[test]
fn people_come_back_as_they_were() {
    let tables = sample::people();
    let chunks = encode(&tables);
    assert_eq!(join(&chunks), tables);
    let kinds: Vec<ChunkKind> = tables.pieces().iter().map(|piece| piece.kind).collect();
    assert!(kinds.ends_with(&ChunkKind::ALL[4..]));
    // Two chunks of a table: the names of their dictionaries meet.
    let mut twice = join(&chunks);
    let tickets = kinds.iter().position(|kind| *kind == ChunkKind::Tickets).unwrap();
    twice.append(&chunks[tickets]).unwrap();
    assert_eq!(twice.people.tickets.len(), 2 * tables.people.tickets.len());
    assert_eq!(twice.people.tickets.agent.names, tables.people.tickets.agent.names);
}

#[test]
fn people_that_do_not_fit_together_are_refused() {
    type Break = fn(&mut model::PeopleTables);
    let breaks: [(Break, CodecError); 10] = [
        (|it| it.contacts.customer[0] = 9, CodecError::Dangling("contact")),
        (|it| it.contacts.note.push("one more"), CodecError::Ragged("note")),
        (|it| it.responses.nps.push(None), CodecError::Ragged("nps")),
        (|it| it.answers.response[1] = 7, CodecError::Dangling("response")),
        (|it| it.tickets.channel.codes[0] = 9, CodecError::Dangling("name")),
        (|it| it.events.at.clock.clear(), CodecError::Ragged("at")),
        (|it| it.summaries.customer[0] = 9, CodecError::Dangling("summary")),
        (|it| it.gaps.summary[0] = 3, CodecError::Dangling("gap")),
        (|it| it.gaps.summary.reverse(), CodecError::Malformed("summary")),
        (|it| it.summaries.orders[1] += 1, CodecError::Malformed("gaps")),
    ];
    for (break_it, expected) in breaks {
        let mut tables = sample::people();
        break_it(&mut tables.people);
        assert_eq!(tables.check(), Err(expected));
    }
}
