//! A collection of JSON objects with ids, as json-server and many hand-written servers have.

use super::http::{Account, Http, Request};
use super::{base, flat};
use crate::remote::{Failure, Path, Remote};
use model::DeviceId;
use serde::{Deserialize, Serialize};

/// A collection.
#[derive(Clone, Debug)]
pub struct Rest<H> {
    http: H,
    base: String,
    account: Account,
}

#[derive(Serialize, Deserialize)]
struct Item {
    id: String,
    text: String,
}

impl<H: Http> Rest<H> {
    /// The collection at an address.
    pub fn new(http: H, url: &str, account: Account) -> Rest<H> {
        Rest { http, base: base(url), account }
    }

    fn request(&self, method: &'static str, path: Path) -> Request {
        Request::new(method, format!("{}/{}", self.base, flat(path))).of(&self.account)
    }
}

impl<H: Http> Remote for Rest<H> {
    async fn get(&self, path: Path) -> Result<Option<String>, Failure> {
        let answer = self.http.send(self.request("GET", path)).await?;
        if answer.is_missing() {
            return Ok(None);
        }
        let item: Item = serde_json::from_str(&answer.good()?.body).ok().ok_or(Failure::Foreign)?;
        Ok(Some(item.text))
    }

    /// A new one is posted, a known one put: which it is, is tried.
    async fn put(&self, path: Path, text: &str) -> Result<(), Failure> {
        let item = Item { id: flat(path), text: text.to_owned() };
        let body = serde_json::to_string(&item).unwrap_or_default();
        let answer = self.http.send(self.request("PUT", path).json(body.clone())).await?;
        if !answer.is_missing() {
            return answer.good().map(|_| ());
        }
        let request = Request::new("POST", self.base.clone()).of(&self.account).json(body);
        self.http.send(request).await?.good().map(|_| ())
    }

    async fn delete(&self, path: Path) -> Result<(), Failure> {
        let answer = self.http.send(self.request("DELETE", path)).await?;
        if answer.is_missing() { Ok(()) } else { answer.good().map(|_| ()) }
    }

    async fn devices(&self) -> Result<Option<Vec<DeviceId>>, Failure> {
        Ok(None)
    }
}
