//! What all screens read: the shop, and the analysis of the lens in the URL.

use crate::address::use_lens;
use crate::client::Engine;
use crate::timings;
use leptos::prelude::*;
use protocol::{Analysis, Lens, Problem, Request, Response, ShopView};
use std::sync::Arc;

/// What all screens read. Made once; asked again when the engine announces a new revision.
#[derive(Clone, Copy)]
pub struct Data {
    engine: Engine,
    /// The shop; `None` until the engine has opened the data.
    pub shop: RwSignal<Option<Arc<ShopView>>>,
    analysis: RwSignal<Option<Result<Arc<Analysis>, Problem>>>,
    /// The lens and revision asked for last: several parts of a screen want the same.
    asked: StoredValue<Option<(Lens, u64)>>,
    /// A question is on its way: the engine gets the next one when it has answered.
    asking: StoredValue<bool>,
}

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
        Effect::new(move || {
            if engine.revision.get() > 0 {
                leptos::task::spawn_local(data.fetch_shop());
            }
        });
        data
    }

    async fn fetch_shop(self) {
        if let Ok(Response::Shop(shop)) = self.engine.ask(Request::Shop).await {
            self.shop.set(Some(Arc::from(shop)));
        }
    }

    /// Whether nothing has been imported; `None` until that is known.
    pub fn is_empty(self) -> Option<bool> {
        self.shop.with(|shop| shop.as_ref().map(|it| it.empty))
    }

    /// The analysis of the lens in the URL. While a new one is worked out the old one stays.
    pub fn analysis(self) -> Signal<Option<Result<Arc<Analysis>, Problem>>> {
        let lens = use_lens();
        Effect::new(move || {
            let wanted = (lens.get(), self.engine.revision.get());
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

    fn is_wanted(self, lens: &(Lens, u64)) -> bool {
        self.asked.with_value(|asked| asked.as_ref() == Some(lens))
    }

    async fn analyse(self, wanted: &(Lens, u64)) {
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
