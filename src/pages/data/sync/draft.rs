//! What is typed of a server, and the server that it means.

use protocol::sync::{SyncAccount, SyncKind, SyncPlace, SyncServer};

/// What a server may speak, by [`SyncKind::code`], the likeliest first.
pub const KINDS: [&str; 7] = ["webdav", "s3", "couch", "postgrest", "files", "rest", "single"];

/// How a user may show who they are.
pub const ACCOUNTS: [&str; 4] = ["password", "token", "header", "none"];

/// The fields of the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    pub kind: String,
    pub url: String,
    pub region: String,
    pub bucket: String,
    pub account: String,
    pub user: String,
    pub password: String,
    pub token: String,
    pub header_name: String,
    pub header_value: String,
}

/// Which field cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// There is no address.
    NoAddress,
    /// Name and password stand in the address, which goes along in links and logs.
    SecretInAddress,
    NoRegion,
    NoBucket,
    NoUser,
    NoToken,
    NoHeader,
}

impl Default for Draft {
    fn default() -> Draft {
        let empty = String::new;
        Draft {
            kind: KINDS[0].to_owned(),
            url: empty(),
            region: empty(),
            bucket: empty(),
            account: account_of(KINDS[0]).to_owned(),
            user: empty(),
            password: empty(),
            token: empty(),
            header_name: empty(),
            header_value: empty(),
        }
    }
}

/// How users mostly show themselves to such a server.
fn account_of(kind: &str) -> &'static str {
    match kind {
        "postgrest" => "token",
        "rest" | "single" => "none",
        _ => "password",
    }
}

impl Draft {
    /// The server of a place, without its secrets.
    pub fn of_place(place: &SyncPlace) -> Draft {
        let mut draft = Draft { url: place.url.clone(), ..Draft::default() };
        draft.choose_kind(place.kind.code());
        if let SyncKind::S3 { region, bucket } = &place.kind {
            draft.region.clone_from(region);
            draft.bucket.clone_from(bucket);
        }
        if let Some(user) = &place.user {
            "password".clone_into(&mut draft.account);
            draft.user.clone_from(user);
        }
        draft
    }

    /// Another kind comes with the account that is usual there.
    pub fn choose_kind(&mut self, code: &str) {
        code.clone_into(&mut self.kind);
        account_of(code).clone_into(&mut self.account);
    }

    /// Whether it is a bucket, whose account is always a key.
    pub fn is_bucket(&self) -> bool {
        self.kind == "s3"
    }

    /// The server that is meant.
    pub fn server(&self) -> Result<SyncServer, Fault> {
        Ok(SyncServer { kind: self.kind()?, url: address(&self.url)?, account: self.account()? })
    }

    fn kind(&self) -> Result<SyncKind, Fault> {
        Ok(match self.kind.as_str() {
            "files" => SyncKind::Files,
            "s3" => SyncKind::S3 {
                region: filled(&self.region, Fault::NoRegion)?,
                bucket: filled(&self.bucket, Fault::NoBucket)?,
            },
            "couch" => SyncKind::Couch,
            "postgrest" => SyncKind::Postgrest,
            "rest" => SyncKind::Rest,
            "single" => SyncKind::SingleUrl,
            _ => SyncKind::WebDav,
        })
    }

    /// How the user shows who they are.
    pub fn account(&self) -> Result<SyncAccount, Fault> {
        let account = if self.is_bucket() { "password" } else { self.account.as_str() };
        Ok(match account {
            "password" => SyncAccount::Password {
                user: filled(&self.user, Fault::NoUser)?,
                password: self.password.clone(),
            },
            "token" => SyncAccount::Token(filled(&self.token, Fault::NoToken)?),
            "header" => SyncAccount::Header {
                name: filled(&self.header_name, Fault::NoHeader)?,
                value: filled(&self.header_value, Fault::NoHeader)?,
            },
            _ => SyncAccount::Open,
        })
    }
}

fn filled(text: &str, fault: Fault) -> Result<String, Fault> {
    let text = text.trim();
    if text.is_empty() { Err(fault) } else { Ok(text.to_owned()) }
}

/// The address, with the protocol that it has if none is typed.
fn address(text: &str) -> Result<String, Fault> {
    let text = filled(text, Fault::NoAddress)?;
    let (protocol, rest) = text.split_once("://").unwrap_or(("https", &text));
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if host.contains('@') {
        return Err(Fault::SecretInAddress);
    }
    Ok(format!("{protocol}://{rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(change: impl FnOnce(&mut Draft)) -> Draft {
        let mut draft =
            Draft { url: "https://dav.example.com/shop".to_owned(), ..Draft::default() };
        draft.user = "ana".to_owned();
        draft.password = "s e c".to_owned();
        change(&mut draft);
        draft
    }

    #[test]
    fn the_fields_make_a_server() {
        let server = draft(|_| {}).server().unwrap();
        assert_eq!(server.kind, SyncKind::WebDav);
        let (user, password) = ("ana".to_owned(), "s e c".to_owned());
        assert_eq!(server.account, SyncAccount::Password { user, password });
    }

    #[test]
    fn each_kind_can_be_chosen_and_comes_back_as_itself() {
        for code in KINDS {
            let draft = draft(|it| {
                it.choose_kind(code);
                it.token = "t".to_owned();
                it.region = "eu".to_owned();
                it.bucket = "b".to_owned();
            });
            assert_eq!(draft.server().unwrap().kind.code(), code);
        }
    }

    #[test]
    fn each_account_can_be_chosen() {
        let accounts = ACCOUNTS.map(|code| {
            let draft = draft(|it| {
                code.clone_into(&mut it.account);
                it.token = " t ".to_owned();
                it.header_name = "X-Key".to_owned();
                it.header_value = "v".to_owned();
            });
            draft.account().unwrap()
        });
        let text = str::to_owned;
        assert_eq!(
            accounts,
            [
                SyncAccount::Password { user: text("ana"), password: text("s e c") },
                SyncAccount::Token(text("t")),
                SyncAccount::Header { name: text("X-Key"), value: text("v") },
                SyncAccount::Open,
            ]
        );
    }

    #[test]
    fn what_is_missing_is_named() {
        for (draft, fault) in [
            (draft(|it| it.url = "  ".to_owned()), Fault::NoAddress),
            (draft(|it| it.user.clear()), Fault::NoUser),
            (draft(|it| it.choose_kind("postgrest")), Fault::NoToken),
            (draft(|it| it.choose_kind("s3")), Fault::NoRegion),
            (draft(|it| it.account = "header".to_owned()), Fault::NoHeader),
        ] {
            assert_eq!(draft.server(), Err(fault), "{draft:?}");
        }
    }

    #[test]
    fn no_password_stands_in_an_address() {
        for (typed, expected) in [
            ("https://ana:secret@dav.example.com/shop", Err(Fault::SecretInAddress)),
            ("ana@dav.example.com", Err(Fault::SecretInAddress)),
            (" dav.example.com/a@b ", Ok("https://dav.example.com/a@b")),
            ("http://192.168.0.2:8080/", Ok("http://192.168.0.2:8080/")),
        ] {
            assert_eq!(address(typed), expected.map(str::to_owned), "{typed}");
        }
    }
}
