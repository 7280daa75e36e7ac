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

impl<B: Backend, H: Host, F: SourceFile> Engine<B, H, F> {
    /// What can be changed of a remembered reading.
    pub(crate) fn reading(&self, signature: &str) -> Result<Response, Problem> {
        let field = self.store.overlay().field(&Entity::Shop, &format!("{FIELD}{signature}"));
        let saved = field.and_then(|field| parse(signature, field.text()));
        let saved = saved.ok_or(Problem::NotFound)?;
        // Who said what columns are, and no more, said that the rows are orders.
        let said = saved.options.iter().find(|it| it.0 == "kind").map(|it| it.1.as_str());
        let kind = RecordKind::ALL.into_iter().find(|it| Some(it.code()) == said);
        let kind = kind.unwrap_or_default();
        Ok(Response::Reading(Box::new(ReadingView {
            kind,
            roles: reader::roles_of(kind),
            options: reader::options_of(kind, &saved),
        })))
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
