//! One question, one answer.

use crate::acts::ActLog;
use crate::computed::Computed;
use crate::first_answers::{FirstAnswers, Shelf};
use crate::frame::LoadedBatch;
use crate::host::{Host, SourceFile};
use crate::import::{self, Inspected};
use crate::insights::OnDemand;
use crate::models::ModelShelf;
use crate::names::NameOrder;
use crate::part::Part;
use crate::problem;
use crate::readings;
use crate::segments::{self, Limited, SegmentShelf};
use crate::shared_keys;
use crate::shop::{Contents, Shop, profile, targets};
use crate::views::behind::Members;
use crate::views::list::Listed;
use crate::views::search::Haystack;
use crate::views::{analysis, customer};
use model::{CustomerId, DeviceId, ShopDay, ShopProfile};
use protocol::{
    Analysis, CustomerQuery, CustomerSort, CustomerView, Event, Lens, Problem, Recovery, Request,
    Response, ShopView, Writes,
};
use sample::Language;
use std::rc::Rc;
use store::{Backend, BatchEntry, BatchId, RestoreUndo, Store, StoreError};

/// The owner of the data.
#[derive(Debug)]
pub struct Engine<B, H, F> {
    pub(crate) host: H,
    pub(crate) store: Store<B>,
    pub(crate) shop: Shop,
    /// Of the stored data that the shop was made from.
    generation: u64,
    pub(crate) computed: Option<Computed>,
    haystack: Haystack,
    names: NameOrder,
    pub(crate) on_demand: OnDemand,
    pub(crate) listed: Option<Listed>,
    /// Who stands behind the mark of the list that is asked for: found by the part that can, just
    /// before.
    pub(crate) behind: Option<Members>,
    pub(crate) models: ModelShelf,
    pub(crate) segments: SegmentShelf,
    pub(crate) acts: ActLog,
    /// The way back from the backup that was restored last.
    pub(crate) restored: Option<RestoreUndo>,
    /// The files of the last drop, until they are imported or given up.
    pub(crate) sources: Vec<F>,
    pub(crate) inspected: Option<Inspected>,
    /// Imports of which rows are gone, with the names of their files.
    damaged: Vec<(BatchId, String)>,
    memory_only: bool,
    recovery: Recovery,
    /// Another tab has written what could not be read yet.
    owes_refresh: bool,
    /// What the last visit kept, until the data are loaded.
    pub(crate) first: Rc<FirstAnswers>,
    /// What this visit keeps for the next.
    pub(crate) shelf: Shelf,
}

impl<B: Backend, H: Host, F: SourceFile> Engine<B, H, F> {
    /// Opens what is stored and loads it. `memory_only`: the backend forgets everything with the tab.
    pub async fn open(backend: B, host: H, memory_only: bool) -> Result<Self, Problem> {
        let mut engine = Engine::open_unread(backend, host, memory_only).await?;
        engine.load().await?;
        Ok(engine)
    }

    /// Opens what is stored, but reads nothing of what was imported: it has to be loaded before
    /// anything is asked. Meanwhile there may be [`Engine::first_answers`].
    pub async fn open_unread(backend: B, host: H, memory_only: bool) -> Result<Self, Problem> {
        let device = DeviceId(host.random());
        let (store, recovery) = Store::open(backend, device).await.map_err(problem::of_store)?;
        let shop = Shop::new(&host, store.overlay().clone(), Contents::Nothing, Vec::new(), 0);
        let incomplete = recovery.incomplete_batches.iter();
        let incomplete = incomplete.filter_map(|id| store.manifest().batch(*id));
        let damaged = incomplete.map(|entry| (entry.id, entry.file_name.clone())).collect();
        Ok(Engine {
            host,
            store,
            shop,
            generation: 0,
            computed: None,
            haystack: Haystack::default(),
            names: NameOrder::default(),
            on_demand: OnDemand::default(),
            listed: None,
            behind: None,
            models: ModelShelf::default(),
            segments: SegmentShelf::default(),
            acts: ActLog::default(),
            restored: None,
            sources: Vec::new(),
            inspected: None,
            damaged,
            memory_only,
            recovery: Recovery {
                rebuilt_edits: recovery.rebuilt_edits as u32,
                lost_edits: recovery.lost_edits.len() as u32,
            },
            owes_refresh: false,
            first: Rc::default(),
            shelf: Shelf::default(),
        })
    }

    /// Loads what was imported. Whether it can be or not, nothing that the last visit kept is given
    /// any more.
    pub async fn load(&mut self) -> Result<(), Problem> {
        let loaded = self.load_in_force().await;
        let were_told = self.first.end();
        loaded?;
        if !were_told {
            self.announce_revision();
        } else if !self.damaged.is_empty() {
            self.say_changed().await;
        }
        Ok(())
    }

    async fn load_in_force(&mut self) -> Result<(), Problem> {
        self.bring_up(Vec::new()).await?;
        if self.entries_in_force().iter().any(|entry| !entry.sample) {
            // Its rows are not in memory, so that its end changes nothing there.
            self.generation += self.drop_sample().await?;
            if self.is_behind() {
                // Another tab has written meanwhile.
                self.bring_up(Vec::new()).await?;
            }
        }
        Ok(())
    }

    /// Deletes what cannot be opened ([`Problem::StorageUnreadable`]) and opens the empty store.
    pub async fn start_over(backend: B, host: H, memory_only: bool) -> Result<Self, Problem> {
        let device = DeviceId(host.random());
        Store::start_over(&backend, device).await.map_err(problem::of_store)?;
        Engine::open(backend, host, memory_only).await
    }

    /// Answers a question. `files` come with [`Request::Inspect`].
    ///
    /// Where the parts of the program are loaded apart, the caller goes these steps itself.
    pub async fn answer(&mut self, request: Request, files: Vec<F>) -> Result<Response, Problem> {
        self.begin(&request).await;
        if request.needs_segments() {
            self.gather(&request)?;
        }
        if Part::looks_behind(&request) {
            self.work_out(&request)?;
        }
        match Part::of(&request) {
            Part::First => self.show(request).await,
            Part::Insights => self.work_out(&request),
            Part::Files => self.take_in(request, files).await,
            // A backup is a stream, which only the caller has: it calls what it needs.
            Part::Keeping | Part::Locking => Err(Problem::NotFound),
        }
    }

    /// What comes before every answer: what other tabs have written, and the fit that it waits for.
    pub async fn begin(&mut self, request: &Request) {
        // The news of another tab may still be on its way: who brings in or takes out a lot looks first.
        let looks_first = request.writes() == Some(Writes::Lot);
        if looks_first || self.owes_refresh || self.is_behind() {
            // It was told when it failed first; meanwhile the data in memory answer.
            let _ = self.catch_up().await;
        }
        match request {
            Request::Inspect | Request::Answer(_) | Request::Import => self.give_way(),
            _ => self.await_fit(request).await,
        }
    }

    /// Answers a question of [`Part::First`].
    pub async fn show(&mut self, request: Request) -> Result<Response, Problem> {
        match request {
            Request::Hello { .. } | Request::Shop => Ok(Response::Shop(Box::new(self.shop_view()))),
            Request::Analyse(lens) => Ok(Response::Analysis(Box::new(self.analyse(&lens)))),
            Request::Models(lens) => Ok(Response::segmented(&self.models_view(&lens))),
            Request::Customers(query) => {
                let (shop, computed, listed) = self.list(&query);
                Ok(Response::Customers(listed.page(shop, computed, &query)))
            }
            Request::Customer(id, lens) => self.customer(id, &lens),
            // For the place that it runs in.
            Request::ExpectFiles => Ok(Response::Done),
            Request::Abandon => {
                (self.sources, self.inspected) = (Vec::new(), None);
                Ok(Response::Done)
            }
            Request::Batch(batch) => self.batch(BatchId(batch)).await,
            Request::Reading(signature) => self.reading(&signature),
            Request::SaveReading(reading) => self.save_reading(&reading).await,
            Request::ChangeReading(change) => self.change_reading(change).await,
            Request::EditShop(edit) => self.edit_shop(edit).await,
            Request::EditCustomer(id, edit) => self.edit_customer(id, edit).await,
            Request::Act(query, act) => self.act(&query, act).await,
            Request::ActOn(id, act) => self.act_on_one(id, act).await,
            Request::UndoAct(number) => self.undo_act(number).await,
            Request::EraseAll => {
                self.store.erase_all().await.map_err(problem::of_store)?;
                self.recovery = Recovery::default();
                self.forget_people();
                self.reload(Vec::new()).await?;
                Ok(Response::Done)
            }
            _ => Err(Problem::OtherBuild),
        }
    }

    /// Reads what another tab has written, if it has. A failure is announced, and reading is tried
    /// again at the next question.
    pub async fn refresh(&mut self) {
        if let Err(problem) = self.catch_up().await {
            self.host.announce(Event::Problem(problem));
        }
    }

    async fn catch_up(&mut self) -> Result<(), Problem> {
        self.owes_refresh = true;
        // The store may have read it already, when this tab wrote at the same moment.
        self.store.refresh().await.map_err(problem::of_store)?;
        if self.is_behind() {
            self.reload(Vec::new()).await?;
        }
        self.owes_refresh = false;
        Ok(())
    }

    fn shop_view(&self) -> ShopView {
        let entries = &self.store.manifest().batches;
        ShopView {
            revision: self.shop.revision,
            profile: self.shop.profile.clone(),
            edited: self.shop.edited_facts(),
            tier_shares_percent: self.shop.tier_shares_percent,
            rfm: self.shop.rfm,
            lifecycle: self.shop.lifecycle,
            grades: self.shop.grades.clone(),
            targets: targets(&self.shop.overlay),
            segments: segments::stored(&self.shop.overlay),
            customers: self.shop.frame.customers.len() as u32,
            orders: self.shop.frame.orders.len() as u32 + self.shop.frame.ledger.summed(),
            span: self.shop.frame.ledger.span(),
            summarised_until: analysis::earliest(&self.shop),
            records: self.shop.frame.records(),
            orphans: self.shop.frame.people.orphans,
            empty: self.shop.frame.batches.is_empty(),
            sample: self.entries_in_force().iter().any(|entry| entry.sample),
            batches: entries.iter().rev().map(import::view).collect(),
            readings: readings::remembered(&self.shop.overlay),
            rates: self.shop.exchange.view(&self.shop.frame.ledger),
            shared_keys: shared_keys::shared(&self.shop.overlay),
            damaged: self.damaged.iter().map(|it| it.1.clone()).collect(),
            recovery: self.recovery,
            memory_only: self.memory_only,
        }
    }

    /// The per-customer columns of a lens, with the shop that they are of.
    pub(crate) fn compute(&mut self, lens: &Lens) -> (&Shop, &Computed) {
        let as_of = self.as_of(lens);
        (&self.shop, computed_for(&mut self.computed, &self.shop, as_of))
    }

    /// The day that the figures of a lens hold for.
    pub(crate) fn as_of(&self, lens: &Lens) -> ShopDay {
        analysis::as_of(&self.shop, lens, self.shop.today(&self.host)).0
    }

    /// What a lens shows: the whole shop, or that of its segment alone.
    pub(crate) fn look(&mut self, lens: &Lens) -> Look<'_> {
        let at = self.standpoint(lens);
        let Engine { shop, computed, on_demand, segments, .. } = self;
        let limited = lens.segment.and_then(|id| segments.limited(at, &id.as_rule()));
        if let Some(Limited { shop, computed, on_demand, .. }) = limited {
            return Look { shop, computed, on_demand };
        }
        let computed = computed_for(computed, shop, at.as_of);
        Look { shop, computed, on_demand }
    }

    /// The last day of answers, tickets and events: the chosen day, else today. They come after
    /// orders.
    pub(crate) fn until(&self, lens: &Lens) -> ShopDay {
        lens.as_of.unwrap_or_else(|| self.shop.today(&self.host))
    }

    pub(crate) fn analyse(&mut self, lens: &Lens) -> Analysis {
        let started = self.host.stopwatch_ms();
        let until = self.until(lens);
        let (as_of, basis) = analysis::as_of(&self.shop, lens, self.shop.today(&self.host));
        let Look { shop, computed, .. } = self.look(lens);
        let mut view = analysis::view(shop, computed, lens, basis, until);
        view.took_ms = Some(self.host.stopwatch_ms() - started);
        self.models.want(as_of);
        view
    }

    /// The list of a query, with what it is made of.
    pub(crate) fn list(&mut self, query: &CustomerQuery) -> (&Shop, &Computed, &Listed) {
        let at = self.standpoint(&query.lens);
        let Engine { host, shop, computed, haystack, names, listed, behind, segments, .. } = self;
        let as_of = at.as_of;
        let computed = computed_for(computed, shop, as_of);
        let known = listed.take().filter(|it| it.is_of(shop, as_of, query));
        let listed = listed.insert(known.unwrap_or_else(|| {
            if !query.search.trim().is_empty() && !haystack.is_of(shop) {
                *haystack = Haystack::new(shop);
            }
            if query.sort == CustomerSort::Name {
                names.update(host, shop, query.language);
            }
            let behind = query.filter.behind.is_some().then(|| behind.take().unwrap_or_default());
            let segment = query.lens.segment;
            let segment = segment.map(|id| Members::of(segments.members(at, &id.as_rule())));
            Listed::new(shop, computed, (haystack, names), query, [behind, segment])
        }));
        (shop, computed, listed)
    }

    fn customer(&mut self, id: CustomerId, lens: &Lens) -> Result<Response, Problem> {
        let index = self.shop.frame.find(id).ok_or(Problem::NotFound)?;
        let until = self.until(lens);
        let ahead = self.ahead(index as usize, lens);
        let (shop, computed) = self.compute(lens);
        let view = customer::view(shop, computed, index, until);
        Ok(Response::Customer(Box::new(CustomerView { ahead, ..view })))
    }

    /// Whether the store has data that the frame has not.
    pub(crate) fn is_behind(&self) -> bool {
        self.generation != self.store.manifest().generation
    }

    /// Brings the frame up to the store, and says so. `fresh` imports are taken as they are, those in
    /// memory stay, the others are read. After a failure everything is as it was.
    pub(crate) async fn reload(&mut self, fresh: Vec<LoadedBatch>) -> Result<(), Problem> {
        self.bring_up(fresh).await?;
        self.announce_revision();
        Ok(())
    }

    async fn bring_up(&mut self, mut fresh: Vec<LoadedBatch>) -> Result<(), Problem> {
        let entries = self.entries_in_force();
        let contents = contents_of(&entries);
        let decimals = profile(&self.host, self.store.overlay(), contents).currency.decimals();
        let mut damaged = Vec::new();
        for entry in &entries {
            // Amounts that were rounded for another currency are read anew.
            let frame = &self.shop.frame;
            let is_at_hand = frame.has_import(|it| it.is_of(entry) && it.fits(decimals));
            if is_at_hand || fresh.iter().any(|it| it.id == entry.id) {
                continue;
            }
            match self.store.load_batch(entry.id).await {
                Ok(tables) => fresh.push(LoadedBatch {
                    id: entry.id,
                    edition: entry.edition,
                    source: entry.source.clone(),
                    shop_key: entry.shop_key,
                    unnamed_decimals: entry.unnamed_decimals,
                    tables,
                    has_lent_lines: false,
                }),
                Err(StoreError::Damaged { .. } | StoreError::Tables(_)) => {
                    damaged.push((entry.id, entry.file_name.clone()));
                }
                Err(other) => return Err(problem::of_store(other)),
            }
        }
        // The shops of segments hold them too, and are given up first.
        self.segments.clear();
        let mut at_hand = self.shop.frame.take_imports();
        at_hand.retain(|batch| batch.fits(decimals));
        at_hand.extend(fresh);
        for batch in &mut at_hand {
            batch.rescale_unnamed(decimals);
        }
        let place = |batch: &LoadedBatch| entries.iter().position(|entry| batch.is_of(entry));
        at_hand.retain(|batch| place(batch).is_some());
        tiny_sort::stable::sort_by_key(&mut at_hand, place);
        let revision = self.shop.revision + 1;
        let overlay = self.store.overlay().clone();
        self.shop = Shop::new(&self.host, overlay, contents, at_hand, revision);
        self.damaged = damaged;
        self.generation = self.store.manifest().generation;
        self.forget_fits();
        self.forget_views();
        Ok(())
    }

    /// The imports of which rows are gone: their files can be brought in again.
    pub(crate) fn damaged_ids(&self) -> Vec<BatchId> {
        self.damaged.iter().map(|it| it.0).collect()
    }

    /// Whether nothing that is stored is known to be damaged, and it will be there at the next visit.
    pub(crate) fn is_sound(&self) -> bool {
        self.damaged.is_empty() && self.recovery == Recovery::default() && !self.memory_only
    }

    /// Whether all that is stored is in memory.
    pub(crate) fn is_up_to_date(&self) -> bool {
        !self.is_behind() && !self.owes_refresh
    }

    /// The facts of the shop that is stored, which may not be in memory yet.
    pub(crate) fn stored_profile(&self) -> ShopProfile {
        profile(&self.host, self.store.overlay(), contents_of(&self.entries_in_force()))
    }

    /// The imports that count. The sample shop does not beside real data: a kill may have left it.
    fn entries_in_force(&self) -> Vec<BatchEntry> {
        let mut entries: Vec<_> = self.store.manifest().live_batches().cloned().collect();
        if entries.iter().any(|entry| !entry.sample) {
            entries.retain(|entry| !entry.sample);
        }
        entries
    }

    /// Takes over edits that were just stored; `rebuild` if they change what orders mean.
    pub(crate) async fn take_over_edits(&mut self, rebuild: bool) -> Result<(), Problem> {
        // One transaction further, or has another tab written too?
        if rebuild || self.generation + 1 != self.store.manifest().generation {
            return self.reload(Vec::new()).await;
        }
        self.generation += 1;
        self.shop.edited_now(&self.host, self.store.overlay().clone());
        self.forget_views();
        self.announce_revision();
        Ok(())
    }

    /// Forgets what is kept of people beside the data, for as long as this tab is open.
    pub(crate) fn forget_people(&mut self) {
        (self.sources, self.inspected) = (Vec::new(), None);
        self.names = NameOrder::default();
        // What acts on lists have kept to be taken back is somebody's tags and notes too.
        (self.acts, self.restored) = (ActLog::default(), None);
        (self.haystack, self.on_demand) = (Haystack::default(), OnDemand::default());
    }

    fn forget_views(&mut self) {
        self.computed = None;
        self.listed = None;
        self.segments.clear();
    }

    pub(crate) fn announce_revision(&self) {
        self.host.announce(Event::Revision(self.shop.revision));
    }
}

/// What a lens shows.
pub(crate) struct Look<'a> {
    /// The shop.
    pub shop: &'a Shop,
    /// Everybody, on the as-of day.
    pub computed: &'a Computed,
    /// What is worked out only when asked.
    pub on_demand: &'a mut OnDemand,
}

/// The per-customer columns of a day, worked out unless they are known.
pub(crate) fn computed_for<'a>(
    known: &'a mut Option<Computed>,
    shop: &Shop,
    as_of: ShopDay,
) -> &'a Computed {
    let of_day = known.take().filter(|it| it.as_of == as_of);
    known.insert(of_day.unwrap_or_else(|| Computed::new(shop, as_of)))
}

fn contents_of(in_force: &[BatchEntry]) -> Contents {
    if in_force.iter().any(|entry| !entry.sample) {
        return Contents::Own;
    }
    let sample = in_force.iter().find_map(|entry| Language::of_source(&entry.source));
    sample.map_or(Contents::Nothing, Contents::Sample)
}
