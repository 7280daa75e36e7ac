//! Reads a file to its end, block by block.

use crate::{Facts, Foreign, Orders, Reading, Source, Task, Transcode, Watcher, report};
use ingest::{
    Answers, Batch, Context, Encoding, FileFacts, Finished, Kind, Reader, Recognised, Refusal,
    recognise,
};
use protocol::{Answer, Problem, Progress, ProgressPhase};
use store::Tables;

/// What is looked at to recognise a file.
const HEAD_BYTES: usize = 1 << 20;
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
    let context =
        Context { country: task.country.clone(), currency: task.currency, today: Some(task.today) };
    let read = whole(source, &context, of_reading(&task.answers), watcher).await?;
    let report = report::of_file(&source.name(), source.size(), task.currency, &read);
    Ok(Reading { report, orders: read.ok().map(|batch| orders(batch, &context)) })
}

/// The answers that concern reading.
fn of_reading(answers: &[Answer]) -> Answers {
    let mut of_reading = Answers::default();
    for answer in answers {
        of_reading.add(&answer.question, &answer.choice);
    }
    of_reading
}

fn orders(batch: Batch, context: &Context) -> Orders {
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
    let mut tables = Tables { orders, customers, products, lines, people };
    tables.cluster();
    Orders { facts, tables }
}

/// The inner error says why nothing of the file can be used.
async fn whole(
    source: &impl Source,
    context: &Context,
    mut answers: Answers,
    watcher: &impl Watcher,
) -> Result<Result<Batch, Refusal>, Problem> {
    let (name, size) = (source.name(), source.size());
    let head = bytes(source, 0, HEAD_BYTES).await?;
    let is_whole = head.len() as u64 >= size;
    let facts = FileFacts { name: &name, size };
    let (recognised, encoding) = match recognised(source, &head, facts, context, is_whole) {
        Ok(recognised) => recognised,
        Err(refusal) => return Ok(Err(refusal)),
    };
    for _ in 0..MOST_READINGS {
        let text = Text::of(source, encoding);
        match once(source, text, &recognised, &answers, context, &head, watcher).await? {
            Ok(Finished::Batch(batch)) => return Ok(Ok(*batch)),
            Ok(Finished::ReadAgain(better)) => answers = better,
            Err(refusal) => return Ok(Err(refusal)),
        }
    }
    Err(Problem::DatesContradict(name))
}

/// What the file is; and its encoding, if that has to be turned into UTF-8 first.
fn recognised(
    source: &impl Source,
    head: &[u8],
    facts: FileFacts<'_>,
    context: &Context,
    is_whole: bool,
) -> Result<(Recognised, Option<Foreign>), Refusal> {
    let as_it_is = recognise(head, facts, context, is_whole);
    let may_be_foreign = match &as_it_is {
        Ok(recognised) => recognised.encoding == Encoding::Windows1252,
        Err(refusal) => matches!(
            refusal,
            Refusal::UnsupportedEncoding(_)
                | Refusal::UnknownKind { .. }
                | Refusal::NotATable(Kind::PlainText)
        ),
    };
    let read = |encoding| {
        let mut text = String::new();
        source.transcoder(encoding)?.transcode(head, is_whole, &mut text);
        Some(text)
    };
    let foreign = if may_be_foreign { Foreign::sniff(head, read) } else { None };
    match foreign.and_then(|encoding| Some((encoding, read(encoding)?))) {
        Some((encoding, text)) => {
            Ok((recognise(text.as_bytes(), facts, context, is_whole)?, Some(encoding)))
        }
        None => Ok((as_it_is?, None)),
    }
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
    source: &impl Source,
    mut text: Text,
    recognised: &Recognised,
    answers: &Answers,
    context: &Context,
    head: &[u8],
    watcher: &impl Watcher,
) -> Result<Result<Finished, Refusal>, Problem> {
    let size = source.size();
    let mut reader = match Reader::new(recognised, answers, context, size) {
        Ok(reader) => reader,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let started = watcher.stopwatch_ms();
    let mut told = started;
    if watcher.cancelled() {
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
            if offset < size { bytes(source, offset, BLOCK_BYTES).await } else { Ok(Vec::new()) }
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
