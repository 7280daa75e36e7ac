//! What seals a shop on a server: typed twice where it is chosen, once where it is known.

use protocol::sync::{SHORTEST_PASSPHRASE, SyncSecret};

/// Why what was typed seals nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing was typed.
    None,
    /// Too little.
    Short,
    /// Two different texts.
    Differ,
}

/// A passphrase that was typed twice.
pub fn chosen(first: &str, second: &str) -> Result<String, Fault> {
    if first.is_empty() && second.is_empty() {
        Err(Fault::None)
    } else if first != second {
        Err(Fault::Differ)
    } else if first.chars().count() < SHORTEST_PASSPHRASE {
        Err(Fault::Short)
    } else {
        Ok(first.to_owned())
    }
}

/// The secret of a shop that is to be founded. It is open only if somebody says so, and what is typed
/// is never passed over.
pub fn of_founder(first: &str, second: &str, is_open: bool) -> Result<SyncSecret, Fault> {
    match chosen(first, second) {
        Err(Fault::None) if is_open => Ok(SyncSecret::None),
        it => it.map(SyncSecret::Passphrase),
    }
}

/// The secret of a shop that is there. What is typed goes along also where none is wanted: then that is
/// said.
pub fn of_guest(typed: &str, is_sealed: bool, is_code: bool) -> Result<SyncSecret, Fault> {
    match (is_sealed, typed.is_empty()) {
        (false, true) => Ok(SyncSecret::None),
        (true, true) => Err(Fault::None),
        (_, false) if is_code => Ok(SyncSecret::Recovery(typed.trim().to_owned())),
        (_, false) => Ok(SyncSecret::Passphrase(typed.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: &str = "correct horse";

    #[test]
    fn a_founder_seals_the_shop_or_says_that_it_stays_open() {
        let sealed = Ok(SyncSecret::Passphrase(LONG.to_owned()));
        for (first, second, is_open, expected) in [
            (LONG, LONG, false, sealed.clone()),
            (LONG, LONG, true, sealed),
            (LONG, "correct house", false, Err(Fault::Differ)),
            ("", LONG, true, Err(Fault::Differ)),
            ("short", "short", false, Err(Fault::Short)),
            ("short", "short", true, Err(Fault::Short)),
            ("", "", false, Err(Fault::None)),
            ("", "", true, Ok(SyncSecret::None)),
            // Letters are counted, not their bytes.
            ("电池正确马订书钉", "电池正确马订书钉", false, Err(Fault::Short)),
            (
                "电池正确马订书钉词语",
                "电池正确马订书钉词语",
                false,
                Ok(SyncSecret::Passphrase("电池正确马订书钉词语".to_owned())),
            ),
        ] {
            assert_eq!(of_founder(first, second, is_open), expected, "{first} {second} {is_open}");
        }
    }

    #[test]
    fn a_guest_has_the_passphrase_or_the_code() {
        for (typed, is_sealed, is_code, expected) in [
            (LONG, true, false, Ok(SyncSecret::Passphrase(LONG.to_owned()))),
            (" ABCD-EFGH ", true, true, Ok(SyncSecret::Recovery("ABCD-EFGH".to_owned()))),
            ("", true, false, Err(Fault::None)),
            ("", false, false, Ok(SyncSecret::None)),
            (LONG, false, false, Ok(SyncSecret::Passphrase(LONG.to_owned()))),
        ] {
            assert_eq!(of_guest(typed, is_sealed, is_code), expected, "{typed} {is_sealed}");
        }
    }
}
