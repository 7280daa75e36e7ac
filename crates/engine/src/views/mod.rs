//! From columns to what a screen shows.

pub mod analysis;
pub mod customer;
pub mod list;
pub mod overview;
pub mod pyramid;
pub mod rfm;
pub mod search;
pub mod totals;

use crate::frame::{CustomerField, Frame};

/// What a customer is called: name, else e-mail, else telephone, else the beginning of the id.
pub fn label(frame: &Frame, overlay_name: Option<&str>, customer: u32) -> String {
    if let Some(name) = overlay_name.filter(|name| !name.is_empty()) {
        return name.to_owned();
    }
    for field in [CustomerField::Name, CustomerField::Email, CustomerField::Phone] {
        let text = frame.customers.text(&frame.batches, customer, field);
        if !text.is_empty() {
            return text.to_owned();
        }
    }
    frame.customers.id(&frame.batches, customer).to_string()[..8].to_owned()
}
