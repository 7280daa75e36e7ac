//! Where new customers come from and what they cost, with a form for the costs.

use crate::components::{ChipOptions, Field, Head, TableCard, chip_select};
use crate::edits::{Edit, Edits};
use crate::i18n::Words;
use crate::settings::{formats, words};
use leptos::prelude::*;
use model::{Amount, Currency, ShopDay, plain_decimal};
use protocol::{AcquireCell, AcquireView, ChannelRow, ShopEdit};
use std::sync::Arc;

/// The code of all months together among the choices.
const ALL: &str = "all";

/// What is chosen and typed on the card, which outlives the answers that it is drawn of.
#[derive(Clone, Copy)]
pub struct Typed {
    /// The month that is shown, or all of them.
    shown: RwSignal<String>,
    /// The month that a cost is of; empty: the newest.
    month: RwSignal<String>,
    channel: RwSignal<String>,
    cost: RwSignal<String>,
}

impl Typed {
    /// Nothing yet.
    pub fn new() -> Typed {
        let [shown, month, channel, cost] =
            [ALL, "", "", ""].map(|it| RwSignal::new(it.to_owned()));
        Typed { shown, month, channel, cost }
    }
}

/// The card.
#[component]
pub fn Acquire(view: Arc<AcquireView>, currency: Currency) -> impl IntoView {
    let t = words();
    let chosen = expect_context::<Typed>().shown;
    let month = {
        let months = view.months.clone();
        Memo::new(move |_| months.iter().position(|it| it.to_string() == *chosen.read()))
    };
    let options = months(t, &view.months);
    let tools = chip_select(
        t.acquire_month(),
        options,
        chosen.into(),
        Callback::new(move |it| chosen.set(it)),
    );
    let heads = vec![
        Head::text(t.acquire_channel()),
        Head::number(t.acquire_new()),
        Head::number(t.acquire_first_net()).hide_small(),
        Head::number(t.acquire_cost()),
        Head::number(t.acquire_each()),
        Head::number(t.acquire_to_first()).hide_small(),
        Head::number(t.acquire_to_second()).hide_small(),
    ];
    let count = view.channels.len() + 1;
    let note = if view.is_part { t.acquire_part_note() } else { t.acquire_note() };
    let foot = (!view.is_part).then(|| view! { <SayCost view=view.clone() currency /> }.into_any());
    let rows = move || {
        let channels = view.channels.iter().map(|it| line(it, false, month.get(), currency));
        channels.chain([line(&view.all, true, month.get(), currency)]).collect_view()
    };
    view! {
        <TableCard
            id="acquire"
            heading=t.acquire_title()
            file_name="new-customers.csv"
            note=note.to_owned()
            heads
            rows=count
            tools=tools.into_any()
            foot=foot.unwrap_or_else(|| ().into_any())
        >
            {rows}
        </TableCard>
    }
}

/// The months to choose from, the newest first, after all of them.
fn months(t: Words, months: &[ShopDay]) -> ChipOptions {
    let f = formats();
    let all =
        (ALL.to_owned(), t.acquire_all_months(months.len() as u64, &f.count(months.len() as u32)));
    let each = months.iter().rev().map(|it| (it.to_string(), f.month(*it)));
    std::iter::once(all).chain(each).collect()
}

/// A channel, or all of them, in a month or in all of them.
fn line(
    row: &ChannelRow,
    is_all: bool,
    month: Option<usize>,
    currency: Currency,
) -> impl IntoView + use<> {
    let (t, f) = (words(), formats());
    let name = match (is_all, row.channel.as_str()) {
        (true, _) => t.acquire_all().to_owned(),
        (false, "") => t.acquire_unnamed().to_owned(),
        (false, name) => name.to_owned(),
    };
    let cell = month.and_then(|it| row.months.get(it)).unwrap_or(&row.total);
    let AcquireCell { new_customers, first_net, cost, cost_each } = *cell;
    let money = move |minor: Option<i64>| {
        minor.map_or_else(|| "–".to_owned(), |it| f.money_whole(it, currency))
    };
    let each = cost_each.map(|it| f.money(it.round() as i64, currency));
    let days = |days: Option<f64>| {
        days.map_or_else(|| "–".to_owned(), |it| t.days(it.round() as u64, &f.count(it.round())))
    };
    let (to_first, to_second) = (days(row.days_to_first), days(row.days_to_second));
    let class = is_all.then_some("table__total");
    view! {
        <tr class=class data-channel=if is_all { "*".to_owned() } else { row.channel.clone() }>
            <td>{name}</td>
            <td class="n">{f.count(new_customers)}</td>
            <td class="n hide-small">{f.money_whole(first_net, currency)}</td>
            <td class="n">{money(cost)}</td>
            <td class="n">{each.unwrap_or_else(|| "–".to_owned())}</td>
            <td class="n hide-small">{to_first}</td>
            <td class="n hide-small">{to_second}</td>
        </tr>
    }
}

/// What is wrong with the form.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wrong {
    Channel,
    Cost,
}

/// The cost that a text names, if it is one of the currency; empty: nothing is known.
fn read_cost(text: &str, currency: Currency) -> Result<Option<Amount>, Wrong> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let amount = plain_decimal(text).and_then(|it| Amount::parse(&it)).ok_or(Wrong::Cost)?;
    let is_of_currency = Amount::from_minor(amount.minor(currency), currency) == amount;
    if is_of_currency { Ok(Some(amount)) } else { Err(Wrong::Cost) }
}

/// The cost that stands in a channel's month.
fn former(view: &AcquireView, channel: &str, month: ShopDay, currency: Currency) -> Option<Amount> {
    let row = view.channels.iter().find(|it| it.channel == channel)?;
    let at = view.months.iter().position(|it| *it == month)?;
    row.months[at].cost.map(|it| Amount::from_minor(it, currency))
}

/// The form by which a cost is said, in place of what was said before.
#[component]
fn SayCost(view: Arc<AcquireView>, currency: Currency) -> impl IntoView {
    let (t, f, edits) = (words(), formats(), Edits::here());
    let Typed { month, channel, cost, .. } = expect_context();
    if month.read_untracked().is_empty() {
        month.set(view.months.last().map(ToString::to_string).unwrap_or_default());
    }
    let wrong = RwSignal::new(None::<Wrong>);
    let error = move |of: Wrong, text: &'static str| {
        Signal::derive(move || (wrong.get() == Some(of)).then(|| text.to_owned()))
    };
    let choices: Vec<_> =
        view.months.iter().rev().map(|it| (it.to_string(), f.month(*it))).collect();
    let known: Vec<String> =
        view.channels.iter().map(|it| it.channel.clone()).filter(|it| !it.is_empty()).collect();
    let save = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let Some(day) = ShopDay::parse_iso(&month.read_untracked()) else { return };
        let name = channel.get_untracked().trim().to_owned();
        let read = read_cost(&cost.read_untracked(), currency);
        let read = if name.is_empty() { Err(Wrong::Channel) } else { read };
        wrong.set(read.err());
        let Ok(now) = read else { return };
        let of = |cost: Option<Amount>| ShopEdit::Cost { month: day, channel: name.clone(), cost };
        let edit = Edit::shop(of(now), of(former(&view, &name, day, currency)));
        edits.write(edit, t, t.acquire_saved(&name, &f.month(day)), move |written| match written {
            Ok(()) => _ = cost.try_set(String::new()),
            Err(problem) => edits.tell(t, &problem),
        });
    };
    let options =
        choices.into_iter().map(|(code, text)| view! { <option value=code>{text}</option> });
    let names = known.into_iter().map(|it| view! { <option value=it></option> });
    view! {
        <form class="stack" on:submit=save>
            <div class="row row--fields row--top">
                <Field id="cost-month" label=t.acquire_month().to_owned() let:ids>
                    <select class="input" id=ids.input prop:value=move || month.get() on:change=move |event| month.set(event_target_value(&event))>
                        {options.collect_view()}
                    </select>
                </Field>
                <Field id="cost-channel" label=t.acquire_channel().to_owned() error=error(Wrong::Channel, t.acquire_channel_bad()) let:ids>
                    <input
                        class="input"
                        id=ids.input
                        aria-describedby=ids.described_by
                        aria-invalid=ids.invalid
                        autocomplete="off"
                        list="cost-channels"
                        maxlength="60"
                        prop:value=move || channel.get()
                        on:input=move |event| channel.set(event_target_value(&event))
                    />
                </Field>
                <Field id="cost-amount" label=t.acquire_cost_in(currency.code()) error=error(Wrong::Cost, t.acquire_cost_bad()) let:ids>
                    <input
                        class="input"
                        id=ids.input
                        aria-describedby=ids.described_by
                        aria-invalid=ids.invalid
                        autocomplete="off"
                        inputmode="decimal"
                        maxlength="20"
                        prop:value=move || cost.get()
                        on:input=move |event| cost.set(event_target_value(&event))
                    />
                </Field>
            </div>
            <div>
                <button class="button" type="submit" data-action="say-cost">{t.acquire_save()}</button>
            </div>
            <datalist id="cost-channels">{names.collect_view()}</datalist>
        </form>
    }
}
