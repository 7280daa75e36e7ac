//! The way from screen to screen: a side bar, or a bar at the foot of a narrow window.

use super::Brand;
use crate::address::{base, use_link};
use crate::components::{Icon, IconName};
use crate::data::Data;
use crate::i18n::Words;
use crate::settings::{formats, words};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// A screen in the navigation.
#[derive(Clone, Copy)]
struct Entry {
    path: &'static str,
    name: fn(Words) -> &'static str,
    icon: IconName,
    kind: EntryKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum EntryKind {
    /// It stays in the bar at the foot.
    Core,
    /// It is in the sheet that the bar opens.
    More,
    /// It is there too, and its screen comes with a later version.
    Later,
}

const fn core(path: &'static str, name: fn(Words) -> &'static str, icon: IconName) -> Entry {
    Entry { path, name, icon, kind: EntryKind::Core }
}

const fn more(path: &'static str, name: fn(Words) -> &'static str, icon: IconName) -> Entry {
    Entry { path, name, icon, kind: EntryKind::More }
}

const fn later(path: &'static str, name: fn(Words) -> &'static str, icon: IconName) -> Entry {
    Entry { path, name, icon, kind: EntryKind::Later }
}

const RECORDS: &[Entry] = &[
    core("/", Words::nav_today, IconName::Today),
    core("/customers", Words::nav_customers, IconName::Customers),
    later("/orders", Words::nav_orders, IconName::Orders),
    more("/products", Words::nav_products, IconName::Products),
];

const INSIGHTS: &[Entry] = &[
    core("/rfm", Words::nav_rfm, IconName::Rfm),
    core("/tiers", Words::nav_tiers, IconName::Tiers),
    more("/lifecycle", Words::nav_lifecycle, IconName::Lifecycle),
    more("/cohorts", Words::nav_cohorts, IconName::Cohorts),
    more("/churn", Words::nav_churn, IconName::Churn),
    more("/value", Words::nav_value, IconName::Value),
    more("/cross-sell", Words::nav_cross_sell, IconName::CrossSell),
    more("/satisfaction", Words::nav_satisfaction, IconName::Satisfaction),
    more("/traits", Words::nav_traits, IconName::Filter),
    more("/explore", Words::nav_explore, IconName::Explore),
    more("/reports", Words::nav_reports, IconName::Calendar),
];

const WORK: &[Entry] = &[
    more("/segments", Words::nav_segments, IconName::Segments),
    later("/tasks", Words::nav_tasks, IconName::Tasks),
];

const SHOP: &[Entry] = &[
    more("/import", Words::nav_import, IconName::Import),
    more("/data", Words::nav_data, IconName::Data),
    more("/settings", Words::nav_settings, IconName::Settings),
];

/// Every screen, by what it is for.
#[component]
pub fn Navigation() -> impl IntoView {
    let t = words();
    let open = RwSignal::new(false);
    let close_on_escape = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Escape" {
            open.set(false);
        }
    };
    view! {
        <nav
            class="nav"
            class:nav--open=open
            aria-label=t.nav_label()
            on:click=move |_| open.set(false)
            on:keydown=close_on_escape
        >
            <Brand />
            <Group entries=RECORDS />
            <Group title=t.nav_insights() entries=INSIGHTS />
            <Group title=t.nav_work() entries=WORK />
            <Group title=t.nav_shop() entries=SHOP />
            <button
                class="nav__more"
                type="button"
                aria-expanded=move || open.get().to_string()
                on:click=move |event| {
                    event.stop_propagation();
                    open.update(|it| *it = !*it);
                }
            >
                <Icon name=IconName::More />
                <span class="nav__label">{t.nav_more()}</span>
            </button>
        </nav>
    }
}

#[component]
fn Group(
    #[prop(optional)] title: Option<&'static str>,
    entries: &'static [Entry],
) -> impl IntoView {
    let heading = title.map(|it| view! { <h2 class="nav__title">{it}</h2> });
    let links = entries.iter().map(|entry| view! { <NavLink entry=*entry /> });
    view! { <div class="nav__group">{heading} {links.collect_view()}</div> }
}

#[component]
fn NavLink(entry: Entry) -> impl IntoView {
    let Entry { path, name, icon, kind } = entry;
    let t = words();
    let name = name(t);
    let class = match kind {
        EntryKind::Core => "nav__link nav__link--core",
        EntryKind::More => "nav__link",
        EntryKind::Later => "nav__link nav__link--later",
    };
    // For those who do not see that it is paler.
    let soon = (kind == EntryKind::Later)
        .then(|| view! { <span class="visually-hidden">" · " {t.soon()}</span> });
    let (link, location) = (use_link(), use_location());
    let data = expect_context::<Data>();
    let here = move || {
        let current = location.pathname.get();
        let current = current.trim_end_matches('/');
        let target = format!("{}{}", base(), path.trim_end_matches('/'));
        let of_one = match path {
            "/customers" => "/customer",
            "/segments" => "/segment",
            _ => "",
        };
        let detail = !of_one.is_empty() && current == format!("{}{of_one}", base());
        if current == target || detail { "page" } else { "false" }
    };
    let count = move || {
        let shop = data.shop.read();
        let shop = shop.as_ref()?;
        let number = match path {
            "/customers" => shop.customers,
            "/orders" => shop.orders,
            _ => return None,
        };
        Some(view! { <b class="nav__count">{formats().count(number)}</b> })
    };
    view! {
        <a class=class href=move || link(path) aria-current=here>
            <Icon name=icon />
            <span class="nav__label">{name} {soon}</span>
            {count}
        </a>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::is_later;

    #[test]
    fn what_is_said_to_come_later_comes_later() {
        for entry in [RECORDS, INSIGHTS, WORK, SHOP].concat() {
            assert_eq!(entry.kind == EntryKind::Later, is_later(entry.path), "{}", entry.path);
        }
    }
}
