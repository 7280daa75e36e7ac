//! One address that keeps one text: all files in it, for small shops.
//!
//! Two devices that write at once overwrite each other here. So each remembers what it has put and
//! puts it again where a later look finds it missing; that the server checks versions is not needed.
//! What is answered is always what the server holds, never what this device remembers.

use super::http::{Account, Http, Request};
use crate::head::Roster;
use crate::ids::VaultId;
use crate::remote::{Failure, Path, Remote};
use crate::vault::Vault;
use model::DeviceId;
use serde::{Deserialize, Serialize, Serializer};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// The longest text that is written or read: every edit sends all of it.
const LONGEST_BYTES: usize = 10 << 20;
/// A text that is cut off is got so often, before it is taken for cut off on the server.
const READINGS: usize = 3;

/// One address.
#[derive(Debug)]
pub struct SingleUrl<H> {
    http: H,
    url: String,
    account: Account,
    memory: RefCell<Memory>,
}

/// What this device knows of the address since it was started.
#[derive(Default)]
struct Memory {
    /// What it has put; `None`: deleted. Never the vault's file: whether an empty server may be filled
    /// again is the user's to say.
    mine: BTreeMap<String, Option<String>>,
    /// What was there when it was last whole.
    whole: BTreeMap<String, String>,
    /// The shop that was there.
    vault: Option<VaultId>,
}

impl std::fmt::Debug for Memory {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Memory({} files put, {} seen)", self.mine.len(), self.whole.len())
    }
}

#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct All {
    /// Says that this is a text of ours.
    regulars: u32,
    #[serde(serialize_with = "vault_first")]
    files: BTreeMap<String, String>,
}

/// What is cut off still says which shop it was.
fn vault_first<S: Serializer>(files: &BTreeMap<String, String>, to: S) -> Result<S::Ok, S::Error> {
    let vault = Path::Vault.to_string();
    let first = files.get_key_value(&vault);
    to.collect_map(first.into_iter().chain(files.iter().filter(|it| *it.0 != vault)))
}

/// What a look has found.
enum Found {
    Whole(All),
    /// A text that was cut off while it was written, and what can be read of it.
    CutOff(All),
}

impl<H: Http> SingleUrl<H> {
    /// The text at an address.
    pub fn new(http: H, url: &str, account: Account) -> SingleUrl<H> {
        let url = url.trim().to_owned();
        SingleUrl { http, url, account, memory: RefCell::default() }
    }

    async fn look(&self) -> Result<Found, Failure> {
        let mut cut_off = All::default();
        for _ in 0..READINGS {
            let request = Request::new("GET", self.url.clone()).of(&self.account);
            let answer = self.http.send(request).await?;
            let body = if answer.is_missing() { String::new() } else { answer.good()?.body };
            if let Some(all) = read(&body) {
                let mut memory = self.memory.borrow_mut();
                memory.whole.clone_from(&all.files);
                memory.vault = memory.vault.or(vault_in(&all));
                return Ok(Found::Whole(all));
            }
            cut_off = salvage(&body).ok_or(Failure::Foreign)?;
        }
        Ok(Found::CutOff(cut_off))
    }

    /// What is there, with what this device has put and others have overwritten; whether something of
    /// that was missing. Another's word for the same file stays, and so does another shop, or none.
    async fn look_and_heal(&self) -> Result<(All, bool), Failure> {
        let found = self.look().await?;
        let memory = self.memory.borrow();
        let (mut all, mut is_missing) = match found {
            Found::Whole(all) => (all, false),
            // What was there before is better than nothing: whoever deleted some of it does so again.
            Found::CutOff(mut all) => {
                for (path, text) in &memory.whole {
                    all.files.entry(path.clone()).or_insert_with(|| text.clone());
                }
                (all, true)
            }
        };
        if vault_in(&all).is_none() || vault_in(&all) != memory.vault {
            return Ok((all, is_missing));
        }
        for (path, text) in &memory.mine {
            let there = all.files.get(path);
            let healed = match (text, there) {
                (Some(text), Some(there)) if *path == Path::Roster.to_string() => {
                    with_all_devices(there, text)
                }
                (Some(text), None) => Some(text.clone()),
                (None, Some(_)) => {
                    all.files.remove(path);
                    is_missing = true;
                    None
                }
                (Some(_), Some(_)) | (None, None) => None,
            };
            if let Some(text) = healed {
                all.files.insert(path.clone(), text);
                is_missing = true;
            }
        }
        Ok((all, is_missing))
    }

    async fn write(&self, all: &All) -> Result<(), Failure> {
        let text = serde_json::to_string(all).unwrap_or_default();
        if text.len() > LONGEST_BYTES {
            return Err(Failure::TooLong);
        }
        let request = Request::new("PUT", self.url.clone()).of(&self.account).json(text);
        self.http.send(request).await?.good().map(|_| ())
    }

    async fn change(&self, path: Path, text: Option<String>) -> Result<(), Failure> {
        let (mut all, is_missing) = self.look_and_heal().await?;
        let before = all.files.clone();
        let name = path.to_string();
        match &text {
            Some(text) if path == Path::Roster => {
                let there = all.files.get(&name).map(String::as_str).unwrap_or_default();
                let both = with_all_devices(there, text).unwrap_or_else(|| text.clone());
                all.files.insert(name.clone(), both);
            }
            Some(text) => {
                all.files.insert(name.clone(), text.clone());
            }
            None => {
                all.files.remove(&name);
            }
        }
        if is_missing || all.files != before {
            self.write(&all).await?;
        }
        let mut memory = self.memory.borrow_mut();
        match path {
            Path::Vault => memory.vault = vault_in(&all),
            _ => {
                memory.mine.insert(name, text);
            }
        }
        Ok(())
    }

    /// All files as the server holds them, after what was missing was put again.
    async fn files(&self) -> Result<BTreeMap<String, String>, Failure> {
        let (all, is_missing) = self.look_and_heal().await?;
        if !is_missing {
            return Ok(all.files);
        }
        self.write(&all).await?;
        match self.look().await? {
            Found::Whole(all) => Ok(all.files),
            Found::CutOff(_) => Err(Failure::NotKept),
        }
    }
}

impl<H: Http> Remote for SingleUrl<H> {
    async fn get(&self, path: Path) -> Result<Option<String>, Failure> {
        Ok(self.files().await?.remove(&path.to_string()))
    }

    async fn put(&self, path: Path, text: &str) -> Result<(), Failure> {
        self.change(path, Some(text.to_owned())).await
    }

    async fn delete(&self, path: Path) -> Result<(), Failure> {
        self.change(path, None).await
    }

    async fn devices(&self) -> Result<Option<Vec<DeviceId>>, Failure> {
        let files = self.files().await?;
        let names: Vec<&str> = files.keys().map(String::as_str).collect();
        let devices: BTreeSet<DeviceId> = super::devices_in(&names.join(" ")).into_iter().collect();
        Ok(Some(devices.into_iter().collect()))
    }
}

fn vault_in(all: &All) -> Option<VaultId> {
    let text = all.files.get(&Path::Vault.to_string())?;
    Vault::parse(text).ok().map(|it| it.vault)
}

/// A roster with the devices of another; `None`: it names them all.
fn with_all_devices(there: &str, other: &str) -> Option<String> {
    let mut roster = Roster::parse(there).unwrap_or_else(|_| Roster::salvage(there));
    roster.add(Roster::parse(other).ok()?.devices()).then(|| roster.text())
}

/// The files in a text; `None`: it is none of ours, or not all of it. An empty text is a place that was
/// made for this.
fn read(body: &str) -> Option<All> {
    if matches!(body.trim(), "" | "{}" | "null") {
        return Some(All { regulars: 1, ..All::default() });
    }
    if body.len() > LONGEST_BYTES {
        return None;
    }
    serde_json::from_str(body).ok()
}

/// What can be read of a text that is cut off: the files that are whole. `None`: it is none of ours.
fn salvage(body: &str) -> Option<All> {
    let body = body.get(..body.len().min(LONGEST_BYTES))?;
    let opening = serde_json::to_string(&All { regulars: 1, ..All::default() }).ok()?;
    let opening = opening.trim_end_matches('}');
    let Some(rest) = body.strip_prefix(opening) else {
        let is_shorter = opening.starts_with(body);
        return is_shorter.then(|| All { regulars: 1, ..All::default() });
    };
    let mut files = BTreeMap::new();
    let mut rest = rest.trim_start_matches(',');
    while let Some((path, after)) = text_at(rest)
        && let Some((text, after)) = after.strip_prefix(':').and_then(text_at)
    {
        files.insert(path, text);
        rest = after.trim_start_matches(',');
    }
    Some(All { regulars: 1, files })
}

/// The JSON text with which something begins, and what follows it.
fn text_at(json: &str) -> Option<(String, &str)> {
    let mut values = serde_json::Deserializer::from_str(json).into_iter::<String>();
    let text = values.next()?.ok()?;
    let end = values.byte_offset();
    Some((text, json.get(end..)?))
}
