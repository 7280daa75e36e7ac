//! Words in what people wrote.

/// Whether a text has one of some words, given in small letters. Those of Latin letters stand for
/// themselves: "late" is not in "chocolate". Chinese has no spaces, its words may be anywhere.
pub fn has_word(text: &str, words: &[&str]) -> bool {
    if text.is_empty() {
        return false;
    }
    let text = text.to_lowercase();
    let is_there = |word: &&str| {
        let mut found = text.match_indices(*word);
        found.any(|(at, _)| !word.is_ascii() || is_whole(&text[..at], &text[at + word.len()..]))
    };
    words.iter().any(is_there)
}

fn is_whole(before: &str, after: &str) -> bool {
    !before.chars().next_back().is_some_and(continues)
        && !after.chars().next().is_some_and(continues)
}

/// Whether a letter next to a Latin one belongs to the same word: not those of the scripts without
/// spaces, which begin here.
fn continues(letter: char) -> bool {
    letter.is_alphabetic() && letter < '\u{2E80}'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latin_words_are_whole_and_chinese_ones_anywhere() {
        for (text, is_there) in [
            ("late", true),
            ("Too LATE!", true),
            ("late_delivery", true),
            ("late2", true),
            ("late发货", true),
            ("Product related", false),
            ("chocolate, late", true),
            ("chocolate", false),
            ("latér", false),
            ("later", false),
            ("商品破损了", true),
            ("", false),
        ] {
            assert_eq!(has_word(text, &["late", "破损"]), is_there, "{text}");
        }
    }
}
