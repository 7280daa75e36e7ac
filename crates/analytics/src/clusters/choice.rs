//! How many clusters, and what each is like.

use std::fmt;
use std::ops::RangeInclusive;

use super::kmeans::{Point, distance};
use super::{RfmFeatures, kmeans, kmeans_from, silhouette};
use crate::{Summaries, median};

/// Points among which the starts are tried: more change nothing but the time.
pub const CLUSTER_SAMPLE: usize = 2_400;
/// Points that the silhouette looks at: its time grows with their square.
const SILHOUETTE_SAMPLE: usize = 1_000;
const RESTARTS: u32 = 10;
const SEED: u64 = 1;

/// Clusters of the buyers, those who spend most first.
#[derive(Debug, Clone, PartialEq)]
pub struct Clusters {
    /// The cluster of each customer; `None` for who did not buy in the window.
    pub label: Vec<Option<u8>>,
    /// What each is like.
    pub clusters: Vec<Cluster>,
    /// Sum of squared distances to the own centre, in standard deviations.
    pub inertia: f64,
    /// The numbers of clusters that were tried, with their silhouettes.
    pub tried: Vec<(usize, f64)>,
}

/// One cluster.
#[derive(Debug, Clone, PartialEq)]
pub struct Cluster {
    /// How many customers.
    pub customers: u32,
    /// The centre, as [`RfmFeatures::rows`].
    pub centre: Point,
    /// Median days since the last order.
    pub days: f64,
    /// Median orders in the window.
    pub orders: f64,
    /// Sum of their net amounts in the window, in minor units.
    pub net: i64,
}

/// Buyers of whom too few differ to part them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooAlike {
    /// How many different ones there are; three are needed.
    pub distinct: usize,
}

impl fmt::Display for TooAlike {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "only {} buyers differ, of 3 needed", self.distinct)
    }
}

impl std::error::Error for TooAlike {}

/// Parts the buyers into the number of clusters, of those in `ks`, that has the greatest silhouette;
/// of equal ones the smallest.
///
/// `features` must come from the same `customers`. Only numbers from 2 up to the number of different
/// buyers less one are tried.
pub fn cluster_customers(
    customers: &Summaries,
    features: &RfmFeatures,
    ks: RangeInclusive<usize>,
) -> Result<Clusters, TooAlike> {
    let rows = &features.rows;
    let sample = thin(rows, CLUSTER_SAMPLE);
    let distinct = distinct_up_to(&sample, *ks.end() + 1);
    if distinct < 3 {
        return Err(TooAlike { distinct });
    }
    let looked_at = thin(&sample, SILHOUETTE_SAMPLE);
    let mut tried = Vec::new();
    let mut best: Option<(f64, Vec<Point>)> = None;
    let least = (*ks.start()).clamp(2, distinct - 1);
    for k in least..=(*ks.end()).clamp(least, distinct - 1) {
        let run = kmeans(&sample, k, RESTARTS, SEED);
        let labels: Vec<u8> =
            looked_at.iter().map(|point| super::kmeans::nearest(point, &run.centres).0).collect();
        let closeness = silhouette(&looked_at, &labels).unwrap_or(-1.0);
        tried.push((k, closeness));
        if best.as_ref().is_none_or(|(most, _)| closeness > *most) {
            best = Some((closeness, run.centres));
        }
    }
    let mut centres = best.map(|(_, centres)| centres).unwrap_or_default();
    tiny_sort::stable::sort_by(&mut centres, |a, b| {
        b[2].total_cmp(&a[2]).then(b[1].total_cmp(&a[1]))
    });
    let all = kmeans_from(rows, centres);
    Ok(describe(customers, features, &all.label, &all.centres, tried))
}

fn describe(
    customers: &Summaries,
    features: &RfmFeatures,
    labels: &[u8],
    centres: &[Point],
    tried: Vec<(usize, f64)>,
) -> Clusters {
    let mut label = vec![None; customers.len()];
    let mut days: Vec<Vec<u32>> = vec![Vec::new(); centres.len()];
    let mut orders = days.clone();
    let mut net = vec![0_i64; centres.len()];
    let mut inertia = 0.0;
    for ((customer, row), own) in features.customer.iter().zip(&features.rows).zip(labels) {
        let (customer, cluster) = (*customer as usize, usize::from(*own));
        label[customer] = Some(*own);
        days[cluster].push(customers.recency(customer).unwrap_or_default());
        orders[cluster].push(customers.orders[customer]);
        net[cluster] = net[cluster].saturating_add(customers.net[customer]);
        inertia += distance(row, &centres[cluster]);
    }
    let medians = days.iter_mut().zip(&mut orders).zip(net).zip(centres);
    let clusters = medians
        .map(|(((days, orders), net), centre)| Cluster {
            customers: days.len() as u32,
            centre: *centre,
            days: median(days).unwrap_or_default(),
            orders: median(orders).unwrap_or_default(),
            net,
        })
        .collect();
    Clusters { label, clusters, inertia, tried }
}

/// At most `most` of the points, evenly from the first to the last.
fn thin(points: &[Point], most: usize) -> Vec<Point> {
    let count = points.len().min(most);
    (0..count).map(|at| points[at * points.len() / count]).collect()
}

fn distinct_up_to(points: &[Point], enough: usize) -> usize {
    let mut seen: Vec<Point> = Vec::new();
    for point in points {
        if !seen.iter().any(|it| distance(it, point) <= 0.0) {
            seen.push(*point);
            if seen.len() == enough {
                break;
            }
        }
    }
    seen.len()
}
