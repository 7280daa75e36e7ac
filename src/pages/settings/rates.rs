//! What other currencies are worth in the shop's: listed, given, taken off.

use super::CURRENCIES;
use crate::components::Field;
use crate::data::Data;
use crate::edits::{Edit, Edits};
use crate::i18n::Words;
use crate::settings::{formats, words};
use leptos::prelude::*;
use model::{Currency, DatedRate, Rate, ShopDay};
use protocol::{CurrencyRates, ShopEdit};

/// The rates by currency, with a form for another. Each change can be put back.
#[component]
pub fn ExchangeRates() -> impl IntoView {
    let t = words();
    let (data, edits) = (expect_context::<Data>(), Edits::here());
    let shops = Memo::new(move |_| data.shop.read().as_ref().map(|it| it.profile.currency));
    let known = Memo::new(move |_| {
        data.shop.read().as_ref().map(|it| it.rates.clone()).unwrap_or_default()
    });
    let rows = move || {
        let shops = shops.get()?;
        let rows: Vec<AnyView> =
            known.get().iter().flat_map(|it| rows_of(it, shops, edits)).collect();
        (!rows.is_empty()).then(|| view! { <ul class="batches" data-rates>{rows}</ul> })
    };
    let note = move || shops.get().map(|it| t.rates_note(it.code()));
    view! {
        <section class="card" id="rates">
            <h2>{t.rates_title()}</h2>
            <p class="card__note">{note}</p>
            {rows}
            <NewRate shops known />
        </section>
    }
}

/// A currency with the orders in it, and each of its rates.
fn rows_of(of: &CurrencyRates, shops: Currency, edits: Edits) -> Vec<AnyView> {
    let (t, f) = (words(), formats());
    let code = of.currency.code();
    let counted =
        (of.exchanged > 0).then(|| t.rate_counted(of.exchanged.into(), &f.count(of.exchanged)));
    let apart = (of.apart > 0).then(|| t.rate_apart(of.apart.into(), &f.count(of.apart)));
    let told: Vec<String> = counted.into_iter().chain(apart).collect();
    let told = if told.is_empty() { t.rate_no_orders().to_owned() } else { told.join(" · ") };
    let head = view! {
        <li class="batch" data-rate-currency=code>
            <div class="batch__text"><b>{code}</b><small>{told}</small></div>
        </li>
    };
    let rates = of.rates.list().iter().map(|it| rate_row(of, *it, shops, edits));
    std::iter::once(head.into_any()).chain(rates).collect()
}

fn rate_row(of: &CurrencyRates, dated: DatedRate, shops: Currency, edits: Edits) -> AnyView {
    let (t, f) = (words(), formats());
    let worth = format!("{} {}", dated.rate, shops.code());
    let line = t.rate_line(of.currency.code(), &worth);
    let since = dated.from.map_or_else(|| t.rate_ever().to_owned(), |it| t.rate_since(&f.day(it)));
    let label = t.rate_remove_one(&format!("{line}, {since}"));
    let currency = of.currency;
    let remove = move |_| {
        let edit = edit([currency, shops], dated.from, None, Some(dated.rate));
        edits.write(edit, t, t.rates_saved(currency.code()), move |written| {
            if let Err(problem) = written {
                edits.tell(t, &problem);
            }
        });
    };
    view! {
        <li class="batch" data-rate=line.clone()>
            <div class="batch__text">{line.clone()}<small>{since}</small></div>
            <button class="button" type="button" data-action="remove-rate" aria-label=label on:click=remove>
                {t.rate_remove()}
            </button>
        </li>
    }
    .into_any()
}

/// The rate of a currency in the shop's from a day on, in place of the former.
fn edit(
    [currency, shops]: [Currency; 2],
    from: Option<ShopDay>,
    now: Option<Rate>,
    former: Option<Rate>,
) -> Edit {
    let of = |rate: Option<Rate>| ShopEdit::Rate { currency, shops, from, rate };
    Edit::shop(of(now), of(former))
}

/// What is wrong with the fields of a new rate, one sentence for each.
type Errors = [Option<&'static str>; 3];

/// The currency and the rate that the texts of the fields name.
fn read(t: Words, texts: &[String; 3], shops: Currency) -> Result<(Currency, DatedRate), Errors> {
    let [code, worth, day] = texts.each_ref().map(|text| text.trim());
    let currency = Currency::from_code(code).filter(|it| *it != shops);
    let rate = Rate::parse(worth);
    let from = if day.is_empty() { Some(None) } else { ShopDay::parse_iso(day).map(Some) };
    match (currency, rate, from) {
        (Some(currency), Some(rate), Some(from)) => Ok((currency, DatedRate { from, rate })),
        _ => Err([
            currency.is_none().then(|| t.rate_currency_bad()),
            rate.is_none().then(|| t.rate_bad()),
            from.is_none().then(|| t.rate_day_bad()),
        ]),
    }
}

/// The form: the currency is that of orders which have no rate yet, else one that has, unless another
/// is typed.
#[component]
fn NewRate(shops: Memo<Option<Currency>>, known: Memo<Vec<CurrencyRates>>) -> impl IntoView {
    let (t, edits) = (words(), Edits::here());
    let typed = [None, Some(String::new()), Some(String::new())].map(RwSignal::new);
    let errors = RwSignal::new(Errors::default());
    let suggested = Memo::new(move |_| {
        let known = known.read();
        let apart = known.iter().max_by_key(|it| it.apart).filter(|it| it.apart > 0);
        let proposed = apart.or_else(|| known.first());
        proposed.map(|it| it.currency.code().to_owned()).unwrap_or_default()
    });
    let text = move |at: usize| typed[at].get().unwrap_or_else(|| suggested.get());
    let add = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let Some(shops) = shops.get_untracked() else { return };
        let texts = untrack(|| [0, 1, 2].map(text));
        let (currency, new) = match read(t, &texts, shops) {
            Ok(read) => read,
            Err(wrong) => return errors.set(wrong),
        };
        errors.set(Errors::default());
        let known = known.read_untracked();
        let of =
            known.iter().find(|it| it.currency == currency).map_or(&[][..], |it| it.rates.list());
        let former = of.iter().find(|it| it.from == new.from).map(|it| it.rate);
        let edit = edit([currency, shops], new.from, Some(new.rate), former);
        edits.write(edit, t, t.rates_saved(currency.code()), move |written| match written {
            // What was typed meanwhile stays.
            Ok(()) if untrack(|| [0, 1, 2].map(text)) == texts => {
                for (field, empty) in typed.into_iter().zip([None, Some(()), Some(())]) {
                    field.try_set(empty.map(|()| String::new()));
                }
            }
            Ok(()) => {}
            Err(problem) => edits.tell(t, &problem),
        });
    };
    let error = move |at: usize| Signal::derive(move || errors.read()[at].map(str::to_owned));
    let worth =
        Signal::derive(move || shops.get().map(|it| t.rate_worth(it.code())).unwrap_or_default());
    let field = move |at: usize, id: &'static str, label: Signal<String>, kind: &'static str| {
        view! {
            <Field id=id label=label error=error(at) let:ids>
                <input
                    class="input"
                    type=kind
                    id=ids.input
                    aria-describedby=ids.described_by
                    aria-invalid=ids.invalid
                    autocomplete="off"
                    inputmode=(at == 1).then_some("decimal")
                    list=(at == 0).then_some("rate-currencies")
                    maxlength="20"
                    prop:value=move || text(at)
                    on:input=move |event| typed[at].set(Some(event_target_value(&event)))
                />
            </Field>
        }
    };
    let options = CURRENCIES.iter().map(|it| view! { <option value=*it></option> });
    view! {
        <form class="stack" on:submit=add>
            <div class="row row--fields row--top">
                {field(0, "rate-currency", Signal::stored(t.rate_currency().to_owned()), "text")}
                {field(1, "rate-worth", worth, "text")}
                {field(2, "rate-from", Signal::stored(t.rate_from().to_owned()), "date")}
            </div>
            <div>
                <button class="button" type="submit" data-action="add-rate">{t.rate_add()}</button>
            </div>
            <datalist id="rate-currencies">{options.collect_view()}</datalist>
        </form>
    }
}
