//! The shop of the last visit is gone, and nobody here has deleted it: the browser has.

use crate::address::use_link;
use crate::data::Data;
use crate::settings::words;
use leptos::prelude::*;

/// What is said of it. `was_own`: the last visit showed the user's own shop.
pub fn evicted(data: Data, was_own: bool) -> AnyView {
    if !was_own {
        return ().into_any();
    }
    let (t, link) = (words(), use_link());
    // What the visit began with: what is deleted later is deleted by the user.
    let began = StoredValue::new(None::<bool>);
    let is_gone = Memo::new(move |_| {
        // Out of reach, or damaged, is not deleted.
        let is_here = data
            .shop
            .with(|shop| shop.as_ref().is_some_and(|it| it.memory_only || !it.damaged.is_empty()));
        let is_empty = data.is_empty().map(|it| it && !is_here);
        if began.get_value().is_none() {
            began.set_value(is_empty);
        }
        is_empty == Some(true) && began.get_value() == Some(true)
    });
    let shown = move || {
        is_gone.get().then(|| {
            view! {
                <div class="banner banner--warn banner--acts" role="alert" data-evicted>
                    <span>{t.evicted()}</span>
                    <div class="banner__acts">
                        <a class="button button--primary" href=untrack(|| link("/data")) + "#backup">{t.restore_title()}</a>
                    </div>
                </div>
            }
        })
    };
    view! { {shown} }.into_any()
}
