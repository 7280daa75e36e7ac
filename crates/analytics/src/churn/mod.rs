//! Who has gone silent: nobody tells a shop that they left, so silence has to.
//!
//! A purchase starts a silence; a [`ChurnPolicy`] says on which day of it a customer is at risk and
//! on which they count as churned. [`churn_states`] gives the state as of a day, [`churn_rates`] who
//! left and who came back by period, [`win_back_queue`] whom to win back first.

mod policy;
mod priority;
mod rates;
mod states;

pub use policy::{ChurnPolicy, ChurnRule, ChurnThresholds, Deadlines, ThresholdBasis};
pub use priority::{WinBack, win_back_queue};
pub use rates::{ChurnRates, churn_rates};
pub use states::{ChurnState, ChurnStates, ModelCuts, churn_states, states_by_probability};
