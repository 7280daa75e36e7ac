//! Questions to begin with: tables that many shops want.

use crate::address::orders::dimension_code;
use crate::address::use_link;
use crate::i18n::Words;
use crate::settings::words;
use leptos::prelude::*;
use protocol::{Dimension, ExploreView, LabelKind};

/// A table that is ready to be looked at.
struct Starter {
    name: &'static str,
    text: fn(Words) -> &'static str,
    by: &'static [Dimension],
    /// As it stands in the URL.
    show: &'static str,
}

const STARTERS: [Starter; 7] = [
    Starter {
        name: "months",
        text: Words::question_months,
        by: &[Dimension::Month, Dimension::Channel],
        show: "net,orders,customers,aov",
    },
    Starter {
        name: "hours",
        text: Words::question_hours,
        by: &[Dimension::Weekday, Dimension::Hour],
        show: "orders,net,customers",
    },
    Starter {
        name: "regions",
        text: Words::question_regions,
        by: &[Dimension::Region],
        show: "customers,orders,net,aov,new,each",
    },
    Starter {
        name: "new",
        text: Words::question_new,
        by: &[Dimension::Month, Dimension::Visit],
        show: "net,orders,customers,new",
    },
    Starter {
        name: "products",
        text: Words::question_products,
        by: &[Dimension::Product, Dimension::Customer(LabelKind::Group)],
        show: "customers,net,items,orders",
    },
    Starter {
        name: "discount",
        text: Words::question_discount,
        by: &[Dimension::Discount, Dimension::Visit],
        show: "net,orders,customers,aov,refunded",
    },
    Starter {
        name: "refunds",
        text: Words::question_refunds,
        by: &[Dimension::Channel],
        show: "refunded,refunds,gross,orders",
    },
];

/// Links to them, as far as the files tell what they ask.
pub(super) fn starters(view: &ExploreView) -> AnyView {
    let (t, link) = (words(), use_link());
    let instead = |it: Dimension| match it {
        // Without provinces the countries, or the cities.
        Dimension::Region => [Dimension::Region, Dimension::Country, Dimension::City]
            .into_iter()
            .find(|it| view.known.contains(it)),
        it => view.known.contains(&it).then_some(it),
    };
    let chip = |it: &Starter| {
        let by: Option<Vec<&str>> =
            it.by.iter().map(|it| instead(*it).map(dimension_code)).collect();
        let path = format!("/explore?by={}&show={}", by?.join(","), it.show);
        let (text, name, link) = ((it.text)(t), it.name, link.clone());
        Some(view! { <a class="chip" data-starter=name href=move || link(&path)>{text}</a> })
    };
    let chips: Vec<_> = STARTERS.iter().filter_map(chip).collect();
    view! {
        <nav class="chips" aria-label=t.questions_title()>{chips}</nav>
    }
    .into_any()
}
