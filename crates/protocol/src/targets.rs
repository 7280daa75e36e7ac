//! What the shop wants to reach.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A figure of the first screen that can have a target. All three are shares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TargetFigure {
    /// Orders whose customer is known.
    Identified,
    /// Customers who are satisfied.
    Satisfied,
    /// Buyers who bought again.
    Repeat,
}

impl TargetFigure {
    /// All three.
    pub const ALL: [TargetFigure; 3] =
        [TargetFigure::Identified, TargetFigure::Satisfied, TargetFigure::Repeat];
}

/// A share to reach, in tenths of a percent: above 0, at most 100 %.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target(u16);

impl Target {
    /// `None`: there is no such share.
    pub fn parse(text: &str) -> Option<Target> {
        let percent = model::read_decimal(text.trim().trim_end_matches(['%', '％']).trim_end())?;
        let tenths = (percent * 10.0).round();
        (1.0..=1_000.0).contains(&tenths).then_some(Target(tenths as u16))
    }

    /// The share, 0 to 1.
    pub fn share(self) -> f64 {
        f64::from(self.0) / 1_000.0
    }
}

/// In percent: `80` or `82.5`.
impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0 / 10)?;
        match self.0 % 10 {
            0 => Ok(()),
            tenth => write!(f, ".{tenth}"),
        }
    }
}

/// The shop's targets; `None`: the figure has none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Targets(pub [Option<Target>; 3]);

impl Targets {
    /// That of a figure.
    pub const fn of(&self, figure: TargetFigure) -> Option<Target> {
        self.0[figure as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_a_share_above_nothing() {
        for (text, expected) in [
            ("80", Some("80")),
            (" 82.5 % ", Some("82.5")),
            ("100", Some("100")),
            ("0.1", Some("0.1")),
            ("0", None),
            ("100.1", None),
            ("-5", None),
            ("", None),
            ("many", None),
        ] {
            let target = Target::parse(text);
            assert_eq!(target.map(|it| it.to_string()).as_deref(), expected, "{text}");
        }
        assert!((Target::parse("82.5").unwrap().share() - 0.825).abs() < 1e-12);
    }
}
