//! Columns in, models out: on the CDNOW sample and on shops of which no model can say anything.

#![expect(clippy::unwrap_used, reason = "what is not there fails the test")]

mod bad_input;
mod cdnow;
mod forecast;

use modeller::Task;

/// 1997-09-30 and 1998-06-30.
const CALIBRATED: i32 = 10_134;
const HELD_OUT: i32 = 10_407;

/// The sample: 2,357 customers of a music shop, January 1997 to June 1998.
fn cdnow(as_of: i32) -> Task {
    let mut task = Task { as_of, offsets: vec![0], ..Task::default() };
    let text = include_str!("../../../analytics/tests/data/cdnow_purchases.csv");
    for line in text.lines().skip(1) {
        let row: Vec<i64> = line.split(',').map(|field| field.parse().unwrap()).collect();
        task.offsets.resize(row[0] as usize, task.day.len() as u32);
        task.day.push(row[1] as i32);
        task.net.push(row[2]);
    }
    task.offsets.push(task.day.len() as u32);
    task
}

/// Customers with these orders: day and net.
fn task_of(customers: &[Vec<(i32, i64)>], as_of: i32) -> Task {
    let mut task = Task { as_of, offsets: vec![0], ..Task::default() };
    for orders in customers {
        task.day.extend(orders.iter().map(|it| it.0));
        task.net.extend(orders.iter().map(|it| it.1));
        task.offsets.push(task.day.len() as u32);
    }
    task
}

/// So many customers who buy in their own ways: every few days, so many times.
fn various(count: i32) -> Vec<Vec<(i32, i64)>> {
    (0..count)
        .map(|c| (0..=c % 7).map(|i| (c % 90 + i * (3 + c % 31), 1_000 + i64::from(c))).collect())
        .collect()
}
