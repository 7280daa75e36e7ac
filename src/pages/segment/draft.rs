//! What is written of a rule, before it can be read.

use model::{Amount, ShopDay, plain_decimal};
use protocol::{
    AnyField, Comparison, How, LONGEST_RULE, Label, Moment, Node, NumberField, RfmWindow, Rule,
    SegmentId, Side, Test,
};

/// A group as it stands on screen.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct DraftGroup {
    /// One of its kind in the rule.
    pub id: u32,
    pub all: bool,
    pub negated: bool,
    pub nodes: Vec<DraftNode>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum DraftNode {
    Group(DraftGroup),
    Test(DraftTest),
}

/// A condition as it stands in its fields.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct DraftTest {
    pub id: u32,
    /// Name of a field, or [`BOUGHT`] or [`SEGMENT`].
    pub what: String,
    /// One of [`signs`].
    pub sign: String,
    /// As it is typed; labels with [`BETWEEN`] them.
    pub value: String,
    /// As [`RfmWindow`] writes it.
    pub window: String,
}

/// Stands between labels: no name of a grade has a line break.
const BETWEEN: &str = "\n";

/// Codes of the conditions that are of no field.
pub(super) const BOUGHT: &str = "bought";
pub(super) const SEGMENT: &str = "segment";
/// Signs of what is asked of any field, and of days in numbers of days.
pub(super) const KNOWN: &str = "known";
pub(super) const UNKNOWN: &str = "unknown";
pub(super) const WITHIN: &str = "within";
pub(super) const BEFORE: &str = "before";
pub(super) const YES: &str = "yes";
pub(super) const NO: &str = "no";

/// What is wrong with a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wrong {
    Number,
    Day,
    Days,
    Text,
    Choice,
    Segment,
}

/// The signs that fit what a condition looks at; the first is taken where the former does not fit.
pub(super) fn signs(what: &str) -> &'static [&'static str] {
    match AnyField::of_name(what) {
        None => &["=", "!="],
        Some(AnyField::Number(_)) => &[">=", "<=", ">", "<", "=", KNOWN, UNKNOWN],
        Some(AnyField::Day(_)) => &[WITHIN, BEFORE, ">=", "<=", KNOWN, UNKNOWN],
        Some(AnyField::Choice(_)) => &["=", "!=", KNOWN, UNKNOWN],
        Some(AnyField::Text(_)) => &["=", "!=", "~", "!~", KNOWN, UNKNOWN],
        Some(AnyField::Flag(_)) => &[YES, NO, UNKNOWN],
    }
}

/// Whether a sign needs no value.
pub(super) fn is_bare(sign: &str) -> bool {
    matches!(sign, KNOWN | UNKNOWN | YES | NO)
}

impl DraftTest {
    /// A condition that is still to be written.
    pub(super) fn blank(id: u32) -> DraftTest {
        let what = NumberField::Net.name().to_owned();
        DraftTest { id, what, sign: ">=".to_owned(), value: String::new(), window: String::new() }
    }

    /// Looks at something else: a value of another kind goes.
    pub(super) fn look_at(&mut self, what: &str) {
        let kind = |what: &str| AnyField::of_name(what).map(|it| std::mem::discriminant(&it));
        let is_choice = matches!(AnyField::of_name(what), Some(AnyField::Choice(_)));
        if kind(what) != kind(&self.what) || is_choice || kind(what).is_none() {
            self.value.clear();
        }
        what.clone_into(&mut self.what);
        if !signs(what).contains(&self.sign.as_str()) {
            signs(what)[0].clone_into(&mut self.sign);
        }
    }

    /// The window's text, where what is looked at has one.
    pub(super) fn has_window(&self) -> bool {
        match AnyField::of_name(&self.what) {
            Some(AnyField::Number(field)) => field.has_window() && !is_bare(&self.sign),
            None => self.what == BOUGHT,
            _ => false,
        }
    }

    fn of(id: u32, test: &Test) -> DraftTest {
        let (what, sign, value, window) = match test {
            Test::Number { field, is, value, window } => {
                (field.name(), is.sign(), value.to_string(), window.to_string())
            }
            Test::Day { field, is, day } => {
                let (sign, value) = match (day, is) {
                    (Moment::On(day), Side::Since) => (">=", day.to_string()),
                    (Moment::On(day), Side::Until) => ("<=", day.to_string()),
                    (Moment::Ago(days), Side::Since) => (WITHIN, days.to_string()),
                    (Moment::Ago(days), Side::Until) => (BEFORE, days.to_string()),
                };
                (field.name(), sign, value, String::new())
            }
            Test::Choice { field, labels, is } => {
                let labels: Vec<String> = labels.iter().map(Label::code).collect();
                (field.name(), equal(*is), labels.join(BETWEEN), String::new())
            }
            Test::Text { field, how, text, is } => {
                let sign = match (how, is) {
                    (How::Is, is) => equal(*is),
                    (How::Has, true) => "~",
                    (How::Has, false) => "!~",
                };
                (field.name(), sign, text.clone(), String::new())
            }
            Test::Flag { field, is } => {
                (field.name(), if *is { YES } else { NO }, String::new(), String::new())
            }
            Test::Bought { product, window, is } => {
                (BOUGHT, equal(*is), product.clone(), window.to_string())
            }
            Test::Segment { id, is } => (SEGMENT, equal(*is), id.to_string(), String::new()),
            Test::Known { field, is } => {
                (field.name(), if *is { KNOWN } else { UNKNOWN }, String::new(), String::new())
            }
        };
        DraftTest { id, what: what.to_owned(), sign: sign.to_owned(), value, window }
    }

    /// The condition that the fields say.
    fn read(&self) -> Result<Test, Wrong> {
        let is = self.sign == "=";
        let window = RfmWindow::parse(&self.window).unwrap_or_default();
        let text = || {
            let text = self.value.trim();
            if text.is_empty() { Err(Wrong::Text) } else { Ok(text.to_owned()) }
        };
        let Some(field) = AnyField::of_name(&self.what) else {
            return match self.what.as_str() {
                SEGMENT => {
                    let id = SegmentId::parse(&self.value).ok_or(Wrong::Segment)?;
                    Ok(Test::Segment { id, is })
                }
                _ => Ok(Test::Bought { product: text()?, window, is }),
            };
        };
        if matches!(self.sign.as_str(), KNOWN | UNKNOWN) {
            return Ok(Test::Known { field, is: self.sign == KNOWN });
        }
        match field {
            AnyField::Number(field) => {
                let value = plain_decimal(&self.value).and_then(|it| Amount::parse(&it));
                let value = value.ok_or(Wrong::Number)?;
                let window = if field.has_window() { window } else { RfmWindow::AllTime };
                Ok(Test::Number {
                    field,
                    is: Comparison::of_sign(&self.sign).unwrap_or(Comparison::AtLeast),
                    value,
                    window,
                })
            }
            AnyField::Day(field) => {
                let is_since = matches!(self.sign.as_str(), WITHIN | ">=");
                let day = match self.sign.as_str() {
                    WITHIN | BEFORE => {
                        Moment::Ago(self.value.trim().parse().map_err(|_bad| Wrong::Days)?)
                    }
                    _ => Moment::On(ShopDay::parse_iso(&self.value).ok_or(Wrong::Day)?),
                };
                let is = if is_since { Side::Since } else { Side::Until };
                Ok(Test::Day { field, is, day })
            }
            AnyField::Choice(field) => {
                let label = |code: &str| match field {
                    protocol::ChoiceField::Grade => Some(Label::Text(code.to_owned())),
                    field => Label::of_code(field.kind(), code),
                };
                let labels: Vec<Label> = codes_of(&self.value).filter_map(label).collect();
                if labels.is_empty() {
                    Err(Wrong::Choice)
                } else {
                    Ok(Test::Choice { field, labels, is })
                }
            }
            AnyField::Text(field) => {
                let (how, is) = match self.sign.as_str() {
                    "=" => (How::Is, true),
                    "!=" => (How::Is, false),
                    "~" => (How::Has, true),
                    _ => (How::Has, false),
                };
                Ok(Test::Text { field, how, text: text()?, is })
            }
            AnyField::Flag(field) => Ok(Test::Flag { field, is: self.sign == YES }),
        }
    }
}

const fn equal(is: bool) -> &'static str {
    if is { "=" } else { "!=" }
}

/// The codes of the labels that are switched on.
pub(super) fn codes_of(value: &str) -> impl Iterator<Item = &str> {
    value.split(BETWEEN).filter(|it| !it.is_empty())
}

/// Switches a label on or off.
pub(super) fn turn_label(value: &mut String, code: &str) {
    let mut on: Vec<&str> = codes_of(value).collect();
    match on.iter().position(|it| *it == code) {
        Some(at) => {
            on.remove(at);
        }
        None => on.push(code),
    }
    *value = on.join(BETWEEN);
}

impl DraftGroup {
    /// A rule as it stands on screen; `next` numbers its parts.
    pub(super) fn of(rule: &Rule, next: &mut u32) -> DraftGroup {
        let id = take(next);
        let nodes = rule.nodes.iter().map(|node| match node {
            Node::Group(group) => DraftNode::Group(DraftGroup::of(group, next)),
            Node::Test(test) => DraftNode::Test(DraftTest::of(take(next), test)),
        });
        let nodes = nodes.collect();
        DraftGroup { id, all: rule.all, negated: rule.negated, nodes }
    }

    /// The rule that the fields say, or the first condition with what is wrong with it.
    pub(super) fn read(&self) -> Result<Rule, (u32, Wrong)> {
        let rule = self.rule()?;
        // What is too long to be kept is the fault of the last that was typed: a text.
        let is_short = rule.to_string().len() <= LONGEST_RULE;
        is_short.then_some(rule).ok_or((self.id, Wrong::Text))
    }

    fn rule(&self) -> Result<Rule, (u32, Wrong)> {
        let nodes = self.nodes.iter().map(|node| match node {
            DraftNode::Group(group) => group.rule().map(Node::Group),
            DraftNode::Test(test) => test.read().map(Node::Test).map_err(|it| (test.id, it)),
        });
        let nodes = nodes.collect::<Result<_, _>>()?;
        Ok(Rule { all: self.all, negated: self.negated, nodes })
    }

    /// A group of the rule.
    pub(super) fn group(&self, id: u32) -> Option<&DraftGroup> {
        if self.id == id {
            return Some(self);
        }
        self.nodes.iter().find_map(|node| match node {
            DraftNode::Group(group) => group.group(id),
            DraftNode::Test(_) => None,
        })
    }

    /// A group of the rule, to be changed.
    pub(super) fn group_mut(&mut self, id: u32) -> Option<&mut DraftGroup> {
        if self.id == id {
            return Some(self);
        }
        self.nodes.iter_mut().find_map(|node| match node {
            DraftNode::Group(group) => group.group_mut(id),
            DraftNode::Test(_) => None,
        })
    }

    /// A condition of the rule.
    pub(super) fn test(&self, id: u32) -> Option<&DraftTest> {
        self.nodes.iter().find_map(|node| match node {
            DraftNode::Group(group) => group.test(id),
            DraftNode::Test(test) => (test.id == id).then_some(test),
        })
    }

    /// A condition of the rule, to be changed.
    pub(super) fn test_mut(&mut self, id: u32) -> Option<&mut DraftTest> {
        self.nodes.iter_mut().find_map(|node| match node {
            DraftNode::Group(group) => group.test_mut(id),
            DraftNode::Test(test) => (test.id == id).then_some(test),
        })
    }

    /// Takes a part out.
    pub(super) fn remove(&mut self, id: u32) {
        self.nodes.retain(|node| node.id() != id);
        for node in &mut self.nodes {
            if let DraftNode::Group(group) = node {
                group.remove(id);
            }
        }
    }

    /// What the focus goes to once a part is taken out: the part after it, else the one before, in its
    /// group; the group alone, if it has no other.
    pub(super) fn beside(&self, id: u32) -> Option<(u32, Option<u32>)> {
        if let Some(at) = self.nodes.iter().position(|node| node.id() == id) {
            let before = || self.nodes.get(at.checked_sub(1)?);
            let next = self.nodes.get(at + 1).or_else(before);
            return Some((self.id, next.map(DraftNode::id)));
        }
        self.nodes.iter().find_map(|node| match node {
            DraftNode::Group(group) => group.beside(id),
            DraftNode::Test(_) => None,
        })
    }

    /// The ids of the rule and its parts, a group before what is in it.
    pub(super) fn order(&self) -> Vec<u32> {
        let parts = self.nodes.iter().flat_map(|node| match node {
            DraftNode::Group(group) => group.order(),
            DraftNode::Test(test) => vec![test.id],
        });
        std::iter::once(self.id).chain(parts).collect()
    }

    /// Conditions of the whole rule.
    pub(super) fn tests(&self) -> Vec<&DraftTest> {
        fn of_node(node: &DraftNode) -> Vec<&DraftTest> {
            match node {
                DraftNode::Group(group) => group.tests(),
                DraftNode::Test(test) => vec![test],
            }
        }
        self.nodes.iter().flat_map(of_node).collect()
    }
}

impl DraftNode {
    pub(super) const fn id(&self) -> u32 {
        match self {
            DraftNode::Group(group) => group.id,
            DraftNode::Test(test) => test.id,
        }
    }
}

pub(super) fn take(next: &mut u32) -> u32 {
    *next += 1;
    *next
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_comes_back_from_its_fields() {
        for text in [
            "all()",
            "any(all(r>=4,net>500@12m),tag='VIP')",
            "!any(first>=2026-01-01,last<=30d,last>=7d)",
            "all(tier=vip|big,group!=champions,grade='Gold'|'A%7CB')",
            "all(name~'li',note!~'x',email=yes,may_email=no,csat=?,gap!=?)",
            "all(bought!='tea'@90d,segment=00000000000000ff)",
        ] {
            let draft = DraftGroup::of(&Rule::parse(text).unwrap(), &mut 0);
            assert_eq!(draft.read().map(|it| it.to_string()), Ok(text.to_owned()));
        }
    }

    #[test]
    fn what_is_not_written_yet_is_said_of_its_condition() {
        for (what, sign, value, wrong) in [
            ("net", ">=", "", Wrong::Number),
            ("net", ">=", "-5", Wrong::Number),
            ("first", ">=", "soon", Wrong::Day),
            ("last", WITHIN, "", Wrong::Days),
            ("tag", "=", "  ", Wrong::Text),
            (BOUGHT, "=", "", Wrong::Text),
            ("tier", "=", "", Wrong::Choice),
            (SEGMENT, "=", "", Wrong::Segment),
        ] {
            let mut next = 0;
            let mut draft = DraftGroup::of(&Rule::default(), &mut next);
            let test = DraftTest {
                what: what.to_owned(),
                sign: sign.to_owned(),
                value: value.to_owned(),
                ..DraftTest::blank(9)
            };
            draft.nodes.push(DraftNode::Test(test));
            assert_eq!(draft.read(), Err((9, wrong)), "{what}");
        }
    }

    #[test]
    fn numbers_are_read_with_a_comma_too() {
        let test = DraftTest { value: " 12,50 ".to_owned(), ..DraftTest::blank(1) };
        assert_eq!(test.read().map(|it| it.to_string()), Ok("net>=12.5".to_owned()));
    }

    #[test]
    fn another_field_keeps_what_fits_it() {
        let mut test = DraftTest { value: "5".to_owned(), ..DraftTest::blank(1) };
        test.look_at("orders");
        assert_eq!((test.sign.as_str(), test.value.as_str()), (">=", "5"));
        test.look_at("tag");
        assert_eq!((test.sign.as_str(), test.value.as_str()), ("=", ""));
        assert!(signs("last").contains(&WITHIN) && is_bare(YES));
    }

    #[test]
    fn labels_are_switched_on_and_off() {
        let mut value = String::new();
        for (code, expected) in
            [("vip", &["vip"][..]), ("A|B", &["vip", "A|B"]), ("vip", &["A|B"]), ("A|B", &[])]
        {
            turn_label(&mut value, code);
            assert_eq!(codes_of(&value).collect::<Vec<_>>(), expected);
        }
    }

    #[test]
    fn parts_are_found_and_taken_out_by_their_number() {
        let rule = Rule::parse("any(all(r>=4,net>500),tag='VIP')").unwrap();
        let mut draft = DraftGroup::of(&rule, &mut 0);
        assert_eq!(draft.order(), [1, 2, 3, 4, 5]);
        assert_eq!(draft.test(4).map(|it| it.what.as_str()), Some("net"));
        for (id, expected) in [(3, (2, Some(4))), (4, (2, Some(3))), (2, (1, Some(5)))] {
            assert_eq!(draft.beside(id), Some(expected), "{id}");
        }
        draft.remove(3);
        assert_eq!((draft.beside(4), draft.beside(3)), (Some((2, None)), None));
        assert_eq!(draft.read().unwrap().to_string(), "any(all(net>500),tag='VIP')");
        draft.remove(2);
        assert_eq!(draft.tests().len(), 1);
    }
}
