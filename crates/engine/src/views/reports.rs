//! Why net changed between two periods, and how much of it is regulars'.

use crate::computed::Computed;
use crate::explore::{Axis, Subject, Texts};
use crate::shop::Shop;
use crate::views::analysis;
use analytics::{AnonymousOrders, Kpis, Pivot, PivotCell, Window, bridge, kpis_and_series};
use model::ShopDay;
use protocol::{
    BridgeSide, BridgeView, Dimension, Lens, Mix, MixMonth, MixPart, Period, ReportsView, Slice,
};

/// So many months before that of the as-of day are told.
const MONTHS_BEFORE: u32 = 23;

/// The reports of a lens.
pub fn view(shop: &Shop, computed: &Computed, texts: &Texts, lens: &Lens) -> ReportsView {
    let period = analysis::period(lens, computed.as_of);
    let compared = lens.compare.period(period);
    let first = shop.frame.ledger.first_day().map(ShopDay::from_number);
    let reached = compared.filter(|it| first.is_some_and(|first| first <= it.from));
    let of = |period: Period| Subject::new(shop, computed, texts, period);
    ReportsView {
        revision: shop.revision,
        as_of: computed.as_of,
        currency: shop.profile.currency,
        period,
        compared,
        first_order: first,
        bridge: reached.and_then(|before| explain(shop, before, period)),
        mix: mix(of(period)),
        mix_before: reached.map(|before| mix(of(before))),
        months: months(shop, computed, texts, first),
    }
}

/// The effects between two periods.
fn explain(shop: &Shop, before: Period, after: Period) -> Option<BridgeView> {
    let (old, new) = (kpis(shop, before), kpis(shop, after));
    let found = bridge(&old, &new)?;
    let [given_before, given_after] = [before, after].map(|it| given_back(shop, it));
    Some(BridgeView {
        before: side(&old, given_before),
        after: side(&new, given_after),
        buyers: found.buyers,
        frequency: found.frequency,
        order_value: found.order_value,
        anonymous: found.anonymous,
        given_back: given_before - given_after,
    })
}

fn kpis(shop: &Shop, period: Period) -> Kpis {
    let window = Window { from: Some(period.from.number()), as_of: period.to.number() };
    let (day, net) = shop.frame.ledger.anonymous();
    kpis_and_series(&[], window, shop.frame.purchases(), AnonymousOrders { day, net }).0
}

fn given_back(shop: &Shop, period: Period) -> i64 {
    shop.frame.ledger.given_back(period.from.number(), period.to.number())
}

fn side(kpis: &Kpis, given_back: i64) -> BridgeSide {
    let orders = kpis.orders - kpis.anonymous_orders;
    let net = kpis.net - kpis.anonymous_net;
    BridgeSide {
        net: kpis.net - given_back,
        buyers: kpis.buyers as u32,
        orders_per_buyer: kpis.orders_per_buyer,
        order_value: (orders > 0).then(|| net as f64 / orders as f64),
    }
}

fn mix(subject: Subject<'_>) -> Mix {
    let axes = [Axis::new(subject, Dimension::Visit)];
    let mut pivot = Pivot::new(&[axes[0].slices.len()]);
    subject.each(&axes, &[], |at, fact| pivot.add(at, fact));
    mix_of(&axes[0], |place| pivot.cell(&[place]))
}

fn mix_of<'a>(visits: &Axis<'_>, cell: impl Fn(usize) -> &'a PivotCell) -> Mix {
    let part = |slice: Option<&Slice>| {
        let cell = visits.place(slice).map(|place| cell(place as usize));
        cell.map_or_else(MixPart::default, |it| MixPart {
            orders: it.orders,
            customers: it.customers,
            net: it.net(),
        })
    };
    Mix {
        new: part(Some(&Slice::Is(true))),
        repeat: part(Some(&Slice::Is(false))),
        unknown: part(None),
    }
}

fn months(
    shop: &Shop,
    computed: &Computed,
    texts: &Texts,
    first: Option<ShopDay>,
) -> Vec<MixMonth> {
    let to = computed.as_of;
    let Some(first) = first.filter(|first| *first <= to) else { return Vec::new() };
    let from = to.first_of_month().minus_months(MONTHS_BEFORE).max(first.first_of_month());
    let subject = Subject::new(shop, computed, texts, Period { from, to });
    let axes = [Dimension::Month, Dimension::Visit].map(|it| Axis::new(subject, it));
    let [months, visits] = &axes;
    let mut pivot = Pivot::new(&[months.slices.len(), visits.slices.len()]);
    subject.each(&axes, &[], |at, fact| pivot.add(at, fact));
    let month = |(at, slice): (usize, &Option<Slice>)| match slice {
        Some(Slice::Start(start)) => {
            let mix = mix_of(visits, |place| pivot.cell(&[at, place]));
            Some(MixMonth { start: *start, mix })
        }
        _ => None,
    };
    months.slices.iter().enumerate().filter_map(month).collect()
}
