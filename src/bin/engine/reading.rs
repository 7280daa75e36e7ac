//! The line to the worker that reads files. That worker lives from the moment when files are
//! expected until they have been read: the memory that it took is then given back.

use crate::worker_line::{Heard, Running, WorkerLine, words_of};
use containers::{Note, Refusal};
use engine::SourceFile;
use futures::StreamExt;
use futures::channel::mpsc::UnboundedReceiver;
use js_sys::{Array, Uint8Array};
use protocol::{Coded, FileReport, Problem};
use reader::parts::{Joining, News};
use reader::{Reading, Task, Watcher};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

/// Name of a worker that is started before there is a file.
const REHEARSE: &str = "rehearse";

/// A file that was dropped, or a table that came out of one, and the line to whom reads it.
pub struct DroppedFile {
    pub file: File,
    pub line: Rc<ReaderLine>,
    /// What is known of a table that came out of a container.
    pub notes: Vec<Note>,
    /// Why a container has no table to read.
    pub refusal: Option<Refusal>,
}

impl SourceFile for DroppedFile {
    async fn read(&self, task: &Task, watcher: &impl Watcher) -> Result<Reading, Problem> {
        if watcher.cancelled() {
            return Err(Problem::Cancelled);
        }
        if let Some(refusal) = &self.refusal {
            let coded = coded(refusal.code(), refusal.detail(), 0);
            return Ok(reader::refused(&self.file.name(), self.file.size() as u64, coded));
        }
        let running = self.line.line.start("")?;
        let mut heard = running.heard.take().ok_or(Problem::Cancelled)?;
        let reading = self.read_with(&running, &mut heard, task, watcher).await;
        running.heard.replace(Some(heard));
        let mut reading = reading?;
        add_notes(&mut reading.report, &self.notes);
        Ok(reading)
    }
}

impl DroppedFile {
    /// A file of which no more is known.
    pub fn new(file: File, line: &Rc<ReaderLine>) -> DroppedFile {
        DroppedFile { file, line: Rc::clone(line), notes: Vec::new(), refusal: None }
    }

    async fn read_with(
        &self,
        running: &Running,
        heard: &mut UnboundedReceiver<Heard>,
        task: &Task,
        watcher: &impl Watcher,
    ) -> Result<Reading, Problem> {
        let file = &self.file;
        let task = Array::of3(
            &Uint8Array::from(protocol::encode(task).as_slice()),
            &file.name().into(),
            &file.size().into(),
        );
        if running.listens.get() {
            running.post(&task, &Array::new())?;
        }
        let mut joining = None;
        loop {
            let message = match heard.next().await {
                Some(Heard::Ready) => {
                    running.listens.set(true);
                    running.post(&task, &Array::new())?;
                    continue;
                }
                Some(Heard::Message(message)) => message,
                Some(Heard::Broken(problem)) => return Err(problem),
                Some(Heard::Ended) | None => return Err(Problem::Cancelled),
            };
            match protocol::decode(&Uint8Array::new(&message.get(0)).to_vec()) {
                Some(News::Wants { offset, length }) => {
                    let block = self.block(offset, length).await?;
                    running.post(&block, &Array::of1(&block.buffer()))?;
                }
                Some(News::Progress(progress)) => watcher.progress(progress),
                Some(News::Failed(problem)) => return Err(problem),
                Some(News::Read { head, memory }) => {
                    self.line.memory.set(memory);
                    joining = Some(Joining::new(*head));
                }
                Some(News::Chunk) => {
                    let joining = joining.as_mut().ok_or(Problem::OtherBuild)?;
                    joining.join(&Uint8Array::new(&message.get(1)).to_vec())?;
                }
                None => return Err(Problem::OtherBuild),
            }
            if let Some(whole) = joining.take_if(|it| it.is_whole()) {
                return whole.finish();
            }
        }
    }

    async fn block(&self, offset: u64, length: usize) -> Result<Uint8Array, Problem> {
        let unreadable = |error: JsValue| unreadable(&self.file, &error);
        let (from, to) = (offset as f64, offset as f64 + length as f64);
        let slice = self.file.slice_with_f64_and_f64(from, to).map_err(unreadable)?;
        let buffer = JsFuture::from(slice.array_buffer()).await.map_err(unreadable)?;
        Ok(Uint8Array::new(&buffer))
    }
}

/// The line to the worker that reads files.
pub struct ReaderLine {
    line: WorkerLine,
    /// Memory that the last reading took, in bytes.
    pub memory: Cell<u64>,
}

impl ReaderLine {
    /// A line to the worker whose script is at `address`.
    pub fn new(address: &str) -> ReaderLine {
        ReaderLine { line: WorkerLine::new(address), memory: Cell::default() }
    }

    /// Starts the worker ahead of the files, so that it can rehearse.
    pub fn expect(&self) -> Result<(), Problem> {
        self.line.start(REHEARSE).map(|_| ())
    }

    /// Ends the worker, whatever it does.
    pub fn end(&self) {
        self.line.end();
    }
}

/// A file could not be read.
pub fn unreadable(file: &File, error: &JsValue) -> Problem {
    Problem::FileUnreadable { name: file.name(), detail: words_of(error) }
}

/// A finding about a container in the words of the protocol.
fn coded(code: &str, detail: String, count: u64) -> Coded {
    Coded { code: code.to_owned(), detail, count, line: None }
}

/// Adds what is known of a table from where it came out of: what is grave before all else.
fn add_notes(report: &mut FileReport, notes: &[Note]) {
    let said = |note: &&Note| report.warnings.iter().any(|it| it.code == note.code.code());
    // The text that comes out of a full sheet shows it as well.
    let unsaid: Vec<&Note> = notes.iter().filter(|note| !said(note)).collect();
    for note in unsaid {
        let coded = coded(note.code.code(), note.detail.clone(), note.count);
        if note.code.is_grave() {
            report.warnings.insert(0, coded);
            report.grave += 1;
        } else {
            report.warnings.push(coded);
        }
    }
}
