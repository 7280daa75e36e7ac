//! What is kept of the reading of an import beside its rows: what was told of it, and what of the
//! file could not be used. A record of its own, so that the manifest stays small.

use crate::manifest::BatchId;
use serde::{Deserialize, Serialize};

/// What is kept of the reading of an import. JSON as the manifest is, and for the same reason.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BatchReport {
    /// What deserved attention, the grave first.
    pub warnings: Vec<KeptWarning>,
    /// How many of the warnings are grave.
    pub grave: u32,
    /// The first rows that could not be used.
    pub rejected: Vec<KeptRow>,
}

/// What deserved attention.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct KeptWarning {
    /// Stable code.
    pub code: String,
    /// What the sentence needs.
    pub detail: String,
    /// How many rows.
    pub count: u64,
    /// The first of them.
    pub line: Option<u32>,
}

/// A row that could not be used.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct KeptRow {
    /// Line of the file, from 1.
    pub line: u32,
    /// Stable code of the reason.
    pub reason: String,
    /// What stood there.
    pub detail: String,
    /// The beginning of the row.
    pub text: String,
}

impl BatchReport {
    /// Whether there is nothing to keep.
    pub const fn is_empty(&self) -> bool {
        self.warnings.is_empty() && self.rejected.is_empty()
    }
}

/// Key of an import's report in [`crate::Area::Meta`].
pub(crate) fn report_key(id: BatchId) -> String {
    format!("report:{:08}", id.0)
}
