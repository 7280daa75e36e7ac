//! What the engine needs of the place it runs in: a clock, time zones, and somebody to talk to.

use model::Zone;
use protocol::{Event, Language};
use std::ops::RangeInclusive;

/// The place that the engine runs in: a web worker, or a test.
pub trait Host {
    /// Milliseconds since 1 January 1970.
    fn now_ms(&self) -> u64;

    /// A clock for durations, in milliseconds.
    fn stopwatch_ms(&self) -> f64;

    /// The time zone of that name, right for the instants `during`; `None` if there is no such zone.
    fn zone(&self, name: &str, during: RangeInclusive<i64>) -> Option<Zone>;

    /// Name of the time zone that this device is set to.
    fn device_zone(&self) -> String;

    /// Country that this device is set to, two letters of ISO 3166; empty if unknown.
    fn device_country(&self) -> String;

    /// Sorts names, all different and without line breaks, as people of a language look them up.
    fn sort_names(&self, language: Language, names: &mut Vec<String>);

    /// A random number for the id of this device.
    fn random(&self) -> u64;

    /// Memory that the engine holds, in bytes; 0 if unknown.
    fn memory_bytes(&self) -> u64;

    /// Tells the page something unasked.
    fn announce(&self, event: Event);

    /// Whether the user wants the running task to stop.
    fn cancelled(&self) -> bool;
}

/// A file that the user dropped.
#[expect(async_fn_in_trait, reason = "the engine runs on one thread; its futures need not be Send")]
pub trait SourceFile {
    /// Its name.
    fn name(&self) -> String;

    /// Its size in bytes.
    fn size(&self) -> u64;

    /// The bytes from `offset`, at most `length` of them; fewer at the end. The error is the
    /// system's own sentence: the file was moved, or the device removed.
    async fn read(&self, offset: u64, length: usize) -> Result<Vec<u8>, String>;
}
