//! Parts of the engine that are not loaded with it, but when a question needs them or nothing else
//! is to do.
//!
//! The release build takes the engine apart (`xtask/src/parts.rs`): what only the functions here
//! reach is in files of its own. Without `cfg(parts)` (`build.rs`) all is one program, and the same
//! functions answer at once.

use super::ShopEngine;
use crate::backend::AnyBackend;
use crate::keeping::{Desk, Kept};
use crate::keyring::Keyring;
use crate::locking;
use crate::reading::DroppedFile;
use futures::FutureExt;
use futures::future::LocalBoxFuture;
use protocol::{LockAsk, LockView, Problem, Request, Response};
use std::rc::Rc;
use web_sys::File;

/// What becomes of a question.
type Answered = Result<Response, Problem>;

/// The part could not be loaded.
struct NotLoaded;

#[cfg(parts)]
impl From<wasm_split_helpers::SplitLoaderError> for NotLoaded {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> NotLoaded {
        NotLoaded
    }
}

impl From<NotLoaded> for Problem {
    fn from(_: NotLoaded) -> Problem {
        Problem::PartMissing
    }
}

/// Answers a question of [`engine::Part::Insights`].
pub async fn insights(engine: &mut ShopEngine, request: &Request) -> Answered {
    insights_part(engine, request).await?
}

/// Finds whom the segments of a question mean.
pub async fn gather(engine: &mut ShopEngine, request: &Request) -> Result<(), Problem> {
    gather_part(engine, request).await?
}

/// Answers a question of [`engine::Part::Files`].
pub async fn files(engine: &mut ShopEngine, request: Request, files: Vec<DroppedFile>) -> Answered {
    files_part(engine, request, files).await?.await
}

/// Answers a question of [`engine::Part::Keeping`].
pub async fn keeping(
    engine: &mut ShopEngine,
    desk: Rc<Desk>,
    request: Request,
    file: Option<File>,
) -> Result<Kept, Problem> {
    keeping_part(engine, desk, request, file).await?.await
}

/// Answers a question of [`engine::Part::Locking`]; `open`: where the data are, once they are open.
pub async fn locking(
    keys: Rc<Keyring>,
    open: Option<AnyBackend>,
    ask: LockAsk,
) -> Result<LockView, Problem> {
    locking_part(keys, open, ask).await?.await
}

/// Loads what a coming import needs.
pub async fn load_files() {
    // Who drops a file tries again, and is told.
    let _ = load_files_part().await;
}

/// Loads every part: from then on no question waits, and a tab without a line still works.
pub async fn load_all() {
    let _ = load_insights_part().await;
    let _ = load_gather_part().await;
    load_files().await;
    let _ = load_keeping_part().await;
    let _ = load_locking_part().await;
}

/// Declares a part: the function that works in it, and one that loads it. Both wait for the part.
macro_rules! part {
    ($part:ident, $load:ident: ($($name:ident: $kind:ty),+) -> $result:ty => $work:expr) => {
        #[cfg(parts)]
        #[wasm_split_helpers::wasm_split($part, fallible, preload($load))]
        fn $part($($name: $kind),+) -> Result<$result, NotLoaded> {
            Ok($work)
        }

        #[cfg(not(parts))]
        #[allow(clippy::unused_async, reason = "waits only where there are parts")]
        async fn $part($($name: $kind),+) -> Result<$result, NotLoaded> {
            Ok($work)
        }

        #[cfg(not(parts))]
        #[allow(clippy::unused_async, reason = "waits only where there are parts")]
        async fn $load() -> Result<(), NotLoaded> {
            Ok(())
        }
    };
}

part!(gather_part, load_gather_part:
    (engine: &mut ShopEngine, request: &Request) -> Result<(), Problem> =>
    engine.gather(request)
);

part!(insights_part, load_insights_part: (engine: &mut ShopEngine, request: &Request) -> Answered =>
    engine.work_out(request)
);

// Of an import the future holds much: it is kept apart from the loop around.
part!(files_part, load_files_part:
    (engine: &mut ShopEngine, request: Request, files: Vec<DroppedFile>)
    -> LocalBoxFuture<'_, Answered> =>
    engine.take_in(request, files).boxed_local()
);

part!(keeping_part, load_keeping_part:
    (engine: &mut ShopEngine, desk: Rc<Desk>, request: Request, file: Option<File>)
    -> LocalBoxFuture<'_, Result<Kept, Problem>> =>
    async move { desk.answer(engine, request, file).await }.boxed_local()
);

part!(locking_part, load_locking_part:
    (keys: Rc<Keyring>, open: Option<AnyBackend>, ask: LockAsk)
    -> LocalBoxFuture<'static, Result<LockView, Problem>> =>
    async move { locking::answer(&keys, open, ask).await }.boxed_local()
);
