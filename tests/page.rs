//! What only a browser can tell: `Intl` formats, and components in a real document.
//!
//! `wasm-pack test --headless --chrome`, or as a part of `cargo xtask test`.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use leptos::prelude::*;
use model::{Currency, ShopDay};
use regulars::components::{Column, Draft, Figure, HeatCell, HeatMap, Loaded, Sort, VirtualTable};
use regulars::i18n::{Format, Lang, Words};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, HtmlInputElement, wasm_bindgen::JsCast};

wasm_bindgen_test_configure!(run_in_browser);

/// An element of its own in the document, with a component in it.
fn mounted<V: IntoView + 'static>(view: impl FnOnce() -> V + 'static) -> Element {
    let root = document().create_element("div").unwrap();
    document().body().unwrap().append_child(&root).unwrap();
    leptos::mount::mount_to(root.clone().unchecked_into(), view).forget();
    root
}

/// How often a text stands in what was drawn.
fn count(root: &Element, text: &str) -> usize {
    root.inner_html().matches(text).count()
}

#[wasm_bindgen_test]
fn numbers_money_and_days_are_written_as_the_reader_does() {
    let day = ShopDay::from_ymd(2026, 10, 31).unwrap();
    let jpy = Currency::from_code("JPY").unwrap();
    let (en, zh) = (Format { lang: Lang::En }, Format { lang: Lang::Zh });
    for (written, expected) in [
        (en.count(18_402), "18,402"),
        (en.percent(0.386), "38.6%"),
        (en.percent(10.0), "1,000.0%"),
        (en.percent(2_556.783), "2,558-fold"),
        (zh.percent(0.386), "38.6%"),
        (zh.percent(2_556.783), "2,557 倍"),
        (en.money(1_310_513, Currency::USD), "$13,105.13"),
        (en.money(-500, Currency::USD), "−$5.00"),
        (en.money(300, jpy), "¥300"),
        (en.money_whole(21_490_600, Currency::USD), "$214,906"),
        (en.money_compact(2_400_000.0, Currency::USD), "$24K"),
        (en.day(day), "31 Oct 2026"),
        (zh.count(18_402), "18,402"),
        (zh.money(1_310_513, Currency::CNY), "¥13,105.13"),
        (zh.money_compact(1_200_000_000.0, Currency::CNY), "¥1,200万"),
        (zh.money_compact(163_084.0, Currency::USD), "$1,631"),
        (en.money_compact(6_340.0, Currency::USD), "$63"),
        (en.money_compact(50.0, Currency::USD), "$0.5"),
        (zh.day(day), "2026年10月31日"),
    ] {
        assert_eq!(written, expected);
    }
}

#[wasm_bindgen_test]
fn a_counted_text_agrees_with_its_number() {
    let (en, zh) = (Words { lang: Lang::En }, Words { lang: Lang::Zh });
    assert_eq!(en.customers(1, "1"), "1 customer");
    assert_eq!(en.customers(2, "2"), "2 customers");
    assert_eq!(zh.customers(1, "1"), "1 位客户");
}

#[wasm_bindgen_test]
fn a_question_is_asked_in_its_own_words() {
    let t = Words { lang: Lang::En };
    for (code, detail, heading, why) in [
        ("date_order", "03/04/2026", "Does the day or the month come first?", "03/04/2026 can"),
        ("identity", "", "Nothing in this file tells customers apart", "No e-mail"),
        ("identity", "Name", "Only names tell the customers of this file apart", "share a name"),
        ("other_shop", "12", "Are these another shop's orders?", "12 order numbers"),
        ("other_shop", "", "Which shop's orders are these?", "More than one shop"),
        ("mapping", "Price", "How is this to be read?", "Price"),
    ] {
        let (asked, because) = t.question(code, detail);
        assert_eq!(asked, heading, "{code}");
        assert!(because.contains(why), "{code}: {because}");
    }
}

#[wasm_bindgen_test]
fn a_figure_shows_label_and_value() {
    let root = mounted(|| view! { <Figure label="Net revenue" value="$214,906" /> });
    let text = root.text_content().unwrap();
    assert!(text.contains("Net revenue") && text.contains("$214,906"), "{text}");
}

#[wasm_bindgen_test]
fn each_cell_of_a_heat_map_leads_to_its_customers() {
    let root = mounted(|| {
        let cell = |n: u32| HeatCell {
            weight: Some(f64::from(n)),
            text: n.to_string(),
            spoken: format!("{n} customers"),
            href: Some(format!("/customers?r={n}")),
            ..HeatCell::default()
        };
        let (rows, columns) = (vec!["R2".to_owned(), "R1".to_owned()], vec!["F1".to_owned()]);
        view! { <HeatMap label="RFM" row_labels=rows column_labels=columns cells=vec![cell(7), cell(3)] /> }
    });
    assert_eq!(count(&root, "href=\"/customers?r="), 2);
    assert!(root.text_content().unwrap().contains('7'));
}

/// A field of `stored`, as the screens build theirs, and its draft.
fn field_of(stored: RwSignal<String>) -> (HtmlInputElement, Draft) {
    let draft = StoredValue::new(None);
    let root = mounted(move || {
        let own = Draft::of(stored.into());
        draft.set_value(Some(own));
        let typed = move |event| own.type_over(event_target_value(&event));
        view! { <input prop:value=move || own.shown() on:input=typed /> }
    });
    let input = root.query_selector("input").unwrap().unwrap();
    (input.unchecked_into(), draft.get_value().unwrap())
}

/// What is stored comes anew. The draft hears of it first, and what it makes of it is drawn next.
async fn store(stored: RwSignal<String>, text: &str) {
    stored.set(text.to_owned());
    leptos::task::tick().await;
    leptos::task::tick().await;
}

async fn type_into(input: &HtmlInputElement, text: &str) {
    input.set_value(text);
    input.dispatch_event(&web_sys::Event::new("input").unwrap()).unwrap();
    leptos::task::tick().await;
}

#[wasm_bindgen_test]
async fn what_is_being_typed_stays_whatever_comes_until_it_is_saved() {
    let owner = Owner::new();
    let stored = owner.with(|| RwSignal::new("Ana".to_owned()));
    let (input, draft) = owner.with(|| field_of(stored));
    let comes = async |text: &str| {
        store(stored, text).await;
        input.value()
    };
    leptos::task::tick().await;
    assert_eq!(input.value(), "Ana");
    assert_eq!(comes("Ana B.").await, "Ana B.", "nobody types: the news are shown");

    type_into(&input, "Ana Ba").await;
    assert_eq!(comes("Ana B.").await, "Ana Ba", "the same again");
    assert_eq!(comes("Another").await, "Ana Ba", "another tab's name");

    draft.saved("Ana Ba");
    type_into(&input, "Ana Bauer").await;
    assert_eq!(comes("Ana Ba").await, "Ana Bauer", "more was typed while it was saved");

    draft.saved("Ana Bauer");
    assert_eq!(comes("Ana Bauer").await, "Ana Bauer");
    assert_eq!(comes("Ana").await, "Ana", "saved, then undone");

    type_into(&input, "x").await;
    draft.forget();
    leptos::task::tick().await;
    assert_eq!(input.value(), "Ana", "given up");
}

#[wasm_bindgen_test]
async fn blanks_at_the_end_stay_while_one_types_and_make_no_difference() {
    let owner = Owner::new();
    let stored = owner.with(|| RwSignal::new(String::new()));
    let (input, draft) = owner.with(|| field_of(stored));
    let comes = async |text: &str| {
        store(stored, text).await;
        (input.value(), untrack(|| draft.contested()))
    };
    type_into(&input, "prefers ").await;
    draft.saved("prefers ");
    assert_eq!(comes("prefers").await, ("prefers ".to_owned(), None), "saved as typing rests");

    draft.saved("prefers ");
    type_into(&input, "prefers e").await;
    assert_eq!(comes("prefers").await, ("prefers e".to_owned(), None), "typed before the news");

    type_into(&input, "prefers ").await;
    assert_eq!(comes("tea").await, ("tea".to_owned(), None), "nothing unsaved is lost");
}

#[wasm_bindgen_test]
async fn a_text_that_is_on_its_way_counts_as_stored_and_the_one_before_does_not() {
    let owner = Owner::new();
    let stored = owner.with(|| RwSignal::new("tea".to_owned()));
    let (input, draft) = owner.with(|| field_of(stored));
    assert!(draft.is_stored(), "nothing typed");
    type_into(&input, "coffee").await;
    assert!(!draft.is_stored());
    draft.sent(Some("coffee".to_owned()));
    assert!(draft.is_stored());
    type_into(&input, "tea").await;
    assert!(!draft.is_stored(), "the coffee is about to be stored");
    draft.sent(None);
    assert!(draft.is_stored(), "the coffee never came");
}

#[wasm_bindgen_test]
async fn what_somebody_else_saved_while_one_typed_is_told_until_one_chooses() {
    let owner = Owner::new();
    let stored = owner.with(|| RwSignal::new("tea".to_owned()));
    let (input, draft) = owner.with(|| field_of(stored));
    let comes = async |text: &str| {
        store(stored, text).await;
        untrack(|| draft.contested())
    };
    assert_eq!(comes("green tea").await, None, "nobody types");
    type_into(&input, "green tea, loose").await;
    assert_eq!(comes("green tea").await, None, "the same again");
    assert_eq!(comes("coffee").await.as_deref(), Some("coffee"));
    assert_eq!(comes("green tea, loose").await, None, "they wrote the same");

    type_into(&input, "black tea").await;
    draft.saved("black tea");
    type_into(&input, "black tea, hot").await;
    assert_eq!(comes("black tea").await, None, "one's own, while more is typed");
    assert_eq!(comes("coffee").await.as_deref(), Some("coffee"));
    draft.insist();
    assert_eq!(comes("coffee").await, None, "one's own shall stand");
    assert_eq!(comes("cocoa").await.as_deref(), Some("cocoa"), "changed once more");
}

#[wasm_bindgen_test]
fn a_long_table_builds_only_the_rows_in_sight() {
    let root = mounted(|| {
        let rows = Loaded { first_row: 0, rows: (0..200_u32).collect::<Vec<_>>() };
        view! {
            // Without a height the viewport would grow with its rows, and they with it.
            <style>".grid-table__viewport { height: 360px; overflow: auto; }"</style>
            <VirtualTable
                label="Customers"
                columns=vec![Column::new("name", "Name")]
                total=Signal::stored(100_000_usize)
                rows=Signal::stored(rows)
                on_range=Callback::new(|_| ())
                sort=Signal::stored(Sort::default())
                on_sort=Callback::new(|_| ())
                cells=|row: &u32| vec![row.to_string().into_any()]
                row_href=|row: &u32| format!("/customer?id={row}")
            />
        }
    });
    let table = root.query_selector("[aria-rowcount]").unwrap().unwrap();
    assert_eq!(table.get_attribute("aria-rowcount").as_deref(), Some("100001"));
    let built = count(&root, "role=\"row\"");
    assert!((1..200).contains(&built), "{built} rows");
}
