//! What stands in the URL. The router decodes it through the browser, so these tests run in one.
//!
//! `wasm-pack test --headless --chrome`, or as a part of `cargo xtask test`.
#![cfg(target_arch = "wasm32")]

use protocol::{Compare, CustomerFilter, Lens, Period, RfmClass, RfmGroup, Tier};
use regulars::address::{Query, customers_path, filter_of, lens_of};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

fn query(pairs: &[(&str, &str)]) -> Query {
    let mut query = Query::default();
    for (name, value) in pairs {
        query.set(name, value);
    }
    // As it comes back from the address.
    Query::parse(&query.to_string())
}

#[wasm_bindgen_test]
fn any_text_comes_back_from_the_address_as_it_was() {
    for text in ["50%", "50%25", "a|b", "A%7CB", "'茶' & tea + milk = #1?", "100%zz", "é/\\;:,"] {
        assert_eq!(query(&[("q", "x"), ("rule", text)]).get_str("rule"), Some(text));
    }
}

#[wasm_bindgen_test]
fn an_address_that_a_person_has_written_is_read() {
    let query = Query::parse("?q=ann+lee&tag=50%&q=bo%20li&&x&=y");
    assert_eq!(query.get_str("q"), Some("bo li"));
    assert_eq!(query.get_str("tag"), Some("50%"));
    assert_eq!((query.get_str("x"), query.get_str("z")), (Some(""), None));
    assert_eq!(Query::default().to_string(), "");
}

#[wasm_bindgen_test]
fn a_url_without_parameters_is_the_default_lens() {
    assert_eq!(lens_of(&query(&[])), Lens::default());
    assert_eq!(lens_of(&query(&[("as_of", "31.10.2026"), ("compare", "x")])), Lens::default());
}

#[wasm_bindgen_test]
fn the_lens_is_read_from_the_url() {
    let lens = lens_of(&query(&[
        ("as_of", "2026-10-31"),
        ("from", "2026-10-01"),
        ("to", "2026-10-31"),
        ("compare", "year"),
    ]));
    assert_eq!(lens.as_of.map(|it| it.to_string()).as_deref(), Some("2026-10-31"));
    assert_eq!(lens.period.map(Period::days), Some(31));
    assert_eq!(lens.compare, Compare::Year);
    let turned = lens_of(&query(&[("from", "2026-10-31"), ("to", "2026-10-01")]));
    assert_eq!(turned.period, None);
}

#[wasm_bindgen_test]
fn every_filter_survives_the_url() {
    let mut filters: Vec<CustomerFilter> = RfmGroup::ALL
        .map(|group| CustomerFilter { group: Some(group), ..Default::default() })
        .to_vec();
    filters
        .extend(RfmClass::ALL.map(|it| CustomerFilter { class: Some(it), ..Default::default() }));
    filters.extend(Tier::ALL.map(|it| CustomerFilter {
        tier: Some(it),
        r: 5,
        m: 1,
        ..Default::default()
    }));
    filters.push(CustomerFilter {
        slipping: true,
        orders: 1,
        within_days: 60,
        f: 2,
        ..Default::default()
    });
    filters.push(CustomerFilter { tag: "spring & tea".to_owned(), ..Default::default() });
    for filter in filters {
        let path = customers_path(&filter);
        let query = path.split_once('?').map_or("", |(_, query)| query);
        assert_eq!(filter_of(&Query::parse(query)), filter, "{path}");
    }
}
