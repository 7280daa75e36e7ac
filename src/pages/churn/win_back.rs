//! Whom to win back first, with both factors of the priority.

use crate::address::{customers_path, use_lens, use_link};
use crate::components::{Head, TableCard, Tag, TagKind, WholeFile};
use crate::list_acts::FilterActs;
use crate::settings::{formats, words};
use leptos::prelude::*;
use model::Currency;
use protocol::{Behind, ChurnState, ChurnView, CustomerFilter, Request, WinBackQueue, WinBackRow};

/// So many are named, the first.
const MOST_ROWS: usize = 12;

pub(super) fn win_back(view: &ChurnView) -> AnyView {
    let t = words();
    let said = |state: &'static str, text: &'static str| {
        view! {
            <section class="card" id="win-back" data-models=state>
                <h2>{t.win_back_title()}</h2>
                <p class="card__note">{text}</p>
            </section>
        }
        .into_any()
    };
    if view.register.customers == 0 {
        // Nobody is to be won back.
        return ().into_any();
    }
    match &view.win_back {
        WinBackQueue::Pending => said("pending", t.win_back_pending()),
        WinBackQueue::NoModel => said("none", t.win_back_no_model()),
        WinBackQueue::Ready { rows, .. } if rows.is_empty() => ().into_any(),
        WinBackQueue::Ready { rows, customers } => queue(rows, *customers, view.currency),
    }
}

fn queue(rows: &[WinBackRow], customers: u32, currency: Currency) -> AnyView {
    let (t, f, link, lens) = (words(), formats(), use_link(), use_lens());
    let filter = CustomerFilter::behind(Behind::ToWinBack);
    let path = customers_path(&filter);
    let all = format!("{} {}", t.all(), f.count(customers));
    let tools = view! {
        <a class="link" data-action="see-win-back" href=move || link(&path)>{all}</a>
        <FilterActs filter=filter id="win-back-acts" />
    };
    let whole = Signal::derive(move || Request::ExportWinBack(lens.get()));
    let export = view! { <WholeFile request=whole file_name="win-back.csv" /> };
    let heads = vec![
        Head::text(t.customer_word()),
        Head::text(t.state_word()).hide_small(),
        Head::number(t.predicted_value()),
        Head::number(t.chance_lost()),
        Head::number(t.priority_word()).means(t.priority_means()),
        Head::text(t.offer_word()).hide_small(),
    ];
    let shown = rows.len().min(MOST_ROWS);
    let lines = rows.iter().take(MOST_ROWS).map(|row| line(row, currency)).collect_view();
    view! {
        <TableCard id="win-back" heading=t.win_back_title() file_name="win-back.csv" note=t.win_back_note() heads rows=shown tools=tools.into_any() export=export.into_any()>
            {lines}
        </TableCard>
    }
    .into_any()
}

fn line(row: &WinBackRow, currency: Currency) -> AnyView {
    let (t, f, link) = (words(), formats(), use_link());
    let path = format!("/customer?id={}", row.id);
    let kind = if row.state == ChurnState::Churned { TagKind::Bad } else { TagKind::Warn };
    view! {
        <tr data-win-back=row.id.to_string()>
            <td><a class="table__link" href=move || link(&path)>{row.label.clone()}</a></td>
            <td class="hide-small"><Tag text=t.churn_state(row.state) kind=kind /></td>
            <td class="n">{f.money(row.value, currency)}</td>
            <td class="n">{f.percent_with(f64::from(row.loss_milli) / 1_000.0, 1)}</td>
            <td class="n"><b>{f.money(row.priority, currency)}</b></td>
            <td class="hide-small table__quiet">{t.win_back_offer(row.loss_milli)}</td>
        </tr>
    }
    .into_any()
}
