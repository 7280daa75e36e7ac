//! What was met before, by its hash.

use hashbrown::HashTable;
use xxhash_rust::xxh3::xxh3_64;

/// Texts that were met, as 64 bits of each: among a million two are taken for one once in thirty
/// million files.
#[derive(Debug, Default)]
pub(super) struct Hashes(HashTable<u64>);

impl Hashes {
    /// Whether the text was met.
    pub fn has(&self, text: &str) -> bool {
        let hash = xxh3_64(text.as_bytes());
        self.0.find(hash, |known| *known == hash).is_some()
    }

    /// Meets a text; `false`: for the first time.
    pub fn meet(&mut self, text: &str) -> bool {
        let hash = xxh3_64(text.as_bytes());
        let known = self.0.find(hash, |known| *known == hash).is_some();
        if !known {
            self.0.insert_unique(hash, hash, |hash| *hash);
        }
        known
    }
}
