//! Beginning: a shop is founded on a server, or the one that is there is joined.

use crate::words::{of_failure, of_key};
use model::DeviceId;
use protocol::sync::{SHORTEST_PASSPHRASE, SyncSecret, SyncTrouble};
use sync::{Damage, DataKey, Entropy, Path, Remote, Replica, Vault, Work};

/// An answer may be cut off, or a page come in between.
const READINGS: usize = 3;

/// A device's side of a shop that was founded or joined.
pub(crate) struct Begun {
    pub replica: Replica,
    pub key: Option<DataKey>,
    pub founded: bool,
}

/// Founds a shop where there is none, or joins the one that is there. Of it only the shop's file is
/// written, so that a second device finds it there from the first moment.
pub(crate) async fn begin(
    remote: &impl Remote,
    secret: &SyncSecret,
    entropy: &mut impl Entropy,
) -> Result<Begun, SyncTrouble> {
    let dev = DeviceId(u64::from_be_bytes(entropy.bytes()));
    if let Some(vault) = vault_there(remote).await? {
        let key = key_of(&vault, secret)?;
        return Ok(Begun { replica: Replica::new(vault.vault, dev), key, founded: false });
    }
    let (vault, key) = founded(secret, entropy)?;
    remote.put(Path::Vault, &vault.text()).await.map_err(of_failure)?;
    match vault_there(remote).await? {
        Some(there) if there == vault => {}
        Some(_) => return Err(SyncTrouble::OtherShop),
        None => return Err(SyncTrouble::NotKept),
    }
    Ok(Begun { replica: Replica::founding(&vault, dev), key, founded: true })
}

async fn vault_there(remote: &impl Remote) -> Result<Option<Vault>, SyncTrouble> {
    let mut trouble = SyncTrouble::Foreign;
    for _ in 0..READINGS {
        let Some(text) = remote.get(Path::Vault).await.map_err(of_failure)? else {
            return Ok(None);
        };
        match Vault::parse(&text) {
            Ok(vault) => return Ok(Some(vault)),
            Err(Damage::TooNew) => return Err(SyncTrouble::TooNew),
            Err(_) if text.trim_start().starts_with('{') || text.trim().is_empty() => {
                trouble = SyncTrouble::HalfShopFile;
            }
            Err(_) => trouble = SyncTrouble::Foreign,
        }
    }
    Err(trouble)
}

/// The key of a shop that is there. A secret that it does not need is no secret of this shop.
fn key_of(vault: &Vault, secret: &SyncSecret) -> Result<Option<DataKey>, SyncTrouble> {
    match (vault.keys.last(), secret) {
        (None, SyncSecret::None) => Ok(None),
        (None, SyncSecret::Passphrase(_) | SyncSecret::Recovery(_)) => Err(SyncTrouble::NotSealed),
        (Some(_), SyncSecret::None) => Err(SyncTrouble::PassphraseWanted),
        (Some(_), SyncSecret::Passphrase(passphrase)) => vault.key(passphrase).map_err(of_key),
        (Some(entry), SyncSecret::Recovery(code)) => {
            let key = DataKey::recover(code).map_err(of_key)?;
            if key.kid() == entry.kid { Ok(Some(key)) } else { Err(SyncTrouble::WrongCode) }
        }
    }
}

fn founded(
    secret: &SyncSecret,
    entropy: &mut impl Entropy,
) -> Result<(Vault, Option<DataKey>), SyncTrouble> {
    match secret {
        SyncSecret::None => Ok((Vault::open(entropy), None)),
        SyncSecret::Recovery(_) => Err(SyncTrouble::NoShop),
        SyncSecret::Passphrase(passphrase) => {
            is_long_enough(passphrase)?;
            let (vault, key) = Vault::sealed(passphrase, Work::USUAL, entropy).map_err(of_key)?;
            Ok((vault, Some(key)))
        }
    }
}

/// Whether a passphrase may guard a shop.
pub(crate) fn is_long_enough(passphrase: &str) -> Result<(), SyncTrouble> {
    let is_long = passphrase.chars().count() >= SHORTEST_PASSPHRASE;
    if is_long { Ok(()) } else { Err(SyncTrouble::ShortPassphrase) }
}
