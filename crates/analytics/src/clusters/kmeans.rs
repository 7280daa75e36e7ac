//! k-means: centres from which the squared distances are least.

use crate::mix::Random;

/// A customer in the space of the three measures.
pub type Point = [f64; 3];

/// Lloyd's steps come to rest long before.
const MOST_STEPS: usize = 300;

/// A partition of points.
#[derive(Debug, Clone, PartialEq)]
pub struct KMeans {
    /// The mean of each cluster's points.
    pub centres: Vec<Point>,
    /// The cluster of each point.
    pub label: Vec<u8>,
    /// Sum of squared distances to the own centre.
    pub inertia: f64,
}

/// The best of `restarts` runs from different starts, made from the seed.
///
/// `k` is at most 255. Fewer clusters come out where fewer points differ.
///
/// Source: Lloyd (1982); starts by k-means++, Arthur & Vassilvitskii (2007): a single one may end
/// far above the best.
pub fn kmeans(points: &[Point], k: usize, restarts: u32, seed: u64) -> KMeans {
    let runs = (0..restarts.max(1)).map(|run| {
        let mut random = Random::new(seed.wrapping_add(u64::from(run)));
        kmeans_from(points, spread_starts(points, k.min(255), &mut random))
    });
    let best = runs.min_by(|a, b| a.inertia.total_cmp(&b.inertia));
    best.unwrap_or_else(|| kmeans_from(points, Vec::new()))
}

/// Runs from given centres until no point changes its cluster.
pub fn kmeans_from(points: &[Point], mut centres: Vec<Point>) -> KMeans {
    centres.truncate(255);
    let mut label = vec![0_u8; points.len()];
    if centres.is_empty() {
        return KMeans { centres, label, inertia: 0.0 };
    }
    for _ in 0..MOST_STEPS {
        let has_moved = assign(points, &centres, &mut label);
        move_centres(points, &label, &mut centres);
        if !has_moved {
            break;
        }
    }
    let own = points.iter().zip(&label).map(|(it, label)| distance(it, &centres[*label as usize]));
    let inertia = own.sum();
    KMeans { centres, label, inertia }
}

/// The squared distance.
#[inline]
pub(super) fn distance(a: &Point, b: &Point) -> f64 {
    let off = [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
    off[0] * off[0] + off[1] * off[1] + off[2] * off[2]
}

#[inline]
pub(super) fn nearest(point: &Point, centres: &[Point]) -> (u8, f64) {
    let mut best = (0, f64::INFINITY);
    for (at, centre) in centres.iter().enumerate() {
        let here = distance(point, centre);
        if here < best.1 {
            best = (at as u8, here);
        }
    }
    best
}

/// Gives each point its nearest centre, and tells whether any has changed.
fn assign(points: &[Point], centres: &[Point], label: &mut [u8]) -> bool {
    let mut has_moved = false;
    for (point, label) in points.iter().zip(label) {
        let (near, _) = nearest(point, centres);
        has_moved |= near != *label;
        *label = near;
    }
    has_moved
}

/// Moves each centre to the mean of its points; one without points stays.
fn move_centres(points: &[Point], label: &[u8], centres: &mut [Point]) {
    let mut sums = vec![([0.0; 3], 0_u32); centres.len()];
    for (point, label) in points.iter().zip(label) {
        let (sum, count) = &mut sums[*label as usize];
        sum.iter_mut().zip(point).for_each(|(sum, value)| *sum += value);
        *count += 1;
    }
    for (centre, (sum, count)) in centres.iter_mut().zip(sums) {
        if count > 0 {
            *centre = sum.map(|sum| sum / f64::from(count));
        }
    }
}

/// Each further start is a point taken with a probability that grows with its squared distance to
/// the starts so far.
fn spread_starts(points: &[Point], k: usize, random: &mut Random) -> Vec<Point> {
    let mut starts: Vec<Point> = Vec::with_capacity(k);
    let mut far = vec![f64::INFINITY; points.len()];
    while starts.len() < k && !points.is_empty() {
        let next = if starts.is_empty() {
            (random.unit() * points.len() as f64) as usize
        } else {
            let total: f64 = far.iter().sum();
            if total <= 0.0 {
                break;
            }
            let mut left = random.unit() * total;
            let chosen = far.iter().position(|distance| {
                left -= distance;
                left < 0.0
            });
            // Rounding may leave a trifle at the end: then it is the last that is any distance off.
            chosen.or_else(|| far.iter().rposition(|it| *it > 0.0)).unwrap_or(0)
        };
        let start = points[next];
        for (far, point) in far.iter_mut().zip(points) {
            *far = far.min(distance(point, &start));
        }
        starts.push(start);
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn two_heaps_are_found() {
        let points: Vec<Point> = (0..20)
            .map(|i| {
                let near = f64::from(i % 10) / 100.0;
                if i < 10 { [near, 0.0, 0.0] } else { [5.0 + near, 5.0, 5.0] }
            })
            .collect();
        let found = kmeans(&points, 2, 10, 0);
        assert!(found.label[..10].iter().all(|label| *label == found.label[0]));
        assert!(found.label[10..].iter().all(|label| *label != found.label[0]));
        assert!((found.inertia - 2.0 * 0.00825).abs() < 1e-12);
    }

    #[test]
    fn fewer_different_points_than_clusters() {
        let same = kmeans(&[[1.0; 3]; 5], 3, 10, 0);
        assert_eq!((same.centres.len(), &same.label[..]), (1, &[0; 5][..]));
        let none = kmeans(&[], 3, 10, 0);
        assert!(none.centres.is_empty() && none.label.is_empty());
    }

    proptest! {
        #[test]
        fn everybody_is_in_the_nearest_cluster(
            points in prop::collection::vec(prop::array::uniform3(-3.0..3.0_f64), 1..60),
            k in 1..6_usize,
        ) {
            let found = kmeans(&points, k, 5, 3);
            for (point, label) in points.iter().zip(&found.label) {
                let own = distance(point, &found.centres[*label as usize]);
                let (_, least) = nearest(point, &found.centres);
                prop_assert!(own <= least + 1e-9);
            }
        }
    }
}
