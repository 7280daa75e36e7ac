//! An import of the past: what it was, and what is kept of its reading.

use crate::answer::Engine;
use crate::host::{Host, SourceFile};
use crate::problem;
use protocol::{BatchPage, BatchView, Coded, FileReport, Problem, RejectedRow, Response};
use store::{Backend, BatchEntry, BatchId, BatchReport, BatchState, KeptRow, KeptWarning};

/// What is told of an import in the list of all.
pub fn view(entry: &BatchEntry) -> BatchView {
    let facts = &entry.facts;
    BatchView {
        id: entry.id.0,
        file_name: entry.file_name.clone(),
        platform: entry.source.clone(),
        kind: facts.kind,
        records: facts.records as u32,
        imported_at_ms: entry.imported_at_ms,
        orders: facts.orders as u32,
        customers: facts.customers as u32,
        new: facts.new as u32,
        updated: facts.updated as u32,
        identical: facts.identical as u32,
        rows: facts.rows,
        rejected: facts.rejected,
        undone: entry.state == BatchState::Undone,
        sample: entry.sample,
    }
}

/// What is to be kept of a file's report.
pub fn kept(report: &FileReport) -> BatchReport {
    let warning = |it: &Coded| KeptWarning {
        code: it.code.clone(),
        detail: it.detail.clone(),
        count: it.count,
        line: it.line,
    };
    let row = |it: &RejectedRow| KeptRow {
        line: it.line,
        reason: it.reason.clone(),
        detail: it.detail.clone(),
        text: it.text.clone(),
    };
    BatchReport {
        warnings: report.warnings.iter().map(warning).collect(),
        grave: report.grave,
        rejected: report.rejected_rows.iter().map(row).collect(),
    }
}

impl<B: Backend, H: Host, F: SourceFile> Engine<B, H, F> {
    /// An import of the past, undone or not.
    pub(crate) async fn batch(&self, id: BatchId) -> Result<Response, Problem> {
        let entry = self.store.manifest().batch(id).ok_or(Problem::NotFound)?;
        let kept = self.store.batch_report(id).await.map_err(problem::of_store)?;
        let warning = |it: KeptWarning| Coded {
            code: it.code,
            detail: it.detail,
            count: it.count,
            line: it.line,
        };
        let row = |it: KeptRow| RejectedRow {
            line: it.line,
            reason: it.reason,
            detail: it.detail,
            text: it.text,
        };
        Ok(Response::Batch(Box::new(BatchPage {
            batch: view(entry),
            size: entry.file_size,
            warnings: kept.warnings.into_iter().map(warning).collect(),
            grave: kept.grave,
            rejected_rows: kept.rejected.into_iter().map(row).collect(),
        })))
    }
}
