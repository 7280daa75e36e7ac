//! What to do this week: a number, a reason, the money at stake, and the list.

use super::day::Now;
use crate::address::{customers_path, use_link};
use crate::components::{Skeleton, SkeletonKind};
use crate::i18n::{Format, Words};
use crate::settings::{formats, words};
use leptos::prelude::*;
use model::Currency;
use protocol::{Act, ActKind};

/// The card.
pub(super) fn do_this_week(currency: Currency, now: Now) -> impl IntoView {
    let (t, link) = (words(), use_link());
    let rows = move || match now.get() {
        None => view! { <Skeleton kind=SkeletonKind::Acts label=t.loading() /> }.into_any(),
        Some(Err(problem)) => {
            view! { <p class="field__error" role="alert">{t.problem(&problem)}</p> }.into_any()
        }
        Some(Ok(today)) if today.acts.is_empty() => view! { <p>{t.nothing_to_do()}</p> }.into_any(),
        Some(Ok(today)) => {
            let acts = today.acts.iter().cloned().enumerate();
            let rows = acts.map(|(at, act)| view! { <ActRow act currency first=at == 0 /> });
            rows.collect_view().into_any()
        }
    };
    view! {
        <section class="card" id="do-this-week">
            <div class="card__head">
                <h2>{t.do_this_week()}</h2>
                <a class="link" href=move || link("/outreach")>{t.one_by_one()}</a>
            </div>
            <p class="card__note">{t.do_this_week_note()}</p>
            {rows}
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
