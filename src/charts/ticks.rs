//! Where an axis has its ticks and which of its labels have room.

/// Round values (1, 2 or 5 times a power of ten) from at or below `low` to at or above `high`,
/// about `wanted` of them.
///
/// An empty or reversed range is widened: a constant line lies between two ticks.
pub fn nice_ticks(low: f64, high: f64, wanted: usize) -> Vec<f64> {
    let (low, high) = widened(low, high);
    let step = nice_step((high - low) / wanted.max(1) as f64);
    let first = (low / step).floor();
    let n = ((high / step).ceil() - first).clamp(1.0, 1_000.0) as usize;
    // Multiplied, not added up: adding 0.1 drifts.
    (0..=n).map(|it| (first + it as f64) * step).collect()
}

/// The smallest of 1, 2, 5 × 10ⁿ that is not below `rough`.
fn nice_step(rough: f64) -> f64 {
    let power = 10_f64.powf(rough.log10().floor());
    let lead = rough / power;
    // A hair of tolerance: 0.3 / 3 is a little more than 0.1.
    let nice = [1.0, 2.0, 5.0].into_iter().find(|it| lead <= it + 1e-9).unwrap_or(10.0);
    nice * power
}

fn widened(low: f64, high: f64) -> (f64, f64) {
    if !low.is_finite() || !high.is_finite() {
        return (0.0, 1.0);
    }
    if high > low {
        return (low, high);
    }
    if low == 0.0 { (0.0, 1.0) } else { (low - low.abs() / 2.0, low + low.abs() / 2.0) }
}

/// About how wide a text is in a sans-serif font of `font_px`.
///
/// On the generous side: it decides margins and which labels have room. Chinese, Japanese and
/// Korean characters and full-width forms fill a square.
pub fn text_width_px(text: &str, font_px: f64) -> f64 {
    let ems: f64 = text
        .chars()
        .map(|it| match it {
            '\u{1100}'..='\u{11ff}'
            | '\u{2e80}'..='\u{9fff}'
            | '\u{ac00}'..='\u{d7ff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{ff01}'..='\u{ff60}'
            | '\u{20000}'.. => 1.0,
            'M' | 'W' | 'm' | 'w' | '%' | '@' => 0.92,
            'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | '\'' | '|' | ' ' | '\u{a0}' => 0.32,
            'A'..='Z' => 0.72,
            _ => 0.62,
        })
        .sum();
    ems * font_px
}

/// A label that has room: which one and where its left edge is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlacedLabel {
    /// The label's index.
    pub index: usize,
    /// Its left edge.
    pub left_px: f64,
}

/// Chooses every k-th of the labels that are not empty, with the smallest k at which none overlaps.
///
/// Labels are centred on `centers_px` and pushed inside `0..width_px`; between two there are at
/// least `gap_px`.
pub fn thin_labels(
    labels: &[String],
    centers_px: &[f64],
    width_px: f64,
    font_px: f64,
    gap_px: f64,
) -> Vec<PlacedLabel> {
    let candidates: Vec<(PlacedLabel, f64)> = labels
        .iter()
        .zip(centers_px)
        .enumerate()
        .filter(|(_, (label, _))| !label.is_empty())
        .map(|(index, (label, center))| {
            let text_px = text_width_px(label, font_px);
            let left_px = (center - text_px / 2.0).min(width_px - text_px).max(0.0);
            (PlacedLabel { index, left_px }, left_px + text_px)
        })
        .collect();
    let fits = |stride: usize| {
        let mut chosen = candidates.iter().step_by(stride);
        let mut right_px = f64::NEG_INFINITY;
        chosen.all(|(label, right)| {
            let free = label.left_px >= right_px + gap_px;
            right_px = *right;
            free
        })
    };
    let stride = (1..candidates.len()).find(|it| fits(*it)).unwrap_or(candidates.len().max(1));
    candidates.into_iter().step_by(stride).map(|(label, _)| label).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_enclose_the_values() {
        for (low, high, wanted, ticks) in [
            (0.0, 24_318.0, 4, vec![0.0, 10_000.0, 20_000.0, 30_000.0]),
            (6_100.0, 23_000.0, 4, vec![5_000.0, 10_000.0, 15_000.0, 20_000.0, 25_000.0]),
            (0.0, 0.3, 3, vec![0.0, 0.1, 0.2, 0.3]),
            (-3.0, 4.0, 4, vec![-4.0, -2.0, 0.0, 2.0, 4.0]),
            (0.0, 0.0, 4, vec![0.0, 0.5, 1.0]),
            (7.0, 7.0, 2, vec![0.0, 5.0, 10.0, 15.0]),
            (f64::NAN, 3.0, 2, vec![0.0, 0.5, 1.0]),
        ] {
            let found = nice_ticks(low, high, wanted);
            assert_eq!(found.len(), ticks.len(), "{low}..{high}: {found:?}");
            for (found, expected) in found.iter().zip(&ticks) {
                assert!((found - expected).abs() < 1e-9, "{low}..{high}: {found} for {expected}");
            }
        }
    }

    #[test]
    fn a_chinese_label_is_as_wide_as_its_characters_are_square() {
        assert!((text_width_px("十月", 11.0) - 22.0).abs() < 1e-9);
        assert!(text_width_px("Oct", 11.0) < text_width_px("十一月", 11.0));
    }

    #[test]
    fn no_two_chosen_labels_overlap_at_any_width() {
        let labels: Vec<String> = (1..=52).map(|it| format!("{it} 月 2026")).collect();
        for width in [60.0, 200.0, 375.0, 1_200.0, 4_000.0] {
            let centers: Vec<f64> = (0..52).map(|it| width * f64::from(it) / 51.0).collect();
            let chosen = thin_labels(&labels, &centers, width, 11.0, 8.0);
            assert!(!chosen.is_empty());
            for pair in chosen.windows(2) {
                let right = pair[0].left_px + text_width_px(&labels[pair[0].index], 11.0);
                assert!(pair[1].left_px >= right + 8.0, "{width}: {pair:?}");
            }
        }
    }

    #[test]
    fn empty_labels_are_left_out_and_the_rest_kept_if_there_is_room() {
        let labels: Vec<String> = ["Aug", "", "", "Sep", ""].map(String::from).to_vec();
        let chosen = thin_labels(&labels, &[0.0, 50.0, 100.0, 150.0, 200.0], 200.0, 11.0, 8.0);
        assert_eq!(chosen.iter().map(|it| it.index).collect::<Vec<_>>(), [0, 3]);
        assert!(chosen[0].left_px >= 0.0);
    }
}
