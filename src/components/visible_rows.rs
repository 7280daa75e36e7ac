//! Which rows of a long table are to be shown.

use std::ops::Range;

/// The rows to build: those in sight and `overscan` more on either side.
///
/// Rows have one fixed height. A scroll position past the end, as after a filter shortened the
/// table, gives the last rows.
pub fn visible_range(
    scroll_top_px: f64,
    viewport_px: f64,
    row_height_px: f64,
    n_rows: usize,
    overscan: usize,
) -> Range<usize> {
    let first = (scroll_top_px / row_height_px).max(0.0) as usize;
    let in_sight = (viewport_px / row_height_px).max(0.0).ceil() as usize + 1;
    let first = first.min(n_rows.saturating_sub(in_sight));
    first.saturating_sub(overscan)..(first + in_sight + overscan).min(n_rows)
}

/// The scroll position at which row `index` is in sight, moved as little as possible.
pub fn scroll_to_show(
    index: usize,
    scroll_top_px: f64,
    viewport_px: f64,
    row_height_px: f64,
) -> f64 {
    let top = index as f64 * row_height_px;
    let bottom = top + row_height_px;
    if top < scroll_top_px {
        top
    } else if bottom > scroll_top_px + viewport_px {
        (bottom - viewport_px).min(top)
    } else {
        scroll_top_px
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rows_in_sight_are_built_with_some_on_either_side() {
        for (scroll_top, viewport, n_rows, expected) in [
            (0.0, 360.0, 100_000, 0..16),
            (36.0, 360.0, 100_000, 0..17),
            (3_600.0, 360.0, 100_000, 95..116),
            (3_600_000.0 - 360.0, 360.0, 100_000, 99_984..100_000),
            (9_999_999.0, 360.0, 100_000, 99_984..100_000),
            (0.0, 360.0, 3, 0..3),
            (500.0, 360.0, 0, 0..0),
            (0.0, 0.0, 100, 0..6),
            (-20.0, 360.0, 100, 0..16),
        ] {
            let found = visible_range(scroll_top, viewport, 36.0, n_rows, 5);
            assert_eq!(found, expected, "{scroll_top} of {n_rows}");
        }
    }

    #[test]
    fn every_row_in_sight_is_in_the_range_wherever_one_scrolls() {
        for step in 0..2_000 {
            let scroll_top = f64::from(step) * 17.3;
            let range = visible_range(scroll_top, 500.0, 36.0, 1_000, 0);
            let last_top = (scroll_top + 499.0).min(36.0 * 1_000.0 - 1.0);
            assert!(range.start as f64 * 36.0 <= scroll_top.min(36.0 * 1_000.0 - 500.0) + 1e-9);
            assert!(range.end as f64 * 36.0 > last_top, "{scroll_top}: {range:?}");
        }
    }

    #[test]
    fn a_row_out_of_sight_is_scrolled_to_and_one_in_sight_is_not() {
        for (index, scroll_top, expected) in [
            (0, 100.0, 0.0),
            (5, 100.0, 100.0),
            (20, 0.0, 396.0),
            (2, 72.0, 72.0),
            (3, 120.0, 108.0),
        ] {
            let found = scroll_to_show(index, scroll_top, 360.0, 36.0);
            assert!((found - expected).abs() < 1e-9, "{index} from {scroll_top}: {found}");
        }
    }
}
