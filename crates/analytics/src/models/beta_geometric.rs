//! BG/NBD, MBG/NBD and (M)BG/CNBD-k: customers may leave after a purchase.

use super::erlang::{Staying, expected_purchases, hidden_ticks, silence};
use super::expectations::Expectations;
use super::model::are_positive;
use super::{Ahead, BuyingModel, DropOut, Figures, History, MOST_K};
use crate::special::ln_rising;

/// Rates are gamma distributed over customers (shape r, weeks α), a purchase is every k-th tick of
/// a Poisson process, and after a purchase a customer leaves with a chance that is beta distributed
/// over customers (a, b).
///
/// Sources: k = 1 with [`DropOut::AfterRepeats`] is BG/NBD (Fader, Hardie & Lee 2005), with
/// [`DropOut::AfterEveryPurchase`] MBG/NBD (Batislam, Denizel & Filiztekin 2007); k > 1 is
/// (M)BG/CNBD-k (Reutterer, Platzer & Schröder 2020).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BetaGeometric {
    drop_out: DropOut,
    k: u8,
    r: f64,
    alpha: f64,
    a: f64,
    b: f64,
}

impl BetaGeometric {
    /// `None` unless k is 1 to [`MOST_K`] and the parameters are positive.
    pub fn new(drop_out: DropOut, k: u8, [r, alpha, a, b]: [f64; 4]) -> Option<Self> {
        let is_model = (1..=MOST_K).contains(&k) && are_positive(&[r, alpha, a, b]);
        is_model.then_some(Self { drop_out, k, r, alpha, a, b })
    }

    /// When customers may leave.
    pub fn drop_out(&self) -> DropOut {
        self.drop_out
    }

    /// Regularity.
    pub fn k(&self) -> u8 {
        self.k
    }

    /// r, α, a and b.
    pub fn parameters(&self) -> [f64; 4] {
        [self.r, self.alpha, self.a, self.b]
    }

    /// r + k x.
    fn shape(&self, repeats: u32) -> f64 {
        self.r + f64::from(u32::from(self.k) * repeats)
    }

    fn staying(&self, x: u32) -> Staying {
        let b = self.b + f64::from(chances_to_leave(self.drop_out, x));
        Staying { b, c: self.a + b }
    }

    fn silent_share(&self, history: History) -> f64 {
        (history.age - history.last) / (self.alpha + history.age)
    }

    /// ln of how much likelier it is that the customer left at the last purchase than that they
    /// stayed and are silent since; `None` if they could not leave yet.
    fn ln_odds_of_leaving(&self, history: History) -> Option<f64> {
        let chances = chances_to_leave(self.drop_out, history.repeats);
        let w = self.shape(history.repeats);
        // How much shorter the time is in which the ticks must have come.
        let shorter = libm::log1p((history.age - history.last) / (self.alpha + history.last));
        let left = libm::log(self.a / (self.b + f64::from(chances.checked_sub(1)?)));
        Some(left + w * shorter - silence(self.k, w, self.silent_share(history)).0)
    }

    /// Expected purchases of an active customer, for each number of hidden ticks.
    fn expected_if_alive(&self, x: u32, age: f64, horizon: f64) -> [f64; MOST_K as usize] {
        let mut expected = [0.0; MOST_K as usize];
        let staying = self.staying(x);
        let none = (self.alpha + age) / (self.alpha + age + horizon);
        for (hidden, expected) in (0..self.k).zip(&mut expected) {
            let law = (self.shape(x) + f64::from(hidden), none);
            *expected = expected_purchases((self.k, hidden), law, staying);
        }
        expected
    }

    fn mix(&self, history: History, if_alive: &[f64; MOST_K as usize]) -> f64 {
        let u = self.silent_share(history);
        let weights = hidden_ticks(self.k, self.shape(history.repeats), u);
        let mixed: f64 = weights.iter().zip(if_alive).map(|(weight, it)| weight * it).sum();
        self.p_alive(history) * mixed / weights.iter().sum::<f64>()
    }
}

/// How often a customer could have left up to now.
pub(super) fn chances_to_leave(drop_out: DropOut, repeats: u32) -> u32 {
    match drop_out {
        DropOut::AfterRepeats => repeats,
        DropOut::AfterEveryPurchase => repeats + 1,
    }
}

impl BuyingModel for BetaGeometric {
    fn ln_likelihood(&self, history: History) -> f64 {
        let chances = chances_to_leave(self.drop_out, history.repeats);
        let ticks = ln_rising(self.r, u32::from(self.k) * history.repeats);
        let stayed = ln_rising(self.b, chances) - ln_rising(self.a + self.b, chances);
        ticks + stayed + self.r * libm::log(self.alpha) + self.ln_silence(history)
    }

    fn ln_silence(&self, history: History) -> f64 {
        let w = self.shape(history.repeats);
        let stayed = silence(self.k, w, self.silent_share(history)).0
            - w * libm::log(self.alpha + history.age);
        stayed + self.ln_odds_of_leaving(history).map_or(0.0, ln_one_plus_exp)
    }

    fn p_alive(&self, history: History) -> f64 {
        self.ln_odds_of_leaving(history).map_or(1.0, |odds| {
            let small = libm::exp(-odds.abs());
            if odds > 0.0 { small / (1.0 + small) } else { 1.0 / (1.0 + small) }
        })
    }

    fn expected(&self, history: History, horizon: f64) -> f64 {
        self.mix(history, &self.expected_if_alive(history.repeats, history.age, horizon))
    }

    fn expected_new(&self, weeks: f64) -> f64 {
        self.expected(History { repeats: 0, last: 0.0, age: 0.0 }, weeks)
    }

    fn figures(&self, histories: &[History], pace: &[f64], ahead: Ahead<'_>) -> Figures {
        let mut figures = Figures::with_room(histories.len(), ahead);
        let mut shared = Shared::new(self, ahead);
        for (history, pace) in histories.iter().zip(pace) {
            shared.go_to(history, *pace);
            shared.add(history, &mut figures);
        }
        figures
    }
}

/// What histories of the same repeats, and among them those of the same age, share.
struct Shared<'a> {
    model: &'a BetaGeometric,
    ahead: Ahead<'a>,
    /// Repeats and age of what follows.
    of: Option<(u32, f64)>,
    /// r + k x.
    w: f64,
    tables: Expectations,
    /// ln (α + T).
    ln_age: f64,
    by_horizon: Vec<AtHorizon>,
    /// Σ weight × expected purchases of an active customer, for each number of hidden ticks.
    weighted: [f64; MOST_K as usize],
}

/// Of one horizon.
struct AtHorizon {
    /// The longer age.
    age: f64,
    /// ((α + T) ÷ (α + T + h))^w: the chance of no tick.
    none: f64,
    /// Expected purchases of an active customer, for each number of hidden ticks.
    expected: [f64; MOST_K as usize],
}

impl<'a> Shared<'a> {
    fn new(model: &'a BetaGeometric, ahead: Ahead<'a>) -> Self {
        Self {
            model,
            ahead,
            of: None,
            w: 0.0,
            tables: Expectations::new(model.k, model.r, model.staying(0)),
            ln_age: 0.0,
            by_horizon: Vec::with_capacity(ahead.horizons.len()),
            weighted: [0.0; MOST_K as usize],
        }
    }

    fn go_to(&mut self, History { repeats, age, .. }: &History, pace: f64) {
        if self.of == Some((*repeats, *age)) {
            return;
        }
        if self.of.is_none_or(|of| of.0 != *repeats) {
            self.w = self.model.shape(*repeats);
            self.tables.set(self.w, self.model.staying(*repeats));
        }
        self.of = Some((*repeats, *age));
        let from = self.model.alpha + age;
        self.ln_age = libm::log(from);
        self.by_horizon.clear();
        for horizon in self.ahead.horizons {
            let horizon = horizon * pace;
            let ln_none = -libm::log1p(horizon / from);
            let mut expected = [0.0; MOST_K as usize];
            for (hidden, it) in expected[..usize::from(self.model.k)].iter_mut().enumerate() {
                *it = self.tables.expected(hidden, from / (from + horizon), ln_none);
            }
            let none = libm::exp(self.w * ln_none);
            self.by_horizon.push(AtHorizon { age: age + horizon, none, expected });
        }
        self.weighted = [0.0; MOST_K as usize];
        for (horizon, weight) in self.ahead.weighted {
            let horizon = horizon * pace;
            let (none, ln_none) = (from / (from + horizon), -libm::log1p(horizon / from));
            for (hidden, it) in self.weighted[..usize::from(self.model.k)].iter_mut().enumerate() {
                *it += weight * self.tables.expected(hidden, none, ln_none);
            }
        }
    }

    /// With S the chance to have stayed and been silent and L that to have left, S falls to S′ in
    /// the horizon and L stays: the chance of a purchase is (S − S′) ÷ (S + L), which is
    /// P(alive) (1 − S′ ÷ S).
    fn add(&self, history: &History, figures: &mut Figures) {
        let model = self.model;
        let u = model.silent_share(*history);
        let ticks = hidden_ticks(model.k, self.w, u);
        let silent: f64 = ticks.iter().sum();
        let chances = chances_to_leave(model.drop_out, history.repeats);
        let p_alive = chances.checked_sub(1).map_or(1.0, |before| {
            let ln_later = libm::log(model.alpha + history.last) - self.ln_age;
            let left = model.a / (model.b + f64::from(before)) * libm::exp(-self.w * ln_later);
            silent / (silent + left)
        });
        figures.p_alive.push(p_alive);
        let mix = |expected: &[f64; MOST_K as usize]| {
            let mixed: f64 = ticks.iter().zip(expected).map(|(tick, it)| tick * it).sum();
            p_alive * mixed / silent
        };
        for (at, it) in self.by_horizon.iter().enumerate() {
            let later = (it.age - history.last) / (model.alpha + it.age);
            let silent_later: f64 = hidden_ticks(model.k, self.w, later).iter().sum();
            let still = it.none * silent_later / silent;
            figures.p_active[at].push((p_alive * (1.0 - still)).clamp(0.0, 1.0));
            figures.expected[at].push(mix(&it.expected));
        }
        figures.weighted.push(mix(&self.weighted));
    }
}

/// ln (1 + eˣ) for every x.
#[inline]
pub(super) fn ln_one_plus_exp(x: f64) -> f64 {
    x.max(0.0) + libm::log1p(libm::exp(-x.abs()))
}
