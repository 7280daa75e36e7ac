//! The shop in memory: its facts, its frame, its edits.

use crate::exchange::Exchange;
use crate::frame::{Frame, Joined, LoadedBatch};
use crate::host::Host;
use crate::import::device_profile;
use analytics::DEFAULT_SHARES;
use model::{
    Currency, CustomerId, Entity, Field, OrderTime, Origin, ShopDay, ShopProfile, TimeColumn,
    Value, Zone, blocks, read_decimal,
};
use protocol::{
    DeliveredWeights, EditedFacts, GradeRules, LifecycleChoice, RfmChoice, RfmWindow, Target,
    Targets, are_tier_shares,
};
use sample::Language;
use std::ops::RangeInclusive;
use std::rc::Rc;
use store::{Edits, Overlay};

/// Names of edited fields. They are in users' logs: never change one.
pub mod field {
    /// Name of the shop or of a customer.
    pub const NAME: &str = "name";
    /// The shop's time zone.
    pub const TIME_ZONE: &str = "time_zone";
    /// The shop's currency.
    pub const CURRENCY: &str = "currency";
    /// The shop's country.
    pub const COUNTRY: &str = "country";
    /// The time zone as the first import suggested. Before there were these fields suggestions were
    /// in those above, of the origin of imports.
    pub const TIME_ZONE_FOUND: &str = "time_zone.found";
    /// The currency as the first import suggested.
    pub const CURRENCY_FOUND: &str = "currency.found";
    /// The country as the first import suggested.
    pub const COUNTRY_FOUND: &str = "country.found";
    /// Percent of customers a tier, four numbers with commas between.
    pub const TIER_SHARES: &str = "tier_shares";
    /// How customers are scored, as [`protocol::RfmChoice`] writes it.
    pub const RFM: &str = "rfm";
    /// How silence is judged, as [`protocol::LifecycleChoice`] writes it.
    pub const LIFECYCLE: &str = "lifecycle";
    /// Percent that a figure of the first screen is to reach.
    pub const TARGETS: [&str; 3] = ["target_identified", "target_satisfied", "target_repeat"];
    /// The shop's own grades, as [`protocol::GradeRules`] writes them.
    pub const GRADES: &str = "grades";
    /// How the parts of the delivered value weigh, as [`protocol::DeliveredWeights`] writes them.
    pub const DELIVERED_WEIGHTS: &str = "delivered_weights";
    /// A customer's note.
    pub const NOTE: &str = "note";
    /// A customer's tags, a set of words.
    pub const TAGS: &str = "tags";
    /// The days on which a customer was contacted, a set of ISO days.
    pub const CONTACTED: &str = "contacted";
    /// Whether the shop does not want to write to a customer.
    pub const BLOCKED: &str = "do_not_contact";
    /// The fixed segments that a customer was put into, a set of their ids.
    pub const SEGMENTS: &str = "segments";
    /// From when to when the shop turns to a customer no more of its own accord, as
    /// [`crate::put_off::PutOff`] writes it.
    pub const PUT_OFF: &str = "put_off";
    /// The same of what the customer has said and waits for.
    pub const SERVICE_PUT_OFF: &str = "service_put_off";
    /// Why a customer leaves, as [`protocol::ChurnReason::code`] has it.
    pub const CHURN_REASON: &str = "churn_reason";
    /// Who of the shop looks after a customer.
    pub const OWNER: &str = "owner";
    /// Whether winning a customer back is still tried, and since when that is said: `lost/2026-11-22`.
    pub const VERDICT: &str = "win_back";
}

/// Of what kind the imports in force are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contents {
    /// There is none.
    Nothing,
    /// The sample shop.
    Sample(Language),
    /// The user's own.
    Own,
}

/// Everything that figures are worked out from.
#[derive(Debug)]
pub struct Shop {
    /// Grows with every change of the data.
    pub revision: u64,
    /// The revision at which the orders came together.
    pub built: u64,
    /// Of what kind the imports are.
    pub contents: Contents,
    /// Name, zone, currency, country.
    pub profile: ShopProfile,
    /// The zone itself.
    pub zone: Zone,
    /// What other currencies are in the shop's.
    pub exchange: Exchange,
    /// Percent of customers a tier.
    pub tier_shares_percent: [f64; 4],
    /// How customers are scored.
    pub rfm: RfmChoice,
    /// How silence is judged and where the stages begin.
    pub lifecycle: LifecycleChoice,
    /// The shop's own grades.
    pub grades: GradeRules,
    /// The orders.
    pub frame: Frame,
    /// Edited fields.
    pub overlay: Rc<Overlay>,
}

impl Shop {
    /// The shop of some imports and edits.
    pub fn new(
        host: &impl Host,
        overlay: Overlay,
        contents: Contents,
        batches: Vec<LoadedBatch>,
        revision: u64,
    ) -> Shop {
        let profile = profile(host, &overlay, contents);
        let imports = Joined::of(batches);
        let during = instants_of(&imports.whole, host.now_ms());
        let zone = host.zone(&profile.time_zone, during).unwrap_or_else(Zone::utc);
        let exchange = Exchange::of(&overlay, profile.currency);
        let frame = Frame::build(imports, &zone, &exchange);
        let (tier_shares_percent, rfm) = (tier_shares(&overlay), rfm_choice(&overlay, &frame));
        let (lifecycle, grades) = (lifecycle_choice(&overlay), grade_rules(&overlay));
        Shop {
            revision,
            built: revision,
            contents,
            profile,
            zone,
            exchange,
            tier_shares_percent,
            rfm,
            lifecycle,
            grades,
            frame,
            overlay: Rc::new(overlay),
        }
    }

    /// The shop of some customers alone, rising. What holds of the whole shop stays: facts and
    /// choices.
    pub fn limited(&self, members: &[u32]) -> Shop {
        Shop {
            profile: self.profile.clone(),
            zone: self.zone.clone(),
            exchange: self.exchange.clone(),
            grades: self.grades.clone(),
            frame: self.frame.limited(members, &self.exchange),
            overlay: Rc::clone(&self.overlay),
            ..*self
        }
    }

    /// Takes over edits that change no order: names, notes, tier shares, scoring.
    pub fn edited_now(&mut self, host: &impl Host, overlay: Overlay) {
        self.profile = profile(host, &overlay, self.contents);
        self.tier_shares_percent = tier_shares(&overlay);
        self.rfm = rfm_choice(&overlay, &self.frame);
        self.lifecycle = lifecycle_choice(&overlay);
        self.grades = grade_rules(&overlay);
        self.overlay = Rc::new(overlay);
        self.revision += 1;
    }

    /// Today in the shop's zone.
    pub fn today(&self, host: &impl Host) -> ShopDay {
        self.zone.day_of(OrderTime::Instant((host.now_ms() / 1000) as i64))
    }

    /// The facts that a file is read under: the shop's, or, while there are no real orders, those
    /// that the first import will settle.
    pub fn profile_for_import(&self, host: &impl Host) -> ShopProfile {
        match self.contents {
            Contents::Own => self.profile.clone(),
            Contents::Nothing | Contents::Sample(_) => {
                profile(host, &self.overlay, Contents::Nothing)
            }
        }
    }

    /// Shares of customers a tier, 0 to 1.
    pub fn tier_shares(&self) -> [f64; 4] {
        self.tier_shares_percent.map(|percent| percent / 100.0)
    }

    /// The name that a person gave a customer.
    pub fn edited_name(&self, customer: u32) -> Option<&str> {
        if self.overlay.is_empty() {
            return None;
        }
        let id = self.frame.customers.id(&self.frame.batches, customer);
        Some(self.edited(id, field::NAME)).filter(|name| !name.is_empty())
    }

    /// The facts that a person has set. Also those that an import has set where a person's stand,
    /// as once they did: there to take a person's back would lose them.
    pub fn edited_facts(&self) -> EditedFacts {
        let text = |name: &str| text(&self.overlay, &Entity::Shop, name).to_owned();
        EditedFacts {
            name: text(field::NAME),
            time_zone: text(field::TIME_ZONE),
            currency: text(field::CURRENCY),
            country: text(field::COUNTRY),
        }
    }

    /// The id of a customer.
    pub fn id(&self, customer: u32) -> CustomerId {
        self.frame.customers.id(&self.frame.batches, customer)
    }

    /// The words of an edited set of a customer, by letter.
    pub fn words(&self, id: CustomerId, name: &str) -> impl Iterator<Item = &str> {
        let field = self.overlay.field(&Entity::Customer(id), name);
        field.into_iter().flat_map(|it| it.words.keys().map(String::as_str))
    }

    /// The customers of whom one of some fields was ever edited, rising, with their edits.
    pub fn with_edits(&self, names: &[&str]) -> Vec<(u32, &Edits)> {
        let is_meant = |edits: &Edits| names.iter().any(|name| edits.fields.contains_key(*name));
        let edited = self.overlay.iter().filter_map(|(entity, edits)| match entity {
            Entity::Customer(id) if is_meant(edits) => Some((*id, edits)),
            _ => None,
        });
        // By id, as the overlay is: ids of records are not, so each customer is looked up here.
        let edited: Vec<(CustomerId, &Edits)> = edited.collect();
        if edited.is_empty() {
            return Vec::new();
        }
        let find = |customer: u32| {
            let at = edited.binary_search_by_key(&self.id(customer), |it| it.0).ok()?;
            Some((customer, edited[at].1))
        };
        (0..self.frame.customers.len() as u32).filter_map(find).collect()
    }

    /// Whether the shop does not want to write to a customer.
    pub fn is_blocked(&self, id: CustomerId) -> bool {
        let field = self.overlay.field(&Entity::Customer(id), field::BLOCKED);
        field.and_then(Field::value) == Some(&Value::Flag(true))
    }

    /// An edited text of a customer; empty: none.
    pub fn edited(&self, id: CustomerId, name: &str) -> &str {
        text(&self.overlay, &Entity::Customer(id), name)
    }
}

/// The instants that the shop's zone is needed for: those of its orders, and until its present day
/// has passed for a tab that is left open.
fn instants_of(batches: &[LoadedBatch], now_ms: u64) -> RangeInclusive<i64> {
    const YEAR: i64 = 366 * 86_400;
    let now = (now_ms / 1000) as i64;
    let columns = batches.iter().map(|batch| &batch.tables.orders.at);
    let blocks = columns.flat_map(|at| blocks(at.len()).map(|rows| &at[rows]));
    let span = blocks.fold(now..=now + YEAR, with_instants);
    let times = batches.iter().flat_map(|batch| batch.tables.people.times());
    let ends = times.filter_map(TimeColumn::span).flat_map(|(first, last)| [first, last]);
    ends.fold(span, |span, (OrderTime::Instant(at) | OrderTime::Wall(at))| {
        with_instants(span, &[at])
    })
}

/// The span that has the `instants` too.
#[inline(never)]
fn with_instants(span: RangeInclusive<i64>, instants: &[i64]) -> RangeInclusive<i64> {
    let (first, last) = span.into_inner();
    let first = instants.iter().fold(first, |first, at| first.min(*at));
    first..=instants.iter().fold(last, |last, at| last.max(*at))
}

fn tier_shares(overlay: &Overlay) -> [f64; 4] {
    parse_shares(text(overlay, &Entity::Shop, field::TIER_SHARES))
        .unwrap_or_else(|| DEFAULT_SHARES.map(|share| share * 100.0))
}

/// As stored; the default where that is of another form. Summaries tell amounts of all time alone.
fn rfm_choice(overlay: &Overlay, frame: &Frame) -> RfmChoice {
    let choice = RfmChoice::parse(text(overlay, &Entity::Shop, field::RFM)).unwrap_or_default();
    match frame.summarised.until() {
        Some(_) => RfmChoice { window: RfmWindow::AllTime, ..choice },
        None => choice,
    }
}

/// As stored; the default where that is of another form.
fn lifecycle_choice(overlay: &Overlay) -> LifecycleChoice {
    LifecycleChoice::parse(text(overlay, &Entity::Shop, field::LIFECYCLE)).unwrap_or_default()
}

/// As stored; none where that is of another form.
pub fn targets(overlay: &Overlay) -> Targets {
    Targets(field::TARGETS.map(|name| Target::parse(text(overlay, &Entity::Shop, name))))
}

/// As stored; all alike where that is of another form.
pub fn delivered_weights(overlay: &Overlay) -> DeliveredWeights {
    let text = text(overlay, &Entity::Shop, field::DELIVERED_WEIGHTS);
    DeliveredWeights::parse(text).unwrap_or_default()
}

/// As stored; no rules where that is of another form.
fn grade_rules(overlay: &Overlay) -> GradeRules {
    GradeRules::parse(text(overlay, &Entity::Shop, field::GRADES)).unwrap_or_default()
}

/// The facts of the shop: as set by a person; else as the first import suggested, while any import
/// of the user's own is in force; else those of the sample shop; else what this device suggests.
pub fn profile(host: &impl Host, overlay: &Overlay, contents: Contents) -> ShopProfile {
    let fallback = match contents {
        Contents::Sample(language) => sample::profile(language),
        Contents::Nothing | Contents::Own => device_profile(host),
    };
    let set = |name: &str| {
        let (origin, _, value) = overlay.field(&Entity::Shop, name)?.set.as_ref()?;
        let holds = *origin == Origin::Person || contents == Contents::Own;
        match value {
            Value::Text(text) if holds && !text.is_empty() => Some(text.clone()),
            _ => None,
        }
    };
    let set_or_found = |name: &str, found: &str| set(name).or_else(|| set(found));
    let currency = set_or_found(field::CURRENCY, field::CURRENCY_FOUND);
    ShopProfile {
        currency: currency.and_then(|code| Currency::from_code(&code)).unwrap_or(fallback.currency),
        name: set(field::NAME).unwrap_or(fallback.name),
        time_zone: set_or_found(field::TIME_ZONE, field::TIME_ZONE_FOUND)
            .unwrap_or(fallback.time_zone),
        country: set_or_found(field::COUNTRY, field::COUNTRY_FOUND).unwrap_or(fallback.country),
    }
}

/// Whether a person has set a fact of the shop: no file says otherwise.
pub fn is_set_by_person(overlay: &Overlay, name: &str) -> bool {
    let set = overlay.field(&Entity::Shop, name).and_then(|field| field.set.as_ref());
    set.is_some_and(|(origin, _, value)| {
        *origin == Origin::Person && matches!(value, Value::Text(text) if !text.is_empty())
    })
}

fn text<'a>(overlay: &'a Overlay, entity: &Entity, name: &str) -> &'a str {
    overlay.field(entity, name).map_or("", Field::text)
}

/// Reads `1,4,15,80`; `None` unless it is four shares above 0 that sum to 100.
pub fn parse_shares(text: &str) -> Option<[f64; 4]> {
    let shares: Vec<f64> = text.split(',').map(read_decimal).collect::<Option<_>>()?;
    let shares: [f64; 4] = shares.try_into().ok()?;
    are_tier_shares(&shares).then_some(shares)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tier_shares_must_sum_to_a_hundred() {
        assert_eq!(parse_shares("1,4,15,80"), Some([1.0, 4.0, 15.0, 80.0]));
        for bad in ["", "1,4,15", "1,4,15,81", "0,5,15,80", "-1,6,15,80", "a,b,c,d", "1,4,15,80,0"]
        {
            assert_eq!(parse_shares(bad), None, "{bad}");
        }
    }
}
