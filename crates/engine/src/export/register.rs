//! `churn-register.csv`: everybody who is at risk or churned.

use super::permission;
use crate::computed::Computed;
use crate::csv::CsvWriter;
use crate::frame::CustomerField;
use crate::shop::Shop;
use crate::views::leaving;
use crate::views::reasons::Met;
use model::Money;
use protocol::RegisterRow;

/// One row a customer, by net so far, greatest first.
pub fn register(shop: &Shop, computed: &Computed, met: &Met) -> Vec<u8> {
    let columns = [
        "customer_id",
        "customer",
        "email",
        "phone",
        "state",
        "entered",
        "reason",
        "reason_by",
        "times_contacted",
        "last_contacted",
        "owner",
        "outcome",
        "net",
        "currency",
    ];
    let mut csv = CsvWriter::new(&[&columns[..], &permission::COLUMNS].concat());
    let register = leaving::register(shop, computed, met, usize::MAX);
    let customers = leaving::leaving(computed);
    for (row, customer) in register.rows.iter().zip(customers) {
        let text = |field| shop.frame.customers.text(&shop.frame.batches, customer, field);
        write(&mut csv, shop, row, text(CustomerField::Email), text(CustomerField::Phone));
        permission::cells(&mut csv, shop, customer);
        csv.end_row();
    }
    csv.finish()
}

fn write(csv: &mut CsvWriter, shop: &Shop, row: &RegisterRow, email: &str, phone: &str) {
    let currency = shop.profile.currency;
    csv.value(Some(row.id));
    csv.text(&row.label);
    csv.text(email);
    csv.text(phone);
    csv.value(Some(row.state.name()));
    csv.value(Some(row.entered));
    csv.value(Some(row.reason.code()));
    csv.value(Some(if row.is_manual { "person" } else { "data" }));
    csv.value(Some(row.contacted.len()));
    csv.value(row.contacted.last());
    csv.text(&row.owner);
    csv.value(Some(row.verdict.code()));
    csv.value(Some(Money::from_minor(row.net, currency)));
    csv.value(Some(currency.code()));
}
