//! The answers to the questions of the insight screens, and the report that holds them all.

use crate::answer::{Engine, Look, computed_for};
use crate::basket_columns::BasketColumns;
use crate::computed::Computed;
use crate::explore::Texts;
use crate::export;
use crate::host::{Host, SourceFile};
use crate::life::Life;
use crate::mailing::mailing;
use crate::quadrants::Standing;
use crate::segments::{self, Limited};
use crate::shop::Shop;
use crate::views::behind::{Among, Members, Source};
use crate::views::likely::Offers;
use crate::views::reasons::Met;
use crate::views::{
    analysis, baskets, churn, cohorts, cross, delivered, explore, grades, leaving, lifecycle,
    likely, outreach, product, product_list, quadrants, reports, rfm, satisfaction, today, totals,
    traits, value,
};
use model::{CustomerId, ShopDay};
use protocol::{
    ActKind, BasketsView, Behind, ChurnQuery, CohortQuery, CrossQuery, CustomerQuery, ExploreQuery,
    Lens, LikelyView, Plane, Problem, ProductView, QuadrantQuery, Request, Response, RowsOn,
    SatisfactionQuery, SatisfactionView, SegmentId, TraitsQuery,
};
use store::Backend;

/// What is worked out only when somebody asks, and kept for the next who does.
#[derive(Debug, Default)]
pub struct OnDemand {
    /// Products of the orders, and the revision at which these came together.
    columns: Option<(u64, BasketColumns)>,
    /// The cross-sell screen of a revision and a day.
    baskets: Option<BasketsView>,
    /// What offers are made of: of the orders as they came together, and of a day.
    offers: Option<((u64, ShopDay), Option<Offers>)>,
    /// The customers on an earlier day, of a revision.
    earlier: Option<(u64, Computed)>,
    /// Where buyers stand: of a revision, the days of orders and of all else, and a plane.
    standing: Option<((u64, ShopDay, ShopDay, Plane), Standing)>,
    /// The texts of the orders, and the revision at which these came together.
    texts: Option<(u64, Texts)>,
}

impl OnDemand {
    fn baskets(&mut self, shop: &Shop, as_of: ShopDay) -> &BasketsView {
        let known = self.baskets.take();
        let known = known.filter(|it| (it.revision, it.as_of) == (shop.revision, as_of));
        let view = known.unwrap_or_else(|| baskets::view(shop, self.columns(shop), as_of));
        self.baskets.insert(view)
    }

    /// The products of the orders.
    pub fn columns(&mut self, shop: &Shop) -> &BasketColumns {
        // They hold as long as the orders do: an edit of a customer changes nothing of them.
        let known = self.columns.take().filter(|(built, _)| *built == shop.built);
        let columns = known.unwrap_or_else(|| (shop.built, BasketColumns::new(shop)));
        &self.columns.insert(columns).1
    }

    /// What a customer is likely to buy next.
    fn likely(&mut self, shop: &Shop, computed: &Computed, customer: u32) -> LikelyView {
        let of = (shop.built, computed.as_of);
        let known = self.offers.take().filter(|it| it.0 == of);
        let offers =
            known.unwrap_or_else(|| (of, Offers::new(shop, self.columns(shop), computed.as_of)));
        let columns = self.columns(shop);
        let view = likely::view(shop, computed, (columns, offers.1.as_ref()), customer);
        self.offers = Some(offers);
        view
    }

    /// A product's page; `None`: there is no such product.
    fn product(&mut self, shop: &Shop, key: &str, as_of: ShopDay) -> Option<ProductView> {
        let item = self.columns(shop).item(key)?;
        self.baskets(shop, as_of);
        let (goods, columns) = (self.baskets.as_ref()?, &self.columns.as_ref()?.1);
        product::view(shop, columns, goods, item, as_of)
    }

    /// Where buyers stand on a plane.
    pub fn standing(
        &mut self,
        shop: &Shop,
        computed: &Computed,
        plane: Plane,
        until: ShopDay,
    ) -> &Standing {
        let of = (shop.revision, computed.as_of, until, plane);
        let known = self.standing.take().filter(|it| it.0 == of);
        let standing = known.unwrap_or_else(|| {
            let columns = self.columns(shop);
            (of, Standing::new(shop, computed, columns, plane, until))
        });
        &self.standing.insert(standing).1
    }

    /// The texts that orders are told apart by.
    pub fn texts(&mut self, shop: &Shop) -> &Texts {
        let known = self.texts.take().filter(|(built, _)| *built == shop.built);
        let texts = known.unwrap_or_else(|| (shop.built, Texts::new(shop)));
        &self.texts.insert(texts).1
    }

    /// The customers on another day than the as-of day.
    pub fn earlier(&mut self, shop: &Shop, day: ShopDay) -> &Computed {
        self.earlier_or(shop, day, || Computed::new(shop, day))
    }

    /// The customers of `own` on another day, as they were among all.
    pub fn earlier_among(&mut self, own: &Shop, day: ShopDay, all: &mut Among<'_>) -> &Computed {
        let Among { shop, on_demand, members } = all;
        self.earlier_or(own, day, || on_demand.earlier(shop, day).limited(own, members))
    }

    fn earlier_or(
        &mut self,
        shop: &Shop,
        day: ShopDay,
        make: impl FnOnce() -> Computed,
    ) -> &Computed {
        let known = self.earlier.take();
        let known = known.filter(|(revision, it)| (*revision, it.as_of) == (shop.revision, day));
        &self.earlier.insert(known.unwrap_or_else(|| (shop.revision, make()))).1
    }
}

impl<B: Backend, H: Host, F: SourceFile> Engine<B, H, F> {
    /// Answers a question of [`Part::Insights`](crate::Part::Insights); of another part's it looks up who
    /// stands behind the mark of its list, if that has one.
    pub fn work_out(&mut self, request: &Request) -> Result<Response, Problem> {
        self.rank_if_asked(request);
        Ok(match request {
            Request::Today(lens) => self.today(lens),
            Request::Outreach(lens, only) => self.outreach(lens, *only),
            Request::Scorings(lens) => self.scorings(lens),
            Request::Grades(lens) => self.grades(lens),
            Request::Quadrants(query) => self.quadrants(query),
            Request::Cross(query) => self.cross(query),
            Request::Explore(query) => self.explore(query),
            Request::Reports(lens) => self.reports(lens),
            Request::Lifecycle(lens) => self.lifecycle(lens),
            Request::Cohorts(query) => self.cohorts(query),
            Request::Churn(query) => self.churn(query),
            Request::Baskets(lens) => self.baskets(lens),
            Request::Product(key, lens) => self.product(key, lens)?,
            Request::Products(lens) => self.products(lens),
            Request::Traits(query) => self.traits(query),
            Request::Likely(id, lens) => self.likely(*id, lens)?,
            Request::ValueBy(lens) => self.value_by(lens),
            Request::Satisfaction(lens) => self.satisfaction(lens),
            Request::SatisfactionBy(query) => self.satisfaction_by(query),
            Request::Delivered(query) => self.delivered(query),
            Request::Customers(query) | Request::Act(query, _) => {
                self.look_behind(query);
                Response::Done
            }
            Request::Mailing(query) => {
                self.look_behind(query);
                let (shop, _, listed) = self.list(query);
                Response::Mailing(mailing(shop, listed.customers()))
            }
            Request::ExportRegister(lens) => Response::File(self.register_file(lens)),
            Request::ExportWinBack(lens) => Response::File(self.win_back_file(lens)),
            Request::ExportMoves(lens) => Response::File(self.moves_file(lens)),
            Request::ExportScores(lens) => Response::File(self.scores(lens)),
            Request::ExportReport(lens) => Response::File(self.report(lens)),
            Request::ExportCustomers(query) => {
                self.look_behind(query);
                let (shop, computed, listed) = self.list(query);
                Response::File(export::customers(shop, computed, listed.customers()))
            }
            other => return self.of_segments(other).unwrap_or(Err(Problem::OtherBuild)),
        })
    }

    /// Has customers in tenths by value, and has the models fitted, for a question that needs them.
    fn rank_if_asked(&mut self, request: &Request) {
        let Some((lens, _)) = request.scope().filter(|_| request.looks_at_deciles()) else {
            return;
        };
        let as_of = self.as_of(lens);
        self.models.want(as_of);
        self.rank_by_value(lens);
    }

    fn value_by(&mut self, lens: &Lens) -> Response {
        self.take_fit();
        let as_of = self.as_of(lens);
        self.models.want(as_of);
        let fitted = self.models.outcome(&self.shop, as_of).and_then(|it| it.as_ref().ok());
        Response::segmented(&value::view(&self.shop, as_of, fitted))
    }

    /// Looks up who stands behind the mark of a list, unless the list is known.
    fn look_behind(&mut self, query: &CustomerQuery) {
        let at = self.standpoint(&query.lens);
        if matches!(query.filter.behind, Some(Behind::ToWinBack)) {
            self.models.want(at.as_of);
        }
        let Engine { shop, computed, on_demand, listed, behind, segments, models, .. } = self;
        let is_known = listed.as_ref().is_some_and(|it| it.is_of(shop, at.as_of, query));
        let mark = query.filter.behind.as_ref().filter(|_| !is_known);
        *behind = mark.map(|mark| {
            let (lens, until) = (&query.lens, at.until);
            if let Behind::Rule(rule) = mark {
                return Members {
                    products: segments::name_of_rule(&shop.overlay, rule).into_iter().collect(),
                    ..Members::of(segments.members(at, rule))
                };
            }
            let own = lens.segment.filter(|_| !mark.is_of_all());
            if matches!(mark, Behind::ToWinBack) {
                let fitted = models.outcome(shop, at.as_of).and_then(|it| it.as_ref().ok());
                let computed = computed_for(computed, shop, at.as_of);
                let whole = leaving::to_win_back(computed, fitted);
                let customers = match own.and_then(|id| segments.limited(at, &id.as_rule())) {
                    Some(own) => own.those_of(&whole),
                    None => whole,
                };
                return Members::of(Some(&customers));
            }
            if let Some(own) = own.and_then(|id| segments.limited(at, &id.as_rule())) {
                return own.behind(mark, lens, until, (shop, on_demand));
            }
            let computed = computed_for(computed, shop, at.as_of);
            Source { shop, computed, on_demand, lens, until, among: None }.members(mark)
        });
    }

    fn today(&mut self, lens: &Lens) -> Response {
        let until = self.until(lens);
        let Look { shop, computed, on_demand } = self.look(lens);
        let mut source = Source { shop, computed, on_demand, lens, until, among: None };
        Response::segmented(&today::view(&mut source))
    }

    fn outreach(&mut self, lens: &Lens, only: Option<ActKind>) -> Response {
        let until = self.until(lens);
        let Look { shop, computed, on_demand } = self.look(lens);
        let mut source = Source { shop, computed, on_demand, lens, until, among: None };
        Response::segmented(&outreach::view(&mut source, only))
    }

    fn grades(&mut self, lens: &Lens) -> Response {
        let Look { shop, computed, .. } = self.look(lens);
        Response::segmented(&grades::view(shop, computed))
    }

    fn quadrants(&mut self, query: &QuadrantQuery) -> Response {
        let until = self.until(&query.lens);
        let Look { shop, computed, on_demand } = self.look(&query.lens);
        let standing = on_demand.standing(shop, computed, query.plane, until);
        Response::segmented(&quadrants::view(shop, computed, standing, query))
    }

    fn scorings(&mut self, lens: &Lens) -> Response {
        let Look { shop, computed, .. } = self.look(lens);
        let aov = totals::figures(shop, computed).aov;
        Response::segmented(&rfm::scorings(shop, computed, aov))
    }

    fn cross(&mut self, query: &CrossQuery) -> Response {
        let as_of = self.as_of(&query.lens);
        let since = match query.rows_on {
            RowsOn::AsOf => None,
            RowsOn::Day(day) => Some(day.min(as_of)),
            RowsOn::BeforePeriod => Some(analysis::period(&query.lens, as_of).from.plus_days(-1)),
        };
        // Of an earlier day summaries tell no amounts.
        let since = since.map(|day| analysis::earliest(&self.shop).map_or(day, |it| it.max(day)));
        if let Some(day) = since.filter(|day| *day != as_of) {
            self.look_back(&query.lens, day);
        }
        let Look { shop, computed, on_demand } = self.look(&query.lens);
        let before = match since {
            Some(day) if day != as_of => on_demand.earlier(shop, day),
            _ => computed,
        };
        let view = cross::view(shop, (before, query.rows), (computed, query.columns), since);
        Response::segmented(&view)
    }

    /// Has a segment's customers on an earlier day as they were among all.
    fn look_back(&mut self, lens: &Lens, day: ShopDay) {
        let at = self.standpoint(lens);
        let Engine { shop, on_demand, segments, .. } = self;
        let limited = lens.segment.and_then(|id| segments.limited(at, &id.as_rule()));
        if let Some(Limited { members, shop: own, on_demand: kept, .. }) = limited {
            kept.earlier_among(own, day, &mut Among { shop, on_demand, members });
        }
    }

    fn explore(&mut self, query: &ExploreQuery) -> Response {
        let started = self.host.stopwatch_ms();
        let Look { shop, computed, on_demand } = self.look(&query.lens);
        let mut view = explore::view(shop, computed, on_demand.texts(shop), query);
        view.took_ms = self.host.stopwatch_ms() - started;
        Response::segmented(&view)
    }

    fn reports(&mut self, lens: &Lens) -> Response {
        let Look { shop, computed, on_demand } = self.look(lens);
        Response::segmented(&reports::view(shop, computed, on_demand.texts(shop), lens))
    }

    fn lifecycle(&mut self, lens: &Lens) -> Response {
        let since = analysis::period(lens, self.as_of(lens)).from.plus_days(-1);
        let policy = lens.segment.map(|_| Life::policy_on(&self.shop, since));
        let Look { shop, computed, .. } = self.look(lens);
        Response::segmented(&lifecycle::view(shop, computed, lens, policy))
    }

    fn cohorts(&mut self, query: &CohortQuery) -> Response {
        let Look { shop, computed, .. } = self.look(&query.lens);
        Response::segmented(&cohorts::view(shop, computed, query))
    }

    fn churn(&mut self, query: &ChurnQuery) -> Response {
        self.take_fit();
        let until = self.until(&query.lens);
        let at = self.standpoint(&query.lens);
        self.models.want(at.as_of);
        let Engine { shop, computed, models, segments, .. } = self;
        let computed = computed_for(computed, shop, at.as_of);
        let fitted = models.outcome(shop, at.as_of);
        let rule = query.lens.segment.map(SegmentId::as_rule);
        let view = match rule.and_then(|rule| segments.limited(at, &rule)) {
            Some(own) => {
                let fitted =
                    fitted.map(|it| it.as_ref().map(|it| own.fitted(it)).map_err(Clone::clone));
                churn::view(&own.shop, &own.computed, query, until, fitted.as_ref())
            }
            None => churn::view(shop, computed, query, until, fitted),
        };
        Response::segmented(&view)
    }

    /// `churn-register.csv`.
    fn register_file(&mut self, lens: &Lens) -> Vec<u8> {
        let until = self.until(lens);
        let Look { shop, computed, .. } = self.look(lens);
        let met = Met::gather(shop, computed.as_of, until);
        export::register(shop, computed, &met)
    }

    /// `win-back.csv`.
    fn win_back_file(&mut self, lens: &Lens) -> Vec<u8> {
        self.take_fit();
        let at = self.standpoint(lens);
        let Engine { shop, computed, models, segments, .. } = self;
        let computed = computed_for(computed, shop, at.as_of);
        let fitted = models.outcome(shop, at.as_of).and_then(|it| it.as_ref().ok());
        let rule = lens.segment.map(SegmentId::as_rule);
        match rule.and_then(|rule| segments.limited(at, &rule)) {
            Some(own) => {
                let fitted = fitted.map(|it| own.fitted(it));
                export::win_back(&own.shop, &own.computed, fitted.as_ref())
            }
            None => export::win_back(shop, computed, fitted),
        }
    }

    /// `stage-moves.csv`.
    fn moves_file(&mut self, lens: &Lens) -> Vec<u8> {
        let since = analysis::period(lens, self.as_of(lens)).from.plus_days(-1);
        let Look { shop, computed, .. } = self.look(lens);
        export::moves(shop, &lifecycle::moves_since(shop, computed, since, usize::MAX))
    }

    fn product(&mut self, key: &str, lens: &Lens) -> Result<Response, Problem> {
        let Look { shop, computed, on_demand } = self.look(lens);
        let view = on_demand.product(shop, key, computed.as_of).ok_or(Problem::NotFound)?;
        Ok(Response::segmented(&view))
    }

    fn products(&mut self, lens: &Lens) -> Response {
        let Look { shop, computed, on_demand } = self.look(lens);
        let view = product_list::view(shop, on_demand.columns(shop), computed.as_of);
        Response::segmented(&view)
    }

    fn traits(&mut self, query: &TraitsQuery) -> Response {
        let Engine { host, shop, computed, on_demand, .. } = self;
        let (as_of, _) = analysis::as_of(shop, &query.lens, shop.today(host));
        let computed = computed_for(computed, shop, as_of);
        let view = traits::view(shop, computed, on_demand.columns(shop), query.kind);
        Response::segmented(&view)
    }

    /// Among all customers, whatever segment is looked at.
    fn likely(&mut self, id: CustomerId, lens: &Lens) -> Result<Response, Problem> {
        let customer = self.shop.frame.find(id).ok_or(Problem::NotFound)?;
        let as_of = self.as_of(lens);
        let Engine { shop, computed, on_demand, .. } = self;
        let computed = computed_for(computed, shop, as_of);
        Ok(Response::segmented(&on_demand.likely(shop, computed, customer)))
    }

    fn baskets(&mut self, lens: &Lens) -> Response {
        let Look { shop, computed, on_demand } = self.look(lens);
        Response::segmented(&on_demand.baskets(shop, computed.as_of).clone())
    }

    fn satisfaction(&mut self, lens: &Lens) -> Response {
        Response::segmented(&self.said(lens))
    }

    fn satisfaction_by(&mut self, query: &SatisfactionQuery) -> Response {
        let until = self.until(&query.lens);
        let Look { shop, computed, .. } = self.look(&query.lens);
        Response::segmented(&satisfaction::by_label(shop, computed, query, until))
    }

    fn delivered(&mut self, query: &SatisfactionQuery) -> Response {
        let until = self.until(&query.lens);
        let Look { shop, computed, on_demand } = self.look(&query.lens);
        let columns = on_demand.columns(shop);
        Response::segmented(&delivered::view(shop, computed, columns, query, until))
    }

    /// What customers said.
    fn said(&mut self, lens: &Lens) -> SatisfactionView {
        let until = self.until(lens);
        let Look { shop, computed, .. } = self.look(lens);
        satisfaction::view(shop, computed, lens, until)
    }

    /// `customer-scores.csv`.
    fn scores(&mut self, lens: &Lens) -> Vec<u8> {
        let as_of = self.compute(lens).1.as_of;
        let fitted = self.models.outcome(&self.shop, as_of).and_then(|it| it.as_ref().ok());
        let (shop, computed) = (&self.shop, self.computed.as_ref());
        computed.map(|computed| export::scores(shop, computed, fitted)).unwrap_or_default()
    }

    /// `analysis-report.json`.
    fn report(&mut self, lens: &Lens) -> Vec<u8> {
        // Of the whole shop, whatever segment is looked at.
        let lens = &Lens { segment: None, ..lens.clone() };
        let analysis = self.analyse(lens);
        // Answers of all time, as all else in the report.
        let said = self.said(&Lens { period: None, ..lens.clone() });
        let baskets = self.on_demand.baskets(&self.shop, analysis.as_of);
        let fitted = self.models.outcome(&self.shop, analysis.as_of);
        let fitted = fitted.and_then(|it| it.as_ref().ok());
        export::report(&self.shop, &analysis, baskets, &said, fitted)
    }
}
