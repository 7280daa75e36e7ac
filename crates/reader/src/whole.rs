//! Reads a file to its end, block by block.

use crate::beginning::{Beginning, Head};
use crate::{Facts, Foreign, Orders, Reading, Source, Task, Transcode, Watcher, layout, report};
use ingest::{Answers, Batch, Context, FileFacts, Finished, Reader, Recognised, Refusal, Role};
use protocol::{Problem, Progress, ProgressPhase};
use store::Tables;

/// What is looked at to recognise a file.
const HEAD_BYTES: usize = 1 << 20;
/// Of a beginning that is only looked at so much is read, if it has so many lines.
const PREVIEW_BYTES: usize = 256 << 10;
const PREVIEW_LINES: usize = 100;
/// Large enough that reading costs little, small enough that a stop is felt at once.
const BLOCK_BYTES: usize = 4 << 20;
/// Progress is told this often.
const PROGRESS_EVERY_MS: f64 = 100.0;
/// A file is read again when its later rows show that its dates were read the wrong way round, that
/// its decimal mark is the other, or whose the amounts of orders on several rows are: each once at
/// most, and the last reading has all three.
const MOST_READINGS: usize = 4;

/// Reads and checks a whole file. What is wrong with it stands in the report; an error says that it
/// could not be read to its end.
pub async fn read_file(
    source: &impl Source,
    task: &Task,
    watcher: &impl Watcher,
) -> Result<Reading, Problem> {
    let context = Context {
        country: task.country.clone(),
        currency: task.currency,
        today: Some(task.today),
        ignored_keys: task.ignored_keys.clone(),
    };
    let (name, size) = (source.name(), source.size());
    let mut head = bytes(source, 0, HEAD_BYTES).await?;
    let is_whole = head.len() as u64 >= size;
    let facts = FileFacts { name: &name, size };
    let looked = Head { source, bytes: &head, facts, context: &context, is_whole };
    let begun = match Beginning::look(&looked, task) {
        Ok(begun) => begun,
        Err(refusal) => {
            let report = report::of_refusal(&name, size, &refusal);
            return Ok(Reading { report, orders: None });
        }
    };
    let is_part = task.only_head && !is_whole;
    if is_part {
        head.truncate(preview_length(&head, begun.encoding));
    }
    let mut answers = begun.answers.clone();
    let read = if begun.misfit {
        let missing = vec![Role::OrderNumber, Role::OrderedAt, Role::Total];
        Err(Refusal::MissingColumns { missing, columns: Vec::new() })
    } else {
        let size = if is_part { head.len() as u64 } else { size };
        let file = File { source, size, head };
        whole(&file, &begun, &mut answers, &context, watcher).await?
    };
    let batch = read.as_ref().ok();
    let layout = layout::of_file(&begun, &answers, batch, task.currency, is_part);
    let report = report::of_file(&name, size, task.currency, &read, &begun, layout);
    let orders = read.ok().map(|batch| orders(batch, &context, task.only_head));
    Ok(Reading { report, orders })
}

/// How much of a head is read to show what comes of the file: whole lines.
fn preview_length(head: &[u8], encoding: Option<Foreign>) -> usize {
    let short = &head[..head.len().min(PREVIEW_BYTES)];
    let length = whole_lines(short, encoding);
    let mut line_ends = short[..length].iter().filter(|byte| **byte == b'\n');
    if line_ends.nth(PREVIEW_LINES - 1).is_none() { whole_lines(head, encoding) } else { length }
}

/// How long the part of a head is that ends with a line.
fn whole_lines(head: &[u8], encoding: Option<Foreign>) -> usize {
    let width = match encoding {
        Some(Foreign::Utf16Le | Foreign::Utf16Be) => 2,
        _ => 1,
    };
    let mut units = head.chunks_exact(width);
    let ends = |unit: &[u8]| unit.contains(&b'\n') && unit.iter().all(|it| matches!(it, b'\n' | 0));
    units.rposition(ends).map_or(head.len(), |at| (at + 1) * width)
}

/// The part of a file that is read, and what of it was looked at already.
struct File<'a, S> {
    source: &'a S,
    size: u64,
    head: Vec<u8>,
}

/// What a file came to; of its head the facts alone.
fn orders(batch: Batch, context: &Context, only_facts: bool) -> Orders {
    let Batch { orders, customers, products, lines, people, report } = batch;
    // Among equals the shop's own, then the first.
    let sums = report.currencies.iter().rev();
    let main = sums.max_by_key(|sums| (sums.valid_orders, sums.currency.is_none()));
    let facts = Facts {
        content_hash: report.content_hash,
        span: report.span,
        offsets: report.offsets,
        main_currency: main.and_then(|sums| sums.currency),
        unnamed_decimals: context.currency.decimals(),
    };
    if only_facts {
        return Orders { facts, tables: Tables::default() };
    }
    let mut tables = Tables { orders, customers, products, lines, people };
    tables.cluster();
    Orders { facts, tables }
}

/// The inner error says why nothing of the file can be used.
///
/// `answers` are in the end those by which the file was read.
async fn whole(
    file: &File<'_, impl Source>,
    begun: &Beginning,
    answers: &mut Answers,
    context: &Context,
    watcher: &impl Watcher,
) -> Result<Result<Batch, Refusal>, Problem> {
    for _ in 0..MOST_READINGS {
        let text = Text::of(file.source, begun.encoding);
        match once(file, text, &begun.recognised, answers, context, watcher).await? {
            Ok(Finished::Batch(batch)) => return Ok(Ok(*batch)),
            Ok(Finished::ReadAgain(better)) => *answers = better,
            Err(refusal) => return Ok(Err(refusal)),
        }
    }
    Err(Problem::DatesContradict(file.source.name()))
}

/// The file's bytes on their way to the reader, which wants UTF-8 or Windows-1252.
struct Text {
    transcoder: Option<Box<dyn Transcode>>,
    block: String,
}

impl Text {
    fn of(source: &impl Source, encoding: Option<Foreign>) -> Text {
        Text { transcoder: encoding.and_then(|it| source.transcoder(it)), block: String::new() }
    }

    fn push(&mut self, block: &[u8], at_end: bool, reader: &mut Reader) {
        let Some(transcoder) = &mut self.transcoder else { return reader.push(block) };
        self.block.clear();
        transcoder.transcode(block, at_end, &mut self.block);
        reader.note_lost(self.block.matches('\u{fffd}').count() as u64);
        reader.push(self.block.as_bytes());
    }
}

async fn once(
    file: &File<'_, impl Source>,
    mut text: Text,
    recognised: &Recognised,
    answers: &Answers,
    context: &Context,
    watcher: &impl Watcher,
) -> Result<Result<Finished, Refusal>, Problem> {
    let File { source, size, head } = file;
    let size = *size;
    let mut reader = match Reader::new(recognised, answers, context, size) {
        Ok(reader) => reader,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let started = watcher.stopwatch_ms();
    let mut told = started;
    if watcher.cancelled() {
        return Err(Problem::Cancelled);
    }
    let mut block = head.clone();
    let mut offset = 0;
    // An empty block: all is read, or the file shrank meanwhile and its last row will be reported
    // as cut off.
    while !block.is_empty() {
        offset += block.len() as u64;
        // The browser fetches the next block while this one is read.
        let ahead = async {
            if offset < size { bytes(*source, offset, BLOCK_BYTES).await } else { Ok(Vec::new()) }
        };
        let at_end = offset >= size;
        let (next, ()) = futures::join!(ahead, async { text.push(&block, at_end, &mut reader) });
        block = next?;
        if watcher.cancelled() {
            return Err(Problem::Cancelled);
        }
        let now = watcher.stopwatch_ms();
        if now - told >= PROGRESS_EVERY_MS {
            told = now;
            let rows = reader.rows_so_far();
            watcher.progress(Progress {
                phase: ProgressPhase::Reading,
                share: offset as f64 / size as f64,
                rows,
                rows_per_second: rows as f64 * 1000.0 / (now - started),
            });
        }
    }
    Ok(reader.finish())
}

async fn bytes(source: &impl Source, offset: u64, length: usize) -> Result<Vec<u8>, Problem> {
    let read = source.bytes(offset, length).await;
    read.map_err(|detail| Problem::FileUnreadable { name: source.name(), detail })
}
