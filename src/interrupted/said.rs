//! What was said about tables, by their names: the places that they have in a drop are others once
//! only some of its files come again.

use model::is_of_file;
use protocol::Answer;

/// An answer about a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The table's name.
    pub table: String,
    /// Code of the question.
    pub question: String,
    /// Code of the choice.
    pub choice: String,
}

impl Said {
    /// Now that the table's file has another name; `None`: the table is not of that file.
    pub fn renamed(&self, former: &str, now: &str) -> Option<Said> {
        let within = self.table.get(former.len()..).filter(|_| is_of_file(&self.table, former))?;
        Some(Said { table: format!("{now}{within}"), ..self.clone() })
    }
}

/// Answers by the names of the tables. Of several tables with one name nothing is kept: rather is
/// one asked again than the wrong one read so.
pub fn said(answers: &[Answer], tables: &[String]) -> Vec<Said> {
    let by_name = |answer: &Answer| {
        let table = tables.get(answer.file as usize)?;
        place_of(table, tables)?;
        let (question, choice) = (answer.question.clone(), answer.choice.clone());
        Some(Said { table: table.clone(), question, choice })
    };
    answers.iter().filter_map(by_name).collect()
}

/// The same as answers about tables at their places now.
pub fn answers(said: &[Said], tables: &[String]) -> Vec<Answer> {
    let by_place = |it: &Said| {
        let file = place_of(&it.table, tables)?;
        Some(Answer { file, question: it.question.clone(), choice: it.choice.clone() })
    };
    said.iter().filter_map(by_place).collect()
}

/// The place of the one table of that name.
fn place_of(name: &str, tables: &[String]) -> Option<u32> {
    let mut places = (0..).zip(tables).filter(|(_, it)| *it == name);
    places.next().filter(|_| places.next().is_none()).map(|it| it.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(of: &[&str]) -> Vec<String> {
        of.iter().map(|it| (*it).to_owned()).collect()
    }

    fn answer(file: u32, choice: &str) -> Answer {
        Answer { file, question: "date_order".to_owned(), choice: choice.to_owned() }
    }

    #[test]
    fn what_was_said_follows_its_table_to_another_place() {
        let then = names(&["book.xlsx › 1", "book.xlsx › 2", "a.csv", "b.csv", "b.csv"]);
        let given: Vec<Answer> = (0..6).map(|place| answer(place, &place.to_string())).collect();
        let known = said(&given, &then);
        let tables: Vec<&str> = known.iter().map(|it| it.table.as_str()).collect();
        assert_eq!(tables, ["book.xlsx › 1", "book.xlsx › 2", "a.csv"]);
        for (now, expected) in [
            (&["a.csv"][..], vec![answer(0, "2")]),
            (
                &["a.csv", "book.xlsx › 1", "book.xlsx › 2"],
                vec![answer(1, "0"), answer(2, "1"), answer(0, "2")],
            ),
            (&["a.csv", "a.csv", "book.xlsx › 2"], vec![answer(2, "1")]),
            (&["b.csv"], vec![]),
        ] {
            assert_eq!(answers(&known, &names(now)), expected, "{now:?}");
        }
    }
}
