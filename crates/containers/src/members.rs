//! The files of a zip archive.

use crate::archive::Archive;
use crate::bounds::Budget;
use crate::kind::Kind;
use crate::note::{Note, NoteCode};
use crate::refusal::{NoTable, Refusal};
use crate::table::Table;
use crate::unpack::{Depth, unpack_as};
use model::nested_name;

/// More tables nobody looks at.
const MOST_TABLES: usize = 200;

/// First bytes of files that are no tables.
const NO_TABLES: [&[u8]; 9] = [
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"RIFF",
    b"%PDF",
    b"Rar!",
    b"7z\xbc\xaf",
    b"MZ",
    b"\x7fELF",
];

/// Makes tables of the members that are some; says of the others that they were left out.
pub fn unpack_members(
    archive: &mut Archive<'_>,
    budget: &Budget,
    file: &str,
    take: &mut dyn FnMut(Table),
) -> Result<(), Refusal> {
    let wanted: Vec<(usize, String)> = (archive.members().iter().enumerate())
        .filter(|(_, member)| is_file(&member.path))
        .map(|(at, member)| (at, member.path.clone()))
        .collect();
    let (mut taken, mut left_out) = (0, Vec::new());
    // The last table waits for what there is to say of those that were left out.
    let mut last: Option<Table> = None;
    for (at, path) in wanted {
        let bytes = archive.bytes(at)?;
        let name = nested_name(file, &path);
        let mut keep = |table: Table| {
            taken += 1;
            if let Some(before) = last.replace(table) {
                take(before);
            }
        };
        match Kind::of(&bytes) {
            Some(kind) => match unpack_as(kind, &name, &bytes, budget, Depth::Member, &mut keep) {
                Err(Refusal::NotATable(_) | Refusal::NothingInside) => left_out.push(path),
                unpacked => unpacked?,
            },
            None if is_text(&bytes) => keep(Table::of_file(name, bytes)),
            None => left_out.push(path),
        }
        if taken > MOST_TABLES {
            return Err(Refusal::TooLarge { size: taken as u64, limit: MOST_TABLES as u64 });
        }
    }
    let last = last.ok_or(Refusal::NotATable(NoTable::Archive))?;
    let count = left_out.len() as u64;
    let note = Note::new(NoteCode::MembersLeftOut, left_out.join(", "), count);
    take(last.with_notes((count > 0).then_some(note)));
    Ok(())
}

/// Whether a path is that of a file, and not of what a system puts beside it.
fn is_file(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    !name.is_empty() && !name.starts_with('.') && !path.starts_with("__MACOSX/")
}

/// Whether a member may be a table of text. Zeros are letters in UTF-16 only.
fn is_text(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(4096)];
    let zeros = memchr::memchr_iter(0, head).count();
    !head.trim_ascii().is_empty()
        && !NO_TABLES.iter().any(|magic| head.starts_with(magic))
        && (zeros * 100 < head.len() || zeros * 3 > head.len() && zeros * 3 < head.len() * 2)
}
