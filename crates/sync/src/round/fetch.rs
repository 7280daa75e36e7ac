//! Getting a file: it is whole, absent or damaged, or the server gave something of its own.

use super::{Home, Round, Stop};
use crate::remote::{Failure, Path, Remote};
use crate::segment::Damage;
use crate::vault::Vault;

/// A file that cannot be read is got so often: an answer may be cut off, or a page come in between.
const READINGS: usize = 3;

/// What a server holds under a name.
#[derive(Debug)]
pub(super) enum Got<T> {
    /// It says that there is nothing.
    Absent,
    Whole(T),
    /// There is something, and it is no use.
    Damaged(Damage),
}

impl<T> Got<T> {
    pub(super) fn whole(self) -> Option<T> {
        match self {
            Got::Whole(it) => Some(it),
            Got::Absent | Got::Damaged(_) => None,
        }
    }
}

/// What a server holds as the vault's file.
pub(super) enum VaultThere {
    Absent,
    Whole(Vault, String),
    /// Only the beginning of it: somebody's writing was cut off.
    Half,
}

impl<R: Remote, H: Home> Round<'_, R, H> {
    /// Gets a file. Something else in its place, as a sign-in page, is an error of the server and never
    /// the absence of the file. Only where it comes again and again, and the vault's file is whole at
    /// the same time, is it the file that is damaged.
    pub(super) async fn fetch<T>(
        &self,
        path: Path,
        parse: impl Fn(&str) -> Result<T, Damage>,
    ) -> Result<Got<T>, Stop> {
        let mut damage = Damage::Foreign;
        for _ in 0..READINGS {
            let Some(text) = self.remote.get(path).await? else { return Ok(Got::Absent) };
            match parse(&text) {
                Ok(it) => return Ok(Got::Whole(it)),
                Err(it @ (Damage::Foreign | Damage::TooLong | Damage::Hash)) => damage = it,
                Err(other) => return Ok(Got::Damaged(other)),
            }
        }
        if damage == Damage::Hash {
            return Ok(Got::Damaged(damage));
        }
        match self.remote.get(Path::Vault).await?.as_deref().map(Vault::parse) {
            Some(Ok(vault)) if vault.vault == self.replica.vault() => Ok(Got::Damaged(damage)),
            _ => Err(Failure::Foreign.into()),
        }
    }

    /// Gets the vault's file.
    pub(super) async fn fetch_vault(&self) -> Result<VaultThere, Stop> {
        let mut is_half = false;
        for _ in 0..READINGS {
            let Some(text) = self.remote.get(Path::Vault).await? else {
                return Ok(VaultThere::Absent);
            };
            match Vault::parse(&text) {
                Ok(vault) => return Ok(VaultThere::Whole(vault, text)),
                Err(Damage::TooNew) => return Err(Stop::Vault(Damage::TooNew)),
                Err(_) => is_half = is_beginning(&text),
            }
        }
        if is_half { Ok(VaultThere::Half) } else { Err(Failure::Foreign.into()) }
    }
}

/// Whether a text is the beginning of a file of ours: a page, or JSON of somebody else, is not.
pub(super) fn is_beginning(text: &str) -> bool {
    let text = text.trim_start();
    let is_json = || serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok();
    text.is_empty() || (text.starts_with('{') && !is_json())
}
