//! What the beginning of a file shows, under what the user has said of it now or of another file with
//! the same columns.

use crate::{Foreign, Source, Task};
use ingest::{
    Answers, Charset, Context, Encoding, FileFacts, Kind, Question, Recognised, Refusal, Role,
    column_keys, recognise_as, signature,
};
use protocol::{Answer, SavedReading};

/// Questions whose answers decide how a file is read, beside that of its columns.
const OPTIONS: [&str; 8] = [
    "kind",
    "date_order",
    "decimal_mark",
    "row_amounts",
    "identity",
    "encoding",
    "delimiter",
    "header_line",
];

/// Questions whose answers are no options: that of the columns, and what is so of one file only.
const OF_THIS_FILE: [&str; 2] = ["mapping", "consent"];

/// The question whose one answer, [`AS_FOUND`], forgets what was said of other files.
const READING: &str = "reading";
const AS_FOUND: &str = "as_found";

/// What a file is, and how it is to be read.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts, each asked for by its name")]
pub struct Beginning {
    /// What it is.
    pub recognised: Recognised,
    /// Its encoding, if that has to be turned into UTF-8 first.
    pub encoding: Option<Foreign>,
    /// What is still to be minded of the answers; those of the columns are in `recognised`.
    pub answers: Answers,
    /// The user has to say what the columns are, or to look at what was guessed.
    pub is_asked: bool,
    /// What was said of another file is in force.
    pub is_remembered: bool,
    /// The user has said something of it now.
    pub is_answered: bool,
    /// What is to be remembered; `None`: nothing was said, or the columns have no names by which
    /// another file could be known.
    pub saved: Option<SavedReading>,
    /// The answers do not fit the file: there is nothing to be read under them.
    pub misfit: bool,
}

/// The head of a file with what is needed to look at it.
pub struct Head<'a, S> {
    pub source: &'a S,
    pub bytes: &'a [u8],
    pub facts: FileFacts<'a>,
    pub context: &'a Context,
    /// It is all of the file.
    pub is_whole: bool,
}

impl Beginning {
    /// Looks at the head of a file.
    pub fn look(head: &Head<'_, impl Source>, task: &Task) -> Result<Beginning, Refusal> {
        let as_found = recognised(head, &Answers::default())?;
        let has_names = as_found.0.header_line > 0;
        let key = format!("{:016x}", signature(&as_found.0.columns));
        let forgets = task.answers.iter().any(|it| it.question == READING && it.choice == AS_FOUND);
        let known = task.remembered.iter().find(|saved| saved.signature == key);
        let known = known.filter(|_| has_names && !forgets);
        let (mut answers, options) = answers_of(&task.answers, known);
        let is_told = answers.mapping.is_some() || answers.named.is_some();
        let lacks =
            |of: &Recognised| of.questions.iter().any(|it| matches!(it, Question::Mapping { .. }));
        let is_asked = lacks(&as_found.0) && known.is_none();
        let found = if answers.are_of_columns() {
            recognised(head, &answers)
        } else {
            Ok(as_found.clone())
        };
        // What does not fit is shown beside what was found, so that the user can take it back.
        let misfit = found.is_err();
        let (mut recognised_now, encoding) = found.unwrap_or(as_found);
        if !is_told && !misfit && lacks(&recognised_now) && !recognised_now.guesses.is_empty() {
            let pairs = recognised_now.mapping.iter().chain(&recognised_now.guesses);
            answers.mapping = Some(pairs.copied().collect());
            recognised_now = recognised(head, &answers)?.0;
        }
        let is_asked = is_asked || misfit || lacks(&recognised_now);
        let is_said = is_told || is_asked || !options.is_empty();
        let saved = SavedReading {
            signature: key,
            file_name: head.source.name(),
            columns: if is_told || is_asked { named(&recognised_now) } else { Vec::new() },
            options,
        };
        (answers.mapping, answers.named) = (None, None);
        Ok(Beginning {
            recognised: recognised_now,
            encoding,
            answers,
            is_asked,
            is_remembered: known.is_some(),
            is_answered: !task.answers.is_empty(),
            saved: (has_names && (is_said || forgets)).then_some(saved),
            misfit,
        })
    }
}

/// The answers that concern reading, those of now before those remembered, and which of them are
/// options, by their codes.
fn answers_of(now: &[Answer], known: Option<&SavedReading>) -> (Answers, Vec<(String, String)>) {
    let mut options: Vec<(String, String)> = known.map_or_else(Vec::new, |it| it.options.clone());
    for answer in now.iter().filter(|it| OPTIONS.contains(&it.question.as_str())) {
        options.retain(|(question, _)| *question != answer.question);
        options.push((answer.question.clone(), answer.choice.clone()));
    }
    let mut answers = Answers::default();
    // Which part of a mailing list it is other files with its columns need not be.
    let of_this_file = now.iter().filter(|it| OF_THIS_FILE.contains(&it.question.as_str()));
    let of_this_file = of_this_file.map(|it| (it.question.as_str(), it.choice.as_str()));
    let pairs = options.iter().map(|(question, choice)| (question.as_str(), choice.as_str()));
    for (question, choice) in pairs.chain(of_this_file) {
        answers.add(question, choice);
    }
    let named = known.map(|it| &it.columns).filter(|columns| !columns.is_empty());
    answers.named = named.map(|columns| {
        let role = |(name, code): &(String, String)| Some((Role::of_code(code)?, name.clone()));
        columns.iter().filter_map(role).collect()
    });
    (answers, options)
}

/// The columns by their names, with what each becomes.
fn named(recognised: &Recognised) -> Vec<(String, String)> {
    let keys = column_keys(&recognised.columns);
    let named = recognised.mapping.iter();
    named.map(|&(role, at)| (keys[at].clone(), role.code().to_owned())).collect()
}

/// What the file is; and its encoding, if that has to be turned into UTF-8 first.
fn recognised(
    head: &Head<'_, impl Source>,
    answers: &Answers,
) -> Result<(Recognised, Option<Foreign>), Refusal> {
    let Head { source, bytes, facts, context, is_whole } = *head;
    let read = |encoding| {
        let mut text = String::new();
        source.transcoder(encoding)?.transcode(bytes, is_whole, &mut text);
        Some(text)
    };
    let as_text = |encoding, text: &str| {
        Ok((recognise_as(text.as_bytes(), facts, context, is_whole, answers)?, Some(encoding)))
    };
    if let Some(Charset::Foreign(encoding)) = answers.charset {
        let text = read(encoding).ok_or(Refusal::UnsupportedEncoding(encoding))?;
        return as_text(encoding, &text);
    }
    let as_it_is = recognise_as(bytes, facts, context, is_whole, answers);
    let may_be_foreign = answers.charset.is_none()
        && match &as_it_is {
            Ok(recognised) => recognised.encoding == Encoding::Windows1252,
            Err(refusal) => matches!(
                refusal,
                Refusal::UnsupportedEncoding(_)
                    | Refusal::UnknownKind { .. }
                    | Refusal::NotATable(Kind::PlainText)
            ),
        };
    let foreign = if may_be_foreign { Foreign::sniff(bytes, read) } else { None };
    match foreign.and_then(|encoding| Some((encoding, read(encoding)?))) {
        Some((encoding, text)) => as_text(encoding, &text),
        None => Ok((as_it_is?, None)),
    }
}
