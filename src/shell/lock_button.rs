//! Locks this device, on every screen where it has a lock.

use crate::client::Engine;
use crate::locking::Locking;
use crate::settings::words;
use leptos::prelude::*;

/// The button; nothing where there is no lock. With it the page begins to close the lock by itself.
#[component]
pub fn LockButton() -> impl IntoView {
    let t = words();
    let locking = Locking::here(expect_context::<Engine>());
    let on = locking.is_on();
    let locking = StoredValue::new_local(locking);
    view! {
        <Show when=move || on.get()>
            <button
                class="chip"
                type="button"
                data-action="lock-now"
                on:click=move |_| locking.with_value(Locking::close)
            >
                {t.lock_now()}
            </button>
        </Show>
    }
}
