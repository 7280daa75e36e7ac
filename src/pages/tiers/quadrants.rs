//! Whom to serve how: buyers on a plane of two figures with movable lines.

use crate::address::marks::{plane_code, plane_of};
use crate::address::{
    customers_path, use_change_query, use_lens, use_link, use_query, use_set_query,
};
use crate::components::{Segmented, Slider, TableExport};
use crate::pages::answered::answered_part;
use crate::pages::plane::plane;
use crate::settings::{formats, words};
use leptos::prelude::*;
use protocol::{
    Behind, CustomerFilter, Plane, QuadrantFilter, QuadrantPoint, QuadrantQuery, QuadrantsView,
    Request, Response,
};
use std::sync::Arc;

const PLANES: [Plane; 2] = [Plane::ValueNeed, Plane::EconomicStrategic];
/// The quarters from the one to serve best down: high across, high up.
const QUARTERS: [[bool; 2]; 4] = [[true, true], [false, true], [true, false], [false, false]];
/// What the lines are called in the URL, across and up.
const CUTS: [&str; 2] = ["cut_across", "cut_up"];

/// The card. Plane and lines stand in the URL.
#[component]
pub(super) fn Quadrants() -> impl IntoView {
    let t = words();
    let (lens, map, set_query) = (use_lens(), use_query(), use_set_query());
    let plane = Memo::new(move |_| plane_of(map.read().get_str("plane")));
    let cuts = Memo::new(move |_| {
        let map = map.read();
        let default = plane.get().default_cuts();
        let cut = |at: usize| map.get_str(CUTS[at]).and_then(|it| it.parse().ok());
        [0, 1].map(|at| cut(at).filter(|it| (1..=100).contains(it)).unwrap_or(default[at]))
    });
    let query = move || QuadrantQuery { lens: lens.get(), plane: plane.get(), cuts: cuts.get() };
    let take = Response::of_segments::<QuadrantsView>;
    let drawn =
        answered_part(move || Request::Quadrants(query()), take, |view| view! { <Drawn view /> });
    let name = |plane: Plane| match plane {
        Plane::ValueNeed => t.plane_of_need(),
        Plane::EconomicStrategic => t.plane_of_worth(),
    };
    let options = PLANES.map(|it| (plane_code(it).to_owned(), name(it).to_owned()));
    let choose = move |code: String| {
        let is_default = plane_of(Some(&code)) == Plane::default();
        let code = if is_default { String::new() } else { code };
        // Each plane has lines of its own.
        set_query(&[("plane", code), (CUTS[0], String::new()), (CUTS[1], String::new())]);
    };
    let note = move || match plane.get() {
        Plane::ValueNeed => t.plane_note_need(),
        Plane::EconomicStrategic => t.plane_note_worth(),
    };
    let across = Signal::derive(move || match plane.get() {
        Plane::ValueNeed => t.cut_need().to_owned(),
        Plane::EconomicStrategic => t.cut_worth().to_owned(),
    });
    view! {
        <section class="card" id="quadrants">
            <div class="card__head">
                <h2>{t.quadrants_title()}</h2>
                <TableExport file_name="quadrants.csv" label=t.download_csv() />
            </div>
            <Segmented
                name="plane"
                label=t.quadrants_title()
                options=Signal::stored(options.to_vec())
                value=Signal::derive(move || plane_code(plane.get()).to_owned())
                on_change=Callback::new(choose)
            />
            <p class="card__note">{note}</p>
            <div class="row row--fields cuts">
                <Cut at=0 id="cut-across" label=across cuts />
                <Cut at=1 id="cut-up" label=t.cut_up().to_owned() cuts />
            </div>
            {drawn}
        </section>
    }
}

/// A line that can be moved.
#[component]
fn Cut(
    /// Across or up.
    at: usize,
    id: &'static str,
    #[prop(into)] label: Signal<String>,
    cuts: Memo<[u8; 2]>,
) -> impl IntoView {
    let (t, f) = (words(), formats());
    let change_query = use_change_query();
    let moved = RwSignal::new(None::<i32>);
    let value = Signal::derive(move || i32::from(cuts.get()[at]));
    let text =
        Signal::derive(move || t.hundredth(&f.count(moved.get().unwrap_or_else(|| value.get()))));
    let go = move |(cut, again): (i32, bool)| change_query(&[(CUTS[at], cut.to_string())], again);
    view! {
        <div class="field">
            <label class="field__label" for=id>{label} " " <b>{text}</b></label>
            <Slider
                id=id
                ends=(1, 100)
                value=value
                moved=moved
                text=text
                hint=t.cut_hint()
                on_move=Callback::new(go)
            />
        </div>
    }
}

#[component]
fn Drawn(view: Arc<QuadrantsView>) -> impl IntoView {
    let (t, f) = (words(), formats());
    let told = match view.plane {
        Plane::ValueNeed => [true, true],
        Plane::EconomicStrategic => [true, false],
    };
    let (quarter, all) = (view.quarter(told), view.quarters.iter().map(|it| it.net).sum::<i64>());
    let share = f.percent(if all > 0 { quarter.net as f64 / all as f64 } else { 0.0 });
    let who = t.customers(u64::from(quarter.customers), &f.count(quarter.customers));
    let money = f.money_whole(quarter.net, view.currency);
    let lead = match view.plane {
        Plane::ValueNeed => t.quadrants_lead_need(&share, &who, &money),
        Plane::EconomicStrategic => t.quadrants_lead_worth(&share, &who, &money),
    };
    let rows = QUARTERS.map(|is_high| line(&view, is_high)).into_iter().collect_view();
    let signs = view.signs.iter().map(|it| {
        if it.customers > 0 {
            let who = t.customers(u64::from(it.customers), &f.count(it.customers));
            t.sign_known(t.sign(it.sign), &who)
        } else {
            t.sign_missing(t.sign(it.sign), t.sign_file(it.sign))
        }
    });
    let signs = signs.map(|it| view! { <li>{it}</li> }).collect_view();
    view! {
        <p class="card__lead">{lead}</p>
        <div class="columns columns--even">
            {picture(&view)}
            <div>
                <table class="table" aria-rowcount="5">
                    <thead>
                        <tr>
                            <th scope="col">{t.quarter_word()}</th>
                            <th scope="col" class="n">{t.nav_customers()}</th>
                            <th scope="col" class="n">{t.net()}</th>
                            <th scope="col" class="hide-small">{t.policy_word()}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
                <h3 class="card__part">{t.made_of()}</h3>
                <ul class="signs">{signs}</ul>
            </div>
        </div>
    }
}

fn line(view: &QuadrantsView, is_high: [bool; 2]) -> impl IntoView + use<> {
    let (t, f, link) = (words(), formats(), use_link());
    let QuadrantsView { plane, cuts, currency, .. } = *view;
    let cell = view.quarter(is_high);
    let behind = Some(Behind::Quadrant(QuadrantFilter { plane, cuts, is_high }));
    let path = customers_path(&CustomerFilter { behind, ..CustomerFilter::default() });
    view! {
        <tr data-quarter=cell.customers>
            <td><a class="table__link" href=move || link(&path)>{t.quarter(plane, is_high)}</a></td>
            <td class="n">{f.count(cell.customers)}</td>
            <td class="n">{f.money_whole(cell.net, currency)}</td>
            <td class="hide-small table__quiet">{t.policy(plane, is_high)}</td>
        </tr>
    }
}

/// Buyers as dots, greater where more of them stand, and the lines, with room for the greatest dot all
/// round. The table has the same numbers.
fn picture(view: &QuadrantsView) -> AnyView {
    let t = words();
    let most = view.points.iter().map(|it| it.customers).max().unwrap_or(1);
    let half = f64::from(QuadrantPoint::STEP) / 2.0;
    let dots = view.points.iter().map(|point| {
        let [x, y] = point.at.map(|it| f64::from(it) + half);
        let radius = 0.5 + 2.0 * (f64::from(point.customers) / f64::from(most)).sqrt();
        let is_high = [point.at[0] >= view.cuts[0], point.at[1] >= view.cuts[1]];
        let color = match is_high {
            [true, true] => "var(--c1)",
            [false, true] => "var(--c3)",
            [true, false] => "var(--c2)",
            [false, false] => "var(--c8)",
        };
        view! { <circle cx=x cy=104.0 - y r=radius style:fill=color /> }
    });
    let name = |is_high| t.quarter(view.plane, is_high).to_owned();
    let names = [[false, true], [true, true], [false, false], [true, false]].map(name);
    plane(dots.collect_view().into_any(), view.cuts.map(f64::from), names)
}
