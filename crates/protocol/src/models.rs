//! The customer-base models of a shop: which were tried, which was right on its past, what they say
//! of the time ahead. Money is in minor units of [`ModelsView::currency`], times of models are weeks.

use crate::{Label, LabelKind};
use analytics::models::{
    FitError, FrequencyBin, Kind, Leaving, Metrics, NoSeason, Path, Predictor, SpendError,
};
use model::{Currency, ShopDay};
use serde::{Deserialize, Serialize};

/// What is known of the models of one day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModelsView {
    /// Orders after it do not exist.
    pub as_of: ShopDay,
    /// Of all money here.
    pub currency: Currency,
    /// How far it is.
    pub state: ModelsState,
}

/// How far the models of a day are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ModelsState {
    /// They are being fitted, or will be as soon as nothing else is to do. It is announced when they
    /// are there.
    Pending,
    /// They are there, or are known to be impossible.
    Ready(Box<Models>),
    /// Whoever fits them has failed, in the browser's own words. It is tried again with the next
    /// change of the data.
    Failed(String),
}

/// The models of a shop.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Models {
    /// Customers who had bought by the day.
    pub customers: u32,
    /// Time that fitting took, in milliseconds; 0 if it is not known.
    pub took_ms: f64,
    /// All candidates on the shop's own past, or which requirement of a model is not met.
    pub test: Result<ModelTest, FitError>,
    /// The chosen model, fitted to everything up to the day; `None`: none was chosen.
    pub chosen: Option<ChosenModel>,
    /// The spend model, or which requirement is not met: then the mean of past purchases holds.
    pub spend: Result<SpendModel, SpendError>,
    /// What the values of customers rest on.
    pub basis: ValueBasis,
    /// Expected orders and net of the shop in the next 30, 90 and 365 days; empty without a model.
    pub forecast: Vec<ShopForecast>,
    /// Customer equity: the sum of the values of all customers.
    pub equity: f64,
    /// Customers by tenths of their value, the most valuable first; empty without values.
    pub deciles: Vec<ValueDecile>,
}

/// All candidates on the same stretch of the past, which none of them had seen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModelTest {
    /// Last day that the candidates saw.
    pub calibrated: ShopDay,
    /// Last day of the held-out stretch.
    pub until: ShopDay,
    /// Customers who had bought by the former.
    pub customers: u32,
    /// Rules of thumb first, then the models.
    pub candidates: Vec<ModelCandidate>,
    /// Models that could not be fitted.
    pub refused: Vec<(Kind, FitError)>,
    /// What each month of the year multiplies, January first, or why no season is used.
    pub season: Result<[f64; 12], NoSeason>,
    /// Position of the chosen one of the candidates.
    pub chosen: u32,
    /// Why.
    pub reason: ChoiceReason,
    /// Repeat purchases week by week, actual and expected by the chosen model; `None` of a rule.
    pub path: Option<Path>,
}

/// A candidate and how it did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModelCandidate {
    /// Which.
    pub predictor: Predictor,
    /// Fitted to what it saw; `None` of a rule.
    pub calibration: Option<FittedModel>,
    /// The same model fitted to everything up to the day; of a model without anything around it.
    pub whole: Option<FittedModel>,
    /// Its errors in the held-out stretch.
    pub metrics: Metrics,
    /// Mean purchases by repeats, predicted and actual.
    pub by_repeats: Vec<FrequencyBin>,
    /// The figure by which candidates are compared; lower is better.
    pub loss: f64,
    /// Whether it beats every rule of thumb. Of a rule itself false.
    pub is_better_than_rules: bool,
}

/// A model with its parameters.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FittedModel {
    /// Which; [`Kind::parameter_names`] are the names.
    pub kind: Kind,
    /// α and β in weeks.
    pub parameters: Vec<f64>,
    /// One a parameter; `None` where the data do not say.
    pub standard_errors: Option<Vec<f64>>,
    /// Log-likelihood of all customers.
    pub ln_likelihood: f64,
    /// Akaike's criterion.
    pub aic: f64,
    /// Whether the search ended at a maximum.
    pub converged: bool,
    /// Whether customers are seen to leave at all.
    pub leaving: Leaving,
}

/// Why a candidate was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum ChoiceReason {
    /// It has the least loss of the models that beat every rule of thumb; the next best of them, by
    /// position, and its loss.
    LeastLoss {
        /// Position and loss.
        next: Option<(u32, f64)>,
    },
    /// No model beats every rule, so that none is shown.
    NoModelBeatsRules,
}

impl ChoiceReason {
    /// Its code.
    pub const fn code(self) -> &'static str {
        match self {
            ChoiceReason::LeastLoss { .. } => "least_loss",
            ChoiceReason::NoModelBeatsRules => "no_model_beats_rules",
        }
    }
}

/// The model that is put to work.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChosenModel {
    /// Which, with what stands around it.
    pub predictor: Predictor,
    /// Fitted to everything up to the day.
    pub fitted: FittedModel,
    /// Σ of the chances not to have left for good; `None` where no customer is seen to leave.
    pub alive: Option<f64>,
    /// Σ of the chances of at least one purchase in the next 90 days.
    pub active_90d: f64,
    /// Σ of those for 365 days.
    pub active_365d: f64,
}

/// What customers spend a purchase: the model Gamma-Gamma.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SpendModel {
    /// p.
    pub p: f64,
    /// q.
    pub q: f64,
    /// γ, in the minor unit.
    pub gamma: f64,
    /// One a parameter; `None` where the data do not say.
    pub standard_errors: Option<[f64; 3]>,
    /// Log-likelihood, in the minor unit.
    pub ln_likelihood: f64,
    /// Whether the search ended at a maximum.
    pub converged: bool,
    /// The mean purchase of the shop; `None` where it does not exist.
    pub shop_mean: Option<f64>,
    /// Repeat buyers whose spend was used.
    pub used: u32,
    /// Repeat buyers without a spend above 0.
    pub without_spend: u32,
    /// Correlation of repeats and spend, which the model takes as 0.
    pub correlation: Option<f64>,
}

/// What the values of customers rest on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ValueBasis {
    /// The chosen model and the spend model.
    Model,
    /// The chosen model and the plain mean of past purchases.
    ModelAndMeanSpend,
    /// What customers who are longer with the shop spent at the same age.
    EqualAge,
    /// Nothing: the data are too young for either.
    Nothing,
}

impl ValueBasis {
    /// Its code.
    pub const fn code(self) -> &'static str {
        match self {
            ValueBasis::Model => "model",
            ValueBasis::ModelAndMeanSpend => "model_and_mean_spend",
            ValueBasis::EqualAge => "equal_age",
            ValueBasis::Nothing => "nothing",
        }
    }
}

/// What the shop may expect of some days.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ShopForecast {
    /// So many days ahead.
    pub days: u16,
    /// Orders of those who have bought before.
    pub known_orders: f64,
    /// Orders of customers to come, if they come as in the past year.
    pub new_orders: f64,
    /// Net of both.
    pub net: f64,
    /// Range of the orders; `None` where too few forecasts of the past can be checked.
    pub orders_range: Option<Likely>,
    /// Range of the net.
    pub net_range: Option<Likely>,
}

impl ShopForecast {
    /// All orders.
    pub fn orders(&self) -> f64 {
        self.known_orders + self.new_orders
    }
}

/// A range as wide as forecasts of the past were off.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Likely {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// The share of cases that such a range holds, 0 to 1.
    pub coverage: f64,
    /// Forecasts of the past that were checked.
    pub checks: u32,
    /// Forecast ÷ actual − 1 of those.
    pub bias: Option<f64>,
}

/// A tenth of the customers.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ValueDecile {
    /// Customers.
    pub customers: u32,
    /// The sum of their values.
    pub value: f64,
    /// The least value.
    pub least: f64,
    /// The greatest value.
    pub greatest: f64,
}

/// What the customers are worth ahead, by what they began with: the parts of one kind add up to
/// [`Models::equity`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ValueByView {
    /// Of all money here.
    pub currency: Currency,
    /// By channel and by product of the first order; empty until the models are known.
    pub kinds: Vec<(LabelKind, Vec<ValuePart>)>,
}

/// The customers of one label.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ValuePart {
    /// Which; `None`: those without one.
    pub label: Option<Label>,
    /// Those with a value.
    pub customers: u32,
    /// The sum of their values.
    pub value: f64,
}

/// What the models expect of one customer.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct CustomerAhead {
    /// The net of the next twelve months.
    pub value: f64,
    /// The tenth by it, from 1, the most valuable, to 10.
    pub decile: u8,
    /// Expected orders of the next 90 days; `None` without a model.
    pub orders_90d: Option<f64>,
    /// The chance not to have left for good; likewise, and where nobody is seen to leave.
    pub alive: Option<f64>,
}

/// The models of a day are there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FitDone {
    /// The day.
    pub as_of: ShopDay,
    /// Name of the chosen model; empty: none was chosen.
    pub model: String,
    /// Customers who had bought by then.
    pub customers: u32,
    /// Time that fitting took, in milliseconds.
    pub took_ms: f64,
}
