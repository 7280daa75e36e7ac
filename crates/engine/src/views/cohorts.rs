//! The cohorts screen, and who stands behind its cells.

use crate::calendar;
use crate::computed::Computed;
use crate::first_orders::FirstLabels;
use crate::shop::Shop;
use analytics::{
    COHORT_DAYS, CohortRows, CohortTable, EqualAges, Periods, cohort_cell, cohorts, equal_ages,
};
use model::ShopDay;
use protocol::{
    AgeCell, CohortBy, CohortCell, CohortFilter, CohortKey, CohortPeriod, CohortQuery, CohortRow,
    CohortsView,
};

/// The longest tables that a screen shows: two years of weeks, five of months, ten of quarters.
const fn most_periods(period: CohortPeriod) -> usize {
    match period {
        CohortPeriod::Week => 104,
        CohortPeriod::Month => 60,
        CohortPeriod::Quarter => 40,
    }
}

/// What cohorts are made by: periods up to the as-of day, and what puts customers into rows.
struct Cut {
    starts: Vec<i32>,
    end: i32,
    by: CohortBy,
    labels: FirstLabels,
}

impl Cut {
    fn new(shop: &Shop, as_of: ShopDay, period: CohortPeriod, by: CohortBy, most: usize) -> Cut {
        let first = shop.frame.ledger.first_day().map_or(as_of, ShopDay::from_number);
        let (starts, end) = calendar::periods(period, first, as_of, most);
        let labels = match by {
            CohortBy::FirstOrder => FirstLabels::default(),
            CohortBy::FirstProduct => FirstLabels::products(shop, as_of.number()),
            CohortBy::FirstChannel => FirstLabels::channels(shop, as_of.number()),
        };
        Cut { starts, end, by, labels }
    }

    /// Calls with the cut as `analytics` takes it. Periods rise by construction; were they not to,
    /// there are no cohorts.
    fn with<T>(&self, make: impl FnOnce(&Periods<'_>, CohortRows<'_>) -> T) -> Option<T> {
        let periods = Periods::new(&self.starts, self.end).ok()?;
        let rows = match self.by {
            CohortBy::FirstOrder => CohortRows::FirstOrder,
            CohortBy::FirstProduct | CohortBy::FirstChannel => {
                CohortRows::Label(self.labels.codes())
            }
        };
        Some(make(&periods, rows))
    }

    fn key(&self, row: usize) -> CohortKey {
        match self.by {
            CohortBy::FirstOrder => CohortKey::Start(ShopDay::from_number(self.starts[row])),
            CohortBy::FirstProduct | CohortBy::FirstChannel => {
                self.labels.names.get(row).cloned().map_or(CohortKey::Others, CohortKey::Label)
            }
        }
    }

    fn row(&self, key: &CohortKey) -> Option<usize> {
        match key {
            CohortKey::Start(day) => self.starts.binary_search(&day.number()).ok(),
            CohortKey::Label(label) => self.labels.names.iter().position(|it| it == label),
            CohortKey::Others => self.labels.has_others.then_some(self.labels.names.len()),
        }
    }
}

/// The cohorts by month of the first order for the analysis.
pub fn of_months(shop: &Shop, as_of: ShopDay) -> Vec<CohortRow> {
    months(shop, as_of, most_periods(CohortPeriod::Month))
}

/// The newest cohorts by month of the first order, at most so many.
pub fn months(shop: &Shop, as_of: ShopDay, most: usize) -> Vec<CohortRow> {
    let cut = Cut::new(shop, as_of, CohortPeriod::Month, CohortBy::FirstOrder, most);
    let table =
        cut.with(|periods, by| cohorts(shop.frame.purchases(), as_of.number(), periods, by));
    table.map_or_else(Vec::new, |table| rows(&cut, &table).map(|(_, row)| row).collect())
}

/// The cohorts screen.
pub fn view(shop: &Shop, computed: &Computed, query: &CohortQuery) -> CohortsView {
    let (purchases, as_of) = (shop.frame.purchases(), computed.as_of);
    let most = most_periods(query.period);
    let cut = Cut::new(shop, as_of, query.period, query.rows, most);
    let tables = cut.with(|periods, by| {
        let day = as_of.number();
        (
            cohorts(purchases, day, periods, by),
            equal_ages(purchases, day, periods, by, &COHORT_DAYS),
        )
    });
    let mut view = CohortsView {
        revision: shop.revision,
        as_of,
        currency: shop.profile.currency,
        period: query.period,
        by: query.rows,
        rows: Vec::new(),
        equal_ages: Vec::new(),
        average: Vec::new(),
        left_out: 0,
        has_products: shop.frame.batches.iter().any(|it| !it.tables.lines.order.is_empty()),
        has_channels: shop
            .frame
            .batches
            .iter()
            .any(|it| it.tables.orders.channel.names.iter().any(|name| !name.is_empty())),
    };
    let buyers = computed.summaries.orders.iter().filter(|orders| **orders > 0).count() as u32;
    view.left_out = buyers;
    if let Some((table, ages)) = tables {
        for (at, row) in rows(&cut, &table) {
            view.left_out -= row.size;
            view.equal_ages.push(age_cells(&ages, at));
            view.rows.push(row);
        }
        view.average = average(&view.rows);
    }
    view
}

/// The rows with customers, with their places in the table.
fn rows(cut: &Cut, table: &CohortTable) -> impl Iterator<Item = (usize, CohortRow)> {
    let with_customers = (0..table.rows).filter(|row| table.size[*row] > 0);
    with_customers.map(|row| {
        let ages = (0..table.ages).map(|age| row * table.ages + age);
        let reached = ages.take_while(|cell| table.observed[*cell] > 0);
        let cells = reached.map(|cell| {
            counted(CohortCell {
                observed: table.observed[cell],
                returned: table.returned[cell],
                orders: table.orders[cell],
                net: table.net[cell],
                cumulative_net: table.cumulative_net[cell],
                retention: 0.0,
            })
        });
        (row, CohortRow { key: cut.key(row), size: table.size[row], cells: cells.collect() })
    })
}

/// The cell with its retention; it must have been reached.
fn counted(cell: CohortCell) -> CohortCell {
    CohortCell { retention: f64::from(cell.returned) / f64::from(cell.observed), ..cell }
}

/// All rows together: at each age those who have reached it.
fn average(rows: &[CohortRow]) -> Vec<CohortCell> {
    let ages = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let at = |age: usize| {
        let cells = rows.iter().filter_map(|row| row.cells.get(age));
        cells.copied().reduce(|sum, cell| CohortCell {
            observed: sum.observed + cell.observed,
            returned: sum.returned + cell.returned,
            orders: sum.orders + cell.orders,
            net: sum.net.saturating_add(cell.net),
            cumulative_net: sum.cumulative_net.saturating_add(cell.cumulative_net),
            retention: 0.0,
        })
    };
    (0..ages).filter_map(at).map(counted).collect()
}

fn age_cells(ages: &EqualAges, row: usize) -> Vec<AgeCell> {
    let cells = ages.ages.iter().enumerate();
    cells
        .map(|(age, &days)| AgeCell {
            days,
            observed: ages.observed[row * ages.ages.len() + age],
            repeat_rate: ages.repeat_rate(row, age),
            net_per_customer: ages.net_per_customer(row, age),
            orders_per_customer: ages.orders_per_customer(row, age),
        })
        .collect()
}

/// The customers behind a cell, rising; nobody if there is no such cell.
pub fn behind(shop: &Shop, as_of: ShopDay, filter: &CohortFilter) -> Vec<u32> {
    let by = match filter.row {
        CohortKey::Start(_) => CohortBy::FirstOrder,
        CohortKey::Label(_) | CohortKey::Others => filter.by,
    };
    let cut = Cut::new(shop, as_of, filter.period, by, most_periods(filter.period));
    let Some(row) = cut.row(&filter.row) else { return Vec::new() };
    let cell = cut.with(|periods, by| {
        let at = (row, filter.age as usize);
        cohort_cell(shop.frame.purchases(), as_of.number(), periods, by, at)
    });
    cell.map_or_else(Vec::new, |it| if filter.returned { it.returned } else { it.missing })
}
