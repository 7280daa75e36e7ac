//! What goes with leaving: those who left beside those who stayed.

use crate::components::{Head, TableCard, Tag, TagKind};
use crate::settings::{formats, words};
use leptos::prelude::*;
use protocol::{CauseRow, ChurnView};

/// So many factors are shown, the surest first: those with the highest lower end of the interval.
const MOST_CAUSES: usize = 12;

pub(super) fn causes(view: &ChurnView) -> AnyView {
    let t = words();
    if view.causes.is_empty() {
        return view! {
            <section class="card" id="causes">
                <h2>{t.causes_title()}</h2>
                <p class="card__note">{t.causes_none()}</p>
            </section>
        }
        .into_any();
    }
    let lead = match view.causes.first().filter(|it| it.is_sure()) {
        Some(first) => t.causes_lead(&t.cause_factor(&first.factor)),
        None => t.causes_unsure().to_owned(),
    };
    let shown = &view.causes[..view.causes.len().min(MOST_CAUSES)];
    let has_remedy = shown.iter().any(CauseRow::is_sure);
    let mut heads = vec![
        Head::text(t.factor_word()),
        Head::number(t.of_churned()),
        Head::number(t.of_kept()),
        Head::number(t.difference_word()),
        Head::number(t.interval_word()).hide_small(),
        Head::number(t.risk_word()).hide_small(),
        Head::text(t.verdict_word()).hide_small(),
    ];
    heads.extend(has_remedy.then(|| Head::text(t.remedy_word()).hide_small()));
    let height = shown.len();
    let rows = shown.iter().map(|it| row(it, has_remedy)).collect_view();
    view! {
        <TableCard id="causes" heading=t.causes_title() file_name="churn-causes.csv" note=t.sentences(&[lead, t.causes_note().to_owned()]) heads rows=height>
            {rows}
        </TableCard>
    }
    .into_any()
}

fn row(cause: &CauseRow, has_remedy: bool) -> AnyView {
    let (t, f) = (words(), formats());
    let share = |(exposed, known): (u32, u32)| {
        let share = f64::from(exposed) / f64::from(known.max(1));
        t.share_of_n(&f.percent_with(share, 0), &f.count(known))
    };
    let (low, high) = cause.interval;
    let risk = cause.relative_risk.map(|it| t.times_risk(&f.number(it, 1)));
    let (verdict, kind) = if cause.is_sure() {
        (t.verdict_sure(), TagKind::Bad)
    } else if cause.adjusted_p < 0.05 && high < 0.0 {
        (t.verdict_less(), TagKind::Good)
    } else {
        (t.verdict_unsure(), TagKind::Neutral)
    };
    let remedy = has_remedy.then(|| {
        let text = cause.is_sure().then(|| t.remedy(&cause.factor));
        view! { <td class="hide-small table__quiet">{text}</td> }
    });
    view! {
        <tr data-cause=low.to_string()>
            <td>{t.cause_factor(&cause.factor)}</td>
            <td class="n">{share(cause.churned)}</td>
            <td class="n">{share(cause.kept)}</td>
            <td class="n"><b>{t.share_points(cause.difference)}</b></td>
            <td class="n hide-small">{t.range_of(&t.share_points(low), &t.share_points(high))}</td>
            <td class="n hide-small">{risk.unwrap_or_else(|| "–".to_owned())}</td>
            <td class="hide-small"><Tag text=verdict kind=kind /></td>
            {remedy}
        </tr>
    }
    .into_any()
}
