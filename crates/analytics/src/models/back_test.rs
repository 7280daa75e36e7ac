//! Back-test on the shop's own past: which prediction would have been right, and by how much.

use super::baselines::Baseline;
use super::drift::{Drift, first_days};
use super::fit::{Fit, FitError, Fitter, Leaving};
use super::scores::{Ahead, Sheet};
use super::season::{NoSeason, Season};
use super::{
    Clock, CustomerBase, DropOut, FrequencyBin, Kind, Metrics, Path, Prediction, best, calibration,
    fit_regular, path,
};
use crate::Purchases;

/// What may stand around a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Adjusted {
    /// Weeks run faster in the shop's strong months.
    pub season: bool,
    /// Weeks ahead run at the pace of late, by acquisition cohort.
    pub drift: bool,
}

/// Something that predicts.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Predictor {
    /// A rule without a model.
    Baseline(Baseline),
    /// A model, plain or with something around it.
    Model {
        /// Which model.
        kind: Kind,
        /// What stands around it.
        adjusted: Adjusted,
    },
}

impl Predictor {
    /// Which model it is; `None` of a rule.
    pub const fn kind(self) -> Option<Kind> {
        match self {
            Self::Baseline(_) => None,
            Self::Model { kind, .. } => Some(kind),
        }
    }

    /// The name by which the literature knows it, with what stands around it.
    pub fn name(self) -> String {
        match self {
            Self::Baseline(rule) => rule.name().to_owned(),
            Self::Model { kind, adjusted: Adjusted { season, drift } } => {
                let season = if season { " + season" } else { "" };
                let drift = if drift { " + drift" } else { "" };
                format!("{}{season}{drift}", kind.name())
            }
        }
    }
}

/// A predictor and how it did.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Which.
    pub predictor: Predictor,
    /// Its errors.
    pub metrics: Metrics,
    /// Means by repeats, predicted and actual.
    pub calibration: Vec<FrequencyBin>,
    /// The fit to the calibration; `None` of a baseline.
    pub fit: Option<Fit>,
    /// The figure by which candidates are compared, see [`BackTest`]; lower is better.
    pub loss: f64,
    /// Whether it beats every baseline. Of a baseline itself false.
    pub is_better_than_rules: bool,
}

/// Why a predictor was chosen.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Reason {
    /// It has the least loss of the models that beat all rules of thumb.
    LeastLoss {
        /// Its loss.
        loss: f64,
        /// The next best model that beats the rules, and its loss.
        next: Option<(Predictor, f64)>,
    },
    /// No model beats all rules of thumb, so none is shown; this rule has the least loss.
    NoModelBeatsRules {
        /// The loss of the rule.
        loss: f64,
    },
}

/// All candidates on the same held-out stretch.
///
/// A model passes if it beats every baseline in the root mean squared error of purchases and in the
/// Brier score of the chance to come back. Of those that pass the one with the least loss is
/// chosen: its root mean squared error and its Brier score, each as a share of the best
/// baseline's, plus a quarter of its bias without the sign. (A bias can be had cheaply by a factor;
/// who comes back cannot.)
#[derive(Debug, Clone, PartialEq)]
pub struct BackTest {
    /// Last day that the candidates saw.
    pub calibrated: i32,
    /// Last day of the held-out stretch.
    pub until: i32,
    /// Customers who had bought by then.
    pub customers: usize,
    /// Baselines first, then the models.
    pub candidates: Vec<Candidate>,
    /// Models that could not be fitted or make no difference.
    pub refused: Vec<(Kind, FitError)>,
    /// The season used, or why there is none.
    pub season: Result<Season, NoSeason>,
    /// Which candidate was chosen.
    pub chosen: Predictor,
    /// Why.
    pub reason: Reason,
    /// Week by week, actual and expected by the chosen model; `None` of a baseline.
    pub path: Option<Path>,
}

/// The held-out stretch is this share of the observed time.
const HELD_OUT_SHARE: i32 = 3;
/// It is never longer than a year.
const LONGEST_HELD_OUT: i32 = 365;
/// What bias weighs beside the errors.
const BIAS_WEIGHT: f64 = 0.25;
/// The greatest k that is tried.
const MOST_REGULAR: u8 = 4;

impl BackTest {
    /// Holds out the last third of the observed time, at most a year.
    ///
    /// Refused if no model can be fitted to what is left; [`FitError::simpler`] says what to show.
    pub fn run(purchases: Purchases<'_>, as_of: i32) -> Result<Self, FitError> {
        let start = purchases.customers().filter_map(|it| it.0.first()).min().copied();
        let observed = as_of.saturating_sub(start.ok_or(FitError::NoCustomers)?);
        let held_out = (observed / HELD_OUT_SHARE).min(LONGEST_HELD_OUT);
        Self::split(purchases, as_of - held_out, as_of)
    }

    /// Calibrates up to day `calibrated` and holds out what follows, up to `until`.
    pub fn split(purchases: Purchases<'_>, calibrated: i32, until: i32) -> Result<Self, FitError> {
        let plain = Setting::new(purchases, calibrated, until, Clock::plain());
        let (fits, refused) = plain.fits()?;
        let mut candidates = plain.baselines();
        for fit in &fits {
            candidates.extend(plain.candidates(fit, false));
        }
        let season = season_of(purchases, calibrated, &candidates);
        let seasonal = season.as_ref().ok().map(|season| {
            let first = plain.first_day.iter().min().copied().unwrap_or(calibrated);
            Setting::new(purchases, calibrated, until, season.clock(first, until + 1))
        });
        if let Some(seasonal) = &seasonal {
            let fitter = Fitter::new(&seasonal.base)?;
            for similar in &fits {
                if let Ok(fit) = fitter.fit(similar.model.kind(), Some(similar)) {
                    candidates.extend(seasonal.candidates(&fit, true));
                }
            }
        }
        judge(&mut candidates);
        let (chosen, reason) = choose(&candidates).ok_or(FitError::NoCustomers)?;
        let path = candidates[chosen].fit.as_ref().map(|fit| {
            let Predictor::Model { adjusted, .. } = candidates[chosen].predictor else {
                return Path::default();
            };
            let setting = seasonal.as_ref().filter(|_| adjusted.season).unwrap_or(&plain);
            path(purchases, &fit.model, (calibrated, until), &setting.clock)
        });
        Ok(Self {
            calibrated,
            until,
            customers: plain.base.len(),
            chosen: candidates[chosen].predictor,
            candidates,
            refused,
            season,
            reason,
            path,
        })
    }

    /// The chosen candidate.
    pub fn chosen(&self) -> Option<&Candidate> {
        self.candidates.iter().find(|it| it.predictor == self.chosen)
    }
}

/// What could be fitted, and what was refused.
type Fits = (Vec<Fit>, Vec<(Kind, FitError)>);

/// Everything that the candidates of one clock share.
struct Setting<'a> {
    purchases: Purchases<'a>,
    calibrated: i32,
    until: i32,
    clock: Clock,
    base: CustomerBase,
    first_day: Vec<i32>,
    actual: Vec<u32>,
    sheet: Sheet,
    weeks: f64,
}

impl<'a> Setting<'a> {
    fn new(purchases: Purchases<'a>, calibrated: i32, until: i32, clock: Clock) -> Self {
        let base = CustomerBase::of(purchases, calibrated, &clock);
        Self {
            purchases,
            calibrated,
            until,
            first_day: first_days(&base, purchases),
            actual: base.hold_out(purchases, calibrated, until).purchases,
            weeks: clock.weeks(calibrated, until),
            sheet: Sheet::new(&base, |_| 1.0),
            base,
            clock,
        }
    }

    /// Each model once, the regular ones with the k of the greatest likelihood, and what was refused.
    fn fits(&self) -> Result<Fits, FitError> {
        let fitter = Fitter::new(&self.base)?;
        let (mut fits, mut refused) = (Vec::new(), Vec::new());
        for kind in [Kind::NBD, Kind::ParetoNbd] {
            match fitter.fit(kind, None) {
                Ok(fit) => fits.push(fit),
                Err(error) => refused.push((kind, error)),
            }
        }
        for (kind, drop_out) in
            [(Kind::BG_NBD, DropOut::AfterRepeats), (Kind::MBG_NBD, DropOut::AfterEveryPurchase)]
        {
            match fit_regular(&self.base, drop_out, MOST_REGULAR) {
                Ok(all) => {
                    let plain = all.first().cloned();
                    let regular = best(all);
                    let is_same = plain == regular;
                    fits.extend(plain);
                    fits.extend(regular.filter(|_| !is_same));
                }
                Err(error) => refused.push((kind, error)),
            }
        }
        Ok((fits, refused))
    }

    fn baselines(&self) -> Vec<Candidate> {
        let mut rules = vec![Baseline::Zero, Baseline::StatusQuo];
        // As long a stretch before, or half of the time there is.
        let start = self.first_day.iter().min().copied().unwrap_or(self.calibrated);
        let observed = self.calibrated.saturating_sub(start);
        let earlier = self.calibrated - (self.until - self.calibrated).min(observed / 2);
        let base = CustomerBase::of(self.purchases, earlier, &self.clock);
        let out = base.hold_out(self.purchases, earlier, self.calibrated);
        rules.extend(Baseline::learned_hiatus(&base, &out));
        let candidates = rules.into_iter().filter_map(|rule| {
            let prediction = rule.predict(&self.base, self.weeks);
            self.candidate(Predictor::Baseline(rule), &prediction, None)
        });
        candidates.collect()
    }

    /// The model by itself and with the drift of late.
    fn candidates(&self, fit: &Fit, season: bool) -> Vec<Candidate> {
        let kind = fit.model.kind();
        let judged = |sheet: &Sheet, drift: bool| {
            let horizons = [self.weeks];
            let mut figures =
                sheet.figures(&fit.model, Ahead { horizons: &horizons, ..Ahead::default() });
            let prediction =
                Prediction { expected: figures.expected.pop()?, p_active: figures.p_active.pop()? };
            let adjusted = Adjusted { season, drift };
            self.candidate(Predictor::Model { kind, adjusted }, &prediction, Some(fit))
        };
        let drift = Drift::estimate(self.purchases, self.calibrated, fit, &self.clock).ok();
        let drifting =
            drift.and_then(|drift| judged(&drift.sheet(&self.base, &self.first_day), true));
        judged(&self.sheet, false).into_iter().chain(drifting).collect()
    }

    fn candidate(
        &self,
        predictor: Predictor,
        prediction: &Prediction,
        fit: Option<&Fit>,
    ) -> Option<Candidate> {
        let repeats = self.base.history.iter().map(|it| it.repeats);
        Some(Candidate {
            predictor,
            metrics: Metrics::of(prediction, &self.actual)?,
            calibration: calibration(repeats, &prediction.expected, &self.actual),
            fit: fit.cloned(),
            loss: f64::INFINITY,
            is_better_than_rules: false,
        })
    }
}

/// The season as the plain model with the greatest likelihood sees it.
fn season_of(
    purchases: Purchases<'_>,
    calibrated: i32,
    candidates: &[Candidate],
) -> Result<Season, NoSeason> {
    let likeliest = candidates
        .iter()
        .filter_map(|it| it.fit.as_ref())
        .max_by(|a, b| a.ln_likelihood.total_cmp(&b.ln_likelihood));
    match likeliest {
        Some(fit) => Season::estimate(purchases, calibrated, &fit.model),
        None => Err(NoSeason::NoPattern { agreement: None }),
    }
}

/// Gives every candidate its loss, and says which models beat the rules.
fn judge(candidates: &mut [Candidate]) {
    let is_rule = |it: &Candidate| matches!(it.predictor, Predictor::Baseline(_));
    let least = |figure: fn(&Metrics) -> f64| {
        let of_rules = candidates.iter().filter(|it| is_rule(it)).map(|it| figure(&it.metrics));
        of_rules.fold(f64::INFINITY, f64::min)
    };
    let (rmse, brier) = (least(|it| it.rmse), least(|it| it.brier));
    let share = |own: f64, rule: f64| if rule > 0.0 { own / rule } else { 1.0 + own };
    for candidate in candidates {
        let metrics = &candidate.metrics;
        candidate.loss = share(metrics.rmse, rmse)
            + share(metrics.brier, brier)
            + BIAS_WEIGHT * metrics.bias.map_or(metrics.predicted, f64::abs);
        candidate.is_better_than_rules =
            !is_rule(candidate) && metrics.rmse < rmse && metrics.brier < brier;
    }
}

/// The position of the best candidate, and why it is the best.
fn choose(candidates: &[Candidate]) -> Option<(usize, Reason)> {
    let by_loss =
        |it: &usize, other: &usize| candidates[*it].loss.total_cmp(&candidates[*other].loss);
    // A drop-out model that finds no drop-out is NBD under another name.
    let is_itself =
        |it: &Candidate| it.fit.as_ref().is_some_and(|fit| fit.leaving != Leaving::NotFound);
    let all = 0..candidates.len();
    let mut passing: Vec<usize> = all
        .clone()
        .filter(|at| candidates[*at].is_better_than_rules && is_itself(&candidates[*at]))
        .collect();
    tiny_sort::stable::sort_by(&mut passing, by_loss);
    if let Some(first) = passing.first() {
        let next = passing.get(1).map(|at| (candidates[*at].predictor, candidates[*at].loss));
        return Some((*first, Reason::LeastLoss { loss: candidates[*first].loss, next }));
    }
    let rules = all.filter(|at| matches!(candidates[*at].predictor, Predictor::Baseline(_)));
    let rule = rules.min_by(by_loss)?;
    Some((rule, Reason::NoModelBeatsRules { loss: candidates[rule].loss }))
}
