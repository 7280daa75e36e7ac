//! What was found in a file about people.

use crate::settings::{formats, words};
use leptos::prelude::*;
use model::{OrderState, RecordKind};
use protocol::{BatchView, FileReport};

/// The figures of a file about people, before its span of days.
pub(super) fn figures(file: &FileReport) -> AnyView {
    let (t, f) = (words(), formats());
    let rows = t.rows(file.rows, &f.count(file.rows as f64));
    let records = t.records_of(Some(file.kind), file.records.into(), &f.count(file.records));
    let links = &file.links;
    let about = match file.kind {
        RecordKind::Contacts => {
            vec![(links.known, t.have_bought()), (links.unknown, t.never_bought())]
        }
        RecordKind::Summaries => {
            let orders = file.currencies.iter().map(|it| it.valid_orders).sum();
            vec![(orders, t.summed_orders())]
        }
        _ => vec![(links.known, t.of_customers()), (links.orders, t.about_orders())],
    };
    let about = about.into_iter().map(|(count, word)| {
        view! { <div class="found__fact"><b>{f.count(count)}</b><span>{word}</span></div> }
    });
    view! {
        <div class="found__fact" data-found-records=file.records>
            <b>{records}</b>
            <span>{rows}</span>
        </div>
        {about.collect_view()}
    }
    .into_any()
}

/// What is to be known of whose the records are.
pub(super) fn sentences(file: &FileReport) -> Vec<(&'static str, Option<String>)> {
    let (t, f) = (words(), formats());
    let links = &file.links;
    let is_list = file.kind == RecordKind::Contacts;
    let some = |count: u32, say: &dyn Fn(u64, &str) -> String| {
        (count > 0).then(|| say(count.into(), &f.count(count)))
    };
    let unknown = if is_list { 0 } else { links.unknown };
    vec![
        ("unknown", some(unknown, &|n, shown| t.from_unknown(n, shown))),
        ("shared", some(links.shared, &|n, shown| t.from_shared(n, shown))),
        ("nobody", some(links.nobody, &|n, shown| t.from_nobody(n, shown))),
        ("orphans", some(links.orphans, &|n, shown| t.about_orphans(n, shown))),
        ("of-others", some(links.of_others, &|n, shown| t.about_others(n, shown))),
        ("claims", some(links.claims, &|n, shown| t.claims_more(n, shown))),
    ]
}

/// What an import of the past holds, part by part.
pub(super) fn counts(batch: &BatchView) -> Vec<String> {
    let (t, f) = (words(), formats());
    if batch.kind != RecordKind::Orders {
        return vec![t.records_of(Some(batch.kind), batch.records.into(), &f.count(batch.records))];
    }
    counts_of(&batch.platform, batch.orders, batch.customers)
}

/// Whether a file is one of several tables, which has not all of an order.
pub(super) fn is_part(source: &str) -> bool {
    model::Part::of_source(source).is_some()
}

/// Orders and customers of a file; of a table that has not all of an order, those that it has.
pub(super) fn counts_of(source: &str, orders: u32, customers: u32) -> Vec<String> {
    let (t, f) = (words(), formats());
    let is_whole = !is_part(source);
    let counts = [
        (orders, t.orders(u64::from(orders), &f.count(orders))),
        (customers, t.customers(u64::from(customers), &f.count(customers))),
    ];
    let told = counts.into_iter().filter(|(count, _)| is_whole || *count > 0);
    told.map(|(_, text)| text).collect()
}

/// Orders, or other records, of a file.
pub(super) const fn count(file: &FileReport) -> u32 {
    file.orders + file.records
}

/// What all files hold; `None`: not all the same, or refunds that are no orders beside orders.
pub(super) fn kind_of(files: &[FileReport]) -> Option<RecordKind> {
    let is_refund = |&(state, count): &(OrderState, u32)| state == OrderState::Refund && count > 0;
    if files.iter().any(|file| file.states.iter().any(is_refund)) {
        return None;
    }
    let mut kinds = files.iter().filter(|file| file.refusal.is_none()).map(|file| file.kind);
    let first = kinds.next().unwrap_or_default();
    kinds.all(|kind| kind == first).then_some(first)
}
