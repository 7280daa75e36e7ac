//! Reads a file to its end, block by block.

use crate::host::{Host, SourceFile};
use ingest::{Answers, Batch, Context, FileFacts, Finished, Reader, Refusal};
use protocol::{Event, Problem, Progress, ProgressPhase};

/// What is looked at to recognise a file.
const HEAD_BYTES: usize = 1 << 20;
/// Large enough that reading costs little, small enough that a stop is felt at once.
const BLOCK_BYTES: usize = 4 << 20;
/// The page hears of progress this often.
const PROGRESS_EVERY_MS: f64 = 100.0;
/// A file is read again when its later rows show that its dates were read the wrong way round; a
/// second time it cannot be.
const MOST_READINGS: usize = 3;

/// Reads and checks a whole file. The inner error says why nothing of it can be used.
pub async fn whole(
    host: &impl Host,
    source: &impl SourceFile,
    context: &Context,
    answers: &Answers,
) -> Result<Result<Batch, Refusal>, Problem> {
    let (name, size) = (source.name(), source.size());
    let facts = FileFacts { name: &name, size };
    let head = read(source, 0, HEAD_BYTES).await?;
    let mut answers = answers.clone();
    for _ in 0..MOST_READINGS {
        let is_whole = head.len() as u64 >= size;
        let recognised = match ingest::recognise(&head, facts, context, is_whole) {
            Ok(recognised) => recognised,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let reader = match Reader::new(&recognised, &answers, context, size) {
            Ok(reader) => reader,
            Err(refusal) => return Ok(Err(refusal)),
        };
        match once(host, source, reader, &head).await? {
            Ok(Finished::Batch(batch)) => return Ok(Ok(*batch)),
            Ok(Finished::ReadAgain(better)) => answers = better,
            Err(refusal) => return Ok(Err(refusal)),
        }
    }
    Err(Problem::DatesContradict(name))
}

async fn once(
    host: &impl Host,
    source: &impl SourceFile,
    mut reader: Reader,
    head: &[u8],
) -> Result<Result<Finished, Refusal>, Problem> {
    let size = source.size();
    let started = host.stopwatch_ms();
    let mut told = started;
    if host.cancelled() {
        return Err(Problem::Cancelled);
    }
    let mut block = head.to_vec();
    let mut offset = 0;
    // An empty block: all is read, or the file shrank meanwhile and its last row will be reported
    // as cut off.
    while !block.is_empty() {
        offset += block.len() as u64;
        // The browser fetches the next block while this one is read.
        let ahead = async {
            if offset < size { read(source, offset, BLOCK_BYTES).await } else { Ok(Vec::new()) }
        };
        let (next, ()) = futures::join!(ahead, async { reader.push(&block) });
        block = next?;
        if host.cancelled() {
            return Err(Problem::Cancelled);
        }
        let now = host.stopwatch_ms();
        if now - told >= PROGRESS_EVERY_MS {
            told = now;
            let rows = reader.rows_so_far();
            host.announce(Event::Progress(Progress {
                phase: ProgressPhase::Reading,
                share: offset as f64 / size as f64,
                rows,
                rows_per_second: rows as f64 * 1000.0 / (now - started),
            }));
        }
    }
    Ok(reader.finish())
}

async fn read(source: &impl SourceFile, offset: u64, length: usize) -> Result<Vec<u8>, Problem> {
    let read = source.read(offset, length).await;
    read.map_err(|detail| Problem::FileUnreadable { name: source.name(), detail })
}
