//! Through what a question looks at the data.

use crate::{Behind, Lens, Request};

impl Request {
    /// Whether it is answered with customers of the whole shop.
    pub const fn is_list(&self) -> bool {
        matches!(
            self,
            Request::Customers(_)
                | Request::Mailing(_)
                | Request::Act(..)
                | Request::ExportCustomers(_)
        )
    }

    /// Whether a segment or a rule has to be looked up before it is answered.
    pub fn needs_segments(&self) -> bool {
        self.scope().is_some_and(|(lens, behind)| {
            lens.segment.is_some() || matches!(behind, Some(Behind::Rule(_)))
        })
    }

    /// Whether it asks for labels that only the customer-base models know.
    pub fn looks_at_deciles(&self) -> bool {
        if let Request::Cross(query) = self {
            return query.rows.is_of_models() || query.columns.is_of_models();
        }
        if let Request::SatisfactionBy(query) | Request::Delivered(query) = self {
            return query.by.is_of_models();
        }
        let Some((_, Some(Behind::Labelled(conditions)))) = self.scope() else { return false };
        conditions.iter().any(|it| it.kind.is_of_models())
    }

    /// Through what it looks at the data, and behind which mark; `None`: at the whole.
    pub fn scope(&self) -> Option<(&Lens, Option<&Behind>)> {
        match self {
            Request::Analyse(lens)
            | Request::Today(lens)
            | Request::Outreach(lens, _)
            | Request::Scorings(lens)
            | Request::Grades(lens)
            | Request::Lifecycle(lens)
            | Request::Baskets(lens)
            | Request::Satisfaction(lens)
            | Request::Reports(lens)
            | Request::Products(lens)
            | Request::ExportRegister(lens)
            | Request::ExportWinBack(lens)
            | Request::ExportMoves(lens)
            | Request::Product(_, lens) => Some((lens, None)),
            Request::Explore(query) => Some((&query.lens, None)),
            Request::SatisfactionBy(query) | Request::Delivered(query) => Some((&query.lens, None)),
            Request::Quadrants(query) => Some((&query.lens, None)),
            Request::Cross(query) => Some((&query.lens, None)),
            Request::Cohorts(query) => Some((&query.lens, None)),
            Request::Churn(query) => Some((&query.lens, None)),
            Request::Customers(query)
            | Request::Mailing(query)
            | Request::Act(query, _)
            | Request::ExportCustomers(query) => Some((&query.lens, query.filter.behind.as_ref())),
            _ => None,
        }
    }
}
