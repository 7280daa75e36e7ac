//! The query of the address, decoded once.
//!
//! In place of the router's own map: that decodes what the browser has decoded once more, so that a
//! text with a percent sign, as a rule or a tag may be, comes out as another.

use super::encode;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use std::fmt;

/// Parameters with their values, in the order of the address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query(Vec<(String, String)>);

impl Query {
    /// The query in what stands behind the path, with or without the question mark.
    pub fn parse(search: &str) -> Query {
        let search = search.strip_prefix('?').unwrap_or(search);
        let pairs = search.split('&').filter(|pair| !pair.is_empty());
        let decoded = pairs.map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(name), decode(value))
        });
        Query(decoded.collect())
    }

    /// The value of a parameter; of several, the last.
    pub fn get_str(&self, name: &str) -> Option<&str> {
        self.0.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The same as a text of its own.
    pub fn get(&self, name: &str) -> Option<String> {
        self.get_str(name).map(str::to_owned)
    }

    /// Puts a parameter in place of those of its name; an empty one is left out.
    pub fn set(&mut self, name: &str, value: &str) {
        self.0.retain(|(known, _)| known != name);
        if !value.is_empty() {
            self.0.push((name.to_owned(), value.to_owned()));
        }
    }
}

/// As it stands behind the path.
impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut sign = '?';
        for (name, value) in &self.0 {
            write!(f, "{sign}{}={}", encode(name), encode(value))?;
            sign = '&';
        }
        Ok(())
    }
}

/// A text as a form writes it; one that is no such is taken as it stands.
fn decode(text: &str) -> String {
    let text = text.replace('+', " ");
    js_sys::decode_uri_component(&text).map_or(text, String::from)
}

/// Gives a screen its query, parsed once for all that look at it: every link of a list does.
///
/// It stays as it is while the address is another screen's: one that is being left would be drawn
/// anew, and ask the engine, while it is taken down. (The router's own query of a route does not
/// follow where the path changes by a slash alone, as between a host's folder and a link to it.)
pub fn share_query() {
    let location = use_location();
    let path = move || location.pathname.read().trim_end_matches('/').to_owned();
    let here = untrack(path);
    let query = Memo::new(move |before: Option<&Query>| match before {
        Some(before) if path() != here => before.clone(),
        _ => Query::parse(&location.search.read()),
    });
    provide_context(query);
}

/// The query of the address: the screen's, or what goes with the reader around it.
pub fn use_query() -> Memo<Query> {
    use_context().unwrap_or_else(|| {
        let search = use_location().search;
        Memo::new(move |_| Query::parse(&search.read()))
    })
}
