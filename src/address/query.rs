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

/// Has the address parsed once for all of a screen that look at it: every link of a list does.
/// Each screen has its own: the router has to hear of another address before a screen does, which
/// would ask for what the next one shows, and be drawn anew just to be taken down.
pub fn share_query() {
    provide_context(parsed());
}

/// The query of the address.
pub fn use_query() -> Memo<Query> {
    use_context().unwrap_or_else(parsed)
}

fn parsed() -> Memo<Query> {
    let search = use_location().search;
    Memo::new(move |_| Query::parse(&search.read()))
}
