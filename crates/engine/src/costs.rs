//! What winning customers has cost, as a person says it: by month and channel.
//!
//! One field of the shop for each month and channel, so that what several devices say merges as all
//! edits do.

use model::{Amount, Entity, Field, ShopDay, collected};
use std::collections::BTreeMap;
use store::Overlay;

/// Beginning of the fields' names; the month and the channel follow, as `cost:2026-03:Instagram`. It is
/// in users' logs: never change it.
const FIELD: &str = "cost:";

/// Longest name of a channel, in bytes.
pub const LONGEST_CHANNEL: u32 = 120;

/// The name of the field that holds the cost of a channel in the month of a day.
pub fn field_of(month: ShopDay, channel: &str) -> String {
    format!("{FIELD}{:04}-{:02}:{channel}", month.year(), month.month())
}

/// What was said, by channel and first day of the month. What is of another form, as a newer program
/// may write, says nothing.
pub fn known(overlay: &Overlay) -> BTreeMap<(String, ShopDay), Amount> {
    let fields = overlay.get(&Entity::Shop).map(|shop| &shop.fields);
    let said = fields.into_iter().flatten().filter_map(|(name, field)| {
        let (month, channel) = name.strip_prefix(FIELD)?.split_once(':')?;
        let month = ShopDay::parse_iso(&format!("{month}-01"))?;
        Some(((channel.to_owned(), month), Amount::parse(Field::text(field))?))
    });
    collected(said)
}
