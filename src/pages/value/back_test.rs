//! The models on the shop's own past: who was right, week by week and by repeats, and what is behind.

use super::super::overview::chart_texts;
use crate::charts::{ChartCard, ChartModel, CurveModel, LineModel, Series, Shape, ValueFormat};
use crate::components::{Head, TableCard, Tag, TagKind};
use crate::settings::{formats, words};
use leptos::prelude::*;
use model::{Currency, ShopDay};
use protocol::{
    ChoiceReason, FittedModel, FrequencyBin, Leaving, ModelCandidate, ModelTest, Models, Path,
    Predictor, SpendModel,
};

/// So many models are shown at first, the best ones; the rules always.
const MOST_MODELS: usize = 6;

/// The candidates and the three pictures of the chosen one.
pub(super) fn back_test(test: &ModelTest) -> AnyView {
    let t = words();
    let chosen = test.candidates.get(test.chosen as usize);
    let bins = chosen.map(|it| it.by_repeats.clone()).filter(|it| !it.is_empty());
    let is_chosen = matches!(test.reason, ChoiceReason::LeastLoss { .. });
    let said = match chosen.filter(|_| is_chosen) {
        Some(chosen) => t.chosen_say(&t.predictor(chosen.predictor)),
        None => t.none_chosen_say().to_owned(),
    };
    view! {
        {candidates(test, is_chosen, &said)}
        <div class="columns columns--even">
            {test.path.as_ref().map(path)}
            {bins.map(|bins| by_repeats(&bins))}
            {chosen.and_then(|it| it.metrics.capture).map(capture)}
        </div>
    }
    .into_any()
}

fn candidates(test: &ModelTest, is_chosen: bool, said: &str) -> AnyView {
    let (t, f) = (words(), formats());
    let note = t.models_note(&f.day(test.calibrated), &f.day(test.until));
    let actual = test.candidates.first().map(|it| t.actual_say(&f.count(it.metrics.actual as f64)));
    let note = t.sentences(&[said.to_owned(), note, actual.unwrap_or_default()]);
    let candidates = StoredValue::new(in_order(test, is_chosen));
    let all = candidates.with_value(Vec::len);
    let shows_all = RwSignal::new(false);
    let is_shown = move |index: usize, it: &ModelCandidate| {
        shows_all.get() || index < MOST_MODELS || is_rule(it)
    };
    let lines = move || {
        candidates.with_value(|it| {
            let shown = it.iter().enumerate().filter(|(index, it)| is_shown(*index, &it.0));
            shown.map(|(_, (it, is_chosen))| candidate_row(it, *is_chosen)).collect_view()
        })
    };
    let shown = move || {
        candidates.with_value(|it| {
            it.iter().enumerate().filter(|(index, it)| is_shown(*index, &it.0)).count()
        })
    };
    let switch = move || {
        if shows_all.get() {
            t.best_models().to_owned()
        } else {
            t.all_models(&f.count(all as f64))
        }
    };
    let heads = vec![
        Head::text(t.model_word()),
        Head::number(t.predicted_word()),
        Head::number(t.bias_word()),
        Head::number(t.mae_word()).hide_small(),
        Head::number(t.auc_word()).hide_small(),
        Head::number(t.top_tenth()).hide_small(),
    ];
    let tools = view! {
        <button class="link" type="button" data-action="all-models" on:click=move |_| shows_all.update(|it| *it = !*it)>
            {switch}
        </button>
    };
    view! {
        <TableCard id="candidates" heading=t.models_title() file_name="models.csv" note=note heads rows=Signal::derive(shown) tools=tools.into_any()>
            {lines}
        </TableCard>
    }
    .into_any()
}

/// The models, the least loss first, then the rules; with whether each is the one in use.
fn in_order(test: &ModelTest, is_chosen: bool) -> Vec<(ModelCandidate, bool)> {
    let in_use = |index: usize| is_chosen && index == test.chosen as usize;
    let mut candidates: Vec<_> = (test.candidates.iter().cloned().enumerate())
        .map(|(index, it)| (it, in_use(index)))
        .collect();
    candidates
        .sort_by(|(a, _), (b, _)| is_rule(a).cmp(&is_rule(b)).then(a.loss.total_cmp(&b.loss)));
    candidates
}

fn is_rule(candidate: &ModelCandidate) -> bool {
    matches!(candidate.predictor, Predictor::Baseline(_))
}

fn candidate_row(candidate: &ModelCandidate, is_chosen: bool) -> AnyView {
    let (t, f) = (words(), formats());
    let dash = || "–".to_owned();
    let metrics = &candidate.metrics;
    let bias = metrics.bias.map(|bias| {
        let sign = if bias > 0.0 { "+" } else { "" };
        format!("{sign}{}", f.percent(bias))
    });
    let tag = if is_chosen {
        Some((t.chosen_word(), TagKind::Good))
    } else {
        is_rule(candidate).then_some((t.rule_word(), TagKind::Neutral))
    };
    view! {
        <tr data-candidate=candidate.predictor.name()>
            <td>{t.predictor(candidate.predictor)} " " {tag.map(|(text, kind)| view! { <Tag text=text kind=kind /> })}</td>
            <td class="n">{f.count(metrics.predicted.round())}</td>
            <td class="n">{bias.unwrap_or_else(dash)}</td>
            <td class="n hide-small">{f.number(metrics.mae, 3)}</td>
            <td class="n hide-small">{metrics.auc.map_or_else(dash, |it| f.number(it, 3))}</td>
            <td class="n hide-small">{metrics.top_decile.map_or_else(dash, |it| f.percent_with(it, 0))}</td>
        </tr>
    }
    .into_any()
}

/// Sums up to each week are told apart into weeks.
fn weekly(sums: impl Iterator<Item = f64>) -> Vec<Option<f64>> {
    let mut before = 0.0;
    sums.map(|sum| Some(sum - std::mem::replace(&mut before, sum))).collect()
}

fn path(path: &Path) -> AnyView {
    let (t, f) = (words(), formats());
    let week = |index: usize| ShopDay::from_number(path.start + 7 * index as i32);
    let days = (0..path.actual.len()).map(week);
    let actual = weekly(path.actual.iter().map(|it| *it as f64));
    let model = ChartModel::Line(LineModel {
        x_title: t.begins().to_owned(),
        x_labels: days.clone().map(|day| f.day(day)).collect(),
        axis_labels: days.map(|day| f.day_short(day)).collect(),
        series: vec![
            Series::new(t.actual_word(), actual, "--c1"),
            Series::new(t.expected_word(), weekly(path.expected.iter().copied()), "--c2").dashed(),
        ],
        axis: ValueFormat::new(move |it| f.count(it)),
        full: ValueFormat::new(move |it| f.number(it, 0)),
        first_partial: false,
        last_incomplete: false,
        zero_based: true,
    });
    view! { <ChartCard heading=t.path_title() note=t.path_note() model=model texts=chart_texts(t) height_px=220 legend=true id="model-path" file_name="model-by-week.csv" /> }
        .into_any()
}

fn by_repeats(bins: &[FrequencyBin]) -> AnyView {
    let (t, f) = (words(), formats());
    let last = bins.len().saturating_sub(1);
    let name = |(index, bin): (usize, &FrequencyBin)| {
        let plus = if index == last { "+" } else { "" };
        format!("{}{plus}", f.count(bin.repeats))
    };
    let values = |of: fn(&FrequencyBin) -> f64| bins.iter().map(|bin| Some(of(bin))).collect();
    let model = ChartModel::Line(LineModel {
        x_title: t.repeats_word().to_owned(),
        x_labels: bins.iter().enumerate().map(name).collect(),
        axis_labels: vec![],
        series: vec![
            Series::new(t.actual_word(), values(|it| it.actual), "--c1").shaped(Shape::Bars),
            Series::new(t.expected_word(), values(|it| it.predicted), "--c2").shaped(Shape::Bars),
        ],
        axis: ValueFormat::new(move |it| f.number(it, 1)),
        full: ValueFormat::new(move |it| f.number(it, 2)),
        first_partial: false,
        last_incomplete: false,
        zero_based: true,
    });
    view! { <ChartCard heading=t.repeats_title() note=t.repeats_note() model=model texts=chart_texts(t) height_px=220 legend=true id="model-by-repeats" file_name="model-by-repeats.csv" /> }
        .into_any()
}

/// Of all purchases that came, the share that the customers with the greatest predictions made.
fn capture(shares: [f64; 10]) -> AnyView {
    let (t, f) = (words(), formats());
    let tenths = shares.iter().enumerate().map(|(at, it)| (10.0 * (at as f64 + 1.0), 100.0 * it));
    let model = ChartModel::Curve(CurveModel {
        x_title: t.capture_across().to_owned(),
        y_title: t.capture_up().to_owned(),
        name: t.capture_title().to_owned(),
        points: std::iter::once((0.0, 0.0)).chain(tenths).collect(),
        color: "--c1",
        equal_line: Some(t.capture_by_chance().to_owned()),
        mark: None,
        percent: ValueFormat::new(move |it| f.percent_with(it / 100.0, 0)),
    });
    view! { <ChartCard heading=t.capture_title() note=t.capture_note() model=model texts=chart_texts(t) height_px=220 id="model-capture" file_name="model-capture.csv" /> }
        .into_any()
}

/// Parameters in a fold, for those who know.
pub(super) fn parameters(models: &Models, currency: Currency) -> AnyView {
    let t = words();
    let chosen =
        models.chosen.as_ref().map(|it| model_line(&t.predictor(it.predictor), &it.fitted));
    let spend = match &models.spend {
        Ok(spend) => spend_line(spend, currency),
        Err(error) => format!("{}: {}", t.spend_word(), t.spend_error(*error)),
    };
    let stays = models.chosen.as_ref().is_some_and(|it| it.fitted.leaving == Leaving::NotFound);
    let stays = stays.then(|| view! { <p>{t.not_leaving()}</p> });
    view! {
        <details class="card" id="parameters">
            <summary>{t.details()}</summary>
            <p class="card__note">{t.parameters_note()}</p>
            {stays}
            {chosen.map(|line| view! { <p data-parameters>{line}</p> })}
            <p>{spend}</p>
        </details>
    }
    .into_any()
}

fn model_line(name: &str, fitted: &FittedModel) -> String {
    let (t, f) = (words(), formats());
    let names = fitted.kind.parameter_names();
    let errors = fitted.standard_errors.as_deref().unwrap_or_default();
    let written = names
        .iter()
        .zip(&fitted.parameters)
        .enumerate()
        .map(|(index, (name, value))| with_error(name, *value, errors.get(index).copied()));
    let written: Vec<String> = written.collect();
    format!(
        "{name}: {}. {}",
        written.join(", "),
        t.likelihood_say(&f.number(fitted.ln_likelihood, 2))
    )
}

fn spend_line(spend: &SpendModel, currency: Currency) -> String {
    let (t, f) = (words(), formats());
    let error = |index: usize| spend.standard_errors.map(|it| it[index]);
    let unit = currency.minor_per_major() as f64;
    let written = [
        with_error("p", spend.p, error(0)),
        with_error("q", spend.q, error(1)),
        with_error("γ", spend.gamma / unit, error(2).map(|it| it / unit)),
    ];
    format!(
        "{}: {}. {}",
        t.spend_word(),
        written.join(", "),
        t.likelihood_say(&f.number(spend.ln_likelihood, 2))
    )
}

fn with_error(name: &str, value: f64, error: Option<f64>) -> String {
    let f = formats();
    let error = error.map(|it| format!(" ({})", f.number(it, 3))).unwrap_or_default();
    format!("{name} {}{error}", f.number(value, 4))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_told_apart_into_weeks() {
        assert_eq!(weekly([1.0, 1.0, 4.0].into_iter()), [Some(1.0), Some(0.0), Some(3.0)]);
    }
}
