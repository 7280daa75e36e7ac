//! What a customer puts into one basket.

use crate::{
    Language,
    catalogue::{AFFINITIES, CATALOGUE, Item, LADDERS},
    random::Random,
};

/// No order has more lines.
const MOST_LINES: usize = 4;

/// What somebody comes for.
struct Persona {
    /// Of how many customers in a hundred.
    share: u32,
    /// Chance that an order is led by the favourite tea: the first order, later ones.
    own_tea: (f64, f64),
    /// What leads the others, with weights.
    leads: &'static [(Item, u32)],
}

const DRINKER: Persona = Persona {
    share: 52,
    own_tea: (0.66, 0.82),
    leads: &[
        (Item::Sampler, 20),
        (Item::Teapot, 14),
        (Item::PorcelainTeapot, 8),
        (Item::Kettle, 10),
        (Item::Infuser, 8),
        (Item::Caddy, 8),
        (Item::TeaBags, 8),
        (Item::WaterFilter, 8),
        (Item::WhiteTea, 12),
    ],
};

const HERBALIST: Persona = Persona {
    share: 13,
    own_tea: (0.08, 0.12),
    leads: &[
        (Item::Chamomile, 32),
        (Item::Mint, 28),
        (Item::Rooibos, 26),
        (Item::TeaBags, 6),
        (Item::Infuser, 5),
        (Item::Sampler, 5),
    ],
};

const WHISKER: Persona = Persona {
    share: 13,
    own_tea: (0.05, 0.12),
    leads: &[
        (Item::Matcha30, 50),
        (Item::Matcha100, 26),
        (Item::Whisk, 14),
        (Item::MatchaBowl, 8),
        (Item::Scoop, 2),
    ],
};

const COLLECTOR: Persona = Persona {
    share: 11,
    own_tea: (0.12, 0.42),
    leads: &[
        (Item::Gaiwan, 22),
        (Item::PuErhCake, 26),
        (Item::Teapot, 14),
        (Item::PorcelainTeapot, 10),
        (Item::CupPair, 10),
        (Item::CupSet, 6),
        (Item::TeaTray, 8),
        (Item::Thermometer, 4),
    ],
};

const GIVER: Persona = Persona {
    share: 11,
    own_tea: (0.10, 0.25),
    leads: &[
        (Item::GiftCard, 36),
        (Item::Sampler, 28),
        (Item::CupSet, 16),
        (Item::Teapot, 8),
        (Item::WhiteTea, 12),
    ],
};

const PERSONAS: [&Persona; 5] = [&DRINKER, &HERBALIST, &WHISKER, &COLLECTOR, &GIVER];

/// What a customer likes; the sizes grow with experience.
pub(crate) struct Taste {
    persona: &'static Persona,
    ladder: [Item; 3],
    /// The size bought now: an index into `ladder`.
    size: usize,
    /// The largest size that this household drinks up.
    largest: usize,
    /// Buys for many.
    bulk: bool,
    orders: u32,
}

impl Taste {
    /// Somebody's taste. Who buys in bulk drinks tea, in large packs.
    pub(crate) fn of_somebody(bulk: bool, random: &mut Random) -> Taste {
        let choice = random.weighted(PERSONAS.iter().map(|persona| persona.share));
        let persona = if bulk { &DRINKER } else { PERSONAS[choice] };
        let largest = if bulk { 2 } else { random.weighted([40, 48, 12].into_iter()) };
        let ladder = *random.one_of(&LADDERS);
        Taste { persona, ladder, size: bulk.into(), largest, bulk, orders: 0 }
    }

    /// The next order of this customer; `giving` in the season of gifts.
    pub(crate) fn next_basket(&mut self, giving: bool, random: &mut Random) -> Basket {
        let mut basket = Basket { lines: Vec::with_capacity(MOST_LINES) };
        let persona = if giving && random.chance(0.22) { &GIVER } else { self.persona };
        let lead = self.lead(persona, random);
        self.add(lead, &mut basket, random);
        self.add_companions(&mut basket, random);
        if random.chance(0.36) {
            self.add(self.ladder[self.size], &mut basket, random);
        }
        if random.chance(if self.bulk { 0.6 } else { 0.34 }) {
            let ladder = *random.one_of(&LADDERS);
            self.add(ladder[usize::from(self.bulk)], &mut basket, random);
        }
        if random.chance(0.18) {
            let other = random.one_of(&CATALOGUE).item;
            self.add(other, &mut basket, random);
        }
        self.orders += 1;
        if self.size < self.largest && random.chance(0.16) {
            self.size += 1;
        }
        basket
    }

    fn lead(&self, persona: &Persona, random: &mut Random) -> Item {
        let own_tea = if self.orders == 0 { persona.own_tea.0 } else { persona.own_tea.1 };
        if random.chance(own_tea) {
            return self.ladder[self.size];
        }
        persona.leads[random.weighted(persona.leads.iter().map(|&(_, weight)| weight))].0
    }

    /// Companions of what is in the basket, and theirs in turn.
    fn add_companions(&self, basket: &mut Basket, random: &mut Random) {
        let mut row = 0;
        while let Some(&(held, _)) = basket.lines.get(row) {
            for &(_, companion, chance) in AFFINITIES.iter().filter(|&&(with, ..)| with == held) {
                if random.chance(chance) {
                    self.add(companion, basket, random);
                }
            }
            row += 1;
        }
    }

    /// Puts an item into the basket, unless it is full or has it already.
    fn add(&self, item: Item, basket: &mut Basket, random: &mut Random) {
        let held = basket.lines.iter().any(|&(held, _)| held == item);
        if held || basket.lines.len() == MOST_LINES {
            return;
        }
        let quantity = match (self.bulk, item as usize <= Item::Matcha100 as usize) {
            (true, true) => random.between(1, 2),
            (false, true) => 1 + random.weighted([82, 14, 4].into_iter()) as u32,
            (_, false) => 1 + random.weighted([93, 7].into_iter()) as u32,
        };
        basket.lines.push((item, quantity));
    }
}

/// What is bought at once: items and how many of each, every item at most once.
pub(crate) struct Basket {
    /// (item, pieces)
    pub(crate) lines: Vec<(Item, u32)>,
}

impl Basket {
    /// What it costs before any discount, in minor units.
    pub(crate) fn sum(&self, language: Language) -> i64 {
        let line = |&(item, pieces): &(Item, u32)| {
            CATALOGUE[item as usize].price(language) * i64::from(pieces)
        };
        self.lines.iter().map(line).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn a_basket_has_one_to_four_lines_of_different_items() {
        let mut random = Random::new(5);
        for bulk in [false, true] {
            for giving in [false, true] {
                let mut taste = Taste::of_somebody(bulk, &mut random);
                for _ in 0..500 {
                    let lines = taste.next_basket(giving, &mut random).lines;
                    let items: HashSet<usize> =
                        lines.iter().map(|&(item, _)| item as usize).collect();
                    assert!((1..=MOST_LINES).contains(&lines.len()));
                    assert_eq!(items.len(), lines.len());
                    assert!(lines.iter().all(|&(_, pieces)| pieces >= 1));
                }
            }
        }
    }

    #[test]
    fn a_tea_drinker_climbs_to_the_large_pack() {
        let mut random = Random::new(5);
        let mut taste = Taste {
            persona: &DRINKER,
            ladder: LADDERS[0],
            size: 0,
            largest: 2,
            bulk: false,
            orders: 0,
        };
        let mut first_of = [None; 3];
        for order in 0..200 {
            for (item, _) in taste.next_basket(false, &mut random).lines {
                if let Some(size) = LADDERS[0].iter().position(|&of_ladder| of_ladder == item) {
                    first_of[size].get_or_insert(order);
                }
            }
        }
        assert!(first_of[0] < first_of[2] && first_of[1] < first_of[2], "{first_of:?}");
        assert!(first_of.iter().all(Option::is_some));
    }

    #[test]
    fn every_product_is_sold() {
        let mut random = Random::new(5);
        let mut sold = HashSet::new();
        for _ in 0..3_000 {
            let mut taste = Taste::of_somebody(false, &mut random);
            for _ in 0..4 {
                let basket = taste.next_basket(false, &mut random);
                sold.extend(basket.lines.iter().map(|&(item, _)| item as usize));
            }
        }
        assert_eq!(sold.len(), CATALOGUE.len());
    }
}
