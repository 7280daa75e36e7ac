//! The register of those who are at risk or have left, and why.

use crate::address::{customers_path, use_lens, use_link};
use crate::components::{Head, ShareMeter, TableCard, Tag, TagKind, WholeFile};
use crate::edits::{Edit, Edits};
use crate::list_acts::FilterActs;
use crate::settings::{formats, words};
use leptos::prelude::*;
use model::Currency;
use protocol::{
    Behind, ChurnReason, ChurnState, ChurnView, CustomerEdit, CustomerFilter, ReasonRow,
    RegisterRow, Request, Verdict, WonBackRow,
};

/// So many are named here; the list and the file have all.
const MOST_ROWS: usize = 20;
/// The names that are proposed for whoever looks after a customer.
const OWNERS: &str = "register-owners";

pub(super) fn register(view: &ChurnView) -> Option<AnyView> {
    if view.register.customers == 0 {
        return None;
    }
    let (t, f, link, lens) = (words(), formats(), use_link(), use_lens());
    let heads = vec![
        Head::text(t.customer_word()),
        Head::text(t.state_word()).hide_small(),
        Head::number(t.entered_word()).hide_small(),
        Head::text(t.churn_reason_word()),
        Head::text(t.owner_word()),
        Head::number(t.tries_word()).hide_small(),
        Head::text(t.outcome_word()),
        Head::number(t.so_far()),
    ];
    let all = format!("{} {}", t.all(), f.count(view.register.customers));
    let path = customers_path(&CustomerFilter::behind(Behind::Leaving));
    let tools = view! {
        <a class="link" data-action="see-register" href=move || link(&path)>{all}</a>
        <FilterActs filter=CustomerFilter::behind(Behind::Leaving) id="register-acts" />
    };
    let whole = Signal::derive(move || Request::ExportRegister(lens.get()));
    let export = view! { <WholeFile request=whole file_name="churn-register.csv" /> };
    let (currency, register) = (view.currency, &view.register);
    let count_of = |customers: u32| f.count(customers);
    let outcomes = t.register_outcomes(
        &count_of(register.customers - register.lost),
        &count_of(register.lost),
        &count_of(register.won_back_customers),
        &t.of_late(),
    );
    let note = t.sentences(&[outcomes, t.register_note().to_owned()]);
    let owners = register.owners.iter().map(|it| view! { <option value=it.clone()></option> });
    let owners = view! { <datalist id=OWNERS>{owners.collect_view()}</datalist> };
    let shown = view.register.rows.iter().take(MOST_ROWS);
    let count = shown.len();
    let rows = shown.map(|row| view! { <Line row=row.clone() currency /> }).collect_view();
    Some(
        view! {
            <TableCard id="register" heading=t.register_title() file_name="churn-register.csv" note=note heads rows=count tools=tools.into_any() export=export.into_any() foot=owners.into_any()>
                {rows}
            </TableCard>
        }
        .into_any(),
    )
}

#[component]
fn Line(row: RegisterRow, currency: Currency) -> impl IntoView {
    let (t, f, link) = (words(), formats(), use_link());
    let path = format!("/customer?id={}", row.id);
    let kind = if row.state == ChurnState::Churned { TagKind::Bad } else { TagKind::Warn };
    let tries = row.contacted.last().map(|day| {
        let last = f.day(*day);
        view! { <span title=last>{f.count(row.contacted.len() as u32)}</span> }
    });
    view! {
        <tr data-register=row.id.to_string()>
            <td><a class="table__link" href=move || link(&path)>{row.label.clone()}</a></td>
            <td class="hide-small"><Tag text=t.churn_state(row.state) kind=kind /></td>
            <td class="n hide-small">{f.day(row.entered)}</td>
            <td data-value=t.churn_reason(row.reason)><ReasonChoice row=row.clone() /></td>
            <td data-value=row.owner.clone()><OwnerField row=row.clone() /></td>
            <td class="n hide-small" data-tries=row.contacted.len()>{tries}</td>
            <td data-value=t.verdict(row.verdict)><VerdictChoice row=row.clone() /></td>
            <td class="n">{f.money_whole(row.net, currency)}</td>
        </tr>
    }
}

/// The reason, which a person may change.
#[component]
fn ReasonChoice(row: RegisterRow) -> impl IntoView {
    let (t, edits) = (words(), Edits::here());
    let former = row.is_manual.then_some(row.reason);
    let probable = t.reason_probable(t.churn_reason(row.probable));
    let chosen = former.map_or("", ChurnReason::code);
    let manual = ChurnReason::ALL.into_iter().filter(|it| *it != ChurnReason::Unknown);
    let options = std::iter::once(("", probable))
        .chain(manual.map(|it| (it.code(), t.churn_reason(it).to_owned())));
    let id = row.id;
    let choose = move |code: String| {
        let now = ChurnReason::of_code(&code);
        let edit = Edit::customer(id, CustomerEdit::Reason(now), CustomerEdit::Reason(former));
        edits.write_or_tell(edit, t, t.reason_saved());
    };
    choice(format!("reason-{id}"), t.reason_of(&row.label), options, chosen, choose)
}

/// Who looks after the customer: written as it is left.
#[component]
fn OwnerField(row: RegisterRow) -> impl IntoView {
    let (t, edits) = (words(), Edits::here());
    let (id, former) = (row.id, row.owner.clone());
    let change = move |event: web_sys::Event| {
        let now = event_target_value(&event);
        let (now, back) = (CustomerEdit::Owner(now), CustomerEdit::Owner(former.clone()));
        edits.write_or_tell(Edit::customer(id, now, back), t, t.owner_saved());
    };
    view! {
        <input
            class="input input--owner"
            id=format!("owner-{id}")
            list=OWNERS
            maxlength="60"
            autocomplete="off"
            aria-label=t.owner_of(&row.label)
            prop:value=row.owner.clone()
            on:change=change
        />
    }
}

/// Whether winning back is still tried: as the silence has it, until a person says otherwise.
#[component]
fn VerdictChoice(row: RegisterRow) -> impl IntoView {
    let (t, edits) = (words(), Edits::here());
    let former = row.is_verdict_manual.then_some(row.verdict);
    let chosen = former.map_or("", Verdict::code);
    let by_silence = if former.is_some() {
        t.verdict_by_silence("–")
    } else {
        t.verdict_by_silence(t.verdict(row.verdict))
    };
    let options = std::iter::once(("", by_silence))
        .chain(Verdict::ALL.map(|it| (it.code(), t.verdict(it).to_owned())));
    let id = row.id;
    let choose = move |code: String| {
        let now = Verdict::of_code(&code);
        let (now, back) = (CustomerEdit::Verdict(now), CustomerEdit::Verdict(former));
        edits.write_or_tell(Edit::customer(id, now, back), t, t.outcome_saved());
    };
    choice(format!("outcome-{id}"), t.outcome_of(&row.label), options, chosen, choose)
}

/// What a person may say in place of what the data say, which is the first option.
fn choice(
    id: String,
    label: String,
    options: impl Iterator<Item = (&'static str, String)>,
    chosen: &'static str,
    choose: impl Fn(String) + 'static,
) -> AnyView {
    let options = options.map(|(code, text)| {
        view! { <option value=code selected=code == chosen>{text}</option> }
    });
    view! {
        <select
            class="chip chip--choice"
            class:chip--on=!chosen.is_empty()
            id=id
            aria-label=label
            on:change=move |event| choose(event_target_value(&event))
        >
            {options.collect_view()}
        </select>
    }
    .into_any()
}

/// Who was won back of late.
pub(super) fn won_back(view: &ChurnView) -> Option<AnyView> {
    let register = &view.register;
    if register.won_back_customers == 0 {
        return None;
    }
    let (t, f, link) = (words(), formats(), use_link());
    let filter = CustomerFilter::behind(Behind::WonBack);
    let path = customers_path(&filter);
    let all = format!("{} {}", t.all(), f.count(register.won_back_customers));
    let tools = view! {
        <a class="link" data-action="see-won-back" href=move || link(&path)>{all}</a>
        <FilterActs filter=filter id="won-back-acts" />
    };
    let heads = vec![
        Head::text(t.customer_word()),
        Head::text(t.owner_word()).hide_small(),
        Head::number(t.contacted_word()).hide_small(),
        Head::number(t.ordered_word()),
        Head::number(t.since_then()),
    ];
    let shown = register.won_back.iter().take(MOST_ROWS);
    let (rows, currency) = (shown.len(), view.currency);
    let lines = shown.map(|row| won_back_line(row, currency)).collect_view();
    let note = t.won_back_note(&t.of_late());
    Some(
        view! {
            <TableCard id="won-back" heading=t.won_back_title() file_name="won-back.csv" note=note heads rows tools=tools.into_any()>
                {lines}
            </TableCard>
        }
        .into_any(),
    )
}

fn won_back_line(row: &WonBackRow, currency: Currency) -> impl IntoView + use<> {
    let (f, link) = (formats(), use_link());
    let path = format!("/customer?id={}", row.id);
    view! {
        <tr data-won-back=row.id.to_string()>
            <td><a class="table__link" href=move || link(&path)>{row.label.clone()}</a></td>
            <td class="hide-small">{row.owner.clone()}</td>
            <td class="n hide-small">{f.day(row.contacted)}</td>
            <td class="n">{f.day(row.ordered)}</td>
            <td class="n">{f.money_whole(row.net_since, currency)}</td>
        </tr>
    }
}

/// The reasons of everybody on the register, the most frequent first, added up.
pub(super) fn reasons(view: &ChurnView) -> Option<AnyView> {
    if view.register.customers == 0 {
        return None;
    }
    let t = words();
    let heads = vec![
        Head::text(t.churn_reason_word()),
        Head::number(t.nav_customers()),
        Head::meter(t.share_word()),
        Head::number(t.so_far_share()),
        Head::number(t.spent_so_far()).hide_small(),
    ];
    let (all, currency) = (view.register.customers, view.currency);
    let mut added = 0;
    let line = |row: &ReasonRow| {
        added += row.customers;
        reason_line(*row, added, all, currency)
    };
    let rows: Vec<AnyView> = view.register.reasons.iter().map(line).collect();
    Some(
        view! {
            <TableCard id="reasons" heading=t.reasons_title() file_name="churn-reasons.csv" note=t.reasons_note() heads rows=view.register.reasons.len()>
                {rows}
            </TableCard>
        }
        .into_any(),
    )
}

fn reason_line(row: ReasonRow, added: u32, all: u32, currency: Currency) -> AnyView {
    let (t, f, link) = (words(), formats(), use_link());
    let share = |customers: u32| f64::from(customers) / f64::from(all.max(1));
    let path = customers_path(&CustomerFilter::behind(Behind::Reason(row.reason)));
    let own = share(row.customers);
    view! {
        <tr data-reason=row.reason.code()>
            <td><a class="table__link" href=move || link(&path)>{t.churn_reason(row.reason)}</a></td>
            <td class="n">{f.count(row.customers)}</td>
            <td><ShareMeter share=Signal::stored(own) text=f.percent_with(own, 0) color="--c1" /></td>
            <td class="n">{f.percent_with(share(added), 0)}</td>
            <td class="n hide-small">{f.money_whole(row.net, currency)}</td>
        </tr>
    }
    .into_any()
}
