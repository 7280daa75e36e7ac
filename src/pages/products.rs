//! Which products bring buyers, and bring them back?

use super::answered::{answered, of_orders};
use super::title;
use crate::address::{Query, product_path, use_lens, use_link, use_query, use_set_query};
use crate::components::{Column, EmptyState, Sort, StateKind, TableExport, Wide};
use crate::settings::{formats, words};
use leptos::prelude::*;
use protocol::{ProductFigures, ProductsView, Request, Response};
use std::sync::Arc;

/// So many rows are drawn.
const MOST_ROWS: usize = 200;

/// By what the list is sorted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    Name,
    Buyers,
    Sales,
    Again,
    Returned,
    First,
    Due,
}

/// Names of the orders in the URL.
const SORTS: [(&str, By); 7] = [
    ("name", By::Name),
    ("buyers", By::Buyers),
    ("sales", By::Sales),
    ("again", By::Again),
    ("returned", By::Returned),
    ("first", By::First),
    ("due", By::Due),
];

impl By {
    fn code(self) -> &'static str {
        SORTS.iter().find(|(_, it)| *it == self).map_or("", |(name, _)| name)
    }

    /// What is compared; nothing known comes last.
    fn value(self, it: &ProductFigures) -> f64 {
        let known = |it: Option<f64>| it.unwrap_or(-1.0);
        match self {
            By::Name => 0.0,
            By::Buyers => f64::from(it.row.buyers),
            By::Sales => it.sales as f64,
            By::Again => known(it.row.repurchase_rate),
            By::Returned => known(it.return_rate()),
            By::First => known(it.first_90),
            By::Due => f64::from(it.due_next_30),
        }
    }
}

/// What stands in the URL.
#[derive(Clone, PartialEq, Eq)]
struct Shown {
    sort: By,
    descending: bool,
    search: String,
}

impl Shown {
    fn order(&self) -> Sort {
        Sort { key: self.sort.code().to_owned(), descending: self.descending }
    }
}

/// The list of products.
#[component]
pub fn Products() -> impl IntoView {
    title(words().nav_products());
    let lens = use_lens();
    let take = Response::of_segments::<ProductsView>;
    of_orders(move || {
        answered(move || Request::Products(lens.get()), take, |view| view! { <Drawn view /> })
    })
}

#[component]
fn Drawn(view: Arc<ProductsView>) -> impl IntoView {
    let (t, link) = (words(), use_link());
    if view.products.is_empty() {
        return view! {
            <EmptyState title=t.no_lines() text=t.no_lines_text() kind=StateKind::TooLittle whole_screen=true>
                <a class="button button--primary" href=move || link("/import")>{t.nav_import()}</a>
            </EmptyState>
        }
        .into_any();
    }
    view! {
        {headline(&view)}
        <List view />
    }
    .into_any()
}

fn name_of(it: &ProductFigures) -> &str {
    if it.row.name.is_empty() { &it.row.key } else { &it.row.name }
}

fn headline(view: &ProductsView) -> AnyView {
    let (t, f) = (words(), formats());
    let lead = view.products.first().map(|it| {
        let buyers = t.people(it.row.buyers);
        view! { <em>{t.products_lead(name_of(it), &buyers)}</em> {t.products_lead_rest(&buyers)} }
    });
    let count = t.products_of(view.count.into(), &f.count(view.count));
    let due = t.purchases_of(view.due_next_30.into(), &f.count(view.due_next_30));
    let sub = t.products_sub(&count, &due);
    view! {
        <h1 class="headline">{lead}</h1>
        <p class="headline__sub" data-products=view.count>{sub}</p>
    }
    .into_any()
}

/// What is shown, as the URL has it.
fn shown_of(map: &Query) -> Shown {
    let sort = map.get_str("sort").and_then(|it| SORTS.iter().find(|(name, _)| *name == it));
    let sort = sort.map_or(By::Buyers, |it| it.1);
    let descending = map.get_str("dir").map_or(sort != By::Name, |it| it == "desc");
    Shown { sort, descending, search: map.get("q").unwrap_or_default() }
}

#[component]
fn List(view: Arc<ProductsView>) -> impl IntoView {
    let t = words();
    let (map, set_query) = (use_query(), use_set_query());
    let shown = Memo::new(move |_| shown_of(&map.read()));
    let heads = [
        (By::Name, t.product_word(), ""),
        (By::Buyers, t.buyers_word(), "n"),
        (By::Sales, t.sales_word(), "n hide-small"),
        (By::Again, t.repurchase_word(), "n"),
        (By::Returned, t.return_rate_word(), "n hide-small"),
        (By::First, t.first_90_word(), "n hide-small"),
        (By::Due, t.demand_word(), "n"),
    ];
    let heads = heads.map(|(sort, name, class)| view! { <SortHead sort name class shown /> });
    let found = {
        let view = view.clone();
        Memo::new(move |_| places(&view.products, &shown.read()))
    };
    let rows = {
        let view = view.clone();
        move || {
            let found = found.read();
            if found.is_empty() {
                let text = t.no_such_product(&shown.read().search);
                return view! { <tr><td colspan="7">{text}</td></tr> }.into_any();
            }
            let rows = found.iter().take(MOST_ROWS).map(|at| row(&view, &view.products[*at]));
            rows.collect_view().into_any()
        }
    };
    let said = move || note(&view, found.read().len());
    view! {
        <section class="card" id="products">
            <div class="card__head card__head--wrap">
                <h2>{t.products_table()}</h2>
                <span class="row">
                    <input class="input input--find" type="search" aria-label=t.find_product() placeholder=t.find_product() id="product-search"
                        prop:value=move || shown.read().search.clone()
                        on:input=move |event| set_query(&[("q", event_target_value(&event))]) />
                    <TableExport file_name="products.csv" label=t.download_csv() />
                </span>
            </div>
            <p class="card__note">{said}</p>
            <Wide label=t.products_table()>
                <table class="table" aria-label=t.products_table() aria-rowcount=move || found.read().len() + 1>
                    <thead>
                        <tr>{heads.into_iter().collect_view()}</tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </Wide>
        </section>
    }
}

/// A column's name that sorts by it.
#[component]
fn SortHead(
    sort: By,
    name: &'static str,
    class: &'static str,
    shown: Memo<Shown>,
) -> impl IntoView {
    let (t, set_query) = (words(), use_set_query());
    let column = Column::new(sort.code(), name).sortable();
    let is_text = sort == By::Name;
    let column = if is_text { column } else { column.numeric() };
    let column = StoredValue::new(column);
    let direction = move || column.with_value(|it| shown.read().order().aria(it));
    let sign = move || match direction() {
        Some("descending") => "↓",
        Some("ascending") => "↑",
        _ => "",
    };
    // On the inner side of the name, as in the list of customers, so that numbers and names end alike.
    let arrow =
        move |is_here: bool| is_here.then(|| view! { <span aria-hidden="true">{sign}</span> });
    let press = move |_| {
        let next = column.with_value(|it| shown.read_untracked().order().pressed(it));
        let dir = if next.descending { "desc" } else { "asc" };
        set_query(&[("sort", next.key), ("dir", dir.to_owned())]);
    };
    view! {
        <th scope="col" class=class aria-sort=direction>
            <button class="quiet-link" type="button" title=t.sort_by(name) data-sort=sort.code() on:click=press>
                {arrow(!is_text)} {name} {arrow(is_text)}
            </button>
        </th>
    }
}

/// What the figures mean, and what is left out of sight.
fn note(view: &ProductsView, found: usize) -> String {
    let (t, f) = (words(), formats());
    let cut = (found > MOST_ROWS)
        .then(|| t.products_cut(&f.count(MOST_ROWS as f64), &f.count(found as f64)));
    let usual = view.usual_first_90.map(|it| f.money_whole(it.round() as i64, view.currency));
    let usual = usual.map(|it| t.products_usual(&it));
    let (listed, all) = (view.products.len() as f64, f64::from(view.count));
    let left_out = (listed < all).then(|| t.products_left_out(&f.count(listed), &f.count(all)));
    let further = [usual, cut, left_out].map(Option::unwrap_or_default);
    let [usual, cut, left_out] = further;
    t.sentences(&[t.products_note().to_owned(), usual, cut, left_out])
}

/// The places of the products that are shown, in order.
fn places(products: &[ProductFigures], shown: &Shown) -> Vec<usize> {
    let wanted = shown.search.trim().to_lowercase();
    let fits = |it: &ProductFigures| {
        wanted.is_empty()
            || name_of(it).to_lowercase().contains(&wanted)
            || it.row.key.to_lowercase().contains(&wanted)
    };
    let mut places: Vec<usize> = (0..products.len()).filter(|at| fits(&products[*at])).collect();
    tiny_sort::stable::sort_by(&mut places, |a, b| {
        let (a, b) = (&products[*a], &products[*b]);
        let order = match shown.sort {
            By::Name => name_of(a).cmp(name_of(b)),
            sort => sort.value(a).total_cmp(&sort.value(b)),
        };
        if shown.descending { order.reverse() } else { order }
    });
    places
}

fn row(view: &ProductsView, it: &ProductFigures) -> AnyView {
    let (t, f, link) = (words(), formats(), use_link());
    let path = product_path(&it.row.key);
    let share = |it: Option<f64>| it.map_or_else(|| "–".to_owned(), |it| f.percent_with(it, 0));
    let first = it.first_90.map(|net| f.money_whole(net.round() as i64, view.currency));
    let observed = t.customers(it.began_observed.into(), &f.count(it.began_observed));
    view! {
        <tr data-product=it.row.key.clone()>
            <td><a class="table__link" href=move || link(&path)>{name_of(it).to_owned()}</a></td>
            <td class="n">{f.count(it.row.buyers)}</td>
            <td class="n hide-small">{f.money_whole(it.sales, view.currency)}</td>
            <td class="n">{share(it.row.repurchase_rate)}</td>
            <td class="n hide-small">{share(it.return_rate())}</td>
            <td class="n hide-small" title=observed>{first.unwrap_or_else(|| "–".to_owned())}</td>
            <td class="n">{f.count(it.due_next_30)}</td>
        </tr>
    }
    .into_any()
}
