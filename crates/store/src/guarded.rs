//! A backend whose values are encrypted while the lock of this device is on.
//!
//! Keys of records stay as they are: they are numbers, never names. Every value but the lock's own
//! record is encrypted (AES-256-GCM) under one key, with a random nonce; its area and its key are
//! authenticated with it, so that no record can stand in another's place.
//! ```text
//! 0xE1  nonce 12  encrypted value, with its tag 16
//! ```
//! Every transaction expects the lock to be as this tab knows it: a tab from before the lock was put
//! on, or taken off, cannot write a value in the wrong form. Setting and removing are one transaction
//! over everything, so that a kill leaves all locked or all open. Ciphers are awaited before a
//! transaction begins, never inside.
//!
//! A value that does not open is given as an empty one: no record is empty, so that whoever reads it
//! finds it damaged and does what it does with damage.

mod setting;

use crate::backend::{Area, Backend, BackendError, Expect, Transaction};
use crate::device_lock::{DeviceLock, KeyId, LOCK_KEY, expected, stored_lock};
use crate::lock::NONCE_BYTES;
use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

/// What an encrypted value begins with. No JSON and no chunk does.
const FORMAT: u8 = 0xE1;

/// AES-256-GCM under one key.
///
/// The work begins with the call, so that many values can be under way at once; `None`: it cannot be
/// done, or what is to be decrypted is not as it was written.
pub trait Cipher {
    /// A nonce that nobody can guess.
    fn nonce(&self) -> Option<[u8; NONCE_BYTES]>;

    /// Encrypts a text; `with` is authenticated with it.
    fn encrypt(
        &self,
        nonce: [u8; NONCE_BYTES],
        with: &[u8],
        plain: &[u8],
    ) -> impl Future<Output = Option<Vec<u8>>> + use<Self>;

    /// Decrypts a text.
    fn decrypt(
        &self,
        nonce: [u8; NONCE_BYTES],
        with: &[u8],
        sealed: &[u8],
    ) -> impl Future<Output = Option<Vec<u8>>> + use<Self>;
}

/// A backend with or without a lock. A handle: clones are of the same.
pub struct Guarded<B, C> {
    inner: Rc<B>,
    held: Rc<RefCell<Option<Rc<Held<C>>>>>,
}

impl<B, C> Clone for Guarded<B, C> {
    fn clone(&self) -> Self {
        Guarded { inner: Rc::clone(&self.inner), held: Rc::clone(&self.held) }
    }
}

/// Keys do not get into logs.
impl<B: fmt::Debug, C> fmt::Debug for Guarded<B, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Guarded").field("inner", &self.inner).finish_non_exhaustive()
    }
}

/// The lock as this tab knows it.
struct Held<C> {
    /// Its record.
    record: Vec<u8>,
    id: KeyId,
    cipher: Rc<C>,
}

/// What is authenticated with a value: where it stands.
fn place(area: Area, key: &str) -> Vec<u8> {
    [&[FORMAT], area.name().as_bytes(), &[0], key.as_bytes()].concat()
}

impl<C: Cipher> Held<C> {
    async fn seal(&self, area: Area, key: &str, plain: &[u8]) -> Result<Vec<u8>, BackendError> {
        let unable = || BackendError::Other("the browser cannot encrypt".to_owned());
        let nonce = self.cipher.nonce().ok_or_else(unable)?;
        let sealed = self.cipher.encrypt(nonce, &place(area, key), plain).await;
        Ok([&[FORMAT][..], &nonce, &sealed.ok_or_else(unable)?].concat())
    }

    /// Begins to open a value; `None`: it is not as it was written here.
    fn open(
        &self,
        area: Area,
        key: &str,
        value: &[u8],
    ) -> impl Future<Output = Option<Vec<u8>>> + use<C> {
        let sealed = value.split_first().filter(|(format, _)| **format == FORMAT);
        let sealed = sealed.and_then(|(_, rest)| rest.split_first_chunk());
        let opening =
            sealed.map(|(nonce, sealed)| self.cipher.decrypt(*nonce, &place(area, key), sealed));
        async move { opening?.await }
    }
}

impl<B: Backend, C: Cipher> Guarded<B, C> {
    /// Over a backend as it stands. Is there a lock, its key is asked for; without one the answer is
    /// [`BackendError::Locked`].
    pub async fn open(
        inner: B,
        key: impl AsyncFnOnce(KeyId) -> Option<Rc<C>>,
    ) -> Result<Guarded<B, C>, BackendError> {
        let held = match stored_lock(&inner).await? {
            None => None,
            Some(record) => {
                let lock = DeviceLock::read(&record).ok_or(BackendError::LockUnreadable)?;
                let id = lock.key_id;
                let cipher = key(id).await.ok_or(BackendError::Locked)?;
                Some(Rc::new(Held { record, id, cipher }))
            }
        };
        Ok(Guarded { inner: Rc::new(inner), held: Rc::new(RefCell::new(held)) })
    }

    /// Which key the values are encrypted under; `None`: they are not.
    pub fn key_id(&self) -> Option<KeyId> {
        self.held.borrow().as_ref().map(|it| it.id)
    }

    /// What is below, with values as they are stored.
    pub fn inner(&self) -> &B {
        &self.inner
    }

    fn held(&self) -> Option<Rc<Held<C>>> {
        self.held.borrow().clone()
    }

    /// Whether the lock that is stored has the key that is known here. Its record is taken over: the
    /// passphrase may be another.
    async fn is_known(&self) -> Result<bool, BackendError> {
        let stored = stored_lock(&*self.inner).await?;
        let (held, mut known) = (self.held(), self.held.borrow_mut());
        Ok(match (held, stored) {
            (None, None) => true,
            (Some(held), Some(record)) => {
                let is_same = DeviceLock::read(&record).is_some_and(|it| it.key_id == held.id);
                if is_same {
                    let cipher = Rc::clone(&held.cipher);
                    *known = Some(Rc::new(Held { record, id: held.id, cipher }));
                }
                is_same
            }
            _ => false,
        })
    }

    /// Takes over what another tab has made of the lock.
    pub async fn look(&self) -> Result<(), BackendError> {
        if self.is_known().await? { Ok(()) } else { Err(BackendError::Locked) }
    }

    /// The values as they were written, each with its key.
    async fn opened(
        &self,
        area: Area,
        stored: Vec<(&str, Option<Vec<u8>>)>,
    ) -> Result<Vec<Option<Vec<u8>>>, BackendError> {
        let Some(held) = self.held() else {
            let seems_locked = |it: &Vec<u8>| it.first() == Some(&FORMAT);
            if stored.iter().any(|(_, it)| it.as_ref().is_some_and(seems_locked)) {
                self.look().await?;
            }
            return Ok(stored.into_iter().map(|(_, value)| value).collect());
        };
        let openings: Vec<_> = stored
            .into_iter()
            .map(|(key, value)| value.map(|value| held.open(area, key, &value)))
            .collect();
        let (mut values, mut is_whole) = (Vec::with_capacity(openings.len()), true);
        for opening in openings {
            let Some(opening) = opening else {
                values.push(None);
                continue;
            };
            let value = opening.await;
            is_whole &= value.is_some();
            values.push(Some(value.unwrap_or_default()));
        }
        if !is_whole {
            self.look().await?;
        }
        Ok(values)
    }

    /// An expectation in terms of what is stored. Nonces are random, so that what is stored has to be
    /// looked at.
    async fn expected(&self, held: &Held<C>, expect: Expect) -> Result<Expect, BackendError> {
        let Expect { area, key, value } = expect;
        let stored = self.inner.get(area, std::slice::from_ref(&key)).await?.pop().flatten();
        let found = match &stored {
            Some(stored) => held.open(area, &key, stored).await.map(Some),
            None => Some(None),
        };
        if found == Some(value) {
            return Ok(Expect { area, key, value: stored });
        }
        self.look().await?;
        Err(BackendError::Conflict)
    }

    /// The transaction with its values encrypted.
    async fn sealed(
        &self,
        held: &Held<C>,
        transaction: Transaction,
    ) -> Result<Transaction, BackendError> {
        let Transaction { durability, expect, clears, deletes, puts } = transaction;
        let mut sealed = Transaction { durability, clears, deletes, ..Transaction::default() };
        for expect in expect {
            sealed.expect.push(self.expected(held, expect).await?);
        }
        for (area, key, value) in puts {
            let value = held.seal(area, &key, &value).await?;
            sealed.puts.push((area, key, value));
        }
        if sealed.clears.contains(&Area::Meta) {
            // Deleting all data leaves the lock on.
            sealed.puts.push((Area::Meta, LOCK_KEY.to_owned(), held.record.clone()));
        }
        Ok(sealed)
    }
}

impl<B: Backend, C: Cipher> Backend for Guarded<B, C> {
    async fn get(&self, area: Area, keys: &[String]) -> Result<Vec<Option<Vec<u8>>>, BackendError> {
        let found = self.inner.get(area, keys).await?;
        self.opened(area, keys.iter().map(String::as_str).zip(found).collect()).await
    }

    async fn all(&self, area: Area) -> Result<Vec<(String, Vec<u8>)>, BackendError> {
        let mut stored = self.inner.all(area).await?;
        stored.retain(|(key, _)| (area, key.as_str()) != (Area::Meta, LOCK_KEY));
        let (keys, values): (Vec<String>, Vec<Vec<u8>>) = stored.into_iter().unzip();
        let values = keys.iter().map(String::as_str).zip(values.into_iter().map(Some)).collect();
        let values = self.opened(area, values).await?;
        Ok(keys.into_iter().zip(values.into_iter().flatten()).collect())
    }

    async fn keys(&self, area: Area) -> Result<Vec<String>, BackendError> {
        let mut keys = self.inner.keys(area).await?;
        keys.retain(|key| (area, key.as_str()) != (Area::Meta, LOCK_KEY));
        Ok(keys)
    }

    async fn commit(&self, transaction: Transaction) -> Result<(), BackendError> {
        let held = self.held();
        let mut transaction = match &held {
            Some(held) => self.sealed(held, transaction).await?,
            None => transaction,
        };
        transaction.expect.push(expected(held.map(|it| it.record.clone())));
        match self.inner.commit(transaction).await {
            Err(BackendError::Conflict) => {
                self.look().await?;
                Err(BackendError::Conflict)
            }
            done => done,
        }
    }
}
