//! Export files through the whole of the crate.

mod bad_input;
mod corpus;
mod fuzz;
mod known_files;
mod large;
mod marketplaces;
mod parts;
mod people;
mod people_files;
mod people_kinds;
mod platforms;
mod properties;
mod refunds;
mod refused_or_mended;
mod several_rows;
mod tables;
mod traps;
mod vcards;

use ingest::{
    Answers, Batch, Context, FileFacts, Finished, Reader, Recognised, Refusal, recognise,
};

/// A shop in the United States on 22 November 2026.
fn context() -> Context {
    Context {
        country: "US".to_owned(),
        currency: model::Currency::USD,
        today: model::ShopDay::from_ymd(2026, 11, 22),
        ignored_keys: Vec::new(),
    }
}

fn recognised(bytes: &[u8]) -> Result<Recognised, Refusal> {
    let facts = FileFacts { name: "orders.csv", size: bytes.len() as u64 };
    recognise(bytes, facts, &context(), true)
}

/// Reads a file as the engine does: again, if its end belies what its head made likely.
fn read_with(bytes: &[u8], answers: &Answers, block: usize) -> Result<Batch, Refusal> {
    let recognised = recognised(bytes)?;
    let mut answers = answers.clone();
    for _ in 0..4 {
        let mut reader = Reader::new(&recognised, &answers, &context(), bytes.len() as u64)?;
        bytes.chunks(block).for_each(|block| reader.push(block));
        match reader.finish()? {
            Finished::Batch(batch) => return Ok(*batch),
            Finished::ReadAgain(better) => {
                assert_ne!(better, answers);
                answers = better;
            }
        }
    }
    panic!("the reader never makes up its mind");
}

fn read(bytes: &[u8]) -> Result<Batch, Refusal> {
    read_with(bytes, &Answers::default(), 64 << 10)
}

/// Reads a table that must be readable.
fn table(text: &str) -> Batch {
    match read(text.as_bytes()) {
        Ok(batch) => batch,
        Err(refusal) => panic!("{refusal}"),
    }
}

/// Lines and codes of the rejected rows.
fn rejected(batch: &Batch) -> Vec<(u32, &'static str)> {
    batch.report.rejected.iter().map(|row| (row.line, row.reason.code())).collect()
}
