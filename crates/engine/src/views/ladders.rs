//! Upselling: from a smaller product to a greater one of the same kind.

use super::products::Shelf;
use crate::basket_columns::BasketColumns;
use analytics::{Bought, Codes, suggest_ladders};
use foldhash::fast::FixedState;
use hashbrown::HashMap;
use protocol::{LadderView, RungRow};
use std::cmp::Reverse;

/// So many ladders are shown, those with most owners.
const MOST_LADDERS: usize = 30;

/// The ladders: products whose names begin alike and differ in size or make, by price.
pub fn view(columns: &BasketColumns, shelf: &mut Shelf, who: &Bought) -> Vec<LadderView> {
    let mut codes_of: HashMap<&str, u32, FixedState> = HashMap::default();
    let codes: Vec<u32> = columns
        .names
        .iter()
        .map(|name| {
            let next = codes_of.len() as u32;
            kind(name).map_or(Codes::UNKNOWN, |kind| *codes_of.entry(kind).or_insert(next))
        })
        .collect();
    let found = suggest_ladders(Codes::new(&codes, codes_of.len()), &shelf.price, who);
    let mut views: Vec<LadderView> = found
        .iter()
        .map(|ladder| LadderView {
            kind: kind(&columns.names[ladder.rungs[0] as usize]).unwrap_or_default().to_owned(),
            rungs: ladder
                .steps(who)
                .into_iter()
                .map(|step| RungRow {
                    product: shelf.place(step.item),
                    owners: step.owners,
                    climbed: step.climbed,
                    candidates: step.candidates.len() as u32,
                })
                .collect(),
        })
        .collect();
    tiny_sort::stable::sort_by_key(&mut views, |it| {
        Reverse(it.rungs.iter().map(|rung| rung.owners).sum::<u32>())
    });
    views.truncate(MOST_LADDERS);
    views
}

/// What products of one kind share: the name up to a dash, stroke, comma or bracket. `None` where
/// the name has none, so that it tells no kind.
fn kind(name: &str) -> Option<&str> {
    let marks = [" - ", " – ", " / ", " · ", ", ", " (", "，", "（", "｜", " | "];
    let end = marks.iter().filter_map(|mark| name.find(mark)).min()?;
    Some(name[..end].trim()).filter(|kind| !kind.is_empty())
}

#[cfg(test)]
mod tests {
    use super::kind;

    #[test]
    fn the_kind_is_what_stands_before_the_first_mark() {
        for (name, expected) in [
            ("Stoneware Mug - Ash / 350 ml", Some("Stoneware Mug")),
            ("Sencha, 100 g", Some("Sencha")),
            ("龙井（250克）", Some("龙井")),
            ("Gift card", None),
            (" - ", None),
            ("", None),
        ] {
            assert_eq!(kind(name), expected, "{name}");
        }
    }
}
