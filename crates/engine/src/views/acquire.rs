//! New customers by channel and month, and what they cost.

use crate::calendar;
use crate::computed::Computed;
use crate::costs;
use crate::first_orders::first_channel;
use crate::frame::OrderRef;
use crate::shop::Shop;
use analytics::{
    Acquisition, Codes, Periods, Tally, acquisition, acquisition_cost, days_to_first_order,
    next_purchase_durations,
};
use foldhash::fast::FixedState;
use hashbrown::HashMap;
use model::ShopDay;
use protocol::{AcquireCell, AcquireView, ChannelRow, CohortPeriod};
use std::cmp::Reverse;

/// So many months are shown.
const MONTHS: usize = 12;

/// So many channels are shown; in all they count all the same.
const MOST_CHANNELS: usize = 50;

/// New customers of the last months. `is_part`: `shop` is of some customers alone, for whom what all
/// have cost says nothing.
pub fn view(shop: &Shop, computed: &Computed, is_part: bool) -> AcquireView {
    let as_of = computed.as_of;
    let first = shop.frame.ledger.first_day().map_or(as_of, ShopDay::from_number);
    let (starts, end) = calendar::periods(CohortPeriod::Month, first, as_of, MONTHS);
    let Ok(periods) = Periods::new(&starts, end) else { return AcquireView::default() };
    let months: Vec<ShopDay> = starts.iter().copied().map(ShopDay::from_number).collect();
    let costs = if is_part { Costs::default() } else { Costs::of(shop, &months) };
    let channels = Channels::of(shop, as_of, costs.names());
    let codes = Codes::new(&channels.codes, channels.names.len());
    let found = acquisition(shop.frame.purchases(), as_of.number(), &periods, codes);
    let waits = Waits::of(shop, as_of, codes);
    let mut rows: Vec<ChannelRow> = channels
        .names
        .iter()
        .enumerate()
        .map(|(at, name)| {
            let said = |month: ShopDay| costs.get(name, month);
            let cells = cells(&found, at, &months, &said);
            row(name, cells, waits.first(at), waits.second(at))
        })
        .collect();
    let all = all(&rows, months.len(), &waits);
    rows.retain(|it| it.total.new_customers > 0 || it.total.cost.is_some());
    tiny_sort::stable::sort_by_key(&mut rows, |it| {
        (Reverse(it.total.new_customers), Reverse(it.total.cost), it.channel.clone())
    });
    rows.truncate(MOST_CHANNELS);
    AcquireView { months, channels: rows, all, is_part }
}

/// What was said of the months that are shown, in minor units of the shop's currency.
#[derive(Default)]
struct Costs(Vec<(String, ShopDay, i64)>);

impl Costs {
    fn of(shop: &Shop, months: &[ShopDay]) -> Costs {
        let known = costs::known(&shop.overlay).into_iter();
        let shown = known.filter(|((_, month), _)| months.contains(month));
        let minor = shown
            .map(|((channel, month), cost)| (channel, month, cost.minor(shop.profile.currency)));
        Costs(minor.collect())
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(channel, ..)| channel.as_str())
    }

    fn get(&self, channel: &str, month: ShopDay) -> Option<i64> {
        let mut found = self.0.iter().filter(|it| it.0 == channel && it.1 == month);
        found.next().map(|it| it.2)
    }
}

/// The channel of every customer's first order.
struct Channels {
    names: Vec<String>,
    /// One entry a customer: place in `names`, [`Codes::UNKNOWN`] without an order.
    codes: Vec<u32>,
}

impl Channels {
    /// `more`: names that have a place though nobody may have come by them.
    fn of<'a>(shop: &'a Shop, as_of: ShopDay, more: impl Iterator<Item = &'a str>) -> Channels {
        let mut places: HashMap<&str, u32, FixedState> = HashMap::default();
        let mut names: Vec<String> = Vec::new();
        let mut place = |name: &'a str| {
            *places.entry(name).or_insert_with(|| {
                names.push(name.to_owned());
                names.len() as u32 - 1
            })
        };
        let customers = 0..shop.frame.customers.len() as u32;
        let codes = customers
            .map(|it| first_channel(shop, it, as_of).map_or(Codes::UNKNOWN, &mut place))
            .collect();
        more.for_each(|name| _ = place(name));
        Channels { names, codes }
    }
}

/// How long customers took, by channel.
struct Waits {
    first: Vec<Tally>,
    second: Vec<Tally>,
    all_first: Tally,
    all_second: Tally,
}

impl Waits {
    fn of(shop: &Shop, as_of: ShopDay, codes: Codes<'_>) -> Waits {
        let purchases = shop.frame.purchases();
        let day = as_of.number();
        let contacts = first_contacts(shop);
        let whole = vec![0; contacts.len()];
        let mut all_first =
            days_to_first_order(purchases, day, &contacts, Codes::new(&whole, 1)).into_iter();
        let mut second = vec![Tally::default(); codes.labels()];
        let mut all_second = Tally::default();
        let waits = next_purchase_durations(purchases, day, 1);
        let ended = waits.customer.iter().zip(&waits.days).zip(&waits.is_event);
        for ((customer, days), _) in ended.filter(|(_, came)| **came) {
            all_second.add(*days);
            if let Some(code) = codes.get(*customer as usize) {
                second[code].add(*days);
            }
        }
        Waits {
            first: days_to_first_order(purchases, day, &contacts, codes),
            second,
            all_first: all_first.next().unwrap_or_default(),
            all_second,
        }
    }

    fn first(&self, channel: usize) -> Option<f64> {
        self.first.get(channel).and_then(Tally::median)
    }

    fn second(&self, channel: usize) -> Option<f64> {
        self.second.get(channel).and_then(Tally::median)
    }
}

/// The day from which a contact list knows of each customer, the earliest of all lists.
fn first_contacts(shop: &Shop) -> Vec<Option<i32>> {
    let since = |&OrderRef { batch, row }: &OrderRef| {
        let contacts = &shop.frame.batches[usize::from(batch)].tables.people.contacts;
        Some(shop.zone.day_of(contacts.since.get(row as usize)?).number())
    };
    let customers = 0..shop.frame.customers.len() as u32;
    customers.map(|it| shop.frame.people.contacts(it).iter().filter_map(since).min()).collect()
}

/// The months of a channel.
fn cells(
    found: &Acquisition,
    channel: usize,
    months: &[ShopDay],
    said: &dyn Fn(ShopDay) -> Option<i64>,
) -> Vec<AcquireCell> {
    let cell = |(at, month): (usize, &ShopDay)| {
        let at = channel * found.periods + at;
        let (new_customers, cost) = (found.new_buyers[at], said(*month));
        AcquireCell {
            new_customers,
            first_net: found.first_net[at],
            cost,
            cost_each: cost.and_then(|it| acquisition_cost(it, new_customers)),
        }
    };
    months.iter().enumerate().map(cell).collect()
}

fn row(
    name: &str,
    months: Vec<AcquireCell>,
    days_to_first: Option<f64>,
    days_to_second: Option<f64>,
) -> ChannelRow {
    let total = together(&months);
    ChannelRow { channel: name.to_owned(), months, total, days_to_first, days_to_second }
}

/// Cells as one. A new customer's cost is that of those in whose cells a cost is said: who came for
/// nothing known makes the others no cheaper.
fn together(cells: &[AcquireCell]) -> AcquireCell {
    let paid = || cells.iter().filter_map(|it| Some((it.cost?, it.new_customers)));
    let cost = paid().map(|it| it.0).reduce(i64::saturating_add);
    let came = paid().map(|it| it.1).sum();
    AcquireCell {
        new_customers: cells.iter().map(|it| it.new_customers).sum(),
        first_net: cells.iter().fold(0, |sum, it| sum.saturating_add(it.first_net)),
        cost,
        cost_each: cost.and_then(|it| acquisition_cost(it, came)),
    }
}

/// All channels as one.
fn all(rows: &[ChannelRow], months: usize, waits: &Waits) -> ChannelRow {
    let of_month = |month: usize| {
        let cells: Vec<AcquireCell> = rows.iter().map(|it| it.months[month]).collect();
        together(&cells)
    };
    let cells: Vec<AcquireCell> = (0..months).map(of_month).collect();
    let every: Vec<AcquireCell> = rows.iter().flat_map(|it| it.months.iter().copied()).collect();
    ChannelRow {
        channel: String::new(),
        total: together(&every),
        months: cells,
        days_to_first: waits.all_first.median(),
        days_to_second: waits.all_second.median(),
    }
}
