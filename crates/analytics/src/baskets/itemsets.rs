//! Sets of items that occur together in many baskets.

use std::fmt;

use crate::{Baskets, Window};

/// Which sets to look for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ItemsetOptions {
    /// Least share of the baskets that hold the set.
    pub min_support: f64,
    /// Least number of baskets that hold the set, however small the share.
    pub min_count: u32,
    /// Most items of a set.
    pub max_len: usize,
    /// More sets than this are refused.
    pub max_itemsets: usize,
}

impl Default for ItemsetOptions {
    /// A half percent and at least 5 baskets, up to four items, up to 100,000 sets.
    fn default() -> Self {
        Self { min_support: 0.005, min_count: 5, max_len: 4, max_itemsets: 100_000 }
    }
}

/// Frequent sets, the most frequent first; equally frequent ones by their items.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Itemsets {
    /// Baskets with at least one item: what shares are shares of.
    pub baskets: u32,
    /// The least number of baskets that was asked of a set.
    pub min_count: u32,
    /// Set `s` has the items `items[offsets[s]..offsets[s + 1]]`.
    pub offsets: Vec<u32>,
    /// The items of all sets, rising within a set.
    pub items: Vec<u32>,
    /// Baskets that hold each set.
    pub count: Vec<u32>,
}

impl Itemsets {
    /// How many sets.
    pub fn len(&self) -> usize {
        self.count.len()
    }

    /// Whether nothing is frequent.
    pub fn is_empty(&self) -> bool {
        self.count.is_empty()
    }

    /// The items of a set, rising.
    ///
    /// # Panics
    ///
    /// If there is no such set.
    pub fn set(&self, set: usize) -> &[u32] {
        &self.items[self.offsets[set] as usize..self.offsets[set + 1] as usize]
    }

    /// All sets with their counts.
    pub fn iter(&self) -> impl Iterator<Item = (&[u32], u32)> {
        self.count.iter().enumerate().map(|(set, count)| (self.set(set), *count))
    }
}

/// More sets are frequent than anybody could look at: ask for a greater support.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooManyItemsets {
    /// The limit that was reached.
    pub limit: usize,
}

impl fmt::Display for TooManyItemsets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "more than {} frequent sets of items", self.limit)
    }
}

impl std::error::Error for TooManyItemsets {}

/// Finds every set of items that enough baskets of the window hold.
///
/// Baskets without items do not count. A set needs ⌈`min_support` · baskets⌉ baskets and at least
/// `min_count`.
///
/// ```
/// use analytics::{Baskets, Consequents, ItemsetOptions, Window, frequent_itemsets, rules};
///
/// // Five baskets of prams (0), milk (1) and toys (2).
/// let (offsets, item) = ([0, 2, 4, 6, 7, 8], [0, 1, 0, 1, 1, 0, 2, 2]);
/// let baskets = Baskets::new(&offsets, &item, &[0; 5], 3)?;
/// let options = ItemsetOptions { min_count: 3, ..ItemsetOptions::default() };
/// let all_time = Window { from: None, as_of: 0 };
/// let sets = frequent_itemsets(baskets, all_time, &options)?;
/// let found = rules(&sets, 0.5, Consequents::One);
/// assert_eq!((&found[0].lhs[..], &found[0].rhs[..]), (&[0][..], &[1][..]));
/// assert_eq!(found[0].counts.confidence(), 1.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Source: pattern growth as in Han, Pei & Yin (2000); as shop baskets are short, the projected
/// baskets are pieces of one array found by "occurrence deliver" (Uno et al. 2004) and no tree.
pub fn frequent_itemsets(
    baskets: Baskets<'_>,
    window: Window,
    options: &ItemsetOptions,
) -> Result<Itemsets, TooManyItemsets> {
    let mut counting = Counting::new(baskets.items());
    for basket in (0..baskets.len()).filter(|basket| window.contains(baskets.day(*basket))) {
        counting.add(basket as u32, baskets.basket(basket));
    }
    let share = options.min_support.max(0.0) * f64::from(counting.baskets);
    // A share such as 0.07 · 100 comes out a trifle above 7.
    let min_count = ((share - 1e-9).ceil() as u32).max(options.min_count).max(1);
    let frequent = counting.frequent(min_count);
    let mut lines = Lines::new(&frequent, baskets.items());
    for basket in (0..baskets.len()).filter(|basket| window.contains(baskets.day(*basket))) {
        lines.add(baskets.basket(basket));
    }
    let max_len = options.max_len.min(frequent.len());
    let mut miner = Miner {
        codes: &frequent,
        ranks: &lines.flat,
        min_count,
        max_len,
        max_itemsets: options.max_itemsets,
        levels: vec![Level::default(); max_len],
        prefix: Vec::with_capacity(max_len),
        found: Vec::new(),
    };
    if max_len > 0 {
        miner.extend(0, &lines.pieces, frequent.len())?;
    }
    Ok(arrange(miner.found, counting.baskets, min_count))
}

/// How many baskets hold each item.
struct Counting {
    count: Vec<u32>,
    /// The basket, plus one, that an item was counted for last.
    counted_for: Vec<u32>,
    baskets: u32,
}

impl Counting {
    fn new(items: usize) -> Self {
        Self { count: vec![0; items], counted_for: vec![0; items], baskets: 0 }
    }

    /// A call a basket, for the reason told at `Summaries::push`.
    #[inline(never)]
    fn add(&mut self, basket: u32, items: impl Iterator<Item = u32>) {
        let mut has_items = false;
        for item in items {
            let item = item as usize;
            if self.counted_for[item] != basket + 1 {
                self.counted_for[item] = basket + 1;
                self.count[item] += 1;
            }
            has_items = true;
        }
        self.baskets += u32::from(has_items);
    }

    /// The items in enough baskets, the most frequent first: a position here is an item's rank.
    fn frequent(&self, min_count: u32) -> Vec<u32> {
        let mut frequent: Vec<u32> = (0..self.count.len() as u32)
            .filter(|item| self.count[*item as usize] >= min_count)
            .collect();
        tiny_sort::stable::sort_by_key(&mut frequent, |item| {
            std::cmp::Reverse(self.count[*item as usize])
        });
        frequent
    }
}

/// The baskets reduced to the ranks of frequent items, rising within a basket.
struct Lines {
    /// Rank of each item; `u32::MAX` if it is not frequent.
    rank: Vec<u32>,
    /// The ranks of all baskets, one after the other.
    flat: Vec<u32>,
    pieces: Vec<Piece>,
    /// Those of the basket at hand.
    own: Vec<u32>,
}

/// A piece of the lines: the items of a basket that are more frequent than a certain one.
#[derive(Debug, Clone, Copy)]
struct Piece {
    start: u32,
    end: u32,
}

impl Lines {
    fn new(frequent: &[u32], items: usize) -> Self {
        let mut rank = vec![u32::MAX; items];
        (0..).zip(frequent).for_each(|(at, item)| rank[*item as usize] = at);
        Self { rank, flat: Vec::new(), pieces: Vec::new(), own: Vec::new() }
    }

    /// A call a basket, for the reason told at `Summaries::push`.
    #[inline(never)]
    fn add(&mut self, items: impl Iterator<Item = u32>) {
        let ranks = items.map(|item| self.rank[item as usize]).filter(|rank| *rank != u32::MAX);
        self.own.clear();
        self.own.extend(ranks);
        self.own.sort_unstable();
        self.own.dedup();
        if !self.own.is_empty() {
            let start = self.flat.len() as u32;
            self.flat.extend_from_slice(&self.own);
            self.pieces.push(Piece { start, end: self.flat.len() as u32 });
        }
    }
}

/// Room for one size of sets, used again for every set of that size.
#[derive(Debug, Clone, Default)]
struct Level {
    /// Pieces that hold each rank.
    count: Vec<u32>,
    /// The end, in `deliveries`, of the pieces delivered to each rank.
    end: Vec<u32>,
    deliveries: Vec<Piece>,
}

impl Level {
    /// Counts each rank below `below` in the pieces.
    fn tally(&mut self, ranks: &[u32], pieces: &[Piece], below: usize) {
        self.count.clear();
        self.count.resize(below, 0);
        for piece in pieces {
            for rank in &ranks[piece.start as usize..piece.end as usize] {
                self.count[*rank as usize] += 1;
            }
        }
    }

    /// Gives every frequent rank the parts of the pieces before it.
    fn deliver(&mut self, ranks: &[u32], pieces: &[Piece], min_count: u32) {
        let mut total = 0;
        self.end.clear();
        self.end.extend(self.count.iter().map(|count| {
            let begin = total;
            total += if *count >= min_count { *count } else { 0 };
            begin
        }));
        self.deliveries.clear();
        self.deliveries.resize(total as usize, Piece { start: 0, end: 0 });
        for piece in pieces {
            for at in piece.start..piece.end {
                let rank = ranks[at as usize] as usize;
                // Nothing stands before the first item of a basket.
                if at > piece.start && self.count[rank] >= min_count {
                    self.deliveries[self.end[rank] as usize] =
                        Piece { start: piece.start, end: at };
                    self.end[rank] += 1;
                }
            }
        }
    }
}

struct Miner<'a> {
    /// Item of each rank.
    codes: &'a [u32],
    ranks: &'a [u32],
    min_count: u32,
    max_len: usize,
    max_itemsets: usize,
    levels: Vec<Level>,
    prefix: Vec<u32>,
    found: Vec<(Vec<u32>, u32)>,
}

impl Miner<'_> {
    /// Extends the prefix, held by all `pieces`, by every rank below `below` that is frequent there.
    fn extend(
        &mut self,
        depth: usize,
        pieces: &[Piece],
        below: usize,
    ) -> Result<(), TooManyItemsets> {
        let mut level = std::mem::take(&mut self.levels[depth]);
        level.tally(self.ranks, pieces, below);
        let is_longest = depth + 1 == self.max_len;
        if !is_longest {
            level.deliver(self.ranks, pieces, self.min_count);
        }
        let mut begin = 0;
        for rank in 0..below {
            let count = level.count[rank];
            if count < self.min_count {
                continue;
            }
            self.prefix.push(self.codes[rank]);
            self.keep(count)?;
            if !is_longest {
                let delivered = begin..level.end[rank] as usize;
                begin += count as usize;
                if delivered.len() >= self.min_count as usize {
                    self.extend(depth + 1, &level.deliveries[delivered], rank)?;
                }
            }
            self.prefix.pop();
        }
        self.levels[depth] = level;
        Ok(())
    }

    fn keep(&mut self, count: u32) -> Result<(), TooManyItemsets> {
        if self.found.len() >= self.max_itemsets {
            return Err(TooManyItemsets { limit: self.max_itemsets });
        }
        let mut items = self.prefix.clone();
        items.sort_unstable();
        self.found.push((items, count));
        Ok(())
    }
}

fn arrange(mut found: Vec<(Vec<u32>, u32)>, baskets: u32, min_count: u32) -> Itemsets {
    tiny_sort::unstable::sort_by(&mut found, |a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let mut sets = Itemsets { baskets, min_count, offsets: vec![0], ..Itemsets::default() };
    for (items, count) in found {
        sets.items.extend(items);
        sets.offsets.push(sets.items.len() as u32);
        sets.count.push(count);
    }
    sets
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ALL: Window = Window { from: None, as_of: i32::MAX };

    fn columns(baskets: &[Vec<u32>]) -> (Vec<u32>, Vec<u32>, Vec<i32>) {
        let mut offsets = vec![0];
        let mut item = Vec::new();
        for basket in baskets {
            item.extend(basket);
            offsets.push(item.len() as u32);
        }
        (offsets, item, (0..baskets.len() as i32).collect())
    }

    fn mine(baskets: &[Vec<u32>], window: Window, options: &ItemsetOptions) -> Itemsets {
        let (offsets, item, day) = columns(baskets);
        frequent_itemsets(Baskets::new(&offsets, &item, &day, 10).unwrap(), window, options)
            .unwrap()
    }

    #[test]
    fn a_basket_counts_once_an_item_and_only_in_its_window() {
        let baskets = [vec![1, 1, 2], vec![1, 2], vec![], vec![2], vec![1, 2]];
        let options = ItemsetOptions { min_support: 0.5, min_count: 1, ..Default::default() };
        let sets = mine(&baskets, Window { from: None, as_of: 3 }, &options);
        assert_eq!((sets.baskets, sets.min_count), (3, 2));
        let found: Vec<(&[u32], u32)> = sets.iter().collect();
        assert_eq!(found, [(&[2][..], 3), (&[1], 2), (&[1, 2], 2)]);
    }

    #[test]
    fn too_many_sets_are_refused_with_the_limit() {
        let (offsets, item, day) = columns(&vec![(0..10).collect(); 6]);
        let baskets = Baskets::new(&offsets, &item, &day, 10).unwrap();
        let options = ItemsetOptions { max_itemsets: 100, ..ItemsetOptions::default() };
        let refused = frequent_itemsets(baskets, ALL, &options);
        assert_eq!(refused, Err(TooManyItemsets { limit: 100 }));
        let pairs = ItemsetOptions { max_len: 2, ..options };
        assert_eq!(frequent_itemsets(baskets, ALL, &pairs).map(|sets| sets.len()), Ok(55));
    }

    #[test]
    fn no_baskets_and_no_support_asked_for() {
        let options = ItemsetOptions { min_support: f64::NAN, min_count: 0, ..Default::default() };
        assert!(mine(&[], ALL, &options).is_empty());
        assert_eq!(mine(&[vec![3]], ALL, &options).len(), 1);
    }

    proptest! {
        #[test]
        fn sets_are_those_of_the_definition(
            baskets in prop::collection::vec(prop::collection::vec(0..6_u32, 0..6), 0..25),
            min_count in 1..5_u32,
            max_len in 1..5_usize,
        ) {
            let options = ItemsetOptions { min_support: 0.0, min_count, max_len, ..Default::default() };
            let sets = mine(&baskets, ALL, &options);
            let mut expected = Vec::new();
            for mask in 1..64_u32 {
                let items: Vec<u32> = (0..6).filter(|item| mask >> item & 1 == 1).collect();
                let holds = |basket: &&Vec<u32>| items.iter().all(|item| basket.contains(item));
                let count = baskets.iter().filter(holds).count() as u32;
                if items.len() <= max_len && count >= min_count {
                    expected.push((items, count));
                }
            }
            expected.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
            let found: Vec<(Vec<u32>, u32)> =
                sets.iter().map(|(items, count)| (items.to_vec(), count)).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
