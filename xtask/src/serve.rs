//! A small web server for the finished site, doing what an ordinary static host does.
//!
//! Own code in place of a crate: `tiny_http` leaves requests waiting when a browser opens more
//! connections than it has threads at hand, and the asynchronous servers compile for a minute.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use xxhash_rust::xxh3::xxh3_64;

use crate::error::Error;
use crate::places::Places;
use crate::process::run as run_process;
use crate::{dist, setup};

const DEFAULT_PORT: u16 = 8080;

/// How long a connection may say nothing.
const PATIENCE: Duration = Duration::from_secs(10);

/// No browser asks in more bytes.
const LONGEST_REQUEST: u64 = 64 * 1024;

/// Builds the site and serves it until stopped; with `--dev`, rebuilds on every change.
pub fn run(places: &Places, options: &[String]) -> Result<(), Error> {
    let Options { dev, port } = Options::read(options)?;
    let environment = setup::for_building(places)?;
    if dev {
        let folder = places.target().join("trunk-dev");
        let fetch = &mut environment.command("cargo");
        run_process(fetch.args(["fetch", "--quiet"]).current_dir(&places.root))?;
        return run_process(
            environment
                .command("trunk")
                .args(["serve", "--offline", "--public-url", "/", "--address", "127.0.0.1"])
                .args(["--port", &port.to_string(), "--dist"])
                .arg(folder)
                .current_dir(&places.root),
        );
    }
    dist::make(places, &environment)?;
    let site = Site::listen(&places.dist(), port)?;
    println!("Regulars is at {} (stop with Ctrl+C)", site.address);
    site.wait();
    Ok(())
}

struct Options {
    dev: bool,
    port: u16,
}

impl Options {
    fn read(options: &[String]) -> Result<Self, Error> {
        let mut read = Self { dev: false, port: DEFAULT_PORT };
        let mut options = options.iter();
        while let Some(option) = options.next() {
            match option.as_str() {
                "--dev" => read.dev = true,
                "--port" => {
                    read.port = options
                        .next()
                        .and_then(|port| port.parse().ok())
                        .ok_or_else(|| Error::usage("--port needs a number up to 65535"))?;
                }
                unknown => return Err(Error::usage(format!("serve knows no option `{unknown}`"))),
            }
        }
        Ok(read)
    }
}

/// A site that is being served.
pub struct Site {
    /// Where, as a browser wants it: `http://127.0.0.1:8080`.
    pub address: String,
    listening: thread::JoinHandle<()>,
}

impl Site {
    /// Serves a folder to this machine alone. Port 0 takes any free one.
    pub fn listen(folder: &Path, port: u16) -> Result<Self, Error> {
        let wanted = format!("127.0.0.1:{port}");
        let failed = |reason: std::io::Error| Error::Listen {
            address: wanted.clone(),
            reason: reason.to_string(),
        };
        let listener = TcpListener::bind(&wanted).map_err(failed)?;
        let address = format!("http://{}", listener.local_addr().map_err(failed)?);
        let folder = folder.to_path_buf();
        let listening = thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let folder = folder.clone();
                // A browser that goes away before its answer is an everyday thing.
                thread::spawn(move || answer(&stream, &folder));
            }
        });
        Ok(Self { address, listening })
    }

    /// Serves until the process ends.
    fn wait(self) {
        // The thread only ends with the process.
        let _ = self.listening.join();
    }
}

/// Answers the one request of a connection: a file, the news that the browser has it already, or
/// the page for what is not there.
fn answer(stream: &TcpStream, folder: &Path) -> std::io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    let mut lines = BufReader::new(stream).take(LONGEST_REQUEST).lines();
    let first = lines.next().transpose()?.unwrap_or_default();
    let mut known = String::new();
    for line in lines {
        let line = line?;
        if line.is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("If-None-Match")
        {
            value.trim().clone_into(&mut known);
        }
    }
    let url = first.split(' ').nth(1).unwrap_or_default();
    let found = locate(folder, url).and_then(|path| Some((fs::read(&path).ok()?, path)));
    let Some((content, path)) = found else {
        let page = fs::read(folder.join("404.html")).unwrap_or_default();
        return send(stream, "404 Not Found", &["Content-Type: text/html"], &page);
    };
    let tag = format!("\"{:016x}\"", xxh3_64(&content));
    let headers = [
        format!("Content-Type: {}", media_type(&path)),
        format!("Cache-Control: {}", keeping(&path)),
        "X-Content-Type-Options: nosniff".to_owned(),
        format!("ETag: {tag}"),
    ];
    let headers = headers.each_ref().map(String::as_str);
    if known == tag {
        return send(stream, "304 Not Modified", &headers, &[]);
    }
    send(stream, "200 OK", &headers, &content)
}

fn send(
    mut stream: &TcpStream,
    status: &str,
    headers: &[&str],
    body: &[u8],
) -> std::io::Result<()> {
    let head = headers.join("\r\n");
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\n{head}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(body)
}

/// The file behind an address: itself, or the index of a folder.
fn locate(folder: &Path, url: &str) -> Option<PathBuf> {
    let path = url.split(['?', '#']).next()?;
    let mut file = folder.to_path_buf();
    for part in path.split('/').filter(|part| !part.is_empty()) {
        // No name in the site needs an escape, a drive letter or a way up.
        if part == ".." || part.contains(['\\', ':', '%']) {
            return None;
        }
        file.push(part);
    }
    if file.is_dir() {
        file.push("index.html");
    }
    file.is_file().then_some(file)
}

/// How long a browser may keep a file without asking for a newer one.
///
/// A name that carries a hash of the content stands for that content for ever. The others may be
/// kept too, if the browser asks each time whether they are the newest.
fn keeping(path: &Path) -> &'static str {
    const SHORTEST_HASH: usize = 12;
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let hash = stem.rsplit('-').next().and_then(|end| end.split('_').next()).unwrap_or_default();
    let is_hash = hash.len() >= SHORTEST_HASH && hash.bytes().all(|it| it.is_ascii_hexdigit());
    if is_hash { "public, max-age=31536000, immutable" } else { "no-cache" }
}

fn media_type(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("json") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("csv") => "text/csv; charset=utf-8",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the server answers to one request, head and body.
    fn ask(site: &Site, path: &str, more: &str) -> String {
        let host = site.address.strip_prefix("http://").unwrap();
        let mut stream = TcpStream::connect(host).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{more}\r\n")
            .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    fn header_of<'a>(answer: &'a str, name: &str) -> Option<&'a str> {
        answer.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }

    fn example_site(name: &str) -> PathBuf {
        let folder =
            std::env::temp_dir().join(format!("regulars-serve-{name}-{}", std::process::id()));
        fs::create_dir_all(folder.join("site/rfm")).unwrap();
        fs::write(folder.join("secret.txt"), "not for the web").unwrap();
        fs::write(folder.join("site/index.html"), "home").unwrap();
        fs::write(folder.join("site/rfm/index.html"), "rfm").unwrap();
        fs::write(folder.join("site/404.html"), "nothing here").unwrap();
        fs::write(folder.join("site/engine_bg.wasm"), "\0asm").unwrap();
        folder
    }

    #[test]
    fn files_routes_and_what_is_not_there() {
        let folder = example_site("routes");
        let site = Site::listen(&folder.join("site"), 0).unwrap();
        let cases = [
            ("/", "200 OK", "text/html; charset=utf-8", "home"),
            ("/?lang=zh-CN", "200 OK", "text/html; charset=utf-8", "home"),
            ("/rfm", "200 OK", "text/html; charset=utf-8", "rfm"),
            ("/rfm/?as_of=2026-10-31", "200 OK", "text/html; charset=utf-8", "rfm"),
            ("/engine_bg.wasm", "200 OK", "application/wasm", "\0asm"),
            ("/nowhere", "404 Not Found", "text/html", "nothing here"),
            ("/../secret.txt", "404 Not Found", "text/html", "nothing here"),
            ("/%2e%2e/secret.txt", "404 Not Found", "text/html", "nothing here"),
        ];
        for (path, status, media_type, body) in cases {
            let answer = ask(&site, path, "");
            assert!(answer.starts_with(&format!("HTTP/1.1 {status}\r\n")), "{path}: {answer}");
            assert_eq!(header_of(&answer, "Content-Type"), Some(media_type), "{path}");
            assert!(answer.ends_with(&format!("\r\n\r\n{body}")), "{path}: {answer}");
        }
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_file_that_the_browser_has_is_not_sent_again() {
        let folder = example_site("cache");
        let site = Site::listen(&folder.join("site"), 0).unwrap();
        let first = ask(&site, "/", "");
        assert_eq!(header_of(&first, "Cache-Control"), Some("no-cache"));
        let tag = header_of(&first, "ETag").unwrap().to_owned();

        let again = ask(&site, "/", &format!("If-None-Match: {tag}\r\n"));
        assert!(again.starts_with("HTTP/1.1 304 "), "{again}");

        fs::write(folder.join("site/index.html"), "changed").unwrap();
        let changed = ask(&site, "/", &format!("If-None-Match: {tag}\r\n"));
        assert!(changed.ends_with("changed"), "{changed}");
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn what_is_named_by_its_content_is_kept_for_good() {
        for (name, for_good) in [
            ("index.html", false),
            ("404.html", false),
            ("base.css", false),
            ("key-accounts/index.html", false),
            ("engine-43fbc655c296a22b_bg.wasm", true),
            ("engine-43fbc655c296a22b_loader.js", true),
            ("table-3c9af013378b8f3.css", true),
        ] {
            assert_eq!(keeping(Path::new(name)).contains("immutable"), for_good, "{name}");
        }
    }

    #[test]
    fn options_are_read_or_refused() {
        let read = |list: &[&str]| {
            Options::read(&list.iter().map(|&text| text.to_owned()).collect::<Vec<_>>())
        };
        assert_eq!(read(&[]).unwrap().port, 8080);
        let both = read(&["--dev", "--port", "9000"]).unwrap();
        assert!(both.dev && both.port == 9000);
        for wrong in [&["--port"][..], &["--port", "70000"], &["--fast"]] {
            assert!(matches!(read(wrong), Err(Error::Usage(_))), "{wrong:?}");
        }
    }
}
