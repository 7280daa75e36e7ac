//! What customers get of the shop, less what it costs them, and how the parts weigh.

use super::by_label::whose;
use super::signed;
use crate::address::labels::kind_of;
use crate::address::{product_path, use_lens, use_link, use_query};
use crate::client::Engine;
use crate::components::{Head, TableCard};
use crate::edits::{Edit, Edits};
use crate::pages::answered::answered_part;
use crate::settings::{formats, words};
use leptos::prelude::*;
use protocol::{
    DeliveredFigure, DeliveredView, DeliveredWeights, Request, Response, SatisfactionQuery,
    ShopEdit,
};

/// The cards; nothing where no answer has all parts. By the same label as the other answers.
#[component]
pub(super) fn Delivered() -> impl IntoView {
    let (lens, map, engine) = (use_lens(), use_query(), expect_context::<Engine>());
    let by = Memo::new(move |_| map.read().get_str("by").and_then(kind_of).unwrap_or_default());
    let question = move || {
        if by.get().is_of_models() {
            engine.fits.track();
        }
        Request::Delivered(SatisfactionQuery { lens: lens.get(), by: by.get() })
    };
    answered_part(question, Response::of_segments::<DeliveredView>, |view| cards(&view))
}

fn cards(view: &DeliveredView) -> AnyView {
    let Some(all) = view.all else { return ().into_any() };
    let (t, f) = (words(), formats());
    let lead = t.delivered_lead(&signed(all.difference.value, |it| f.number(it, 2)));
    let n = t.n_answers(&f.count(all.difference.n));
    view! {
        <section class="card" id="delivered">
            <h2>{t.delivered_title()}</h2>
            <p class="card__lead" data-delivered=format!("{:.4}", all.difference.value)>{lead}</p>
            <p class="card__note">{t.sentences(&[t.delivered_note(&n)])}</p>
            {weights(view.weights)}
        </section>
        <div class="columns columns--even">
            {products(view)}
            {parts(view)}
        </div>
    }
    .into_any()
}

fn heads(first: &'static str) -> Vec<Head> {
    let t = words();
    vec![
        Head::text(first),
        Head::number(t.delivered_word()),
        Head::number(t.interval_word()).hide_small(),
        Head::number(t.ratio_word()).means(t.ratio_means()),
        Head::number(t.answers_word()),
    ]
}

fn cells(figure: &DeliveredFigure) -> AnyView {
    let (t, f) = (words(), formats());
    let write = |it: f64| signed(it, |it| f.number(it, 2));
    let dash = || "–".to_owned();
    let interval = figure.difference.interval;
    let interval = interval.map(|(low, high)| t.between(&write(low), &write(high)));
    view! {
        <td class="n"><b>{write(figure.difference.value)}</b></td>
        <td class="n table__quiet hide-small">{interval.unwrap_or_else(dash)}</td>
        <td class="n">{figure.ratio.map_or_else(dash, |it| f.number(it, 2))}</td>
        <td class="n">{f.count(figure.difference.n)}</td>
    }
    .into_any()
}

fn products(view: &DeliveredView) -> Option<AnyView> {
    let t = words();
    if view.products.is_empty() {
        return None;
    }
    let rows = view.products.iter().map(|it| {
        let (link, path) = (use_link(), product_path(&it.key));
        view! {
            <tr data-delivered-product=it.key.clone()>
                <td><a class="table__link" href=move || link(&path)>{it.name.clone()}</a></td>
                {cells(&it.figure)}
            </tr>
        }
    });
    let rows = rows.collect_view();
    Some(
        view! {
            <TableCard id="delivered-products" heading=t.delivered_products() file_name="delivered-value-by-product.csv" note=t.delivered_products_note() heads=heads(t.product_word()) rows=view.products.len()>
                {rows}
            </TableCard>
        }
        .into_any(),
    )
}

fn parts(view: &DeliveredView) -> AnyView {
    let t = words();
    let rows = view.parts.iter().map(|(who, figure)| {
        view! {
            <tr data-delivered-part>
                <td>{whose(view.by, who)}</td>
                {cells(figure)}
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <TableCard id="delivered-parts" heading=t.delivered_parts() file_name="delivered-value-by-label.csv" heads=heads(t.label_kind(view.by)) rows=view.parts.len()>
            {rows}
        </TableCard>
    }
    .into_any()
}

/// The weights of the eight parts, saved as a whole.
fn weights(former: DeliveredWeights) -> AnyView {
    let t = words();
    let edits = Edits::here();
    let typed = former.texts().map(RwSignal::new);
    let problem = RwSignal::new(None::<String>);
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        // A comma within a number would be one between numbers.
        let texts = typed.map(|it| it.get_untracked().replace(',', "."));
        let Some(weights) = DeliveredWeights::parse(&texts.join(",")) else {
            return problem.set(Some(t.weight_bad().to_owned()));
        };
        problem.set(None);
        if weights == former {
            return;
        }
        let edit =
            Edit::shop(ShopEdit::DeliveredWeights(weights), ShopEdit::DeliveredWeights(former));
        edits.write(edit, t, t.setting_saved(), move |written| {
            if let Err(it) = written {
                problem.try_set(Some(t.problem(&it)));
            }
        });
    };
    let field = |at: usize| {
        let (id, text) = (format!("weight-{at}"), typed[at]);
        view! {
            <div class="field">
                <label class="field__label" for=id.clone()>{t.delivered_part(at)}</label>
                <input
                    class="input"
                    id=id
                    type="text"
                    inputmode="decimal"
                    autocomplete="off"
                    aria-describedby="weights-problem"
                    prop:value=move || text.get()
                    on:input=move |event| text.set(event_target_value(&event))
                />
            </div>
        }
    };
    let fields = |from: usize| (from..from + DeliveredWeights::VALUES).map(field).collect_view();
    view! {
        <details id="weights">
            <summary>{t.weights_title()}</summary>
            <form class="weights" on:submit=submit>
                <p class="card__note">{t.weights_note()}</p>
                <div class="weights__fields">{fields(0)}</div>
                <div class="weights__fields">{fields(DeliveredWeights::VALUES)}</div>
                <p class="field__error" role="alert" id="weights-problem">{move || problem.get()}</p>
                <button class="button button--primary" type="submit">{t.save()}</button>
            </form>
        </details>
    }
    .into_any()
}
