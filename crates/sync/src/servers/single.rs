//! One address that keeps one text: all files in it, for small shops.
//!
//! Two devices that write at once overwrite each other here. So each remembers what it has put and
//! puts it again where a later look finds it missing; that the server checks versions is not needed.

use super::http::{Account, Http, Request};
use crate::remote::{Failure, Path, Remote};
use model::DeviceId;
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// The longest text that is written: every edit sends all of it.
const LONGEST_BYTES: usize = 10 << 20;

/// One address.
#[derive(Debug)]
pub struct SingleUrl<H> {
    http: H,
    url: String,
    account: Account,
    /// What this device has put; `None`: deleted.
    mine: RefCell<BTreeMap<String, Option<String>>>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct All {
    /// Says that this is a text of ours.
    regulars: u32,
    files: BTreeMap<String, String>,
}

impl<H: Http> SingleUrl<H> {
    /// The text at an address.
    pub fn new(http: H, url: &str, account: Account) -> SingleUrl<H> {
        let url = url.trim().to_owned();
        SingleUrl { http, url, account, mine: RefCell::default() }
    }

    /// What is there, and whether all that this device has put is in it.
    async fn look(&self) -> Result<(All, bool), Failure> {
        let request = Request::new("GET", self.url.clone()).of(&self.account);
        let answer = self.http.send(request).await?;
        let mut all = if answer.is_missing() {
            All { regulars: 1, ..All::default() }
        } else {
            read(&answer.good()?.body)?
        };
        let before = all.files.clone();
        for (path, text) in &*self.mine.borrow() {
            // A roster that others have written since is theirs and mine together.
            match text {
                Some(text) if path == &Path::Roster.to_string() => {
                    let there = all.files.get(path).map(String::as_str).unwrap_or_default();
                    let mut roster = crate::Roster::parse(there);
                    if roster.add(crate::Roster::parse(text).devices()) {
                        all.files.insert(path.clone(), roster.text());
                    }
                }
                Some(text) => {
                    all.files.insert(path.clone(), text.clone());
                }
                None => {
                    all.files.remove(path);
                }
            }
        }
        let is_whole = before == all.files;
        Ok((all, is_whole))
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
        self.mine.borrow_mut().insert(path.to_string(), text);
        let (all, is_whole) = self.look().await?;
        if is_whole { Ok(()) } else { self.write(&all).await }
    }
}

impl<H: Http> Remote for SingleUrl<H> {
    async fn get(&self, path: Path) -> Result<Option<String>, Failure> {
        let (all, is_whole) = self.look().await?;
        if !is_whole {
            self.write(&all).await?;
        }
        Ok(all.files.get(&path.to_string()).cloned())
    }

    async fn put(&self, path: Path, text: &str) -> Result<(), Failure> {
        self.change(path, Some(text.to_owned())).await
    }

    async fn delete(&self, path: Path) -> Result<(), Failure> {
        self.change(path, None).await
    }

    async fn devices(&self) -> Result<Option<Vec<DeviceId>>, Failure> {
        let (all, _) = self.look().await?;
        let names: Vec<&str> = all.files.keys().map(String::as_str).collect();
        let devices: BTreeSet<DeviceId> = super::devices_in(&names.join(" ")).into_iter().collect();
        Ok(Some(devices.into_iter().collect()))
    }
}

/// An empty text is a place that was made for this; anything else of others is not written over.
fn read(body: &str) -> Result<All, Failure> {
    if matches!(body.trim(), "" | "{}" | "null") {
        return Ok(All { regulars: 1, ..All::default() });
    }
    serde_json::from_str(body).ok().ok_or(Failure::Foreign)
}
