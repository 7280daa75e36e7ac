//! Whether a person may be written to, in the words of mail programs.

use crate::header::normal_form;
use model::Consent;

#[rustfmt::skip]
const GIVEN: &[&str] = &[
    "yes", "y", "true", "1", "subscribed", "subscribe", "optin", "optedin", "singleoptin",
    "doubleoptin", "confirmed", "confirmedoptin", "active", "explicit", "是", "已订阅", "订阅",
    "同意", "接受", "已同意", "ja", "oui", "sí",
];
#[rustfmt::skip]
const REFUSED: &[&str] = &[
    "no", "n", "false", "0", "unsubscribed", "unsubscribe", "optout", "optedout", "cleaned",
    "bounced", "suppressed", "neversubscribed", "notsubscribed", "nonsubscribed", "spamcomplaint",
    "withdrawn", "否", "未订阅", "退订", "已退订", "拒绝", "不同意", "不接受", "nein", "non",
];

/// What a word says; blank and unknown words say nothing.
pub(super) fn read(text: &str) -> Consent {
    let word = normal_form(text);
    match () {
        () if GIVEN.contains(&word.as_str()) => Consent::Given,
        () if REFUSED.contains(&word.as_str()) => Consent::Refused,
        () => Consent::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_several_programs() {
        for (word, consent) in [
            ("yes", Consent::Given),
            ("SUBSCRIBED", Consent::Given),
            ("Never Subscribed", Consent::Refused),
            ("NEVER_SUBSCRIBED", Consent::Refused),
            ("no", Consent::Refused),
            ("退订", Consent::Refused),
            ("", Consent::Unknown),
            ("pending", Consent::Unknown),
        ] {
            assert_eq!(read(word), consent, "{word}");
        }
    }
}
