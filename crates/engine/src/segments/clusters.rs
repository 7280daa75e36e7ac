//! Customers who are alike, as segments.

use super::columns::{Ground, UNKNOWN};
use analytics::{CLUSTER_SAMPLE, Clusters, cluster_customers, rfm_features};
use protocol::{ClusterRow, ClustersView, SegmentSize};
use std::ops::RangeInclusive;

/// So many clusters are tried.
const NUMBERS: RangeInclusive<usize> = 2..=8;
/// A centre that is so many standard deviations from the mean is above or below most.
const CLEARLY: f64 = 0.35;

/// Everybody's cluster; nothing where too few buyers differ.
#[derive(Debug)]
pub struct Parted {
    clusters: Option<Clusters>,
    customers: usize,
}

impl Parted {
    /// Parts the buyers of all time by days, orders and net.
    pub fn of(on: &Ground<'_>) -> Parted {
        let summaries = &on.computed.summaries;
        let minor_per_major = 10_u32.pow(on.shop.profile.currency.decimals());
        let features = rfm_features(summaries, minor_per_major);
        let clusters = cluster_customers(summaries, &features, NUMBERS).ok();
        Parted { clusters, customers: summaries.len() }
    }

    /// The number of everybody's cluster, counted from 1.
    pub fn numbers(&self) -> Vec<f64> {
        let Some(clusters) = &self.clusters else { return vec![UNKNOWN; self.customers] };
        let number = |it: &Option<u8>| it.map_or(UNKNOWN, |it| f64::from(it) + 1.0);
        clusters.label.iter().map(number).collect()
    }

    /// The clusters as a screen shows them.
    pub fn view(&self, on: &Ground<'_>, all: SegmentSize) -> ClustersView {
        let found = self.clusters.iter().flat_map(|it| &it.clusters);
        let rows = found.map(|it| ClusterRow {
            size: SegmentSize { customers: it.customers, net: it.net, ..all },
            days: it.days,
            orders: it.orders,
            net_each: it.net as f64 / f64::from(it.customers.max(1)),
            signs: it.centre.map(|it| i8::from(it > CLEARLY) - i8::from(it < -CLEARLY)),
        });
        let rows: Vec<ClusterRow> = rows.collect();
        let tried = self.clusters.as_ref().and_then(|it| it.tried.get(rows.len().checked_sub(2)?));
        let buyers = on.computed.summaries.orders.iter().filter(|it| **it > 0).count();
        ClustersView {
            revision: on.shop.revision,
            as_of: on.computed.as_of,
            currency: on.shop.profile.currency,
            silhouette: tried.map_or(0.0, |it| it.1),
            sample: (buyers > CLUSTER_SAMPLE).then_some(CLUSTER_SAMPLE as u32),
            clusters: rows,
        }
    }
}
