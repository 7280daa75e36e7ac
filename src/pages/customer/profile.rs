//! A customer's name and marks, and the way to change the name.

use super::Shown;
use crate::address::use_link;
use crate::components::{Draft, Icon, IconName, Tag, TagKind};
use crate::edits::{Edit, Edits};
use crate::i18n::group_color;
use crate::settings::{formats, words};
use leptos::html;
use leptos::prelude::*;
use protocol::{CustomerEdit, CustomerRow, CustomerView};

/// The head of the page.
#[component]
pub(super) fn Profile(
    /// Whose.
    customer: Shown,
) -> impl IntoView {
    let t = words();
    let link = use_link();
    let label = Memo::new(move |_| customer.read().row.label());
    let text = move || under_the_name(&customer.read());
    let marks = move || marks(&customer.read().row);
    view! {
        <a class="link link--back" href=move || link("/customers")>
            <Icon name=IconName::Back /> {t.nav_customers()}
        </a>
        <header class="profile">
            <span class="profile__face" aria-hidden="true">{move || initials(&label.read())}</span>
            <div class="profile__text">
                <h1 class="headline">{label} " " {marks}</h1>
                <p>{text}</p>
            </div>
            <Rename customer />
        </header>
    }
}

fn under_the_name(customer: &CustomerView) -> String {
    let (t, f) = (words(), formats());
    let row = &customer.row;
    let since = match row.first_order {
        None => t.prospect().to_owned(),
        Some(day) => {
            let listed = customer.contact.as_ref().and_then(|it| it.since);
            let waited = listed.map_or(0, |it| day.number() - it.number());
            let since = t.customer_since(&f.day(day));
            let waited = u64::try_from(waited).unwrap_or(0);
            let days = t.days(waited, &f.count(waited as f64));
            if waited > 0 { t.customer_after(&since, &days) } else { since }
        }
    };
    let parts = [since, customer.place.clone(), row.email.clone(), row.phone.clone()];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(" · ")
}

fn marks(row: &CustomerRow) -> impl IntoView + use<> {
    let t = words();
    let group = row.group.map(|it| view! { <Tag text=t.group(it) color=group_color(it) /> });
    let tier = row.tier.map(|it| view! { <Tag text=t.tier(it) kind=TagKind::Accent /> });
    view! { {group} " " {tier} }
}

/// Two letters of a western name, the last two characters of a Chinese one.
fn initials(label: &str) -> String {
    let is_western = label.chars().next().is_some_and(|c| c.is_ascii());
    if is_western {
        let letters = label.split([' ', '@', '.']).filter_map(|word| word.chars().next());
        return letters.filter(|c| c.is_alphanumeric()).take(2).collect::<String>().to_uppercase();
    }
    let letters: Vec<char> = label.chars().collect();
    letters[letters.len().saturating_sub(2)..].iter().collect()
}

/// A button, and the form that it opens.
#[component]
fn Rename(customer: Shown) -> impl IntoView {
    let t = words();
    let edits = Edits::here();
    let draft = Draft::of(Signal::derive(move || customer.read().row.name.clone()));
    let editing = RwSignal::new(false);
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        editing.set(false);
        let (name, former) = (draft.text(), draft.stored());
        if name.trim() == former {
            draft.forget();
            return;
        }
        let (id, edited) = customer.with_untracked(|it| (it.row.id, it.edited_name.clone()));
        // Taken back, a name that the imports gave is theirs again.
        let (now, back) = (CustomerEdit::Name(name.clone()), CustomerEdit::Name(edited));
        let then = move |written: Result<(), _>| match written {
            Ok(()) => draft.saved(&name),
            Err(problem) => {
                // What was typed is there to try again.
                editing.try_set(true);
                edits.tell(t, &problem);
            }
        };
        edits.write(Edit::customer(id, now, back), t, t.name_saved(), then);
    };
    let cancel = move || {
        draft.forget();
        editing.set(false);
    };
    let button = NodeRef::<html::Button>::new();
    // The focus goes back to where the form was opened.
    Effect::new(move |before: Option<bool>| {
        let now = editing.get();
        if let Some(button) = button.get().filter(|_| before == Some(true) && !now) {
            let _ = button.focus();
        }
        now
    });
    view! {
        <div class="profile__actions">
            <Show
                when=move || editing.get()
                fallback=move || view! {
                    <button class="button" type="button" data-action="rename" node_ref=button on:click=move |_| editing.set(true)>
                        {t.rename()}
                    </button>
                }
            >
                <form class="row" on:submit=submit>
                    <NameInput draft cancel />
                    <button class="button button--primary button--field" type="submit">{t.save()}</button>
                    <button class="button button--field" type="button" on:click=move |_| cancel()>{t.cancel()}</button>
                </form>
            </Show>
        </div>
    }
}

/// The field takes the focus as it appears; Escape gives up.
#[component]
fn NameInput(draft: Draft, cancel: impl Fn() + Copy + 'static) -> impl IntoView {
    let t = words();
    let input = NodeRef::<html::Input>::new();
    Effect::new(move || {
        if let Some(input) = input.get() {
            let _ = input.focus();
            input.select();
        }
    });
    let give_up = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Escape" && !event.is_composing() {
            cancel();
        }
    };
    view! {
        <input
            class="input"
            aria-label=t.name()
            maxlength="200"
            node_ref=input
            prop:value=move || draft.shown()
            on:input=move |event| draft.type_over(event_target_value(&event))
            on:keydown=give_up
        />
    }
}
