//! Everybody, searched, filtered and sorted; the URL holds the whole state.

use super::{NoData, title};
use crate::address::{SORTS, customer_query_of, use_link, use_set_query};
use crate::client::Engine;
use crate::components::{
    Column, EmptyState, Icon, IconName, Loaded, Sort, StateKind, TableWidth, Tag, Toasts,
    VirtualTable,
};
use crate::data::Data;
use crate::download::download;
use crate::i18n::{Words, group_color};
use crate::settings::{formats, words};
use crate::timings;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_query_map;
use protocol::{
    CustomerFilter, CustomerQuery, CustomerRow, CustomersPage, Problem, Request, Response,
};
use std::ops::Range;

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
    /// Answers to older questions are dropped.
    asked: StoredValue<u64>,
}

impl Listing {
    fn fetch(self, query: CustomerQuery, range: Range<usize>, typed_at: Option<f64>) {
        let engine = expect_context::<Engine>();
        self.range.set_value(range.clone());
        let number = self.asked.get_value() + 1;
        self.asked.set_value(number);
        let query =
            CustomerQuery { first_row: range.start as u32, rows: range.len() as u32, ..query };
        spawn_local(async move {
            let answer = engine.ask(Request::Customers(query)).await;
            if self.asked.try_get_value() != Some(number) {
                return;
            }
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
        });
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
    let map = use_query_map();
    let query = Memo::new(move |_| CustomerQuery {
        language: words().lang.of_names(),
        ..customer_query_of(&map.read())
    });
    let listing = Listing {
        page: RwSignal::new(None),
        problem: RwSignal::new(None),
        range: StoredValue::new(FIRST_ROWS),
        asked: StoredValue::new(0),
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
        if engine.revision.get() > 0 && data.is_empty() == Some(false) {
            let same_list = before.as_ref() == Some(&now);
            let range = if same_list { listing.range.get_value() } else { FIRST_ROWS };
            fetch(now.clone(), range);
        }
        now
    });
    let shown = Memo::new(move |_| listing.shown());
    view! {
        <div class="fill">
            <ListHead listing query />
            <Tools query typed_at />
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
            <button class="button" type="button" data-action="export-csv" on:click=export>
                <Icon name=IconName::Download /> {t.download_csv()}
            </button>
        </div>
    }
}

/// Search and the filters in force.
#[component]
fn Tools(query: Memo<CustomerQuery>, typed_at: StoredValue<Option<f64>>) -> impl IntoView {
    let t = words();
    let set_query = use_set_query();
    let clear = use_set_query();
    let typed = move |event: web_sys::Event| {
        typed_at.set_value(Some(timings::now_ms()));
        set_query(&[("q", event_target_value(&event))]);
    };
    let is_open = move || query.with(|it| it.filter.is_open() && it.search.is_empty());
    let clear_all = move |_| {
        let names = ["q", "group", "class", "tier", "r", "f", "m", "slipping", "orders", "within"];
        clear(&names.map(|name| (name, String::new())));
    };
    let filters = move || {
        let chips = chips(t, &query.read().filter);
        chips.into_iter().map(|(name, text)| view! { <FilterChip name text /> }).collect_view()
    };
    view! {
        <div class="row list-tools">
            <label class="search search--wide">
                <Icon name=IconName::Search />
                <span class="visually-hidden">{t.search_customers()}</span>
                <input
                    class="search__input"
                    id="customer-search"
                    type="search"
                    placeholder=t.search_hint()
                    prop:value=move || query.read().search.clone()
                    on:input=typed
                />
            </label>
            {filters}
            <Show when=move || !is_open()>
                <button class="link" type="button" on:click=clear_all.clone()>{t.clear_filters()}</button>
            </Show>
        </div>
    }
}

#[component]
fn FilterChip(name: &'static str, text: String) -> impl IntoView {
    let t = words();
    let set_query = use_set_query();
    let label = t.remove_filter(&text);
    view! {
        <button
            class="chip chip--on"
            type="button"
            data-filter=name
            aria-label=label
            on:click=move |_| set_query(&[(name, String::new())])
        >
            {text} <Icon name=IconName::Close />
        </button>
    }
}

/// The filters in force: name in the URL and text.
fn chips(t: Words, filter: &CustomerFilter) -> Vec<(&'static str, String)> {
    let f = formats();
    let mut chips = Vec::new();
    if let Some(group) = filter.group {
        chips.push(("group", t.group(group).to_owned()));
    }
    if let Some(class) = filter.class {
        chips.push(("class", t.class(class).to_owned()));
    }
    if let Some(tier) = filter.tier {
        chips.push(("tier", t.tier(tier).to_owned()));
    }
    for (name, scale, score) in [("r", "R", filter.r), ("f", "F", filter.f), ("m", "M", filter.m)] {
        if score > 0 {
            chips.push((name, format!("{scale}{score}")));
        }
    }
    if filter.slipping {
        chips.push(("slipping", t.filter_slipping().to_owned()));
    }
    if filter.orders > 0 {
        chips.push(("orders", t.filter_orders(&f.count(filter.orders))));
    }
    if filter.within_days > 0 {
        let days = u64::from(filter.within_days);
        chips.push(("within", t.filter_within(&t.days(days, &f.count(filter.within_days)))));
    }
    chips
}

#[component]
fn Table(
    listing: Listing,
    query: Memo<CustomerQuery>,
    on_range: Callback<Range<usize>>,
) -> impl IntoView {
    let t = words();
    let set_query = use_set_query();
    let link = use_link();
    let total =
        Signal::derive(move || listing.page.read().as_ref().map_or(0, |it| it.total as usize));
    let rows = Signal::derive(move || {
        let page = listing.page.read();
        page.as_ref().map_or_else(Loaded::default, |page| Loaded {
            first_row: page.first_row as usize,
            rows: page.rows.clone(),
        })
    });
    let sort = Signal::derive(move || {
        let query = query.read();
        let key = SORTS.iter().find(|(_, sort)| *sort == query.sort).map_or("", |(key, _)| key);
        Sort { key: key.to_owned(), descending: query.descending }
    });
    let on_sort = Callback::new(move |sort: Sort| {
        let direction = if sort.descending { "" } else { "asc" };
        set_query(&[("sort", sort.key), ("dir", direction.to_owned())]);
    });
    let currency = move || listing.page.read_untracked().as_ref().map(|it| it.currency);
    view! {
        <VirtualTable
            label=t.nav_customers()
            columns=columns(t)
            total=total
            rows=rows
            on_range=on_range
            sort=sort
            on_sort=on_sort
            cells=move |row: &CustomerRow| cells(t, row, currency())
            row_href=move |row: &CustomerRow| link(&format!("/customer?id={}", row.id))
        />
    }
}

fn columns(t: Words) -> Vec<Column> {
    vec![
        Column::new("name", t.name()).sortable().width("minmax(124px, 1fr)"),
        Column::new("contact", t.contact())
            .hide_small()
            .from(TableWidth::Medium)
            .width("minmax(150px, 1.8fr)"),
        Column::new("group", t.group_word()).width("minmax(138px, 1fr)"),
        Column::new("rfm", t.rfm_scores()).hide_small().width("62px"),
        Column::new("tier", t.tier_word()).hide_small().width("76px"),
        Column::new("orders", t.nav_orders()).numeric().sortable().hide_small().width("80px"),
        Column::new("net", t.net()).numeric().sortable().figure().width("106px"),
        Column::new("aov", t.aov_short())
            .numeric()
            .sortable()
            .hide_small()
            .from(TableWidth::Medium)
            .width("96px"),
        Column::new("first", t.first_order())
            .numeric()
            .sortable()
            .hide_small()
            .from(TableWidth::Wide)
            .width("128px"),
        Column::new("last", t.last_order()).numeric().sortable().width("128px"),
    ]
}

fn cells(t: Words, row: &CustomerRow, currency: Option<model::Currency>) -> Vec<AnyView> {
    let f = formats();
    let money = |minor: i64| currency.map(|it| f.money(minor, it));
    let day = |day: Option<model::ShopDay>| day.map(|it| f.day(it));
    let contact = [&row.email, &row.phone].into_iter().find(|it| !it.is_empty()).cloned();
    let [r, frequency, m] = row.rfm;
    let aov = row.order_value();
    vec![
        row.label().into_any(),
        contact.into_any(),
        row.group.map(|it| view! { <Tag text=t.group(it) color=group_color(it) /> }).into_any(),
        (r > 0).then(|| format!("{r}·{frequency}·{m}")).into_any(),
        row.tier.map(|it| t.tier(it)).into_any(),
        f.count(row.orders).into_any(),
        money(row.net).into_any(),
        aov.and_then(money).into_any(),
        day(row.first_order).into_any(),
        day(row.last_order).into_any(),
    ]
}
