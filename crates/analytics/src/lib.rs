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
//!
//! # What answers which question
//!
//! | question | begin with |
//! |---|---|
//! | who has gone silent, who left, who came back | [`churn_states`], [`churn_rates`], [`win_back_queue`] |
//! | where are customers in their life with the shop | [`stages`], [`stage_moves`] |
//! | do those who began together stay | [`cohorts`], [`equal_ages`], [`cohort_cell`] |
//! | how long until the next purchase | [`survival_curve`], [`log_rank`] |
//! | what is bought together, later, again | [`frequent_itemsets`], [`next_basket_rules`], [`replenishment`] |
//! | what to offer whom | [`Recommender`], [`Ladder`] |
//! | who is alike, who moved, who buys what | [`cluster_customers`], [`migration`], [`trait_affinity`] |
//! | what goes with leaving, who is like the best | [`churn_causes`], [`learn_best`] |
//! | what do customers say | [`score`], [`gap_index`], [`drivers`], [`delivered_values`] |
//! | where does the change of net come from | [`bridge`], [`acquisition`] |
//! | did a campaign do anything | [`campaign`] |
//! | how far may a forecast be off | [`back_test`], [`forecast_range`] |

pub mod models;
pub mod special;

mod bands;
mod class;
mod concentration;
mod group;
mod kpi;
mod monetary;
mod newest;
mod purchases;
mod ranked;
mod repeat;
mod rfm;
mod series;
mod sum;
mod summary;
mod tally;
mod tiers;
mod totals;

// What customers do: silence, stages, cohorts, baskets, groups, answers, campaigns.
mod acquisition;
mod affinity;
mod baskets;
mod bridge;
pub mod campaign;
mod causes;
mod churn;
mod clusters;
mod codes;
mod cohorts;
mod deciles;
mod delivered_value;
mod forecast;
pub mod intervals;
mod lifecycle;
mod migration;
mod mix;
mod periods;
mod pivot;
mod propensity;
mod ranks;
mod satisfaction;
mod standing;
mod survival;

pub use bands::{Band, Bands};
pub use class::{ClassCuts, Classes, RfmClass, UsedCuts, classify};
pub use concentration::{Concentration, CurvePoint};
pub use group::RfmGroup;
pub use kpi::{AnonymousOrders, Kpis, kpis};
pub use monetary::Monetary;
pub use newest::{Bucketed, Newest, NewestQuery, newest};
pub use purchases::{MalformedPurchases, Purchases, Stretch, Window};
pub use ranked::RankedSpend;
pub use repeat::rolling_repeat_rates;
pub use rfm::{Cuts, FixedCuts, Measure, Rfm, RfmCuts, RfmOptions, RfmWarning, score_rfm};
pub use series::{Series, kpis_and_series, sums_by_start};
pub use summary::{Summaries, personal_gap, summarise};
pub use tally::{Tally, median};
pub use tiers::{DEFAULT_SHARES, Tier, TierReport, Tiers, assign_tiers};
pub use totals::{HeatMap, Totals, class_totals, group_totals, heat_map};

pub use acquisition::{
    Acquisition, Payback, acquisition, acquisition_cost, days_to_first_order, payback,
    value_to_cost,
};
pub use affinity::{Affinity, FEW_CUSTOMERS, TraitAffinity, trait_affinity};
pub use baskets::{
    AffinityEdge, Baskets, Bought, Breadth, Consequents, Due, ItemsetOptions, Itemsets, Ladder,
    LadderStep, MalformedBaskets, NextBasketOptions, Reason, Recommendation, Recommender,
    Replenishment, Rule, RuleCounts, Shelf, TooManyItemsets, affinity_edges, attach_rates, bought,
    bought_without, breadth, first_items, frequent_itemsets, next_basket_rules, replenishment,
    replenishment_due, rules, suggest_ladders,
};
pub use bridge::{Bridge, bridge};
pub use causes::{Cause, Exposure, churn_causes};
pub use churn::{
    ChurnPolicy, ChurnRates, ChurnRule, ChurnState, ChurnStates, ChurnThresholds, Deadlines,
    ModelCuts, ThresholdBasis, WinBack, churn_rates, churn_states, states_by_probability,
    win_back_queue,
};
pub use clusters::{
    CLUSTER_SAMPLE, Cluster, Clusters, KMeans, Point, RfmFeatures, TooAlike, cluster_customers,
    kmeans, kmeans_from, rfm_features, silhouette,
};
pub use codes::Codes;
pub use cohorts::{
    COHORT_DAYS, CohortCell, CohortRows, CohortTable, EqualAges, cohort_cell, cohorts, equal_ages,
};
pub use deciles::{Deciles, Tenth, deciles, equity_by};
pub use delivered_value::{
    DeliveredValue, DeliveredValues, ValueAnswer, ValueWeights, delivered_value, delivered_values,
};
pub use forecast::{Checked, Demand, ForecastRange, back_test, demand, forecast_range, status_quo};
pub use lifecycle::{Stage, StageMoves, StageRules, StageSummary, stage_moves, stages};
pub use migration::{Migration, migrants, migration};
pub use periods::{MalformedPeriods, Periods};
pub use pivot::{Pivot, PivotCell, PivotFact, share_out};
pub use propensity::{LookAlike, Propensity, TooFewToLearn, learn_best};
pub use satisfaction::{
    Attitude, Behaviour, Dimension, DimensionGap, Driver, FEW_ANSWERS, Figure, Gap, GapIndex,
    LoyaltyCuts, LoyaltyType, Quadrant, Score, behaviour_index, drivers, gap, gap_index,
    latest_answers, loyalty_type, score, score_trend,
};
pub use standing::{mean_standing, percentiles};
pub use survival::{
    Durations, LogRank, SurvivalCurve, all_gap_durations, log_rank, next_purchase_durations,
    survival_curve,
};
