//! Who buys this also buys that, in the same order or a later one.

use super::{MOST_ROWS, keys, linked, names};
use crate::address::{customers_path, use_link, use_query, use_set_query};
use crate::components::{Head, Icon, IconName, Segmented, TableCard, Toasts, csv_of};
use crate::download::hand_over;
use crate::settings::{formats, words};
use leptos::prelude::*;
use protocol::{BasketsView, Behind, CustomerFilter, RuleRow};
use std::sync::Arc;

/// The rules of one basket, or of a later one; which, stands in the URL.
#[component]
pub(super) fn Rules(view: Arc<BasketsView>) -> impl IntoView {
    let (t, f) = (words(), formats());
    if view.rules.is_empty() && view.later.is_empty() {
        return view! {
            <section class="card" id="rules" data-too-little>
                <h2>{t.rules_title()}</h2>
                <p class="card__note">{t.rules_need(&f.count(view.least_orders))}</p>
            </section>
        }
        .into_any();
    }
    let (map, set_query) = (use_query(), use_set_query());
    let is_later = Memo::new(move |_| map.read().get_str("basket") == Some("later"));
    let choose = Callback::new(move |value: String| set_query(&[("basket", value)]));
    let options = [("", t.same_basket()), ("later", t.later_basket())];
    let options = options.map(|(code, text)| (code.to_owned(), text.to_owned())).to_vec();
    let chosen = move || if is_later.get() { "later" } else { "" }.to_owned();
    let days = t.days(u64::from(view.later_days), &f.count(view.later_days));
    let note = move || {
        let later = if is_later.get() { t.later_note(&days) } else { String::new() };
        t.sentences(&[later, t.rules_note().to_owned()])
    };
    let lengths = (view.rules.len().min(MOST_ROWS), view.later.len().min(MOST_ROWS));
    let count = move || if is_later.get() { lengths.1 } else { lengths.0 };
    let file = view.clone();
    let rows = move || {
        let rules = if is_later.get() { &view.later } else { &view.rules };
        if rules.is_empty() {
            return view! { <tr><td colspan="10">{t.no_rules_here()}</td></tr> }.into_any();
        }
        rules.iter().take(MOST_ROWS).map(|it| rule_row(&view, it)).collect_view().into_any()
    };
    let heads = vec![
        Head::text(t.bought_word()),
        Head::text(t.also_word()),
        Head::number(t.both_word()).hide_small(),
        Head::number(t.support_word()).hide_small(),
        Head::number(t.confidence_word()),
        Head::number(t.attach_word()).means(t.attach_means()).hide_small(),
        Head::number(t.lift_word()),
        Head::number(t.leverage_word()).means(t.leverage_means()).hide_small(),
        Head::number(t.conviction_word()).means(t.conviction_means()).hide_small(),
        Head::number(t.offer_to()),
    ];
    let export = view! { <Export view=file is_later /> };
    let tools = view! {
        <Segmented name="basket" label=t.when_word() options=Signal::stored(options) value=Signal::derive(chosen) on_change=choose />
    };
    view! {
        <TableCard id="rules" heading=t.rules_title() file_name="rules.csv" note=Signal::derive(note) heads rows=Signal::derive(count) tools=tools.into_any() export=export.into_any()>
            {rows}
        </TableCard>
    }
    .into_any()
}

fn dash() -> String {
    "–".to_owned()
}

fn rule_row(view: &BasketsView, rule: &RuleRow) -> AnyView {
    let (t, f, link) = (words(), formats(), use_link());
    let mark = Behind::Bought { all: keys(view, &rule.bought), without: keys(view, &rule.then) };
    let path = customers_path(&CustomerFilter::behind(mark));
    let label = t.who_has_not_label(&names(view, &rule.then), &names(view, &rule.bought));
    view! {
        <tr data-rule>
            <td>{linked(view, &rule.bought)}</td>
            <td data-label=t.also_word()>{linked(view, &rule.then)}</td>
            <td class="n hide-small" data-label=t.both_word()>{f.count(rule.both)}</td>
            <td class="n hide-small" data-label=t.support_word()>{f.percent(rule.support)}</td>
            <td class="n" data-label=t.confidence_word()>{f.percent_with(rule.confidence, 0)}</td>
            <td class="n hide-small" data-label=t.attach_word() data-attach>{rule.attach_rate.map_or_else(dash, |it| f.percent_with(it, 0))}</td>
            <td class="n" data-label=t.lift_word()><b>{f.number(rule.lift, 1)}</b></td>
            <td class="n hide-small" data-label=t.leverage_word()>{f.number(rule.leverage, 3)}</td>
            <td class="n hide-small" data-label=t.conviction_word()>{rule.conviction.map_or_else(dash, |it| f.number(it, 2))}</td>
            <td class="n" data-label=t.offer_to() data-value=""><a class="link" data-action="who-has-not" aria-label=label href=move || link(&path)>{t.who_has_not()}</a></td>
        </tr>
    }
    .into_any()
}

/// All rules as a file, not only those on screen, with plain numbers.
#[component]
fn Export(view: Arc<BasketsView>, is_later: Memo<bool>) -> impl IntoView {
    let (toasts, t) = (expect_context::<Toasts>(), words());
    let save = move |_| {
        let rules = if is_later.get_untracked() { &view.later } else { &view.rules };
        let heads = [
            t.bought_word(),
            t.also_word(),
            t.both_word(),
            t.support_word(),
            t.confidence_word(),
            t.attach_word(),
            t.lift_word(),
            t.leverage_word(),
            t.conviction_word(),
        ];
        let heads = heads.map(str::to_owned).to_vec();
        let rows = rules.iter().map(|rule| cells(&view, rule));
        let csv = csv_of(std::iter::once(heads).chain(rows));
        hand_over(toasts, t, csv.as_bytes(), "rules.csv");
    };
    view! {
        <button class="button button--quiet" type="button" data-action="export-csv" title=t.download_csv() aria-label=t.download_csv() on:click=save>
            <Icon name=IconName::Download />
        </button>
    }
}

fn cells(view: &BasketsView, rule: &RuleRow) -> Vec<String> {
    let plain = |it: f64| format!("{it:.4}");
    let known = |it: Option<f64>| it.map(plain).unwrap_or_default();
    vec![
        names(view, &rule.bought),
        names(view, &rule.then),
        rule.both.to_string(),
        plain(rule.support),
        plain(rule.confidence),
        known(rule.attach_rate),
        plain(rule.lift),
        plain(rule.leverage),
        known(rule.conviction),
    ]
}
