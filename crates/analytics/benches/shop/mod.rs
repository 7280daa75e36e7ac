//! The shop that is measured.

#![expect(clippy::expect_used, reason = "the generated columns are known to fit")]

use analytics::{Purchases, Window};

pub const CUSTOMERS: u32 = 100_000;
pub const PURCHASES: usize = 1_000_000;
/// Five years ending on 2025-12-31.
pub const AS_OF: i32 = 20_453;
const SPAN: u64 = 5 * 365;
pub const WINDOW: Window = Window { from: None, as_of: AS_OF };

/// A linear congruential generator (Knuth's MMIX constants).
pub struct Lcg(pub u64);

impl Lcg {
    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

pub struct Shop {
    pub offsets: Vec<u32>,
    pub day: Vec<i32>,
    pub net: Vec<i64>,
}

impl Shop {
    /// Few customers buy often, most seldom: the product of two uniform numbers picks the buyer.
    pub fn new() -> Self {
        let mut random = Lcg(7);
        let mut rows: Vec<(u32, i32, i64)> = (0..PURCHASES)
            .map(|_| {
                let customer = random.below(1000) * random.below(1000) % u64::from(CUSTOMERS);
                let spread = random.below(u64::from(CUSTOMERS));
                let day = AS_OF - random.below(SPAN) as i32;
                let net = 500 + random.below(200) * random.below(200);
                (((customer + spread * 3) % u64::from(CUSTOMERS)) as u32, day, net as i64)
            })
            .collect();
        rows.sort_unstable();
        let offsets = (0..=CUSTOMERS)
            .map(|customer| rows.partition_point(|row| row.0 < customer) as u32)
            .collect();
        let day = rows.iter().map(|row| row.1).collect();
        let net = rows.iter().map(|row| row.2).collect();
        Self { offsets, day, net }
    }

    pub fn purchases(&self) -> Purchases<'_> {
        Purchases::new(&self.offsets, &self.day, &self.net).expect("the columns fit")
    }
}
