//! Where the tiers are cut, to be changed.

use crate::components::{Draft, Field};
use crate::data::Data;
use crate::edits::{Edit, Edits};
use crate::settings::words;
use leptos::prelude::*;
use model::{plain_decimal, read_decimal};
use protocol::{Problem, ShopEdit, Tier, are_tier_shares};

/// The tiers' shares of buyers, saved together.
#[component]
pub(super) fn Shares() -> impl IntoView {
    let t = words();
    let (data, edits) = (expect_context::<Data>(), Edits::here());
    let stored = move || data.shop.read().as_ref().map(|it| it.tier_shares_percent);
    let drafts: [Draft; 4] = std::array::from_fn(|at| {
        Draft::of(Signal::derive(move || {
            stored().map_or_else(String::new, |shares| shares[at].to_string())
        }))
    });
    let error = RwSignal::new(None::<String>);
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let typed = drafts.map(Draft::text);
        let (Some(shares), Some(former)) = (shares_of(&typed), untrack(stored)) else {
            error.set(Some(t.tier_shares_bad().to_owned()));
            return;
        };
        error.set(None);
        let edit = Edit::shop(ShopEdit::TierShares(shares), ShopEdit::TierShares(former));
        edits.write(edit, t, t.setting_saved(), move |written| match written {
            Ok(()) => drafts.into_iter().zip(typed).for_each(|(draft, text)| draft.saved(&text)),
            Err(Problem::Invalid(_)) => {
                error.try_set(Some(t.tier_shares_bad().to_owned()));
            }
            Err(problem) => {
                error.try_set(Some(t.problem(&problem)));
            }
        });
    };
    let fields = Tier::ALL.into_iter().zip(drafts).zip(IDS);
    let fields = fields.map(|((tier, draft), id)| view! { <Share tier draft id /> });
    view! {
        <form class="card" id="tier-shares" on:submit=submit>
            <h2>{t.tier_shares()}</h2>
            <p class="card__note">{t.tier_shares_hint()}</p>
            <div class="row row--fields">
                {fields.collect_view()}
                <button class="button button--primary button--field" type="submit">{t.save()}</button>
            </div>
            <p class="field__error" role="alert">{move || error.get()}</p>
        </form>
    }
}

#[component]
fn Share(tier: Tier, draft: Draft, id: &'static str) -> impl IntoView {
    view! {
        <Field id=id label=words().tier(tier) let:ids>
            <input
                class="input"
                id=ids.input
                type="text"
                inputmode="decimal"
                autocomplete="off"
                prop:value=move || draft.shown()
                on:input=move |event| draft.type_over(event_target_value(&event))
            />
        </Field>
    }
}

const IDS: [&str; 4] = ["share-vip", "share-big", "share-normal", "share-small"];

/// A percentage.
fn percentage(text: &str) -> Option<f64> {
    let text = text.trim().trim_end_matches(['%', '％']).trim();
    read_decimal(&plain_decimal(text)?)
}

/// Four percentages above 0 that make 100 together.
fn shares_of(typed: &[String; 4]) -> Option<[f64; 4]> {
    let [a, b, c, d] = typed.each_ref().map(|text| percentage(text));
    let shares = [a?, b?, c?, d?];
    are_tier_shares(&shares).then_some(shares)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_four_percentages_that_make_a_hundred() {
        for (typed, shares) in [
            (["1", "4", "15", "80"], Some([1.0, 4.0, 15.0, 80.0])),
            (["2,5 %", "2.5", " 15％ ", "80"], Some([2.5, 2.5, 15.0, 80.0])),
            (["1", "4", "15", "79"], None),
            (["0", "5", "15", "80"], None),
            (["-1", "6", "15", "80"], None),
            (["", "5", "15", "80"], None),
            (["NaN", "5", "15", "80"], None),
            ([".5", "0.50", "19.", "80"], Some([0.5, 0.5, 19.0, 80.0])),
            (["1.2.3", "5", "15", "80"], None),
        ] {
            assert_eq!(shares_of(&typed.map(str::to_owned)), shares, "{typed:?}");
        }
    }
}
