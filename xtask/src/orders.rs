//! A large, deterministic order export for measurements.
//!
//! Customers arrive over three years, buy as a Poisson process at a personal gamma-distributed
//! rate, and drop out for good after a lifetime of their own (the Pareto/NBD story), so that the
//! file looks like a shop's and not like noise. The same code gives the same bytes.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use crate::error::Error;

/// The window ends with 2026-10-31 and is this many days long.
const DAYS: f64 = 1095.0;
/// Days from 1970-01-01 to the first day of the window, 2023-11-02.
const FIRST_DAY: i64 = 19_663;
const SECONDS_A_DAY: f64 = 86_400.0;
/// Orders a day of the average customer while active.
const RATE: f64 = 0.0224;
const CHANNELS: [&str; 4] = ["web", "app", "marketplace", "social"];

struct Order {
    /// Seconds since 1970-01-01, in the shop's own time.
    second: i64,
    customer: u32,
    cents: u64,
    status: &'static str,
    channel: &'static str,
}

/// Writes the orders of so many customers, about ten each, oldest first.
pub fn write(path: &Path, customers: u32) -> Result<(), Error> {
    // Written aside first: a file under the final name is always whole.
    let unfinished = path.with_extension("part");
    let file = File::create(&unfinished).map_err(Error::file(&unfinished))?;
    let mut out = BufWriter::new(file);
    write_rows(&mut out, customers).and_then(|()| out.flush()).map_err(Error::file(&unfinished))?;
    std::fs::rename(&unfinished, path).map_err(Error::file(path))
}

fn write_rows(out: &mut impl Write, customers: u32) -> std::io::Result<()> {
    let mut random = Random(7);
    let mut orders = Vec::new();
    for customer in 0..customers {
        add_orders_of(customer, &mut random, &mut orders);
    }
    orders.sort_by_key(|order| (order.second, order.customer));
    writeln!(out, "order_id,customer_email,ordered_at,total,currency,status,channel")?;
    for (number, order) in (1..).zip(&orders) {
        let Order { second, customer, cents, status, channel } = order;
        let (year, month, day) = date(second.div_euclid(86_400));
        let time = second.rem_euclid(86_400);
        let (hour, minute, second) = (time / 3600, time / 60 % 60, time % 60);
        let (whole, cents) = (cents / 100, cents % 100);
        writeln!(
            out,
            "SO{number:08},c{customer:07}@example.com,{year}-{month:02}-{day:02} \
             {hour:02}:{minute:02}:{second:02},{whole}.{cents:02},USD,{status},{channel}"
        )?;
    }
    Ok(())
}

fn add_orders_of(customer: u32, random: &mut Random, orders: &mut Vec<Order>) {
    let first = random.unit() * DAYS;
    let rate = random.gamma(0.9) * RATE / 0.9 + 1e-6;
    let lifetime = random.exponential() / (random.gamma(1.2) * 0.0012 / 1.2 + 1e-7);
    let spend = (3.8 + 0.6 * random.normal()).exp();
    let channel = CHANNELS[((random.exponential() / 1.4) as usize).min(CHANNELS.len() - 1)];
    let mut day = first;
    while day < DAYS && day - first <= lifetime {
        let total = (spend * (1.0 + 0.35 * random.normal())).max(1.0);
        let status = match random.unit() {
            share if share < 0.955 => "paid",
            share if share < 0.98 => "refunded",
            _ => "cancelled",
        };
        orders.push(Order {
            second: FIRST_DAY * 86_400 + (day * SECONDS_A_DAY) as i64,
            customer,
            cents: (total * 100.0).round() as u64,
            status,
            channel,
        });
        day += random.exponential() / rate;
    }
}

/// The Gregorian date of a day counted from 1970-01-01 (Hinnant, "chrono-compatible low-level
/// date algorithms", `civil_from_days`).
fn date(day: i64) -> (i64, i64, i64) {
    let day = day + 719_468;
    let era = day.div_euclid(146_097);
    let of_era = day.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year + era * 400 + i64::from(month <= 2);
    (year, month, of_year - (153 * shifted + 2) / 5 + 1)
}

/// Random numbers that are the same everywhere (`SplitMix64`).
struct Random(u64);

impl Random {
    /// Uniform in [0, 1).
    fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((bits ^ (bits >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Exponential with mean 1.
    fn exponential(&mut self) -> f64 {
        -(1.0 - self.unit()).ln()
    }

    /// Standard normal (Box–Muller).
    fn normal(&mut self) -> f64 {
        (2.0 * self.exponential()).sqrt() * (std::f64::consts::TAU * self.unit()).cos()
    }

    /// Gamma with scale 1 (Marsaglia and Tsang 2000; below shape 1 through the shape above).
    fn gamma(&mut self, shape: f64) -> f64 {
        if shape < 1.0 {
            return self.gamma(shape + 1.0) * (1.0 - self.unit()).powf(1.0 / shape);
        }
        let d = shape - 1.0 / 3.0;
        let c = (9.0 * d).sqrt().recip();
        loop {
            let x = self.normal();
            let v = (1.0 + c * x).powi(3);
            let bound = 0.5 * x * x + d - d * v + d * v.ln();
            if v > 0.0 && -self.exponential() < bound {
                return d * v;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_become_dates() {
        let cases = [
            (0, (1970, 1, 1)),
            (FIRST_DAY, (2023, 11, 2)),
            (FIRST_DAY + 1094, (2026, 10, 31)),
            (19_782, (2024, 2, 29)),
            (-1, (1969, 12, 31)),
        ];
        for (day, expected) in cases {
            assert_eq!(date(day), expected, "{day}");
        }
    }

    #[test]
    fn the_distributions_have_their_means() {
        let mut random = Random(1);
        let mut mean = |draw: &dyn Fn(&mut Random) -> f64| {
            (0..200_000).map(|_| draw(&mut random)).sum::<f64>() / 200_000.0
        };
        assert!((mean(&Random::unit) - 0.5).abs() < 0.01);
        assert!((mean(&Random::exponential) - 1.0).abs() < 0.02);
        assert!(mean(&Random::normal).abs() < 0.02);
        assert!((mean(&|random| random.normal().powi(2)) - 1.0).abs() < 0.02);
        assert!((mean(&|random| random.gamma(0.9)) - 0.9).abs() < 0.02);
        assert!((mean(&|random| random.gamma(1.2)) - 1.2).abs() < 0.02);
    }

    #[test]
    fn the_file_is_the_same_each_time_and_in_the_order_of_time() {
        let text = || {
            let mut out = Vec::new();
            write_rows(&mut out, 200).unwrap();
            String::from_utf8(out).unwrap()
        };
        let first = text();
        assert_eq!(first, text());
        let times: Vec<&str> =
            first.lines().skip(1).filter_map(|line| line.split(',').nth(2)).collect();
        assert!(times.is_sorted());
        assert!((1_000..4_000).contains(&times.len()), "about ten each: {}", times.len());
        assert!(times.iter().all(|time| ("2023-11-02"..="2026-10-31 24").contains(time)));
    }
}
