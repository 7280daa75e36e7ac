//! What sync knows on this device: one record beside the data.

use crate::imports;
use crate::unsent::{Item, Unsent};
use model::{Entity, FieldName, Hlc, Value};
use protocol::sync::{SyncLine, SyncServer};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use store::{BatchState, ChunkRef, Manifest};
use sync::{DataKey, Digest, Import, PartRef, Replica};

/// Key of the record.
pub(crate) const LEDGER: &str = "sync";
/// Beginning of the keys of parts that are to be sent; their names follow.
pub(crate) const PART: &str = "sync-part:";

/// Lines of the journal that are kept.
const MOST_LINES: usize = 200;
/// Conflicts that are kept.
const MOST_CONFLICTS: usize = 200;
/// What is told in every round as long as it lasts is written down once in so many lines.
const LINES_LOOKED_BACK: usize = 20;

/// What sync knows on this device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledger {
    /// This device's side of the protocol.
    pub replica: Replica,
    /// Where the shop is kept, with the account.
    pub server: SyncServer,
    /// The key of the shop; `None`: nothing is sealed.
    pub(crate) key: Option<Code>,
    /// The user has stopped it for a while.
    pub paused: bool,
    /// When a round last went through.
    pub(crate) last_ms: Option<u64>,
    /// Records of the log below this number are told, or came.
    pub(crate) told_log: u64,
    /// The first edit of that record that is not told; `None`: none of it is.
    pub(crate) told_from: Option<Hlc>,
    /// Records after it that came.
    pub(crate) came_log: BTreeSet<u64>,
    /// Imports that the others know, or are about to.
    pub(crate) imports: Vec<Shared>,
    /// What is to be told of imports.
    pub(crate) untold: Vec<Item>,
    /// Parts that are to be sent.
    pub(crate) due: BTreeSet<Digest>,
    /// Parts that were written here, as far as they are not deleted again.
    pub(crate) mine: BTreeSet<Digest>,
    /// Newest last.
    pub(crate) journal: Vec<SyncLine>,
    /// Newest last.
    pub(crate) conflicts: Vec<KeptConflict>,
    pub(crate) next_conflict: u64,
    /// Somebody was erased elsewhere, or rows have come among which may be some of theirs. In so many
    /// rounds these are taken out here, unless a new edition without them comes before.
    #[serde(default)]
    pub(crate) erasure_due: u8,
}

/// Rounds that a new edition of an import is waited for before one is written here.
const ROUNDS_FOR_EDITION: u8 = 2;

/// The recovery code of a key.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Code(pub String);

/// Secrets do not get into logs.
impl std::fmt::Debug for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Code")
    }
}

/// An import as the devices know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Shared {
    pub id: Hlc,
    /// The newest edition that is known.
    pub edition: Hlc,
    pub about: String,
    pub parts: Vec<PartRef>,
    /// The edition whose rows are here.
    pub here: Option<Hlc>,
    /// The chunks of the newest edition that have come, one for each part.
    pub came: Vec<Option<ChunkRef>>,
    pub taken_back: Option<Hlc>,
}

/// Two people's words for one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KeptConflict {
    pub id: u64,
    pub entity: Entity,
    pub field: FieldName,
    pub mine: (Hlc, Value),
    pub theirs: (Hlc, Value),
}

impl Shared {
    /// The rows of the newest edition are wanted and not all here.
    pub(crate) fn is_wanted(&self) -> bool {
        self.taken_back.is_none()
            && self.here != Some(self.edition)
            && self.came.len() == self.parts.len()
    }

    pub(crate) fn import(&self) -> Import {
        let Shared { id, edition, about, parts, .. } = self;
        Import { id: *id, edition: *edition, about: about.clone(), parts: parts.clone() }
    }
}

impl Ledger {
    pub(crate) fn new(replica: Replica, server: SyncServer, key: Option<&DataKey>) -> Ledger {
        Ledger {
            replica,
            server,
            key: key.map(|it| Code(it.recovery_code())),
            paused: false,
            last_ms: None,
            told_log: 0,
            told_from: None,
            came_log: BTreeSet::new(),
            imports: Vec::new(),
            untold: Vec::new(),
            due: BTreeSet::new(),
            mine: BTreeSet::new(),
            journal: Vec::new(),
            conflicts: Vec::new(),
            next_conflict: 1,
            erasure_due: 0,
        }
    }

    /// The key of the shop.
    pub(crate) fn key(&self) -> Option<DataKey> {
        self.key.as_ref().and_then(|code| DataKey::recover(&code.0).ok())
    }

    pub(crate) fn import(&self, id: Hlc) -> Option<&Shared> {
        self.imports.iter().find(|it| it.id == id)
    }

    pub(crate) fn import_mut(&mut self, id: Hlc) -> Option<&mut Shared> {
        self.imports.iter_mut().find(|it| it.id == id)
    }

    /// Imports that nobody has taken back.
    pub(crate) fn in_force(&self) -> impl Iterator<Item = &Shared> {
        self.imports.iter().filter(|it| it.taken_back.is_none())
    }

    /// Imports that were taken back before sync began are not to come back from the server.
    pub(crate) fn take_back_undone(&mut self, manifest: &Manifest) {
        let is_live = |id: Hlc| manifest.live_batches().any(|it| it.stamp == id);
        let undone = manifest.batches.iter().filter(|it| it.state == BatchState::Undone);
        for id in undone.filter(|it| !it.sample && !is_live(it.stamp)).map(|it| it.stamp) {
            imports::take_back(self, id, manifest.clock);
        }
    }

    /// What is told of the log once only `rest` is left to be told and the records of `came` have come.
    pub(crate) fn settle_log(&mut self, rest: &[Unsent], came: std::ops::Range<u64>) {
        let end = came.end;
        self.came_log.extend(came);
        let first = rest.iter().find_map(|it| match it.item {
            Item::Log { record, stamp } => Some((record, Some(stamp))),
            _ => None,
        });
        (self.told_log, self.told_from) = first.unwrap_or((end, None));
        self.came_log = self.came_log.split_off(&self.told_log);
        self.untold = rest.iter().map(|it| it.item).filter(Item::is_of_import).collect();
    }

    /// There may be rows here of people who are erased. What was said of these people goes at once.
    pub(crate) fn expect_erased(&mut self, is_erased: impl Fn(&Entity) -> bool) {
        self.erasure_due = ROUNDS_FOR_EDITION;
        self.conflicts.retain(|it| !is_erased(&it.entity));
    }

    /// Writes a line of the journal, unless it stands there from just before.
    pub(crate) fn note(&mut self, line: SyncLine, repeats: bool) {
        let mut recent = self.journal.iter().rev().take(LINES_LOOKED_BACK);
        if repeats && recent.any(|it| it.what == line.what) {
            return;
        }
        self.journal.push(line);
        let most = self.journal.len().saturating_sub(MOST_LINES);
        self.journal.drain(..most);
    }

    /// Keeps a conflict. Another one of the same field takes the place of what is known of it.
    pub(crate) fn keep_conflict(&mut self, mut conflict: KeptConflict) {
        self.conflicts.retain(|it| (&it.entity, &it.field) != (&conflict.entity, &conflict.field));
        conflict.id = self.next_conflict;
        self.next_conflict += 1;
        self.conflicts.push(conflict);
        let most = self.conflicts.len().saturating_sub(MOST_CONFLICTS);
        self.conflicts.drain(..most);
    }
}
