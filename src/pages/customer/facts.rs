//! What is known of a customer.

use crate::i18n::Words;
use crate::settings::{formats, words};
use leptos::prelude::*;
use model::ShopDay;
use protocol::{ChurnState, ContactView, CustomerAhead, CustomerView};

/// A fact: name, value, and why it is so.
type Fact = (&'static str, String, Option<String>);

/// What is known of a customer, each with its reason.
pub(super) fn facts_card(customer: &CustomerView) -> AnyView {
    let t = words();
    let facts = facts(customer).into_iter().map(|(name, value, why)| {
        let why = why.map(|why| view! { <div class="facts__why">{why}</div> });
        view! { <dt>{name}</dt><dd><b>{value}</b>{why}</dd> }
    });
    view! {
        <section class="card" id="facts">
            <h2>{t.what_we_know()}</h2>
            <p class="card__note">{t.holds_for(&formats().day(customer.as_of))}</p>
            <dl class="facts">{facts.collect_view()}</dl>
            {customer.rhythm_days.map(|_| how_the_rhythm_is_worked_out(t))}
        </section>
    }
    .into_any()
}

fn how_the_rhythm_is_worked_out(t: Words) -> impl IntoView {
    view! {
        <details class="facts__more">
            <summary>{t.rhythm_how()}</summary>
            <p>{t.rhythm_means()}</p>
        </details>
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
        let why = customer.median_gap_days.map(|own| t.rhythm_why(&days(own)));
        let why = why.unwrap_or_else(|| t.rhythm_of_shop().to_owned());
        facts.push((t.usual_rhythm(), days(rhythm), Some(why)));
    }
    if let Some(day) = customer.next_expected {
        let late = customer.as_of.days_since(day);
        let why = (late > 0).then(|| t.overdue(&days(late.into())));
        facts.push((t.next_expected(), f.day(day), why));
    }
    let turns = customer.row.churn.zip(customer.at_risk_on.zip(customer.churned_on));
    let why = turns.map(|(state, (at_risk, churned))| match state {
        ChurnState::Active => t.at_risk_from(&f.day(at_risk)),
        ChurnState::AtRisk => t.at_risk_since(&f.day(at_risk)),
        ChurnState::Churned => t.churned_since(&f.day(churned)),
    });
    facts.push((t.stage_word(), t.stage(row.stage).to_owned(), why));
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
    if let Some((grade, rule)) = &customer.grade {
        let text = t.grade_of_rule(grade, &rule.to_string());
        facts.push((t.grade_word(), text, None));
    }
    if let Some(ahead) = &customer.ahead {
        facts.extend(of_the_models(ahead, customer));
    }
    // What was refunded whole was never in the gross of the orders that count.
    let refunded = customer.gross - row.net;
    let why =
        (refunded > 0).then(|| t.gross_less_refunds(&money(customer.gross), &money(refunded)));
    facts.push((t.spent_so_far(), money(row.net), why));
    if customer.given_back > 0 {
        let why = t.given_back_apart_why().to_owned();
        facts.push((t.given_back_apart(), money(customer.given_back), Some(why)));
    }
    let claimed = customer.contact.as_ref().and_then(|it| it.claimed_orders);
    let why = claimed.map(|claimed| t.claimed_orders_why(&f.count(claimed)));
    facts.push((t.kpi_orders(), f.count(row.orders), why));
    if let Some(aov) = customer.aov {
        facts.push((t.order_value(), money(aov.round() as i64), None));
    }
    if let Some(rate) = customer.refund_rate {
        facts.push((t.refund_rate(), f.percent(rate), None));
    }
    if let Some(favourite) = &customer.favourite {
        facts.push((t.favourite(), favourite.clone(), None));
    }
    if let Some(contact) = &customer.contact {
        facts.extend(of_the_list(contact));
    }
    facts
}

/// What the models expect. Of who bought once they cannot tell who has left, so nothing is said.
fn of_the_models(ahead: &CustomerAhead, customer: &CustomerView) -> Vec<Fact> {
    let (t, f) = (words(), formats());
    let value = f.money(ahead.value.round() as i64, customer.currency);
    let why = t.value_ahead_why(&ahead.decile.to_string());
    let alive = ahead.alive.filter(|_| customer.row.orders > 1);
    let alive = alive.map(|it| t.alive_why(&f.percent_with(it, 0)));
    let orders = ahead.orders_90d.map(|it| (t.orders_ahead(), f.number(it, 1), alive));
    std::iter::once((t.value_ahead(), value, Some(why))).chain(orders).collect()
}

/// What a contact list says.
fn of_the_list(contact: &ContactView) -> Vec<Fact> {
    let (t, f) = (words(), formats());
    let birthday = contact.birthday.and_then(|(year, month, day)| {
        // A leap year: 29 February is a birthday.
        let of_year = year.map_or(2000, i32::from);
        let date = ShopDay::from_ymd(of_year, month.into(), day.into())?;
        Some(if year.is_some() { f.day(date) } else { f.day_short(date) })
    });
    let since = |day: Option<ShopDay>| day.map(|day| t.since_day(&f.day(day)));
    let texts = [
        (t.tags(), t.list(&contact.tags)),
        (t.birthday(), birthday.unwrap_or_default()),
        (t.company(), contact.company.clone()),
        (t.more_contacts(), t.list(&contact.more)),
        (t.list_note(), contact.note.clone()),
        (t.contact_since(), contact.since.map(|day| f.day(day)).unwrap_or_default()),
    ];
    let mut facts: Vec<Fact> = texts.into_iter().map(|(name, text)| (name, text, None)).collect();
    facts.retain(|fact| !fact.1.is_empty());
    let consents = [
        (t.email_consent(), contact.email_consent, since(contact.email_consent_day)),
        (t.sms_consent(), contact.sms_consent, None),
    ];
    let said = consents
        .into_iter()
        .filter_map(|(name, consent, since)| Some((name, t.consent(consent)?.to_owned(), since)));
    facts.extend(said);
    facts
}
