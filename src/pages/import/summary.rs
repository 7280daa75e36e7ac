//! The result of an import.

use crate::components::{Icon, IconName};
use crate::import_flow::ImportFlow;
use crate::settings::{formats, words};
use leptos::prelude::*;
use protocol::ImportSummary;

/// The result, until it is dismissed.
pub fn summary_line(summary: &ImportSummary) -> impl IntoView + use<> {
    let (t, f) = (words(), formats());
    let flow = expect_context::<ImportFlow>();
    let run = summary.dry_run;
    let is_new = run.new + run.updated > 0;
    let heading = if is_new { t.summary_title() } else { t.nothing_new() };
    let mut parts = vec![format!("{} {}", f.count(run.new), t.new_word())];
    for (count, word) in [(run.updated, t.updated_word()), (run.identical, t.identical_word())] {
        if count > 0 {
            parts.push(format!("{} {word}", f.count(count)));
        }
    }
    if summary.rejected > 0 {
        parts.push(format!("{} {}", f.count(summary.rejected as f64), t.rejected_word()));
    }
    let mut brought = t.brought(summary, |count| f.count(count));
    if summary.orders > 0 || summary.records.is_empty() {
        brought.push(t.customers(u64::from(summary.customers), &f.count(summary.customers)));
    }
    let erased = (summary.erased > 0).then(|| {
        let said = t.rows_erased(summary.erased.into(), &f.count(summary.erased));
        view! { <span class="summary__more" data-import-erased=summary.erased>{said}</span> }
    });
    let unfinished = summary.unfinished.as_ref().map(|it| {
        view! { <span class="summary__more" role="alert" data-import-unfinished>{t.unfinished(it)}</span> }
    });
    view! {
        <section
            class="summary"
            role="status"
            data-import-summary
            data-orders=summary.orders
            data-customers=summary.customers
            data-new=run.new
            data-updated=run.updated
            data-identical=run.identical
            data-rejected=summary.rejected
            data-warnings=summary.warnings
        >
            <Icon name=IconName::Check />
            <p>
                <b>{heading} ": " {brought.join(" · ")}</b>
                <span class="summary__more">{parts.join(" · ")}</span>
                {erased}
                {unfinished}
            </p>
            <button class="button button--quiet" type="button" aria-label=t.close() on:click=move |_| flow.dismiss()>
                <Icon name=IconName::Close />
            </button>
        </section>
    }
}
