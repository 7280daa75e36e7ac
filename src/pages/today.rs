//! The first screen: first run while there is nothing, the overview from then on.

use super::first_run::FirstRun;
use super::overview::Overview;
use super::{Loading, title};
use crate::data::Data;
use crate::settings::words;
use crate::shell::is_first_run;
use leptos::prelude::*;

/// The first screen.
#[component]
pub fn Today() -> impl IntoView {
    title(words().nav_today());
    let data = expect_context::<Data>();
    let empty = Memo::new(move |_| data.is_empty());
    move || match empty.get() {
        None if is_first_run(data) => ().into_any(),
        None => view! { <Loading /> }.into_any(),
        Some(true) => view! { <FirstRun /> }.into_any(),
        Some(false) => view! { <Overview /> }.into_any(),
    }
}
