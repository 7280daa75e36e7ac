//! How well points lie in their clusters.

use super::kmeans::{Point, distance};
use libm::sqrt;

/// The mean silhouette: −1 (in the wrong cluster) to 1 (close to the own, far from the next).
///
/// A point's silhouette is (b − a) ÷ max(a, b), with a its mean distance to the others of its
/// cluster and b the least mean distance to another cluster; 0 for a cluster of one point. Takes time
/// that grows with the square of the number of points. `None` with fewer than two clusters.
///
/// Source: Rousseeuw (1987), "Silhouettes".
pub fn silhouette(points: &[Point], label: &[u8]) -> Option<f64> {
    let clusters = label.iter().max().map_or(0, |most| usize::from(*most) + 1);
    let mut sizes = vec![0_u32; clusters];
    for label in label {
        sizes[usize::from(*label)] += 1;
    }
    if sizes.iter().filter(|size| **size > 0).count() < 2 {
        return None;
    }
    let mut distances = vec![0.0; clusters];
    let mut sum = 0.0;
    for (point, own) in points.iter().zip(label) {
        distances.fill(0.0);
        for (other, label) in points.iter().zip(label) {
            distances[usize::from(*label)] += sqrt(distance(point, other));
        }
        sum += of_one(&distances, &sizes, usize::from(*own));
    }
    Some(sum / points.len() as f64)
}

/// From the sums of distances to each cluster's points.
fn of_one(distances: &[f64], sizes: &[u32], own: usize) -> f64 {
    if sizes[own] < 2 {
        return 0.0;
    }
    let inside = distances[own] / f64::from(sizes[own] - 1);
    let others = (0..sizes.len()).filter(|cluster| *cluster != own && sizes[*cluster] > 0);
    let outside = others
        .map(|cluster| distances[cluster] / f64::from(sizes[cluster]))
        .fold(f64::INFINITY, f64::min);
    let greater = inside.max(outside);
    if greater > 0.0 { (outside - inside) / greater } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn close_to_the_own_and_far_from_the_other() {
        let points = [[0.0; 3], [1.0, 0.0, 0.0], [10.0, 0.0, 0.0]];
        // 1 − 1 ÷ 10, 1 − 1 ÷ 9, and 0 for the one alone.
        let expected = (0.9 + 8.0 / 9.0) / 3.0;
        assert!((silhouette(&points, &[0, 0, 1]).unwrap() - expected).abs() < 1e-15);
        assert_eq!(silhouette(&points, &[0, 0, 0]), None);
        assert_eq!(silhouette(&[], &[]), None);
        assert_eq!(silhouette(&[[1.0; 3]; 4], &[0, 0, 1, 1]), Some(0.0));
    }
}
