//! The line to the worker that unpacks workbooks, archives, JSON and web pages. It is started for a
//! file whose first bytes are those of one, and ended when that file is unpacked: most people never
//! load it, and what a file takes of memory is given back.

use crate::reading::{DroppedFile, ReaderLine, unreadable};
use crate::worker_line::{Heard, Running, WorkerLine};
use containers::{HEAD_BYTES, Kind, News, Note, Refusal};
use futures::StreamExt;
use futures::channel::mpsc::UnboundedReceiver;
use js_sys::{Array, ArrayBuffer, Uint8Array};
use protocol::Problem;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

/// Larger files do not fit the memory of a worker beside what comes out of them.
const SIZE_LIMIT: f64 = 512.0 * 1024.0 * 1024.0;

/// The line to the worker that unpacks.
pub struct UnpackerLine(WorkerLine);

/// A table that came out of a file.
struct Unpacked {
    name: String,
    notes: Vec<Note>,
    /// Pieces of its text. They stay outside this program's memory.
    text: Array,
}

impl UnpackerLine {
    /// A line to the worker whose script is at `address`.
    pub fn new(address: &str) -> UnpackerLine {
        UnpackerLine(WorkerLine::new(address))
    }

    /// Ends the worker, whatever it does.
    pub fn end(&self) {
        self.0.end();
    }

    /// Puts the tables that are in a file in its place: files that are text stay as they are.
    pub async fn expand(
        &self,
        dropped: Vec<File>,
        reader: &Rc<ReaderLine>,
        cancelled: &Cell<bool>,
    ) -> Result<Vec<DroppedFile>, Problem> {
        let mut expanded = Vec::with_capacity(dropped.len());
        for file in dropped {
            let packed = is_container(&file).await?;
            // A wish to stop ends a worker that runs; this is for one that does not yet.
            if cancelled.get() {
                return Err(Problem::Cancelled);
            }
            if !packed {
                expanded.push(DroppedFile::new(file, reader));
                continue;
            }
            let unpacked = self.unpack(&file).await;
            self.end();
            match unpacked? {
                Ok(tables) => {
                    expanded.extend(tables.into_iter().map(|(file, notes)| DroppedFile {
                        notes,
                        ..DroppedFile::new(file, reader)
                    }));
                }
                Err(refusal) => {
                    let file = DroppedFile::new(file, reader);
                    expanded.push(DroppedFile { refusal: Some(refusal), ..file });
                }
            }
        }
        Ok(expanded)
    }

    /// The tables of a file, or why it has none to give. The outer error: it could not even be
    /// tried.
    async fn unpack(
        &self,
        file: &File,
    ) -> Result<Result<Vec<(File, Vec<Note>)>, Refusal>, Problem> {
        if file.size() > SIZE_LIMIT {
            let (size, limit) = (file.size() as u64, SIZE_LIMIT as u64);
            return Ok(Err(Refusal::TooLarge { size, limit }));
        }
        let running = self.0.start("")?;
        let mut heard = running.heard.take().ok_or(Problem::Cancelled)?;
        let bytes = JsFuture::from(file.array_buffer()).await;
        let bytes: ArrayBuffer = bytes.map_err(|error| unreadable(file, &error))?.unchecked_into();
        Ok(match hear(&running, &mut heard, &file.name(), bytes).await? {
            Ok(tables) => Ok(tables.into_iter().map(into_file).collect::<Result<_, _>>()?),
            Err(refusal) => Err(refusal),
        })
    }
}

async fn is_container(file: &File) -> Result<bool, Problem> {
    let head = file.slice_with_f64_and_f64(0.0, HEAD_BYTES as f64);
    let head = head.map_err(|error| unreadable(file, &error))?;
    let head =
        JsFuture::from(head.array_buffer()).await.map_err(|error| unreadable(file, &error))?;
    Ok(Kind::of(&Uint8Array::new(&head).to_vec()).is_some())
}

/// Gives the worker the file once it listens, and hears it to its end.
async fn hear(
    running: &Running,
    heard: &mut UnboundedReceiver<Heard>,
    name: &str,
    bytes: ArrayBuffer,
) -> Result<Result<Vec<Unpacked>, Refusal>, Problem> {
    let mut tables: Vec<Unpacked> = Vec::new();
    loop {
        let message = match heard.next().await {
            Some(Heard::Ready) => {
                running.listens.set(true);
                running.post(&Array::of2(&name.into(), &bytes), &Array::of1(&bytes))?;
                continue;
            }
            Some(Heard::Message(message)) => message,
            // Its memory was not enough, or it has a fault: another file may still be unpacked.
            Some(Heard::Broken(_)) if running.listens.get() => {
                return Ok(Err(Refusal::NotUnpacked));
            }
            Some(Heard::Broken(problem)) => return Err(problem),
            Some(Heard::Ended) | None => return Err(Problem::Cancelled),
        };
        match protocol::decode(&Uint8Array::new(&message.get(0)).to_vec()) {
            Some(News::Table { name, notes }) => {
                tables.push(Unpacked { name, notes, text: Array::new() });
            }
            Some(News::Block) => {
                let table = tables.last().ok_or(Problem::OtherBuild)?;
                table.text.push(&message.get(1));
            }
            Some(News::Done) => return Ok(Ok(tables)),
            Some(News::Refused(refusal)) => return Ok(Err(refusal)),
            None => return Err(Problem::OtherBuild),
        }
    }
}

/// The table as a file, which the reader takes as any other.
fn into_file(table: Unpacked) -> Result<(File, Vec<Note>), Problem> {
    let made = File::new_with_u8_array_sequence(&table.text, &table.name);
    let file = made.map_err(|_error| Problem::FileUnreadable {
        name: table.name.clone(),
        detail: String::new(),
    })?;
    Ok((file, table.notes))
}
