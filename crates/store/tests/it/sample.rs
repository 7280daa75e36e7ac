//! Invented tables and drafts.

use model::{CustomerId, NO_CUSTOMER, OrderFlags};
use store::{BatchDraft, BatchFacts, BatchReport, Tables};

pub fn draft(file_name: &str) -> BatchDraft {
    BatchDraft {
        source: "shopify".to_owned(),
        shop_key: 0,
        file_name: file_name.to_owned(),
        file_size: 1_234,
        content_hash: 0x0123_4567_89ab_cdef_0123_4567_89ab_cdef,
        unnamed_decimals: 3,
        sample: false,
        facts: BatchFacts { rows: 10, orders: 9, rejected: 1, ..BatchFacts::default() },
        report: BatchReport::default(),
    }
}

/// A shop of so many orders, with a customer, a product and a line for every second of them.
pub fn tables(orders: u32) -> Tables {
    let mut tables = Tables::default();
    let half = orders.div_ceil(2);
    for n in 0..half {
        tables.customers.id.push(CustomerId(u128::from(n) << 77 | 1));
        tables.customers.email.push(&format!("customer{n}@example.com"));
        tables.customers.phone.push("");
        tables.customers.name.push(["Ann", "张三", ""][n as usize % 3]);
        tables.customers.city.push("Hangzhou");
        tables.customers.region.push("");
        tables.customers.country.push("CN");
        tables.products.key.push(&format!("SKU-{n}"));
        tables.products.name.push("Tea");
        tables.lines.order.push(n * 2);
        tables.lines.product.push(n);
        tables.lines.quantity_milli.push(1_000 + i64::from(n));
        tables.lines.price.push(995);
    }
    let table = &mut tables.orders;
    table.currencies = vec![None];
    for n in 0..orders {
        table.number.push(&format!("#{}", 1_000 + n));
        table.customer.push(if n % 7 == 3 { NO_CUSTOMER } else { n / 2 });
        table.at.push(1_700_000_000 + i64::from(n) * 977);
        table.total.push(i64::from(n) * 31 - 5);
        table.refunded.push(0);
        table.currency.push(0);
        table.flags.push(OrderFlags::from_bits((n % 32) as u8));
        table.channel.push(["web", "app"][n as usize % 2]);
    }
    tables
}
