//! Customer figures from columns of purchases.
//!
//! Slices of numbers in, results out. Nothing here knows a customer's name, a file or a clock:
//! customers are positions in the columns, the as-of day is an argument, days count from
//! 1970-01-01 in the shop's zone, and money is in minor units of one currency.
//!
//! What has no value (an average of nothing) is `None`, never 0 and never NaN.
//!
//! ```
//! use analytics::{
//!     Monetary, Purchases, RankedSpend, RfmGroup, RfmOptions, Window, assign_tiers,
//!     DEFAULT_SHARES, score_rfm, summarise,
//! };
//!
//! // Two customers: three orders on days 10, 20, 40 and one order on day 12.
//! let purchases =
//!     Purchases::new(&[0, 3, 4], &[10, 20, 40, 12], &[1_000, 2_500, 1_500, 800])?;
//! let customers = summarise(purchases, Window { from: None, as_of: 41 });
//! assert_eq!(customers.net, [5_000, 800]);
//! assert_eq!(customers.gaps.median(), Some(15.0));
//!
//! // Money is sorted once; scores, tiers and concentration all read the same ranking.
//! let spend = RankedSpend::new(&customers.orders, &customers.net);
//! let rfm = score_rfm(&customers, &spend, &RfmOptions::default());
//! assert_eq!((rfm.r[0], rfm.f[0], rfm.m[0]), (5, 3, 3));
//! assert_eq!(rfm.group(0), Some(RfmGroup::Loyal));
//!
//! let tiers = assign_tiers(&spend, &customers.orders, &customers.net, &DEFAULT_SHARES);
//! assert_eq!(tiers.reports[0].customers, 1);
//! # Ok::<(), analytics::MalformedPurchases>(())
//! ```

pub mod models;
pub mod special;

mod bands;
mod class;
mod concentration;
mod group;
mod kpi;
mod monetary;
mod purchases;
mod ranked;
mod rfm;
mod series;
mod summary;
mod tally;
mod tiers;
mod totals;

pub use bands::{Band, Bands};
pub use class::{ClassCuts, Classes, RfmClass, UsedCuts, classify};
pub use concentration::{Concentration, CurvePoint};
pub use group::RfmGroup;
pub use kpi::{AnonymousOrders, Kpis, kpis, kpis_in};
pub use monetary::Monetary;
pub use purchases::{MalformedPurchases, Purchases, Stretch, Window};
pub use ranked::RankedSpend;
pub use rfm::{Cuts, FixedCuts, Measure, Rfm, RfmCuts, RfmOptions, RfmWarning, score_rfm};
pub use series::{Series, net_by};
pub use summary::{Summaries, personal_gap, summarise};
pub use tally::{Tally, median};
pub use tiers::{DEFAULT_SHARES, Tier, TierReport, Tiers, assign_tiers};
pub use totals::{HeatMap, Totals, class_totals, group_totals, heat_map};
