//! Tags of customers: the shop's own, and those of contact lists.

use crate::permission::{list, tags};
use crate::shop::{Shop, field};
use model::{CustomerId, Entity, Field, collected};
use std::collections::BTreeMap;

/// The tags of each customer, in the order of the records. The same may come twice.
pub fn by_customer(shop: &Shop) -> impl Iterator<Item = Vec<&str>> {
    let tagged = shop.overlay.iter().filter_map(|(entity, edits)| match entity {
        Entity::Customer(id) => Some((*id, edits.fields.get(field::TAGS)?)),
        Entity::Shop => None,
    });
    let own: BTreeMap<CustomerId, &Field> = collected(tagged);
    (0..shop.frame.customers.len() as u32).map(move |customer| {
        let own = if own.is_empty() { None } else { own.get(&shop.id(customer)) };
        let of_shop = own.into_iter().flat_map(|it| it.words.keys().map(String::as_str));
        let lists = shop.frame.people.contacts(customer).iter();
        of_shop.chain(lists.flat_map(|at| tags(list(shop, *at), at.row as usize))).collect()
    })
}

/// By customer, whether a tag is meant.
pub fn tagged(shop: &Shop, is_meant: impl Fn(&str) -> bool) -> Vec<bool> {
    by_customer(shop).map(|own| own.into_iter().any(&is_meant)).collect()
}

/// A tag as it is compared: the case of letters makes no difference.
pub fn folded(tag: &str) -> String {
    tag.trim().to_lowercase()
}
