//! A screen that asks the engine a question of its own.

use super::{Failed, Loading, NoData};
use crate::address::use_link;
use crate::client::Engine;
use crate::components::{
    EmptyState, Skeleton, SkeletonKind, StateKind, focused_by_name, refocus_if_lost,
};
use crate::data::Data;
use crate::settings::{formats, words};
use crate::timings;
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::{Problem, Request, Response};
use std::sync::Arc;

/// What the engine answered; `None`: it has not yet.
pub(super) type Answer<T> = Option<Result<Arc<T>, Problem>>;

/// The answer to a question. It is asked again when what it reads of the URL changes, or the data;
/// the old answer stays meanwhile. One question is on its way at a time: what was wanted for a moment
/// only is never asked.
pub(super) fn asked<T: Send + Sync + 'static>(
    question: impl Fn() -> Request + 'static,
    take: fn(Response) -> Option<Box<T>>,
) -> RwSignal<Answer<T>> {
    let (data, engine) = (expect_context::<Data>(), expect_context::<Engine>());
    let empty = Memo::new(move |_| data.is_empty());
    asked_once(
        move || {
            let request = question();
            if engine.revision.get() == 0 || empty.get() != Some(false) {
                return None;
            }
            data.fits_of(&request);
            Some(request)
        },
        take,
    )
}

/// The answer to a question that is asked once there is one, and again when what it reads changes.
pub(super) fn asked_once<T: Send + Sync + 'static>(
    question: impl Fn() -> Option<Request> + 'static,
    take: fn(Response) -> Option<Box<T>>,
) -> RwSignal<Answer<T>> {
    let engine = expect_context::<Engine>();
    let answer = RwSignal::new(None);
    let wanted = StoredValue::new(None::<Request>);
    let asking = StoredValue::new(false);
    Effect::new(move || {
        let Some(request) = question() else { return };
        wanted.set_value(Some(request));
        if asking.get_value() {
            return;
        }
        asking.set_value(true);
        spawn_local(async move {
            // Nothing is wanted any more once the screen is gone.
            while let Some(request) = wanted.try_update_value(Option::take).flatten() {
                let result = engine.ask(request).await;
                if wanted.try_with_value(Option::is_none) == Some(true) {
                    let taken = result.and_then(|it| take(it).ok_or(Problem::OtherBuild));
                    answer.set(Some(taken.map(Arc::from)));
                }
            }
            let _ = asking.try_set_value(false);
        });
    });
    answer
}

/// A part of a screen that asks a question of its own: a placeholder until the answer is there, and
/// what went wrong in its place.
pub(super) fn answered_part<T, V>(
    question: impl Fn() -> Request + 'static,
    take: fn(Response) -> Option<Box<T>>,
    draw: impl Fn(Arc<T>) -> V + Send + 'static,
) -> impl IntoView
where
    T: Send + Sync + 'static,
    V: IntoView + 'static,
{
    let answer = asked(question, take);
    let t = words();
    move || match answer.get() {
        Some(Ok(view)) => draw(view).into_any(),
        Some(Err(problem)) => {
            view! { <section class="card"><Failed problem /></section> }.into_any()
        }
        None => view! { <Skeleton kind=SkeletonKind::Card label=t.loading() /> }.into_any(),
    }
}

/// The answer to a question in all its states: loading, nothing imported, failed, or drawn.
pub(super) fn answered<T, V>(
    question: impl Fn() -> Request + 'static,
    take: fn(Response) -> Option<Box<T>>,
    draw: impl Fn(Arc<T>) -> V + Send + 'static,
) -> impl IntoView
where
    T: Send + Sync + 'static,
    V: IntoView + 'static,
{
    answered_or(question, take, draw, |problem| view! { <Failed problem /> }.into_any())
}

/// The same, with another screen in place of a problem.
pub(super) fn answered_or<T, V>(
    question: impl Fn() -> Request + 'static,
    take: fn(Response) -> Option<Box<T>>,
    draw: impl Fn(Arc<T>) -> V + Send + 'static,
    fail: fn(Problem) -> AnyView,
) -> impl IntoView
where
    T: Send + Sync + 'static,
    V: IntoView + 'static,
{
    let data = expect_context::<Data>();
    let answer = asked(question, take);
    let empty = Memo::new(move |_| data.is_empty());
    move || match (empty.get(), answer.get()) {
        (Some(true), _) => {
            timings::content_is_there();
            view! { <NoData /> }.into_any()
        }
        (Some(false), it) => {
            keep_focus();
            drawn(it, &draw, fail)
        }
        _ => view! { <Loading /> }.into_any(),
    }
}

/// A screen of single orders: where summaries stand for them, what that means stands in its place.
pub(super) fn of_orders<V: IntoView + 'static>(
    screen: impl Fn() -> V + Send + 'static,
) -> impl IntoView {
    let data = expect_context::<Data>();
    let until =
        Memo::new(move |_| data.shop.with(|shop| shop.as_ref().and_then(|it| it.summarised_until)));
    move || match until.get() {
        Some(day) => {
            timings::data_are_there();
            let (t, link) = (words(), use_link());
            let text = t.summaries_only_text(&formats().day(day));
            view! {
                <EmptyState title=t.summaries_only() text=text kind=StateKind::TooLittle whole_screen=true>
                    <a class="button" href=move || link("/import")>{t.to_import()}</a>
                </EmptyState>
            }
            .into_any()
        }
        None => screen().into_any(),
    }
}

/// The screen is about to be drawn anew: the switch that asked for it keeps the focus.
fn keep_focus() {
    if let Some(held) = focused_by_name() {
        request_animation_frame(move || refocus_if_lost(&held));
    }
}

fn drawn<T, V: IntoView + 'static>(
    answer: Answer<T>,
    draw: &impl Fn(Arc<T>) -> V,
    fail: fn(Problem) -> AnyView,
) -> AnyView {
    match answer {
        Some(Ok(view)) => {
            timings::data_are_there();
            draw(view).into_any()
        }
        Some(Err(problem)) => {
            timings::content_is_there();
            fail(problem)
        }
        None => view! { <Loading /> }.into_any(),
    }
}
