//! The satisfaction screen.

use crate::{Label, LabelKind, Lens};
use analytics::Quadrant;
use model::{Currency, CustomerId, ShopDay};
use serde::{Deserialize, Serialize};

/// A score with what it rests on.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScoreFigure {
    /// CSAT: share of 4 and 5, 0 to 1. NPS: −1 to 1. CES: mean, 1 to 7.
    pub value: f64,
    /// Answers.
    pub n: u32,
    /// Its interval of 95 %; `None` where a single answer says nothing of it.
    pub interval: Option<(f64, f64)>,
    /// Too few answers to build on.
    pub is_small: bool,
}

/// The three scores of some answers; `None`: nobody answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Scores {
    /// Satisfaction.
    pub csat: Option<ScoreFigure>,
    /// Net promoter score.
    pub nps: Option<ScoreFigure>,
    /// Customer effort.
    pub ces: Option<ScoreFigure>,
}

/// The satisfaction screen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SatisfactionView {
    /// Of the data.
    pub revision: u64,
    /// Answers after it do not exist.
    pub as_of: ShopDay,
    /// Currency of the customers' net.
    pub currency: Currency,
    /// Answers that count: of one customer to one survey the latest.
    pub answers: u32,
    /// Answers that a later one of the same customer took the place of.
    pub replaced: u32,
    /// Of all answers that count.
    pub scores: Scores,
    /// Satisfaction with the service, of tickets: apart from the surveys.
    pub service: Option<ScoreFigure>,
    /// What customers met: dimensions of the surveys as perceived, then channels of the service.
    pub touchpoints: Vec<Touchpoint>,
    /// Expectation and perception by dimension.
    pub gaps: Vec<GapRow>,
    /// Mean gap over the dimensions, each of the same weight; `None` without any.
    pub gap_index: Option<f64>,
    /// What satisfaction hangs on, the most important first.
    pub drivers: Vec<DriverRow>,
    /// By month, oldest first, from the first answer on.
    pub trend: Vec<(ShopDay, Scores)>,
    /// Who is dissatisfied, by net so far, greatest first; the first of them.
    pub detractors: Vec<Detractor>,
    /// How many there are in all.
    pub detractor_count: u32,
    /// Known customers among them.
    pub detractor_customers: u32,
}

/// The answers by a label of who gave them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SatisfactionQuery {
    /// As-of day, and the period of the answers if it has one.
    pub lens: Lens,
    /// By what.
    pub by: LabelKind,
}

/// The answers by label: every answer is in one part.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SatisfactionByView {
    /// By what.
    pub by: LabelKind,
    /// Labels in their order, then who has none, then nobody known; those with answers.
    pub parts: Vec<SatisfactionPart>,
    /// All answers that count.
    pub answers: u32,
    /// Of all of them.
    pub scores: Scores,
}

/// Who gave answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answerers {
    /// Customers with a label; `None`: with none of the kind.
    Labelled(Option<Label>),
    /// Nobody known.
    Unknown,
}

/// The answers of some.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SatisfactionPart {
    /// Whose.
    pub who: Answerers,
    /// How many.
    pub answers: u32,
    /// Their scores.
    pub scores: Scores,
}

/// What a customer met.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Touchpoint {
    /// Which.
    pub name: TouchpointName,
    /// Share of 4 and 5.
    pub csat: ScoreFigure,
}

/// Which touchpoint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TouchpointName {
    /// A dimension of the surveys, as the file has it.
    Dimension(String),
    /// A channel of the service, as the file has it.
    Channel(String),
}

/// Expectation and perception of a dimension, of those who answered both.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GapRow {
    /// The dimension, as the file has it.
    pub dimension: String,
    /// Mean expectation, 1 to 5.
    pub expected: f64,
    /// Mean perception, 1 to 5.
    pub perceived: f64,
    /// Perception less expectation.
    pub gap: f64,
    /// Its interval of 95 %.
    pub interval: Option<(f64, f64)>,
    /// Share of customers whose gap is not negative.
    pub satisfied: f64,
    /// Pairs of answers.
    pub n: u32,
}

/// How a dimension hangs together with satisfaction over all.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DriverRow {
    /// The dimension, as the file has it.
    pub dimension: String,
    /// Rank correlation with satisfaction over all, −1 to 1.
    pub importance: f64,
    /// Mean perception, 1 to 5.
    pub performance: f64,
    /// Against the means of all dimensions.
    pub quadrant: Quadrant,
    /// Answers.
    pub n: u32,
}

/// A dissatisfied customer: 0 to 6 of 10, or without that 1 or 2 of 5.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Detractor {
    /// Who; `None`: the answer is of nobody known.
    pub id: Option<CustomerId>,
    /// What the customer is called; empty: nobody known.
    pub label: String,
    /// When it was answered.
    pub day: Option<ShopDay>,
    /// Likelihood to recommend.
    pub nps: Option<u8>,
    /// Satisfaction over all.
    pub overall: Option<u8>,
    /// Number of the order that it is about; empty: none.
    pub order: String,
    /// In the person's own words.
    pub comment: String,
    /// Net so far.
    pub net: i64,
}
