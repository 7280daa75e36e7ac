//! The eight classes.

use crate::address::{customers_path, use_link};
use crate::components::{Head, TableCard};
use crate::settings::{formats, words};
use leptos::prelude::*;
use model::Currency;
use protocol::{Analysis, ClassCut, ClassRow, CustomerFilter};
use std::sync::Arc;

/// How many customers each class has, and where high begins.
#[component]
pub(super) fn Classes(
    /// The figures, as they come.
    known: Signal<Option<Arc<Analysis>>>,
) -> impl IntoView {
    let scored = move || known.get().filter(|it| it.rfm.scored > 0);
    move || scored().map(|analysis| view! { <Drawn analysis /> })
}

#[component]
fn Drawn(analysis: Arc<Analysis>) -> impl IntoView {
    let (t, f) = (words(), formats());
    let (days, orders, money) = analysis.rfm.class_cuts;
    let cut = analysis.rfm.choice.classes;
    let decimals = match cut {
        ClassCut::Mean | ClassCut::Median => 1,
        ClassCut::Constants(_) => 0,
    };
    let days = t.days(days.round() as u64, &f.number(days, decimals));
    let money = f.money(money.round() as i64, analysis.currency);
    let orders = f.number(orders, decimals);
    let note = t.classes_note(t.class_cut(cut), &days, &orders, &money);
    let currency = analysis.currency;
    let rows = analysis.rfm.classes.clone();
    let height = rows.len();
    let heads =
        vec![Head::text(t.class_word()), Head::number(t.nav_customers()), Head::number(t.net())];
    view! {
        <TableCard id="rfm-classes" heading=t.classes_title() file_name="rfm-classes.csv" note=note heads rows=height>
            {rows.into_iter().map(|row| view! { <ClassLine row currency /> }).collect_view()}
        </TableCard>
    }
}

#[component]
fn ClassLine(row: ClassRow, currency: Currency) -> impl IntoView {
    let (t, f) = (words(), formats());
    let link = use_link();
    let filter = CustomerFilter { class: Some(row.class), ..CustomerFilter::default() };
    view! {
        <tr>
            <td><a class="table__link" href=move || link(&customers_path(&filter))>{t.class(row.class)}</a></td>
            <td class="n">{f.count(row.customers)}</td>
            <td class="n">{f.money_whole(row.net, currency)}</td>
        </tr>
    }
}
