//! The answers to the questions of the insight screens, and the report that holds them all.

use crate::answer::{Engine, computed_for};
use crate::basket_columns::BasketColumns;
use crate::computed::Computed;
use crate::export;
use crate::host::{Host, SourceFile};
use crate::quadrants::Standing;
use crate::shop::Shop;
use crate::views::{
    acts, analysis, baskets, churn, cohorts, cross, grades, lifecycle, quadrants, rfm, satisfaction,
};
use model::ShopDay;
use protocol::{
    ActKind, BasketsView, ChurnQuery, Circle, CohortQuery, CrossQuery, Lens, Plane, QuadrantQuery,
    Response, RowsOn, SatisfactionView,
};
use store::Backend;

/// What is worked out only when somebody asks, and kept for the next who does.
#[derive(Debug, Default)]
pub struct OnDemand {
    /// Products of the orders, of a revision.
    columns: Option<(u64, BasketColumns)>,
    /// The cross-sell screen of a revision and a day.
    baskets: Option<BasketsView>,
    /// The customers on an earlier day, of a revision.
    earlier: Option<(u64, Computed)>,
    /// Where buyers stand: of a revision, the days of orders and of all else, and a plane.
    standing: Option<((u64, ShopDay, ShopDay, Plane), Standing)>,
}

impl OnDemand {
    fn baskets(&mut self, shop: &Shop, as_of: ShopDay) -> &BasketsView {
        let known = self.baskets.take();
        let known = known.filter(|it| (it.revision, it.as_of) == (shop.revision, as_of));
        let view = known.unwrap_or_else(|| baskets::view(shop, self.columns(shop), as_of));
        self.baskets.insert(view)
    }

    fn columns(&mut self, shop: &Shop) -> &BasketColumns {
        let known = self.columns.take().filter(|(revision, _)| *revision == shop.revision);
        let columns = known.unwrap_or_else(|| (shop.revision, BasketColumns::new(shop)));
        &self.columns.insert(columns).1
    }

    fn standing(
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

    /// The customers on another day than the as-of day.
    fn earlier(&mut self, shop: &Shop, day: ShopDay) -> &Computed {
        let known = self.earlier.take();
        let known = known.filter(|(revision, it)| (*revision, it.as_of) == (shop.revision, day));
        let earlier = known.unwrap_or_else(|| (shop.revision, Computed::new(shop, day)));
        &self.earlier.insert(earlier).1
    }
}

impl<B: Backend, H: Host, F: SourceFile> Engine<B, H, F> {
    pub(crate) fn due_again(&mut self, lens: &Lens) -> Response {
        let Engine { host, shop, computed, on_demand, .. } = self;
        let (as_of, _) = analysis::as_of(shop, lens, shop.today(host));
        let computed = computed_for(computed, shop, as_of);
        let customers = baskets::due_customers(shop, on_demand.columns(shop), as_of);
        let act = acts::of_circle(computed, ActKind::OfferAgain, Circle::DueAgain, &customers);
        Response::Act(act.map(Box::new))
    }

    pub(crate) fn grades(&mut self, lens: &Lens) -> Response {
        let (shop, computed, _) = self.compute(lens);
        Response::Grades(Box::new(grades::view(shop, computed)))
    }

    pub(crate) fn quadrants(&mut self, query: &QuadrantQuery) -> Response {
        let until = self.until(&query.lens);
        let Engine { host, shop, computed, on_demand, .. } = self;
        let (as_of, _) = analysis::as_of(shop, &query.lens, shop.today(host));
        let computed = computed_for(computed, shop, as_of);
        let standing = on_demand.standing(shop, computed, query.plane, until);
        Response::Quadrants(Box::new(quadrants::view(shop, computed, standing, query)))
    }

    pub(crate) fn scorings(&mut self, lens: &Lens) -> Response {
        let (shop, computed, _) = self.compute(lens);
        Response::Scorings(Box::new(rfm::scorings(shop, computed)))
    }

    pub(crate) fn cross(&mut self, query: &CrossQuery) -> Response {
        let Engine { host, shop, computed, on_demand, .. } = self;
        let (as_of, _) = analysis::as_of(shop, &query.lens, shop.today(host));
        let since = match query.rows_on {
            RowsOn::AsOf => None,
            RowsOn::Day(day) => Some(day.min(as_of)),
            RowsOn::BeforePeriod => Some(analysis::period(&query.lens, as_of).from.plus_days(-1)),
        };
        let computed = computed_for(computed, shop, as_of);
        let before = match since {
            Some(day) if day != as_of => on_demand.earlier(shop, day),
            _ => computed,
        };
        let view = cross::view(shop, (before, query.rows), (computed, query.columns), since);
        Response::Cross(Box::new(view))
    }

    pub(crate) fn lifecycle(&mut self, lens: &Lens) -> Response {
        let (shop, computed, _) = self.compute(lens);
        Response::Lifecycle(Box::new(lifecycle::view(shop, computed, lens)))
    }

    pub(crate) fn cohorts(&mut self, query: &CohortQuery) -> Response {
        let (shop, computed, _) = self.compute(&query.lens);
        Response::Cohorts(Box::new(cohorts::view(shop, computed, query)))
    }

    pub(crate) fn churn(&mut self, query: &ChurnQuery) -> Response {
        let (shop, computed, _) = self.compute(&query.lens);
        Response::Churn(Box::new(churn::view(shop, computed, query)))
    }

    pub(crate) fn baskets(&mut self, lens: &Lens) -> Response {
        let as_of = self.compute(lens).1.as_of;
        Response::Baskets(Box::new(self.on_demand.baskets(&self.shop, as_of).clone()))
    }

    pub(crate) fn satisfaction(&mut self, lens: &Lens) -> Response {
        Response::Satisfaction(Box::new(self.said(lens)))
    }

    /// What customers said up to the chosen day, else up to today: answers come after orders.
    fn said(&mut self, lens: &Lens) -> SatisfactionView {
        let until = self.until(lens);
        let (shop, computed, _) = self.compute(lens);
        satisfaction::view(shop, computed, lens, until)
    }

    /// `analysis-report.json`.
    pub(crate) fn report(&mut self, lens: &Lens) -> Vec<u8> {
        let analysis = self.analyse(lens);
        // Answers of all time, as all else in the report.
        let said = self.said(&Lens { period: None, ..lens.clone() });
        let baskets = self.on_demand.baskets(&self.shop, analysis.as_of);
        let fitted = self.models.outcome(&self.shop, analysis.as_of);
        let fitted = fitted.and_then(|it| it.as_ref().ok());
        export::report(&self.shop, &analysis, baskets, &said, fitted)
    }
}
