//! A million orders to chunks and back.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use model::{CustomerId, OrderFlags, OrderTable};
use std::hint::black_box;
use store::Tables;

const ORDERS: u32 = 1_000_000;
const CUSTOMERS: u32 = 100_000;

/// A multiplicative generator: the same orders at every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u32) -> u32 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % u64::from(end)) as u32
    }
}

fn shop() -> Tables {
    let (mut tables, mut dice) = (Tables::default(), Dice(42));
    for n in 0..CUSTOMERS {
        tables.customers.id.push(CustomerId(u128::from(n)));
        tables.customers.email.push(&format!("customer{n}@example.com"));
        for texts in [
            &mut tables.customers.phone,
            &mut tables.customers.name,
            &mut tables.customers.city,
            &mut tables.customers.region,
            &mut tables.customers.country,
        ] {
            texts.push("");
        }
    }
    let orders: &mut OrderTable = &mut tables.orders;
    orders.currencies.push(None);
    let mut at = 1_700_000_000;
    for n in 0..ORDERS {
        at += i64::from(dice.below(120));
        let total = i64::from(dice.below(50_000)) + 100;
        orders.number.push(&format!("SO{n:08}"));
        orders.customer.push(dice.below(CUSTOMERS));
        orders.at.push(at);
        orders.total.push(total);
        orders.refunded.push(if dice.below(20) == 0 { total } else { 0 });
        orders.currency.push(0);
        orders.flags.push(OrderFlags::default());
        orders.channel.push(["web", "app", "store"][dice.below(3) as usize]);
    }
    tables
}

fn codec(criterion: &mut Criterion) {
    let tables = shop();
    let pieces: Vec<_> = tables
        .pieces()
        .into_iter()
        .filter(|piece| piece.kind == store::ChunkKind::Orders)
        .collect();
    let encode = || -> Vec<Vec<u8>> {
        pieces.iter().map(|piece| tables.encode(piece).unwrap_or_default()).collect()
    };
    let decode = |chunks: &[Vec<u8>]| {
        let mut joined = Tables::default();
        let rows = chunks.iter().filter_map(|chunk| joined.append(chunk).ok());
        assert_eq!(rows.map(|(_, rows)| rows).sum::<usize>(), ORDERS as usize);
        joined
    };
    let chunks = encode();
    assert!(decode(&chunks).orders == tables.orders);
    let bytes: usize = chunks.iter().map(Vec::len).sum();
    eprintln!("{ORDERS} orders: {bytes} bytes in {} chunks", chunks.len());
    let mut group = criterion.benchmark_group("orders_1m");
    group.sample_size(10).throughput(Throughput::Elements(u64::from(ORDERS)));
    group.bench_function("encode", |bencher| bencher.iter(|| black_box(encode())));
    group.bench_function("decode", |bencher| bencher.iter(|| black_box(decode(&chunks))));
    group.finish();
}

criterion_group!(benches, codec);
criterion_main!(benches);
