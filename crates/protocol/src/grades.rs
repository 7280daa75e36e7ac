//! The shop's own grades: rules in an order, of which the first that holds decides.

use crate::{CrossCell, RfmWindow};
use model::{Amount, Currency, ShopDay};
use serde::{Deserialize, Serialize};

/// So many rules a shop can have.
pub const MOST_GRADE_RULES: usize = 20;
/// So many conditions a rule can have.
pub const MOST_GRADE_CONDITIONS: usize = 5;
/// A grade's name and a text that is looked for have at most so many characters.
pub const LONGEST_GRADE_TEXT: usize = 60;

/// The rules in their order. Every value of this type can be graded by.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<GradeRule>")]
pub struct GradeRules(Vec<GradeRule>);

/// A rule: who meets all conditions has the grade. Without conditions it is everybody else's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GradeRule {
    /// The grade's name, in the shop's words. Several rules may give the same.
    pub grade: String,
    /// What has to hold.
    pub conditions: Vec<GradeCondition>,
}

/// What has to hold of a customer on the as-of day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum GradeCondition {
    /// A number is not below or not above a value.
    Number {
        /// Which.
        measure: GradeMeasure,
        /// On which side.
        bound: Bound,
        /// The value; of counts and days the whole number.
        value: Amount,
        /// Which orders are looked at; [`GradeMeasure::SilentDays`] and
        /// [`GradeMeasure::KnownDays`] look at all.
        window: RfmWindow,
    },
    /// An order came in by this channel, as the file has it.
    Channel(String),
    /// An order has a product with this in its name.
    Product(String),
}

/// A number of a customer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum GradeMeasure {
    /// Net of the valid orders.
    #[default]
    Net,
    /// Valid orders.
    Orders,
    /// Net per valid order; of nobody without an order.
    OrderValue,
    /// Days since the last valid order; of nobody without an order.
    SilentDays,
    /// Days since the first valid order; of nobody without an order.
    KnownDays,
}

/// A side of a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Bound {
    /// Not below it.
    #[default]
    AtLeast,
    /// Not above it.
    AtMost,
}

/// Why rules cannot be graded by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too many rules or conditions, or a text that is empty or too long")]
pub struct BadRules;

impl TryFrom<Vec<GradeRule>> for GradeRules {
    type Error = BadRules;

    fn try_from(rules: Vec<GradeRule>) -> Result<Self, BadRules> {
        let is_text = |text: &str| {
            let length = text.chars().count();
            text.trim() == text && (1..=LONGEST_GRADE_TEXT).contains(&length)
        };
        let is_condition = |it: &GradeCondition| match it {
            GradeCondition::Number { .. } => true,
            GradeCondition::Channel(text) | GradeCondition::Product(text) => is_text(text),
        };
        let is_rule = |rule: &GradeRule| {
            is_text(&rule.grade)
                && rule.conditions.len() <= MOST_GRADE_CONDITIONS
                && rule.conditions.iter().all(is_condition)
        };
        let is_good = rules.len() <= MOST_GRADE_RULES && rules.iter().all(is_rule);
        is_good.then_some(GradeRules(rules)).ok_or(BadRules)
    }
}

impl GradeRules {
    /// The rules in their order.
    pub fn rules(&self) -> &[GradeRule] {
        &self.0
    }

    /// The different grades, in the order of their first rules.
    pub fn grades(&self) -> Vec<&str> {
        let mut grades: Vec<&str> = Vec::new();
        for rule in &self.0 {
            if !grades.contains(&rule.grade.as_str()) {
                grades.push(&rule.grade);
            }
        }
        grades
    }

    /// Reads what was stored; `None` if it is not of this form. Nothing is no rules.
    pub fn parse(text: &str) -> Option<GradeRules> {
        let rules: Option<Vec<GradeRule>> =
            text.lines().filter(|line| !line.is_empty()).map(parse_rule).collect();
        GradeRules::try_from(rules?).ok()
    }
}

/// Writes the rules as they are stored, one a line: `Gold:net>=500@12m;orders>=3;silent<=90`.
///
/// The text is in users' logs: what it once meant it has to mean for ever.
impl std::fmt::Display for GradeRules {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let line = |rule: &GradeRule| {
            let conditions: Vec<String> = rule.conditions.iter().map(ToString::to_string).collect();
            format!("{}:{}", escaped(&rule.grade), conditions.join(";"))
        };
        let lines: Vec<String> = self.0.iter().map(line).collect();
        f.write_str(&lines.join("\n"))
    }
}

impl std::fmt::Display for GradeCondition {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            GradeCondition::Number { measure, bound, value, window } => {
                let sign = if *bound == Bound::AtLeast { ">=" } else { "<=" };
                write!(f, "{}{sign}{value}", measure.name())?;
                let window = window.to_string();
                if window.is_empty() { Ok(()) } else { write!(f, "@{window}") }
            }
            GradeCondition::Channel(text) => write!(f, "channel={}", escaped(text)),
            GradeCondition::Product(text) => write!(f, "product={}", escaped(text)),
        }
    }
}

impl GradeMeasure {
    /// All measures.
    pub const ALL: [GradeMeasure; 5] = [
        GradeMeasure::Net,
        GradeMeasure::Orders,
        GradeMeasure::OrderValue,
        GradeMeasure::SilentDays,
        GradeMeasure::KnownDays,
    ];

    /// A stable name.
    pub const fn name(self) -> &'static str {
        match self {
            GradeMeasure::Net => "net",
            GradeMeasure::Orders => "orders",
            GradeMeasure::OrderValue => "order_value",
            GradeMeasure::SilentDays => "silent",
            GradeMeasure::KnownDays => "known",
        }
    }

    /// Whether its value is money.
    pub const fn is_money(self) -> bool {
        matches!(self, GradeMeasure::Net | GradeMeasure::OrderValue)
    }

    /// Whether it looks at the orders of a window.
    pub const fn has_window(self) -> bool {
        matches!(self, GradeMeasure::Net | GradeMeasure::Orders | GradeMeasure::OrderValue)
    }
}

/// Signs that stand between parts of the text, as they stand within a part.
const SIGNS: [(char, &str); 4] = [('%', "%25"), (':', "%3A"), (';', "%3B"), ('\n', "%0A")];

fn escaped(text: &str) -> String {
    SIGNS.iter().fold(text.to_owned(), |text, (sign, code)| text.replace(*sign, code))
}

fn unescaped(text: &str) -> String {
    let codes = SIGNS.iter().rev();
    codes.fold(text.to_owned(), |text, (sign, code)| text.replace(code, &sign.to_string()))
}

fn parse_rule(line: &str) -> Option<GradeRule> {
    let (grade, conditions) = line.split_once(':')?;
    let conditions = conditions.split(';').filter(|it| !it.is_empty());
    let conditions: Option<Vec<GradeCondition>> = conditions.map(parse_condition).collect();
    Some(GradeRule { grade: unescaped(grade), conditions: conditions? })
}

fn parse_condition(text: &str) -> Option<GradeCondition> {
    for (sign, bound) in [(">=", Bound::AtLeast), ("<=", Bound::AtMost)] {
        let Some((name, value)) = text.split_once(sign) else { continue };
        if let Some(measure) = GradeMeasure::ALL.into_iter().find(|it| it.name() == name) {
            let (value, window) = value.split_once('@').unwrap_or((value, ""));
            let (value, window) = (Amount::parse(value)?, RfmWindow::parse(window)?);
            return Some(GradeCondition::Number { measure, bound, value, window });
        }
    }
    match text.split_once('=')? {
        ("channel", text) => Some(GradeCondition::Channel(unescaped(text))),
        ("product", text) => Some(GradeCondition::Product(unescaped(text))),
        _ => None,
    }
}

/// How many customers each rule hits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GradesView {
    /// Of the data.
    pub revision: u64,
    /// The day that it holds for.
    pub as_of: ShopDay,
    /// Currency of the net.
    pub currency: Currency,
    /// By rule, in their order.
    pub rules: Vec<CrossCell>,
    /// Customers whom no rule hits.
    pub none: CrossCell,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_survive_their_text() {
        for text in [
            "",
            "Gold:net>=500@12m;orders>=3;silent<=90\nSilver:orders>=2@90d\nEverybody else:",
            "A%3A%25:channel=Web%3B shop;product=tea",
            "金卡:order_value>=12.5@24m;known>=365",
        ] {
            assert_eq!(GradeRules::parse(text).map(|it| it.to_string()).as_deref(), Some(text));
        }
        let odd = GradeRule { grade: "a%3B:b;c".to_owned(), conditions: Vec::new() };
        let rules = GradeRules::try_from(vec![odd]).unwrap();
        assert_eq!(GradeRules::parse(&rules.to_string()), Some(rules));
    }

    #[test]
    fn what_cannot_be_graded_by_is_not_read() {
        let long = format!("{}:", "x".repeat(LONGEST_GRADE_TEXT + 1));
        let many = vec!["A:"; MOST_GRADE_RULES + 1].join("\n");
        for bad in [
            "Gold",
            ":net>=5",
            " Gold:net>=5",
            "Gold:net>5",
            "Gold:mood>=5",
            "Gold:net>=-5",
            "Gold:net>=5@12",
            "Gold:channel=",
            "Gold:shape=round",
            &long,
            &many,
        ] {
            assert_eq!(GradeRules::parse(bad), None, "{bad}");
        }
        let rule = GradeRule { grade: String::new(), conditions: Vec::new() };
        assert_eq!(crate::decode::<GradeRules>(&crate::encode(&vec![rule])), None);
    }

    #[test]
    fn a_grade_of_several_rules_stands_where_its_first_is() {
        let rules = GradeRules::parse("A:net>=5\nB:orders>=2\nA:known>=9").unwrap();
        assert_eq!(rules.grades(), ["A", "B"]);
    }
}
