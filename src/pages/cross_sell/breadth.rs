//! Do customers come to buy more kinds of things?

use crate::charts::{ChartCard, ChartModel, LineModel, Series, ValueFormat};
use crate::pages::overview::chart_texts;
use crate::settings::{formats, words};
use leptos::prelude::*;
use protocol::{BasketsView, BreadthMonth};

/// Different products an order and a customer, month by month.
pub(super) fn breadth(view: &BasketsView) -> Option<AnyView> {
    let (t, f) = (words(), formats());
    let last = view.breadth.last()?;
    let values = |of: fn(&BreadthMonth) -> Option<f64>| view.breadth.iter().map(of).collect();
    let is_over = last.start.plus_days(31).first_of_month().plus_days(-1) <= view.as_of;
    let model = ChartModel::Line(LineModel {
        x_title: t.month_word().to_owned(),
        x_labels: view.breadth.iter().map(|it| f.month(it.start)).collect(),
        axis_labels: vec![],
        series: vec![
            Series::new(t.per_order_word(), values(|it| it.per_order), "--c1"),
            Series::new(t.per_customer_word(), values(|it| it.per_customer), "--c2"),
        ],
        axis: ValueFormat::new(move |it| f.number(it, 1)),
        full: ValueFormat::new(move |it| f.number(it, 2)),
        first_partial: false,
        last_incomplete: !is_over,
        zero_based: true,
    });
    Some(view! { <ChartCard heading=t.breadth_title() note=t.breadth_note() model=model texts=chart_texts(t) height_px=220 id="breadth" file_name="breadth.csv" /> }.into_any())
}
