//! What a row says of its order's state, and what kind of row it is.

use super::{Cells, Row};
use crate::header::normal_form;
use crate::platforms::Event;
use crate::role::Role;
use crate::warnings::{WarningCode, Warnings};
use crate::words;
use model::OrderFlags;

impl Cells {
    /// What the row says of the order's state.
    pub fn flags(&mut self, row: Row<'_>, warn: &mut Warnings) -> OrderFlags {
        let word = row.cell(Role::Status);
        if self.word(word).is_none() {
            warn.note_word(WarningCode::UnknownStatus, row.line, word);
        }
        self.state(row)
    }

    /// As [`Cells::flags`], for a row whose words are known or noted.
    pub fn state(&mut self, row: Row<'_>) -> OrderFlags {
        let mut flags = self.word(row.cell(Role::Status)).unwrap_or_default();
        let says_cancelled =
            |word: &str| words::status(word).is_some_and(|flags| flags.has(OrderFlags::CANCELLED));
        let is_cancelled = !row.cell(Role::CancelledAt).is_empty()
            || self.shipping.get(row.cell(Role::FulfilmentStatus), says_cancelled);
        if is_cancelled {
            flags = flags.with(OrderFlags::CANCELLED);
        }
        if self.has_outcome {
            flags = self.outcome(row, flags);
        }
        if self.is_trial(row) {
            flags = flags.with(OrderFlags::TEST);
        }
        flags
    }

    /// What a word of the state's column says, on this platform or anywhere.
    fn word(&mut self, word: &str) -> Option<OrderFlags> {
        let own = self.profile.states;
        self.states.get(word, |word| {
            let plain = if own.is_empty() { String::new() } else { normal_form(word) };
            let known = own.iter().find(|(known, _)| *known == plain).map(|&(_, flags)| flags);
            known.or_else(|| words::status(word))
        })
    }

    /// The state, with what became of it later.
    fn outcome(&mut self, row: Row<'_>, flags: OrderFlags) -> OrderFlags {
        let refund = row.cell(Role::RefundStatus);
        if !refund.is_empty() && self.outcomes.get(refund, words::is_refunded) {
            return flags.with(OrderFlags::REFUNDED);
        }
        let is_promise = flags == OrderFlags::PAID && words::is_no(row.cell(Role::Captured));
        if is_promise { OrderFlags::UNPAID } else { flags }
    }

    /// What kind of row it is. Where the file has no column for that, all are sales.
    pub fn event(&mut self, row: Row<'_>) -> Event {
        let known = self.profile.events;
        self.events.get(row.cell(Role::Event), |text| {
            let plain = normal_form(text);
            let found = known.iter().find(|(word, _)| plain.contains(word));
            found.map_or(Event::Other, |&(_, event)| event)
        })
    }

    fn is_trial(&mut self, row: Row<'_>) -> bool {
        let profile = self.profile;
        let has_tag = |tags: &str| {
            let mut tags = tags.split([',', ';', '，']).map(str::trim);
            tags.any(|tag| profile.test_tags.iter().any(|test| tag.eq_ignore_ascii_case(test)))
        };
        let method = row.cell(Role::PaymentMethod);
        let is_test_payment = |method: &str| {
            let mut words = method.split(|c: char| !c.is_alphanumeric());
            words.any(|word| profile.test_payments.iter().any(|t| word.eq_ignore_ascii_case(t)))
        };
        let tags = row.cell(Role::Tags);
        (!tags.is_empty() && has_tag(tags))
            || (!method.is_empty() && self.trials.get(method, is_test_payment))
    }
}
