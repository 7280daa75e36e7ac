//! The engine: owns the data, applies changes, answers questions.
//!
//! The whole product without a screen. It needs a place to run in ([`Host`]) and a place to store
//! ([`store::Backend`]), so that tests run it natively on memory and the browser in a worker.

mod acts;
mod answer;
mod basket_columns;
mod calendar;
mod circles;
mod computed;
mod costs;
mod csv;
mod editing;
mod erasing;
mod exchange;
mod explore;
mod export;
mod first_answers;
mod first_orders;
mod frame;
mod grades;
mod host;
mod import;
mod importing;
mod insights;
mod keeping;
mod labels;
mod life;
mod mailing;
mod models;
mod names;
mod part;
mod permission;
mod problem;
mod put_off;
mod quadrants;
mod readings;
mod scoring;
mod segments;
mod service;
mod shared_keys;
mod shop;
mod tags;
mod traits;
mod unnamed;
mod views;
mod words;

pub use answer::Engine;
pub use first_answers::{FirstAnswers, Noted};
pub use host::{Host, SourceFile};
pub use part::Part;
