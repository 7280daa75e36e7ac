//! Some hundred histories; `cargo xtask torture histories` plays as many as one likes.

use simulation::{Verdict, play};

#[test]
fn whatever_happens_all_devices_agree_and_nothing_is_lost() {
    for seed in 0..400 {
        let outcome = play(seed);
        assert_eq!(outcome.verdict, Verdict::Good, "seed {seed}");
    }
}

#[test]
fn a_seed_tells_the_same_story_again() {
    let (one, other) = (play(7), play(7));
    assert_eq!(format!("{one:?}"), format!("{other:?}"));
}
