//! What is typed of the rules of grades, before it is saved.

use crate::i18n::Words;
use leptos::prelude::*;
use model::{Amount, plain_decimal};
use protocol::{
    Bound, GradeCondition, GradeMeasure, GradeRule, GradeRules, LONGEST_GRADE_TEXT, RfmWindow,
};

/// The code of the condition on a channel, and of that on a product, beside the names of measures.
pub(super) const CHANNEL: &str = "channel";
pub(super) const PRODUCT: &str = "product";

/// A rule as it stands in its fields. A handle: copies are the same rule.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct RuleDraft {
    /// One of its kind, so that rules keep their fields when they change places.
    pub id: u32,
    pub grade: RwSignal<String>,
    pub conditions: RwSignal<Vec<ConditionDraft>>,
}

/// A condition as it stands in its fields.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct ConditionDraft {
    pub id: u32,
    /// Name of a measure, or [`CHANNEL`] or [`PRODUCT`].
    pub what: RwSignal<String>,
    pub is_at_most: RwSignal<bool>,
    /// A number, or the text to look for.
    pub value: RwSignal<String>,
    /// As [`RfmWindow`] writes it.
    pub window: RwSignal<String>,
}

/// What is wrong with a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wrong {
    Name,
    Number,
    Text,
}

impl Wrong {
    /// In words, of a rule by its number.
    pub(super) fn say(self, t: Words, rule: usize) -> String {
        let rule = rule.to_string();
        match self {
            Wrong::Name => t.rule_bad_name(&rule),
            Wrong::Number => t.rule_bad_number(&rule),
            Wrong::Text => t.rule_bad_text(&rule),
        }
    }
}

/// Numbers the drafts of an editor.
#[derive(Clone, Copy)]
pub(super) struct Numbers(StoredValue<u32>);

impl Numbers {
    pub(super) fn new() -> Numbers {
        Numbers(StoredValue::new(0))
    }

    fn next(self) -> u32 {
        self.0.update_value(|it| *it += 1);
        self.0.get_value()
    }

    /// The fields of a rule.
    pub(super) fn rule(self, rule: &GradeRule) -> RuleDraft {
        let conditions = rule.conditions.iter().map(|it| self.condition(it)).collect();
        RuleDraft {
            id: self.next(),
            grade: RwSignal::new(rule.grade.clone()),
            conditions: RwSignal::new(conditions),
        }
    }

    /// The fields of a condition.
    pub(super) fn condition(self, condition: &GradeCondition) -> ConditionDraft {
        let (what, is_at_most, value, window) = match condition {
            GradeCondition::Number { measure, bound, value, window } => {
                (measure.name(), *bound == Bound::AtMost, value.to_string(), window.to_string())
            }
            GradeCondition::Channel(text) => (CHANNEL, false, text.clone(), String::new()),
            GradeCondition::Product(text) => (PRODUCT, false, text.clone(), String::new()),
        };
        ConditionDraft {
            id: self.next(),
            what: RwSignal::new(what.to_owned()),
            is_at_most: RwSignal::new(is_at_most),
            value: RwSignal::new(value),
            window: RwSignal::new(window),
        }
    }

    /// A rule that is still to be written.
    pub(super) fn blank_rule(self) -> RuleDraft {
        let id = self.next();
        let conditions = RwSignal::new(vec![self.blank_condition()]);
        RuleDraft { id, grade: RwSignal::new(String::new()), conditions }
    }

    /// A condition that is still to be written.
    pub(super) fn blank_condition(self) -> ConditionDraft {
        ConditionDraft {
            id: self.next(),
            what: RwSignal::new(GradeMeasure::Net.name().to_owned()),
            is_at_most: RwSignal::new(false),
            value: RwSignal::new(String::new()),
            window: RwSignal::new(String::new()),
        }
    }
}

/// The measure of a name.
pub(super) fn measure_of(name: &str) -> Option<GradeMeasure> {
    GradeMeasure::ALL.into_iter().find(|it| it.name() == name)
}

/// The rules that the fields say, or the first rule, counted from 1, with what is wrong with it.
pub(super) fn read(drafts: &[RuleDraft]) -> Result<GradeRules, (usize, Wrong)> {
    let mut rules = Vec::new();
    for (at, draft) in drafts.iter().enumerate() {
        let conditions = draft.conditions.get_untracked();
        let conditions = conditions.iter().map(|it| {
            let what = it.what.get_untracked();
            let (value, window) = (it.value.get_untracked(), it.window.get_untracked());
            condition(&what, it.is_at_most.get_untracked(), &value, &window)
        });
        let rule = name(&draft.grade.get_untracked()).and_then(|grade| {
            Ok(GradeRule { grade, conditions: conditions.collect::<Result<_, _>>()? })
        });
        rules.push(rule.map_err(|wrong| (at + 1, wrong))?);
    }
    // Each rule is good by itself and the editor offers no more than there can be.
    GradeRules::try_from(rules).map_err(|_bad| (drafts.len(), Wrong::Name))
}

fn name(text: &str) -> Result<String, Wrong> {
    short(text).ok_or(Wrong::Name)
}

fn short(text: &str) -> Option<String> {
    let text = text.trim();
    (1..=LONGEST_GRADE_TEXT).contains(&text.chars().count()).then(|| text.to_owned())
}

fn condition(
    what: &str,
    is_at_most: bool,
    value: &str,
    window: &str,
) -> Result<GradeCondition, Wrong> {
    match what {
        CHANNEL => short(value).map(GradeCondition::Channel).ok_or(Wrong::Text),
        PRODUCT => short(value).map(GradeCondition::Product).ok_or(Wrong::Text),
        name => {
            let measure = measure_of(name).unwrap_or_default();
            let bound = if is_at_most { Bound::AtMost } else { Bound::AtLeast };
            let window = if measure.has_window() { window } else { "" };
            let window = RfmWindow::parse(window).unwrap_or_default();
            let value = number(value, measure).ok_or(Wrong::Number)?;
            Ok(GradeCondition::Number { measure, bound, value, window })
        }
    }
}

/// An amount, or a whole number.
fn number(text: &str, measure: GradeMeasure) -> Option<Amount> {
    let text = plain_decimal(text)?;
    if measure.is_money() {
        return Amount::parse(&text);
    }
    text.parse::<u32>().ok().map(Amount::from_major)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_are_read_as_they_are_typed() {
        for (what, at_most, value, window, expected) in [
            ("net", false, " 12,50 ", "12m", Ok("net>=12.5@12m")),
            ("net", false, "1,200", "", Ok("net>=1200")),
            ("net", false, "１２０", "", Ok("net>=120")),
            ("orders", true, "3", "90d", Ok("orders<=3@90d")),
            ("silent", true, "90", "12m", Ok("silent<=90")),
            ("channel", false, " Web shop ", "", Ok("channel=Web shop")),
            ("product", false, "tea;green", "", Ok("product=tea%3Bgreen")),
            ("net", false, "", "", Err(Wrong::Number)),
            ("net", false, "-5", "", Err(Wrong::Number)),
            ("orders", false, "2.5", "", Err(Wrong::Number)),
            ("channel", false, "  ", "", Err(Wrong::Text)),
        ] {
            let found = condition(what, at_most, value, window).map(|it| it.to_string());
            assert_eq!(found, expected.map(str::to_owned), "{what} {value}");
        }
        assert_eq!(name(" Gold "), Ok("Gold".to_owned()));
        assert_eq!(name(&"x".repeat(LONGEST_GRADE_TEXT + 1)), Err(Wrong::Name));
    }
}
