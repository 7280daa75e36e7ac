//! How much a file may unpack to.
//!
//! A few hundred kilobytes can unpack to gigabytes, and what a file says of its own size need not be
//! true. So the bytes are counted as they come out, and what comes out of one file, nested files
//! included, is bounded by what went in: real tables shrink to a tenth or a thirtieth, never to a
//! hundredth.

use crate::refusal::{Refusal, damaged};
use crate::sheet::MOST_BYTES;
use std::cell::Cell;
use std::io::{self, Read};

/// So much every file may unpack to.
const ALWAYS: u64 = 100 << 20;
/// Larger files may unpack to so many times their size,
const TIMES: u64 = 100;
/// but never to more than this.
const NEVER_MORE: u64 = 6 << 30;

/// What a file may still unpack to.
#[derive(Debug)]
pub struct Budget {
    limit: u64,
    used: Cell<u64>,
}

impl Budget {
    /// For a file of so many bytes.
    pub fn of_file(size: usize) -> Budget {
        let limit = (size as u64).saturating_mul(TIMES).clamp(ALWAYS, NEVER_MORE);
        Budget { limit, used: Cell::new(0) }
    }

    /// Refuses what says itself that it is too large.
    pub(crate) fn check_claim(&self, size: u64) -> Result<(), Refusal> {
        let size = self.used.get().saturating_add(size);
        if size > self.limit {
            return Err(Refusal::TooLarge { size, limit: self.limit });
        }
        Ok(())
    }

    /// The same reader, counted.
    pub(crate) fn count<R: Read>(&self, input: R) -> Counted<'_, R> {
        Counted { input, budget: self }
    }

    /// Why something could not be unpacked to its end: `otherwise`, unless the budget is used up.
    pub(crate) fn refusal(&self, otherwise: Refusal) -> Refusal {
        if self.used.get() > self.limit {
            return Refusal::TooLarge { size: self.used.get(), limit: self.limit };
        }
        otherwise
    }

    /// All of what comes out of a counted reader, if it is no more than a table may have. `claim`:
    /// what it says of its size, to make room.
    pub(crate) fn read_all(
        &self,
        input: Counted<'_, impl Read>,
        claim: u64,
    ) -> Result<Vec<u8>, Refusal> {
        let too_large = |size| Refusal::TooLarge { size, limit: MOST_BYTES };
        self.check_claim(claim)?;
        if claim > MOST_BYTES {
            return Err(too_large(claim));
        }
        let mut bytes = Vec::with_capacity(claim as usize);
        let read = input.take(MOST_BYTES + 1).read_to_end(&mut bytes);
        read.map_err(|error| self.refusal(damaged(error)))?;
        match bytes.len() as u64 {
            size if size > MOST_BYTES => Err(too_large(size)),
            _ => Ok(bytes),
        }
    }
}

/// A reader whose bytes are counted; it fails where the budget ends.
#[derive(Debug)]
pub struct Counted<'b, R> {
    input: R,
    budget: &'b Budget,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buffer)?;
        self.budget.used.set(self.budget.used.get() + read as u64);
        if self.budget.used.get() > self.budget.limit {
            return Err(io::Error::other("unpacks to too much"));
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_out_is_bounded_by_what_went_in() {
        for (size, limit) in [(10, ALWAYS), (10 << 20, 1000 << 20), (1 << 30, NEVER_MORE)] {
            let budget = Budget::of_file(size);
            assert_eq!(budget.check_claim(limit), Ok(()));
            let too_large = Refusal::TooLarge { size: limit + 1, limit };
            assert_eq!(budget.check_claim(limit + 1), Err(too_large));
        }
    }

    #[test]
    fn a_claim_is_not_believed() {
        let budget = Budget::of_file(10);
        let endless = io::repeat(b'0');
        assert!(matches!(budget.read_all(budget.count(endless), 5), Err(Refusal::TooLarge { .. })));
    }
}
