//! Every chart of the app: one wrapper over plotters' canvas.
//!
//! The canvas library knows no device pixel ratio, no hit-testing and no accessibility. Here each
//! chart has all three: what is drawn is first computed as a [`Plot`], from which come the
//! canvas's lines, the marks under the pointer or the arrow keys, and the same numbers as a table.

mod chart;
mod chart_card;
mod line_plot;
mod model;
mod nearest;
mod paint;
mod palette;
mod picture;
mod plot;
mod readout;
mod ticks;
mod watch;

pub use chart::{Chart, ChartTexts};
pub use chart_card::ChartCard;
pub use model::{ChartModel, CurveMark, CurveModel, LineModel, Series, Shape, ValueFormat};
