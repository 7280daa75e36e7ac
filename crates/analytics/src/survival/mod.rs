//! How long until the next purchase, for those who came back and those who have not yet.
//!
//! [`Durations`] holds one row a subject; [`survival_curve`] is the Kaplan–Meier estimate of the
//! part still waiting, [`log_rank`] asks whether groups wait differently.

mod curve;
mod durations;
mod log_rank;

pub use curve::{SurvivalCurve, survival_curve};
pub use durations::{Durations, all_gap_durations, next_purchase_durations};
pub use log_rank::{LogRank, log_rank};
