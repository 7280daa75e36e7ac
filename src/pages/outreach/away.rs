//! Who is done with or put off, until when, and the way back.

use super::row::reason;
use crate::address::use_link;
use crate::components::{Head, TableCard};
use crate::list_acts::Acts;
use crate::settings::{formats, words};
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::{AwayRow, ListAct, OutreachView, Snooze};

pub(super) fn away(view: &OutreachView) -> Option<AnyView> {
    if view.away_rows.is_empty() {
        return None;
    }
    let (t, f) = (words(), formats());
    let heads = vec![
        Head::text(t.customer_word()),
        Head::text(t.reason_filter()),
        Head::number(t.back_word()),
        Head::number(""),
    ];
    let rows = view.away_rows.iter().map(line).collect_view();
    let shown = view.away_rows.len();
    let note = t.away_note(&f.count(shown as f64), &f.count(view.away));
    Some(
        view! {
            <TableCard id="put-off" heading=t.away_title() file_name="put-off.csv" note=note heads rows=shown>
                {rows}
            </TableCard>
        }
        .into_any(),
    )
}

fn line(row: &AwayRow) -> AnyView {
    let (t, f, link, acts) = (words(), formats(), use_link(), Acts::here());
    let path = format!("/customer?id={}", row.id);
    let (id, who, kinds) = (row.id, row.label.clone(), row.kinds.clone());
    let back = move |_| {
        let act = ListAct::Snooze(kinds.clone(), Snooze::Over);
        spawn_local(acts.act_on(id, who.clone(), act));
    };
    view! {
        <tr data-away=row.id.to_string()>
            <td><a class="table__link" href=move || link(&path)>{row.label.clone()}</a></td>
            <td>{row.kinds.iter().map(|kind| reason(*kind)).collect_view()}</td>
            <td class="n">{f.day(row.back)}</td>
            <td class="n" data-value="">
                <button class="button" type="button" data-action="take-back" aria-label=t.take_back_for(&row.label) on:click=back>
                    {t.take_back()}
                </button>
            </td>
        </tr>
    }
    .into_any()
}
