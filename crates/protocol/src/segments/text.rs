//! How a rule is written: `any(all(r>=4,net>500@12m),tag='VIP')`.
//!
//! The text is in users' logs and bookmarks: what it once meant it has to mean for ever.

use super::SegmentId;
use super::rule::{AnyField, ChoiceField, Comparison, How, Moment, Node, Rule, Side, Test};
use crate::{Label, RfmWindow};
use model::{Amount, ShopDay};
use std::fmt;

/// So many conditions a rule can have.
pub const MOST_TESTS: usize = 60;
/// So many groups can stand in each other, the whole among them.
pub const DEEPEST_RULE: usize = 5;
/// So many bytes a rule's text can have.
pub const LONGEST_RULE: usize = 6_000;

/// What stands where it is asked whether something is known.
const UNKNOWN: &str = "?";
const BOUGHT: &str = "bought";
const SEGMENT: &str = "segment";

/// Signs, the longer ones first.
const SIGNS: [&str; 8] = [">=", "<=", "!=", "!~", ">", "<", "=", "~"];

impl Rule {
    /// Reads a rule; `None`: it is of another form, or too large. A single condition is a rule too,
    /// nothing is the rule that everybody meets.
    pub fn parse(text: &str) -> Option<Rule> {
        if text.len() > LONGEST_RULE {
            return None;
        }
        if text.trim().is_empty() {
            return Some(Rule::default());
        }
        let mut reader = Reader { rest: text.trim(), tests: 0 };
        let rule = match reader.node(1)? {
            Node::Group(rule) => rule,
            Node::Test(condition) => Rule::of(condition),
        };
        reader.rest.is_empty().then_some(rule)
    }
}

struct Reader<'a> {
    rest: &'a str,
    tests: usize,
}

impl<'a> Reader<'a> {
    fn takes(&mut self, sign: &str) -> bool {
        let rest = self.rest.strip_prefix(sign);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn node(&mut self, depth: usize) -> Option<Node> {
        let negated = self.takes("!");
        for (name, all) in [("all(", true), ("any(", false)] {
            if self.takes(name) {
                let nodes = if depth > DEEPEST_RULE { None } else { self.nodes(depth) };
                return Some(Node::Group(Rule { all, negated, nodes: nodes? }));
            }
        }
        self.tests += 1;
        (!negated && self.tests <= MOST_TESTS).then(|| self.test())?.map(Node::Test)
    }

    fn nodes(&mut self, depth: usize) -> Option<Vec<Node>> {
        let mut nodes = Vec::new();
        if self.takes(")") {
            return Some(nodes);
        }
        loop {
            nodes.push(self.node(depth + 1)?);
            if self.takes(")") {
                return Some(nodes);
            }
            if !self.takes(",") {
                return None;
            }
        }
    }

    fn test(&mut self) -> Option<Test> {
        let is_sign = |it: char| !(it.is_ascii_alphanumeric() || it == '_');
        let (name, rest) = self.rest.split_at(self.rest.find(is_sign)?);
        let sign = SIGNS.into_iter().find(|sign| rest.starts_with(sign))?;
        self.rest = &rest[sign.len()..];
        let value = self.value();
        test(name, sign, value)
    }

    /// The value: up to what ends the condition, of which nothing counts within quotes.
    fn value(&mut self) -> &'a str {
        let mut quoted = false;
        let ends = |(_, it): &(usize, char)| {
            quoted ^= *it == '\'';
            !quoted && matches!(it, ',' | ')')
        };
        let end = self.rest.char_indices().find(ends).map_or(self.rest.len(), |it| it.0);
        let (value, rest) = self.rest.split_at(end);
        self.rest = rest;
        value
    }
}

/// A condition of its parts.
fn test(name: &str, sign: &str, value: &str) -> Option<Test> {
    let is = yes_or_not(sign);
    match name {
        BOUGHT => {
            let (product, window) = windowed(value)?;
            let product = filled(unquoted(product)?)?;
            return Some(Test::Bought { product, window, is: is? });
        }
        SEGMENT => return Some(Test::Segment { id: SegmentId::parse(value)?, is: is? }),
        _ => {}
    }
    let field = AnyField::of_name(name)?;
    if value == UNKNOWN {
        return Some(Test::Known { field, is: !is? });
    }
    match field {
        AnyField::Number(field) => {
            let (value, window) = windowed(value)?;
            let fits = window == RfmWindow::AllTime || field.has_window();
            let value = Amount::parse(value).filter(|_| fits)?;
            Some(Test::Number { field, is: Comparison::of_sign(sign)?, value, window })
        }
        AnyField::Day(field) => {
            let is = match sign {
                ">=" => Side::Since,
                "<=" => Side::Until,
                _ => return None,
            };
            let day = match value.strip_suffix('d') {
                Some(days) => Moment::Ago(days.parse().ok()?),
                None => Moment::On(ShopDay::parse_iso(value)?),
            };
            Some(Test::Day { field, is, day })
        }
        AnyField::Choice(field) => {
            let labels = value.split('|').map(|it| label(field, it));
            let labels: Vec<Label> = labels.collect::<Option<_>>()?;
            Some(Test::Choice { field, labels, is: is? })
        }
        AnyField::Text(field) => {
            let (how, is) = match sign {
                "=" => (How::Is, true),
                "!=" => (How::Is, false),
                "~" => (How::Has, true),
                "!~" => (How::Has, false),
                _ => return None,
            };
            Some(Test::Text { field, how, text: filled(unquoted(value)?)?, is })
        }
        AnyField::Flag(field) => match (is?, value) {
            (is, "yes") => Some(Test::Flag { field, is }),
            (is, "no") => Some(Test::Flag { field, is: !is }),
            _ => None,
        },
    }
}

fn yes_or_not(sign: &str) -> Option<bool> {
    match sign {
        "=" => Some(true),
        "!=" => Some(false),
        _ => None,
    }
}

impl Comparison {
    /// That of a sign.
    pub fn of_sign(sign: &str) -> Option<Comparison> {
        let all = [
            Comparison::AtLeast,
            Comparison::AtMost,
            Comparison::Above,
            Comparison::Below,
            Comparison::Equal,
        ];
        all.into_iter().find(|it| it.sign() == sign)
    }

    /// As it is written.
    pub const fn sign(self) -> &'static str {
        match self {
            Comparison::AtLeast => ">=",
            Comparison::AtMost => "<=",
            Comparison::Above => ">",
            Comparison::Below => "<",
            Comparison::Equal => "=",
        }
    }
}

/// A value and the window behind it: `500@12m`.
fn windowed(value: &str) -> Option<(&str, RfmWindow)> {
    let after_text = value.rfind('\'').map_or(0, |it| it + 1);
    match value[after_text..].split_once('@') {
        Some((before, window)) => {
            Some((&value[..after_text + before.len()], RfmWindow::parse(window)?))
        }
        None => Some((value, RfmWindow::AllTime)),
    }
}

fn at_window(window: RfmWindow) -> String {
    if window == RfmWindow::AllTime { String::new() } else { format!("@{window}") }
}

/// Signs that stand between parts of a rule, as they stand within a text.
const CODES: [(char, &str); 4] = [('%', "%25"), ('\'', "%27"), ('\n', "%0A"), ('|', "%7C")];

fn quoted(text: &str) -> String {
    let text = CODES.iter().fold(text.to_owned(), |text, (sign, code)| text.replace(*sign, code));
    format!("'{text}'")
}

fn unquoted(text: &str) -> Option<String> {
    let text = text.strip_prefix('\'')?.strip_suffix('\'').filter(|it| !it.contains('\''))?;
    let codes = CODES.iter().rev();
    Some(codes.fold(text.to_owned(), |text, (sign, code)| text.replace(code, &sign.to_string())))
}

fn label_text(label: &Label) -> String {
    match label {
        Label::Text(text) => quoted(text),
        label => label.code(),
    }
}

fn label(field: ChoiceField, code: &str) -> Option<Label> {
    match field {
        ChoiceField::Grade => filled(unquoted(code)?).map(Label::Text),
        field => Label::of_code(field.kind(), code),
    }
}

fn filled(text: String) -> Option<String> {
    Some(text).filter(|it| !it.trim().is_empty())
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.negated { "!" } else { "" };
        let name = if self.all { "all" } else { "any" };
        write!(f, "{sign}{name}(")?;
        for (at, node) in self.nodes.iter().enumerate() {
            if at > 0 {
                f.write_str(",")?;
            }
            match node {
                Node::Group(group) => write!(f, "{group}")?,
                Node::Test(test) => write!(f, "{test}")?,
            }
        }
        f.write_str(")")
    }
}

impl fmt::Display for Test {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let equal = |is: bool| if is { "=" } else { "!=" };
        match self {
            Test::Number { field, is, value, window } => {
                write!(f, "{}{}{value}{}", field.name(), is.sign(), at_window(*window))
            }
            Test::Day { field, is, day } => {
                let sign = if *is == Side::Since { ">=" } else { "<=" };
                write!(f, "{}{sign}{day}", field.name())
            }
            Test::Choice { field, labels, is } => {
                let labels: Vec<String> = labels.iter().map(label_text).collect();
                write!(f, "{}{}{}", field.name(), equal(*is), labels.join("|"))
            }
            Test::Text { field, how, text, is } => {
                let sign = match (how, is) {
                    (How::Is, is) => equal(*is),
                    (How::Has, true) => "~",
                    (How::Has, false) => "!~",
                };
                write!(f, "{}{sign}{}", field.name(), quoted(text))
            }
            Test::Flag { field, is } => {
                write!(f, "{}={}", field.name(), if *is { "yes" } else { "no" })
            }
            Test::Bought { product, window, is } => {
                write!(f, "{BOUGHT}{}{}{}", equal(*is), quoted(product), at_window(*window))
            }
            Test::Segment { id, is } => write!(f, "{SEGMENT}{}{id}", equal(*is)),
            Test::Known { field, is } => write!(f, "{}{}{UNKNOWN}", field.name(), equal(!is)),
        }
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Moment::On(day) => write!(f, "{day}"),
            Moment::Ago(days) => write!(f, "{days}d"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{DayField, FlagField, NumberField, TextField};
    use proptest::prelude::*;

    #[test]
    fn a_rule_is_written_as_it_is_read() {
        for text in [
            "all()",
            "any(all(r>=4,net>500),tag='VIP')",
            "!any(net<=12.5@12m,orders=3@90d,order_value<80)",
            "all(first>=2026-01-01,last<=30d)",
            "all(tier=vip|big,group!=champions|cant-lose,class=3,silence=at-risk,stage=win-back)",
            "all(grade='Gold'|'Silver: a%7Cb')",
            "all(name~'o%27brien, (x)',country='China',city!='Paris',note!~'50%25')",
            "all(email=yes,may_email=no)",
            "all(bought='tea'@90d,bought!='POT: @1d')",
            "all(segment=00000000000000ff,segment!=00000000000000aa)",
            "all(csat=?,gap!=?,tag~'a')",
            "all(!all(!any(all(all()))))",
        ] {
            let rule = Rule::parse(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(rule.to_string(), text);
        }
        assert_eq!(Rule::parse("tag='VIP'").unwrap().to_string(), "all(tag='VIP')");
        assert_eq!(Rule::parse("may_email!=no").unwrap().to_string(), "all(may_email=yes)");
        assert_eq!(Rule::parse(" ").unwrap(), Rule::default());
    }

    #[test]
    fn what_is_no_rule_is_refused() {
        let deep = format!("{}{}", "all(".repeat(6), ")".repeat(6));
        let many = format!("all({})", vec!["r=1"; MOST_TESTS + 1].join(","));
        for bad in [
            "all(",
            "all(r>=4",
            "all(r>=4))",
            "all(r>=4,)",
            "all(mood>=4)",
            "all(r>=)",
            "all(r>=-1)",
            "all(r>=4@90d)",
            "all(net>=5@12)",
            "all(net~'5')",
            "all(first=2026-01-01)",
            "all(first>=2026-13-01)",
            "all(tier=gold)",
            "all(tier=)",
            "all(name='')",
            "all(name=x)",
            "all(name='x)",
            "all(email=perhaps)",
            "all(segment=ff)",
            "all(!r>=4)",
            "all(bought='')",
            &deep,
            &many,
        ] {
            assert_eq!(Rule::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn names_are_of_one_field_each() {
        let mut names: Vec<&str> = vec![BOUGHT, SEGMENT, "all", "any"];
        names.extend(NumberField::ALL.iter().map(|it| it.name()));
        names.extend(DayField::ALL.iter().map(|it| it.name()));
        names.extend(ChoiceField::ALL.iter().map(|it| it.name()));
        names.extend(TextField::ALL.iter().map(|it| it.name()));
        names.extend(FlagField::ALL.iter().map(|it| it.name()));
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
    }

    fn any_test() -> impl Strategy<Value = Test> {
        let window = prop_oneof![
            Just(RfmWindow::AllTime),
            Just(RfmWindow::YEAR),
            Just(RfmWindow::Days(std::num::NonZeroU16::MIN)),
        ];
        let text = "[a-z'%,()|@~ ]{0,6}[a-z]";
        prop_oneof![
            (prop::sample::select(NumberField::ALL), any::<u32>(), window.clone()).prop_map(
                |(field, value, window)| Test::Number {
                    field,
                    is: Comparison::Above,
                    value: Amount::from_major(value),
                    window: if field.has_window() { window } else { RfmWindow::AllTime },
                }
            ),
            (prop::sample::select(TextField::ALL), text, any::<bool>())
                .prop_map(|(field, text, is)| Test::Text { field, how: How::Has, text, is }),
            (text, window, any::<bool>()).prop_map(|(product, window, is)| Test::Bought {
                product,
                window,
                is
            }),
            (prop::sample::select(FlagField::ALL), any::<bool>())
                .prop_map(|(field, is)| Test::Flag { field, is }),
        ]
    }

    fn any_rule() -> impl Strategy<Value = Rule> {
        let leaf = any_test().prop_map(Node::Test);
        let node = leaf.prop_recursive(3, 24, 4, |inner| {
            (any::<bool>(), any::<bool>(), prop::collection::vec(inner, 0..4))
                .prop_map(|(all, negated, nodes)| Node::Group(Rule { all, negated, nodes }))
        });
        (any::<bool>(), any::<bool>(), prop::collection::vec(node, 0..4))
            .prop_map(|(all, negated, nodes)| Rule { all, negated, nodes })
    }

    proptest! {
        #[test]
        fn every_rule_survives_its_text(rule in any_rule()) {
            prop_assert_eq!(Rule::parse(&rule.to_string()), Some(rule));
        }

        #[test]
        fn no_text_is_too_odd(text in "\\PC{0,60}") {
            if let Some(rule) = Rule::parse(&text) {
                prop_assert_eq!(Rule::parse(&rule.to_string()), Some(rule));
            }
        }
    }
}
