//! Long loops, cut into calls.

use std::ops::Range;

/// Turns of one call.
///
/// A browser first runs a quick, slow translation of a function and takes over a better one only
/// when the function is called anew: a single call of a million turns stays slow to its end. Loops
/// over all orders that run once, at the start or in an import, therefore call a function that is
/// not inlined for every so many rows.
pub const BLOCK_ROWS: usize = 8_192;

/// The rows of each call.
pub fn blocks(rows: usize) -> impl Iterator<Item = Range<usize>> {
    (0..rows).step_by(BLOCK_ROWS).map(move |from| from..rows.min(from + BLOCK_ROWS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_in_one_block() {
        for rows in [0, 1, BLOCK_ROWS, BLOCK_ROWS + 1, 3 * BLOCK_ROWS] {
            let all: Vec<usize> = blocks(rows).flatten().collect();
            assert!(all.into_iter().eq(0..rows), "{rows}");
        }
    }
}
