//! How the user said that files are to be read, remembered for others with the same columns.
//!
//! One field of the shop a signature, so that readings of several devices merge as all edits do; the
//! latest wins. A reading that is forgotten is an empty text.

use crate::answer::Engine;
use crate::host::{Host, SourceFile};
use crate::problem;
use model::{Entity, FieldName, Operation, Origin, RecordKind, Value};
use protocol::{Problem, ReadingView, Response, SavedReading};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use store::{Backend, Overlay};

/// Beginning of the fields' names; the signature follows. It is in users' logs: never change it.
const FIELD: &str = "reading:";

/// The format that this program writes, and the highest that it reads.
const FORMAT: u32 = 1;

/// Longest reading that is kept, in bytes: a thousand columns and more.
const LONGEST: usize = 100_000;

/// A reading as stored.
#[derive(Serialize, Deserialize)]
struct Record {
    format: u32,
    #[serde(default)]
    file: String,
    #[serde(default)]
    columns: Vec<(String, String)>,
    #[serde(default)]
    options: Vec<(String, String)>,
}

/// All that is remembered, the newest first. What a newer program has written is passed over.
pub fn remembered(overlay: &Overlay) -> Vec<SavedReading> {
    let Some(shop) = overlay.get(&Entity::Shop) else { return Vec::new() };
    let mut found: Vec<_> = shop
        .fields
        .iter()
        .filter_map(|(name, field)| {
            let signature = name.strip_prefix(FIELD)?;
            let (_, stamp, _) = field.set.as_ref()?;
            Some((*stamp, parse(signature, field.text())?))
        })
        .collect();
    tiny_sort::stable::sort_by_key(&mut found, |(stamp, _)| Reverse(*stamp));
    found.into_iter().map(|(_, reading)| reading).collect()
}

fn parse(signature: &str, text: &str) -> Option<SavedReading> {
    let record: Record = serde_json::from_str(text).ok()?;
    (record.format <= FORMAT).then(|| SavedReading {
        signature: signature.to_owned(),
        file_name: record.file,
        columns: record.columns,
        options: record.options,
    })
}

/// The text of a reading; empty where nothing is said in it.
fn text(reading: &SavedReading) -> Result<String, Problem> {
    if reading.columns.is_empty() && reading.options.is_empty() {
        return Ok(String::new());
    }
    let record = Record {
        format: FORMAT,
        file: reading.file_name.clone(),
        columns: reading.columns.clone(),
        options: reading.options.clone(),
    };
    let text = serde_json::to_string(&record).map_err(|it| Problem::Internal(it.to_string()))?;
    if text.len() > LONGEST {
        return Err(Problem::TooLong(LONGEST as u32));
    }
    Ok(text)
}

/// What the rows are of files that are read so.
fn kind_of(reading: &SavedReading) -> RecordKind {
    // Who said what columns are, and no more, said that the rows are orders.
    let said = reading.options.iter().find(|it| it.0 == "kind").map(|it| it.1.as_str());
    RecordKind::ALL.into_iter().find(|it| Some(it.code()) == said).unwrap_or_default()
}

/// A reading with the columns and options of a change in place of its own of those names.
fn changed(mut reading: SavedReading, change: SavedReading) -> SavedReading {
    for (question, choice) in change.options {
        reading.options.retain(|it| it.0 != question);
        if !choice.is_empty() {
            reading.options.push((question, choice));
        }
    }
    let roles = reader::roles_of(kind_of(&reading));
    for (name, role) in change.columns {
        if !roles.iter().any(|it| it.several && it.code == role) {
            // Only one column can have it.
            reading.columns.iter_mut().filter(|it| it.1 == role).for_each(|it| it.1.clear());
        }
        match reading.columns.iter_mut().find(|it| it.0 == name) {
            Some(column) => column.1 = role,
            None => reading.columns.push((name, role)),
        }
    }
    reading
}

impl<B: Backend, H: Host, F: SourceFile> Engine<B, H, F> {
    /// What can be changed of a remembered reading.
    pub(crate) fn reading(&self, signature: &str) -> Result<Response, Problem> {
        let saved = self.saved_reading(signature).ok_or(Problem::NotFound)?;
        let kind = kind_of(&saved);
        Ok(Response::Reading(Box::new(ReadingView {
            kind,
            roles: reader::roles_of(kind),
            options: reader::options_of(kind, &saved),
        })))
    }

    fn saved_reading(&self, signature: &str) -> Option<SavedReading> {
        let field = self.store.overlay().field(&Entity::Shop, &format!("{FIELD}{signature}"))?;
        parse(signature, field.text())
    }

    /// Changes of a remembered reading what is named; the rest stays as it is by now. One in which
    /// nothing was said any more is forgotten, and begins anew.
    pub(crate) async fn change_reading(
        &mut self,
        change: SavedReading,
    ) -> Result<Response, Problem> {
        let known = self.saved_reading(&change.signature);
        let known = known.unwrap_or_else(|| SavedReading {
            signature: change.signature.clone(),
            file_name: change.file_name.clone(),
            ..SavedReading::default()
        });
        self.save_reading(&changed(known, change)).await
    }

    /// Remembers a reading, or forgets it, by the user's wish.
    pub(crate) async fn save_reading(
        &mut self,
        reading: &SavedReading,
    ) -> Result<Response, Problem> {
        if self.store_readings(std::slice::from_ref(reading)).await? {
            self.take_over_edits(false).await?;
        }
        Ok(Response::Done)
    }

    /// Stores what is new of some readings; whether anything was. The caller takes it over.
    pub(crate) async fn store_readings(
        &mut self,
        readings: &[SavedReading],
    ) -> Result<bool, Problem> {
        let mut edits: Vec<(Entity, FieldName, Operation)> = Vec::new();
        for reading in readings {
            let name = format!("{FIELD}{}", reading.signature);
            let text = text(reading)?;
            let known = self.store.overlay().field(&Entity::Shop, &name);
            if known.map_or("", model::Field::text) != text {
                edits.push((Entity::Shop, name, Operation::Set(Value::Text(text))));
            }
        }
        let now = self.host.now_ms();
        let changes = self.store.apply(Origin::Person, edits, now).await;
        Ok(!changes.map_err(problem::of_store)?.is_empty())
    }
}
