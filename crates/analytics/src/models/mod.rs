//! Customer-base models: who comes back, how often, and what it will be worth.
//!
//! A [`CustomerBase`] is made of purchases, a model is [`fit`] to it, and the model says of every
//! customer the chance of at least one purchase in a horizon (`p_active`, the honest churn figure),
//! the chance not to have left (`p_alive`, a detail), and the purchases to expect. All likelihoods
//! are in log space, all times in weeks, all money in minor units.
//!
//! | file | subject |
//! |---|---|
//! | `customer_base`, `rows` | purchases → x, t_x, T; equal histories once |
//! | `nbd`, `beta_geometric`, `pareto_nbd`, `erlang` | what the models say of a customer |
//! | `*_fit`, `fit`, `optimise` | maximum likelihood with analytic gradients |
//! | `expectations`, `scores` | what they say of all customers at once |
//! | `gamma_gamma`, `value` | spend, and lifetime value |
//! | `clock`, `season`, `drift` | what stands around a model: strong months, the pace of late |
//! | `baselines`, `metrics`, `path`, `back_test` | which prediction was right on the shop's past |
//! | `forecast` | the chosen one, at work |
//!
//! ```
//! use analytics::Purchases;
//! use analytics::models::{BackTest, Forecast};
//!
//! // 300 customers of different paces over two years; some stop.
//! let mut offsets = vec![0];
//! let mut day = Vec::new();
//! for c in 0..300 {
//!     let (first, pace, most) = (c, 20 + c * 7 % 90, 1 + c * 11 % 13);
//!     day.extend((0..most).map(|i| first + i * pace + (c * i) % 9).filter(|day| *day <= 730));
//!     offsets.push(day.len() as u32);
//! }
//! let net = vec![2_500; day.len()];
//! let purchases = Purchases::new(&offsets, &day, &net)?;
//!
//! // Every candidate on the last third, which none of them has seen; then the best on all.
//! let test = BackTest::run(purchases, 730)?;
//! if let Some(forecast) = Forecast::of(purchases, 730, test.chosen) {
//!     let quarter = forecast?.predict(90);
//!     assert_eq!(quarter.expected.len(), 300);
//!     assert!(quarter.p_active.iter().all(|chance| (0.0..=1.0).contains(chance)));
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod back_test;
mod baselines;
mod beta_geometric;
mod beta_geometric_fit;
mod clock;
mod customer_base;
mod drift;
mod erlang;
mod expectations;
mod fit;
mod forecast;
mod gamma_gamma;
mod metrics;
mod model;
mod nbd;
mod optimise;
mod pareto_nbd;
mod pareto_nbd_fit;
mod path;
mod rows;
mod scores;
mod season;
mod value;

pub use back_test::{Adjusted, BackTest, Candidate, Predictor, Reason};
pub use baselines::Baseline;
pub use beta_geometric::BetaGeometric;
pub use clock::Clock;
pub use customer_base::{CustomerBase, History, HoldOut, MalformedHistory};
pub use drift::Drift;
pub use erlang::MOST_K;
pub use fit::{
    Convergence, FEWEST_REPEAT_BUYERS, Fit, FitError, Leaving, Simpler, best, fit, fit_again,
    fit_regular,
};
pub use forecast::Forecast;
pub use gamma_gamma::{GammaGamma, SpendError, SpendFit, fit_spend};
pub use metrics::{FrequencyBin, LAST_BIN, Metrics, Prediction, SMALLEST_CHANCE, calibration};
pub use model::{BuyingModel, DropOut, Kind, Model};
pub use nbd::Nbd;
pub use pareto_nbd::ParetoNbd;
pub use path::{Path, path};
pub use scores::{Ahead, Figures, Scores, score};
pub use season::{NoSeason, Season};
pub use value::{ValueOptions, discounted_purchases, lifetime_value};
