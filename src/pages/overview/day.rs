//! What the first screen says beside its figures: asked once these are there.

use crate::address::use_lens;
use crate::data::Data;
use crate::pages::answered::{Answer, asked_once};
use crate::timings;
use leptos::prelude::*;
use protocol::{Request, Response, Today};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The answer; the one before stays until there is another.
pub(super) type Now = RwSignal<Answer<Today>>;

/// Asks after each answer with figures, which so do not wait for this one. The screen is ready once
/// the first is drawn.
pub(super) fn now() -> Now {
    let (lens, analysis) = (use_lens(), expect_context::<Data>().analysis());
    let question = move || {
        let are_there = analysis.with(|it| matches!(it, Some(Ok(_))));
        are_there.then(|| Request::Today(lens.get_untracked()))
    };
    let now = asked_once(question, Response::of_segments::<Today>);
    timings::drawing_goes_on();
    let is_awaited = Arc::new(AtomicBool::new(true));
    let over = move || {
        if is_awaited.swap(false, Ordering::Relaxed) {
            timings::all_is_drawn();
        }
    };
    Effect::new({
        let over = over.clone();
        move || {
            // Without figures it is not asked.
            if now.with(Option::is_some) || analysis.with(|it| matches!(it, Some(Err(_)))) {
                over();
            }
        }
    });
    on_cleanup(over);
    now
}
