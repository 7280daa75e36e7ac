//! The lock of this device: put on, opened, changed, taken off. What a passphrase is worth is the
//! store's to say, ciphers are the browser's.

use crate::backend::{AnyBackend, problem};
use crate::cipher::{Key, random};
use crate::keyring::Keyring;
use crate::turn;
use protocol::{LockAsk, LockFault, LockSecret, LockView, Problem, Writes};
use std::rc::Rc;
use store::lock::{Cost, KEY_BYTES, NONCE_BYTES, SALT_BYTES, TAG_BYTES, key_of};
use store::{
    CODE_BYTES, DeviceLock, Guarded, IndexedDb, KeyId, Way, WrappedKey, read_recovery_code,
    recovery_code, replace_lock, stored_lock,
};
use wasm_bindgen::JsValue;

/// The key of all records, bare: for as long as it takes to encrypt it anew.
type DataKey = [u8; KEY_BYTES];

/// Answers a question about the lock; `open`: where the data are, once they are open.
pub async fn answer(
    keys: &Keyring,
    open: Option<AnyBackend>,
    ask: LockAsk,
) -> Result<LockView, Problem> {
    let guarded = match open {
        Some(AnyBackend::Indexed(guarded)) => Some(guarded),
        Some(AnyBackend::Memory(_)) => return Err(Problem::StorageUnavailable),
        None => None,
    };
    let mut recovery = None;
    match ask {
        LockAsk::State => {}
        LockAsk::Set(passphrase) => {
            let guarded = guarded.as_ref().ok_or(Problem::NotFound)?;
            recovery = Some(set(keys, guarded, &passphrase).await?);
        }
        LockAsk::Unlock { secret, stay } => {
            let (lock, _) = found().await?;
            let key = opened(&lock, &secret).await?;
            let key = Rc::new(Key::new(&key).await.map_err(|error| unable(&error))?);
            keys.put(lock.key_id, key, stay).await.map_err(problem)?;
        }
        LockAsk::Change { secret, passphrase } => {
            let (lock, record) = found().await?;
            let key = opened(&lock, &secret).await?;
            let of = (lock.key_id, lock.cost);
            let by_passphrase = wrap(of, &key, Way::Passphrase, &passphrase).await?;
            replace(keys, guarded.as_ref(), record, DeviceLock { by_passphrase, ..lock }).await?;
        }
        LockAsk::Renew(passphrase) => {
            let (lock, record) = found().await?;
            let key = opened(&lock, &LockSecret::Passphrase(passphrase)).await?;
            let (code, by_recovery) = wrap_by_code((lock.key_id, lock.cost), &key).await?;
            replace(keys, guarded.as_ref(), record, DeviceLock { by_recovery, ..lock }).await?;
            recovery = Some(code);
        }
        LockAsk::Remove(passphrase) => {
            let guarded = guarded.as_ref().ok_or(Problem::NotFound)?;
            opened(&found().await?.0, &LockSecret::Passphrase(passphrase)).await?;
            let _turns = turns().await;
            guarded.unlock().await.map_err(problem)?;
            keys.forget();
            keys.say_changed(None);
        }
    }
    let on = guarded.is_none_or(|it| it.key_id().is_some());
    Ok(LockView { on, possible: true, recovery })
}

/// Puts the lock on; the recovery code.
async fn set(
    keys: &Keyring,
    guarded: &Guarded<IndexedDb, Key>,
    passphrase: &str,
) -> Result<String, Problem> {
    let key_id = random().map_err(|error| unable(&error))?;
    let bare: DataKey = random().map_err(|error| unable(&error))?;
    let cost = Cost::OURS;
    let by_passphrase = wrap((key_id, cost), &bare, Way::Passphrase, passphrase).await?;
    let (code, by_recovery) = wrap_by_code((key_id, cost), &bare).await?;
    let lock = DeviceLock { key_id, cost, by_passphrase, by_recovery };
    let key = Rc::new(Key::new(&bare).await.map_err(|error| unable(&error))?);
    let _turns = turns().await;
    guarded.lock(&lock, Rc::clone(&key)).await.map_err(problem)?;
    keys.put(key_id, key, false).await.map_err(problem)?;
    keys.say_changed(Some(key_id));
    Ok(code)
}

/// Nobody writes meanwhile: neither a lot nor an edit.
async fn turns() -> (Option<turn::Turn>, Option<turn::Turn>) {
    (turn::take(Writes::Lot).await, turn::take(Writes::Edit).await)
}

/// The lock that is stored, with its record.
async fn found() -> Result<(DeviceLock, Vec<u8>), Problem> {
    let database = AnyBackend::database().await?;
    let record = stored_lock(&database).await.map_err(problem)?.ok_or(Problem::NotFound)?;
    let lock = DeviceLock::read(&record);
    Ok((lock.ok_or_else(|| problem(store::BackendError::LockUnreadable))?, record))
}

/// Stores the lock with another passphrase or code.
async fn replace(
    keys: &Keyring,
    guarded: Option<&Guarded<IndexedDb, Key>>,
    known: Vec<u8>,
    lock: DeviceLock,
) -> Result<(), Problem> {
    replace_lock(&AnyBackend::database().await?, known, &lock).await.map_err(problem)?;
    if let Some(guarded) = guarded {
        guarded.look().await.map_err(problem)?;
    }
    keys.say_changed(Some(lock.key_id));
    Ok(())
}

/// The key by what opens it.
async fn opened(lock: &DeviceLock, secret: &LockSecret) -> Result<DataKey, Problem> {
    let (way, wrong) = match secret {
        LockSecret::Passphrase(_) => (Way::Passphrase, LockFault::WrongPassphrase),
        LockSecret::Recovery(_) => (Way::Recovery, LockFault::WrongCode),
    };
    let wrong = || Problem::Lock(wrong.clone());
    let text = match secret {
        LockSecret::Passphrase(text) => text.clone(),
        LockSecret::Recovery(typed) => read_recovery_code(typed).ok_or_else(wrong)?,
    };
    let WrappedKey { salt, nonce, key } = lock.wrapped(way);
    let with = DeviceLock::sealed_by(lock.key_id, lock.cost, way, salt);
    let opening = wrapping_key(&text, salt, lock.cost).await?;
    let bare = opening.decrypt(nonce, &with, key).await.map_err(|_wrong| wrong())?;
    bare.to_vec().try_into().map_err(|_wrong| wrong())
}

/// The key under a new recovery code, and the code.
async fn wrap_by_code(of: (KeyId, Cost), bare: &DataKey) -> Result<(String, WrappedKey), Problem> {
    let code = recovery_code(&random::<CODE_BYTES>().map_err(|error| unable(&error))?);
    let wrapped = wrap(of, bare, Way::Recovery, &code).await?;
    Ok((code, wrapped))
}

/// The key under what opens it.
async fn wrap(
    (id, cost): (KeyId, Cost),
    bare: &DataKey,
    way: Way,
    text: &str,
) -> Result<WrappedKey, Problem> {
    let salt = random::<SALT_BYTES>().map_err(|error| unable(&error))?;
    let nonce = random::<NONCE_BYTES>().map_err(|error| unable(&error))?;
    let with = DeviceLock::sealed_by(id, cost, way, &salt);
    let wrapping = wrapping_key(text, &salt, cost).await?;
    let sealed = wrapping.encrypt(&nonce, &with, bare).await.map_err(|error| unable(&error))?;
    let mut key = [0; KEY_BYTES + TAG_BYTES];
    sealed.copy_to(&mut key);
    Ok(WrappedKey { salt, nonce, key })
}

async fn wrapping_key(text: &str, salt: &[u8], cost: Cost) -> Result<Key, Problem> {
    let bytes = key_of(text, salt, cost).ok_or_else(|| unable(&JsValue::NULL))?;
    Key::new(&bytes).await.map_err(|error| unable(&error))
}

/// What the browser cannot do, in its own words.
fn unable(error: &JsValue) -> Problem {
    Problem::Lock(LockFault::Unable(crate::keeping::words(error)))
}
