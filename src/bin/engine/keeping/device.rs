//! The lock on what is stored on this device. The data have a random key of their own, which stands
//! in the database locked by the passphrase, as that of a locked file does: another passphrase locks
//! the same key anew, and the data stay as they are.

use super::locked::{key_in, sealed_by};
use super::unable;
use crate::backend::{database, lock_of, problem};
use crate::cipher::{Key, random};
use protocol::{BackupFault, Problem};
use std::rc::Rc;
use store::lock::{Header, KEY_BYTES, key_of_recovery, recovery_key};
use store::vault::{Cipher, LOCK_KEY, decrypt, encrypt};
use store::{Area, Backend, Durability, IndexedDb, Transaction};

/// Locks all that is stored: its key from now on, and that as text to be written down.
pub async fn lock(passphrase: &str) -> Result<(Rc<Key>, String), Problem> {
    let database = database().await?.ok_or(Problem::StorageUnavailable)?;
    if lock_of(&database).await?.is_some() {
        return Err(Problem::Locked);
    }
    let bytes = random::<KEY_BYTES>().map_err(|error| unable(&error))?;
    let header = sealed_by(passphrase, &bytes).await.map_err(|error| unable(&error))?;
    let key = key_from(&bytes).await?;
    encrypt(&database, &key, header.bytes()).await.map_err(problem)?;
    Ok((key, recovery_key(&bytes)))
}

/// The key that a passphrase, or the recovery key, opens.
pub async fn unlock(secret: &str) -> Result<Rc<Key>, Problem> {
    let (database, header) = locked_database().await?;
    key_from(&opened(&database, &header, secret).await?).await
}

/// Locks the key by another passphrase.
pub async fn change(secret: &str, passphrase: &str) -> Result<(), Problem> {
    let (database, header) = locked_database().await?;
    let bytes = opened(&database, &header, secret).await?;
    let header = sealed_by(passphrase, &bytes).await.map_err(|error| unable(&error))?;
    let puts = vec![(Area::Meta, LOCK_KEY.to_owned(), header.bytes())];
    let durability = Durability::Strict;
    let change = Transaction { durability, puts, ..Transaction::default() };
    database.commit(change).await.map_err(problem)
}

/// Takes the lock off.
pub async fn remove(secret: &str) -> Result<(), Problem> {
    let (database, header) = locked_database().await?;
    let key = key_from(&opened(&database, &header, secret).await?).await?;
    decrypt(&database, &key).await.map_err(problem)
}

async fn locked_database() -> Result<(IndexedDb, Header), Problem> {
    let database = database().await?.ok_or(Problem::StorageUnavailable)?;
    let lock = lock_of(&database).await?.ok_or(Problem::NotFound)?;
    let header = Header::read(&lock).ok_or_else(|| Problem::StorageDamaged(LOCK_KEY.to_owned()))?;
    Ok((database, header))
}

/// The record by which a key is known to be the right one.
const MANIFEST: &str = "manifest";

/// The key's bytes. A recovery key is known to be the right one by the manifest, which it opens.
async fn opened(
    database: &IndexedDb,
    header: &Header,
    secret: &str,
) -> Result<[u8; KEY_BYTES], Problem> {
    let Some(bytes) = key_of_recovery(secret) else { return key_in(header, secret).await };
    let found = database.get(Area::Meta, &[MANIFEST.to_owned()]).await.map_err(problem)?;
    let sealed = found.into_iter().next().flatten().unwrap_or_default();
    let opens = key_from(&bytes).await?.open(&format!("meta/{MANIFEST}"), &sealed).await;
    opens.map(|_| bytes).map_err(|_wrong| Problem::Backup(BackupFault::WrongPassphrase))
}

async fn key_from(bytes: &[u8; KEY_BYTES]) -> Result<Rc<Key>, Problem> {
    Key::new(bytes).await.map(Rc::new).map_err(|error| unable(&error))
}
