//! Rules of thumb that a model must beat.

use super::{CustomerBase, HoldOut, Prediction};

/// A rule without a model.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Baseline {
    /// Nobody buys.
    Zero,
    /// Everybody goes on at the rate of their past: repeats ÷ age.
    StatusQuo,
    /// Who was silent for longer is gone, the others go on at their rate (Wübben & Wangenheim
    /// 2008).
    Hiatus {
        /// The longest silence of an active customer.
        weeks: f64,
        /// The share of those within it who came back.
        within: f64,
        /// The share of the others who did.
        beyond: f64,
    },
}

/// The silences that are tried.
const HIATUSES: [f64; 12] = [1.0, 2.0, 4.0, 6.0, 8.0, 13.0, 20.0, 26.0, 30.0, 39.0, 52.0, 78.0];

impl Baseline {
    /// Its name in a table.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Zero => "Nobody buys",
            Self::StatusQuo => "Status quo",
            Self::Hiatus { .. } => "Hiatus",
        }
    }

    /// The hiatus that tells best who came back in an earlier stretch, with what came of both
    /// sides. `None` of nobody.
    pub(crate) fn learned_hiatus(base: &CustomerBase, out: &HoldOut) -> Option<Self> {
        let silences = base.history.iter().map(|it| it.age - it.last);
        let seen: Vec<(f64, bool)> = silences.zip(out.purchases.iter().map(|it| *it > 0)).collect();
        if seen.is_empty() {
            return None;
        }
        let rights = |weeks: f64| seen.iter().filter(|it| (it.0 <= weeks) == it.1).count();
        let weeks = HIATUSES.into_iter().max_by_key(|weeks| rights(*weeks))?;
        // As if one more customer on each side had come back and one had not.
        let share = |within: bool| {
            let side = seen.iter().filter(|it| (it.0 <= weeks) == within);
            let (came, all) =
                side.fold((1.0, 2.0), |sum, it| (sum.0 + f64::from(u8::from(it.1)), sum.1 + 1.0));
            came / all
        };
        Some(Self::Hiatus { weeks, within: share(true), beyond: share(false) })
    }

    /// What the rule says of each customer for the `horizon` weeks after the end.
    pub(crate) fn predict(&self, base: &CustomerBase, horizon: f64) -> Prediction {
        let rate = |repeats: u32, age: f64| if age > 0.0 { f64::from(repeats) / age } else { 0.0 };
        let pairs = base.history.iter().map(|it| {
            let usual = rate(it.repeats, it.age) * horizon;
            match self {
                Self::Zero => (0.0, 0.0),
                // A Poisson process of that rate.
                Self::StatusQuo => (usual, -libm::expm1(-usual)),
                Self::Hiatus { weeks, within, .. } if it.age - it.last <= *weeks => {
                    (usual, *within)
                }
                Self::Hiatus { beyond, .. } => (0.0, *beyond),
            }
        });
        let (expected, p_active) = pairs.unzip();
        Prediction { expected, p_active }
    }
}
