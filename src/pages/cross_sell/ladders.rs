//! To whom the next size is offered?

use super::{keys, linked, names};
use crate::address::{customers_path, use_link};
use crate::components::{Head, TableCard};
use crate::settings::{formats, words};
use leptos::prelude::*;
use protocol::{BasketsView, Behind, CustomerFilter, LadderView, RungRow};

/// Products of one kind by price, each leading to those for whom it is the highest.
pub(super) fn ladders(view: &BasketsView) -> Option<AnyView> {
    let (t, f) = (words(), formats());
    if view.ladders.is_empty() {
        return None;
    }
    let rungs = |ladder: &LadderView| {
        let rung = |(at, it): (usize, &RungRow)| {
            let higher: Vec<u32> = ladder.rungs[at + 1..].iter().map(|it| it.product).collect();
            view! {
                <tr data-rung>
                    <td>{linked(view, &[it.product])}</td>
                    <td class="n">{f.count(it.owners)}</td>
                    <td class="n">{f.count(it.climbed)}</td>
                    <td class="n">{ready(view, it, &higher)}</td>
                </tr>
            }
        };
        let rungs = ladder.rungs.iter().enumerate().map(rung).collect_view();
        view! { <tr><th scope="rowgroup" colspan="4">{ladder.kind.clone()}</th></tr> {rungs} }
    };
    let rows: usize = view.ladders.iter().map(|it| it.rungs.len() + 1).sum();
    let lines = view.ladders.iter().map(rungs).collect_view();
    let heads = vec![
        Head::text(t.product_word()),
        Head::number(t.owners_word()),
        Head::number(t.climbed_word()),
        Head::number(t.ready_word()),
    ];
    Some(
        view! {
            <TableCard id="ladders" heading=t.ladders_title() file_name="ladders.csv" note=t.ladders_note() heads rows>
                {lines}
            </TableCard>
        }
        .into_any(),
    )
}

/// For how many a rung is the highest, leading to them: who has it and none above.
fn ready(view: &BasketsView, rung: &RungRow, higher: &[u32]) -> AnyView {
    let (t, f, link) = (words(), formats(), use_link());
    let count = f.count(rung.candidates);
    if rung.candidates == 0 {
        return count.into_any();
    }
    let mark = Behind::Bought { all: keys(view, &[rung.product]), without: keys(view, higher) };
    let path = customers_path(&CustomerFilter::behind(mark));
    let label = t.ready_label(&count, &names(view, &[rung.product]));
    view! {
        <a class="table__link" data-ready=rung.candidates aria-label=label href=move || link(&path)>{count}</a>
    }
    .into_any()
}
