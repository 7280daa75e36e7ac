//! A tiny trend beside a figure.

use leptos::prelude::*;

/// The drawing's size, in its own units and in CSS pixels.
const WIDTH: f64 = 64.0;
const HEIGHT: f64 = 22.0;
/// Room for the stroke.
const EDGE: f64 = 2.0;

/// A line without axes, from the first to the last value; nothing if there are fewer than two.
#[component]
pub fn TrendLine(
    /// The values, in order.
    #[prop(into)]
    values: Signal<Vec<f64>>,
    /// The colour's token.
    #[prop(default = "--c1")]
    color: &'static str,
) -> impl IntoView {
    move || {
        let points = polyline(&values.get())?;
        Some(view! {
            <svg
                class="trend-line"
                width=WIDTH
                height=HEIGHT
                viewBox=format!("0 0 {WIDTH} {HEIGHT}")
                aria-hidden="true"
            >
                <polyline
                    fill="none"
                    stroke=format!("var({color})")
                    stroke-width="1.5"
                    stroke-linejoin="round"
                    stroke-linecap="round"
                    points=points
                />
            </svg>
        })
    }
}

/// The points in SVG's notation. A constant line runs through the middle.
fn polyline(values: &[f64]) -> Option<String> {
    let last = values.len().checked_sub(1).filter(|it| *it > 0)?;
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let point = |(at, value): (usize, &f64)| {
        let x = EDGE + (WIDTH - 2.0 * EDGE) * at as f64 / last as f64;
        let share = if high > low { (value - low) / (high - low) } else { 0.5 };
        let y = HEIGHT - EDGE - share * (HEIGHT - 2.0 * EDGE);
        format!("{x:.1},{y:.1}")
    };
    Some(values.iter().enumerate().map(point).collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trend_fills_its_box_and_needs_two_values() {
        for (values, points) in [
            (vec![1.0, 3.0, 2.0], Some("2.0,20.0 32.0,2.0 62.0,11.0")),
            (vec![5.0, 5.0], Some("2.0,11.0 62.0,11.0")),
            (vec![5.0], None),
            (vec![], None),
        ] {
            assert_eq!(polyline(&values).as_deref(), points, "{values:?}");
        }
    }
}
