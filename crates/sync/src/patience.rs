//! When a round is due, and how long to wait after one that failed.

use crate::remote::Failure;

/// So long nothing more is done before what was done is told.
pub const QUIET_MS: u64 = 2_000;
const FIRST_WAIT_MS: u64 = 2_000;
const LONGEST_WAIT_MS: u64 = 5 * 60 * 1_000;

/// How long to wait before the next try, in milliseconds; `None`: no try before the user has done
/// something. `tries` have failed in a row; `random` keeps devices from coming back all at once.
pub fn wait_ms(failure: Failure, tries: u32, random: u64) -> Option<u64> {
    if failure == Failure::Denied {
        return None;
    }
    let doubled = FIRST_WAIT_MS.saturating_mul(1 << tries.min(20)).min(LONGEST_WAIT_MS);
    let spread = doubled / 2 + random % (doubled / 2 + 1);
    Some(match failure {
        Failure::Busy { retry_after_s: Some(seconds) } => {
            let asked = u64::from(seconds) * 1_000;
            // A server that asks for a week is asked again all the same.
            asked.min(LONGEST_WAIT_MS).max(spread.min(asked + QUIET_MS))
        }
        _ => spread,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_grows_to_five_minutes_and_never_ends_before_the_server_says() {
        let tries = (0..30).map(|tries| wait_ms(Failure::Unreachable, tries, 0).unwrap());
        let waits: Vec<u64> = tries.collect();
        assert!(waits.is_sorted() && waits[0] == 1_000 && waits[29] == 150_000, "{waits:?}");
        assert!(wait_ms(Failure::Unreachable, 99, u64::MAX).unwrap() <= LONGEST_WAIT_MS);
        let asked = Failure::Busy { retry_after_s: Some(40) };
        assert!((0..9).all(|n| wait_ms(asked, n, 12_345).unwrap() >= 40_000));
        let for_ever = Failure::Busy { retry_after_s: Some(u32::MAX) };
        assert!(wait_ms(for_ever, 0, 0).unwrap() <= LONGEST_WAIT_MS);
        assert_eq!(wait_ms(Failure::Denied, 0, 0), None);
    }
}
