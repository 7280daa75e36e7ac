//! From dropped files to stored orders: read and check, compare with what is known, store.
//!
//! The inspection reads every file to its end with the very code that the import uses, so what it
//! says is what the import does.

mod compare;
mod read;
mod report;

pub use compare::Known;

use crate::frame::LoadedBatch;
use crate::host::{Host, SourceFile};
use crate::shop::Shop;
use compare::Placement;
use ingest::{Answers, Batch, Context, DateOrder};
use model::{Currency, OrderTime, Zone};
use protocol::{Answer, DryRun, FileReport, Problem, Question};
use store::{BatchDraft, BatchFacts, Tables};

/// What an inspection found, waiting for the user's word.
#[derive(Debug)]
pub struct Inspected<F> {
    /// File by file.
    pub files: Vec<InspectedFile<F>>,
    /// What the user answered so far.
    pub answers: Vec<Answer>,
    /// Of the data that the files were compared with.
    pub generation: u64,
}

/// One file of an inspection.
#[derive(Debug)]
pub struct InspectedFile<F> {
    /// To read it once more when an answer changes.
    pub source: F,
    /// What the page shows.
    pub report: FileReport,
    /// Its orders, unless it was refused or was imported before.
    pub found: Option<Found>,
}

/// The orders of a file, ready to be stored.
#[derive(Debug)]
pub struct Found {
    /// Name of the file.
    pub file_name: String,
    /// Its rows as tables.
    pub tables: Tables,
    /// What the reader reported.
    pub facts: ingest::Report,
    /// Which shop of the platform it belongs to.
    pub shop_key: u32,
    /// What storing it would change.
    pub dry_run: DryRun,
    /// Decimals that amounts without a currency were read with.
    pub unnamed_decimals: u32,
}

/// Reads and checks one file.
pub async fn inspect<F: SourceFile>(
    host: &impl Host,
    shop: &Shop,
    known: &Known,
    earlier: &[InspectedFile<F>],
    source: F,
    answers: &[Answer],
) -> Result<InspectedFile<F>, Problem> {
    let answers: Vec<&Answer> =
        answers.iter().filter(|it| it.file as usize == earlier.len()).collect();
    let profile = shop.profile_for_import(host);
    let context = Context {
        country: profile.country,
        currency_decimals: profile.currency.decimals(),
        today: Some(shop.today(host)),
    };
    let batch = read::whole(host, &source, &context, &of_reading(&answers)).await?;
    let span = batch.as_ref().ok().and_then(|batch| batch.report.span);
    let zone = zone_during(host, &profile.time_zone, span);
    let mut report =
        report::of_file(&source.name(), source.size(), &zone, profile.currency, &batch);
    let mut found = batch.ok().map(|batch| Found::new(source.name(), batch, &context));
    if let Some(found) = &mut found {
        let before: Vec<&Found> = earlier.iter().filter_map(InspectedFile::to_store).collect();
        let hash = found.facts.content_hash;
        report.already_imported_ms = known.imported_ms(hash);
        let is_same = |it: &&InspectedFile<F>| {
            it.to_store().is_some_and(|before| before.facts.content_hash == hash)
        };
        report.same_as = earlier.iter().find(is_same).map(|it| it.report.name.clone());
        let Placement { shop_key, dry_run, question } =
            compare::place(shop, known, &before, found, &answers);
        (found.shop_key, found.dry_run, report.dry_run) = (shop_key, dry_run, dry_run);
        // What is not stored again needs no place.
        if report.already_imported_ms.is_none() && report.same_as.is_none() {
            report.questions.extend(question);
        }
    }
    Ok(InspectedFile { source, report, found })
}

impl<F> Inspected<F> {
    /// The files, to be read once more.
    pub fn into_sources(self) -> Vec<F> {
        self.files.into_iter().map(|file| file.source).collect()
    }

    /// What was asked about each file.
    pub fn questions(&self) -> Vec<Vec<Question>> {
        self.files.iter().map(|file| file.report.questions.clone()).collect()
    }
}

impl<F> InspectedFile<F> {
    /// What of the file is to be stored; `None`: nothing, or it was imported before.
    pub fn to_store(&self) -> Option<&Found> {
        let is_new = self.report.already_imported_ms.is_none() && self.report.same_as.is_none();
        self.found.as_ref().filter(|found| is_new && !found.tables.orders.is_empty())
    }
}

/// The zone whose days the report of a file with these first and last orders tells.
fn zone_during(host: &impl Host, name: &str, span: Option<(OrderTime, OrderTime)>) -> Zone {
    let seconds = |time| match time {
        OrderTime::Instant(seconds) | OrderTime::Wall(seconds) => seconds,
    };
    let during = span.map_or(0..=0, |(first, last)| seconds(first)..=seconds(last));
    host.zone(name, during).unwrap_or_else(Zone::utc)
}

/// The answers that concern reading.
fn of_reading(answers: &[&Answer]) -> Answers {
    let mut of_reading = Answers::default();
    for answer in answers.iter().filter(|it| it.question == "date_order") {
        let orders = [DateOrder::DayFirst, DateOrder::MonthFirst];
        of_reading.date_order = orders.into_iter().find(|order| order.code() == answer.choice);
    }
    of_reading
}

impl Found {
    fn new(file_name: String, batch: Batch, context: &Context) -> Found {
        let Batch { orders, customers, products, lines, report } = batch;
        let mut tables = Tables { orders, customers, products, lines };
        tables.cluster();
        Found {
            file_name,
            tables,
            facts: report,
            shop_key: 0,
            dry_run: DryRun::default(),
            unnamed_decimals: context.currency_decimals,
        }
    }

    /// Id of the platform that the file came from.
    pub const fn source(&self) -> &'static str {
        self.facts.platform.id()
    }

    /// What the store is told of the file.
    pub fn draft(&self, file_size: u64) -> BatchDraft {
        let facts = &self.facts;
        BatchDraft {
            source: self.source().to_owned(),
            shop_key: self.shop_key,
            file_name: self.file_name.clone(),
            file_size,
            content_hash: facts.content_hash,
            unnamed_decimals: self.unnamed_decimals,
            sample: false,
            facts: BatchFacts {
                rows: facts.rows,
                orders: facts.orders,
                customers: facts.customers,
                rejected: facts.rejected_count,
                warnings: facts.warnings.len() as u64,
                new: self.dry_run.new.into(),
                updated: self.dry_run.updated.into(),
                identical: self.dry_run.identical.into(),
            },
        }
    }

    /// The import as the frame takes it.
    pub fn into_loaded(self, id: store::BatchId) -> LoadedBatch {
        LoadedBatch {
            id,
            source: self.source().to_owned(),
            shop_key: self.shop_key,
            unnamed_decimals: self.unnamed_decimals,
            tables: self.tables,
        }
    }

    /// The currency of most of its orders that count, if the file names one.
    pub fn main_currency(&self) -> Option<Currency> {
        let sums = self.facts.currencies.iter();
        sums.max_by_key(|sums| sums.valid_orders).and_then(|sums| sums.currency)
    }
}
