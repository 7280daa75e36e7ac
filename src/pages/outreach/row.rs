//! One customer to turn to.

use super::script::script;
use crate::address::use_link;
use crate::components::{Tag, TagKind};
use crate::list_acts::Acts;
use crate::settings::{formats, words};
use leptos::prelude::*;
use leptos::task::spawn_local;
use model::Currency;
use protocol::{ActKind, ListAct, OutreachRow, Snooze};

/// The customer with the reasons, what to say, and the way to be done with them. The place gives the
/// row its id: whoever is next takes it, and with it the focus.
pub(super) fn row_of(row: &OutreachRow, place: usize, currency: Currency) -> AnyView {
    let link = use_link();
    let path = format!("/customer?id={}", row.id);
    let reasons = row.kinds.iter().map(|kind| reason(*kind)).collect_view();
    let facts = facts(row, currency);
    let (id, label) = (row.id.to_string(), row.label.clone());
    let (buttons, say) = (buttons(row), script(row, place));
    view! {
        <article class="outreach" id=format!("outreach-{place}") data-outreach=id>
            <div class="outreach__who">
                <p><a class="table__link" href=move || link(&path)>{label}</a> " " {reasons}</p>
                <p class="outreach__facts">{facts}</p>
            </div>
            {buttons}
            {say}
        </article>
    }
    .into_any()
}

pub(super) fn reason(kind: ActKind) -> impl IntoView {
    let tone = match kind {
        ActKind::AnswerTickets | ActKind::HearDissatisfied => TagKind::Bad,
        ActKind::WinBackBest | ActKind::RescueAtRisk | ActKind::CallLate => TagKind::Warn,
        ActKind::ThankChampions | ActKind::LiftToTier => TagKind::Good,
        ActKind::RemindExpected | ActKind::OfferAgain | ActKind::SecondOrder => TagKind::Neutral,
    };
    view! { <Tag text=words().act_reason(kind) kind=tone /> " " }
}

fn facts(row: &OutreachRow, currency: Currency) -> AnyView {
    let (t, f) = (words(), formats());
    let silent = row.silent_days.map(|days| t.silent_since(&t.days(days.into(), &f.count(days))));
    let contacted = row.contacted.map(|day| t.contacted_last(&f.day(day)));
    let money = t.spent_in_all(&f.money_whole(row.value, currency));
    let urgency = t.hurries(&row.urgency_percent.to_string());
    let rest: Vec<String> = [silent, contacted].into_iter().flatten().collect();
    view! {
        <b>{money}</b> " · "
        <span title=t.urgency_means() data-urgency=row.urgency_percent>{urgency}</span>
        {(!rest.is_empty()).then(|| format!(" · {}", rest.join(" · ")))}
    }
    .into_any()
}

fn buttons(row: &OutreachRow) -> AnyView {
    let (t, acts) = (words(), Acts::here());
    let (id, label, kinds) = (row.id, row.label.clone(), row.kinds.clone());
    let act = Callback::new(move |act: ListAct| spawn_local(acts.act_on(id, label.clone(), act)));
    let done = {
        let kinds = kinds.clone();
        move |_| act.run(ListAct::Done(kinds.clone()))
    };
    let who = row.label.clone();
    let snoozes = Snooze::ALL.map(|snooze| {
        let (kinds, days) = (kinds.clone(), t.snooze(snooze));
        let label = t.put_off_for(&row.label, &days);
        view! {
            <button
                class="button button--quiet"
                type="button"
                data-action=format!("outreach-snooze-{}", snooze.days())
                aria-label=label
                on:click=move |_| act.run(ListAct::Snooze(kinds.clone(), snooze))
            >
                {t.later_in(&days)}
            </button>
        }
    });
    view! {
        <div class="outreach__acts">
            <button class="button" type="button" data-action="outreach-done" aria-label=t.done_with(&who) on:click=done>
                {t.done_word()}
            </button>
            {snoozes.into_iter().collect_view()}
        </div>
    }
    .into_any()
}
