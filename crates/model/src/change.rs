//! The change: how anything is edited, and the rule by which edits of several devices merge.
//!
//! Every edit is one field of one thing, stamped by a hybrid logical clock (Kulkarni et al. 2014,
//! "Logical Physical Clocks"). Devices exchange changes in any order, twice or late, and reach the
//! same state: merging is commutative, associative and idempotent.

use crate::CustomerId;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// One browser profile that edits. Random, made at first start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DeviceId(pub u64);

/// A stamp of the hybrid logical clock: wall time that never runs backwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Hlc {
    /// Milliseconds since 1 January 1970, or the highest yet seen.
    pub ms: u64,
    /// Counts stamps within one millisecond.
    pub counter: u32,
    /// Breaks ties between devices.
    pub device: DeviceId,
}

impl Hlc {
    /// A clock that has not ticked yet.
    pub const fn start(device: DeviceId) -> Hlc {
        Hlc { ms: 0, counter: 0, device }
    }

    /// The stamp of the next change made here, later than any seen before.
    #[must_use]
    pub fn tick(self, now_ms: u64) -> Hlc {
        if now_ms > self.ms {
            Hlc { ms: now_ms, counter: 0, device: self.device }
        } else {
            self.after_same_ms()
        }
    }

    /// This clock after it has seen a stamp from elsewhere.
    #[must_use]
    pub fn observe(self, seen: Hlc) -> Hlc {
        let (ms, counter) = (self.ms, self.counter).max((seen.ms, seen.counter));
        Hlc { ms, counter, device: self.device }
    }

    fn after_same_ms(self) -> Hlc {
        match self.counter.checked_add(1) {
            Some(counter) => Hlc { counter, ..self },
            None => Hlc { ms: self.ms + 1, counter: 0, device: self.device },
        }
    }
}

/// What a change is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Entity {
    /// The shop itself.
    Shop,
    /// A customer.
    Customer(CustomerId),
}

/// The name of a field, as `note`. Text, so that a device keeps what a newer one writes.
pub type FieldName = String;

/// What a field can hold.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Value {
    /// Text; empty: nothing.
    Text(String),
    /// A whole number: minor units, days, counts.
    Number(i64),
    /// Yes or no.
    Flag(bool),
}

/// Who made the change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Origin {
    /// A file. Never overrides a person.
    Import,
    /// A person, by hand.
    Person,
}

/// What is done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Operation {
    /// Puts a value in place of the old one. The latest wins.
    Set(Value),
    /// Adds to a number. All count, each once.
    Add(i64),
    /// Puts a word into a set.
    Include(String),
    /// Takes a word out of a set, as far as the stamps listed put it in.
    Exclude(String, Vec<Hlc>),
    /// Deletes the whole thing. Wins over edits made at the same time.
    Delete,
}

/// One edit: one field of one thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// When, and on which device. Unique.
    pub stamp: Hlc,
    /// By whom.
    pub origin: Origin,
    /// Of what.
    pub entity: Entity,
    /// Which field; empty for [`Operation::Delete`].
    pub field: FieldName,
    /// What is done to it.
    pub operation: Operation,
}

/// All that is known of one field: enough to merge further changes in any order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// The winning value with what decides between two: origin first, then stamp.
    pub set: Option<(Origin, Hlc, Value)>,
    /// Every addition, once.
    pub added: BTreeMap<Hlc, i64>,
    /// Every inclusion of a word that no exclusion has seen.
    pub words: BTreeMap<String, BTreeSet<Hlc>>,
    /// Stamps that exclusions have seen: they stay out, however late they arrive.
    pub gone: BTreeSet<Hlc>,
}

impl Field {
    /// Applies one operation. Applying it again, or in another order, gives the same field.
    pub fn apply(&mut self, stamp: Hlc, origin: Origin, operation: &Operation) {
        match operation {
            Operation::Set(value) => {
                // The value decides between two of one stamp, which only a copied device can make.
                let loses =
                    |(by, at, of): &(Origin, Hlc, Value)| (*by, *at, of) >= (origin, stamp, value);
                if !self.set.as_ref().is_some_and(loses) {
                    self.set = Some((origin, stamp, value.clone()));
                }
            }
            Operation::Add(amount) => {
                // Of two amounts of one stamp, which only a copied device can give, the larger counts.
                let added = self.added.entry(stamp).or_insert(*amount);
                *added = (*added).max(*amount);
            }
            Operation::Include(word) => {
                if !self.gone.contains(&stamp) {
                    self.words.entry(word.clone()).or_default().insert(stamp);
                }
            }
            // A stamp puts one word in, so the stamps alone say what goes out.
            Operation::Exclude(_, seen) => {
                self.gone.extend(seen);
                self.words.retain(|_, stamps| {
                    stamps.retain(|stamp| !seen.contains(stamp));
                    !stamps.is_empty()
                });
            }
            // The thing's own tombstone is kept beside its fields, not in one of them.
            Operation::Delete => {}
        }
    }

    /// Operations that make an empty field this one: as few as there can be.
    pub fn operations(&self) -> Vec<(Hlc, Origin, Operation)> {
        let set = self.set.iter().map(|(by, at, value)| (*at, *by, Operation::Set(value.clone())));
        let added = self.added.iter().map(|(at, n)| (*at, Origin::Person, Operation::Add(*n)));
        let words = self.words.iter().flat_map(|(word, stamps)| {
            stamps.iter().map(|at| (*at, Origin::Person, Operation::Include(word.clone())))
        });
        let gone = self.gone.last().map(|last| {
            let seen = self.gone.iter().copied().collect();
            (*last, Origin::Person, Operation::Exclude(String::new(), seen))
        });
        set.chain(added).chain(words).chain(gone).collect()
    }

    /// The value in force, if any was set.
    pub fn value(&self) -> Option<&Value> {
        self.set.as_ref().map(|(_, _, value)| value)
    }

    /// The text in force; empty if none.
    pub fn text(&self) -> &str {
        match self.value() {
            Some(Value::Text(text)) => text,
            _ => "",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn stamp() -> impl Strategy<Value = Hlc> {
        (0..6_u64, 0..2_u32, 0..3_u64).prop_map(|(ms, counter, device)| Hlc {
            ms,
            counter,
            device: DeviceId(device),
        })
    }

    fn operation() -> impl Strategy<Value = Operation> {
        let word = prop::sample::select(vec!["vip", "tea"]).prop_map(str::to_owned);
        prop_oneof![
            (0..9_i64).prop_map(|n| Operation::Set(Value::Number(n))),
            (1..5_i64).prop_map(Operation::Add),
            word.clone().prop_map(Operation::Include),
            (word, prop::collection::vec(stamp(), 0..3))
                .prop_map(|(w, s)| Operation::Exclude(w, s)),
        ]
    }

    /// Stamps are unique in life: one change a stamp.
    fn changes() -> impl Strategy<Value = Vec<(Hlc, Origin, Operation)>> {
        let origin = prop::sample::select(vec![Origin::Import, Origin::Person]);
        prop::collection::btree_map(stamp(), (origin, operation()), 0..12)
            .prop_map(|map| map.into_iter().map(|(stamp, (by, op))| (stamp, by, op)).collect())
    }

    fn merged<'a>(changes: impl IntoIterator<Item = &'a (Hlc, Origin, Operation)>) -> Field {
        let mut field = Field::default();
        changes.into_iter().for_each(|(stamp, origin, op)| field.apply(*stamp, *origin, op));
        field
    }

    proptest! {
        #[test]
        fn order_and_repetition_change_nothing(
            (one, other) in changes().prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
        ) {
            prop_assert_eq!(merged(&one), merged(&other));
            prop_assert_eq!(merged(&one), merged(other.iter().chain(&one)));
        }

        #[test]
        fn its_operations_make_a_field_again(all in changes()) {
            let field = merged(&all);
            prop_assert_eq!(merged(&field.operations()), field);
        }

        #[test]
        fn a_clock_never_runs_backwards(seen in stamp(), now in 0..10_u64) {
            let clock = Hlc { ms: 3, counter: u32::MAX, device: DeviceId(9) };
            prop_assert!(clock.tick(now) > clock);
            let after = clock.observe(seen).tick(now);
            prop_assert!(after > seen && after > clock);
        }
    }

    #[test]
    fn two_additions_of_one_stamp_give_the_same_in_either_order() {
        let at = Hlc { ms: 1, counter: 0, device: DeviceId(1) };
        let [one, other] = [3, -5].map(|n| (at, Origin::Person, Operation::Add(n)));
        let (forth, back) = (merged([&one, &other]), merged([&other, &one]));
        assert_eq!(forth, back);
        assert_eq!(forth.added, BTreeMap::from([(at, 3)]));
    }

    #[test]
    fn a_file_never_overrides_a_person() {
        let at = |ms| Hlc { ms, counter: 0, device: DeviceId(1) };
        let text = |text: &str| Operation::Set(Value::Text(text.to_owned()));
        let field = merged(&[
            (at(1), Origin::Import, text("Ann")),
            (at(2), Origin::Person, text("Anne")),
            (at(3), Origin::Import, text("ANN")),
        ]);
        assert_eq!(field.text(), "Anne");
    }
}
