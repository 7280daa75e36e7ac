//! Where the engine runs in a test: a clock that can be set, three time zones, an open ear.

use analytics::Purchases;
use engine::{Host, SourceFile};
use model::{ShopDay, Zone};
use modeller::{Fitted, Task as FitTask, fit_models};
use protocol::{Event, Language, Problem, Progress, ProgressPhase, decode, encode};
use reader::parts::{Joining, take_apart};
use reader::{Foreign, Reading, Source, Task, Transcode, Watcher, read_file};
use std::cell::{Cell, RefCell};
use std::ops::RangeInclusive;
use std::rc::Rc;

/// What a test sets and hears; clones share it.
#[derive(Clone)]
pub struct Place(Rc<State>);

struct State {
    build: Cell<Option<&'static str>>,
    now_ms: Cell<u64>,
    cancelled: Cell<bool>,
    cancels_after_saving: Cell<bool>,
    events: RefCell<Vec<Event>>,
    zone: String,
    country: String,
    reads: Cell<u32>,
    sorted: Cell<u32>,
    /// The fit that is under way. It is worked out when it is waited for, or may go on.
    fit: RefCell<Option<FitTask>>,
    fit_goes_on: Cell<bool>,
    fit_fails: RefCell<Option<String>>,
    fits_begun: Cell<u32>,
}

impl Place {
    /// On 22 November 2026, 12:00 UTC, on a device of that zone and country.
    pub fn new(zone: &str, country: &str) -> Place {
        Place(Rc::new(State {
            build: Cell::new(Some("one")),
            now_ms: Cell::new(1_795_348_800_000),
            cancelled: Cell::new(false),
            cancels_after_saving: Cell::new(false),
            events: RefCell::default(),
            zone: zone.to_owned(),
            country: country.to_owned(),
            reads: Cell::new(0),
            sorted: Cell::new(0),
            fit: RefCell::default(),
            fit_goes_on: Cell::new(false),
            fit_fails: RefCell::default(),
            fits_begun: Cell::new(0),
        }))
    }

    pub fn host(&self) -> TestHost {
        TestHost(self.clone())
    }

    /// Puts the clock to noon UTC of a day.
    pub fn set_today(&self, day: ShopDay) {
        self.0.now_ms.set((day.number() as u64 * 86_400 + 43_200) * 1_000);
    }

    /// The program is replaced by another build.
    pub fn set_build(&self, build: Option<&'static str>) {
        self.0.build.set(build);
    }

    pub fn cancel(&self, cancelled: bool) {
        self.0.cancelled.set(cancelled);
    }

    /// The user wants to stop as soon as something is being saved.
    pub fn cancel_after_saving(&self) {
        self.0.cancels_after_saving.set(true);
    }

    /// How often names were sorted since the last call.
    pub fn sorted(&self) -> u32 {
        self.0.sorted.take()
    }

    /// The fit that is under way comes to its end.
    pub fn let_fit_end(&self) {
        self.0.fit_goes_on.set(true);
    }

    /// The next fit that ends has failed.
    pub fn let_fit_fail(&self, detail: &str) {
        self.0.fit_fails.replace(Some(detail.to_owned()));
    }

    /// How many fits were begun since the last call.
    pub fn fits_begun(&self) -> u32 {
        self.0.fits_begun.take()
    }

    /// What was announced since the last call.
    pub fn heard(&self) -> Vec<Event> {
        self.0.events.take()
    }
}

/// The engine's side of a [`Place`].
pub struct TestHost(Place);

impl Host for TestHost {
    fn build(&self) -> Option<&'static str> {
        self.0.0.build.get()
    }

    fn now_ms(&self) -> u64 {
        self.0.0.now_ms.get()
    }

    fn zone(&self, name: &str, during: RangeInclusive<i64>) -> Option<Zone> {
        match name {
            "UTC" => Some(Zone::utc()),
            "Asia/Shanghai" => Some(Zone::from_probe(name, during, |_| 8 * 3_600)),
            "America/New_York" => Some(Zone::from_probe(name, during, new_york)),
            _ => None,
        }
    }

    fn device_zone(&self) -> String {
        self.0.0.zone.clone()
    }

    fn device_country(&self) -> String {
        self.0.0.country.clone()
    }

    fn sort_names(&self, language: Language, names: &mut Vec<String>) {
        self.0.0.sorted.set(self.0.0.sorted.get() + 1);
        match language {
            Language::English => names.sort_unstable(),
            Language::Chinese => names.sort_by_key(|name| pinyin(name)),
        }
    }

    fn random(&self) -> u64 {
        7
    }

    fn memory_bytes(&self) -> u64 {
        0
    }

    fn announce(&self, event: Event) {
        self.0.0.events.borrow_mut().push(event);
    }

    fn begin_fit(&self, purchases: Purchases<'_>, as_of: i32) {
        self.0.0.fit.replace(Some(FitTask::new(purchases, as_of)));
        self.0.0.fits_begun.set(self.0.0.fits_begun.get() + 1);
    }

    fn take_fit(&self) -> Option<Result<Fitted, String>> {
        if !self.0.0.fit_goes_on.take() {
            return None;
        }
        let task = self.0.0.fit.take()?;
        Some(self.0.0.fit_fails.take().map_or_else(|| Ok(fit_models(&task)), Err))
    }

    async fn fit_ended(&self) {
        self.0.0.fit_goes_on.set(true);
    }

    fn end_fit(&self) {
        self.0.0.fit.replace(None);
    }
}

impl Watcher for TestHost {
    fn stopwatch_ms(&self) -> f64 {
        // Every look takes a second, so that progress is always due.
        self.0.0.reads.set(self.0.0.reads.get() + 1);
        f64::from(self.0.0.reads.get()) * 1_000.0
    }

    fn progress(&self, progress: Progress) {
        if progress.phase == ProgressPhase::Saving && self.0.0.cancels_after_saving.get() {
            self.0.cancel(true);
        }
        self.announce(Event::Progress(progress));
    }

    fn cancelled(&self) -> bool {
        self.0.0.cancelled.get()
    }
}

/// Families of the tests as they are spoken, after all that is not Chinese.
fn pinyin(name: &str) -> (bool, String) {
    let spoken = [('李', "li"), ('王', "wang"), ('张', "zhang")];
    let first = name.chars().next().unwrap_or(' ');
    let found = spoken.iter().find(|(family, _)| *family == first);
    (found.is_some(), found.map_or_else(|| name.to_owned(), |(_, text)| (*text).to_owned()))
}

/// New York by its present rule: clocks change at 07:00 and 06:00 UTC.
fn new_york(instant: i64) -> i32 {
    let day = ShopDay::of_wall_seconds(instant);
    let first_sunday = |month: u32| {
        let first = ShopDay::from_ymd(day.year(), month, 1).unwrap();
        first.plus_days(-1).monday().plus_days(6)
    };
    let begins = i64::from(first_sunday(3).plus_days(7).number()) * 86_400 + 7 * 3_600;
    let ends = i64::from(first_sunday(11).number()) * 86_400 + 6 * 3_600;
    if (begins..ends).contains(&instant) { -4 * 3_600 } else { -5 * 3_600 }
}

/// A file that was dropped.
pub struct TestFile {
    name: String,
    /// `None`: it was deleted meanwhile.
    bytes: Option<Rc<[u8]>>,
    /// How many were asked for.
    fetched: Rc<Cell<usize>>,
}

impl TestFile {
    pub fn new(name: &str, bytes: &[u8]) -> TestFile {
        let fetched = Rc::default();
        TestFile { name: name.to_owned(), bytes: Some(bytes.into()), fetched }
    }

    /// A file that was deleted after the drop.
    pub fn gone(name: &str) -> TestFile {
        TestFile { name: name.to_owned(), bytes: None, fetched: Rc::default() }
    }

    /// Counts the bytes that are asked for.
    pub fn fetched(&self) -> Rc<Cell<usize>> {
        Rc::clone(&self.fetched)
    }
}

impl SourceFile for TestFile {
    /// As the browser's worker does it, on the way there and back.
    async fn read(&self, task: &Task, watcher: &impl Watcher) -> Result<Reading, Problem> {
        let task = decode::<Task>(&encode(task)).unwrap();
        let (head, chunks) = take_apart(read_file(self, &task, watcher).await?);
        let mut joining = Joining::new(decode(&encode(&head)).unwrap());
        for chunk in chunks {
            joining.join(&chunk?)?;
        }
        joining.finish()
    }
}

impl Source for TestFile {
    fn name(&self) -> String {
        self.name.clone()
    }

    fn size(&self) -> u64 {
        self.bytes.as_ref().map_or(1, |bytes| bytes.len() as u64)
    }

    async fn bytes(&self, offset: u64, length: usize) -> Result<Vec<u8>, String> {
        let bytes = self.bytes.as_ref().ok_or("no such file")?;
        let from = (offset as usize).min(bytes.len());
        let block = bytes[from..(from + length).min(bytes.len())].to_vec();
        self.fetched.set(self.fetched.get() + block.len());
        Ok(block)
    }

    /// Encodings are tested where they are told apart.
    fn transcoder(&self, _: Foreign) -> Option<Box<dyn Transcode>> {
        None
    }
}
