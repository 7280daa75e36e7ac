//! S3 and the many stores that speak it: an object for each file, requests signed with version 4.

use super::http::{Answer, Http, Request};
use super::{base, devices_in};
use crate::ids::Digest;
use crate::key::hmac_sha256;
use crate::remote::{Failure, Path, Remote};
use model::DeviceId;

/// A bucket, or a folder in one. Objects are addressed by path: every such store understands that.
#[derive(Clone)]
pub struct Bucket<H> {
    http: H,
    /// Address of the bucket, as `https://s3.example.com/customers`.
    base: String,
    region: String,
    key_id: String,
    secret: String,
}

/// Secrets do not get into logs.
impl<H> std::fmt::Debug for Bucket<H> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Bucket({}, {})", self.base, self.region)
    }
}

/// What a request says of itself, to be signed.
#[derive(Clone, Copy, Debug)]
pub struct Signed<'a> {
    /// `GET`, `PUT` …
    pub method: &'a str,
    /// Path of the address, from its first slash, as it is sent.
    pub path: &'a str,
    /// What follows the question mark, in the order of its names, as it is sent.
    pub query: &'a str,
    /// Headers in lower case, in the order of their names.
    pub headers: &'a [(&'a str, &'a str)],
    /// Digest of the body, in hexadecimal.
    pub body: &'a str,
    /// As `20130524T000000Z`.
    pub time: &'a str,
    /// As `us-east-1`.
    pub region: &'a str,
}

/// The signature of a request by AWS's version 4, with the names of the headers that it covers.
pub fn signature(request: &Signed<'_>, secret: &str) -> (String, String) {
    let Signed { method, path, query, headers, body, time, region } = *request;
    let names: Vec<&str> = headers.iter().map(|it| it.0).collect();
    let names = names.join(";");
    let lines = headers.iter().map(|(name, value)| format!("{name}:{}\n", value.trim()));
    let lines = lines.collect::<Vec<_>>().concat();
    let canonical = format!("{method}\n{path}\n{query}\n{lines}\n{names}\n{body}");
    let day = time.get(..8).unwrap_or_default();
    let scope = format!("{day}/{region}/s3/aws4_request");
    let digest = Digest::of([canonical.as_bytes()]);
    let text = format!("AWS4-HMAC-SHA256\n{time}\n{scope}\n{digest}");
    let first = hmac_sha256(format!("AWS4{secret}").as_bytes(), day.as_bytes());
    let key = [region, "s3", "aws4_request"]
        .iter()
        .fold(first, |key, piece| hmac_sha256(&key.0, piece.as_bytes()));
    (hmac_sha256(&key.0, text.as_bytes()).to_string(), names)
}

impl<H: Http> Bucket<H> {
    /// The bucket at an address.
    pub fn new(http: H, url: &str, region: &str, key_id: &str, secret: &str) -> Bucket<H> {
        Bucket {
            http,
            base: base(url),
            region: region.to_owned(),
            key_id: key_id.to_owned(),
            secret: secret.to_owned(),
        }
    }

    async fn send(
        &self,
        method: &'static str,
        path: &str,
        query: &str,
        body: Option<&str>,
    ) -> Result<Answer, Failure> {
        let after = self.base.split_once("://").map_or("", |it| it.1);
        let (host, folder) = after.split_once('/').unwrap_or((after, ""));
        let separator = if folder.is_empty() || path.is_empty() { "" } else { "/" };
        let path = format!("/{folder}{separator}{path}");
        let digest = Digest::of([body.unwrap_or_default().as_bytes()]).to_string();
        let time = time_text(self.http.now_ms());
        let headers =
            [("host", host), ("x-amz-content-sha256", &digest), ("x-amz-date", time.as_str())];
        let (key_id, region) = (&self.key_id, &self.region);
        let signed = Signed {
            method,
            path: &path,
            query,
            headers: &headers,
            body: &digest,
            time: &time,
            region,
        };
        let (signature, names) = signature(&signed, &self.secret);
        let scope = format!("{}/{region}/s3/aws4_request", &time[..8]);
        let scheme = self.base.split("://").next().unwrap_or("https");
        let question = if query.is_empty() { "" } else { "?" };
        let url = format!("{scheme}://{host}{path}{question}{query}");
        let mut request = Request::new(method, url)
            .with("x-amz-content-sha256", digest.clone())
            .with("x-amz-date", time.clone())
            .with(
                "Authorization",
                format!(
                    "AWS4-HMAC-SHA256 Credential={key_id}/{scope}, SignedHeaders={names}, \
                     Signature={signature}"
                ),
            );
        if let Some(body) = body {
            request = request.json(body);
        }
        self.http.send(request).await
    }
}

impl<H: Http> Remote for Bucket<H> {
    async fn get(&self, path: Path) -> Result<Option<String>, Failure> {
        let answer = self.send("GET", &path.to_string(), "", None).await?;
        if answer.is_missing() { Ok(None) } else { Ok(Some(answer.good()?.body)) }
    }

    async fn put(&self, path: Path, text: &str) -> Result<(), Failure> {
        self.send("PUT", &path.to_string(), "", Some(text)).await?.good().map(|_| ())
    }

    async fn delete(&self, path: Path) -> Result<(), Failure> {
        let answer = self.send("DELETE", &path.to_string(), "", None).await?;
        if answer.is_missing() { Ok(()) } else { answer.good().map(|_| ()) }
    }

    async fn devices(&self) -> Result<Option<Vec<DeviceId>>, Failure> {
        // A folder within the bucket stands before the names, which the listing is asked for.
        let after = self.base.split_once("://").map_or("", |it| it.1);
        let mut pieces = after.splitn(3, '/');
        let (host, bucket) = (pieces.next().unwrap_or(""), pieces.next().unwrap_or(""));
        let folder = pieces.next().map(|it| format!("{it}/")).unwrap_or_default();
        let prefix = format!("{folder}v1/d/").replace('/', "%2F");
        let query = format!("delimiter=%2F&list-type=2&prefix={prefix}");
        let scheme = self.base.split("://").next().unwrap_or("https");
        let whole =
            Bucket { base: format!("{scheme}://{host}/{bucket}"), http: &self.http, ..self.like() };
        let answer = whole.send("GET", "", &query, None).await?;
        let is_listing = answer.is_good() && answer.body.contains("<ListBucketResult");
        Ok(is_listing.then(|| devices_in(&answer.body)))
    }
}

impl<H: Http> Bucket<H> {
    /// The same, over a borrowed network.
    fn like(&self) -> Bucket<&H> {
        Bucket {
            http: &self.http,
            base: self.base.clone(),
            region: self.region.clone(),
            key_id: self.key_id.clone(),
            secret: self.secret.clone(),
        }
    }
}

impl<H: Http> Http for &H {
    async fn send(&self, request: Request) -> Result<Answer, Failure> {
        (**self).send(request).await
    }

    fn now_ms(&self) -> u64 {
        (**self).now_ms()
    }
}

/// As `20130524T000000Z`.
fn time_text(now_ms: u64) -> String {
    let seconds = now_ms / 1000;
    let day = model::ShopDay::from_number((seconds / 86_400) as i32).to_string().replace('-', "");
    let (hour, minute, second) = (seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    format!("{day}T{hour:02}{minute:02}{second:02}Z")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The examples that AWS publishes for version 4 of its signature with S3: key
    /// `wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY`, 24 May 2013.
    #[test]
    #[expect(clippy::too_many_lines, reason = "a table of examples")]
    fn requests_are_signed_as_the_published_examples() {
        const SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
        const TIME: &str = "20130524T000000Z";
        let empty = Digest::of([]).to_string();
        let welcome = Digest::of([b"Welcome to Amazon S3.".as_slice()]).to_string();
        let host = ("host", "examplebucket.s3.amazonaws.com");
        let date = ("x-amz-date", TIME);
        let cases = [
            (
                Signed {
                    method: "GET",
                    path: "/test.txt",
                    query: "",
                    headers: &[
                        host,
                        ("range", "bytes=0-9"),
                        ("x-amz-content-sha256", &empty),
                        date,
                    ],
                    body: &empty,
                    time: TIME,
                    region: "us-east-1",
                },
                "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
            ),
            (
                Signed {
                    method: "PUT",
                    path: "/test%24file.text",
                    query: "",
                    headers: &[
                        ("date", "Fri, 24 May 2013 00:00:00 GMT"),
                        host,
                        ("x-amz-content-sha256", &welcome),
                        date,
                        ("x-amz-storage-class", "REDUCED_REDUNDANCY"),
                    ],
                    body: &welcome,
                    time: TIME,
                    region: "us-east-1",
                },
                "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
            ),
            (
                Signed {
                    method: "GET",
                    path: "/",
                    query: "lifecycle=",
                    headers: &[host, ("x-amz-content-sha256", &empty), date],
                    body: &empty,
                    time: TIME,
                    region: "us-east-1",
                },
                "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
            ),
            (
                Signed {
                    method: "GET",
                    path: "/",
                    query: "max-keys=2&prefix=J",
                    headers: &[host, ("x-amz-content-sha256", &empty), date],
                    body: &empty,
                    time: TIME,
                    region: "us-east-1",
                },
                "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
            ),
        ];
        for (request, expected) in cases {
            assert_eq!(
                signature(&request, SECRET).0,
                expected,
                "{} {}",
                request.method,
                request.query
            );
        }
    }

    #[test]
    fn times_are_written_as_the_signature_wants_them() {
        assert_eq!(time_text(1_369_353_600_000), "20130524T000000Z");
        assert_eq!(time_text(1_369_353_600_000 + 86_399_999), "20130524T235959Z");
    }
}
