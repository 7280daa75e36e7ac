//! Customers who are alike, each kind ready to be saved.

use super::{rule_path, save_button, size_cells};
use crate::address::{use_lens, use_link};
use crate::components::{EmptyState, Head, StateKind, TableCard};
use crate::pages::answered::answered_part;
use crate::settings::{formats, words};
use leptos::prelude::*;
use protocol::{ClusterRow, ClustersView, Lens, Request, Response};
use std::sync::Arc;

#[component]
pub(super) fn Clusters() -> impl IntoView {
    let lens = use_lens();
    let question = move || Request::Clusters(Lens { segment: None, ..lens.get() });
    answered_part(question, Response::of_segments::<ClustersView>, |view| view! { <Drawn view /> })
}

#[component]
fn Drawn(view: Arc<ClustersView>) -> impl IntoView {
    let (t, f, link) = (words(), formats(), use_link());
    let currency = view.currency;
    if view.clusters.is_empty() {
        return view! {
            <section class="card" id="clusters">
                <EmptyState title=t.clusters_title() text=t.clusters_none() kind=StateKind::TooLittle />
            </section>
        }
        .into_any();
    }
    let count = view.clusters.len();
    let lead = t.clusters_lead(&f.count(count as u32));
    let sample = view.sample.map(|it| t.clusters_sample(&f.count(it)));
    let note: Vec<String> =
        [Some(lead), Some(t.clusters_note().to_owned()), sample].into_iter().flatten().collect();
    let heads = vec![
        Head::text(t.cluster_word()),
        Head::number(t.nav_customers()),
        Head::meter(t.share_of_people()).hide_small(),
        Head::meter(t.share_of_net()),
        Head::number(t.cluster_days()).hide_small(),
        Head::number(t.nav_orders()).hide_small(),
        Head::number(t.cluster_each()).hide_small(),
        Head::text(""),
    ];
    let lines = view.clusters.iter().enumerate().map(|(at, row)| {
        let name = t.cluster_name(row.signs);
        let rule = ClusterRow::rule(at);
        let href = untrack(|| link(&rule_path(&rule, &name)));
        view! {
            <tr data-cluster=row.size.customers>
                <td><a class="table__link" href=href>{name.clone()}</a></td>
                {size_cells(Some(row.size), currency)}
                <td class="n hide-small">{f.number(row.days, 0)}</td>
                <td class="n hide-small">{f.number(row.orders, 1)}</td>
                <td class="n hide-small">{f.money(row.net_each.round() as i64, currency)}</td>
                <td>{save_button(name, rule)}</td>
            </tr>
        }
    });
    let lines = lines.collect_view();
    view! {
        <TableCard id="clusters" heading=t.clusters_title() note=t.sentences(&note) file_name="clusters.csv" heads=heads rows=count>
            {lines}
        </TableCard>
    }
    .into_any()
}
