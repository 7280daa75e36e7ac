//! What to do this week: a number, a reason, the money at stake, and the list.

use crate::address::{customers_path, use_lens, use_link};
use crate::i18n::{Format, Words};
use crate::pages::answered::{Answer, asked};
use crate::settings::{formats, words};
use leptos::prelude::*;
use model::Currency;
use protocol::{Act, ActKind, Analysis, Request, Response};

/// The act that is worked out apart, as it looks at every product: it comes a moment later.
pub(super) type DueAgain = RwSignal<Answer<Option<Act>>>;

/// Asks who is about to need a product again.
pub(super) fn due_again() -> DueAgain {
    let lens = use_lens();
    let take = |response| match response {
        Response::Act(act) => Some(Box::new(act.map(|it| *it))),
        _ => None,
    };
    asked(move || Request::DueAgain(lens.get()), take)
}

/// The card.
pub(super) fn do_this_week(analysis: &Analysis, due: DueAgain) -> impl IntoView + use<> {
    let (t, link) = (words(), use_link());
    let acts = analysis.overview.acts.clone();
    let currency = analysis.currency;
    let is_empty = acts.is_empty();
    let rows = acts.into_iter().enumerate();
    let rows = rows.map(|(index, act)| view! { <ActRow act currency first=index == 0 /> });
    let last = move || {
        let act = due.get()?.ok()?;
        let act = Option::clone(&act)?;
        Some(view! { <ActRow act currency first=is_empty /> })
    };
    let nothing = move || {
        let is_due = due.with(|it| matches!(it, Some(Ok(act)) if act.is_some()));
        (is_empty && !is_due).then(|| view! { <p>{t.nothing_to_do()}</p> })
    };
    view! {
        <section class="card" id="do-this-week">
            <div class="card__head">
                <h2>{t.do_this_week()}</h2>
                <a class="link" href=move || link("/outreach")>{t.one_by_one()}</a>
            </div>
            <p class="card__note">{t.do_this_week_note()}</p>
            {rows.collect_view()}
            {last}
            {nothing}
        </section>
    }
}

/// What to do for how many, and why.
fn said(act: &Act, t: Words, f: Format) -> (String, String) {
    let (count, n) = (u64::from(act.customers), f.count(act.customers));
    let days = |days: u64| t.days(days, &f.count(days as f64));
    let within = days(act.within_days.into());
    let median = days(act.median_silent_days.unwrap_or(0).unsigned_abs().into());
    match act.kind {
        ActKind::WinBackBest => (t.act_win_back(count, &n), t.act_win_back_why(&median)),
        ActKind::RescueAtRisk => (t.act_rescue(count, &n), t.act_rescue_why(&median)),
        ActKind::SecondOrder => (t.act_second(count, &n), t.act_second_why(&within)),
        ActKind::ThankChampions => (t.act_thank(count, &n), t.act_thank_why(&median)),
        ActKind::CallLate => (t.act_call(count, &n), t.act_call_why(&median)),
        ActKind::AnswerTickets => (t.act_tickets(count, &n), t.act_tickets_why().to_owned()),
        ActKind::HearDissatisfied => (t.act_hear(count, &n), t.act_hear_why().to_owned()),
        ActKind::RemindExpected => (t.act_remind(count, &n), t.act_remind_why().to_owned()),
        ActKind::LiftToTier => (t.act_lift(count, &n), t.act_lift_why().to_owned()),
        ActKind::OfferAgain => (t.act_again(count, &n), t.act_again_why().to_owned()),
    }
}

#[component]
fn ActRow(act: Act, currency: Currency, first: bool) -> impl IntoView {
    let (t, f) = (words(), formats());
    let link = use_link();
    let (heading, why) = said(&act, t, f);
    let filter = act.filter();
    view! {
        <div class="action-row" data-act=act.customers>
            <div class="action-row__text"><b>{heading}</b><small>{why}</small></div>
            <span class="action-row__money">{f.money_whole(act.net, currency)}</span>
            <a class="button" class:button--primary=first href=move || link(&customers_path(&filter))>
                {t.see_who()}
            </a>
        </div>
    }
}
