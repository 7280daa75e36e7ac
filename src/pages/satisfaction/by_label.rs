//! The answers by any label of who gave them.

use super::points;
use super::tables::share;
use crate::address::labels::{kind_code, kind_of};
use crate::address::{customers_path, use_lens, use_link, use_query, use_set_query};
use crate::client::Engine;
use crate::components::{Head, TableCard, Tag, chip_select};
use crate::i18n::group_color;
use crate::pages::answered::answered_part;
use crate::settings::{formats, words};
use leptos::prelude::*;
use protocol::{
    Answerers, Behind, CustomerFilter, Label, LabelCondition, LabelKind, Request, Response,
    SatisfactionByView, SatisfactionPart, SatisfactionQuery, Scores,
};

/// The card; its label stands in the URL.
#[component]
pub(super) fn ByLabel() -> impl IntoView {
    let (lens, map, engine) = (use_lens(), use_query(), expect_context::<Engine>());
    let by = Memo::new(move |_| map.read().get_str("by").and_then(kind_of).unwrap_or_default());
    let question = move || {
        if by.get().is_of_models() {
            engine.fits.track();
        }
        Request::SatisfactionBy(SatisfactionQuery { lens: lens.get(), by: by.get() })
    };
    answered_part(question, Response::of_segments::<SatisfactionByView>, |view| card(&view))
}

fn card(view: &SatisfactionByView) -> AnyView {
    let t = words();
    if view.answers == 0 {
        return ().into_any();
    }
    let set_query = use_set_query();
    let options = LabelKind::ALL.map(|it| (kind_code(it).to_owned(), t.label_kind(it).to_owned()));
    let choose = Callback::new(move |code: String| {
        let is_default = kind_of(&code) == Some(LabelKind::default());
        set_query(&[("by", if is_default { String::new() } else { code })]);
    });
    let chosen = Signal::stored(kind_code(view.by).to_owned());
    let tools = chip_select(t.answers_by(), options.to_vec(), chosen, choose).into_any();
    let heads = vec![
        Head::text(t.label_kind(view.by)),
        Head::number(t.answers_word()),
        Head::number(t.csat_word()),
        Head::number(t.nps_word()),
        Head::number(t.ces_word()),
    ];
    let rows = view.parts.iter().map(|it| row(view.by, it)).collect_view();
    let (answers, all) = (view.answers, cells(view.answers, &view.scores));
    view! {
        <TableCard id="satisfaction-by" tools heading=t.segments_title() file_name="satisfaction-by-label.csv" note=t.answers_by_note() heads rows=view.parts.len() + 1>
            {rows}
            <tr data-all=answers>
                <th scope="row">{t.all()}</th>
                {all}
            </tr>
        </TableCard>
    }
    .into_any()
}

fn row(by: LabelKind, part: &SatisfactionPart) -> AnyView {
    view! {
        <tr data-answers=part.answers>
            <td>{whose(by, &part.who)}</td>
            {cells(part.answers, &part.scores)}
        </tr>
    }
    .into_any()
}

/// Who answered, leading to all customers with the label.
pub(super) fn whose(by: LabelKind, who: &Answerers) -> AnyView {
    let (t, link) = (words(), use_link());
    let label = match who {
        Answerers::Unknown => return t.nobody_word().into_any(),
        Answerers::Labelled(None) => return t.label(by, None).into_any(),
        Answerers::Labelled(Some(label)) => label.clone(),
    };
    let name = t.label(by, Some(&label));
    let name = match label {
        Label::Group(group) => view! { <Tag text=name color=group_color(group) /> }.into_any(),
        _ => name.into_any(),
    };
    let conditions = vec![LabelCondition { kind: by, on: None, label: Some(label) }];
    let path = customers_path(&CustomerFilter::behind(Behind::Labelled(conditions)));
    view! { <a class="table__link" href=move || link(&path)>{name}</a> }.into_any()
}

fn cells(answers: u32, scores: &Scores) -> AnyView {
    let f = formats();
    let dash = || "–".to_owned();
    let nps = scores.nps.map_or_else(dash, |it| points(it.value, |it| f.number(it, 0)));
    let ces = scores.ces.map_or_else(dash, |it| f.number(it.value, 1));
    view! {
        <td class="n">{f.count(answers)}</td>
        <td class="n">{share(scores.csat)}</td>
        <td class="n">{nps}</td>
        <td class="n">{ces}</td>
    }
    .into_any()
}
