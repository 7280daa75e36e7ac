//! What all screens read: the shop, and the analysis of the lens in the URL.

use crate::address::use_lens;
use crate::client::Engine;
use crate::timings;
use leptos::prelude::*;
use protocol::{
    Analysis, Behind, ChoiceField, Lens, NumberField, Problem, Request, Response, ShopView,
    StoredSegment,
};
use std::sync::Arc;

/// What all screens read. Made once; asked again when the engine announces a new revision.
#[derive(Clone, Copy)]
pub struct Data {
    engine: Engine,
    /// The shop; `None` until the engine has opened the data.
    pub shop: RwSignal<Option<Arc<ShopView>>>,
    analysis: RwSignal<Option<Result<Arc<Analysis>, Problem>>>,
    /// What was asked for last: several parts of a screen want the same.
    asked: StoredValue<Option<Wanted>>,
    /// A question is on its way: the engine gets the next one when it has answered.
    asking: StoredValue<bool>,
}

/// A lens, the revision, and how often models have become known where that makes a difference.
type Wanted = (Lens, u64, u32);

impl Data {
    /// Follows the engine's revisions.
    pub fn new(engine: Engine) -> Data {
        let data = Data {
            engine,
            shop: RwSignal::new(None),
            analysis: RwSignal::new(None),
            asked: StoredValue::new(None),
            asking: StoredValue::new(false),
        };
        let fetching = StoredValue::new(false);
        Effect::new(move || {
            if engine.revision.get() > 0 && !fetching.get_value() {
                fetching.set_value(true);
                leptos::task::spawn_local(async move {
                    data.fetch_shop().await;
                    fetching.set_value(false);
                });
            }
        });
        data
    }

    /// Fetches the shop until it is that of the last revision announced: many may be while the
    /// engine answers, each by another tab.
    async fn fetch_shop(self) {
        loop {
            let revision = self.engine.revision.get_untracked();
            if let Ok(Response::Shop(shop)) = self.engine.ask(Request::Shop).await {
                self.shop.set(Some(Arc::from(shop)));
            }
            if self.engine.revision.get_untracked() == revision {
                return;
            }
        }
    }

    /// Whether nothing has been imported; `None` until that is known.
    pub fn is_empty(self) -> Option<bool> {
        self.shop.with(|shop| shop.as_ref().map(|it| it.empty))
    }

    /// How often models have become known, tracked where the answer rests on them: a screen of a
    /// segment whose rule looks at them shows others once they are there.
    pub fn fits_of(self, request: &Request) -> u32 {
        let rests_on_models = Memo::new({
            let request = request.clone();
            move |_| {
                let shop = self.shop.read();
                let segments = shop.as_ref().map_or(&[][..], |it| &it.segments);
                rests_on_models(segments, &request)
            }
        });
        if rests_on_models.get() { self.engine.fits.get() } else { 0 }
    }

    /// The analysis of the lens in the URL. While a new one is worked out the old one stays.
    pub fn analysis(self) -> Signal<Option<Result<Arc<Analysis>, Problem>>> {
        let lens = use_lens();
        Effect::new(move || {
            let lens = lens.get();
            let fits = self.fits_of(&Request::Analyse(lens.clone()));
            let wanted = (lens, self.engine.revision.get(), fits);
            if wanted.1 > 0 && self.asked.with_value(|asked| asked.as_ref() != Some(&wanted)) {
                self.asked.set_value(Some(wanted));
                if !self.asking.get_value() {
                    self.asking.set_value(true);
                    leptos::task::spawn_local(self.ask());
                }
            }
        });
        self.analysis.into()
    }

    /// Asks for what is wanted until that is answered. What was wanted for a moment only, while the
    /// engine was at work, is never asked for.
    async fn ask(self) {
        while let Some(wanted) = self.asked.get_value() {
            self.analyse(&wanted).await;
            if self.is_wanted(&wanted) {
                break;
            }
        }
        self.asking.set_value(false);
    }

    fn is_wanted(self, lens: &Wanted) -> bool {
        self.asked.with_value(|asked| asked.as_ref() == Some(lens))
    }

    async fn analyse(self, wanted: &Wanted) {
        let started = timings::now_ms();
        let result = match self.engine.ask(Request::Analyse(wanted.0.clone())).await {
            Ok(Response::Analysis(analysis)) => Ok(Arc::<Analysis>::from(analysis)),
            Ok(_) => return,
            Err(problem) => Err(problem),
        };
        if !self.is_wanted(wanted) {
            // Something else is wanted by now.
            return;
        }
        // What the last visit has kept was not worked out now: there is nothing to measure.
        if let Ok(analysis) = &result
            && let Some(engine_ms) = analysis.took_ms
        {
            timings::measure(
                "analysis",
                started,
                &[
                    ("orders", f64::from(analysis.totals.orders)),
                    ("customers", f64::from(analysis.totals.customers)),
                    ("engine_ms", engine_ms),
                ],
            );
        }
        self.analysis.set(Some(result));
    }
}

/// Whether an answer may be other once the customer-base models are known, as it is of a segment or a
/// rule that looks at them. A rule is not taken apart for that, which the first screen could not do: one
/// that has such a name for something else is asked about once more, no harm.
fn rests_on_models(segments: &[StoredSegment], request: &Request) -> bool {
    let of_models = NumberField::ALL.iter().filter(|it| it.is_of_models());
    let names = of_models.map(|it| it.name()).chain([ChoiceField::Decile.name()]);
    let looks = |rule: &str| names.clone().any(|it| rule.contains(it));
    // A rule may ask for a segment, whose rule asks for another.
    let any_segment = || segments.iter().any(|it| looks(it.rule_text()));
    let of_rule = |rule: &str| looks(rule) || rule.contains("segment") && any_segment();
    match request {
        Request::Segments(_) => return any_segment(),
        Request::Segment(query) => return of_rule(&query.rule),
        Request::SegmentProfile(_, rule) => return of_rule(rule),
        _ => {}
    }
    let Some((lens, behind)) = request.scope() else { return false };
    let within = lens.segment.is_some() && any_segment();
    within
        || request.looks_at_deciles()
        || matches!(behind, Some(Behind::ToWinBack))
        || matches!(behind, Some(Behind::Rule(rule)) if of_rule(rule))
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::{
        CustomerFilter, CustomerQuery, Label, LabelCondition, LabelKind, SegmentId, SegmentQuery,
        Tier,
    };

    #[test]
    fn only_what_looks_at_models_waits_for_them() {
        let (plain, future, both) = (SegmentId(1), SegmentId(2), SegmentId(3));
        let few = [StoredSegment::of_rule(plain, "Big", "net>500")];
        let many = [
            few[0].clone(),
            StoredSegment::of_rule(future, "Alive", "alive>=50"),
            StoredSegment::of_rule(both, "Both", "all(segment=0000000000000002,net>500)"),
        ];
        let of = |segment| Lens { segment, ..Lens::default() };
        let rule = |rule: &str| {
            Request::Segment(SegmentQuery { lens: of(None), rule: rule.to_owned(), who: None })
        };
        let behind = |mark| {
            let filter = CustomerFilter::behind(mark);
            Request::Customers(CustomerQuery { filter, ..CustomerQuery::default() })
        };
        let labelled = |kind, label| {
            behind(Behind::Labelled(vec![LabelCondition { kind, on: None, label: Some(label) }]))
        };
        let list = |rule: &str| behind(Behind::Rule(rule.to_owned()));
        for (segments, request, expected) in [
            (&many[..], Request::Analyse(of(None)), false),
            (&many, Request::Analyse(of(Some(future))), true),
            (&many, Request::Analyse(of(Some(both))), true),
            (&few, Request::Analyse(of(Some(plain))), false),
            (&few, rule("net>5"), false),
            (&few, rule("any(net>5,value>=100)"), true),
            (&few, list("expected>=1"), true),
            (&few, list("orders>=1"), false),
            (&few, rule("decile=1"), true),
            (&few, labelled(LabelKind::Decile, Label::Decile(1)), true),
            (&few, labelled(LabelKind::Tier, Label::Tier(Tier::Vip)), false),
            (&few, behind(Behind::ToWinBack), true),
            (&few, behind(Behind::Leaving), false),
            (&many, Request::Segments(of(None)), true),
            (&few, Request::Segments(of(None)), false),
            (&many, Request::Shop, false),
        ] {
            assert_eq!(rests_on_models(segments, &request), expected, "{request:?}");
        }
    }
}
