//! A small client of HTTP/1.1, one connection a request.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write as _};
use std::net::TcpStream;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use sync::servers::{Answer, Http, Request};
use sync::{Failure, LONGEST_FILE};

const PATIENCE: Duration = Duration::from_secs(20);

/// What came over a connection: the first line, headers, body.
pub struct Message {
    pub first: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

/// A client that knows no cache.
#[derive(Clone, Copy, Debug)]
pub struct Client;

impl Http for Client {
    async fn send(&self, request: Request) -> Result<Answer, Failure> {
        exchange(&request).map_err(|error| match error.kind() {
            std::io::ErrorKind::FileTooLarge => Failure::TooLong,
            _ => Failure::Unreachable,
        })?
    }

    fn now_ms(&self) -> u64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        since.as_millis() as u64
    }
}

fn exchange(request: &Request) -> std::io::Result<Result<Answer, Failure>> {
    let after = request.url.split_once("://").map_or("", |it| it.1);
    let (host, path) = after.split_once('/').unwrap_or((after, ""));
    let body = request.body.as_deref().unwrap_or_default();
    let mut head = format!("{} /{path} HTTP/1.1\r\nHost: {host}\r\n", request.method);
    for (name, value) in &request.headers {
        let _ = write!(head, "{name}: {value}\r\n");
    }
    if request.body.is_some() || request.method == "PUT" || request.method == "POST" {
        let _ = write!(head, "Content-Length: {}\r\n", body.len());
    }
    head.push_str("Connection: close\r\n\r\n");
    let mut stream = TcpStream::connect(host)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.write_all(head.as_bytes())?;
    stream.write_all(body.as_bytes())?;
    let Message { first, headers, body } = read_message(&mut BufReader::new(stream), true)?;
    let status = first.split(' ').nth(1).and_then(|it| it.parse().ok()).unwrap_or(0);
    Ok(match String::from_utf8(body) {
        Ok(body) => Ok(Answer { status, headers, body }),
        Err(_) => Err(Failure::Foreign),
    })
}

/// Reads one message. The body of an answer without a length lasts until the end.
pub fn read_message(reader: &mut impl BufRead, is_answer: bool) -> std::io::Result<Message> {
    loop {
        let first = line(reader)?;
        let mut headers = Vec::new();
        loop {
            let line = line(reader)?;
            if line.is_empty() {
                break;
            }
            if let Some((name, value)) = line.split_once(':') {
                headers.push((name.to_owned(), value.trim().to_owned()));
            }
        }
        // A server may say first that it is ready to hear on.
        if is_answer && first.split(' ').nth(1).is_some_and(|status| status.starts_with('1')) {
            continue;
        }
        let bodyless = is_answer && first.split(' ').nth(1).is_some_and(|it| it == "204");
        let body = if bodyless { Vec::new() } else { body(reader, &headers, is_answer)? };
        return Ok(Message { first, headers, body });
    }
}

fn body(
    reader: &mut impl BufRead,
    headers: &[(String, String)],
    is_answer: bool,
) -> std::io::Result<Vec<u8>> {
    let header = |name: &str| {
        headers.iter().find(|it| it.0.eq_ignore_ascii_case(name)).map(|it| it.1.as_str())
    };
    let mut body = Vec::new();
    if header("transfer-encoding").is_some_and(|it| it.contains("chunked")) {
        loop {
            let size = line(reader)?;
            let size = usize::from_str_radix(size.split(';').next().unwrap_or("").trim(), 16);
            let no_size = || std::io::Error::other("a chunk without a size");
            let size = size.ok().ok_or_else(no_size)?;
            let start = body.len();
            if size > LONGEST_FILE || start + size > LONGEST_FILE {
                return Err(too_long());
            }
            body.resize(start + size, 0);
            reader.read_exact(&mut body[start..])?;
            line(reader)?;
            if size == 0 {
                return Ok(body);
            }
        }
    }
    match header("content-length").and_then(|it| it.parse().ok()) {
        Some(length) if length > LONGEST_FILE => return Err(too_long()),
        Some(length) => {
            body.resize(length, 0);
            reader.read_exact(&mut body)?;
        }
        None if is_answer => {
            reader.by_ref().take(LONGEST_FILE as u64 + 1).read_to_end(&mut body)?;
        }
        None => {}
    }
    if body.len() > LONGEST_FILE { Err(too_long()) } else { Ok(body) }
}

fn too_long() -> std::io::Error {
    std::io::ErrorKind::FileTooLarge.into()
}

fn line(reader: &mut impl BufRead) -> std::io::Result<String> {
    let mut line = Vec::new();
    if reader.by_ref().take(64 << 10).read_until(b'\n', &mut line)? == 0 {
        return Err(std::io::ErrorKind::UnexpectedEof.into());
    }
    Ok(String::from_utf8_lossy(&line).trim_end_matches(['\r', '\n']).to_owned())
}
