//! k-means on the CDNOW sample against figures computed with scikit-learn.

use analytics::{
    Point, TooAlike, Window, cluster_customers, kmeans, kmeans_from, rfm_features, silhouette,
};

use crate::cdnow;
use crate::shop::Shop;

fn sample_rows() -> Vec<Point> {
    let customers = cdnow::sample().summaries(Window { from: None, as_of: cdnow::AS_OF });
    let features = rfm_features(&customers, 100);
    let means = [5.641_123_813_837_845, 1.123_962_312_411_78, 3.920_005_358_206_929_6];
    let deviations = [0.993_504_714_687_735_3, 0.577_271_451_100_019, 1.124_549_069_862_879_5];
    for measure in 0..3 {
        assert!((features.mean[measure] - means[measure]).abs() < 2e-9, "{measure}");
        assert!((features.deviation[measure] - deviations[measure]).abs() < 1e-9, "{measure}");
    }
    features.rows
}

#[test]
fn runs_from_given_rows_agree() {
    let rows = sample_rows();
    let runs: [(&[usize], f64, &[usize], f64); 4] = [
        (&[392, 1178, 1964], 1_985.346_708_883_233, &[680, 1367, 310], 0.487_978_956_773_361_95),
        (
            &[294, 883, 1473, 2062],
            1_591.732_440_846_103_8,
            &[730, 465, 919, 243],
            0.410_599_661_210_944_4,
        ),
        (
            &[235, 707, 1178, 1649, 2121],
            1_530.261_545_172_592_4,
            &[53, 241, 952, 453, 658],
            0.370_470_804_637_693_94,
        ),
        (
            &[196, 589, 982, 1374, 1767, 2160],
            1_104.206_736_677_749,
            &[661, 697, 152, 465, 109, 273],
            0.403_079_966_708_322_1,
        ),
    ];
    for (starts, inertia, sizes, closeness) in runs {
        let run = kmeans_from(&rows, starts.iter().map(|row| rows[*row]).collect());
        assert!((run.inertia / inertia - 1.0).abs() < 1e-9, "{}: {}", starts.len(), run.inertia);
        let mut found = vec![0; starts.len()];
        run.label.iter().for_each(|label| found[usize::from(*label)] += 1);
        assert_eq!(found, sizes);
        let found = silhouette(&rows, &run.label).unwrap();
        assert!((found - closeness).abs() < 1e-9, "{}: {found}", starts.len());
    }
}

#[test]
fn many_starts_reach_the_best_known() {
    let rows = sample_rows();
    let best =
        [(3, 1_985.315_205_393_074), (4, 1_591.732_440_846_103_8), (5, 1_304.797_673_108_825_4)];
    for (k, inertia) in best {
        let found = kmeans(&rows, k, 20, 1).inertia;
        assert!(found <= inertia * (1.0 + 1e-3), "{k}: {found} against {inertia}");
    }
}

#[test]
fn the_number_of_clusters_is_that_of_the_greatest_silhouette() {
    let customers = cdnow::sample().summaries(Window { from: None, as_of: cdnow::AS_OF });
    let features = rfm_features(&customers, 100);
    let found = cluster_customers(&customers, &features, 2..=4).unwrap();
    assert_eq!(found.tried.iter().map(|it| it.0).collect::<Vec<_>>(), [2, 3, 4]);
    let best = found.tried.iter().max_by(|a, b| a.1.total_cmp(&b.1)).unwrap();
    assert_eq!(found.clusters.len(), best.0);
    assert_eq!(found.clusters.iter().map(|it| it.customers).sum::<u32>(), 2_357);
    assert_eq!(found.clusters.iter().map(|it| it.net).sum::<i64>(), 24_409_194);
    assert!(found.clusters.windows(2).all(|pair| pair[0].centre[2] >= pair[1].centre[2]));
    assert_eq!(kmeans(&features.rows, 4, 3, 9), kmeans(&features.rows, 4, 3, 9));
}

#[test]
fn buyers_who_are_all_alike_cannot_be_parted() {
    for (shop, distinct) in [
        (Shop(vec![]), 0),
        (Shop(vec![vec![]]), 0),
        (Shop(vec![vec![(5, 100)]; 40]), 1),
        (Shop(vec![vec![(5, 100)], vec![(5, -1_000)], vec![(5, 100)]]), 2),
    ] {
        let customers = shop.all_time();
        let features = rfm_features(&customers, 100);
        assert!(features.rows.iter().flatten().all(|value| value.is_finite()));
        let refused = cluster_customers(&customers, &features, 2..=8);
        assert_eq!(refused, Err(TooAlike { distinct }));
    }
    let few = Shop(vec![vec![(5, 1)], vec![(9, 1_000_000_000_000)], vec![(900, 70)]]).all_time();
    let found = cluster_customers(&few, &rfm_features(&few, 100), 2..=8).unwrap();
    assert_eq!(found.clusters.len(), 2);
}
