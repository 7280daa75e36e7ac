//! The answers to the questions of the segment screens.

use super::columns::Ground;
use super::evaluation::meant;
use super::{Evaluation, book, profile};
use crate::answer::Engine;
use crate::host::{Host, SourceFile};
use crate::views::label;
use protocol::{
    Field, Lens, Problem, Request, Response, Rule, SegmentQuery, SegmentRow, SegmentSize,
    SegmentView, SegmentsView, StoredSegment, SuggestedRow, Suggestion, TextField, Truth, Why,
};
use store::Backend;

/// So many texts are offered to choose from.
const MOST_TEXTS: usize = 50;
/// So many products.
const MOST_PRODUCTS: usize = 500;

impl<B: Backend, H: Host, F: SourceFile> Engine<B, H, F> {
    /// Answers a question of the segment screens; `None`: it is of another.
    pub(crate) fn of_segments(&mut self, request: &Request) -> Option<Result<Response, Problem>> {
        Some(match request {
            Request::Segments(lens) => Ok(self.segments_view(lens)),
            Request::Segment(query) => self.segment_view(query),
            Request::SegmentProfile(lens, rule) => self.segment_profile(lens, rule),
            Request::Clusters(lens) => Ok(self.clusters_view(lens)),
            Request::RuleTexts(lens, field) => Ok(self.rule_texts(lens, field)),
            _ => return None,
        })
    }

    fn segments_view(&mut self, lens: &Lens) -> Response {
        let stored = book::stored(&self.shop.overlay);
        let looks_at_models = |it: &StoredSegment| matches!(it.members(), protocol::Members::Rule(rule) if rule.needs_models());
        if stored.iter().any(looks_at_models) {
            let as_of = self.as_of(lens);
            self.models.want(as_of);
        }
        let view = self.evaluate(lens, &Rule::default(), |evaluation, _| {
            let on = evaluation.on;
            let mut size = |rule: &str| -> Option<SegmentSize> {
                let truths = evaluation.rule(&Rule::parse(rule)?);
                Some(profile::size(evaluation, &truths))
            };
            let row = |segment: StoredSegment,
                       size: &mut dyn FnMut(&str) -> Option<SegmentSize>| {
                let is_known = segment.members() != protocol::Members::NotUnderstood;
                let size = size(&segment.id.as_rule()).filter(|_| is_known);
                SegmentRow { segment, size }
            };
            let saved = stored.into_iter().map(|it| row(it, &mut size)).collect();
            let suggested = Suggestion::ALL.into_iter().filter_map(|suggestion| {
                let size = size(suggestion.rule()).filter(|it| it.customers > 0)?;
                Some(SuggestedRow { suggestion, size })
            });
            let suggested = suggested.collect();
            SegmentsView {
                revision: on.shop.revision,
                as_of: on.computed.as_of,
                currency: on.shop.profile.currency,
                saved,
                suggested,
            }
        });
        Response::segmented(&view)
    }

    fn segment_view(&mut self, query: &SegmentQuery) -> Result<Response, Problem> {
        let rule = parsed(&query.rule)?;
        let who = match query.who {
            Some(id) => Some(self.shop.frame.find(id).ok_or(Problem::NotFound)?),
            None => None,
        };
        let view = self.evaluate(&query.lens, &rule, |evaluation, rule| {
            let truths = evaluation.rule(rule);
            let Ground { shop, computed, .. } = evaluation.on;
            SegmentView {
                revision: shop.revision,
                as_of: computed.as_of,
                currency: shop.profile.currency,
                size: profile::size(evaluation, &truths),
                unknown: truths.iter().filter(|it| **it == Truth::Unknown).count() as u32,
                why: who.map(|it| why(evaluation, rule, it)),
            }
        });
        Ok(Response::segmented(&view))
    }

    fn segment_profile(&mut self, lens: &Lens, rule: &str) -> Result<Response, Problem> {
        let rule = parsed(rule)?;
        let view = self.evaluate(lens, &rule, |evaluation, rule| {
            let members = meant(&evaluation.rule(rule));
            profile::view(evaluation, &members)
        });
        Ok(Response::segmented(&view))
    }

    fn rule_texts(&mut self, lens: &Lens, field: &str) -> Response {
        let texts =
            self.evaluate(lens, &Rule::default(), |evaluation, _| commonest(evaluation, field));
        Response::segmented(&texts)
    }

    fn clusters_view(&mut self, lens: &Lens) -> Response {
        let view = self.evaluate(lens, &Rule::default(), |evaluation, rule| {
            let truths = evaluation.rule(rule);
            let all = profile::size(evaluation, &truths);
            let on = evaluation.on;
            evaluation.columns.clusters(&on).view(&on, all)
        });
        Response::segmented(&view)
    }
}

fn commonest(evaluation: &mut Evaluation<'_>, field: &str) -> Vec<String> {
    let on = evaluation.on;
    match TextField::of_name(field) {
        // Nobody chooses one of so many.
        Some(TextField::Name | TextField::Note) => Vec::new(),
        Some(field) => evaluation.columns.texts(&on, field).commonest(MOST_TEXTS),
        None => evaluation.on_demand.columns(on.shop).commonest(MOST_PRODUCTS),
    }
}

fn parsed(rule: &str) -> Result<Rule, Problem> {
    Rule::parse(rule).ok_or(Problem::Invalid(Field::Rule))
}

fn why(evaluation: &mut Evaluation<'_>, rule: &Rule, customer: u32) -> Why {
    let name = label(evaluation.on.shop, customer);
    Why { name, parts: evaluation.explain(rule, customer) }
}
