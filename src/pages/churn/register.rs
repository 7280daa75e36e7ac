//! The register of those who are at risk or have left, and why.

use crate::address::{customers_path, use_lens, use_link};
use crate::client::Engine;
use crate::components::{Head, Icon, IconName, ShareMeter, TableCard, Tag, TagKind, Toasts};
use crate::download::download;
use crate::edits::{Edit, Edits};
use crate::list_acts::FilterActs;
use crate::settings::{formats, words};
use leptos::prelude::*;
use model::Currency;
use protocol::{
    Behind, ChurnReason, ChurnState, ChurnView, CustomerEdit, CustomerFilter, ReasonRow,
    RegisterRow, Request,
};

/// So many are named here; the list and the file have all.
const MOST_ROWS: usize = 20;

pub(super) fn register(view: &ChurnView) -> Option<AnyView> {
    if view.register.customers == 0 {
        return None;
    }
    let (t, f, link, lens) = (words(), formats(), use_link(), use_lens());
    let (engine, toasts) = (expect_context::<Engine>(), expect_context::<Toasts>());
    let heads = vec![
        Head::text(t.customer_word()),
        Head::text(t.state_word()).hide_small(),
        Head::number(t.entered_word()).hide_small(),
        Head::text(t.churn_reason_word()),
        Head::number(t.tries_word()).hide_small(),
        Head::number(t.so_far()),
    ];
    let all = format!("{} {}", t.all(), f.count(view.register.customers));
    let path = customers_path(&CustomerFilter::behind(Behind::Leaving));
    let tools = view! {
        <a class="link" data-action="see-register" href=move || link(&path)>{all}</a>
        <FilterActs filter=CustomerFilter::behind(Behind::Leaving) id="register-acts" />
    };
    let save = move |_| {
        let request = Request::ExportRegister(lens.get_untracked());
        download(engine, toasts, request, "churn-register.csv");
    };
    let export = view! {
        <button class="button button--quiet" type="button" data-action="export-csv" title=t.download_csv() aria-label=t.download_csv() on:click=save>
            <Icon name=IconName::Download />
        </button>
    };
    let currency = view.currency;
    let shown = view.register.rows.iter().take(MOST_ROWS);
    let count = shown.len();
    let rows = shown.map(|row| view! { <Line row=row.clone() currency /> }).collect_view();
    Some(
        view! {
            <TableCard id="register" heading=t.register_title() file_name="churn-register.csv" note=t.register_note() heads rows=count tools=tools.into_any() export=export.into_any()>
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
            <td class="n hide-small">{tries}</td>
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
    let options = options.map(|(code, text)| {
        view! { <option value=code selected=code == chosen>{text}</option> }
    });
    let id = row.id;
    let change = move |event: web_sys::Event| {
        let now = ChurnReason::of_code(&event_target_value(&event));
        let edit = Edit::customer(id, CustomerEdit::Reason(now), CustomerEdit::Reason(former));
        let then = move |written: Result<(), _>| {
            if let Err(problem) = written {
                edits.tell(t, &problem);
            }
        };
        edits.write(edit, t, t.reason_saved(), then);
    };
    view! {
        <select
            class="chip chip--choice"
            class:chip--on=row.is_manual
            id=format!("reason-{id}")
            aria-label=t.reason_of(&row.label)
            on:change=change
        >
            {options.collect_view()}
        </select>
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
