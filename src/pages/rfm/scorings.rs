//! The same customers by fifths and by fixed cuts, side by side.

use crate::address::use_lens;
use crate::components::{DataTable, ShareMeter, TableExport, Tag, Wide};
use crate::i18n::group_color;
use crate::pages::answered::answered_part;
use crate::settings::{formats, words};
use leptos::prelude::*;
use protocol::{GroupRow, Request, Response, ScoringsView};
use std::sync::Arc;

use super::cuts::{bounds, ranges};

/// The card.
#[component]
pub(super) fn Scorings() -> impl IntoView {
    let lens = use_lens();
    let take = Response::of_segments::<ScoringsView>;
    answered_part(move || Request::Scorings(lens.get()), take, |view| view! { <Drawn view /> })
}

#[component]
fn Drawn(view: Arc<ScoringsView>) -> impl IntoView {
    let (t, f) = (words(), formats());
    let Some((cuts, fixed)) = &view.fixed else { return ().into_any() };
    let note = if view.is_chosen { t.ways_note_chosen() } else { t.ways_note() };
    let both = view.fifths.groups.iter().zip(&fixed.groups);
    let rows = both.map(|(fifths, fixed)| line(*fifths, *fixed, &view)).collect_view();
    let height = rows.len() + 1;
    let by_fifths = ranges(&view.fifths.cuts, t, f, view.currency);
    let by_values = bounds(cuts, f, view.currency);
    let scores = by_fifths.into_iter().zip(by_values).map(|(fifths, fixed)| {
        let pairs = fifths.into_iter().zip(fixed).enumerate();
        pairs.flat_map(|(at, (a, b))| if at == 0 { vec![a] } else { vec![a, b] }).collect()
    });
    let scores: Vec<Vec<String>> = scores.collect();
    let of = |scale: &str, way: &str| (format!("{scale}, {way}"), true);
    let scales = [t.days_since(), t.number_of_orders(), t.money_spent()];
    let ways = [t.fifths_short(), t.fixed_short()];
    let mut columns = vec![(t.score().to_owned(), false)];
    columns.extend(scales.iter().flat_map(|scale| ways.map(|way| of(scale, way))));
    view! {
        <section class="card" id="rfm-ways">
            <div class="card__head">
                <h2>{t.ways_title()}</h2>
                <TableExport file_name="rfm-side-by-side.csv" label=t.download_csv() />
            </div>
            <p class="card__note">{note}</p>
            <div class="stack">
                <table class="table" aria-label=t.ways_title() aria-rowcount=height>
                    <thead>
                        <tr>
                            <th scope="col">{t.group_word()}</th>
                            <th scope="col" class="n">{t.by_fifths()}</th>
                            <th scope="col" class="n">{t.by_fixed()}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
                <div data-table>
                    <div class="card__head">
                        <h3 class="card__part">{t.ways_cuts()}</h3>
                        <TableExport file_name="rfm-cuts-side-by-side.csv" label=t.download_csv() />
                    </div>
                    <Wide label=t.ways_cuts()>
                        <DataTable caption=t.ways_cuts() columns=columns rows=scores hide_caption=true />
                    </Wide>
                </div>
            </div>
        </section>
    }
    .into_any()
}

fn line(fifths: GroupRow, fixed: GroupRow, view: &ScoringsView) -> impl IntoView + use<> {
    let (t, f) = (words(), formats());
    let all: u32 = view.fifths.groups.iter().map(|it| it.customers).sum();
    let color = group_color(fifths.group);
    let meter = move |row: GroupRow| {
        let share = f64::from(row.customers) / f64::from(all.max(1));
        view! { <ShareMeter share=Signal::stored(share) text=f.count(row.customers) color=color /> }
    };
    view! {
        <tr>
            <td><Tag text=t.group(fifths.group) color=color /></td>
            <td class="n">{meter(fifths)}</td>
            <td class="n">{meter(fixed)}</td>
        </tr>
    }
}
