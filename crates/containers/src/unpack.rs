//! The bytes of a file as tables.

use crate::archive::Archive;
use crate::bounds::Budget;
use crate::kind::Kind;
use crate::refusal::{NoTable, Refusal};
use crate::table::Table;
use crate::{gzip, json, members, page, workbook};

/// How deep a file is in others: a workbook in an archive is unpacked, an archive in one is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// The file that was dropped.
    Dropped,
    /// A member of it.
    Member,
}

/// Hands over the tables of a file one by one. A refusal says that none of them is to be used, not
/// even those that came before it.
pub fn unpack(name: &str, bytes: &[u8], take: &mut dyn FnMut(Table)) -> Result<(), Refusal> {
    let kind = Kind::of(bytes).ok_or(Refusal::NotATable(NoTable::Binary))?;
    unpack_as(kind, name, bytes, &Budget::of_file(bytes.len()), Depth::Dropped, take)
}

/// All tables of a file.
pub fn unpack_all(name: &str, bytes: &[u8]) -> Result<Vec<Table>, Refusal> {
    let mut tables = Vec::new();
    unpack(name, bytes, &mut |table| tables.push(table))?;
    Ok(tables)
}

/// The tables of a file of a kind that is known, within the budget of the file that was dropped.
pub(crate) fn unpack_as(
    kind: Kind,
    name: &str,
    bytes: &[u8],
    budget: &Budget,
    depth: Depth,
    take: &mut dyn FnMut(Table),
) -> Result<(), Refusal> {
    match kind {
        Kind::Zip => unpack_zip(name, bytes, budget, depth, take),
        Kind::Ole => workbook::unpack_xls(bytes, name, take),
        Kind::Gzip => gzip::unpack_gzip(name, bytes, budget, take),
        Kind::Json => json::unpack_json(name, bytes, take),
        Kind::Page => page::unpack_page(name, bytes, take),
    }
}

fn unpack_zip(
    name: &str,
    bytes: &[u8],
    budget: &Budget,
    depth: Depth,
    take: &mut dyn FnMut(Table),
) -> Result<(), Refusal> {
    let mut archive = Archive::open(bytes, budget)?;
    if archive.find("[Content_Types].xml").is_some() {
        let ends = |end: &str| {
            archive.members().iter().any(|it| it.path.to_ascii_lowercase().ends_with(end))
        };
        if ends("workbook.xml") {
            return workbook::unpack_xlsx(&mut archive, budget, name, take);
        }
        if ends("workbook.bin") {
            return workbook::unpack_xlsb(bytes, &mut archive, budget, name, take);
        }
        return Err(Refusal::NotATable(NoTable::Binary));
    }
    if archive.find("content.xml").is_some() && archive.find("mimetype").is_some() {
        return workbook::unpack_ods(&mut archive, budget, name, take);
    }
    if depth == Depth::Member {
        return Err(Refusal::NotATable(NoTable::Archive));
    }
    members::unpack_members(&mut archive, budget, name, take)
}
