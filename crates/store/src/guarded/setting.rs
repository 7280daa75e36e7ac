//! The lock is put on or taken off: everything in its new form, in one transaction.

use super::Cipher;
use super::{Guarded, Held};
use crate::backend::{Area, Backend, BackendError, Durability, Expect, Transaction};
use crate::device_lock::{DeviceLock, LOCK_KEY, expected, stored_lock};
use std::rc::Rc;

/// How often it is tried again after another tab has written.
const ATTEMPTS: usize = 8;

impl<B: Backend, C: Cipher> Guarded<B, C> {
    /// Puts the lock on: encrypts everything under the key that `cipher` has and `lock` holds.
    pub async fn lock(&self, lock: &DeviceLock, cipher: Rc<C>) -> Result<(), BackendError> {
        let held = Held { record: lock.bytes(), id: lock.key_id, cipher };
        self.turn_into(Some(Rc::new(held))).await
    }

    /// Takes the lock off: everything is readable again.
    pub async fn unlock(&self) -> Result<(), BackendError> {
        self.turn_into(None).await
    }

    async fn turn_into(&self, new: Option<Rc<Held<C>>>) -> Result<(), BackendError> {
        for _ in 0..ATTEMPTS {
            self.look().await?;
            let turned = self.turned_into(new.as_deref()).await?;
            match self.inner.commit(turned).await {
                Ok(()) => {}
                Err(BackendError::Conflict) => continue,
                // Before the change or after it? The record of the lock can tell.
                Err(BackendError::Lost)
                    if stored_lock(&*self.inner).await?
                        == new.as_ref().map(|it| it.record.clone()) => {}
                Err(error) => return Err(error),
            }
            self.held.replace(new);
            return Ok(());
        }
        Err(BackendError::Conflict)
    }

    /// All records in their new form. What would be written meanwhile is expected not to be, or is of
    /// no account: an answer kept for the next visit, a chunk of an import that is not in force.
    async fn turned_into(&self, new: Option<&Held<C>>) -> Result<Transaction, BackendError> {
        let old = self.held();
        let old_record = old.map(|it| it.record.clone());
        let mut turned = Transaction {
            durability: Durability::Strict,
            expect: vec![expected(old_record)],
            clears: Area::ALL.to_vec(),
            ..Transaction::default()
        };
        for area in Area::ALL {
            let stored = self.inner.all(area).await?;
            for (key, value) in stored {
                if (area, key.as_str()) == (Area::Meta, LOCK_KEY) {
                    continue;
                }
                if area == Area::Meta {
                    let value = Some(value.clone());
                    turned.expect.push(Expect { area, key: key.clone(), value });
                }
                let plain = self.opened(area, vec![(&key, Some(value))]).await?;
                let plain = plain.into_iter().flatten().next().unwrap_or_default();
                let value = match new {
                    Some(new) => new.seal(area, &key, &plain).await?,
                    None => plain,
                };
                turned.puts.push((area, key, value));
            }
        }
        if let Some(new) = new {
            turned.puts.push((Area::Meta, LOCK_KEY.to_owned(), new.record.clone()));
        }
        Ok(turned)
    }
}
