//! What is said of the program itself, above every screen: no screen of its own, but with them in a
//! part, for it comes once the page has nothing else to do.

use crate::data::Data;
use crate::offline;
use leptos::prelude::*;

/// A newer version, and the offer to install.
#[component]
pub fn Program() -> impl IntoView {
    view! {
        {offline::newer_version()}
        {offline::offer(expect_context::<Data>())}
    }
}
