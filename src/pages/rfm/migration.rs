//! Who went from one group, class or tier to another between two days.

use crate::address::labels::{kind_code, kind_of};
use crate::address::{customers_path, use_lens, use_link, use_query, use_set_query};
use crate::components::{Field, Segmented, TableExport};
use crate::pages::answered::answered_part;
use crate::pages::matrix::{matrix, who_meets};
use crate::settings::{formats, words};
use leptos::prelude::*;
use model::ShopDay;
use protocol::{CrossQuery, CrossView, LabelKind, Request, Response, RowsOn};
use std::cmp::Reverse;
use std::sync::Arc;

/// What is followed from one day to another.
const KINDS: [LabelKind; 3] = [LabelKind::Group, LabelKind::Class, LabelKind::Tier];
/// So many of the largest moves are named; the grid has all.
const MOST_MOVES: usize = 8;

/// The card. Its kind of labels and its earlier day stand in the URL.
#[component]
pub(super) fn Migration() -> impl IntoView {
    let (lens, map) = (use_lens(), use_query());
    let query = Memo::new(move |_| {
        let map = map.read();
        let kind = map.get_str("by").and_then(kind_of).filter(|it| KINDS.contains(it));
        let kind = kind.unwrap_or_default();
        let since = map.get_str("since").and_then(ShopDay::parse_iso);
        CrossQuery {
            lens: lens.get(),
            rows: kind,
            columns: kind,
            rows_on: since.map_or(RowsOn::BeforePeriod, RowsOn::Day),
        }
    });
    let take = Response::of_segments::<CrossView>;
    let since = RwSignal::new(None);
    let drawn = answered_part(
        move || Request::Cross(query.get()),
        take,
        move |view: Arc<CrossView>| {
            since.set(view.since.map(|day| (day, view.as_of)));
            view! { <Drawn view /> }
        },
    );
    view! {
        <section class="card" id="migration">
            <Head kind=Signal::derive(move || query.read().rows) since />
            {drawn}
        </section>
    }
}

/// What the grid is of. Apart from the grid, so that the focus stays when another one comes.
#[component]
fn Head(
    kind: Signal<LabelKind>,
    /// The earlier day, and the as-of day that it is not to pass.
    since: RwSignal<Option<(ShopDay, ShopDay)>>,
) -> impl IntoView {
    let t = words();
    let set_query = use_set_query();
    let name = |kind: LabelKind| match kind {
        LabelKind::Class => t.classes_title(),
        LabelKind::Tier => t.nav_tiers(),
        _ => t.groups_title(),
    };
    let options = KINDS.map(|kind| (kind_code(kind).to_owned(), name(kind).to_owned()));
    let choose = move |code: String| {
        let is_default = kind_of(&code) == Some(LabelKind::default());
        set_query(&[("by", if is_default { String::new() } else { code })]);
    };
    let iso = move || since.get().map_or_else(String::new, |(day, _)| day.to_string());
    let latest = move || since.get().map(|(_, as_of)| as_of.to_string());
    view! {
        <h2>{t.migration_title()}</h2>
        <p class="card__note">{t.migration_note()}</p>
        <div class="row row--fields">
            <Segmented
                name="by"
                label=t.moves_of()
                options=Signal::stored(options.to_vec())
                value=Signal::derive(move || kind_code(kind.get()).to_owned())
                on_change=Callback::new(choose)
            />
            <Field id="since" label=t.compared_day() let:ids>
                <input
                    class="input"
                    type="date"
                    id=ids.input
                    max=latest
                    prop:value=iso
                    on:change:target=move |event| {
                        let text = event.target().value();
                        if text.is_empty() || ShopDay::parse_iso(&text).is_some() {
                            set_query(&[("since", text)]);
                        }
                    }
                />
            </Field>
        </div>
    }
}

#[component]
fn Drawn(view: Arc<CrossView>) -> impl IntoView {
    let (t, f) = (words(), formats());
    let moves = moves(&view);
    let moved: u32 = moves.iter().map(|it| it.customers).sum();
    let all = view.total().customers;
    let all = t.customers(u64::from(all), &f.count(all));
    let since = f.day(view.since.unwrap_or(view.as_of));
    let lead = match moved {
        0 => t.migration_nobody().to_owned(),
        moved => t.migration_lead(&f.count(moved), &all, &since),
    };
    let currency = view.currency;
    let rows = moves.into_iter().take(MOST_MOVES).map(|it| {
        let link = use_link();
        let filter = who_meets(
            [view.row_condition(it.from), view.column_condition(it.to)]
                .into_iter()
                .flatten()
                .collect(),
        );
        let from = t.label(view.rows_by, view.rows[it.from].as_ref());
        let to = t.label(view.columns_by, view.columns[it.to].as_ref());
        view! {
            <tr>
                <td>
                    <a class="table__link" href=move || link(&customers_path(&filter))>
                        {format!("{from} → {to}")}
                    </a>
                </td>
                <td class="n">{f.count(it.customers)}</td>
                <td class="n">{f.money_whole(it.net, currency)}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let height = rows.len() + 1;
    let list = (height > 1).then(|| {
        view! {
            <div class="card__head">
                <h3 class="card__part">{t.largest_moves()}</h3>
                <TableExport file_name="largest-moves.csv" label=t.download_csv() />
            </div>
            <table class="table" aria-rowcount=height>
                <thead>
                    <tr>
                        <th scope="col">{t.moved_from()} " → " {t.moved_to()}</th>
                        <th scope="col" class="n">{t.nav_customers()}</th>
                        <th scope="col" class="n">{t.net()}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
    });
    view! {
        <p class="card__lead" data-moved=moved aria-live="polite">{lead}</p>
        {matrix(&view, t.migration_title(), true, "moves.csv")}
        {list}
    }
}

/// A move from a row to another column.
struct Move {
    from: usize,
    to: usize,
    customers: u32,
    net: i64,
}

/// All moves, the largest first.
fn moves(view: &CrossView) -> Vec<Move> {
    let mut moves: Vec<Move> = (0..view.rows.len())
        .flat_map(|from| (0..view.columns.len()).map(move |to| (from, to)))
        .filter(|&(from, to)| view.rows[from] != view.columns[to])
        .map(|(from, to)| {
            let cell = view.cell(from, to);
            Move { from, to, customers: cell.customers, net: cell.net }
        })
        .filter(|it| it.customers > 0)
        .collect();
    moves.sort_by_key(|it| Reverse((it.customers, it.net)));
    moves
}
