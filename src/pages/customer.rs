//! Who is this customer, and how does it stand with them?

use super::{Failed, Loading, title};
use crate::address::{use_lens, use_link};
use crate::client::Engine;
use crate::components::{EmptyState, Icon, IconName, StateKind, Tag, TagKind, Toast, Toasts};
use crate::i18n::group_color;
use crate::settings::{formats, words};
use crate::timings;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_query_map;
use model::{CustomerId, OrderState};
use protocol::{CustomerEdit, CustomerView, OrderRow, Problem, Request, Response};

mod rhythm;

use rhythm::rhythm;

type Found = Option<Result<CustomerView, Problem>>;

/// The customer page: `?id=`.
#[component]
pub fn Customer() -> impl IntoView {
    title(words().nav_customers());
    let engine = expect_context::<Engine>();
    let (query, lens) = (use_query_map(), use_lens());
    let id = Memo::new(move |_| query.read().get_str("id").and_then(CustomerId::parse));
    let found = RwSignal::new(None::<Result<CustomerView, Problem>>);
    Effect::new(move || {
        let (id, lens, revision) = (id.get(), lens.get(), engine.revision.get());
        let Some(id) = id else {
            found.set(Some(Err(Problem::NotFound)));
            return;
        };
        if revision > 0 {
            spawn_local(async move {
                let answer = engine.ask(Request::Customer(id, lens)).await;
                found.try_set(match answer {
                    Ok(Response::Customer(view)) => Some(Ok(*view)),
                    Ok(_) => None,
                    Err(problem) => Some(Err(problem)),
                });
            });
        }
    });
    move || drawn(found.get())
}

fn drawn(found: Found) -> AnyView {
    match found {
        None => view! { <Loading /> }.into_any(),
        Some(Err(Problem::NotFound)) => {
            timings::content_is_there();
            view! { <Nobody /> }.into_any()
        }
        Some(Err(problem)) => {
            timings::content_is_there();
            view! { <Failed problem /> }.into_any()
        }
        Some(Ok(customer)) => {
            timings::data_are_there();
            view! {
                <Profile customer=customer.clone() />
                <div class="columns columns--profile">
                    <div class="stack">
                        <Facts customer=customer.clone() />
                        <Note customer=customer.clone() />
                    </div>
                    <Orders customer />
                </div>
            }
            .into_any()
        }
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

/// Saves an edit, and says so.
fn save(id: CustomerId, edit: CustomerEdit, said: &'static str) {
    let (engine, toasts) = (expect_context::<Engine>(), expect_context::<Toasts>());
    let t = words();
    let started = timings::now_ms();
    spawn_local(async move {
        match engine.ask(Request::EditCustomer(id, edit)).await {
            Ok(_) => {
                timings::measure("edit", started, &[]);
                toasts.show(Toast::good(said));
            }
            Err(problem) => {
                toasts.show(Toast::bad(t.problem(&problem)));
            }
        }
    });
}

#[component]
fn Profile(customer: CustomerView) -> impl IntoView {
    let (t, f) = (words(), formats());
    let row = &customer.row;
    let label = row.label();
    let since = row
        .first_order
        .map_or_else(|| t.prospect().to_owned(), |day| t.customer_since(&f.day(day)));
    let parts = [since, customer.place.clone(), row.email.clone(), row.phone.clone()];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let group = row.group.map(|it| view! { <Tag text=t.group(it) color=group_color(it) /> });
    let tier = row.tier.map(|it| view! { <Tag text=t.tier(it) kind=TagKind::Accent /> });
    let (id, name) = (row.id, row.name.clone());
    let link = use_link();
    let input = NodeRef::<html::Input>::new();
    let editing = RwSignal::new(false);
    let owner = Owner::current();
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        editing.set(false);
        if let (Some(input), Some(owner)) = (input.get_untracked(), &owner) {
            owner.with(|| save(id, CustomerEdit::Name(input.value()), t.name_saved()));
        }
    };
    view! {
        <a class="link link--back" href=move || link("/customers")>
            <Icon name=IconName::Back /> {t.nav_customers()}
        </a>
        <header class="profile">
            <span class="profile__face" aria-hidden="true">{initials(&label)}</span>
            <div class="profile__text">
                <h1 class="headline">{label.clone()} " " {group} {tier}</h1>
                <p>{parts.join(" · ")}</p>
            </div>
            <div class="profile__actions">
                <Show
                    when=move || editing.get()
                    fallback=move || view! {
                        <button class="button" type="button" data-action="rename" on:click=move |_| editing.set(true)>
                            {t.rename()}
                        </button>
                    }
                >
                    <form class="row" on:submit=submit.clone()>
                        <input class="input" aria-label=t.name() node_ref=input value=name.clone() autofocus maxlength="200" />
                        <button class="button button--primary" type="submit">{t.save()}</button>
                        <button class="button" type="button" on:click=move |_| editing.set(false)>{t.cancel()}</button>
                    </form>
                </Show>
            </div>
        </header>
    }
}

/// Two letters of a western name, the last two characters of a Chinese one.
fn initials(label: &str) -> String {
    let is_western = label.chars().next().is_some_and(|c| c.is_ascii());
    if is_western {
        let letters = label.split([' ', '@', '.']).filter_map(|word| word.chars().next());
        return letters.filter(|c| c.is_alphanumeric()).take(2).collect::<String>().to_uppercase();
    }
    let letters: Vec<char> = label.chars().collect();
    letters[letters.len().saturating_sub(2)..].iter().collect()
}

/// A fact: name, value, and why it is so.
type Fact = (&'static str, String, Option<String>);

#[component]
fn Facts(customer: CustomerView) -> impl IntoView {
    let t = words();
    let facts = facts(&customer).into_iter().map(|(name, value, why)| {
        let why = why.map(|why| view! { <div class="facts__why">{why}</div> });
        view! { <dt>{name}</dt><dd><b>{value}</b>{why}</dd> }
    });
    view! {
        <section class="card" id="facts">
            <h2>{t.what_we_know()}</h2>
            <p class="card__note">{t.holds_for(&formats().day(customer.as_of))}</p>
            <dl class="facts">{facts.collect_view()}</dl>
        </section>
    }
}

fn facts(customer: &CustomerView) -> Vec<Fact> {
    let (t, f) = (words(), formats());
    let days = |days: f64| t.days(days.round() as u64, &f.count(days.round()));
    let money = |minor: i64| f.money(minor, customer.currency);
    let row = &customer.row;
    let mut facts: Vec<Fact> = Vec::new();
    if let Some(silent) = customer.silent_days {
        let times = customer.rhythm_days.filter(|it| *it > 0.0).map(|it| f64::from(silent) / it);
        let why = times.map(|times| t.times_rhythm(&f.number(times, u8::from(times < 9.95))));
        facts.push((t.silent_for(), days(silent.into()), why));
    }
    if let Some(rhythm) = customer.rhythm_days {
        facts.push((t.usual_rhythm(), days(rhythm), Some(t.rhythm_why().to_owned())));
    }
    if let Some(day) = customer.next_expected {
        let late = customer.as_of.days_since(day);
        let why = (late > 0).then(|| t.overdue(&days(late.into())));
        facts.push((t.next_expected(), f.day(day), why));
    }
    if let (Some(group), [r, frequency, m]) = (row.group, row.rfm) {
        facts.push((
            t.rfm_scores(),
            format!("{r} · {frequency} · {m}"),
            Some(t.group(group).to_owned()),
        ));
    }
    if let Some(class) = customer.class {
        facts.push((t.class_of_eight(), t.class(class).to_owned(), None));
    }
    // What was refunded whole was never in the gross of the orders that count.
    let refunded = customer.gross - row.net;
    let why =
        (refunded > 0).then(|| t.gross_less_refunds(&money(customer.gross), &money(refunded)));
    facts.push((t.spent_so_far(), money(row.net), why));
    facts.push((t.kpi_orders(), f.count(row.orders), None));
    if let Some(aov) = customer.aov {
        facts.push((t.order_value(), money(aov.round() as i64), None));
    }
    if let Some(rate) = customer.refund_rate {
        facts.push((t.refund_rate(), f.percent(rate), None));
    }
    if let Some(favourite) = &customer.favourite {
        facts.push((t.favourite(), favourite.clone(), None));
    }
    facts
}

#[component]
fn Note(customer: CustomerView) -> impl IntoView {
    let t = words();
    let (id, note) = (customer.row.id, customer.note.clone());
    let area = NodeRef::<html::Textarea>::new();
    let owner = Owner::current();
    let leave = {
        let note = note.clone();
        move |_| {
            if let (Some(area), Some(owner)) = (area.get_untracked(), &owner)
                && area.value().trim_end() != note
            {
                owner.with(|| save(id, CustomerEdit::Note(area.value()), t.saved()));
            }
        }
    };
    view! {
        <section class="card">
            <h2><label for="note">{t.note()}</label></h2>
            <p class="card__note" id="note-hint">{t.note_hint()}</p>
            <textarea
                class="textarea"
                id="note"
                rows="4"
                maxlength="10000"
                aria-describedby="note-hint"
                node_ref=area
                prop:value=note
                on:blur=leave
            ></textarea>
        </section>
    }
}

#[component]
fn Orders(customer: CustomerView) -> impl IntoView {
    let t = words();
    let rows = customer.orders.clone();
    let nothing = rows.is_empty().then(|| view! { <p>{t.no_orders()}</p> });
    view! {
        <section class="card" id="orders">
            <div class="card__head">
                <h2>{t.timeline()}</h2>
                <span class="card__note">{t.orders(rows.len() as u64, &formats().count(rows.len() as f64))}</span>
            </div>
            {rhythm(&customer)}
            {nothing}
            <ul class="timeline">
                {rows.into_iter().map(|order| view! { <OrderLine order /> }).collect_view()}
            </ul>
        </section>
    }
}

#[component]
fn OrderLine(order: OrderRow) -> impl IntoView {
    let (t, f) = (words(), formats());
    let line = |it: &protocol::LineRow| match it.quantity_milli {
        1_000 => it.product.clone(),
        milli if milli % 1_000 == 0 => format!("{} × {}", it.product, milli / 1_000),
        milli => format!("{} × {}", it.product, f.number(milli as f64 / 1_000.0, 3)),
    };
    let lines: Vec<String> = order.lines.iter().map(line).collect();
    let refunded = (order.refunded > 0 && order.state == OrderState::PartiallyRefunded)
        .then(|| t.refunded_part(&f.money(order.refunded, order.currency)));
    let state = (order.state != OrderState::Paid).then(|| {
        let kind = if order.state.counts() { TagKind::Warn } else { TagKind::Neutral };
        view! { <Tag text=t.order_state(order.state) kind=kind /> }
    });
    let amount = if order.state.counts() { order.total - order.refunded } else { order.total };
    let parts = [lines.join(", "), order.channel.clone(), refunded.unwrap_or_default()];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let number = order.number.clone();
    let dot = if order.state.counts() { "timeline__dot--order" } else { "" };
    view! {
        <li class="timeline__item" data-order=number.clone()>
            <time datetime=order.day.to_string()>{f.day(order.day)}</time>
            <i class=format!("timeline__dot {dot}") aria-hidden="true"></i>
            <div><b>{number.clone()}</b> " " {parts.join(" · ")} " " {state}</div>
            <span class="money" class:money--void=!order.state.counts()>{f.money(amount, order.currency)}</span>
        </li>
    }
}
