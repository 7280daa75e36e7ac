//! Which mark is meant: by the pointer, or by a key.

/// The index of the position nearest to `x`; `None` if there is none. `positions` ascend.
pub fn nearest(positions: &[f64], x: f64) -> Option<usize> {
    let after = positions.partition_point(|it| *it < x);
    let before = after.checked_sub(1);
    match (before, positions.get(after)) {
        (Some(before), Some(right)) if x - positions[before] <= right - x => Some(before),
        (_, Some(_)) => Some(after),
        (before, None) => before,
    }
}

/// What a key makes of the selected mark among `n`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// This mark is selected now.
    To(usize),
    /// No mark is selected any more.
    Away,
}

/// Where `key` leads from `selected`; `None` if the key means nothing here.
///
/// Without a selection the arrows start at the near end.
pub fn key_move(key: &str, selected: Option<usize>, n: usize) -> Option<Move> {
    if key == "Escape" {
        return selected.map(|_| Move::Away);
    }
    let last = n.checked_sub(1)?;
    let to = match key {
        "ArrowLeft" => selected.map_or(last, |it| it.saturating_sub(1)),
        "ArrowRight" => selected.map_or(0, |it| (it + 1).min(last)),
        "Home" => 0,
        "End" => last,
        _ => return None,
    };
    Some(Move::To(to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pointer_selects_the_nearest_position() {
        let positions = [10.0, 20.0, 40.0];
        for (x, index) in [(-5.0, 0), (14.9, 0), (15.0, 0), (15.1, 1), (31.0, 2), (900.0, 2)] {
            assert_eq!(nearest(&positions, x), Some(index), "{x}");
        }
        assert_eq!(nearest(&[], 1.0), None);
    }

    #[test]
    fn keys_walk_the_marks_and_stop_at_the_ends() {
        for (key, selected, expected) in [
            ("ArrowRight", None, Some(Move::To(0))),
            ("ArrowLeft", None, Some(Move::To(4))),
            ("ArrowRight", Some(4), Some(Move::To(4))),
            ("ArrowLeft", Some(0), Some(Move::To(0))),
            ("Home", Some(3), Some(Move::To(0))),
            ("End", None, Some(Move::To(4))),
            ("Escape", Some(2), Some(Move::Away)),
            ("Escape", None, None),
            ("a", Some(2), None),
        ] {
            assert_eq!(key_move(key, selected, 5), expected, "{key} from {selected:?}");
        }
        assert_eq!(key_move("End", None, 0), None);
    }
}
