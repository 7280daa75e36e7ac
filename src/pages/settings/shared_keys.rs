//! Addresses, telephones and member names that are several people's: listed, added, taken off.

use crate::components::Field;
use crate::data::Data;
use crate::edits::{Edit, Edits};
use crate::settings::words;
use leptos::prelude::*;
use protocol::ShopEdit;

/// The list with a field to add to it. Each change can be put back.
#[component]
pub fn SharedKeys() -> impl IntoView {
    let t = words();
    let (data, edits) = (expect_context::<Data>(), Edits::here());
    let keys = Memo::new(move |_| {
        data.shop.get().map(|shop| shop.shared_keys.clone()).unwrap_or_default()
    });
    let (text, error) = (RwSignal::new(String::new()), RwSignal::new(None::<String>));
    let add = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let key = text.get_untracked().trim().to_owned();
        error.set(None);
        edits.write(edit(&key, true), t, t.saved(), move |written| match written {
            Ok(()) => {
                text.try_set(String::new());
            }
            Err(problem) => {
                error.try_set(Some(t.problem(&problem)));
            }
        });
    };
    let rows = move || {
        let rows: Vec<AnyView> = keys.get().into_iter().map(|key| row(key, edits)).collect();
        (!rows.is_empty()).then(|| view! { <ul class="batches" data-shared-keys>{rows}</ul> })
    };
    view! {
        <section class="card">
            <h2>{t.shared_keys_title()}</h2>
            <p class="card__note">{t.shared_keys_note()}</p>
            {rows}
            <form class="stack" on:submit=add>
                <Field id="shared-key" label=t.shared_key_label() error=error let:ids>
                    <input
                        class="input"
                        id=ids.input
                        aria-describedby=ids.described_by
                        aria-invalid=ids.invalid
                        autocomplete="off"
                        maxlength="254"
                        prop:value=move || text.get()
                        on:input=move |event| text.set(event_target_value(&event))
                    />
                </Field>
                <div>
                    <button class="button" type="submit" data-action="share-key">
                        {t.shared_key_add()}
                    </button>
                </div>
            </form>
        </section>
    }
}

fn row(key: String, edits: Edits) -> AnyView {
    let t = words();
    let label = t.shared_key_remove_one(&key);
    let shown = key.clone();
    let remove = move |_| {
        edits.write(edit(&key, false), t, t.saved(), move |written| {
            if let Err(problem) = written {
                edits.tell(t, &problem);
            }
        });
    };
    view! {
        <li class="batch">
            <div class="batch__text"><b>{shown}</b></div>
            <button class="button" type="button" data-action="unshare-key" aria-label=label on:click=remove>
                {t.shared_key_remove()}
            </button>
        </li>
    }
    .into_any()
}

/// Puts a key on the list or takes it off, with the way back.
fn edit(key: &str, shared: bool) -> Edit {
    let of = |shared: bool| ShopEdit::SharedKey { key: key.to_owned(), shared };
    Edit::shop(of(shared), of(!shared))
}
