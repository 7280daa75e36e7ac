//! The files that a user can take out.

use crate::computed::Computed;
use crate::csv::CsvWriter;
use crate::shop::Shop;
use crate::views::{analysis as analysed, customer, list};
use analytics::{ChurnState, RfmClass, RfmGroup, Tier};
use model::{Currency, DatedRate, Money};
use modeller::Fitted;
use protocol::{Analysis, BasketsView, SatisfactionView};
use serde_json::{Value, json};

mod insights;
mod models;
mod permission;
mod register;
mod rfm;
mod to_do;

pub use register::register;
pub use to_do::{moves, win_back};

/// `customer-scores.csv`: one row a customer, in the order of the records. Columns whose feature
/// does not exist are left out; an empty cell is not defined for its customer.
pub fn scores(shop: &Shop, computed: &Computed, fitted: Option<&Fitted>) -> Vec<u8> {
    let mut columns = vec![
        "customer_id",
        "name",
        "email",
        "phone",
        "orders",
        "first_order",
        "last_order",
        "recency_days",
        "frequency",
        "monetary",
        "currency",
        "aov",
        "r",
        "f",
        "m",
        "rfm_group",
        "rfm_class",
        "tier",
        "stage",
        "median_gap_days",
        "next_order_expected",
    ];
    columns.extend(fitted.iter().flat_map(|_| models::COLUMNS));
    columns.extend(["historic_clv", "churn_state"]);
    columns.extend(fitted.iter().flat_map(|_| models::FURTHER));
    let mut csv = CsvWriter::new(&columns);
    for index in 0..shop.frame.customers.len() as u32 {
        score_row(&mut csv, shop, computed, fitted, index);
    }
    csv.finish()
}

fn score_row(
    csv: &mut CsvWriter,
    shop: &Shop,
    computed: &Computed,
    fitted: Option<&Fitted>,
    index: u32,
) {
    let row = list::row(shop, computed, index);
    let currency = shop.profile.currency;
    let bought = row.orders > 0;
    let money = |minor: i64| bought.then(|| Money::from_minor(minor, currency));
    let score = |score: u8| (score > 0).then_some(score);
    csv.value(Some(row.id));
    csv.text(&row.name);
    csv.text(&row.email);
    csv.text(&row.phone);
    csv.value(Some(row.orders));
    csv.value(row.first_order);
    csv.value(row.last_order);
    csv.value(computed.silent_days(index as usize));
    let scored = computed.frequency_and_monetary(index as usize);
    csv.value(scored.map(|(frequency, _)| frequency));
    csv.value(scored.map(|(_, monetary)| Money::from_minor(monetary, currency)));
    csv.value(Some(currency.code()));
    csv.value(row.order_value().and_then(money));
    for it in row.rfm {
        csv.value(score(it));
    }
    csv.value(row.group.map(RfmGroup::name));
    csv.value(computed.classes.class[index as usize].map(RfmClass::chinese_name));
    csv.value(row.tier.map(Tier::name));
    csv.value(Some(row.stage.name()));
    csv.value(customer::median_gap(shop, index, computed.as_of));
    csv.value(computed.next_expected(index as usize));
    if let Some(fitted) = fitted {
        models::cells(csv, fitted, index as usize, currency);
    }
    csv.value(money(row.net));
    csv.value(row.churn.map(ChurnState::name));
    if let Some(fitted) = fitted {
        models::further_cells(csv, fitted, index as usize);
    }
    csv.end_row();
}

/// The customer list as CSV, as it stands on screen.
pub fn customers(shop: &Shop, computed: &Computed, customers: &[u32]) -> Vec<u8> {
    let columns = [
        "customer_id",
        "name",
        "email",
        "phone",
        "orders",
        "net",
        "currency",
        "first_order",
        "last_order",
        "r",
        "f",
        "m",
        "rfm_group",
        "tier",
    ];
    let mut csv = CsvWriter::new(&[&columns[..], &permission::COLUMNS].concat());
    for &index in customers {
        let row = list::row(shop, computed, index);
        csv.value(Some(row.id));
        csv.text(&row.name);
        csv.text(&row.email);
        csv.text(&row.phone);
        csv.value(Some(row.orders));
        csv.value(Some(Money::from_minor(row.net, shop.profile.currency)));
        csv.value(Some(shop.profile.currency.code()));
        csv.value(row.first_order);
        csv.value(row.last_order);
        for it in row.rfm {
            csv.value((it > 0).then_some(it));
        }
        csv.value(row.group.map(RfmGroup::name));
        csv.value(row.tier.map(Tier::name));
        permission::cells(&mut csv, shop, index);
        csv.end_row();
    }
    csv.finish()
}

/// `analysis-report.json`: the figures behind the screens. Money as decimal strings, shares 0 to 1.
/// `fitted`: the models, unless they could not be fitted here at all.
pub fn report(
    shop: &Shop,
    analysis: &Analysis,
    baskets: &BasketsView,
    said: &SatisfactionView,
    fitted: Option<&Fitted>,
) -> Vec<u8> {
    let money = |minor: i64| Money::from_minor(minor, shop.profile.currency).to_string();
    let whole = |minor: Option<f64>| minor.map(|it| money(it.round() as i64));
    let totals = &analysis.totals;
    let tiers: Vec<Value> = (analysis.tiers.tiers.iter())
        .map(|it| json!({"name": it.tier.name(), "customers": it.customers, "net": money(it.net)}))
        .collect();
    let mut report = json!({
        "format": "regulars-report",
        "version": 1,
        "as_of": analysis.as_of.to_string(),
        "time_zone": shop.profile.time_zone,
        "currency": analysis.currency.code(),
        "totals": {
            "customers": totals.customers,
            "buyers": totals.buyers,
            "orders": totals.orders,
            "valid_orders": totals.valid_orders,
            "gross": money(totals.gross),
            "refunds": money(totals.refunds),
            "net": money(totals.net),
            "first_order": totals.first_order.map(|day| day.to_string()),
            "last_order": totals.last_order.map(|day| day.to_string()),
        },
        "kpis": {
            "aov": whole(totals.kpis.aov),
            "repeat_rate": totals.kpis.repeat_rate,
            "orders_per_buyer": totals.kpis.orders_per_buyer,
            "median_gap_days": totals.median_gap_days,
        },
        "rfm": rfm::report(analysis, &money),
        "tiers": tiers,
        "pareto": {
            "top20_share": analysis.tiers.top20_share,
            "gini": analysis.tiers.gini,
            "share_for_80": analysis.tiers.share_for_80,
        },
        "lifecycle": insights::lifecycle(analysis),
        "cohorts": insights::cohorts(shop, analysis.as_of, &money),
        "survival": insights::survival(shop, analysis.as_of),
        "churn": insights::churn(analysis, &money),
        "basket": insights::basket(baskets),
        "satisfaction": insights::satisfaction(said),
    });
    if let Some(until) = analysed::earliest(shop) {
        // By month they tell no amounts.
        report["cohorts"] = Value::Null;
        report["summarised_until"] = until.to_string().into();
    }
    let rates = rates(shop);
    if !rates.is_empty() {
        report["rates"] = rates.into();
    }
    if let Some(fitted) = fitted {
        report["models"] = models::report(&fitted.models, shop.profile.currency);
    }
    serde_json::to_vec_pretty(&report).unwrap_or_default()
}

/// What a unit of other currencies was counted at, and from which day.
fn rates(shop: &Shop) -> Vec<Value> {
    let all = shop.exchange.rates().iter();
    let dated = all.flat_map(|(currency, rates)| rates.list().iter().map(move |it| (currency, it)));
    let entry = |(currency, it): (&Currency, &DatedRate)| {
        let from = it.from.map(|day| day.to_string());
        json!({"currency": currency.code(), "rate": it.rate.to_string(), "from": from})
    };
    dated.map(entry).collect()
}
