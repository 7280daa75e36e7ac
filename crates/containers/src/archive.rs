//! The members of a zip archive.

use crate::bounds::{Budget, Counted};
use crate::charset;
use crate::refusal::{Refusal, damaged};
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// More members no export has.
const MOST_MEMBERS: usize = 20_000;

/// A zip archive.
pub struct Archive<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    members: Vec<Member>,
    budget: &'b Budget,
}

/// What the archive says of a member.
#[derive(Clone, Debug)]
pub struct Member {
    /// Its path, with slashes.
    pub path: String,
    /// What it unpacks to, as it says itself.
    pub claim: u64,
    is_encrypted: bool,
}

impl<'b> Archive<'b> {
    /// Reads the list of members, which stands at the end: what is broken off has none.
    pub fn open(bytes: &'b [u8], budget: &'b Budget) -> Result<Archive<'b>, Refusal> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
        if zip.len() > MOST_MEMBERS {
            let (size, limit) = (zip.len() as u64, MOST_MEMBERS as u64);
            return Err(Refusal::TooLarge { size, limit });
        }
        let mut members = Vec::with_capacity(zip.len());
        for at in 0..zip.len() {
            let entry = zip.by_index_data(at).map_err(damaged)?;
            members.push(Member {
                path: charset::text(entry.name_raw(), None).replace('\\', "/"),
                claim: entry.size(),
                is_encrypted: entry.encrypted(),
            });
        }
        Ok(Archive { zip, members, budget })
    }

    /// All members in order.
    pub fn members(&self) -> &[Member] {
        &self.members
    }

    /// The member at that path, in small or capital letters.
    pub fn find(&self, path: &str) -> Option<usize> {
        let path = path.trim_start_matches('/');
        let is = |member: &Member| member.path.trim_start_matches('/').eq_ignore_ascii_case(path);
        self.members.iter().position(is)
    }

    /// A member to be unpacked; how much comes out is counted.
    pub fn member(&mut self, at: usize) -> Result<Counted<'b, impl Read + use<'_, 'b>>, Refusal> {
        let member = self.members.get(at).ok_or(Refusal::Damaged)?;
        if member.is_encrypted {
            return Err(Refusal::Encrypted);
        }
        self.budget.check_claim(member.claim)?;
        let file = self.zip.by_index(at).map_err(damaged)?;
        Ok(self.budget.count(file))
    }

    /// All of a member.
    pub fn bytes(&mut self, at: usize) -> Result<Vec<u8>, Refusal> {
        let (budget, claim) = (self.budget, self.members.get(at).map_or(0, |it| it.claim));
        budget.read_all(self.member(at)?, claim)
    }
}
