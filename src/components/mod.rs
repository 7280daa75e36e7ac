//! The parts from which every screen is made.
//!
//! They know no domain type: texts and numbers come in ready, in the user's language. Styles are
//! set by class or property, never by a `style` attribute, which the content security policy
//! refuses.

mod chip_select;
mod data_table;
mod draft;
mod drop_zone;
mod empty_state;
mod field;
mod figure;
mod figures;
mod file_button;
mod focus;
mod heat_map;
mod icon;
mod in_turn;
mod popover;
mod progress_bar;
mod segmented;
mod share_bar;
mod share_meter;
mod size_watch;
mod skeleton;
mod slider;
mod table_card;
mod table_export;
mod table_parts;
mod table_scroll;
mod tag;
mod toast_region;
mod toasts;
mod trend_line;
mod virtual_table;
mod visible_rows;
mod whole_file;
mod wide;

pub use chip_select::{ChipOptions, chip_select, window_options};
pub use data_table::DataTable;
pub use draft::Draft;
pub use drop_zone::{DropZone, Picked};
pub use empty_state::{EmptyState, StateKind};
pub use field::{Field, FieldIds};
pub use figure::{Arrow, Delta, Direction, Figure};
pub use figures::Figures;
pub use file_button::FileButton;
pub use focus::{focus_heading_if_lost, focus_on, focused_by_name, refocus_if_lost};
pub use heat_map::{HeatCell, HeatMap};
pub use icon::{Icon, IconName};
pub use in_turn::Turns;
pub use popover::Popover;
pub use progress_bar::ProgressBar;
pub use segmented::Segmented;
pub use share_bar::ShareBar;
pub use share_meter::ShareMeter;
pub use size_watch::on_resize;
pub use skeleton::{Skeleton, SkeletonKind};
pub use slider::Slider;
pub use table_card::{Head, TableCard};
pub use table_export::{TableExport, csv_of};
pub use table_parts::{CardPlace, Column, Loaded, Sort, TableWidth};
pub use tag::{Tag, TagKind};
pub use toast_region::ToastRegion;
pub use toasts::{Toast, ToastAction, ToastId, ToastKind, Toasts};
pub use trend_line::TrendLine;
pub use virtual_table::VirtualTable;
pub use whole_file::WholeFile;
pub use wide::Wide;
