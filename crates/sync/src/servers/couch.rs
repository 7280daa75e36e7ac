//! `CouchDB` and what speaks like it: a document for each file.

use super::http::{Account, Answer, Http, Request};
use super::{base, flat};
use crate::remote::{Failure, Path, Remote};
use model::DeviceId;
use serde::{Deserialize, Serialize};

/// Somebody else may write at the same time; more often than this nobody does.
const ATTEMPTS: usize = 5;

/// A database.
#[derive(Clone, Debug)]
pub struct Couch<H> {
    http: H,
    base: String,
    account: Account,
}

#[derive(Default, Serialize, Deserialize)]
struct Document {
    #[serde(rename = "_rev", skip_serializing_if = "Option::is_none")]
    rev: Option<String>,
    text: String,
}

impl<H: Http> Couch<H> {
    /// The database at an address.
    pub fn new(http: H, url: &str, account: Account) -> Couch<H> {
        Couch { http, base: base(url), account }
    }

    fn request(&self, method: &'static str, path: Path) -> Request {
        Request::new(method, format!("{}/{}", self.base, flat(path))).of(&self.account)
    }

    async fn document(&self, path: Path) -> Result<Option<Document>, Failure> {
        let answer = self.http.send(self.request("GET", path)).await?;
        if answer.is_missing() {
            return Ok(None);
        }
        let document = serde_json::from_str(&answer.good()?.body).ok();
        document.map(Some).ok_or(Failure::Foreign)
    }

    async fn write(&self, path: Path, document: &Document) -> Result<Answer, Failure> {
        let body = serde_json::to_string(document).unwrap_or_default();
        self.http.send(self.request("PUT", path).json(body)).await
    }
}

impl<H: Http> Remote for Couch<H> {
    async fn get(&self, path: Path) -> Result<Option<String>, Failure> {
        Ok(self.document(path).await?.map(|it| it.text))
    }

    async fn put(&self, path: Path, text: &str) -> Result<(), Failure> {
        let mut document = Document { rev: None, text: text.to_owned() };
        for _ in 0..ATTEMPTS {
            let answer = self.write(path, &document).await?;
            if answer.status != 409 {
                return answer.good().map(|_| ());
            }
            let there = self.document(path).await?;
            if there.as_ref().is_some_and(|it| it.text == text) {
                return Ok(());
            }
            document.rev = there.and_then(|it| it.rev);
        }
        Err(Failure::Busy { retry_after_s: None })
    }

    async fn delete(&self, path: Path) -> Result<(), Failure> {
        let Some(Document { rev: Some(rev), .. }) = self.document(path).await? else {
            return Ok(());
        };
        let mut request = self.request("DELETE", path);
        request.url = format!("{}?rev={rev}", request.url);
        let answer = self.http.send(request).await?;
        if answer.is_missing() { Ok(()) } else { answer.good().map(|_| ()) }
    }

    async fn devices(&self) -> Result<Option<Vec<DeviceId>>, Failure> {
        Ok(None)
    }
}
