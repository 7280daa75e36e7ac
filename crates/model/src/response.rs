//! Answers to surveys.

use crate::{DictColumn, TextColumn, TimeColumn};

/// The responses of one import as columns: one row a response. Empty text: not said.
///
/// Whose they are and of which order stays text: the file with the order may come later.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ResponseTable {
    /// The survey tool's own number of the response.
    pub number: TextColumn,
    /// Name of the survey, where the file has several.
    pub survey: DictColumn,
    /// When it was answered.
    pub at: TimeColumn,
    /// Normal form of [`crate::normalise_email`].
    pub email: TextColumn,
    /// E.164 where the number could be read so.
    pub phone: TextColumn,
    /// Customer number or member name.
    pub member: TextColumn,
    /// Number of the order that it is about, as it stands in the file.
    pub order: TextColumn,
    /// Satisfaction over all, 1 to 5.
    pub overall: Vec<Option<u8>>,
    /// Likelihood to recommend, 0 to 10; 0 is an answer.
    pub nps: Vec<Option<u8>>,
    /// Ease, 1 to 7; 7 is very easy.
    pub ces: Vec<Option<u8>>,
    /// In the person's own words.
    pub comment: TextColumn,
}

/// What an answer to a further question is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Aspect {
    /// What was expected of a dimension, 1 to 5.
    Expected,
    /// How the dimension was perceived, 1 to 5.
    Perceived,
    /// An answer to a question of the merchant's own.
    #[default]
    Own,
    /// What the customer got of one of [`VALUE_PARTS`], 1 to 5.
    Value,
    /// What one of [`COST_PARTS`] cost the customer, 1 to 5.
    Cost,
}

/// The parts of what a customer gets, as [`AnswerTable::dimension`] has them.
pub const VALUE_PARTS: [&str; 4] = ["product", "service", "personnel", "image"];
/// The parts of what it costs.
pub const COST_PARTS: [&str; 4] = ["money", "time", "energy", "psychic"];

/// Answers beside the overall ones: one row a response, dimension and aspect. Blank answers have no
/// row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnswerTable {
    /// Row of the response in the import's [`ResponseTable`], not falling.
    pub response: Vec<u32>,
    /// The dimension, as `delivery`, or the question.
    pub dimension: DictColumn,
    /// What of it was asked.
    pub aspect: Vec<Aspect>,
    /// The score, where the answer is one.
    pub score: Vec<Option<u8>>,
    /// The answer in words, where it is no score.
    pub text: TextColumn,
}

impl ResponseTable {
    /// How many responses there are.
    pub const fn len(&self) -> usize {
        self.overall.len()
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.overall.is_empty()
    }
}

impl AnswerTable {
    /// How many answers there are.
    pub const fn len(&self) -> usize {
        self.response.len()
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.response.is_empty()
    }
}
