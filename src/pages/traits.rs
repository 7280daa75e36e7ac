//! What kind of customer buys what, and who is like the best?

use super::answered::{answered, of_orders};
use super::title;
use crate::address::marks::{trait_kind_code, trait_kind_of};
use crate::address::{customers_path, product_path, use_lens, use_link, use_query, use_set_query};
use crate::components::{EmptyState, Head, Segmented, StateKind, TableCard};
use crate::list_acts::FilterActs;
use crate::settings::{formats, words};
use leptos::prelude::*;
use protocol::{
    Behind, CustomerFilter, LikeBest, LikeBestRow, Request, Response, TraitCell, TraitProduct,
    TraitRow, TraitsQuery, TraitsView, UntappedRow,
};
use std::sync::Arc;

/// A list that does better than chance by less than this says so.
const WEAK: f64 = 0.6;
/// So many rows of a list are shown.
const MOST_ROWS: usize = 12;

/// The traits screen.
#[component]
pub fn Traits() -> impl IntoView {
    title(words().nav_traits());
    let (lens, map) = (use_lens(), use_query());
    let query = Memo::new(move |_| TraitsQuery {
        lens: lens.get(),
        kind: map.read().get_str("by").and_then(trait_kind_of),
    });
    let take = Response::of_segments::<TraitsView>;
    of_orders(move || {
        answered(move || Request::Traits(query.get()), take, |view| view! { <Drawn view /> })
    })
}

#[component]
fn Drawn(view: Arc<TraitsView>) -> impl IntoView {
    let (t, link) = (words(), use_link());
    if view.kind.is_none() {
        return view! {
            <EmptyState title=t.traits_none_title() text=t.traits_none_text() kind=StateKind::TooLittle whole_screen=true>
                <a class="button button--primary" href=move || link("/import")>{t.nav_import()}</a>
            </EmptyState>
        }
        .into_any();
    }
    view! {
        {headline(&view)}
        <div class="stack">
            {table(&view)}
            <div class="columns columns--even">
                {untapped(&view)}
                {like_best(&view)}
            </div>
        </div>
    }
    .into_any()
}

fn name_of(it: &TraitProduct) -> String {
    if it.name.is_empty() { it.key.clone() } else { it.name.clone() }
}

/// The greatest lift that rests on enough customers.
fn headline(view: &TraitsView) -> AnyView {
    let (t, f) = (words(), formats());
    let cells = view.rows.iter().flat_map(|row| {
        row.cells.iter().zip(&view.products).map(move |(cell, product)| (row, cell, product))
    });
    let sure = cells.filter(|(_, cell, _)| !cell.is_small());
    let lift = |cell: &TraitCell| cell.lift.unwrap_or(0.0);
    let most = sure.max_by(|a, b| lift(a.1).total_cmp(&lift(b.1))).filter(|it| lift(it.1) > 1.0);
    let lead = match most {
        Some((row, cell, product)) => {
            let lead = t.traits_lead(&t.trait_name(&row.label), &name_of(product));
            view! { <em>{lead}</em> {t.traits_lead_rest(&f.number(lift(cell), 1))} }.into_any()
        }
        None => view! { <em>{t.traits_lead_none()}</em> }.into_any(),
    };
    view! {
        <h1 class="headline">{lead}</h1>
        <p class="headline__sub">{t.traits_sub()}</p>
    }
    .into_any()
}

fn table(view: &TraitsView) -> AnyView {
    let (t, set_query) = (words(), use_set_query());
    let options: Vec<(String, String)> = view
        .known
        .iter()
        .map(|it| (trait_kind_code(*it).to_owned(), t.trait_kind(*it).to_owned()))
        .collect();
    let chosen = view.kind.map_or_else(String::new, |it| trait_kind_code(it).to_owned());
    let choose = Callback::new(move |value: String| set_query(&[("by", value)]));
    let tools = view! {
        <Segmented name="by" label=t.trait_by() options=Signal::stored(options) value=Signal::stored(chosen) on_change=choose />
    };
    if !view.has_lines {
        return view! {
            <section class="card" id="traits">
                <div class="card__head card__head--wrap"><h2>{t.traits_table()}</h2> {tools}</div>
                <p class="card__note">{t.no_lines_text()}</p>
            </section>
        }
        .into_any();
    }
    let mut heads = vec![Head::text(t.trait_word()), Head::number(t.nav_customers())];
    heads.extend(view.products.iter().map(|it| Head::number(name_of(it))));
    let rows = view.rows.iter().map(trait_row).collect_view();
    view! {
        <TableCard id="traits" heading=t.traits_table() file_name="traits.csv" note=t.traits_note() heads rows=view.rows.len() tools=tools.into_any()>
            {rows}
        </TableCard>
    }
    .into_any()
}

fn trait_row(row: &TraitRow) -> AnyView {
    let (t, f) = (words(), formats());
    let cell = |it: &TraitCell| {
        let lift = it.lift.map_or_else(|| "–".to_owned(), |lift| f.number(lift, 1));
        let share = it.share.map_or_else(|| "–".to_owned(), |it| f.percent_with(it, 0));
        let said = t.trait_cell_said(&f.count(it.n), &f.count(row.customers), &share);
        let small = it.is_small();
        let class = if small { "n table__quiet" } else { "n" };
        let shown = lift.clone();
        let shown = if small { shown.into_any() } else { view! { <b>{shown}</b> }.into_any() };
        view! {
            <td class=class title=said data-n=it.n data-lift=lift.clone() data-small=small.to_string() data-value=lift>
                {shown} <small class="cell__n">{f.count(it.n)}</small>
            </td>
        }
    };
    view! {
        <tr data-trait=t.trait_name(&row.label)>
            <td>{t.trait_name(&row.label)}</td>
            <td class="n">{f.count(row.customers)}</td>
            {row.cells.iter().map(cell).collect_view()}
        </tr>
    }
    .into_any()
}

fn untapped(view: &TraitsView) -> AnyView {
    let t = words();
    if view.untapped.is_empty() {
        return view! {
            <section class="card" id="untapped">
                <h2>{t.untapped_title()}</h2>
                <p class="card__note">{t.untapped_none()}</p>
            </section>
        }
        .into_any();
    }
    let heads = vec![
        Head::text(t.trait_word()),
        Head::text(t.product_word()),
        Head::number(t.lift_word()),
        Head::number(t.have_it()).hide_small(),
        Head::number(t.have_not()),
    ];
    let rows = view.untapped.iter().take(MOST_ROWS);
    let count = rows.len();
    let rows = rows.map(untapped_row).collect_view();
    view! {
        <TableCard id="untapped" heading=t.untapped_title() file_name="untapped.csv" note=t.untapped_note() heads rows=count>
            {rows}
        </TableCard>
    }
    .into_any()
}

fn untapped_row(it: &UntappedRow) -> AnyView {
    let (t, f, link) = (words(), formats(), use_link());
    let mark = Behind::Untapped { label: it.label.clone(), without: it.product.key.clone() };
    let path = customers_path(&CustomerFilter::behind(mark));
    let product = product_path(&it.product.key);
    let (to_product, others) = (link.clone(), f.count(it.others));
    let label = t.behind_untapped(&t.trait_name(&it.label), &name_of(&it.product));
    view! {
        <tr data-untapped=it.others>
            <td>{t.trait_name(&it.label)}</td>
            <td><a class="table__link" href=move || to_product(&product)>{name_of(&it.product)}</a></td>
            <td class="n"><b>{f.number(it.lift, 1)}</b></td>
            <td class="n hide-small">{f.count(it.n)}</td>
            <td class="n"><a class="link" aria-label=label href=move || link(&path)>{others}</a></td>
        </tr>
    }
    .into_any()
}

fn like_best(view: &TraitsView) -> AnyView {
    let (t, f) = (words(), formats());
    let said = |text: String| {
        view! {
            <section class="card" id="like-best">
                <h2>{t.like_best_title()}</h2>
                <p class="card__note">{text}</p>
            </section>
        }
        .into_any()
    };
    let (area, are_prospects, count, rows) = match &view.like_best {
        LikeBest::TooFew { best, others } => {
            return said(t.like_too_few(&f.count(*best), &f.count(*others)));
        }
        LikeBest::Found { count: 0, .. } => return said(t.like_nobody().to_owned()),
        LikeBest::Found { area, are_prospects, count, rows } => {
            (*area, *are_prospects, *count, rows)
        }
    };
    let note = t.sentences(&[
        if are_prospects { t.like_prospects() } else { t.like_seldom() }.to_owned(),
        t.like_check(&f.number(area * 100.0, 0)),
        if area < WEAK { t.like_weak().to_owned() } else { String::new() },
    ]);
    let link = use_link();
    let filter = CustomerFilter::behind(Behind::LikeBest);
    let path = customers_path(&filter);
    let all = format!("{} {}", t.all(), f.count(count));
    let tools = view! {
        <a class="link" data-action="see-like-best" href=move || link(&path)>{all}</a>
        <FilterActs filter=filter id="like-best-acts" of_all=true />
    };
    let heads = vec![
        Head::text(t.customer_word()),
        Head::number(t.number_of_orders()).hide_small(),
        Head::text(t.reasons_word()),
    ];
    let shown = rows.len().min(MOST_ROWS);
    let lines = rows.iter().take(MOST_ROWS).map(like_row).collect_view();
    view! {
        <TableCard id="like-best" heading=t.like_best_title() file_name="like-the-best.csv" note=note heads rows=shown tools=tools.into_any()>
            {lines}
        </TableCard>
    }
    .into_any()
}

fn like_row(it: &LikeBestRow) -> AnyView {
    let (t, f, link) = (words(), formats(), use_link());
    let path = format!("/customer?id={}", it.id);
    let reason = |(label, times): &(protocol::Trait, f64)| {
        t.reason_said(&t.trait_name(label), &f.number(*times, 1))
    };
    let reasons: Vec<String> = it.reasons.iter().map(reason).collect();
    view! {
        <tr data-like-best=it.orders>
            <td><a class="table__link" href=move || link(&path)>{it.label.clone()}</a></td>
            <td class="n hide-small">{f.count(it.orders)}</td>
            <td>{t.list(&reasons)}</td>
        </tr>
    }
    .into_any()
}
