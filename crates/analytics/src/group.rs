//! Eleven named groups that share out all 125 score codes, each to exactly one.

/// A named group of RFM codes, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[repr(u8)]
pub enum RfmGroup {
    /// Bought lately, often and much.
    Champions,
    /// Good and regular.
    Loyal,
    /// Recent, and on the way up.
    PotentialLoyalist,
    /// Bought just now, little or for the first time.
    Recent,
    /// Rather recent, little so far.
    Promising,
    /// Middling in everything: the next weeks decide.
    NeedsAttention,
    /// Little, and some time ago.
    AboutToSleep,
    /// Used to buy well, not for long.
    AtRisk,
    /// Among the best once, silent the longest.
    CantLose,
    /// Little, long ago.
    Hibernating,
    /// Little, longest ago.
    Lost,
}

use RfmGroup::{
    AboutToSleep, AtRisk, CantLose, Champions, Hibernating, Lost, Loyal, NeedsAttention,
    PotentialLoyalist, Promising, Recent,
};

/// Rows: R from 1 to 5. Columns: the rounded mean of F and M from 1 to 5.
const GRID: [[RfmGroup; 5]; 5] = [
    [Lost, Lost, AtRisk, CantLose, CantLose],
    [Hibernating, Hibernating, AtRisk, AtRisk, AtRisk],
    [AboutToSleep, AboutToSleep, NeedsAttention, Loyal, Loyal],
    [Promising, PotentialLoyalist, Loyal, Champions, Champions],
    [Recent, PotentialLoyalist, Loyal, Champions, Champions],
];

impl RfmGroup {
    /// All groups; a group's position here is its discriminant.
    pub const ALL: [Self; 11] = [
        Champions,
        Loyal,
        PotentialLoyalist,
        Recent,
        Promising,
        NeedsAttention,
        AboutToSleep,
        AtRisk,
        CantLose,
        Hibernating,
        Lost,
    ];

    /// The group of three scores; `None` unless each is 1 to 5 (0 is "not scored").
    ///
    /// F and M count together as ⌊(F + M + 1) ÷ 2⌋.
    pub fn of(r: u8, f: u8, m: u8) -> Option<Self> {
        let score = 1..=5;
        if ![r, f, m].iter().all(|value| score.contains(value)) {
            return None;
        }
        let fm = (f + m).div_ceil(2);
        Some(GRID[usize::from(r - 1)][usize::from(fm - 1)])
    }

    /// The English name.
    pub fn name(self) -> &'static str {
        match self {
            Champions => "Champions",
            Loyal => "Loyal",
            PotentialLoyalist => "Potential loyalist",
            Recent => "Recent",
            Promising => "Promising",
            NeedsAttention => "Needs attention",
            AboutToSleep => "About to sleep",
            AtRisk => "At risk",
            CantLose => "Can't lose",
            Hibernating => "Hibernating",
            Lost => "Lost",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_one_group_and_every_group_has_codes() {
        let mut codes = [0; 11];
        for code in 0..125u8 {
            let (r, f, m) = (code / 25 + 1, code / 5 % 5 + 1, code % 5 + 1);
            codes[RfmGroup::of(r, f, m).unwrap() as usize] += 1;
        }
        assert_eq!(codes.iter().sum::<i32>(), 125);
        // Of the 25 pairs of F and M, FM = 1 to 5 takes 1, 5, 9, 7 and 3.
        assert_eq!(codes, [20, 28, 10, 1, 1, 9, 6, 28, 10, 6, 6]);
    }

    #[test]
    fn positions_are_discriminants_and_names_differ() {
        for (position, group) in RfmGroup::ALL.into_iter().enumerate() {
            assert_eq!(group as usize, position);
            let same = RfmGroup::ALL.iter().filter(|other| other.name() == group.name()).count();
            assert_eq!(same, 1);
        }
    }

    /// R from 5 down to 1; F = M = FM from 1 to 5.
    #[test]
    fn the_grid_of_r_and_fm() {
        let rows = [
            (5, ["Recent", "Potential loyalist", "Loyal", "Champions", "Champions"]),
            (4, ["Promising", "Potential loyalist", "Loyal", "Champions", "Champions"]),
            (3, ["About to sleep", "About to sleep", "Needs attention", "Loyal", "Loyal"]),
            (2, ["Hibernating", "Hibernating", "At risk", "At risk", "At risk"]),
            (1, ["Lost", "Lost", "At risk", "Can't lose", "Can't lose"]),
        ];
        for (r, names) in rows {
            for (fm, name) in (1..=5).zip(names) {
                assert_eq!(RfmGroup::of(r, fm, fm).map(RfmGroup::name), Some(name), "{r}{fm}{fm}");
                // The mean of F and M is rounded up: one lower in either changes nothing.
                if fm > 1 {
                    assert_eq!(RfmGroup::of(r, fm - 1, fm), RfmGroup::of(r, fm, fm));
                    assert_eq!(RfmGroup::of(r, fm, fm - 1), RfmGroup::of(r, fm, fm));
                }
            }
        }
    }

    #[test]
    fn what_is_not_scored_has_no_group() {
        for (r, f, m) in [(0, 0, 0), (6, 1, 1), (1, 0, 1), (1, 1, 255)] {
            assert_eq!(RfmGroup::of(r, f, m), None);
        }
    }
}
