//! The store as its users see it, over memory.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod backup;
mod chunks;
mod clustered;
#[path = "../contract/mod.rs"]
mod contract;
mod device_lock;
mod edits;
mod erasing;
mod golden;
mod imports;
mod kept_answers;
mod sample;

use model::DeviceId;
use pollster::block_on;
use store::{MemoryBackend, Recovery, Store};

const DEVICE: DeviceId = DeviceId(7);

fn open(backend: &MemoryBackend) -> (Store<MemoryBackend>, Recovery) {
    block_on(Store::open(backend.clone(), DEVICE)).unwrap()
}

#[test]
fn memory_keeps_the_contract() {
    let backend = MemoryBackend::new();
    block_on(contract::suite(async || backend.clone()));
}
