//! The saved segments: one edited field of the shop each.

use model::{Entity, Field};
use protocol::{SegmentId, StoredSegment};
use store::Overlay;

/// The names of the fields begin so. They are in users' logs: never change it.
const FIELD: &str = "segment:";

/// The name of a segment's field.
pub fn field_of(id: SegmentId) -> String {
    format!("{FIELD}{id}")
}

/// The saved segments, in the order of their names. One that was deleted has no text.
pub fn stored(overlay: &Overlay) -> Vec<StoredSegment> {
    let fields = overlay.get(&Entity::Shop).into_iter().flat_map(|shop| &shop.fields);
    let segments = fields.filter_map(|(name, field): (&String, &Field)| {
        let id = SegmentId::parse(name.strip_prefix(FIELD)?)?;
        let text = field.text();
        (!text.is_empty()).then(|| StoredSegment { id, text: text.to_owned() })
    });
    let mut segments: Vec<StoredSegment> = segments.collect();
    tiny_sort::stable::sort_by(&mut segments, |a, b| a.name().cmp(b.name()));
    segments
}

/// The name of the saved segment that a rule means, if it means one.
pub fn name_of_rule(overlay: &Overlay, rule: &str) -> Option<String> {
    let id = SegmentId::parse(rule.strip_prefix("segment=")?)?;
    find(overlay, id).map(|it| it.name().to_owned())
}

/// A saved segment.
pub fn find(overlay: &Overlay, id: SegmentId) -> Option<StoredSegment> {
    let text = overlay.field(&Entity::Shop, &field_of(id)).map_or("", Field::text);
    (!text.is_empty()).then(|| StoredSegment { id, text: text.to_owned() })
}
