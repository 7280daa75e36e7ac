//! A backend whose values are encrypted before they reach another: what is on the disk tells a thief
//! no name and no figure. Keys stay as they are: they are numbers and hashes, and the ids of those
//! customers that have edits.
//!
//! Values are encrypted before a transaction begins, since that ends by itself as soon as anything
//! but the database is waited for.

use crate::backend::{Area, Backend, BackendError, Expect, Transaction};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// What encrypts and decrypts.
#[expect(async_fn_in_trait, reason = "one thread: no caller asks whether the futures are Send")]
pub trait Cipher {
    /// Encrypts a value; `place` says where it belongs, and is authenticated with it.
    async fn seal(&self, place: &str, plain: &[u8]) -> Result<Vec<u8>, String>;

    /// Decrypts a value; an error: it is not as it was written, or belongs elsewhere.
    async fn open(&self, place: &str, sealed: &[u8]) -> Result<Vec<u8>, String>;
}

impl<C: Cipher> Cipher for Rc<C> {
    async fn seal(&self, place: &str, plain: &[u8]) -> Result<Vec<u8>, String> {
        self.as_ref().seal(place, plain).await
    }

    async fn open(&self, place: &str, sealed: &[u8]) -> Result<Vec<u8>, String> {
        self.as_ref().open(place, sealed).await
    }
}

/// The record that tells how the key is locked. It is the one that is not encrypted.
pub const LOCK_KEY: &str = "lock";

/// A value as it is, and as it is stored.
type Forms = (Vec<u8>, Vec<u8>);

/// An encrypted backend.
#[derive(Debug)]
pub struct Vault<B, C> {
    inner: B,
    cipher: C,
    /// Of the records that transactions depend on: as they are, and as they are stored. The same
    /// value is encrypted differently each time.
    known: RefCell<BTreeMap<(Area, String), Forms>>,
}

impl<B: Backend, C: Cipher> Vault<B, C> {
    /// The encrypted values of another backend.
    pub const fn new(inner: B, cipher: C) -> Vault<B, C> {
        Vault { inner, cipher, known: RefCell::new(BTreeMap::new()) }
    }

    async fn seal(&self, area: Area, key: &str, plain: &[u8]) -> Result<Vec<u8>, BackendError> {
        let sealed = self.cipher.seal(&place(area, key), plain).await;
        sealed.map_err(BackendError::Other)
    }

    /// What does not decrypt becomes nonsense, which every reader of the store knows to be damaged.
    async fn open(&self, area: Area, key: &str, sealed: &[u8]) -> Vec<u8> {
        self.cipher.open(&place(area, key), sealed).await.unwrap_or_default()
    }

    /// The encrypted form of what a transaction expects to find.
    async fn expected(&self, expect: Expect) -> Result<Expect, BackendError> {
        let Expect { area, key, value } = expect;
        let Some(plain) = value else { return Ok(Expect { area, key, value: None }) };
        let known = self.known.borrow().get(&(area, key.clone())).cloned();
        if let Some((_, sealed)) = known.filter(|(known, _)| *known == plain) {
            return Ok(Expect { area, key, value: Some(sealed) });
        }
        // It was not read here. If it is what is stored, then in that form.
        let sealed = self.inner.get(area, std::slice::from_ref(&key)).await?.pop().flatten();
        let sealed = sealed.ok_or(BackendError::Conflict)?;
        if self.open(area, &key, &sealed).await != plain {
            return Err(BackendError::Conflict);
        }
        Ok(Expect { area, key, value: Some(sealed) })
    }

    fn remember(&self, area: Area, key: &str, plain: &[u8], sealed: &[u8]) {
        // Only the manifest is ever expected.
        if area == Area::Meta {
            let forms = (plain.to_vec(), sealed.to_vec());
            self.known.borrow_mut().insert((area, key.to_owned()), forms);
        }
    }
}

fn place(area: Area, key: &str) -> String {
    format!("{}/{key}", area.name())
}

impl<B: Backend, C: Cipher> Backend for Vault<B, C> {
    async fn get(&self, area: Area, keys: &[String]) -> Result<Vec<Option<Vec<u8>>>, BackendError> {
        let found = self.inner.get(area, keys).await?;
        let mut opened = Vec::with_capacity(found.len());
        for (key, value) in keys.iter().zip(found) {
            let Some(sealed) = value else {
                opened.push(None);
                continue;
            };
            let plain = self.open(area, key, &sealed).await;
            self.remember(area, key, &plain, &sealed);
            opened.push(Some(plain));
        }
        Ok(opened)
    }

    async fn all(&self, area: Area) -> Result<Vec<(String, Vec<u8>)>, BackendError> {
        let mut records = self.inner.all(area).await?;
        records.retain(|(key, _)| area != Area::Meta || key != LOCK_KEY);
        for (key, value) in &mut records {
            *value = self.open(area, key, value).await;
        }
        Ok(records)
    }

    async fn keys(&self, area: Area) -> Result<Vec<String>, BackendError> {
        let mut keys = self.inner.keys(area).await?;
        keys.retain(|key| area != Area::Meta || key != LOCK_KEY);
        Ok(keys)
    }

    async fn commit(&self, transaction: Transaction) -> Result<(), BackendError> {
        let Transaction { durability, expect, clears, deletes, puts } = transaction;
        let expect = match expect {
            Some(expect) => Some(self.expected(expect).await?),
            None => None,
        };
        let mut sealed = Vec::with_capacity(puts.len());
        let mut written = Vec::new();
        for (area, key, plain) in puts {
            let value = self.seal(area, &key, &plain).await?;
            if area == Area::Meta {
                written.push((key.clone(), plain, value.clone()));
            }
            sealed.push((area, key, value));
        }
        // Clearing everything must not lose the lock, without which nothing opens again.
        if clears.contains(&Area::Meta) {
            let lock = self.inner.get(Area::Meta, &[LOCK_KEY.to_owned()]).await?.pop().flatten();
            sealed.extend(lock.map(|lock| (Area::Meta, LOCK_KEY.to_owned(), lock)));
        }
        let transaction = Transaction { durability, expect, clears, deletes, puts: sealed };
        self.inner.commit(transaction).await?;
        for (key, plain, value) in written {
            self.remember(Area::Meta, &key, &plain, &value);
        }
        Ok(())
    }
}

/// Encrypts all that a backend holds, in one transaction with the record of the lock; whoever is
/// killed meanwhile finds all as it was, or all encrypted.
pub async fn encrypt<B: Backend, C: Cipher>(
    inner: &B,
    cipher: &C,
    lock: Vec<u8>,
) -> Result<(), BackendError> {
    let mut puts = vec![(Area::Meta, LOCK_KEY.to_owned(), lock)];
    let manifest = manifest_of(inner).await?;
    for area in Area::ALL {
        for (key, plain) in inner.all(area).await? {
            let sealed = cipher.seal(&place(area, &key), &plain).await;
            puts.push((area, key, sealed.map_err(BackendError::Other)?));
        }
    }
    rewrite(inner, manifest, puts, Vec::new()).await
}

/// Decrypts all that a backend holds, and forgets the lock.
pub async fn decrypt<B: Backend, C: Cipher>(inner: &B, cipher: &C) -> Result<(), BackendError> {
    let mut puts = Vec::new();
    let manifest = manifest_of(inner).await?;
    for area in Area::ALL {
        for (key, sealed) in inner.all(area).await? {
            if area == Area::Meta && key == LOCK_KEY {
                continue;
            }
            // What is damaged stays so, in whichever form.
            let plain = cipher.open(&place(area, &key), &sealed).await.unwrap_or(sealed);
            puts.push((area, key, plain));
        }
    }
    rewrite(inner, manifest, puts, vec![(Area::Meta, LOCK_KEY.to_owned())]).await
}

async fn manifest_of<B: Backend>(inner: &B) -> Result<Expect, BackendError> {
    let key = crate::manifest::MANIFEST_KEY.to_owned();
    let value = inner.get(Area::Meta, std::slice::from_ref(&key)).await?.pop().flatten();
    Ok(Expect { area: Area::Meta, key, value })
}

/// Another tab that writes meanwhile makes this fail, and nothing is changed.
async fn rewrite<B: Backend>(
    inner: &B,
    manifest: Expect,
    puts: Vec<(Area, String, Vec<u8>)>,
    deletes: Vec<(Area, String)>,
) -> Result<(), BackendError> {
    let durability = crate::backend::Durability::Strict;
    let expect = Some(manifest);
    inner.commit(Transaction { durability, expect, clears: Vec::new(), deletes, puts }).await
}
