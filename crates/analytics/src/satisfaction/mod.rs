//! What customers say: scores with their uncertainty, gaps, drivers, loyalty, trends.
//!
//! Answers are columns with one entry an answer; `None` or a number outside the scale is no answer.
//! [`latest_answers`] says which of several answers of a customer count.

mod answers;
mod drivers;
mod gaps;
mod loyalty;
mod scores;
mod trend;

pub use answers::latest_answers;
pub use drivers::{Driver, Quadrant, drivers};
pub use gaps::{Dimension, DimensionGap, Gap, GapIndex, gap, gap_index};
pub use loyalty::{Attitude, Behaviour, LoyaltyCuts, LoyaltyType, behaviour_index, loyalty_type};
pub use scores::{FEW_ANSWERS, Figure, Score, score};
pub use trend::score_trend;
