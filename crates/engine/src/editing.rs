//! A person's edits of the shop and of customers.

use crate::acts::tag_of;
use crate::answer::Engine;
use crate::costs;
use crate::exchange;
use crate::host::{Host, SourceFile};
use crate::problem;
use crate::segments;
use crate::shared_keys;
use crate::shop::field;
use model::{CustomerId, DatedRate, Entity, Operation, Origin, Value, is_country};
use protocol::{
    ChurnReason, CustomerEdit, Field, Problem, Response, ShopEdit, StoredSegment, are_tier_shares,
};
use store::Backend;

/// Longest text that is kept, in bytes.
pub const LONGEST_TEXT: u32 = 10_000;
/// Longest name of whoever looks after a customer, in bytes.
const LONGEST_OWNER: u32 = 120;

impl<B: Backend, H: Host, F: SourceFile> Engine<B, H, F> {
    pub(crate) async fn edit_shop(&mut self, edit: ShopEdit) -> Result<Response, Problem> {
        let (name, text) = match edit {
            ShopEdit::Name(text) => (field::NAME, text.trim().to_owned()),
            ShopEdit::TimeZone(text) => {
                if !text.is_empty() {
                    self.host.zone(&text, 0..=0).ok_or(Problem::Invalid(Field::TimeZone))?;
                }
                (field::TIME_ZONE, text)
            }
            ShopEdit::Currency(currency) => {
                (field::CURRENCY, currency.map_or("", |it| it.code()).to_owned())
            }
            ShopEdit::Country(text) => {
                let code = text.trim().to_ascii_uppercase();
                if !code.is_empty() && !is_country(&code) {
                    return Err(Problem::Invalid(Field::Country));
                }
                (field::COUNTRY, code)
            }
            ShopEdit::TierShares(shares) => {
                if !are_tier_shares(&shares) {
                    return Err(Problem::Invalid(Field::TierShares));
                }
                (field::TIER_SHARES, shares.map(|share| share.to_string()).join(","))
            }
            ShopEdit::Rfm(choice) => (field::RFM, choice.to_string()),
            ShopEdit::SharedKey { key, shared } => {
                let (name, text) =
                    shared_keys::field_of(&key).ok_or(Problem::Invalid(Field::SharedKey))?;
                let text = if shared { text } else { String::new() };
                return self.set_text(Entity::Shop, &name, text).await;
            }
            ShopEdit::Lifecycle(choice) => (field::LIFECYCLE, choice.to_string()),
            ShopEdit::Rate { currency, shops, from, rate } => {
                if currency == shops {
                    return Err(Problem::Invalid(Field::Rates));
                }
                let name = exchange::field_of(currency, shops);
                let known = exchange::known(&self.shop.overlay, &name);
                let rates = match rate {
                    Some(rate) => known.with(DatedRate { from, rate }),
                    None => known.without(from),
                };
                return self.set_text(Entity::Shop, &name, rates.to_string()).await;
            }
            ShopEdit::Grades(rules) => (field::GRADES, rules.to_string()),
            ShopEdit::Cost { month, channel, cost } => {
                let channel = channel.trim();
                if channel.len() > costs::LONGEST_CHANNEL as usize {
                    return Err(Problem::TooLong(costs::LONGEST_CHANNEL));
                }
                let name = costs::field_of(month, channel);
                let text = cost.map(|it| it.to_string()).unwrap_or_default();
                return self.set_text(Entity::Shop, &name, text).await;
            }
            ShopEdit::Target(figure, target) => {
                let text = target.map(|it| it.to_string());
                (field::TARGETS[figure as usize], text.unwrap_or_default())
            }
            ShopEdit::DeliveredWeights(weights) => (field::DELIVERED_WEIGHTS, weights.to_string()),
            ShopEdit::Segment(StoredSegment { id, text }) => {
                return self.set_text(Entity::Shop, &segments::field_of(id), text).await;
            }
        };
        self.set_text(Entity::Shop, name, text).await
    }

    pub(crate) async fn edit_customer(
        &mut self,
        id: CustomerId,
        edit: CustomerEdit,
    ) -> Result<Response, Problem> {
        self.shop.frame.find(id).ok_or(Problem::NotFound)?;
        let (name, text) = match edit {
            CustomerEdit::Name(text) => (field::NAME, text.trim().to_owned()),
            CustomerEdit::Note(text) => (field::NOTE, text.trim_end().to_owned()),
            CustomerEdit::Reason(reason) => {
                (field::CHURN_REASON, reason.map_or("", ChurnReason::code).to_owned())
            }
            CustomerEdit::Owner(text) => {
                let owner = text.split_whitespace().collect::<Vec<_>>().join(" ");
                if owner.len() > LONGEST_OWNER as usize {
                    return Err(Problem::TooLong(LONGEST_OWNER));
                }
                (field::OWNER, owner)
            }
            CustomerEdit::Verdict(verdict) => {
                let today = self.shop.today(&self.host);
                let text = verdict.map(|it| format!("{}/{today}", it.code()));
                (field::VERDICT, text.unwrap_or_default())
            }
            CustomerEdit::Tag(text) => {
                let operation = Operation::Include(tag_of(&text)?);
                return self.change(Entity::Customer(id), field::TAGS, operation).await;
            }
            CustomerEdit::Untag(word) => {
                let tags = self.shop.overlay.field(&Entity::Customer(id), field::TAGS);
                let stamps = tags.and_then(|tags| tags.words.get(&word));
                let seen = stamps.into_iter().flatten().copied().collect();
                let operation = Operation::Exclude(word, seen);
                return self.change(Entity::Customer(id), field::TAGS, operation).await;
            }
            CustomerEdit::Blocked(is_blocked) => {
                let operation = Operation::Set(Value::Flag(is_blocked));
                return self.change(Entity::Customer(id), field::BLOCKED, operation).await;
            }
        };
        self.set_text(Entity::Customer(id), name, text).await
    }

    async fn set_text(
        &mut self,
        entity: Entity,
        name: &str,
        text: String,
    ) -> Result<Response, Problem> {
        if text.len() > LONGEST_TEXT as usize {
            return Err(Problem::TooLong(LONGEST_TEXT));
        }
        self.change(entity, name, Operation::Set(Value::Text(text))).await
    }

    async fn change(
        &mut self,
        entity: Entity,
        name: &str,
        operation: Operation,
    ) -> Result<Response, Problem> {
        let rebuild = matches!(name, field::TIME_ZONE | field::CURRENCY) || exchange::is_rate(name);
        let edit = (entity, name.to_owned(), operation);
        let now = self.host.now_ms();
        self.store.apply(Origin::Person, vec![edit], now).await.map_err(problem::of_store)?;
        self.take_over_edits(rebuild).await?;
        Ok(Response::Done)
    }
}
