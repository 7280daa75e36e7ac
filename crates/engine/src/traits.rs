//! Traits of customers as columns: ages, tags, labels.

use crate::computed::Computed;
use crate::frame::OrderRef;
use crate::labels::Labels;
use crate::permission::list;
use crate::shop::Shop;
use crate::tags;
use analytics::{Codes, Propensity, Tier, TooFewToLearn, learn_best};
use foldhash::fast::FixedState;
use hashbrown::HashMap;
use model::ShopDay;
use protocol::{AGE_BANDS, LabelKind, Trait, TraitKind};
use std::cmp::Reverse;

/// So many tags are looked at, those of most customers.
const MOST_TAGS: usize = 20;
/// What may tell the best customers from others, and is known of people who have not bought.
pub const TELLING: [TraitKind; 6] = [
    TraitKind::Age,
    TraitKind::Tag,
    TraitKind::Label(LabelKind::Country),
    TraitKind::Label(LabelKind::Region),
    TraitKind::Label(LabelKind::Channel),
    TraitKind::Label(LabelKind::Product),
];

/// Everybody's traits of some kinds.
#[derive(Debug)]
pub struct Known(Vec<(TraitKind, Vec<Column>)>);

impl Known {
    /// What is known of those kinds.
    pub fn gather(shop: &Shop, computed: &Computed, kinds: &[TraitKind]) -> Known {
        let of_kind = |kind: &TraitKind| (*kind, Column::of(shop, computed, *kind));
        Known(kinds.iter().map(of_kind).filter(|it| !it.1.is_empty()).collect())
    }

    /// The columns of a kind; none if nothing is known.
    pub fn of(&self, kind: TraitKind) -> &[Column] {
        self.0.iter().find(|it| it.0 == kind).map_or(&[], |it| &it.1)
    }
}

/// Everybody's trait of a kind. Of tags one column each: with it, or without.
#[derive(Debug)]
pub struct Column {
    /// The traits; a code after them means a customer of whom it is known that there is none.
    pub names: Vec<Trait>,
    /// One entry a customer; [`Codes::UNKNOWN`]: not known.
    codes: Vec<u32>,
}

impl Column {
    /// As `analytics` takes it.
    pub fn codes(&self) -> Codes<'_> {
        Codes::new(&self.codes, self.names.len() + 1)
    }

    /// The columns of a kind; none if nothing is known.
    fn of(shop: &Shop, computed: &Computed, kind: TraitKind) -> Vec<Column> {
        let columns = match kind {
            TraitKind::Age => vec![ages(shop, computed.as_of)],
            TraitKind::Tag => of_tags(shop),
            TraitKind::Label(kind) => {
                let Labels { names, codes } = Labels::of(shop, computed, kind);
                let names = names.into_iter().map(|it| Trait::Label(kind, it)).collect();
                vec![Column { names, codes }]
            }
        };
        columns.into_iter().filter(Column::tells_apart).collect()
    }

    /// Whether somebody has one of its traits.
    fn tells_apart(&self) -> bool {
        let codes = Codes::new(&self.codes, self.names.len());
        (0..self.codes.len()).any(|customer| codes.get(customer).is_some())
    }

    /// Everybody with a trait, rising.
    pub fn with(&self, label: &Trait) -> Vec<u32> {
        let Some(at) = self.names.iter().position(|it| it == label) else { return Vec::new() };
        let customers = self.codes.iter().zip(0..);
        customers.filter(|(code, _)| **code == at as u32).map(|(_, customer)| customer).collect()
    }
}

fn ages(shop: &Shop, as_of: ShopDay) -> Column {
    let count = shop.frame.customers.len() as u32;
    let band = |age: u8| AGE_BANDS.partition_point(|from| *from <= age) as u32 - 1;
    let code = |customer| age(shop, customer, as_of).map_or(Codes::UNKNOWN, band);
    Column { names: AGE_BANDS.map(Trait::Age).into(), codes: (0..count).map(code).collect() }
}

/// The age of a customer by the newest list that tells a year of birth.
fn age(shop: &Shop, customer: u32, as_of: ShopDay) -> Option<u8> {
    let told = |at: &OrderRef| {
        let birthday = list(shop, *at).birthday[at.row as usize]?;
        Some((i32::from(birthday.year()?), u32::from(birthday.month()), u32::from(birthday.day())))
    };
    let (year, month, day) = shop.frame.people.contacts(customer).iter().rev().find_map(told)?;
    let day_of_month = as_of.days_since(as_of.first_of_month()) as u32 + 1;
    let had = (as_of.month(), day_of_month) >= (month, day);
    let age = as_of.year() - year - i32::from(!had);
    u8::try_from(age).ok().filter(|age| *age < 120)
}

/// A column a tag: of lists and of persons. Known is who has any tag or is on a contact list.
fn of_tags(shop: &Shop) -> Vec<Column> {
    let mut of_everybody: Vec<Vec<&str>> = tags::by_customer(shop).collect();
    for own in &mut of_everybody {
        own.sort_unstable();
        own.dedup();
    }
    let mut counts: HashMap<&str, u32, FixedState> = HashMap::default();
    for tag in of_everybody.iter().flatten() {
        *counts.entry(tag).or_default() += 1;
    }
    let mut names: Vec<(&str, u32)> = counts.into_iter().collect();
    tiny_sort::unstable::sort_by_key(&mut names, |&(tag, count)| (Reverse(count), tag));
    names.truncate(MOST_TAGS);
    let column = |(tag, _): (&str, u32)| {
        let code = |(customer, own): (u32, &Vec<&str>)| {
            let is_known = !own.is_empty() || !shop.frame.people.contacts(customer).is_empty();
            match own.binary_search(&tag) {
                Ok(_) => 0,
                Err(_) if is_known => 1,
                Err(_) => Codes::UNKNOWN,
            }
        };
        Column {
            names: vec![Trait::Tag(tag.to_owned())],
            codes: (0..).zip(&of_everybody).map(code).collect(),
        }
    };
    names.into_iter().map(column).collect()
}

/// What tells the best customers from others.
#[derive(Debug)]
pub struct LikeBest<'a> {
    columns: Vec<&'a Column>,
    learnt: Propensity,
    /// Whether the candidates have no order.
    pub are_prospects: bool,
    candidates: Vec<usize>,
}

/// Somebody like the best, with what speaks for it.
#[derive(Debug)]
pub struct Alike {
    /// Who.
    pub customer: u32,
    /// How many times as often the best have each trait as other buyers.
    pub reasons: Vec<(Trait, f64)>,
}

impl<'a> LikeBest<'a> {
    /// Learns from the buyers of a day, by what is known of [`TELLING`].
    pub fn learn(computed: &Computed, known: &'a Known) -> Result<LikeBest<'a>, TooFewToLearn> {
        let columns: Vec<&Column> = TELLING.into_iter().flat_map(|kind| known.of(kind)).collect();
        let orders = &computed.summaries.orders;
        let is_best = |customer: usize| {
            let is_top = matches!(computed.tier(customer), Some(Tier::Vip | Tier::Big));
            (orders[customer] > 0).then_some(is_top)
        };
        let is_best: Vec<Option<bool>> = (0..orders.len()).map(is_best).collect();
        let codes: Vec<Codes<'_>> = columns.iter().map(|it| it.codes()).collect();
        let learnt = learn_best(&codes, &is_best)?;
        let with = |count: u32| -> Vec<usize> {
            (0..orders.len()).filter(|customer| orders[*customer] == count).collect()
        };
        let prospects = with(0);
        let are_prospects = !prospects.is_empty();
        let candidates = if are_prospects {
            prospects
        } else {
            let mut seldom = with(1);
            // Who is among the best already is no find.
            seldom.retain(|customer| is_best[*customer] == Some(false));
            seldom
        };
        Ok(LikeBest { columns, learnt, are_prospects, candidates })
    }

    /// How often a best customer scores above another buyer.
    pub const fn area(&self) -> f64 {
        self.learnt.area_under_curve
    }

    /// Those who are more like the best than like others, the most alike first.
    pub fn found(&self) -> Vec<Alike> {
        let codes: Vec<Codes<'_>> = self.columns.iter().map(|it| it.codes()).collect();
        let candidates = self.candidates.iter().copied();
        let found = self.learnt.look_alikes(&codes, candidates, usize::MAX);
        let alike = |it: analytics::LookAlike| {
            let customer = it.customer as usize;
            let reasons = it.reasons.into_iter().filter_map(|(column, evidence)| {
                let label = codes[column].get(customer)?;
                // Not to have a tag is no trait to be named.
                Some((self.columns[column].names.get(label)?.clone(), evidence.exp()))
            });
            Alike { customer: it.customer, reasons: reasons.collect() }
        };
        found.into_iter().map(alike).collect()
    }
}
