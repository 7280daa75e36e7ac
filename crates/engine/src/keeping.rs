//! Backups: made of all that is stored, looked into, restored, taken out again.

use crate::answer::Engine;
use crate::host::{Host, SourceFile};
use crate::problem;
use protocol::{BackedUp, BackupFault, BackupView, Problem, Progress, ProgressPhase, Response};
use store::{Backend, BackendError, Restored, Sink, Source, StoreError};

/// So many bytes of a backup are read until the page hears of it again.
const BYTES_BETWEEN_NEWS: u64 = 4 << 20;

impl<B: Backend, H: Host, F: SourceFile> Engine<B, H, F> {
    /// Writes a backup of all that is stored. Answers a question of
    /// [`Part::Keeping`](crate::Part::Keeping).
    pub async fn back_up(&mut self, sink: &mut impl Sink) -> Result<BackedUp, Problem> {
        let made_at_ms = self.host.now_ms();
        let mut on_progress = saving(&self.host, self.shop.frame.orders.len() as u64);
        let written = self.store.back_up(made_at_ms, sink, &mut on_progress).await;
        let written = written.map_err(problem::of_backup)?;
        Ok(BackedUp {
            made_at_ms,
            imports: written.imports,
            bytes: written.bytes,
            missing: written.missing,
            unread_records: written.unread_records,
        })
    }

    /// Reads a backup to its end and tells what it would bring.
    pub async fn look_into(&self, source: &mut impl Source) -> Result<BackupView, Problem> {
        let seen =
            self.store.look_into(source, &self.damaged_ids()).await.map_err(problem::of_backup)?;
        Ok(self.view_of(seen))
    }

    /// Restores a backup, all of it or nothing. `size`: bytes of its text, if that is known.
    pub async fn restore(
        &mut self,
        source: &mut impl Source,
        size: Option<u64>,
    ) -> Result<BackupView, Problem> {
        let merges = self.view_of(Restored::default()).merges;
        let damaged = self.damaged_ids();
        let (host, now) = (&self.host, self.host.now_ms());
        let mut told = 0;
        let mut on_progress = |bytes: u64| {
            if bytes < told + BYTES_BETWEEN_NEWS {
                return;
            }
            told = bytes;
            let share = size.map_or(0.0, |size| bytes as f64 / size.max(1) as f64).min(1.0);
            let phase = ProgressPhase::Reading;
            host.progress(Progress { phase, share, rows: 0, rows_per_second: 0.0 });
        };
        let restored = self.store.restore(source, &damaged, now, &mut on_progress).await;
        // It may have brought word of people who were erased elsewhere.
        let cleaned = match &restored {
            Ok(_) => self.erase_again().await,
            Err(_) => Ok(()),
        };
        // What failed may have shown what another tab has stored.
        if self.is_behind() {
            self.reload(Vec::new()).await?;
        }
        let (seen, undo) = restored.map_err(problem::of_backup)?;
        self.restored = Some(undo);
        cleaned?;
        Ok(BackupView { merges, ..self.view_of(seen) })
    }

    /// Takes the backup that was restored last out again.
    pub async fn undo_restore(&mut self) -> Result<Response, Problem> {
        let undo = self.restored.as_ref().ok_or(Problem::NotFound)?;
        match self.store.undo_restore(undo).await {
            Err(StoreError::Backend(BackendError::Conflict)) => {
                return Err(Problem::Backup(BackupFault::ChangedSince));
            }
            done => done.map_err(problem::of_store)?,
        }
        self.restored = None;
        self.reload(Vec::new()).await?;
        Ok(Response::Done)
    }

    fn view_of(&self, seen: Restored) -> BackupView {
        let mut live = self.store.manifest().live_batches();
        let has_edits = !self.store.overlay().is_empty();
        BackupView {
            made_at_ms: seen.made_at_ms,
            imports: seen.imports,
            known_imports: seen.known_imports,
            orders: seen.orders,
            records: seen.records,
            changes: seen.changes,
            known_changes: seen.known_changes,
            missing: seen.missing,
            merges: has_edits || live.any(|it| !it.sample),
        }
    }
}

/// Tells the page how much of what is being stored is done; `rows`: orders of the shop.
pub(crate) fn saving<H: Host>(host: &H, rows: u64) -> impl FnMut(usize, usize) {
    move |done, total| {
        let share = done as f64 / total.max(1) as f64;
        let phase = ProgressPhase::Saving;
        host.progress(Progress { phase, share, rows, rows_per_second: 0.0 });
    }
}
