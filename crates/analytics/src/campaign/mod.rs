//! What a campaign did that would not have happened without it.
//!
//! [`eligible`] makes the audience, [`is_held_out`] keeps a part of it from being addressed,
//! [`outcome`] counts what both groups did, [`campaign_effect`] compares them, and [`power`] says
//! beforehand what can be shown at all.

mod audience;
mod effect;
pub mod power;

pub use audience::{Audience, Excluded, HELD_OUT_SHARE, Suppression, eligible, is_held_out};
pub use effect::{CampaignEffect, Outcome, campaign_effect, outcome};
