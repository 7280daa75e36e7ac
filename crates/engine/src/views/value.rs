//! What customers are worth ahead, by what they began with.

use crate::first_orders::FirstLabels;
use crate::shop::Shop;
use analytics::{Codes, equity_by};
use model::ShopDay;
use modeller::{Fitted, entry};
use protocol::{Label, LabelKind, ValueByView, ValuePart};

/// The equity by channel and by product of the first order, the greatest part first.
pub fn view(shop: &Shop, as_of: ShopDay, fitted: Option<&Fitted>) -> ValueByView {
    let count = shop.frame.customers.len();
    let values: Vec<Option<f64>> =
        fitted.iter().flat_map(|it| (0..count).map(|at| entry(&it.scores.value, at))).collect();
    let currency = shop.profile.currency;
    if values.iter().all(Option::is_none) {
        return ValueByView { currency, kinds: Vec::new() };
    }
    let day = as_of.number();
    let kinds = [
        (LabelKind::Channel, FirstLabels::channels(shop, day)),
        (LabelKind::Product, FirstLabels::products(shop, day)),
    ];
    let kinds = kinds.into_iter().filter(|(_, labels)| !labels.names.is_empty());
    ValueByView { currency, kinds: kinds.map(|(kind, it)| (kind, parts(&values, &it))).collect() }
}

fn parts(values: &[Option<f64>], labels: &FirstLabels) -> Vec<ValuePart> {
    let codes: Codes<'_> = labels.codes();
    let sums = equity_by(values, codes);
    let mut customers = vec![0_u32; sums.len()];
    for (customer, _) in values.iter().enumerate().filter(|it| it.1.is_some()) {
        customers[codes.get(customer).unwrap_or(codes.labels())] += 1;
    }
    let others = labels.has_others.then_some(Some(Label::Others));
    let texts = labels.names.iter().cloned().map(|it| Some(Label::Text(it)));
    let names = texts.chain(others).chain([None]);
    let all = names.zip(customers).zip(sums);
    let parts = all.map(|((label, customers), value)| ValuePart { label, customers, value });
    let mut parts: Vec<ValuePart> = parts.filter(|it| it.customers > 0).collect();
    tiny_sort::stable::sort_by(&mut parts, |a, b| b.value.total_cmp(&a.value));
    parts
}
