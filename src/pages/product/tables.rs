//! The tables of the product page: what goes with it, who begins with it, who needs it again.

use crate::address::{customers_path, product_path, use_link};
use crate::components::{Head, TableCard};
use crate::list_acts::FilterActs;
use crate::settings::{formats, words};
use leptos::prelude::*;
use protocol::{Behind, Companion, CustomerFilter, DueRow, FirstValue, ProductView};

/// So many rows of a table are shown; the others are weaker.
const MOST_ROWS: usize = 12;

/// What is bought with it in one order, and what later.
pub(super) fn companions(view: &ProductView) -> AnyView {
    let (t, f) = (words(), formats());
    let days = t.days(u64::from(view.next_days), &f.count(view.next_days));
    let with = ("bought-with", "bought-with.csv", t.with_title());
    let next = ("bought-next", "bought-next.csv", t.next_title());
    view! {
        {card(view, &view.with, with, t.with_note().to_owned())}
        {card(view, &view.next, next, t.next_note(&days))}
    }
    .into_any()
}

fn card(
    view: &ProductView,
    rows: &[Companion],
    (id, file_name, heading): (&'static str, &'static str, &'static str),
    note: String,
) -> AnyView {
    let t = words();
    let heads = vec![
        Head::text(t.product_word()),
        Head::number(t.both_word()).hide_small(),
        Head::number(t.confidence_word()),
        Head::number(t.lift_word()),
        Head::number(t.offer_to()),
    ];
    let shown = rows.len().min(MOST_ROWS);
    let lines = if rows.is_empty() {
        view! { <tr><td colspan="5">{t.no_rules_here()}</td></tr> }.into_any()
    } else {
        rows.iter().take(MOST_ROWS).map(|it| companion(view, it)).collect_view().into_any()
    };
    view! {
        <TableCard id=id heading=heading file_name=file_name note=note heads rows=shown>
            {lines}
        </TableCard>
    }
    .into_any()
}

fn companion(view: &ProductView, row: &Companion) -> AnyView {
    let (t, f, link) = (words(), formats(), use_link());
    let product = product_path(&row.key);
    let mark = Behind::Bought { all: vec![view.row.key.clone()], without: vec![row.key.clone()] };
    let others = customers_path(&CustomerFilter::behind(mark));
    let label = t.who_has_not_label(&row.name, &view.row.name);
    let (to_product, to_others) = (link.clone(), link);
    view! {
        <tr data-companion=row.key.clone()>
            <td><a class="table__link" href=move || to_product(&product)>{row.name.clone()}</a></td>
            <td class="n hide-small">{f.count(row.both)}</td>
            <td class="n">{f.percent_with(row.confidence, 0)}</td>
            <td class="n"><b>{f.number(row.lift, 1)}</b></td>
            <td class="n" data-value=""><a class="link" aria-label=label href=move || to_others(&others)>{t.who_has_not()}</a></td>
        </tr>
    }
    .into_any()
}

/// What customers bring who began with it.
pub(super) fn first_values(view: &ProductView) -> Option<AnyView> {
    let (t, f, currency) = (words(), formats(), view.currency);
    if view.began == 0 {
        return None;
    }
    let money = |net: Option<f64>| {
        net.map_or_else(|| "–".to_owned(), |it| f.money_whole(it.round() as i64, currency))
    };
    let row = |it: &FirstValue| {
        let again = it.repeat_rate.map(|share| f.percent_with(share, 0));
        view! {
            <tr data-first-value=it.days.to_string()>
                <td>{t.days(u64::from(it.days), &f.count(it.days))}</td>
                <td class="n hide-small">{f.count(it.observed)}</td>
                <td class="n"><b>{money(it.net)}</b></td>
                <td class="n">{money(it.net_others)}</td>
                <td class="n">{again.unwrap_or_else(|| "–".to_owned())}</td>
            </tr>
        }
    };
    let heads = vec![
        Head::text(t.age_word()),
        Head::number(t.observed_word()).hide_small(),
        Head::number(t.net_each_word()),
        Head::number(t.others_each_word()),
        Head::number(t.ordered_again()),
    ];
    let note = t.first_value_note(&t.people(view.began));
    let rows = view.first.iter().map(row).collect_view();
    Some(
        view! {
            <TableCard id="first-value" heading=t.first_value_title() file_name="first-product-value.csv" note=note heads rows=view.first.len()>
                {rows}
            </TableCard>
        }
        .into_any(),
    )
}

/// Who is about to need it again.
pub(super) fn due(view: &ProductView) -> AnyView {
    let (t, f) = (words(), formats());
    if view.due.is_empty() {
        return view! {
            <section class="card" id="due">
                <h2>{t.due_title()}</h2>
                <p class="card__note">{t.product_due_none()}</p>
            </section>
        }
        .into_any();
    }
    let link = use_link();
    let filter = CustomerFilter::behind(Behind::Due(view.row.key.clone()));
    let path = customers_path(&filter);
    let all = format!("{} {}", t.all(), f.count(view.due_count));
    let tools = view! {
        <a class="link" data-action="see-due" href=move || link(&path)>{all}</a>
        <FilterActs filter=filter id="due-acts" />
    };
    let heads = vec![
        Head::text(t.customer_word()),
        Head::number(t.last_bought()).hide_small(),
        Head::number(t.due_word()),
    ];
    let row = |it: &DueRow| {
        let link = use_link();
        let path = format!("/customer?id={}", it.id);
        view! {
            <tr data-due>
                <td><a class="table__link" href=move || link(&path)>{it.label.clone()}</a></td>
                <td class="n hide-small">{f.day(it.last)}</td>
                <td class="n">{f.day(it.day)}</td>
            </tr>
        }
    };
    let rows = view.due.iter().take(MOST_ROWS).map(row).collect_view();
    view! {
        <TableCard id="due" heading=t.due_title() file_name="due-again.csv" note=t.due_note() heads rows=view.due.len().min(MOST_ROWS) tools=tools.into_any()>
            {rows}
        </TableCard>
    }
    .into_any()
}
