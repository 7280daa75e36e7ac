//! Scores on their scales.

use crate::header::normal_form;
use crate::left_out::RejectReason;

/// Lowest and highest score.
pub(super) type Scale = (u8, u8);

pub(super) const OVERALL: Scale = (1, 5);
pub(super) const NPS: Scale = (0, 10);
pub(super) const CES: Scale = (1, 7);

/// Answers in words, from the lowest score to the highest.
const IN_WORDS: [&[&str]; 5] = [
    &["verydissatisfied", "verypoor", "verybad", "非常不满意", "很不满意", "非常差"],
    &["dissatisfied", "unsatisfied", "poor", "bad", "不满意", "较差", "差"],
    &["neutral", "neithersatisfiednordissatisfied", "ok", "average", "一般", "中立"],
    &["satisfied", "good", "满意", "好", "较好"],
    &["verysatisfied", "excellent", "verygood", "非常满意", "很满意", "非常好", "很好"],
];

/// The score that a cell gives. Blank is no answer, 0 is one.
pub(super) fn read(text: &str, (low, high): Scale) -> Result<Option<u8>, RejectReason> {
    if text.is_empty() {
        return Ok(None);
    }
    let whole = number(text).or_else(|| (high == OVERALL.1).then(|| in_words(text)).flatten());
    match whole {
        Some(score) if (low..=high).contains(&score) => Ok(Some(score)),
        _ => Err(RejectReason::ScoreOutOfRange(text.to_owned())),
    }
}

/// A whole number, which may be written `9.0`, `9分`, `9/10` or `9 - very likely`.
pub(super) fn number(text: &str) -> Option<u8> {
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, rest) = text.split_at(digits);
    let score = number.parse().ok()?;
    let rest = rest.trim_start();
    let says_the_same = match rest.strip_prefix('.') {
        Some(fraction) => !fraction.is_empty() && fraction.bytes().all(|byte| byte == b'0'),
        None => rest.is_empty() || rest.starts_with(['/', '分', '星', '-', '(', '（', '–']),
    };
    says_the_same.then_some(score)
}

/// Stars, or a degree of satisfaction.
fn in_words(text: &str) -> Option<u8> {
    let stars = text.chars().filter(|c| *c == '★').count();
    if stars > 0 {
        return u8::try_from(stars).ok();
    }
    let word = normal_form(text);
    let at = IN_WORDS.iter().position(|words| words.contains(&word.as_str()))?;
    Some(at as u8 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_score_is_within_its_scale_and_blank_is_none() {
        for (text, scale, expected) in [
            ("", NPS, Some(None)),
            ("0", NPS, Some(Some(0))),
            ("10", NPS, Some(Some(10))),
            ("11", NPS, None),
            ("0", OVERALL, None),
            ("5", OVERALL, Some(Some(5))),
            ("4.0", OVERALL, Some(Some(4))),
            ("4.5", OVERALL, None),
            ("4分", OVERALL, Some(Some(4))),
            ("4/5", OVERALL, Some(Some(4))),
            ("★★★☆☆", OVERALL, Some(Some(3))),
            ("Very satisfied", OVERALL, Some(Some(5))),
            ("不满意", OVERALL, Some(Some(2))),
            ("7", CES, Some(Some(7))),
            ("8", CES, None),
            ("-3", CES, None),
            ("300", NPS, None),
            ("soon", CES, None),
        ] {
            assert_eq!(read(text, scale).ok(), expected, "{text}");
        }
    }
}
