//! Who may be leaving, who left, and how long do people wait until they buy again?

use super::answered::answered;
use super::no_buyers::NoBuyers;
use super::overview::chart_texts;
use super::title;
use crate::address::{customers_path, use_lens, use_link, use_query};
use crate::charts::{ChartCard, ChartModel, LineModel, Series, Shape, ValueFormat};
use crate::client::Engine;
use crate::components::{Delta, Figure, Figures, Head, TableCard};
use crate::list_acts::FilterActs;
use crate::settings::{formats, words};
use leptos::prelude::*;
use model::Currency;
use protocol::{
    ChurnMonth, ChurnQuery, ChurnRow, ChurnState, ChurnView, CustomerFilter, EarlyWarning, Request,
    Response,
};
use std::sync::Arc;

mod causes;
mod register;
mod waiting;
mod win_back;

use causes::causes;
use register::{reasons, register, won_back};
use waiting::{WaitingCard, groups_of};
use win_back::win_back;

/// So many are named here; the list has all.
const MOST_WARNINGS: usize = 12;

/// The churn screen.
#[component]
pub fn Churn() -> impl IntoView {
    title(words().nav_churn());
    let (lens, map) = (use_lens(), use_query());
    let engine = expect_context::<Engine>();
    let query = Memo::new(move |_| ChurnQuery {
        lens: lens.get(),
        groups: groups_of(map.read().get_str("by")),
    });
    let question = move || {
        // The models that winning back rests on may have become known since.
        engine.fits.track();
        Request::Churn(query.get())
    };
    let take = Response::of_segments::<ChurnView>;
    answered(question, take, |view| view! { <Drawn view /> })
}

fn in_state(state: ChurnState) -> CustomerFilter {
    CustomerFilter { churn: Some(state), ..CustomerFilter::default() }
}

#[component]
fn Drawn(view: Arc<ChurnView>) -> impl IntoView {
    let t = words();
    if view.totals.states.iter().all(|row| row.customers == 0) {
        return view! { <NoBuyers title=t.churn_nobody() text=t.cohorts_none_text() /> }.into_any();
    }
    view! {
        <Headline view=view.clone() />
        <States view=view.clone() />
        <div class="stack">
            <Warnings view=view.clone() />
            {win_back(&view)}
            {causes(&view)}
            {register(&view)}
            {reasons(&view)}
            {won_back(&view)}
            <WaitingCard view=view.clone() />
            <Months view />
        </div>
    }
    .into_any()
}

#[component]
fn Headline(view: Arc<ChurnView>) -> impl IntoView {
    let (t, f, link) = (words(), formats(), use_link());
    let lead = match view.slipping {
        (0, _) => view! { <em>{t.nobody_slips()}</em> }.into_any(),
        (customers, net) => {
            let who = t.customers(u64::from(customers), &f.count(customers));
            let lead = t.slipping_lead(&who, &f.money_whole(net, view.currency));
            let rest = if customers == 1 { t.slipping_rest_one() } else { t.slipping_rest() };
            let filter = CustomerFilter { slipping: true, ..CustomerFilter::default() };
            view! {
                <a class="headline__link" href=move || link(&customers_path(&filter))><em>{lead}</em></a>
                {rest}
            }
            .into_any()
        }
    };
    let own = t.customers(u64::from(view.own_rhythm), &f.count(view.own_rhythm));
    let own = if view.own_rhythm > 0 { t.own_rhythm_say(&own) } else { String::new() };
    let said = [t.slipping_means().to_owned(), t.limits(view.totals.limits), own];
    view! {
        <h1 class="headline">{lead}</h1>
        <p class="headline__sub">{t.sentences(&said)}</p>
    }
}

#[component]
fn States(view: Arc<ChurnView>) -> impl IntoView {
    let (t, f, link) = (words(), formats(), use_link());
    let all: u32 = view.totals.states.iter().map(|row| row.customers).sum();
    let currency = view.currency;
    let figure = move |row: ChurnRow| {
        let path = customers_path(&in_state(row.state));
        let share = f.percent(f64::from(row.customers) / f64::from(all.max(1)));
        let net = f.money_whole(row.net, currency);
        let spoken = format!("{net}, {share} {}", t.share_of_customers());
        let money = Delta { text: net, spoken, ..Delta::default() };
        let link = link.clone();
        view! {
            <Figure
                label=t.churn_state(row.state)
                value=f.count(row.customers)
                note=share
                delta=Some(money)
                href=Signal::derive(move || link(&path))
            />
        }
    };
    view! {
        <Figures label=t.silence_word()>
            {view.totals.states.iter().copied().map(figure).collect_view()}
        </Figures>
    }
}

#[component]
fn Warnings(view: Arc<ChurnView>) -> impl IntoView {
    let (t, f, link) = (words(), formats(), use_link());
    if view.warnings.is_empty() {
        return ().into_any();
    }
    let all = view.totals.of(ChurnState::AtRisk).map_or(0, |row| row.customers);
    let all = format!("{} {}", t.all(), f.count(all));
    let path = customers_path(&in_state(ChurnState::AtRisk));
    let shown = view.warnings.iter().take(MOST_WARNINGS);
    let (rows, currency) = (shown.len(), view.currency);
    let line = move |row: &EarlyWarning| view! { <Warning row=row.clone() currency /> };
    let lines = shown.map(line).collect_view();
    let heads = vec![
        Head::text(t.customer_word()),
        Head::number(t.silent()),
        Head::number(t.late_after()).hide_small(),
        Head::number(t.late_since()).hide_small(),
        Head::number(t.gone_on()).hide_small(),
        Head::number(t.so_far()),
    ];
    let tools = view! {
        <a class="link" data-action="see-at-risk" href=move || link(&path)>{all}</a>
        <FilterActs filter=in_state(ChurnState::AtRisk) id="warning-acts" />
    };
    view! {
        <TableCard id="early-warnings" heading=t.early_title() file_name="early-warnings.csv" note=t.early_note() heads rows tools=tools.into_any()>
            {lines}
        </TableCard>
    }
    .into_any()
}

#[component]
fn Warning(row: EarlyWarning, currency: Currency) -> impl IntoView {
    let (t, f, link) = (words(), formats(), use_link());
    let whose = if row.own_rhythm { t.own_limit() } else { t.shop_limit() };
    let limit = t.limit_of(&t.silent_days(&f.count(row.at_risk_days)), whose);
    let path = format!("/customer?id={}", row.id);
    view! {
        <tr data-warning-of=row.id.to_string()>
            <td><a class="table__link" href=move || link(&path)>{row.label}</a></td>
            <td class="n">{t.silent_days(&f.count(row.silent_days))}</td>
            <td class="n hide-small">{limit}</td>
            <td class="n hide-small">{f.day(row.since)}</td>
            <td class="n hide-small">{f.day(row.churns_on)}</td>
            <td class="n">{f.money_whole(row.net, currency)}</td>
        </tr>
    }
}

#[component]
fn Months(view: Arc<ChurnView>) -> impl IntoView {
    let (t, f) = (words(), formats());
    if view.months.iter().all(|it| it.churn_rate.or(it.win_back_rate).is_none()) {
        return said("churn-months", t.months_title(), t.months_none());
    }
    let rates = |of: fn(&ChurnMonth) -> Option<f64>| view.months.iter().map(of).collect();
    let month = |it: &ChurnMonth| f.month(it.start);
    let model = ChartModel::Line(LineModel {
        x_title: t.month_word().to_owned(),
        x_labels: view.months.iter().map(month).collect(),
        axis_labels: vec![],
        series: vec![
            Series::new(t.left_rate(), rates(|it| it.churn_rate), "--c2").shaped(Shape::Bars),
            Series::new(t.back_rate(), rates(|it| it.win_back_rate), "--c1").shaped(Shape::Bars),
        ],
        axis: ValueFormat::new(move |share| f.percent_with(share, 0)),
        full: ValueFormat::new(move |share| f.percent(share)),
        first_partial: false,
        last_incomplete: false,
        zero_based: true,
    });
    view! { <ChartCard heading=t.months_title() note=t.months_note() model=model texts=chart_texts(t) height_px=200 legend=true id="churn-months" file_name="churn-by-month.csv" /> }
        .into_any()
}

/// A card of which there is nothing to draw yet: what is missing.
fn said(id: &'static str, heading: &'static str, text: &'static str) -> AnyView {
    view! {
        <section class="card" id=id data-too-little>
            <h2>{heading}</h2>
            <p class="card__note">{text}</p>
        </section>
    }
    .into_any()
}
