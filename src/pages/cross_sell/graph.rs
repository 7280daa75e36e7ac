//! The product graph: which products attract each other, as a picture and as a table.

use super::{linked, names};
use crate::address::{product_path, use_link};
use crate::components::TableExport;
use crate::settings::{formats, words};
use leptos::prelude::*;
use protocol::{BasketsView, PairRow};
use std::f64::consts::TAU;

/// So many pairs are drawn, those that explain most orders.
const MOST_PAIRS: usize = 14;
/// So many products are told apart by their numbers on a telephone.
const MOST_NODES: usize = 10;
/// Radius of the circle on which products stand, in percent of the picture.
const CIRCLE: f64 = 40.0;
/// Sizes of products by their orders, in pixels. The least can be hit with a finger.
const SIZES: [f64; 2] = [28.0, 46.0];

/// What is drawn: products by their place in the view's list, and the pairs of them.
struct Graph {
    nodes: Vec<u32>,
    pairs: Vec<PairRow>,
}

impl Graph {
    /// The strongest pairs, as long as there is room for their products. Who belongs together stands
    /// together: after a product comes its strongest partner that does not stand yet.
    fn of(view: &BasketsView) -> Graph {
        let mut known: Vec<u32> = Vec::new();
        let mut pairs: Vec<PairRow> = Vec::new();
        for pair in view.affinity.iter().take(MOST_PAIRS) {
            let new: Vec<u32> =
                pair.products.into_iter().filter(|it| !known.contains(it)).collect();
            if known.len() + new.len() <= MOST_NODES {
                known.extend(new);
                pairs.push(*pair);
            }
        }
        let mut nodes: Vec<u32> = Vec::new();
        for first in known {
            let mut next = Some(first).filter(|it| !nodes.contains(it));
            while let Some(node) = next {
                nodes.push(node);
                let mut partners = pairs.iter().filter_map(|it| it.other(node));
                next = partners.find(|it| !nodes.contains(it));
            }
        }
        Graph { nodes, pairs }
    }

    /// The number by which a product is told apart, from 1.
    fn number(&self, product: u32) -> usize {
        self.nodes.iter().position(|it| *it == product).map_or(0, |at| at + 1)
    }

    /// Across and down, in percent.
    fn place(&self, product: u32) -> [f64; 2] {
        let at = self.number(product) as f64 - 1.0;
        let angle = TAU * (at / self.nodes.len() as f64 - 0.25);
        [50.0 + angle.cos() * CIRCLE, 50.0 + angle.sin() * CIRCLE]
    }
}

/// The card; nothing where no two products attract each other.
pub(super) fn graph(view: &BasketsView) -> Option<AnyView> {
    let t = words();
    let graph = Graph::of(view);
    if graph.pairs.is_empty() {
        return None;
    }
    Some(
        view! {
            <section class="card" id="graph">
                <div class="card__head">
                    <h2>{t.graph_title()}</h2>
                    <TableExport file_name="product-graph.csv" label=t.download_csv() />
                </div>
                <p class="card__note">{t.graph_note()}</p>
                <div class="columns columns--even">
                    {picture(view, &graph)}
                    {table(view, &graph)}
                </div>
            </section>
        }
        .into_any(),
    )
}

fn picture(view: &BasketsView, graph: &Graph) -> AnyView {
    let t = words();
    let strongest = graph.pairs.iter().map(|it| it.lift.ln()).fold(f64::MIN_POSITIVE, f64::max);
    let edges = graph.pairs.iter().map(|pair| {
        let [[x1, y1], [x2, y2]] = pair.products.map(|it| graph.place(it));
        let width = 0.6 + 2.0 * pair.lift.ln().max(0.0) / strongest;
        view! { <line class="graph__edge" x1=x1 y1=y1 x2=x2 y2=y2 stroke-width=width /> }
    });
    let nodes = graph.nodes.iter().map(|product| node(view, graph, *product));
    view! {
        <div class="graph" role="group" aria-label=t.graph_title()>
            <svg class="graph__edges" viewBox="0 0 100 100" aria-hidden="true">{edges.collect_view()}</svg>
            {nodes.collect_view()}
        </div>
    }
    .into_any()
}

/// A product, leading to its page.
fn node(view: &BasketsView, graph: &Graph, product: u32) -> Option<AnyView> {
    let (t, f, link) = (words(), formats(), use_link());
    let row = view.products.get(product as usize)?;
    let all = graph.nodes.iter().filter_map(|it| view.products.get(*it as usize));
    let most = all.map(|it| it.orders).max().unwrap_or(1).max(1);
    let share = (f64::from(row.orders) / f64::from(most)).sqrt();
    let size = SIZES[0] + (SIZES[1] - SIZES[0]) * share;
    let [x, y] = graph.place(product);
    let orders = t.orders(u64::from(row.orders), &f.count(row.orders));
    let name = format!("{} · {orders}", row.name);
    let path = product_path(&row.key);
    Some(
        view! {
            <a
                class="graph__node"
                data-node=row.key.clone()
                title=name.clone()
                aria-label=name
                style:left=format!("{x:.2}%")
                style:top=format!("{y:.2}%")
                style:width=format!("{size:.0}px")
                href=move || link(&path)
            >
                {graph.number(product).to_string()}
            </a>
        }
        .into_any(),
    )
}

/// The same pairs as a table, each product with its number in the picture.
fn table(view: &BasketsView, graph: &Graph) -> AnyView {
    let (t, f) = (words(), formats());
    let product = |it: u32| {
        view! { <span class="graph__number">{graph.number(it).to_string()}</span> " " {linked(view, &[it])} }
    };
    let rows = graph.pairs.iter().map(|pair| {
        let [one, other] = pair.products;
        view! {
            <tr data-pair>
                <td data-value=names(view, &[one])>{product(one)}</td>
                <td data-value=names(view, &[other])>{product(other)}</td>
                <td class="n hide-small">{f.count(pair.both)}</td>
                <td class="n"><b>{f.number(pair.lift, 1)}</b></td>
            </tr>
        }
    });
    view! {
        <div class="table-wide">
            <table class="table" aria-label=t.graph_title() aria-rowcount=graph.pairs.len() + 1>
                <thead>
                    <tr>
                        <th scope="col">{t.product_word()}</th>
                        <th scope="col">{t.goes_with_word()}</th>
                        <th scope="col" class="n hide-small">{t.both_word()}</th>
                        <th scope="col" class="n">{t.lift_word()}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{Currency, ShopDay};

    fn view(pairs: &[[u32; 2]]) -> BasketsView {
        let pair = |products: &[u32; 2]| PairRow {
            products: *products,
            both: 5,
            lift: 2.0,
            leverage: 0.1,
        };
        BasketsView {
            revision: 1,
            as_of: ShopDay::from_number(0),
            currency: Currency::USD,
            baskets: 1,
            least_orders: 1,
            products: Vec::new(),
            rules: Vec::new(),
            rule_count: 0,
            later: Vec::new(),
            later_days: 0,
            affinity: pairs.iter().map(pair).collect(),
            breadth: Vec::new(),
            due: Vec::new(),
            due_count: 0,
            ladders: Vec::new(),
        }
    }

    #[test]
    fn every_product_of_a_pair_stands_once_beside_its_partner() {
        let graph = Graph::of(&view(&[[7, 2], [4, 5], [2, 9]]));
        assert_eq!(graph.nodes, [7, 2, 9, 4, 5]);
        assert_eq!((graph.number(9), graph.pairs.len()), (3, 3));
        // At the top, then clockwise.
        let [x, y] = graph.place(7);
        assert!((x - 50.0).abs() < 1e-9 && (y - 10.0).abs() < 1e-9);
        assert!(graph.place(2)[0] > 50.0);
        // No more products than can be told apart.
        let many: Vec<[u32; 2]> = (0..MOST_PAIRS as u32).map(|it| [2 * it, 2 * it + 1]).collect();
        assert_eq!(Graph::of(&view(&many)).nodes.len(), MOST_NODES);
        assert_eq!(Graph::of(&view(&[])).nodes.len(), 0);
    }
}
