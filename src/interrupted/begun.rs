//! An import as it is remembered while it is under way.

use protocol::Answer;
use std::fmt::Write as _;

/// An import that was begun.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Begun {
    /// When, in milliseconds since 1970.
    pub at_ms: u64,
    /// Its files.
    pub files: Vec<KnownFile>,
    /// What the user answered so far.
    pub answers: Vec<Answer>,
}

/// What a file is known by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KnownFile {
    /// Its name.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
    /// The mark of its content; empty: it was not worked out any more.
    pub mark: String,
}

impl KnownFile {
    /// Whether a file that was chosen again is this one. Its name may be another: a copy may have
    /// one.
    pub fn is(&self, chosen: &KnownFile) -> bool {
        let same =
            if self.mark.is_empty() { self.name == chosen.name } else { self.mark == chosen.mark };
        same && self.size == chosen.size
    }
}

impl Begun {
    /// As text: the time, then a line for each file and each answer.
    pub fn text(&self) -> String {
        let mut text = self.at_ms.to_string();
        for KnownFile { name, size, mark } in &self.files {
            let _ = write!(text, "\nfile\t{size}\t{mark}\t{}", on_a_line(name));
        }
        for Answer { file, question, choice } in &self.answers {
            let _ = write!(text, "\nanswer\t{file}\t{question}\t{}", on_a_line(choice));
        }
        text
    }

    /// Reads that text. A line that is neither is a file's name, as earlier programs wrote it.
    pub fn parse(text: &str) -> Option<Begun> {
        let mut lines = text.lines();
        let at_ms = lines.next()?.parse().ok()?;
        let mut begun = Begun { at_ms, ..Begun::default() };
        for line in lines {
            match line.splitn(4, '\t').collect::<Vec<_>>()[..] {
                ["file", size, mark, name] => begun.files.push(KnownFile {
                    name: name.to_owned(),
                    size: size.parse().ok()?,
                    mark: mark.to_owned(),
                }),
                ["answer", file, question, choice] => begun.answers.push(Answer {
                    file: file.parse().ok()?,
                    question: question.to_owned(),
                    choice: choice.to_owned(),
                }),
                _ => {
                    begun.files.push(KnownFile { name: line.to_owned(), ..KnownFile::default() });
                }
            }
        }
        Some(begun)
    }

    /// For each of the files chosen again which of these it is; the place of one that is none.
    pub fn places(&self, chosen: &[KnownFile]) -> Result<Vec<usize>, usize> {
        let place = |(at, one): (usize, &KnownFile)| {
            self.files.iter().position(|known| known.is(one)).ok_or(at)
        };
        chosen.iter().enumerate().map(place).collect()
    }

    /// The answers about some of its files, which now have the places that they have in the list.
    pub fn answers_about(&self, places: &[usize]) -> Vec<Answer> {
        let moved = |answer: &Answer| {
            let file = places.iter().position(|it| *it == answer.file as usize)? as u32;
            Some(Answer { file, ..answer.clone() })
        };
        self.answers.iter().filter_map(moved).collect()
    }
}

/// A file's name may have any character in it.
fn on_a_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, size: u64, mark: &str) -> KnownFile {
        KnownFile { name: name.to_owned(), size, mark: mark.to_owned() }
    }

    fn answer(file: u32, question: &str, choice: &str) -> Answer {
        Answer { file, question: question.to_owned(), choice: choice.to_owned() }
    }

    #[test]
    fn what_was_begun_is_read_as_it_was_written() {
        let begun = Begun {
            at_ms: 1_795_348_800_000,
            files: vec![file("a.csv", 12, "00ff"), file("订单, 2026.csv", 0, "")],
            answers: vec![
                answer(0, "mapping", "order_number,,total"),
                answer(1, "date_order", "day_first"),
            ],
        };
        assert_eq!(Begun::parse(&begun.text()), Some(begun));
        let strange = Begun { files: vec![file("a\tb\nc", 1, "")], ..Begun::default() };
        assert_eq!(
            Begun::parse(&strange.text()).map(|it| it.files),
            Some(vec![file("a b c", 1, "")])
        );
        let earlier = Begun::parse("7\na.csv").map(|it| it.files);
        assert_eq!(earlier, Some(vec![file("a.csv", 0, "")]));
        assert_eq!(Begun::parse("soon\na.csv"), None);
    }

    #[test]
    fn a_file_is_known_by_its_content_and_its_answers_go_with_it() {
        let begun = Begun {
            files: vec![file("a.csv", 5, "aa"), file("b.csv", 6, "bb"), file("c.csv", 7, "")],
            answers: vec![
                answer(0, "date_order", "day_first"),
                answer(2, "encoding", "GB18030"),
                answer(1, "identity", "names"),
            ],
            ..Begun::default()
        };
        // A copy has another name; one without a mark is known by its name.
        let chosen = [file("c.csv", 7, "cc"), file("a (1).csv", 5, "aa")];
        let places = begun.places(&chosen).unwrap();
        assert_eq!(places, [2, 0]);
        assert_eq!(
            begun.answers_about(&places),
            [answer(1, "date_order", "day_first"), answer(0, "encoding", "GB18030")]
        );
        for other in [file("a.csv", 5, "ab"), file("a.csv", 4, "aa"), file("d.csv", 7, "")] {
            assert_eq!(begun.places(&[chosen[0].clone(), other]), Err(1));
        }
    }
}
