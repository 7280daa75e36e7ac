//! All that is stored of one person, for them to read: the rows that an erasure would take out, one
//! object a row, with the names and values of backups (`docs/backup-format.md`).

use super::ROWS_A_LINE;
use super::rows::write_tables;
use crate::backend::{Area, Backend};
use crate::overlay::LogRecord;
use crate::sealed::unseal;
use crate::store::{Store, StoreError, ToErase};
use crate::tables::{Erased, Tables};
use model::{Change, Entity};
use serde_json::{Map, Value, json};

impl<B: Backend> Store<B> {
    /// What is stored of a person who could be erased so: `imports` with their rows, and `changes`,
    /// every edit that was made of them. Damaged imports are named in `unread`.
    pub async fn known_of(&self, who: &ToErase) -> Result<Value, StoreError> {
        let sources = self.manifest().batches.iter().map(|it| it.source.as_str());
        let person = Erased::new(who.people.iter().map(|it| it.0), sources);
        let (mut imports, mut unread) = (Vec::new(), Vec::new());
        for entry in self.manifest().live_batches() {
            let mut tables = match self.load_batch(entry.id).await {
                Ok(tables) => tables,
                Err(StoreError::Damaged { .. } | StoreError::Tables(_)) => {
                    unread.push(entry.file_name.clone());
                    continue;
                }
                Err(other) => return Err(other),
            };
            let mut theirs = person.rows_in(&tables, &entry.source);
            who.beside.get(&entry.id).into_iter().for_each(|it| theirs.extend(it));
            if theirs.is_empty() {
                continue;
            }
            tables.keep_only(&theirs);
            let mut import = Map::new();
            import.insert("source".to_owned(), entry.source.clone().into());
            import.insert("file_name".to_owned(), entry.file_name.clone().into());
            import.insert("imported_at_ms".to_owned(), entry.imported_at_ms.into());
            import.insert("unnamed_decimals".to_owned(), entry.unnamed_decimals.into());
            import.extend(by_row(&mut tables)?);
            imports.push(Value::Object(import));
        }
        let changes = self.changes_of(who).await?;
        Ok(json!({ "imports": imports, "changes": changes, "unread": unread }))
    }

    /// Every edit of a person that the log tells, oldest first; what it does not, as it is in force.
    async fn changes_of(&self, who: &ToErase) -> Result<Vec<Change>, StoreError> {
        let is_meant =
            |entity: &Entity| who.people.iter().any(|(id, _)| *entity == Entity::Customer(*id));
        let mut changes = Vec::new();
        for (_, record) in self.backend().all(Area::Log).await? {
            let Some(LogRecord { changes: made }) = unseal(&record) else { continue };
            changes.extend(made.into_iter().filter(|it| is_meant(&it.entity)));
        }
        for (entity, edits) in self.overlay().iter().filter(|it| is_meant(it.0)) {
            let told = |it: &Change| changes.iter().any(|known: &Change| known == it);
            let untold: Vec<Change> =
                edits.changes(entity).into_iter().filter(|it| !told(it)).collect();
            changes.extend(untold);
        }
        Ok(changes)
    }
}

/// Tables as lists of objects.
fn by_row(tables: &mut Tables) -> Result<Map<String, Value>, StoreError> {
    let (mut lists, mut failed) = (Map::new(), None);
    write_tables(
        tables,
        ROWS_A_LINE,
        &mut |line| match serde_json::from_slice::<Map<String, Value>>(&line) {
            Ok(record) => record.into_iter().for_each(|(table, columns)| {
                let list = lists.entry(table).or_insert_with(|| Value::Array(Vec::new()));
                if let (Value::Array(list), Value::Object(columns)) = (list, columns) {
                    list.extend(rows_of(columns));
                }
            }),
            Err(error) => failed = Some(error),
        },
    )?;
    failed.map_or(Ok(lists), |error| Err(error.into()))
}

/// Columns of equal length as rows. What is not known is left out.
fn rows_of(columns: Map<String, Value>) -> Vec<Value> {
    let mut rows: Vec<Map<String, Value>> = Vec::new();
    for (name, column) in columns {
        let Value::Array(values) = column else { continue };
        rows.resize(values.len().max(rows.len()), Map::new());
        for (row, value) in rows.iter_mut().zip(values) {
            if !value.is_null() && value != Value::String(String::new()) {
                row.insert(name.clone(), value);
            }
        }
    }
    rows.into_iter().map(Value::Object).collect()
}
