//! The answers to the questions of the insight screens, and the report that holds them all.

use crate::answer::Engine;
use crate::basket_columns::BasketColumns;
use crate::export;
use crate::host::{Host, SourceFile};
use crate::shop::Shop;
use crate::views::{baskets, churn, cohorts, lifecycle, satisfaction};
use model::ShopDay;
use protocol::{
    BasketsView, ChurnQuery, CohortQuery, Lens, Problem, Request, Response, SatisfactionView,
};
use store::Backend;

/// What is worked out only when somebody asks, and kept for the next who does.
#[derive(Debug, Default)]
pub struct OnDemand {
    /// Products of the orders, of a revision.
    columns: Option<(u64, BasketColumns)>,
    /// The cross-sell screen of a revision and a day.
    baskets: Option<BasketsView>,
}

impl OnDemand {
    fn baskets(&mut self, shop: &Shop, as_of: ShopDay) -> &BasketsView {
        let known = self.baskets.take();
        let known = known.filter(|it| (it.revision, it.as_of) == (shop.revision, as_of));
        let view = known.unwrap_or_else(|| {
            let known = self.columns.take().filter(|(revision, _)| *revision == shop.revision);
            let columns = known.unwrap_or_else(|| (shop.revision, BasketColumns::new(shop)));
            let (_, columns) = self.columns.insert(columns);
            baskets::view(shop, columns, as_of)
        });
        self.baskets.insert(view)
    }
}

impl<B: Backend, H: Host, F: SourceFile> Engine<B, H, F> {
    /// Answers a question of [`Part::Insights`](crate::Part::Insights).
    pub fn work_out(&mut self, request: &Request) -> Result<Response, Problem> {
        Ok(match request {
            Request::Lifecycle(lens) => self.lifecycle(lens),
            Request::Cohorts(query) => self.cohorts(query),
            Request::Churn(query) => self.churn(query),
            Request::Baskets(lens) => self.baskets(lens),
            Request::Satisfaction(lens) => self.satisfaction(lens),
            Request::ExportScores(lens) => Response::File(self.scores(lens)),
            Request::ExportReport(lens) => Response::File(self.report(lens)),
            Request::ExportCustomers(query) => {
                let (shop, computed, listed) = self.list(query);
                Response::File(export::customers(shop, computed, listed.customers()))
            }
            _ => return Err(Problem::OtherBuild),
        })
    }

    fn lifecycle(&mut self, lens: &Lens) -> Response {
        let (shop, computed, _) = self.compute(lens);
        Response::Lifecycle(Box::new(lifecycle::view(shop, computed, lens)))
    }

    fn cohorts(&mut self, query: &CohortQuery) -> Response {
        let (shop, computed, _) = self.compute(&query.lens);
        Response::Cohorts(Box::new(cohorts::view(shop, computed, query)))
    }

    fn churn(&mut self, query: &ChurnQuery) -> Response {
        let (shop, computed, _) = self.compute(&query.lens);
        Response::Churn(Box::new(churn::view(shop, computed, query)))
    }

    fn baskets(&mut self, lens: &Lens) -> Response {
        let as_of = self.compute(lens).1.as_of;
        Response::Baskets(Box::new(self.on_demand.baskets(&self.shop, as_of).clone()))
    }

    fn satisfaction(&mut self, lens: &Lens) -> Response {
        Response::Satisfaction(Box::new(self.said(lens)))
    }

    /// What customers said up to the chosen day, else up to today: answers come after orders.
    fn said(&mut self, lens: &Lens) -> SatisfactionView {
        let until = lens.as_of.unwrap_or_else(|| self.shop.today(&self.host));
        let (shop, computed, _) = self.compute(lens);
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
        let analysis = self.analyse(lens);
        // Answers of all time, as all else in the report.
        let said = self.said(&Lens { period: None, ..lens.clone() });
        let baskets = self.on_demand.baskets(&self.shop, analysis.as_of);
        let fitted = self.models.outcome(&self.shop, analysis.as_of);
        let fitted = fitted.and_then(|it| it.as_ref().ok());
        export::report(&self.shop, &analysis, baskets, &said, fitted)
    }
}
