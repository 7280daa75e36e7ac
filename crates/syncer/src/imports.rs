//! Imports between the store and the others: cut into parts, and put together from them. A part is a
//! chunk as it is stored.

use crate::Host;
use crate::home::Here;
use crate::ledger::{Ledger, PART, Shared};
use crate::unsent::{Item, edition_of, news, unsent_of_import};
use model::Hlc;
use std::collections::BTreeSet;
use store::{Admitted, Backend, BatchState, ChunkRef, Exchange, Side, Store, StoreError};
use sync::{Digest, Import, Part, PartOf, PartRef};

/// Parts of about a megabyte that are written in one transaction.
const PARTS_AT_ONCE: usize = 4;

/// What this device has of an import that another tells of.
#[derive(Clone, Debug)]
pub(crate) struct Placed {
    /// The edition that is here already.
    here: Option<Hlc>,
    /// How many chunks it consists of; `None`: nobody here can read that.
    chunks: Option<usize>,
}

/// Looks at what is here of an import.
pub(crate) fn place<B: Backend>(store: &Store<B>, import: &Import) -> Placed {
    let mut live = store.manifest().live_batches();
    let here = live.find(|it| it.stamp == import.id).map(edition_of);
    let chunks = Store::<B>::chunks_about(&import.about).map(|it| it.len());
    Placed { here, chunks: chunks.filter(|it| *it == import.parts.len()) }
}

/// Looks once more at imports that a former version of this program could not read: they are wanted if
/// this one can.
pub(crate) fn look_again<B: Backend>(ledger: &mut Ledger) {
    for shared in &mut ledger.imports {
        let is_here = shared.here == Some(shared.edition) || shared.taken_back.is_some();
        if !is_here && shared.came.len() != shared.parts.len() {
            let chunks = Store::<B>::chunks_about(&shared.about).map_or(0, |it| it.len());
            shared.came = vec![None; if chunks == shared.parts.len() { chunks } else { 0 }];
        }
    }
}

/// Takes over what another device says of an import, if that is newer.
pub(crate) fn take(ledger: &mut Ledger, import: &Import, placed: &Placed) {
    let Import { id, edition, about, parts } = import.clone();
    let came = vec![None; placed.chunks.unwrap_or(0)];
    match ledger.import_mut(id) {
        Some(known) if known.edition >= edition || known.taken_back.is_some() => {}
        Some(known) => {
            let here = known.here;
            *known = Shared { id, edition, about, parts, here, came, taken_back: None };
        }
        None => {
            let here = placed.here;
            ledger.imports.push(Shared { id, edition, about, parts, here, came, taken_back: None });
        }
    }
}

/// Notes that an import was taken back, for good.
pub(crate) fn take_back(ledger: &mut Ledger, id: Hlc, at: Hlc) {
    match ledger.import_mut(id) {
        Some(known) => {
            known.taken_back = known.taken_back.max(Some(at));
            (known.here, known.came) = (None, Vec::new());
        }
        None => ledger.imports.push(Shared {
            id,
            edition: id,
            about: String::new(),
            parts: Vec::new(),
            here: None,
            came: Vec::new(),
            taken_back: Some(at),
        }),
    }
}

/// Chunks that have come and are not waited for any more once this is known.
pub(crate) fn superseded(ledger: &Ledger, imports: &[&Import], gone: &[(Hlc, Hlc)]) -> Vec<String> {
    let is_over = |shared: &&Shared| {
        gone.iter().any(|it| it.0 == shared.id)
            || imports.iter().any(|it| it.id == shared.id && it.edition > shared.edition)
    };
    let came = ledger.imports.iter().filter(is_over).flat_map(|it| it.came.iter().flatten());
    came.map(|chunk| chunk.key.clone()).collect()
}

/// Which part of which import some rows are, and the chunk that they become; `None`: of none, or they
/// are not as its device has said.
pub(crate) fn of_part<B: Backend>(
    ledger: &Ledger,
    name: Digest,
    rows: &[u8],
) -> Option<(Hlc, usize, ChunkRef)> {
    let wanted = ledger.imports.iter().filter(|it| it.is_wanted());
    let mut places = wanted.filter_map(|it| {
        let number = it.parts.iter().position(|part| part.name == name)?;
        Some((it, number))
    });
    let (shared, number) = places.next()?;
    let said = Store::<B>::chunks_about(&shared.about)?.into_iter().nth(number)?;
    let chunk = Store::<B>::checked_chunk(&said, shared.edition, number, rows).ok()?;
    Some((shared.id, number, chunk))
}

/// An import whose rows are all here and that is in force, with the name of its file.
pub(crate) fn admissible<B: Backend>(shared: &Shared) -> Option<(Admitted, String)> {
    if !shared.is_wanted() {
        return None;
    }
    let chunks: Option<Vec<ChunkRef>> = shared.came.iter().cloned().collect();
    let Shared { id, edition, about, .. } = shared;
    let admitted =
        Admitted { import: *id, edition: *edition, about: about.clone(), chunks: chunks? };
    Some((admitted, Store::<B>::file_about(about)))
}

impl<B: Backend, H: Host> Here<'_, B, H> {
    /// Gets imports ready that the others do not know.
    pub(crate) async fn share_news(&mut self) -> Result<(), StoreError> {
        for it in news(self.store, self.ledger) {
            if !self.unusable.editions.contains(&it.edition) {
                self.share(it.id, it.edition, false).await?;
            }
        }
        Ok(())
    }

    /// Writes the rows of an import as parts that are to be sent, and what is to be told of it.
    /// `renews`: as a new edition. A damaged import is not told of.
    pub(crate) async fn share(
        &mut self,
        id: Hlc,
        edition: Hlc,
        renews: bool,
    ) -> Result<(), StoreError> {
        let is_meant = |it: &&store::BatchEntry| it.stamp == id && it.state == BatchState::Live;
        let Some(entry) = self.store.manifest().batches.iter().find(is_meant).cloned() else {
            return Ok(());
        };
        for chunk in &entry.chunks {
            if self.store.chunk(chunk).await?.is_none() {
                self.unusable.editions.insert(edition);
                return Ok(());
            }
        }
        let mut parts = Vec::new();
        let written = self.write_parts(&entry, edition, &mut parts).await;
        if let Err(error) = written {
            let deletes = parts.iter().map(|it| format!("{PART}{}", it.name)).collect();
            let side = Side { deletes, ..Side::default() };
            // What stays all the same is swept at the next start.
            let _ = self.write(&Exchange::default(), &side, 0, &|_| ()).await;
            return Err(error);
        }
        let about = self.store.about(&entry).await?;
        let names: BTreeSet<Digest> = parts.iter().map(|part| part.name).collect();
        let here = Some(edition);
        let shared = Shared { id, edition, about, parts, here, came: Vec::new(), taken_back: None };
        let mut exchange = Exchange::default();
        if renews {
            exchange.renewed.push((id, edition));
        }
        let former = self.ledger.import(id).into_iter().flat_map(|it| it.came.iter().flatten());
        exchange.dropped = former.map(|chunk| chunk.key.clone()).collect();
        self.tell_of(shared, &names, &exchange).await
    }

    /// Writes the rows of an import as parts that are to be sent; `parts` are those that are written.
    async fn write_parts(
        &mut self,
        entry: &store::BatchEntry,
        edition: Hlc,
        parts: &mut Vec<PartRef>,
    ) -> Result<(), StoreError> {
        for some in entry.chunks.chunks(PARTS_AT_ONCE) {
            let mut side = Side::default();
            for chunk in some {
                let rows = self.store.chunk(chunk).await?.ok_or(StoreError::Swept)?;
                let vault = self.ledger.replica.vault();
                let of = PartOf::Import(edition);
                let part = Part::write(vault, of, &rows, self.key, &mut *self.host);
                side.put(format!("{PART}{}", part.name()), &part.text())?;
                parts.push(PartRef { name: part.name(), bytes: rows.len() as u64 });
            }
            self.write(&Exchange::default(), &side, 0, &|_| ()).await?;
        }
        Ok(())
    }

    /// Puts an import among what is to be told.
    async fn tell_of(
        &mut self,
        shared: Shared,
        names: &BTreeSet<Digest>,
        exchange: &Exchange,
    ) -> Result<(), StoreError> {
        let id = shared.id;
        // What waits is part of the ledger, so that it has to be in the queue before it is written.
        let is_waiting = self.queue.waiting.iter().any(|it| it.item == Item::Import(id));
        let former = self.ledger.clone();
        self.ledger.imports.retain(|it| it.id != id);
        self.ledger.imports.push(shared);
        self.ledger.due.extend(names);
        self.ledger.mine.extend(names);
        let unsent = unsent_of_import(self.ledger, Item::Import(id));
        self.queue.waiting.retain(|it| it.item != Item::Import(id));
        self.queue.waiting.extend(unsent);
        let written = self.write(exchange, &Side::default(), 0, &|_| ()).await;
        if written.is_err() {
            *self.ledger = former;
            if !is_waiting {
                self.queue.waiting.retain(|it| it.item != Item::Import(id));
            }
        }
        written
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::DeviceId;
    use pollster::block_on;
    use protocol::sync::{SyncAccount, SyncKind, SyncServer};
    use store::{BatchDraft, BatchFacts, BatchReport, MemoryBackend, Tables};
    use sync::{Replica, VaultId};

    #[test]
    fn what_a_former_version_could_not_read_is_wanted_once_it_can_be_read() {
        let backend = MemoryBackend::new();
        let (mut store, _) = block_on(Store::open(backend, DeviceId(1))).unwrap();
        let draft = BatchDraft {
            source: "generic".to_owned(),
            shop_key: 0,
            file_name: "march.csv".to_owned(),
            file_size: 1,
            content_hash: 1,
            unnamed_decimals: 2,
            sample: false,
            facts: BatchFacts::default(),
            report: BatchReport::default(),
        };
        let mut tables = Tables::default();
        tables.products.key.push("tea");
        tables.products.name.push("Tea");
        let id = block_on(store.add_batch(draft, &tables, 1, &mut |_, _| ())).unwrap();
        let entry = store.manifest().batch(id).unwrap().clone();
        let about = block_on(store.about(&entry)).unwrap();
        let parts = vec![PartRef { name: Digest([0; 32]), bytes: 1 }; entry.chunks.len()];
        let of = |about: &str, here| Shared {
            id: entry.stamp,
            edition: entry.stamp,
            about: about.to_owned(),
            parts: parts.clone(),
            here,
            came: Vec::new(),
            taken_back: None,
        };
        let url = "https://dav.example.com".to_owned();
        let server = SyncServer { kind: SyncKind::WebDav, url, account: SyncAccount::Open };
        let replica = Replica::new(VaultId(1), DeviceId(1));
        let mut ledger = Ledger::new(replica, server, None);
        for (about, here, is_wanted) in [
            (about.as_str(), None, true),
            (about.as_str(), Some(entry.stamp), false),
            (r#"{"chunks":"of another kind"}"#, None, false),
        ] {
            ledger.imports = vec![of(about, here)];
            look_again::<MemoryBackend>(&mut ledger);
            assert_eq!(ledger.imports[0].is_wanted(), is_wanted, "{about} {here:?}");
        }
    }
}
