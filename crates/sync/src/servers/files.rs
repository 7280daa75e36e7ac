//! Plain files: any server that keeps what is `PUT`, `WebDAV` or not.

use super::http::{Account, Http, Request};
use super::{base, devices_in};
use crate::remote::{Failure, Path, Remote};
use model::DeviceId;

/// A folder on a server.
#[derive(Clone, Debug)]
pub struct Files<H> {
    http: H,
    base: String,
    account: Account,
    /// Whether it is `WebDAV`: folders must be made, and can be listed.
    webdav: bool,
}

impl<H: Http> Files<H> {
    /// The folder at an address.
    pub fn new(http: H, url: &str, account: Account, webdav: bool) -> Files<H> {
        Files { http, base: base(url), account, webdav }
    }

    fn request(&self, method: &'static str, path: impl std::fmt::Display) -> Request {
        Request::new(method, format!("{}/{path}", self.base)).of(&self.account)
    }

    /// Makes the folders that a path lies in. That they are there already is no failure.
    async fn make_folders(&self, path: Path) -> Result<(), Failure> {
        let path = path.to_string();
        for (end, _) in path.match_indices('/') {
            let made = self.http.send(self.request("MKCOL", format!("{}/", &path[..end]))).await?;
            if matches!(made.status, 401 | 403 | 507) {
                return Err(made.failure());
            }
        }
        Ok(())
    }

    async fn try_put(&self, path: Path, text: &str) -> Result<super::Answer, Failure> {
        self.http.send(self.request("PUT", path).json(text)).await
    }
}

impl<H: Http> Remote for Files<H> {
    async fn get(&self, path: Path) -> Result<Option<String>, Failure> {
        let answer = self.http.send(self.request("GET", path)).await?;
        if answer.is_missing() { Ok(None) } else { Ok(Some(answer.good()?.body)) }
    }

    async fn put(&self, path: Path, text: &str) -> Result<(), Failure> {
        let answer = self.try_put(path, text).await?;
        // Servers say in many ways that the folder is missing; one of them says 403, another 500.
        let may_lack_folder = self.webdav && matches!(answer.status, 403 | 404 | 405 | 409 | 500);
        if !may_lack_folder {
            return answer.good().map(|_| ());
        }
        self.make_folders(path).await?;
        self.try_put(path, text).await?.good().map(|_| ())
    }

    async fn delete(&self, path: Path) -> Result<(), Failure> {
        let answer = self.http.send(self.request("DELETE", path)).await?;
        if answer.is_missing() { Ok(()) } else { answer.good().map(|_| ()) }
    }

    async fn devices(&self) -> Result<Option<Vec<DeviceId>>, Failure> {
        if !self.webdav {
            return Ok(None);
        }
        let request = self.request("PROPFIND", "v1/d/").with("Depth", "1");
        let answer = self.http.send(request).await?;
        // It knows the request, and no device has made its folder yet.
        if answer.status == 404 {
            return Ok(Some(Vec::new()));
        }
        // A page that answers everything with 200 lists nothing.
        Ok((answer.status == 207).then(|| devices_in(&answer.body)))
    }
}
