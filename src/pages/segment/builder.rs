//! The rule on screen: groups in groups, each condition a line.

use super::draft::{
    BOUGHT, DraftGroup, DraftNode, DraftTest, KNOWN, SEGMENT, UNKNOWN, WITHIN, Wrong, is_bare,
    signs, take,
};
use super::value::value_field;
use crate::components::{Icon, IconName, chip_select, focus_on, window_options};
use crate::i18n::Words;
use crate::settings::words;
use leptos::prelude::*;
use protocol::{AnyField, DEEPEST_RULE, MOST_TESTS, Truth, WhyPart};

/// The rule that is being written. A handle: copies lead to the same rule.
#[derive(Clone, Copy)]
pub(super) struct Builder {
    pub tree: RwSignal<DraftGroup>,
    /// The number that was given last.
    pub next: StoredValue<u32>,
    /// The last change was a letter typed, no step of its own.
    pub typing: StoredValue<bool>,
    /// The first condition that cannot be read.
    pub wrong: Memo<Option<(u32, Wrong)>>,
    /// Whether the parts hold of the customer who was asked about, in their order.
    pub why: Signal<Vec<WhyPart>>,
}

impl Builder {
    pub(super) fn change(self, typing: bool, change: impl FnOnce(&mut DraftGroup)) {
        self.typing.set_value(typing);
        self.tree.update(change);
    }

    pub(super) fn change_test(self, id: u32, typing: bool, change: impl FnOnce(&mut DraftTest)) {
        self.change(typing, |tree| {
            if let Some(test) = tree.test_mut(id) {
                change(test);
            }
        });
    }

    /// Takes a part out; the focus goes to what stands beside it, else to what adds another.
    fn remove(self, id: u32) {
        let beside = self.tree.with_untracked(|tree| tree.beside(id));
        self.change(false, |tree| tree.remove(id));
        let Some((group, next)) = beside else { return };
        let control = next.map_or_else(
            || format!("[data-part=\"{group}\"] [data-action=\"condition-add\"]"),
            |next| format!("[data-part=\"{next}\"] [data-action$=\"-remove\"]"),
        );
        request_animation_frame(move || focus_on(&control));
    }

    fn number(self) -> u32 {
        let mut next = self.next.get_value();
        let number = take(&mut next);
        self.next.set_value(next);
        number
    }

    /// What is read of a condition.
    pub(super) fn of_test<T: PartialEq + Send + Sync + 'static>(
        self,
        id: u32,
        read: fn(&DraftTest) -> T,
    ) -> Memo<Option<T>> {
        Memo::new(move |_| self.tree.with(|tree| tree.test(id).map(read)))
    }
}

/// A group with its conditions.
pub(super) fn group_view(builder: Builder, id: u32, depth: usize) -> AnyView {
    let t = words();
    let parts = Memo::new(move |_| {
        let part = |node: &DraftNode| (node.id(), matches!(node, DraftNode::Group(_)));
        let of_group = |it: &DraftGroup| it.nodes.iter().map(part).collect::<Vec<_>>();
        builder.tree.with(|tree| tree.group(id).map(of_group)).unwrap_or_default()
    });
    let remove = (depth > 1).then(|| {
        view! {
            <button class="button button--quiet" type="button" data-action="group-remove" aria-label=t.group_remove() title=t.group_remove()
                on:click=move |_| builder.remove(id)>
                <Icon name=IconName::Close />
            </button>
        }
    });
    view! {
        <fieldset class="rule" data-part=id data-group>
            <div class="rule__condition">
                {mark(builder, id)}
                <span class="rule__number">{t.group_holds()}</span>
                {how_select(builder, id)}
                <span class="rule__ways">{remove}</span>
            </div>
            <Show when=move || parts.read().is_empty()>
                <p class="card__note">{t.group_empty()}</p>
            </Show>
            <For each=move || parts.get() key=|it| *it let:part>
                {if part.1 { group_view(builder, part.0, depth + 1) } else { test_view(builder, part.0) }}
            </For>
            {adding(builder, id, depth)}
        </fieldset>
    }
    .into_any()
}

/// All or any of the conditions, or the opposite.
fn how_select(builder: Builder, id: u32) -> impl IntoView {
    let t = words();
    let how = Memo::new(move |_| {
        let how = builder.tree.with(|tree| tree.group(id).map(|it| (it.all, it.negated)));
        match how.unwrap_or((true, false)) {
            (true, false) => "all",
            (false, false) => "any",
            (true, true) => "not-all",
            (false, true) => "not-any",
        }
        .to_owned()
    });
    let choose = Callback::new(move |code: String| {
        builder.change(false, |tree| {
            if let Some(group) = tree.group_mut(id) {
                group.all = code.ends_with("all");
                group.negated = code.starts_with("not");
            }
        });
    });
    let options = [
        ("all", t.group_all()),
        ("any", t.group_any()),
        ("not-all", t.group_not_all()),
        ("not-any", t.group_not_any()),
    ];
    let options = options.map(|(code, text)| (code.to_owned(), text.to_owned()));
    chip_select(t.group_holds(), options.into(), how.into(), choose)
}

/// The ways to add to a group; the focus goes to what was added.
fn adding(builder: Builder, id: u32, depth: usize) -> impl IntoView {
    let t = words();
    let add = move |node: fn(u32) -> DraftNode| {
        let number = builder.number();
        builder.change(false, |tree| {
            if let Some(group) = tree.group_mut(id) {
                group.nodes.push(node(number));
            }
        });
        request_animation_frame(move || focus_on(&format!("[data-part=\"{number}\"] select")));
    };
    let is_full = move || builder.tree.with(|tree| tree.tests().len() >= MOST_TESTS);
    let group = (depth < DEEPEST_RULE).then(|| {
        let blank = |id| DraftNode::Group(DraftGroup { id, all: false, negated: false, nodes: Vec::new() });
        view! {
            <button class="link" type="button" data-action="group-add" disabled=is_full on:click=move |_| add(blank)>
                {t.group_add()}
            </button>
        }
    });
    view! {
        <div class="row">
            <button class="link" type="button" data-action="condition-add" disabled=is_full
                on:click=move |_| add(|it| DraftNode::Test(DraftTest::blank(it)))>
                {t.condition_add()}
            </button>
            {group}
        </div>
    }
}

/// A condition.
fn test_view(builder: Builder, id: u32) -> AnyView {
    let t = words();
    let what = builder.of_test(id, |it| it.what.clone());
    let sign = builder.of_test(id, |it| it.sign.clone());
    let window = builder.of_test(id, |it| it.window.clone());
    let has_window = builder.of_test(id, DraftTest::has_window);
    let text = |memo: Memo<Option<String>>| Signal::derive(move || memo.get().unwrap_or_default());
    let look_at = Callback::new(move |code: String| {
        builder.change_test(id, false, |it| it.look_at(&code));
    });
    let compare = Callback::new(move |code: String| {
        builder.change_test(id, false, |it| {
            // A day of the calendar is no number of days.
            let is_date = |sign: &str| matches!(sign, ">=" | "<=");
            if matches!(AnyField::of_name(&it.what), Some(AnyField::Day(_)))
                && is_date(&code) != is_date(&it.sign)
            {
                it.value.clear();
            }
            it.sign = code;
        });
    });
    let limit = Callback::new(move |code: String| {
        builder.change_test(id, false, |it| it.window = code);
    });
    // Other signs for another field: the list is made anew.
    let sign_list = move || {
        let what = what.get().unwrap_or_default();
        let options = signs(&what).iter().map(|it| ((*it).to_owned(), sign_word(t, &what, it)));
        chip_select(t.condition_side(), options.collect(), text(sign), compare)
    };
    let wrong = Memo::new(move |_| builder.wrong.get().filter(|it| it.0 == id).map(|it| it.1));
    let is_blank = builder.of_test(id, |it| it.value.trim().is_empty());
    let problem = move || {
        wrong.get().map(|it| {
            let class = if is_blank.get() == Some(true) { "field__hint" } else { "field__error" };
            view! { <p class=class id=format!("wrong-{id}") data-wrong>{wrong_word(t, it)}</p> }
        })
    };
    view! {
        <div class="rule__line" data-part=id data-test>
            <div class="rule__condition">
                {mark(builder, id)}
                {field_select(t, text(what), look_at)}
                {sign_list}
                {value_field(builder, id)}
                <Show when=move || has_window.get() == Some(true)>
                    {chip_select(t.condition_window(), window_options(t, &WINDOWS, &window.get_untracked().unwrap_or_default()), text(window), limit)}
                </Show>
                <button class="button button--quiet" type="button" data-action="condition-remove" aria-label=t.condition_remove() title=t.condition_remove()
                    on:click=move |_| builder.remove(id)>
                    <Icon name=IconName::Close />
                </button>
            </div>
            {problem}
        </div>
    }
    .into_any()
}

/// Whether a part holds of the customer who was asked about.
fn mark(builder: Builder, id: u32) -> impl IntoView {
    let t = words();
    move || {
        let parts = builder.why.read();
        let at = builder.tree.with(|tree| tree.order().iter().position(|it| *it == id))?;
        // The parts are of the rule as it was asked about.
        let is_same = builder.tree.with(|tree| tree.order().len() == parts.len());
        let truth = parts.get(at).filter(|_| is_same)?.truth;
        let (sign, class, word) = match truth {
            Truth::Yes => ("✓", "tag tag--good", t.truth_yes()),
            Truth::No => ("✗", "tag tag--bad", t.truth_no()),
            Truth::Unknown => ("?", "tag", t.truth_unknown()),
        };
        Some(
            view! { <span class=class role="img" aria-label=word title=word data-truth=word>{sign}</span> },
        )
    }
}

/// What some fields are about, and their names.
type FieldGroup = (fn(Words) -> &'static str, &'static [&'static str]);

/// The usual stretches of time.
const WINDOWS: [&str; 5] = ["", "30d", "90d", "12m", "24m"];

/// The fields to choose from, by what they are about.
const FIELDS: [FieldGroup; 6] = [
    (
        Words::fields_orders,
        &[
            "net",
            "orders",
            "order_value",
            "silent",
            "known",
            "first",
            "last",
            "gap",
            BOUGHT,
            "first_product",
            "channel",
            "first_channel",
            "source",
            "discount",
            "refunded",
        ],
    ),
    (
        Words::fields_scores,
        &["r", "f", "m", "group", "class", "tier", "stage", "silence", "grade", "cluster", SEGMENT],
    ),
    (Words::fields_future, &["alive", "expected", "value", "decile"]),
    (Words::fields_person, &["name", "country", "region", "city", "tag", "note"]),
    (Words::fields_contact, &["email", "phone", "may_email", "may_text", "blocked", "contacted"]),
    (Words::fields_said, &["csat", "nps", "answers", "tickets"]),
];

fn field_word(t: Words, what: &str) -> &'static str {
    match AnyField::of_name(what) {
        Some(field) => t.any_field(field),
        None if what == SEGMENT => t.field_segment(),
        None => t.field_bought(),
    }
}

fn field_select(t: Words, value: Signal<String>, choose: Callback<String>) -> impl IntoView {
    let first = value.get_untracked();
    let groups = FIELDS.map(|(name, fields)| {
        let options = fields.iter().map(|&code| {
            view! { <option value=code selected=code == first>{field_word(t, code)}</option> }
        });
        view! { <optgroup label=name(t)>{options.collect_view()}</optgroup> }
    });
    view! {
        <select class="chip chip--choice" aria-label=t.condition_what() prop:value=value on:change=move |event| choose.run(event_target_value(&event))>
            {groups.into_iter().collect_view()}
        </select>
    }
}

/// A sign as people read it.
fn sign_word(t: Words, what: &str, sign: &str) -> String {
    let word = match (AnyField::of_name(what), sign) {
        (_, KNOWN) => t.test_known(),
        (_, UNKNOWN) => t.test_unknown(),
        (Some(AnyField::Day(_)), ">=") => t.sign_since(),
        (Some(AnyField::Day(_)), "<=") => t.sign_until(),
        (Some(AnyField::Day(_)), WITHIN) => t.sign_within_days(),
        (Some(AnyField::Day(_)), _) => t.sign_before_days(),
        (Some(AnyField::Number(_)), ">=") => "≥",
        (Some(AnyField::Number(_)), "<=") => "≤",
        (Some(AnyField::Number(_)), sign) => return sign.to_owned(),
        (Some(AnyField::Flag(_)), "yes") => t.sign_yes(),
        (Some(AnyField::Flag(_)), _) => t.sign_no(),
        (None, "=") if what == SEGMENT => t.sign_in(),
        (None, _) if what == SEGMENT => t.sign_not_in(),
        (None, "=") => t.sign_bought(),
        (None, _) => t.sign_not_bought(),
        (_, "=") => t.sign_is(),
        (_, "!=") => t.sign_is_not(),
        (_, "~") => t.sign_has(),
        _ => t.sign_has_not(),
    };
    word.to_owned()
}

const fn wrong_word(t: Words, wrong: Wrong) -> &'static str {
    match wrong {
        Wrong::Number => t.test_number_bad(),
        Wrong::Day => t.test_day_bad(),
        Wrong::Days => t.test_days_bad(),
        Wrong::Text => t.test_text_bad(),
        Wrong::Choice => t.test_choice_bad(),
        Wrong::Segment => t.test_segment_bad(),
    }
}

/// Whether a condition needs a value.
pub(super) fn needs_value(test: &DraftTest) -> bool {
    !is_bare(&test.sign)
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::{ChoiceField, DayField, FlagField, NumberField, TextField};

    #[test]
    fn every_field_can_be_chosen_once() {
        let mut offered: Vec<&str> = FIELDS.iter().flat_map(|it| it.1.iter().copied()).collect();
        let mut all: Vec<&str> = vec![BOUGHT, SEGMENT];
        all.extend(NumberField::ALL.iter().map(|it| it.name()));
        all.extend(DayField::ALL.iter().map(|it| it.name()));
        all.extend(ChoiceField::ALL.iter().map(|it| it.name()));
        all.extend(TextField::ALL.iter().map(|it| it.name()));
        all.extend(FlagField::ALL.iter().map(|it| it.name()));
        offered.sort_unstable();
        all.sort_unstable();
        assert_eq!(offered, all);
    }
}
