//! Who is this customer, and how does it stand with them?

use super::{Failed, Loading, title};
use crate::address::{use_lens, use_link, use_query};
use crate::client::Engine;
use crate::components::{EmptyState, StateKind};
use crate::settings::words;
use crate::timings;
use leptos::prelude::*;
use leptos::task::spawn_local;
use model::CustomerId;
use protocol::{CustomerView, Lens, Problem, Request, Response};
use std::sync::Arc;

mod facts;
mod likely;
mod marks;
mod note;
mod orders;
mod own_data;
mod profile;
mod rhythm;
mod touches;

use facts::facts_card;
use likely::Likely;
use marks::Marks;
use note::Note;
use orders::orders_card;
use own_data::OwnData;
use profile::Profile;
use touches::touches_card;

/// The customer on screen. It comes anew with each revision; what is being typed stays.
type Shown = Memo<Arc<CustomerView>>;

type Found = Option<Result<Arc<CustomerView>, Problem>>;

/// What stands on the screen. Only another of these builds it anew.
#[derive(Clone, PartialEq)]
enum Screen {
    Loading,
    Failed(Problem),
    Customer(CustomerId),
}

/// The customer page: `?id=`.
#[component]
pub fn Customer() -> impl IntoView {
    title(words().nav_customers());
    let engine = expect_context::<Engine>();
    let (query, lens) = (use_query(), use_lens());
    let id = Memo::new(move |_| query.read().get_str("id").and_then(CustomerId::parse));
    let found = RwSignal::new(Found::None);
    Effect::new(move || {
        let (id, lens, revision) = (id.get(), lens.get(), engine.revision.get());
        // What the models expect may have become known since.
        engine.fits.track();
        let Some(id) = id else {
            found.set(Some(Err(Problem::NotFound)));
            return;
        };
        if revision > 0 {
            spawn_local(async move {
                let answer = find(engine, id, lens).await;
                found.try_set(Some(answer));
            });
        }
    });
    Effect::new(move || match &*found.read() {
        None => {}
        Some(Ok(_)) => timings::data_are_there(),
        Some(Err(_)) => timings::content_is_there(),
    });
    let screen = Memo::new(move |_| match &*found.read() {
        None => Screen::Loading,
        Some(Err(problem)) => Screen::Failed(problem.clone()),
        Some(Ok(customer)) => Screen::Customer(customer.row.id),
    });
    move || drawn(&screen.get(), found)
}

async fn find(engine: Engine, id: CustomerId, lens: Lens) -> Result<Arc<CustomerView>, Problem> {
    match engine.ask(Request::Customer(id, lens)).await? {
        Response::Customer(view) => Ok(Arc::from(view)),
        _ => Err(Problem::NotFound),
    }
}

fn drawn(screen: &Screen, found: RwSignal<Found>) -> AnyView {
    match (screen, found.get_untracked()) {
        (Screen::Failed(Problem::NotFound), _) => view! { <Nobody /> }.into_any(),
        (Screen::Failed(problem), _) => view! { <Failed problem=problem.clone() /> }.into_any(),
        (Screen::Customer(id), Some(Ok(first))) => {
            let id = *id;
            // A problem or another customer makes another screen: this one keeps what it has.
            let customer = Shown::new(move |before: Option<&Arc<CustomerView>>| {
                let kept = || before.cloned().unwrap_or_else(|| first.clone());
                match &*found.read() {
                    Some(Ok(now)) if now.row.id == first.row.id => now.clone(),
                    _ => kept(),
                }
            });
            view! {
                <Profile customer />
                <div class="columns columns--profile">
                    <div class="stack">
                        {move || facts_card(&customer.read())}
                        <Marks customer />
                        <Note customer />
                        <Likely id />
                        <OwnData customer />
                    </div>
                    <div class="stack">
                        {move || orders_card(&customer.read())}
                        {move || touches_card(&customer.read())}
                    </div>
                </div>
            }
            .into_any()
        }
        _ => view! { <Loading /> }.into_any(),
    }
}

#[component]
fn Nobody() -> impl IntoView {
    let t = words();
    let link = use_link();
    view! {
        <EmptyState title=t.no_customer_title() text=t.no_customer_text() kind=StateKind::Empty whole_screen=true>
            <a class="button" href=move || link("/customers")>{t.to_list()}</a>
        </EmptyState>
    }
}
