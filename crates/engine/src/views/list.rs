//! The customer list: searched, filtered, sorted, and handed out in stretches.

use super::label;
use crate::computed::Computed;
use crate::frame::{CustomerField, Frame};
use crate::shop::Shop;
use memchr::memmem::Finder;
use model::ShopDay;
use protocol::{CustomerQuery, CustomerRow, CustomerSort, CustomersPage};
use std::cmp::Reverse;

/// No screen asks for more at once.
const MOST_ROWS: u32 = 1_000;

/// The customers of a query, in order. Kept between stretches of the same list.
#[derive(Debug)]
pub struct Listed {
    /// The query, its stretch apart.
    query: CustomerQuery,
    revision: u64,
    /// Indices of customers.
    customers: Vec<u32>,
    /// Their net together.
    total_net: i64,
}

impl Listed {
    /// The list of a query.
    pub fn new(shop: &Shop, computed: &Computed, haystack: &Haystack, query: &CustomerQuery) -> Listed {
        let mut customers: Vec<u32> = (0..shop.frame.customers.len() as u32).collect();
        if !query.filter.is_open() {
            customers.retain(|&it| computed.passes(&query.filter, it as usize));
        }
        let words = folded(&query.search);
        for word in words.split_whitespace() {
            haystack.retain(word, &mut customers);
        }
        sort(shop, computed, query, &mut customers);
        let total_net = customers.iter().map(|&it| computed.summaries.net[it as usize]).sum();
        Listed { query: stretchless(query), revision: shop.revision, customers, total_net }
    }

    /// Whether this is the list of that query too.
    pub fn is_of(&self, shop: &Shop, query: &CustomerQuery) -> bool {
        self.revision == shop.revision && self.query == stretchless(query)
    }

    /// The customers in order.
    pub fn customers(&self) -> &[u32] {
        &self.customers
    }

    /// The stretch that a query wants.
    pub fn page(&self, shop: &Shop, computed: &Computed, query: &CustomerQuery) -> CustomersPage {
        let from = (query.first_row as usize).min(self.customers.len());
        let to = (from + query.rows.min(MOST_ROWS) as usize).min(self.customers.len());
        CustomersPage {
            revision: shop.revision,
            currency: shop.profile.currency,
            total: self.customers.len() as u32,
            total_net: self.total_net,
            first_row: from as u32,
            rows: self.customers[from..to].iter().map(|&it| row(shop, computed, it)).collect(),
        }
    }
}

fn stretchless(query: &CustomerQuery) -> CustomerQuery {
    CustomerQuery { first_row: 0, rows: 0, ..query.clone() }
}

/// A customer as the list shows it.
pub fn row(shop: &Shop, computed: &Computed, customer: u32) -> CustomerRow {
    let frame = &shop.frame;
    let index = customer as usize;
    let text = |field| frame.customers.text(&frame.batches, customer, field).to_owned();
    let name = shop.edited_name(customer).map_or_else(|| text(CustomerField::Name), str::to_owned);
    CustomerRow {
        id: frame.customers.id(&frame.batches, customer),
        name,
        email: text(CustomerField::Email),
        phone: text(CustomerField::Phone),
        orders: computed.summaries.orders[index],
        net: computed.summaries.net[index],
        first_order: computed.summaries.first(index).map(ShopDay::from_number),
        last_order: computed.summaries.last(index).map(ShopDay::from_number),
        rfm: [computed.rfm.r[index], computed.rfm.f[index], computed.rfm.m[index]],
        group: computed.group(index),
        tier: computed.tier(index),
    }
}

/// Sorts by the query's order; equals stay in the order of the records. Customers without the
/// value come last either way.
fn sort(shop: &Shop, computed: &Computed, query: &CustomerQuery, customers: &mut [u32]) {
    let columns = &computed.summaries;
    let value = |customer: u32| -> Option<i64> {
        let index = customer as usize;
        match query.sort {
            CustomerSort::Net => Some(columns.net[index]),
            CustomerSort::Orders => Some(columns.orders[index].into()),
            CustomerSort::OrderValue => {
                columns.net[index].checked_div(columns.orders[index].into())
            }
            CustomerSort::FirstOrder => columns.first(index).map(Into::into),
            CustomerSort::LastOrder => columns.last(index).map(Into::into),
            CustomerSort::Name => None,
        }
    };
    if query.sort == CustomerSort::Name {
        let name = |&it: &u32| folded(&label(&shop.frame, shop.edited_name(it), it));
        customers.sort_by_cached_key(name);
        if query.descending {
            customers.reverse();
        }
    } else if query.descending {
        customers.sort_by_cached_key(|&it| Reverse(value(it)));
    } else {
        customers.sort_by_cached_key(|&it| (value(it).is_none(), value(it)));
    }
}

/// What search looks through: name, e-mail, telephone and city of everybody, in small letters.
///
/// Telephones stand there a second time without anything but digits, so that a fragment is found
/// however it is written.
#[derive(Debug, Default)]
pub struct Haystack {
    text: Vec<u8>,
    ends: Vec<u32>,
    revision: u64,
}

impl Haystack {
    /// Gathers the texts of everybody.
    pub fn new(shop: &Shop) -> Haystack {
        let mut haystack = Haystack { revision: shop.revision, ..Haystack::default() };
        let frame = &shop.frame;
        for customer in 0..frame.customers.len() as u32 {
            if let Some(name) = shop.edited_name(customer) {
                haystack.add(name);
            }
            haystack.add_all(frame, customer);
            haystack.ends.push(haystack.text.len() as u32);
        }
        haystack
    }

    /// Whether it was gathered from these data.
    pub fn is_of(&self, shop: &Shop) -> bool {
        self.revision == shop.revision && self.ends.len() == shop.frame.customers.len()
    }

    fn add_all(&mut self, frame: &Frame, customer: u32) {
        let text = |field| frame.customers.text(&frame.batches, customer, field);
        for field in [CustomerField::Name, CustomerField::Email, CustomerField::City] {
            self.add(text(field));
        }
        let phone = text(CustomerField::Phone);
        self.add(phone);
        self.text.extend(phone.bytes().filter(u8::is_ascii_digit));
        self.text.push(b'\n');
    }

    fn add(&mut self, text: &str) {
        if text.is_ascii() {
            self.text.extend(text.bytes().map(|byte| byte.to_ascii_lowercase()));
        } else {
            self.text.extend_from_slice(folded(text).as_bytes());
        }
        self.text.push(b'\n');
    }

    /// Keeps the customers whose text has the word. `customers` must ascend.
    fn retain(&self, word: &str, customers: &mut Vec<u32>) {
        let digits: String = word.chars().filter(char::is_ascii_digit).collect();
        let is_phone = digits.len() >= 3 && word.chars().all(|c| "0123456789+-().".contains(c));
        let found = self.with(if is_phone { &digits } else { word });
        let mut found = found.into_iter().peekable();
        customers.retain(|customer| {
            while found.next_if(|it| it < customer).is_some() {}
            found.peek() == Some(customer)
        });
    }

    /// Customers whose text has the word, ascending: one pass over all text, not one a customer.
    fn with(&self, word: &str) -> Vec<u32> {
        let mut found = Vec::new();
        let mut customer = 0;
        for at in Finder::new(word).find_iter(&self.text) {
            customer += self.ends[customer..].partition_point(|&end| end as usize <= at);
            if found.last() != Some(&(customer as u32)) {
                found.push(customer as u32);
            }
        }
        found
    }
}

/// Small letters, full-width forms as their plain ones.
fn folded(text: &str) -> String {
    let plain = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        _ => c,
    };
    text.trim().chars().map(plain).flat_map(char::to_lowercase).collect()
}
