//! The worker as a place where a session runs.

use crate::{scope, turn};
use js_sys::Date;
use protocol::Writes;
use sync::Entropy;
use syncer::Host;
use wasm_bindgen::JsValue;
use web_sys::BroadcastChannel;

/// More random bytes than this the browser gives in several goes.
const RANDOM_BYTES: usize = 65_536;

/// The worker as a place where a session runs.
#[derive(Clone)]
pub struct Place {
    channel: Option<BroadcastChannel>,
}

impl Place {
    /// `channel` leads to the tabs.
    pub const fn new(channel: Option<BroadcastChannel>) -> Place {
        Place { channel }
    }

    /// Whether the browser has a source of randomness.
    pub fn has_randomness() -> bool {
        scope().crypto().is_ok_and(|it| it.get_random_values_with_u8_array(&mut [0; 8]).is_ok())
    }
}

impl Entropy for Place {
    fn fill(&mut self, bytes: &mut [u8]) {
        for some in bytes.chunks_mut(RANDOM_BYTES) {
            let filled = scope().crypto().and_then(|it| it.get_random_values_with_u8_array(some));
            // Keys are never made of what is not random: the worker ends here, and the page says so.
            if filled.is_err() {
                wasm_bindgen::throw_str("the browser gives no random numbers");
            }
        }
    }
}

impl Host for Place {
    type Turn = Option<turn::Turn>;

    fn now_ms(&self) -> u64 {
        Date::now() as u64
    }

    async fn turn(&self, writes: Writes) -> Option<turn::Turn> {
        turn::take(writes).await
    }

    fn announce(&self) {
        if let Some(channel) = &self.channel {
            let _ = channel.post_message(&JsValue::NULL);
        }
    }
}
