//! The rule that means whom a filter of the customer list lets through.

use super::{churn_code, group_code};
use protocol::{Behind, ChoiceField, CustomerFilter, Label, Rule, slug};

/// The rule of a filter; `None`: no rule can say it.
pub fn rule_of(filter: &CustomerFilter) -> Option<String> {
    let mut parts = Vec::new();
    let mut choose =
        |field: ChoiceField, code: String| parts.push(format!("{}={code}", field.name()));
    if let Some(group) = filter.group {
        choose(ChoiceField::Group, group_code(group));
    }
    if let Some(class) = filter.class {
        choose(ChoiceField::Class, (class as u8).to_string());
    }
    if let Some(tier) = filter.tier {
        choose(ChoiceField::Tier, slug(tier.name()));
    }
    if let Some(stage) = filter.stage {
        choose(ChoiceField::Stage, slug(stage.name()));
    }
    if let Some(state) = filter.churn {
        choose(ChoiceField::Silence, churn_code(state));
    }
    for (name, score) in [("r", filter.r), ("f", filter.f), ("m", filter.m)] {
        if score > 0 {
            parts.push(format!("{name}={score}"));
        }
    }
    if filter.orders > 0 {
        parts.push(format!("orders={}", filter.orders));
    }
    if filter.within_days > 0 {
        parts.push(format!("silent<={}", filter.within_days));
    }
    if !filter.tag.is_empty() {
        let text = protocol::Test::Text {
            field: protocol::TextField::Tag,
            how: protocol::How::Is,
            text: filter.tag.clone(),
            is: true,
        };
        parts.push(text.to_string());
    }
    // What is late depends on each customer's own rhythm.
    if filter.slipping {
        return None;
    }
    match &filter.behind {
        None => {}
        Some(Behind::Rule(rule)) => parts.push(Rule::parse(rule)?.to_string()),
        Some(Behind::Leaving) => parts.push("silence=at-risk|churned".to_owned()),
        Some(Behind::Labelled(conditions)) => {
            for condition in conditions {
                let field = ChoiceField::of_kind(condition.kind)?;
                // Of another day, or without a label, or of many texts that few have.
                let label = condition.label.clone().filter(|_| condition.on.is_none())?;
                let labels = vec![label].into_iter().filter(|it| *it != Label::Others).collect();
                parts.push(protocol::Test::Choice { field, labels, is: true }.to_string());
            }
        }
        Some(Behind::Bought { all, without }) => {
            let bought = |product: &String, is| protocol::Test::Bought {
                product: product.clone(),
                window: protocol::RfmWindow::AllTime,
                is,
            };
            parts.extend(all.iter().map(|it| bought(it, true).to_string()));
            parts.extend(without.iter().map(|it| bought(it, false).to_string()));
        }
        Some(_) => return None,
    }
    let rule = format!("all({})", parts.join(","));
    Rule::parse(&rule).map(|it| it.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::{LabelCondition, LabelKind, RfmGroup, Tier};

    #[test]
    fn a_filter_becomes_the_rule_that_means_the_same() {
        let labelled = |kind, label| {
            let condition = LabelCondition { kind, on: None, label: Some(label) };
            Some(Behind::Labelled(vec![condition]))
        };
        for (filter, expected) in [
            (CustomerFilter::default(), Some("all()")),
            (
                CustomerFilter {
                    group: Some(RfmGroup::CantLose),
                    tier: Some(Tier::Vip),
                    r: 2,
                    tag: "o'x".to_owned(),
                    ..CustomerFilter::default()
                },
                Some("all(group=cant-lose,tier=vip,r=2,tag='o%27x')"),
            ),
            (
                CustomerFilter { orders: 1, within_days: 30, ..CustomerFilter::default() },
                Some("all(orders=1,silent<=30)"),
            ),
            (CustomerFilter::behind(Behind::Rule("net>5".to_owned())), Some("all(all(net>5))")),
            (
                CustomerFilter {
                    behind: labelled(LabelKind::Grade, Label::Text("Gold".to_owned())),
                    ..CustomerFilter::default()
                },
                Some("all(grade='Gold')"),
            ),
            (
                CustomerFilter {
                    behind: labelled(LabelKind::Country, Label::Text("China".to_owned())),
                    ..CustomerFilter::default()
                },
                None,
            ),
            (CustomerFilter { slipping: true, ..CustomerFilter::default() }, None),
            (CustomerFilter::behind(Behind::Detractors), None),
        ] {
            assert_eq!(rule_of(&filter).as_deref(), expected, "{filter:?}");
        }
    }
}
