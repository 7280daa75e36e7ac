//! Before the first import: what this is, and where to drop the file.

use super::import::Drop;
use crate::address::use_link;
use crate::data::Data;
use crate::import_flow::{ImportFlow, Stage};
use crate::parts::{Screen, apart};
use crate::settings::{formats, words};
use crate::shell::{Brand, LanguageSwitch};
use crate::timings;
use leptos::prelude::*;

/// So many platforms' exports are told at once, the others on a click.
const WAYS_IN_THE_OPEN: usize = 3;

/// Before the first import.
#[component]
pub fn FirstRun() -> impl IntoView {
    let t = words();
    let flow = expect_context::<ImportFlow>();
    let link = use_link();
    // What is damaged is said above; beside it the sample has no place.
    let is_sound = expect_context::<Data>()
        .shop
        .with_untracked(|shop| shop.as_ref().is_none_or(|it| it.damaged.is_empty()));
    timings::content_is_there();
    let under_way = Memo::new(move |_| *flow.stage.read() != Stage::Idle);
    let idle = move || matches!(*flow.stage.read(), Stage::Idle | Stage::Failed(_));
    view! {
        <div class="welcome">
            <div class="welcome__bar"><Brand /><LanguageSwitch /></div>
            <h1 class="welcome__title">{t.first_title()}</h1>
            <p class="welcome__lead">{t.first_text()}</p>
            <Drop with_sample=is_sound />
            <p class="welcome__lock">{t.stays_here()} " " <a href=untrack(|| link("/data")) + "#backup" data-action="to-restore">{t.restore_title()}</a></p>
            <Show when=move || under_way.get()>{apart(Screen::ImportStage)}</Show>
            <Show when=idle>
                <HowToExport />
            </Show>
        </div>
    }
}

/// Where each platform keeps its export.
#[component]
pub fn HowToExport() -> impl IntoView {
    let t = words();
    let way = |(name, way): (&'static str, &'static str)| view! { <dt>{name}</dt><dd>{way}</dd> };
    let mut ways: Vec<_> = t.ways_to_exports().collect();
    let more = ways.split_off(WAYS_IN_THE_OPEN);
    let count = formats().count(more.len() as f64);
    ways.push((t.generic_name(), t.generic_how()));
    view! {
        <section class="card how-to">
            <h2>{t.how_to_export()}</h2>
            <dl class="how-to__list">{ways.into_iter().map(way).collect_view()}</dl>
            <details class="how-to__more">
                <summary>{t.more_ways(more.len() as u64, &count)}</summary>
                <dl class="how-to__list">{more.into_iter().map(way).collect_view()}</dl>
            </details>
            <p class="card__note">{t.more_platforms()}</p>
        </section>
    }
}
