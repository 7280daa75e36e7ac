//! Customers who are alike: k-means on recency, frequency and money.
//!
//! The three measures are taken as logarithms and to the same scale ([`rfm_features`]), parted by
//! k-means from many starts ([`kmeans`]), and the number of clusters is the one in which customers
//! lie closest to their own ([`silhouette`]). The same input gives the same clusters.

mod choice;
mod features;
mod kmeans;
mod silhouette;

pub use choice::{CLUSTER_SAMPLE, Cluster, Clusters, TooAlike, cluster_customers};
pub use features::{RfmFeatures, rfm_features};
pub use kmeans::{KMeans, Point, kmeans, kmeans_from};
pub use silhouette::silhouette;
