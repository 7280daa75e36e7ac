//! How labels of customers stand in the URL.

use model::ShopDay;
use protocol::{Label, LabelCondition, LabelKind};

/// Names of the kinds.
const KINDS: [(&str, LabelKind); 11] = [
    ("group", LabelKind::Group),
    ("class", LabelKind::Class),
    ("tier", LabelKind::Tier),
    ("stage", LabelKind::Stage),
    ("silence", LabelKind::Churn),
    ("grade", LabelKind::Grade),
    ("country", LabelKind::Country),
    ("region", LabelKind::Region),
    ("channel", LabelKind::Channel),
    ("product", LabelKind::Product),
    ("decile", LabelKind::Decile),
];
/// Texts that few customers have, put together. A text itself begins with [`QUOTE`].
pub(super) const OTHERS: &str = "others";
const QUOTE: char = '\'';
/// Stands between conditions.
const AND: char = ';';

/// The name of a kind.
pub fn kind_code(kind: LabelKind) -> &'static str {
    KINDS.iter().find(|(_, it)| *it == kind).map_or("", |(name, _)| name)
}

/// The kind of a name.
pub fn kind_of(name: &str) -> Option<LabelKind> {
    KINDS.iter().find(|(it, _)| *it == name).map(|(_, kind)| *kind)
}

/// Conditions as text: `group@2026-07-31=champions;group=at-risk`. Nothing behind the sign: without
/// a label.
pub(super) fn to_text(conditions: &[LabelCondition]) -> String {
    let texts: Vec<String> = conditions.iter().map(condition_text).collect();
    texts.join(";")
}

fn condition_text(condition: &LabelCondition) -> String {
    let on = condition.on.map_or_else(String::new, |day| format!("@{day}"));
    let label = condition.label.as_ref().map_or_else(String::new, label_text);
    format!("{}{on}={label}", kind_code(condition.kind))
}

pub(super) fn label_text(label: &Label) -> String {
    match label {
        Label::Text(text) => quoted(text),
        label => label.code(),
    }
}

/// A text of the files: it begins with a quote, so that it is no name of ours.
pub(super) fn quoted(text: &str) -> String {
    format!("{QUOTE}{}", text.replace('%', "%25").replace(AND, "%3B"))
}

/// The text of such a one; `None`: it is none.
pub(super) fn unquoted(text: &str) -> Option<String> {
    let text = text.strip_prefix(QUOTE)?;
    Some(text.replace("%3B", ";").replace("%25", "%"))
}

/// The conditions of a text; `None`: it is of another form.
pub(super) fn of_text(text: &str) -> Option<Vec<LabelCondition>> {
    text.split(AND).map(condition_of).collect()
}

fn condition_of(text: &str) -> Option<LabelCondition> {
    let (what, label) = text.split_once('=')?;
    let (name, on) = match what.split_once('@') {
        Some((name, day)) => (name, Some(ShopDay::parse_iso(day)?)),
        None => (what, None),
    };
    let kind = kind_of(name)?;
    let label = if label.is_empty() { None } else { Some(label_of(kind, label)?) };
    Some(LabelCondition { kind, on, label })
}

pub(super) fn label_of(kind: LabelKind, text: &str) -> Option<Label> {
    if is_text(kind)
        && let Some(text) = unquoted(text)
    {
        return Some(Label::Text(text));
    }
    if text == OTHERS && is_text(kind) {
        return Some(Label::Others);
    }
    Label::of_code(kind, text)
}

/// Whether the labels of a kind are texts.
const fn is_text(kind: LabelKind) -> bool {
    matches!(
        kind,
        LabelKind::Grade
            | LabelKind::Country
            | LabelKind::Region
            | LabelKind::Channel
            | LabelKind::Product
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_survive_the_address() {
        for text in [
            "group@2026-07-31=champions;group=cant-lose",
            "class=0",
            "decile=1;decile=10",
            "tier@2026-01-01=;tier=vip",
            "stage=win-back;silence=at-risk",
            "grade='Gold",
            "country='Côte d'Ivoire;region=others",
            "channel=';product='Tea, 50%25 green%3B 100 g",
        ] {
            assert_eq!(of_text(text).map(|it| to_text(&it)).as_deref(), Some(text));
        }
        let label = Some(Label::Text("a;b %3B".to_owned()));
        let odd = vec![LabelCondition { kind: LabelKind::Product, on: None, label }];
        assert_eq!(of_text(&to_text(&odd)), Some(odd));
        for bad in [
            "",
            "group",
            "group=best",
            "mood=good",
            "group@yesterday=lost",
            "class=9",
            "country=France",
            "tier=vip;",
        ] {
            assert_eq!(of_text(bad), None, "{bad}");
        }
    }
}
