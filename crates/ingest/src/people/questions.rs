//! The questions of a survey: which column asks for what.

use super::form::Form;
use super::scores::{self, OVERALL};
use crate::head::Sampled;
use crate::header::{normal_form, value};
use crate::role::Role;
use model::{Aspect, COST_PARTS, VALUE_PARTS};

/// A question beside the overall ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Asked {
    pub column: usize,
    /// The dimension, as `delivery`, or the question in its own words.
    pub dimension: String,
    pub aspect: Aspect,
}

impl Asked {
    /// What a column means that has such an answer; `None`: it has none.
    pub fn aspect_of(role: Role) -> Option<Aspect> {
        match role {
            Role::Question => Some(Aspect::Own),
            Role::Expected => Some(Aspect::Expected),
            Role::Perceived => Some(Aspect::Perceived),
            _ => part_of(role).map(|it| it.1),
        }
    }

    /// The same the other way round.
    pub fn role(&self) -> Role {
        match self.aspect {
            Aspect::Own => Role::Question,
            Aspect::Expected => Role::Expected,
            Aspect::Perceived => Role::Perceived,
            Aspect::Value | Aspect::Cost => {
                let own = (self.dimension.as_str(), self.aspect);
                let found = PARTS.iter().find(|it| part_of(it.0) == Some(own));
                found.map_or(Role::Question, |it| it.0)
            }
        }
    }
}

/// Headers, in normal form, of the parts of what a customer gets and of what it costs.
const PARTS: [(Role, &[&str]); 8] = [
    (Role::ProductValue, &["productvalue", "valueproduct", "产品价值", "商品价值"]),
    (Role::ServiceValue, &["servicevalue", "valueservice", "服务价值"]),
    (Role::PersonnelValue, &["personnelvalue", "staffvalue", "valuepersonnel", "人员价值"]),
    (Role::ImageValue, &["imagevalue", "brandvalue", "valueimage", "形象价值"]),
    (Role::MoneyCost, &["moneycost", "monetarycost", "costmoney", "货币成本"]),
    (Role::TimeCost, &["timecost", "costtime", "时间成本"]),
    (Role::EnergyCost, &["energycost", "effortcost", "costenergy", "体力成本", "精力成本"]),
    (Role::PsychicCost, &["psychiccost", "mentalcost", "costpsychic", "精神成本", "心理成本"]),
];
/// A table with fewer of them may be of anything, as of amounts.
const FEWEST_PARTS: usize = 4;

/// Which part a column is of, as it is stored; `None`: of none.
fn part_of(role: Role) -> Option<(&'static str, Aspect)> {
    let at = PARTS.iter().position(|it| it.0 == role)?;
    Some(match at {
        0..4 => (VALUE_PARTS[at], Aspect::Value),
        _ => (COST_PARTS[at - 4], Aspect::Cost),
    })
}

/// Whether questions are such that only a survey asks.
pub(super) fn are_of_survey(asked: &[Asked]) -> bool {
    let is_part = |it: &&Asked| matches!(it.aspect, Aspect::Value | Aspect::Cost);
    asked.iter().any(|it| matches!(it.aspect, Aspect::Expected | Aspect::Perceived))
        || asked.iter().filter(is_part).count() >= FEWEST_PARTS
}

/// What a column is of that the user says is a question: the dimension in its header, or all of it.
pub(super) fn dimension_of(header: &str, role: Role) -> String {
    if let Some((part, _)) = part_of(role) {
        return part.to_owned();
    }
    let aspect = Asked::aspect_of(role).unwrap_or_default();
    let named = of_dimension(header).filter(|_| aspect != Aspect::Own);
    named.map_or_else(|| header.trim().to_owned(), |(dimension, _)| dimension)
}

/// Beginnings and ends of headers that ask for an expectation or a perception.
const EXPECTED: [&str; 6] = ["expected", "expectation", "expect", "期望", "预期", "期待"];
const PERCEIVED: [&str; 7] =
    ["perceived", "perception", "experienced", "感知", "实际", "体验", "感受"];

/// Words of a question that tell its scale.
const OF_NPS: [&str; 4] = ["recommend", "推荐", "empfehlen", "recommand"];
const OF_OVERALL: [&str; 4] = ["satisf", "满意", "zufrieden", "overallexperience"];
const OF_CES: [&str; 5] = ["howeasy", "effort", "easytouse", "容易", "轻松"];

/// Gives every column of a survey a meaning that has none yet.
pub(super) fn with_questions(
    form: &mut Form,
    columns: &[String],
    names: &[String],
    rows: &[Sampled],
) {
    let mut last = String::new();
    for at in 0..columns.len() {
        if !columns[at].trim().is_empty() {
            columns[at].trim().clone_into(&mut last);
        }
        let is_taken = form.fields.takes(at) || form.roles.iter().any(|it| it.1 == at);
        if is_taken {
            continue;
        }
        let part = part_named(form, &names[at]);
        if let Some((dimension, aspect)) = part.or_else(|| of_dimension(&columns[at])) {
            form.asked.push(Asked { column: at, dimension, aspect });
        } else if let Some(field) = of_overall(form, &names[at], at, rows) {
            form.fields.add(field, at);
        } else if is_comment(form, at, rows) {
            form.fields.add(Role::Comment, at);
        } else {
            // Choices of one question stand in columns of their own, named in the row below.
            let is_blank = |at: usize| columns.get(at).is_some_and(|name| name.trim().is_empty());
            let choice = if is_blank(at) || is_blank(at + 1) { first_cell(rows, at) } else { "" };
            let dimension = match choice {
                "" => last.clone(),
                choice => format!("{last}: {choice}"),
            };
            form.asked.push(Asked { column: at, dimension, aspect: Aspect::Own });
        }
    }
    if let Some(at) = form.fields.column(Role::Score)
        && !form.fields.has(Role::SurveyType)
    {
        let measures = if is_nps(rows, at) { Role::Nps } else { Role::Overall };
        if !form.fields.has(measures) {
            form.fields.rename(Role::Score, measures);
        }
    }
}

/// The part that a header names, if no column has it yet.
fn part_named(form: &Form, name: &str) -> Option<(String, Aspect)> {
    let (role, _) = PARTS.iter().find(|it| it.1.contains(&name))?;
    let (part, aspect) = part_of(*role)?;
    let is_free = !form.asked.iter().any(|it| it.role() == *role);
    is_free.then(|| (part.to_owned(), aspect))
}

/// The dimension that a header names, as `expected_delivery`.
fn of_dimension(header: &str) -> Option<(String, Aspect)> {
    let mark = |c: char| matches!(c, '_' | '-' | ' ' | ':' | '：' | '(' | ')' | '（' | '）');
    let plain = header.to_lowercase();
    let plain = plain.trim_matches(mark);
    let aspects = EXPECTED.iter().map(|word| (word, Aspect::Expected));
    for (word, aspect) in aspects.chain(PERCEIVED.iter().map(|word| (word, Aspect::Perceived))) {
        let rest = plain.strip_prefix(word).or_else(|| plain.strip_suffix(word));
        let Some(rest) = rest else { continue };
        let dimension = rest.trim_matches(mark);
        // `expectations`, or a longer question, is no dimension.
        let is_apart = !word.is_ascii() || rest.starts_with(mark) || rest.ends_with(mark);
        if !dimension.is_empty() && is_apart && dimension.chars().count() <= 40 {
            return Some((dimension.to_owned(), aspect));
        }
    }
    None
}

/// The overall question that a header asks, if the answers fit its scale.
fn of_overall(form: &Form, name: &str, at: usize, rows: &[Sampled]) -> Option<Role> {
    let asks = |words: &[&str]| words.iter().any(|word| name.contains(word));
    let questions = [(Role::Nps, &OF_NPS[..]), (Role::Ces, &OF_CES), (Role::Overall, &OF_OVERALL)];
    let found = questions.into_iter().find(|(field, words)| {
        !form.fields.has(*field) && asks(words) && fits(rows, at, Form::scale(*field))
    });
    found.map(|(field, _)| field)
}

/// Whether most answers in a column are scores on a scale.
fn fits(rows: &[Sampled], at: usize, scale: scores::Scale) -> bool {
    let cells = || rows.iter().filter_map(|row| row.cells.get(at)).map(|cell| value(cell));
    let filled = cells().filter(|cell| !cell.is_empty()).count();
    let scores = cells().filter(|cell| matches!(scores::read(cell, scale), Ok(Some(_)))).count();
    scores > 0 && scores * 2 >= filled
}

/// Whether answers in a column are in words of their own, and no column has them yet.
fn is_comment(form: &Form, at: usize, rows: &[Sampled]) -> bool {
    if form.fields.has(Role::Comment) {
        return false;
    }
    let cells = rows.iter().filter_map(|row| row.cells.get(at)).map(|cell| value(cell));
    let mut filled = cells.filter(|cell| !cell.is_empty()).peekable();
    let has_words =
        |cell: &str| cell.chars().any(char::is_whitespace) || cell.chars().any(|c| c >= '\u{3400}');
    filled.peek().is_some() && filled.all(|cell| has_words(cell) && cell.len() > 8)
}

fn first_cell(rows: &[Sampled], at: usize) -> &str {
    rows.first().and_then(|row| row.cells.get(at)).map_or("", |cell| value(cell))
}

/// What a score measures, by the name of its survey; the usual one measures recommendation.
pub(super) fn field_of_type(survey_type: &str) -> Role {
    match normal_form(survey_type).as_str() {
        "csat" | "satisfaction" | "满意度" => Role::Overall,
        "ces" | "effort" => Role::Ces,
        _ => Role::Nps,
    }
}

/// Whether a column of scores without a name must be of recommendation: satisfaction has no 0, 6 or
/// more.
fn is_nps(rows: &[Sampled], at: usize) -> bool {
    let cells = rows.iter().filter_map(|row| row.cells.get(at)).map(|cell| value(cell));
    let mut scores = cells.filter_map(scores::number);
    scores.any(|score| !(OVERALL.0..=OVERALL.1).contains(&score))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_stands_for_a_role_and_back() {
        for (role, headers) in PARTS {
            let (part, aspect) = part_of(role).unwrap();
            let asked = Asked { column: 0, dimension: part.to_owned(), aspect };
            assert_eq!((asked.role(), Asked::aspect_of(role)), (role, Some(aspect)));
            assert_eq!(dimension_of("Q7", role), part);
            assert!(headers.iter().all(|it| normal_form(it) == *it), "{headers:?}");
        }
        // One or two such columns may be of a table of amounts.
        let asked = |role| {
            let (part, aspect) = part_of(role).unwrap();
            Asked { column: 0, dimension: part.to_owned(), aspect }
        };
        let few = [Role::ProductValue, Role::TimeCost].map(asked);
        let many = [Role::ProductValue, Role::ServiceValue, Role::MoneyCost, Role::TimeCost];
        assert!(!are_of_survey(&few) && are_of_survey(&many.map(asked)));
    }

    #[test]
    fn a_header_names_a_dimension_and_what_is_asked_of_it() {
        for (header, expected) in [
            ("expected_delivery", Some(("delivery", Aspect::Expected))),
            ("Perceived: Staff service", Some(("staff service", Aspect::Perceived))),
            ("quality (expected)", Some(("quality", Aspect::Expected))),
            ("期望物流", Some(("物流", Aspect::Expected))),
            ("物流实际", Some(("物流", Aspect::Perceived))),
            ("expectations", None),
            ("perceived", None),
            ("Why?", None),
        ] {
            let found = of_dimension(header);
            let expected = expected.map(|(dimension, aspect)| (dimension.to_owned(), aspect));
            assert_eq!(found, expected, "{header}");
        }
    }
}
