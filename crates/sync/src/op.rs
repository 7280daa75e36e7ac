//! Operations: what devices tell each other. Applied in any order, or twice, they give the same.

use crate::ids::{Digest, LARGEST, entity_text, read_entity, read_stamp, stamp_text};
use model::{Change, CustomerId, Entity, Hlc, Operation, Origin, Value};
use serde::{Deserialize, Serialize};

/// One thing that a device tells the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Op {
    /// An edit of one field.
    Change(Change),
    /// A file was imported, or its rows were written anew without those of an erased person.
    Import(Import),
    /// An import was taken back, for good.
    TakeBack {
        /// Which.
        import: Hlc,
        /// When.
        at: Hlc,
    },
}

/// An import: of several editions the one with the latest stamp is in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// When it was made: its name on all devices.
    pub id: Hlc,
    /// When its rows were last written.
    pub edition: Hlc,
    /// What is known of the file, as JSON that only the program reads.
    pub about: String,
    /// Where its rows are, in their order.
    pub parts: Vec<PartRef>,
}

/// A part that holds rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartRef {
    /// Its name: see [`crate::Part::name`].
    pub name: Digest,
    /// How many bytes the rows are, before they are compressed.
    pub bytes: u64,
}

impl Op {
    /// The stamp that the clock must have passed once this is known.
    pub fn stamp(&self) -> Hlc {
        match self {
            Op::Change(change) => change.stamp,
            Op::Import(import) => import.edition.max(import.id),
            Op::TakeBack { at, .. } => *at,
        }
    }

    /// The latest of all stamps that it names.
    pub(crate) fn latest_ms(&self) -> u64 {
        let also = match self {
            Op::Change(Change { operation: Operation::Exclude(_, seen), .. }) => {
                seen.iter().map(|stamp| stamp.ms).max()
            }
            Op::TakeBack { import, .. } => Some(import.ms),
            _ => None,
        };
        self.stamp().ms.max(also.unwrap_or(0))
    }

    /// The customer that this deletes, if it does.
    pub fn deletes(&self) -> Option<CustomerId> {
        match self {
            Op::Change(Change {
                entity: Entity::Customer(id),
                operation: Operation::Delete,
                ..
            }) => Some(*id),
            _ => None,
        }
    }

    /// The customer that this tells something about.
    pub fn tells_of(&self) -> Option<CustomerId> {
        match self {
            Op::Change(Change { entity: Entity::Customer(id), operation, .. }) => {
                (*operation != Operation::Delete).then_some(*id)
            }
            _ => None,
        }
    }
}

/// An operation as it stands in a segment. Of the optional fields those of one kind are there.
#[derive(Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct WireOp {
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    of: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    set: Option<WireValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    add: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    include: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    exclude: Option<WireExclude>,
    #[serde(skip_serializing_if = "Option::is_none")]
    delete: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    import: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    edition: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    about: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parts: Option<Vec<PartRef>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    take_back: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct WireExclude {
    word: String,
    seen: Vec<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum WireValue {
    Flag(bool),
    Number(i64),
    Text(String),
}

impl From<&Op> for WireOp {
    fn from(op: &Op) -> WireOp {
        match op {
            Op::Change(change) => of_change(change),
            Op::Import(Import { id, edition, about, parts }) => WireOp {
                import: Some(stamp_text(*id)),
                edition: Some(stamp_text(*edition)),
                about: Some(about.clone()),
                parts: Some(parts.clone()),
                ..WireOp::default()
            },
            Op::TakeBack { import, at } => WireOp {
                take_back: Some(stamp_text(*import)),
                at: Some(stamp_text(*at)),
                ..WireOp::default()
            },
        }
    }
}

fn of_change(change: &Change) -> WireOp {
    let by = match change.origin {
        Origin::Import => "import",
        Origin::Person => "person",
    };
    let mut wire = WireOp {
        at: Some(stamp_text(change.stamp)),
        by: Some(by.to_owned()),
        of: Some(entity_text(&change.entity)),
        field: (!change.field.is_empty()).then(|| change.field.clone()),
        ..WireOp::default()
    };
    match &change.operation {
        Operation::Set(value) => {
            wire.set = Some(match value {
                Value::Text(text) => WireValue::Text(text.clone()),
                Value::Number(number) => WireValue::Number(*number),
                Value::Flag(flag) => WireValue::Flag(*flag),
            });
        }
        Operation::Add(amount) => wire.add = Some(*amount),
        Operation::Include(word) => wire.include = Some(word.clone()),
        Operation::Exclude(word, seen) => {
            let seen = seen.iter().map(|stamp| stamp_text(*stamp)).collect();
            wire.exclude = Some(WireExclude { word: word.clone(), seen });
        }
        Operation::Delete => wire.delete = Some(true),
    }
    wire
}

impl WireOp {
    /// The operation; `None`: it is of no known form.
    pub(crate) fn read(self) -> Option<Op> {
        if let Some(import) = &self.take_back {
            return Some(Op::TakeBack {
                import: read_stamp(import)?,
                at: read_stamp(self.at.as_deref()?)?,
            });
        }
        if let Some(import) = &self.import {
            return Some(Op::Import(Import {
                id: read_stamp(import)?,
                edition: read_stamp(self.edition.as_deref()?)?,
                about: self.about?,
                parts: self.parts.filter(|it| it.iter().all(|part| part.bytes <= LARGEST))?,
            }));
        }
        let origin = match self.by.as_deref()? {
            "import" => Origin::Import,
            "person" => Origin::Person,
            _ => return None,
        };
        let stamp = read_stamp(self.at.as_deref()?)?;
        let entity = read_entity(self.of.as_deref()?)?;
        let field = self.field.clone().unwrap_or_default();
        let operation = self.operation()?;
        Some(Op::Change(Change { stamp, origin, entity, field, operation }))
    }

    fn operation(self) -> Option<Operation> {
        let exclude = |WireExclude { word, seen }: WireExclude| {
            let seen: Option<Vec<Hlc>> = seen.iter().map(|text| read_stamp(text)).collect();
            seen.map(|seen| Operation::Exclude(word, seen))
        };
        let found = [
            self.set.map(|value| {
                Operation::Set(match value {
                    WireValue::Text(text) => Value::Text(text),
                    WireValue::Number(number) => Value::Number(number),
                    WireValue::Flag(flag) => Value::Flag(flag),
                })
            }),
            self.add.map(Operation::Add),
            self.include.map(Operation::Include),
            match self.exclude {
                Some(wire) => Some(exclude(wire)?),
                None => None,
            },
            self.delete.filter(|it| *it).map(|_| Operation::Delete),
        ];
        let mut found = found.into_iter().flatten();
        // Two at once would be read differently by different programs.
        found.next().filter(|_| found.next().is_none())
    }
}
