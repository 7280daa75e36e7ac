//! Files locked by a passphrase: keys and format are the store's, ciphers the browser's own.

use super::packed::bytes;
use super::{unable, words};
use crate::cipher::{Key, random};
use js_sys::{Array, Uint8Array};
use protocol::{BackupFault, Problem};
use store::lock::{
    BLOCK_BYTES, Cost, HEADER_BYTES, Header, KEY_BYTES, MAGIC, NONCE_BYTES, SALT_BYTES, TAG_BYTES,
    block_nonce, key_of,
};
use wasm_bindgen::prelude::*;
use web_sys::Blob;

/// Locks a file.
pub async fn lock(file: &Blob, passphrase: &str) -> Result<Blob, Problem> {
    locked(file, passphrase).await.map_err(|error| unable(&error))
}

async fn locked(file: &Blob, passphrase: &str) -> Result<Blob, JsValue> {
    let (salt, nonce) = (random::<SALT_BYTES>()?, random::<NONCE_BYTES>()?);
    let own_key = random::<KEY_BYTES>()?;
    let cost = Cost::OURS;
    let passphrase_key = key_of(passphrase, &salt, cost).ok_or(JsValue::NULL)?;
    let passphrase_key = Key::new(&passphrase_key).await?;
    let mut header = Header { cost, salt, nonce, key: [0; KEY_BYTES + TAG_BYTES] };
    let sealed = passphrase_key.encrypt(&nonce, &header.sealed_by(), &own_key).await?;
    sealed.copy_to(&mut header.key);
    let (own_key, header) = (Key::new(&own_key).await?, header.bytes());
    let parts = Array::of1(&Uint8Array::from(header.as_slice()));
    for block in blocks(file.size(), BLOCK_BYTES) {
        let plain = bytes(file, block.from, block.to).await?;
        let nonce = block_nonce(block.number, block.is_last);
        let sealed = own_key.encrypt(&nonce, &header, &plain).await?;
        parts.push(&sealed);
    }
    Blob::new_with_u8_array_sequence(&parts)
}

/// The file without its lock; one without a lock is itself.
pub async fn unlock(file: Blob, passphrase: Option<&str>) -> Result<Blob, Problem> {
    let head = bytes(&file, 0.0, HEADER_BYTES as f64).await.map_err(|error| unable(&error))?;
    if !head.starts_with(&MAGIC) {
        return Ok(file);
    }
    let damaged = |detail: &str| Problem::Backup(BackupFault::Damaged(detail.to_owned()));
    let header = Header::read(&head).ok_or_else(|| damaged("header"))?;
    let passphrase = passphrase.ok_or(Problem::Backup(BackupFault::Locked))?;
    let key = key_of(passphrase, &header.salt, header.cost).ok_or_else(|| damaged("header"))?;
    let passphrase_key = Key::new(&key).await.map_err(|error| unable(&error))?;
    let own_key = passphrase_key.decrypt(&header.nonce, &header.sealed_by(), &header.key).await;
    let own_key = own_key.map_err(|_wrong| Problem::Backup(BackupFault::WrongPassphrase))?;
    let own_key = Key::new(&own_key.to_vec()).await.map_err(|error| unable(&error))?;
    let parts = Array::new();
    let header_bytes = HEADER_BYTES as f64;
    for block in blocks(file.size() - header_bytes, BLOCK_BYTES + TAG_BYTES) {
        let sealed = bytes(&file, header_bytes + block.from, header_bytes + block.to).await;
        let sealed = sealed.map_err(|error| unable(&error))?;
        let nonce = block_nonce(block.number, block.is_last);
        // The passphrase was right: a block that does not open is not as it was written, or it is
        // not the last.
        let plain = own_key.decrypt(&nonce, &head, &sealed).await;
        let plain = plain.map_err(|error| damaged(&words(&error)))?;
        parts.push(&plain);
    }
    Blob::new_with_u8_array_sequence(&parts).map_err(|error| unable(&error))
}

/// A block of a file.
struct Block {
    number: u64,
    from: f64,
    to: f64,
    is_last: bool,
}

/// A file of so many bytes, cut into blocks. An empty one has an empty block, which is the last.
fn blocks(size: f64, block_bytes: usize) -> impl Iterator<Item = Block> {
    let size = size.max(0.0) as u64;
    let block_bytes = block_bytes as u64;
    let count = size.div_ceil(block_bytes).max(1);
    (0..count).map(move |number| Block {
        number,
        from: (number * block_bytes) as f64,
        to: size.min((number + 1) * block_bytes) as f64,
        is_last: number + 1 == count,
    })
}
