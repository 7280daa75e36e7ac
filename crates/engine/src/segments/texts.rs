//! Texts of customers as rules look at them: each different text once, in small letters.

use super::columns::{Ground, by_customer, edited};
use crate::first_orders::{first_channel, first_product, is_valid};
use crate::frame::CustomerField;
use crate::permission::list;
use crate::shop::{Shop, field};
use crate::tags;
use crate::views::name;
use foldhash::fast::FixedState;
use hashbrown::HashMap;
use protocol::{How, TextField, Truth};
use std::cmp::Reverse;

/// Who has which texts.
#[derive(Debug, Default)]
pub struct Texts {
    /// Each as it was found, and in small letters.
    names: Vec<(String, String)>,
    /// Place in `names` and customer.
    pairs: Vec<(u32, u32)>,
    /// Who has none has none, instead of being unknown.
    is_set: bool,
    customers: usize,
}

/// Puts texts together.
#[derive(Default)]
struct Collector {
    texts: Texts,
    places: HashMap<String, u32, FixedState>,
}

impl Collector {
    fn place(&mut self, text: &str) -> u32 {
        if let Some(place) = self.places.get(text) {
            return *place;
        }
        let place = self.texts.names.len() as u32;
        self.texts.names.push((text.to_owned(), text.to_lowercase()));
        self.places.insert(text.to_owned(), place);
        place
    }

    fn add(&mut self, text: &str, customer: u32) {
        if !text.is_empty() {
            let pair = (self.place(text), customer);
            self.add_pair(pair);
        }
    }

    /// The same twice in a row is once.
    fn add_pair(&mut self, pair: (u32, u32)) {
        if self.texts.pairs.last() != Some(&pair) {
            self.texts.pairs.push(pair);
        }
    }
}

impl Texts {
    /// The texts of a field.
    pub fn of(on: &Ground<'_>, field: TextField) -> Texts {
        let mut found = Collector::default();
        let shop = on.shop;
        match field {
            TextField::Name => each(shop, |it| found.add(name(shop, it), it)),
            TextField::Country => known(shop, CustomerField::Country, &mut found),
            TextField::Region => known(shop, CustomerField::Region, &mut found),
            TextField::City => known(shop, CustomerField::City, &mut found),
            TextField::FirstChannel => each(shop, |it| {
                found.add(first_channel(shop, it, on.computed.as_of).unwrap_or_default(), it);
            }),
            TextField::FirstProduct => each(shop, |it| {
                found.add(first_product(shop, it, on.computed.as_of).unwrap_or_default(), it);
            }),
            TextField::Channel => channels(on, &mut found),
            TextField::Source => sources(on, &mut found),
            TextField::Tag => all_tags(shop, &mut found),
            TextField::Note => notes(shop, &mut found),
        }
        Texts { is_set: field.is_set(), customers: shop.frame.customers.len(), ..found.texts }
    }

    /// Of whom it holds that a text is so. Of who has several one is enough.
    pub fn compare(&self, how: How, text: &str) -> Vec<Truth> {
        let text = text.trim().to_lowercase();
        let meant: Vec<bool> = self
            .names
            .iter()
            .map(|(_, name)| match how {
                How::Is => *name == text,
                How::Has => name.contains(&text),
            })
            .collect();
        let mut truths = self.none();
        for &(place, customer) in &self.pairs {
            let truth = &mut truths[customer as usize];
            let here = Truth::of(meant[place as usize]);
            *truth = if *truth == Truth::Yes { Truth::Yes } else { here };
        }
        truths
    }

    /// Who has any text.
    pub fn known(&self) -> Vec<Truth> {
        let mut truths = vec![Truth::of(self.is_set); self.customers];
        self.pairs.iter().for_each(|(_, customer)| truths[*customer as usize] = Truth::Yes);
        truths
    }

    /// How many different ones there are.
    pub const fn count(&self) -> usize {
        self.names.len()
    }

    /// A text by its place.
    pub fn name(&self, place: usize) -> &str {
        &self.names[place].0
    }

    /// By place, how many of some customers have a text, and how many of all.
    pub fn counts(&self, is_meant: &[bool]) -> Vec<(u32, u32)> {
        let mut counts = vec![(0, 0); self.names.len()];
        for (place, customer) in &self.pairs {
            let count = &mut counts[*place as usize];
            count.0 += u32::from(is_meant[*customer as usize]);
            count.1 += 1;
        }
        counts
    }

    /// The texts that most customers have.
    pub fn commonest(&self, most: usize) -> Vec<String> {
        let everybody = vec![true; self.customers];
        let mut counted: Vec<(u32, &str)> = self
            .counts(&everybody)
            .into_iter()
            .zip(&self.names)
            .map(|((count, _), (name, _))| (count, name.as_str()))
            .collect();
        counted.sort_unstable_by_key(|&(count, name)| (Reverse(count), name));
        counted.into_iter().take(most).map(|it| it.1.to_owned()).collect()
    }

    /// The texts of a customer.
    pub fn of_customer(&self, customer: u32) -> Vec<String> {
        let own = self.pairs.iter().filter(|it| it.1 == customer);
        own.map(|it| self.names[it.0 as usize].0.clone()).collect()
    }

    fn none(&self) -> Vec<Truth> {
        let none = if self.is_set { Truth::No } else { Truth::Unknown };
        vec![none; self.customers]
    }
}

fn each(shop: &Shop, add: impl FnMut(u32)) {
    (0..shop.frame.customers.len() as u32).for_each(add);
}

fn known(shop: &Shop, field: CustomerField, found: &mut Collector) {
    let frame = &shop.frame;
    each(shop, |it| found.add(frame.customers.text(&frame.batches, it, field), it));
}

/// Where each customer's valid orders were placed.
fn channels(on: &Ground<'_>, found: &mut Collector) {
    let frame = &on.shop.frame;
    // By import and code, so that no text is looked up for every order.
    let mut codes: HashMap<(u16, u32), u32, FixedState> = HashMap::default();
    of_orders(on, |customer, at| {
        let column = &frame.batches[usize::from(at.batch)].tables.orders.channel;
        let Some(code) = column.codes.get(at.row as usize).map(|it| u32::from(*it)) else { return };
        let text = column.get(at.row as usize);
        if !text.is_empty() {
            let place = *codes.entry((at.batch, code)).or_insert_with(|| found.place(text));
            found.add_pair((place, customer));
        }
    });
}

/// The platforms that each customer's valid orders came from.
fn sources(on: &Ground<'_>, found: &mut Collector) {
    let batches = &on.shop.frame.batches;
    let places: Vec<u32> = batches.iter().map(|it| found.place(&it.source)).collect();
    of_orders(on, |customer, at| found.add_pair((places[usize::from(at.batch)], customer)));
}

fn of_orders(on: &Ground<'_>, mut add: impl FnMut(u32, crate::frame::OrderRef)) {
    let (orders, as_of) = (&on.shop.frame.orders, on.computed.as_of.number());
    each(on.shop, |customer| {
        let own = orders.of_customer(customer).take_while(|order| orders.day[*order] <= as_of);
        own.filter(|order| is_valid(on.shop, *order)).for_each(|it| add(customer, orders.at(it)));
    });
}

/// Tags of the shop's own and of contact lists.
fn all_tags(shop: &Shop, found: &mut Collector) {
    for (customer, own) in (0..).zip(tags::by_customer(shop)) {
        for tag in own {
            found.add(tag, customer);
        }
    }
}

/// What the staff and contact lists have noted.
fn notes(shop: &Shop, found: &mut Collector) {
    let own = edited(shop, field::NOTE, |it| Some(it.text().to_owned()));
    for (customer, own) in (0..).zip(by_customer(shop, &own)) {
        found.add(own.map_or("", String::as_str), customer);
        for at in shop.frame.people.contacts(customer) {
            found.add(list(shop, *at).note.get(at.row as usize), customer);
        }
    }
}
