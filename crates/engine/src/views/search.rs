//! Finding customers by what a person types.

use crate::frame::{CustomerField, Frame};
use crate::shop::Shop;
use memchr::memmem::Finder;
use model::NO_CUSTOMER;

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

    /// Keeps the customers whose text has the word, or who have an order of that number.
    /// `customers` must ascend.
    pub fn retain(&self, shop: &Shop, word: &str, customers: &mut Vec<u32>) {
        let digits: String = word.chars().filter(char::is_ascii_digit).collect();
        let is_phone = digits.len() >= 3 && word.chars().all(|c| "0123456789+-().".contains(c));
        let mut found = self.with(if is_phone { &digits } else { word });
        found.extend(with_order(&shop.frame, word));
        found.sort_unstable();
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

/// Customers who have an order of that number, a leading `#` apart.
fn with_order(frame: &Frame, word: &str) -> Vec<u32> {
    let wanted = word.trim_start_matches('#').as_bytes();
    let mut found = Vec::new();
    if !wanted.iter().any(u8::is_ascii_digit) {
        return found;
    }
    for (at, batch) in frame.batches.iter().enumerate() {
        let orders = &batch.tables.orders;
        for (row, &customer) in orders.customer.iter().enumerate() {
            let number = orders.number.bytes_of(row);
            let number = number.strip_prefix(b"#").unwrap_or(number);
            if number.eq_ignore_ascii_case(wanted) && customer != NO_CUSTOMER {
                found.push(frame.customers.index(at, customer));
            }
        }
    }
    found
}

/// The letters `À` to `ſ` without their accents; `_`: those that are none with one.
const WITHOUT_ACCENT: &[u8; 192] =
    b"AAAAAA_CEEEEIIII_NOOOOO_OUUUUY__aaaaaa_ceeeeiiii_nooooo_ouuuuy_y\
      AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHh__IiIiIiIiIi__JjKk_LlLlLl_\
      _LlNnNnNn___OoOoOo__RrRrRrSsSsSsSsTtTt__UuUuUuUuUuUuWwYyYZzZzZz_";

/// Small letters, without accents, full-width forms as their plain ones: `chloe` finds Chloé.
pub fn folded(text: &str) -> String {
    let plain = |c: char| match c {
        'À'..='ſ' => match WITHOUT_ACCENT[c as usize - 'À' as usize] {
            b'_' => c,
            letter => char::from(letter),
        },
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        _ => c,
    };
    text.trim().chars().map(plain).flat_map(char::to_lowercase).collect()
}
