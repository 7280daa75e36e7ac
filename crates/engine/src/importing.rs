//! Imports: inspected, stored, taken back; and the sample shop.

use crate::answer::Engine;
use crate::frame::LoadedBatch;
use crate::host::{Host, SourceFile};
use crate::import::{self, Inspected, InspectedFile, Known};
use crate::problem;
use crate::shop::field;
use model::{Entity, Operation, Origin, RecordKind, Value};
use protocol::{
    Answer, DryRun, FileReport, ImportSummary, Inspection, Problem, Progress, ProgressPhase,
    Request, Response, Unfinished,
};
use reader::Task;
use sample::{Language, SampleShop, sample_shop};
use store::{Backend, BatchDraft, BatchFacts, BatchId, BatchReport, StoreError, Tables};

impl<B: Backend, H: Host, F: SourceFile> Engine<B, H, F> {
    /// Answers a question of [`Part::Files`](crate::Part::Files).
    pub async fn take_in(&mut self, request: Request, files: Vec<F>) -> Result<Response, Problem> {
        match request {
            Request::Inspect => self.inspect(files).await.map(|it| self.foretold(it)),
            Request::Answer(answers) => {
                self.inspect_again(answers).await.map(|it| self.foretold(it))
            }
            Request::Preview(place, answers) => self.preview(place, &answers).await,
            Request::Import => self.import().await.map(|it| self.foretold(it)),
            Request::Undo(batch) => self.undo(BatchId(batch)).await,
            Request::LoadSample { chinese } => self.load_sample(chinese).await,
            Request::RemoveSample => self.remove_sample().await,
            Request::EraseCustomer(id) => self.erase_customer(id).await,
            Request::KnownOf(id) => self.known_of(id).await,
            _ => Err(Problem::OtherBuild),
        }
    }

    async fn inspect(&mut self, files: Vec<F>) -> Result<Response, Problem> {
        self.sources = files;
        self.inspect_with(Vec::new()).await
    }

    async fn inspect_again(&mut self, answers: Vec<Answer>) -> Result<Response, Problem> {
        if self.sources.is_empty() {
            return Err(Problem::NothingToImport);
        }
        self.inspect_with(answers).await
    }

    /// What would come of a file under these answers, from its beginning alone.
    async fn preview(&self, place: u32, answers: &[Answer]) -> Result<Response, Problem> {
        let source = self.sources.get(place as usize).ok_or(Problem::NothingToImport)?;
        let task = import::task(&self.host, &self.shop, place as usize, answers);
        let reading = source.read(&Task { only_head: true, ..task }, &self.host).await?;
        Ok(Response::Preview(Box::new(reading.report)))
    }

    /// Reads all files. If that is stopped they can be read again.
    async fn inspect_with(&mut self, answers: Vec<Answer>) -> Result<Response, Problem> {
        // Frees what the files came to under other answers.
        self.inspected = None;
        let started = self.host.stopwatch_ms();
        let (host, shop) = (&self.host, &self.shop);
        let known = Known::of(&self.store, &self.damaged_ids());
        let mut files = Vec::new();
        for source in &self.sources {
            let file = import::inspect(host, shop, &known, &files, source, &answers).await?;
            files.push(file);
        }
        import::note_missing(shop, &mut files);
        let reports: Vec<FileReport> = files.iter().map(|file| file.report.clone()).collect();
        let generation = self.store.manifest().generation;
        self.inspected = Some(Inspected { files, answers, generation });
        Ok(Response::Inspection(Inspection {
            files: reports,
            took_ms: self.host.stopwatch_ms() - started,
        }))
    }

    async fn import(&mut self) -> Result<Response, Problem> {
        let started = self.host.stopwatch_ms();
        let mut inspected = self.inspected.take().ok_or(Problem::NothingToImport)?;
        if inspected.files.iter().all(|file| file.found.is_none()) {
            return Err(Problem::NothingToImport);
        }
        if inspected.generation != self.store.manifest().generation {
            // The data have changed since: other orders are known, or another currency is the shop's.
            let (asked, answers) = (inspected.questions(), inspected.answers.clone());
            drop(inspected);
            let answer = self.inspect_with(answers).await?;
            match self.inspected.take() {
                Some(anew) if anew.questions() == asked => inspected = anew,
                anew => {
                    self.inspected = anew;
                    return Ok(answer);
                }
            }
        }
        self.sources = Vec::new();
        let mut summary = self.store_files(inspected.files).await?;
        summary.took_ms = self.host.stopwatch_ms() - started;
        summary.engine_memory = self.host.memory_bytes();
        Ok(Response::Imported(summary))
    }

    /// Stores files in turn. Those that are stored stay, even if a later one could not be; if none
    /// is, that is an error.
    async fn store_files(&mut self, files: Vec<InspectedFile>) -> Result<ImportSummary, Problem> {
        let (mut summary, mut loaded) = (ImportSummary::default(), Vec::new());
        let mut readings = Vec::new();
        let (mut problem, mut not_stored) = (None, Vec::new());
        for file in files {
            let (name, mut with_file) = (file.report.name.clone(), summary.clone());
            count(&mut with_file, &file);
            if problem.is_some() && file.to_store().is_some() {
                not_stored.push(name);
                continue;
            }
            let reading = file.report.layout.as_ref().and_then(|layout| layout.saved.clone());
            match self.store_file(file).await {
                Ok(batch) => {
                    readings.extend(reading.filter(|_| batch.is_some()));
                    loaded.extend(batch);
                    summary = with_file;
                }
                Err(error) => {
                    problem = Some(error);
                    not_stored.push(name);
                }
            }
        }
        summary.batches = loaded.iter().map(|batch| batch.id.0).collect();
        let problem = problem.or(self.store_readings(&readings).await.err());
        let problem = problem.or(self.take_over(loaded).await.err());
        if let Some(problem) = problem {
            if summary.batches.is_empty() {
                return Err(problem);
            }
            summary.unfinished = Some(Unfinished { problem, not_stored });
        }
        Ok(summary)
    }

    /// Brings the frame up to the imports that were just stored.
    async fn take_over(&mut self, stored: Vec<LoadedBatch>) -> Result<(), Problem> {
        let swept = if stored.is_empty() { Ok(()) } else { self.drop_replaced().await };
        if self.is_behind() {
            self.reload(stored).await?;
        }
        swept
    }

    /// Stores a file, unless there is nothing in it to store.
    async fn store_file(&mut self, file: InspectedFile) -> Result<Option<LoadedBatch>, Problem> {
        if file.to_store().is_none() {
            return Ok(None);
        }
        let Some(found) = file.found else { return Ok(None) };
        if self.host.cancelled() {
            return Err(Problem::Cancelled);
        }
        if import::settles(file.report.kind, self.store.manifest()) {
            // Before the orders: suggestions hold from the first import on, so that alone they do
            // no harm.
            self.suggest_facts(&found).await?;
        }
        let id = self.add(found.draft(&file.report), &found.tables).await?;
        Ok(Some(found.into_loaded(id)))
    }

    /// Stores an import, telling the page how far it is.
    async fn add(&mut self, draft: BatchDraft, tables: &Tables) -> Result<BatchId, Problem> {
        let (host, rows) = (&self.host, draft.facts.orders + draft.facts.records);
        let mut on_progress = |done: usize, total: usize| {
            host.progress(Progress {
                phase: ProgressPhase::Saving,
                share: done as f64 / total.max(1) as f64,
                rows,
                rows_per_second: 0.0,
            });
        };
        let now = self.host.now_ms();
        self.store.add_batch(draft, tables, now, &mut on_progress).await.map_err(problem::of_store)
    }

    /// The first import settles the shop's facts, as suggestions: a person's word goes before.
    async fn suggest_facts(&mut self, found: &import::Found) -> Result<(), Problem> {
        let facts = import::first_profile(&self.host, &found.facts);
        let text = |name: &str, text: &str| {
            (Entity::Shop, name.to_owned(), Operation::Set(Value::Text(text.to_owned())))
        };
        let edits = vec![
            text(field::TIME_ZONE_FOUND, &facts.time_zone),
            text(field::CURRENCY_FOUND, facts.currency.code()),
            text(field::COUNTRY_FOUND, &facts.country),
        ];
        let now = self.host.now_ms();
        self.store.apply(Origin::Import, edits, now).await.map_err(problem::of_store)?;
        Ok(())
    }

    async fn undo(&mut self, id: BatchId) -> Result<Response, Problem> {
        self.store.remove_batch(id, self.host.now_ms()).await.map_err(problem::of_store)?;
        self.reload(Vec::new()).await?;
        Ok(Response::Done)
    }

    async fn load_sample(&mut self, chinese: bool) -> Result<Response, Problem> {
        // One's own import that is damaged is none in memory, but the sample would not count beside it.
        let has_own = self.store.manifest().live_batches().any(|it| !it.sample);
        if has_own || !self.shop.frame.batches.is_empty() {
            return Err(Problem::NotEmpty);
        }
        let started = self.host.stopwatch_ms();
        let language = if chinese { Language::Chinese } else { Language::English };
        let last_day = self.shop.today(&self.host);
        let SampleShop { profile, orders, customers, products, lines } =
            sample_shop(last_day, language);
        let mut tables = Tables { orders, customers, products, lines, ..Tables::default() };
        tables.cluster();
        tables.take_out(&self.store.erased().rows_in(&tables, language.source()));
        let unnamed_decimals = profile.currency.decimals();
        let (orders, customers) = (tables.orders.len() as u32, tables.customers.len() as u32);
        let source = language.source().to_owned();
        let facts = BatchFacts {
            rows: orders.into(),
            orders: orders.into(),
            customers: customers.into(),
            new: orders.into(),
            ..Default::default()
        };
        let draft = BatchDraft {
            file_name: profile.name,
            source: source.clone(),
            shop_key: 0,
            file_size: 0,
            content_hash: 0,
            unnamed_decimals,
            sample: true,
            facts,
            report: BatchReport::default(),
        };
        let id = self.add(draft, &tables).await?;
        let batch = LoadedBatch {
            id,
            edition: None,
            source,
            shop_key: 0,
            unnamed_decimals,
            tables,
            has_lent_lines: false,
        };
        self.reload(vec![batch]).await?;
        Ok(Response::Imported(ImportSummary {
            batches: vec![id.0],
            orders,
            customers,
            rows: orders.into(),
            dry_run: DryRun { new: orders, ..Default::default() },
            took_ms: self.host.stopwatch_ms() - started,
            engine_memory: self.host.memory_bytes(),
            ..ImportSummary::default()
        }))
    }

    async fn remove_sample(&mut self) -> Result<Response, Problem> {
        self.drop_sample().await?;
        self.reload(Vec::new()).await?;
        Ok(Response::Done)
    }

    /// Removes what gives way to an import: the sample shop, and damaged imports of the same file.
    async fn drop_replaced(&mut self) -> Result<(), Problem> {
        self.drop_sample().await?;
        let damaged = self.damaged_ids();
        let manifest = self.store.manifest();
        let is_back = |hash: u128| {
            let mut live = manifest.live_batches().filter(|it| !damaged.contains(&it.id));
            live.any(|it| it.content_hash == hash)
        };
        let replaced: Vec<BatchId> = manifest
            .live_batches()
            .filter(|it| damaged.contains(&it.id) && is_back(it.content_hash))
            .map(|it| it.id)
            .collect();
        for id in replaced {
            self.store.remove_batch(id, self.host.now_ms()).await.map_err(problem::of_store)?;
        }
        Ok(())
    }

    /// Removes the sample shop's rows; the caller reloads. Returns how often it has written.
    pub(crate) async fn drop_sample(&mut self) -> Result<u64, Problem> {
        let live = self.store.manifest().live_batches();
        let samples: Vec<BatchId> = live.filter(|it| it.sample).map(|it| it.id).collect();
        let mut written = 0;
        for id in samples {
            match self.store.remove_batch(id, self.host.now_ms()).await {
                Ok(()) => written += 1,
                // Another tab was quicker.
                Err(StoreError::UnknownBatch(_)) => {}
                Err(error) => return Err(problem::of_store(error)),
            }
        }
        Ok(written)
    }
}

/// Counts a file in what the page is told of the import.
fn count(summary: &mut ImportSummary, file: &InspectedFile) {
    let (report, Some(found)) = (&file.report, &file.found) else { return };
    summary.orders += report.orders;
    summary.customers += report.customers;
    if report.kind != RecordKind::Orders {
        match summary.records.iter_mut().find(|(kind, _)| *kind == report.kind) {
            Some((_, records)) => *records += report.records,
            None => summary.records.push((report.kind, report.records)),
        }
    }
    summary.rows += report.rows;
    summary.rejected += report.rejected;
    summary.erased += report.erased;
    summary.warnings += report.warnings.len() as u32;
    summary.bytes += report.size;
    let run = &mut summary.dry_run;
    if file.to_store().is_none() {
        run.identical += report.orders + report.records;
        return;
    }
    run.new += found.dry_run.new;
    run.updated += found.dry_run.updated;
    run.identical += found.dry_run.identical;
    run.clashing += found.dry_run.clashing;
}
