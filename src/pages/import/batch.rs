//! An import of the past on a page of its own: what came of it, and its way back.

use super::batches::{TakeBack, counts};
use super::found::{known, rejected};
use crate::address::use_link;
use crate::client::Engine;
use crate::components::{EmptyState, StateKind, Tag, TagKind};
use crate::settings::{formats, words};
use crate::timings;
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::{BatchPage, Problem, Request, Response};

/// The page of an import.
pub fn past_import(id: u32) -> AnyView {
    let engine = expect_context::<Engine>();
    let page = RwSignal::new(None::<Result<BatchPage, Problem>>);
    // Asked again when the data change: it may have been taken back.
    Effect::new(move || {
        if engine.revision.get() > 0 {
            spawn_local(async move {
                let answer = match engine.ask(Request::Batch(id)).await {
                    Ok(Response::Batch(page)) => Ok(*page),
                    Ok(_) => Err(Problem::OtherBuild),
                    Err(problem) => Err(problem),
                };
                page.try_set(Some(answer));
            });
        }
    });
    view! {
        {move || {
            page.get()
                .map(|page| {
                    timings::content_is_there();
                    match page {
                        Ok(page) => drawn(page),
                        Err(problem) => failed(&problem),
                    }
                })
        }}
    }
    .into_any()
}

fn failed(problem: &Problem) -> AnyView {
    let t = words();
    view! { <EmptyState title=t.problem_title() text=t.problem(problem) kind=StateKind::Error /> }
        .into_any()
}

fn drawn(page: BatchPage) -> AnyView {
    let (t, f, link) = (words(), formats(), use_link());
    let BatchPage { batch, size, warnings, grave, rejected_rows } = page;
    let platform = t.platform(&batch.platform);
    let about = [f.moment(batch.imported_at_ms), platform.to_owned(), t.bytes(size)].join(" · ");
    let end = if batch.undone {
        view! { <Tag text=t.taken_back() kind=TagKind::Neutral /> }.into_any()
    } else {
        view! { <TakeBack batch=batch.clone() /> }.into_any()
    };
    let rows = t.rows(batch.rows, &f.count(batch.rows as f64));
    view! {
        <a class="link" href=untrack(|| link("/import"))>{t.all_imports()}</a>
        <h1 class="headline">{batch.file_name.clone()}</h1>
        <p class="headline__sub">{about}</p>
        <section class="found-set found" data-import-batch=batch.id>
            <div class="row batch__head"><p><b>{rows}": "</b>{counts(&batch)}</p>{end}</div>
            <p class="card__note">{t.imports_note()}</p>
            {known(warnings, grave as usize)}
            {rejected(batch.rejected, &rejected_rows)}
        </section>
    }
    .into_any()
}
