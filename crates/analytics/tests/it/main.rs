//! What the figures mean: on small shops, on random shops against the plain definitions, and on a
//! published data set.

#![expect(clippy::float_cmp, reason = "values that must be the very same")]
#![expect(clippy::unwrap_used, reason = "test data are known to be well formed")]

mod bad_input;
mod baskets;
mod cdnow;
mod clusters;
mod cohorts;
mod definitions;
mod key_figures;
mod models_bad_input;
mod models_cdnow;
mod models_extreme;
mod models_forecast;
mod models_properties;
mod properties;
mod pyramid;
mod rfm_scores;
mod shop;
mod special;
mod survival;
