//! Places of customers in the order of their names.
//!
//! A language's order is the host's to know, and each comparison is dear there: names are sorted
//! once a language, and again only when a name comes up that was not among them.

use crate::host::Host;
use crate::shop::Shop;
use crate::views::{label, search::folded};
use foldhash::fast::FixedState;
use hashbrown::HashMap;
use protocol::Language;

/// Places of customers in the order of their names; equal names have equal places.
#[derive(Debug, Default)]
pub struct NameOrder {
    /// Of which data and in which language; `None`: of none yet.
    made_for: Option<(u64, Language)>,
    /// Every name once, in order.
    names: Vec<String>,
    /// By customer.
    places: Vec<u32>,
}

impl NameOrder {
    /// The place of a customer.
    pub fn place(&self, customer: u32) -> u32 {
        self.places.get(customer as usize).copied().unwrap_or(0)
    }

    /// Brings the order up to the data, in a language.
    pub fn update(&mut self, host: &impl Host, shop: &Shop, language: Language) {
        if self.made_for == Some((shop.revision, language)) {
            return;
        }
        let customers = 0..shop.frame.customers.len() as u32;
        let labels: Vec<String> =
            customers.map(|it| folded(&label(shop, it)).replace(['\n', '\r'], " ")).collect();
        let same_language = self.made_for.is_some_and(|(_, known)| known == language);
        if !same_language {
            self.names.clear();
        }
        // What is known stands first, in order: sorting it again costs little.
        let mut places = places(&self.names);
        for label in &labels {
            places.entry_ref(label.as_str()).or_insert(u32::MAX);
        }
        if places.len() > self.names.len() {
            let is_new =
                |(name, place): (&String, &u32)| (*place == u32::MAX).then(|| name.clone());
            let mut new: Vec<String> = places.iter().filter_map(is_new).collect();
            new.sort_unstable();
            self.names.extend(new);
            host.sort_names(language, &mut self.names);
            places = self::places(&self.names);
        }
        self.places = labels.iter().map(|it| places.get(it).copied().unwrap_or(0)).collect();
        self.made_for = Some((shop.revision, language));
    }
}

fn places(names: &[String]) -> HashMap<String, u32, FixedState> {
    names.iter().cloned().zip(0..).collect()
}
