//! From dropped files to stored orders: read and check, compare with what is known, store.
//!
//! The inspection reads every file to its end with the very code that the import uses, so what it
//! says is what the import does.

mod compare;
mod read;
mod report;

pub use compare::{Known, place};

use crate::frame::LoadedBatch;
use crate::host::{Host, SourceFile};
use crate::shop::Shop;
use ingest::{Answers, Batch, Context, DateOrder};
use model::Currency;
use protocol::{DryRun, FileReport, Problem};
use store::{BatchDraft, BatchFacts, Tables};

/// What an inspection found, waiting for the user's word.
#[derive(Debug)]
pub struct Inspected<F> {
    /// File by file.
    pub files: Vec<InspectedFile<F>>,
    /// What the user answered so far.
    pub choices: Choices,
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

/// What the user answered, by question code.
pub type Choices = Vec<(String, String)>;

/// Reads and checks one file.
pub async fn inspect<F: SourceFile>(
    host: &impl Host,
    shop: &Shop,
    known: &Known,
    earlier: &[InspectedFile<F>],
    source: F,
    choices: &Choices,
) -> Result<InspectedFile<F>, Problem> {
    let profile = shop.profile_for_import(host);
    let context = Context {
        country: profile.country,
        currency_decimals: profile.currency.decimals(),
        today: Some(shop.today(host)),
    };
    let batch = read::whole(host, &source, &context, &answers(choices)).await?;
    let mut report =
        report::of_file(&source.name(), source.size(), &shop.zone, profile.currency, &batch);
    let mut found = batch.ok().map(|batch| Found::new(batch, &context));
    if let Some(found) = &mut found {
        let before: Vec<&Found> = earlier.iter().filter_map(InspectedFile::to_store).collect();
        (found.shop_key, found.dry_run) = place(shop, &before, found, choices);
        report.dry_run = found.dry_run;
        let hash = found.facts.content_hash;
        let twice = before.iter().any(|it| it.facts.content_hash == hash);
        report.already_imported_ms = known.imported_ms(hash).or(twice.then(|| host.now_ms()));
        report.questions.extend(compare::question(&found.dry_run));
    }
    Ok(InspectedFile { source, report, found })
}

impl<F> InspectedFile<F> {
    /// What of the file is to be stored; `None`: nothing, or it was imported before.
    pub fn to_store(&self) -> Option<&Found> {
        let is_new = self.report.already_imported_ms.is_none();
        self.found.as_ref().filter(|found| is_new && !found.tables.orders.is_empty())
    }
}

/// The answers that concern reading.
fn answers(choices: &Choices) -> Answers {
    let mut answers = Answers::default();
    for (question, choice) in choices {
        if question == "date_order" {
            let orders = [DateOrder::DayFirst, DateOrder::MonthFirst];
            answers.date_order = orders.into_iter().find(|order| order.code() == choice);
        }
    }
    answers
}

impl Found {
    fn new(batch: Batch, context: &Context) -> Found {
        let Batch { orders, customers, products, lines, report } = batch;
        let tables = Tables { orders, customers, products, lines };
        Found {
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
    pub fn draft(&self, file_name: &str, file_size: u64) -> BatchDraft {
        let facts = &self.facts;
        BatchDraft {
            source: self.source().to_owned(),
            shop_key: self.shop_key,
            file_name: file_name.to_owned(),
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
