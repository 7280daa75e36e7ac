//! Answers kept from visit to visit: worked out of what is stored, beside it, and no part of it.
//!
//! One record that nothing else looks at: no backup holds it, no change waits for it, and a program
//! that does not know it passes it over. It is as it was written or taken for absent.

use super::Store;
use crate::backend::{Area, Backend, BackendError, Expect, Transaction};
use crate::manifest::MANIFEST_KEY;
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

/// Key of the record in [`Area::Meta`].
pub(super) const KEY: &str = "kept-answers";

/// The record ends with the XXH3-64 of all before it, little-endian.
const CHECKSUM_BYTES: usize = 8;

impl<B: Backend> Store<B> {
    /// Of all that is stored, edits too: every change gives another.
    pub fn fingerprint(&self) -> u128 {
        xxh3_128(&self.state.record)
    }

    /// What was kept last; `None` if that is nothing, damaged or out of reach.
    pub async fn kept_answers(&self) -> Option<Vec<u8>> {
        let found = self.backend.get(Area::Meta, &[KEY.to_owned()]).await.ok()?;
        let mut record = found.into_iter().next()??;
        let checksum = record.split_off(record.len().checked_sub(CHECKSUM_BYTES)?);
        (checksum == xxh3_64(&record).to_le_bytes()).then_some(record)
    }

    /// Keeps these in place of the last ones, unless another tab has changed what is stored.
    pub async fn keep_answers(&self, mut answers: Vec<u8>) -> Result<(), BackendError> {
        answers.extend_from_slice(&xxh3_64(&answers).to_le_bytes());
        let key = MANIFEST_KEY.to_owned();
        let known = Some(self.state.record.clone());
        let transaction = Transaction {
            expect: vec![Expect { area: Area::Meta, key, value: known }],
            puts: vec![(Area::Meta, KEY.to_owned(), answers)],
            ..Transaction::default()
        };
        self.backend.commit(transaction).await
    }
}
