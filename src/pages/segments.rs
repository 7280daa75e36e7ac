//! Which customers have something in common? Saved segments, some to begin with, and who is alike.

use super::answered::answered;
use super::segment::{delete_button, write_segment};
use super::title;
use crate::address::{use_lens, use_link};
use crate::components::{Head, ShareMeter, TableCard};
use crate::data::Data;
use crate::edits::Edits;
use crate::list_acts::fresh_segment_id;
use crate::settings::{formats, words};
use leptos::prelude::*;
use model::Currency;
use protocol::{
    Lens, Members, Request, Response, SegmentRow, SegmentSize, SegmentsView, StoredSegment,
    SuggestedRow,
};
use std::sync::Arc;

mod clusters;
mod combine;

use clusters::Clusters;
use combine::Combine;

/// The list of segments.
#[component]
pub fn Segments() -> impl IntoView {
    title(words().nav_segments());
    let (data, lens) = (expect_context::<Data>(), use_lens());
    let has_data = Memo::new(move |_| data.is_empty() == Some(false));
    // Segments are of all customers, whichever is looked at alone elsewhere.
    let question = move || Request::Segments(Lens { segment: None, ..lens.get() });
    view! {
        {answered(question, Response::of_segments::<SegmentsView>, |view| view! { <Drawn view /> })}
        // Apart from the list: who is alike does not change with what is saved.
        <Show when=move || has_data.get()>
            <div class="stack"><Clusters /></div>
        </Show>
    }
}

#[component]
fn Drawn(view: Arc<SegmentsView>) -> impl IntoView {
    let (t, f, link) = (words(), formats(), use_link());
    let count = view.saved.len() as u32;
    let lead = if count == 0 {
        t.segments_none().to_owned()
    } else {
        t.segments_lead(count.into(), &f.count(count))
    };
    let rest = (count > 0).then(|| t.segments_rest());
    let new = untrack(|| link("/segment"));
    let saved = (count > 0).then(|| saved_card(&view));
    let names: Vec<StoredSegment> = view.saved.iter().map(|it| it.segment.clone()).collect();
    view! {
        <div class="page-head">
            <div>
                <h1 class="headline"><em>{lead}</em> " " {rest}</h1>
                <p class="headline__sub">{t.segments_sub()}</p>
            </div>
            <a class="button button--primary" data-action="segment-new" href=new>{t.segment_new()}</a>
        </div>
        <div class="stack">
            {saved}
            {(count > 1).then(|| view! { <Combine segments=names /> })}
            {(!view.suggested.is_empty()).then(|| suggested_card(&view))}
        </div>
    }
}

fn heads(last: &'static str) -> Vec<Head> {
    let t = words();
    vec![
        Head::text(t.segment_word()),
        Head::number(t.nav_customers()),
        Head::meter(t.share_of_people()).hide_small(),
        Head::meter(t.share_of_net()),
        Head::text(last),
    ]
}

/// Customers and shares of a segment, as cells.
fn size_cells(size: Option<SegmentSize>, currency: Currency) -> AnyView {
    let f = formats();
    let meter = |share: Option<f64>, color: &'static str| {
        share.map(|it| view! { <ShareMeter share=it text=f.percent(it) color=color /> })
    };
    let net = size.map(|it| f.money_whole(it.net, currency));
    view! {
        <td class="n">{size.map(|it| f.count(it.customers))}</td>
        <td class="hide-small">{meter(size.and_then(|it| it.share()), "--c1")}</td>
        <td title=net>{meter(size.and_then(|it| it.share_of_net()), "--c2")}</td>
    }
    .into_any()
}

fn saved_card(view: &SegmentsView) -> AnyView {
    let t = words();
    let currency = view.currency;
    let lines = view.saved.iter().map(|row| saved_line(row, currency)).collect_view();
    view! {
        <TableCard id="segments-saved" heading=t.segments_saved() file_name="segments.csv" heads=heads(t.segment_kind()) rows=view.saved.len()>
            {lines}
        </TableCard>
    }
    .into_any()
}

fn saved_line(row: &SegmentRow, currency: Currency) -> AnyView {
    let (t, f, link) = (words(), formats(), use_link());
    let segment = row.segment.clone();
    let (name, id) = (segment.name().to_owned(), segment.id);
    let kind = match segment.members() {
        Members::Rule(_) => t.segment_by_rule().to_owned(),
        Members::Fixed(day) => t.segment_fixed_on(&f.day(day)),
        Members::NotUnderstood => t.segment_not_understood().to_owned(),
    };
    let is_known = segment.members() != Members::NotUnderstood;
    let href = untrack(|| link(&format!("/segment?id={id}")));
    let look = untrack(|| link(&format!("/?segment={id}")));
    let edits = Edits::here();
    let original = segment.clone();
    let clone = move |_| {
        let id = fresh_segment_id();
        let name = t.segment_copy_of(original.name());
        // A copy of fixed customers means those who are in the first.
        let rule = match original.members() {
            Members::Fixed(_) => format!("all({})", original.id.as_rule()),
            _ => original.rule_text().to_owned(),
        };
        let now = StoredSegment::of_rule(id, &name, &rule);
        let nothing = StoredSegment { id, text: String::new() };
        write_segment(edits, now, nothing, t.segment_saved(&name), || {});
    };
    let named = move |what: &str, name: &str| format!("{what}: {name}");
    let shown = name.clone();
    let (look_label, clone_label) =
        (named(t.segment_look(), &name), named(t.segment_clone(), &name));
    view! {
        <tr data-segment=name data-customers=row.size.map(|it| it.customers)>
            <td><a class="table__link" href=href>{shown}</a></td>
            {size_cells(row.size, currency)}
            <td>
                <span class="row segment__ways">
                    <span class="table__quiet">{kind}</span>
                    {is_known.then(|| view! {
                        <a class="link" data-action="segment-look" aria-label=look_label href=look>{t.segment_look()}</a>
                        <button class="link" type="button" data-action="segment-clone" name=format!("clone-{id}") aria-label=clone_label on:click=clone>{t.segment_clone()}</button>
                    })}
                    {delete_button(segment, || {})}
                </span>
            </td>
        </tr>
    }
    .into_any()
}

fn suggested_card(view: &SegmentsView) -> AnyView {
    let t = words();
    let currency = view.currency;
    let is_new = |row: &&SuggestedRow| {
        !view.saved.iter().any(|it| it.segment.rule_text() == row.suggestion.rule())
    };
    let rows: Vec<&SuggestedRow> = view.suggested.iter().filter(is_new).collect();
    if rows.is_empty() {
        return ().into_any();
    }
    let count = rows.len();
    let lines = rows.into_iter().map(|row| suggested_line(row, currency)).collect_view();
    view! {
        <TableCard id="segments-suggested" heading=t.segments_suggested() note=t.segments_suggested_note() file_name="suggested-segments.csv" heads=heads("") rows=count>
            {lines}
        </TableCard>
    }
    .into_any()
}

fn suggested_line(row: &SuggestedRow, currency: Currency) -> AnyView {
    let (t, link) = (words(), use_link());
    let name = t.suggestion(row.suggestion);
    let href = untrack(|| link(&rule_path(row.suggestion.rule(), name)));
    view! {
        <tr data-suggested=row.size.customers>
            <td>
                <a class="table__link" href=href>{name}</a>
                <span class="table__quiet segment__why">{t.suggestion_why(row.suggestion)}</span>
            </td>
            {size_cells(Some(row.size), currency)}
            <td>{save_button(name.to_owned(), row.suggestion.rule().to_owned())}</td>
        </tr>
    }
    .into_any()
}

/// The way to a segment that is not saved yet.
pub(super) fn rule_path(rule: &str, name: &str) -> String {
    let encoded = |text: &str| -> String { js_sys::encode_uri_component(text).into() };
    format!("/segment?rule={}&name={}", encoded(rule), encoded(name))
}

/// Saves a rule as it is.
fn save_button(name: String, rule: String) -> AnyView {
    let t = words();
    let edits = Edits::here();
    let label = format!("{}: {name}", t.segment_save());
    let rule_text = rule.clone();
    let save = move |_| {
        let id = fresh_segment_id();
        let now = StoredSegment::of_rule(id, &name, &rule);
        let nothing = StoredSegment { id, text: String::new() };
        write_segment(edits, now, nothing, t.segment_saved(&name), || {});
    };
    view! {
        <button class="button" type="button" data-action="segment-save" name=format!("save-{rule_text}") aria-label=label on:click=save>{t.segment_save()}</button>
    }
    .into_any()
}
