//! Lists of which a screen shows the beginning, whole: `win-back.csv` and `stage-moves.csv`.

use super::permission;
use crate::computed::Computed;
use crate::csv::CsvWriter;
use crate::frame::CustomerField;
use crate::shop::Shop;
use crate::views::leaving;
use model::Money;
use modeller::Fitted;
use protocol::DatedMove;

/// One row a customer, the greatest priority first.
pub fn win_back(shop: &Shop, computed: &Computed, fitted: Option<&Fitted>) -> Vec<u8> {
    let columns = [
        "customer_id",
        "customer",
        "email",
        "phone",
        "state",
        "value_if_alive_12m",
        "p_lost",
        "priority",
        "currency",
    ];
    let mut csv = CsvWriter::new(&[&columns[..], &permission::COLUMNS].concat());
    let currency = shop.profile.currency;
    for (customer, row) in leaving::win_back_rows(shop, computed, fitted) {
        let text = |field| shop.frame.customers.text(&shop.frame.batches, customer, field);
        csv.value(Some(row.id));
        csv.text(&row.label);
        csv.text(text(CustomerField::Email));
        csv.text(text(CustomerField::Phone));
        csv.value(Some(row.state.name()));
        csv.value(Some(Money::from_minor(row.value, currency)));
        csv.value(Some(f64::from(row.loss_milli) / 1_000.0));
        csv.value(Some(Money::from_minor(row.priority, currency)));
        csv.value(Some(currency.code()));
        permission::cells(&mut csv, shop, customer);
        csv.end_row();
    }
    csv.finish()
}

/// One row a move, the newest first.
pub fn moves(shop: &Shop, moves: &[DatedMove]) -> Vec<u8> {
    let columns = ["customer_id", "customer", "day", "from", "to", "net", "currency"];
    let mut csv = CsvWriter::new(&columns);
    let currency = shop.profile.currency;
    for row in moves {
        csv.value(Some(row.id));
        csv.text(&row.label);
        csv.value(Some(row.day));
        csv.value(row.from.map(protocol::Stage::name));
        csv.value(Some(row.to.name()));
        csv.value(Some(Money::from_minor(row.net, currency)));
        csv.value(Some(currency.code()));
        csv.end_row();
    }
    csv.finish()
}
