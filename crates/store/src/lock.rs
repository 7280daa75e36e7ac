//! What a file that is locked by a passphrase begins with, and how its key comes about.
//!
//! A file has a random key of its own, which encrypts it block by block (AES-256-GCM). The key
//! stands at its beginning, encrypted by one that Argon2id makes of the passphrase. The format is
//! told in `docs/backup-format.md`; ciphers are the browser's.

use argon2::{Algorithm, Argon2, Block, Params, Version};

/// What a locked file begins with.
pub const MAGIC: [u8; 8] = *b"RGLOCK01";

/// Bytes of a salt.
pub const SALT_BYTES: usize = 16;
/// Bytes of a nonce of AES-GCM.
pub const NONCE_BYTES: usize = 12;
/// Bytes of a key.
pub const KEY_BYTES: usize = 32;
/// Bytes by which AES-GCM makes a text longer.
pub const TAG_BYTES: usize = 16;
/// Bytes before the first block.
pub const HEADER_BYTES: usize = SEALED_BY + KEY_BYTES + TAG_BYTES;
/// Bytes of a full block before it is encrypted.
pub const BLOCK_BYTES: usize = 1 << 20;

/// The header's bytes before the encrypted key: that authenticates them.
const SEALED_BY: usize = 8 + COST_BYTES + SALT_BYTES + NONCE_BYTES;

/// Bytes of a cost.
pub(crate) const COST_BYTES: usize = 3 * 4;

/// What it costs to try a passphrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    /// Memory in KiB.
    pub memory: u32,
    /// How often all of it is gone through.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
}

impl Cost {
    /// Of the files that this program writes: 64 MiB, three times.
    pub const OURS: Cost = Cost { memory: 64 << 10, passes: 3, lanes: 1 };

    /// Whether it is neither so low that a file was tampered with, nor so high that trying it would
    /// stop the browser.
    pub(crate) const fn is_sound(self) -> bool {
        let Cost { memory, passes, lanes } = self;
        let is_enough = memory >= 19 << 10 && passes >= 2 && lanes >= 1;
        is_enough && memory <= 256 << 10 && passes <= 16 && lanes <= 4
    }

    /// As it is stored: its three numbers, little-endian.
    pub(crate) fn bytes(self) -> [u8; COST_BYTES] {
        let Cost { memory, passes, lanes } = self;
        let mut bytes = [0; COST_BYTES];
        let numbers = [memory, passes, lanes].map(u32::to_le_bytes);
        bytes.copy_from_slice(numbers.as_flattened());
        bytes
    }

    /// Reads the stored form, sound or not.
    pub(crate) fn read(bytes: [u8; COST_BYTES]) -> Cost {
        let number =
            |at: usize| u32::from_le_bytes(std::array::from_fn(|byte| bytes[at * 4 + byte]));
        Cost { memory: number(0), passes: number(1), lanes: number(2) }
    }
}

/// The beginning of a locked file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// What it costs to try a passphrase.
    pub cost: Cost,
    /// Mixed with the passphrase; random.
    pub salt: [u8; SALT_BYTES],
    /// With which the key was encrypted; random.
    pub nonce: [u8; NONCE_BYTES],
    /// The file's key, encrypted.
    pub key: [u8; KEY_BYTES + TAG_BYTES],
}

impl Header {
    /// The bytes that the encrypted key authenticates.
    pub fn sealed_by(&self) -> Vec<u8> {
        let Header { cost, salt, nonce, key: _ } = self;
        [&MAGIC[..], &cost.bytes(), salt, nonce].concat()
    }

    /// The whole header, which every block authenticates.
    pub fn bytes(&self) -> Vec<u8> {
        [&self.sealed_by()[..], &self.key].concat()
    }

    /// Reads the beginning of a file; `None`: no locked file begins so, or none that is sound.
    pub fn read(bytes: &[u8]) -> Option<Header> {
        let (magic, rest) = bytes.split_first_chunk()?;
        let (cost, rest) = rest.split_first_chunk()?;
        let (salt, rest) = rest.split_first_chunk()?;
        let (nonce, rest) = rest.split_first_chunk()?;
        let (key, _) = rest.split_first_chunk()?;
        let cost = Cost::read(*cost);
        let is_sound = *magic == MAGIC && cost.is_sound();
        is_sound.then_some(Header { cost, salt: *salt, nonce: *nonce, key: *key })
    }
}

/// The key that a passphrase gives. Takes the time and memory of `cost`; `None`: there is no such
/// cost.
pub fn key_of(passphrase: &str, salt: &[u8], cost: Cost) -> Option<[u8; KEY_BYTES]> {
    let Cost { memory, passes, lanes } = cost;
    let params = Params::new(memory, passes, lanes, Some(KEY_BYTES)).ok()?;
    let mut blocks = vec![Block::default(); params.block_count()];
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let mut key = [0; KEY_BYTES];
    let made = argon.hash_password_into_with_memory(
        passphrase.as_bytes(),
        salt,
        &mut key,
        blocks.as_mut_slice(),
    );
    made.ok().map(|()| key)
}

/// The nonce of a block. A key encrypts one file only, so that a count will do; the last block says
/// that it is, so that a file that is cut short is known.
pub fn block_nonce(block: u64, is_last: bool) -> [u8; NONCE_BYTES] {
    let mut nonce = [0; NONCE_BYTES];
    nonce[..8].copy_from_slice(&block.to_be_bytes());
    nonce[NONCE_BYTES - 1] = u8::from(is_last);
    nonce
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header() -> Header {
        Header { cost: Cost::OURS, salt: [1; 16], nonce: [2; 12], key: [3; 48] }
    }

    #[test]
    fn a_header_comes_back_as_it_was() {
        let bytes = header().bytes();
        assert_eq!(bytes.len(), HEADER_BYTES);
        assert_eq!(Header::read(&bytes), Some(header()));
        assert_eq!(Header::read(&[&bytes[..], b"more"].concat()), Some(header()));
        assert_eq!(Header::read(&bytes[..HEADER_BYTES - 1]), None);
        assert_eq!(Header::read(b"\x1f\x8b"), None);
    }

    #[test]
    fn a_cost_that_was_tampered_with_is_refused() {
        let Cost { memory, passes, lanes } = Cost::OURS;
        for (cost, is_sound) in [
            (Cost::OURS, true),
            (Cost { memory: 19 << 10, passes: 2, lanes }, true),
            (Cost { memory: 8, passes, lanes }, false),
            (Cost { memory, passes: 1, lanes }, false),
            (Cost { memory, passes, lanes: 0 }, false),
            (Cost { memory: 256 << 10, passes, lanes }, true),
            (Cost { memory: 257 << 10, passes, lanes }, false),
            (Cost { memory: u32::MAX, passes, lanes }, false),
            (Cost { memory, passes: 1_000_000, lanes }, false),
        ] {
            let read = Header::read(&Header { cost, ..header() }.bytes());
            assert_eq!(read.is_some(), is_sound, "{cost:?}");
        }
    }

    /// The key is the reference implementation's (`argon2 -id`, version 1.3).
    #[test]
    fn a_passphrase_gives_the_key_that_others_compute() {
        let cost = Cost { memory: 256, passes: 2, lanes: 1 };
        let key = key_of("password", b"somesalt", cost).unwrap();
        let expected = 0x9dfe_b910_e80b_ad03_11fe_e20f_9c0e_2b12_u128.to_be_bytes();
        assert_eq!(key[..16], expected);
        let expected = 0xc179_87b4_cac9_0c2e_f54d_5b30_21c6_8bfe_u128.to_be_bytes();
        assert_eq!(key[16..], expected);
        assert_ne!(key_of("passwore", b"somesalt", cost), Some(key));
        assert_eq!(key_of("password", b"somesalt", Cost { memory: 1, ..cost }), None);
    }

    #[test]
    fn no_two_blocks_share_a_nonce() {
        let nonces = [(0, false), (1, false), (1, true), (256, false)];
        let nonces = nonces.map(|(block, is_last)| block_nonce(block, is_last));
        assert_eq!(nonces[0], [0; 12]);
        assert_eq!(nonces[2], [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1]);
        assert!(nonces.iter().enumerate().all(|(n, it)| !nonces[..n].contains(it)));
    }
}
