//! What the page and the program that syncs tell each other: plain words for servers, states and
//! troubles. The page asks ([`SyncAsk`]), is answered once ([`SyncAnswer`]), and hears of every new
//! state unasked ([`SyncMessage::State`]).

mod trouble;
mod view;

pub use trouble::{SyncFinding, SyncTrouble};
pub use view::{
    SyncConflict, SyncDevice, SyncHappened, SyncHeld, SyncLine, SyncPhase, SyncPlace, SyncSaid,
    SyncView,
};

use serde::{Deserialize, Serialize};

/// Shorter passphrases are soon guessed, whatever it costs to try one. In characters; of backups too.
pub const SHORTEST_PASSPHRASE: usize = 10;

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
