//! The screens, one a file, each named for the question that it answers.

mod answered;
mod churn;
mod cohorts;
mod cross_sell;
mod customer;
mod customers;
mod data;
mod explore;
mod first_run;
mod import;
mod lifecycle;
mod lock;
mod matrix;
mod no_buyers;
mod not_yet;
mod outreach;
mod overview;
mod plane;
mod product;
mod products;
mod program;
mod reports;
mod rfm;
mod satisfaction;
mod segment;
mod segments;
mod settings;
mod tiers;
mod today;
mod traits;
mod value;

pub use churn::Churn;
pub use cohorts::Cohorts;
pub use cross_sell::CrossSell;
pub use customer::Customer;
pub use customers::Customers;
pub use data::Data;
pub use explore::Explore;
pub use import::{Import, ImportStage};
pub use lifecycle::Lifecycle;
pub use lock::LockScreen;
pub use not_yet::{NoPage, NotYet};
pub use outreach::Outreach;
pub use product::Product;
pub use products::Products;
pub use program::Program;
pub use reports::Reports;
pub use rfm::Rfm;
pub use satisfaction::Satisfaction;
pub use segment::Segment;
pub use segments::Segments;
pub use settings::SettingsPage;
pub use tiers::Tiers;
pub use today::Today;
pub use traits::Traits;
pub use value::Value;

use crate::address::use_link;
use crate::client::Engine;
use crate::components::{EmptyState, IconName, Skeleton, SkeletonKind, StateKind};
use crate::data::Data as ShopData;
use crate::settings::{formats, words};
use crate::timings;
use leptos::prelude::*;
use protocol::{Analysis, Problem};
use std::sync::Arc;

/// Names the window after the screen and the shop.
fn title(screen: &'static str) {
    let data = expect_context::<ShopData>();
    let t = words();
    Effect::new(move || {
        let shop = data.shop.read();
        let shop = shop.as_ref().map(|it| it.profile.name.clone()).filter(|it| !it.is_empty());
        let shop = shop.unwrap_or_else(|| t.app_name().to_owned());
        document().set_title(&format!("{screen} · {shop}"));
    });
}

/// A screen of the analysis in all its states: loading, nothing imported, failed, or drawn.
fn analysed<V: IntoView + 'static>(
    draw: impl Fn(Arc<Analysis>) -> V + Send + 'static,
) -> impl IntoView {
    let (data, engine) = (expect_context::<ShopData>(), expect_context::<Engine>());
    let analysis = data.analysis();
    let empty = Memo::new(move |_| data.is_empty());
    move || match (empty.get(), analysis.get()) {
        (Some(true), _) => {
            timings::content_is_there();
            view! { <NoData /> }.into_any()
        }
        (Some(false), Some(Ok(analysis))) => {
            // What is drawn while newer figures are on their way is no result of theirs.
            if analysis.revision == engine.revision.get_untracked() {
                timings::data_are_there();
            } else {
                timings::content_is_there();
            }
            (apart(&analysis), draw(analysis)).into_any()
        }
        (_, Some(Err(problem))) => {
            timings::content_is_there();
            view! { <Failed problem /> }.into_any()
        }
        _ => view! { <Loading /> }.into_any(),
    }
}

/// Which orders the figures leave out, because they are in other currencies.
fn apart(analysis: &Analysis) -> AnyView {
    if analysis.other_currencies.is_empty() {
        return ().into_any();
    }
    let (t, f, link) = (words(), formats(), use_link());
    let orders = analysis.other_currencies.iter().map(|(currency, orders)| {
        format!("{} ({})", t.orders(u64::from(*orders), &f.count(*orders)), currency.code())
    });
    let orders = t.list(&orders.collect::<Vec<_>>());
    view! {
        <div class="banner banner--warn" role="note" data-other-currencies>
            <span>{t.apart(analysis.currency.code(), &orders)}</span>
            <a class="button" data-action="give-rate" href=untrack(|| link("/settings")) + "#rates">{t.give_rate()}</a>
        </div>
    }
    .into_any()
}

/// Placeholders of the size of what comes.
#[component]
pub fn Loading() -> impl IntoView {
    let t = words();
    view! {
        <h1 class="visually-hidden">{t.loading()}</h1>
        <Skeleton kind=SkeletonKind::Text label=t.loading() count=2 />
        <Skeleton kind=SkeletonKind::Figures label=t.loading() count=5 />
        <Skeleton kind=SkeletonKind::Card label=t.loading() />
    }
}

/// Nothing has been imported: leads to the import.
#[component]
fn NoData() -> impl IntoView {
    let t = words();
    let link = use_link();
    view! {
        <EmptyState title=t.no_data_title() text=t.no_data_text() icon=IconName::Orders whole_screen=true>
            <a class="button button--primary" href=move || link("/import")>{t.to_import()}</a>
        </EmptyState>
    }
}

/// A problem in place of the content.
#[component]
fn Failed(problem: Problem) -> impl IntoView {
    let t = words();
    view! { <EmptyState title=t.problem_title() text=t.problem(&problem) kind=StateKind::Error whole_screen=true /> }
}
