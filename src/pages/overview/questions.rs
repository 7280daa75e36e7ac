//! The three questions: service, satisfaction, key customers. Each is answered in a sentence, or says
//! which file brings the answer.

use super::day::Now;
use super::figures::{delta, in_points};
use crate::address::{customers_path, use_link};
use crate::components::{Delta, Direction, Skeleton, SkeletonKind};
use crate::i18n::{Format, Words};
use crate::pages::satisfaction::points;
use crate::settings::{formats, words};
use leptos::prelude::*;
use model::Currency;
use protocol::{
    Analysis, Behind, Circle, CustomerFilter, KeyCustomersNow, SatisfactionNow, ScoreFigure,
    ServiceNow, Today,
};

/// Three cards side by side.
pub(super) fn questions(analysis: &Analysis, now: Now) -> impl IntoView + use<> {
    let t = words();
    let currency = analysis.currency;
    let satisfaction = analysis.overview.satisfaction.as_ref().map_or_else(
        || Said::missing(t.satisfied_none(), t.satisfied_none_text(), to_import()),
        satisfaction,
    );
    let service = move |today: &Today| {
        today.service.as_ref().map_or_else(
            || Said::missing(t.service_none(), t.service_none_text(), to_import()),
            service,
        )
    };
    let key = move |today: &Today| {
        if today.key.customers == 0 {
            Said::missing(t.key_none(), t.key_none_text(), to_import())
        } else {
            key_customers(&today.key, currency)
        }
    };
    view! {
        <div class="answers">
            {once_there(now, "service", t.service_now(), service)}
            {card("satisfaction", t.satisfaction_now(), satisfaction)}
            {once_there(now, "key", t.key_now(), key)}
        </div>
    }
}

fn to_import() -> Vec<(String, &'static str)> {
    vec![("/import".to_owned(), words().nav_import())]
}

/// A card whose answer comes a moment after the figures.
fn once_there(
    now: Now,
    id: &'static str,
    question: &'static str,
    say: impl Fn(&Today) -> Said + Send + 'static,
) -> impl IntoView {
    let t = words();
    move || match now.get() {
        Some(Ok(today)) => card(id, question, say(&today)).into_any(),
        Some(Err(problem)) => {
            let said = Said::missing(t.problem_title(), &t.problem(&problem), Vec::new());
            card(id, question, said).into_any()
        }
        None => view! {
            <section class="card answer">
                <h2>{question}</h2>
                <Skeleton kind=SkeletonKind::Question label=t.loading() />
            </section>
        }
        .into_any(),
    }
}

/// An answer.
struct Said {
    /// The number within its sentence.
    lead: String,
    rest: String,
    change: Option<Delta>,
    more: Vec<String>,
    /// Paths and what they are called; the first is the one to take.
    ways: Vec<(String, &'static str)>,
}

impl Said {
    fn missing(lead: &str, more: &str, ways: Vec<(String, &'static str)>) -> Said {
        let (lead, more) = (lead.to_owned(), vec![more.to_owned()]);
        Said { lead, rest: String::new(), change: None, more, ways }
    }
}

fn card(id: &'static str, question: &'static str, said: Said) -> impl IntoView {
    let (t, link) = (words(), use_link());
    let Said { lead, rest, change, more, ways } = said;
    let change = change.map(|it| {
        let tone = match it.direction {
            Direction::Good => "figure__delta figure__delta--good",
            Direction::Bad => "figure__delta figure__delta--bad",
            Direction::Neutral => "figure__delta",
        };
        view! { <p><span class=tone>{it.spoken}</span> " " <span class="muted">{t.against_compared()}</span></p> }
    });
    let ways = ways.into_iter().map(|(path, name)| {
        let link = link.clone();
        view! { <a class="link" href=move || link(&path)>{name}</a> }
    });
    view! {
        <section class="card answer" data-question=id>
            <h2>{question}</h2>
            <p class="answer__lead"><b>{lead}</b>{rest}</p>
            {change}
            <p class="card__note">{t.sentences(&more)}</p>
            <div class="row answer__ways">{ways.collect_view()}</div>
        </section>
    }
}

fn list(circle: Circle) -> String {
    let behind = Some(Behind::Circle(circle));
    customers_path(&CustomerFilter { behind, ..CustomerFilter::default() })
}

/// A change of which less is good.
fn less_is_good(change: Option<Delta>) -> Option<Delta> {
    change.map(|it| {
        let direction = match it.direction {
            Direction::Good => Direction::Bad,
            Direction::Bad => Direction::Good,
            Direction::Neutral => Direction::Neutral,
        };
        Delta { direction, ..it }
    })
}

fn service(service: &ServiceNow) -> Said {
    let (t, f) = (words(), formats());
    let (lead, rest) = match (service.open, service.late) {
        (0, _) => (t.service_quiet().to_owned(), String::new()),
        (open, 0) => (t.tickets_open(open.into(), &f.count(open)), t.all_answered().to_owned()),
        (open, late) => (
            t.tickets_open(open.into(), &f.count(open)),
            t.tickets_late(late.into(), &f.count(late)),
        ),
    };
    let change = service
        .tickets_before
        .filter(|it| *it > 0)
        .map(|before| (f64::from(service.tickets) - f64::from(before)) / f64::from(before));
    let change = delta(t, change, |it| f.percent(it));
    let change = change.map(|it| Delta { spoken: t.list(&[t.tickets_short(), &it.spoken]), ..it });
    let tickets = t.tickets_word(service.tickets.into(), &f.count(service.tickets));
    let complaints = t.complaints_word(service.complaints.into(), &f.count(service.complaints));
    let reply = service.reply_minutes.map(|it| t.reply_say(&time(t, f, it)));
    let more = [Some(t.tickets_say(&tickets, &complaints)), reply].into_iter().flatten().collect();
    let mut ways = Vec::new();
    if service.open_customers > 0 {
        ways.push((list(Circle::OpenTickets), t.who_waits()));
    }
    if service.complaining > 0 {
        ways.push((list(Circle::Complaints), t.who_complained()));
    }
    Said { lead, rest, change: less_is_good(change), more, ways }
}

/// Minutes, or hours where they are many.
fn time(t: Words, f: Format, minutes: f64) -> String {
    if minutes < 90.0 {
        let minutes = minutes.round();
        return t.minutes(minutes as u64, &f.count(minutes));
    }
    let hours = (minutes / 60.0).round();
    t.hours(hours as u64, &f.count(hours))
}

fn satisfaction(said: &SatisfactionNow) -> Said {
    let (t, f) = (words(), formats());
    let share = |it: f64| f.percent_with(it, 0);
    let answers = |it: &ScoreFigure| t.n_answers(&f.count(it.n));
    let (lead, rest) = if let Some(csat) = &said.csat {
        let rest = match csat.interval {
            Some((low, high)) => {
                t.satisfied_rest(&answers(csat), &t.between(&share(low), &share(high)))
            }
            None => t.satisfied_rest_alone(&answers(csat)),
        };
        (t.satisfied_lead(&share(csat.value)), rest)
    } else {
        let newest = said.newest.map(|day| t.answers_old(&f.day(day)));
        (newest.unwrap_or_else(|| t.no_answers_dated().to_owned()), String::new())
    };
    let change = said.csat.zip(said.csat_before).map(|(now, before)| now.value - before.value);
    let change = delta(t, change, |it| in_points(t, f, it));
    let few = said.csat.filter(|it| it.is_small).map(|_| t.few_answers_say().to_owned());
    let nps = said.nps.map(|it| t.nps_say(&points(it.value, |it| f.number(it, 0)), &answers(&it)));
    let bad = (said.dissatisfied > 0)
        .then(|| t.dissatisfied_say(said.dissatisfied.into(), &f.count(said.dissatisfied)));
    let mut ways = vec![("/satisfaction".to_owned(), t.nav_satisfaction())];
    if said.dissatisfied > 0 {
        ways.insert(0, (list(Circle::Dissatisfied), t.who_is_dissatisfied()));
    }
    Said { lead, rest, change, more: [few, nps, bad].into_iter().flatten().collect(), ways }
}

fn key_customers(key: &KeyCustomersNow, currency: Currency) -> Said {
    let (t, f) = (words(), formats());
    let who = t.key_lead_alone(key.customers.into(), &f.count(key.customers));
    let (lead, rest) = match key.share {
        Some(share) if key.customers == 1 => {
            (t.key_lead_one(&who, &f.percent_with(share, 0)), t.key_rest())
        }
        Some(share) => (t.key_lead(&who, &f.percent_with(share, 0)), t.key_rest()),
        None => (who, t.key_rest_alone()),
    };
    let change = key.share.zip(key.share_before).map(|(now, before)| now - before);
    let change = delta(t, change, |it| in_points(t, f, it));
    // Neither is good: a shop that lives on few is in danger.
    let change = change.map(|it| Delta { direction: Direction::Neutral, ..it });
    let silent = if key.silent == 0 {
        t.key_all_active().to_owned()
    } else {
        t.key_silent(&f.count(key.silent), &f.money_whole(key.silent_net, currency))
    };
    let mut ways = vec![(list(Circle::Key), t.see_who())];
    if key.silent > 0 {
        ways.insert(0, (list(Circle::KeySilent), t.who_is_silent()));
    }
    Said { lead, rest: rest.to_owned(), change, more: vec![silent, t.key_means().to_owned()], ways }
}
