//! What the first screen's three shares are to reach.

use super::{Fact, FactField};
use crate::data::Data;
use crate::settings::words;
use leptos::prelude::*;
use protocol::{ShopEdit, Target, TargetFigure};

/// One field a figure.
#[component]
pub(super) fn TargetFields() -> impl IntoView {
    let t = words();
    let field = |id, label, edit, value| {
        let (hint, bad) = (t.target_hint(), t.target_bad());
        let fact = Fact { id, label, hint, bad, edit, value, edited: None, options: &[] };
        view! { <FactField fact /> }
    };
    view! {
        <section class="card" id="targets">
            <h2>{t.targets_title()}</h2>
            <p class="card__note">{t.targets_note()}</p>
            {field(
                "target-identified",
                t.identified_orders(),
                |text| edit(TargetFigure::Identified, text),
                |data| value(TargetFigure::Identified, data),
            )}
            {field(
                "target-satisfied",
                t.csat_word(),
                |text| edit(TargetFigure::Satisfied, text),
                |data| value(TargetFigure::Satisfied, data),
            )}
            {field(
                "target-repeat",
                t.repeat_rate(),
                |text| edit(TargetFigure::Repeat, text),
                |data| value(TargetFigure::Repeat, data),
            )}
        </section>
    }
}

/// Nothing is no target; what is no share cannot be used.
fn edit(figure: TargetFigure, text: &str) -> Option<ShopEdit> {
    let target = Target::parse(text);
    (text.is_empty() || target.is_some()).then_some(ShopEdit::Target(figure, target))
}

fn value(figure: TargetFigure, data: Data) -> Option<String> {
    let shop = data.shop.read();
    let target = shop.as_ref()?.targets.of(figure);
    Some(target.map_or_else(String::new, |it| it.to_string()))
}
