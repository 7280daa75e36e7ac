//! A line that fails: it stands before a server and does what networks, caches and bad servers do.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use simulation::Random;

use super::client::{Message, read_message};
use crate::error::Error;

/// Of a hundred requests, so many are hit.
const HIT: u64 = 6;

/// What is done to a request.
#[derive(Clone, Copy, Debug)]
enum Blow {
    /// The server breaks down before it does anything.
    Error,
    /// It has no time.
    TooMany,
    /// It does it, and nobody hears of it.
    LostReply,
    /// Only half of what is written arrives; or half of what is read, as if it were all.
    Half,
    /// A cache gives what was there before.
    Stale,
    /// A sign-in page answers.
    Page,
}

const BLOWS: [Blow; 6] =
    [Blow::Error, Blow::TooMany, Blow::LostReply, Blow::Half, Blow::Stale, Blow::Page];

/// A running line.
pub struct Proxy {
    /// Where it listens, as `127.0.0.1:8159`.
    pub address: String,
    state: Arc<State>,
}

struct State {
    upstream: String,
    is_bad: AtomicBool,
    seed: AtomicU64,
    hits: AtomicU64,
    requests: AtomicU64,
    /// What was read last, and before that.
    read: Mutex<BTreeMap<String, [Option<Vec<u8>>; 2]>>,
    /// While the server is on a day that it will forget: what was written since.
    forgotten: Mutex<Option<BTreeMap<String, Option<Vec<u8>>>>>,
}

impl Proxy {
    /// Stands before a server, as `127.0.0.1:8150`.
    pub fn start(upstream: &str, seed: u64) -> Result<Proxy, Error> {
        let reason = |error: std::io::Error| Error::Listen {
            address: "127.0.0.1".to_owned(),
            reason: error.to_string(),
        };
        let listener = TcpListener::bind("127.0.0.1:0").map_err(reason)?;
        let address = listener.local_addr().map_err(reason)?.to_string();
        let state = Arc::new(State {
            upstream: upstream.to_owned(),
            is_bad: AtomicBool::new(false),
            seed: AtomicU64::new(seed),
            hits: AtomicU64::new(0),
            requests: AtomicU64::new(0),
            read: Mutex::default(),
            forgotten: Mutex::default(),
        });
        let shared = Arc::clone(&state);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let state = Arc::clone(&shared);
                // Who is cut off hears nothing more; that is the point.
                thread::spawn(move || state.serve(&stream).unwrap_or_default());
            }
        });
        Ok(Proxy { address, state })
    }

    /// Makes the line bad, or good again.
    pub fn be_bad(&self, is_bad: bool) {
        self.state.is_bad.store(is_bad, Ordering::Relaxed);
    }

    /// From now on the server keeps nothing for good.
    pub fn begin_forgotten_day(&self) {
        *lock(&self.state.forgotten) = Some(BTreeMap::new());
    }

    /// The server is put back to where the forgotten day began.
    pub fn roll_back(&self) {
        *lock(&self.state.forgotten) = None;
    }

    /// How many requests there were, and how many were hit.
    pub fn counts(&self) -> (u64, u64) {
        (self.state.requests.load(Ordering::Relaxed), self.state.hits.load(Ordering::Relaxed))
    }
}

impl State {
    fn serve(&self, stream: &TcpStream) -> std::io::Result<()> {
        let request = read_message(&mut BufReader::new(stream), false)?;
        self.requests.fetch_add(1, Ordering::Relaxed);
        let blow = self.blow();
        let is_read = request.first.starts_with("GET");
        match blow {
            Some(Blow::Error) => return reply(stream, "500 Broken", "", b"{}"),
            Some(Blow::TooMany) => {
                return reply(stream, "429 Too Many", "Retry-After: 1\r\n", b"{}");
            }
            Some(Blow::Page) if is_read => {
                return reply(stream, "200 OK", "", b"<!doctype html><title>Sign in</title>");
            }
            Some(Blow::Stale) if is_read => {
                let key = path_of(&request);
                let former = lock(&self.read).get(&key).and_then(|it| it[0].clone());
                if let Some(body) = former {
                    return reply(stream, "200 OK", "", &body);
                }
            }
            _ => {}
        }
        let request = match blow {
            Some(Blow::Half) if !is_read && !request.body.is_empty() => {
                let half = request.body.len() / 2;
                Message { body: request.body[..half].to_vec(), ..request }
            }
            _ => request,
        };
        let (status, mut body) = self.pass_on(&request)?;
        if is_read && status.starts_with("200") {
            let mut read = lock(&self.read);
            let known = read.entry(path_of(&request)).or_default();
            if known[1].as_ref() != Some(&body) {
                *known = [known[1].take(), Some(body.clone())];
            }
        }
        match blow {
            Some(Blow::LostReply) => return Ok(()),
            Some(Blow::Half) if is_read => body.truncate(body.len() / 2),
            _ => {}
        }
        reply(stream, &status, "", &body)
    }

    fn blow(&self) -> Option<Blow> {
        if !self.is_bad.load(Ordering::Relaxed) {
            return None;
        }
        let mut random = Random::new(self.seed.fetch_add(1, Ordering::Relaxed));
        random.percent(HIT).then(|| {
            self.hits.fetch_add(1, Ordering::Relaxed);
            *random.of(&BLOWS)
        })
    }

    /// Asks the server, or what it will forget.
    fn pass_on(&self, request: &Message) -> std::io::Result<(String, Vec<u8>)> {
        if let Some(day) = &mut *lock(&self.forgotten) {
            let key = path_of(request);
            let method = request.first.split(' ').next().unwrap_or_default();
            match (method, day.get(&key)) {
                ("PUT", _) => {
                    day.insert(key, Some(request.body.clone()));
                    return Ok(("201 Created".to_owned(), Vec::new()));
                }
                ("DELETE", _) => {
                    day.insert(key, None);
                    return Ok(("204 No Content".to_owned(), Vec::new()));
                }
                ("GET", Some(Some(body))) => return Ok(("200 OK".to_owned(), body.clone())),
                ("GET", Some(None)) => return Ok(("404 Not Found".to_owned(), Vec::new())),
                _ => {}
            }
        }
        let mut head = format!("{}\r\n", request.first);
        for (name, value) in &request.headers {
            if !name.eq_ignore_ascii_case("content-length") {
                let _ = write!(head, "{name}: {value}\r\n");
            }
        }
        let _ = write!(head, "Content-Length: {}\r\n\r\n", request.body.len());
        let mut server = TcpStream::connect(&self.upstream)?;
        server.write_all(head.as_bytes())?;
        server.write_all(&request.body)?;
        let answer = read_message(&mut BufReader::new(server), true)?;
        let status = answer.first.split_once(' ').map_or("502 Bad", |it| it.1).to_owned();
        Ok((status, answer.body))
    }
}

fn path_of(request: &Message) -> String {
    request.first.split(' ').nth(1).unwrap_or_default().to_owned()
}

fn reply(mut stream: &TcpStream, status: &str, headers: &str, body: &[u8]) -> std::io::Result<()> {
    let length = body.len();
    let end = format!("Content-Length: {length}\r\nConnection: close\r\n\r\n");
    stream.write_all(format!("HTTP/1.1 {status}\r\n{headers}{end}").as_bytes())?;
    stream.write_all(body)
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
