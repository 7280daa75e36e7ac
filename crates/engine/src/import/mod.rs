//! From dropped files to stored orders: read and check, compare with what is known, store.
//!
//! The inspection reads every file to its end, so what it says is what the import does.

mod clock;
mod compare;
mod erased;
mod parts;
mod past;
mod people;
mod settling;
mod suggesting;

pub use clock::days;
pub use compare::Known;
pub use parts::note_missing;
pub use past::view;
pub use settling::{first_profile, settles};
pub use suggesting::device_profile;

use crate::frame::LoadedBatch;
use crate::host::{Host, SourceFile};
use crate::readings;
use crate::shared_keys;
use crate::shop::Shop;
use compare::Placement;
use model::{Part, RecordKind};
use protocol::{Answer, DryRun, FileReport, Problem, Question};
use reader::{Facts, Orders, Reading, Task};
use store::{BatchDraft, BatchFacts, Tables, Traces};

/// What an inspection found, waiting for the user's word.
#[derive(Debug)]
pub struct Inspected {
    /// File by file.
    pub files: Vec<InspectedFile>,
    /// What the user answered so far.
    pub answers: Vec<Answer>,
    /// Of the data that the files were compared with.
    pub generation: u64,
}

/// One file of an inspection.
#[derive(Debug)]
pub struct InspectedFile {
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
    /// Id of the platform that it came from.
    pub platform: String,
    /// Its rows as tables.
    pub tables: Tables,
    /// What else is known of them.
    pub facts: Facts,
    /// What tells the people whose rows were left out.
    pub traces: Traces,
    /// Which shop of the platform it belongs to.
    pub shop_key: u32,
    /// What storing it would change.
    pub dry_run: DryRun,
}

/// Has one file read and checks it against what is known.
pub async fn inspect(
    host: &impl Host,
    shop: &Shop,
    known: &Known,
    earlier: &[InspectedFile],
    source: &impl SourceFile,
    answers: &[Answer],
) -> Result<InspectedFile, Problem> {
    let time_zone = shop.profile_for_import(host).time_zone;
    let task = task(host, shop, earlier.len(), answers);
    let Reading { mut report, orders } =
        settling::read(host, shop, known, earlier, source, &task).await?;
    let Some(Orders { facts, mut tables }) = orders else {
        return Ok(InspectedFile { report, found: None });
    };
    let traces = erased::leave_out(&known.erased, &mut report, &mut tables, task.currency);
    report.days = facts.span.map(|span| days(host, &time_zone, span));
    report.warnings.extend(clock::repeated(host, &time_zone, facts.span, &tables.orders));
    report.already_imported_ms = known.imported_ms(facts.content_hash);
    let is_same = |it: &&InspectedFile| {
        it.to_store().is_some_and(|before| before.facts.content_hash == facts.content_hash)
    };
    report.same_as = earlier.iter().find(is_same).map(|it| it.report.name.clone());
    let mut found = Found {
        file_name: report.name.clone(),
        platform: report.platform.clone(),
        tables,
        facts,
        traces,
        shop_key: 0,
        dry_run: DryRun::default(),
    };
    let before: Vec<&Found> = earlier.iter().filter_map(InspectedFile::to_store).collect();
    let Placement { shop_key, dry_run, question } = match report.kind {
        RecordKind::Orders => match Part::of_source(&found.platform) {
            Some(part) => parts::place(shop, &before, &found, part),
            None => compare::place(shop, known, &before, &found, &task.answers),
        },
        kind => {
            report.links = people::links(shop, &before, &found, kind);
            people::place(shop, &before, &found, kind)
        }
    };
    (found.shop_key, found.dry_run, report.dry_run) = (shop_key, dry_run, dry_run);
    // What is not stored again needs no place.
    if report.already_imported_ms.is_none() && report.same_as.is_none() {
        report.questions.extend(question);
    }
    Ok(InspectedFile { report, found: Some(found) })
}

/// How the file at that place of the drop is to be read.
pub fn task(host: &impl Host, shop: &Shop, place: usize, answers: &[Answer]) -> Task {
    let profile = shop.profile_for_import(host);
    let of_file = answers.iter().filter(|it| it.file as usize == place);
    Task {
        country: profile.country,
        currency: profile.currency,
        today: shop.today(host),
        ignored_keys: shared_keys::shared(&shop.overlay),
        answers: of_file.cloned().collect(),
        remembered: readings::remembered(&shop.overlay),
        only_head: false,
    }
}

impl Inspected {
    /// What was asked about each file.
    pub fn questions(&self) -> Vec<Vec<Question>> {
        self.files.iter().map(|file| file.report.questions.clone()).collect()
    }
}

impl InspectedFile {
    /// What of the file is to be stored; `None`: nothing, or it was imported before.
    pub fn to_store(&self) -> Option<&Found> {
        let is_new = self.report.already_imported_ms.is_none() && self.report.same_as.is_none();
        self.found.as_ref().filter(|found| is_new && !found.tables.is_empty())
    }
}

impl Found {
    /// What the store is told of the file.
    pub fn draft(&self, report: &FileReport) -> BatchDraft {
        let mut kept = past::kept(report);
        self.traces.wipe(&mut kept);
        BatchDraft {
            source: self.platform.clone(),
            shop_key: self.shop_key,
            file_name: self.file_name.clone(),
            file_size: report.size,
            content_hash: self.facts.content_hash,
            unnamed_decimals: self.facts.unnamed_decimals,
            sample: false,
            facts: BatchFacts {
                kind: report.kind,
                records: report.records.into(),
                rows: report.rows,
                orders: report.orders.into(),
                customers: report.customers.into(),
                rejected: report.rejected,
                warnings: report.warnings.len() as u64,
                new: self.dry_run.new.into(),
                updated: self.dry_run.updated.into(),
                identical: self.dry_run.identical.into(),
            },
            report: kept,
        }
    }

    /// The import as the frame takes it.
    pub fn into_loaded(self, id: store::BatchId) -> LoadedBatch {
        LoadedBatch {
            id,
            edition: None,
            source: self.platform,
            shop_key: self.shop_key,
            unnamed_decimals: self.facts.unnamed_decimals,
            tables: self.tables,
            has_lent_lines: false,
        }
    }
}
