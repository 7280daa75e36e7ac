//! What a server turns out to be, and why something did not go.

use serde::{Deserialize, Serialize};

/// What a test of a server finds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SyncFinding {
    /// It keeps what it is given, to the byte.
    KeepsFiles,
    /// It keeps it, but writes the JSON anew: no harm.
    WritesJsonAnew,
    /// It keeps something else.
    ChangesFiles,
    /// It says of a file that is not there that it is not there.
    TellsMissing,
    /// It gives something for files that are not there, as a page.
    AnswersForMissing,
    /// A file that was written again reads as it was before: there is a cache in between.
    GivesOldFiles,
    /// It lists the devices.
    Lists,
    /// It lists nothing; devices find each other by a file of names.
    ListsNothing,
    /// It deletes.
    Deletes,
    /// It does not delete: old files stay for ever, erased people's among them.
    KeepsDeleted,
    /// It takes a file of this many bytes.
    TakesFilesOf(u32),
    /// It refuses a file of this many bytes: imports cannot be shared.
    RefusesFilesOf(u32),
    /// There is a shop at this address.
    HasShop {
        /// Whether a passphrase opens it.
        sealed: bool,
    },
    /// It did not get so far.
    Failed(SyncTrouble),
}

impl SyncFinding {
    /// Whether sync cannot work with such a server.
    pub const fn is_fatal(&self) -> bool {
        matches!(
            self,
            SyncFinding::ChangesFiles | SyncFinding::AnswersForMissing | SyncFinding::Failed(_)
        )
    }
}

/// Why something did not go. What is stored here is as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SyncTrouble {
    /// The page is of another build than the program that syncs.
    OtherBuild,
    /// The address is no address of a server, or not one that may be used: only `https:`, or `http:`
    /// of this very machine or network.
    BadAddress,
    /// The server cannot be reached, or does not let pages of this site in (CORS).
    Unreachable,
    /// It wants another name or password.
    Denied,
    /// It is busy.
    Busy,
    /// A file is too long for it.
    TooLong,
    /// It has no room left.
    ServerFull,
    /// It gave something else than it was asked for, as a sign-in page.
    Foreign,
    /// It kept something else than it was given.
    NotKept,
    /// It sends requests on to another address, where the password would go along.
    Redirected,
    /// Any other answer.
    Status(u16),
    /// The server, known before, holds nothing any more.
    Emptied,
    /// There is nothing to join at this address.
    NoShop,
    /// The server holds another shop than the one that was joined.
    OtherShop,
    /// The shop's file on the server cannot be used.
    BadShopFile,
    /// Of the shop's file only the beginning is there.
    HalfShopFile,
    /// A newer version of this program wrote it.
    TooNew,
    /// The shop there is sealed, and no passphrase was given.
    PassphraseWanted,
    /// The passphrase is another.
    WrongPassphrase,
    /// A passphrase was given, and the shop there is not sealed by one.
    NotSealed,
    /// The passphrase is too short to guard anything.
    ShortPassphrase,
    /// The recovery code is mistyped, or of another shop.
    WrongCode,
    /// The shop's passphrase is guarded too weakly on the server, which a thief could have done.
    WeaklyGuarded,
    /// Something that was done here is too long to be told.
    LongEdit {
        /// Its bytes.
        bytes: u64,
    },
    /// There is no room left in the browser's storage.
    StorageFull,
    /// The browser's storage did not do its part. In its own words.
    Storage(String),
    /// The browser gives no storage that stays: there is nothing to sync.
    MemoryOnly,
    /// The browser has no source of randomness for keys.
    NoRandomness,
    /// The browser does not say which of its tabs syncs (no Web Locks): two would undo each other's notes.
    NoTurns,
    /// Sync is off.
    Off,
    /// Another tab does the syncing: it has to be asked there.
    InAnotherTab,
}

impl SyncTrouble {
    /// What machines know it by; people read a sentence.
    pub const fn code(&self) -> &'static str {
        match self {
            SyncTrouble::OtherBuild => "sync_other_build",
            SyncTrouble::BadAddress => "sync_bad_address",
            SyncTrouble::Unreachable => "sync_unreachable",
            SyncTrouble::Denied => "sync_denied",
            SyncTrouble::Busy => "sync_busy",
            SyncTrouble::TooLong => "sync_too_long",
            SyncTrouble::ServerFull => "sync_server_full",
            SyncTrouble::Foreign => "sync_foreign",
            SyncTrouble::NotKept => "sync_not_kept",
            SyncTrouble::Redirected => "sync_redirected",
            SyncTrouble::Status(_) => "sync_status",
            SyncTrouble::Emptied => "sync_emptied",
            SyncTrouble::NoShop => "sync_no_shop",
            SyncTrouble::OtherShop => "sync_other_shop",
            SyncTrouble::BadShopFile => "sync_bad_shop_file",
            SyncTrouble::HalfShopFile => "sync_half_shop_file",
            SyncTrouble::TooNew => "sync_too_new",
            SyncTrouble::PassphraseWanted => "sync_passphrase_wanted",
            SyncTrouble::WrongPassphrase => "sync_wrong_passphrase",
            SyncTrouble::NotSealed => "sync_not_sealed",
            SyncTrouble::ShortPassphrase => "sync_short_passphrase",
            SyncTrouble::WrongCode => "sync_wrong_code",
            SyncTrouble::WeaklyGuarded => "sync_weakly_guarded",
            SyncTrouble::LongEdit { .. } => "sync_long_edit",
            SyncTrouble::StorageFull => "sync_storage_full",
            SyncTrouble::Storage(_) => "sync_storage",
            SyncTrouble::MemoryOnly => "sync_memory_only",
            SyncTrouble::NoRandomness => "sync_no_randomness",
            SyncTrouble::NoTurns => "sync_no_turns",
            SyncTrouble::Off => "sync_off",
            SyncTrouble::InAnotherTab => "sync_in_another_tab",
        }
    }
}
