use crate::backend::BackendError;
use crate::codec::CodecError;
use crate::manifest::BatchId;

/// Why the store could not do what it was asked to. What was stored before is untouched.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The backend did not answer. After [`BackendError::Conflict`] the store has already read what
    /// the other tab wrote.
    #[error(transparent)]
    Backend(#[from] BackendError),
    /// A newer version of this program wrote the data; nothing was touched.
    #[error("the data has format {format}; this program knows formats up to {known}")]
    TooNew {
        /// The format of the data.
        format: u32,
        /// The highest format known here.
        known: u32,
    },
    /// The record that says what is stored is damaged or gone, while other records are there.
    #[error("the list of what is stored is damaged")]
    DamagedManifest,
    /// The data was deleted from outside while this tab was open.
    #[error("the data was deleted from outside")]
    Vanished,
    /// Some rows of an import are damaged or gone.
    #[error("chunk {chunk} of import {} is damaged: {reason}", batch.0)]
    Damaged {
        /// Of which import.
        batch: BatchId,
        /// The chunk's key.
        chunk: String,
        /// What is wrong with it.
        reason: CodecError,
    },
    /// What was staged of an import on its way is gone: it has to be fetched again.
    #[error("rows on their way were deleted")]
    Swept,
    /// The tables given do not hold together.
    #[error("the tables do not hold together: {0}")]
    Tables(CodecError),
    /// All that was to be edited is erased: another tab may have done it meanwhile.
    #[error("it is erased")]
    Erased,
    /// There is no such import, or it was undone.
    #[error("there is no import {}", _0.0)]
    UnknownBatch(BatchId),
    /// A record does not read or write as JSON.
    #[error("a record is not as expected: {0}")]
    Json(String),
}

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> Self {
        StoreError::Json(error.to_string())
    }
}
