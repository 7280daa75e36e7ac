//! The key that a vault's bodies are sealed with, how a passphrase guards it, and how it seals.
//!
//! A passphrase gives, by Argon2id, a key that wraps the data key. The data key gives, by HKDF with a
//! random salt, a key of its own for each body: AES-GCM bounds how much one key may seal, and a copy
//! of a device can never use a key and nonce twice.

use crate::ids::{Digest, VaultId, from_hex, to_hex};
use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use argon2::{Algorithm, Argon2, Params, Version};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use model::base32;
use serde::{Deserialize, Serialize};
use sha2::Sha256;

const SALT_BYTES: usize = 16;
const NONCE_BYTES: usize = 12;

/// Fills bytes with randomness: given from outside, for there is none in here.
pub trait Entropy {
    /// Fills all of them.
    fn fill(&mut self, bytes: &mut [u8]);

    /// So many random bytes.
    fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.fill(&mut bytes);
        bytes
    }
}

/// The key of a vault, with its name.
#[derive(Clone, PartialEq, Eq)]
pub struct DataKey {
    name: [u8; 4],
    secret: [u8; 32],
}

/// Keys do not get into logs.
impl std::fmt::Debug for DataKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "DataKey({})", self.kid())
    }
}

/// Why a key cannot be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// The passphrase is another.
    #[error("the passphrase is wrong")]
    WrongPassphrase,
    /// The vault asks for less work than is safe, which a server could do to guess the passphrase.
    #[error("the vault's passphrase is guarded too weakly")]
    TooWeak,
    /// The vault's entry cannot be read.
    #[error("the vault's key cannot be read")]
    Malformed,
    /// The recovery code is mistyped.
    #[error("the recovery code is mistyped")]
    Mistyped,
}

/// How much work a passphrase takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Work {
    /// Memory in KiB.
    pub m: u32,
    /// Passes.
    pub t: u32,
    /// Lanes.
    pub p: u32,
}

impl Work {
    /// What new vaults ask for.
    pub const USUAL: Work = Work { m: 65_536, t: 3, p: 1 };
    /// The least that is accepted of a vault, whatever its server says.
    pub const LEAST: Work = Work { m: 19_456, t: 2, p: 1 };
    /// The most: more would only stop the device.
    const MOST: Work = Work { m: 1_048_576, t: 64, p: 16 };

    const fn is_accepted(self) -> bool {
        self.m >= Work::LEAST.m
            && self.t >= Work::LEAST.t
            && self.p >= Work::LEAST.p
            && self.m <= Work::MOST.m
            && self.t <= Work::MOST.t
            && self.p <= Work::MOST.p
    }
}

/// A data key as the vault's file keeps it: wrapped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrappedKey {
    /// Name of the key.
    pub kid: String,
    /// Work of Argon2id.
    pub work: Work,
    /// Salt of Argon2id, 16 bytes in hexadecimal.
    pub salt: String,
    /// Nonce of the wrapping, 12 bytes in hexadecimal.
    pub nonce: String,
    /// The key under AES-256-GCM, 48 bytes in hexadecimal.
    pub wrapped: String,
}

impl DataKey {
    /// A new random key.
    pub fn new(entropy: &mut impl Entropy) -> DataKey {
        DataKey { name: entropy.bytes(), secret: entropy.bytes() }
    }

    /// The name by which segments say which key sealed them.
    pub fn kid(&self) -> String {
        to_hex(&self.name)
    }

    /// The key as the vault's file may keep it, openable with the passphrase.
    pub fn wrap(
        &self,
        vault: VaultId,
        passphrase: &str,
        work: Work,
        entropy: &mut impl Entropy,
    ) -> Result<WrappedKey, KeyError> {
        let (salt, nonce): ([u8; SALT_BYTES], [u8; NONCE_BYTES]) =
            (entropy.bytes(), entropy.bytes());
        let cipher = wrapping(passphrase, &salt, work)?;
        let about = about_key(vault, &self.kid());
        let payload = Payload { msg: &self.secret, aad: about.as_bytes() };
        let wrapped =
            cipher.encrypt(&Nonce::from(nonce), payload).ok().ok_or(KeyError::Malformed)?;
        Ok(WrappedKey {
            kid: self.kid(),
            work,
            salt: to_hex(&salt),
            nonce: to_hex(&nonce),
            wrapped: to_hex(&wrapped),
        })
    }

    /// The key that a passphrase opens.
    pub fn unwrap(
        vault: VaultId,
        passphrase: &str,
        entry: &WrappedKey,
    ) -> Result<DataKey, KeyError> {
        fn bytes<const N: usize>(text: &str) -> Result<[u8; N], KeyError> {
            let bytes = from_hex(text).ok_or(KeyError::Malformed)?;
            bytes.try_into().ok().ok_or(KeyError::Malformed)
        }
        let name = bytes(&entry.kid)?;
        let salt: [u8; SALT_BYTES] = bytes(&entry.salt)?;
        let nonce: [u8; NONCE_BYTES] = bytes(&entry.nonce)?;
        let wrapped: [u8; 48] = bytes(&entry.wrapped)?;
        let cipher = wrapping(passphrase, &salt, entry.work)?;
        let about = about_key(vault, &entry.kid);
        let payload = Payload { msg: &wrapped, aad: about.as_bytes() };
        let secret = cipher.decrypt(&Nonce::from(nonce), payload);
        let secret = secret.ok().and_then(|it| it.try_into().ok());
        Ok(DataKey { name, secret: secret.ok_or(KeyError::WrongPassphrase)? })
    }

    /// The key to be written down: 16 groups of four letters and digits.
    pub fn recovery_code(&self) -> String {
        let mut bytes = [&self.name[..], &self.secret].concat();
        bytes.extend(checksum(&bytes));
        base32::grouped(&bytes)
    }

    /// The key of a code that was written down; blanks, hyphens and case say nothing.
    pub fn recover(code: &str) -> Result<DataKey, KeyError> {
        let bytes = base32::read(code).filter(|it| it.len() == 40).ok_or(KeyError::Mistyped)?;
        let (key, check) = bytes.split_at(36);
        if checksum(key) != check {
            return Err(KeyError::Mistyped);
        }
        let (name, secret) = key.split_at(4);
        match (name.try_into(), secret.try_into()) {
            (Ok(name), Ok(secret)) => Ok(DataKey { name, secret }),
            _ => Err(KeyError::Mistyped),
        }
    }

    /// Seals a body: salt, nonce, ciphertext with its tag. `place` is what it may not be moved from.
    pub(crate) fn seal(&self, place: &str, body: &[u8], entropy: &mut impl Entropy) -> Vec<u8> {
        let (salt, nonce): ([u8; SALT_BYTES], [u8; NONCE_BYTES]) =
            (entropy.bytes(), entropy.bytes());
        let payload = Payload { msg: body, aad: place.as_bytes() };
        let sealed = self.cipher(&salt, place).encrypt(&Nonce::from(nonce), payload);
        // It fails above 64 GB only, which no body is.
        [&salt[..], &nonce, &sealed.unwrap_or_default()].concat()
    }

    /// The body that was sealed for this place; `None`: it was not, or not with this key.
    pub(crate) fn open(&self, place: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        let (salt, rest) = sealed.split_at_checked(SALT_BYTES)?;
        let (nonce, sealed) = rest.split_at_checked(NONCE_BYTES)?;
        let nonce: [u8; NONCE_BYTES] = nonce.try_into().ok()?;
        let payload = Payload { msg: sealed, aad: place.as_bytes() };
        self.cipher(salt, place).decrypt(&Nonce::from(nonce), payload).ok()
    }

    /// What only who has the key can say of a text.
    pub(crate) fn mark(&self, text: &str) -> Digest {
        let key = self.derived(b"", "regulars mark");
        hmac_sha256(&key, text.as_bytes())
    }

    fn cipher(&self, salt: &[u8], place: &str) -> Aes256Gcm {
        Aes256Gcm::new(&self.derived(salt, place).into())
    }

    fn derived(&self, salt: &[u8], info: &str) -> [u8; 32] {
        let mut key = [0; 32];
        // 32 bytes are always to be had: the bound is 255 digests.
        let _ = Hkdf::<Sha256>::new(Some(salt), &self.secret).expand(info.as_bytes(), &mut key);
        key
    }
}

/// HMAC with SHA-256.
pub(crate) fn hmac_sha256(key: &[u8], text: &[u8]) -> Digest {
    // Keys may have any length, so that this cannot fail.
    let Ok(mut mac) = <Hmac<Sha256> as KeyInit>::new_from_slice(key) else {
        return Digest([0; 32]);
    };
    mac.update(text);
    Digest(mac.finalize().into_bytes().into())
}

fn wrapping(passphrase: &str, salt: &[u8], work: Work) -> Result<Aes256Gcm, KeyError> {
    if !work.is_accepted() {
        return Err(KeyError::TooWeak);
    }
    let Work { m, t, p } = work;
    let params = Params::new(m, t, p, Some(32)).ok().ok_or(KeyError::Malformed)?;
    let mut key = [0; 32];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.as_bytes(), salt, &mut key)
        .ok()
        .ok_or(KeyError::Malformed)?;
    Ok(Aes256Gcm::new(&key.into()))
}

fn about_key(vault: VaultId, kid: &str) -> String {
    format!("regulars-key\n1\n{vault}\n{kid}")
}

fn checksum(bytes: &[u8]) -> [u8; 4] {
    let Digest([a, b, c, d, ..]) = Digest::of([bytes]);
    [a, b, c, d]
}
