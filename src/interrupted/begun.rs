//! An import as it is remembered while it is under way.

use super::said::Said;
use model::is_of_file;
use std::fmt::Write as _;

/// So many are remembered, the newest: of earlier ones nobody wants to know any more.
const MOST: usize = 5;

/// An import that was begun.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Begun {
    /// When, in milliseconds since 1970: it is known by that.
    pub at_ms: u64,
    /// Its files.
    pub files: Vec<KnownFile>,
    /// Names of the tables that were found in them and are to be stored; none: that was not known.
    pub tables: Vec<String>,
    /// What the user said so far.
    pub said: Vec<Said>,
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
    /// As text: the time, then a line for each file, table and answer.
    fn text(&self) -> String {
        let mut text = self.at_ms.to_string();
        for KnownFile { name, size, mark } in &self.files {
            let _ = write!(text, "\nfile\t{size}\t{mark}\t{}", on_a_line(name));
        }
        for table in &self.tables {
            let _ = write!(text, "\ntable\t{}", on_a_line(table));
        }
        for Said { table, question, choice } in &self.said {
            let (table, choice) = (on_a_line(table), on_a_line(choice));
            let _ = write!(text, "\nanswer\t{table}\t{question}\t{choice}");
        }
        text
    }

    /// Reads that text. A line that is nothing else is a file's name, as earlier programs wrote it.
    fn parse(text: &str) -> Option<Begun> {
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
                ["table", name] => begun.tables.push(name.to_owned()),
                ["answer", table, question, choice] => begun.said.push(Said {
                    table: table.to_owned(),
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

    /// Places of the files of which something is not stored. `stored`: names of the tables that were
    /// stored since.
    pub fn not_stored(&self, stored: &[&str]) -> Vec<usize> {
        let stored: Vec<String> = stored.iter().map(|it| on_a_line(it)).collect();
        let is_stored = |file: &KnownFile| {
            if self.tables.is_empty() {
                let begun = self.files.iter().filter(|it| it.name == file.name).count();
                return stored.iter().filter(|it| is_of_file(it, &file.name)).count() >= begun;
            }
            // Several files of one name are stored once all of them are.
            let count = |of: &[String], table| of.iter().filter(|it| *it == table).count();
            let mut own = self.tables.iter().filter(|it| is_of_file(it, &file.name));
            own.all(|table| count(&stored, table) >= count(&self.tables, table))
        };
        let files = self.files.iter().enumerate();
        files.filter(|(_, file)| !is_stored(file)).map(|(place, _)| place).collect()
    }

    /// For each of the files chosen again which of these it is; the place of one that is none.
    pub fn places(&self, chosen: &[KnownFile]) -> Result<Vec<usize>, usize> {
        let place = |(at, one): (usize, &KnownFile)| {
            self.files.iter().position(|known| known.is(one)).ok_or(at)
        };
        chosen.iter().enumerate().map(place).collect()
    }

    /// What was said of the files at these places, by the names that they have now.
    pub fn said_of(&self, places: &[usize], chosen: &[KnownFile]) -> Vec<Said> {
        let renamed = |said: &Said| {
            let mut now = places.iter().zip(chosen);
            now.find_map(|(place, now)| said.renamed(&self.files[*place].name, &now.name))
        };
        self.said.iter().filter_map(renamed).collect()
    }

    /// It with no other files than those at these places.
    pub fn only(&self, places: &[usize]) -> Begun {
        let files = places.iter().map(|place| self.files[*place].clone()).collect();
        Begun { files, ..self.clone() }
    }
}

/// All that are remembered, the newest first.
pub fn parse_all(text: &str) -> Vec<Begun> {
    text.split("\n\n").filter_map(Begun::parse).collect()
}

/// All that are remembered now that this one is so, or as it is now.
pub fn with(mut all: Vec<Begun>, begun: Begun) -> Vec<Begun> {
    all.retain(|it| it.at_ms != begun.at_ms);
    let at = all.partition_point(|it| it.at_ms > begun.at_ms);
    all.insert(at, begun);
    all.truncate(MOST);
    all
}

/// As text, an empty line between two.
pub fn text_of(all: &[Begun]) -> String {
    all.iter().map(Begun::text).collect::<Vec<_>>().join("\n\n")
}

/// A name may have any character in it.
fn on_a_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, size: u64, mark: &str) -> KnownFile {
        KnownFile { name: name.to_owned(), size, mark: mark.to_owned() }
    }

    fn said(table: &str, question: &str, choice: &str) -> Said {
        let [table, question, choice] = [table, question, choice].map(str::to_owned);
        Said { table, question, choice }
    }

    fn names(of: &[&str]) -> Vec<String> {
        of.iter().map(|it| (*it).to_owned()).collect()
    }

    #[test]
    fn what_was_begun_is_read_as_it_was_written() {
        let begun = Begun {
            at_ms: 1_795_348_800_000,
            files: vec![file("a.csv", 12, "00ff"), file("订单, 2026.xlsx", 0, "")],
            tables: names(&["a.csv", "订单, 2026.xlsx › 五月"]),
            said: vec![
                said("a.csv", "mapping", "order_number,,total"),
                said("订单, 2026.xlsx › 五月", "date_order", "day_first"),
            ],
        };
        let other = Begun { at_ms: 7, files: vec![file("b.csv", 1, "")], ..Begun::default() };
        let both = vec![begun, other];
        assert_eq!(parse_all(&text_of(&both)), both);
        let strange = Begun { files: vec![file("a\tb\n\nc", 1, "")], ..Begun::default() };
        let read = parse_all(&text_of(&[strange])).remove(0);
        assert_eq!(read.files, [file("a b  c", 1, "")]);
        assert_eq!(read.not_stored(&["a\tb\n\nc"]), [0; 0]);
        assert_eq!(parse_all("7\na.csv")[0].files, [file("a.csv", 0, "")]);
        assert_eq!(parse_all("soon\na.csv"), []);
        assert_eq!(parse_all(""), []);
    }

    #[test]
    fn each_import_is_remembered_until_its_own_end() {
        let begun =
            |at_ms, name| Begun { at_ms, files: vec![file(name, 1, "")], ..Begun::default() };
        let of = |all: &[Begun]| all.iter().map(|it| it.at_ms).collect::<Vec<_>>();
        let all = [3, 9, 5].into_iter().fold(Vec::new(), |all, at| with(all, begun(at, "a.csv")));
        assert_eq!(of(&all), [9, 5, 3]);
        let all = with(all, begun(5, "b.csv"));
        assert_eq!((of(&all), all[1].files[0].name.as_str()), (vec![9, 5, 3], "b.csv"));
        let all = (10..20).fold(all, |all, at| with(all, begun(at, "a.csv")));
        assert_eq!(of(&all), [19, 18, 17, 16, 15]);
    }

    #[test]
    fn a_file_is_stored_once_all_that_was_to_be_stored_of_it_is() {
        let both = &["a.xlsx › May", "a.xlsx › June"][..];
        for (files, tables, stored, left) in [
            // A workbook is stored under the names of its sheets.
            (&["a.xlsx", "b.csv"][..], &[][..], &["a.xlsx › May"][..], &[1][..]),
            (&["a.xlsx"], both, &["a.xlsx › May"], &[0]),
            (&["a.xlsx"], both, both, &[]),
            // Two files of one name.
            (&["a.csv", "a.csv"], &[], &["a.csv"], &[0, 1]),
            (&["a.csv", "a.csv"], &["a.csv", "a.csv"], &["a.csv"], &[0, 1]),
            (&["a.csv", "a.csv"], &["a.csv", "a.csv"], &["a.csv", "a.csv"], &[]),
            // Of the second nothing was to be stored.
            (&["a.csv", "b.csv"], &["a.csv"], &[], &[0]),
            (&["a.csv"], &["a.csv"], &["a.csv.gz", "b.csv"], &[0]),
        ] {
            let begun = Begun {
                files: files.iter().map(|it| file(it, 1, "")).collect(),
                tables: names(tables),
                ..Begun::default()
            };
            assert_eq!(begun.not_stored(stored), left, "{files:?} {tables:?} {stored:?}");
        }
    }

    #[test]
    fn a_file_is_known_by_its_content_and_its_answers_go_with_it() {
        let begun = Begun {
            files: vec![file("a.xlsx", 5, "aa"), file("b.csv", 6, "bb"), file("c.csv", 7, "")],
            said: vec![
                said("a.xlsx › 2", "date_order", "day_first"),
                said("c.csv", "encoding", "GB18030"),
                said("b.csv", "identity", "names"),
            ],
            ..Begun::default()
        };
        // A copy has another name; one without a mark is known by its name.
        let chosen = [file("c.csv", 7, "cc"), file("a (1).xlsx", 5, "aa")];
        let places = begun.places(&chosen).unwrap();
        assert_eq!(places, [2, 0]);
        assert_eq!(
            begun.said_of(&places, &chosen),
            [
                said("a (1).xlsx › 2", "date_order", "day_first"),
                said("c.csv", "encoding", "GB18030")
            ]
        );
        for other in [file("a.xlsx", 5, "ab"), file("a.xlsx", 4, "aa"), file("d.csv", 7, "")] {
            assert_eq!(begun.places(&[chosen[0].clone(), other]), Err(1));
        }
        // The third waits on.
        let rest = begun.only(&[1]);
        assert_eq!((rest.files.len(), rest.not_stored(&[])), (1, vec![0]));
        let chosen = [file("b.csv", 6, "bb")];
        assert_eq!(rest.said_of(&[0], &chosen), [said("b.csv", "identity", "names")]);
    }
}
