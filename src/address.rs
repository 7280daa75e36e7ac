//! What stands in the URL: as-of day, period, comparison, and the customer list's filter.

use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_navigate};
use leptos_router::{NavigateOptions, location::State};
use model::ShopDay;
use protocol::{
    ChurnState, Compare, CustomerFilter, CustomerQuery, CustomerSort, Lens, Period, RfmClass,
    RfmGroup, SegmentId, Tier, slug,
};

pub mod labels;
pub mod marks;
pub mod orders;
mod query;
pub mod rules;

pub use query::{Query, share_query, use_query};

/// Parameters that go with the reader from screen to screen.
const CARRIED: [&str; 8] = ["as_of", "from", "to", "compare", "align", "segment", "lang", "theme"];

/// The lens of a query.
pub fn lens_of(query: &Query) -> Lens {
    let day = |name: &str| query.get(name).and_then(|text| ShopDay::parse_iso(&text));
    let period = day("from").zip(day("to")).map(|(from, to)| Period { from, to });
    Lens {
        as_of: day("as_of"),
        period: period.filter(|it| it.from <= it.to),
        compare: compare_of(query.get_str("compare"), query.get_str("align")),
        segment: query.get_str("segment").and_then(SegmentId::parse),
    }
}

/// Names of the comparisons, and by what their days stand side by side; empty: as usual.
pub const COMPARISONS: [(&str, &str, Compare); 5] = [
    ("", "", Compare::Previous),
    ("", "weekday", Compare::PreviousWeekdays),
    ("year", "", Compare::Year),
    ("year", "date", Compare::YearDates),
    ("off", "", Compare::Off),
];

fn compare_of(compare: Option<&str>, align: Option<&str>) -> Compare {
    let (compare, align) = (compare.unwrap_or_default(), align.unwrap_or_default());
    let compare = if compare == "previous" { "" } else { compare };
    let of = |align: &str| COMPARISONS.iter().find(|it| (it.0, it.1) == (compare, align));
    of(align).or_else(|| of("")).map_or(Compare::Previous, |it| it.2)
}

/// The lens in the URL.
pub fn use_lens() -> Memo<Lens> {
    let query = use_query();
    Memo::new(move |_| lens_of(&query.read()))
}

/// A link to a screen under the same lens. `path` may have parameters of its own.
pub fn use_link() -> impl Fn(&str) -> String + Clone + Send + Sync + 'static {
    let query = use_query();
    move |path: &str| link(path, &query.read())
}

fn link(path: &str, query: &Query) -> String {
    let mut url = format!("{}{path}", base());
    let mut sign = if path.contains('?') { '&' } else { '?' };
    for name in CARRIED {
        // What the path says itself goes before what is carried along.
        let is_said = ["?", "&"].iter().any(|it| path.contains(&format!("{it}{name}=")));
        if let Some(value) = query.get_str(name).filter(|_| !is_said) {
            url.push(sign);
            url.push_str(name);
            url.push('=');
            url.push_str(&encode(value));
            sign = '&';
        }
    }
    url
}

/// Puts parameters into the URL in place of those of the same names; empty ones are removed. Each
/// change is a step that the browser's Back takes back, but for the letters of a search.
pub fn use_set_query() -> impl Fn(&[(&str, String)]) + Copy + Send + Sync + 'static {
    let change = use_change_query();
    move |changes| change(changes, matches!(changes, [("q", _)]))
}

/// The same for what changes while a hand is on it: `replace`: it is no step of its own.
pub fn use_change_query() -> impl Fn(&[(&str, String)], bool) + Copy + Send + Sync + 'static {
    let (query, pathname, navigate) = (use_query(), use_location().pathname, use_navigate());
    // Stored, so that every button that changes the URL carries a number and not the whole router.
    let go: Go = Box::new(move |url, options| navigate(url, options));
    let go = StoredValue::new_local(go);
    move |changes, replace| {
        let mut map = query.get_untracked();
        for (name, value) in changes {
            map.set(name, value);
        }
        let url = format!("{}{map}", pathname.get_untracked());
        let options =
            NavigateOptions { replace, scroll: false, state: State::default(), ..whole() };
        go.with_value(|go| go(&url, options));
    }
}

type Go = Box<dyn Fn(&str, NavigateOptions)>;

/// How to go to an address that begins with the site's folder, as all here do: the router would put
/// the folder before it once more.
pub fn whole() -> NavigateOptions {
    NavigateOptions { resolve: false, ..NavigateOptions::default() }
}

/// The folder in which the site lies, without a slash at its end.
///
/// The build says it in each file's `<base>`. That is relative, so it is read once, before any
/// other address is taken.
pub fn base() -> String {
    thread_local! {
        static BASE: String = document().base_uri().ok().flatten().map_or_else(String::new, |uri| base_of(&uri));
    }
    BASE.with(Clone::clone)
}

/// Brings the address of a screen to its one form: most hosts send `/rfm` on to `/rfm/`, which the
/// router takes for another place of the same screen, and then does not hear that the query changes.
pub fn take_off_slash() {
    let (location, base) = (window().location(), base());
    let path = location.pathname().unwrap_or_default();
    let Some(screen) = path.strip_suffix('/').filter(|it| it.len() > base.len()) else { return };
    let rest = [location.search(), location.hash()].map(Result::unwrap_or_default).concat();
    if let Ok(history) = window().history() {
        // Refused only for other origins.
        let url = format!("{screen}{rest}");
        let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&url));
    }
}

fn base_of(uri: &str) -> String {
    let path =
        uri.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map_or("", |it| it.1);
    let path = path.split(['?', '#']).next().unwrap_or_default();
    path.rsplit_once('/').map_or_else(String::new, |(folder, _)| format!("/{folder}"))
}

/// The product page's link for what tells a product apart, without folder and lens.
pub fn product_path(key: &str) -> String {
    format!("/product?id={}", encode(key))
}

fn encode(text: &str) -> String {
    js_sys::encode_uri_component(text).into()
}

/// The name of a group in the URL.
pub fn group_code(group: RfmGroup) -> String {
    slug(group.name())
}

/// The name of a state of silence in the URL.
pub fn churn_code(state: ChurnState) -> String {
    slug(state.name())
}

/// The customer list's link for a filter, without folder and lens.
pub fn customers_path(filter: &CustomerFilter) -> String {
    let mut parts = Vec::new();
    if let Some(group) = filter.group {
        parts.push(format!("group={}", group_code(group)));
    }
    if let Some(class) = filter.class {
        parts.push(format!("class={}", class as u8));
    }
    if let Some(tier) = filter.tier {
        parts.push(format!("tier={}", tier.name().to_ascii_lowercase()));
    }
    for (name, score) in [("r", filter.r), ("f", filter.f), ("m", filter.m)] {
        if score > 0 {
            parts.push(format!("{name}={score}"));
        }
    }
    if filter.slipping {
        parts.push("slipping=1".to_owned());
    }
    if filter.orders > 0 {
        parts.push(format!("orders={}", filter.orders));
    }
    if filter.within_days > 0 {
        parts.push(format!("within={}", filter.within_days));
    }
    if let Some(stage) = filter.stage {
        parts.push(format!("stage={}", stage.name()));
    }
    if let Some(state) = filter.churn {
        parts.push(format!("silence={}", churn_code(state)));
    }
    if !filter.tag.is_empty() {
        parts.push(format!("tag={}", encode(&filter.tag)));
    }
    if let Some(mark) = &filter.behind {
        parts.push(format!("behind={}", encode(&marks::to_text(mark))));
    }
    if parts.is_empty() {
        "/customers".to_owned()
    } else {
        format!("/customers?{}", parts.join("&"))
    }
}

/// The filter of a query; what it does not understand lets everybody through.
pub fn filter_of(query: &Query) -> CustomerFilter {
    let number =
        |name: &str| query.get_str(name).and_then(|it| it.parse::<u32>().ok()).unwrap_or(0);
    let score = |name: &str| u8::try_from(number(name)).ok().filter(|it| *it <= 5).unwrap_or(0);
    CustomerFilter {
        group: query
            .get_str("group")
            .and_then(|code| RfmGroup::ALL.into_iter().find(|it| group_code(*it) == code)),
        class: query
            .get_str("class")
            .and_then(|it| it.parse::<usize>().ok())
            .and_then(|it| RfmClass::ALL.get(it).copied()),
        tier: query
            .get_str("tier")
            .and_then(|code| Tier::ALL.into_iter().find(|it| it.name().eq_ignore_ascii_case(code))),
        r: score("r"),
        f: score("f"),
        m: score("m"),
        slipping: number("slipping") > 0,
        orders: number("orders"),
        within_days: number("within"),
        stage: query.get_str("stage").and_then(marks::stage_of),
        churn: query
            .get_str("silence")
            .and_then(|code| ChurnState::ALL.into_iter().find(|it| churn_code(*it) == code)),
        tag: query.get("tag").unwrap_or_default(),
        behind: query.get_str("behind").and_then(marks::of_text),
    }
}

/// Names of the list's orders in the URL, as column keys of the table.
pub const SORTS: [(&str, CustomerSort); 10] = [
    ("name", CustomerSort::Name),
    ("contact", CustomerSort::Contact),
    ("group", CustomerSort::Group),
    ("rfm", CustomerSort::Rfm),
    ("tier", CustomerSort::Tier),
    ("orders", CustomerSort::Orders),
    ("net", CustomerSort::Net),
    ("aov", CustomerSort::OrderValue),
    ("first", CustomerSort::FirstOrder),
    ("last", CustomerSort::LastOrder),
];

/// The customer list of a query, without a stretch.
pub fn customer_query_of(query: &Query) -> CustomerQuery {
    let sort = query.get_str("sort").and_then(|key| SORTS.iter().find(|(name, _)| *name == key));
    CustomerQuery {
        lens: lens_of(query),
        search: query.get("q").unwrap_or_default(),
        filter: filter_of(query),
        sort: sort.map(|(_, sort)| *sort).unwrap_or_default(),
        language: protocol::Language::default(),
        descending: query.get_str("dir") != Some("asc"),
        first_row: 0,
        rows: 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comparison_is_aligned_as_asked() {
        for (compare, align, expected) in [
            (None, None, Compare::Previous),
            (Some("previous"), Some("weekday"), Compare::PreviousWeekdays),
            (Some("previous"), Some("date"), Compare::Previous),
            (Some("year"), None, Compare::Year),
            (Some("year"), Some("weekday"), Compare::Year),
            (Some("year"), Some("date"), Compare::YearDates),
            (Some("off"), Some("date"), Compare::Off),
            (Some("decade"), None, Compare::Previous),
        ] {
            assert_eq!(compare_of(compare, align), expected, "{compare:?} {align:?}");
        }
    }

    #[test]
    fn the_folder_of_the_site_is_its_base() {
        for (uri, base) in [
            ("https://example.com/", ""),
            ("https://example.com/?lang=en", ""),
            ("http://127.0.0.1:8080/index.html", ""),
            ("https://example.com/shop/", "/shop"),
            ("https://example.com/a/b/#top", "/a/b"),
            ("about:blank", ""),
        ] {
            assert_eq!(base_of(uri), base, "{uri}");
        }
    }
}
