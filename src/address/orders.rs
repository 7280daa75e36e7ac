//! How properties of orders stand in the URL.

use super::labels;
use model::{OrderState, ShopDay};
use protocol::{Dimension, LabelKind, Slice, SliceCondition};

/// Names of the dimensions.
const DIMENSIONS: [(&str, Dimension); 22] = [
    ("month", Dimension::Month),
    ("quarter", Dimension::Quarter),
    ("year", Dimension::Year),
    ("weekday", Dimension::Weekday),
    ("hour", Dimension::Hour),
    ("country", Dimension::Country),
    ("region", Dimension::Region),
    ("city", Dimension::City),
    ("channel", Dimension::Channel),
    ("source", Dimension::Source),
    ("product", Dimension::Product),
    ("discount", Dimension::Discount),
    ("state", Dimension::State),
    ("visit", Dimension::Visit),
    ("group", Dimension::Customer(LabelKind::Group)),
    ("class", Dimension::Customer(LabelKind::Class)),
    ("tier", Dimension::Customer(LabelKind::Tier)),
    ("stage", Dimension::Customer(LabelKind::Stage)),
    ("silence", Dimension::Customer(LabelKind::Churn)),
    ("grade", Dimension::Customer(LabelKind::Grade)),
    ("first-channel", Dimension::Customer(LabelKind::Channel)),
    ("first-product", Dimension::Customer(LabelKind::Product)),
];
/// Names of the states, in the order of [`OrderState::ALL`].
const STATES: [&str; OrderState::ALL.len()] =
    ["test", "cancelled", "unpaid", "zero", "refunded", "partly-refunded", "paid", "refund"];
const YES: &str = "yes";
const NO: &str = "no";
/// Stands between conditions.
const AND: char = ';';

/// The name of a dimension.
pub fn dimension_code(dimension: Dimension) -> &'static str {
    DIMENSIONS.iter().find(|(_, it)| *it == dimension).map_or("", |(name, _)| name)
}

/// The dimension of a name.
pub fn dimension_of(name: &str) -> Option<Dimension> {
    DIMENSIONS.iter().find(|(it, _)| *it == name).map(|(_, dimension)| *dimension)
}

/// Conditions as text: `channel='web;country=`. Nothing behind the sign: without a slice.
pub fn to_text(conditions: &[SliceCondition]) -> String {
    let texts: Vec<String> = conditions.iter().map(condition_text).collect();
    texts.join(";")
}

fn condition_text(it: &SliceCondition) -> String {
    let slice = it.slice.as_ref().map_or_else(String::new, slice_text);
    format!("{}={slice}", dimension_code(it.dimension))
}

/// A slice as text.
pub fn slice_text(slice: &Slice) -> String {
    match slice {
        Slice::Start(day) => day.to_string(),
        Slice::Number(number) => number.to_string(),
        Slice::Text(text) => labels::quoted(text),
        Slice::Others => labels::OTHERS.to_owned(),
        Slice::Is(is) => if *is { YES } else { NO }.to_owned(),
        Slice::State(state) => STATES[*state as usize].to_owned(),
        Slice::Label(label) => labels::label_text(label),
    }
}

/// The conditions of a text; `None`: it is of another form. No text: none.
pub fn of_text(text: &str) -> Option<Vec<SliceCondition>> {
    if text.is_empty() {
        return Some(Vec::new());
    }
    text.split(AND).map(condition_of).collect()
}

/// The condition of `channel='web`; `None`: it is of another form.
pub fn condition_of(text: &str) -> Option<SliceCondition> {
    let (name, slice) = text.split_once('=')?;
    let dimension = dimension_of(name)?;
    let slice = if slice.is_empty() { None } else { Some(slice_of(dimension, slice)?) };
    Some(SliceCondition { dimension, slice })
}

fn slice_of(dimension: Dimension, text: &str) -> Option<Slice> {
    let number = |below: u8| text.parse().ok().filter(|it| *it < below).map(Slice::Number);
    match dimension {
        Dimension::Month | Dimension::Quarter | Dimension::Year => {
            ShopDay::parse_iso(text).map(Slice::Start)
        }
        Dimension::Weekday => number(7),
        Dimension::Hour => number(24),
        Dimension::Discount | Dimension::Visit => match text {
            YES => Some(Slice::Is(true)),
            NO => Some(Slice::Is(false)),
            _ => None,
        },
        Dimension::State => {
            let states = STATES.iter().zip(OrderState::ALL);
            states.into_iter().find(|(it, _)| **it == text).map(|(_, it)| Slice::State(it))
        }
        Dimension::Customer(kind) => labels::label_of(kind, text).map(Slice::Label),
        Dimension::Country
        | Dimension::Region
        | Dimension::City
        | Dimension::Channel
        | Dimension::Source
        | Dimension::Product => match text {
            labels::OTHERS => Some(Slice::Others),
            text => labels::unquoted(text).map(Slice::Text),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dimension_has_a_name() {
        for dimension in Dimension::ALL {
            assert_eq!(dimension_of(dimension_code(dimension)), Some(dimension));
        }
    }

    #[test]
    fn conditions_survive_the_address() {
        for text in [
            "month=2026-01-01;channel='web",
            "weekday=6;hour=23;hour=",
            "product='Tea, 50%25 green%3B 100 g;city=others",
            "discount=yes;visit=no;state=partly-refunded",
            "group=cant-lose;tier=vip;first-channel='shop",
            "",
        ] {
            assert_eq!(of_text(text).map(|it| to_text(&it)).as_deref(), Some(text));
        }
        for bad in [
            "month",
            "month=January",
            "weekday=7",
            "hour=24",
            "channel=web",
            "visit=maybe",
            "state=lost",
            "mood='good",
            "group=best",
            "tier=vip;",
        ] {
            assert_eq!(of_text(bad), None, "{bad}");
        }
    }
}
