//! What every model of buying answers, and the closed list of models.

use super::{Ahead, BetaGeometric, Figures, History, Nbd, ParetoNbd};

/// A fitted model: what it says of a customer. Times are weeks.
pub trait BuyingModel {
    /// ln of the likelihood of the history.
    ///
    /// For k > 1 without the factor that depends on the gaps alone (the same for all parameters).
    fn ln_likelihood(&self, history: History) -> f64;

    /// The part of [`ln_likelihood`](Self::ln_likelihood) that the end of observation T moves.
    fn ln_silence(&self, history: History) -> f64;

    /// The chance that the customer has not left for good. A detail, not a churn figure: see
    /// [`p_active`](Self::p_active).
    fn p_alive(&self, history: History) -> f64;

    /// The expected number of purchases in the `horizon` weeks after the end of observation.
    fn expected(&self, history: History, horizon: f64) -> f64;

    /// The expected number of repeat purchases of a new customer in their first `weeks`.
    fn expected_new(&self, weeks: f64) -> f64;

    /// The chance of at least one purchase in the `horizon` weeks after the end of observation: the
    /// honest churn figure is what is left of 1.
    ///
    /// Silence up to T + h is likelier than silence up to T by the chance of no purchase between:
    /// `1 − exp(LL(x, t_x, T + h) − LL(x, t_x, T))`.
    fn p_active(&self, history: History, horizon: f64) -> f64 {
        let later = History { age: history.age + horizon, ..history };
        let silent = self.ln_silence(later) - self.ln_silence(history);
        (-libm::expm1(silent)).clamp(0.0, 1.0)
    }

    /// All figures of many histories, each at a `pace` of its own by which the weeks ahead run
    /// faster. Sorted by repeats, age and last purchase it is faster.
    fn figures(&self, histories: &[History], pace: &[f64], ahead: Ahead<'_>) -> Figures {
        let mut figures = Figures::with_room(histories.len(), ahead);
        for (history, pace) in histories.iter().zip(pace) {
            figures.p_alive.push(self.p_alive(*history));
            for (at, horizon) in ahead.horizons.iter().enumerate() {
                figures.p_active[at].push(self.p_active(*history, horizon * pace));
                figures.expected[at].push(self.expected(*history, horizon * pace));
            }
            let weighted = ahead.weighted.iter();
            let sum = weighted.map(|(horizon, by)| by * self.expected(*history, horizon * pace));
            figures.weighted.push(sum.sum());
        }
        figures
    }
}

/// When a customer may leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum DropOut {
    /// After each repeat purchase. Whoever bought once only is active for ever.
    AfterRepeats,
    /// After every purchase, the first too.
    AfterEveryPurchase,
}

/// The models that can be fitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Kind {
    /// Nobody leaves. With k > 1 the condensed NBD.
    Nbd {
        /// Regularity, 1 to [`MOST_K`](super::MOST_K).
        k: u8,
    },
    /// BG/NBD, MBG/NBD and their regular kin (M)BG/CNBD-k.
    BetaGeometric {
        /// When customers may leave.
        drop_out: DropOut,
        /// Regularity, 1 to [`MOST_K`](super::MOST_K).
        k: u8,
    },
    /// Customers leave at any time.
    ParetoNbd,
}

impl Kind {
    /// Nobody leaves.
    pub const NBD: Self = Self::Nbd { k: 1 };
    /// Fader, Hardie & Lee 2005.
    pub const BG_NBD: Self = Self::BetaGeometric { drop_out: DropOut::AfterRepeats, k: 1 };
    /// Batislam, Denizel & Filiztekin 2007.
    pub const MBG_NBD: Self = Self::BetaGeometric { drop_out: DropOut::AfterEveryPurchase, k: 1 };

    /// The name by which the literature knows it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Nbd { k: 1 } => "NBD",
            Self::Nbd { .. } => "CNBD-k",
            Self::BetaGeometric { drop_out: DropOut::AfterRepeats, k: 1 } => "BG/NBD",
            Self::BetaGeometric { drop_out: DropOut::AfterRepeats, .. } => "BG/CNBD-k",
            Self::BetaGeometric { drop_out: DropOut::AfterEveryPurchase, k: 1 } => "MBG/NBD",
            Self::BetaGeometric { drop_out: DropOut::AfterEveryPurchase, .. } => "MBG/CNBD-k",
            Self::ParetoNbd => "Pareto/NBD",
        }
    }

    /// The customary names of its parameters, in the order of [`Model::parameters`].
    pub const fn parameter_names(self) -> &'static [&'static str] {
        match self {
            Self::Nbd { .. } => &["r", "alpha"],
            Self::BetaGeometric { .. } => &["r", "alpha", "a", "b"],
            Self::ParetoNbd => &["r", "alpha", "s", "beta"],
        }
    }
}

/// Any of the models.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Model {
    /// Nobody leaves.
    Nbd(Nbd),
    /// Customers may leave after a purchase.
    BetaGeometric(BetaGeometric),
    /// Customers leave at any time.
    ParetoNbd(ParetoNbd),
}

impl Model {
    /// Which model it is.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Nbd(it) => Kind::Nbd { k: it.k() },
            Self::BetaGeometric(it) => Kind::BetaGeometric { drop_out: it.drop_out(), k: it.k() },
            Self::ParetoNbd(_) => Kind::ParetoNbd,
        }
    }

    /// The parameters with their customary names; α and β are in weeks.
    pub fn parameters(&self) -> Vec<(&'static str, f64)> {
        let values = match self {
            Self::Nbd(it) => it.parameters().to_vec(),
            Self::BetaGeometric(it) => it.parameters().to_vec(),
            Self::ParetoNbd(it) => it.parameters().to_vec(),
        };
        self.kind().parameter_names().iter().copied().zip(values).collect()
    }

    fn inner(&self) -> &dyn BuyingModel {
        match self {
            Self::Nbd(it) => it,
            Self::BetaGeometric(it) => it,
            Self::ParetoNbd(it) => it,
        }
    }
}

impl BuyingModel for Model {
    fn ln_likelihood(&self, history: History) -> f64 {
        self.inner().ln_likelihood(history)
    }

    fn ln_silence(&self, history: History) -> f64 {
        self.inner().ln_silence(history)
    }

    fn p_alive(&self, history: History) -> f64 {
        self.inner().p_alive(history)
    }

    fn p_active(&self, history: History, horizon: f64) -> f64 {
        self.inner().p_active(history, horizon)
    }

    fn expected(&self, history: History, horizon: f64) -> f64 {
        self.inner().expected(history, horizon)
    }

    fn expected_new(&self, weeks: f64) -> f64 {
        self.inner().expected_new(weeks)
    }

    fn figures(&self, histories: &[History], pace: &[f64], ahead: Ahead<'_>) -> Figures {
        self.inner().figures(histories, pace, ahead)
    }
}

/// Whether all parameters are numbers above 0.
pub(crate) fn are_positive(parameters: &[f64]) -> bool {
    parameters.iter().all(|it| *it > 0.0 && it.is_finite())
}
