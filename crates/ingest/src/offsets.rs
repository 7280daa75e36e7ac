//! The offsets from UTC that a file writes beside its times: what they tell of the shop's zone.

/// No zone has had more in the years that shops exist; a file of more is of many zones.
const MOST: usize = 16;

/// Of one offset: the earliest and the latest instant that it was written beside.
#[derive(Clone, Copy, Debug)]
struct Witness {
    offset: i32,
    first: i64,
    last: i64,
}

/// Each offset of the file, in order of appearance.
#[derive(Debug, Default)]
pub(crate) struct Offsets {
    witnesses: Vec<Witness>,
    latest: usize,
}

impl Offsets {
    /// Takes note of an instant and the offset beside it, both in seconds.
    pub fn note(&mut self, at: i64, offset: i32) {
        let is_latest = |it: &Witness| it.offset == offset;
        if !self.witnesses.get(self.latest).is_some_and(is_latest) {
            self.latest = match self.witnesses.iter().position(is_latest) {
                Some(known) => known,
                None if self.witnesses.len() < MOST => {
                    self.witnesses.push(Witness { offset, first: at, last: at });
                    self.witnesses.len() - 1
                }
                None => return,
            };
        }
        let witness = &mut self.witnesses[self.latest];
        witness.first = witness.first.min(at);
        witness.last = witness.last.max(at);
    }

    /// Pairs of instant and offset, ascending by time.
    pub fn into_pairs(self) -> Vec<(i64, i32)> {
        let both = |it: &Witness| [(it.first, it.offset), (it.last, it.offset)];
        let mut pairs: Vec<(i64, i32)> = self.witnesses.iter().flat_map(both).collect();
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_pair_was_noted_and_no_instant_is_outside(
            noted in prop::collection::vec((0..1_000_i64, -20..20_i32), 0..60),
        ) {
            let mut offsets = Offsets::default();
            for &(at, offset) in &noted {
                offsets.note(at, offset);
            }
            let pairs = offsets.into_pairs();
            prop_assert!(pairs.len() <= 2 * MOST);
            prop_assert!(pairs.iter().all(|pair| noted.contains(pair)));
            for &(_, offset) in &pairs {
                let all = noted.iter().filter(|it| it.1 == offset);
                let of_it: Vec<i64> = pairs.iter().filter(|it| it.1 == offset).map(|it| it.0).collect();
                prop_assert_eq!(all.clone().map(|it| it.0).min(), of_it.first().copied());
                prop_assert_eq!(all.map(|it| it.0).max(), of_it.last().copied());
            }
        }
    }
}
