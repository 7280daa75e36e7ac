//! Parts of a screen that are drawn one after the other, each in a task of its own.
//!
//! A browser translates a program as it runs for the first time, and to draw a full screen with a
//! program that has never run takes longer than the page may be deaf. What answers the screen's
//! question is drawn at once, the rest in turn. From the second time on all is drawn together.

use super::{Skeleton, SkeletonKind};
use crate::settings::words;
use crate::timings;
use leptos::prelude::*;
use std::cell::Cell;
use std::time::Duration;

thread_local! {
    /// A screen has been drawn in turns before.
    static DRAWN: Cell<bool> = const { Cell::new(false) };
}

/// Whose turn it is.
#[derive(Clone, Copy, Debug)]
pub struct Turns {
    /// So many parts may be drawn.
    up: RwSignal<usize>,
}

impl Turns {
    /// The turns of so many parts.
    pub fn of(parts: usize) -> Turns {
        let drawn = DRAWN.replace(true);
        let turns = Turns { up: RwSignal::new(if drawn { parts } else { 0 }) };
        if !drawn {
            timings::drawing_goes_on();
            timings::after_paint(move || turns.next(parts));
        }
        turns
    }

    fn next(self, parts: usize) {
        let up = self.up.try_update(|up| {
            *up += 1;
            *up
        });
        match up {
            Some(up) if up < parts => set_timeout(move || self.next(parts), Duration::ZERO),
            // The last one, or the screen is gone.
            _ => timings::all_is_drawn(),
        }
    }

    /// A part, and a shape in its place until its turn has come; the first turn is 0.
    pub fn part<V: IntoView + 'static>(
        self,
        turn: usize,
        draw: impl Fn() -> V + Send + 'static,
    ) -> impl IntoView {
        let is_up = Memo::new(move |_| self.up.get() > turn);
        let t = words();
        move || {
            if is_up.get() {
                draw().into_any()
            } else {
                view! { <Skeleton kind=SkeletonKind::Card label=t.loading() /> }.into_any()
            }
        }
    }
}
