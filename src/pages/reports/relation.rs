//! How much of revenue is regulars': the relationship index, of the period and month by month.

use crate::address::{customers_path, use_link};
use crate::charts::{ChartCard, ChartModel, LineModel, Series, Shape, ValueFormat};
use crate::components::{Head, TableCard};
use crate::pages::overview::chart_texts;
use crate::settings::{formats, words};
use leptos::prelude::*;
use protocol::{
    Behind, CustomerFilter, Dimension, Mix, MixPart, ReportsView, Slice, SliceCondition,
};

pub(super) fn relation(view: &ReportsView) -> AnyView {
    let t = words();
    if view.mix.index().is_none() {
        return view! {
            <section class="card" id="relation">
                <h2>{t.relation_title()}</h2>
                <p class="card__note">{t.relation_none()}</p>
            </section>
        }
        .into_any();
    }
    view! {
        {parts(view)}
        <div class="columns columns--even">
            {trend(view)}
            {revenue(view)}
        </div>
    }
    .into_any()
}

/// Who has placed such orders in the period.
fn who(view: &ReportsView, is_first: bool) -> CustomerFilter {
    let slice = Some(Slice::Is(is_first));
    let conditions = vec![SliceCondition { dimension: Dimension::Visit, slice }];
    CustomerFilter::behind(Behind::Explored { period: view.period, conditions })
}

fn heads() -> Vec<Head> {
    let t = words();
    vec![
        Head::text(t.part_word()),
        Head::number(t.number_of_orders()),
        Head::number(t.nav_customers()).hide_small(),
        Head::number(t.net_revenue()),
        Head::number(t.share_word()),
        Head::number(t.share_before()).hide_small(),
    ]
}

/// What known customers spent: the index and all shares are of that.
const fn known(mix: &Mix) -> i64 {
    mix.new.net + mix.repeat.net
}

fn parts(view: &ReportsView) -> AnyView {
    let (t, f, link) = (words(), formats(), use_link());
    let mix = view.mix;
    let share = |part: i64, of: i64| {
        if of > 0 { f.percent_with(part as f64 / of as f64, 1) } else { "–".to_owned() }
    };
    let nothing = || "–".to_owned();
    // Now and before.
    let shares = |part: fn(&Mix) -> i64| {
        let of = |mix: Mix| share(part(&mix), known(&mix));
        (of(mix), view.mix_before.map_or_else(nothing, of))
    };
    let row = |id: &'static str,
               name: &'static str,
               part: MixPart,
               (share, before): (String, String),
               filter: Option<CustomerFilter>| {
        let link = link.clone();
        let name = match filter {
            Some(filter) => {
                let path = customers_path(&filter);
                view! { <a class="table__link" href=move || link(&path)>{name}</a> }.into_any()
            }
            None => name.into_any(),
        };
        view! {
            <tr data-part=id data-net=part.net data-customers=part.customers>
                <td>{name}</td>
                <td class="n">{f.count(part.orders)}</td>
                <td class="n hide-small">{f.count(part.customers)}</td>
                <td class="n">{f.money(part.net, view.currency)}</td>
                <td class="n" data-share>{share}</td>
                <td class="n hide-small">{before}</td>
            </tr>
        }
    };
    let listed = |is_first: bool, part: MixPart| (part.customers > 0).then(|| who(view, is_first));
    let has_unknown = mix.unknown.orders > 0 || mix.unknown.net != 0;
    let unknown = has_unknown
        .then(|| row("unknown", t.part_unknown(), mix.unknown, (nothing(), nothing()), None));
    let index = mix.index().map(|it| t.index_lead(&f.percent_with(it, 1))).unwrap_or_default();
    let lead = format!("{index}{}", t.full_stop());
    let repeat = row(
        "repeat",
        t.part_repeat(),
        mix.repeat,
        shares(|it| it.repeat.net),
        listed(false, mix.repeat),
    );
    let new = row("new", t.part_new(), mix.new, shares(|it| it.new.net), listed(true, mix.new));
    let currency = view.currency;
    view! {
        <TableCard id="relation" heading=t.relation_title() file_name="relationship-index.csv" note=t.sentences(&[lead, t.relation_note().to_owned()]) heads=heads() rows=3 + usize::from(has_unknown)>
            {repeat}
            {new}
            {unknown}
            <tr data-part="all" data-net=mix.net()>
                <td>{t.part_total()}</td>
                <td class="n">{f.count(mix.new.orders + mix.repeat.orders + mix.unknown.orders)}</td>
                <td class="n hide-small"></td>
                <td class="n"><b>{f.money(mix.net(), currency)}</b></td>
                <td class="n"></td>
                <td class="n hide-small"></td>
            </tr>
        </TableCard>
    }
    .into_any()
}

/// Whether the last month goes on after the as-of day.
fn is_open(view: &ReportsView) -> bool {
    view.as_of.plus_days(1).first_of_month() != view.as_of.plus_days(1)
}

fn names(view: &ReportsView) -> Vec<String> {
    view.months.iter().map(|it| formats().month(it.start)).collect()
}

fn trend(view: &ReportsView) -> Option<AnyView> {
    let (t, f) = (words(), formats());
    if view.months.len() < 2 {
        return None;
    }
    let values = view.months.iter().map(|it| it.mix.index()).collect();
    let model = ChartModel::Line(LineModel {
        x_title: t.month_word().to_owned(),
        x_labels: names(view),
        axis_labels: vec![],
        series: vec![Series::new(t.relation_title(), values, "--c1").area()],
        axis: ValueFormat::new(move |value| f.percent_with(value, 0)),
        full: ValueFormat::new(move |value| f.percent_with(value, 1)),
        first_partial: false,
        last_incomplete: is_open(view),
        zero_based: true,
    });
    Some(
        view! {
            <ChartCard heading=t.index_by_month() note=t.index_by_month_note() model=model texts=chart_texts(t) height_px=220 id="index-trend" file_name="relationship-index-months.csv" />
        }
        .into_any(),
    )
}

fn revenue(view: &ReportsView) -> Option<AnyView> {
    let (t, f, currency) = (words(), formats(), view.currency);
    if view.months.len() < 2 {
        return None;
    }
    let series = |name: &'static str, part: fn(&Mix) -> i64, color| {
        let values = view.months.iter().map(|it| Some(part(&it.mix) as f64)).collect();
        Series::new(name, values, color).shaped(Shape::Bars)
    };
    let mut all = vec![
        series(t.part_repeat(), |it| it.repeat.net, "--c1"),
        series(t.part_new(), |it| it.new.net, "--c2"),
    ];
    if view.months.iter().any(|it| it.mix.unknown.net != 0) {
        all.push(series(t.part_unknown(), |it| it.unknown.net, "--c8"));
    }
    let model = ChartModel::Line(LineModel {
        x_title: t.month_word().to_owned(),
        x_labels: names(view),
        axis_labels: vec![],
        series: all,
        axis: ValueFormat::new(move |value| f.money_compact(value, currency)),
        full: ValueFormat::new(move |value| f.money(value.round() as i64, currency)),
        first_partial: false,
        last_incomplete: is_open(view),
        zero_based: true,
    });
    Some(
        view! {
            <ChartCard heading=t.revenue_by_visit() model=model texts=chart_texts(t) height_px=220 legend=true id="mix-trend" file_name="new-and-repeat-months.csv" />
        }
        .into_any(),
    )
}
