//! Whom to turn to today, in which order, why, and what to say?

use super::answered::answered;
use super::title;
use crate::address::{customers_path, marks, use_lens, use_link, use_query, use_set_query};
use crate::components::{EmptyState, StateKind, chip_select};
use crate::list_acts::FilterActs;
use crate::settings::{formats, words};
use leptos::prelude::*;
use protocol::{ActKind, Behind, CustomerFilter, OutreachView, Request, Response};
use std::sync::Arc;

mod away;
mod row;
mod script;

use away::away;
use row::row_of;

/// The queue: `?act=` for one reason alone.
#[component]
pub fn Outreach() -> impl IntoView {
    title(words().outreach_word());
    let (lens, query) = (use_lens(), use_query());
    let only = Memo::new(move |_| query.read().get_str("act").and_then(marks::act_of));
    let question = move || Request::Outreach(lens.get(), only.get());
    let take = Response::of_segments::<OutreachView>;
    answered(question, take, move |view| view! { <Drawn view only=only.get_untracked() /> })
}

#[component]
fn Drawn(view: Arc<OutreachView>, only: Option<ActKind>) -> impl IntoView {
    let (t, f) = (words(), formats());
    let put_off =
        (view.put_off > 0).then(|| t.outreach_put_off(view.put_off.into(), &f.count(view.put_off)));
    let link = use_link();
    let here = only.map_or_else(
        || "/outreach".to_owned(),
        |it| format!("/outreach?act={}", marks::act_code(it)),
    );
    let to_list = put_off.clone().map(|said| view! { {t.sentence_gap()} <a class="link" href=move || format!("{}#put-off", link(&here))>{said}</a> });
    if view.customers == 0 {
        let text = t.sentences(&[put_off.unwrap_or_default(), t.outreach_none_text().to_owned()]);
        return view! {
            <h1 class="visually-hidden" data-total="0">{t.outreach_word()}</h1>
            <Reasons only />
            <EmptyState title=t.outreach_none() text=text kind=StateKind::Empty whole_screen=true />
            {away(&view)}
        }
        .into_any();
    }
    let who = t.customers(view.customers.into(), &f.count(view.customers));
    let rest = if view.customers == 1 { t.outreach_rest_one() } else { t.outreach_rest() };
    view! {
        <h1 class="headline"><em data-total=view.customers>{who}</em> {rest}</h1>
        <p class="headline__sub">{t.outreach_sub()} {to_list}</p>
        <div class="stack">
            <Queue view=view.clone() only />
            {away(&view)}
        </div>
    }
    .into_any()
}

#[component]
fn Queue(view: Arc<OutreachView>, only: Option<ActKind>) -> impl IntoView {
    let (t, f, link) = (words(), formats(), use_link());
    let filter = CustomerFilter::behind(Behind::Act(only));
    let path = customers_path(&filter);
    let all = format!("{} {}", t.all(), f.count(view.customers));
    let shown = f.count(view.rows.len() as u32);
    let note = t.outreach_first(&shown, &f.count(view.customers));
    let currency = view.currency;
    let rows = view.rows.iter().enumerate();
    let rows = rows.map(|(place, row)| row_of(row, place, currency)).collect_view();
    view! {
        <section class="card" id="outreach">
            <div class="card__head card__head--wrap">
                <h2>{t.outreach_queue()}</h2>
                <span class="row">
                    <Reasons only />
                    <a class="link" data-action="see-outreach" href=move || link(&path)>{all}</a>
                    <FilterActs filter=filter id="outreach-acts" />
                </span>
            </div>
            <p class="card__note">{note}</p>
            {rows}
        </section>
    }
}

/// For which reason.
#[component]
fn Reasons(only: Option<ActKind>) -> impl IntoView {
    let (t, set_query) = (words(), use_set_query());
    let any = (String::new(), t.any_reason().to_owned());
    let kinds =
        ActKind::ALL.map(|it| (marks::act_code(it).to_owned(), t.act_reason(it).to_owned()));
    let options = std::iter::once(any).chain(kinds).collect();
    let chosen = only.map_or_else(String::new, |it| marks::act_code(it).to_owned());
    let choose = Callback::new(move |code: String| set_query(&[("act", code)]));
    chip_select(t.reason_filter(), options, Signal::stored(chosen), choose)
}
