//! Rules of segments in words.

use super::{Format, Lang, Words};
use model::Currency;
use protocol::{AnyField, Comparison, How, Moment, Node, Rule, SegmentId, Side, Test, Unit};

impl Words {
    /// A condition in words: `net revenue > $500 of the last 12 months`.
    pub fn test(
        self,
        test: &Test,
        currency: Currency,
        segment: &dyn Fn(SegmentId) -> String,
    ) -> String {
        let f = Format::of(self);
        let field = |field: AnyField| self.any_field(field);
        match test {
            Test::Number { field: number, is, value, window } => {
                let value = match number.unit() {
                    Unit::Money => f.money(value.minor(currency), currency),
                    _ => value.to_string(),
                };
                let what = field(AnyField::Number(*number));
                self.of_window(format!("{what} {} {value}", comparison(*is)), *window)
            }
            Test::Day { field: day, is, day: of } => {
                let side = if *is == Side::Since { self.sign_since() } else { self.sign_until() };
                let what = field(AnyField::Day(*day));
                match (of, is, self.lang) {
                    (Moment::On(day), ..) => self.spaced(&[what, side, &f.day(*day)]),
                    (Moment::Ago(days), Side::Since, Lang::En) => {
                        format!("{what} in the last {days} days")
                    }
                    (Moment::Ago(days), Side::Until, Lang::En) => {
                        format!("{what} at least {days} days ago")
                    }
                    (Moment::Ago(days), Side::Since, Lang::Zh) => {
                        format!("{what}在最近 {days} 天内")
                    }
                    (Moment::Ago(days), Side::Until, Lang::Zh) => {
                        format!("{what}在至少 {days} 天前")
                    }
                }
            }
            Test::Choice { field: choice, labels, is } => {
                let labels: Vec<String> =
                    labels.iter().map(|it| self.label(choice.kind(), Some(it))).collect();
                let sign = if *is { self.sign_is() } else { self.sign_is_not() };
                self.spaced(&[field(AnyField::Choice(*choice)), sign, &self.any_label(&labels)])
            }
            Test::Text { field: of, how, text, is } => {
                let sign = self.text_sign(*how, *is);
                self.spaced(&[field(AnyField::Text(*of)), sign, &format!("“{text}”")])
            }
            Test::Flag { field: flag, is } => {
                let sign = if *is { self.sign_yes() } else { self.sign_no() };
                self.spaced(&[&format!("{}:", field(AnyField::Flag(*flag))), sign])
            }
            Test::Bought { product, window, is } => {
                let sign = if *is { self.sign_bought() } else { self.sign_not_bought() };
                self.of_window(self.spaced(&[sign, &format!("“{product}”")]), *window)
            }
            Test::Segment { id, is } => {
                let sign = if *is { self.sign_in() } else { self.sign_not_in() };
                self.spaced(&[sign, &format!("“{}”", segment(*id))])
            }
            Test::Known { field: of, is } => {
                let sign = if *is { self.test_known() } else { self.test_unknown() };
                self.spaced(&[field(*of), sign])
            }
        }
    }

    /// How texts are compared.
    pub const fn text_sign(self, how: How, is: bool) -> &'static str {
        match (how, is) {
            (How::Is, true) => self.sign_is(),
            (How::Is, false) => self.sign_is_not(),
            (How::Has, true) => self.sign_has(),
            (How::Has, false) => self.sign_has_not(),
        }
    }

    /// A rule in words: `(R score ≥ 4 and net revenue > $500) or tag is “VIP”`.
    pub fn rule(
        self,
        rule: &Rule,
        currency: Currency,
        segment: &dyn Fn(SegmentId) -> String,
    ) -> String {
        let (and, or, not) = match self.lang {
            Lang::En => (" and ", " or ", "not "),
            Lang::Zh => ("且", "或", "非"),
        };
        let parts = rule.nodes.iter().map(|node| match node {
            Node::Test(test) => self.test(test, currency, segment),
            Node::Group(group) => {
                let said = self.rule(group, currency, segment);
                if group.negated || group.nodes.len() < 2 { said } else { self.bracketed(&said) }
            }
        });
        let parts: Vec<String> = parts.collect();
        let said = if parts.is_empty() {
            self.group_empty().to_owned()
        } else {
            parts.join(if rule.all { and } else { or })
        };
        if rule.negated { format!("{not}{}", self.bracketed(&said)) } else { said }
    }

    fn bracketed(self, said: &str) -> String {
        match self.lang {
            Lang::En => format!("({said})"),
            Lang::Zh => format!("（{said}）"),
        }
    }

    fn spaced(self, parts: &[&str]) -> String {
        parts.join(if self.lang == Lang::En { " " } else { "" })
    }

    fn any_label(self, labels: &[String]) -> String {
        labels.join(if self.lang == Lang::En { " or " } else { "或" })
    }
}

/// The sign of a comparison as people read it.
const fn comparison(is: Comparison) -> &'static str {
    match is {
        Comparison::AtLeast => "≥",
        Comparison::AtMost => "≤",
        Comparison::Above => ">",
        Comparison::Below => "<",
        Comparison::Equal => "=",
    }
}
