//! What a question needs of segments, found before it is answered: whoever answers looks it up.

use super::columns::Ground;
use super::evaluation::meant;
use super::{Evaluation, Limited, Standpoint, book};
use crate::answer::{Engine, computed_for};
use crate::host::{Host, SourceFile};
use protocol::{Behind, Field, Lens, Members, Problem, Request, Rule};
use store::Backend;

impl<B: Backend, H: Host, F: SourceFile> Engine<B, H, F> {
    /// Finds whom the segments and rules of a question mean.
    pub fn gather(&mut self, request: &Request) -> Result<(), Problem> {
        let Some((lens, behind)) = request.scope() else { return Ok(()) };
        // What is found now is looked up under the same models.
        self.take_fit();
        if let Some(Behind::Rule(rule)) = behind {
            self.find_members(lens, rule)?;
        }
        let Some(id) = lens.segment else { return Ok(()) };
        let rule = id.as_rule();
        book::find(&self.shop.overlay, id).ok_or(Problem::NotFound)?;
        let members = self.find_members(lens, &rule)?;
        let at = self.standpoint(lens);
        // A list is of the whole shop's customers; what it stands behind is a mark of a picture.
        let is_of_all = behind.map_or(request.is_list(), Behind::is_of_all);
        if !is_of_all && self.segments.limited(at, &rule).is_none() {
            self.rank_by_value(lens);
            let Engine { shop, computed, segments, .. } = self;
            let computed = computed_for(computed, shop, at.as_of);
            let limited = Limited::new(shop, computed, members);
            segments.keep_limited(at, rule, limited);
        }
        Ok(())
    }

    /// Whom a rule means; found once, and kept.
    pub(super) fn find_members(&mut self, lens: &Lens, rule: &str) -> Result<Vec<u32>, Problem> {
        let at = self.standpoint(lens);
        if let Some(members) = self.segments.members(at, rule) {
            return Ok(members.to_vec());
        }
        let parsed = Rule::parse(rule).ok_or(Problem::Invalid(Field::Rule))?;
        let members =
            self.evaluate(lens, &parsed, |evaluation, rule| meant(&evaluation.rule(rule)));
        self.segments.keep(at, rule.to_owned(), members.clone());
        Ok(members)
    }

    /// Looks something up by a rule.
    pub(super) fn evaluate<T>(
        &mut self,
        lens: &Lens,
        rule: &Rule,
        look_up: impl FnOnce(&mut Evaluation<'_>, &Rule) -> T,
    ) -> T {
        self.rank_by_value(lens);
        let Standpoint { as_of, until, .. } = self.standpoint(lens);
        if self.needs_models(rule) {
            self.models.want(as_of);
        }
        let Engine { shop, computed, on_demand, segments, models, .. } = self;
        let computed = computed_for(computed, shop, as_of);
        let scores = models.outcome(shop, as_of).and_then(|it| it.as_ref().ok());
        let on = Ground { shop, computed, until, scores: scores.map(|it| &it.scores) };
        look_up(&mut Evaluation::new(on, &mut segments.columns, on_demand), rule)
    }

    fn needs_models(&self, rule: &Rule) -> bool {
        let of_segments = rule.tests().into_iter().filter_map(|test| match test {
            protocol::Test::Segment { id, .. } => book::find(&self.shop.overlay, *id),
            _ => None,
        });
        let by_rule = |it: Members| matches!(it, Members::Rule(rule) if rule.needs_models());
        rule.needs_models() || of_segments.into_iter().any(|it| by_rule(it.members()))
    }

    /// From where segments are looked at through a lens.
    pub(crate) fn standpoint(&self, lens: &Lens) -> Standpoint {
        let as_of = self.as_of(lens);
        let models = self.models.outcome(&self.shop, as_of).is_some();
        Standpoint { revision: self.shop.revision, as_of, until: self.until(lens), models }
    }
}
