//! What the staff has put on a customer: tags, contacts, whether to write at all.

use super::Shown;
use crate::address::{customers_path, use_link};
use crate::components::{Icon, IconName, focus_on};
use crate::edits::{Edit, Edits};
use crate::settings::{formats, words};
use leptos::prelude::*;
use protocol::{CustomerEdit, CustomerFilter};

/// The card of tags and contacts.
#[component]
pub(super) fn Marks(
    /// Of whom.
    customer: Shown,
) -> impl IntoView {
    let (t, f) = (words(), formats());
    let tags = Memo::new(move |_| customer.read().tags.clone());
    let contacted = move || match customer.read().contacted.first() {
        Some(day) => t.contacted_on(&f.day(*day)),
        None => t.never_contacted().to_owned(),
    };
    let edits = Edits::here();
    let block = move |event: web_sys::Event| {
        let now = event_target_checked(&event);
        let (now, back) = (CustomerEdit::Blocked(now), CustomerEdit::Blocked(!now));
        write(edits, customer, now, back);
    };
    view! {
        <section class="card" id="marks">
            <h2>{t.own_tags()}</h2>
            <ul class="tags">
                {move || tags.get().into_iter().map(|tag| view! { <OwnTag customer tag /> }).collect_view()}
            </ul>
            <NewTag customer />
            <p class="card__note" id="contacted">{contacted}</p>
            <label class="check">
                <input
                    type="checkbox"
                    id="do-not-contact"
                    aria-describedby="do-not-contact-why"
                    prop:checked=move || customer.read().is_blocked
                    on:change=block
                />
                {t.do_not_contact()}
            </label>
            <p class="card__note" id="do-not-contact-why">{t.do_not_contact_why()}</p>
        </section>
    }
}

fn write(edits: Edits, customer: Shown, now: CustomerEdit, back: CustomerEdit) {
    let t = words();
    let id = customer.read_untracked().row.id;
    edits.write_or_tell(Edit::customer(id, now, back), t, t.saved());
}

/// A tag: it leads to everybody with it, and can be taken off.
#[component]
fn OwnTag(customer: Shown, tag: String) -> impl IntoView {
    let (t, link, edits) = (words(), use_link(), Edits::here());
    let filter = CustomerFilter { tag: tag.clone(), ..CustomerFilter::default() };
    let path = customers_path(&filter);
    let label = t.tag_remove(&tag);
    let (name, text) = (tag.clone(), tag.clone());
    let remove = move |_| {
        write(edits, customer, CustomerEdit::Untag(tag.clone()), CustomerEdit::Tag(tag.clone()));
        focus_on("#new-tag");
    };
    view! {
        <li class="chip chip--on" data-tag=name>
            <a class="table__link" href=move || link(&path)>{text}</a>
            <button class="chip__close" type="button" data-action="untag" aria-label=label on:click=remove>
                <Icon name=IconName::Close />
            </button>
        </li>
    }
}

#[component]
fn NewTag(customer: Shown) -> impl IntoView {
    let (t, edits) = (words(), Edits::here());
    let text = RwSignal::new(String::new());
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        // As the engine keeps it, so that undoing finds it.
        let tag = text.get_untracked().split_whitespace().collect::<Vec<_>>().join(" ");
        if !tag.is_empty() && !customer.read_untracked().tags.contains(&tag) {
            write(edits, customer, CustomerEdit::Tag(tag.clone()), CustomerEdit::Untag(tag));
        }
        text.set(String::new());
    };
    view! {
        <form class="acts__form" on:submit=submit>
            <input
                class="input"
                id="new-tag"
                aria-label=t.tag_new()
                placeholder=t.tag_new()
                maxlength="120"
                prop:value=move || text.get()
                on:input=move |event| text.set(event_target_value(&event))
            />
            <button class="button" type="submit" data-action="tag-add">{t.tag_add()}</button>
        </form>
    }
}
