//! What the engine needs of the place it runs in: a clock, time zones, and somebody to talk to.

use analytics::Purchases;
use model::Zone;
use modeller::Fitted;
use protocol::{Event, Language, Problem};
use reader::{Reading, Task, Watcher};
use std::ops::RangeInclusive;

/// The place that the engine runs in: a web worker, or a test.
#[expect(async_fn_in_trait, reason = "the engine runs on one thread; its futures need not be Send")]
pub trait Host: Watcher {
    /// Which build of the program this is; `None`: one in the making, of which there are many.
    fn build(&self) -> Option<&'static str>;

    /// Milliseconds since 1 January 1970.
    fn now_ms(&self) -> u64;

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

    /// Memory that the engine holds and that the last reading of a file took, in bytes; 0 if unknown.
    fn memory_bytes(&self) -> u64;

    /// Tells the page something unasked.
    fn announce(&self, event: Event);

    /// Begins to fit models aside to the purchases up to a day; a fit that is under way is ended.
    fn begin_fit(&self, purchases: Purchases<'_>, as_of: i32);

    /// What the fit begun last came to, once, after it has ended; the error is the system's own
    /// sentence.
    fn take_fit(&self) -> Option<Result<Fitted, String>>;

    /// Waits until the fit begun last has ended.
    async fn fit_ended(&self);

    /// Ends a fit that is under way: it comes to nothing.
    fn end_fit(&self);
}

/// A file that the user dropped, with whoever reads it.
#[expect(async_fn_in_trait, reason = "the engine runs on one thread; its futures need not be Send")]
pub trait SourceFile {
    /// Reads and checks the whole of it.
    async fn read(&self, task: &Task, watcher: &impl Watcher) -> Result<Reading, Problem>;
}
