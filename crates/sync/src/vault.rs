//! The vault's file: tells which shop this is and how its key is had.

use crate::ids::VaultId;
use crate::key::{DataKey, Entropy, KeyError, Work, WrappedKey};
use crate::segment::{Damage, VERSION};
use serde::{Deserialize, Serialize};

/// Longest text that is read as a vault's file, in bytes: an entry takes some 300.
const LONGEST_TEXT: usize = 64 << 10;

/// What the devices of one shop share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vault {
    v: u32,
    /// Which.
    pub vault: VaultId,
    /// Its keys, wrapped, the one in use last; none: nothing is sealed.
    #[serde(default)]
    pub keys: Vec<WrappedKey>,
}

impl Vault {
    /// A new vault whose bodies anybody can read who can read the server.
    pub fn open(entropy: &mut impl Entropy) -> Vault {
        Vault { v: VERSION, vault: new_id(entropy), keys: Vec::new() }
    }

    /// A new vault with a new key, which the passphrase opens.
    pub fn sealed(
        passphrase: &str,
        work: Work,
        entropy: &mut impl Entropy,
    ) -> Result<(Vault, DataKey), KeyError> {
        let (vault, key) = (new_id(entropy), DataKey::new(entropy));
        let wrapped = key.wrap(vault, passphrase, work, entropy)?;
        Ok((Vault { v: VERSION, vault, keys: vec![wrapped] }, key))
    }

    /// The same vault with its key under another passphrase. What was sealed stays as it is.
    pub fn with_passphrase(
        &self,
        key: &DataKey,
        passphrase: &str,
        work: Work,
        entropy: &mut impl Entropy,
    ) -> Result<Vault, KeyError> {
        let keys = vec![key.wrap(self.vault, passphrase, work, entropy)?];
        Ok(Vault { keys, ..self.clone() })
    }

    /// The key in use; `None`: there is none.
    pub fn key(&self, passphrase: &str) -> Result<Option<DataKey>, KeyError> {
        self.keys.last().map(|it| DataKey::unwrap(self.vault, passphrase, it)).transpose()
    }

    /// Whether a file of the same vault has the same keys: their passphrases may differ.
    pub(crate) fn has_keys_of(&self, other: &Vault) -> bool {
        let kids = |vault: &Vault| vault.keys.iter().map(|it| it.kid.clone()).collect::<Vec<_>>();
        self.vault == other.vault && kids(self) == kids(other)
    }

    /// The text that is stored.
    pub fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads what a server gave.
    pub fn parse(text: &str) -> Result<Vault, Damage> {
        if text.len() > LONGEST_TEXT {
            return Err(Damage::TooLong);
        }
        let vault: Vault = serde_json::from_str(text).ok().ok_or(Damage::Foreign)?;
        if vault.v > VERSION { Err(Damage::TooNew) } else { Ok(vault) }
    }
}

fn new_id(entropy: &mut impl Entropy) -> VaultId {
    VaultId(u128::from_be_bytes(entropy.bytes()))
}
