//! What tells customers apart on a day, as one column a kind.

use crate::computed::Computed;
use crate::first_orders::FirstLabels;
use crate::frame::CustomerField;
use crate::grades::Grading;
use crate::shop::Shop;
use analytics::{ChurnState, Codes, RfmClass, RfmGroup, Stage, Tier};
use protocol::{Label, LabelKind};

/// A label a customer.
#[derive(Debug, PartialEq, Eq)]
pub struct Labels {
    /// The labels in their order, whether somebody has them or not.
    pub names: Vec<Label>,
    /// One entry a customer: place in `names`; [`Codes::UNKNOWN`] without a label.
    pub codes: Vec<u32>,
}

impl Labels {
    /// Everybody's label of a kind on the day of `computed`.
    pub fn of(shop: &Shop, computed: &Computed, kind: LabelKind) -> Labels {
        let count = computed.summaries.len();
        let as_of = computed.as_of.number();
        match kind {
            LabelKind::Group => Labels::listed(RfmGroup::ALL.map(Label::Group), count, |it| {
                computed.group(it).map(|group| group as u32)
            }),
            LabelKind::Class => Labels::listed(RfmClass::ALL.map(Label::Class), count, |it| {
                computed.classes.class[it].map(|class| class as u32)
            }),
            LabelKind::Tier => Labels::listed(Tier::ALL.map(Label::Tier), count, |it| {
                computed.tier(it).map(|tier| tier as u32)
            }),
            LabelKind::Stage => Labels::listed(Stage::ALL.map(Label::Stage), count, |it| {
                Some(computed.life.stages[it] as u32)
            }),
            LabelKind::Churn => Labels::listed(ChurnState::ALL.map(Label::Churn), count, |it| {
                computed.life.state(it).map(|state| state as u32)
            }),
            LabelKind::Grade => Labels::of_grades(shop, computed),
            LabelKind::Country => Labels::of_field(shop, CustomerField::Country),
            LabelKind::Region => Labels::of_field(shop, CustomerField::Region),
            LabelKind::Channel => Labels::of_texts(FirstLabels::channels(shop, as_of)),
            LabelKind::Product => Labels::of_texts(FirstLabels::products(shop, as_of)),
            LabelKind::Decile => {
                let names = std::array::from_fn::<_, 10, _>(|it| Label::Decile(it as u8 + 1));
                let tenth = |it| modeller::entry(&computed.deciles, it);
                Labels::listed(names, count, |it| tenth(it).map(|nth| nth as u32 - 1))
            }
        }
    }

    fn listed<const N: usize>(
        names: [Label; N],
        count: usize,
        code: impl Fn(usize) -> Option<u32>,
    ) -> Labels {
        let codes = (0..count).map(|it| code(it).unwrap_or(Codes::UNKNOWN)).collect();
        Labels { names: names.into(), codes }
    }

    fn of_field(shop: &Shop, field: CustomerField) -> Labels {
        let frame = &shop.frame;
        let customers = 0..frame.customers.len() as u32;
        let texts: Vec<Option<&str>> =
            customers.map(|it| Some(frame.customers.text(&frame.batches, it, field))).collect();
        Labels::of_texts(FirstLabels::of_texts(&texts))
    }

    fn of_grades(shop: &Shop, computed: &Computed) -> Labels {
        let names = shop.grades.grades();
        let rules = shop.grades.rules().iter();
        let place = |grade: &str| names.iter().position(|it| *it == grade).map(|at| at as u32);
        let of_rule: Vec<Option<u32>> = rules.map(|rule| place(&rule.grade)).collect();
        let hits = Grading::new(shop, computed).hits();
        let codes = hits.into_iter().map(|rule| of_rule[rule?]);
        Labels {
            codes: codes.map(|code| code.unwrap_or(Codes::UNKNOWN)).collect(),
            names: names.into_iter().map(|it| Label::Text(it.to_owned())).collect(),
        }
    }

    fn of_texts(labels: FirstLabels) -> Labels {
        let mut names: Vec<Label> = labels.names.into_iter().map(Label::Text).collect();
        names.extend(labels.has_others.then_some(Label::Others));
        Labels { names, codes: labels.codes }
    }

    /// The customers with a label, or with none; `None`: nobody can have it.
    pub fn code(&self, label: Option<&Label>) -> Option<u32> {
        let Some(label) = label else { return Some(Codes::UNKNOWN) };
        self.names.iter().position(|it| it == label).map(|at| at as u32)
    }
}
