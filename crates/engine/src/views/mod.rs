//! From columns to what a screen shows.

pub mod acquire;
pub mod acts;
pub mod analysis;
pub mod answers;
pub mod baskets;
pub mod behind;
pub mod churn;
pub mod cohorts;
pub mod contact;
pub mod cross;
pub mod customer;
pub mod delivered;
pub mod explore;
pub mod grades;
mod ladders;
pub mod leaving;
pub mod lifecycle;
pub mod likely;
pub mod list;
pub mod outreach;
pub mod overview;
pub mod product;
pub mod product_list;
mod products;
pub mod pyramid;
pub mod quadrants;
pub mod reasons;
pub mod reports;
pub mod rfm;
mod sales;
pub mod satisfaction;
mod satisfied;
pub mod search;
pub mod today;
pub mod totals;
pub mod traits;
pub mod value;
mod waiting;
mod won_back;

use crate::frame::CustomerField;
use crate::shop::Shop;
use protocol::customer_label;

/// The name of a customer, as a person wrote it, else as the files have it; empty: not known.
pub fn name(shop: &Shop, customer: u32) -> &str {
    let of_files = || shop.frame.customers.text(&shop.frame.batches, customer, CustomerField::Name);
    shop.edited_name(customer).unwrap_or_else(of_files)
}

/// What a customer is called.
pub fn label(shop: &Shop, customer: u32) -> String {
    let frame = &shop.frame;
    let text = |field| frame.customers.text(&frame.batches, customer, field);
    let known = [name(shop, customer), text(CustomerField::Email), text(CustomerField::Phone)];
    customer_label(known, frame.customers.id(&frame.batches, customer))
}
