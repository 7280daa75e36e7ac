//! The customer list: searched, filtered, sorted, and handed out in stretches.

use super::behind::Members;
use super::name;
use super::search::{Haystack, folded};
use crate::computed::Computed;
use crate::frame::CustomerField;
use crate::names::NameOrder;
use crate::shop::Shop;
use crate::tags;
use model::ShopDay;
use protocol::{CustomerQuery, CustomerRow, CustomerSort, CustomersPage};

/// No screen asks for more at once.
const MOST_ROWS: u32 = 1_000;

/// The customers of a query, in order. Kept between stretches of the same list.
#[derive(Debug)]
pub struct Listed {
    /// The query, its stretch apart.
    query: CustomerQuery,
    revision: u64,
    as_of: ShopDay,
    /// Indices of customers.
    customers: Vec<u32>,
    /// Their net together.
    total_net: i64,
    /// Names of the products that the filter's mark names.
    products: Vec<String>,
}

impl Listed {
    /// The list of a query. `members` stand behind the mark of its filter and are in the segment of
    /// its lens, if it has them.
    pub fn new(
        shop: &Shop,
        computed: &Computed,
        (haystack, names): (&Haystack, &NameOrder),
        query: &CustomerQuery,
        members: [Option<Members>; 2],
    ) -> Listed {
        let mut customers: Vec<u32> = (0..shop.frame.customers.len() as u32).collect();
        if !query.filter.is_open() {
            customers.retain(|&it| computed.passes(&query.filter, it as usize));
        }
        for members in members.iter().flatten() {
            customers.retain(|it| members.customers.binary_search(it).is_ok());
        }
        if !query.filter.tag.is_empty() {
            let wanted = tags::folded(&query.filter.tag);
            let tagged = tags::tagged(shop, |tag| tags::folded(tag) == wanted);
            customers.retain(|&it| tagged[it as usize]);
        }
        for word in folded(&query.search).split_whitespace() {
            haystack.retain(shop, word, &mut customers);
        }
        sort(shop, computed, names, query, &mut customers);
        let total_net = customers.iter().map(|&it| computed.summaries.net[it as usize]).sum();
        let (query, revision, as_of) = (stretchless(query), shop.revision, computed.as_of);
        let products = members.into_iter().flatten().flat_map(|it| it.products).collect();
        Listed { query, revision, as_of, customers, total_net, products }
    }

    /// Whether this is the list of that query too.
    pub fn is_of(&self, shop: &Shop, as_of: ShopDay, query: &CustomerQuery) -> bool {
        (self.revision, self.as_of) == (shop.revision, as_of) && self.query == stretchless(query)
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
            products: self.products.clone(),
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
    CustomerRow {
        id: frame.customers.id(&frame.batches, customer),
        name: name(shop, customer).to_owned(),
        email: text(CustomerField::Email),
        phone: text(CustomerField::Phone),
        orders: computed.summaries.orders[index],
        net: computed.summaries.net[index],
        first_order: computed.summaries.first(index).map(ShopDay::from_number),
        last_order: computed.summaries.last(index).map(ShopDay::from_number),
        rfm: [computed.rfm.r[index], computed.rfm.f[index], computed.rfm.m[index]],
        group: computed.group(index),
        tier: computed.tier(index),
        stage: computed.life.stages[index],
        churn: computed.life.state(index),
    }
}

/// Sorts by the query's order; equals stay in the order of the records. Customers without the
/// value come last either way.
fn sort(
    shop: &Shop,
    computed: &Computed,
    names: &NameOrder,
    query: &CustomerQuery,
    customers: &mut [u32],
) {
    let columns = &computed.summaries;
    let by_contact = query.sort == CustomerSort::Contact;
    let contacts = if by_contact { contact_places(shop, customers) } else { Vec::new() };
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
            CustomerSort::Name => Some(names.place(customer).into()),
            CustomerSort::Contact => contacts[index],
            CustomerSort::Group => computed.group(index).map(|it| it as i64),
            CustomerSort::Rfm => scores(computed, index),
            CustomerSort::Tier => computed.tier(index).map(|it| it as i64),
        }
    };
    let place = |(at, &customer): (usize, &u32)| {
        let (is_last, key) = match value(customer) {
            // All bits turned, a number stands where its opposite would.
            Some(value) => (false, if query.descending { !value } else { value }),
            None => (true, 0),
        };
        (is_last, key, at as u32, customer)
    };
    let mut places: Vec<(bool, i64, u32, u32)> = customers.iter().enumerate().map(place).collect();
    places.sort_unstable();
    customers.iter_mut().zip(places).for_each(|(customer, place)| *customer = place.3);
}

/// Scores as one number, recency first: 543.
fn scores(computed: &Computed, customer: usize) -> Option<i64> {
    let rfm = &computed.rfm;
    let digits = [rfm.r[customer], rfm.f[customer], rfm.m[customer]];
    (digits[0] > 0).then(|| digits.iter().fold(0, |sum, &it| sum * 10 + i64::from(it)))
}

/// By customer, the place of the contact among those of `customers`: e-mail, else telephone. Equal
/// contacts have equal places.
fn contact_places(shop: &Shop, customers: &[u32]) -> Vec<Option<i64>> {
    let contact = |&customer: &u32| -> Option<(&str, u32)> {
        let text = |field| shop.frame.customers.text(&shop.frame.batches, customer, field);
        let known = [CustomerField::Email, CustomerField::Phone].map(text);
        known.into_iter().find(|text| !text.is_empty()).map(|text| (text, customer))
    };
    let mut contacts: Vec<(&str, u32)> = customers.iter().filter_map(contact).collect();
    contacts.sort_unstable();
    let mut places = vec![None; shop.frame.customers.len()];
    for (place, equals) in contacts.chunk_by(|one, next| one.0 == next.0).enumerate() {
        for &(_, customer) in equals {
            places[customer as usize] = Some(place as i64);
        }
    }
    places
}
