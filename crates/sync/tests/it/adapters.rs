//! The adapters against servers in memory that behave like the real ones, in what matters here.
//! `cargo xtask torture servers` tries them on real ones; for `PostgREST` there is only this.

use model::DeviceId;
use pollster::block_on;
use serde_json::{Value, json};
use simulation::Random;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use sync::servers::{
    Account, Answer, Bucket, Couch, Files, Finding, Http, Postgrest, Request, Rest, SingleUrl,
    Software, cors_snippet, probe,
};
use sync::{Failure, Path, Remote};

/// What kind of server it is.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Dav,
    Plain,
    S3,
    Couch,
    Postgrest,
    Rest,
}

struct Fake {
    kind: Kind,
    files: RefCell<BTreeMap<String, String>>,
    folders: RefCell<BTreeSet<String>>,
    /// Every request that came.
    log: RefCell<Vec<Request>>,
}

impl Fake {
    fn new(kind: Kind) -> Fake {
        Fake {
            kind,
            files: RefCell::default(),
            folders: RefCell::default(),
            log: RefCell::default(),
        }
    }

    fn dav(&self, request: &Request, path: &str) -> (u16, String) {
        let mut files = self.files.borrow_mut();
        let folder = path.rsplit_once('/').map_or("", |it| it.0);
        match request.method {
            "PUT" if self.kind == Kind::Dav && !self.folders.borrow().contains(folder) => {
                (409, String::new())
            }
            "PUT" => {
                files.insert(path.to_owned(), request.body.clone().unwrap());
                (201, String::new())
            }
            "GET" => files.get(path).map_or((404, String::new()), |it| (200, it.clone())),
            "DELETE" => (files.remove(path).map_or(404, |_| 204), String::new()),
            "MKCOL" => {
                self.folders.borrow_mut().insert(path.trim_end_matches('/').to_owned());
                (201, String::new())
            }
            "PROPFIND" => {
                let names = files.keys().map(|it| format!("<D:href>/{it}</D:href>"));
                (207, names.collect())
            }
            _ => (405, String::new()),
        }
    }

    fn s3(&self, request: &Request, path: &str) -> (u16, String) {
        let signed = request.headers.iter().any(|(name, value)| {
            name == "Authorization" && value.starts_with("AWS4-HMAC-SHA256 Credential=KEY/")
        });
        if !signed {
            return (403, String::new());
        }
        if let Some((_, query)) = path.split_once('?') {
            assert_eq!(query, "delimiter=%2F&list-type=2&prefix=folder%2Fv1%2Fd%2F");
            let files = self.files.borrow();
            let prefixes = files.keys().map(|it| format!("<Prefix>{it}</Prefix>"));
            let prefixes = prefixes.collect::<Vec<_>>().concat();
            return (200, format!("<ListBucketResult>{prefixes}</ListBucketResult>"));
        }
        // A store of objects says of one that is not there that it is deleted.
        match self.dav(request, path) {
            (404, _) if request.method == "DELETE" => (204, String::new()),
            other => other,
        }
    }

    fn couch(&self, request: &Request, path: &str) -> (u16, String) {
        let mut files = self.files.borrow_mut();
        let (id, query) = path.split_once('?').unwrap_or((path, ""));
        let there = files.get(id).map(|it| serde_json::from_str::<Value>(it).unwrap());
        let rev = there.as_ref().map(|it| it["_rev"].as_str().unwrap().to_owned());
        match request.method {
            "GET" => there.map_or((404, "{}".to_owned()), |it| (200, it.to_string())),
            "PUT" => {
                let mut new: Value = serde_json::from_str(request.body.as_ref().unwrap()).unwrap();
                if new["_rev"].as_str().map(str::to_owned) != rev {
                    return (409, "{}".to_owned());
                }
                new["_rev"] = json!(format!("{}-x", files.len() + self.log.borrow().len()));
                files.insert(id.to_owned(), new.to_string());
                (201, "{}".to_owned())
            }
            "DELETE" if Some(query.trim_start_matches("rev=")) == rev.as_deref() => {
                files.remove(id);
                (200, "{}".to_owned())
            }
            _ => (409, "{}".to_owned()),
        }
    }

    fn postgrest(&self, request: &Request, path: &str) -> (u16, String) {
        assert!(request.headers.contains(&("apikey".to_owned(), "public".to_owned())));
        let mut files = self.files.borrow_mut();
        let query = path.split_once('?').map_or("", |it| it.1);
        let filter = query.split('&').find_map(|it| it.strip_prefix("path=")).unwrap_or("");
        match (request.method, filter.split_once('.')) {
            ("GET", Some(("eq", path))) => {
                let rows: Vec<Value> =
                    files.get(path).map(|body| json!({ "body": body })).into_iter().collect();
                (200, json!(rows).to_string())
            }
            ("GET", Some(("like", _))) => {
                let heads = files.keys().filter(|it| it.ends_with("/head.json"));
                let rows: Vec<Value> = heads.map(|path| json!({ "path": path })).collect();
                (200, json!(rows).to_string())
            }
            ("POST", _) => {
                let row: Value = serde_json::from_str(request.body.as_ref().unwrap()).unwrap();
                let text = |name: &str| row[name].as_str().unwrap().to_owned();
                let upsert = request.headers.iter().any(|(name, value)| {
                    name == "Prefer" && value.contains("resolution=merge-duplicates")
                });
                if files.contains_key(&text("path")) && !upsert {
                    return (409, "{}".to_owned());
                }
                files.insert(text("path"), text("body"));
                (201, String::new())
            }
            ("DELETE", Some(("eq", path))) => {
                files.remove(path);
                (204, String::new())
            }
            other => panic!("{other:?}"),
        }
    }

    fn rest(&self, request: &Request, path: &str) -> (u16, String) {
        let mut files = self.files.borrow_mut();
        let id = path.trim_start_matches('/');
        // The JSON is written anew, as such servers do.
        let pretty = |text: &str| {
            serde_json::to_string_pretty(&serde_json::from_str::<Value>(text).unwrap()).unwrap()
        };
        match (request.method, files.contains_key(id)) {
            ("GET" | "PUT" | "DELETE", false) => (404, "{}".to_owned()),
            ("GET", true) => (200, pretty(&files[id])),
            ("PUT", true) => {
                files.insert(id.to_owned(), request.body.clone().unwrap());
                (200, "{}".to_owned())
            }
            ("DELETE", true) => {
                files.remove(id);
                (200, "{}".to_owned())
            }
            ("POST", _) => {
                let item: Value = serde_json::from_str(request.body.as_ref().unwrap()).unwrap();
                let id = item["id"].as_str().unwrap().to_owned();
                let is_new = files.insert(id, request.body.clone().unwrap()).is_none();
                (if is_new { 201 } else { 500 }, "{}".to_owned())
            }
            other => panic!("{other:?}"),
        }
    }
}

const BASE: &str = "https://files.example.com/shop";

impl Http for &Fake {
    async fn send(&self, request: Request) -> Result<Answer, Failure> {
        let path = request.url.strip_prefix(BASE).unwrap().trim_start_matches('/').to_owned();
        let (status, body) = match self.kind {
            Kind::Dav | Kind::Plain => self.dav(&request, &path),
            Kind::S3 => self.s3(&request, &path),
            Kind::Couch => self.couch(&request, &path),
            Kind::Postgrest => self.postgrest(&request, &path),
            Kind::Rest => self.rest(&request, &path),
        };
        self.log.borrow_mut().push(request);
        Ok(Answer { status, headers: Vec::new(), body })
    }

    fn now_ms(&self) -> u64 {
        1_369_353_600_000
    }
}

/// What each adapter must do, whatever it speaks.
fn check(remote: &impl Remote, lists: bool) {
    block_on(async {
        let dev = DeviceId(0xab);
        let part = Path::Part(sync::Digest([9; 32]));
        for path in [Path::Vault, Path::Head(dev), Path::Segment(dev, 1), part] {
            assert_eq!(remote.get(path).await, Ok(None), "{path}");
            // That it is gone already is no failure.
            assert_eq!(remote.delete(path).await, Ok(()), "{path}");
            for text in ["{\"one\": \"\u{719f}\u{5ba2} \\\" \"}", "{}"] {
                assert_eq!(remote.put(path, text).await, Ok(()), "{path}");
                assert_eq!(remote.get(path).await, Ok(Some(text.to_owned())), "{path}");
            }
        }
        let listed = remote.devices().await.unwrap();
        assert_eq!(listed, lists.then(|| vec![dev]));
        assert_eq!(remote.delete(Path::Segment(dev, 1)).await, Ok(()));
        assert_eq!(remote.get(Path::Segment(dev, 1)).await, Ok(None));
        assert!(remote.get(Path::Head(dev)).await.unwrap().is_some());
    });
}

#[test]
fn every_adapter_keeps_finds_overwrites_and_deletes_files() {
    let password = Account::Password { user: "ann".to_owned(), password: "pass phrase".to_owned() };
    let dav = Fake::new(Kind::Dav);
    check(&Files::new(&dav, BASE, password, true), true);
    let header = ("Authorization".to_owned(), "Basic YW5uOnBhc3MgcGhyYXNl".to_owned());
    assert!(dav.log.borrow().iter().all(|request| request.headers.contains(&header)));

    check(&Files::new(&Fake::new(Kind::Plain), BASE, Account::Open, false), false);
    let s3 = Fake::new(Kind::S3);
    let folder = format!("{BASE}/folder/");
    check(&Bucket::new(&s3, &folder, "eu-west-1", "KEY", "secret"), true);
    check(&Couch::new(&Fake::new(Kind::Couch), BASE, Account::Open), false);
    let token = Account::Token("jwt".to_owned());
    let key = Some("public".to_owned());
    check(&Postgrest::new(&Fake::new(Kind::Postgrest), BASE, token, key), true);
    check(&Rest::new(&Fake::new(Kind::Rest), BASE, Account::Open), false);
    let single = format!("{BASE}/all.json");
    check(&SingleUrl::new(&Fake::new(Kind::Plain), &single, Account::Open), true);
}

/// One address with a shop at it, and two devices.
struct Single {
    server: Fake,
    url: String,
    vault: String,
}

impl Single {
    const ONE: Path = Path::Segment(DeviceId(1), 1);
    const OTHER: Path = Path::Segment(DeviceId(2), 1);

    fn new() -> Single {
        let url = format!("{BASE}/all.json");
        let vault = sync::Vault::open(&mut Random::new(1)).text();
        let single = Single { server: Fake::new(Kind::Plain), url, vault };
        assert_eq!(block_on(single.device().put(Path::Vault, &single.vault)), Ok(()));
        single
    }

    fn device(&self) -> SingleUrl<&Fake> {
        SingleUrl::new(&self.server, &self.url, Account::Open)
    }

    fn text(&self) -> String {
        self.server.files.borrow()["all.json"].clone()
    }

    fn set(&self, text: impl Into<String>) {
        self.server.files.borrow_mut().insert("all.json".to_owned(), text.into());
    }
}

/// A file with this text.
type Got = Result<Option<String>, Failure>;

fn holds(got: &Got, text: &str) -> bool {
    got.as_ref().is_ok_and(|there| there.as_deref() == Some(text))
}

#[test]
fn what_another_device_overwrites_at_a_single_address_is_put_again() {
    let single = Single::new();
    let (one, other) = (single.device(), single.device());
    block_on(async {
        other.put(Single::OTHER, "second").await.unwrap();
        let before = single.text();
        one.put(Single::ONE, "first").await.unwrap();
        // The other had read before, and writes what it has.
        single.set(before);
        assert_eq!(other.get(Single::ONE).await, Ok(None));
        assert!(holds(&one.get(Single::OTHER).await, "second"));
        assert!(holds(&other.get(Single::ONE).await, "first"));
    });
    // Somebody else's file is not written over.
    single.set("<html>mine</html>");
    assert_eq!(block_on(one.put(Path::Roster, "{}")), Err(Failure::Foreign));
    assert_eq!(single.text(), "<html>mine</html>");
}

#[test]
fn a_single_address_answers_what_it_holds_and_not_what_was_put() {
    let single = Single::new();
    let one = single.device();
    block_on(async {
        one.put(Single::ONE, "first").await.unwrap();
        // Another has written under this device's name: that is for the device to see.
        single.set(single.text().replace("first", "of a copy"));
        assert!(holds(&one.get(Single::ONE).await, "of a copy"));
        assert!(single.text().contains("of a copy"));
    });
}

#[test]
fn a_single_address_that_was_emptied_is_not_filled_unasked() {
    let single = Single::new();
    let one = single.device();
    block_on(async {
        one.put(Single::ONE, "first").await.unwrap();
        for empty in ["", "{}", "{\"regulars\":1,\"files\":{}}"] {
            single.set(empty);
            assert_eq!(one.get(Path::Vault).await, Ok(None));
            assert_eq!(one.get(Single::ONE).await, Ok(None));
            assert_eq!(single.text(), empty);
        }
        // Nor another's shop with what belongs to this.
        let stranger = sync::Vault::open(&mut Random::new(2)).text();
        single.device().put(Path::Vault, &stranger).await.unwrap();
        assert_eq!(one.get(Single::ONE).await, Ok(None));
        assert!(!single.text().contains("first"));
    });
}

#[test]
fn half_a_text_at_a_single_address_is_made_whole_again() {
    let single = Single::new();
    let (one, other) = (single.device(), single.device());
    block_on(async {
        one.put(Single::ONE, "first").await.unwrap();
        other.put(Single::OTHER, "second \"{\\ \u{719f}").await.unwrap();
        let whole = single.text();
        for (end, _) in whole.char_indices().skip(1) {
            single.set(&whole[..end]);
            // Whoever begins now knows no more than what is left.
            assert!(
                !matches!(single.device().get(Path::Vault).await, Err(Failure::Foreign)),
                "{end}"
            );
            single.set(&whole[..end]);
            assert!(holds(&other.get(Single::ONE).await, "first"), "{end}");
            assert!(holds(&single.device().get(Path::Vault).await, &single.vault), "{end}");
            assert!(holds(&single.device().get(Single::OTHER).await, "second \"{\\ \u{719f}"));
        }
    });
}

/// Always the same answer.
#[derive(Debug)]
struct Says(u16, &'static [(&'static str, &'static str)], &'static str);

impl Http for Says {
    async fn send(&self, _: Request) -> Result<Answer, Failure> {
        let headers = self.1.iter().map(|(name, value)| ((*name).into(), (*value).into()));
        Ok(Answer { status: self.0, headers: headers.collect(), body: self.2.to_owned() })
    }

    fn now_ms(&self) -> u64 {
        0
    }
}

#[test]
fn answers_become_reasons_that_a_person_can_do_something_about() {
    type Headers = &'static [(&'static str, &'static str)];
    let busy = |retry_after_s| Failure::Busy { retry_after_s };
    let cases: [(u16, Headers, Failure); 7] = [
        (401, &[], Failure::Denied),
        (403, &[], Failure::Denied),
        (413, &[], Failure::TooLong),
        (507, &[], Failure::Full),
        (429, &[("retry-after", "17")], busy(Some(17))),
        (503, &[("Retry-After", "Fri, 31 Dec 1999 23:59:59 GMT")], busy(None)),
        (500, &[], Failure::Status { status: 500 }),
    ];
    for (status, headers, failure) in cases {
        let remote = Files::new(Says(status, headers, ""), BASE, Account::Open, false);
        assert_eq!(block_on(remote.get(Path::Vault)), Err(failure), "{status}");
        assert_eq!(block_on(remote.put(Path::Vault, "")), Err(failure), "{status}");
    }
}

#[test]
fn testing_a_connection_says_what_the_server_can_and_cannot() {
    let mut random = Random::new(1);
    let mut found = |http: &Fake, webdav| {
        block_on(probe(&Files::new(http, BASE, Account::Open, webdav), &mut random))
    };
    let dav = Fake::new(Kind::Dav);
    let findings = found(&dav, true);
    assert!(findings.is_usable());
    assert_eq!(
        findings.0,
        [
            Finding::TellsMissing,
            Finding::KeepsFiles,
            Finding::Deletes,
            Finding::Lists,
            Finding::TakesFilesOf(1 << 20)
        ]
    );
    assert_eq!(*dav.files.borrow(), BTreeMap::new(), "it leaves nothing behind");

    let page = Says(200, &[], "<!doctype html>");
    let remote = Files::new(page, BASE, Account::Open, false);
    let findings = block_on(probe(&remote, &mut random));
    assert!(!findings.is_usable());
    assert!(findings.0.contains(&Finding::AnswersForMissing), "{findings:?}");

    let denied = Files::new(Says(401, &[], ""), BASE, Account::Open, false);
    let findings = block_on(probe(&denied, &mut random));
    assert_eq!(findings.0, [Finding::Failed(Failure::Denied)]);
    assert_eq!(
        findings.0[0].to_string(),
        "It stops here: the server refuses this name or password."
    );
}

#[test]
fn settings_for_other_origins_name_the_page_and_nothing_else() {
    for software in Software::ALL {
        let snippet = cors_snippet(software, "https://crm.example.com");
        assert!(snippet.contains("https://crm.example.com"), "{}", software.name());
        assert!(!snippet.contains("ORIGIN"), "{}", software.name());
    }
}

#[test]
fn nothing_secret_is_written_into_logs() {
    let accounts = [
        Account::Password { user: "ann".to_owned(), password: "s3cret".to_owned() },
        Account::Token("s3cret".to_owned()),
        Account::Header { name: "x-key".to_owned(), value: "s3cret".to_owned() },
    ];
    for account in accounts {
        let request = Request::new("PUT", BASE).of(&account).json("{\"note\": \"s3cret\"}");
        let http = || Says(200, &[], "");
        let files = Files::new(http(), BASE, account.clone(), true);
        let table = Postgrest::new(http(), BASE, account.clone(), Some("s3cret".to_owned()));
        let single = SingleUrl::new(http(), BASE, account.clone());
        let bucket = Bucket::new(http(), BASE, "eu-west-1", "KEY", "s3cret");
        let said = format!("{account:?} {request:?} {files:?} {table:?} {single:?} {bucket:?}");
        // Basic authorization is the password, too.
        assert!(!said.contains("s3cret") && !said.contains("YW5u"), "{said}");
    }
}
