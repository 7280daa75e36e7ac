//! `PostgREST`, and Supabase which speaks it: a row for each file.
//!
//! The table is `create table regulars (path text primary key, body text not null)`.

use super::http::{Account, Http, Request};
use super::{base, devices_in};
use crate::remote::{Failure, Path, Remote};
use model::DeviceId;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// Rows of one answer; Supabase gives no more by default.
const PAGE: usize = 1000;

/// A table.
#[derive(Clone)]
pub struct Postgrest<H> {
    http: H,
    /// Address of the table.
    base: String,
    account: Account,
    /// The key that a gateway in front wants to see as well.
    api_key: Option<String>,
}

/// Secrets do not get into logs.
impl<H> std::fmt::Debug for Postgrest<H> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Postgrest({})", self.base)
    }
}

#[derive(Serialize)]
struct Row<'a> {
    path: &'a str,
    body: &'a str,
}

#[derive(Deserialize)]
struct Body {
    body: String,
}

#[derive(Deserialize)]
struct Name {
    path: String,
}

impl<H: Http> Postgrest<H> {
    /// The table at an address.
    pub fn new(http: H, url: &str, account: Account, api_key: Option<String>) -> Postgrest<H> {
        Postgrest { http, base: base(url), account, api_key }
    }

    fn request(&self, method: &'static str, query: &str) -> Request {
        let request = Request::new(method, format!("{}{query}", self.base)).of(&self.account);
        match &self.api_key {
            Some(key) => request.with("apikey", key),
            None => request,
        }
    }

    async fn rows<T: DeserializeOwned>(&self, query: &str) -> Result<Vec<T>, Failure> {
        let answer = self.http.send(self.request("GET", query)).await?.good()?;
        serde_json::from_str(&answer.body).ok().ok_or(Failure::Foreign)
    }
}

impl<H: Http> Remote for Postgrest<H> {
    async fn get(&self, path: Path) -> Result<Option<String>, Failure> {
        let rows: Vec<Body> = self.rows(&format!("?path=eq.{path}&select=body")).await?;
        Ok(rows.into_iter().next().map(|row| row.body))
    }

    async fn put(&self, path: Path, text: &str) -> Result<(), Failure> {
        let row = Row { path: &path.to_string(), body: text };
        let body = serde_json::to_string(&row).unwrap_or_default();
        let request = self.request("POST", "").json(body);
        let request = request.with("Prefer", "resolution=merge-duplicates,return=minimal");
        self.http.send(request).await?.good().map(|_| ())
    }

    async fn delete(&self, path: Path) -> Result<(), Failure> {
        let request = self.request("DELETE", &format!("?path=eq.{path}"));
        self.http.send(request).await?.good().map(|_| ())
    }

    async fn devices(&self) -> Result<Option<Vec<DeviceId>>, Failure> {
        let mut devices = Vec::new();
        for page in 0.. {
            let offset = page * PAGE;
            let heads = "?path=like.v1/d/*/head.json&select=path&order=path";
            let rows: Vec<Name> =
                self.rows(&format!("{heads}&limit={PAGE}&offset={offset}")).await?;
            devices.extend(rows.iter().flat_map(|row| devices_in(&row.path)));
            if rows.len() < PAGE {
                break;
            }
        }
        Ok(Some(devices))
    }
}
