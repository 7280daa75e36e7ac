//! What was edited since the import: merged fields by entity, in memory and as records.

use model::{
    Change, CustomerId, Entity, Field, FieldName, Hlc, Operation, Origin, Value, collected,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// All edits of one entity.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edits {
    /// The edited fields.
    pub fields: BTreeMap<FieldName, Field>,
    /// The latest deletion. It stays, and nothing beside it: a device that has not heard of it
    /// cannot bring the thing back.
    pub deleted: Option<Hlc>,
}

impl Edits {
    /// Applies one change. Applying it again, or in another order, gives the same edits.
    pub fn apply(&mut self, change: &Change) {
        if change.operation == Operation::Delete {
            self.deleted = self.deleted.max(Some(change.stamp));
            self.fields.clear();
        } else if !self.is_deleted() {
            let field = self.fields.entry(change.field.clone()).or_default();
            field.apply(change.stamp, change.origin, &change.operation);
        }
    }

    /// Changes that make these edits of an entity without any: as few as there can be.
    pub fn changes(&self, entity: &Entity) -> Vec<Change> {
        let of_fields = self.fields.iter().flat_map(|(name, field)| {
            field.operations().into_iter().map(|(stamp, origin, operation)| Change {
                stamp,
                origin,
                entity: entity.clone(),
                field: name.clone(),
                operation,
            })
        });
        let deleted = self.deleted.map(|stamp| Change {
            stamp,
            origin: Origin::Person,
            entity: entity.clone(),
            field: FieldName::new(),
            operation: Operation::Delete,
        });
        of_fields.chain(deleted).collect()
    }

    /// Whether the thing was deleted.
    pub const fn is_deleted(&self) -> bool {
        self.deleted.is_some()
    }
}

/// The edits of all entities that have any.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overlay {
    entities: BTreeMap<Entity, Edits>,
}

impl Overlay {
    /// The edits of one entity, if it has any.
    pub fn get(&self, entity: &Entity) -> Option<&Edits> {
        self.entities.get(entity)
    }

    /// One edited field of an entity.
    pub fn field(&self, entity: &Entity, name: &str) -> Option<&Field> {
        self.get(entity)?.fields.get(name)
    }

    /// All edited entities, ascending.
    pub fn iter(&self) -> impl Iterator<Item = (&Entity, &Edits)> {
        self.entities.iter()
    }

    /// The customers who are erased, ascending.
    pub fn erased(&self) -> impl Iterator<Item = CustomerId> {
        self.iter().filter(|(_, edits)| edits.is_deleted()).filter_map(|(entity, _)| match entity {
            Entity::Customer(id) => Some(*id),
            Entity::Shop => None,
        })
    }

    /// How many entities have edits.
    pub fn len(&self) -> usize {
        self.entities.len()
    }

    /// Whether nothing was edited.
    pub fn is_empty(&self) -> bool {
        self.entities.is_empty()
    }

    /// Puts these edits in place of those known of the same entities.
    pub(crate) fn adopt(&mut self, mut edits: BTreeMap<Entity, Edits>) {
        self.entities.append(&mut edits);
    }
}

/// The key of an entity's record.
pub(crate) fn entity_key(entity: &Entity) -> String {
    match entity {
        Entity::Shop => "shop".to_owned(),
        Entity::Customer(id) => format!("customer:{id}"),
    }
}

/// An entity's edits as stored. Maps whose keys are stamps become lists: JSON keys are text.
#[derive(Serialize, Deserialize)]
pub(crate) struct EditsRecord {
    pub entity: Entity,
    #[serde(default)]
    deleted: Option<Hlc>,
    #[serde(default)]
    fields: BTreeMap<FieldName, FieldRecord>,
}

#[derive(Serialize, Deserialize)]
struct FieldRecord {
    #[serde(default)]
    set: Option<(Origin, Hlc, Value)>,
    #[serde(default)]
    added: Vec<(Hlc, i64)>,
    #[serde(default)]
    words: BTreeMap<String, BTreeSet<Hlc>>,
    #[serde(default)]
    gone: BTreeSet<Hlc>,
}

impl EditsRecord {
    pub(crate) fn new(entity: Entity, edits: &Edits) -> EditsRecord {
        let fields = edits.fields.iter();
        EditsRecord {
            entity,
            deleted: edits.deleted,
            fields: collected(fields.map(|(name, field)| (name.clone(), field.clone().into()))),
        }
    }

    pub(crate) fn into_edits(self) -> (Entity, Edits) {
        let fields = collected(self.fields.into_iter().map(|(name, field)| (name, field.into())));
        (self.entity, Edits { fields, deleted: self.deleted })
    }
}

impl From<Field> for FieldRecord {
    fn from(field: Field) -> Self {
        FieldRecord {
            set: field.set,
            added: field.added.into_iter().collect(),
            words: field.words,
            gone: field.gone,
        }
    }
}

impl From<FieldRecord> for Field {
    fn from(record: FieldRecord) -> Self {
        Field {
            set: record.set,
            added: collected(record.added),
            words: record.words,
            gone: record.gone,
        }
    }
}

/// One transaction's edits as stored in the log; none, where all were of somebody who is erased.
#[derive(Serialize, Deserialize)]
pub(crate) struct LogRecord {
    pub changes: Vec<Change>,
}
