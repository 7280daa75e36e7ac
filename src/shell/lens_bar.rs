//! As-of day, period and comparison: what stands in the URL, as chips to change it.

use crate::address::marks::{PeriodUse, period_use};
use crate::address::{COMPARISONS, use_lens, use_query, use_set_query};
use crate::components::{Icon, IconName, Popover};
use crate::data::Data;
use crate::settings::{formats, words};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use model::ShopDay;
use protocol::{Analysis, AsOfBasis, Compare, Period};
use std::sync::Arc;

/// Screens whose figures have a period.
const WITH_PERIOD: [&str; 4] = ["", "explore", "reports", "lifecycle"];
/// Screens that compare it with another.
const WITH_COMPARISON: [&str; 2] = ["", "reports"];
/// Screens whose figures hold for a day.
const WITH_DAY: [&str; 19] = [
    "",
    "customers",
    "customer",
    "outreach",
    "rfm",
    "tiers",
    "lifecycle",
    "cohorts",
    "churn",
    "value",
    "cross-sell",
    "satisfaction",
    "product",
    "products",
    "explore",
    "reports",
    "traits",
    "segments",
    "segment",
];
/// Screens of a segment's customers alone, if one is chosen.
const WITH_SEGMENT: [&str; 14] = [
    "",
    "customers",
    "outreach",
    "rfm",
    "tiers",
    "lifecycle",
    "cohorts",
    "churn",
    "cross-sell",
    "satisfaction",
    "product",
    "products",
    "explore",
    "reports",
];

/// The chips of the lens, on the screens that have one.
#[component]
pub fn LensBar() -> impl IntoView {
    let location = use_location();
    let screen = Memo::new(move |_| {
        let path = location.pathname.get();
        let path = path.trim_end_matches('/').to_owned();
        path.strip_prefix(&crate::address::base())
            .unwrap_or(&path)
            .trim_start_matches('/')
            .to_owned()
    });
    let analysis = expect_context::<Data>().analysis();
    let known = Memo::new(move |_| analysis.get().and_then(Result::ok));
    let with_day = move || WITH_DAY.contains(&screen.read().as_str());
    let map = use_query();
    let period = Memo::new(move |_| match screen.read().as_str() {
        "satisfaction" => PeriodUse::IfNamed,
        "customers" => map.read().get_str("behind").map_or(PeriodUse::None, period_use),
        it if WITH_PERIOD.contains(&it) => PeriodUse::Always,
        _ => PeriodUse::None,
    });
    let is_of_answers = Memo::new(move |_| *screen.read() == "satisfaction");
    let with_comparison = move || WITH_COMPARISON.contains(&screen.read().as_str());
    view! {
        <Show when=with_day>
            <AsOfChip known is_of_answers />
        </Show>
        <SegmentChip screen />
        <Show when=move || period.get() != PeriodUse::None>
            <PeriodChip known is_open=Signal::derive(move || period.get() == PeriodUse::IfNamed) />
        </Show>
        <Show when=with_comparison>
            <CompareChip />
        </Show>
    }
}

/// The segment that is looked at alone: says so, and takes it off.
#[component]
fn SegmentChip(screen: Memo<String>) -> impl IntoView {
    let t = words();
    let (data, lens, set_query) = (expect_context::<Data>(), use_lens(), use_set_query());
    let name = Memo::new(move |_| {
        let id = lens.read().segment?;
        let shop = data.shop.read();
        let segment = shop.as_ref()?.segments.iter().find(|it| it.id == id);
        Some(segment.map_or_else(|| t.segment_lost().to_owned(), |it| it.name().to_owned()))
    });
    let note = move || {
        let is_of_it = WITH_SEGMENT.contains(&screen.read().as_str());
        if is_of_it { t.segment_chip_note() } else { t.segment_chip_not_here() }
    };
    move || {
        name.get().map(|name| {
            let label = t.segment_chip_off(&name);
            view! {
                <button class="chip chip--on" type="button" data-action="segment-off" aria-label=label
                    title=note on:click=move |_| set_query(&[("segment", String::new())])>
                    {t.segment_chip(&name)} <Icon name=IconName::Close />
                </button>
                <small class="topbar__note">{note}</small>
            }
        })
    }
}

type Known = Memo<Option<Arc<Analysis>>>;

#[component]
fn AsOfChip(
    known: Known,
    /// Figures of answers, which go on until today however long ago the last order is.
    is_of_answers: Memo<bool>,
) -> impl IntoView {
    let (t, f) = (words(), formats());
    let lens = use_lens();
    let set_query = use_set_query();
    let open = RwSignal::new(false);
    let why = move || known.read().as_ref().map(|it| it.as_of_basis);
    let shown = move || {
        let is_last = why() == Some(AsOfBasis::LastOrder);
        if is_of_answers.get() && lens.read().as_of.is_none() && is_last {
            return t.nav_today().to_owned();
        }
        known.read().as_ref().map_or_else(String::new, |it| f.day(it.as_of))
    };
    let basis = move || {
        let why = match why()? {
            AsOfBasis::LastOrder if !is_of_answers.get() => t.as_of_last_order(),
            AsOfBasis::Summaries => t.as_of_summaries(),
            AsOfBasis::LastOrder | AsOfBasis::Chosen | AsOfBasis::Today => return None,
        };
        Some(view! { <span class="hide-small">{why}</span> })
    };
    let iso = move || known.read().as_ref().map_or_else(String::new, |it| it.as_of.to_string());
    let button = move || {
        view! { <span class="chip__label">{t.as_of()} " "</span> <b>{shown}</b> {basis} }
    };
    view! {
        <Popover label=t.as_of() button=button open=open>
            <div class="stack lens-panel">
                <p class="card__note">{t.as_of_long()}</p>
                <input
                    class="input"
                    type="date"
                    id="as-of"
                    aria-label=t.as_of()
                    prop:value=iso
                    on:change:target=move |event| {
                        let text = event.target().value();
                        if ShopDay::parse_iso(&text).is_some() {
                            set_query(&[("as_of", text)]);
                        }
                    }
                />
                <button
                    class="button"
                    type="button"
                    disabled=move || lens.read().as_of.is_none()
                    on:click=move |_| {
                        set_query(&[("as_of", String::new())]);
                        open.set(false);
                    }
                >
                    {t.as_of_reset()}
                </button>
            </div>
        </Popover>
    }
}

/// Ready-made periods by their days; 0: the whole history.
const PRESETS: [i32; 4] = [30, 90, 365, 0];

#[component]
fn PeriodChip(
    known: Known,
    /// Without a period in the address all days count, instead of the usual ones.
    is_open: Signal<bool>,
) -> impl IntoView {
    let (t, f, lens) = (words(), formats(), use_lens());
    let set_query = use_set_query();
    let open = RwSignal::new(false);
    let preset_name = move |days: i32| match days {
        30 => t.last_days_30(),
        90 => t.last_days_90(),
        365 => t.last_days_365(),
        _ => t.all_time(),
    };
    // The figures' own period: the address may name days after the as-of day, of which they know
    // nothing.
    let shown = move || {
        if is_open.get() {
            let named = lens.read().period;
            return named.map_or_else(
                || t.all_time().to_owned(),
                |it| t.span(&f.day(it.from), &f.day(it.to)),
            );
        }
        let known = known.read();
        let Some(analysis) = known.as_ref() else {
            return t.last_days_90().to_owned();
        };
        let period = analysis.overview.period;
        let ends_here = period.to == analysis.as_of;
        match PRESETS.into_iter().find(|&it| it > 0 && it == period.days()).filter(|_| ends_here) {
            Some(days) => preset_name(days).to_owned(),
            None => t.span(&f.day(period.from), &f.day(period.to)),
        }
    };
    let choose = move |days: i32| {
        if days == 0 && is_open.get_untracked() {
            set_query(&[("from", String::new()), ("to", String::new())]);
            return open.set(false);
        }
        let known = known.get_untracked();
        let Some(analysis) = known else { return };
        let from = match days {
            0 => analysis.totals.first_order.unwrap_or(analysis.as_of),
            _ => Period::ending_on(analysis.as_of, days).from,
        };
        set_query(&[("from", from.to_string()), ("to", analysis.as_of.to_string())]);
        open.set(false);
    };
    let button = move || view! { <b>{shown}</b> };
    view! {
        <Popover label=t.period() button=button open=open>
            {
                let presets = PRESETS.map(|days| {
                    let text = preset_name(days);
                    view! {
                        <button
                            class="menu__item"
                            type="button"
                            aria-pressed=move || (shown() == text).to_string()
                            on:click=move |_| choose(days)
                        >
                            {text}
                            {move || (shown() == text).then(|| view! { <Icon name=IconName::Check /> })}
                        </button>
                    }
                });
                view! {
                    <div class="stack lens-panel">
                        <div class="menu lens-panel__presets">{presets.into_iter().collect_view()}</div>
                        <hr />
                        <OwnPeriod known open />
                    </div>
                }
            }
        </Popover>
    }
}

/// A period by its two days.
#[component]
fn OwnPeriod(known: Known, open: RwSignal<bool>) -> impl IntoView {
    let t = words();
    let set_query = use_set_query();
    let (from, to) = (NodeRef::<leptos::html::Input>::new(), NodeRef::<leptos::html::Input>::new());
    let shown = known.get_untracked().map(|it| it.overview.period);
    // The days are the wrong way round.
    let turned = RwSignal::new(false);
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let day = |node: NodeRef<leptos::html::Input>| {
            node.get_untracked().and_then(|it| ShopDay::parse_iso(&it.value()))
        };
        let (Some(from), Some(to)) = (day(from), day(to)) else { return };
        turned.set(from > to);
        if from <= to {
            set_query(&[("from", from.to_string()), ("to", to.to_string())]);
            open.set(false);
        }
    };
    let bad = move || turned.get().then(|| t.period_turned());
    let invalid = move || turned.get().then_some("true");
    let day =
        move |label: &'static str, node: NodeRef<leptos::html::Input>, day: Option<ShopDay>| {
            view! {
                <label class="field">
                    <span class="field__label">{label}</span>
                    <input
                        class="input"
                        type="date"
                        node_ref=node
                        value=day.map(|it| it.to_string())
                        required
                        aria-invalid=invalid
                        aria-describedby="period-error"
                    />
                </label>
            }
        };
    view! {
        <form class="stack" on:submit=submit>
            {day(t.from(), from, shown.map(|it| it.from))}
            {day(t.to(), to, shown.map(|it| it.to))}
            <p class="field__error" role="alert" id="period-error">{bad}</p>
            <button class="button button--primary" type="submit">{t.apply()}</button>
        </form>
    }
}

#[component]
fn CompareChip() -> impl IntoView {
    let t = words();
    let lens = use_lens();
    let set_query = use_set_query();
    let open = RwSignal::new(false);
    let name = move |compare: Compare| match compare {
        Compare::Previous => t.compare_previous(),
        Compare::PreviousWeekdays => t.compare_weekdays(),
        Compare::Year => t.compare_year(),
        Compare::YearDates => t.compare_dates(),
        Compare::Off => t.compare_off(),
    };
    let button = move || view! { {t.versus()} " " <b>{move || name(lens.read().compare)}</b> };
    view! {
        <Popover label=t.versus() button=button open=open>
            {
                let choices = COMPARISONS
                    .map(|(code, align, compare)| {
                        let chosen = move || lens.read().compare == compare;
                        view! {
                            <button
                                class="menu__item"
                                type="button"
                                aria-pressed=move || chosen().to_string()
                                on:click=move |_| {
                                    set_query(&[("compare", code.to_owned()), ("align", align.to_owned())]);
                                    open.set(false);
                                }
                            >
                                {name(compare)}
                                <Show when=chosen>
                                    <Icon name=IconName::Check />
                                </Show>
                            </button>
                        }
                    })
                    .into_iter()
                    .collect_view();
                view! { <div class="menu">{choices}</div> }
            }
        </Popover>
    }
}
