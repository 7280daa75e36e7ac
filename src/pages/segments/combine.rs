//! Two saved segments as one: in both, in either, in the first but not in the second.

use super::rule_path;
use crate::address::use_link;
use crate::components::{ChipOptions, Icon, IconName, chip_select};
use crate::settings::words;
use leptos::prelude::*;
use protocol::StoredSegment;

const AND: &str = "and";
const OR: &str = "or";
const WITHOUT: &str = "without";

#[component]
pub(super) fn Combine(segments: Vec<StoredSegment>) -> impl IntoView {
    let (t, link) = (words(), use_link());
    let options: Vec<(String, String)> =
        segments.into_iter().map(|it| (it.id.to_string(), it.name().to_owned())).collect();
    let id = |at: usize| options.get(at).map_or_else(String::new, |it| it.0.clone());
    let (one, other) = (RwSignal::new(id(0)), RwSignal::new(id(1)));
    let how = RwSignal::new(AND.to_owned());
    let hows = [(AND, t.combine_and()), (OR, t.combine_or()), (WITHOUT, t.combine_without())];
    let hows = hows.map(|(code, text)| (code.to_owned(), text.to_owned())).to_vec();
    let names = StoredValue::new(options.clone());
    let href = move || {
        let (one, other, how) = (one.get(), other.get(), how.get());
        let name = |id: &str| {
            names.with_value(|it| it.iter().find(|it| it.0 == id).map(|it| it.1.clone()))
        };
        let word = match how.as_str() {
            OR => t.combine_or(),
            WITHOUT => t.combine_without(),
            _ => t.combine_and(),
        };
        let [first, second] = [&one, &other].map(|it| name(it).unwrap_or_default());
        link(&rule_path(&rule(&how, &one, &other), &format!("{first} {word} {second}")))
    };
    view! {
        <section class="card" id="segments-combine">
            <h2>{t.segments_combine()}</h2>
            <div class="row">
                {choice(t.segment_word(), options.clone(), one)}
                {choice(t.segments_combine(), hows, how)}
                {choice(t.segment_word(), options, other)}
                <a class="button" data-action="segments-combine" href=href>{t.combine_do()} <Icon name=IconName::Segments /></a>
            </div>
        </section>
    }
}

fn rule(how: &str, one: &str, other: &str) -> String {
    match how {
        OR => format!("any(segment={one},segment={other})"),
        WITHOUT => format!("all(segment={one},segment!={other})"),
        _ => format!("all(segment={one},segment={other})"),
    }
}

fn choice(label: &'static str, options: ChipOptions, chosen: RwSignal<String>) -> impl IntoView {
    chip_select(label, options, chosen.into(), Callback::new(move |it| chosen.set(it)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::Rule;

    #[test]
    fn two_segments_make_a_rule() {
        let (one, other) = ("00000000000000aa", "00000000000000bb");
        for how in [AND, OR, WITHOUT] {
            let text = rule(how, one, other);
            assert_eq!(Rule::parse(&text).map(|it| it.to_string()), Some(text), "{how}");
        }
    }
}
