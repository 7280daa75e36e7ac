//! What one tab knows of the stored data, read as of one moment.

use super::{ATTEMPTS, StoreError};
use crate::backend::{Area, Backend, BackendError};
use crate::manifest::{MANIFEST_KEY, Manifest};
use crate::overlay::{EditsRecord, Overlay};
use crate::sealed::unseal;
use std::collections::BTreeMap;

#[derive(Debug)]
pub(super) struct State {
    pub manifest: Manifest,
    /// The manifest as stored: what the next transaction expects to find.
    pub record: Vec<u8>,
    pub overlay: Overlay,
}

pub(super) struct Loaded {
    pub state: State,
    /// Keys of records of edits that cannot be read.
    pub damaged_edits: Vec<String>,
}

/// Reads manifest and overlay; `None` if nothing was ever stored.
///
/// They are several reads: if somebody writes between them, they are done again.
pub(super) async fn load<B: Backend>(backend: &B) -> Result<Option<Loaded>, StoreError> {
    for _ in 0..ATTEMPTS {
        // Asked for at once, answered in this order: a write between them shows in the second record.
        let (before, rows, after) = futures::join!(
            manifest_record(backend),
            backend.all(Area::Delta),
            manifest_record(backend)
        );
        let Some(known) = before? else {
            return Ok(None);
        };
        let (rows, after) = (rows?, after?);
        if after.as_ref() != Some(&known) {
            continue;
        }
        let manifest = Manifest::read(&known)?;
        let (mut edits, mut damaged_edits) = (BTreeMap::new(), Vec::new());
        for (key, bytes) in rows {
            match unseal::<EditsRecord>(&bytes).map(EditsRecord::into_edits) {
                Some((entity, of_entity)) => {
                    edits.insert(entity, of_entity);
                }
                None => damaged_edits.push(key),
            }
        }
        let mut overlay = Overlay::default();
        overlay.adopt(edits);
        let state = State { manifest, record: known, overlay };
        return Ok(Some(Loaded { state, damaged_edits }));
    }
    Err(BackendError::Conflict.into())
}

async fn manifest_record<B: Backend>(backend: &B) -> Result<Option<Vec<u8>>, BackendError> {
    Ok(backend.get(Area::Meta, &[MANIFEST_KEY.to_owned()]).await?.pop().flatten())
}
