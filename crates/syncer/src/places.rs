//! Servers as the user names them: addresses are checked here, and nothing is sent to others.

use model::DeviceId;
use protocol::sync::{SyncAccount, SyncKind, SyncServer, SyncTrouble};
use sync::servers::{Account, Bucket, Couch, Files, Http, Postgrest, Rest, SingleUrl};
use sync::{Failure, Path, Remote};

/// Any of the servers that sync speaks to.
#[derive(Debug)]
pub enum AnyRemote<H> {
    /// Files, by `WebDAV` or plain `PUT`.
    Files(Files<H>),
    /// S3.
    Bucket(Bucket<H>),
    /// `CouchDB`.
    Couch(Couch<H>),
    /// `PostgREST`.
    Postgrest(Postgrest<H>),
    /// Collections of JSON objects.
    Rest(Rest<H>),
    /// One text.
    SingleUrl(SingleUrl<H>),
}

/// The server at an address, over this network.
pub fn connect<H: Http>(server: &SyncServer, http: H) -> Result<AnyRemote<H>, SyncTrouble> {
    origin_of(&server.url)?;
    let (url, account) = (server.url.trim(), account(&server.account));
    Ok(match &server.kind {
        SyncKind::WebDav => AnyRemote::Files(Files::new(http, url, account, true)),
        SyncKind::Files => AnyRemote::Files(Files::new(http, url, account, false)),
        SyncKind::S3 { region, bucket } => {
            let SyncAccount::Password { user, password } = &server.account else {
                return Err(SyncTrouble::Denied);
            };
            let bucket = bucket.trim().trim_matches('/');
            let url = format!("{}/{bucket}", url.trim_end_matches('/'));
            let url = if bucket.is_empty() { url.trim_end_matches('/') } else { &url };
            AnyRemote::Bucket(Bucket::new(http, url, region.trim(), user, password))
        }
        SyncKind::Couch => AnyRemote::Couch(Couch::new(http, url, account)),
        SyncKind::Postgrest => {
            // Supabase wants its key in a header of its own, beside the token that says who asks.
            let key = match &server.account {
                SyncAccount::Token(token) => Some(token.clone()),
                _ => None,
            };
            AnyRemote::Postgrest(Postgrest::new(http, url, account, key))
        }
        SyncKind::Rest => AnyRemote::Rest(Rest::new(http, url, account)),
        SyncKind::SingleUrl => AnyRemote::SingleUrl(SingleUrl::new(http, url, account)),
    })
}

fn account(account: &SyncAccount) -> Account {
    match account.clone() {
        SyncAccount::Open => Account::Open,
        SyncAccount::Password { user, password } => Account::Password { user, password },
        SyncAccount::Token(token) => Account::Token(token),
        SyncAccount::Header { name, value } => Account::Header { name, value },
    }
}

/// The origin of a server's address, as `https://dav.example.com:8443`. Passwords do not belong into
/// addresses, and are sent over an open line only within the user's own network.
pub fn origin_of(url: &str) -> Result<String, SyncTrouble> {
    let bad = SyncTrouble::BadAddress;
    let (scheme, rest) = url.trim().split_once("://").ok_or(bad.clone())?;
    let scheme = scheme.to_ascii_lowercase();
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let is_name = |it: char| it.is_ascii_alphanumeric() || ".-_:[]".contains(it);
    let is_good = !host.is_empty() && (host.chars().all(is_name) || !host.is_ascii());
    let is_safe = match scheme.as_str() {
        "https" => true,
        "http" => is_near(host),
        _ => false,
    };
    if is_good && is_safe && !host.contains('@') && !rest.contains(char::is_whitespace) {
        Ok(format!("{scheme}://{}", host.to_ascii_lowercase()))
    } else {
        Err(bad)
    }
}

/// Whether a host is this machine or one of the user's own network.
fn is_near(host: &str) -> bool {
    let host = host.to_ascii_lowercase();
    if host.starts_with("[::1]") {
        return true;
    }
    let name = host.split(':').next().unwrap_or_default();
    let numbers: Option<Vec<u8>> = name.split('.').map(|it| it.parse().ok()).collect();
    match numbers.as_deref() {
        Some([127 | 10, _, _, _] | [192, 168, _, _] | [169, 254, _, _]) => true,
        Some([172, second, _, _]) => (16..=31).contains(second),
        Some(_) => false,
        None => {
            let domain = name.rsplit('.').next().unwrap_or(name);
            domain == "localhost" || (domain == "local" && name != domain)
        }
    }
}

impl<H: Http> Remote for AnyRemote<H> {
    async fn get(&self, path: Path) -> Result<Option<String>, Failure> {
        match self {
            AnyRemote::Files(it) => it.get(path).await,
            AnyRemote::Bucket(it) => it.get(path).await,
            AnyRemote::Couch(it) => it.get(path).await,
            AnyRemote::Postgrest(it) => it.get(path).await,
            AnyRemote::Rest(it) => it.get(path).await,
            AnyRemote::SingleUrl(it) => it.get(path).await,
        }
    }

    async fn put(&self, path: Path, text: &str) -> Result<(), Failure> {
        match self {
            AnyRemote::Files(it) => it.put(path, text).await,
            AnyRemote::Bucket(it) => it.put(path, text).await,
            AnyRemote::Couch(it) => it.put(path, text).await,
            AnyRemote::Postgrest(it) => it.put(path, text).await,
            AnyRemote::Rest(it) => it.put(path, text).await,
            AnyRemote::SingleUrl(it) => it.put(path, text).await,
        }
    }

    async fn delete(&self, path: Path) -> Result<(), Failure> {
        match self {
            AnyRemote::Files(it) => it.delete(path).await,
            AnyRemote::Bucket(it) => it.delete(path).await,
            AnyRemote::Couch(it) => it.delete(path).await,
            AnyRemote::Postgrest(it) => it.delete(path).await,
            AnyRemote::Rest(it) => it.delete(path).await,
            AnyRemote::SingleUrl(it) => it.delete(path).await,
        }
    }

    async fn devices(&self) -> Result<Option<Vec<DeviceId>>, Failure> {
        match self {
            AnyRemote::Files(it) => it.devices().await,
            AnyRemote::Bucket(it) => it.devices().await,
            AnyRemote::Couch(it) => it.devices().await,
            AnyRemote::Postgrest(it) => it.devices().await,
            AnyRemote::Rest(it) => it.devices().await,
            AnyRemote::SingleUrl(it) => it.devices().await,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_an_origin_or_is_refused() {
        for (address, origin) in [
            ("https://dav.example.com/regulars", Some("https://dav.example.com")),
            (" HTTPS://Dav.Example.com:8443 ", Some("https://dav.example.com:8443")),
            ("http://localhost:8080/dav", Some("http://localhost:8080")),
            ("http://192.168.1.4/dav", Some("http://192.168.1.4")),
            ("http://172.20.0.4/dav", Some("http://172.20.0.4")),
            ("http://[::1]:8080/", Some("http://[::1]:8080")),
            ("http://nas.local/", Some("http://nas.local")),
            ("http://172.32.0.4/dav", None),
            ("http://dav.example.com", None),
            ("http://10.example.com/", None),
            ("https://user:secret@dav.example.com/", None),
            ("https://dav.example.com/a b", None),
            ("ftp://dav.example.com", None),
            ("javascript:alert(1)", None),
            ("dav.example.com", None),
            ("https://", None),
            ("", None),
        ] {
            assert_eq!(origin_of(address).ok().as_deref(), origin, "{address}");
        }
    }
}
