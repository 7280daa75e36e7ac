//! The worker as a place to run in.

use crate::build_id::BUILD;
use crate::fitting::ModellerLine;
use crate::reading::ReaderLine;
use crate::{names, zones};
use analytics::Purchases;
use engine::Host;
use js_sys::{Array, Date, Intl, Math, Object, Promise, Reflect, Uint8Array};
use model::Zone;
use modeller::Fitted;
use protocol::{Event, Language, LockFault, Message, Problem, Progress};
use reader::Watcher;
use std::cell::Cell;
use std::ops::RangeInclusive;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BroadcastChannel, DedicatedWorkerGlobalScope, Performance};

/// The worker as a place to run in.
pub struct Browser {
    scope: DedicatedWorkerGlobalScope,
    performance: Option<Performance>,
    cancelled: Rc<Cell<bool>>,
    reader: Rc<ReaderLine>,
    modeller: Rc<ModellerLine>,
    channel: Option<BroadcastChannel>,
}

impl Browser {
    /// `cancelled` is set from outside; `channel` leads to the other tabs.
    pub fn new(
        cancelled: Rc<Cell<bool>>,
        reader: Rc<ReaderLine>,
        modeller: Rc<ModellerLine>,
        channel: Option<BroadcastChannel>,
    ) -> Browser {
        let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
        let performance = scope.performance();
        Browser { scope, performance, cancelled, reader, modeller, channel }
    }
}

/// Sends a message to the page.
pub fn post(message: &Message) {
    post_bytes(&protocol::encode(message));
}

/// Sends the bytes of a message to the page; on the way they are not copied once more.
pub fn post_bytes(message: &[u8]) {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let bytes = Uint8Array::from(message);
    let transfer = Array::of1(&bytes.buffer());
    // Fails only for things that cannot be cloned; bytes can.
    let _ = scope.post_message_with_transfer(&bytes, &transfer);
}

/// The same with a file that the browser has made, which the page gets as it is.
pub fn post_with_file(message: &Message, file: Option<&Blob>) {
    let Some(file) = file else {
        post(message);
        return;
    };
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let bytes = Uint8Array::from(protocol::encode(message).as_slice());
    // Fails only for things that cannot be cloned; files can.
    let _ = scope.post_message(&Array::of2(&bytes, file));
}

/// Tells the page why nothing more is answered.
pub fn end_talk(problem: &Problem) {
    post(&Message::Answer { id: 0, result: Err(problem.clone()) });
}

/// Waits so many milliseconds; not at all without a clock.
pub async fn pause(ms: i32) {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let passed = Promise::new(&mut |resolve, _| {
        if scope.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, ms).is_err() {
            let _ = resolve.call0(&JsValue::UNDEFINED);
        }
    });
    // It is never refused.
    let _ = JsFuture::from(passed).await;
}

impl Host for Browser {
    fn build(&self) -> Option<&'static str> {
        // Without an id all builds are called the same.
        option_env!("REGULARS_BUILD_ID").map(|_| BUILD)
    }

    fn now_ms(&self) -> u64 {
        Date::now() as u64
    }

    fn zone(&self, name: &str, during: RangeInclusive<i64>) -> Option<Zone> {
        zones::learn(name, during)
    }

    fn device_zone(&self) -> String {
        let options = Intl::DateTimeFormat::new(&Array::new(), &Object::new()).resolved_options();
        let name = Reflect::get(&options, &JsValue::from_str("timeZone")).ok();
        name.and_then(|it| it.as_string()).unwrap_or_else(|| "UTC".to_owned())
    }

    fn device_country(&self) -> String {
        let language = self.scope.navigator().language().unwrap_or_default();
        let regions = language.split('-').skip(1);
        let is_country = |it: &&str| it.len() == 2 && it.bytes().all(|b| b.is_ascii_uppercase());
        regions.into_iter().find(is_country).unwrap_or_default().to_owned()
    }

    fn sort_names(&self, language: Language, sorted: &mut Vec<String>) {
        names::sort(language, sorted);
    }

    fn random(&self) -> u64 {
        let half = || (Math::random() * f64::from(u32::MAX)) as u64;
        half() << 32 | half()
    }

    fn memory_bytes(&self) -> u64 {
        crate::wasm_memory::bytes() + self.reader.memory.get()
    }

    fn announce(&self, event: Event) {
        if let Event::Problem(problem @ Problem::Lock(LockFault::Changed)) = &event {
            end_talk(problem);
            return;
        }
        if let (Event::Revision(_), Some(channel)) = (&event, &self.channel) {
            let _ = channel.post_message(&JsValue::NULL);
        }
        post(&Message::Event(event));
    }

    fn begin_fit(&self, purchases: Purchases<'_>, as_of: i32) {
        self.modeller.begin(purchases, as_of);
    }

    fn take_fit(&self) -> Option<Result<Fitted, String>> {
        self.modeller.take()
    }

    async fn fit_ended(&self) {
        self.modeller.ended().await;
    }

    fn end_fit(&self) {
        self.modeller.end();
    }
}

impl Watcher for Browser {
    fn stopwatch_ms(&self) -> f64 {
        self.performance.as_ref().map_or(0.0, Performance::now)
    }

    fn progress(&self, progress: Progress) {
        self.announce(Event::Progress(progress));
    }

    fn cancelled(&self) -> bool {
        self.cancelled.get()
    }
}
