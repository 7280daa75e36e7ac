//! What the page and the program that syncs tell each other: plain words for servers, states and
//! troubles. The page asks ([`SyncAsk`]), is answered once ([`SyncAnswer`]), and hears of every new
//! state unasked ([`SyncMessage::State`]).

use model::CustomerId;
use serde::{Deserialize, Serialize};

/// A question of the page to the program that syncs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SyncAsk {
    /// First message of a page: its build.
    Hello {
        /// Build id of the page.
        build: String,
    },
    /// Tries a server with files of its own and deletes them again. Answer: [`SyncAnswer::Found`].
    Test(SyncServer),
    /// Lets a server keep this shop from now on: founds it there, or joins the one that is there.
    Begin {
        /// Where.
        server: SyncServer,
        /// What opens the shop there, or will.
        secret: SyncSecret,
    },
    /// A round in which everything is looked at, now.
    SyncNow,
    /// Stops for a while, or goes on.
    Pause(bool),
    /// The page is about to be hidden: what waits is told at once.
    Leaving,
    /// Lets the deletions of a device through that are held back.
    ConfirmDeletes {
        /// The device, as [`SyncDevice::id`].
        device: String,
    },
    /// A server that has lost everything may be filled again from here.
    Refill,
    /// Puts the value of a conflict in force that is not; or, with `keep`, leaves it as it is. Either
    /// way it is settled.
    Settle {
        /// Which, as [`SyncConflict::id`].
        conflict: u64,
        /// Whether all stays as it is.
        keep: bool,
    },
    /// The server wants another name or password. They are tried before they are kept.
    SignIn(SyncAccount),
    /// Another passphrase for the shop's key, on every device.
    ChangePassphrase(String),
    /// The code that opens the shop without its passphrase. Answer: [`SyncAnswer::Recovery`].
    Recovery,
    /// Settings that let a page of this origin in. Answer: [`SyncAnswer::Text`].
    Cors {
        /// The server's program.
        software: SyncSoftware,
        /// Origin of the page, as `https://shop.example.com`.
        origin: String,
    },
    /// Ends sync on this device. What is on the server stays there.
    End,
}

/// An answer to one question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SyncAnswer {
    /// It is done.
    Done,
    /// What a test of the server has found, in the order in which it was tried.
    Found(Vec<SyncFinding>),
    /// The recovery code.
    Recovery(String),
    /// A text to be copied.
    Text(String),
}

/// A message to the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SyncMessage {
    /// The answer to a question of that number.
    Answer {
        /// Number of the question.
        id: u32,
        /// What came of it.
        result: Result<SyncAnswer, SyncTrouble>,
    },
    /// How sync stands now.
    State(Box<SyncView>),
}

/// Where the shop is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncServer {
    /// What the server speaks.
    pub kind: SyncKind,
    /// Address, as the user gave it.
    pub url: String,
    /// How the user shows who they are.
    pub account: SyncAccount,
}

/// What a server speaks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SyncKind {
    /// `WebDAV`.
    WebDav,
    /// Plain `PUT` and `GET` of files.
    Files,
    /// S3. The account's name and password are the key's id and the secret key.
    S3 {
        /// Region, as `eu-central-1`.
        region: String,
        /// Bucket.
        bucket: String,
    },
    /// `CouchDB`.
    Couch,
    /// `PostgREST` and Supabase.
    Postgrest,
    /// Collections of JSON objects.
    Rest,
    /// One address that keeps one text.
    SingleUrl,
}

impl SyncKind {
    /// What the screen and the link to join know it by.
    pub const fn code(&self) -> &'static str {
        match self {
            SyncKind::WebDav => "webdav",
            SyncKind::Files => "files",
            SyncKind::S3 { .. } => "s3",
            SyncKind::Couch => "couch",
            SyncKind::Postgrest => "postgrest",
            SyncKind::Rest => "rest",
            SyncKind::SingleUrl => "single",
        }
    }
}

/// How the user shows who they are.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum SyncAccount {
    /// Not at all.
    Open,
    /// By name and password.
    Password {
        /// Name.
        user: String,
        /// Password.
        password: String,
    },
    /// By a token.
    Token(String),
    /// By a header of the server's own.
    Header {
        /// Name of the header.
        name: String,
        /// What it says.
        value: String,
    },
}

/// Secrets do not get into logs.
impl std::fmt::Debug for SyncAccount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            SyncAccount::Open => "Open",
            SyncAccount::Password { .. } => "Password",
            SyncAccount::Token(_) => "Token",
            SyncAccount::Header { .. } => "Header",
        })
    }
}

/// What opens a shop on a server.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum SyncSecret {
    /// Nothing: whoever can read the server can read the shop.
    None,
    /// A passphrase.
    Passphrase(String),
    /// The recovery code. It opens a shop that is there; it founds none.
    Recovery(String),
}

/// Secrets do not get into logs.
impl std::fmt::Debug for SyncSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            SyncSecret::None => "None",
            SyncSecret::Passphrase(_) => "Passphrase",
            SyncSecret::Recovery(_) => "Recovery",
        })
    }
}

/// Programs whose settings are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SyncSoftware {
    /// nginx with its DAV module.
    Nginx,
    /// Apache with `mod_dav`.
    Apache,
    /// lighttpd with `mod_webdav`.
    Lighttpd,
    /// `WsgiDAV`.
    WsgiDav,
    /// rclone, as a `WebDAV` server.
    Rclone,
    /// A bucket of S3 and what speaks like it.
    S3,
    /// `CouchDB`.
    Couch,
}

impl SyncSoftware {
    /// All of them.
    pub const ALL: [SyncSoftware; 7] = [
        SyncSoftware::Nginx,
        SyncSoftware::Apache,
        SyncSoftware::Lighttpd,
        SyncSoftware::WsgiDav,
        SyncSoftware::Rclone,
        SyncSoftware::S3,
        SyncSoftware::Couch,
    ];

    /// Its name, the same in all languages.
    pub const fn name(self) -> &'static str {
        match self {
            SyncSoftware::Nginx => "nginx",
            SyncSoftware::Apache => "Apache",
            SyncSoftware::Lighttpd => "lighttpd",
            SyncSoftware::WsgiDav => "WsgiDAV",
            SyncSoftware::Rclone => "rclone",
            SyncSoftware::S3 => "S3",
            SyncSoftware::Couch => "CouchDB",
        }
    }
}

/// How sync stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncView {
    /// What it does.
    pub phase: SyncPhase,
    /// Where the shop is kept; `None`: sync is off.
    pub place: Option<SyncPlace>,
    /// When a round last went through, in milliseconds since 1 January 1970.
    pub last_ms: Option<u64>,
    /// Edits and imports that the server has not got yet.
    pub unsent: u64,
    /// Parts of imports that are to be sent.
    pub parts_to_send: u32,
    /// Parts of imports of other devices that are not here yet.
    pub parts_to_come: u32,
    /// The devices of the shop, this one first.
    pub devices: Vec<SyncDevice>,
    /// What two people said differently, the newest first.
    pub conflicts: Vec<SyncConflict>,
    /// What has happened, the newest first.
    pub journal: Vec<SyncLine>,
}

/// Where the shop is kept, without its secrets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncPlace {
    /// What the server speaks.
    pub kind: SyncKind,
    /// Its address.
    pub url: String,
    /// The user's name there, if there is one.
    pub user: Option<String>,
    /// Whether a key seals what is kept.
    pub sealed: bool,
}

/// What sync does.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum SyncPhase {
    /// It is off.
    #[default]
    Off,
    /// Another tab does it.
    InAnotherTab,
    /// A round is under way.
    Syncing,
    /// All is told, nothing is new.
    Idle,
    /// The user has stopped it for a while.
    Paused,
    /// It failed and is tried again by itself.
    Waiting {
        /// When, in milliseconds since 1 January 1970.
        until_ms: u64,
        /// Why.
        trouble: SyncTrouble,
    },
    /// It failed and waits for the user.
    Stopped(SyncTrouble),
}

/// A device of the shop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncDevice {
    /// Its name: 16 hexadecimal digits.
    pub id: String,
    /// Whether it is this one.
    pub here: bool,
    /// When news of it were last seen, in milliseconds since 1 January 1970.
    pub heard_ms: Option<u64>,
    /// Why its news wait.
    pub held: Option<SyncHeld>,
}

/// Why the news of a device wait. What it told before holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SyncHeld {
    /// A file of it cannot be used: changed by somebody, damaged, or of a key that is not ours.
    Damaged,
    /// A newer version of this program wrote it.
    TooNew,
    /// Its clock is years ahead.
    Future,
    /// A file of it is missing.
    Missing,
    /// It deletes many customers: a person has to agree.
    Deletes {
        /// How many.
        customers: u64,
    },
}

/// What two people said of one field without knowing of each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncConflict {
    /// Its number on this device.
    pub id: u64,
    /// Of whom; `None`: of the shop.
    pub customer: Option<CustomerId>,
    /// Name of the field, as it is stored.
    pub field: String,
    /// What was said here.
    pub mine: SyncSaid,
    /// What was said there.
    pub theirs: SyncSaid,
}

/// What somebody said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncSaid {
    /// As text.
    pub value: String,
    /// When, in milliseconds since 1 January 1970.
    pub at_ms: u64,
    /// Whether it is in force.
    pub holds: bool,
}

/// Something that has happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncLine {
    /// When, in milliseconds since 1 January 1970.
    pub at_ms: u64,
    /// What.
    pub what: SyncHappened,
}

/// What has happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SyncHappened {
    /// Sync began; `founded`: with a new shop on the server.
    Began {
        /// Whether this device has founded the shop there.
        founded: bool,
    },
    /// A round has brought and told something.
    Round {
        /// Edits and imports that came.
        received: u64,
        /// Those that are on the server now.
        sent: u64,
    },
    /// An import of another device is all here.
    ImportCame {
        /// Name of its file.
        file: String,
    },
    /// Another device was heard of.
    Met(String),
    /// This device is a copy of another, or was copied, and goes on under a new name.
    Renamed,
    /// Two histories met in a device's folder; both were read.
    Forked(String),
    /// The server is older than what it had confirmed; what it lost was sent again.
    RolledBack {
        /// Files of this device that were missing.
        missing: u64,
    },
    /// The server holds less of a device than it has shown before.
    Behind(String),
    /// News of a device wait.
    Held(String, SyncHeld),
    /// The shop's file was cut off and was written again.
    VaultMended,
    /// The passphrase was changed, here or elsewhere.
    PassphraseChanged,
    /// A part of an import cannot be used.
    PartDamaged,
    /// A part of an import is missing on the server.
    PartMissing,
    /// A round failed.
    Failed(SyncTrouble),
}

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
            SyncTrouble::Off => "sync_off",
            SyncTrouble::InAnotherTab => "sync_in_another_tab",
        }
    }
}
