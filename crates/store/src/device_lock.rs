//! The lock of this device: one record that says how to come by the key of all others.
//!
//! All values are encrypted under one random key (`guarded.rs`). This record holds that key twice:
//! encrypted by a key that Argon2id makes of the passphrase, and by one that it makes of a recovery
//! code. It is the only record that is readable while the lock is on. Ciphers are the browser's.
//!
//! All numbers are little endian.
//! ```text
//! "RGDEVL01"  key id 8  cost 12                     28 bytes
//! salt 16  nonce 12  encrypted key 48               by the passphrase
//! salt 16  nonce 12  encrypted key 48               by the recovery code
//! ```

mod recovery_code;

pub use recovery_code::{CODE_BYTES, read_recovery_code, recovery_code};

use crate::backend::{Area, Backend, BackendError, Durability, Expect, Transaction};
use crate::lock::{COST_BYTES, Cost, KEY_BYTES, NONCE_BYTES, SALT_BYTES, TAG_BYTES};

/// Key of the record in [`Area::Meta`].
pub(crate) const LOCK_KEY: &str = "lock";

/// What the record begins with.
const MAGIC: [u8; 8] = *b"RGDEVL01";

/// Tells one key from another. Says nothing of the key.
pub type KeyId = [u8; 8];

/// How the key is come by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// By the passphrase.
    Passphrase,
    /// By the recovery code.
    Recovery,
}

/// The key of all records, encrypted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrappedKey {
    /// Mixed with passphrase or code; random.
    pub salt: [u8; SALT_BYTES],
    /// With which the key was encrypted; random.
    pub nonce: [u8; NONCE_BYTES],
    /// The key with its tag.
    pub key: [u8; KEY_BYTES + TAG_BYTES],
}

/// The lock of this device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceLock {
    /// Which key it holds.
    pub key_id: KeyId,
    /// What it costs to try a passphrase or a code.
    pub cost: Cost,
    /// The key by the passphrase.
    pub by_passphrase: WrappedKey,
    /// The key by the recovery code.
    pub by_recovery: WrappedKey,
}

impl DeviceLock {
    /// The key as it is come by so.
    pub const fn wrapped(&self, way: Way) -> &WrappedKey {
        match way {
            Way::Passphrase => &self.by_passphrase,
            Way::Recovery => &self.by_recovery,
        }
    }

    /// The bytes that an encrypted key authenticates: neither cost nor way can be another's.
    pub fn sealed_by(key_id: KeyId, cost: Cost, way: Way, salt: &[u8; SALT_BYTES]) -> Vec<u8> {
        let way = match way {
            Way::Passphrase => [0],
            Way::Recovery => [1],
        };
        [&MAGIC[..], &key_id, &cost.bytes(), &way, salt].concat()
    }

    /// The record.
    pub fn bytes(&self) -> Vec<u8> {
        let wrapped = |it: &WrappedKey| [&it.salt[..], &it.nonce, &it.key].concat();
        let head = [&MAGIC[..], &self.key_id, &self.cost.bytes()].concat();
        [head, wrapped(&self.by_passphrase), wrapped(&self.by_recovery)].concat()
    }

    /// Reads the record; `None`: it is damaged, or not sound, or of a newer program.
    pub fn read(bytes: &[u8]) -> Option<DeviceLock> {
        let (magic, rest) = bytes.split_first_chunk()?;
        let (key_id, rest) = rest.split_first_chunk()?;
        let (cost, rest) = rest.split_first_chunk::<COST_BYTES>()?;
        let (by_passphrase, rest) = WrappedKey::read(rest)?;
        let (by_recovery, rest) = WrappedKey::read(rest)?;
        let cost = Cost::read(*cost);
        let is_sound = *magic == MAGIC && cost.is_sound() && rest.is_empty();
        is_sound.then_some(DeviceLock { key_id: *key_id, cost, by_passphrase, by_recovery })
    }
}

impl WrappedKey {
    fn read(bytes: &[u8]) -> Option<(WrappedKey, &[u8])> {
        let (salt, rest) = bytes.split_first_chunk()?;
        let (nonce, rest) = rest.split_first_chunk()?;
        let (key, rest) = rest.split_first_chunk()?;
        Some((WrappedKey { salt: *salt, nonce: *nonce, key: *key }, rest))
    }
}

/// The record of the lock as it is stored; `None`: there is no lock.
pub async fn stored_lock(backend: &impl Backend) -> Result<Option<Vec<u8>>, BackendError> {
    Ok(backend.get(Area::Meta, &[LOCK_KEY.to_owned()]).await?.pop().flatten())
}

/// Puts another record of the same key in place of one, as when the passphrase is changed.
pub async fn replace_lock(
    backend: &impl Backend,
    known: Vec<u8>,
    new: &DeviceLock,
) -> Result<(), BackendError> {
    let transaction = Transaction {
        durability: Durability::Strict,
        expect: vec![expected(Some(known))],
        puts: vec![(Area::Meta, LOCK_KEY.to_owned(), new.bytes())],
        ..Transaction::default()
    };
    backend.commit(transaction).await
}

/// Deletes everything, whatever it is, the lock too.
pub async fn wipe(backend: &impl Backend) -> Result<(), BackendError> {
    let clears = Area::ALL.to_vec();
    let durability = Durability::Strict;
    backend.commit(Transaction { durability, clears, ..Transaction::default() }).await
}

/// That the lock is this one, or that there is none.
pub(crate) fn expected(lock: Option<Vec<u8>>) -> Expect {
    Expect { area: Area::Meta, key: LOCK_KEY.to_owned(), value: lock }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lock() -> DeviceLock {
        let wrapped = |n| WrappedKey { salt: [n; 16], nonce: [n + 1; 12], key: [n + 2; 48] };
        let (by_passphrase, by_recovery) = (wrapped(10), wrapped(20));
        DeviceLock { key_id: [7; 8], cost: Cost::OURS, by_passphrase, by_recovery }
    }

    #[test]
    fn the_record_comes_back_as_it_was_or_not_at_all() {
        let bytes = lock().bytes();
        assert_eq!(DeviceLock::read(&bytes), Some(lock()));
        for length in 0..bytes.len() {
            assert_eq!(DeviceLock::read(&bytes[..length]), None);
        }
        assert_eq!(DeviceLock::read(&[&bytes[..], b"x"].concat()), None);
        assert_eq!(DeviceLock::read(&[b"RGDEVL02", &bytes[8..]].concat()), None);
    }

    #[test]
    fn a_cost_that_was_lowered_is_refused() {
        let weak = DeviceLock { cost: Cost { memory: 8, passes: 1, lanes: 1 }, ..lock() };
        assert_eq!(DeviceLock::read(&weak.bytes()), None);
    }

    #[test]
    fn an_encrypted_key_stands_for_its_way_its_cost_and_its_salt() {
        let of = |id, cost, way, salt| DeviceLock::sealed_by([id; 8], cost, way, &[salt; 16]);
        let dear = Cost { passes: 4, ..Cost::OURS };
        let all = [
            of(1, Cost::OURS, Way::Passphrase, 1),
            of(2, Cost::OURS, Way::Passphrase, 1),
            of(1, dear, Way::Passphrase, 1),
            of(1, Cost::OURS, Way::Recovery, 1),
            of(1, Cost::OURS, Way::Passphrase, 2),
        ];
        assert!(all.iter().enumerate().all(|(n, it)| !all[..n].contains(it)));
    }
}
