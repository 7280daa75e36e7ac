//! Everybody, searched, filtered and sorted; the URL holds the whole state.

use super::{NoData, title};
use crate::address::{customer_query_of, use_query};
use crate::client::Engine;
use crate::components::{EmptyState, Icon, IconName, StateKind, Toasts};
use crate::data::Data;
use crate::download::download;
use crate::list_acts::ListActs;
use crate::settings::{formats, words};
use crate::timings;
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::{CustomerQuery, CustomersPage, Problem, Request, Response};
use std::ops::Range;

mod table;
mod tools;

use table::Table;
use tools::Tools;

/// The first stretch, before the table knows how much is in sight.
const FIRST_ROWS: Range<usize> = 0..60;

/// The customer list.
#[component]
pub fn Customers() -> impl IntoView {
    title(words().nav_customers());
    let data = expect_context::<Data>();
    let empty = Memo::new(move |_| data.is_empty());
    move || match empty.get() {
        Some(true) => {
            timings::content_is_there();
            view! { <NoData /> }.into_any()
        }
        _ => view! { <List /> }.into_any(),
    }
}

/// The list as the engine has it now.
#[derive(Clone, Copy)]
struct Listing {
    page: RwSignal<Option<CustomersPage>>,
    /// Why the last question has no answer.
    problem: RwSignal<Option<Problem>>,
    range: StoredValue<Range<usize>>,
    /// What is to be asked next, and when it was typed. One question is on its way at a time: what was
    /// wanted for a moment only is never asked.
    wanted: StoredValue<Option<(CustomerQuery, Option<f64>)>>,
    asking: StoredValue<bool>,
}

impl Listing {
    fn fetch(self, query: CustomerQuery, range: Range<usize>, typed_at: Option<f64>) {
        let engine = expect_context::<Engine>();
        self.range.set_value(range.clone());
        let query =
            CustomerQuery { first_row: range.start as u32, rows: range.len() as u32, ..query };
        self.wanted.set_value(Some((query, typed_at)));
        if self.asking.get_value() {
            return;
        }
        self.asking.set_value(true);
        spawn_local(async move {
            // Nothing is wanted any more once the screen is gone.
            while let Some((query, typed_at)) = self.wanted.try_update_value(Option::take).flatten()
            {
                let answer = engine.ask(Request::Customers(query)).await;
                if self.wanted.try_with_value(Option::is_none) == Some(true) {
                    self.show(answer, typed_at);
                }
            }
            let _ = self.asking.try_set_value(false);
        });
    }

    fn show(self, answer: Result<Response, Problem>, typed_at: Option<f64>) {
        let page = match answer {
            Ok(Response::Customers(page)) => page,
            Ok(_) => return self.fail(Problem::OtherBuild),
            Err(problem) => return self.fail(problem),
        };
        let total = f64::from(page.total);
        self.page.set(Some(page));
        self.problem.set(None);
        timings::data_are_there();
        if let Some(typed_at) = typed_at {
            timings::after_paint(move || {
                timings::measure("search", typed_at, &[("found", total)]);
            });
        }
    }

    fn fail(self, problem: Problem) {
        self.problem.set(Some(problem));
        timings::content_is_there();
    }

    /// What stands under the search.
    fn shown(self) -> Shown {
        if self.problem.read().is_some() {
            return Shown::Problem;
        }
        match &*self.page.read() {
            Some(page) if page.total == 0 => Shown::Nobody,
            _ => Shown::Table,
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Shown {
    Table,
    Nobody,
    Problem,
}

#[component]
fn List() -> impl IntoView {
    let (data, engine) = (expect_context::<Data>(), expect_context::<Engine>());
    let map = use_query();
    let query = Memo::new(move |_| CustomerQuery {
        language: words().lang.of_names(),
        ..customer_query_of(&map.read())
    });
    let listing = Listing {
        page: RwSignal::new(None),
        problem: RwSignal::new(None),
        range: StoredValue::new(FIRST_ROWS),
        wanted: StoredValue::new(None),
        asking: StoredValue::new(false),
    };
    let typed_at = StoredValue::new(None::<f64>);
    let owner = Owner::current();
    let fetch = move |query: CustomerQuery, range: Range<usize>| {
        let typed = typed_at.try_update_value(Option::take).flatten();
        match &owner {
            Some(owner) => owner.with(|| listing.fetch(query, range, typed)),
            None => listing.fetch(query, range, typed),
        }
    };
    let on_range = Callback::new({
        let fetch = fetch.clone();
        move |range: Range<usize>| fetch(query.get_untracked(), range)
    });
    Effect::new(move |before: Option<CustomerQuery>| {
        let now = query.get();
        data.fits_of(&Request::Customers(now.clone()));
        if engine.revision.get() > 0 && data.is_empty() == Some(false) {
            let same_list = before.as_ref() == Some(&now);
            let range = if same_list { listing.range.get_value() } else { FIRST_ROWS };
            fetch(now.clone(), range);
        }
        now
    });
    let shown = Memo::new(move |_| listing.shown());
    let products = Memo::new(move |_| {
        listing.page.read().as_ref().map(|page| page.products.clone()).unwrap_or_default()
    });
    view! {
        <div class="fill">
            <ListHead listing query />
            <Tools query typed_at products />
            {move || match shown.get() {
                Shown::Table => view! { <Table listing query on_range /> }.into_any(),
                Shown::Nobody => view! { <Nobody /> }.into_any(),
                Shown::Problem => view! { <Unanswered listing again=on_range /> }.into_any(),
            }}
        </div>
    }
}

#[component]
fn Nobody() -> impl IntoView {
    let t = words();
    view! {
        <div class="card">
            <EmptyState title=t.none_match() text=t.none_match_text() kind=StateKind::Empty />
        </div>
    }
}

/// The engine has no answer: says why, and asks again.
#[component]
fn Unanswered(listing: Listing, again: Callback<Range<usize>>) -> impl IntoView {
    let t = words();
    let why = move || listing.problem.read().as_ref().map(|it| t.problem(it)).unwrap_or_default();
    let ask = move |_| again.run(listing.range.get_value());
    view! {
        <div class="card">
            <EmptyState title=t.problem_title() text=Signal::derive(why) kind=StateKind::Error>
                <button class="button button--primary" type="button" data-action="try-again" on:click=ask>
                    {t.try_again()}
                </button>
            </EmptyState>
        </div>
    }
}

#[component]
fn ListHead(listing: Listing, query: Memo<CustomerQuery>) -> impl IntoView {
    let (t, f) = (words(), formats());
    let (engine, toasts) = (expect_context::<Engine>(), expect_context::<Toasts>());
    let heading = move || {
        listing.page.read().as_ref().map(|page| {
            let who = t.customers(u64::from(page.total), &f.count(page.total));
            let money = f.money_whole(page.total_net, page.currency);
            view! { <em data-total=page.total>{who}</em> " · " {money} }
        })
    };
    // Keeps the line's height until the answer is there.
    let heading = move || heading().map_or_else(|| t.nav_customers().into_any(), IntoAny::into_any);
    let export = move |_| {
        let request = Request::ExportCustomers(query.get_untracked());
        download(engine, toasts, request, "customers.csv");
    };
    view! {
        <div class="page-head">
            <div>
                <h1 class="headline" aria-live="polite">{heading}</h1>
                <p class="headline__sub">{t.list_sub()}</p>
            </div>
            <span class="row">
                <ListActs query=query id="list-acts" />
                <button class="button" type="button" data-action="export-csv" on:click=export>
                    <Icon name=IconName::Download /> {t.download_csv()}
                </button>
            </span>
        </div>
    }
}
