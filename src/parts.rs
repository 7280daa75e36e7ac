//! Screens that are not loaded with the page, but when they are first visited or it has nothing
//! else to do.
//!
//! The release build takes the page apart (`xtask/src/parts.rs`): what nothing but the screens of
//! one part needs is in a file of its own, what several parts need in files that they share.
//! Without `cfg(parts)` (`build.rs`) all is one program, and the same functions answer at once.

use crate::address::share_query;
use crate::components::{EmptyState, StateKind};
use crate::list_acts::SlippingActs;
use crate::pages;
use crate::settings::words;
use crate::shell::Badges;
use crate::timings;
use futures::FutureExt;
use futures::future::LocalBoxFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// What can be drawn once its part is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    /// The customer list.
    Customers,
    /// One customer.
    Customer,
    /// Whom to turn to.
    Outreach,
    /// What is offered on the list of those who slip away, on the first screen.
    SlippingActs,
    /// The RFM groups.
    Rfm,
    /// Tiers by worth.
    Tiers,
    /// Stages of the life-cycle.
    Lifecycle,
    /// Cohorts.
    Cohorts,
    /// Who leaves.
    Churn,
    /// What customers will bring.
    Value,
    /// What is bought together.
    CrossSell,
    /// What customers say.
    Satisfaction,
    /// Orders by any of their properties.
    Explore,
    /// Why revenue changed.
    Reports,
    /// What kind of customer buys what.
    Traits,
    /// All products.
    Products,
    /// Saved segments.
    Segments,
    /// One segment.
    Segment,
    /// One product.
    Product,
    /// The import.
    Import,
    /// What is under way of an import, as the first run shows it.
    ImportStage,
    /// What can be taken out and removed.
    Data,
    /// The settings.
    Settings,
    /// What is said of the program itself: of a newer version, of installing it.
    Program,
    /// The lock of this device, in place of every other.
    Lock,
    /// How sync stands and the way to lock, in the frame.
    Badges,
}

/// A part could not be loaded: the line is down, or the site was replaced by a newer one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotLoaded;

#[cfg(parts)]
impl From<wasm_split_helpers::SplitLoaderError> for NotLoaded {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> NotLoaded {
        NotLoaded
    }
}

/// Declares a part: a function that draws one of its screens, and one that loads it. Both wait for
/// the part; the first does not once it is there.
macro_rules! part {
    ($part:ident, $load:ident: $screen:ident => $view:expr) => {
        #[cfg(parts)]
        #[wasm_split_helpers::wasm_split($part, fallible, preload($load))]
        fn $part($screen: Screen) -> Result<AnyView, NotLoaded> {
            Ok($view)
        }

        #[cfg(not(parts))]
        #[allow(clippy::unused_async, reason = "waits only where there are parts")]
        async fn $part($screen: Screen) -> Result<AnyView, NotLoaded> {
            Ok($view)
        }

        #[cfg(not(parts))]
        #[allow(clippy::unused_async, reason = "waits only where there are parts")]
        async fn $load() -> Result<(), NotLoaded> {
            Ok(())
        }
    };
}

part!(people, load_people: screen => match screen {
    Screen::Customers => pages::Customers().into_any(),
    Screen::Outreach => pages::Outreach().into_any(),
    Screen::SlippingActs => SlippingActs().into_any(),
    _ => pages::Customer().into_any(),
});

part!(scoring, load_scoring: screen => match screen {
    Screen::Rfm => pages::Rfm().into_any(),
    _ => pages::Tiers().into_any(),
});

part!(staying, load_staying: screen => match screen {
    Screen::Lifecycle => pages::Lifecycle().into_any(),
    Screen::Cohorts => pages::Cohorts().into_any(),
    Screen::Value => pages::Value().into_any(),
    Screen::CrossSell => pages::CrossSell().into_any(),
    Screen::Satisfaction => pages::Satisfaction().into_any(),
    _ => pages::Churn().into_any(),
});

part!(goods, load_goods: screen => match screen {
    Screen::Products => pages::Products().into_any(),
    _ => pages::Product().into_any(),
});

part!(exploring, load_exploring: screen => match screen {
    Screen::Reports => pages::Reports().into_any(),
    Screen::Traits => pages::Traits().into_any(),
    _ => pages::Explore().into_any(),
});

part!(segmenting, load_segmenting: screen => match screen {
    Screen::Segments => pages::Segments().into_any(),
    _ => pages::Segment().into_any(),
});

part!(importing, load_importing: screen => match screen {
    Screen::Import => pages::Import().into_any(),
    _ => pages::ImportStage().into_any(),
});

part!(keeping, load_keeping: screen => match screen {
    Screen::Data => pages::Data().into_any(),
    Screen::Program => pages::Program().into_any(),
    Screen::Badges => Badges().into_any(),
    Screen::Lock => pages::LockScreen().into_any(),
    _ => pages::SettingsPage().into_any(),
});

/// One screen of every part.
const OF_EVERY_PART: [Screen; 8] = [
    Screen::Customers,
    Screen::Rfm,
    Screen::Churn,
    Screen::Product,
    Screen::Explore,
    Screen::Segments,
    Screen::Import,
    Screen::Settings,
];

impl Screen {
    /// Loads the part that the screen is in.
    fn load(self) -> LocalBoxFuture<'static, Result<(), NotLoaded>> {
        async fn told(
            loading: impl Future<Output = Result<(), impl Into<NotLoaded>>>,
        ) -> Result<(), NotLoaded> {
            loading.await.map_err(Into::into)
        }
        match self {
            Screen::Customers | Screen::Customer | Screen::Outreach | Screen::SlippingActs => {
                told(load_people()).boxed_local()
            }
            Screen::Rfm | Screen::Tiers => told(load_scoring()).boxed_local(),
            Screen::Lifecycle
            | Screen::Cohorts
            | Screen::Churn
            | Screen::Value
            | Screen::CrossSell
            | Screen::Satisfaction => told(load_staying()).boxed_local(),
            Screen::Product | Screen::Products => told(load_goods()).boxed_local(),
            Screen::Explore | Screen::Reports | Screen::Traits => {
                told(load_exploring()).boxed_local()
            }
            Screen::Segments | Screen::Segment => told(load_segmenting()).boxed_local(),
            Screen::Import | Screen::ImportStage => told(load_importing()).boxed_local(),
            Screen::Data | Screen::Settings | Screen::Program | Screen::Badges | Screen::Lock => {
                told(load_keeping()).boxed_local()
            }
        }
    }

    /// The screen, if its part is there.
    fn view(self) -> Option<AnyView> {
        let drawn = match self {
            Screen::Customers | Screen::Customer | Screen::Outreach | Screen::SlippingActs => {
                people(self).now_or_never()
            }
            Screen::Rfm | Screen::Tiers => scoring(self).now_or_never(),
            Screen::Lifecycle
            | Screen::Cohorts
            | Screen::Churn
            | Screen::Value
            | Screen::CrossSell
            | Screen::Satisfaction => staying(self).now_or_never(),
            Screen::Product | Screen::Products => goods(self).now_or_never(),
            Screen::Explore | Screen::Reports | Screen::Traits => exploring(self).now_or_never(),
            Screen::Segments | Screen::Segment => segmenting(self).now_or_never(),
            Screen::Import | Screen::ImportStage => importing(self).now_or_never(),
            Screen::Data | Screen::Settings | Screen::Program | Screen::Badges | Screen::Lock => {
                keeping(self).now_or_never()
            }
        };
        drawn?.ok()
    }

    /// What stands in its place until its part is there.
    fn placeholder(self) -> AnyView {
        if self == Screen::ImportStage || self.is_aside() {
            return ().into_any();
        }
        view! { <pages::Loading /> }.into_any()
    }

    /// Whether it stands beside every screen: where it cannot be drawn, the screen is whole without.
    fn is_aside(self) -> bool {
        matches!(self, Screen::Badges | Screen::Program | Screen::SlippingActs)
    }
}

/// The screen, at once if its part is there.
pub fn apart(screen: Screen) -> AnyView {
    // What takes the place of the lock screen once the data are open would find its query, which ends
    // with it; it looks at none itself.
    if screen != Screen::Lock {
        share_query();
    }
    let there: RwSignal<Option<Result<(), NotLoaded>>> = RwSignal::new(None);
    let load = move || {
        let mut loading = screen.load();
        let at_once = loading.as_mut().now_or_never();
        there.set(at_once);
        if at_once.is_none() {
            spawn_local(async move {
                let loaded = loading.await;
                // The user may have gone elsewhere meanwhile.
                let _ = there.try_set(Some(loaded));
            });
        }
    };
    load();
    let shown = move || match there.get() {
        None => screen.placeholder(),
        Some(Ok(())) => screen.view().unwrap_or_else(|| missing(screen, load)),
        Some(Err(NotLoaded)) => missing(screen, load),
    };
    view! { {shown} }.into_any()
}

/// The part could not be loaded: says so, and offers to try again.
fn missing(screen: Screen, load: impl Fn() + Send + 'static) -> AnyView {
    if screen.is_aside() {
        return ().into_any();
    }
    timings::content_is_there();
    let t = words();
    let whole_screen = screen != Screen::ImportStage;
    view! {
        <EmptyState title=t.problem_title() text=t.part_missing() kind=StateKind::Error whole_screen=whole_screen>
            <button class="button button--primary" type="button" data-action="load-part" on:click=move |_| load()>
                {t.try_again()}
            </button>
        </EmptyState>
    }
    .into_any()
}

/// Loads every part, one after the other, once the page has nothing else to do: no visit waits
/// from then on, and a tab without a line still works. `all_there` is set then, for what is drawn only
/// once nothing waits for it.
pub fn load_ahead(all_there: RwSignal<bool>) {
    let load = move || {
        spawn_local(async move {
            for screen in OF_EVERY_PART {
                // Whoever visits the screen tries again, and is told.
                let _ = screen.load().await;
            }
            all_there.set(true);
        });
    };
    let when_idle = Closure::once_into_js(load);
    // Not every browser says when it is idle.
    if window().request_idle_callback(when_idle.unchecked_ref()).is_err() {
        set_timeout(load, Duration::from_secs(1));
    }
}
