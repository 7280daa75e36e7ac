//! How a shop tells who is silent for too long, and where the stages of the life-cycle begin.

use analytics::ChurnRule;
use serde::{Deserialize, Serialize};

/// The shop's choices of life-cycle and churn. Every value of this type can be worked with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LifecycleChoice {
    /// Whose rhythm a silence is measured by.
    pub rule: ChurnRule,
    /// The store's limits; `None`: those that its own gaps between purchases suggest.
    pub limits: Option<SilenceLimits>,
    /// Where the stages begin.
    pub stages: StageCounts,
}

/// Days of silence on which a customer turns at risk, then churned: 1 ≤ at risk ≤ churned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "(u16, u16)", into = "(u16, u16)")]
pub struct SilenceLimits {
    at_risk: u16,
    churned: u16,
}

/// Valid orders from which on an active customer is in a stage: 2 ≤ retention < loyalty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "(u16, u16)", into = "(u16, u16)")]
pub struct StageCounts {
    retention_from: u16,
    loyalty_from: u16,
}

/// Two numbers that are not in the order that they must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the second number must follow the first")]
pub struct OutOfOrder;

impl SilenceLimits {
    /// Days of silence on which a customer turns at risk.
    pub const fn at_risk(self) -> u16 {
        self.at_risk
    }

    /// Days of silence on which a customer counts as churned.
    pub const fn churned(self) -> u16 {
        self.churned
    }
}

impl StageCounts {
    /// Orders from which on an active customer is in retention.
    pub const fn retention_from(self) -> u16 {
        self.retention_from
    }

    /// Orders from which on an active customer is in loyalty.
    pub const fn loyalty_from(self) -> u16 {
        self.loyalty_from
    }
}

impl Default for StageCounts {
    /// Two and four orders.
    fn default() -> Self {
        StageCounts { retention_from: 2, loyalty_from: 4 }
    }
}

impl TryFrom<(u16, u16)> for SilenceLimits {
    type Error = OutOfOrder;

    fn try_from((at_risk, churned): (u16, u16)) -> Result<Self, OutOfOrder> {
        let is_valid = 1 <= at_risk && at_risk <= churned;
        is_valid.then_some(SilenceLimits { at_risk, churned }).ok_or(OutOfOrder)
    }
}

impl From<SilenceLimits> for (u16, u16) {
    fn from(it: SilenceLimits) -> Self {
        (it.at_risk, it.churned)
    }
}

impl TryFrom<(u16, u16)> for StageCounts {
    type Error = OutOfOrder;

    fn try_from((retention_from, loyalty_from): (u16, u16)) -> Result<Self, OutOfOrder> {
        let is_valid = 2 <= retention_from && retention_from < loyalty_from;
        is_valid.then_some(StageCounts { retention_from, loyalty_from }).ok_or(OutOfOrder)
    }
}

impl From<StageCounts> for (u16, u16) {
    fn from(it: StageCounts) -> Self {
        (it.retention_from, it.loyalty_from)
    }
}

/// Writes the choices as they are stored: those that are not the default, as
/// `rule=store;limits=30,90;stages=2,5`.
///
/// The text is in users' logs: what it once meant it has to mean for ever.
impl std::fmt::Display for LifecycleChoice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut parts = Vec::new();
        match self.rule {
            ChurnRule::Automatic => {}
            ChurnRule::Store => parts.push("rule=store".to_owned()),
            ChurnRule::Personal => parts.push("rule=personal".to_owned()),
        }
        if let Some(SilenceLimits { at_risk, churned }) = self.limits {
            parts.push(format!("limits={at_risk},{churned}"));
        }
        if self.stages != StageCounts::default() {
            let StageCounts { retention_from, loyalty_from } = self.stages;
            parts.push(format!("stages={retention_from},{loyalty_from}"));
        }
        f.write_str(&parts.join(";"))
    }
}

impl LifecycleChoice {
    /// Reads what was stored; `None` if it is not of this form. Nothing is the default.
    pub fn parse(text: &str) -> Option<LifecycleChoice> {
        let mut choice = LifecycleChoice::default();
        for part in text.split(';').filter(|part| !part.is_empty()) {
            match part.split_once('=')? {
                ("rule", "store") => choice.rule = ChurnRule::Store,
                ("rule", "personal") => choice.rule = ChurnRule::Personal,
                ("limits", pair) => choice.limits = Some(read_pair(pair)?.try_into().ok()?),
                ("stages", pair) => choice.stages = read_pair(pair)?.try_into().ok()?,
                _ => return None,
            }
        }
        Some(choice)
    }
}

fn read_pair(text: &str) -> Option<(u16, u16)> {
    let (first, second) = text.split_once(',')?;
    Some((first.parse().ok()?, second.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_survives_its_text_and_its_message() {
        for text in [
            "",
            "rule=store",
            "rule=personal;limits=7,7",
            "limits=30,90;stages=2,3",
            "rule=store;limits=1,65535;stages=3,10",
        ] {
            let choice = LifecycleChoice::parse(text).unwrap();
            assert_eq!(choice.to_string(), text);
            assert_eq!(crate::decode(&crate::encode(&choice)), Some(choice));
        }
        assert_eq!(LifecycleChoice::parse(""), Some(LifecycleChoice::default()));
    }

    #[test]
    fn what_cannot_be_worked_with_is_not_read() {
        for bad in [
            "rule=model",
            "limits=0,5",
            "limits=9,8",
            "limits=9",
            "limits=9,70000",
            "stages=1,4",
            "stages=4,4",
            "stages=2",
            "limits",
        ] {
            assert_eq!(LifecycleChoice::parse(bad), None, "{bad}");
        }
        assert_eq!(crate::decode::<SilenceLimits>(&crate::encode(&(9_u16, 8_u16))), None);
        assert_eq!(crate::decode::<StageCounts>(&crate::encode(&(1_u16, 8_u16))), None);
    }
}
