//! The vault's file: written once, tells which shop this is and how its key is had.

use crate::ids::VaultId;
use crate::key::{DataKey, Entropy, KeyError, Work, WrappedKey};
use crate::segment::{Damage, VERSION};
use serde::{Deserialize, Serialize};

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

    /// The text that is stored.
    pub fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads what a server gave.
    pub fn parse(text: &str) -> Result<Vault, Damage> {
        let vault: Vault = serde_json::from_str(text).ok().ok_or(Damage::Foreign)?;
        if vault.v > VERSION { Err(Damage::TooNew) } else { Ok(vault) }
    }
}

fn new_id(entropy: &mut impl Entropy) -> VaultId {
    VaultId(u128::from_be_bytes(entropy.bytes()))
}
