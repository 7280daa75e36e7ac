//! Who the customers of each tenth are, and what the value comes from.

use super::minor;
use crate::address::{customers_path, use_lens, use_link};
use crate::client::Engine;
use crate::components::{Head, ShareMeter, TableCard};
use crate::pages::answered::answered_part;
use crate::settings::{formats, words};
use leptos::prelude::*;
use model::Currency;
use protocol::{
    Behind, CustomerFilter, Label, LabelCondition, LabelKind, Models, Request, Response,
    ValueByView, ValuePart,
};

/// The tenths as a table, each with its customers.
pub(super) fn table(models: &Models, currency: Currency) -> AnyView {
    let (t, f) = (words(), formats());
    let money = |amount: f64| f.money_whole(minor(amount), currency);
    let rows = models.deciles.iter().zip(1_u8..).map(|(tenth, nth)| {
        let label = Label::Decile(nth);
        view! {
            <tr data-decile=nth.to_string()>
                <td>{t.label(LabelKind::Decile, Some(&label))}</td>
                <td class="n">{customers(LabelKind::Decile, Some(label), tenth.customers)}</td>
                <td class="n hide-small">{money(tenth.least)}</td>
                <td class="n hide-small">{money(tenth.greatest)}</td>
                <td class="n"><b>{money(tenth.value)}</b></td>
                <td class="meter">{share(tenth.value, models.equity)}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let heads = vec![
        Head::text(t.decile_word()),
        Head::number(t.m_customers()),
        Head::number(t.least_value()).hide_small(),
        Head::number(t.greatest_value()).hide_small(),
        Head::number(t.expected_value()),
        Head::meter(t.share_of_equity()),
    ];
    view! {
        <TableCard id="deciles" heading=t.decile_table_title() note=t.decile_table_note() file_name="deciles.csv" heads rows=models.deciles.len()>
            {rows}
        </TableCard>
    }
    .into_any()
}

/// How many have a label, leading to them. Those without one are not all of the list without one, which
/// has who never bought too.
fn customers(kind: LabelKind, label: Option<Label>, count: u32) -> AnyView {
    let f = formats();
    let Some(label) = label.filter(|_| count > 0) else { return f.count(count).into_any() };
    let link = use_link();
    let conditions = vec![LabelCondition { kind, on: None, label: Some(label) }];
    let path = customers_path(&CustomerFilter::behind(Behind::Labelled(conditions)));
    view! { <a class="table__link" data-count=count href=move || link(&path)>{f.count(count)}</a> }
        .into_any()
}

/// A part of all as a bar; nothing where all is nothing.
fn share(part: f64, all: f64) -> Option<AnyView> {
    let share = (all > 0.0).then(|| part / all)?;
    Some(view! { <ShareMeter share=share text=formats().percent(share) /> }.into_any())
}

/// The equity by channel and by product of the first order.
#[component]
pub(super) fn ValueBy() -> impl IntoView {
    let (lens, engine) = (use_lens(), expect_context::<Engine>());
    let question = move || {
        engine.fits.track();
        Request::ValueBy(lens.get())
    };
    answered_part(question, Response::of_segments::<ValueByView>, |view| by_beginning(&view))
}

fn by_beginning(view: &ValueByView) -> AnyView {
    let cards = view.kinds.iter().map(|(kind, parts)| by_kind(*kind, parts, view.currency));
    let cards = cards.collect_view();
    view! { <div class="columns columns--even">{cards}</div> }.into_any()
}

fn by_kind(kind: LabelKind, parts: &[ValuePart], currency: Currency) -> AnyView {
    let (t, f) = (words(), formats());
    let all: f64 = parts.iter().map(|it| it.value).sum();
    let rows = parts.iter().map(|part| {
        let each = part.value / f64::from(part.customers.max(1));
        view! {
            <tr data-part>
                <td>{t.label(kind, part.label.as_ref())}</td>
                <td class="n">{customers(kind, part.label.clone(), part.customers)}</td>
                <td class="n hide-small">{f.money_whole(minor(each), currency)}</td>
                <td class="n"><b>{f.money_whole(minor(part.value), currency)}</b></td>
                <td class="meter">{share(part.value, all)}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let (id, heading, file_name) = match kind {
        LabelKind::Channel => ("value-by-channel", t.value_by_channel(), "value-by-channel.csv"),
        _ => ("value-by-product", t.value_by_product(), "value-by-first-product.csv"),
    };
    let heads = vec![
        Head::text(t.label_kind(kind)),
        Head::number(t.m_customers()),
        Head::number(t.value_each()).hide_small(),
        Head::number(t.expected_value()),
        Head::meter(t.share_of_equity()),
    ];
    view! {
        <TableCard id heading file_name heads rows=parts.len()>
            {rows}
        </TableCard>
    }
    .into_any()
}
