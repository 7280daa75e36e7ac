//! A file packed by itself.

use crate::bounds::Budget;
use crate::kind::Kind;
use crate::refusal::{NoTable, Refusal};
use crate::sheet::MOST_BYTES;
use crate::table::Table;
use crate::unpack::{Depth, unpack_as};
use flate2::bufread::MultiGzDecoder;

/// Where a tape archive says that it is one.
const TAR_MAGIC: (usize, &[u8]) = (257, b"ustar");

/// Unpacks the file and makes tables of what it is.
pub fn unpack_gzip(
    name: &str,
    bytes: &[u8],
    budget: &Budget,
    take: &mut dyn FnMut(Table),
) -> Result<(), Refusal> {
    // What it says of its size stands at its end, for files of less than 4 GiB.
    let claim = bytes.last_chunk().map_or(0, |size| u32::from_le_bytes(*size));
    let room = u64::from(claim).min(bytes.len() as u64 * 40).min(MOST_BYTES);
    let unpacked = budget.read_all(budget.count(MultiGzDecoder::new(bytes)), room)?;
    let (at, magic) = TAR_MAGIC;
    if unpacked.get(at..).is_some_and(|rest| rest.starts_with(magic)) {
        return Err(Refusal::NotATable(NoTable::Archive));
    }
    match Kind::of(&unpacked) {
        Some(Kind::Gzip) => Err(Refusal::NotATable(NoTable::Archive)),
        Some(kind) => unpack_as(kind, name, &unpacked, budget, Depth::Member, take),
        None if unpacked.trim_ascii().is_empty() => Err(Refusal::NothingInside),
        None => {
            take(Table::of_file(name.to_owned(), unpacked));
            Ok(())
        }
    }
}
